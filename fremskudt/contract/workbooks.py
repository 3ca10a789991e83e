"""The sheets of a workbook (.xlsx, .ods) as rows of typed cells."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from lxml import etree
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from fremskudt.contract.cells import CellError, Cells, Collector, letter
from fremskudt.contract.problems import Place, Problem
from fremskudt.contract.sheets import Sheet
from fremskudt.contract.workbook_faults import Position, counts_from_1904, error_cells

PART = 50_000
FILES = ("data.xlsx", "data.ods")
READABLE = "en arbejdsbog gemt fra Excel som .xlsx uden adgangskode"


@dataclass(frozen=True)
class Workbook:
    """An open workbook; its sheets are read when they are asked for."""

    shown_as: str
    source: CalamineWorkbook
    errors: dict[str, dict[Position, str]] = field(default_factory=dict)
    counts_from_1904: bool = False

    @property
    def sheet_names(self) -> list[str]:
        return list(self.source.sheet_names)

    def sheet(self, name: str) -> tuple[Sheet | None, list[Problem]]:
        """A sheet's rows, or None for an empty one, and merged cells as problems."""
        source = self.source.get_sheet_by_name(name)
        if source.start is None:
            return None, []
        top, left = 1, source.start[1] + 1  # rows come from the first on, columns from the filled
        rows = self._with_errors(source, top, left)
        # The first row that is filled holds the headings.
        headings: list[Any] = []
        for headings in rows:
            if any(cell != "" for cell in headings):
                break
            top += 1
        if all(cell == "" for cell in headings):
            return None, []
        collector = Collector(len(headings))
        count = 0
        while part := list(islice(rows, PART)):
            # 1, 1.0 and True are equal for Python and not for a reader: the type counts.
            collector.add([[(type(cell), cell) for cell in row] for row in part])
            count += len(part)
        columns = tuple(
            Cells(tuple(typed[1] for typed in distinct), codes)
            for distinct, codes in collector.columns()
        )
        numbers = np.arange(top + 1, top + 1 + count)
        sheet = Sheet(
            self.shown_as,
            name,
            top,
            tuple(headings),
            numbers,
            columns,
            left,
            self.counts_from_1904,
        )
        place = Place(self.shown_as, name)
        return sheet.without_blank_rows(), list(_merged(source, place, top))

    def _with_errors(self, source: CalamineSheet, top: int, left: int) -> Iterator[list[Any]]:
        """The rows from row `top` and column `left` on, with error values put where they stand."""
        errors = self.errors.get(source.name, {})
        by_row: dict[int, list[tuple[int, str]]] = {}
        for (number, column), text in errors.items():
            by_row.setdefault(number, []).append((column, text))
        rows: Iterator[list[Any]] = iter(source.iter_rows())
        for number, row in enumerate(rows, start=top):
            for column, text in by_row.get(number, ()):
                if 0 <= column - left < len(row):
                    row[column - left] = CellError(text)
            yield row


def open_workbook(path: Path, shown_as: str) -> tuple[Workbook | None, list[Problem]]:
    """The workbook, or None and why it cannot be read."""
    place = Place(shown_as)
    try:
        source = CalamineWorkbook.from_path(path)
        errors, epoch = error_cells(path), counts_from_1904(path)
    except PasswordError:
        mend = "Fjern adgangskoden (Filer → Oplysninger → Beskyt projektmappe), og gem igen."
        what = "arbejdsbogen er låst med adgangskode"
        return None, [place.problem(what, READABLE, mend=mend)]
    except (CalamineError, zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, OSError):
        mend = "Luk filen i Excel. Hjælper det ikke, så gem den igen som .xlsx."
        return None, [place.problem("arbejdsbogen kan ikke læses", READABLE, mend=mend)]
    return Workbook(shown_as, source, errors, epoch), []


def _merged(source: CalamineSheet, place: Place, heading_row: int) -> Iterator[Problem]:
    """Cells that are merged hold one value for many: which rows it is meant for is a guess."""
    for (top, left), (bottom, right) in source.merged_cell_ranges or ():
        first, last = (f"{letter(c + 1)}{r + 1}" for r, c in ((top, left), (bottom, right)))
        if bottom + 1 < heading_row or first == last:
            continue
        yield Problem(
            place.file,
            f"cellerne {first}:{last} er flettet",
            "én værdi i hver celle",
            top + 1,
            sheet=place.sheet,
            cell=first,
            mend="Ophæv fletningen (Hjem → Flet og centrér), og udfyld hver celle.",
        )
