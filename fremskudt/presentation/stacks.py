"""Stacks: one bar a group or municipality, divided into the pieces of a whole or a sum."""

from typing import Any

import altair as alt
import pandas as pd

from fremskudt.disclosure import FEW, HIDDEN, SHOWN, Publishable
from fremskudt.presentation.cells import (
    category_label,
    group_label,
    place_label,
    visible_categories,
)
from fremskudt.presentation.drawing import (
    FONT_SIZE,
    NAME_WIDTH,
    NARROW,
    STACK,
    WIDE,
    finished,
    token_of,
    wrapped,
)
from fremskudt.presentation.figure import Figure, Key
from fremskudt.presentation.numbers import NBSP, kroner, number, percent
from fremskudt.presentation.theme import ON_MARK, colour

AIR = 12  # pixels between the bars of two municipalities


def stack(table: Publishable, name: str, title: str, note: str, is_share: bool) -> Figure:
    """A figure of stacks; `charts` says which kinds there are."""
    segments, bars = _segments(table, is_share)
    categories = [c for c in visible_categories(table) if c != "total"]
    if table.is_merged:
        # Lines may be merged differently: only the pieces that are drawn need a name.
        drawn = set(table.frame.loc[table.frame["count"] > 0, "category"])
        categories = [c for c in categories if c in drawn]
    legend = [Key(token_of(table, c), category_label(table, c)) for c in categories]
    if any(segment["kind"] == HIDDEN for segment in segments):
        legend.append(Key("protected", "Skjult"))
    return Figure(
        table,
        name,
        title,
        "Stablet søjlediagram",
        _draw_stack(segments, bars, WIDE, is_share, beside=True),
        _draw_stack(segments, bars, NARROW, is_share, beside=False),
        tuple(legend),
        note,
    )


def _segments(
    table: Publishable, is_share: bool
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The pieces of every bar from left to right, and the bars with their names."""
    segments: list[dict[str, Any]] = []
    bars: list[dict[str, Any]] = []
    frame = table.frame.rename(columns={"count": "count_"})
    for _, rows in frame.groupby(["municipality", "group"], sort=False):
        bar = _stack_bar(table, rows, len(bars), is_share)
        _joined(bar, bars, table.frame["group"].nunique() > 1)
        bars.append(bar)
        if not bar["note"]:
            segments += _pieces(table, rows, bar, is_share)
    return segments, bars


def _joined(bar: dict[str, Any], before: list[dict[str, Any]], has_groups: bool) -> None:
    """Bars of a municipality stand together: only the first one names it, and air follows."""
    last = before[-1] if before else bar
    is_same = bool(before) and has_groups and last["place"] == bar["place"]
    bar["air"] = last.get("air", 0) + (AIR if before and has_groups and not is_same else 0)
    if is_same:
        bar["name"] = bar["name"].removeprefix(f"{bar['place']}, ")


def _stack_bar(
    table: Publishable, rows: pd.DataFrame, position: int, is_share: bool
) -> dict[str, Any]:
    """A bar's name, its total, and a note in its place when nothing of it can be shown."""
    several = table.frame["municipality"].nunique() > 1
    first = rows.iloc[0]
    place = place_label(table, first["municipality"])
    part = group_label(table, first["group"])
    label = ", ".join(filter(None, [place if several else "", part])) or place
    statuses, n = set(rows["status"]), first["n"]
    note = ""
    if FEW in statuses:
        note = f"for få svar (n{NBSP}={NBSP}{number(n)})"
    elif pd.isna(n) or statuses == {HIDDEN}:
        note = "skjult"
    elif is_share:
        label = f"{label} (n{NBSP}={NBSP}{number(n)})"
    total = 1.0 if is_share else rows.loc[rows["category"] == "total", "value"].sum()
    return {"bar": position, "name": label, "note": note, "total": total, "place": place}


def _pieces(
    table: Publishable, rows: pd.DataFrame, bar: dict[str, Any], is_share: bool
) -> list[dict[str, Any]]:
    """The shown pieces of one bar; what is hidden is one grey piece up to the whole."""
    pieces = []
    position = 0.0
    for row in rows.itertuples(index=False):
        value = row.share if is_share else row.value
        if row.category == "total" or row.status != SHOWN or value <= 0:
            continue
        text = percent(value) if is_share else ""
        pieces.append(_segment(bar["bar"], position, value, token_of(table, row.category), text))
        position += value
    if (rows["status"] == HIDDEN).any():
        rest = max(bar["total"] - position, 0.0)
        pieces.append(_segment(bar["bar"], position, rest, "protected", "skjult", HIDDEN))
    return pieces


def _segment(
    bar: int, start: float, size: float, token: str, text: str, kind: str = SHOWN
) -> dict[str, Any]:
    return {
        "bar": bar,
        "start": start,
        "stop": start + size,
        "middle": start + size / 2,
        "size": size,
        "colour": colour(token),
        "text": text,
        "kind": kind,
    }


def _draw_stack(
    segments: list[dict[str, Any]],
    bars: list[dict[str, Any]],
    width: int,
    is_share: bool,
    beside: bool,
) -> alt.TopLevelMixin:
    names = NAME_WIDTH if beside else 0
    step = STACK + (14 if beside else 34)
    longest = max((bar["total"] for bar in bars), default=1.0) or 1.0
    room = 0 if is_share else 104
    for bar in bars:
        bar["y"] = 6 + bar["air"] + bar["bar"] * step + STACK / 2 + (0 if beside else 22)
        bar["name_y"] = bar["y"] if beside else bar["y"] - STACK / 2 - 11
        bar["shown_name"] = wrapped(bar["name"], 33) if beside else bar["name"]
        bar["total_text"] = "" if is_share or bar["note"] else kroner(bar["total"])
        extra = bar["shown_name"].count("\n") * FONT_SIZE * 1.2 / 2
        bar["name_y"] -= extra
    place = {bar["bar"]: bar["y"] for bar in bars}
    fits = 0.085 if width == WIDE else 0.115
    cells = [
        {**s, "y": place[s["bar"]], "label": s["text"] if s["size"] / longest >= fits else ""}
        for s in segments
    ]
    height = (max(place.values()) if place else 20) + STACK / 2 + 6
    x_scale = alt.Scale(domain=[0, longest], range=[names, width - room])
    y_scale = alt.Scale(domain=[0, height], range=[0, height])
    y = alt.Y("y:Q", scale=y_scale, axis=None)
    base = alt.Chart(alt.Data(values=cells))
    named = alt.Chart(alt.Data(values=[dict(bar) for bar in bars]))
    layers = [
        base.mark_bar(size=STACK, orient="horizontal", stroke=colour("bg"), strokeWidth=1.5).encode(
            x=alt.X("start:Q", scale=x_scale, axis=None),
            x2="stop:Q",
            y=y,
            color=alt.Color("colour:N", scale=None),
        ),
        base.mark_text(
            baseline="middle", fontSize=FONT_SIZE - 1, fontWeight=600, color=ON_MARK.light
        ).encode(x=alt.X("middle:Q", scale=x_scale, axis=None), y=y, text="label:N"),
        named.mark_text(
            align="left",
            baseline="middle",
            fontSize=FONT_SIZE,
            lineBreak="\n",
            color=colour("text"),
        ).encode(
            x=alt.value(0), y=alt.Y("name_y:Q", scale=y_scale, axis=None), text="shown_name:N"
        ),
        named.transform_filter("datum.note != ''")
        .mark_text(align="left", baseline="middle", dx=4, fontSize=FONT_SIZE, color=colour("muted"))
        .encode(x=alt.value(names), y=y, text="note:N"),
    ]
    if not is_share:
        layers.append(
            named.mark_text(
                align="left", baseline="middle", dx=7, fontSize=FONT_SIZE, color=colour("text")
            ).encode(x=alt.X("total:Q", scale=x_scale, axis=None), y=y, text="total_text:N")
        )
    return finished(alt.layer(*layers), width, height)
