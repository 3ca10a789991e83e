"""The course as its participants meet it: in the apps without code, and in JupyterLab, while every
other origin is blocked."""

import os
import re
import signal
import socket
import subprocess
import time
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from fremskudt.teaching import serving
from fremskudt.teaching.answers import Paper
from fremskudt.teaching.contents import contents
from fremskudt.teaching.course import module
from fremskudt.teaching.views.exercise import CHECK, SHOW
from fremskudt.teaching.views.faulty import RUN as RUN_CHECK
from fremskudt.teaching.views.figures import READY
from fremskudt.teaching.views.figures import SHOW as SHOW_FIGURES
from fremskudt.teaching.views.keeping import KEEP
from fremskudt.teaching.views.page import KEEP as KEEP_PAGE
from fremskudt.teaching.views.room import TITLE as COLLECT
from fremskudt.teaching.views.texts import rendered
from tests.site.in_page import AXE_RULES
from tests.site.participant import box_of, fill, press, right_answer, wrong_answer

NUMBERS = [one.number for one in contents()]
PATIENCE = 60_000  # ms: the first kernel of a busy machine takes its time
# Numbers what the Tab key is to reach, in the order of the page.
MARK_CONTROLS = """() => [
    ...document.querySelectorAll(
      'a[href], button, input, select, textarea, summary, [tabindex="0"]'
    )
  ].filter(one => one.checkVisibility({visibilityProperty: true}))
  .filter(one => !one.disabled && one.tabIndex >= 0)
  .map((one, place) => one.dataset.place = String(place))"""


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


class Room:
    """Pages of a server of the course; what they asked of other origins, and what went wrong."""

    def __init__(self, chromium) -> None:
        self.chromium = chromium
        self.contexts, self.foreign, self.faults = [], [], []

    def enter(self, server: serving.Server, path: str, width: int = 1280):
        here = urlsplit(server.address)
        origin = f"{here.scheme}://{here.netloc}"
        context = self.chromium.new_context(
            viewport={"width": width, "height": 900}, reduced_motion="reduce"
        )
        self.contexts.append(context)
        context.set_default_timeout(PATIENCE)
        context.route("**/*", lambda route: _let_pass(route, origin, self.foreign))
        page = context.new_page()
        page.on("console", lambda m: self.faults.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        _wait_for(here.port)
        page.goto(f"{origin}/{path}?{here.query}", wait_until="commit")
        return page

    def leave(self) -> None:
        for context in self.contexts:
            context.close()
        assert self.foreign == []
        assert self.faults == []


@pytest.fixture
def room(chromium):
    room = Room(chromium)
    yield room
    room.leave()


@pytest.fixture(scope="module", params=NUMBERS, ids=lambda one: f"modul-{one}")
def participant(request, chromium, apps):
    """A participant at a module in the apps: its number and page. The tests follow each other."""
    room = Room(chromium)
    page = room.enter(apps, app_of(request.param))
    ready(page, request.param)
    yield request.param, page
    room.leave()


def _let_pass(route, origin: str, foreign: list[str]) -> None:
    if route.request.url.startswith((origin, "data:", "blob:")):
        route.continue_()
    else:
        foreign.append(route.request.url)
        route.abort()


def _wait_for(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with socket.socket() as probe:
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
    page.get_by_role("heading", name=module(number).title, level=1).wait_for()


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


def test_every_field_has_a_name_and_the_tab_key_reaches_all_in_order(participant):
    _, page = participant
    wanted = page.evaluate(MARK_CONTROLS)
    page.locator("body").press("Tab")
    reached = []
    for _ in wanted:
        reached.append(page.evaluate("document.activeElement.dataset.place"))
        page.keyboard.press("Tab")
    assert reached == wanted
    for place in wanted:
        control = page.locator(f'[data-place="{place}"]')
        assert re.match(r"- '?\w+ \"", control.aria_snapshot()), control.evaluate(
            "e => e.outerHTML"
        )


def test_a_module_scrolls_to_its_end(participant):
    _, page = participant
    last = page.get_by_role("button", name=KEEP)
    page.mouse.move(600, 500)
    page.mouse.wheel(0, 100_000)
    expect(last).to_be_in_viewport()
    page.mouse.wheel(0, -100_000)
    expect(last).not_to_be_in_viewport()


def test_a_participant_answers_wrongly_then_rightly_and_keeps_the_answers(participant, apps):
    number, page = participant
    for exercise in module(number).exercises:
        box = box_of(page, exercise)
        verdicts = []
        for answer in (wrong_answer(exercise), right_answer(exercise)):
            found = exercise.check(answer)
            fill(exercise, box, answer)
            press(box, CHECK)
            assert_told(box, found)
            verdicts.append(found.verdict)
        assert verdicts[0] in ("wrong", "partly")
        assert verdicts[1] == "right"
        press(box, SHOW)
        expect(box).to_contain_text("Tal om det.")
    press(page, KEEP)
    expect(page.get_by_text("Dine svar ligger i filen")).to_be_visible()
    assert len(list((apps.folder / "svar").glob(f"svar-modul-{number}-*.json"))) == 1
    if number in BESIDES:
        BESIDES[number](page, apps)


def figures_and_the_check(page, _):
    """Module 3: the forms, filled in as the story has it, stand in the chapters' figures; the real
    check finds what the module says it finds."""
    press(page, SHOW_FIGURES)
    expect(page.get_by_text(READY)).to_be_visible(timeout=20_000)
    page.get_by_label("Figur", exact=True).select_option(
        label="Dage fra kendskab til første kontakt"
    )
    expect(page.get_by_text("Tre dage hører til gruppen 3–7.")).to_be_visible(timeout=20_000)
    figure = page.get_by_role("figure").filter(has_text="Dage fra kendskab")
    expect(figure.locator("svg").first).to_be_visible()
    press(page, RUN_CHECK)
    expect(page.get_by_text("14 fejl")).to_be_visible(timeout=20_000)


def the_page_to_take_home(page, apps):
    """Module 6: what was written stands on a page, and the page in a file."""
    press(page, KEEP_PAGE)
    expect(page.get_by_text("Siden er gemt to gange")).to_be_visible()
    (kept,) = apps.folder.glob("midtvejsjustering-*.html")
    written = right_answer(module(6)["din-egen-justering"]).values()
    assert [one for one in written if one not in kept.read_text(encoding="utf-8")] == []


BESIDES = {3: figures_and_the_check, 6: the_page_to_take_home}


@pytest.mark.parametrize("width", [1280, 360])
def test_a_module_with_all_its_answers_and_solutions_is_accessible(participant, width):
    _, page = participant
    page.set_viewport_size({"width": width, "height": 900})
    found = Axe().run(page, options=AXE_RULES).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"][:160], len(v["nodes"])) for v in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [1280, 360])
def test_the_list_of_modules_is_danish_accessible_and_leads_there_and_back(room, apps, width):
    page = room.enter(apps, "", width)
    page.get_by_role("heading", name="Kurset i fremskudt sagsbehandling").wait_for()
    assert page.title() == "Kurset i fremskudt sagsbehandling"
    assert page.locator("html").get_attribute("lang") == "da"
    assert page.get_by_role("link").all_inner_texts() == [
        *(f"{one.number}. {one.title}" for one in contents()),
        "samle de svar",
    ]
    assert Axe().run(page, options=AXE_RULES).response["violations"] == []
    page.get_by_role("link", name="Læs tallene").press("Enter")
    ready(page, 4)
    assert page.title() == "4. Læs tallene · Kurset"
    assert page.locator("html").get_attribute("lang") == "da"
    expect(page.get_by_role("link", name="Næste modul: Det kontrafaktiske forløb")).to_be_visible()
    page.get_by_role("link", name="Alle moduler").press("Enter")
    page.get_by_role("heading", name="Kurset i fremskudt sagsbehandling").wait_for()


@pytest.mark.parametrize("width", [1280, 360])
def test_a_trainer_sees_how_the_room_answered(room, apps, tmp_path, width):
    number = module(4)["samme-mennesker"]
    for n, answer in enumerate(["-14", "-14", "-14", "30", "45"]):
        paper = Paper("abcde"[n], 4, {number.name: answer})
        (tmp_path / paper.name).write_text(paper.text, encoding="utf-8")
    page = room.enter(apps, "voila/render/saml-svar.ipynb", width)
    assert page.title() == "Saml svar · Kurset"
    page.get_by_label("Modul", exact=True).select_option(label=f"Modul 4: {module(4).title}")
    page.get_by_label("Mappe med svarfiler").fill(str(tmp_path))
    press(page, COLLECT)
    expect(page.get_by_text("Svarfiler til modulet: 5.")).to_be_visible()
    row = page.get_by_role("row").filter(has_text="−14")
    expect(row).to_contain_text("3")
    assert Axe().run(page, options=AXE_RULES).response["violations"] == []


def test_jupyterlab_opens_with_the_welcome_and_runs_a_module(room, lab):
    page = room.enter(lab, urlsplit(lab.address).path.lstrip("/"))
    page.get_by_role("link", name="Fra henvendelse til overgang").click()
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()
    ready(page, 2)
    exercise = module(2).exercises[-1]
    box = box_of(page, exercise)
    for answer in (wrong_answer(exercise), right_answer(exercise)):
        fill(exercise, box, answer)
        press(box, CHECK)
        assert_told(box, exercise.check(answer))
    expect(box.get_by_role("alert")).to_contain_text("Det passer")
