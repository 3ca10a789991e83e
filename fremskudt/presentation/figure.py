"""A figure: caption, legend, chart for wide and narrow pages, note, origin, and its numbers.

One deterministic HTML block. The chart is inline SVG, so it is there without JavaScript, in
print and in JupyterLab alike; the numbers stand in a table under it and in a CSV file that is
part of the page.
"""

import base64
import csv
import io
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import altair as alt
import pandas as pd
import vl_convert

from fremskudt.disclosure import FEW, Publishable
from fremskudt.presentation.cells import (
    answers_text,
    category_label,
    cell_text,
    group_label,
    interval_text,
    origin_labels,
    place_label,
    rows_of,
    safe_html,
    visible_categories,
)
from fremskudt.presentation.numbers import NBSP, number
from fremskudt.presentation.theme import TOKENS

FORMULA_START = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Figure:
    """A Publishable table drawn. `wide` and `narrow` are the same chart for two widths;
    `legend` lists (token, label); `kind` names the sort of chart for a screen reader."""

    table: Publishable
    name: str
    title: str
    kind: str
    wide: alt.TopLevelMixin
    narrow: alt.TopLevelMixin
    legend: tuple[tuple[str, str], ...] = ()
    note: str = ""
    subtitle: str = ""
    has_intervals: bool = False

    def __post_init__(self) -> None:
        if not isinstance(self.table, Publishable):
            raise TypeError("a figure is drawn from a Publishable table only")

    @property
    def html_id(self) -> str:
        return "figur-" + re.sub(r"[^a-z0-9-]+", "-", self.name.lower()).strip("-")

    @cached_property
    def alt_text(self) -> str:
        """What the chart shows, in words, with its numbers while they are few."""
        rows = [row for row in rows_of(self.table) if row.category in self._categories]
        intro = f"{self.kind}: {self.title}."
        if len(rows) > 12:
            return f"{intro} {len(rows)} værdier; de står i tabellen under figuren."
        listed = "; ".join(f"{self._row_name(row)}: {cell_text(self.table, row)}" for row in rows)
        return f"{intro} {listed}."

    @property
    def _categories(self) -> list[str]:
        return visible_categories(self.table)

    def _row_name(self, row: Any) -> str:
        frame = self.table.frame
        parts = []
        if frame["municipality"].nunique() > 1:
            parts.append(place_label(self.table, row.municipality))
        if self.table.group_scale and frame["group"].nunique() > 1:
            parts.append(group_label(self.table, row.group))
        parts.append(category_label(self.table, row.category))
        return ", ".join(parts)

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/html": self.html, "text/plain": self.alt_text}

    @cached_property
    def html(self) -> str:
        """The whole figure as one line-broken HTML block."""
        subtitle = self.subtitle or answers_text(self.table)
        under = f' <span class="fs-subtitle">{safe_html(subtitle)}</span>' if subtitle else ""
        caption = f'<span class="fs-title">{safe_html(self.title)}</span>{under}'
        is_empty = bool((self.table.frame["status"] == FEW).all())
        parts = [
            f'<figure class="fs-figure" id="{self.html_id}">',
            f"<figcaption>{caption}</figcaption>",
            *([] if is_empty else self._drawing()),
            f'<p class="fs-note">{safe_html(self._notes())}</p>' if self._notes() else "",
            f'<p class="fs-meta">{self._meta()}</p>',
            "" if is_empty else self._data(),
            "</figure>",
        ]
        return "\n".join(part for part in parts if part)

    def _drawing(self) -> list[str]:
        return [
            self._legend(),
            f'<div class="fs-chart fs-wide">{self._svg(self.wide, "w")}</div>',
            f'<div class="fs-chart fs-narrow">{self._svg(self.narrow, "n")}</div>',
        ]

    def _legend(self) -> str:
        if not self.legend:
            return ""
        items = "".join(
            f'<li><span class="fs-swatch" style="--fs-swatch: var(--fs-{token})"></span>'
            f"{safe_html(label)}</li>"
            for token, label in self.legend
        )
        return f'<ul class="fs-legend">{items}</ul>'

    def _svg(self, chart: alt.TopLevelMixin, suffix: str) -> str:
        drawn = vl_convert.vegalite_to_svg(
            chart.to_dict(), format_locale="da-DK", time_format_locale="da-DK"
        )
        return themed_svg(drawn, f"{self.html_id}-{suffix}", self.alt_text)

    def _notes(self) -> str:
        notes = [self.note] if self.note else []
        if self.has_intervals and not self.table.measure.is_process:
            notes.append("Den tynde streg er et 95 %-interval (Wilson).")
        if self.table.is_protected:
            limits = sorted(set(self.table.thresholds.values()))
            limit = " eller ".join(str(value) for value in limits)
            notes.append(f"Skjult: tal, der bygger på eller kan afsløre færre end {limit} borgere.")
        if (self.table.frame["status"] == FEW).any():
            notes.append(f"For få svar til at vise en fordeling: {few_groups(self.table)}.")
        return " ".join(notes)

    def _meta(self) -> str:
        badges = " ".join(
            f'<span class="fs-origin fs-origin-{code}">{label}</span>'
            for code, label in origin_labels(self.table)
        )
        source = self.table.measure.source
        origin = "Jf. " + safe_html(source) + " · " if source else ""
        return f"{origin}Oprindelse: {badges}"

    def _data(self) -> str:
        header, rows = self._grid()
        head = "".join(f'<th scope="col">{safe_html(name)}</th>' for name in header)
        body = "".join(
            "<tr>"
            + f'<th scope="row">{safe_html(row[0])}</th>'
            + "".join(f"<td>{safe_html(cell)}</td>" for cell in row[1:])
            + "</tr>"
            for row in rows
        )
        name = self._file_name()
        title = safe_html(self.title)
        return (
            '<details class="fs-data"><summary>Vis tallene</summary>'
            f'<div class="fs-scroll" role="region" tabindex="0" aria-label="Tal: {title}">'
            f'<table class="fs-table"><thead><tr>{head}</tr></thead>'
            f"<tbody>{body}</tbody></table></div>"
            f'<a class="fs-download" download="{name}.csv" '
            f'href="data:text/csv;charset=utf-8;base64,{self._csv()}">Hent tallene (CSV)</a>'
            "</details>"
        )

    def _file_name(self) -> str:
        """The download's name: the municipality's, where there is one, and the figure's."""
        places = list(dict.fromkeys(self.table.frame["municipality"]))
        prefix = f"{places[0]}-" if len(places) == 1 else ""
        return prefix + self.html_id.removeprefix("figur-")

    def _grid(self) -> tuple[list[str], list[list[str]]]:
        """The numbers as a table of text: names first, then value, interval, origin."""
        frame = self.table.frame
        several = frame["municipality"].nunique() > 1
        grouped = bool(self.table.group_scale) and frame["group"].nunique() > 1
        is_count = self.table.unit == "count"
        origins = dict(origin_labels(self.table))
        header = ["Svar" if is_count else "Post"]
        header += ["Kommune"] * several + ["Gruppe"] * grouped
        header += ["Antal og andel", "95 %-interval"] if is_count else ["Værdi"]
        header.append("Oprindelse")
        rows = []
        for row in rows_of(self.table):
            if row.category not in self._categories:
                continue
            line = [category_label(self.table, row.category)]
            line += [place_label(self.table, row.municipality)] * several
            line += [group_label(self.table, row.group)] * grouped
            line.append(cell_text(self.table, row))
            line += [interval_text(row)] if is_count else []
            line.append(origins[row.origin])
            rows.append(line)
        return header, rows

    def _csv(self) -> str:
        """The numbers as base64 of a semicolon-separated UTF-8 file with BOM, as Excel likes it."""
        text = io.StringIO()
        writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
        is_count = self.table.unit == "count"
        values = ["antal", "n", "andel", "nedre", "oevre"] if is_count else ["vaerdi", "n"]
        writer.writerow(["maaling", "kommune", "gruppe", "svar", *values, "status", "oprindelse"])
        for row in rows_of(self.table):
            if row.category not in self._categories:
                continue
            numbers = (
                [row.count_, row.n, row.share, row.lower, row.upper]
                if is_count
                else [row.value, row.n]
            )
            writer.writerow(
                neutral(cell)
                for cell in (
                    self.table.measure.title,
                    place_label(self.table, row.municipality),
                    group_label(self.table, row.group),
                    category_label(self.table, row.category),
                    *(_decimal(value) for value in numbers),
                    STATUS[row.status],
                    dict(origin_labels(self.table))[row.origin],
                )
            )
        return base64.b64encode(text.getvalue().encode("utf-8-sig")).decode("ascii")


def few_groups(table: Publishable) -> str:
    """The groups with too few answers and how many they have."""
    few = table.frame[table.frame["status"] == FEW].drop_duplicates(["municipality", "group"])
    several = table.frame["municipality"].nunique() > 1
    parts = []
    for row in few.itertuples(index=False):
        place = place_label(table, row.municipality) if several else ""
        name = ", ".join(filter(None, [place, group_label(table, row.group)]))
        size = f"n{NBSP}={NBSP}{number(row.n)}"
        parts.append(f"{name} ({size})" if name else size)
    return "; ".join(parts)


STATUS = {"shown": "vist", "hidden": "skjult", "few": "for få svar"}


def neutral(cell: str) -> str:
    """A cell that a spreadsheet will not take for a formula; numbers stay numbers."""
    is_number = re.fullmatch(r"-?\d+(,\d+)?", cell)
    return "'" + cell if cell.startswith(FORMULA_START) and not is_number else cell


def _decimal(value: float) -> str:
    if pd.isna(value):
        return ""
    return f"{value:.6f}".rstrip("0").rstrip(".").replace(".", ",")


COLOURS = {token.light: token.variable for token in TOKENS.values()}
HEX = re.compile(r"#[0-9a-f]{6}\b")
SIZE = re.compile(r'<svg[^>]*? width="([\d.]+)"[^>]*? height="([\d.]+)"[^>]*?>')


def themed_svg(svg: str, prefix: str, alt_text: str) -> str:
    """A drawn SVG made to follow light and dark, with unique ids and a text alternative."""
    size = SIZE.search(svg)
    if size is None:
        raise ValueError("a drawing without a size is no chart of Vega's")
    width, height = (float(length) for length in size.groups())
    opening = (
        f'<svg role="img" aria-label="{safe_html(alt_text)}" viewBox="0 0 {width:g} {height:g}" '
        f'width="{width:g}" height="{height:g}" xmlns="http://www.w3.org/2000/svg">'
    )
    body = SIZE.sub("", svg, count=1)
    body = HEX.sub(lambda m: f"var({COLOURS[m[0]]}, {m[0]})" if m[0] in COLOURS else m[0], body)
    body = re.sub(r'\bid="([^"]+)"', rf'id="{prefix}-\1"', body)
    body = re.sub(r"url\(#([^)]+)\)", rf"url(#{prefix}-\1)", body)
    body = re.sub(
        r' (?:class|font-family|role|aria-[a-z]+|pointer-events|xmlns:xlink)="[^"]*"', "", body
    )
    body = re.sub(r"<g>\s*</g>", "", body)
    return opening + body
