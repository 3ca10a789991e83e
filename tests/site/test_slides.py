"""The modules' slides in a real browser: they fit, keep to themselves and can be read by all."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from lxml import html as parser

from tests.site.in_page import AXE_RULES, wait_until

SLIDES = [f"kursus/slides/modul-{n}.html" for n in range(1, 7)]
EACH = pytest.mark.parametrize("path", SLIDES)
# Every slide with all its steps, and how far what stands on it reaches in its own measure.
REACH = """() => Reveal.getSlides().map(slide => {
  const at = Reveal.getIndices(slide);
  Reveal.slide(at.h, at.v, 99);
  const box = slide.getBoundingClientRect(), scale = Reveal.getScale();
  const parts = [...slide.querySelectorAll(":not(.fs-keys, .fs-keys *)")];
  const boxes = parts.map(part => part.getBoundingClientRect());
  const right = Math.max(...boxes.map(one => one.right)) - box.left;
  const bottom = Math.max(...boxes.map(one => one.bottom)) - box.top;
  return [slide.textContent.trim().slice(0, 60), right / scale, bottom / scale];
})"""


@pytest.fixture
def show(visit):
    """Open a module's slides at the size that they are made for."""

    def opened(path):
        page = visit(path)
        page.set_viewport_size({"width": 1280, "height": 720})
        wait_until(page, "window.Reveal && Reveal.isReady()")
        return page

    return opened


@EACH
def test_nothing_runs_over_the_edge_of_a_slide(show, path):
    page = show(path)
    reach = page.evaluate(REACH)
    assert len(reach) > 15
    assert [one for one in reach if one[1] > 1240 or one[2] > 690] == []
    assert (page.foreign, page.faults) == ([], [])


@EACH
def test_every_slide_is_accessible_and_has_a_heading(show, path):
    page = show(path)
    wrong = set()
    places = page.evaluate(
        "Reveal.getSlides().map(s => [Reveal.getIndices(s).h, Reveal.getIndices(s).v])"
    )
    for across, down in places[::3]:
        page.evaluate("([h, v]) => Reveal.slide(h, v, 99)", [across, down])
        for one in Axe().run(page, options=AXE_RULES).response["violations"]:
            wrong.add((one["id"], one["nodes"][0]["html"][:120]))
        assert page.locator("section.present section.present :is(h1, h2, h3)").count() == 1
    assert wrong == set()


def test_the_keys_lead_to_the_solution_and_the_controls_speak_danish(show):
    page = show(SLIDES[1])
    page.evaluate("Reveal.slide(4, 0)")
    page.keyboard.press("ArrowDown")
    heading = page.locator("section.present section.present h3").inner_text()
    assert heading.startswith("Løsning: ")
    assert page.locator(".navigate-right").first.get_attribute("aria-label") == "Næste emne"
    page.keyboard.press("Home")
    assert page.locator("section.present h1").inner_text() == "Fra henvendelse til overgang"


@EACH
def test_a_slide_file_names_no_other_origin_and_holds_no_script(site, path):
    text = (site / path).read_text(encoding="utf-8")
    tree = parser.fromstring(text)
    assert not re.search(r"https?://", text)
    assert all(not (one.text or "").strip() for one in tree.iter("script"))
    assert not tree.xpath("//*[@style] | //@onclick")


def test_the_slides_open_without_a_server(chromium, site):
    page = chromium.new_page()
    faults = []
    page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto((site / SLIDES[0]).as_uri())
    wait_until(page, "window.Reveal && Reveal.isReady()")
    assert faults == []
    assert page.locator("section.present h1").inner_text() == "Hvem er i målgruppen?"
    page.close()


def test_every_slide_is_printed_on_a_sheet_of_its_own(site, visit):
    slides = parser.parse(str(site / SLIDES[3])).xpath("//section[not(section)]")
    page = visit(f"{SLIDES[3]}?print-pdf")
    page.wait_for_selector(".pdf-page")
    assert page.locator(".pdf-page").count() == len(slides)
    assert page.foreign == []
