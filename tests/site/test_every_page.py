"""What holds for every page, however it is read: in any look, with or without scripts, in twice as
large text, in the reader's own colours, at rest and alone with this site."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from tests.site.in_page import AXE_RULES

# What is judged anew when only colours are others.
OF_COLOURS = {
    **AXE_RULES,
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
}
JUDGED = """rules => axe.run(document, rules).then(({ violations }) => violations.map(
  (one) => [one.id, one.nodes[0].html.slice(0, 120)]))"""
PARTS = 6  # so that a failure names a handful of pages
WIDTHS = (1280, 360)
UNFOLDED = "document.querySelectorAll('details').forEach(d => d.open = true)"
# What only a script can do is not offered without one.
LIVE = (
    ".fs-calc-inputs, .fs-calc-key, .fs-part-tools, .fs-choose-inputs, .fs-choose-result, "
    ".fs-choose-hidden"
)
# Words and files of a page's text that cannot be seen, and figures that show not just one of their
# two drawings. That a sum is a gain or a cost is said by its sign, too, where a column has no room.
UNSEEN = """(LIVE) => [...document.querySelectorAll(
  "main :is(h1, h2, h3, h4, p, li, td, th, dt, dd, figcaption, math, .fs-download)")]
  .filter((one) => !one.closest("details:not([open])") && !one.closest(LIVE))
  .filter((one) => one.textContent.trim() && !one.closest(
    ".visually-hidden, .fs-stack thead, .fs-calc-bar, .fs-calc-axis"))
  .filter((one) => !one.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
  .concat([...document.querySelectorAll("main :has(> .fs-chart)")].filter((one) =>
    one.checkVisibility() && !one.closest("details:not([open])") &&
    [...one.querySelectorAll(":scope > .fs-chart")].filter((drawn) => drawn.checkVisibility())
      .length !== 1))
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
    wrong, go = {}, window(bypass_csp=True)
    for path in pages[part::PARTS]:  # slides too
        page = go(path)
        page.evaluate(UNFOLDED)
        page.evaluate(AXE_SCRIPT)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            for mode in ("light", "dark"):
                page.emulate_media(color_scheme=mode)
                rules = OF_COLOURS if mode == "dark" else AXE_RULES
                found = page.evaluate(JUDGED, rules)
                if found:
                    wrong[path, mode, width] = found
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
        if found := page.evaluate(UNSEEN, LIVE):
            unseen[path] = found
        assert not page.locator(f":is({LIVE}):visible").count(), path
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
        assert shapes > 100  # so that something was looked at
    assert len(grounds) == 2  # the reader's colours are in force, and follow the reader's choice
