"""`fremskudt check --report`: a page to read and a workbook in which the cells are marked."""

import openpyxl
import pytest
from lxml import html

from fremskudt.workspace import HANDBOOK
from tests.unit.test_command_line import left_with
from tests.workbooks import into_workbook, write

CIVIL_NUMBER = "010190-1234"


@pytest.fixture
def report(capsys, data_copy, tmp_path):
    """A report on Rudersdal with two errors, a person, a warning and a note."""
    sheets = into_workbook(data_copy / "rudersdal")
    sheets["Sager"][3][2] = "<b>Herre</b>"
    sheets["Sager"][1][3] = "46–55 år"  # R-001 is young
    sheets["Roller"][2][0] = CIVIL_NUMBER
    sheets["Redskaber"].append(["EKSEMPEL-1"])
    write(data_copy / "rudersdal" / "data.xlsx", sheets)
    target = tmp_path / "report"
    code, text = left_with(["check", "rudersdal", "--data", data_copy, "--report", target], capsys)
    assert code == 3
    assert "2 fejl i data" in text
    assert "Advarsel: rudersdal/data.xlsx, ark «Sager», række 2" in text
    assert "1 bemærkning kræver ikke noget. Se rapporten." in text
    assert CIVIL_NUMBER not in text
    return target


def test_the_page_says_where_what_and_how_to_mend_it(report):
    text = (report / "kontrol.html").read_text(encoding="utf-8")
    page = html.fromstring(text)
    rows = {
        row.xpath("string(td[2])"): [cell.text_content() for cell in row.xpath("td")]
        for row in page.xpath("//tbody/tr")
    }
    row = rows["Celle C4, række 4, kolonne «Køn»"]
    assert row[0] == "Fejl"
    assert row[2] == "ugyldig værdi"
    assert row[3] == "<b>Herre</b>"
    assert "Kvinde" in row[4]
    assert row[5] == "Ret celle C4 i arket «Sager», og gem."
    assert rows["Celle D2, række 2, kolonne «Aldersgruppe»"][0] == "Advarsel"
    assert "brug et pseudonym" in rows["Celle A3, række 3, kolonne «Sag»"][5]


def test_the_page_stands_alone_and_is_built_for_all_readers(report):
    text = (report / "kontrol.html").read_text(encoding="utf-8")
    page = html.fromstring(text)
    assert page.get("lang") == "da"
    assert page.xpath("string(//title)") == "Kontrol af data"
    assert not page.xpath("//script | //link | //img | //@src | //@onclick")
    assert "http" not in text
    assert len(page.xpath("//main")) == len(page.xpath("//h1")) == 1
    assert all(table.xpath("caption") for table in page.xpath("//table"))
    assert all(cell.get("scope") == "col" for cell in page.xpath("//th"))
    assert CIVIL_NUMBER not in text


def test_the_workbook_marks_the_cells_where_they_stand(report):
    book = openpyxl.load_workbook(report / "kontrol-rudersdal.xlsx")
    assert book.sheetnames == ["Fejlliste", "Sager", "Roller"]
    cell = book["Sager"]["C4"]
    assert cell.value == "<b>Herre</b>"
    assert cell.fill.fgColor.rgb == "FFF8C9C9"
    assert cell.comment.text.startswith("Fejl: ugyldig værdi.")
    assert book["Sager"]["D2"].comment.text.startswith("Advarsel: alderen er usædvanlig")
    assert book["Sager"]["C5"].comment is None
    assert book["Sager"]["C1"].value == "Køn"
    listed = [[cell.value for cell in row] for row in book["Fejlliste"].iter_rows(min_row=2)]
    assert ["Fejl", "rudersdal/data.xlsx", "Sager", "C4", 4, "Køn"] in [row[:6] for row in listed]


def test_the_workbook_holds_no_sign_of_a_person(report):
    book = openpyxl.load_workbook(report / "kontrol-rudersdal.xlsx")
    assert book["Roller"]["A3"].value == "0…"
    assert "ligner et cpr-nummer" in book["Roller"]["A3"].comment.text
    for sheet in book:
        for row in sheet.iter_rows():
            assert not any(CIVIL_NUMBER in str(cell.value) for cell in row)


def test_a_clean_delivery_has_a_report_that_says_so(capsys, data_copy, tmp_path):
    target = tmp_path / "report"
    code, text = left_with(["check", "vejle", "--data", data_copy, "--report", target], capsys)
    assert code == 0
    assert "i orden" in text
    assert "Alt er i orden" in (target / "kontrol.html").read_text(encoding="utf-8")


def test_a_formula_in_the_data_is_not_run_in_the_report(capsys, data_copy, change, tmp_path):
    change(data_copy / "rudersdal" / "roles.csv", 2, role="=1+1")
    left_with(["check", "rudersdal", "--data", data_copy, "--report", tmp_path / "r"], capsys)
    book = openpyxl.load_workbook(tmp_path / "r" / "kontrol-rudersdal.xlsx")
    assert book["Roller"]["B2"].data_type == "s"
    assert book["Fejlliste"]["G2"].data_type == "s"


def test_a_report_on_real_data_does_not_go_into_the_handbook(capsys, registered):
    target = HANDBOOK / "_report"
    code, text = left_with(
        ["check", "rudersdal", "--data", registered.parent, "--report", target], capsys
    )
    assert code == 2
    assert "uden for håndbogen" in text
    assert not target.exists()


def test_a_folder_that_cannot_be_written_is_wrong_usage(capsys, data_copy, tmp_path):
    (tmp_path / "report").write_text("a file")
    code, text = left_with(
        ["check", "vejle", "--data", data_copy, "--report", tmp_path / "report"], capsys
    )
    assert code == 2
    assert "kan ikke skrives" in text
