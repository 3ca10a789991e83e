"""From a delivery's lines to kroner by line, payer and month: the one place that prices a service.

cost of a line in a month = quantity / months · unit price · price index · the payer's share
in that month · the month's discount factor
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from fremskudt.analysis.economics.additions import PRICES, income_taxes, ordinary_casework
from fremskudt.analysis.economics.assumptions import MONTHS, Assumptions, discount_factors
from fremskudt.analysis.economics.shares import PAYERS, payer_shares
from fremskudt.contract.delivery import Delivery
from fremskudt.contract.services import read_services


@dataclass(frozen=True)
class Streams:
    """The priced lines of a delivery and what each costs whom, when.

    `lines` is the trajectories table at the shown price level, with the service's area and
    unit; `shares` (lines × payers × months) is who pays, also after a line's last month, as if
    it went on; `factors` are the discount factors of the months. Case-level: stays in `analysis`.
    """

    lines: pd.DataFrame
    shares: np.ndarray
    factors: np.ndarray

    @property
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

    @property
    def present_values(self) -> pd.DataFrame:
        """Kroner by payer (columns) for every line (rows)."""
        return pd.DataFrame(self.monthly.sum(axis=2), columns=list(PAYERS), index=self.lines.index)

    @property
    def citizens(self) -> int:
        """The number of selected citizens."""
        return int(self.lines["case_id"].nunique())


def streams(delivery: Delivery, assumptions: Assumptions) -> Streams:
    """The priced lines of a delivery under some assumptions."""
    lines = _rebased(delivery)
    services = read_services()
    lines["area"] = lines["service_code"].map({c: s.area for c, s in services.items()})
    lines["unit"] = lines["service_code"].map({c: s.unit for c, s in services.items()})
    added = []
    if assumptions.has_ordinary_casework:
        added += ordinary_casework(lines, delivery.price_index)
    if assumptions.has_taxes:
        added += income_taxes(lines, delivery.price_index)
    if added:
        lines = pd.concat([lines, pd.DataFrame(added)], ignore_index=True)
    return Streams(
        lines, payer_shares(delivery, lines), discount_factors(assumptions.discount_rate)
    )


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
