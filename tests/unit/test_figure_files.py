"""The files of a page's figures: what a reader opens in a spreadsheet is what the figure says."""

import base64
import csv
import io
from dataclasses import replace

import pytest
from lxml import html as parser
from python_calamine import CalamineWorkbook

from fremskudt import __version__
from fremskudt.analysis import outcomes, population
from fremskudt.analysis.economics import gains, trajectories
from fremskudt.disclosure import publish
from fremskudt.presentation import blocks, charts
from fremskudt.presentation.numbers_file import AROUND, COUNTED
from fremskudt.presentation.timelines import timelines
from fremskudt.publishing.figure_files import (
    HEADINGS,
    Page,
    numbers_in,
    with_files,
    workbook,
    workbook_of_page,
    write_files,
)
from fremskudt.publishing.pages import figures_of
from fremskudt.release.spreadsheets import read_csv, read_workbook

PAGE = Page("kommuner/rudersdal/borgerne", "Borgerne i Rudersdal")


@pytest.fixture(scope="module")
def gender(deliveries):
    """Six women of eleven citizens."""
    return charts.share_bars(publish(population.gender(deliveries["rudersdal"])), "koen").html


def opened(packed):
    book = CalamineWorkbook.from_filelike(io.BytesIO(packed))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_a_figures_file_says_where_its_numbers_come_from(gender):
    (found,) = numbers_in(gender)
    assert found.name == "rudersdal-koen"
    assert found.csv.startswith(b"\xef\xbb\xbfmaaling;kommune;")
    assert found.csv.endswith(b"\r\n")
    women = next(row for row in found.rows if row["svar"] == "Kvinde")
    assert women["antal"] == "6"
    assert women["n"] == "11"
    assert women["andel"] == "0,545455"
    assert women["kilde"] == "Hovedrapporten 1 (figur 1)"
    assert women["periode"] == "01.09.2012–01.09.2013"
    assert women["version"] == __version__
    assert women["tabel"] == "gender"


def test_a_workbook_has_numbers_that_can_be_added_and_a_sheet_that_tells_what_they_are(gender):
    (found,) = numbers_in(gender)
    sheets = opened(workbook(PAGE, found))
    assert list(sheets) == ["Tal", "Om tallene"]
    head, first, *_ = sheets["Tal"]
    women = dict(zip(head, first, strict=True))
    assert (women["Svar eller post"], women["Antal"]) == ("Kvinde", 6.0)
    assert women["Andel"] == pytest.approx(6 / 11, abs=1e-6)
    told = {name: text for name, text in sheets["Om tallene"] if name}
    assert told["Titel"] == "Køn"
    assert told["Kilde og oprindelse"].startswith("Jf. Hovedrapporten 1 (figur 1) · Oprindelse:")
    assert told["Side i håndbogen"] == "Borgerne i Rudersdal"
    assert told["Adresse"] == "kommuner/rudersdal/borgerne.html"
    assert told["Håndbogens version"] == __version__
    assert told["Opgørelsesperiode"] == "01.09.2012–01.09.2013"
    assert "få" in told["Skjulte tal"]


def test_the_same_figure_gives_the_same_bytes(gender):
    (found,) = numbers_in(gender)
    assert workbook(PAGE, found) == workbook(PAGE, found)
    assert workbook_of_page(PAGE, [found]) == workbook_of_page(PAGE, [found])


def test_a_hidden_number_is_text_without_a_number_in_the_workbook(deliveries):
    town = replace(
        deliveries["rudersdal"].municipality, origin="registered", disclosure_threshold=5
    )
    own = replace(deliveries["rudersdal"], municipality=town)
    table = publish(outcomes.by_phase(own, "support_home"))
    (found,) = numbers_in(charts.share_stack(table, "hjem").html)
    hidden = [row for row in found.rows if row["status"] == "skjult"]
    assert hidden
    assert all(row["antal"] == row["andel"] == row["nedre"] == "" for row in hidden)
    head, *lines = opened(workbook(PAGE, found))["Tal"]
    sheet = [dict(zip(head, line, strict=True)) for line in lines]
    for row in sheet:
        if row["Status"] == "skjult":
            assert row["Antal"] == row["Andel"] == ""


def test_a_page_links_to_files_that_stand_under_its_own_address(gender, tmp_path):
    page = with_files(gender, PAGE.document)
    assert "base64" not in page
    for suffix in (".csv", ".xlsx"):
        link = f"../../tal/kommuner/rudersdal/borgerne/rudersdal-koen{suffix}"
        assert f'href="{link}" download>' in page
    write_files(tmp_path, PAGE, list(numbers_in(gender)))
    names = sorted(p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*.*"))
    assert names == [
        "tal/kommuner/rudersdal/borgerne.xlsx",
        "tal/kommuner/rudersdal/borgerne/rudersdal-koen.csv",
        "tal/kommuner/rudersdal/borgerne/rudersdal-koen.xlsx",
    ]
    assert 'href="tal/index/rudersdal-koen.csv"' in with_files(gender, "index")


def test_all_numbers_of_a_page_are_in_one_workbook(gender, deliveries):
    table = publish(gains.net_gain(deliveries["vejle"]))
    found = [*numbers_in(gender), *numbers_in(blocks.crossed(table, "tabel-12", "Gevinst").html)]
    sheets = opened(workbook_of_page(PAGE, found))
    assert list(sheets) == ["Om tallene", "Tal 1", "Tal 2"]
    said = [name for name, _ in sheets["Om tallene"]]
    assert said.count("Titel") == 2
    amounts = dict(zip(*sheets["Tal 2"][:2], strict=True))
    assert amounts["Enhed"] == "kr."
    assert isinstance(amounts["Værdi"], float)


def test_a_table_that_stands_on_a_page_whole_has_its_file_too(deliveries):
    table = publish(gains.net_gain(deliveries["vejle"]))
    (found,) = numbers_in(blocks.crossed(table, "tabel-12", "Gevinst pr. borger").html)
    assert (found.name, found.title) == ("vejle-tabel-12", "Gevinst pr. borger")
    assert len(found.rows) == len(table.frame)


def test_a_sum_of_printed_amounts_says_its_own_origin_where_it_stands(deliveries):
    row = blocks.crossed(publish(gains.net_gain(deliveries["vejle"])), "t", "Gevinst").html
    cells = [" ".join(one.text_content().split()) for one in parser.fromstring(row).xpath("//td")]
    assert cells[-2:] == ["111.082 kr. Rekonstrueret", "Offentliggjort"]


def test_the_courses_file_has_a_line_for_every_span_of_a_service(deliveries):
    table = publish(trajectories.courses(deliveries["vejle"]))
    citizens = table.frame["group"].unique()
    found = list(numbers_in(timelines(table, "forloeb").html))
    assert len(found) == len(citizens)
    first = found[0]
    mine = table.frame[table.frame["group"] == citizens[0]]
    assert len(first.rows) == len(mine)
    assert {row["gruppe"] for row in first.rows} == {"Borger 1"}
    assert {row["forloeb"] for row in first.rows} == {"Forventet forløb", "Kontrafaktisk forløb"}
    total = sum(float(row["vaerdi"].replace(",", ".")) for row in first.rows)
    assert total == pytest.approx(mine["value"].sum(), abs=0.01)


def test_what_is_read_back_is_what_the_figure_says(gender, tmp_path):
    (found,) = numbers_in(gender)
    (tmp_path / "a.xlsx").write_bytes(workbook(PAGE, found))
    assert read_csv(found.csv.decode("utf-8-sig")) == [("gender", found.rows)]
    assert read_workbook(tmp_path / "a.xlsx").tables == (("gender", found.rows),)


def figure_with(cell):
    text = io.StringIO()
    before, after = AROUND
    row = dict.fromkeys((*before, *COUNTED, *after), "")
    row |= {"svar": cell, "tabel": "gender"}
    writer = csv.DictWriter(text, row, delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    writer.writerow(row)
    packed = base64.b64encode(text.getvalue().encode("utf-8-sig")).decode("ascii")
    link = f'href="data:text/csv;charset=utf-8;base64,{packed}">Hent CSV</a>'
    return f'<figure data-table="gender"><a class="fs-download" download="a.csv" {link}</figure>'


@pytest.mark.parametrize("cell", ["=1+1", '=HYPERLINK("http://x")', "http://x.dk", "12", "{=1}"])
def test_a_text_is_neither_a_formula_nor_a_link_nor_a_number_in_the_workbook(cell, tmp_path):
    (found,) = numbers_in(figure_with(cell))
    (tmp_path / "a.xlsx").write_bytes(workbook(PAGE, found))
    ((_, (row,)),) = read_workbook(tmp_path / "a.xlsx").tables
    assert row["svar"] == cell
    parts = read_workbook(tmp_path / "a.xlsx").words
    assert "hyperlink" not in parts.replace(cell, "").lower()


def test_every_column_of_a_file_has_a_heading_of_its_own():
    assert len(set(HEADINGS.values())) == len(HEADINGS)


def test_the_figures_of_a_notebook_are_found_where_its_page_shows_them(gender):
    shown = {"cell_type": "code", "id": "a", "metadata": {}, "source": ""}
    output = {"data": {"text/html": gender.splitlines(keepends=True)}}
    live = {**shown, "id": "b", "metadata": {"tags": ["live"]}}
    cells = [{**shown, "outputs": [output]}, {**live, "outputs": [output]}]
    assert [one.name for one in figures_of({"cells": cells})] == ["rudersdal-koen"]
