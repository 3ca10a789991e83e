"""What is possible but unlikely warns, with its place, and stops nothing."""

import pytest

from fremskudt.contract.delivery import inspect
from tests.conftest import write_rows

# Rudersdal's period is 2012-09-01 to 2013-09-01. R-001 (row 2 of the cases) is young, ended
# 2013-02-12 and has its third phase in row 4 of the registrations.


@pytest.fixture
def folder(data_copy):
    return data_copy / "rudersdal"


def warnings(folder):
    found = inspect(folder)
    assert [str(one) for one in found.errors] == []
    assert found.delivery is not None
    return [one for one in found.problems if one.severity == "warning"]


CELLS = [
    ("registrations", 4, {"registration_date": "2013-08-12"}, "mere end 180 dage"),  # day 181
    ("cases", 2, {"end_date": "2014-09-02"}, "mere end et år uden for"),
    ("cases", 3, {"first_contact_date": "2011-08-31"}, "mere end et år uden for"),
    ("cases", 2, {"age_group": "age_46_55"}, "alderen er usædvanlig for målgruppen «Yngre"),
    ("cases", 2, {"age_group": "age_66_plus"}, "alderen er usædvanlig"),
    (
        "trajectories",
        6,
        {"unit_price_low_dkk": "69", "unit_price_dkk": "69"},
        "langt fra prislistens 350–450 kr.",
    ),
    ("trajectories", 6, {"unit_price_dkk": "2251", "unit_price_high_dkk": "2251"}, "350–450 kr."),
]


@pytest.mark.parametrize(("table", "row", "cells", "expected"), CELLS)
def test_an_unlikely_cell_is_a_warning_at_its_place(folder, change, table, row, cells, expected):
    change(folder / f"{table}.csv", row, **cells)
    found = [one for one in warnings(folder) if expected in one.what]
    assert [(one.file, one.row) for one in found] == [(f"rudersdal/{table}.csv", row)]
    assert found[0].column in {*cells, "registration_date"}
    assert found[0].advice


JUST_USUAL = [
    ("registrations", 4, {"registration_date": "2013-08-11"}),  # day 180
    ("cases", 3, {"first_contact_date": "2011-09-01", "known_date": ""}),
    ("cases", 2, {"age_group": "age_36_45"}),
    ("trajectories", 6, {"unit_price_low_dkk": "70", "unit_price_dkk": "70"}),
    ("trajectories", 6, {"unit_price_dkk": "2250", "unit_price_high_dkk": "2250"}),
]


@pytest.mark.parametrize(("table", "row", "cells"), JUST_USUAL)
def test_what_is_just_usual_gives_no_warning(folder, change, table, row, cells):
    change(folder / f"{table}.csv", row, **cells)
    assert warnings(folder) == []


def test_a_follow_up_before_the_end_of_the_case_is_a_warning(folder, change):
    change(folder / "cases.csv", 2, end_date="2013-08-30")
    found = [one.what for one in warnings(folder)]
    assert found == ["opfølgningen ligger før sagens afslutning"]


def rewrite(folder, table, edit):
    """Write a table again with every row edited."""
    import csv

    path = folder / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = [edit(row) for row in csv.DictReader(file)]
    write_rows(path, rows)


def test_a_column_that_is_nearly_empty_is_a_warning_of_the_column(folder):
    rewrite(folder, "cases", lambda row: {**row, "referrer": ""})
    (one,) = warnings(folder)
    assert (one.column, one.row, one.what) == (
        "referrer", None, "kolonnen er tom i 100 % af rækkerne",
    )  # fmt: skip


def test_the_same_answer_everywhere_is_a_warning_of_the_column(folder):
    rewrite(folder, "cases", lambda row: {**row, "gender": "woman"})
    (one,) = warnings(folder)
    assert (one.column, one.row) == ("gender", None)
    assert one.what == "alle 11 svar er ens"
    assert one.value == "Kvinde"


def test_nine_equal_answers_are_no_warning(folder):
    seen = []

    def edit(row):
        seen.append(row)
        return {**row, "gender": "woman" if len(seen) <= 9 else ""}

    rewrite(folder, "cases", edit)
    assert warnings(folder) == []


def test_a_long_time_without_new_cases_is_a_warning_with_both_days(folder):
    """All cases of Rudersdal that began before November 2012 begin 121 days into the period."""

    def edit(row):
        late = {"known_date": "", "first_contact_date": "", "start_date": "2012-12-31"}
        late["end_date"] = max(row["end_date"], "2012-12-31")
        return {**row, **late} if row["start_date"] < "2012-12-31" else row

    rewrite(folder, "cases", edit)
    rewrite(
        folder,
        "registrations",
        lambda row: {**row, "registration_date": max(row["registration_date"], "2012-12-31")},
    )
    found = [one for one in warnings(folder) if "ingen nye sager" in one.what]
    assert [one.what for one in found] == ["ingen nye sager i 121 dage (2012-09-01 til 2012-12-31)"]


def test_all_six_roles_in_a_case_are_a_warning(folder):
    path = folder / "roles.csv"
    roles = ("coordinating", "advice", "coaching", "grants", "action_plan", "other")
    kept = [line for line in path.read_text(encoding="utf-8").splitlines() if "R-001" not in line]
    path.write_text("\n".join([*kept, *(f"R-001,{role}" for role in roles)]) + "\n", "utf-8")
    (one,) = warnings(folder)
    assert (one.row, one.value) == (len(kept) + 6, "R-001")
    assert one.what == "sagen har mere end 5 roller"
