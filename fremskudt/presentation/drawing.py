"""A finished drawing: marks at pixel positions, in layers of one look, the lowest layer first.

It is data and nothing else. `svg` writes it for a page; `vega` makes it a chart for an analyst to
work on.
"""

from dataclasses import dataclass
from typing import Literal, NamedTuple


class Box(NamedTuple):
    """A rectangle from (x, y), its upper left corner, to (x2, y2)."""

    x: float
    y: float
    x2: float
    y2: float


class Rule(NamedTuple):
    """A straight line from (x, y) to (x2, y2)."""

    x: float
    y: float
    x2: float
    y2: float


class Path(NamedTuple):
    """A line through points (x, y)."""

    points: tuple[tuple[float, float], ...]


class Dot(NamedTuple):
    """A round dot about (x, y)."""

    x: float
    y: float


class Words(NamedTuple):
    """Text at x; y is the middle of its first line, and a line break begins the next one."""

    x: float
    y: float
    text: str


Mark = Box | Rule | Path | Dot | Words


class Look(NamedTuple):
    """How marks are drawn. Colours are names of the theme's tokens, "" for none; lengths are
    pixels: `width` that of the stroke, `size` that of letters or of a dot's radius."""

    fill: str = ""
    stroke: str = ""
    width: float = 0
    dash: tuple[int, ...] = ()
    size: float = 0
    align: Literal["left", "center", "right"] = "left"
    is_bold: bool = False


@dataclass(frozen=True)
class Layer:
    """Marks of one kind and look. Layers that are alike are drawn as one; a `rank` of its own
    keeps a layer apart. `tells` has for each mark the lines of the figure's table of numbers that
    it shows: "" for none, "3", "3 4" for several; of a path the line of its first point, and the
    next points show the next lines. No tells, no mark shows any."""

    kind: type[Mark]
    marks: tuple[Mark, ...]
    look: Look
    rank: int = 0
    tells: tuple[str, ...] = ()

    @property
    def told(self) -> tuple[str, ...]:
        """What each mark tells, also where none does."""
        return self.tells or ("",) * len(self.marks)


@dataclass(frozen=True)
class Drawing:
    """Layers on an area of a width and a height in pixels."""

    width: float
    height: float
    layers: tuple[Layer, ...]
