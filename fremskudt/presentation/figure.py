"""A figure: caption, legend, chart for wide and narrow pages, note, origin, and its numbers.

One deterministic HTML block. The chart is inline SVG, so it is there without JavaScript, in
print and in JupyterLab alike; the numbers stand in a table under it and in a CSV file that is
part of the figure.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from fremskudt.disclosure import FEW, HIDDEN, SHOWN, Publishable
from fremskudt.presentation.blocks import badges
from fremskudt.presentation.cells import (
    answers_text,
    category_label,
    cell_text,
    group_label,
    has_several_places,
    origin_labels,
    place_label,
    rows_of,
    visible_categories,
)
from fremskudt.presentation.datasheet import datasheet, is_grouped
from fremskudt.presentation.drawing import Drawing
from fremskudt.presentation.numbers import NBSP, number
from fremskudt.presentation.numbers_file import file_name
from fremskudt.presentation.svg import svg
from fremskudt.presentation.text import safe_html


class Key(NamedTuple):
    """An entry of a legend. `shape` is "fill", "outline", or a line: "solid" or its dashes."""

    token: str
    label: str
    shape: str = "fill"


@dataclass(frozen=True)
class Figure:
    """A Publishable table drawn. `wide` and `narrow` are the same chart for two widths;
    `kind` names the sort of chart for a screen reader, `summary` says what it shows where its
    values are too many to be listed; `categories` are those drawn, when not all are;
    `is_blank` says that nothing can be drawn."""

    table: Publishable
    name: str
    title: str
    kind: str
    wide: Drawing
    narrow: Drawing
    legend: tuple[Key, ...] = ()
    note: str = ""
    subtitle: str = ""
    has_intervals: bool = False
    summary: str = ""
    categories: tuple[str, ...] = ()
    is_blank: bool = False

    def __post_init__(self) -> None:
        if not isinstance(self.table, Publishable):
            raise TypeError("a figure is drawn from a Publishable table only")

    @property
    def html_id(self) -> str:
        return "figur-" + re.sub(r"[^a-z0-9-]+", "-", self.name.lower()).strip("-")

    @cached_property
    def alt_text(self) -> str:
        """What the chart shows, in words, with its numbers while they are few."""
        intro = f"{self.kind}: {self.title}."
        if self.is_blank:
            return f"{intro} Ingen tal kan vises."
        if self.summary:
            return f"{intro} {self.summary}"
        rows = [row for row in rows_of(self.table) if row.category in self._categories]
        if len(rows) > 12:
            return f"{intro} {len(rows)} værdier; de står i tabellen under figuren."
        several, grouped = has_several_places(self.table), is_grouped(self.table)
        listed = "; ".join(
            f"{self._row_name(row, several, grouped)}: {cell_text(self.table, row)}" for row in rows
        )
        return f"{intro} {listed}" + ("" if listed.endswith(".") else ".")

    @cached_property
    def _categories(self) -> list[str]:
        return list(self.categories) or visible_categories(self.table)

    @cached_property
    def _statuses(self) -> set[str]:
        return set(self.table.frame["status"].tolist())

    def _row_name(self, row: Any, several: bool, grouped: bool) -> str:
        place = [place_label(self.table, row.municipality)] if several else []
        group = [group_label(self.table, row.group)] if grouped else []
        return ", ".join([*place, *group, category_label(self.table, row.category)])

    @property
    def chart(self) -> Any:
        """The wide drawing as a chart of Altair, to work on in a notebook of one's own."""
        # Altair takes longer to import than all figures of a municipality take to draw.
        from fremskudt.presentation.vega import chart_of

        return chart_of(self.wide)

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/html": self.html, "text/plain": self.alt_text}

    @cached_property
    def html(self) -> str:
        """The whole figure as one line-broken HTML block."""
        subtitle = self.subtitle or answers_text(self.table)
        under = f' <span class="fs-subtitle">{safe_html(subtitle)}</span>' if subtitle else ""
        caption = f'<span class="fs-title">{safe_html(self.title)}</span>{under}'
        notes = self._notes()
        is_empty = self.is_blank or self._statuses <= {FEW}
        parts = [
            f'<figure class="fs-figure" id="{self.html_id}" data-table="{self.table.name}">',
            f"<figcaption>{caption}</figcaption>",
            *([] if is_empty else self._drawing()),
            f'<p class="fs-note">{safe_html(notes)}</p>' if notes else "",
            f'<p class="fs-meta">{self._meta()}</p>',
            "" if is_empty else self._data(),
            "</figure>",
        ]
        return "\n".join(part for part in parts if part)

    def _drawing(self) -> list[str]:
        return [
            self._legend(),
            f'<div class="fs-chart fs-wide">{svg(self.wide, self.alt_text)}</div>',
            f'<div class="fs-chart fs-narrow">{svg(self.narrow, self.alt_text)}</div>',
        ]

    def _legend(self) -> str:
        if not self.legend:
            return ""
        items = "".join(f"<li>{swatch(key)}{safe_html(key.label)}</li>" for key in self.legend)
        return f'<ul class="fs-legend">{items}</ul>'

    def _notes(self) -> str:
        notes = [self.note] if self.note else []
        if (
            self.has_intervals
            and SHOWN in self._statuses
            and self.table.frame["lower"].notna().any()
        ):
            notes.append("Den tynde streg er et 95 %-interval (Wilson).")
        limits = sorted(set(self.table.thresholds.values()))
        few = f"færre end {' eller '.join(str(value) for value in limits)} borgere"
        if HIDDEN in self._statuses:
            notes.append(f"Skjult: tal, der bygger på eller kan afsløre {few}.")
        if self.table.is_merged:
            notes.append(f"Lagt sammen: svar, der hver for sig bygger på eller kan afsløre {few}.")
        if FEW in self._statuses:
            notes.append(f"For få svar til at vise en fordeling: {few_groups(self.table)}.")
        return " ".join(notes)

    def _meta(self) -> str:
        origins = badges(code for code, _ in origin_labels(self.table))
        source = self.table.measure.source
        origin = "Jf. " + safe_html(source) + " · " if source else ""
        return f"{origin}Oprindelse: {origins}"

    def _data(self) -> str:
        name = file_name(self.table, self.html_id.removeprefix("figur-"))
        return datasheet(self.table, self._categories, self.title, name)


def swatch(key: Key) -> str:
    """What a legend's entry looks like in the chart: an area, its outline, or a line."""
    if key.shape in ("fill", "outline"):
        outline = " fs-swatch-outline" if key.shape == "outline" else ""
        return f'<span class="fs-swatch fs-tone-{key.token}{outline}"></span>'
    dashes = "" if key.shape in ("solid", "heavy") else f' stroke-dasharray="{key.shape}"'
    width = 4 if key.shape == "heavy" else 2.5
    return (
        '<svg class="fs-swatch-line" width="30" height="12" aria-hidden="true">'
        f'<line x1="0" y1="6" x2="30" y2="6" stroke="var(--fs-{key.token})" '
        f'stroke-width="{width:g}"{dashes}/></svg>'
    )


def few_groups(table: Publishable) -> str:
    """The groups with too few answers and how many they have."""
    few = table.frame[table.frame["status"] == FEW].drop_duplicates(["municipality", "group"])
    several = has_several_places(table)
    parts = []
    for row in few.itertuples(index=False):
        place = place_label(table, row.municipality) if several else ""
        name = ", ".join(filter(None, [place, group_label(table, row.group)]))
        size = f"n{NBSP}={NBSP}{number(row.n)}"
        parts.append(f"{name} ({size})" if name else size)
    return "; ".join(parts)
