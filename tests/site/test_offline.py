"""The whole site in one file: unpacked somewhere and opened without a server, without internet."""

import zipfile

import pytest

from fremskudt.release.archive import pack


@pytest.fixture(scope="module")
def unpacked(site, tmp_path_factory):
    """The site as a reader has it who was sent the archive and unpacked it among other things."""
    folder = tmp_path_factory.mktemp("læser") / "Mine dokumenter, 50 % færdige"
    pack(site, folder.parent / "haandbog.zip")
    with zipfile.ZipFile(folder.parent / "haandbog.zip") as file:
        file.extractall(folder)
    return folder / site.name


@pytest.fixture
def open_file(chromium, unpacked):
    """Open a page as a file: open_file(path); its `faults` lists what went wrong."""
    context = chromium.new_context(offline=True, reduced_motion="reduce")
    page = context.new_page()
    page.faults = []
    page.on("console", lambda m: page.faults.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("requestfailed", lambda request: page.faults.append(request.url))

    def open_page(path):
        name, _, query = path.partition("?")
        page.goto((unpacked / name).as_uri() + (f"?{query}" if query else ""))
        return page

    yield open_page
    context.close()


def test_every_page_that_is_opened_as_a_file_has_its_look_and_its_scripts(open_file, pages):
    wrong = {}
    for path in (path for path in pages if "/slides/" not in path and path != "404.html"):
        page = open_file(path)
        font = page.evaluate(
            "document.fonts.ready.then(() => [...document.fonts].filter("
            "(one) => one.status === 'loaded').map((one) => one.family))"
        )
        if page.faults or not any("Source Sans 3" in name for name in font):
            wrong[path] = (list(page.faults), font)
        elif not page.locator("[data-theme-switch]").is_visible():
            wrong[path] = "the scripts have not run"
        page.faults.clear()
    assert wrong == {}


def test_the_search_finds_and_describes_pages_that_are_files(open_file):
    page = open_file("search.html?q=sagsbehandleren")
    page.locator("#search-results .search-summary").wait_for()
    assert page.locator("#search-results li").count() >= 3
    lead = page.locator("#search-results .search-lead").first.inner_text()
    assert len(lead) > 20
    page.locator("#search-results li > a").first.click()
    assert page.locator("h1").is_visible()
    assert page.faults == []


def test_figures_are_told_and_their_files_fetched_from_files(open_file):
    page = open_file("kommuner/vejle/borgerne.html")
    figure = page.locator("#figur-koen")
    figure.locator(".fs-wide .fs-walk").focus()
    page.keyboard.press("ArrowRight")
    assert "24 af 57" in figure.locator(".fs-tip:not([hidden])").inner_text()
    with page.expect_download() as waiting:
        figure.get_by_role("button", name="Hent SVG").click()
    assert waiting.value.suggested_filename.endswith(".svg")
    assert page.faults == []
