"""Stacks: one bar a group or municipality, divided into the pieces of a whole or a sum."""

import math
from dataclasses import dataclass
from typing import Any, NamedTuple

from fremskudt.disclosure import FEW, HIDDEN, SHOWN, Publishable
from fremskudt.presentation.canvas import Canvas, Span
from fremskudt.presentation.cells import (
    category_label,
    group_label,
    place_label,
    rows_of,
    visible_categories,
)
from fremskudt.presentation.datasheet import Lines
from fremskudt.presentation.drawing import Box, Drawing, Words
from fremskudt.presentation.figure import Figure, Key
from fremskudt.presentation.layout import (
    EDGE,
    FONT_SIZE,
    NAME_WIDTH,
    NARROW,
    STACK,
    WIDE,
    tokens_of,
    wrapped,
)
from fremskudt.presentation.numbers import NBSP, kroner, number, percent

AIR = 12  # pixels between the bars of two municipalities
PROTECTED = "protected"


class Piece(NamedTuple):
    """A piece of a bar from `start`, what stands in it when there is room, and the lines of the
    table that it shows."""

    token: str
    start: float
    size: float
    text: str
    lines: str


@dataclass(frozen=True)
class Bar:
    """A bar: its name, the sum of its pieces, or a note in their place; `air` is the space in
    pixels that sets it and those before it apart from the bars of other municipalities; `lines`
    are those of the table that its note or its sum stands for."""

    place: str
    name: str
    note: str
    total: float
    air: int
    pieces: tuple[Piece, ...]
    lines: str


def stack(table: Publishable, name: str, title: str, note: str, is_share: bool) -> Figure:
    """A figure of stacks; `charts` says which kinds there are."""
    bars = _bars(table, is_share)
    categories = [c for c in visible_categories(table) if c != "total"]
    if table.is_merged:
        # Lines may be merged differently: only the pieces that are drawn need a name.
        drawn = set(table.frame.loc[table.frame["count"] > 0, "category"])
        categories = [c for c in categories if c in drawn]
    tokens = tokens_of(table)
    legend = [Key(tokens[c], category_label(table, c)) for c in categories]
    if any(piece.token == PROTECTED for bar in bars for piece in bar.pieces):
        legend.append(Key(PROTECTED, "Skjult"))
    return Figure(
        table,
        name,
        title,
        "Stablet søjlediagram",
        _draw(bars, WIDE, is_share),
        _draw(bars, NARROW, is_share),
        tuple(legend),
        note,
    )


def _bars(table: Publishable, is_share: bool) -> list[Bar]:
    """The bars with their pieces from left to right. Those of a municipality stand together:
    only the first one names it, and air follows."""
    by_bar: dict[tuple[str, str], list[Any]] = {}
    for row in rows_of(table):
        by_bar.setdefault((row.municipality, row.group), []).append(row)
    places = list(dict.fromkeys(place for place, _ in by_bar))
    has_groups = len({group for _, group in by_bar}) > 1
    bars: list[Bar] = []
    lines = Lines(table)
    for (slug, group), rows in by_bar.items():
        place, part = place_label(table, slug), group_label(table, group)
        is_same = has_groups and bool(bars) and bars[-1].place == place
        names = [place if len(places) > 1 and not is_same else "", part]
        name = ", ".join(filter(None, names)) or place
        note = _note(rows)
        if is_share and not note:
            name += f" (n{NBSP}={NBSP}{number(rows[0].n)})"
        total = 1.0 if is_share else _total(rows)
        air = places.index(slug) * AIR if has_groups else 0
        pieces = () if note else tuple(_pieces(table, rows, total, is_share, lines))
        whole = rows if note else [row for row in rows if row.category == "total"]
        bars.append(Bar(place, name, note, total, air, pieces, lines(*whole)))
    return bars


def _total(rows: list[Any]) -> float:
    shown = (row for row in rows if row.category == "total" and row.status == SHOWN)
    return float(sum(row.value for row in shown))


def _note(rows: list[Any]) -> str:
    """What stands in a bar's place when nothing of it can be shown."""
    statuses, n = {row.status for row in rows}, rows[0].n
    if FEW in statuses:
        return f"for få svar (n{NBSP}={NBSP}{number(n)})"
    return "skjult" if math.isnan(n) or statuses == {HIDDEN} else ""


def _pieces(
    table: Publishable, rows: list[Any], total: float, is_share: bool, lines: Lines
) -> list[Piece]:
    """The shown pieces of one bar; what is hidden is one grey piece up to the whole."""
    tokens = tokens_of(table)
    pieces = []
    start = 0.0
    for row in rows:
        value = row.share if is_share else row.value
        if row.category == "total" or row.status != SHOWN or not value > 0:
            continue
        text = percent(value) if is_share else ""
        pieces.append(Piece(tokens[row.category], start, value, text, lines(row)))
        start += value
    if hidden := [row for row in rows if row.status == HIDDEN]:
        rest = max(total - start, 0.0)
        pieces.append(Piece(PROTECTED, start, rest, "skjult", lines(*hidden)))
    return pieces


def _draw(bars: list[Bar], width: int, is_share: bool) -> Drawing:
    is_wide = width == WIDE
    step = STACK + (14 if is_wide else 34)
    tops = [6 + bar.air + step * place + (0 if is_wide else 22) for place, bar in enumerate(bars)]
    height = max(tops, default=7) + STACK + 6
    longest = max((bar.total for bar in bars), default=1.0) or 1.0
    x = Span(0, longest, NAME_WIDTH if is_wide else 0, width - (0 if is_share else 104))
    y = Span(0, height, EDGE, height - EDGE)
    fits = longest * (0.085 if is_wide else 0.115)
    canvas = Canvas(width, height)
    layers = []
    for bar, top in zip(bars, tops, strict=True):
        middle = y(top + STACK / 2)
        for token, start, size, text, lines in bar.pieces:
            box = Box(x(start), middle - STACK / 2, x(start + size), middle + STACK / 2)
            label = [Words(x(start + size / 2), middle, text)] if text and size >= fits else []
            layers += [
                canvas.pieces([box], token, (lines,)),
                canvas.texts(label, "on-mark", "center", FONT_SIZE - 1, is_bold=True),
            ]
        name = wrapped(bar.name, 33) if is_wide else bar.name
        above = name.count("\n") * FONT_SIZE * 1.2 / 2 + (0 if is_wide else STACK / 2 + 11)
        layers.append(canvas.texts([Words(0, y(top + STACK / 2 - above), name)]))
        if bar.note:
            words = [Words(x(0) + 4, middle, bar.note)]
            layers.append(canvas.texts(words, "muted", tells=(bar.lines,)))
        elif not is_share:
            words = [Words(x(bar.total) + 7, middle, kroner(bar.total))]
            layers.append(canvas.texts(words, tells=(bar.lines,)))
    return canvas.finished(*layers)
