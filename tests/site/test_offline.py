"""The site as files: unpacked somewhere and opened without a server."""

import pytest

KINDS = [
    "index.html",
    "kommuner/rudersdal/profil.html",
    "kommuner/vejle/borgerne.html",
    "kommuner/rudersdal/udbytte.html",
    "kommuner/aarhus/roller.html",
    "kommuner/gladsaxe/oekonomi.html",
    "sammenligning.html",
    "kildeafstemning.html",
    "arbejdsgang.html",
    "spoergeskema.html",
    "usikkerhed.html",
    "modsigelser.html",
    "segmentering.html",
    "referencer.html",
    "datakontrakt.html",
    "koer-selv.html",
    "databeskyttelse.html",
    "ordliste.html",
    "kursus/modul-3.html",
    "kursus/modul-5.html",
    "kursus-svar.html",
    "kursus-ark.html",
    "search.html",
]


@pytest.fixture
def open_file(chromium, site):
    """Open a page as a file: open_file(path); its `faults` lists what went wrong."""
    contexts = []

    def open_page(path):
        context = chromium.new_context(offline=True, reduced_motion="reduce")
        contexts.append(context)
        page = context.new_page()
        page.faults = []
        page.on("console", lambda m: page.faults.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on("requestfailed", lambda request: page.faults.append(request.url))
        name, _, query = path.partition("?")
        page.goto((site / name).as_uri() + (f"?{query}" if query else ""))
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("path", KINDS)
def test_a_page_that_is_opened_as_a_file_has_its_look_and_its_scripts(open_file, path):
    page = open_file(path)
    assert page.faults == []
    font = page.evaluate("document.fonts.check('16px \\'Source Sans 3\\'')")
    assert font
    assert page.locator("[data-theme-switch]").is_visible()


def test_the_search_finds_and_describes_pages_that_are_files(open_file):
    page = open_file("search.html?q=sagsbehandleren")
    page.locator("#search-results .search-summary").wait_for()
    assert page.locator("#search-results li").count() >= 3
    lead = page.locator("#search-results .search-lead").first.inner_text()
    assert len(lead) > 20
    page.locator("#search-results li > a").first.click()
    assert page.locator("h1").is_visible()
    assert page.faults == []
