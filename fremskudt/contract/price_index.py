"""The price index that turns amounts of one price year into another; the municipality's own.

The handbook brings no index: which one to use (consumer prices, wages, the municipal PL
index) is a choice that the one who publishes must make and name a source for.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pandas as pd

from fremskudt.contract.columns import Column, Number, Text
from fremskudt.contract.folder import DeliveryFolder
from fremskudt.contract.problems import Place, Problem
from fremskudt.contract.reading import ROW, read_table
from fremskudt.contract.rows import Places, Tables, records
from fremskudt.contract.tables import Table

YEAR = Number(1990, 2099, is_whole=True)
PRICE_INDEX = Table(
    "price_index",
    "Prisindeks",
    "et år",
    ("year",),
    (
        Column("year", YEAR, "År", "Prisåret."),
        Column(
            "index", Number(0.0001, 1e6), "Indeks", "Indekstallet; basisåret er uden betydning."
        ),
        Column("source", Text(), "Kilde", "Hvilket indeks det er, og hvor det er hentet."),
    ),
)


@dataclass(frozen=True)
class PriceIndex:
    """Index numbers by year. `target` is the price year that amounts are shown in, or None:
    then amounts stay in the one price year that they were delivered in."""

    target: int | None = None
    index: dict[int, float] = field(default_factory=dict)
    source: str = ""

    def factor(self, year: int) -> float:
        """What an amount of a year is multiplied by: index[target] / index[year]."""
        if self.target is None or year == self.target:
            return 1.0
        return self.index[self.target] / self.index[year]


def read_price_index(
    folder: DeliveryFolder, target: int | None
) -> tuple[PriceIndex, list[Problem]]:
    """The index of a municipality's folder; an empty one when there is none."""
    sheet, place, problems = folder.read(PRICE_INDEX, is_optional=True)
    if sheet is None:
        return PriceIndex(target), problems
    frame, found = read_table(sheet, PRICE_INDEX)
    problems += found or list(_check(frame, place))
    sources = "; ".join(dict.fromkeys(frame["source"].dropna()))
    years = frame.dropna(subset=["year", "index"])
    index = {
        int(year): float(value) for year, value in zip(years["year"], years["index"], strict=True)
    }
    return PriceIndex(target, index, sources), problems


def _check(frame: pd.DataFrame, place: Place) -> Iterator[Problem]:
    for row in records(frame, frame.duplicated("year")):
        what, wanted = "året står to gange", "hvert år én gang"
        yield place.problem(what, wanted, row[ROW], "year", f"{row['year']:g}")


def years_are_comparable(tables: Tables, prices: PriceIndex, places: Places) -> Iterator[Problem]:
    """Amounts that are added have one price year, or an index leads to the chosen one."""
    frames = [
        tables[name][["price_year", ROW]].assign(table=name).dropna()
        for name in ("workload", "trajectories")
    ]
    lines = pd.concat(frames, ignore_index=True)
    wanted = prices.target
    if wanted is None and len(lines):
        wanted = int(lines["price_year"].mode().iloc[0])
    known = prices.index if prices.target is not None else {}
    for row in records(lines):
        year = int(row["price_year"])
        if year == wanted or (year in known and wanted in known):
            continue
        yield places[row["table"]].problem(
            f"beløbet er i {year}-priser og kan ikke regnes om til {wanted}",
            "samme prisår i alle linjer, eller price_year i municipality.yml og en "
            "price_index.csv, der rummer begge år",
            row[ROW],
            "price_year",
            f"{year}",
        )
