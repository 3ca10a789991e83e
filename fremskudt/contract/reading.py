"""Read the rows of a CSV file or a sheet into a typed table, and list all that is wrong.

Where the rows come from makes no difference here: the same cells give the same table.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from fremskudt.contract.cells import Cell, Cells, as_text, clean
from fremskudt.contract.columns import (
    Code,
    Codes,
    Column,
    Date,
    Identifier,
    Number,
    OneOf,
    Unreadable,
    read_cell,
)
from fremskudt.contract.headings import check_headings, columns_of, no_headings, shown_heading
from fremskudt.contract.personal import find, masked
from fremskudt.contract.problems import Place, Problem
from fremskudt.contract.sheets import Sheet
from fremskudt.contract.tables import Table

ROW = "__row__"
EXAMPLE = re.compile(r"\s*eksempel", re.IGNORECASE)
# Pseudonyms that need no closer look, so that a million of them are read in no time.
ORDINARY = re.compile(r"(?:[A-Za-z]{1,3}[-_.]?\d{1,7}\n)*")
DAYS_BETWEEN_EPOCHS = 1462
NO_PERSONS = "ingen cpr-numre, navne, adresser, telefonnumre eller mailadresser i data"
USE_A_PSEUDONYM = "Slet oplysningen, og brug et pseudonym, som kun kommunen kan føre tilbage."
CLOSED = (Code, Codes, OneOf, Date, Number)  # what these kinds can read names nobody


def read_table(sheet: Sheet | None, table: Table) -> tuple[pd.DataFrame, list[Problem]]:
    """The typed table of a sheet and its problems; an empty table where there is no sheet.

    Columns come in the contract's order: text as str, dates as datetime64, numbers as
    float, missing as NA; ``__row__`` keeps the row number of the file (the heading is 1).
    Cells with a problem are missing in the table, so that later checks can still run. Rows
    whose first key begins with "EKSEMPEL" are left out, with a note.
    """
    if sheet is None:
        return _empty(table), []
    place, names = sheet.place(table), columns_of(sheet, table)
    if not any(names):
        return _empty(table), [no_headings(sheet, place, table)]
    problems = check_headings(sheet, place, table)
    problems += [person(place, text, row, None) for row, text in sheet.loose if find(text)]
    is_kept, notes = _without_examples(sheet, names, place, table)
    problems += notes
    series: dict[str, pd.Series] = {}
    for index, (name, cells) in enumerate(zip(names, sheet.columns, strict=True)):
        column = table[name] if name and name not in series else None
        read = _read(cells, column, sheet.counts_from_1904)
        called = name or shown_heading(sheet, index)
        if find(shown_heading(sheet, index)) and name is None:
            problems.append(person(place, called, sheet.heading_row, called))
        problems += _problems(read, cells, column, called, sheet, place, is_kept)
        if column is not None:
            series[column.name] = _typed(read.values, cells.codes[is_kept], column)
    count = int(is_kept.sum())
    nothing = np.zeros(count, dtype=np.int32)
    frame = pd.DataFrame(
        {
            one.name: series[one.name] if one.name in series else _typed([None], nothing, one)
            for one in table.columns
        },
        index=range(count),
    )
    frame[ROW] = sheet.rows[is_kept]
    return frame, problems


def person(place: Place, text: str, row: int, column: str | None) -> Problem:
    """A cell that shows a sign of a person; the value is masked."""
    hit = find(text)
    what = f"cellen ligner {hit.name}" if hit else "cellen ligner en personoplysning"
    return place.problem(what, NO_PERSONS, row, column, masked(text), mend=USE_A_PSEUDONYM)


@dataclass
class _Read:
    """What reading made of the distinct cells of a column, by their number."""

    values: list[Any] = field(default_factory=list)
    empty: list[int] = field(default_factory=list)
    wrong: dict[int, tuple[str, str]] = field(default_factory=dict)
    persons: list[int] = field(default_factory=list)


def _read(cells: Cells, column: Column | None, counts_from_1904: bool) -> _Read:
    """Each distinct cell is read once. A column that the contract does not know is searched
    for signs of a person only."""
    read = _Read()
    is_identifier = column is not None and isinstance(column.kind, Identifier)
    if is_identifier and _are_ordinary(cells):
        read.values.extend(cells.distinct)
        return read
    for code, raw in enumerate(cells.distinct):
        cell, value, is_closed = clean(raw), None, False
        if cell == "":
            read.empty.append(code)
        elif column is not None:
            try:
                value = read_cell(column.kind, _dated(cell, column, counts_from_1904))
                is_closed = isinstance(column.kind, CLOSED)
            except Unreadable as error:
                read.wrong[code] = (str(error), error.mend)
            except ValueError:
                is_date = isinstance(column.kind, Date)
                read.wrong[code] = ("datoen findes ikke" if is_date else "ugyldig værdi", "")
        if not is_closed and isinstance(cell, str | float) and find(as_text(cell)):
            value = None
            read.wrong.pop(code, None)
            read.persons.append(code)
        read.values.append(value)
    return read


def _are_ordinary(cells: Cells) -> bool:
    """Whether all cells of a column are pseudonyms that can be nothing else."""
    if set(map(type, cells.distinct)) != {str}:
        return False
    text = "\n".join(cells.distinct)  # type: ignore[arg-type]  # every cell is a text
    return ORDINARY.fullmatch(f"{text}\n") is not None


def _dated(cell: Cell, column: Column, counts_from_1904: bool) -> Cell:
    """A day number as it would be in a workbook that counts from 1900."""
    is_number = isinstance(cell, int | float) and not isinstance(cell, bool)
    if counts_from_1904 and is_number and isinstance(column.kind, Date):
        return float(cell) + DAYS_BETWEEN_EPOCHS  # type: ignore[arg-type]  # a number, said above
    return cell


def _problems(
    read: _Read,
    cells: Cells,
    column: Column | None,
    called: str,
    sheet: Sheet,
    place: Place,
    is_kept: npt.NDArray[np.bool_],
) -> list[Problem]:
    problems = []
    for code in read.persons:
        text = as_text(clean(cells.distinct[code]))
        problems += [
            person(place, text, row, called) for row in sheet.rows[cells.positions([code])]
        ]
    if column is None:
        return problems
    faults: list[tuple[Iterable[int], str, object, str]] = [
        ([code], what, as_text(clean(cells.distinct[code])), mend)
        for code, (what, mend) in read.wrong.items()
    ]
    if column.is_required:
        faults.append((read.empty, "cellen er tom", None, ""))
    for codes, what, value, mend in faults:
        positions = cells.positions(codes)
        problems += [
            place.problem(what, column.kind.expected, row, called, value, mend=mend)
            for row in sheet.rows[positions[is_kept[positions]]]
        ]
    return problems


def _without_examples(
    sheet: Sheet, names: list[str | None], place: Place, table: Table
) -> tuple[npt.NDArray[np.bool_], list[Problem]]:
    """Which rows are no examples, and a note of those that are."""
    is_kept = np.ones(len(sheet.rows), dtype=bool)
    if table.key[0] not in names:
        return is_kept, []
    cells = sheet.columns[names.index(table.key[0])]
    if _are_ordinary(cells):
        return is_kept, []
    examples = [
        code
        for code, cell in enumerate(cells.distinct)
        if isinstance(cell, str) and cell[:1] in "eE \u00a0" and EXAMPLE.match(cell)
    ]
    rows = cells.positions(examples)
    if not len(rows):
        return is_kept, []
    is_kept[rows] = False
    many = f"{len(rows)} rækker med eksempler" if len(rows) > 1 else "1 række med et eksempel"
    note = place.problem(
        f"{many} er sprunget over",
        "eksempler må gerne blive stående",
        sheet.rows[rows[0]],
        table.key[0],
        severity="note",
        mend="Intet. Eksemplerne kan slettes, når de ikke bruges mere.",
    )
    return is_kept, [note]


def _typed(values: list[Any], codes: npt.NDArray[np.int32], column: Column) -> pd.Series:
    """The values of all rows from those of the distinct cells."""
    if isinstance(column.kind, Date):
        return pd.Series(np.array(values, dtype="datetime64[s]")[codes])
    if isinstance(column.kind, Number):
        return pd.Series(np.array(values, dtype="float64")[codes])
    return pd.Series(pd.array(values, dtype="string").take(codes))


def _empty(table: Table) -> pd.DataFrame:
    nothing = np.zeros(0, dtype=np.int32)
    frame = pd.DataFrame({one.name: _typed([None], nothing, one) for one in table.columns})
    frame[ROW] = pd.Series([], dtype="int64")
    return frame
