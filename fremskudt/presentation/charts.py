"""The handbook's charts: bars of shares or amounts, and stacks to a whole or a sum.

Every chart takes a Publishable table and is drawn twice, for wide pages (names beside the
bars) and for narrow ones (names above the bars). Marks are drawn from shown rows only: a
hidden cell is words, never a length.
"""

from typing import Any

import altair as alt
import pandas as pd

from fremskudt.contract.scales import scale
from fremskudt.disclosure import FEW, HIDDEN, SHOWN, Publishable
from fremskudt.presentation.cells import (
    category_label,
    cell_text,
    group_label,
    place_label,
    rows_of,
    visible_categories,
)
from fremskudt.presentation.figure import Figure
from fremskudt.presentation.numbers import NBSP, kroner, number, percent
from fremskudt.presentation.theme import ON_MARK, colour

WIDE, NARROW = 690, 340
NAME_WIDTH = 230
BAR, STACK = 16, 26
FONT_SIZE = 14
FONT = "Source Sans 3"


def share_bars(table: Publishable, name: str, title: str = "", note: str = "") -> Figure:
    """One bar a category (and group): the share, its 95 % interval and "7 af 11 (64 %)"."""
    return _bars(table, name, title or table.measure.title, note, is_share=True)


def amount_bars(table: Publishable, name: str, title: str = "", note: str = "") -> Figure:
    """One bar a category (and municipality): an amount that may be negative."""
    return _bars(table, name, title or table.measure.title, note, is_share=False)


def share_stack(table: Publishable, name: str, title: str = "", note: str = "") -> Figure:
    """One bar a group or municipality, divided into the shares of an ordered scale."""
    return _stack(table, name, title or table.measure.title, note, is_share=True)


def amount_stack(table: Publishable, name: str, title: str = "", note: str = "") -> Figure:
    """One bar a group (and municipality), divided into amounts that sum to a total."""
    return _stack(table, name, title or table.measure.title, note, is_share=False)


def token_of(table: Publishable, category: str) -> str:
    """The colour token of a category: the meaning of a colour is the same in every chart."""
    if category == "total":
        return "total"
    if not table.measure.scale:
        return "single"
    return scale(table.measure.scale)[category].token


# --- bars ---------------------------------------------------------------------------------


def _bars(table: Publishable, name: str, title: str, note: str, is_share: bool) -> Figure:
    rows = _bar_rows(table, is_share)
    series = list(dict.fromkeys((row["token"], row["series"]) for row in rows))
    legend = tuple(series) if len(series) > 1 and table.group_scale else ()
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
        has_both = bool(place) and len(shown) > 1
        text = cell_text(table, row)
        rows.append(
            {
                "name": category if has_both else place or category,
                "series": series,
                "token": token,
                "colour": colour(token),
                "value": None if pd.isna(value) else float(value),
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
    return _finished(alt.layer(*layers), width, height)


def _placed(rows: list[dict[str, Any]], beside: bool) -> list[dict[str, Any]]:
    """Give every bar its y position; bars of the same name stand close together."""
    placed: list[dict[str, Any]] = []
    y = 4.0
    previous = None
    for row in rows:
        names = [r for r in rows if r["name"] == row["name"]]
        is_first = row["name"] != previous
        wrapped = _wrapped(row["name"], 34 if beside else 48)
        lines = wrapped.count("\n") + 1
        if is_first:
            y += 12 if placed else 4
            if not beside:
                y += lines * 17
        y += BAR / 2 + 1
        first_y = (
            y + (len(names) - 1) * (BAR + 6) / 2 if beside else y - BAR / 2 - 1 - lines * 17 / 2 - 1
        )
        centre = first_y - (lines - 1) * FONT_SIZE * 1.2 / 2 if beside or lines > 1 else first_y
        placed.append({**row, "y": y, "name_y": centre if is_first else -1, "shown_name": wrapped})
        y += BAR / 2 + 5
        previous = row["name"]
    for row in placed:
        row["bottom"] = y + 2
    return placed


def _wrapped(text: str, width: int) -> str:
    """Break a name over at most two lines at a space."""
    if len(text) <= width:
        return text
    cut = text.rfind(" ", 0, width + 1)
    return text[:cut] + "\n" + text[cut + 1 :] if cut > 0 else text


def _domain(rows: list[dict[str, Any]], is_share: bool) -> tuple[float, float]:
    if is_share:
        return 0.0, 1.0
    values = [row["value"] for row in rows if row["value"] is not None] or [0.0]
    return min(0.0, *values) if values else 0.0, max(0.0, *values) or 1.0


# --- stacks -------------------------------------------------------------------------------


def _stack(table: Publishable, name: str, title: str, note: str, is_share: bool) -> Figure:
    segments, bars = _segments(table, is_share)
    categories = [c for c in visible_categories(table) if c != "total"]
    legend = [(token_of(table, c), category_label(table, c)) for c in categories]
    if any(segment["kind"] == HIDDEN for segment in segments):
        legend.append(("protected", "Skjult"))
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
        bars.append(bar)
        if not bar["note"]:
            segments += _pieces(table, rows, bar["bar"], is_share)
    return segments, bars


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
    return {"bar": position, "name": label, "note": note, "total": total}


def _pieces(
    table: Publishable, rows: pd.DataFrame, bar: int, is_share: bool
) -> list[dict[str, Any]]:
    """The shown pieces of one bar; what is hidden is one grey piece up to the whole."""
    pieces = []
    position = 0.0
    for row in rows.itertuples(index=False):
        value = row.share if is_share else row.value
        if row.category == "total" or row.status != SHOWN or value <= 0:
            continue
        text = percent(value) if is_share else ""
        pieces.append(_segment(bar, position, value, token_of(table, row.category), text))
        position += value
    if (rows["status"] == HIDDEN).any():
        pieces.append(_segment(bar, position, 1 - position, "protected", "skjult", HIDDEN))
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
        bar["y"] = 6 + bar["bar"] * step + STACK / 2 + (0 if beside else 22)
        bar["name_y"] = bar["y"] if beside else bar["y"] - STACK / 2 - 11
        bar["shown_name"] = _wrapped(bar["name"], 33) if beside else bar["name"]
        bar["total_text"] = "" if is_share else kroner(bar["total"])
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
    return _finished(alt.layer(*layers), width, height)


def _finished(chart: alt.LayerChart, width: int, height: float) -> alt.TopLevelMixin:
    return (
        chart.properties(width=width, height=height, padding=0, background="transparent")
        .configure(font=FONT, aria=False)
        .configure_view(stroke=None)
    )
