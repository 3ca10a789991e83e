"""The rows of a CSV file, whatever spreadsheet wrote it: encoding, separator, quotation marks."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np

from fremskudt.contract.cells import Cells, Collector
from fremskudt.contract.problems import Place, Problem
from fremskudt.contract.sheets import Sheet
from fremskudt.contract.tables import Table

PART = 50_000
DELIMITERS = (",", ";", "\t")
HINT = re.compile(r"sep=(.)\s*", re.IGNORECASE)
# What Danish text holds besides ASCII. Other signs mean that the file has another encoding
# (MS-DOS, Macintosh), which Windows-1252 would turn into wrong letters without a complaint.
DANISH = set("æøåÆØÅäöüßéèêëáàâíìóòôúùûñçÄÖÜÉ–—’“”…€§°½«»´²³·\u00a0")
SAVE_AS = "en læsbar CSV-fil gemt som «CSV UTF-8» fra Excel"


def encoding_of(raw: bytes) -> str | None:
    """The encoding of a text: UTF-8, UTF-16 with its mark, or Windows-1252; None for no text."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16" if _decodes(raw, "utf-16") else None
    if b"\0" in raw:
        return None
    if _decodes(raw, "utf-8-sig"):
        return "utf-8-sig"
    try:
        signs = set(bytes(set(raw)).decode("cp1252"))
    except UnicodeDecodeError:
        return None
    return "cp1252" if all(sign.isascii() or sign in DANISH for sign in signs) else None


def _decodes(raw: bytes, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for begin in range(0, len(raw), 1 << 20):
            decoder.decode(raw[begin : begin + (1 << 20)])
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


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
