"""A municipality's delivery: read, checked as a whole, and handed on as typed tables."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from fremskudt.contract.checks import check_tables
from fremskudt.contract.folder import DeliveryFolder
from fremskudt.contract.municipality import Municipality, read_municipality
from fremskudt.contract.origins import ORIGINS, Origins, read_origins
from fremskudt.contract.plausibility import unlikely
from fremskudt.contract.price_index import (
    PRICE_INDEX,
    PriceIndex,
    read_price_index,
    years_are_comparable,
)
from fremskudt.contract.problems import Problem
from fremskudt.contract.reading import ROW, read_table
from fremskudt.contract.refunds import (
    REFUND_RULES,
    RefundRules,
    read_refund_rules,
    rules_cover_the_lines,
)
from fremskudt.contract.sheets import Sheet
from fremskudt.contract.tables import TABLES
from fremskudt.errors import DataProblem

NEEDED = ("cases", "registrations", "workload")  # a chapter has nothing to count without them


@dataclass(frozen=True, repr=False, eq=False)
class Delivery:
    """A checked delivery; equal only to itself. Its tables hold case-level rows: only `analysis`
    may read them."""

    municipality: Municipality
    origins: Origins
    tables: dict[str, pd.DataFrame]
    refund_rules: RefundRules
    price_index: PriceIndex

    @property
    def slug(self) -> str:
        return self.municipality.slug

    def __repr__(self) -> str:
        return f"<Delivery {self.slug}>"

    def __getitem__(self, table: str) -> pd.DataFrame:
        return self.tables[table]


@dataclass(frozen=True, repr=False)
class Inspection:
    """What was found in a folder: a delivery, or None and errors; warnings and notes beside
    either. `sheets` holds the cells as they were delivered, for a report on them."""

    slug: str
    delivery: Delivery | None
    problems: tuple[Problem, ...]
    sheets: dict[str, Sheet]

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.is_error]

    @property
    def warnings(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.severity == "warning"]

    @property
    def remarks(self) -> list[Problem]:
        """Warnings and notes."""
        return [problem for problem in self.problems if not problem.is_error]


def inspect(path: Path, with_warnings: bool = True) -> Inspection:
    """Read and check everything in a municipality's folder.

    Without warnings it is not asked what is possible but unlikely: that is for those who check
    a delivery, not for each chapter that reads it.
    """
    folder = DeliveryFolder(path)
    municipality, problems = read_municipality(
        path / "municipality.yml", folder.name_of("municipality.yml")
    )
    problems += folder.problems
    tables, places, sheets = {}, {}, {}
    for table in TABLES.values():
        sheet, places[table.name], found = folder.read(table)
        problems += found
        tables[table.name], found = read_table(sheet, table)
        is_whole = sheet is not None and not any(one.is_error for one in found)
        if is_whole and table.name in NEEDED and tables[table.name].empty:
            wanted = f"mindst én række; en række er {table.row}"
            problems.append(places[table.name].problem("der er ingen rækker endnu", wanted))
        problems += found
        if sheet is not None:
            sheets[table.name] = sheet
    problems += check_tables(tables, places)
    rules, found = read_refund_rules(folder)
    problems += found or rules_cover_the_lines(
        tables,
        rules,
        municipality.rules_known_until if municipality else None,
        places["trajectories"],
    )
    target = municipality.price_year if municipality else None
    prices, found = read_price_index(folder, target)
    problems += found
    if municipality and not found:
        problems += years_are_comparable(tables, prices, places)
    default = municipality.origin if municipality else "registered"
    origins, found = read_origins(folder, default)
    problems += found
    problems += folder.leftovers([*TABLES.values(), REFUND_RULES, PRICE_INDEX, ORIGINS])
    if with_warnings:
        problems += unlikely(tables, places, municipality)
    delivery = None
    if municipality is not None and not any(problem.is_error for problem in problems):
        clean = {name: frame.drop(columns=ROW) for name, frame in tables.items()}
        delivery = Delivery(municipality, origins, clean, rules, prices)
    return Inspection(path.name, delivery, tuple(_in_reading_order(problems)), sheets)


def read_delivery(folder: Path) -> tuple[Delivery | None, list[Problem]]:
    """The delivery in a folder, or None and every error of every file."""
    found = inspect(folder, with_warnings=False)
    return found.delivery, found.errors


def load_delivery(folder: Path) -> Delivery:
    """The delivery in a folder. Raises `DataProblem` with every problem."""
    delivery, problems = read_delivery(folder)
    if delivery is None:
        raise DataProblem(problems)
    return delivery


def _in_reading_order(problems: Iterable[Problem]) -> list[Problem]:
    """File by file, the sheets as they stand in the workbook: a fault in the cases makes others
    further on. Notes, which ask for nothing, come after the rest of their sheet."""
    sheets = {table.label: position for position, table in enumerate(TABLES.values())}

    def place(one: Problem) -> tuple[str, int, str, bool, int]:
        sheet = one.sheet or ""
        is_note = one.severity == "note"
        return one.file, sheets.get(sheet, len(sheets)), sheet, is_note, one.row or 0

    return sorted(problems, key=place)
