"""What a CSV file and a workbook's sheet have in common: headings, and rows of cells."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from fremskudt.contract.cells import Cell, Cells, as_text, clean, letter
from fremskudt.contract.problems import Place
from fremskudt.contract.tables import Table


@dataclass(frozen=True)
class Sheet:
    """Rows of cells under headings, column by column.

    `rows` holds the number of each row as a spreadsheet shows it; `name` is the sheet's name and
    None for a CSV file; `loose` are cells of rows that do not fit the headings. The first column
    has the number `first_column` (1 is A). `counts_from_1904` says how a workbook numbers days.
    """

    file: str
    name: str | None
    heading_row: int
    headings: tuple[Cell, ...]
    rows: npt.NDArray[np.int64]
    columns: tuple[Cells, ...]
    first_column: int = 1
    counts_from_1904: bool = False
    loose: tuple[tuple[int, str], ...] = ()

    def place(self, table: Table) -> Place:
        """Where the table's columns stand in this sheet."""
        headings, letters = {}, {}
        for index, heading in enumerate(self.headings):
            column = table.column_of(heading) if isinstance(heading, str) else None
            if column is not None and column not in headings:
                headings[column] = as_text(clean(heading)).rstrip(" *")
                letters[column] = letter(self.first_column + index)
        return Place(self.file, self.name, headings, letters)

    def with_loose(self, cells: Iterable[tuple[int, str]]) -> "Sheet":
        return replace(self, loose=tuple(cells))

    def without_blank_rows(self) -> "Sheet":
        """The sheet without rows in which every cell is empty."""
        is_blank = np.ones(len(self.rows), dtype=bool)
        for column in sorted(self.columns, key=lambda one: len(one.distinct)):
            blanks = [code for code, cell in enumerate(column.distinct) if clean(cell) == ""]
            if not blanks or not is_blank.any():
                return self
            is_blank &= column.holds(blanks)
        return self.keep(~is_blank)

    def keep(self, wanted: npt.NDArray[np.bool_]) -> "Sheet":
        """The sheet with some of its rows only."""
        columns = tuple(column.keep(wanted) for column in self.columns)
        return replace(self, rows=self.rows[wanted], columns=columns)
