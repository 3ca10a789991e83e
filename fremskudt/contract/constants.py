"""Economic and legal constants: value, unit, price year and source, from reference data."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fremskudt.contract.reference import read_reference
from fremskudt.workspace import HANDBOOK

CONSTANTS_FILE = HANDBOOK / "data" / "reference" / "constants.csv"


@dataclass(frozen=True)
class Constant:
    """A value that code uses and does not hold itself."""

    code: str
    value: float
    unit: str
    price_year: str
    label: str
    origin: str
    source: str
    note: str


@cache
def read_constants(path: Path = CONSTANTS_FILE) -> dict[str, Constant]:
    """All constants of data/reference/constants.csv by code."""
    return {
        row["code"]: Constant(
            row["code"],
            float(row["value"]),
            row["unit"],
            row["price_year"],
            row["label_da"],
            row["origin"],
            row["source"],
            row["note_da"],
        )
        for row in read_reference(path)
    }


def constant(code: str) -> float:
    """The value of a constant; KeyError when the reference data have no such constant."""
    return read_constants()[code].value
