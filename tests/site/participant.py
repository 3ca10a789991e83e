"""A participant of the course in a browser: what is answered to each kind of exercise, and how it
is put into the fields, by their names and with the keyboard.

A new kind needs a `wrong_answer`, a `right_answer` and a `fill`.
"""

from functools import singledispatch
from graphlib import TopologicalSorter
from itertools import product

from babel.dates import format_date
from playwright.sync_api import expect

from fremskudt.teaching.choosing import Choose, ChooseSeveral
from fremskudt.teaching.counting import Number
from fremskudt.teaching.deadlines import Deadlines
from fremskudt.teaching.filling import Field, FillIn
from fremskudt.teaching.ordering import Order
from fremskudt.teaching.sorting import Sort
from fremskudt.teaching.thresholds import READING, Thresholds
from fremskudt.teaching.timeline import TRACKS, Timeline
from fremskudt.teaching.views.timeline import SUGGEST

# Of one's own words: for each rule of the free fields there is one that keeps it.
OWN_WORDS = (
    "Projektlederen",
    "Hvorfor bliver mødet ikke holdt?",
    "Telefonvagten ringer tilbage samme dag",
    "1. september 2026",
    "Antal dage fra kendskab til kontakt",
)


def box_of(page, exercise):
    """Where an exercise stands on a page."""
    heading = page.get_by_role("heading", name=exercise.title, exact=True)
    return page.locator(".fs-live").filter(has=heading)


def press(box, name: str) -> None:
    """Press a button with the keyboard."""
    box.get_by_role("button", name=name, exact=True).press("Enter")


def choose(box, label: str, option: str, place: int = 0) -> None:
    box.get_by_label(label, exact=True).nth(place).select_option(label=option)


def tick(field, is_ticked: bool = True) -> None:
    """Tick a box, or choose one of several, with the space bar."""
    if field.is_checked() != is_ticked:
        field.press("Space")


@singledispatch
def right_answer(exercise):
    raise NotImplementedError(type(exercise).__name__)


@singledispatch
def wrong_answer(exercise):
    raise NotImplementedError(type(exercise).__name__)


@singledispatch
def fill(exercise, box, answer):
    raise NotImplementedError(type(exercise).__name__)


@right_answer.register
def _(exercise: Choose):
    return next(one.name for one in exercise.options if one.is_right)


@wrong_answer.register
def _(exercise: Choose):
    return next(one.name for one in exercise.options if not one.is_right)


@fill.register
def _(exercise: Choose, box, answer):
    text = next(one.text for one in exercise.options if one.name == answer)
    tick(box.get_by_role("radio", name=text, exact=True))


@right_answer.register
def _(exercise: ChooseSeveral):
    return [one.name for one in exercise.options if one.is_right]


@wrong_answer.register
def _(exercise: ChooseSeveral):
    return [next(one.name for one in exercise.options if not one.is_right)]


@fill.register
def _(exercise: ChooseSeveral, box, answer):
    for one in exercise.options:
        tick(box.get_by_role("checkbox", name=one.text, exact=True), one.name in answer)


@right_answer.register
def _(exercise: Number):
    return f"{exercise.answer.value:.15g}".replace(".", ",")


@wrong_answer.register
def _(exercise: Number):
    return f"{exercise.mistakes[0].value:.15g}".replace(".", ",")


@fill.register
def _(exercise: Number, box, answer):
    field = box.get_by_label(f"Svar i {exercise.unit}", exact=True)
    field.press("Control+a")
    field.press_sequentially(answer)


@right_answer.register
def _(exercise: Sort):
    return {one.name: one.place for one in exercise.items}


@wrong_answer.register
def _(exercise: Sort):
    first = exercise.items[0]
    return {first.name: next(name for name, _ in exercise.places if name != first.place)}


@fill.register
def _(exercise: Sort, box, answer):
    labels = dict(exercise.places)
    for one in exercise.items:
        if one.name in answer:
            choose(box, one.text, labels[answer[one.name]])


@right_answer.register
def _(exercise: Order):
    sorter = TopologicalSorter({one.name: set() for one in exercise.steps})
    for rule in exercise.rules:
        sorter.add(rule.after, rule.before)
    return list(sorter.static_order())


@wrong_answer.register
def _(exercise: Order):
    return right_answer(exercise)[::-1]


@fill.register
def _(exercise: Order, box, answer):
    texts = {one.name: one.text for one in exercise.steps}
    for place, name in enumerate(answer, 1):
        choose(box, f"Trin {place}", texts[name])


@right_answer.register
def _(exercise: FillIn):
    return {one.name: _accepted(one) for one in exercise.fields}


def _accepted(field: Field):
    if field.is_several:
        return list(field.accepted)
    candidates = field.accepted or OWN_WORDS
    return next(one for one in candidates if field.says(one) == (True, []))


@wrong_answer.register
def _(exercise: FillIn):
    first = exercise.fields[0]
    if first.is_several:
        return {first.name: [next(one for one in first.options if one not in first.accepted)]}
    if first.options:
        return {first.name: next(one for one in first.options if one not in first.accepted)}
    return {first.name: "x"}  # too short for any rule


@fill.register
def _(exercise: FillIn, box, answer):
    for one in exercise.fields:
        given = answer.get(one.name)
        if given is None:
            continue
        if one.is_several:
            for option in one.options:
                name = f"{option} ({one.label})"
                tick(box.get_by_role("checkbox", name=name, exact=True), option in given)
        elif one.options:
            choose(box, one.label, given)
        else:
            field = box.get_by_label(one.label, exact=True)
            field.press("Control+a")
            field.press_sequentially(given)


@right_answer.register
def _(exercise: Deadlines):
    return {one.name: str(one.answer) for one in exercise.asks}


@wrong_answer.register
def _(exercise: Deadlines):
    first = next(one for one in exercise.asks if one.mistakes)
    return {first.name: str(next(iter(first.mistakes)))}


@fill.register
def _(exercise: Deadlines, box, answer):
    for case in exercise.cases:
        days = {str(day): format_date(day, "EEEE 'den' d. MMMM", "da") for day in case.days}
        for one in case.asks:
            if one.name in answer:
                choose(box, f"{case.title}: {one.label.lower()}", days[answer[one.name]])


@wrong_answer.register
def _(exercise: Thresholds):
    return exercise.start


@right_answer.register
def _(exercise: Thresholds):
    """The right answer that lies fewest steps from the start."""
    ranges = [range(one.minimum, one.maximum + 1, one.step) for one in exercise.sliders]
    names = [one.name for one in exercise.sliders]
    answers = (
        dict(zip(names, limits, strict=True)) | {READING: reading.name}
        for reading in exercise.readings
        for limits in product(*ranges)
    )
    right = [one for one in answers if exercise.check(one).is_right]
    return min(right, key=lambda one: sum(map(abs, _steps(exercise, exercise.start, one))))


def _steps(exercise: Thresholds, begin, end) -> list[int]:
    return [(end[one.name] - begin[one.name]) // one.step for one in exercise.sliders]


@fill.register
def _(exercise: Thresholds, box, answer):
    reading = next(one.label for one in exercise.readings if one.name == answer[READING])
    tick(box.get_by_role("radio", name=reading, exact=True))
    for one in exercise.sliders:
        handle = box.get_by_role("slider", name=one.label, exact=True)
        field = box.get_by_role("spinbutton", name=one.label, exact=True)
        steps = (answer[one.name] - int(field.input_value())) // one.step
        step = one.step if steps > 0 else -one.step
        for _ in range(abs(steps)):
            wanted = int(field.input_value()) + step
            handle.press("ArrowRight" if steps > 0 else "ArrowLeft")
            expect(field).to_have_value(str(wanted))
    live = f"{len(exercise.found(answer))} af {len(exercise.people)}"
    box.get_by_text(live, exact=True).wait_for()


@right_answer.register
def _(exercise: Timeline):
    return {
        track: [
            {
                "code": one.code,
                "from_month": one.from_month,
                "to_month": one.to_month,
                "quantity": one.quantity,
                "reason": one.reason,
            }
            for one in exercise.suggested[track]
        ]
        for track in TRACKS
    }


@wrong_answer.register
def _(exercise: Timeline):
    """Outreach casework in the course that is imagined without it, as it is proposed."""
    service = next(one for one in exercise.palette if one.kind == "casework")
    line = {"code": service.code, "from_month": 0, "to_month": 1}
    return {"counterfactual": [{**line, "quantity": service.proposed(1), "reason": ""}]}


@fill.register
def _(exercise: Timeline, box, answer):
    """One line is laid by hand in the second course; more than that is the suggestion's."""
    if answer == right_answer(exercise):
        press(box, SUGGEST)
        return
    (line,) = answer["counterfactual"]
    service = next(one for one in exercise.palette if one.code == line["code"])
    field = box.get_by_label("1. Ydelse", exact=True).nth(TRACKS.index("counterfactual"))
    field.select_option(field.locator("option", has_text=service.label).text_content())
