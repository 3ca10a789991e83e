"""Bars: one a category, and one a group or municipality within it, laid out by hand.

Positions are pixels, so that names can stand beside the bars on wide pages and above them on
narrow ones.
"""

import math
from typing import Any

import altair as alt
import pandas as pd

from fremskudt.contract.scales import scale
from fremskudt.disclosure import FEW, Publishable
from fremskudt.presentation.cells import (
    category_label,
    cell_text,
    group_label,
    place_label,
    rows_of,
    visible_categories,
)
from fremskudt.presentation.drawing import (
    BAR,
    FONT_SIZE,
    NAME_WIDTH,
    NARROW,
    WIDE,
    finished,
    token_of,
    wrapped,
)
from fremskudt.presentation.figure import Figure, Key
from fremskudt.presentation.theme import colour


def bars(table: Publishable, name: str, title: str, note: str, is_share: bool) -> Figure:
    """A figure of bars; `charts` says which kinds there are."""
    rows = _bar_rows(table, is_share)
    series = list(dict.fromkeys((row["token"], row["series"]) for row in rows))
    legend = tuple(Key(*one) for one in series) if len(series) > 1 and table.group_scale else ()
    return Figure(
        table,
        name,
        title,
        "Søjlediagram",
        _draw_bars(rows, WIDE, is_share, beside=True),
        _draw_bars(rows, NARROW, is_share, beside=False),
        legend,
        note,
        has_intervals=is_share,
    )


def _bar_rows(table: Publishable, is_share: bool) -> list[dict[str, Any]]:
    several = table.frame["municipality"].nunique() > 1
    shown = visible_categories(table)
    places = list(dict.fromkeys(table.frame["municipality"]))
    wanted = [row for row in rows_of(table) if row.category in shown and row.status != FEW]
    # Bars that are to be compared stand together: the phases, or the municipalities, of an answer.
    wanted.sort(key=lambda row: (shown.index(row.category), places.index(row.municipality)))
    rows = []
    for row in wanted:
        category = category_label(table, row.category)
        token = token_of(table, row.category)
        series = ""
        if table.group_scale:
            token = scale(table.group_scale)[row.group].token
            series = group_label(table, row.group)
        place = place_label(table, row.municipality) if several else ""
        value = row.share if is_share else row.value
        has_length = pd.notna(value) and math.isfinite(value)
        has_both = bool(place) and len(shown) > 1
        text = cell_text(table, row)
        rows.append(
            {
                "name": category if has_both else place or category,
                "series": series,
                "token": token,
                "colour": colour(token),
                "value": float(value) if has_length else None,
                "low": float(row.lower) if is_share and pd.notna(row.lower) else None,
                "high": float(row.upper) if is_share and pd.notna(row.upper) else None,
                "text": f"{place}: {text}" if has_both else text,
            }
        )
    return rows


NOTHING = {
    "name": "For få svar til en figur",
    "series": "",
    "token": "single",
    "colour": colour("single"),
    "value": None,
    "low": None,
    "high": None,
    "text": "",
}


def _draw_bars(
    rows: list[dict[str, Any]], width: int, is_share: bool, beside: bool
) -> alt.TopLevelMixin:
    """Lay the bars out by hand: y positions in pixels, so that names can stand above them."""
    lines = _placed(rows or [NOTHING], beside)
    height = lines[-1]["bottom"]
    low, high = _domain(rows, is_share)
    longest = max((len(row["text"]) for row in rows), default=0)
    label_space = max(104, 14 + 6.9 * longest)
    names = NAME_WIDTH if beside else 0
    x_scale = alt.Scale(
        domain=[low, high],
        range=[names + (label_space if low < 0 else 0), width - label_space],
    )
    y_scale = alt.Scale(domain=[0, height], range=[0, height])
    x = alt.X("value:Q", scale=x_scale, axis=None)
    base = alt.Chart(alt.Data(values=lines))
    y = alt.Y("y:Q", scale=y_scale, axis=None)
    zero = (
        alt.Chart(alt.Data(values=[{"value": 0}]))
        .mark_rule(color=colour("rule"), strokeWidth=1)
        .encode(x=x)
    )
    has_value = "isValid(datum.value)"
    layers = [
        zero,
        base.transform_filter(has_value)
        .mark_bar(size=BAR, orient="horizontal")
        .encode(x=x, x2=alt.datum(0), y=y, color=alt.Color("colour:N", scale=None)),
    ]
    if is_share:
        layers += [
            base.transform_filter("isValid(datum.low)")
            .mark_rule(strokeWidth=width_of_rule, color=colour(of_rule))
            .encode(x=alt.X("low:Q", scale=x_scale, axis=None), x2="high:Q", y=y)
            # A pale edge lets the line be seen on a dark bar.
            for width_of_rule, of_rule in ((5, "bg"), (2, "text"))
        ]
    end = alt.X("end:Q", scale=x_scale, axis=None)
    layers += [
        base.transform_calculate(
            end="isValid(datum.high) ? datum.high : (isValid(datum.value) ? datum.value : 0)"
        )
        .transform_filter("!isValid(datum.value) || datum.value >= 0")
        .mark_text(align="left", baseline="middle", dx=7, fontSize=FONT_SIZE, color=colour("text"))
        .encode(x=end, y=y, text="text:N"),
        base.transform_calculate(end="datum.value")
        .transform_filter("isValid(datum.value) && datum.value < 0")
        .mark_text(
            align="right", baseline="middle", dx=-7, fontSize=FONT_SIZE, color=colour("text")
        )
        .encode(x=end, y=y, text="text:N"),
        base.transform_filter("datum.name_y >= 0")
        .mark_text(
            align="left",
            baseline="middle",
            fontSize=FONT_SIZE,
            lineBreak="\n",
            color=colour("text"),
        )
        .encode(
            x=alt.value(0),
            y=alt.Y("name_y:Q", scale=y_scale, axis=None),
            text="shown_name:N",
        ),
    ]
    return finished(alt.layer(*layers), width, height)


def _placed(rows: list[dict[str, Any]], beside: bool) -> list[dict[str, Any]]:
    """Give every bar its y position; bars of the same name stand close together."""
    placed: list[dict[str, Any]] = []
    y = 4.0
    previous = None
    for row in rows:
        names = [r for r in rows if r["name"] == row["name"]]
        is_first = row["name"] != previous
        shown_name = wrapped(row["name"], 34 if beside else 48)
        lines = shown_name.count("\n") + 1
        if is_first:
            y += 12 if placed else 4
            if not beside:
                y += lines * 17
        y += BAR / 2 + 1
        first_y = (
            y + (len(names) - 1) * (BAR + 6) / 2 if beside else y - BAR / 2 - 1 - lines * 17 / 2 - 1
        )
        centre = first_y - (lines - 1) * FONT_SIZE * 1.2 / 2 if beside or lines > 1 else first_y
        placed.append(
            {**row, "y": y, "name_y": centre if is_first else -1, "shown_name": shown_name}
        )
        y += BAR / 2 + 5
        previous = row["name"]
    for row in placed:
        row["bottom"] = y + 2
    return placed


def _domain(rows: list[dict[str, Any]], is_share: bool) -> tuple[float, float]:
    if is_share:
        return 0.0, 1.0
    values = [row["value"] for row in rows if row["value"] is not None] or [0.0]
    return min(0.0, *values) if values else 0.0, max(0.0, *values) or 1.0
