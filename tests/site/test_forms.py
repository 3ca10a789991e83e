"""The forms on the book's pages, filled in as a reader would, with mouse and keyboard."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.site.in_page import AXE_RULES


@pytest.fixture
def screening(visit):
    page = visit("screening.html")
    page.form = page.locator(".fs-screening")
    return page


def outcome(page):
    return page.form.locator(".fs-screening-outcomes").inner_text()


def test_the_form_says_what_the_ticks_mean(screening):
    page = screening
    assert outcome(page).startswith("Ingen kryds endnu")
    page.get_by_label("Beder ikke selv om hjælp").check()
    assert outcome(page).startswith("Kontakten svigter.")
    page.get_by_label("Lever isoleret fra andre").check()
    assert outcome(page).startswith("Begge kategorier.")
    page.get_by_label("Beder ikke selv om hjælp").uncheck()
    assert outcome(page).startswith("Følger i hverdagen.")
    assert "Antallet af kryds afgør ikke noget" in page.form.inner_text()


def test_the_form_is_cleared_and_filled_in_by_keyboard(screening):
    page = screening
    page.get_by_label("Beder ikke selv om hjælp").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert page.form.locator("input:checked").count() == 2
    page.get_by_label("Note").fill("en bekymring")
    page.get_by_role("button", name="Ryd skemaet").press("Enter")
    assert page.form.locator("input:checked").count() == 0
    assert page.get_by_label("Note").input_value() == ""
    assert outcome(page).startswith("Ingen kryds endnu")


def test_without_a_script_the_form_can_be_ticked_and_all_outcomes_stand(visit):
    page = visit("screening.html", scripts=False)
    form = page.locator(".fs-screening")
    form.get_by_label("Har et misbrug").check()
    assert form.locator(".fs-screening-outcomes > p:visible").count() == 4
    assert not form.get_by_role("button", name="Ryd skemaet").is_visible()


@pytest.fixture
def plan(visit):
    page = visit("odense.html")
    page.form = page.locator(".fs-gainsplan")
    return page


def fill(page, line, **cells):
    names = {"planned": "Planlagt, kr.", "realised": "Realiseret, kr."}
    for name, text in cells.items():
        page.form.get_by_label(f"{names[name]}, linje {line}").fill(text)


def shown(page, selector):
    return [
        text.replace("\N{NO-BREAK SPACE}", " ")
        for text in page.form.locator(selector).all_inner_texts()
    ]


def test_the_plan_works_out_differences_and_sums(plan):
    fill(plan, 1, planned="1.200.000", realised="700.000,50")
    fill(plan, 2, planned="300 000 kr.", realised="400000")
    fill(plan, 3, planned="50.000")
    assert shown(plan, "[data-difference]")[:3] == ["−499.999,5", "100.000", ""]
    assert shown(plan, "[data-sum]") == ["1.550.000", "1.100.000,5", "−399.999,5"]
    assert "Ikke målt endnu: 1 linje." in plan.form.inner_text()


@pytest.mark.parametrize("typed", ["mange", "1,2,3", "1.00", "1e6", "<b>1</b>", "12kr kr"])
def test_what_is_no_amount_is_marked_and_counts_not(plan, typed):
    fill(plan, 1, planned=typed, realised="100")
    field = plan.form.get_by_label("Planlagt, kr., linje 1")
    assert field.get_attribute("aria-invalid") == "true"
    assert shown(plan, "[data-sum]") == ["", "100", ""]
    assert "Skriv beløb med tal" in plan.form.inner_text()
    fill(plan, 1, planned="250")
    assert field.get_attribute("aria-invalid") is None
    assert shown(plan, "[data-sum]") == ["250", "100", "−150"]


@pytest.mark.parametrize("name", ["screening", "odense"])
def test_what_is_typed_is_neither_stored_nor_sent(visit, name):
    page = visit(f"{name}.html")
    page.wait_for_load_state("networkidle")
    sent = []
    page.on("request", lambda request: sent.append(request.url))
    for field in page.locator("main textarea, main input:not([type=checkbox])").all():
        field.fill("100")
    for box in page.locator("main input[type=checkbox]").all():
        box.check()
    assert sent == []
    kept = page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]")
    assert kept == [0, 0, ""]


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("name", ["screening", "odense"])
def test_a_form_that_is_filled_in_is_accessible(visit, name, width, mode):
    page = visit(f"{name}.html", width, mode)
    for box in page.locator("main input[type=checkbox]").all():
        box.check()
    for field in page.locator("main table input").all():
        field.fill("x")
    found = Axe().run(page, options=AXE_RULES).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"][:120]) for v in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
