"""Cells as they were delivered, typed as far as the file says, and whole columns of them."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True)
class CellError:
    """What a formula left instead of a value, such as #N/A; or #### where no value was saved."""

    text: str


Cell = str | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta | CellError

# The words of Excel in English and in Danish.
ERROR = re.compile(
    r"#(?:N/A|I/T|DIV/0!|DIVISION/0!|VALUE!|VÆRDI!|REF!|REFERENCE!|NAME\?|NAVN\?|NUM!|NULL!|NUL!"
    r"|SPILL!|OVERLØB!|CALC!|BEREGN!|#+)|Err:\d{3}",
    re.IGNORECASE,
)
SPACE = re.compile(r"[ \u00a0\u2000-\u200a\u202f\u3000]")
INVISIBLE = re.compile("[\u200b-\u200d\u2060\ufeff\u00ad]")
DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))


def clean(cell: Cell) -> Cell:
    """A cell without outer spaces, with plain spaces for all others and without signs that
    cannot be seen; a text that is a formula's error value becomes a `CellError`."""
    if not isinstance(cell, str):
        return cell
    if not cell.isascii():
        cell = INVISIBLE.sub("", SPACE.sub(" ", cell))
    cell = cell.strip()
    return CellError(cell) if cell[:1] in "#E" and ERROR.fullmatch(cell) else cell


def folded(text: str) -> str:
    """A text for comparing words: small letters, one kind of dash and of space."""
    return " ".join(text.casefold().translate(DASHES).split())


def as_text(cell: Cell) -> str:
    """A cell in the words of a Danish spreadsheet."""
    match cell:
        case str():
            return cell
        case bool():
            return "SAND" if cell else "FALSK"
        case int() | float():
            return f"{cell:.15g}".replace(".", ",")
        case CellError():
            return cell.text
        case dt.datetime():
            return f"{cell:%Y-%m-%d %H:%M}"
        case _:
            return str(cell)


def letter(column: int) -> str:
    """The letters of a spreadsheet's column; 1 is A, 27 is AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@dataclass(frozen=True)
class Cells:
    """A column: its distinct cells and, for every row, which of them stands there.

    A column of a million answers holds a handful of distinct ones; what is done to cells is
    done to these.
    """

    distinct: tuple[Cell, ...]
    codes: npt.NDArray[np.int32]

    def holds(self, wanted: Iterable[int]) -> npt.NDArray[np.bool_]:
        """For every row whether it holds one of the wanted distinct cells."""
        is_wanted = np.zeros(len(self.distinct) + 1, dtype=bool)
        is_wanted[list(wanted)] = True
        return is_wanted[self.codes]

    def positions(self, wanted: Iterable[int]) -> npt.NDArray[np.int64]:
        """The positions of the rows that hold one of the wanted distinct cells."""
        return np.flatnonzero(self.holds(wanted))

    def keep(self, rows: npt.NDArray[np.bool_]) -> "Cells":
        return Cells(self.distinct, self.codes[rows])


class Collector:
    """Collects rows of equal length, part by part, into columns."""

    def __init__(self, width: int) -> None:
        self._known: list[defaultdict[Hashable, int]] = []
        for _ in range(width):
            known: defaultdict[Hashable, int] = defaultdict()
            known.default_factory = known.__len__  # a new cell gets the next number
            self._known.append(known)
        self._codes: list[list[npt.NDArray[np.int32]]] = [[] for _ in range(width)]

    def add(self, rows: Sequence[Sequence[Hashable]]) -> None:
        columns = zip(*rows, strict=True) if rows else ()
        for known, codes, column in zip(self._known, self._codes, columns, strict=bool(rows)):
            numbers = map(known.__getitem__, column)
            codes.append(np.fromiter(numbers, dtype=np.int32, count=len(rows)))

    def columns(self) -> list[tuple[tuple[Any, ...], npt.NDArray[np.int32]]]:
        """Distinct cells and codes of every column."""
        empty = np.empty(0, dtype=np.int32)
        return [
            (tuple(known), np.concatenate([empty, *codes]))
            for known, codes in zip(self._known, self._codes, strict=True)
        ]
