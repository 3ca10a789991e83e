"""Marks in the looks of the handbook, and axes of round numbers: what charts are drawn with."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from fremskudt.presentation.drawing import Box, Dot, Drawing, Layer, Look, Mark, Path, Rule, Words
from fremskudt.presentation.layout import FONT_SIZE
from fremskudt.presentation.numbers import number

Tells = tuple[str, ...]


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
class Canvas:
    """An area of a width and a height in pixels; gives layers and, at last, the drawing."""

    width: float
    height: float

    def rules(
        self, rules: Iterable[Rule], token: str, width: float = 1, dash: tuple[int, ...] = ()
    ) -> Layer:
        """Straight lines."""
        return Layer(Rule, tuple(rules), Look(stroke=token, width=width, dash=dash))

    def line(
        self, path: Path, token: str, width: float, dash: tuple[int, ...] = (), tells: str = ""
    ) -> Layer:
        """One line through points; `tells` is the table's line that the first one shows."""
        return Layer(Path, (path,), Look(stroke=token, width=width, dash=dash), tells=(tells,))

    def dots(self, dots: Iterable[Dot], token: str) -> Layer:
        """Round dots with an edge in the page's colour."""
        return Layer(Dot, tuple(dots), Look(token, "bg", width=2, size=3.4))

    def boxes(self, boxes: Iterable[Box], token: str, rank: int = 0, tells: Tells = ()) -> Layer:
        """Filled rectangles."""
        return Layer(Box, tuple(boxes), Look(token), rank, tells)

    def pieces(self, boxes: Iterable[Box], token: str, tells: Tells = ()) -> Layer:
        """Filled rectangles that touch, with a line in the page's colour between them."""
        return Layer(Box, tuple(boxes), Look(token, "bg", width=1.5), tells=tells)

    def outlines(self, boxes: Iterable[Box], token: str, rank: int = 0, tells: Tells = ()) -> Layer:
        """Rectangles with nothing but an edge, which keeps within them."""
        within = [Box(b.x + 1, b.y + 1, max(b.x2 - 1, b.x + 1.5), b.y2 - 1) for b in boxes]
        return Layer(Box, tuple(within), Look("bg", token, width=2), rank, tells)

    def texts(
        self,
        words: Iterable[Words],
        ink: str = "text",
        align: Literal["left", "center", "right"] = "left",
        size: float = FONT_SIZE,
        is_bold: bool = False,
        tells: Tells = (),
    ) -> Layer:
        """Text that begins, has its middle, or ends at x."""
        look = Look(ink, size=size, align=align, is_bold=is_bold)
        return Layer(Words, tuple(words), look, tells=tells)

    def finished(self, *layers: Layer) -> Drawing:
        """The layers that have marks, text on top; those that are alike become one, where the
        first of them stands."""
        alike: dict[tuple[type[Mark], Look, int], list[tuple[Mark, str]]] = {}
        for layer in layers:
            if layer.marks:
                key = (layer.kind, layer.look, layer.rank)
                alike.setdefault(key, []).extend(zip(layer.marks, layer.told, strict=True))
        merged = [
            Layer(kind, tuple(mark for mark, _ in m), look, rank, tuple(told for _, told in m))
            for (kind, look, rank), m in alike.items()
        ]
        on_top = sorted(merged, key=lambda layer: layer.kind is Words)
        return Drawing(self.width, self.height, tuple(on_top))
