"""The figures that the sources print, and when a computed figure agrees with one."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path

import pandas as pd

from fremskudt.workspace import HANDBOOK

PUBLISHED_FILE = HANDBOOK / "data" / "reference" / "published.csv"
JOIN = "+"
ALL = "all"

# The printed figures that are a category of a measure with another name.
ALIASES = {
    ("cost_per_case", ""): ("admin_cost", "cost_per_case"),
    ("net_cost", ""): ("admin_cost", "net_cost"),
    ("cases", ""): ("cases", "monitored"),
    ("complete", ""): ("cases", "complete"),
    ("citizens_without_gain", ""): ("citizen_gain", "without"),
    ("fte", "own"): ("admin_cost", "own_fte"),
    ("fte", "saved"): ("admin_cost", "saved_fte"),
}


@dataclass(frozen=True)
class PrintedFigure:
    """A figure as printed: what it is about, its value, and where it stands."""

    figure_id: str
    label: str
    municipality: str
    measure: str
    phase: int
    category: str
    statistic: str
    value: Decimal
    unit: str
    n: str
    source: str
    section: str
    status: str
    reason: str

    @property
    def place(self) -> str:
        return f"{self.source} {self.section}".strip()

    @property
    def key(self) -> tuple[str, str, str, str]:
        """Municipality, measure, group and category as the analysis names them."""
        if self.measure == "registered":
            return self.municipality, "registered", ALL, f"phase_{self.phase}"
        measure, category = ALIASES.get(
            (self.measure, self.category), (self.measure, self.category)
        )
        group = f"phase_{self.phase}" if self.phase else ALL
        return self.municipality, measure, group, category

    def agrees(self, value: float, n: float = float("nan")) -> bool:
        """Does a computed count, amount or share, rounded as the print is, equal the print?

        A printed per cent is held against count/n where n is given, else against the share.
        """
        computed = Decimal(repr(float(value)))
        if self.statistic == "pct":
            computed *= 100
            if n == n:
                computed /= Decimal(repr(float(n)))
        step = Decimal(1).scaleb(int(self.value.as_tuple().exponent))
        # Sums of binary fractions end a hair beside the krone that they stand for.
        computed = computed.quantize(Decimal("1e-7"), ROUND_HALF_UP)
        return computed.quantize(step, ROUND_HALF_UP) == self.value


@cache
def read_published(path: Path = PUBLISHED_FILE) -> tuple[PrintedFigure, ...]:
    """All figures of data/reference/published.csv, in the order of the sources."""
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    return tuple(
        PrintedFigure(
            row.figure_id,
            row.label_da,
            row.municipality,
            row.measure,
            int(row.phase or 0),
            row.category,
            row.statistic,
            Decimal(row.value),
            row.unit,
            row.n,
            row.source,
            row.section,
            row.status,
            row.reason_da,
        )
        for row in frame.itertuples()
    )


@cache
def printed_values(measure: str) -> dict[tuple[str, str, str], PrintedFigure]:
    """The recomputed printed figures of a measure, by municipality, group and category."""
    found: dict[tuple[str, str, str], PrintedFigure] = {}
    for figure in read_published():
        municipality, code, group, category = figure.key
        if code == measure and figure.status == "recomputed" and figure.statistic != "n":
            found.setdefault((municipality, group, category), figure)
    return found
