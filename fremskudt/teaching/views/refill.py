"""Put a kept answer back in the fields of its exercise."""

from collections.abc import Mapping, Sequence
from typing import Any

from traitlets import TraitError

from fremskudt.teaching.choosing import Choose, ChooseSeveral
from fremskudt.teaching.counting import Number, typed
from fremskudt.teaching.deadlines import Deadlines
from fremskudt.teaching.exercise import Exercise, text_by_name, texts
from fremskudt.teaching.filling import FillIn
from fremskudt.teaching.ordering import Order
from fremskudt.teaching.sorting import Sort
from fremskudt.teaching.thresholds import READING, Thresholds
from fremskudt.teaching.views.exercise import ExerciseView
from fremskudt.teaching.views.timeline import TimelineInputs

LEAVE: Any = object()  # a field that the answer says nothing of


def refill(view: ExerciseView, answer: object) -> bool:
    """Whether an answer could be put in the fields; what was said of another is then taken away.
    One that is not possible, or of a kind that cannot be put back, leaves all as it was."""
    inputs = view.inputs
    is_put = _lay(inputs, answer) if isinstance(inputs, TimelineInputs) else _put(view, answer)
    if is_put:
        view.attempt.answer, view.attempt.feedback = inputs.read(), None
        view.feedback.value = ""
    return is_put


def _put(view: ExerciseView, answer: object) -> bool:
    """Whether every field could be given what the answer says of it."""
    fields = view.inputs.fields
    values = _values(view.attempt.exercise, answer)
    if values is None:
        return False
    before = [field.value for field in fields]
    try:
        for field, value in zip(fields, values, strict=True):
            if value is not LEAVE:
                field.value = value
    except TraitError:
        for field, value in zip(fields, before, strict=True):
            field.value = value
        return False
    return True


def _lay(inputs: TimelineInputs, answer: object) -> bool:
    """Whether built courses could be laid again."""
    courses = inputs.exercise.read(answer)
    if courses is None or not any(courses.values()):
        return False
    inputs.lay(courses)
    return True


def _values(exercise: Exercise, answer: object) -> Sequence[Any] | None:
    """What each field is to hold, in the fields' order; None where the answer has another form."""
    match exercise:
        case Choose():
            return [answer] if isinstance(answer, str) else None
        case Number():
            is_sound = isinstance(answer, str) or typed(answer) is not None
            return [str(answer)] if is_sound else None
        case ChooseSeveral():
            chosen, names = texts(answer), [one.name for one in exercise.options]
            is_sound = chosen is not None and {*chosen} <= {*names}
            return [name in (chosen or ()) for name in names] if is_sound else None
        case Order():
            places = exercise.read(answer)
            return None if places is None else [name or None for name in places]
        case Sort():
            return _by_name(text_by_name(answer), [one.name for one in exercise.items])
        case FillIn() if isinstance(answer, dict):
            fields = {one.name: one for one in exercise.fields}
            is_sound = all(
                name in fields and fields[name].can_hold(value) for name, value in answer.items()
            )
            return _by_name(answer, list(fields)) if is_sound else None
        case Deadlines():
            return _by_name(text_by_name(answer), [one.name for one in exercise.asks])
        case Thresholds() if isinstance(answer, dict) and exercise.judge(answer) is not None:
            return _by_name(answer, [*(one.name for one in exercise.sliders), READING])
    return None


def _by_name(answer: Mapping[str, Any] | None, names: Sequence[str]) -> Sequence[Any] | None:
    if answer is None or not answer.keys() <= {*names}:
        return None
    return [answer.get(name, LEAVE) for name in names]
