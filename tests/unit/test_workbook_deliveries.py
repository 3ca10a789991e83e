"""A delivery in Excel: what is read as the CSV files are, and every way in which it can be wrong.

Rudersdal's tables as a workbook: in «Sager» row 2 is R-001, a woman of the group «Yngre med …».
"""

import datetime as dt
import zipfile

import pytest

from fremskudt.contract.delivery import inspect, read_delivery
from tests.workbooks import Formula, at, into_workbook, sheets_of, write


@pytest.fixture
def folder(data_copy):
    return data_copy / "rudersdal"


@pytest.fixture
def excel(folder):
    """Write the delivery as a workbook with some cells changed: excel({"Sager": {"C3": 1}})."""
    sheets = into_workbook(folder)

    def change(cells, **options):
        for sheet, values in cells.items():
            for address, value in values.items():
                row, column = at(address)
                while len(sheets[sheet]) <= row:
                    sheets[sheet].append([])
                line = sheets[sheet][row]
                line += [None] * (column + 1 - len(line))
                line[column] = value
        write(folder / "data.xlsx", sheets, **options)
        return inspect(folder)

    change.sheets = sheets
    return change


def test_a_workbook_gives_the_same_tables_as_the_csv_files(folder):
    expected, _ = read_delivery(folder)
    into_workbook(folder)
    found, wrong = read_delivery(folder)
    assert wrong == []
    assert all(found[name].equals(expected[name]) for name in expected.tables)


# Sheet, cell, value, and what the message at that cell must hold.
CELLS = [
    ("Sager", "C4", "Herre", ["ark «Sager», række 4, kolonne «Køn» (C4)", "«Herre»", "Kvinde"]),
    ("Sager", "C4", 1, ["(C4): ugyldig værdi", "«1»"]),
    ("Sager", "C4", True, ["(C4): cellen er SAND"]),
    ("Sager", "C4", Formula("#N/A"), ["(C4): cellen har fejlværdien #N/A"]),
    ("Sager", "C4", "#I/T", ["(C4): cellen har fejlværdien #I/T"]),
    ("Sager", "F5", Formula("#VALUE!"), ["«Bekendt» (F5): cellen har fejlværdien #VALUE!"]),
    ("Sager", "H3", None, ["«Start» (H3): cellen er tom", "en dato som"]),
    ("Sager", "H3", "########", ["(H3): cellen har fejlværdien ########"]),
    ("Sager", "H3", dt.datetime(2013, 2, 25, 14, 30), ["(H3): datoen har et klokkeslæt"]),
    ("Sager", "H3", dt.time(10, 30), ["(H3): cellen er et klokkeslæt"]),
    ("Sager", "H3", "05/04/2013", ["(H3): datoen med skråstreger kan læses på to måder"]),
    ("Sager", "H3", "41330", ["(H3): cellen er Excels dagsnummer"]),
    ("Sager", "H3", 2013, ["(H3): datoen findes ikke", "«2013»"]),
    ("Sager", "H3", 41330.5, ["(H3): cellen er et tal og ingen dato"]),
    ("Sager", "H3", "30-02-2013", ["(H3): datoen findes ikke", "«30-02-2013»"]),
    ("Sager", "H3", "31-05-13", ["(H3): datoen findes ikke"]),
    ("Sager", "A2", dt.datetime(2013, 2, 1), ["«Sag» (A2): cellen er en dato"]),
    ("Sager", "A2", 1.5, ["(A2): cellen er et decimaltal"]),
    ("Sager", "A2", "R 001", ["(A2): ugyldig værdi", "et pseudonym"]),
    ("Sager", "J2", "Ingen tidligere kontakt; Bostøtte", ["(J2): «Ingen", "kan ikke stå"]),
    ("Sager", "J2", "Bostøtte; Bostøtte", ["(J2): ugyldig værdi", "hver højst én gang"]),
    ("Sager", "J2", "Bostøtte, Ved ikke", ["(J2): ugyldig værdi"]),
    ("Sager", "I2", dt.datetime(2012, 1, 1), ["(I2): datoen ligger før Bekendt (13-11-2012)"]),
    ("Registreringer", "B2", 4, ["«Fase» (B2)", "«4»", "fra 1 til 3"]),
    ("Registreringer", "B2", 1.5, ["(B2): ugyldig værdi", "«1,5»"]),
    ("Registreringer", "H2", "Positivt", ["(H2): ændring siden opstart kan ikke vurderes"]),
    ("Registreringer", "A2", "X-1", ["(A2): sagen står ikke i ark «Sager»"]),
    ("Redskaber", "B2", "Koordinerende møde", ["(C2): et koordinerende møde mangler sin dato"]),
    ("Tidsforbrug", "D2", "18.560", ["«Minutter» (D2): ugyldig værdi", "«18.560»"]),
    ("Tidsforbrug", "D2", "18560 min.", ["(D2): ugyldig værdi"]),
    ("Tidsforbrug", "D2", dt.datetime(2013, 5, 1), ["(D2): cellen er en dato"]),
    ("Tidsforbrug", "E2", 0.2, ["præcis én af kolonnerne Minutter og Årsværk"]),
    ("Tidsforbrug", "G2", "5 %", ["«Overhead» (G2): ugyldig værdi"]),
    ("Tidsforbrug", "I2", "Gæt", ["«Oprindelse» (I2): ugyldig værdi", "Registreret"]),
    ("Forløb", "P5", 0.4, ["række 5", "giver ikke 1 tilsammen", "Kommunens andel + "]),
    ("Forløb", "C3", "Trylleri", ["«Ydelse» (C3): ydelsen findes ikke i kataloget"]),
    ("Forløb", "F3", 99999, ["(G3): værdien passer ikke til Mængde i alt, lavt skøn (99999)"]),
    ("Forløb", "Q3", "magic", ["«Refusionsregel» (Q3): refusionsreglen findes ikke"]),
    ("Udvalgte borgere", "C3", -3, ["(C3): ugyldig værdi", "fra 0"]),
]


@pytest.mark.parametrize(("sheet", "cell", "value", "expected"), CELLS)
def test_a_wrong_cell_is_named_with_sheet_and_address(excel, sheet, cell, value, expected):
    found = excel({sheet: {cell: value}})
    messages = [str(problem) for problem in found.errors]
    assert any(all(part in message for part in expected) for message in messages), messages
    assert all(message.startswith("rudersdal/data.xlsx, ark «") for message in messages)
    problem = found.errors[0]
    assert problem.sheet is not None
    assert problem.cell is None or problem.cell.endswith(str(problem.row))


# What is unusual and clear: sheet, cell, value, and the table, column and value it must give.
READABLE = [
    ("Sager", "C4", "  kvinde ", ("cases", "gender", 2, "woman")),
    ("Sager", "C4", "woman", ("cases", "gender", 2, "woman")),
    ("Sager", "D4", "18-25\u00a0år", ("cases", "age_group", 2, "age_18_25")),
    ("Sager", "A13", "   ", ("cases", "case_id", 0, "R-001")),
    ("Sager", "H3", 41330, ("cases", "start_date", 1, "2013-02-25")),
    ("Sager", "H3", "25-02-2013", ("cases", "start_date", 1, "2013-02-25")),
    ("Sager", "H3", "25.2.2013", ("cases", "start_date", 1, "2013-02-25")),
    ("Sager", "H3", "25/02/2013", ("cases", "start_date", 1, "2013-02-25")),
    ("Sager", "H3", "2013-02-25 00:00:00", ("cases", "start_date", 1, "2013-02-25")),
    (
        "Sager",
        "J2",
        "Bostøtte;Indlagt på psykiatrisk sengeafsnit",
        ("cases", "psychiatry", 0, "home_support|inpatient"),
    ),
    ("Sager", "J2", "inpatient | Bostøtte", ("cases", "psychiatry", 0, "inpatient|home_support")),
    ("Tidsforbrug", "D2", 1.234, ("workload", "minutes", 0, 1.234)),
    ("Tidsforbrug", "D2", "18560", ("workload", "minutes", 0, 18560.0)),
    ("Tidsforbrug", "D2", "18.560,5", ("workload", "minutes", 0, 18560.5)),
    ("Tidsforbrug", "D2", "18\u00a0560,5", ("workload", "minutes", 0, 18560.5)),
    ("Tidsforbrug", "D2", "1.018.560", ("workload", "minutes", 0, 1018560.0)),
    ("Tidsforbrug", "G2", "0,05", ("workload", "overhead_share", 0, 0.05)),
    ("Tidsforbrug", "A2", 7, ("workload", "line", 0, "7")),
    ("Tidsforbrug", "J2", 2013, ("workload", "source", 0, "2013")),
    ("Forløb", "C2", "outreach_casework", ("trajectories", "service_code", 0, "outreach_casework")),
]


@pytest.mark.parametrize(("sheet", "cell", "value", "expected"), READABLE)
def test_a_clear_cell_is_read_however_it_is_written(excel, sheet, cell, value, expected):
    found = excel({sheet: {cell: value}})
    assert [str(problem) for problem in found.errors] == []
    table, column, row, wanted = expected
    value = found.delivery[table][column].iloc[row]
    assert (f"{value:%Y-%m-%d}" if column.endswith("_date") else value) == wanted


def test_days_that_are_counted_from_1904_are_the_same_days(excel):
    # 2013-02-25 is day 41330 from 1900 and 39868 from 1904.
    found = excel({"Sager": {"H3": 39868}}, date_1904=True)
    assert found.errors == []
    assert f"{found.delivery['cases']['start_date'][1]:%Y-%m-%d}" == "2013-02-25"
    assert f"{found.delivery['cases']['start_date'][0]:%Y-%m-%d}" == "2012-11-15"


def one(found):
    assert len(found.errors) == 1, [str(problem) for problem in found.errors]
    return str(found.errors[0])


def test_merged_cells_are_a_problem_with_their_range(excel):
    found = excel({"Roller": {"A3": None}}, merged=[("Roller", "A2:A3")])
    assert any(
        "ark «Roller», række 2" in str(p) and "A2:A3 er flettet" in str(p) for p in found.errors
    )


def test_empty_rows_between_and_below_are_nothing(excel):
    excel.sheets["Roller"].insert(2, [None, "  "])
    excel.sheets["Roller"] += [[], [None, "\u00a0"]]
    found = excel({})
    assert found.errors == []


def test_empty_rows_above_and_columns_before_do_not_move_the_address(excel):
    moved = [[], *[[None, *row] for row in excel.sheets["Roller"]]]
    moved[3][2] = "Sang"
    excel.sheets["Roller"] = moved
    assert "ark «Roller», række 4, kolonne «Rolle» (C4)" in one(excel({}))


def test_a_title_above_the_headings_is_refused(excel):
    excel.sheets["Roller"].insert(0, ["Roller i 2013"])
    assert "ark «Roller», række 1: ingen af kolonnernes navne" in one(excel({}))


def test_english_names_of_sheets_and_columns_are_read(excel):
    excel.sheets["roles"] = [["case_id", "role"], *excel.sheets.pop("Roller")[1:]]
    assert excel({}).errors == []


def test_a_missing_sheet_is_named(excel):
    del excel.sheets["Roller"]
    assert "rudersdal/data.xlsx, ark «Roller»: arket mangler" in one(excel({}))


def test_an_empty_sheet_is_named(excel):
    excel.sheets["Roller"] = []
    assert "ark «Roller»: arket er tomt" in one(excel({}))


def test_a_sheet_that_nothing_reads_is_a_warning(excel):
    excel.sheets["Rolller"] = [["Sag"], ["R-001"]]
    found = excel({})
    assert found.errors == []
    assert any("ark «Rolller»: arket bliver ikke læst" in str(one) for one in found.remarks)


def test_a_table_in_two_sheets_names_both(excel):
    excel.sheets["roles"] = excel.sheets["Roller"]
    message = one(excel({}))
    assert "tabellen findes to gange" in message
    assert "ark «Roller»" in message
    assert "ark «roles»" in message


def test_a_table_in_a_sheet_and_a_csv_file_names_both(excel, folder):
    (folder / "roles.csv").write_text("case_id,role\nR-001,advice\n", encoding="utf-8")
    message = one(excel({}))
    assert "tabellen findes to gange" in message
    assert "rudersdal/roles.csv" in message
    assert "ark «Roller» i rudersdal/data.xlsx" in message


def test_some_tables_can_be_csv_files_and_others_sheets(folder):
    expected, _ = read_delivery(folder)
    sheets = sheets_of(folder)
    for table, label in (("cases", "Sager"), ("workload", "Tidsforbrug")):
        (folder / f"{table}.csv").unlink()
        write(folder / "data.xlsx", {"Sager": sheets["Sager"], label: sheets[label]})
    found, wrong = read_delivery(folder)
    assert wrong == []
    assert found["cases"].equals(expected["cases"])


def test_a_missing_an_unknown_and_a_doubled_column_are_all_named(excel):
    excel.sheets["Roller"] = [["Sag", "Opgave", "Opgave"], ["R-001", "x", "y"]]
    text = "\n".join(map(str, excel({}).errors))
    assert "kolonne «Opgave»: kolonnen er ukendt" in text
    assert "kolonne «role»: kolonnen mangler" in text
    assert "Rolle (role)" in text
    excel.sheets["Roller"] = [["Sag", "Rolle", "role"], ["R-001", "Coachende", "Coachende"]]
    assert "kolonnen står flere gange" in one(excel({}))


def test_a_column_without_a_heading_that_holds_something_is_named(excel):
    assert "række 1, kolonne «D»: kolonnen har intet navn" in one(excel({"Roller": {"D5": "husk"}}))


def test_examples_are_left_out_with_a_note(excel):
    found = excel({"Roller": {"A2": "EKSEMPEL-1", "B2": "hvad som helst"}})
    assert found.errors == []
    note = next(one for one in found.remarks if one.severity == "note")
    assert (note.sheet, note.row) == ("Roller", 2)
    assert "1 række med et eksempel er sprunget over" in str(note)


def test_a_workbook_that_is_none_is_named(folder):
    into_workbook(folder)
    (folder / "data.xlsx").write_bytes(b"PK\x03\x04 nothing")
    found = inspect(folder)
    assert "rudersdal/data.xlsx: arbejdsbogen kan ikke læses" in one(found)


def test_a_workbook_with_a_password_is_named(folder):
    into_workbook(folder)
    # An encrypted workbook is a compound file: its first bytes say so.
    (folder / "data.xlsx").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(4096))
    assert "rudersdal/data.xlsx: arbejdsbogen" in one(inspect(folder))


def test_formulas_are_read_by_their_results(folder):
    """An error value in a sheet that is otherwise empty at that place is still seen."""
    sheets = into_workbook(folder)
    sheets["Sager"][3][3] = Formula("#REF!")
    write(folder / "data.xlsx", sheets)
    with zipfile.ZipFile(folder / "data.xlsx") as parts:
        assert b't="e"' in parts.read("xl/worksheets/sheet1.xml")
    assert "(D4): cellen har fejlværdien #REF!" in one(inspect(folder))


ODS = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
 office:version="1.2"><office:body><office:spreadsheet>
<table:table table:name="Redskaber">
<table:table-row>{headings}</table:table-row>
<table:table-row>{r1}{tool}<table:table-cell/></table:table-row>
<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>
<table:table-row>{r2}{meeting}{date}</table:table-row>
</table:table></office:spreadsheet></office:body></office:document-content>"""


def ods(path, date):
    def text(value):
        return (
            f'<table:table-cell office:value-type="string"><text:p>{value}</text:p>'
            "</table:table-cell>"
        )

    content = ODS.format(
        headings="".join(map(text, ("Sag", "Redskab", "Dato"))),
        r1=text("R-001"),
        r2=text("R-002"),
        tool=text("Screeningsskema"),
        meeting=text("Koordinerende møde"),
        date=date,
    )
    with zipfile.ZipFile(path, "w") as parts:
        parts.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        parts.writestr("content.xml", content)
        parts.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
            "/>",
        )


def test_an_opendocument_workbook_is_read(folder):
    (folder / "tools.csv").unlink()
    ods(
        folder / "data.ods",
        '<table:table-cell office:value-type="date" office:date-value="2013-02-27"/>',
    )
    found = inspect(folder)
    assert [str(problem) for problem in found.errors] == []
    assert found.delivery["tools"]["tool"].tolist() == ["screening_form", "coordinating_meeting"]
    assert f"{found.delivery['tools']['used_date'][1]:%Y-%m-%d}" == "2013-02-27"


def test_an_error_value_in_an_opendocument_workbook_is_named(folder):
    (folder / "tools.csv").unlink()
    ods(
        folder / "data.ods",
        '<table:table-cell office:value-type="string" calcext:value-type="error">'
        "<text:p>#N/A</text:p></table:table-cell>",
    )
    found = inspect(folder)
    assert (
        "rudersdal/data.ods, ark «Redskaber», række 5, kolonne «Dato» (C5): cellen har "
        "fejlværdien #N/A" in "\n".join(map(str, found.errors))
    )


def test_a_file_that_nothing_reads_is_a_warning(folder):
    (folder / "sagerne.xlsx").write_bytes(b"")
    found = inspect(folder)
    assert found.errors == []
    assert "rudersdal/sagerne.xlsx: filen bliver ikke læst" in str(found.remarks[0])
