"""One problem in a delivery, said so that the person who delivered can mend it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from fremskudt.contract.characters import visible
from fremskudt.contract.personal import masked

LONGEST_VALUE = 24
LONG_DIGITS = re.compile(r"\d(?:[\s.-]?\d){5,}")
Severity = Literal["error", "warning", "note"]
WORDS: dict[Severity, str] = {"error": "fejl", "warning": "advarsel", "note": "bemærkning"}


def shown(value: object) -> str:
    """A value fit for a message: shortened, and without what names a person.

    A misplaced civil registration or phone number must not be repeated in a log, nor any
    other long run of digits.
    """
    return _shown(str(value))


@lru_cache(maxsize=1024)  # the same wrong answer may stand in a million rows
def _shown(value: str) -> str:
    text = visible(masked(" ".join(value.split())))
    text = LONG_DIGITS.sub(lambda m: m.group()[0] + "…", text) if not _is_date(text) else text
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"


def _is_date(text: str) -> bool:
    return bool(re.fullmatch(r"\d{4}-\d\d-\d\d|\d\d[-./]\d\d[-./]\d{4}", text))


@dataclass(frozen=True)
class Problem:
    """Where (file, sheet, row, column, cell), what (value) and how to mend it (expected).

    `row` counts as a spreadsheet does: the heading is row 1. None means the whole
    file or the whole column. `sheet` and `cell` (C7) are given for a workbook, `heading` where
    the file calls the column otherwise than the contract. A warning or a note stops nothing.
    """

    file: str
    what: str
    expected: str
    row: int | None = None
    column: str | None = None
    value: object = None
    sheet: str | None = None
    cell: str | None = None
    heading: str | None = None
    severity: Severity = "error"
    mend: str = ""

    @property
    def is_error(self) -> bool:
        return self.severity == "error"

    @property
    def kind_of_column(self) -> str:
        """A table has columns, municipality.yml has fields."""
        return "felt" if self.file.endswith(".yml") else "kolonne"

    @property
    def advice(self) -> str:
        """What to do, as a sentence."""
        return visible(self._advice)

    @property
    def _advice(self) -> str:
        if self.mend:
            return self.mend
        name = f"«{shown(self.heading or self.column)}»" if self.column else ""
        if self.cell:
            return f"Ret celle {self.cell} i arket «{self.sheet}», og gem."
        if self.row is not None:
            of_column = f", {self.kind_of_column} {name}" if name else ""
            return f"Ret række {self.row}{of_column}, og gem."
        return f"Ret {name or self.sheet or self.file}, og gem."

    @property
    def place(self) -> str:
        """File, sheet, row, column and cell in one line."""
        place = [self.file]
        if self.sheet is not None:
            place.append(f"ark «{self.sheet}»")
        if self.row is not None:
            place.append(f"række {self.row}")
        if self.column is not None:
            cell = f" ({self.cell})" if self.cell else ""
            place.append(f"{self.kind_of_column} «{shown(self.heading or self.column)}»{cell}")
        elif self.cell:
            place.append(f"celle {self.cell}")
        return visible(", ".join(place))

    def __str__(self) -> str:
        found = f" Fundet: «{shown(self.value)}»." if self.value is not None else ""
        return visible(f"{self.place}: {self.what}.{found} Forventet: {self.expected}.")


@dataclass(frozen=True)
class Place:
    """Where a table stands: its file, its sheet in a workbook, and what the file calls the
    columns and which letter they have."""

    file: str
    sheet: str | None = None
    headings: Mapping[str, str] = field(default_factory=dict)
    letters: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return f"ark «{self.sheet}»" if self.sheet else self.file

    def heading(self, column: str) -> str:
        """What the file calls a column of the contract."""
        return self.headings.get(column, column)

    def problem(
        self,
        what: str,
        expected: str,
        row: int | None = None,
        column: str | None = None,
        value: object = None,
        severity: Severity = "error",
        mend: str = "",
    ) -> Problem:
        """A problem of this table."""
        letters = self.letters.get(column or "")
        return Problem(
            self.file,
            what,
            expected,
            None if row is None else int(row),
            column,
            value,
            self.sheet,
            f"{letters}{row}" if letters and row is not None and self.sheet else None,
            self.headings.get(column or ""),
            severity,
            mend,
        )
