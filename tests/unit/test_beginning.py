"""`fremskudt new`: the folder that a municipality begins with."""

import csv
import re

import openpyxl
import pytest
import yaml

from fremskudt.contract.delivery import inspect, read_delivery
from fremskudt.contract.municipality import FIELDS, OPTIONAL
from fremskudt.contract.tables import TABLES
from fremskudt.slugs import proposed
from fremskudt.workspace import HANDBOOK
from tests.unit.test_command_line import left_with
from tests.workbooks import LABELS, SERVICES, in_excel

NEW = ["new", "odense", "--name", "Odense Kommune", "--code", "461"]


@pytest.fixture
def folder(capsys, tmp_path):
    """A folder that was just made."""
    code, text = left_with([*NEW, "--data", tmp_path / "new"], capsys)
    assert code == 0, text
    assert "UDFYLD" in text
    return tmp_path / "new" / "odense"


def test_the_same_command_writes_the_same_bytes(capsys, folder, tmp_path):
    left_with([*NEW, "--data", tmp_path / "other"], capsys)
    for name in ("municipality.yml", "data.xlsx"):
        assert (folder / name).read_bytes() == (tmp_path / "other/odense" / name).read_bytes()


def test_what_is_not_filled_in_is_all_that_is_wrong(folder):
    """The names, the code, origin and threshold are there; the other duties are not."""
    found = inspect(folder)
    blank = [one for one in found.errors if one.sheet is None]
    assert {one.column for one in blank} == set(FIELDS) - OPTIONAL - {
        "name", "code", "origin",
    }  # fmt: skip
    assert all("ikke udfyldt endnu" in one.what for one in blank)
    empty = [one for one in found.errors if one.sheet]
    assert [one.sheet for one in empty] == ["Sager", "Registreringer", "Tidsforbrug"]
    assert all("ingen rækker endnu" in one.what for one in empty)
    assert [one.sheet for one in found.remarks] == list(LABELS.values())
    assert all("er sprunget over" in one.what for one in found.remarks)


def test_every_field_of_the_municipality_is_explained(folder):
    text = (folder / "municipality.yml").read_text(encoding="utf-8")
    for field in FIELDS:
        assert re.search(rf"# .+\n# Forventet: .+\n(?:# )?{field}:", text), field
    assert yaml.safe_load(text)["name"] == "Odense Kommune"
    assert yaml.safe_load(text)["code"] == "461"


def test_the_workbook_has_a_guide_seven_tables_and_three_lists(folder):
    book = openpyxl.load_workbook(folder / "data.xlsx")
    assert book.sheetnames == ["Læs mig", *LABELS.values(), "Ydelser", "Regler", "Svar"]
    for name, label in LABELS.items():
        sheet = book[label]
        assert sheet.freeze_panes == "B2"
        headings = [cell.value for cell in sheet[1]]
        assert headings == [
            f"{column.label} *" if column.is_required else column.label
            for column in TABLES[name].columns
        ]
        assert all(cell.comment for cell in sheet[1])
        assert str(sheet["A2"].value).startswith("EKSEMPEL")


def listed(book, rule):
    """The values of a drop-down list."""
    sheet, cells = rule.formula1.lstrip("=").split("!")
    return [cell.value for (cell,) in book[sheet][cells.replace("$", "")]]


def test_every_answer_has_a_list_of_danish_words(folder):
    book = openpyxl.load_workbook(folder / "data.xlsx")
    rules = {
        str(rule.sqref).split(":")[0]: rule
        for rule in book["Sager"].data_validations.dataValidation
    }
    assert listed(book, rules["C2"]) == ["Kvinde", "Mand", "Andet", "Uoplyst"]
    assert rules["C2"].showErrorMessage
    assert listed(book, rules["J2"])[0] == "Ingen tidligere kontakt"
    assert not rules["J2"].showErrorMessage  # several answers in a cell are in no list
    assert "semikolon" in rules["J2"].prompt
    assert rules["H2"].type == "date"
    services = {
        str(rule.sqref).split(":")[0]: rule
        for rule in book["Forløb"].data_validations.dataValidation
    }
    assert listed(book, services["C2"]) == list(SERVICES.values())
    origin = next(rule for rule in services.values() if "Oprindelse" in (rule.promptTitle or ""))
    assert listed(book, origin)[-1] == "Registreret"


def test_the_examples_would_be_read_if_they_were_no_examples(folder):
    book = openpyxl.load_workbook(folder / "data.xlsx")
    for label in LABELS.values():
        for row in book[label].iter_rows(min_row=2, max_col=1):
            for cell in row:
                cell.value = str(cell.value).replace("EKSEMPEL", "A")
    book.save(folder / "data.xlsx")
    assert {one.file for one in inspect(folder).errors} == {"odense/municipality.yml"}


@pytest.mark.parametrize("slug", ["aarhus", "gladsaxe", "rudersdal", "vejle"])
def test_a_filled_workbook_gives_the_tables_of_the_csv_files(folder, data_copy, slug):
    """The demonstration data, typed into a new workbook by their Danish words."""
    expected, _ = read_delivery(data_copy / slug)
    book = openpyxl.load_workbook(folder / "data.xlsx")
    for name, label in LABELS.items():
        with (data_copy / slug / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        for number, row in enumerate(rows, start=4):  # below the examples
            for column, key in enumerate(TABLES[name].names, start=1):
                book[label].cell(number, column).value = in_excel(name, key, row[key])
    book.save(folder / "data.xlsx")
    for name in ("municipality.yml", "origins.csv"):
        (folder / name).write_bytes((data_copy / slug / name).read_bytes())
    found = inspect(folder)
    assert [str(one) for one in found.errors] == []
    for name, table in expected.tables.items():
        assert found.delivery[name].equals(table), name


WRONG = [
    (["new"], "Angiv mappens navn"),
    (["new", "odense"], "--name"),
    (["new", "odense", "--name", "Odense Kommune"], "--code"),
    (["new", "odense", "--name", "Odense Kommune", "--code", "46"], "tre cifre"),
    (["new", "Ærø", "--name", "Ærø Kommune", "--code", "492"], "«aeroe»"),
    (["new", "Høje Taastrup", "--name", "x", "--code", "169"], "«hoeje-taastrup»"),
    (["new", "../odense", "--name", "x", "--code", "461"], "«odense»"),
    (["new", "reference", "--name", "x", "--code", "461"], "bruges af håndbogen selv"),
    (["new", "odense", "--name", "<b>", "--code", "461"], "--name"),
    (["new", "faelles", "--name", "x", "--code", "461"], "bruges af håndbogen selv"),
    (["new", "nul", "--name", "x", "--code", "461"], "«nul» kan ikke bruges på Windows"),
    (["new", "COM1", "--name", "x", "--code", "461"], "«com1-kommune»"),
    (["new", "odense.", "--name", "x", "--code", "461"], "«odense»"),
    (["new", "/etc/passwd", "--name", "x", "--code", "461"], "«etc-passwd»"),
    (["new", "..\\odense", "--name", "x", "--code", "461"], "«odense»"),
    (["new", "a" * 200, "--name", "x", "--code", "461"], "længere end 40 tegn"),
    (["new", "o\u202edense", "--name", "x", "--code", "461"], "«o⟨U+202E⟩dense»"),
    (["new", "😀", "--name", "x", "--code", "461"], "kun a-z"),
    (["new", "odense", "--name", "A" * 200, "--code", "461"], "højst 60 tegn"),
    (["new", "odense", "--name", "=1+1", "--code", "461"], "«=1+1» kan ikke bruges"),
    (["new", "odense", "--name", "A\x1b[31m", "--code", "461"], "«A⟨U+001B⟩[31m»"),
    (["new", "odense", "--name", "A\nB", "--code", "46١"], "tre cifre"),
]


@pytest.mark.parametrize(("arguments", "expected"), WRONG)
def test_a_wrong_beginning_leaves_with_2_and_makes_nothing(capsys, tmp_path, arguments, expected):
    code, text = left_with([*arguments, "--data", tmp_path / "data"], capsys)
    assert code == 2
    assert expected in text
    assert not (tmp_path / "data").exists()


def test_a_folder_that_exists_is_not_touched(capsys, folder):
    (folder / "data.xlsx").write_text("mine")
    code, text = left_with([*NEW, "--data", folder.parent], capsys)
    assert code == 2
    assert "findes allerede" in text
    assert (folder / "data.xlsx").read_text() == "mine"


def test_real_data_do_not_begin_in_the_handbook_unless_asked(capsys, monkeypatch):
    for inside in ("", str(HANDBOOK / "data")):
        monkeypatch.setenv("FREMSKUDT_DATA", inside)
        code, text = left_with(NEW, capsys)
        assert code == 2
        assert "hører rigtige data ikke hjemme" in text
        assert not (HANDBOOK / "data" / "odense").exists()


def test_who_asks_for_a_place_in_the_handbook_is_warned(capsys, monkeypatch, tmp_path):
    monkeypatch.setattr("fremskudt.intake.start.HANDBOOK", tmp_path)
    code, text = left_with([*NEW, "--data", tmp_path / "data"], capsys)
    assert code == 0
    assert "Læg kun opdigtede data dér" in text


def test_the_variable_can_name_the_data_folder(capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("FREMSKUDT_DATA", str(tmp_path))
    assert left_with(NEW, capsys)[0] == 0
    assert (tmp_path / "odense" / "data.xlsx").is_file()


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Ærø Kommune", "aeroe"),
        ("Høje-Taastrup Kommune", "hoeje-taastrup"),
        ("Lyngby-Taarbæk", "lyngby-taarbaek"),
        ("A\u030abenra\u030a", "aabenraa"),
        ("Nul", "nul-kommune"),
        ("Project Kommune", "project-kommune"),
        ("Fanø (øen)", "fanoe-oeen"),
    ],
)
def test_a_folder_without_a_name_is_called_after_the_municipality(capsys, tmp_path, name, slug):
    code, text = left_with(["new", "--name", name, "--code", "461", "--data", tmp_path], capsys)
    assert code == 0, text
    assert [path.name for path in tmp_path.iterdir()] == [slug]
    assert f"fremskudt check {slug} --data" in text


def test_a_long_name_gets_a_short_one_to_fill_in(capsys, tmp_path):
    name = "Det Fælles Socialpsykiatriske Samarbejde"
    code, _ = left_with(["new", "dfs", "--name", name, "--code", "461", "--data", tmp_path], capsys)
    assert code == 0
    text = (tmp_path / "dfs" / "municipality.yml").read_text(encoding="utf-8")
    assert yaml.safe_load(text)["short_name"] == "UDFYLD"


@pytest.mark.parametrize(
    ("slug", "name", "expected"),
    [
        ("odense", "Nyborg", "findes allerede"),
        ("odense-2", "ODENSE", "«ODENSE» findes allerede i"),
        ("odense-3", "Odense Kommune", "findes allerede i"),
        ("", "Odense", "findes allerede"),
    ],
)
def test_a_name_or_folder_that_is_taken_is_said(capsys, folder, slug, name, expected):
    arguments = ["new", slug, "--name", name, "--code", "450", "--data", folder.parent]
    code, text = left_with(arguments, capsys)
    assert code == 2
    assert expected in text
    assert [path.name for path in folder.parent.iterdir()] == ["odense"]


def test_a_folder_that_differs_in_capitals_only_is_taken(capsys, folder):
    folder.rename(folder.with_name("Odense"))
    code, text = left_with([*NEW, "--data", folder.parent], capsys)
    assert code == 2
    assert "findes allerede" in text


@pytest.mark.parametrize("command", [["check"], NEW])
def test_a_data_folder_that_no_computer_can_have_is_wrong_usage(capsys, tmp_path, command):
    code, text = left_with([*command, "--data", tmp_path / ("a" * 300)], capsys)
    assert code == 2
    assert "--data" in text


def test_danish_letters_are_proposed_as_two():
    assert proposed("Ærø") == "aeroe"
    assert proposed("Aabenraa Kommune") == "aabenraa-kommune"
    assert proposed("Åå – Øst") == "aaaa-oest"
