"""The rows of the faulty delivery that a participant is asked about, as they stand in its files,
beside their neighbours."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fremskudt.contract.columns import Identifier
from fremskudt.contract.personal import masked
from fremskudt.contract.problems import shown
from fremskudt.contract.tables import TABLES
from fremskudt.contract.yaml_files import read_yaml
from fremskudt.teaching.course import FOLDER
from fremskudt.teaching.danish_files import DELIMITER, ENCODING, danish
from fremskudt.teaching.faulty import WHERE_THE_FAULTS_ARE, Fault, faults


@dataclass(frozen=True)
class Excerpt:
    """Some of the `of` rows of a sheet: the number that a spreadsheet gives each, and its cells.
    What looks like a person is masked."""

    label: str
    file: str
    headings: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    of: int


@dataclass(frozen=True)
class Spot:
    """A row to look at: its table, and what some of its cells hold."""

    table: str
    cells: Mapping[str, str]


@cache
def spots() -> tuple[Spot, ...]:
    """The rows that the exercise asks about, faulty or not."""
    path = FOLDER / f"modul-{WHERE_THE_FAULTS_ARE}.yml"
    others = read_yaml(path.read_text(encoding="utf-8"))["looks_wrong_but_is_right"]
    return tuple(
        Spot(table, {name: danish(table, name, str(cell)) for name, cell in cells.items()})
        for table, cells in (
            *((one.table, _planted_at(one)) for one in faults()),
            *((one["table"], one["row"]) for one in others),
        )
    )


def excerpts(folder: Path) -> tuple[Excerpt, ...]:
    """The spots of a faulty delivery with the row before and the row after, sheet by sheet."""
    wanted = {one.table for one in spots()}
    return tuple(_excerpt(folder, name) for name in TABLES if name in wanted)


def _planted_at(fault: Fault) -> Mapping[str, str]:
    """How the row is found once the fault is planted: of a row that is gone, its case is."""
    if fault.kind == "missing_row":
        return {"case_id": fault.row["case_id"]}
    if fault.kind == "cell" and fault.column in fault.row:
        return {**fault.row, fault.column: fault.wrong}
    return fault.row


def _excerpt(folder: Path, table: str) -> Excerpt:
    of = TABLES[table]
    with (folder / of.file).open(encoding=ENCODING, newline="") as file:
        _, *rows = csv.reader(file, delimiter=DELIMITER)
    near: set[int] = set()
    for spot in spots():
        found = [
            place
            for place, row in enumerate(rows)
            if spot.table == table
            and all(row[of.names.index(name)] == cell for name, cell in spot.cells.items())
        ]
        near |= {place + step for place in found for step in (-1, 0, 1)}
    kept = [place for place in range(len(rows)) if place in near]
    return Excerpt(
        of.label,
        of.file,
        tuple(column.label for column in of.columns),
        tuple((place + 2, _fit_to_see(table, rows[place])) for place in kept),
        len(rows),
    )


def _fit_to_see(table: str, row: list[str]) -> tuple[str, ...]:
    """The cells; a misplaced number of a person is its first digit only."""
    columns = TABLES[table].columns
    return tuple(
        shown(cell) if isinstance(column.kind, Identifier) else masked(cell)
        for column, cell in zip(columns, row, strict=True)
    )
