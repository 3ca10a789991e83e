"""The numbers of a table as a file that is part of its figure.

One line a row, with all that tells what the number is: what was counted, where and when, where it
comes from, and by which version of the handbook. The pages' own files are made from it.
"""

import base64
import csv
import io
import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pandas as pd

from fremskudt import __version__
from fremskudt.contract.origins import LABELS
from fremskudt.contract.scales import scale
from fremskudt.contract.services import UNIT_LABELS
from fremskudt.disclosure import Publishable
from fremskudt.presentation.cells import category_label, group_label, place_label, rows_of
from fremskudt.presentation.text import safe_html

FORMULA_START = ("=", "+", "-", "@", "\t", "\r", "\n")
STATUS = {"shown": "vist", "hidden": "skjult", "few": "for få svar"}
COUNTED = ("antal", "n", "andel", "nedre", "oevre")
AMOUNT = ("vaerdi", "enhed", "n")
COURSE = ("forloeb", "omraade", "fra_maaned", "til_maaned", "maengde", "maengdeenhed")
AROUND = (
    ("maaling", "kommune", "gruppe", "svar"),
    ("status", "oprindelse", "kilde", "periode", "version", "tabel"),
)


def download(
    table: Publishable, rows: Iterable[Any], file_name: str, groups: Mapping[str, str] | None = None
) -> str:
    """The link that hands over these rows of a table as a file; it holds the file itself."""
    packed = base64.b64encode(csv_text(table, rows, groups).encode("utf-8-sig")).decode("ascii")
    return (
        f'<a class="fs-download" download="{safe_html(file_name)}.csv" '
        f'href="data:text/csv;charset=utf-8;base64,{packed}">Hent CSV</a>'
    )


def tools(inside: str) -> str:
    """The row of tools that stands under a figure."""
    return f'<div class="fs-use">{inside}</div>'


def csv_text(
    table: Publishable, rows: Iterable[Any], groups: Mapping[str, str] | None = None
) -> str:
    """Some of the table's rows, separated by semicolons, with decimal commas, as Excel likes it
    in Danish. `groups` names those that no scale holds."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    before, after = AROUND
    writer.writerow([*before, *_columns(table), *after])
    for row in rows:
        writer.writerow(neutral(cell) for cell in _line(table, row, groups or {}))
    return text.getvalue()


def file_name(table: Publishable, name: str) -> str:
    """What a file is called where it is kept: the municipality's name, where there is one, and
    the figure's."""
    places = list(dict.fromkeys(table.frame["municipality"]))
    return f"{places[0]}-{name}" if len(places) == 1 else name


def in_figure(table: Publishable, name: str, html: str) -> str:
    """A table that stands on a page whole, with its file under it."""
    link = download(table, rows_of(table), file_name(table, f"tabel-{name.removeprefix('tabel-')}"))
    return f'<figure class="fs-numbers" data-table="{table.name}">{html}{tools(link)}</figure>'


def _columns(table: Publishable) -> tuple[str, ...]:
    if table.unit == "count":
        return COUNTED
    return (*AMOUNT, *COURSE) if table.unit == "course" else AMOUNT


def _line(table: Publishable, row: Any, groups: Mapping[str, str]) -> Iterator[str]:
    yield table.measure.title
    yield place_label(table, row.municipality)
    yield groups.get(row.group) or group_label(table, row.group)
    yield category_label(table, row.category)
    if table.unit == "count":
        yield from map(decimal, (row.count_, row.n, row.share, row.lower, row.upper))
    else:
        yield from (decimal(row.value), unit_of(table, row), decimal(row.n))
    if table.unit == "course":
        yield scale("scenario").label(row.scenario)
        yield scale("area").label(row.area)
        yield from map(decimal, (row.from_month, row.to_month, row.quantity))
        yield UNIT_LABELS[row.unit]
    yield STATUS[row.status]
    yield LABELS[row.origin]
    yield table.measure.source
    yield table.periods.get(row.municipality, "")
    yield __version__
    yield table.name


def unit_of(table: Publishable, row: Any) -> str:
    """What an amount is measured in; "andel" is 0,25 for 25 %."""
    if row.category.endswith("_fte"):
        return "årsværk"
    if row.category.endswith("_minutes"):
        return "minutter"
    if table.unit == "months":
        return "måneder"
    if table.unit == "share" or {row.group, row.category} & {"chance", "above", "overhead_share"}:
        return "andel"
    if table.unit == "number":
        return "antal"
    return "sager" if table.unit == "cases" or row.category == "carried_out" else "kr."


def neutral(cell: str) -> str:
    """A cell that a spreadsheet will not take for a formula; numbers stay numbers. Signs of
    another width and spaces before a sign are what some spreadsheets forgive."""
    is_number = re.fullmatch(r"-?\d+(,\d+)?", cell)
    begins = unicodedata.normalize("NFKC", cell)
    starts = cell.startswith(FORMULA_START) or begins.lstrip().startswith(FORMULA_START)
    return "'" + cell if starts and not is_number else cell


def decimal(value: float) -> str:
    """A number with a decimal comma and at most six decimals; nothing for what is not shown."""
    if pd.isna(value):
        return ""
    if math.isinf(value):
        return "uendelig"
    return f"{value:.6f}".rstrip("0").rstrip(".").replace(".", ",")
