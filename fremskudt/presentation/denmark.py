"""A map of Denmark on which every municipality is a field of the same size.

The fields of data/reference/municipalities.csv lie about where the municipalities lie. Equal
fields let Frederiksberg be seen as well as Ringkøbing-Skjern, and read well on a phone. The map
is drawn twice: for wide pages with links, for narrow ones, where a field is too small to be hit
with a finger, as a picture. A list of the same links must stand beside it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from fremskudt.contract.municipality import Municipality
from fremskudt.contract.reference import read_reference
from fremskudt.presentation.drawing import Box
from fremskudt.presentation.layout import CHARACTER, FONT_SIZE
from fremskudt.presentation.sentences import counted_or_named
from fremskudt.presentation.svg import pixels
from fremskudt.presentation.text import safe_html
from fremskudt.presentation.theme import TOKENS
from fremskudt.workspace import HANDBOOK

FILE = HANDBOOK / "data" / "reference" / "municipalities.csv"
ROWS, COLUMNS = 13, 18
WIDE, NARROW = 31, 19  # the side of a field with the space around it, in pixels
SPACE = 2  # between two fields
# Where the parts of the country are named: row and column of the name's middle.
PARTS = {"Jylland": (1.4, 2), "Fyn": (9.3, 6.9), "Sjælland": (5.2, 12.3), "Bornholm": (12.3, 16.6)}


@dataclass(frozen=True)
class Field:
    """A municipality's place on the map: its number, and the row and column from the upper left,
    both from 1."""

    code: str
    name: str
    row: int
    column: int

    def box(self, side: float) -> Box:
        x, y = (self.column - 1) * side + SPACE / 2, (self.row - 1) * side + SPACE / 2
        return Box(x, y, x + side - SPACE, y + side - SPACE)


@cache
def fields() -> dict[str, Field]:
    """The 98 municipalities by number (Danmarks Statistik, as of 2007). The places are chosen by
    hand for this map."""
    return {
        row["code"]: Field(row["code"], row["name"], int(row["row"]), int(row["column"]))
        for row in read_reference(FILE)
    }


def map_of(
    municipalities: Sequence[Municipality], addresses: Mapping[str, str] | None = None
) -> str:
    """The map with these municipalities marked and named, as HTML for wide and narrow pages.

    `addresses` are the pages that the marked fields of the wide map lead to, by slug. A name
    that would lie on another name or on a marked field is left out, and comes forth when its
    field is pointed at. A municipality whose number is none of the 98 is not on the map.
    """
    marked = {one.code: one for one in reversed(municipalities) if one.code in fields()}
    names = [one.short_name for one in municipalities if marked.get(one.code) is one]
    shown = f" Fremhævet: {counted_or_named(names)}." if names else ""
    alt = f"Kort over Danmark, hvor hver kommune er et felt.{shown}"
    wide, narrow = (_drawn(marked, side, alt, {}) for side in (WIDE, NARROW))
    if addresses:
        wide = _drawn(marked, WIDE, alt, addresses)
    return (
        f'<div class="fs-chart fs-map-wide">{wide}</div>'
        f'<div class="fs-chart fs-map-narrow">{narrow}</div>'
    )


def _drawn(
    marked: Mapping[str, Municipality], side: float, alt: str, addresses: Mapping[str, str]
) -> str:
    names = _placed(marked, side)
    places = "".join(
        _place(fields()[code].box(side), names[code], one, addresses.get(one.slug, ""))
        for code, one in sorted(marked.items())
    )
    width, height = pixels(COLUMNS * side), pixels(ROWS * side)
    role = "group" if addresses else "img"
    return (
        f'<svg role="{role}" aria-label="{safe_html(alt)}" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" xmlns="http://www.w3.org/2000/svg">'
        f'<path fill="{TOKENS["line"].css}" d="{_land(marked, side)}"/>'
        f'<g aria-hidden="true" fill="{TOKENS["muted"].css}" font-size="{FONT_SIZE - 1}px" '
        f'text-anchor="middle">{_parts(side)}</g>{places}</svg>'
    )


def _land(marked: Mapping[str, Municipality], side: float) -> str:
    """The fields that are not marked, as one path."""
    size = pixels(side - SPACE)
    boxes = [one.box(side) for code, one in fields().items() if code not in marked]
    return "".join(f"M{pixels(b.x)} {pixels(b.y)}h{size}v{size}h-{size}z" for b in boxes)


def _parts(side: float) -> str:
    return " ".join(
        f'<text x="{pixels((column - 0.5) * side)}" y="{pixels((row - 0.5) * side)}">{name}</text>'
        for name, (row, column) in PARTS.items()
    )


@dataclass(frozen=True)
class _Name:
    """Where a name's box lies, and whether it can be read all the time."""

    box: Box
    is_free: bool


def _place(box: Box, name: _Name, one: Municipality, address: str) -> str:
    """A marked field with its name, as a link where it leads somewhere."""
    quiet = "" if name.is_free else ' class="fs-map-quiet"'
    shape = (
        f'<rect x="{pixels(box.x)}" y="{pixels(box.y)}" width="{pixels(box.x2 - box.x)}" '
        f'height="{pixels(box.y2 - box.y)}" fill="{TOKENS["brand"].css}"/>'
        f'<text{quiet} x="{pixels(name.box.x)}" y="{pixels(name.box.y2 - 5)}" '
        f'font-size="{FONT_SIZE}px" font-weight="600" fill="{TOKENS["text"].css}" '
        f'stroke="{TOKENS["bg"].css}" stroke-width="4" stroke-linejoin="round" '
        f'paint-order="stroke">{safe_html(one.short_name)}</text>'
    )
    if not address:
        return f"<g>{shape}</g>" if name.is_free else shape.partition("<text")[0]
    return (
        f'<a class="fs-map-place" href="{safe_html(address)}" '
        f'aria-label="{safe_html(one.short_name)}">{shape}</a>'
    )


def _placed(marked: Mapping[str, Municipality], side: float) -> dict[str, _Name]:
    """A place for every name: beside, over or under its field, on as little land as can be."""
    land = [one.box(side) for one in fields().values()]
    taken = [fields()[code].box(side) for code in marked]
    taken += [_around((c - 0.5) * side, (r - 0.5) * side - 4, n) for n, (r, c) in PARTS.items()]
    found = {}
    for code, one in sorted(marked.items()):
        around = _candidates(fields()[code].box(side), one.short_name)
        inside = [b for b in around if b.x >= 0 and b.y >= 0 and b.x2 <= COLUMNS * side]
        free = [b for b in inside if not any(_overlap(b, other) for other in taken)]
        wanted = free or inside or around
        best = min(wanted, key=lambda box: sum(_overlap(box, other) for other in land))
        found[code] = _Name(best, bool(free))
        if free:
            taken.append(best)
    return found


def _around(x: float, y: float, text: str) -> Box:
    """The box of a text about its middle."""
    half = CHARACTER * len(text) / 2 + 2
    return Box(x - half, y - FONT_SIZE / 2 - 2, x + half, y + FONT_SIZE / 2 + 2)


def _candidates(box: Box, text: str) -> list[Box]:
    """Where a field's name could stand: to the right, to the left, under and over it."""
    x, y = (box.x + box.x2) / 2, (box.y + box.y2) / 2
    across = (box.x2 - box.x) / 2 + CHARACTER * len(text) / 2 + 5
    down = (box.y2 - box.y) / 2 + FONT_SIZE / 2 + 3
    steps = [(across, 0), (-across, 0), (0, down), (0, -down)]
    steps += [(dx, dy) for dx in (across, -across) for dy in (-down / 2, down / 2)]
    return [_around(x + dx, y + dy, text) for dx, dy in steps]


def _overlap(one: Box, other: Box) -> bool:
    return one.x < other.x2 and other.x < one.x2 and one.y < other.y2 and other.y < one.y2
