"""An exercise on paper: what can be ticked, placed or written, in Markdown, with no widget.

It stands where nothing can run: in the book, on the slides, and on a sheet in the hand.
"""

from collections.abc import Iterable
from functools import singledispatch
from string import ascii_uppercase

from fremskudt.presentation.numbers import NBSP, number
from fremskudt.teaching.choosing import Choose, ChooseSeveral
from fremskudt.teaching.counting import Number
from fremskudt.teaching.deadlines import Deadlines
from fremskudt.teaching.exercise import Exercise
from fremskudt.teaching.filling import FillIn
from fremskudt.teaching.ordering import Order
from fremskudt.teaching.sorting import Sort
from fremskudt.teaching.thresholds import Thresholds
from fremskudt.teaching.timeline import Timeline

FOLD, FOLD_END = '<details class="fs-solution">', "</details>"
SOLUTION = f"{FOLD}\n<summary>Løsning</summary>"
DISCUSSION = "**Tal om det.**"
PAPER, PAPER_END = '<div class="fs-paper">', "</div>"
BOX = f"☐{NBSP}"
BLANK = r"\_" * 4  # escaped: no emphasis and no rule across the page
LINE = BLANK * 4
ROWS = 5  # to write services in
TRACKS = ("Med indsatsen", "Uden indsatsen")
SHORT = 90  # as many letters of places as stand on one line


def asked(exercise: Exercise) -> str:
    """What is asked, with its heading."""
    return f"### {exercise.title}\n\n*{exercise.minutes} minutter.* {exercise.prompt}"


def answered(exercise: Exercise) -> str:
    """The solution, and what to talk about."""
    return f"{exercise.solution.strip()}\n\n{DISCUSSION} {exercise.discussion}"


def on_paper(exercise: Exercise) -> str:
    """The whole exercise: what is asked, what can be answered, and the solution folded away."""
    to_fill = fields(exercise)
    parts = [
        asked(exercise).strip(),
        f"{PAPER}\n\n{to_fill}\n\n{PAPER_END}" if to_fill else "",
        SOLUTION,
        answered(exercise),
        FOLD_END,
    ]
    return "\n\n".join(part for part in parts if part)


@singledispatch
def fields(_: Exercise) -> str:
    """What can be ticked, placed or written; "" for an exercise that lives on the screen alone."""
    return ""


@fields.register
def _(exercise: Choose) -> str:
    return _list(f"{BOX}{one.text}" for one in exercise.options)


@fields.register
def _(exercise: ChooseSeveral) -> str:
    return _list(f"{BOX}{one.text}" for one in exercise.options)


@fields.register
def _(exercise: Number) -> str:
    return f"Svar: {LINE} {exercise.unit}"


@fields.register
def _(exercise: Order) -> str:
    steps = sorted(one.text for one in exercise.steps)  # not in the right order
    return _list(f"{BLANK} {text}" for text in steps)


@fields.register
def _(exercise: Sort) -> str:
    """Boxes beside each item where the places are few and short, else a line to write on."""
    places = [label for _, label in exercise.places]
    ticks = _ticks(places)
    if len(ticks) <= SHORT:
        return _list(f"{one.text}<br>{ticks}" for one in exercise.items)
    letters = [
        f"**{letter}** {label}" for letter, label in zip(ascii_uppercase, places, strict=False)
    ]
    lines = _list(f"{BLANK} {one.text}" for one in exercise.items)
    return f"{_list(letters)}\n\nSkriv bogstavet:\n\n{lines}"


@fields.register
def _(exercise: FillIn) -> str:
    return _list(f"{one.label}<br>{_ticks(one.options) or LINE}" for one in exercise.fields)


@fields.register
def _(exercise: Deadlines) -> str:
    parts = []
    for case in exercise.cases:
        asks = _list(f"{one.label}: {LINE}" for one in case.asks)
        parts.append(f"**{case.title}**\n\n{_list(case.events)}\n{asks}")
    return "\n\n".join(parts)


@fields.register
def _(exercise: Thresholds) -> str:
    limits = _list(f"{one.label}: {LINE}" for one in exercise.sliders)
    readings = _list(f"{BOX}{one.label}" for one in exercise.readings)
    head = "| Borger | Indgange | Ydelser | Kr. om året |\n| --- | --: | --: | --: |"
    rows = [
        f"| {one.name} | {one.entrances} | {one.services} | {number(one.annual_cost_dkk)} |"
        for one in exercise.people
    ]
    return "\n\n".join((limits, readings, "\n".join((head, *rows))))


@fields.register
def _(_: Timeline) -> str:
    """A table to write in for each of the two courses."""
    head = "| Ydelse | Fra måned | Til måned | Mængde | Begrundelse |\n|" + " --- |" * 5
    empty = "\n".join(["|" + " |" * 5] * ROWS)
    return "\n\n".join(f"**{title}**\n\n{head}\n{empty}" for title in TRACKS)


def _ticks(labels: Iterable[str]) -> str:
    return "\N{EM SPACE}".join(f"{BOX}{label}" for label in labels)


def _list(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)
