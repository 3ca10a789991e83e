"""Birkelund's delivery with faults in it, for those who learn to find them.

The faults stand in module 3: each names a row by its keys, what is done to it, and what the check
says of it. What the sound delivery holds is checked before anything is changed, so that a fault
that no longer fits its row is an error here and not a riddle in the classroom.
"""

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from fremskudt.contract.tables import TABLES
from fremskudt.contract.yaml_files import read_yaml
from fremskudt.teaching.birkelund import BIRKELUND
from fremskudt.teaching.course import FOLDER
from fremskudt.teaching.danish_files import Row, birkelunds, write

WHERE_THE_FAULTS_ARE = 3
NAME = "birkelund-med-fejl"


@dataclass(frozen=True)
class Fault:
    """A fault that is planted: a wrong cell, a row that is gone or a row too many; how many errors
    the check makes of it."""

    name: str
    table: str
    row: Mapping[str, str]
    column: str
    kind: Literal["cell", "missing_row", "extra_row"]
    right: str
    wrong: str
    change: Mapping[str, str]
    errors: int


@cache
def faults() -> tuple[Fault, ...]:
    """The faults of the course, in the order of the module."""
    path = FOLDER / f"modul-{WHERE_THE_FAULTS_ARE}.yml"
    return tuple(_fault(one) for one in read_yaml(path.read_text(encoding="utf-8"))["faults"])


def _fault(raw: Mapping[str, Any]) -> Fault:
    return Fault(
        raw["id"],
        raw["table"],
        {name: str(value) for name, value in raw["row"].items()},
        raw["column"],
        raw["kind"],
        str(raw.get("right_csv", "")),
        str(raw.get("wrong_csv", "")),
        raw.get("change") or {},
        raw["problems"],
    )


def faulty_delivery(target: Path, planted: Sequence[Fault] | None = None) -> Path:
    """Copy Birkelund's delivery to a folder, written in Danish, and plant faults in it, all of
    them if none is named.

    ValueError for a fault that does not fit the delivery.
    """
    shutil.copytree(BIRKELUND, target)
    tables = {name: birkelunds(name) for name in TABLES}
    for fault in faults() if planted is None else planted:
        tables[fault.table] = _planted(tables[fault.table], fault)
    for name, rows in tables.items():
        write(target, name, rows)
    return target


def _planted(rows: list[Row], fault: Fault) -> list[Row]:
    """The rows with the fault in them."""
    found = [row for row in rows if all(row[name] == fault.row[name] for name in fault.row)]
    if len(found) != 1:
        raise ValueError(f"{fault.name}: {len(found)} rows in {fault.table} fit {fault.row}")
    row = found[0]
    match fault.kind:
        case "missing_row":
            return [one for one in rows if one is not row]
        case "extra_row":
            return [*rows, {**row, **fault.change}]
    if row[fault.column] != fault.right:
        raise ValueError(f"{fault.name}: {fault.column} is not {fault.right!r}")
    return [{**one, fault.column: fault.wrong} if one is row else one for one in rows]
