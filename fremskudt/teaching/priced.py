"""What two built courses cost whom: the handbook's own calculation on a fictional delivery.

The lines are laid into Birkelund's delivery as the only course there is, and priced, set against
each other and drawn by the functions that the economics chapter is made with.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import pandas as pd

from fremskudt.analysis.economics.assumptions import REPORT
from fremskudt.analysis.economics.gains import (
    COUNTERFACTUAL,
    EXPECTED,
    avoided_and_added,
    payer_costs,
    with_total,
)
from fremskudt.analysis.economics.shares import PAYERS
from fremskudt.analysis.economics.streams import streams
from fremskudt.contract.delivery import Delivery
from fremskudt.contract.scales import scale
from fremskudt.teaching.birkelund import birkelund

CASE = "B-07"
CASEWORK = "outreach_casework"
PRICE_YEAR = 2013
PAYER_LABELS = {**{one.code: one.label for one in scale("payer").answers}, "total": "I alt"}
ByPayer = Mapping[str, float]
Kind = Literal["benefit", "bed", "casework"] | None


@dataclass(frozen=True)
class Service:
    """A service of the palette: price in kroner a unit, the payers' shares in the order of the
    scale, where the price comes from. `per_month` or `once` is the quantity that is proposed."""

    code: str
    label: str
    unit: str
    price: float
    shares: tuple[float, ...]
    kind: Kind
    per_month: float
    once: float
    source: str

    def proposed(self, months: int) -> float:
        """The quantity that is proposed for a line of some months."""
        return self.once or self.per_month * months


@dataclass(frozen=True)
class Line:
    """A service in a course: from a month up to another that is not part of it, how much in all,
    and how one knows."""

    code: str
    from_month: int
    to_month: int
    quantity: float
    reason: str = ""

    @property
    def months(self) -> range:
        return range(self.from_month, self.to_month)


Courses = Mapping[str, Sequence[Line]]


@dataclass(frozen=True)
class Balance:
    """Kroner over the months, undiscounted, by payer and in total: what each course costs, what
    is avoided and added, the net gain at full strength, and the strength from which on there is
    no loss (None where nothing is avoided)."""

    cost: Mapping[str, ByPayer]
    avoided: ByPayer
    added: ByPayer
    added_besides_casework: float

    @property
    def gain(self) -> dict[str, float]:
        return self.gain_at(1.0)

    def gain_at(self, strength: float) -> dict[str, float]:
        """Net gain where only a share of what is avoided would have come."""
        return {payer: strength * self.avoided[payer] - self.added[payer] for payer in self.avoided}

    @property
    def break_even(self) -> dict[str, float | None]:
        return {
            payer: self.added[payer] / avoided if avoided > 0 else None
            for payer, avoided in self.avoided.items()
        }

    @property
    def by_name(self) -> dict[str, float | None]:
        """Every amount by its dotted name: "avoided.total"."""
        kinds = {"avoided": self.avoided, "added": self.added, "gain": self.gain}
        found: dict[str, float | None] = {
            f"{kind}.{payer}": value
            for kind, values in kinds.items()
            for payer, value in values.items()
        }
        found |= {f"break_even.{payer}": value for payer, value in self.break_even.items()}
        return found | {"added_besides_casework": self.added_besides_casework}


def balance(courses: Courses, palette: Sequence[Service]) -> Balance:
    """What two courses cost whom, and how they differ."""
    delivery = delivery_of(courses, palette)
    costs = payer_costs(delivery, REPORT)
    frame = avoided_and_added(streams(delivery, REPORT))
    sums = frame.groupby("payer")[["avoided", "added"]].sum().reindex(PAYERS, fill_value=0.0)
    besides = frame.loc[frame["need"] != CASEWORK, "added"].sum()
    return Balance(
        {
            track: _whole(with_total(costs.xs(track, axis=1, level=1).sum()))
            for track in (EXPECTED, COUNTERFACTUAL)
        },
        _whole(with_total(sums["avoided"])),
        _whole(with_total(sums["added"])),
        round(float(besides), 6),
    )


def delivery_of(courses: Courses, palette: Sequence[Service]) -> Delivery:
    """Birkelund with the built courses as its only ones."""
    services = {one.code: one for one in palette}
    rows = [
        _row(track, one, services[one.code]) for track, lines in courses.items() for one in lines
    ]
    bundled = birkelund()
    kinds = bundled["trajectories"].dtypes
    lines = pd.DataFrame(rows, columns=list(kinds.index)).astype(kinds.to_dict())
    chosen = bundled["selected"].query("case_id == @CASE").assign(description="")
    tables = {**bundled.tables, "trajectories": lines, "selected": chosen}
    return replace(bundled, tables=tables)


def _row(track: str, line: Line, service: Service) -> dict[str, object]:
    """A line as a delivery has it; an exercise has no low and high estimates."""
    estimates = {
        f"{name}{end}{unit}": value
        for name, unit, value in (
            ("quantity", "", line.quantity),
            ("unit_price", "_dkk", service.price),
        )
        for end in ("_low", "", "_high")
    }
    return {
        "case_id": CASE,
        "scenario": track,
        "service_code": line.code,
        "from_month": line.from_month,
        "to_month": line.to_month,
        **estimates,
        "price_year": PRICE_YEAR,
        **dict(zip((f"share_{payer}" for payer in PAYERS), service.shares, strict=True)),
        "confidence": "low",
        "origin": "constructed",
        "source": service.source,
    }


def _whole(values: "pd.Series[float]") -> dict[str, float]:
    """Amounts without the last bits that a sum leaves."""
    return {str(payer): round(float(value), 6) + 0.0 for payer, value in values.items()}
