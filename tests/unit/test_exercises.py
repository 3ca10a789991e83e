"""What the exercises of the course say to right, wrong, empty and hostile answers."""

import datetime as dt
import json

import pytest
import yaml

from fremskudt.analysis.deadlines import add_working_days
from fremskudt.teaching.choosing import Choose, ChooseSeveral
from fremskudt.teaching.conditions import holds
from fremskudt.teaching.counting import Number, typed
from fremskudt.teaching.course import FOLDER, KINDS, module
from fremskudt.teaching.deadlines import Deadlines
from fremskudt.teaching.exercise import Attempt
from fremskudt.teaching.feedback import UNREADABLE
from fremskudt.teaching.filling import FillIn
from fremskudt.teaching.free_text import RULES, fits
from fremskudt.teaching.ordering import Order
from fremskudt.teaching.sorting import Sort
from fremskudt.teaching.thresholds import Thresholds
from fremskudt.teaching.timeline import TRACKS, Timeline

MODULES = range(1, 7)
EXERCISES = [one for number in MODULES for one in module(number).exercises]
NAMED = pytest.mark.parametrize("exercise", EXERCISES, ids=lambda one: one.name)
DATES = {"from": "1. september 2026", "looked_at": "uge 36"}
OWN_WORDS = {
    "finding": "Fem af elleve ventede over to dage (skemaerne)",
    "point": "Hvorfor venter de?",
    "change": "Telefonvagten ringer tilbage samme dag",
    "owner": "Projektlederen",
    "sign": "Antal dage fra kendskab til kontakt",
    **DATES,
}


def as_answer(lines):
    keys = ("code", "from_month", "to_month", "quantity")
    return [{key: getattr(line, key) for key in keys} for line in lines]


def right_in(field):
    if field.is_several:
        return list(field.accepted)
    return field.accepted[0] if field.options else OWN_WORDS[field.name]


def right_answer(exercise):
    match exercise:
        case ChooseSeveral():
            return [one.name for one in exercise.options if one.is_right]
        case Number():
            return str(exercise.answer.value).replace(".", ",")
        case Order():
            return [one.name for one in exercise.steps]
        case Sort():
            return {one.name: one.place for one in exercise.items}
        case FillIn():
            return {one.name: right_in(one) for one in exercise.fields}
        case Deadlines():
            return {one.name: str(one.answer) for one in exercise.asks}
        case Thresholds():
            return exercise.start | {"reading": "middle"}
        case Timeline():
            return {track: as_answer(exercise.suggested[track]) for track in TRACKS}
    return next(one.name for one in exercise.options if one.is_right)


@NAMED
def test_a_right_answer_is_right_and_explained(exercise):
    found = exercise.check(right_answer(exercise))
    assert found.is_right, found.lines
    assert all(line.strip() for line in found.lines)
    assert found.lines


@NAMED
@pytest.mark.parametrize("nothing", [None, "", [], {}])
def test_an_empty_answer_is_told_where_to_begin(exercise, nothing):
    attempt = Attempt(exercise)
    assert attempt.give(nothing).verdict == "empty"
    assert attempt.feedback.lines == (exercise.empty,)


HOSTILE = [
    True,
    -1,
    10**400,
    1e308,
    float("nan"),
    "<script>alert(1)</script>",
    "'; drop table",
    "x" * 100_000,
    ["findes-ikke"],
    ["a", "a"],
    [1, None, {}],
    [[]],
    {"findes-ikke": "x"},
    {"a": 1},
    {1: "a"},
    {"__class__": "x"},
    b"x",
    object(),
]


@NAMED
@pytest.mark.parametrize("answer", HOSTILE, ids=lambda one: str(type(one).__name__))
def test_a_hostile_answer_is_answered_and_never_repeated(exercise, answer):
    found = exercise.check(answer)
    assert not found.is_right
    assert "<script>" not in " ".join(found.lines)


def mistakes_in_sort(exercise):
    right = right_answer(exercise)
    for one in exercise.items:
        other = next(name for name, _ in exercise.places if name != one.place)
        found = exercise.check({**right, one.name: other})
        assert found.verdict == "partly"
        assert found.lines == (f"**{one.text}** {one.feedback}",)


def mistakes_in_order(exercise):
    for rule in exercise.rules:
        names = right_answer(exercise)
        names.remove(rule.before)
        names.insert(names.index(rule.after) + 1, rule.before)
        assert rule.feedback in exercise.check(names).lines


def mistakes_in_number(exercise):
    for wrong in exercise.mistakes:
        found = exercise.check(wrong.value)
        assert found.verdict == "wrong"
        assert found.lines == (wrong.feedback,)
    assert exercise.check("987654").lines == (exercise.otherwise,)


def mistakes_in_choose_several(exercise):
    for one in exercise.options:
        right = set(right_answer(exercise))
        found = exercise.check(sorted(right ^ {one.name}))
        assert not found.is_right
        assert one.feedback in found.lines or right == {one.name}


def mistakes_in_choose(exercise):
    for one in exercise.options:
        found = exercise.check(one.name)
        assert (found.is_right, found.lines) == (one.is_right, (one.feedback,))


def mistakes_in_fill_in(exercise):
    right = right_answer(exercise)
    for one in (field for field in exercise.fields if field.options):
        for option in {*one.options} - {*one.accepted}:
            given = [option] if one.is_several else option
            told = one.feedback if one.is_several else one.mistakes.get(option, one.feedback)
            found = exercise.check({**right, one.name: given})
            assert found.verdict == "partly"
            assert found.lines == (f"**{one.label}** {told}",)


def mistakes_in_deadlines(exercise):
    right = right_answer(exercise)
    for one in exercise.asks:
        for day, told in one.mistakes.items():
            found = exercise.check({**right, one.name: str(day)})
            assert found.verdict == "partly"
            assert any(line.endswith(told) for line in found.lines)


def mistakes_in_thresholds_or_timeline(exercise):
    assert exercise.remarks  # held to the course's own examples below and in module 5's


MISTAKES = {
    Sort: mistakes_in_sort,
    Order: mistakes_in_order,
    Number: mistakes_in_number,
    ChooseSeveral: mistakes_in_choose_several,
    Choose: mistakes_in_choose,
    FillIn: mistakes_in_fill_in,
    Deadlines: mistakes_in_deadlines,
    Thresholds: mistakes_in_thresholds_or_timeline,
    Timeline: mistakes_in_thresholds_or_timeline,
}


@NAMED
def test_every_single_mistake_is_told(exercise):
    MISTAKES[type(exercise)](exercise)


def test_what_is_left_open_is_counted_and_the_next_named():
    sort = next(one for one in EXERCISES if isinstance(one, Sort))
    first = sort.items[0]
    found = sort.check({first.name: first.place})
    assert found.verdict == "partly"
    assert f"Mangler endnu: {len(sort.items) - 1}." in found.lines[-1]
    assert sort.items[1].text in found.lines[-1]


def test_steps_that_are_missing_or_stand_twice_are_told():
    order = next(one for one in EXERCISES if isinstance(one, Order))
    names = right_answer(order)
    nine = order.check([*names[:-1], ""])
    assert nine.verdict == "partly"
    assert nine.lines == (f"Mangler endnu: 1. Den næste er **{order.steps[-1].text}**.",)
    twice = order.check([*names[:-1], names[0]])
    assert twice.verdict == "partly"
    assert twice.lines == (
        f"**{order.steps[0].text}** står mere end én gang.",
        f"Mangler endnu: 1. Den næste er **{order.steps[-1].text}**.",
    )
    assert order.check([""] * len(names)).verdict == "empty"
    for unreadable in (names[:-1], [*names, ""], ["findes-ikke", *names[1:]], [None, *names[1:]]):
        assert order.check(unreadable).lines == (UNREADABLE,)


def test_a_rule_that_is_broken_is_told_before_all_steps_are_there():
    order = next(one for one in EXERCISES if isinstance(one, Order))
    rule = order.rules[0]
    rest = [""] * (len(order.steps) - 2)
    found = order.check([rule.after, rule.before, *rest])
    assert found.verdict == "wrong"
    assert found.lines[0] == rule.feedback
    assert found.lines[1].startswith(f"Mangler endnu: {len(order.steps) - 2}.")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("61", 61),
        ("61 %", 61),
        ("−12,5", -12.5),
        ("- 14 procentpoint", -14),
        ("8.345 kr.", 8345),
        ("1.234.567,5", 1234567.5),
        ("0.61", 0.61),
        ("0.125", 0.125),
        ("-0.125", -0.125),
        ("10.125", 10125),
        ("012.345", None),
        ("0 125", None),
        (" 12 dage ", 12),
        ("12,5.5", None),
        ("12,", None),
        ("tolv", None),
        ("1e6", None),
        ("1" * 41, None),
        ("", None),
        (True, None),
        (float("inf"), None),
        (float("nan"), None),
        (10**400, None),
        (-(10**400), None),
    ],
    ids=lambda one: str(one)[:20],
)
def test_a_number_is_read_as_danes_write_it(text, number):
    assert typed(text) == number


EXAMPLES = yaml.safe_load((FOLDER / "modul-6.yml").read_text(encoding="utf-8"))["exercises"][-1]


@pytest.mark.parametrize("example", EXAMPLES["examples"], ids=lambda one: one["text"] or "tom")
def test_the_rules_for_own_words_see_what_the_course_says_they_see(example):
    checks = next(one for one in EXAMPLES["fields"] if one["id"] == example["field"])["checks"]
    broken = [name for name in checks if not fits(name, example["text"])]
    if not example["text"]:
        broken = [name for name in broken if name == "filled"]  # the rest is not asked then
    assert broken == example["fails"]


def test_a_person_in_ones_own_words_is_seen_and_not_repeated():
    form = next(one for one in EXERCISES if one.name == "din-egen-justering")
    answer = {**right_answer(form), "finding": "Borgeren 010157-5000 ventede længe"}
    found = form.check(answer)
    assert not found.is_right
    assert "010157" not in " ".join(found.lines)


def test_an_attempt_keeps_the_last_answer():
    exercise = EXERCISES[0]
    attempt = Attempt(exercise)
    attempt.give(["findes-ikke"])
    attempt.give(right_answer(exercise))
    assert attempt.feedback.is_right
    assert attempt.answer == right_answer(exercise)
    assert json.loads(json.dumps(attempt.answer)) == attempt.answer


@pytest.mark.parametrize("number", MODULES)
def test_a_module_is_as_long_as_it_says_and_knows_its_kinds(number):
    raw = yaml.safe_load((FOLDER / f"modul-{number}.yml").read_text(encoding="utf-8"))
    assert 30 <= raw["minutes"] <= 60
    assert {one["kind"] for one in raw["exercises"]} <= set(KINDS)
    names = [one["id"] for one in raw["exercises"]]
    assert len(set(names)) == len(names)
    for one in raw["exercises"]:
        for name in one.get("checks_of_fields", ()):
            assert name["id"] in RULES


@pytest.mark.parametrize(("reading", "count"), [("all", 5), ("middle", 9), ("any", 13)])
def test_the_printed_limits_find_as_many_as_the_course_says(reading, count):
    """Counted by hand among the 24: five meet all three demands, nine two of them or the amount,
    thirteen at least one."""
    exercise = module(1)["flyt-graenserne"]
    assert len(exercise.found(exercise.start | {"reading": reading})) == count
    told = exercise.check(exercise.start | {"reading": reading})
    assert told.is_right == (8 <= count <= 10)
    assert any(f"Reglen finder {count} af 24" in line for line in told.lines)


@pytest.mark.parametrize(
    "changed",
    [
        {"entrances": 0},
        {"entrances": 4},
        {"entrances": 10**400},
        {"services": True},
        {"services": 2.5},
        {"annual_cost_dkk": "150000"},
        {"reading": "ingen"},
        {"reading": ["any"]},
        {"mere": 1},
    ],
)
def test_limits_that_no_slider_has_are_answered(changed):
    exercise = module(1)["flyt-graenserne"]
    assert exercise.check(exercise.start | changed).lines == (UNREADABLE,)


@pytest.mark.parametrize(
    ("condition", "is_true"),
    [
        ("always", True),
        ("found == 3", True),
        ("2 < found <= 3 and not (reading == 'any')", True),
        ("found > 3 or avoided.total <= -5", True),
        ("found - 1 + 1 != 3", False),
    ],
)
def test_a_condition_is_read(condition, is_true):
    values = {"found": 3, "reading": "all", "avoided.total": -5}
    assert holds(condition, values) is is_true


@pytest.mark.parametrize(
    "condition",
    [
        "",
        "found ==",
        "__import__('os')",
        "found()",
        "[1]",
        "found in (3,)",
        "lambda: 1",
        "found ** 9",
    ],
)
def test_what_is_no_condition_is_refused(condition):
    with pytest.raises(ValueError, match="not"):
        holds(condition, {"found": 3})


def test_the_deadlines_are_those_of_the_handbooks_own_calendar():
    """The first contact and the day it was known stand first among a case's events."""
    exercise = module(2)["to-frister"]
    raw = yaml.safe_load((FOLDER / "modul-2.yml").read_text(encoding="utf-8"))["exercises"]
    told = next(one for one in raw if one["kind"] == "deadlines")["data"]["timelines"]
    for case, written in zip(exercise.cases, told, strict=True):
        known, contact = (one["date"] for one in written["events"][:2])
        answers = {one.kind: one.answer for one in case.asks}
        assert answers["contact"] == known + dt.timedelta(2)
        assert answers["meeting"] == add_working_days(contact, 5)
        assert all(day in case.days for one in case.asks for day in (one.answer, *one.mistakes))


def test_a_typical_day_is_explained_and_another_is_told_how_to_count():
    exercise = module(2)["to-frister"]
    right = right_answer(exercise)
    for case in exercise.cases:
        for one in case.asks:
            for day, text in one.mistakes.items():
                found = exercise.check(right | {one.name: str(day)})
                assert text in found.lines[0]
            other = next(d for d in case.days if d != one.answer and d not in one.mistakes)
            assert exercise.otherwise in exercise.check(right | {one.name: str(other)}).lines[0]
    assert exercise.check(right | {exercise.asks[0].name: "i morgen"}).lines == (UNREADABLE,)


SEVERAL = [
    pytest.param(exercise, one, id=f"{exercise.name}.{one.name}")
    for exercise in EXERCISES
    if isinstance(exercise, FillIn)
    for one in exercise.fields
    if one.is_several
]


def test_three_fields_of_the_course_take_several_answers():
    assert [one.values[1].name for one in SEVERAL] == ["psychiatry", "roles", "tools"]


@pytest.mark.parametrize(("exercise", "field"), SEVERAL)
def test_several_are_right_when_all_that_fit_are_chosen_and_no_others(exercise, field):
    right = right_answer(exercise)
    assert exercise.check({**right, field.name: field.accepted[::-1]}).is_right is False  # a tuple
    assert exercise.check({**right, field.name: list(field.accepted[::-1])}).is_right
    too_many = [*field.accepted, next(o for o in field.options if o not in field.accepted)]
    for wrong in (list(field.accepted[1:]), too_many):
        found = exercise.check({**right, field.name: wrong})
        assert found.verdict == "partly"
        assert found.lines == (f"**{field.label}** {field.feedback}",)
    missing = exercise.check({**right, field.name: []})
    assert missing.lines == (f"**{field.label}** mangler endnu.",)


@pytest.mark.parametrize(("exercise", "field"), SEVERAL)
@pytest.mark.parametrize(
    "given",
    [
        None,
        "",
        "Coachende",
        True,
        float("nan"),
        ["Coachende", "Coachende"],
        ["<script>alert(1)</script>"],
        [["Coachende"]],
        [None],
        {"Coachende": True},
        ["x" * 100_000],
    ],
    ids=lambda one: str(one)[:20],
)
def test_what_a_field_of_several_cannot_hold_is_answered(exercise, field, given):
    found = exercise.check({**right_answer(exercise), field.name: given})
    assert found.lines == (UNREADABLE,)


def test_a_list_where_one_text_belongs_is_answered():
    exercise = module(3)["fase-1"]
    found = exercise.check({**right_answer(exercise), "gender": ["Kvinde"]})
    assert found.lines == (UNREADABLE,)
