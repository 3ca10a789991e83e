"""A drawing as the SVG of a page.

Every colour is a token of the theme with its light value to fall back on, so that one drawing
follows the reader's choice of light or dark. There is neither script nor style nor id in it, and
words are escaped. A mark says in `data-r` which lines of the figure's table it shows.
"""

from fremskudt.presentation.drawing import Box, Dot, Drawing, Layer, Look, Mark, Path, Rule, Words
from fremskudt.presentation.text import safe_html
from fremskudt.presentation.theme import TOKENS

ANCHORS = {"left": "start", "center": "middle", "right": "end"}
DROP = 0.3  # from the middle of a line of text down to its baseline, of the size of its letters
LEADING = 2  # pixels between two lines of text


def svg(drawing: Drawing, alt_text: str) -> str:
    """The drawing as one `<svg>` element in one line, with its text alternative."""
    width, height = pixels(drawing.width), pixels(drawing.height)
    layers = "".join(_group(layer) for layer in drawing.layers)
    return (
        f'<svg role="img" aria-label="{safe_html(alt_text)}" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" xmlns="http://www.w3.org/2000/svg">{layers}</svg>'
    )


def pixels(length: float) -> str:
    """A length to a hundredth of a pixel: 12.3456 is "12.35", 12.0 is "12"."""
    text = f"{length:.2f}".rstrip("0").removesuffix(".")
    return "0" if text == "-0" else text


def _group(layer: Layer) -> str:
    marks = "".join(
        _mark(mark, layer.look, f' data-r="{told}"' if told else "")
        for mark, told in zip(layer.marks, layer.told, strict=True)
    )
    return f"<g{_attributes(layer.kind, layer.look)}>{marks}</g>"


def _attributes(kind: type[Mark], look: Look) -> str:
    """What all marks of a layer have in common."""
    found = {"fill": TOKENS[look.fill].css if look.fill else "none"}
    if look.stroke:
        found |= {"stroke": TOKENS[look.stroke].css, "stroke-width": pixels(look.width)}
    if look.dash:
        found["stroke-dasharray"] = ",".join(str(length) for length in look.dash)
    if kind is Path:
        found["stroke-linejoin"] = "round"
    if kind is Words:
        found |= {"font-size": f"{pixels(look.size)}px", "text-anchor": ANCHORS[look.align]}
    if look.is_bold:
        found["font-weight"] = "600"
    return "".join(f' {name}="{value}"' for name, value in found.items())


def _mark(mark: Mark, look: Look, told: str) -> str:
    match mark:
        case Box(x, y, x2, y2):
            size = f'width="{pixels(x2 - x)}" height="{pixels(y2 - y)}"'
            return f'<rect x="{pixels(x)}" y="{pixels(y)}" {size}{told}/>'
        case Rule(x, y, x2, y2):
            start = f'x1="{pixels(x)}" y1="{pixels(y)}"'
            return f'<line {start} x2="{pixels(x2)}" y2="{pixels(y2)}"{told}/>'
        case Path(points):
            through = " ".join(f"{pixels(x)},{pixels(y)}" for x, y in points)
            return f'<polyline points="{through}"{told}/>'
        case Dot(x, y):
            return f'<circle cx="{pixels(x)}" cy="{pixels(y)}" r="{pixels(look.size)}"{told}/>'
        case Words(x, y, text):
            return _words(x, y, text.split("\n"), look.size, told)


def _words(x: float, y: float, lines: list[str], size: float, told: str) -> str:
    """Lines of text under each other; words of two texts stay apart when they are copied."""
    start, step = pixels(x), pixels(size + LEADING)
    inside = safe_html(lines[0])
    if len(lines) > 1:
        inside = f"<tspan>{inside}</tspan>" + "".join(
            f'<tspan x="{start}" dy="{step}">{safe_html(line)}</tspan>' for line in lines[1:]
        )
    return f'<text x="{start}" y="{pixels(y + round(DROP * size))}"{told}>{inside}</text> '
