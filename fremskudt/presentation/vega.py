"""A drawing as a chart of Altair: the same marks at the same places, for an analyst to work on.

The pages are not drawn from it, and nothing that makes them imports this module: to import Altair
takes longer than to draw a municipality's figures.
"""

from typing import Any

import altair as alt

from fremskudt.presentation.drawing import Box, Dot, Drawing, Layer, Look, Mark, Path, Rule, Words
from fremskudt.presentation.theme import TOKENS

FONT = "Source Sans 3"
KINDS = {Box: "rect", Rule: "rule", Path: "line", Dot: "point", Words: "text"}
Row = dict[str, Any]


def chart_of(drawing: Drawing) -> alt.LayerChart:
    """The drawing as a layered chart of exactly its size, in the colours of a light page."""
    charts = [_chart(drawing, layer, rows) for layer in drawing.layers for rows in _data(layer)]
    return (
        alt.layer(*charts)
        .properties(
            width=drawing.width,
            height=drawing.height,
            padding=0,
            autosize="none",
            background="transparent",
        )
        .configure(font=FONT, aria=False)
        .configure_view(stroke=None)
    )


def _data(layer: Layer) -> list[list[Row]]:
    """The rows of a layer; a line through points needs data of its own."""
    paths = [mark.points for mark in layer.marks if isinstance(mark, Path)]
    if paths:
        return [
            [{"x": x, "y": y, "order": place} for place, (x, y) in enumerate(points)]
            for points in paths
        ]
    return [[mark._asdict() for mark in layer.marks]]


def _chart(drawing: Drawing, layer: Layer, rows: list[Row]) -> alt.Chart:
    along = alt.Scale(domain=[0, drawing.width], range=[0, drawing.width])
    down = alt.Scale(domain=[0, drawing.height], range=[0, drawing.height])
    more: Row = {name: f"{name}:Q" for name in ("x2", "y2", "order") if name in rows[0]}
    more |= {"text": "text:N"} if layer.kind is Words else {}
    mark = getattr(alt.Chart(alt.Data(values=rows)), f"mark_{KINDS[layer.kind]}")
    return mark(**_options(layer.kind, layer.look)).encode(
        x=alt.X("x:Q", scale=along, axis=None), y=alt.Y("y:Q", scale=down, axis=None), **more
    )


def _options(kind: type[Mark], look: Look) -> Row:
    """A look in the words of Vega-Lite."""
    options: Row = {"opacity": 1}
    if look.fill:
        options["fill"] = TOKENS[look.fill].light
    if look.stroke:
        options |= {"stroke": TOKENS[look.stroke].light, "strokeWidth": look.width}
    if look.dash:
        options["strokeDash"] = list(look.dash)
    if kind is Path:
        options["strokeJoin"] = "round"
    if kind is Dot:
        options |= {"filled": True, "size": (2 * look.size) ** 2}
    if kind is Words:
        weight = 600 if look.is_bold else 400
        options |= {"fontSize": look.size, "fontWeight": weight, "align": look.align}
        options |= {"baseline": "middle", "lineBreak": "\n"}
    return options
