"""The tables of a site's files of numbers: CSV files and workbooks, sheet by sheet.

A file of numbers says itself which table its rows are of. One that does not, or that has other
columns than the handbook's, cannot be held against the data, and is not understood.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from lxml import etree
from python_calamine import CalamineError, CalamineWorkbook

from fremskudt.presentation.numbers_file import AMOUNT, AROUND, COUNTED, COURSE
from fremskudt.publishing.figure_files import HEADINGS

TABLE = "tabel"
BEFORE, AFTER = AROUND
# The columns of a table of counts, of amounts, and of courses.
SHAPES = [(*BEFORE, *own, *AFTER) for own in (COUNTED, AMOUNT, (*AMOUNT, *COURSE))]
MUST_BE = {
    **dict.fromkeys(("antal", "n"), re.compile(r"\d*")),
    **dict.fromkeys(
        ("andel", "nedre", "oevre", "vaerdi"), re.compile(r"(?:-?\d+(?:,\d+)?|uendelig)?")
    ),
}
COLUMNS = {heading: column for column, heading in HEADINGS.items()}
WORDS_OF_PARTS = re.compile(r"\.(?:xml|rels)$")
DIGITS = re.compile(r"[\s\d.,eE+-]*")
PLACES = ("c", "row", "col")  # where a cell stands and how it looks
SAFE = etree.XMLParser(resolve_entities=False, no_network=True)
Row = dict[str, str]
Cell = str | float | int | bool | object


class NotUnderstood(ValueError):
    """A file of numbers that is not one of the handbook's."""


@dataclass(frozen=True)
class Sheets:
    """What a workbook holds: the rows of its tables, each with its table's name, and all of its
    words."""

    tables: tuple[tuple[str, tuple[Row, ...]], ...]
    words: str


def read_csv(text: str) -> list[tuple[str, tuple[Row, ...]]]:
    """The tables of a CSV file's text. Raises `NotUnderstood`."""
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";")
    rows = list(reader)
    if tuple(reader.fieldnames or ()) not in SHAPES:
        raise NotUnderstood
    if any(None in row or None in row.values() for row in rows):
        raise NotUnderstood
    return by_table(rows)


def by_table(rows: Sequence[Row]) -> list[tuple[str, tuple[Row, ...]]]:
    """Rows with the name of the table that they are of, where several stand after each other."""
    if any(not row[TABLE] or not _is_read(row) for row in rows):
        raise NotUnderstood
    return [(name, tuple(mine)) for name, mine in groupby(rows, key=lambda row: row[TABLE])]


def _is_read(row: Row) -> bool:
    return all(form.fullmatch(row.get(name, "")) for name, form in MUST_BE.items())


def read_workbook(path: Path) -> Sheets:
    """All sheets of a workbook, hidden ones too. Raises `NotUnderstood` where it is none, where a
    sheet holds numbers and is no table of the handbook's, and where it holds anything else."""
    try:
        with CalamineWorkbook.from_path(path) as book:
            sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
        words = " . ".join(_words(path))
    except (CalamineError, zipfile.BadZipFile, etree.XMLSyntaxError, OSError) as error:
        raise NotUnderstood from error
    tables = []
    for sheet in sheets:
        tables += _tables(sheet)
    return Sheets(tuple(tables), words)


def _tables(sheet: Sequence[Sequence[Cell]]) -> list[tuple[str, tuple[Row, ...]]]:
    head = [COLUMNS.get(str(cell)) for cell in sheet[0]] if sheet else []
    if tuple(head) not in SHAPES:
        if any(not isinstance(cell, str) for line in sheet for cell in line):
            raise NotUnderstood
        return []
    rows = [
        {str(name): _text(cell) for name, cell in zip(head, line, strict=True)}
        for line in sheet[1:]
    ]
    return by_table(rows)


def _text(cell: Cell) -> str:
    """A cell as a CSV file writes it."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        raise NotUnderstood
    text = f"{cell:.6f}".rstrip("0").rstrip(".") if isinstance(cell, float) else str(cell)
    return text.replace(".", ",")


def _words(path: Path) -> Iterator[str]:
    """Every word in a workbook: cells, notes, properties, names, whatever stands in its parts."""
    with zipfile.ZipFile(path) as book:
        for name in book.namelist():
            if not WORDS_OF_PARTS.search(name):
                raise NotUnderstood
            for one in etree.fromstring(book.read(name), SAFE).iter(etree.Element):
                if etree.QName(one).localname not in PLACES:
                    yield from one.attrib.values()
                # A cell's number is no word; what numbers tell stands in the tables.
                yield from (t for t in (one.text, one.tail) if t and not DIGITS.fullmatch(t))
