"""The keyboard alone: everything that can be used is reached in order, seen when reached, and left
again."""

import pytest

PAGES = [
    "index.html",
    "kommuner/vejle/profil.html",
    "kommuner/gladsaxe/borgerne.html",
    "search.html",
    "screening.html",
    "kursus/modul-1.html",
]
# What the focus looks like where it stands, and where that is.
HERE = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const look = getComputedStyle(one), box = one.getBoundingClientRect();
  const drawn = one.querySelector(":scope > rect");
  const all = [...document.querySelectorAll("*")];
  const column = one.closest(".site-nav, .page-sections, main, header, footer, .page-neighbours");
  return {
    place: all.indexOf(one),
    name: one.outerHTML.slice(0, 120),
    column: column ? column.className || column.tagName : "",
    ring: look.outlineStyle !== "none" ? parseFloat(look.outlineWidth)
      : drawn ? parseFloat(getComputedStyle(drawn).strokeWidth) : 0,
    isSeen: box.bottom > 0 && box.top < innerHeight && box.width > 0 && box.height > 0,
  };
}"""
REACHABLE = """() => [...document.querySelectorAll(
  "a[href], button, input, select, textarea, summary, [tabindex='0']")].filter(
  (one) => one.checkVisibility({ visibilityProperty: true }) && !one.disabled &&
    one.tabIndex >= 0 && !(one.type === "radio" && !one.checked &&
      document.querySelector(`input[name='${one.name}']:checked`))).length"""


def walk(page, most):
    """Every place that Tab leads to, until it leaves the page."""
    found = []
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    for _ in range(most):
        page.keyboard.press("Tab")
        here = page.evaluate(HERE)
        if here is None or (found and here["place"] == found[0]["place"]):
            return found
        found.append(here)
    return found


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("path", PAGES)
def test_tab_leads_through_the_whole_page_in_order_and_every_stop_is_seen(visit, path, width):
    page = visit(path, width)
    if path == "search.html":
        page.locator("input[type=search]").first.wait_for()
    there = page.evaluate(REACHABLE)
    stops = walk(page, there + 20)
    assert len(stops) == there
    assert "skip-link" in stops[0]["name"]
    places = [stop["place"] for stop in stops]
    assert places == sorted(places)
    assert [stop["name"] for stop in stops if stop["ring"] < 2] == []
    assert [stop["name"] for stop in stops if not stop["isSeen"]] == []
