"""Marks at pixel positions, and axes of round numbers: what the charts with axes are made of."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import altair as alt

from fremskudt.presentation.drawing import FONT_SIZE, finished
from fremskudt.presentation.numbers import number
from fremskudt.presentation.theme import colour

CHARACTER = 6.9  # the mean width of a character at FONT_SIZE, in pixels
Row = dict[str, Any]


@dataclass(frozen=True)
class Span:
    """A stretch of numbers laid out on a stretch of pixels."""

    low: float
    high: float
    start: float
    stop: float

    def __call__(self, value: float) -> float:
        """The pixel of a value."""
        share = (value - self.low) / (self.high - self.low)
        return self.start + share * (self.stop - self.start)


def round_ticks(low: float, high: float, count: int) -> list[float]:
    """About `count` round numbers from at or below `low` to at or above `high`; 0 if between."""
    width = max(high - low, 1e-9) / max(count, 1)
    magnitude = 10 ** math.floor(math.log10(width))
    step = next(m * magnitude for m in (1, 2, 5, 10) if m * magnitude >= width * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [position * step for position in range(first, max(last, first + 1) + 1)]


def with_zero(low: float, high: float) -> tuple[float, float]:
    """The range with zero in it, unless zero lies so far away that the rest would shrink."""
    far = 2 * max(high - low, 1.0)
    return (low if low > far else min(low, 0.0)), (high if high < -far else max(high, 0.0))


def thousands(kroner: float) -> str:
    """A number of an axis in 1.000 kr.: 150000 is "150", 2500 is "2,5"."""
    value = kroner / 1000
    return number(value, 0 if abs(value - round(value)) < 0.01 else 1)


def spread(wanted: Sequence[float], distance: float, low: float, high: float) -> list[float]:
    """Positions as near to the wanted ones as a least distance and two limits allow."""
    order = sorted(range(len(wanted)), key=lambda place: (wanted[place], place))
    placed: list[list[float]] = []  # runs of labels that touch: [first position, labels, Σ offset]
    for rank in order:
        run = [wanted[rank], 1.0, wanted[rank]]
        while placed and placed[-1][0] + placed[-1][1] * distance > run[0]:
            before = placed.pop()
            total = before[2] + run[2] - before[1] * distance * run[1]
            count = before[1] + run[1]
            run = [total / count, count, total]
        limit = max(low, high - (run[1] - 1) * distance)
        run[0] = min(max(run[0], low), limit)
        placed.append(run)
    positions = [0.0] * len(wanted)
    ranks = iter(order)
    for first, count, _ in placed:
        for place in range(int(count)):
            positions[next(ranks)] = first + place * distance
    return positions


@dataclass(frozen=True)
class Layer:
    """Marks of one kind and look. Layers that are alike are drawn as one, where the first of
    them stands; a `rank` of its own keeps a layer apart."""

    mark: str
    rows: Sequence[Row]
    options: tuple[tuple[str, Any], ...]
    rank: int = 0

    @property
    def look(self) -> tuple[object, ...]:
        return (self.mark, self.options, self.rank)


def _layer(mark: str, rows: Sequence[Row], look: Row, rank: int = 0) -> Layer:
    return Layer(mark, rows, tuple(look.items()), rank)


@dataclass(frozen=True)
class Canvas:
    """A drawing of a width and a height; rows give the pixels x, y (and x2, y2)."""

    width: int
    height: float

    def rules(
        self, rows: Sequence[Row], token: str, width: float = 1, dash: tuple[int, ...] = ()
    ) -> Layer:
        """Straight lines from (x, y) to (x2, y2)."""
        look = {"color": colour(token), "strokeWidth": width, "strokeDash": dash}
        return _layer("rule", rows, look)

    def line(
        self, rows: Sequence[Row], token: str, width: float, dash: tuple[int, ...] = ()
    ) -> Layer:
        """One line through all points, in the order of their `order`."""
        look = {"color": colour(token), "strokeWidth": width, "strokeDash": dash}
        # Two lines that look alike must not become one.
        return _layer("line", rows, look | {"strokeJoin": "round"}, rank=id(rows))

    def points(self, rows: Sequence[Row], token: str, size: float = 46) -> Layer:
        """Round dots with an edge in the page's colour."""
        look = {"color": colour(token), "stroke": colour("bg"), "size": size}
        return _layer("point", rows, look | {"filled": True, "opacity": 1})

    def boxes(
        self, rows: Sequence[Row], token: str, is_outline: bool = False, rank: int = 0
    ) -> Layer:
        """Rectangles from (x, y) to (x2, y2); an outline keeps within its rectangle."""
        if not is_outline:
            return _layer("rect", rows, {"color": colour(token), "opacity": 1}, rank)
        within = [
            {"x": r["x"] + 1, "x2": max(r["x2"] - 1, r["x"] + 1.5), "y": r["y"] + 1}
            | {"y2": r["y2"] - 1}
            for r in rows
        ]
        look = {"fill": colour("bg"), "stroke": colour(token), "strokeWidth": 2, "opacity": 1}
        return _layer("rect", within, look, rank)

    def texts(
        self,
        rows: Sequence[Row],
        ink: str = "text",
        align: str = "left",
        size: float = FONT_SIZE,
        is_bold: bool = False,
    ) -> Layer:
        """Text at (x, y), which is the middle of its height."""
        look = {"fontSize": size, "fontWeight": 600 if is_bold else 400, "color": colour(ink)}
        return _layer(
            "text", rows, look | {"align": align, "baseline": "middle", "lineBreak": "\n"}
        )

    def finished(self, *layers: Layer) -> alt.TopLevelMixin:
        """The layers that have marks as one chart of exactly this size; text lies on top."""
        merged: dict[tuple[object, ...], Layer] = {}
        for layer in layers:
            before = merged.get(layer.look)
            rows = [*before.rows, *layer.rows] if before else layer.rows
            merged[layer.look] = replace(layer, rows=rows)
        text_on_top = sorted(merged.values(), key=lambda layer: layer.mark == "text")
        drawn = alt.layer(*(self._chart(layer) for layer in text_on_top if layer.rows))
        return finished(drawn, self.width, self.height).properties(autosize="none")

    def _chart(self, layer: Layer) -> alt.Chart:
        along = alt.Scale(domain=[0, self.width], range=[0, self.width])
        down = alt.Scale(domain=[0, self.height], range=[0, self.height])
        more: dict[str, str] = {e: f"{e}:Q" for e in ("x2", "y2") if e in layer.rows[0]}
        more |= {"text": "text:N"} if layer.mark == "text" else {}
        more |= {"order": "order:Q"} if layer.mark == "line" else {}
        look = {key: list(v) if isinstance(v, tuple) else v for key, v in layer.options}
        chart = alt.Chart(alt.Data(values=list(layer.rows)))
        return getattr(chart, f"mark_{layer.mark}")(**look).encode(
            x=alt.X("x:Q", scale=along, axis=None), y=alt.Y("y:Q", scale=down, axis=None), **more
        )
