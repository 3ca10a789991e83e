"""What a drawing shows, read back from its SVG: marks at their places on the page.

Vega's SVG and the handbook's own say the same in different words: a rectangle is a path or a
`rect`, a place is moved by groups or given outright, a look stands on a mark or on its group.
"""

import re
from typing import NamedTuple

from lxml import etree

INHERITED = ("fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linejoin")
OF_TEXT = ("fill", "font-size", "font-weight", "text-anchor")
NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[-+]?\d+)?")
TOKEN = re.compile(r"var\(--fs-[a-z0-9-]+, (#[0-9a-f]{6})\)")
NOT_DRAWN = {"none", None}


class Shape(NamedTuple):
    """A mark: its kind, how it looks, its words, and the numbers that say where it is."""

    kind: str
    look: dict[str, str]
    words: tuple[str, ...]
    at: list[float]


def shapes(drawn: str) -> list[Shape]:
    """The marks of a drawing from the lowest to the uppermost."""
    return list(_within(etree.fromstring(drawn), (0.0, 0.0), {}))


def size(drawn: str) -> list[float]:
    """Width and height of the page on which the marks stand."""
    return numbers(etree.fromstring(drawn).get("viewBox"))[2:]


def numbers(text: str | None) -> list[float]:
    return [float(one) for one in NUMBER.findall(text or "")]


def _within(element, moved, given):
    by = numbers(element.get("transform")) or [0.0, 0.0]
    moved = (moved[0] + by[0], moved[1] + by[1])
    given = {**given, **element.attrib}
    if etree.QName(element).localname in ("svg", "g"):
        for child in element:
            yield from _within(child, moved, given)
    elif element.tag.endswith("text"):
        yield _text(element, moved, given)
    elif {given.get("fill"), given.get("stroke")} - NOT_DRAWN:
        kind, at = _geometry(element)
        turns = [value + moved[place % 2] for place, value in enumerate(at)]
        yield Shape(kind, _look(given, INHERITED), (), turns)


def _look(given, names):
    """What is said of the look; what is not said is left out, as is what makes no difference."""
    found = {name: TOKEN.sub(r"\1", given.get(name, "")) for name in names}
    return {name: value for name, value in found.items() if value not in ("", "none", "400")}


def _text(element, moved, given):
    lines = list(element) or [element]
    steps = numbers(" ".join(line.get("dy", "") for line in lines[1:]))
    left, top = (float(element.get(name, 0)) + by for name, by in zip("xy", moved, strict=True))
    for line in lines[1:]:
        assert float(line.get("x", 0)) == float(element.get("x", 0))
    words = tuple(line.text for line in lines)
    return Shape("text", _look(given, OF_TEXT), words, [left, top, *steps])


def _geometry(element):
    """A mark's kind and its points, one number after the other; a dot's radius stands in them as
    the point to its right."""
    name = etree.QName(element).localname
    of = {key: numbers(element.get(key)) for key in element.attrib}
    if name == "rect":
        (x,), (y,), (width,), (height,) = (of[key] for key in ("x", "y", "width", "height"))
        return "rect", [x, y, x + width, y + height]
    if name == "line":
        return "line", [(of.get(key) or [0.0])[0] for key in ("x1", "y1", "x2", "y2")]
    if name == "circle":
        (x,), (y,), (radius,) = (of[key] for key in ("cx", "cy", "r"))
        return "dot", [x, y, x + radius, y]
    if name == "polyline":
        return "path", of["points"]
    signs = re.sub(r"[^A-Za-z]", "", element.get("d"))
    if signs == "MhvhZ":
        x, y, width, height, _ = of["d"]
        return "rect", [x, y, x + width, y + height]
    if signs == "MAA":
        return "dot", [0.0, 0.0, of["d"][0], 0.0]
    assert re.fullmatch("ML+", signs), signs
    return "path", of["d"]
