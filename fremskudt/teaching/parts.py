"""What an answer says, part by part, in the words that participants met: for counting."""

import datetime as dt
from collections.abc import Mapping

from babel.dates import format_date

from fremskudt.presentation.numbers import number
from fremskudt.teaching.choosing import Choose, ChooseSeveral
from fremskudt.teaching.counting import Number, typed
from fremskudt.teaching.deadlines import Deadlines
from fremskudt.teaching.exercise import Exercise, text_by_name, texts
from fremskudt.teaching.filling import FillIn
from fremskudt.teaching.ordering import Order
from fremskudt.teaching.sorting import Sort
from fremskudt.teaching.thresholds import READING, Thresholds
from fremskudt.teaching.timeline import Timeline

DO_NOT_KNOW = "Ved ikke"
READING_LABEL = "Hvordan hører kravene sammen?"
COURSES = {"expected": "Med indsatsen", "counterfactual": "Uden indsatsen"}
Said = Mapping[str, tuple[str, ...]]  # a part's answers by the part's name; "" is the only part


def part_names(exercise: Exercise) -> list[str]:
    """The parts of an exercise in their order; none for a kind that is not counted."""
    match exercise:
        case Choose() | ChooseSeveral() | Number():
            return [""]
        case Order():
            return [f"Trin {n}" for n in range(1, len(exercise.steps) + 1)]
        case Sort():
            return [one.text for one in exercise.items]
        case FillIn():
            return [one.label for one in exercise.fields if one.options]
        case Deadlines():
            return [f"{case.title}: {one.label}" for case in exercise.cases for one in case.asks]
        case Thresholds():
            return [*(one.label for one in exercise.sliders), READING_LABEL]
        case Timeline():
            return list(COURSES.values())
    return []


def can_be_unknown(exercise: Exercise, part: str) -> bool:
    """Whether a part of an exercise can be answered with "ved ikke"."""
    return isinstance(exercise, FillIn) and any(
        one.label == part and DO_NOT_KNOW in one.options for one in exercise.fields
    )


def takes_several(exercise: Exercise, part: str) -> bool:
    """Whether a part of an exercise can be given several answers."""
    match exercise:
        case ChooseSeveral() | Timeline():
            return True
        case FillIn():
            return any(one.label == part and one.is_several for one in exercise.fields)
    return False


def said(exercise: Exercise, answer: object) -> Said:
    """What an answer says, whatever it is: possible answers only, and no words of one's own."""
    match exercise:
        case Choose():
            found = [one.text for one in exercise.options if one.name == answer]
            return {"": tuple(found)} if found else {}
        case ChooseSeveral():
            chosen = texts(answer) or []
            found = [one.text for one in exercise.options if one.name in chosen]
            return {"": tuple(found)} if found else {}
        case Number():
            value = typed(answer)
            return {} if value is None else {"": (_plain(value),)}
        case Order():
            return _order(exercise, answer)
        case Sort():
            placed, labels = text_by_name(answer) or {}, dict(exercise.places)
            return {
                one.text: (labels[placed[one.name]],)
                for one in exercise.items
                if placed.get(one.name) in labels
            }
        case FillIn():
            return _filled(exercise, answer)
        case Deadlines():
            return _days(exercise, answer)
        case Thresholds():
            return _limits(exercise, answer)
        case Timeline():
            return _courses(exercise, answer)
    return {}


def _plain(value: float) -> str:
    """A number as it was typed: as many digits as it has, six after the comma at most."""
    digits = next((n for n in range(6) if round(value, n) == value), 6)
    return number(value, digits)


def _order(exercise: Order, answer: object) -> Said:
    known = {one.name: one.text for one in exercise.steps}
    places = enumerate(exercise.read(answer) or [], 1)
    return {f"Trin {n}": (known[name],) for n, name in places if name}


def _filled(exercise: FillIn, answer: object) -> Said:
    """A field holds an option, or a list of them where it takes several."""
    filled = answer if isinstance(answer, dict) else {}
    found: dict[str, tuple[str, ...]] = {}
    for one in exercise.fields:
        value = filled.get(one.name)
        if value and one.options and one.can_hold(value):
            found[one.label] = (value,) if isinstance(value, str) else tuple(value)
    return found


def _days(exercise: Deadlines, answer: object) -> Said:
    chosen = text_by_name(answer) or {}
    found = {}
    for case in exercise.cases:
        days = {str(day): day for day in case.days}
        for one in case.asks:
            if day := days.get(chosen.get(one.name, "")):
                found[f"{case.title}: {one.label}"] = (_day(day),)
    return found


def _day(day: dt.date) -> str:
    text: str = format_date(day, "EEEE 'den' d. MMMM", "da")
    return text


def _limits(exercise: Thresholds, answer: object) -> Said:
    """Counted only where all of it is possible."""
    if not isinstance(answer, dict) or exercise.judge(answer) is None:
        return {}
    label = next(one.label for one in exercise.readings if one.name == answer[READING])
    limits = {one.label: (_plain(answer[one.name]),) for one in exercise.sliders}
    return limits | {READING_LABEL: (label,)}


def _courses(exercise: Timeline, answer: object) -> Said:
    """The services that each course holds."""
    labels = {one.code: one.label for one in exercise.palette}
    courses = exercise.read(answer) or {}
    return {
        COURSES[track]: tuple(dict.fromkeys(labels[one.code] for one in lines))
        for track, lines in courses.items()
        if lines
    }
