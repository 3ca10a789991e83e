"""The cost of a case for other numbers of cases than the municipality's own."""

import altair as alt

from fremskudt.disclosure import SHOWN, Publishable
from fremskudt.presentation.canvas import CHARACTER, Canvas, Layer, Row, Span
from fremskudt.presentation.cells import category_label, cell_text, rows_of
from fremskudt.presentation.drawing import BAR, NARROW, WIDE
from fremskudt.presentation.figure import Figure, Key

STEP, TOP = 30, 6
OWN, OTHER = "single", "step-neutral"
OWN_LABEL, OTHER_LABEL = "Kommunens eget antal sager", "Samme udgift fordelt på andre antal"


def cost_curve(table: Publishable, name: str, title: str, note: str) -> Figure:
    """A figure of bars, few cases first; `charts` says more."""
    rows = [row for row in rows_of(table) if row.status == SHOWN]
    rows.sort(key=lambda row: int(row.category))
    bars: list[Row] = [
        {
            "name": category_label(table, row.category),
            "value": float(row.value),
            "text": cell_text(table, row),
            "is_own": int(row.category) == row.n,
        }
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


def _draw(bars: list[Row], width: int) -> alt.TopLevelMixin:
    """Names to the left, one under the other: the bars' ends draw the curve."""
    names = 20 + CHARACTER * max((len(bar["name"]) for bar in bars), default=0)
    room = 14 + CHARACTER * max((len(bar["text"]) for bar in bars), default=0)
    longest = max((bar["value"] for bar in bars), default=1.0)
    x = Span(min(0.0, longest), max(longest, 1.0), names, width - room)
    canvas = Canvas(width, 2 * TOP + STEP * max(len(bars), 1))
    layers: list[Layer] = []
    for place, bar in enumerate(bars):
        middle = TOP + STEP * (place + 0.5)
        ends = sorted((x(0), x(bar["value"])))
        box = {"x": ends[0], "x2": ends[1], "y": middle - BAR / 2, "y2": middle + BAR / 2}
        is_own = bar["is_own"]
        layers += [
            canvas.boxes([box], OWN if is_own else OTHER, is_outline=not is_own),
            canvas.texts([{"x": 0, "y": middle, "text": bar["name"]}], is_bold=is_own),
            canvas.texts([{"x": ends[1] + 7, "y": middle, "text": bar["text"]}], is_bold=is_own),
        ]
    axis = {"x": x(0), "x2": x(0), "y": 0, "y2": canvas.height}
    return canvas.finished(canvas.rules([axis], "rule"), *layers)
