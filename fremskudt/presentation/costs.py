"""The cost of a case for other numbers of cases than the municipality's own."""

from typing import NamedTuple

from fremskudt.disclosure import SHOWN, Publishable
from fremskudt.presentation.canvas import Canvas, Span
from fremskudt.presentation.cells import category_label, cell_text, rows_of
from fremskudt.presentation.datasheet import Lines
from fremskudt.presentation.drawing import Box, Drawing, Layer, Rule, Words
from fremskudt.presentation.figure import Figure, Key
from fremskudt.presentation.layout import BAR, CHARACTER, NARROW, WIDE

STEP, TOP = 30, 6
OWN, OTHER = "single", "step-neutral"
OWN_LABEL, OTHER_LABEL = "Kommunens eget antal sager", "Samme udgift fordelt på andre antal"


class Bar(NamedTuple):
    """The cost in kroner at a number of cases, in words and as a length, and its line of the
    table."""

    name: str
    text: str
    value: float
    is_own: bool
    line: str


def cost_curve(table: Publishable, name: str, title: str, note: str) -> Figure:
    """A figure of bars, few cases first; `charts` says more."""
    rows = [row for row in rows_of(table) if row.status == SHOWN]
    lines = Lines(table)
    rows.sort(key=lambda row: int(row.category))
    bars = [
        Bar(
            category_label(table, row.category),
            cell_text(table, row),
            float(row.value),
            int(row.category) == row.n,
            lines(row),
        )
        for row in rows
    ]
    return Figure(
        table,
        name,
        title,
        "Søjlediagram",
        _draw(bars, WIDE),
        _draw(bars, NARROW),
        (Key(OWN, OWN_LABEL), Key(OTHER, OTHER_LABEL, "outline")),
        note,
        is_blank=not bars,
    )


def _draw(bars: list[Bar], width: int) -> Drawing:
    """Names to the left, one under the other: the bars' ends draw the curve."""
    names = 20 + CHARACTER * max((len(bar.name) for bar in bars), default=0)
    room = 14 + CHARACTER * max((len(bar.text) for bar in bars), default=0)
    longest = max((bar.value for bar in bars), default=1.0)
    x = Span(min(0.0, longest), max(longest, 1.0), names, width - room)
    canvas = Canvas(width, 2 * TOP + STEP * max(len(bars), 1))
    layers: list[Layer] = []
    for place, bar in enumerate(bars):
        middle = TOP + STEP * (place + 0.5)
        left, right = sorted((x(0), x(bar.value)))
        box = [Box(left, middle - BAR / 2, right, middle + BAR / 2)]
        words = [Words(0, middle, bar.name), Words(right + 7, middle, bar.text)]
        layers += [
            canvas.boxes(box, OWN, tells=(bar.line,))
            if bar.is_own
            else canvas.outlines(box, OTHER, tells=(bar.line,)),
            canvas.texts(words, is_bold=bar.is_own),
        ]
    axis = Rule(x(0), 0, x(0), canvas.height)
    return canvas.finished(canvas.rules([axis], "rule"), *layers)
