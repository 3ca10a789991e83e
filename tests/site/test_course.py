"""The course as its participants meet it: in the apps without code, and in JupyterLab, while every
other origin is blocked."""

import os
import re
import signal
import subprocess
import time
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from fremskudt.teaching import serving
from fremskudt.teaching.contents import contents
from fremskudt.teaching.course import module
from fremskudt.teaching.exercise import Attempt
from fremskudt.teaching.feedback import WORDS
from fremskudt.teaching.views.keeping import KEEP
from fremskudt.teaching.views.texts import rendered
from tests.site.participant import box_of, fill, press, reveal, right_answer, wrong_answer
from tests.site.test_pages import AXE_RULES

NUMBERS = [one.number for one in contents()]
PATIENCE = 60_000  # ms: the first kernel of a busy machine takes its time
# What JupyterLab's own frame does is not for the course to mend.
CONTROLS = "a[href], button, input, select, textarea, [role=slider], summary"


@pytest.fixture(scope="session")
def serve(tmp_path_factory):
    """Start a server of the course as `fremskudt teach` does; all are ended with the tests."""
    started = []

    def begin(is_app: bool) -> serving.Server:
        folder = serving.fresh_copy(tmp_path_factory.mktemp("kursus"))
        server = serving.server(folder, is_app)
        log = (folder.parent / "server.log").open("wb")
        started.append(
            subprocess.Popen(
                server.command,
                cwd=folder,
                env=server.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        )
        return server

    yield begin
    for running in started:
        end(running)


def end(running: "subprocess.Popen[bytes]") -> None:
    """End a server and its kernels."""
    running.terminate()
    try:
        running.wait(20)
    except subprocess.TimeoutExpired:
        if hasattr(os, "killpg"):
            os.killpg(running.pid, signal.SIGKILL)
        running.kill()
        running.wait()


@pytest.fixture(scope="session")
def apps(serve):
    return serve(True)


@pytest.fixture(scope="session")
def lab(serve):
    return serve(False)


@pytest.fixture
def take_part(chromium):
    """A page of a server: take_part(server, path, width); what it asked of other origins and what
    went wrong on it must be nothing at the end."""
    contexts, pages = [], []

    def open_page(server: serving.Server, path: str, width: int = 1280):
        here = urlsplit(server.address)
        origin = f"{here.scheme}://{here.netloc}"
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, reduced_motion="reduce"
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        pages.append(page)
        page.foreign, page.faults = [], []
        context.route("**/*", lambda route: _let_pass(route, origin, page.foreign))
        page.on("console", lambda m: page.faults.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        _wait_for(here.port)
        page.goto(f"{origin}/{path}?{here.query}", wait_until="commit", timeout=PATIENCE)
        return page

    yield open_page
    found = [(page.foreign, page.faults) for page in pages]
    for context in contexts:
        context.close()
    assert found == [([], [])] * len(pages)


def _let_pass(route, origin: str, foreign: list[str]) -> None:
    if route.request.url.startswith((origin, "data:", "blob:")):
        route.continue_()
    else:
        foreign.append(route.request.url)
        route.abort()


def _wait_for(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with serving.socket.socket() as probe:
            if probe.connect_ex((serving.LOCAL, port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("the server of the course does not answer")


def app_of(number: int) -> str:
    notebook = next(one.notebook for one in contents() if one.number == number)
    return f"voila/render/{notebook}"


def ready(page, number: int) -> None:
    """Wait until the last of a module's widgets is there."""
    page.get_by_role("button", name=KEEP).wait_for(timeout=PATIENCE)
    expect(page.locator(".fs-live")).not_to_have_count(0)
    assert module(number).title in page.locator("h1").inner_text()


def plain(markdown: str) -> str:
    """A text as a reader sees it, blanks folded."""
    return " ".join(re.sub(r"<[^>]+>", " ", rendered(markdown)).split())


def assert_told(box, found) -> None:
    """The feedback on the page is the check's own: the verdict and each explanation."""
    alert = box.get_by_role("alert")
    expect(alert).to_contain_text(found.heading, timeout=20_000)
    said = " ".join(re.sub(r"\s+", " ", alert.inner_text()).split())
    for line in found.lines:
        for word in plain(line).replace("&quot;", '"').replace("&amp;", "&").split():
            assert word in said


@pytest.mark.parametrize("number", NUMBERS)
def test_a_participant_answers_wrongly_then_rightly_and_keeps_the_answers(take_part, apps, number):
    page = take_part(apps, app_of(number))
    ready(page, number)
    for exercise in module(number).exercises:
        box = box_of(page, exercise)
        attempt = Attempt(exercise)
        expected = []
        for answer in (wrong_answer(exercise), right_answer(exercise)):
            found = attempt.give(answer)
            fill(exercise, box, answer)
            press(box, "Se, om det passer")
            assert_told(box, found)
            expected.append(found.verdict)
        assert expected[0] != "right", exercise.name
        assert expected[1] == "right", exercise.name
        assert attempt.feedback.lines
        reveal(box)
        expect(box).to_contain_text("Tal om det.")
    press(page, KEEP)
    expect(page.get_by_text(f"svar/svar-modul-{number}-")).to_be_visible()
    kept = list((apps.folder / "svar").glob(f"svar-modul-{number}-*.json"))
    assert len(kept) == 1


@pytest.mark.parametrize("number", NUMBERS)
def test_every_field_has_a_name_and_the_tab_key_reaches_all_in_order(take_part, apps, number):
    page = take_part(apps, app_of(number))
    ready(page, number)
    page.evaluate(
        """controls => [...document.querySelectorAll(controls)]
            .filter(one => one.checkVisibility() && !one.disabled && one.tabIndex >= 0)
            .forEach((one, place) => one.dataset.place = place)""",
        CONTROLS,
    )
    wanted = page.evaluate(
        """() => [...document.querySelectorAll('[data-place]')]
            .filter(one => one.type !== 'radio' || one.checked
                || !document.querySelector(`input[name="${one.name}"]:checked`)
                && document.querySelector(`input[name="${one.name}"]`) === one)
            .map(one => Number(one.dataset.place))"""
    )
    assert wanted
    page.locator("body").press("Tab")
    reached = []
    for _ in range(len(wanted) * 2):
        place = page.evaluate("document.activeElement.dataset.place ?? null")
        if place is not None and (not reached or reached[-1] != int(place)):
            reached.append(int(place))
        page.keyboard.press("Tab")
        if len(reached) == len(wanted):
            break
    assert reached == wanted
    names = page.locator(CONTROLS).filter(visible=True)
    assert all(
        names.evaluate_all("all => all.map(one => one.computedName ?? one.ariaLabel ?? 'x')")
    )


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("number", NUMBERS)
def test_a_module_is_accessible_whole_in_the_apps(take_part, apps, number, width):
    page = take_part(apps, app_of(number), width)
    ready(page, number)
    for exercise in module(number).exercises:
        reveal(box_of(page, exercise))
        press(box_of(page, exercise), "Se, om det passer")
    expect(page.get_by_role("alert")).to_have_count(len(module(number).exercises))
    found = Axe().run(page, options=AXE_RULES).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"][:160], len(v["nodes"])) for v in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [1280, 360])
def test_the_list_of_modules_is_danish_accessible_and_leads_there_and_back(take_part, apps, width):
    page = take_part(apps, "", width)
    assert page.title() == "Kurset i fremskudt sagsbehandling"
    assert page.locator("html").get_attribute("lang") == "da"
    assert page.get_by_role("link").all_inner_texts() == [one.title for one in contents()]
    assert Axe().run(page, options=AXE_RULES).response["violations"] == []
    page.get_by_role("link", name="Læs tallene").press("Enter")
    ready(page, 4)
    assert page.title() == "4. Læs tallene · Kurset"
    assert page.locator("html").get_attribute("lang") == "da"
    next_one = page.get_by_role("link", name="Næste modul: Det kontrafaktiske forløb")
    expect(next_one).to_be_visible()
    page.get_by_role("link", name="Alle moduler").press("Enter")
    page.get_by_role("heading", name="Kurset i fremskudt sagsbehandling").wait_for()


def test_jupyterlab_opens_with_the_welcome_and_runs_a_module(take_part, lab):
    path = urlsplit(lab.address).path.lstrip("/")
    page = take_part(lab, path)
    page.get_by_role("link", name="Fra henvendelse til overgang").click()
    page.get_by_role("menuitem", name="Run").click()
    page.get_by_text("Run All Cells", exact=True).click()
    ready(page, 2)
    exercise = (
        next(one for one in module(2).exercises if one.name == "klar-til-overgang")
        if any(one.name == "klar-til-overgang" for one in module(2).exercises)
        else module(2).exercises[-1]
    )
    box = box_of(page, exercise)
    for answer in (wrong_answer(exercise), right_answer(exercise)):
        fill(exercise, box, answer)
        press(box, "Se, om det passer")
        assert_told(box, exercise.check(answer))
    expect(box.get_by_role("alert")).to_contain_text(WORDS["right"])
