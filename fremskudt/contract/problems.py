"""One problem in a delivery, said so that the person who delivered can mend it."""

import re
from dataclasses import dataclass

LONGEST_VALUE = 24
LONG_DIGITS = re.compile(r"\d(?:[\s.-]?\d){5,}")


def shown(value: object) -> str:
    """A value fit for a message: shortened, and with long runs of digits hidden.

    A misplaced civil registration or phone number must not be repeated in a log.
    """
    text = " ".join(str(value).split())
    text = LONG_DIGITS.sub(lambda m: m.group()[0] + "…", text) if not _is_date(text) else text
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"


def _is_date(text: str) -> bool:
    return bool(re.fullmatch(r"\d{4}-\d\d-\d\d|\d\d[-./]\d\d[-./]\d{4}", text))


@dataclass(frozen=True)
class Problem:
    """Where (file, row, column), what (value) and how to mend it (expected).

    `row` counts as a spreadsheet does: the heading is row 1. None means the whole
    file or the whole column.
    """

    file: str
    what: str
    expected: str
    row: int | None = None
    column: str | None = None
    value: object = None

    def __str__(self) -> str:
        place = [self.file]
        if self.row is not None:
            place.append(f"række {self.row}")
        if self.column is not None:
            place.append(f"kolonne «{self.column}»")
        found = f" Fundet: «{shown(self.value)}»." if self.value is not None else ""
        return f"{', '.join(place)}: {self.what}.{found} Forventet: {self.expected}."
