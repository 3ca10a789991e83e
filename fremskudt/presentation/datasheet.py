"""The numbers of a figure: as a table under it, and as a CSV file that is part of the page."""

import base64
import csv
import io
import math
import re
from typing import Any

import pandas as pd

from fremskudt.disclosure import Publishable
from fremskudt.presentation.cells import (
    category_label,
    cell_text,
    group_label,
    has_several_places,
    interval_text,
    origin_labels,
    place_label,
    rows_of,
)
from fremskudt.presentation.text import safe_html

FORMULA_START = ("=", "+", "-", "@", "\t", "\r")
STATUS = {"shown": "vist", "hidden": "skjult", "few": "for få svar"}
CROSSED = {"cumulative_gain", "sensitivity"}
CORNERS = {"cumulative_gain": "Tidspunkt", "gain_distribution": "Nettogevinst pr. borger"}


def datasheet(table: Publishable, categories: list[str], title: str, file_name: str) -> str:
    """The folded table of numbers with the file to download."""
    header, rows = grid(table, categories)
    head = "".join(f'<th scope="col">{safe_html(name)}</th>' for name in header)
    body = "".join(
        "<tr>"
        + f'<th scope="row">{safe_html(row[0])}</th>'
        + "".join(f"<td>{safe_html(cell)}</td>" for cell in row[1:])
        + "</tr>"
        for row in rows
    )
    return (
        '<details class="fs-data"><summary>Vis tallene</summary>'
        f'<div class="fs-scroll" role="region" tabindex="0" aria-label="Tal: {safe_html(title)}">'
        f'<table class="fs-table"><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
        f'<a class="fs-download" download="{file_name}.csv" href="data:text/csv;charset=utf-8;'
        f'base64,{csv_file(table, categories)}">Hent tallene (CSV)</a></details>'
    )


def is_grouped(table: Publishable) -> bool:
    """Whether the groups tell rows apart and have names."""
    groups = table.frame["group"].tolist()
    return len(set(groups)) > 1 and bool(group_label(table, groups[0]))


def grid(table: Publishable, categories: list[str]) -> tuple[list[str], list[list[str]]]:
    """The numbers as a table of text: names first, then value, interval, origin."""
    rows = [row for row in rows_of(table) if row.category in categories]
    if table.measure.code in CROSSED:
        return _crossed(table, rows, categories)
    several = has_several_places(table)
    grouped = is_grouped(table)
    is_count = table.unit == "count"
    origins = dict(origin_labels(table))
    header = ["Svar" if is_count else CORNERS.get(table.measure.code, "Post")]
    header += ["Kommune"] * several + ["Gruppe"] * grouped
    header += ["Antal og andel", "95 %-interval"] if is_count else ["Værdi"]
    header.append("Oprindelse")
    lines = []
    for row in rows:
        line = [category_label(table, row.category)]
        line += [place_label(table, row.municipality)] * several
        line += [group_label(table, row.group)] * grouped
        line.append(cell_text(table, row))
        line += [interval_text(row)] if is_count else []
        line.append(origins[row.origin])
        lines.append(line)
    return header, lines


def _crossed(
    table: Publishable, rows: list[Any], categories: list[str]
) -> tuple[list[str], list[list[str]]]:
    """One line a group or, where there are but two groups, one a category."""
    origins = dict(origin_labels(table))
    groups = list(dict.fromkeys(row.group for row in rows))
    cells = {(row.group, row.category): cell_text(table, row) for row in rows}
    down_groups = len(groups) > 2
    down, across = (groups, categories) if down_groups else (categories, groups)
    names = {code: category_label(table, code) for code in categories}
    names |= {code: group_label(table, code) for code in groups}
    header = [CORNERS.get(table.measure.code, "Post"), *(names[code] for code in across)]
    lines = []
    for one in down:
        keys = [(one, other) if down_groups else (other, one) for other in across]
        found = dict.fromkeys(origins[r.origin] for r in rows if (r.group, r.category) in keys)
        lines.append([names[one], *(cells.get(key, "–") for key in keys), " ".join(found)])
    return [*header, "Oprindelse"], lines


def csv_file(table: Publishable, categories: list[str]) -> str:
    """The numbers as base64 of a semicolon-separated UTF-8 file with BOM, as Excel likes it."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    is_count = table.unit == "count"
    origins = dict(origin_labels(table))
    values = ["antal", "n", "andel", "nedre", "oevre"] if is_count else ["vaerdi", "n"]
    writer.writerow(["maaling", "kommune", "gruppe", "svar", *values, "status", "oprindelse"])
    for row in rows_of(table):
        if row.category not in categories:
            continue
        numbers = (
            [row.count_, row.n, row.share, row.lower, row.upper] if is_count else [row.value, row.n]
        )
        writer.writerow(
            neutral(cell)
            for cell in (
                table.measure.title,
                place_label(table, row.municipality),
                group_label(table, row.group),
                category_label(table, row.category),
                *(_decimal(value) for value in numbers),
                STATUS[row.status],
                origins[row.origin],
            )
        )
    return base64.b64encode(text.getvalue().encode("utf-8-sig")).decode("ascii")


def neutral(cell: str) -> str:
    """A cell that a spreadsheet will not take for a formula; numbers stay numbers."""
    is_number = re.fullmatch(r"-?\d+(,\d+)?", cell)
    return "'" + cell if cell.startswith(FORMULA_START) and not is_number else cell


def _decimal(value: float) -> str:
    if pd.isna(value):
        return ""
    if math.isinf(value):
        return "uendelig"
    return f"{value:.6f}".rstrip("0").rstrip(".").replace(".", ",")
