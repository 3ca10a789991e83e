"""Where every value comes from: per table, column and phase of a delivery.

`origins.csv` lists table, column (or *), phase (empty for all), origin and basis. The most
specific line counts. A delivery of a municipality's own data needs no such file: all of it
is then registered.
"""

from dataclasses import dataclass

from fremskudt.contract.columns import Column, Number, OneOf, Text
from fremskudt.contract.folder import DeliveryFolder
from fremskudt.contract.problems import Place, Problem
from fremskudt.contract.reading import ROW, read_table
from fremskudt.contract.rows import records
from fremskudt.contract.tables import ORIGIN, ORIGIN_LABELS, TABLES, Table

LABELS = ORIGIN_LABELS
WEAKEST_FIRST = ("constructed", "reconstructed", "published", "registered")
ORIGINS = Table(
    "origins",
    "Oprindelse",
    "en oplysning om, hvor værdier kommer fra",
    ("table", "column", "phase"),
    (
        Column("table", OneOf((*TABLES, "municipality")), "Tabel", "Tabellen."),
        Column("column", Text(), "Kolonne", "Kolonnen; * er alle."),
        Column("phase", Number(1, 3, is_whole=True), "Fase", "Fasen; tom er alle.", False),
        Column("origin", ORIGIN, "Oprindelse", "Hvor værdierne kommer fra."),
        Column("basis", Text(), "Grundlag", "Hvad værdierne hviler på.", False),
    ),
)


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


def read_origins(folder: DeliveryFolder, default: str) -> tuple[Origins, list[Problem]]:
    """The origins of a delivery. Without a file everything has the delivery's own origin."""
    sheet, place, problems = folder.read(ORIGINS, is_optional=True)
    if sheet is None:
        if not folder.holds(ORIGINS) and default != "registered":
            file = Place(folder.name_of(ORIGINS.file))
            wanted = "origins.csv ved data, der ikke er registreret"
            problems = [file.problem("filen mangler", wanted)]
        return Origins({}, default), problems
    frame, found = read_table(sheet, ORIGINS)
    problems += found
    lines = {}
    for row in records(frame.astype(object).where(frame.notna(), None)):
        table, column = row["table"], row["column"]
        if table in TABLES and column is not None and column not in (*TABLES[table].names, "*"):
            wanted = "en kolonne i tabellen eller *"
            problems.append(place.problem("ugyldig værdi", wanted, row[ROW], "column", column))
        lines[table, column, int(row["phase"] or 0)] = (row["origin"], row["basis"] or "")
    return Origins({} if problems else lines, default), problems
