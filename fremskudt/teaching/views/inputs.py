"""The fields of each kind of exercise: widgets, and the answer that stands in them."""

from functools import singledispatch

import ipywidgets as widgets
from babel.dates import format_date

from fremskudt.teaching.choosing import Choose, ChooseSeveral
from fremskudt.teaching.counting import Number
from fremskudt.teaching.deadlines import Deadlines
from fremskudt.teaching.exercise import Exercise
from fremskudt.teaching.filling import Field, FillIn
from fremskudt.teaching.ordering import Order
from fremskudt.teaching.sorting import Sort
from fremskudt.teaching.thresholds import READING, Thresholds
from fremskudt.teaching.timeline import Timeline
from fremskudt.teaching.views.fields import LABELS, WIDE, Inputs, choice, with_slider
from fremskudt.teaching.views.several import Several
from fremskudt.teaching.views.texts import html
from fremskudt.teaching.views.timeline import TimelineInputs


@singledispatch
def inputs(exercise: Exercise) -> Inputs:
    """The fields of an exercise. TypeError for a kind that has none."""
    raise TypeError(type(exercise).__name__)


@inputs.register
def _(exercise: Choose) -> Inputs:
    field = widgets.RadioButtons(
        options=[(one.text, one.name) for one in exercise.options],
        value=None,
        description=exercise.title,
        style=LABELS,
        layout=WIDE,
    )
    return Inputs(field, lambda: field.value, (field,))


@inputs.register
def _(exercise: ChooseSeveral) -> Inputs:
    fields = {
        one.name: widgets.Checkbox(description=one.text, indent=False, style=LABELS, layout=WIDE)
        for one in exercise.options
    }
    return Inputs(
        widgets.VBox(list(fields.values())),
        lambda: [name for name, field in fields.items() if field.value],
        tuple(fields.values()),
    )


@inputs.register
def _(exercise: Number) -> Inputs:
    # Sent whole when the field is left: a key on its way could be overtaken by the button's click.
    field = widgets.Text(
        description=f"Svar i {exercise.unit}", style=LABELS, continuous_update=False
    )
    return Inputs(field, lambda: field.value.strip(), (field,))


@inputs.register
def _(exercise: Order) -> Inputs:
    steps = sorted(exercise.steps, key=lambda one: one.text)  # not in the right order
    fields = [
        choice(f"Trin {place}", [(one.text, one.name) for one in steps])
        for place in range(1, len(steps) + 1)
    ]

    def read() -> list[str]:
        chosen = [field.value or "" for field in fields]
        return chosen if any(chosen) else []

    return Inputs(widgets.VBox(fields), read, tuple(fields))


@inputs.register
def _(exercise: Sort) -> Inputs:
    places = [(label, name) for name, label in exercise.places]
    fields = {one.name: choice(one.text, places) for one in exercise.items}
    return Inputs(
        widgets.VBox(list(fields.values())),
        lambda: {name: field.value for name, field in fields.items() if field.value},
        tuple(fields.values()),
    )


@inputs.register
def _(exercise: FillIn) -> Inputs:
    fields = {one.name: _field(one) for one in exercise.fields}
    return Inputs(
        widgets.VBox(list(fields.values())),
        lambda: {name: field.value for name, field in fields.items() if field.value},
        tuple(fields.values()),
    )


@inputs.register
def _(exercise: Deadlines) -> Inputs:
    fields: dict[str, widgets.Dropdown] = {}
    rows: list[widgets.Widget] = []
    for case in exercise.cases:
        rows.append(html(f"**{case.title}**\n\n" + "\n".join(f"- {one}" for one in case.events)))
        days = [(format_date(day, "EEEE 'den' d. MMMM", "da"), str(day)) for day in case.days]
        for one in case.asks:
            fields[one.name] = choice(f"{case.title}: {one.label.lower()}", days)
            rows.append(fields[one.name])
    return Inputs(
        widgets.VBox(rows),
        lambda: {name: field.value for name, field in fields.items() if field.value},
        tuple(fields.values()),
    )


@inputs.register
def _(exercise: Thresholds) -> Inputs:
    sliders = {
        one.name: widgets.BoundedIntText(
            value=one.start,
            min=one.minimum,
            max=one.maximum,
            step=one.step,
            description=one.label,
            style=LABELS,
            layout=WIDE,
        )
        for one in exercise.sliders
    }
    reading = widgets.RadioButtons(
        options=[(one.label, one.name) for one in exercise.readings],
        value=exercise.readings[-1].name,
        description="Hvordan hører kravene sammen?",
        style=LABELS,
        layout=WIDE,
    )
    found = widgets.HTML()

    def read() -> dict[str, int | str]:
        return {name: one.value for name, one in sliders.items()} | {READING: reading.value}

    def show(_: object = None) -> None:
        names = [one.name for one in exercise.found(read())]
        listed = ", ".join(names) or "ingen"
        found.value = (
            f'<p aria-live="polite"><strong>{len(names)} af {len(exercise.people)}</strong> '
            f"er med: {listed}.</p>"
        )

    for field in (*sliders.values(), reading):
        field.observe(show, names="value")
    show()
    shown = [*map(with_slider, sliders.values()), reading, found]
    return Inputs(widgets.VBox(shown), read, (*sliders.values(), reading))


@inputs.register
def _(exercise: Timeline) -> Inputs:
    return TimelineInputs(exercise)


def _field(one: Field) -> widgets.Widget:
    if one.is_several:
        return Several(one.label, one.options)
    if one.options:
        return choice(one.label, [(option, option) for option in one.options])
    return widgets.Textarea(
        description=one.label, style=LABELS, layout=WIDE, continuous_update=False
    )
