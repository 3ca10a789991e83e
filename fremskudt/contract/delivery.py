"""A municipality's delivery: read, checked as a whole, and handed on as typed tables."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from fremskudt.contract.checks import check_tables
from fremskudt.contract.municipality import Municipality, read_municipality
from fremskudt.contract.origins import Origins, read_origins
from fremskudt.contract.price_index import PriceIndex, read_price_index, years_are_comparable
from fremskudt.contract.problems import Problem
from fremskudt.contract.reading import ROW, read_table
from fremskudt.contract.refunds import RefundRules, read_refund_rules, rules_cover_the_lines
from fremskudt.contract.tables import TABLES
from fremskudt.errors import DataProblem


@dataclass(frozen=True, repr=False)
class Delivery:
    """A checked delivery. Its tables hold case-level rows: only `analysis` may read them."""

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


def read_delivery(folder: Path) -> tuple[Delivery | None, list[Problem]]:
    """The delivery in a folder, or None and every problem of every file."""
    slug = folder.name

    def name_of(file: str) -> str:
        return f"{slug}/{file}.csv" if file in TABLES else f"{slug}/{file}"

    municipality, problems = read_municipality(
        folder / "municipality.yml", name_of("municipality.yml")
    )
    tables = {}
    for table in TABLES.values():
        tables[table.name], found = read_table(folder / table.file, name_of(table.name), table)
        problems += found
    problems += check_tables(tables, name_of)
    rules, found = read_refund_rules(folder, name_of("refund_rules.csv"))
    problems += found or rules_cover_the_lines(
        tables,
        rules,
        municipality.rules_known_until if municipality else None,
        name_of("trajectories"),
    )
    target = municipality.price_year if municipality else None
    prices, found = read_price_index(folder, name_of("price_index.csv"), target)
    problems += found
    if municipality and not found:
        problems += years_are_comparable(tables, prices, name_of)
    default = municipality.origin if municipality else "registered"
    origins, found = read_origins(folder / "origins.csv", name_of("origins.csv"), default)
    problems += found
    if municipality is None or problems:
        return None, _in_reading_order(problems)
    clean = {name: frame.drop(columns=ROW) for name, frame in tables.items()}
    return Delivery(municipality, origins, clean, rules, prices), []


def load_delivery(folder: Path) -> Delivery:
    """The delivery in a folder. Raises `DataProblem` with every problem."""
    delivery, problems = read_delivery(folder)
    if delivery is None:
        raise DataProblem(problems)
    return delivery


def _in_reading_order(problems: Iterable[Problem]) -> list[Problem]:
    return sorted(problems, key=lambda problem: (problem.file, problem.row or 0))
