"""Bars: one a category, and one a group or municipality within it.

Names stand beside the bars on wide pages and above them on narrow ones.
"""

import math
from collections import Counter
from typing import NamedTuple

from fremskudt.contract.scales import scale
from fremskudt.disclosure import FEW, Publishable
from fremskudt.presentation.canvas import Canvas, Span
from fremskudt.presentation.cells import (
    category_label,
    cell_text,
    group_label,
    has_several_places,
    place_label,
    rows_of,
    visible_categories,
)
from fremskudt.presentation.datasheet import Lines
from fremskudt.presentation.drawing import Box, Drawing, Layer, Rule, Words
from fremskudt.presentation.figure import Figure, Key
from fremskudt.presentation.layout import (
    BAR,
    CHARACTER,
    EDGE,
    FONT_SIZE,
    NAME_WIDTH,
    NARROW,
    WIDE,
    tokens_of,
    wrapped,
)

LINE = 17  # the height of a line of a name above its bars
GAP = 7  # between a bar's end and its number
CLEAR = 5  # between the axis and a name that stands above its bars


class Bar(NamedTuple):
    """A bar and its interval, if it has one; a hidden bar has words only, and no length. `line`
    is that of the table under the chart."""

    name: str
    text: str
    token: str
    series: str = ""
    value: float | None = None
    low: float | None = None
    high: float | None = None
    line: str = ""


class Place(NamedTuple):
    """Where a bar stands: its middle, its name ("" where an earlier bar has it), and the middle
    of the name's first line."""

    y: float
    name: str
    name_y: float


NOTHING = Bar("For få svar til en figur", "", "single")


def bars(table: Publishable, name: str, title: str, note: str, is_share: bool) -> Figure:
    """A figure of bars; `charts` says which kinds there are."""
    found = _bars(table, is_share)
    series = list(dict.fromkeys((bar.token, bar.series) for bar in found))
    legend = tuple(Key(*one) for one in series) if len(series) > 1 and table.group_scale else ()
    return Figure(
        table,
        name,
        title,
        "Søjlediagram",
        _draw(found or [NOTHING], WIDE, is_share),
        _draw(found or [NOTHING], NARROW, is_share),
        legend,
        note,
        has_intervals=is_share,
    )


def _bars(table: Publishable, is_share: bool) -> list[Bar]:
    several = has_several_places(table)
    shown, tokens, lines = visible_categories(table), tokens_of(table), Lines(table)
    places = list(dict.fromkeys(table.frame["municipality"]))
    wanted = [row for row in rows_of(table) if row.category in shown and row.status != FEW]
    # Bars that are to be compared stand together: the phases, or the municipalities, of an answer.
    wanted.sort(key=lambda row: (shown.index(row.category), places.index(row.municipality)))
    found = []
    for row in wanted:
        category = category_label(table, row.category)
        token = tokens[row.category]
        series = ""
        if table.group_scale:
            token = scale(table.group_scale)[row.group].token
            series = group_label(table, row.group)
        place = place_label(table, row.municipality) if several else ""
        has_both = bool(place) and len(shown) > 1
        text = cell_text(table, row)
        found.append(
            Bar(
                category if has_both else place or category,
                f"{place}: {text}" if has_both else text,
                token,
                series,
                _length(row.share if is_share else row.value),
                _length(row.lower) if is_share else None,
                _length(row.upper) if is_share else None,
                lines(row),
            )
        )
    return found


def _length(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None


def _draw(found: list[Bar], width: int, is_share: bool) -> Drawing:
    is_wide = width == WIDE
    places, height = _placed(found, is_wide)
    low, high = _domain(found, is_share)
    room = max(104, 2 * GAP + CHARACTER * max(len(bar.text) for bar in found))
    names = NAME_WIDTH if is_wide else 0
    x = Span(low, high, names + (room if low < 0 else 0), width - room)
    y = Span(0, height, EDGE, height - EDGE)
    canvas = Canvas(width, height)
    middles = [y(place.y) for place in places]
    begin = 0 if is_wide else CLEAR
    named = [Words(begin, y(place.name_y), place.name) for place in places if place.name]
    return canvas.finished(
        canvas.rules([Rule(x(0), 0, x(0), height)], "rule"),
        *(_box(canvas, *one, x) for one in zip(found, middles, strict=True)),
        *_intervals(canvas, found, middles, x),
        *(_number(canvas, *one, x) for one in zip(found, middles, strict=True)),
        canvas.texts(named),
    )


def _box(canvas: Canvas, bar: Bar, middle: float, x: Span) -> Layer:
    if bar.value is None:
        return canvas.boxes([], bar.token)
    left, right = sorted((x(0), x(bar.value)))
    box = Box(left, middle - BAR / 2, right, middle + BAR / 2)
    return canvas.boxes([box], bar.token, tells=(bar.line,))


def _intervals(canvas: Canvas, found: list[Bar], middles: list[float], x: Span) -> list[Layer]:
    """Thin lines on top of all bars; a pale edge lets them be seen on a dark bar."""
    lines = [
        Rule(x(bar.low), middle, x(bar.high), middle)
        for bar, middle in zip(found, middles, strict=True)
        if bar.low is not None and bar.high is not None
    ]
    return [canvas.rules(lines, "bg", 5), canvas.rules(lines, "text", 2)]


def _number(canvas: Canvas, bar: Bar, middle: float, x: Span) -> Layer:
    """The number at the end of the bar and of its interval."""
    value = bar.value or 0.0
    if value < 0:
        return canvas.texts([Words(x(value) - GAP, middle, bar.text)], align="right")
    end = value if bar.high is None else bar.high
    # Without a length there is no bar to point at, but its words.
    tells = (bar.line,) if bar.value is None else ("",)
    return canvas.texts([Words(x(end) + GAP, middle, bar.text)], tells=tells)


def _placed(found: list[Bar], is_wide: bool) -> tuple[list[Place], float]:
    """The place of every bar, and the height of all; bars of a name stand close together."""
    sizes = Counter(bar.name for bar in found)
    places: list[Place] = []
    y = 4.0
    previous, after = None, 0.0
    for bar in found:
        name = wrapped(bar.name, 34 if is_wide else 48)
        lines = name.count("\n") + 1
        is_first = bar.name != previous
        if is_first:
            # A name of several lines beside few bars needs more room than they do.
            room = max(0, lines * LINE - sizes[bar.name] * (BAR + 6) - 6) if is_wide else 0
            y += after + (12 if places else 4) + (room / 2 if is_wide else lines * LINE)
            after = room / 2
        y += BAR / 2 + 1
        if is_wide:
            name_y = y + (sizes[bar.name] - 1) * (BAR + 6) / 2
        else:
            name_y = y - BAR / 2 - 2 - lines * LINE / 2
        name_y -= (lines - 1) * FONT_SIZE * 1.2 / 2
        places.append(Place(y, name if is_first else "", name_y))
        y += BAR / 2 + 5
        previous = bar.name
    return places, y + after + 2


def _domain(found: list[Bar], is_share: bool) -> tuple[float, float]:
    if is_share:
        return 0.0, 1.0
    values = [0.0, *(bar.value for bar in found if bar.value is not None)]
    return min(values), max(values) or 1.0
