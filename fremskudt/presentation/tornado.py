"""The assumptions that matter most: the net gain at the low and at the high end of each."""

from typing import NamedTuple

from fremskudt.contract.scales import scale
from fremskudt.disclosure import SHOWN, Publishable
from fremskudt.presentation.canvas import Canvas, Span, with_zero
from fremskudt.presentation.cells import answers_text, category_label, rows_of
from fremskudt.presentation.drawing import Box, Drawing, Layer, Rule, Words
from fremskudt.presentation.figure import Figure, Key
from fremskudt.presentation.layout import BAR, CHARACTER, FONT_SIZE, NARROW, WIDE, wrapped
from fremskudt.presentation.numbers import in_words, kroner, number

LOW, HIGH = "low", "high"
SURE_TO_PEAK = "strength"  # its high end is its likely value: what is avoided, in full
SUBTITLE = "Samlet nettogevinst pr. borger, når ét skøn ad gangen er lavt eller højt"
NAMES, TOP, LINE = 232, 46, FONT_SIZE * 1.2


class Ends(NamedTuple):
    """An assumption with the net gain at its low and its high end."""

    code: str
    label: str
    low: float
    high: float
    line: str = ""


def tornado(table: Publishable, name: str, title: str, note: str) -> Figure:
    """A figure of spans, widest first; `charts` says more."""
    spans = _spans(table)
    likely = next((one.high for one in spans if one.code == SURE_TO_PEAK), None)
    hidden = table.frame["category"].nunique() - len(spans)
    ends = scale("estimate_end")
    legend = (
        Key(ends[LOW].token, ends[LOW].label, "outline"),
        Key(ends[HIGH].token, ends[HIGH].label),
    )
    return Figure(
        table,
        name,
        title,
        "Tornadodiagram",
        _draw(spans, likely, WIDE),
        _draw(spans, likely, NARROW),
        legend,
        " ".join(filter(None, [note, _left_out(hidden)])),
        f"{SUBTITLE}. {answers_text(table)}",
        summary=_summary(spans),
        categories=tuple(one.code for one in spans),
        is_blank=not spans,
    )


def _spans(table: Publishable) -> list[Ends]:
    """The assumptions with both ends shown, in the order of the table."""
    values: dict[str, dict[str, float]] = {}
    for row in rows_of(table):
        if row.status == SHOWN:
            values.setdefault(row.category, {})[row.group] = float(row.value)
    drawn = [code for code, ends in values.items() if {LOW, HIGH} <= ends.keys()]
    # An assumption has a line of its own in the table, with both ends.
    return [
        Ends(code, category_label(table, code), values[code][LOW], values[code][HIGH], str(line))
        for line, code in enumerate(drawn)
    ]


def _left_out(hidden: int) -> str:
    if not hidden:
        return ""
    return f"{in_words(hidden).capitalize()} skøn er ikke vist."


def _summary(spans: list[Ends]) -> str:
    return "; ".join(
        f"{one.label}: {kroner(one.low)} ved lavt og {kroner(one.high)} ved højt skøn"
        for one in spans
    )


def _draw(spans: list[Ends], likely: float | None, width: int) -> Drawing:
    is_wide = width == WIDE
    values = [value for one in spans for value in (one.low, one.high)] or [0.0]
    low, high = with_zero(min(values), max(max(values), min(values) + 1))
    room = 14 + CHARACTER * max(len(_text(value, is_wide)) for value in values)
    start = NAMES if is_wide else 0
    x = Span(low, high, start + room, width - room)
    names = [wrapped(one.label, 34 if is_wide else 46) for one in spans]
    heights = [
        max(BAR + 12, LINE * (label.count("\n") + 1) + 8)
        if is_wide
        else BAR + 16 + LINE * (label.count("\n") + 1)
        for label in names
    ]
    canvas = Canvas(width, TOP + sum(heights) + 4)
    layers = _heads(canvas, x, likely, is_wide)
    if is_wide:
        layers += _uprights(canvas, x, likely, TOP, canvas.height)
    top = float(TOP)
    for one, label, height in zip(spans, names, heights, strict=True):
        middle = top + height / 2 if is_wide else top + height - BAR / 2 - 6
        lines = label.count("\n") + 1
        name_y = (
            middle - (lines - 1) * LINE / 2
            if is_wide
            else middle - BAR / 2 - 5 - (lines - 0.5) * LINE
        )
        # On narrow pages the names stand where the upright lines would run.
        if not is_wide:
            layers += _uprights(canvas, x, likely, middle - BAR / 2 - 4, top + height - 2)
        layers += _bars(canvas, one, x, likely, middle)
        layers += [
            canvas.texts([Words(0, name_y, label)]),
            *_ends(canvas, one, x, middle, is_wide),
        ]
        top += height
    return canvas.finished(*layers)


def _bars(canvas: Canvas, one: Ends, x: Span, likely: float | None, middle: float) -> list[Layer]:
    """From the likely gain to either end; without a likely one, a thin span with two heads."""
    tokens = {LOW: scale("estimate_end")[LOW].token, HIGH: scale("estimate_end")[HIGH].token}
    layers = []
    if likely is None:
        layers.append(canvas.rules([Rule(x(one.low), middle, x(one.high), middle)], "rule", 3))
    values = {LOW: one.low, HIGH: one.high}
    # The longer piece first, so that the shorter one is seen where both lie on one side.
    middle_value = 0.0 if likely is None else likely
    longest_first = sorted(values, key=lambda end: -abs(values[end] - middle_value))
    for rank, end in enumerate(longest_first):
        if likely is None:
            sides = [x(values[end]) - 4, x(values[end]) + 4]
        else:
            sides = sorted((x(likely), x(values[end])))
        if sides[1] - sides[0] < 0.5:
            continue
        box = Box(sides[0], middle - BAR / 2, sides[1], middle + BAR / 2)
        draw = canvas.outlines if end == LOW else canvas.boxes
        layers.append(draw([box], tokens[end], rank, (one.line,)))
    return layers


def _ends(canvas: Canvas, one: Ends, x: Span, middle: float, is_wide: bool) -> list[Layer]:
    """Both ends as text, left and right of the span."""
    small, large = sorted((one.low, one.high))
    left = Words(x(small) - 7, middle, _text(small, is_wide))
    right = Words(x(large) + 7, middle, _text(large, is_wide))
    covers = []
    for label, direction in ((left, -1), (right, 1)):
        end = label.x + direction * (CHARACTER * len(label.text) + 2)
        near, far = sorted((label.x, end))
        if near < x(0) < far:  # the line of zero stops for a number
            half = FONT_SIZE / 2 + 2
            covers.append(
                canvas.boxes([Box(x(0) - 2, middle - half, x(0) + 2, middle + half)], "bg")
            )
    return [*covers, canvas.texts([left], align="right"), canvas.texts([right])]


def _uprights(
    canvas: Canvas, x: Span, likely: float | None, top: float, bottom: float
) -> list[Layer]:
    """Zero and the likely gain as upright lines past one span."""
    layers = []
    for value, token, width in ((0.0, "text", 1.75), (likely, "rule", 1.0)):
        if value is not None and x.low <= value <= x.high:
            layers.append(canvas.rules([Rule(x(value), top, x(value), bottom)], token, width))
    return layers


def _heads(canvas: Canvas, x: Span, likely: float | None, is_wide: bool) -> list[Layer]:
    """The names of the upright lines, on top of them."""
    layers = []
    if x.low <= 0 <= x.high:
        zero = [Words(x(0), TOP - 17, "0")]
        layers.append(canvas.texts(zero, align="center", is_bold=True))
        short = [Rule(x(0), TOP - 8, x(0), TOP)] if is_wide else []
        layers.append(canvas.rules(short, "text", 1.75))
    if likely is not None:
        text = f"Alle skøn sandsynlige: {kroner(likely)}"
        half = CHARACTER * len(text) / 2
        at = min(max(x(likely), (NAMES if is_wide else 0) + half), canvas.width - half)
        layers += [
            canvas.rules([Rule(x(likely), 20, x(likely), TOP)], "rule"),
            canvas.texts([Words(at, 10, text)], "muted", "center"),
        ]
    return layers


def _text(value: float, is_wide: bool) -> str:
    return kroner(value) if is_wide else number(value)
