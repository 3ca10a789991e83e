"""Every way a delivery can be wrong gets a Danish message that says where and what to do."""

import pytest

from fremskudt.contract.delivery import read_delivery
from fremskudt.contract.problems import Problem, shown
from fremskudt.contract.tables import SHARES


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
    ("cases", 4, {"gender": "herre"}, ["cases.csv, række 4, kolonne «gender»", "«herre»", "woman"]),
    ("cases", 3, {"start_date": "2013-02-30"}, ["række 3", "start_date", "datoen findes ikke"]),
    ("cases", 3, {"start_date": ""}, ["række 3", "start_date", "cellen er tom"]),
    ("cases", 5, {"known_date": "2013-12-24"}, ["række 5", "ligger før known_date (24-12-2013)"]),
    ("cases", 2, {"psychiatry": "none|inpatient"}, ["række 2", "og «Ved ikke» kan ikke stå"]),
    ("cases", 2, {"psychiatry": "inpatient|inpatient"}, ["psychiatry", "hver højst én gang"]),
    ("registrations", 2, {"phase": "4"}, ["række 2", "phase", "«4»", "fra 1 til 3"]),
    ("registrations", 2, {"wellbeing_change": "positive"}, ["kan ikke vurderes i fase 1"]),
    ("registrations", 2, {"case_id": "X-1"}, ["case_id", "«X-1»", "ikke i rudersdal/cases.csv"]),
    ("tools", 2, {"tool": "coordinating_meeting", "used_date": ""}, ["mangler sin dato"]),
    ("workload", 2, {"fte": "0,2"}, ["række 2", "minutter eller i årsværk"]),
    ("workload", 2, {"minutes": "18.560"}, ["«18.560»", "ikke 1.234"]),
    ("workload", 2, {"minutes": "-5"}, ["minutes", "et tal fra 0"]),
    ("trajectories", 5, {"share_state": "0.4"}, ["række 5", "giver ikke 1 tilsammen"]),
    ("trajectories", 5, {"share_state": "1.5"}, ["række 5", "share_state", "«1.5»", "fra 0 til 1"]),
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
    edit(path, "case_id,role\n", "case_id,opgave,opgave\n")
    body = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([body[0], *(f"{line}," for line in body[1:])]), encoding="utf-8")
    text = "\n".join(problems(folder))
    assert "kolonne «opgave»: kolonnen er ukendt" in text
    assert "kolonne «role»: kolonnen mangler" in text
    edit(path, "case_id,opgave,opgave", "case_id,role,role")
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


# --- The economics: trajectories, refund rules, price years ------------------------------------

# Rows of Rudersdal's trajectories (the heading is row 1): 2 outreach casework, 3 and 4 a citizen's
# cash benefit in months 0-14 and 14-24 with a refund rule, 5 housing benefit shared in halves,
# 6 home support.
WITHOUT_SHARES = dict.fromkeys(SHARES, "")
AT_TRAJECTORIES = [
    (3, {"from_month": "-1"}, "from_month", "-1", "fra 0 til 35"),
    (3, {"from_month": "36"}, "from_month", "36", "fra 0 til 35"),
    (3, {"from_month": "1,5"}, "from_month", "1,5", "helt tal"),
    (3, {"to_month": "0"}, "to_month", "0", "fra 1 til 36"),
    (3, {"to_month": "37"}, "to_month", "37", "fra 1 til 36"),
    (4, {"to_month": "14"}, "to_month", "14", "over from_month"),
    (4, {"from_month": "13"}, "from_month", "13", "én forsørgelsesydelse ad gangen"),
    (5, {"share_municipality": "0.6"}, "share_municipality", "1.1", "= 1"),
    (5, {"share_region": ""}, "share_region", None, "alle fire andele"),
    (3, {"share_state": "1"}, "refund_rule", "benefit_passive", "en regel uden andele"),
    (3, {"refund_rule": ""}, "refund_rule", None, "fire andele uden regel"),
    (3, {"refund_rule": "magic"}, "refund_rule", "magic", "benefit_active, benefit_passive"),
    (
        6,
        {"refund_rule": "benefit_passive", **WITHOUT_SHARES},
        "refund_rule",
        "benefit_passive",
        "gælder forsørgelse",
    ),
    (6, {"quantity": "-260"}, "quantity", "-260", "fra 0"),
    (6, {"unit_price_low_dkk": "-1"}, "unit_price_low_dkk", "-1", "fra 0"),
    (6, {"quantity_low": "261"}, "quantity", "260", "mindst quantity_low"),
    (6, {"quantity": "326"}, "quantity_high", "325", "mindst quantity"),
    (6, {"unit_price_low_dkk": "401"}, "unit_price_dkk", "400", "mindst unit_price_low_dkk"),
    (6, {"unit_price_dkk": "451"}, "unit_price_high_dkk", "450", "mindst unit_price_dkk"),
    (6, {"service_code": "magic"}, "service_code", "magic", "services.csv"),
    (6, {"price_year": ""}, "price_year", None, "helt tal fra 1990"),
    (6, {"price_year": "2020"}, "price_year", "2020", "samme prisår i alle linjer"),
    (6, {"confidence": ""}, "confidence", None, "high, medium, low"),
]


def one_at(folder, file, row, column):
    """The one problem at a place; nothing else is wrong anywhere."""
    delivery, found = read_delivery(folder)
    assert delivery is None
    assert [(p.file, p.row, p.column) for p in found] == [(f"rudersdal/{file}", row, column)]
    return found[0]


@pytest.mark.parametrize(("row", "cells", "column", "value", "expected"), AT_TRAJECTORIES)
def test_a_wrong_line_of_a_trajectory_is_named_once_with_value_and_remedy(
    folder, change, row, cells, column, value, expected
):
    change(folder / "trajectories.csv", row, **cells)
    problem = one_at(folder, "trajectories.csv", row, column)
    assert (None if problem.value is None else str(problem.value)) == value
    assert expected in problem.expected


def test_a_rule_and_shares_on_a_service_that_is_no_benefit_are_two_problems(folder, change):
    change(folder / "trajectories.csv", 5, refund_rule="benefit_passive")
    found = problems(folder)
    assert any("enten andelene eller en refusionsregel" in text for text in found)
    assert any("housing_benefit har ingen statsrefusion" in text for text in found)
    assert all("trajectories.csv, række 5, kolonne «refund_rule»" in text for text in found)


def test_a_case_that_began_before_the_rule_is_named_with_the_rules_first_day(folder, change):
    change(folder / "cases.csv", 2, known_date="", first_contact_date="", start_date="2010-12-01")
    _, found = read_delivery(folder)
    # R-001's benefit of row 3 begins in month 0; that of row 4 in 2012, when the rule existed.
    assert (found[0].file, found[0].row) == ("rudersdal/trajectories.csv", 3)
    assert {problem.column for problem in found} == {"refund_rule"}
    assert found[0].value == "benefit_passive"
    assert "2010-12-01" in found[0].what
    assert "2011-01-01" in found[0].expected
    assert 4 not in {problem.row for problem in found}


def test_a_citizen_with_a_trajectory_who_is_not_selected_is_named(folder):
    path = folder / "selected.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([lines[0], *lines[2:]]) + "\n", encoding="utf-8")
    problem = one_at(folder, "trajectories.csv", 2, "case_id")
    assert problem.value == "R-001"
    assert "selected" in problem.expected


def test_a_selected_citizen_without_a_trajectory_is_named(folder):
    with (folder / "selected.csv").open("a", encoding="utf-8") as file:
        file.write("R-003,,\n")
    problem = one_at(folder, "selected.csv", 7, "case_id")
    assert problem.value == "R-003"
    assert "trajectories" in problem.expected


def test_a_selected_citizen_who_is_no_case_is_named(folder):
    with (folder / "selected.csv").open("a", encoding="utf-8") as file:
        file.write("X-1,,\n")
    assert any("selected.csv, række 7" in text and "cases.csv" in text for text in problems(folder))


def test_weeks_before_below_zero_are_named(folder, change):
    change(folder / "selected.csv", 3, benefit_weeks_before="-3")
    problem = one_at(folder, "selected.csv", 3, "benefit_weeks_before")
    assert (problem.value, "fra 0" in problem.expected) == ("-3", True)


# --- Refund rules of one's own ---

RULE_COLUMNS = (
    "rule,label_da,valid_from,valid_to,weeks_from,weeks_to,weeks_counted,state_share,origin,"
    "source,note_da"
)
# The rules of the handbook that Rudersdal's lines use besides benefit_passive: rows 2-4.
OTHER_RULES = ("benefit_active", "disability_pension", "flex_job")


def write_rules(folder, *texts):
    """A refund_rules.csv with the other rules in order, and benefit_passive from row 5 on as
    texts of "valid_from valid_to weeks_from weeks_to weeks_counted state_share"; "-" is empty."""
    rows = [f"{rule},Regel,2011-01-01,,0,,this_benefit,0.5,published,," for rule in OTHER_RULES]
    for text in texts:
        cells = ["" if cell == "-" else cell for cell in text.split()]
        rows.append(",".join(["benefit_passive", "Regel", *cells, "published", "", ""]))
    text = "\n".join([RULE_COLUMNS, *rows]) + "\n"
    (folder / "refund_rules.csv").write_text(text, encoding="utf-8")


def test_good_rules_of_ones_own_are_no_problem(folder):
    write_rules(
        folder,
        "2011-01-01 2012-12-31 0 - this_benefit 0.3",
        "2013-01-01 - 4 - all_benefits 0.2",
        "2013-01-01 - 0 4 all_benefits 0.8",
    )
    assert problems(folder) == []


BAD_RULES = {
    "a gap in the dates": (
        ["2011-01-01 2012-12-31 0 - this_benefit 0.3", "2013-02-01 - 0 - this_benefit 0.3"],
        (6, "valid_from", "2013-02-01", "2013-01-01"),
    ),
    "an overlap in the dates": (
        ["2011-01-01 2012-12-31 0 - this_benefit 0.3", "2012-06-01 - 0 - this_benefit 0.3"],
        (6, "valid_from", "2012-06-01", "2013-01-01"),
    ),
    "an earlier period that does not end": (
        ["2011-01-01 - 0 - this_benefit 0.3", "2013-01-01 - 0 - this_benefit 0.3"],
        (6, "valid_from", "2013-01-01", "dagen efter"),
    ),
    "a gap in the weeks": (
        ["2011-01-01 - 0 4 this_benefit 0.8", "2011-01-01 - 8 - this_benefit 0.4"],
        (6, "weeks_from", "8", "uge 4"),
    ),
    "an overlap in the weeks": (
        ["2011-01-01 - 0 26 this_benefit 0.8", "2011-01-01 - 4 - this_benefit 0.4"],
        (6, "weeks_from", "4", "uge 26"),
    ),
    "weeks that do not begin at 0": (
        ["2011-01-01 - 4 - this_benefit 0.4"],
        (5, "weeks_from", "4", "uge 0"),
    ),
    "an end to the last step": (
        ["2011-01-01 - 0 52 this_benefit 0.3"],
        (5, "weeks_to", "52", "tom celle"),
    ),
    "a share above one": (
        ["2011-01-01 - 0 - this_benefit 1.5"],
        (5, "state_share", "1.5", "fra 0 til 1"),
    ),
    "an unknown way of counting": (
        ["2011-01-01 - 0 - no_benefit 0.3"],
        (5, "weeks_counted", "no_benefit", "all_benefits, this_benefit"),
    ),
    "a date that does not exist": (
        ["2011-02-30 - 0 - this_benefit 0.3"],
        (5, "valid_from", "2011-02-30", "en dato"),
    ),
}


@pytest.mark.parametrize("fault", BAD_RULES)
def test_a_fault_in_the_refund_rules_is_named_with_its_place_and_the_remedy(folder, fault):
    texts, (row, column, value, expected) = BAD_RULES[fault]
    write_rules(folder, *texts)
    problem = one_at(folder, "refund_rules.csv", row, column)
    assert str(problem.value) == value
    assert expected in problem.expected


CANNOT_BE_USED = {
    "a rule that ended before the benefit": ["2011-01-01 2012-08-31 0 - this_benefit 0.3"],
    "a rule that ends while the benefit runs": ["2011-01-01 2013-06-30 0 - this_benefit 0.3"],
    "a period that ends before it begins": ["2011-01-01 2010-12-31 0 - this_benefit 0.3"],
    "two ways of counting weeks in a period": [
        "2011-01-01 - 0 4 this_benefit 0.8",
        "2011-01-01 - 4 - all_benefits 0.4",
    ],
}


@pytest.mark.parametrize("fault", CANNOT_BE_USED)
def test_refund_rules_that_cannot_be_used_are_a_problem_of_the_delivery(folder, fault):
    """Found when the data are read, not as an error or a guess in the middle of a chapter."""
    write_rules(folder, *CANNOT_BE_USED[fault])
    assert any("benefit_passive" in text for text in problems(folder))


def test_a_refund_file_without_rules_is_a_problem(folder):
    (folder / "refund_rules.csv").write_text(RULE_COLUMNS + "\n", encoding="utf-8")
    assert any("filen har ingen regler" in text for text in problems(folder))


# --- Price years and the fields of municipality.yml ---


def choose(folder, *fields):
    with (folder / "municipality.yml").open("a", encoding="utf-8") as file:
        file.write("".join(f"{field}\n" for field in fields))


def write_index(folder, *rows):
    text = "\n".join(["year,index,source", *rows]) + "\n"
    (folder / "price_index.csv").write_text(text, encoding="utf-8")


def test_one_line_of_another_price_year_is_named_even_when_it_is_the_last(folder, change):
    change(folder / "trajectories.csv", 80, price_year="2020")
    assert one_at(folder, "trajectories.csv", 80, "price_year").value == "2020"


def test_an_index_helps_only_when_a_price_year_is_chosen(folder, change):
    change(folder / "trajectories.csv", 6, price_year="2020")
    write_index(folder, "2013,100,Indeks", "2020,110,Indeks")
    assert one_at(folder, "trajectories.csv", 6, "price_year").value == "2020"
    choose(folder, "price_year: 2013")
    assert problems(folder) == []


NO_WAY = {
    "no index": None,
    "an index without the chosen year": ["2013,100,Indeks", "2020,110,Indeks"],
    "an index without the lines' year": ["2020,110,Indeks", "2026,130,Indeks"],
}


@pytest.mark.parametrize("way", NO_WAY)
def test_amounts_that_cannot_be_turned_into_the_chosen_year_are_named(folder, way):
    choose(folder, "price_year: 2026")
    if NO_WAY[way]:
        write_index(folder, *NO_WAY[way])
    _, found = read_delivery(folder)
    assert {p.file for p in found} == {"rudersdal/trajectories.csv", "rudersdal/workload.csv"}
    assert {(p.column, p.value) for p in found} == {("price_year", "2013")}
    assert all("2026" in p.what and "price_index.csv" in p.expected for p in found)


BAD_INDEX = [
    (["2013,100,Indeks", "2013,101,Indeks", "2026,130,Indeks"], 3, "year", "2013", "én gang"),
    (["2013,0,Indeks", "2026,130,Indeks"], 2, "index", "0", "over 0"),
    (["2013,-5,Indeks", "2026,130,Indeks"], 2, "index", "-5", "over 0"),
    (["2013,hundrede,Indeks", "2026,130,Indeks"], 2, "index", "hundrede", "et tal"),
    (["2013,,Indeks", "2026,130,Indeks"], 2, "index", None, "et tal"),
    (["1913,100,Indeks", "2013,100,Indeks", "2026,130,Indeks"], 2, "year", "1913", "fra 1990"),
    (["2013,100,", "2026,130,Indeks"], 2, "source", None, "tekst"),
]


@pytest.mark.parametrize(("rows", "row", "column", "value", "expected"), BAD_INDEX)
def test_a_fault_in_the_price_index_is_named_with_its_place_and_the_remedy(
    folder, rows, row, column, value, expected
):
    choose(folder, "price_year: 2026")
    write_index(folder, *rows)
    problem = one_at(folder, "price_index.csv", row, column)
    assert (None if problem.value is None else str(problem.value)) == value
    assert expected in problem.expected


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("price_year: 1800", "fx 2026"),
        ("price_year: '2026'", "fx 2026"),
        ("price_year: 2026.5", "fx 2026"),
        ("price_year: true", "fx 2026"),
        ("rules_known_until: snart", "en dato"),
        ("rules_known_until: 2013", "en dato"),
        ("rules_known_until: 2013-01-01 12:00:00", "en dato"),
    ],
)
def test_a_wrong_choice_in_the_municipality_is_named_with_the_remedy(folder, field, expected):
    choose(folder, field)
    problem = one_at(folder, "municipality.yml", None, field.split(":")[0])
    assert problem.value is not None
    assert expected in problem.expected


def test_rules_that_were_known_before_they_existed_are_a_problem(folder):
    choose(folder, "rules_known_until: 2001-01-01")
    found = problems(folder)
    assert all("gælder ikke 2001-01-01" in text for text in found)
    assert found


def test_all_problems_of_the_economics_come_at_once(folder, change):
    path = folder / "trajectories.csv"
    change(path, 3, refund_rule="magic")
    change(path, 4, from_month="13")
    change(path, 5, share_region="")
    change(path, 6, quantity_low="99999")
    change(folder / "selected.csv", 3, benefit_weeks_before="mange")
    write_index(folder, "2013,x,Indeks")
    text = "\n".join(problems(folder))
    for part in (
        "«magic»",
        "forsørgelsen overlapper",
        "en betalers andel mangler",
        "quantity_low (99999)",
        "«mange»",
        "price_index.csv, række 2",
    ):
        assert part in text


def test_a_wrong_municipality_hides_no_wrong_line(folder, change):
    change(folder / "trajectories.csv", 3, refund_rule="magic")
    choose(folder, "price_year: 1800")
    text = "\n".join(problems(folder))
    assert "«1800»" in text
    assert "«magic»" in text
