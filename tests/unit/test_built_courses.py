"""Module 5: two courses built by a participant, what is said of them, and what they cost whom."""

import copy

import pytest
import yaml

from fremskudt.analysis.economics.gains import payer_costs
from fremskudt.contract.services import read_services
from fremskudt.teaching.answers import own_words
from fremskudt.teaching.birkelund import birkelund
from fremskudt.teaching.course import FOLDER, module
from fremskudt.teaching.exercise import Attempt
from fremskudt.teaching.priced import CASE, balance
from fremskudt.teaching.timeline import MOST_LINES, TRACKS
from fremskudt.teaching.views.exercise import ExerciseView
from fremskudt.teaching.views.timeline import NOTHING_YET, PLURAL, SUGGEST

RAW = yaml.safe_load((FOLDER / "modul-5.yml").read_text(encoding="utf-8"))
EXERCISE = module(5)["byg-pernilles-to-forloeb"]
EXAMPLES = next(one for one in RAW["exercises"] if one["kind"] == "timeline")["examples"]
KEYS = ("code", "from_month", "to_month", "quantity")
CASH = dict(zip(KEYS, ("cash_benefit", 0, 36, 36), strict=True))
CASEWORK = dict(zip(KEYS, ("outreach_casework", 0, 3, 1), strict=True))


def answer_of(example):
    tracks = RAW["data"]["suggested"] if example.get("suggested") else example
    return {
        track: [
            {key: one[key] for key in KEYS}
            if isinstance(one, dict)
            else dict(zip(KEYS, one, strict=True))
            for one in tracks[track]
        ]
        for track in TRACKS
    }


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one["name"])
def test_each_answer_is_told_what_the_course_says_and_nothing_else(example):
    courses = EXERCISE.read(answer_of(example))
    assert [
        one.name for one in EXERCISE.told(courses, balance(courses, EXERCISE.palette))
    ] == example["gives"]
    found = EXERCISE.check(answer_of(example))
    assert all("{" not in line and "kr.." not in line for line in found.lines)
    level = {one.name: one.level for one in EXERCISE.remarks}
    levels = {level[name] for name in example["gives"]}
    expected = "wrong" if "mend" in levels else "right" if "well" in levels else "partly"
    assert found.verdict == expected


def test_the_costs_of_an_answer_are_worked_out_once(monkeypatch):
    asked = []

    def counted(*of):
        asked.append(of)
        return balance(*of)

    monkeypatch.setattr("fremskudt.teaching.timeline.balance", counted)
    assert EXERCISE.check({"expected": [CASEWORK, CASH], "counterfactual": [CASH]}).lines
    assert len(asked) == 1


def test_the_suggested_courses_cost_what_they_do_on_paper():
    """By hand, in kroner. Expected: casework 8.345; rent 12.000, half each; cash benefit
    30 · 10.500 = 315.000, of which 80 % the municipality's; home support 144 · 400 = 57.600;
    18 · 1.850 = 33.300 the region's; 24 · 100 = 2.400; mentor 24 · 360 = 8.640, half each.
    Counterfactual: cash benefit 378.000; eviction 58.000; shelter 60 · 1.150 = 69.000, half each;
    14 · 3.500 + 10 · 1.850 = 67.500; contact person 60 · 380 = 22.800."""
    found = balance(EXERCISE.suggested, EXERCISE.palette)
    assert found.cost["expected"] == {
        "municipality": 8_345 + 6_000 + 252_000 + 57_600 + 4_320,
        "region": 33_300,
        "state": 6_000 + 63_000 + 4_320,
        "other": 2_400,
        "total": 437_285,
    }
    assert found.cost["counterfactual"] == {
        "municipality": 302_400 + 34_500 + 22_800,
        "region": 67_500,
        "state": 75_600 + 34_500,
        "other": 58_000,
        "total": 595_300,
    }
    # Outpatient treatment is a need of its own: more of it is added, inpatient days are avoided.
    assert found.avoided["region"] == 49_000
    assert found.added["region"] == 33_300 - 18_500
    assert found.avoided["municipality"] == (302_400 - 252_000) + 34_500 + 22_800
    assert found.added["municipality"] == 8_345 + 6_000 + 57_600 + 4_320
    assert found.break_even["municipality"] == pytest.approx(76_265 / 107_700)
    assert found.gain_at(0.5) == {
        "municipality": -22_415,
        "region": 9_700,
        "state": 13_230,
        "other": 26_600,
        "total": 27_115,
    }


def test_fixed_shares_are_what_the_refund_rule_gives_pernille():
    """She has had cash benefit for 78 weeks, so that the rule's last step holds all the time."""
    row = payer_costs(birkelund()).loc[CASE]
    suggested = balance(EXERCISE.suggested, EXERCISE.palette).cost
    for payer in ("municipality", "region", "state", "other"):
        for track in TRACKS:
            assert row[payer, track] == pytest.approx(suggested[track][payer])


def test_the_palette_is_of_the_catalogue_and_its_units_have_a_plural():
    for one in EXERCISE.palette:
        assert one.code in read_services()
        assert sum(one.shares) == pytest.approx(1)
        assert one.unit in PLURAL


@pytest.mark.parametrize("nothing", [{}, {"expected": []}, {"expected": [], "counterfactual": []}])
def test_empty_courses_are_no_answer_yet(nothing):
    assert EXERCISE.check(nothing).verdict == "empty"


BAD_LINES = [
    {"code": "kontanthjælp"},
    {"code": None},
    {"code": ["cash_benefit"]},
    {"from_month": -1},
    {"from_month": 36},
    {"from_month": 1.5},
    {"from_month": True},
    {"to_month": 0},
    {"to_month": 37},
    {"to_month": 10**400},
    {"to_month": "36"},
    {"quantity": 0},
    {"quantity": -1},
    {"quantity": float("nan")},
    {"quantity": float("inf")},
    {"quantity": 1e9},
    {"quantity": 10**400},
    {"quantity": -(10**400)},
    {"quantity": "36"},
    {"quantity": True},
    {"reason": 7},
    {"reason": "x" * 501},
    {"price": 1},
]


@pytest.mark.parametrize("change", BAD_LINES, ids=lambda one: str(one)[:40])
def test_a_hostile_line_is_not_read(change):
    found = EXERCISE.check({"expected": [CASEWORK, {**CASH, **change}], "counterfactual": [CASH]})
    assert found.verdict == "wrong"
    assert found.lines[0].startswith("Svaret kan ikke læses")


@pytest.mark.parametrize(
    "answer",
    [
        {"expected": "cash_benefit"},
        {"expected": [None]},
        {"expected": [["cash_benefit", 0, 36, 36]]},
        {"expected": [CASH] * (MOST_LINES + 1)},
        {"forventet": [CASH]},
    ],
    ids=["text", "none", "list", "long", "name"],
)
def test_a_hostile_course_is_not_read(answer):
    assert EXERCISE.check(answer).lines[0].startswith("Svaret kan ikke læses")


def test_a_reason_changes_nothing_in_the_amounts_and_is_not_repeated():
    told = {**CASH, "reason": "<script>alert(1)</script>"}
    plain = EXERCISE.check({"expected": [CASEWORK, CASH], "counterfactual": [CASH]})
    found = EXERCISE.check({"expected": [CASEWORK, CASH], "counterfactual": [told]})
    assert found == plain


def test_a_shelter_beside_a_hospital_is_more_nights_than_a_month_has():
    """30 days of shelter in each month and 14 in hospital in one of them: 44 nights."""
    shelter = dict(zip(KEYS, ("shelter", 9, 11, 60), strict=True))
    hospital = dict(zip(KEYS, ("psychiatric_inpatient", 10, 11, 14), strict=True))
    courses = EXERCISE.read({"expected": [CASH], "counterfactual": [CASH, shelter, hospital]})
    values = EXERCISE.values(courses, balance(courses, EXERCISE.palette))
    assert values["bed_days.counterfactual"] == pytest.approx(44)
    assert values["bed_days.expected"] == 0
    assert values["no_income.expected"] == 0


# On the screen


def plain(widget):
    return widget.value.replace("\xa0", " ")


def choose(view, track, place, code):
    view.inputs.courses[track].lines[place].service.value = code


def test_amounts_follow_every_change_and_an_empty_line_follows_the_last():
    view = ExerciseView(Attempt(EXERCISE))
    inputs = view.inputs
    assert NOTHING_YET in plain(inputs.sum)
    choose(view, "expected", 0, "cash_benefit")
    choose(view, "counterfactual", 0, "cash_benefit")
    choose(view, "counterfactual", 1, "eviction")
    assert [len(inputs.courses[track].lines) for track in TRACKS] == [2, 3]
    assert "58.000 kr." in plain(inputs.sum)
    assert "Pernille" in plain(inputs.result)
    choose(view, "counterfactual", 1, None)
    assert "58.000 kr." not in plain(inputs.sum)


def test_a_quantity_follows_the_months_until_it_is_changed_by_hand():
    view = ExerciseView(Attempt(EXERCISE))
    choose(view, "expected", 0, "home_support")  # eight hours a month, a year at first
    line = view.inputs.courses["expected"].lines[0]
    assert (line.begins.value, line.ends.value, line.quantity.value) == (0, 12, 96)
    line.begins.value = 6
    assert line.quantity.value == 48
    line.quantity.value = 10
    line.ends.value = 18
    assert line.quantity.value == 10


def test_a_quantity_of_one_by_hand_stands_and_another_service_is_proposed_anew():
    view = ExerciseView(Attempt(EXERCISE))
    choose(view, "expected", 0, "home_support")
    line = view.inputs.courses["expected"].lines[0]
    line.quantity.value = 1
    line.ends.value = 20
    assert line.quantity.value == 1
    line.quantity.value = 7
    choose(view, "expected", 0, "eviction")
    assert (line.begins.value, line.ends.value, line.quantity.value) == (0, 1, 1)
    choose(view, "expected", 0, "home_support")
    assert line.quantity.value == 96


def test_the_courses_suggested_words_never_become_the_participants_own():
    view = ExerciseView(Attempt(EXERCISE))
    suggest = next(
        one for one in view.inputs.shown.children if getattr(one, "description", "") == SUGGEST
    )
    suggest.click()
    assert own_words(EXERCISE, view.inputs.read()) == {}
    assert "158.015 kr." in plain(view.inputs.sum)


def test_a_line_never_ends_before_it_begins():
    view = ExerciseView(Attempt(EXERCISE))
    choose(view, "expected", 0, "home_support")
    line = view.inputs.courses["expected"].lines[0]
    line.begins.value = 20
    assert (line.begins.value, line.ends.value) == (20, 21)
    line.ends.value = 5
    assert (line.begins.value, line.ends.value) == (4, 5)


def test_the_suggested_answer_is_laid_whole_and_can_be_taken_away():
    view = ExerciseView(Attempt(EXERCISE))
    view.inputs.lay(EXERCISE.suggested)  # as answers of one's own are laid again, with their words
    read = EXERCISE.read(copy.deepcopy(view.inputs.read()))
    assert read["expected"] == tuple(
        type(one)(one.code, one.from_month, one.to_month, one.quantity, one.reason)
        for one in EXERCISE.suggested["expected"]
    )
    assert "158.015 kr." in plain(view.inputs.sum)
    view.inputs.strength.value = 50
    assert "27.115 kr." in plain(view.inputs.result)
    assert "50 % af" in plain(view.inputs.result)
    view.again.click()
    assert NOTHING_YET in plain(view.inputs.sum)
    assert view.inputs.strength.value == 100
