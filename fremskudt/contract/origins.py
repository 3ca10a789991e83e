"""Where every value comes from: per table, column and phase of a delivery.

`origins.csv` lists table, column (or *), phase (empty for all), origin and basis. The most
specific line counts. A delivery of a municipality's own data needs no such file: all of it
is then registered.
"""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from fremskudt.contract.problems import Problem
from fremskudt.contract.tables import ORIGINS, TABLES

LABELS = {
    "published": "Offentliggjort",
    "reconstructed": "Rekonstrueret",
    "constructed": "Konstrueret",
    "registered": "Registreret",
}
WEAKEST_FIRST = ("constructed", "reconstructed", "published", "registered")
COLUMNS = ("table", "column", "phase", "origin", "basis")


@dataclass(frozen=True)
class Origins:
    """Origin of the values of one delivery."""

    lines: dict[tuple[str, str, int], tuple[str, str]]
    default: str

    def of(self, table: str, column: str, phase: int = 0) -> str:
        """The origin of a column in a phase (0: not bound to a phase)."""
        return self._line(table, column, phase)[0]

    def basis(self, table: str, column: str, phase: int = 0) -> str:
        """In words: what the values rest on."""
        return self._line(table, column, phase)[1]

    def _line(self, table: str, column: str, phase: int) -> tuple[str, str]:
        for key in ((table, column, phase), (table, column, 0), (table, "*", 0)):
            if key in self.lines:
                return self.lines[key]
        return self.default, ""


def weakest(origins: list[str]) -> str:
    """The origin of a figure made from several: the one that carries least."""
    return min(origins, key=WEAKEST_FIRST.index)


def read_origins(path: Path, shown_as: str, default: str) -> tuple[Origins, list[Problem]]:
    """The origins of a delivery. Without a file everything has the delivery's own origin."""
    if not path.is_file():
        if default == "registered":
            return Origins({}, default), []
        return Origins({}, default), [
            Problem(shown_as, "filen mangler", "origins.csv ved data, der ikke er registreret")
        ]
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    if tuple(frame.columns) != COLUMNS:
        return Origins({}, default), [
            Problem(shown_as, "kolonnerne er forkerte", "kolonnerne " + ", ".join(COLUMNS), row=1)
        ]
    lines, problems = {}, []
    known = {name: table.names for name, table in TABLES.items()}
    for number, row in enumerate(frame.itertuples(), start=2):
        wrong = {
            "table": row.table not in {*known, "municipality"},
            "column": row.table in known and row.column not in {*known[row.table], "*"},
            "phase": row.phase not in {"", "1", "2", "3"},
            "origin": row.origin not in ORIGINS,
        }
        for column, is_wrong in wrong.items():
            if is_wrong:
                value = getattr(row, column)
                problems.append(
                    Problem(shown_as, "ugyldig værdi", "et kendt navn", number, column, value)
                )
        if not any(wrong.values()):
            lines[row.table, row.column, int(row.phase or 0)] = (row.origin, row.basis)
    return Origins(lines, default), problems
