"""A figure in the hands of a reader: its numbers, its marks, its pictures and its reference."""

import csv
import io
import struct
from pathlib import Path

import pytest
from lxml import etree
from lxml import html as parser
from python_calamine import CalamineWorkbook

from tests.site.in_page import wait_until

PAGE = "kommuner/rudersdal/borgerne.html"
GENDER = "#figur-koen"  # six women of eleven citizens


def fetched(page, figure, label):
    """What a tool of a figure hands over: its suggested name and its path."""
    with page.expect_download() as waiting:
        figure.locator(".fs-use").get_by_text(label, exact=True).click()
    return waiting.value.suggested_filename, Path(waiting.value.path())


def test_every_figure_with_numbers_offers_them_as_files_without_a_script(site, pages):
    found = 0
    for path in pages:
        tree = parser.parse(str(site / path))
        for figure in tree.xpath("//figure[@data-table]"):
            links = [Path(link).suffix for link in figure.xpath(".//a[@download]/@href")]
            is_silent = not figure.xpath(".//table")
            assert links == ([] if is_silent else [".csv", ".xlsx"]), (path, figure.get("id"))
            found += not is_silent
    assert found > 150


def test_a_page_offers_all_its_numbers_together(visit):
    page = visit(PAGE, scripts=False)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Hent sidens tal (Excel)").click()
    book = CalamineWorkbook.from_path(waiting.value.path())
    assert book.sheet_names[0] == "Om tallene"
    assert len(book.sheet_names) - 1 == page.locator("figure[data-table] .fs-use").count()


def test_the_files_of_a_figure_say_the_same(visit):
    page = visit(PAGE)
    figure = page.locator(GENDER)
    name, path = fetched(page, figure, "Hent CSV")
    assert name == "rudersdal-koen.csv"
    text = path.read_text(encoding="utf-8-sig")
    (women,) = (
        r for r in csv.DictReader(io.StringIO(text), delimiter=";") if r["svar"] == "Kvinde"
    )
    assert (women["antal"], women["n"]) == ("6", "11")
    name, path = fetched(page, figure, "Hent Excel")
    assert name == "rudersdal-koen.xlsx"
    head, *lines = CalamineWorkbook.from_path(path).get_sheet_by_name("Tal").to_python()
    by_name = [dict(zip(head, line, strict=True)) for line in lines]
    assert [r["Antal"] for r in by_name if r["Svar eller post"] == "Kvinde"] == [6]


def tip_of(figure):
    return figure.locator(".fs-tip:not([hidden])")


def test_the_keys_lead_from_mark_to_mark_and_escape_leaves(visit):
    page = visit(PAGE)
    figure = page.locator(GENDER)
    walk = figure.locator(".fs-wide .fs-walk")
    walk.focus()
    assert tip_of(figure).count() == 0
    page.keyboard.press("ArrowRight")
    first = tip_of(figure).inner_text()
    told = walk.get_attribute("aria-valuetext")
    assert "6 af 11 (55 %)" in first.replace("\u00a0", " ")
    assert told.startswith("Kvinde. Antal og andel: 6 af 11 (55 %). 95 %-interval: ")
    page.keyboard.press("ArrowDown")
    assert walk.get_attribute("aria-valuetext").startswith("Mand. ")
    assert walk.get_attribute("aria-valuenow") == walk.get_attribute("aria-valuemax") == "2"
    page.keyboard.press("Home")
    assert tip_of(figure).inner_text() == first
    page.keyboard.press("Escape")
    assert tip_of(figure).count() == 0
    assert page.faults == []


@pytest.mark.parametrize("width", [1280, 360])
def test_a_pointer_on_a_bar_shows_the_line_of_its_table(visit, width):
    page = visit(PAGE, width)
    figure = page.locator(GENDER)
    figure.scroll_into_view_if_needed()
    figure.locator("svg[role=img]:visible [data-r='1']").hover(position={"x": 4, "y": 8})
    tip = tip_of(figure)
    assert tip.inner_text().startswith("Mand")
    tip.hover()  # it stays under the pointer
    assert tip.is_visible()
    box = tip.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    page.mouse.move(5, 5)
    assert tip_of(figure).count() == 0


def test_a_tip_holds_no_word_that_the_figures_table_does_not(visit):
    page = visit("kommuner/vejle/oekonomi.html")
    figures = page.locator("figure[data-table]:has(.fs-walk)")
    assert figures.count() >= 5
    for number in range(figures.count()):
        figure = figures.nth(number)
        words = " ".join(figure.locator(".fs-data table").text_content().split())
        figure.locator(".fs-wide .fs-walk").focus()
        page.keyboard.press("End")
        parts = tip_of(figure).locator("dt, dd").all_text_contents()
        assert parts
        assert [one for one in parts if " ".join(one.split()) not in words] == []


def test_every_mark_of_every_figure_leads_to_a_line_of_its_table(visit, pages):
    wrong = []
    for path in pages:
        page = visit(path)
        wrong += page.evaluate(
            """() => [...document.querySelectorAll('figure[data-table]')].flatMap((figure) => {
                const lines = figure.querySelector('.fs-data tbody')?.rows.length ?? 0;
                return [...figure.querySelectorAll('[data-r]')].flatMap((mark) => {
                    const steps = mark.tagName === 'polyline' ? mark.points.length - 1 : 0;
                    return mark.dataset.r.split(' ').map(Number)
                        .filter((line) => !(line + steps < lines))
                        .map((line) => `${location.pathname} ${figure.id} ${line}`);
                });
            })"""
        )
        page.close()
    assert wrong == []


def test_the_picture_as_svg_has_its_words_source_and_version_in_light_colours(visit):
    page = visit(PAGE, mode="dark")
    name, path = fetched(page, page.locator(GENDER), "Hent SVG")
    assert name == "rudersdal-koen.svg"
    drawn = etree.fromstring(path.read_bytes())
    words = " ".join(drawn.itertext())
    for said in (
        "Køn",
        "Kvinde",
        "6 af 11",
        "Hovedrapporten 1 (figur 1)",
        "Oprindelse:",
        "version",
    ):
        assert said in words, said
    assert f"{PAGE}{GENDER}" in words
    assert b"var(" not in path.read_bytes()
    assert drawn.find("{*}rect").get("fill") == "#ffffff"
    fills = {one.get("fill") for one in drawn.iter("{*}rect")}
    assert "#0d6080" in fills  # the bars' colour on a light page


def test_the_picture_as_png_is_twice_as_large_as_the_figure(visit):
    page = visit(PAGE)
    name, path = fetched(page, page.locator(GENDER), "Hent PNG")
    data = path.read_bytes()
    assert name == "rudersdal-koen.png"
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", data[16:24])
    assert width == 2 * (690 + 48)
    assert height > 400


def test_a_reference_says_what_the_numbers_are_and_is_there_to_copy_where_copying_fails(visit):
    page = visit(PAGE)
    figure = page.locator(GENDER)
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    figure.get_by_role("button", name="Kopiér henvisning").click()
    area = figure.locator("textarea")
    text = area.input_value()
    assert "«Køn», figur " in text
    assert "Fremskudt sagsbehandling: en evalueringshåndbog, version " in text
    assert f"{PAGE}{GENDER}" in text
    assert "Jf. Hovedrapporten 1 (figur 1)" in text
    origin = figure.locator(".fs-meta").inner_text()
    assert ("konstruerede og skal ikke citeres" in text) == ("Konstrueret" in origin)
    assert page.evaluate("getSelection().toString() || document.activeElement.value") == text
    assert figure.get_by_role("status").inner_text().startswith("Browseren giver ikke lov")


def test_a_reference_is_copied(visit):
    page = visit(PAGE)
    page.evaluate(
        "Object.defineProperty(navigator, 'clipboard', "
        "{ value: { writeText: async (text) => { window.copied = text; } } })"
    )
    page.locator(GENDER).get_by_role("button", name="Kopiér henvisning").click()
    wait_until(page, "window.copied")
    assert "«Køn»" in page.evaluate("window.copied")
    assert page.locator(GENDER).get_by_role("status").inner_text() == "Henvisningen er kopieret."


def test_figures_are_numbered_in_order_and_so_are_tables(site, pages):
    for path in pages:
        tree = parser.parse(str(site / path))
        said = [one.text_content() for one in tree.xpath("//figure//*[@class='fs-number']")]
        for kind in ("Figur", "Tabel"):
            mine = [one for one in said if one.startswith(kind)]
            assert mine == [f"{kind} {number}" for number in range(1, len(mine) + 1)], path


def test_a_page_that_is_a_file_has_all_tools(chromium, site):
    page = chromium.new_page()
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto((site / PAGE).as_uri())
    figure = page.locator(GENDER)
    name, _ = fetched(page, figure, "Hent PNG")
    assert name == "rudersdal-koen.png"
    figure.locator(".fs-wide .fs-walk").focus()
    page.keyboard.press("End")
    assert tip_of(figure).is_visible()
    assert faults == []
    page.close()
