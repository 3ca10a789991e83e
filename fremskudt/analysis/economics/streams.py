"""From a delivery's lines to kroner by line, payer and month: the one place that prices a service.

cost of a line in a month = quantity / months · unit price · price index · the payer's share
in that month · the month's discount factor
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from fremskudt.analysis.economics.additions import PRICES, income_taxes, ordinary_casework
from fremskudt.analysis.economics.assumptions import MONTHS, Assumptions, discount_factors
from fremskudt.analysis.economics.needs import Pairs
from fremskudt.analysis.economics.shares import PAYERS, fixed_shares, payer_shares
from fremskudt.analysis.once import once
from fremskudt.contract.delivery import Delivery
from fremskudt.contract.services import read_services


@dataclass(frozen=True)
class Streams:
    """The priced lines of a delivery and what each costs whom, when.

    `lines` is the trajectories table at the shown price level, with the service's area and
    unit; `shares` (lines × payers × months) is who pays, also after a line's last month, as if
    it went on; `factors` are the discount factors of the months; `pairs` are the citizens and
    needs that the lines are about. Case-level: stays in `analysis`.
    """

    lines: pd.DataFrame
    shares: np.ndarray
    pairs: Pairs
    factors: np.ndarray

    @cached_property
    def monthly(self) -> np.ndarray:
        """Kroner, discounted: lines × payers × months. Sums to the present value."""
        months = np.arange(MONTHS)
        begins = self.lines["from_month"].to_numpy()[:, None]
        ends = self.lines["to_month"].to_numpy()[:, None]
        is_running = (begins <= months) & (months < ends)
        a_month = (self.lines["quantity"] * self.lines["unit_price_dkk"]).to_numpy()[:, None]
        gross = is_running * a_month / (ends - begins) * self.factors
        cost: np.ndarray = gross[:, None, :] * self.shares
        return cost

    @cached_property
    def present_values(self) -> pd.DataFrame:
        """Kroner by payer (columns) for every line (rows)."""
        return pd.DataFrame(self.monthly.sum(axis=2), columns=list(PAYERS), index=self.lines.index)

    @cached_property
    def citizens(self) -> int:
        """The number of selected citizens."""
        return int(self.lines["case_id"].nunique())


@once
def streams(delivery: Delivery, assumptions: Assumptions) -> Streams:
    """The priced lines of a delivery under some assumptions."""
    priced = _priced(delivery, assumptions.has_ordinary_casework, assumptions.has_taxes)
    return Streams(*priced, discount_factors(assumptions.discount_rate))


@once
def _priced(
    delivery: Delivery, has_ordinary_casework: bool, has_taxes: bool
) -> tuple[pd.DataFrame, np.ndarray, Pairs]:
    """The delivered lines and those that are switched on, who pays them, and what they meet: no
    rate matters for that."""
    lines, shares = _rebased(delivery), payer_shares(delivery)
    services = read_services()
    lines["area"] = lines["service_code"].map({c: s.area for c, s in services.items()})
    lines["unit"] = lines["service_code"].map({c: s.unit for c, s in services.items()})
    added = []
    if has_ordinary_casework:
        added += ordinary_casework(lines, delivery.price_index)
    if has_taxes:
        added += income_taxes(lines, delivery.price_index)
    if added:
        more = pd.DataFrame(added)
        lines = pd.concat([lines, more], ignore_index=True)
        shares = np.concatenate([shares, fixed_shares(more)])
    return lines, shares, Pairs.of(lines)


def price_years(delivery: Delivery) -> tuple[int, ...]:
    """The price years of the delivered amounts."""
    years = pd.concat([delivery[name]["price_year"] for name in ("workload", "trajectories")])
    return tuple(sorted({int(year) for year in years}))


def _rebased(delivery: Delivery) -> pd.DataFrame:
    """The lines with every unit price turned into the shown price year."""
    lines = delivery["trajectories"].reset_index(drop=True).copy()
    factor = lines["price_year"].map(lambda year: delivery.price_index.factor(int(year)))
    for column in PRICES:
        lines[column] = lines[column] * factor.astype("float64")
    return lines
