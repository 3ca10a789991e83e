"""Signs of a person anywhere in a delivery stop it and are never repeated in full."""

import pytest

from fremskudt.contract.delivery import inspect
from fremskudt.contract.personal import find, masked
from fremskudt.contract.problems import Problem
from tests.workbooks import at, into_workbook, write

SIGNS = [
    ("010190-1234", "et cpr-nummer"),
    ("0101901234", "et cpr-nummer"),
    ("010190 1234", "et cpr-nummer"),
    ("01 01 90 1234", "et cpr-nummer"),
    ("101901234", "et cpr-nummer"),  # typed as a number, the first zero is lost
    ("610190-1234", "et cpr-nummer"),  # a substitute number: 60 is added to the day
    ("211062-5629", "et cpr-nummer"),
    ("cpr 010190-1234 i sagen", "et cpr-nummer"),
    ("jens.hansen@odense.dk", "en mailadresse"),
    ("20304050", "et telefonnummer"),
    ("20 30 40 50", "et telefonnummer"),
    ("2030 4050", "et telefonnummer"),
    ("+45 20304050", "et telefonnummer"),
    ("tlf. 20 30 40 50", "et telefonnummer"),
    ("Bor på Nørregade 12", "en adresse"),
    ("Vestergade 3B, 2. tv", "en adresse"),
    ("H.C. Andersens Boulevard 27", "en adresse"),
    ("Jens Hansen", "et navn"),
    ("JENS HANSEN", "et navn"),
    ("jens hansen", "et navn"),
    ("Mette har svær angst", "et navn"),
    ("Borgeren Karen er i bedring", "et navn"),
    ("Sagsbehandler: Hans Jensen", "et navn"),
    ("jens-1", "et navn"),
    ("JensHansen", "et navn"),
]


@pytest.mark.parametrize(("text", "kind"), SIGNS)
def test_a_sign_of_a_person_is_found_and_masked(text, kind):
    assert find(text).name == kind
    assert find(masked(text)) is None
    for word in ("0101", "1234", "5629", "hansen", "HANSEN", "Hansen", "4050", "gade", "Karen"):
        assert word not in masked(text)
    assert text not in str(Problem("f.csv", "ugyldig værdi", "et navn", 2, "gender", text))


HARMLESS = [
    "18560", "18.560,50", "1.234.567,89", "544956", "0,05", "92800", "1234567890",
    "2013-05-31", "31-05-2013", "20130531", "31122013", "2012-09-01 00:00", "310299-0000",
    "A-004", "R-004", "own-1", "S0000123", "case.12", "2013-0045",
    "3f2b8c1e-1234-4abc-9def-012345678901", "EKSEMPEL-1",
    "Lov nr. 1602 af 22. december 2010, § 5", "Hovedrapporten 2.3 (figur 8)",
    "sats 2013, LAS § 25", "SEL §§ 112-113", "SU-sats 2013, 4.005 kr. pr. uge",
    "Ingeniørstuderende på 27 år med svær depression", "Sct. Hans", "Høje Taastrup",
    "Psykiatrisk afdeling på Aarhus Universitetshospital", "på vej 3 måneder", "Max 3 timer",
    "august 2015", "Økonomisystemet, konto 5.32.33", "Hf-kursus 12 uger", "Region Midtjylland",
    "Bor alene; hans mor hjælper", "uddannelse: per semester", "12 aftaler, 34 kontakter",
]  # fmt: skip


@pytest.mark.parametrize("text", HARMLESS)
def test_an_ordinary_value_is_no_sign_of_a_person(text):
    assert find(text) is None
    assert masked(text) == text


def test_the_demonstration_data_show_no_sign_of_a_person(data_copy):
    for folder in sorted(data_copy.iterdir()):
        assert [str(problem) for problem in inspect(folder).problems] == []


@pytest.fixture
def folder(data_copy):
    return data_copy / "rudersdal"


PLACES = [
    ("cases", 2, "case_id", "010190-1234"),
    ("cases", 2, "gender", "Jens Hansen"),
    ("registrations", 3, "employment", "20304050"),
    ("workload", 2, "minutes", "0101901234"),
    ("workload", 2, "source", "jens@odense.dk"),
    ("selected", 2, "description", "Kvinde på Nørregade 12 med angst"),
    ("trajectories", 2, "source", "Oplyst af Jens Hansen"),
]


@pytest.mark.parametrize(("table", "row", "column", "value"), PLACES)
def test_a_person_in_any_column_is_an_error_at_that_place(
    folder, change, table, row, column, value
):
    change(folder / f"{table}.csv", row, **{column: value})
    found = inspect(folder)
    person = [one for one in found.errors if "cellen ligner" in one.what]
    assert [(one.file, one.row, one.column) for one in person] == [
        (f"rudersdal/{table}.csv", row, column)
    ]
    text = "\n".join(map(str, found.problems))
    assert value not in text
    assert find(text.replace("rudersdal/", "")) is None


def test_a_person_in_a_sheet_a_heading_and_an_unknown_column_is_named_by_cell(folder):
    sheets = into_workbook(folder)
    for address, value in {"L1": "Navn", "L3": "Mette Nielsen", "A4": 101901234}.items():
        row, column = at(address)
        line = sheets["Sager"][row]
        line += [None] * (column + 1 - len(line))
        line[column] = value
    sheets["Roller"][0].append("Jens Hansens roller")
    write(folder / "data.xlsx", sheets)
    persons = [one for one in inspect(folder).errors if "cellen ligner" in one.what]
    text = "\n".join(map(str, persons))
    assert "ark «Sager», række 3, kolonne «Navn»" in text
    assert "ark «Sager», række 4, kolonne «Sag» (A4): cellen ligner et cpr-nummer" in text
    assert "ark «Roller», række 1" in text
    assert "Mette" not in text
    assert "Hansen" not in text


def test_a_person_in_a_row_that_does_not_fit_is_named(folder):
    with (folder / "roles.csv").open("a", encoding="utf-8") as file:
        file.write("R-001,advice,Jens Hansen\n")
    text = "\n".join(map(str, inspect(folder).errors))
    assert "cellen ligner et navn" in text
    assert "Hansen" not in text


@pytest.mark.parametrize(
    "line", ["# Ring til Jens Hansen", "physical_placement: 'Nørregade 12'", "x: 010190-1234"]
)
def test_a_person_in_municipality_yml_is_named_by_row(folder, line):
    with (folder / "municipality.yml").open("a", encoding="utf-8") as file:
        file.write(line + "\n")
    rows = (folder / "municipality.yml").read_text(encoding="utf-8").count("\n")
    found = [one for one in inspect(folder).errors if "cellen ligner" in one.what]
    assert [(one.file, one.row) for one in found] == [("rudersdal/municipality.yml", rows)]
    assert line not in "\n".join(map(str, inspect(folder).errors))
