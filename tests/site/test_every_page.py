"""Every page as axe, a validator and different readers meet it."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.site.test_pages import AXE_RULES

PARTS = 6  # so that a failure names a handful of pages


def share(pages, part):
    return [path for path in pages if "/lysbilleder/" not in path][part::PARTS]


@pytest.fixture
def look(chromium, address):
    """One window for many pages: looked at wide and narrow, light and dark."""
    context = chromium.new_context(reduced_motion="reduce", bypass_csp=True)
    page = context.new_page()

    def go(path):
        page.goto(f"{address}/{path}", wait_until="load")
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        return page

    yield go
    context.close()


@pytest.mark.parametrize("part", range(PARTS))
def test_axe_finds_nothing_on_any_page_in_any_look(look, pages, part):
    axe, wrong = Axe(), {}
    for path in share(pages, part):
        page = look(path)
        for mode in ("light", "dark"):
            for width in (1280, 360):
                page.set_viewport_size({"width": width, "height": 900})
                page.emulate_media(color_scheme=mode)
                found = axe.run(page, options=AXE_RULES).response["violations"]
                if found:
                    wrong[path, mode, width] = [(v["id"], v["nodes"][0]["html"]) for v in found]
    assert wrong == {}


@pytest.mark.parametrize("part", range(PARTS))
def test_no_page_is_wider_than_a_phone_with_text_twice_as_large(look, pages, part):
    """WCAG 1.4.4 and 1.4.10: 200 % text in 640 px is what 320 px are at its usual size."""
    wide = {}
    for path in share(pages, part):
        page = look(path)
        page.set_viewport_size({"width": 640, "height": 900})
        page.add_style_tag(content="html { font-size: 200% !important }")
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 640:
            wide[path] = width
    assert wide == {}
