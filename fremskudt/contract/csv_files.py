"""The rows of a CSV file, whatever spreadsheet wrote it: encoding, separator, quotation marks."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import pandas as pd

from fremskudt.contract.cells import Cells, Collector
from fremskudt.contract.encodings import encoding_of
from fremskudt.contract.problems import Place, Problem
from fremskudt.contract.sheets import Sheet
from fremskudt.contract.tables import Table

PART = 50_000
DELIMITERS = (",", ";", "\t")
HINT = re.compile(r"sep=(.)\s*", re.IGNORECASE)
SAVE_AS = "en læsbar CSV-fil gemt som «CSV UTF-8» fra Excel"


def read_csv_file(path: Path, shown_as: str, table: Table) -> tuple[Sheet | None, list[Problem]]:
    """The rows of a file, or None and why it cannot be read.

    Rows are numbered as a spreadsheet shows them. A row whose cells do not fit the headings is a
    problem and left out.
    """
    place = Place(shown_as)
    try:
        raw = path.read_bytes()
    except OSError:
        return None, [place.problem("filen kan ikke læses", SAVE_AS)]
    encoding = encoding_of(raw)
    if encoding is None:
        return None, [place.problem("filen kan ikke læses", SAVE_AS)]
    dialect = _dialect(raw, encoding, table)
    if dialect is None:
        what, wanted = "filen er tom", "en første række med kolonnernes navne"
        return None, [place.problem(what, wanted)]
    if _is_plain(raw, dialect):
        return _plain_sheet(raw, dialect, place), []
    reader = csv.reader(dialect.lines(raw), delimiter=dialect.delimiter, strict=True)
    try:
        return _sheet(reader, place)
    except csv.Error:
        what, wanted = (
            "anførselstegn eller skilletegn går ikke op",
            'en gyldig CSV-fil, hvor " i tekst skrives som ""',
        )
        return None, [place.problem(what, wanted, reader.line_num)]


@dataclass(frozen=True)
class _Dialect:
    encoding: str
    delimiter: str
    has_hint: bool

    def lines(self, raw: bytes) -> Iterator[str]:
        text = io.TextIOWrapper(io.BytesIO(raw), encoding=self.encoding, newline=None)
        if self.has_hint:
            next(text)
        return text


def _dialect(raw: bytes, encoding: str, table: Table) -> _Dialect | None:
    """The separator is the one that gives most of the table's columns, else most columns;
    a first line "sep=;", which only Excel knows, says it outright. None for an empty file."""
    lines = _Dialect(encoding, ",", False).lines(raw)
    first = next(lines, "")
    if hint := HINT.fullmatch(first):
        return _Dialect(encoding, hint[1], True)
    while first and not first.strip():
        first = next(lines, "")
    if not first:
        return None

    def fit(delimiter: str) -> tuple[int, int]:
        names = next(csv.reader([first], delimiter=delimiter), [])
        return sum(table.column_of(name) is not None for name in names), len(names)

    return _Dialect(encoding, max(DELIMITERS, key=fit), False)


def _is_plain(raw: bytes, dialect: _Dialect) -> bool:
    """Whether every line has as many separators as the first and no quotation mark stands
    anywhere: then each line is a row, and a faster reader gives the same cells."""
    is_simple = dialect.encoding != "utf-16" and not dialect.has_hint and b'"' not in raw
    if not is_simple or raw.count(b"\r") != raw.count(b"\r\n"):
        return False
    signs = np.frombuffer(raw.rstrip(b"\r\n"), dtype=np.uint8)
    ends = np.flatnonzero(signs == ord("\n"))
    separators = np.flatnonzero(signs == ord(dialect.delimiter))
    before = np.searchsorted(separators, np.append(ends, len(signs)))
    return bool(before[0]) and bool((np.diff(before, prepend=0) == before[0]).all())


def _plain_sheet(raw: bytes, dialect: _Dialect, place: Place) -> Sheet:
    headings = next(dialect.lines(raw)).rstrip("\n").split(dialect.delimiter)
    frame = pd.read_csv(
        io.BytesIO(raw.rstrip(b"\r\n")),
        sep=dialect.delimiter,
        encoding=dialect.encoding,
        header=0,
        names=range(len(headings)),
        index_col=False,
        dtype=object,  # text as it stands: 007 is no number
        quoting=csv.QUOTE_NONE,
        na_filter=False,
        skip_blank_lines=False,
        low_memory=False,
    )
    factors = (pd.factorize(frame[index].to_numpy()) for index in frame)
    columns = tuple(
        Cells(tuple(distinct), codes.astype(np.int32, copy=False)) for codes, distinct in factors
    )
    rows = np.arange(2, len(frame) + 2)
    return Sheet(place.file, None, 1, tuple(headings), rows, columns).without_blank_rows()


def _sheet(reader: Iterator[list[str]], place: Place) -> tuple[Sheet, list[Problem]]:
    number = 0
    headings: list[str] = []
    while not any(cell.strip() for cell in headings):
        headings, number = next(reader, [""]), number + 1
    heading_row, width = number, len(headings)
    collector = Collector(width)
    numbers, problems, loose = [], [], []
    while part := list(islice(reader, PART)):
        rows = np.arange(number + 1, number + 1 + len(part))
        number += len(part)
        if set(map(len, part)) != {width}:
            fits = np.ones(len(part), dtype=bool)
            for index, cells in enumerate(part):
                if len(cells) == width:
                    continue
                if len(cells) > width and not any(map(str.strip, cells[width:])):
                    part[index] = cells[:width]
                    continue
                fits[index] = False
                if any(map(str.strip, cells)):
                    loose += [(int(rows[index]), cell) for cell in cells]
                    problems.append(_misfit(place, int(rows[index]), len(cells), width))
            part = [cells for cells, is_whole in zip(part, fits, strict=True) if is_whole]
            rows = rows[fits]
        collector.add(part)
        numbers.append(rows)
    columns = [Cells(tuple(map(str, distinct)), codes) for distinct, codes in collector.columns()]
    rows = np.concatenate([np.empty(0, dtype=np.int64), *numbers])
    sheet = Sheet(place.file, None, heading_row, tuple(headings), rows, tuple(columns))
    return sheet.with_loose(loose).without_blank_rows(), problems


def _misfit(place: Place, row: int, found: int, width: int) -> Problem:
    return place.problem(
        f"rækken har {found} celler, men der er {width} kolonner",
        f"{width} celler; sæt anførselstegn om tekst med skilletegn i",
        row,
    )
