"""The course's fictional municipality, and the faults that are planted in it."""

import pytest

from fremskudt import register
from fremskudt.analysis import outcomes, population
from fremskudt.contract.delivery import inspect, load_delivery
from fremskudt.teaching.birkelund import BIRKELUND
from fremskudt.teaching.danish_files import birkelunds
from fremskudt.teaching.faulty import _planted, faults, faulty_delivery
from fremskudt.workspace import HANDBOOK, Workspace


@pytest.fixture(scope="module")
def birkelund():
    return load_delivery(BIRKELUND)


def test_the_delivery_is_sound_but_for_the_warning_that_module_3_is_about():
    found = inspect(BIRKELUND)
    assert found.errors == []
    (warning,) = found.warnings
    assert "180 dage" in warning.what


def test_it_is_clearly_made_up_and_no_part_of_the_handbooks_municipalities(birkelund):
    assert birkelund.municipality.origin == "constructed"
    assert "Opdigtet" in (BIRKELUND / "municipality.yml").read_text(encoding="utf-8")
    assert "birkelund" not in register.slugs(Workspace.find(HANDBOOK / "data"))
    assert len(birkelund["cases"]) == 24


@pytest.mark.parametrize("fault", faults(), ids=lambda one: one.name)
def test_each_fault_alone_is_caught_as_often_as_the_course_says(tmp_path, fault):
    found = inspect(faulty_delivery(tmp_path / "birkelund", [fault]))
    assert found.delivery is None
    assert len(found.errors) == fault.errors


def test_all_faults_together_are_caught(tmp_path):
    found = inspect(faulty_delivery(tmp_path / "birkelund"))
    assert len(found.errors) == sum(fault.errors for fault in faults()) == 14
    assert len(found.warnings) == 1


def test_a_fault_that_no_longer_fits_is_told(tmp_path):
    first = faults()[0]
    with pytest.raises(ValueError, match=first.name):
        faulty_delivery(tmp_path / "a", [first, first])


@pytest.mark.parametrize("fault", faults(), ids=lambda one: one.name)
def test_planting_a_fault_leaves_the_sound_rows_alone(fault):
    rows = birkelunds(fault.table)
    made = _planted(rows, fault)
    assert rows == birkelunds(fault.table)
    assert made != rows


def test_eleven_of_the_citizens_are_module_4s_table(birkelund):
    """The group goes from 5 of 11 to 6 of 8 with little need, while of the seven with two known
    answers one has improved, four are unchanged and two are worse."""
    ids = {f"B-{number:02d}" for number in range(1, 12)}
    frame = birkelund["registrations"]
    eleven = frame[frame["case_id"].isin(ids)]
    need = eleven.pivot(index="case_id", columns="phase", values="support_home")
    little = need.isin(["none", "minor"])
    assert (little[1].sum(), need[1].notna().sum()) == (5, 11)
    assert (little[3].sum(), need[3].notna().sum()) == (6, 8)
    ranks = {"none": 0, "minor": 1, "major": 2, "dependent": 3}
    known = need[[1, 3]].apply(lambda answers: answers.map(ranks)).dropna()
    change = known[3] - known[1]
    assert [(change < 0).sum(), (change == 0).sum(), (change > 0).sum()] == [1, 4, 2]


def test_the_chapters_analyses_run_on_it(birkelund):
    assert population.gender(birkelund).frame["n"].iloc[0] == 24
    assert not outcomes.by_phase(birkelund, "support_home").frame.empty
