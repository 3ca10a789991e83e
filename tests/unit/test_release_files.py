"""Files of numbers on which something slipped through: every leak is found and refused."""

from dataclasses import replace

import pytest
import xlsxwriter

from fremskudt.analysis.economics import trajectories
from fremskudt.contract.scales import scale
from fremskudt.disclosure import publish
from fremskudt.presentation.numbers_file import csv_text
from fremskudt.publishing.figure_files import HEADINGS, Page, numbers_in, with_files, write_files
from fremskudt.release.audit import audit
from fremskudt.release.harvest import harvest
from tests.small import PAGE, small, write_pages
from tests.unit.test_release import hidden_cell


def laid_out(site, delivery):
    """The municipality's page as it is in a site: its figures' numbers are files beside it."""
    page = site / PAGE.format(slug=delivery.slug)
    html = page.read_text(encoding="utf-8")
    document = page.relative_to(site).with_suffix("").as_posix()
    write_files(site, Page(document, "Tabeller"), list(numbers_in(html)))
    page.write_text(with_files(html, document), encoding="utf-8")
    return site


def test_the_files_of_a_site_tell_what_the_figures_that_held_them_told(site, eleven):
    before = harvest(site)
    after = harvest(laid_out(site, eleven))
    assert "base64" not in (site / PAGE.format(slug=eleven.slug)).read_text(encoding="utf-8")
    told = {repr((one.name, one.rows)) for one in before.tables}
    assert len(told) > 20
    for suffix in (".csv", ".xlsx"):
        found = [one for one in after.tables if one.file.endswith(suffix)]
        assert {repr((one.name, one.rows)) for one in found} == told
    assert faults(site, eleven) == ""


def test_a_release_with_files_is_held_against_one_whose_pages_held_them(deliveries, tmp_path):
    now = small(deliveries["vejle"], 40, 5, seed=4)
    fewer = set(now["cases"]["case_id"].iloc[:-1])
    tables = {
        name: table[table["case_id"].isin(fewer)] if "case_id" in table else table
        for name, table in now.tables.items()
    }
    old = write_pages(tmp_path / "a", replace(now, tables=tables))
    new = laid_out(write_pages(tmp_path / "b", now), now)
    found = audit(harvest(new), [now], harvest(old))
    assert "når man også har den forrige udgivelse" in "\n".join(found.reasons)


NUMBERS = "tal/kommuner/{slug}/borgerne/beskaeftigelse"


@pytest.fixture(scope="module")
def eleven(deliveries):
    """Eleven of Gladsaxe's cases as registered, threshold five."""
    return small(deliveries["gladsaxe"], 11, 5, seed=2)


@pytest.fixture
def site(eleven, tmp_path):
    return write_pages(tmp_path / "site", eleven)


SEEN = {}  # the same tables are attacked in many tests


def faults(site, delivery):
    return "\n".join(audit(harvest(site), [delivery], seen=SEEN).reasons)


def rows_told(delivery):
    """A hidden count, in the words of a file."""
    group, category, count = hidden_cell(delivery)
    return {
        "maaling": "Forsørgelse",
        "kommune": "Gladsaxe",
        "gruppe": scale("phase").label(group),
        "svar": scale("employment").label(category),
        "antal": str(count),
        **dict.fromkeys(("n", "andel", "nedre", "oevre"), ""),
        "status": "vist",
        **dict.fromkeys(("oprindelse", "kilde", "periode", "version"), "x"),
        "tabel": "employment",
    }


def add_csv(site, delivery, row):
    path = site / f"{NUMBERS.format(slug=delivery.slug)}.csv"
    path.parent.mkdir(parents=True)
    lines = [";".join(row), ";".join(row.values()), ""]
    path.write_text("\r\n".join(lines), encoding="utf-8-sig")


def add_workbook(site, delivery, row, change=lambda *_: None):
    path = site / f"{NUMBERS.format(slug=delivery.slug)}.xlsx"
    path.parent.mkdir(parents=True)
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Om tallene").write("A1", "Køn")
        sheet = book.add_worksheet("Tal")
        sheet.write_row(0, 0, [HEADINGS[column] for column in row])
        for place, value in enumerate(row.values()):
            sheet.write(1, place, int(value) if value.isdecimal() else value)
        change(book, sheet)


@pytest.mark.parametrize("put", [add_csv, add_workbook])
def test_a_hidden_number_in_a_file_of_numbers_is_found(site, eleven, put):
    put(site, eleven, rows_told(eleven))
    assert "Forsørgelse: tal under tærsklen på 5 er vist" in faults(site, eleven)


def test_a_hidden_number_on_a_hidden_sheet_is_found(site, eleven):
    add_workbook(site, eleven, rows_told(eleven), lambda _, sheet: sheet.very_hidden())
    assert "Forsørgelse: tal under tærsklen på 5 er vist" in faults(site, eleven)


@pytest.mark.parametrize("put", [add_csv, add_workbook])
def test_a_phrase_in_a_file_of_numbers_is_found(site, eleven, put):
    put(site, eleven, rows_told(eleven) | {"antal": "", "maaling": "Det gælder 3 af 11 borgere"})
    assert "3 af 11" in faults(site, eleven)


@pytest.mark.parametrize(
    "change",
    [
        lambda book, _: book.set_properties({"comments": "Det gælder 3 af 11 borgere"}),
        lambda _, sheet: sheet.write_comment(0, 0, "Det gælder 3 af 11 borgere"),
        lambda _, sheet: sheet.set_header("Det gælder 3 af 11 borgere"),
        lambda book, _: book.add_worksheet("Det gælder 3 af 11 borgere"),
        lambda _, sheet: sheet.write_formula(5, 0, '=""', None, "Det gælder 3 af 11 borgere"),
    ],
)
def test_what_a_workbook_says_beside_its_cells_is_read_too(site, eleven, change):
    row = {"maaling": "Køn", "kommune": "Gladsaxe"}  # no table: words only
    add_workbook(site, eleven, row, change)
    said = faults(site, eleven)
    assert "3 af 11" in said or "kontrollen ikke kan læse" in said


def test_a_workbook_whose_numbers_are_in_no_table_is_refused(site, eleven):
    row = {"maaling": "Køn", "kommune": "Gladsaxe", "antal": "3"}
    add_workbook(site, eleven, row)
    assert "beskaeftigelse.xlsx er en fil, som kontrollen ikke kan læse" in faults(site, eleven)


@pytest.mark.parametrize("left_out", ["tabel", "kommune", "svar", "status"])
def test_a_file_that_does_not_say_what_it_tells_of_is_refused(site, eleven, left_out):
    row = {name: value for name, value in rows_told(eleven).items() if name != left_out}
    add_csv(site, eleven, row)
    assert "beskaeftigelse.csv er en fil, som kontrollen ikke kan læse" in faults(site, eleven)


def test_a_file_of_a_table_without_a_name_is_refused(site, eleven):
    add_csv(site, eleven, rows_told(eleven) | {"tabel": ""})
    assert "beskaeftigelse.csv er en fil, som kontrollen ikke kan læse" in faults(site, eleven)


def test_a_pseudonym_in_a_workbook_is_found(site, eleven):
    one = eleven["cases"]["case_id"].iloc[0]
    add_workbook(site, eleven, {"maaling": f"Sag {one}"})
    assert "beskaeftigelse.xlsx rummer en sags pseudonym" in faults(site, eleven)


def test_a_course_of_one_of_our_own_citizens_is_refused(site, eleven, deliveries):
    table = publish(trajectories.courses(deliveries["gladsaxe"]))
    path = site / f"{NUMBERS.format(slug=eleven.slug)}.csv"
    path.parent.mkdir(parents=True)
    path.write_text(csv_text(table, table.rows), encoding="utf-8-sig", newline="")
    assert "viser enkelte borgeres forløb" in faults(site, eleven)
