"""The price index that turns amounts of one price year into another; the municipality's own.

The handbook brings no index: which one to use (consumer prices, wages, the municipal PL
index) is a choice that the one who publishes must make and name a source for.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from fremskudt.contract.columns import Column, Number, Text
from fremskudt.contract.problems import Problem
from fremskudt.contract.reading import ROW, read_table
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
    folder: Path, shown_as: str, target: int | None
) -> tuple[PriceIndex, list[Problem]]:
    """The index of a municipality's folder; an empty one when there is no file."""
    path = folder / PRICE_INDEX.file
    if not path.is_file():
        return PriceIndex(target), []
    frame, problems = read_table(path, shown_as, PRICE_INDEX)
    if not problems:
        problems = list(_check(frame, shown_as))
    sources = "; ".join(dict.fromkeys(frame["source"].dropna()))
    years = frame.dropna(subset=["year", "index"])
    index = {
        int(row.year): float(row.index_)
        for row in years.rename(columns={"index": "index_"}).itertuples()
    }
    return PriceIndex(target, index, sources), problems


def _check(frame: pd.DataFrame, name: str) -> Iterator[Problem]:
    for _, row in frame[frame.duplicated("year")].iterrows():
        yield Problem(
            name,
            "året står to gange",
            "hvert år én gang",
            int(row[ROW]),
            "year",
            f"{row['year']:g}",
        )


def years_are_comparable(
    tables: dict[str, pd.DataFrame], prices: PriceIndex, name_of: Callable[[str], str]
) -> Iterator[Problem]:
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
    for row in lines.itertuples():
        year = int(row.price_year)
        if year == wanted or (year in known and wanted in known):
            continue
        yield Problem(
            name_of(row.table),
            f"beløbet er i {year}-priser og kan ikke regnes om til {wanted}",
            "samme prisår i alle linjer, eller price_year i municipality.yml og en "
            "price_index.csv, der rummer begge år",
            int(lines.loc[row.Index, ROW]),
            "price_year",
            f"{year}",
        )
