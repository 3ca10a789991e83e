"""What holds for every page, however it is read: in any look, with or without scripts, in twice as
large text, in the reader's own colours, at rest and alone with this site."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.site.in_page import AXE_RULES

# What is judged anew when only colours are others.
OF_COLOURS = {
    **AXE_RULES,
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
}
PARTS = 6  # so that a failure names a handful of pages
WIDTHS = (1280, 360)
UNFOLDED = "document.querySelectorAll('details').forEach(d => d.open = true)"
# Words, drawings and files in a page's text that are not to be seen.
UNSEEN = """() => [...document.querySelectorAll(
  "main :is(h1, h2, h3, h4, p, li, td, th, dt, dd, figcaption, math, .fs-download, .fs-chart)")]
  .filter((one) => !one.closest("details:not([open])") && !one.closest("[data-needs-script]"))
  .filter((one) => one.textContent.trim() && !one.closest(".visually-hidden, .fs-stack thead"))
  .filter((one) => !one.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
  .map((one) => one.outerHTML.slice(0, 120))"""
MOVING = """() => [...document.querySelectorAll("*")].filter((one) => {
  const look = getComputedStyle(one);
  return look.animationName !== "none" || look.scrollBehavior !== "auto" ||
    look.transitionDuration.split(",").some((time) => parseFloat(time) > 0);
}).map((one) => one.outerHTML.slice(0, 120))"""
# What tells apart by colour alone where the reader's own colours are in force.
PLAIN = """() => {
  const colour = (one, name) => getComputedStyle(one)[name];
  const drawn = [...document.querySelectorAll("main .fs-chart svg")]
    .filter((one) => one.checkVisibility());
  const shapes = drawn.flatMap((one) => [...one.querySelectorAll("rect, text")]
    .map((mark) => [colour(mark, "fill"), colour(one, "backgroundColor")]));
  const fields = [...document.querySelectorAll("button, input, select, summary, textarea")]
    .filter((one) => one.checkVisibility());
  return {
    invisible: shapes.filter(([fill, ground]) => fill === ground).length,
    shapes: shapes.length,
    unread: fields.filter((one) => colour(one, "color") === colour(one, "backgroundColor"))
      .map((one) => one.outerHTML.slice(0, 120)),
    ground: colour(document.body, "backgroundColor"),
  };
}"""


def share(pages, part):
    return [path for path in pages if "/slides/" not in path][part::PARTS]


@pytest.fixture
def window(chromium, address):
    """One window for many pages: window(**options) gives `go`, which opens a page in it."""
    contexts = []

    def opened(**options):
        context = chromium.new_context(**{"reduced_motion": "reduce", **options})
        contexts.append(context)
        page = context.new_page()

        def go(path):
            page.goto(f"{address}/{path}", wait_until="load")
            return page

        return go

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize("part", range(PARTS))
def test_axe_finds_nothing_on_any_page_in_any_look(window, pages, part):
    axe, wrong, go = Axe(), {}, window(bypass_csp=True)
    for path in share(pages, part):
        page = go(path)
        page.evaluate(UNFOLDED)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            for mode in ("light", "dark"):
                page.emulate_media(color_scheme=mode)
                rules = OF_COLOURS if mode == "dark" else AXE_RULES
                found = axe.run(page, options=rules).response["violations"]
                if found:
                    wrong[path, mode, width] = [(v["id"], v["nodes"][0]["html"]) for v in found]
            if page.evaluate("document.documentElement.scrollWidth") > width:
                wrong[path, width] = "wider than the window"
    assert wrong == {}


def test_no_page_asks_another_origin_or_fails_a_script(window, pages, address):
    go = window()
    page = go("index.html")
    foreign, faults = [], []
    page.on("request", lambda one: foreign.append(one.url))
    page.on("console", lambda one: faults.append(one.text) if one.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    wrong = {}
    for path in pages:
        go(path)
        own = (address, "data:", "blob:")
        if asked := [url for url in foreign if not url.startswith(own)]:
            wrong[path] = asked
        if faults:
            wrong[path, "faults"] = list(faults)
        foreign.clear()
        faults.clear()
    assert wrong == {}


@pytest.mark.parametrize("part", range(PARTS))
def test_no_page_is_wider_than_a_phone_with_text_twice_as_large(window, pages, part):
    """WCAG 1.4.4 and 1.4.10: 200 % text in 640 px is what 320 px are at its usual size."""
    go, wide = window(bypass_csp=True, viewport={"width": 640, "height": 900}), {}
    for path in share(pages, part):
        page = go(path)
        page.add_style_tag(content="html { font-size: 200% !important }")
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 640:
            wide[path] = width
    assert wide == {}


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_is_read_whole_without_scripts(window, pages, width):
    go = window(java_script_enabled=False, viewport={"width": width, "height": 900})
    unseen, figures = {}, 0
    for path in (path for path in pages if "/slides/" not in path and path != "search.html"):
        page = go(path)
        figures += page.locator("main .fs-chart svg:visible").count()
        if found := page.evaluate(UNSEEN):
            unseen[path] = found
    assert unseen == {}
    assert figures >= 100


def test_nothing_moves_for_those_who_ask_for_rest(window, pages):
    go, moving = window(), {}
    for path in share(pages, 0):
        if found := go(path).evaluate(MOVING):
            moving[path] = found[:3]
    assert moving == {}
    lively = window(reduced_motion="no-preference")("kommuner/vejle/borgerne.html")
    assert lively.evaluate(MOVING) != []


def test_pages_are_read_in_the_readers_own_colours(window, pages):
    grounds = set()
    for mode in ("light", "dark"):
        go = window(forced_colors="active", color_scheme=mode)
        shapes = 0
        for path in share(pages, 1):
            found = go(path).evaluate(PLAIN)
            assert found["unread"] == [], path
            assert found["invisible"] == 0, path
            shapes += found["shapes"]
            grounds.add(found["ground"])
        assert shapes > 500
    assert len(grounds) == 2  # the reader's colours are in force, and follow the reader's choice
