"""Every way a delivery can be wrong gets a Danish message that says where and what to do."""

import pytest

from fremskudt.contract.delivery import read_delivery
from fremskudt.contract.problems import Problem, shown


def problems(folder):
    delivery, found = read_delivery(folder)
    assert (delivery is None) == bool(found)
    return [str(problem) for problem in found]


def edit(path, old, new, count=1):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, count), encoding="utf-8")


@pytest.fixture
def folder(data_copy):
    return data_copy / "rudersdal"


def test_the_four_deliveries_have_no_problems(data_copy):
    for folder in sorted(data_copy.iterdir()):
        assert problems(folder) == []


# file, row, changed cells, and what the one message must hold.
CELLS = [
    ("cases", 4, {"gender": "mand"}, ["cases.csv, række 4, kolonne «gender»", "«mand»", "woman"]),
    ("cases", 3, {"start_date": "2013-02-30"}, ["række 3", "start_date", "datoen findes ikke"]),
    ("cases", 3, {"start_date": ""}, ["række 3", "start_date", "cellen er tom"]),
    ("cases", 5, {"known_date": "2013-12-24"}, ["række 5", "ligger før known_date (2013-12-24)"]),
    ("cases", 2, {"psychiatry": "none|inpatient"}, ["række 2", "none og unknown kan ikke stå"]),
    ("cases", 2, {"psychiatry": "inpatient|inpatient"}, ["psychiatry", "hver højst én gang"]),
    ("registrations", 2, {"phase": "4"}, ["række 2", "phase", "«4»", "fra 1 til 3"]),
    ("registrations", 2, {"wellbeing_change": "positive"}, ["kan ikke vurderes i fase 1"]),
    ("registrations", 2, {"case_id": "X-1"}, ["case_id", "«X-1»", "står ikke i cases"]),
    ("tools", 2, {"tool": "coordinating_meeting", "used_date": ""}, ["mangler sin dato"]),
    ("workload", 2, {"fte": "0,2"}, ["række 2", "minutter eller i årsværk"]),
    ("workload", 2, {"minutes": "18.560"}, ["«18.560»", "ikke 1.234"]),
    ("workload", 2, {"minutes": "-5"}, ["minutes", "et tal fra 0"]),
    ("trajectories", 3, {"share_state": "0.4"}, ["række 3", "giver ikke 1 tilsammen"]),
    ("trajectories", 3, {"service_code": "magic"}, ["«magic»", "findes ikke i kataloget"]),
    ("trajectories", 3, {"to_month": "37"}, ["to_month", "fra 1 til 36"]),
    ("trajectories", 3, {"price_year": ""}, ["række 3", "price_year", "cellen er tom"]),
    ("trajectories", 3, {"quantity_low": "99999"}, ["quantity", "på mindst quantity_low"]),
    ("trajectories", 3, {"quantity": "-1"}, ["række 3", "quantity", "et tal fra 0"]),
    ("trajectories", 3, {"confidence": "sure"}, ["«sure»", "high, medium, low"]),
]


@pytest.mark.parametrize(("table", "row", "cells", "expected"), CELLS)
def test_a_wrong_cell_is_named_with_its_place_and_the_remedy(
    folder, change, table, row, cells, expected
):
    change(folder / f"{table}.csv", row, **cells)
    found = problems(folder)
    assert any(all(part in message for part in expected) for message in found), found
    assert all(message.startswith("rudersdal/") for message in found)
    assert all("Forventet: " in message for message in found)


def test_a_doubled_case_names_the_row_that_it_repeats(folder):
    path = folder / "cases.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines, lines[1]]) + "\n", encoding="utf-8")
    assert any("række 13" in text and "gentager række 2" in text for text in problems(folder))


def test_phase_3_without_phase_1_is_a_problem(folder):
    path = folder / "registrations.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    last = next(line for line in lines if ",3," in line)
    case = last.split(",")[0]
    kept = [line for line in lines if not line.startswith(f"{case},1,")]
    path.write_text("\n".join(kept) + "\n", encoding="utf-8")
    assert any("fase 3 er registreret uden fase 1" in text for text in problems(folder))


def test_phases_in_the_wrong_order_are_a_problem(folder, change):
    change(folder / "registrations.csv", 3, registration_date="2012-01-02")
    assert any("ligger før den foregående fase" in text for text in problems(folder))


def test_two_income_benefits_at_once_are_a_problem(folder):
    path = folder / "trajectories.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    benefit = next(line for line in lines if "cash_benefit" in line).split(",")
    benefit[2:5] = ["sickness_benefit", benefit[3], benefit[4]]
    path.write_text("\n".join([*lines, ",".join(benefit)]) + "\n", encoding="utf-8")
    assert any("forsørgelsen overlapper" in text for text in problems(folder))


@pytest.mark.parametrize("name", ["cases.csv", "workload.csv", "municipality.yml", "origins.csv"])
def test_a_missing_file_is_named(folder, name):
    (folder / name).unlink()
    assert any(f"rudersdal/{name}: filen mangler" in text for text in problems(folder))


def test_an_unreadable_file_is_named(folder):
    (folder / "cases.csv").write_bytes(b"case_id;gender\n\xf8re;\xff\n")
    assert any("cases.csv: filen kan ikke læses" in text for text in problems(folder))


def test_an_empty_file_is_named(folder):
    (folder / "roles.csv").write_text("", encoding="utf-8")
    assert any("roles.csv: filen er tom" in text for text in problems(folder))


def test_a_missing_an_unknown_and_a_doubled_column_are_all_named(folder):
    path = folder / "roles.csv"
    edit(path, "case_id,role\n", "case_id,rolle,rolle\n")
    body = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([body[0], *(f"{line}," for line in body[1:])]), encoding="utf-8")
    text = "\n".join(problems(folder))
    assert "kolonne «rolle»: kolonnen er ukendt" in text
    assert "kolonne «role»: kolonnen mangler" in text
    edit(path, "case_id,rolle,rolle", "case_id,role,role")
    assert "kolonne «role»: kolonnen står flere gange" in "\n".join(problems(folder))


def test_a_row_with_too_many_cells_is_named(folder):
    with (folder / "roles.csv").open("a", encoding="utf-8") as file:
        file.write("R-001,advice,too much\n")
    assert any("rækken har 3 celler, men der er 2 kolonner" in text for text in problems(folder))


def test_a_quotation_mark_that_does_not_end_is_named(folder):
    with (folder / "roles.csv").open("a", encoding="utf-8") as file:
        file.write('R-001,"advice\n')
    assert any("anførselstegn" in text for text in problems(folder))


FIELDS = [
    ("origin: constructed", "origin: guessed", "«guessed»"),
    ("code: '230'", "code: 230", "tre cifre"),
    ("caseworkers: 6", "caseworkers: seks", "et helt tal over 0"),
    ("disclosure_threshold: 5", "disclosure_threshold: 2", "mindst 3"),
    ("name: Rudersdal Kommune", "name: <b>Rudersdal</b>", "uden tegnene"),
    ("region: Region Hovedstaden", "region: Skåne", "«Skåne»"),
    ("period_end: 2013-09-01", "period_end: 2011-09-01", "slutter før den begynder"),
    ("caseworkers: 6", "kasseworkers: 6", "feltet er ukendt"),
]


@pytest.mark.parametrize(("old", "new", "expected"), FIELDS)
def test_a_wrong_field_of_the_municipality_is_named(folder, old, new, expected):
    edit(folder / "municipality.yml", old, new)
    assert any(expected in text and "municipality.yml" in text for text in problems(folder))


def test_yaml_that_cannot_be_read_names_its_row(folder):
    edit(folder / "municipality.yml", "code:", "  code: [")
    assert any("municipality.yml" in text and "gyldig YAML" in text for text in problems(folder))


def test_a_date_that_yaml_cannot_hold_is_named(folder):
    edit(folder / "municipality.yml", "2013-09-01", "2013-19-01")
    assert any("municipality.yml" in text for text in problems(folder))


def test_an_origin_of_no_phase_is_named(folder):
    edit(folder / "origins.csv", "cases,*,,", "cases,*,x,")
    assert any("origins.csv" in text and "«x»" in text for text in problems(folder))


def test_an_unknown_origin_is_named(folder):
    edit(folder / "origins.csv", "reconstructed", "guessed")
    assert any("origins.csv" in text and "«guessed»" in text for text in problems(folder))


def test_all_problems_of_all_files_come_at_once(folder, change):
    change(folder / "cases.csv", 2, gender="x")
    change(folder / "roles.csv", 2, role="y")
    change(folder / "trajectories.csv", 2, share_state="0.9")
    text = "\n".join(problems(folder))
    assert all(part in text for part in ("«x»", "«y»", "giver ikke 1"))


@pytest.mark.parametrize("value", ["010190-1234", "0101901234", "20 30 40 50", "12345678"])
def test_a_message_never_repeats_a_long_number(value):
    assert value not in str(Problem("f.csv", "ugyldig værdi", "et navn", 2, "gender", value))
    assert shown(value).endswith("…")


def test_a_message_shortens_a_long_value_and_keeps_a_date():
    assert len(shown("x" * 500)) <= 24
    assert shown("2013-05-31") == "2013-05-31"


READABLE = {
    "semicolons": lambda text: text.replace(",", ";"),
    "a byte order mark": lambda text: "\ufeff" + text,
    "Windows line ends": lambda text: text.replace("\n", "\r\n"),
    "empty lines": lambda text: text.replace("\n", "\n\n"),
}


@pytest.mark.parametrize("way", READABLE)
def test_the_same_table_is_read_whatever_the_spreadsheet_writes(folder, way):
    expected, _ = read_delivery(folder)
    path = folder / "cases.csv"
    path.write_bytes(READABLE[way](path.read_text(encoding="utf-8")).encode())
    found, wrong = read_delivery(folder)
    assert wrong == []
    assert found["cases"].equals(expected["cases"])


def test_danish_dates_and_decimal_commas_are_read(folder, change):
    change(folder / "cases.csv", 2, end_date="31-12-2013")
    edit(folder / "workload.csv", "0.05", '"0,05"')
    delivery, wrong = read_delivery(folder)
    assert wrong == []
    assert f"{delivery['cases']['end_date'][0]:%Y-%m-%d}" == "2013-12-31"
    assert delivery["workload"]["overhead_share"][0] == pytest.approx(0.05)
