"""From a delivery's lines to kroner by line, payer and month: the one place that prices a service.

cost of a line in a month = quantity / months · unit price · price index · the payer's share
in that month · the month's discount factor
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from fremskudt.analysis.economics.assumptions import MONTHS, Assumptions, discount_factors
from fremskudt.contract.constants import constant
from fremskudt.contract.delivery import Delivery
from fremskudt.contract.refunds import ALL_BENEFITS, THIS_BENEFIT, day_of_month
from fremskudt.contract.scales import scale
from fremskudt.contract.services import read_services

PAYERS = scale("payer").codes
MUNICIPALITY, STATE = PAYERS.index("municipality"), PAYERS.index("state")
PRICES = ("unit_price_low_dkk", "unit_price_dkk", "unit_price_high_dkk")
QUANTITIES = ("quantity_low", "quantity", "quantity_high")
ORDINARY_CASEWORK, INCOME_TAX = "ordinary_casework", "income_tax"
WEEKS_PER_MONTH = constant("weeks_per_year") / 12


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
        added += _ordinary_casework(lines)
    if assumptions.has_taxes:
        added += _income_taxes(lines)
    if added:
        lines = pd.concat([lines, pd.DataFrame(added)], ignore_index=True)
    return Streams(
        lines, _payer_shares(delivery, lines), discount_factors(assumptions.discount_rate)
    )


def _rebased(delivery: Delivery) -> pd.DataFrame:
    """The lines with every unit price turned into the shown price year."""
    lines = delivery["trajectories"].reset_index(drop=True).copy()
    factor = lines["price_year"].map(lambda year: delivery.price_index.factor(int(year)))
    for column in PRICES:
        lines[column] = lines[column] * factor.astype("float64")
    return lines


def _payer_shares(delivery: Delivery, lines: pd.DataFrame) -> np.ndarray:
    """Who pays each line in each month: the shares given, or those of the refund rule."""
    fixed = lines[[f"share_{payer}" for payer in PAYERS]].to_numpy(dtype="float64")
    shares = np.repeat(fixed[:, :, None], MONTHS, axis=2)
    has_rule = lines["refund_rule"].notna()
    for position in np.flatnonzero(has_rule):
        state = _state_shares(delivery, lines[has_rule], lines.iloc[position])
        shares[position] = 0.0
        shares[position, STATE] = state
        shares[position, MUNICIPALITY] = 1 - state
    return shares


def _state_shares(delivery: Delivery, with_rule: pd.DataFrame, line: pd.Series) -> np.ndarray:
    """The state's share of one benefit in each month from the line's first month on.

    Weeks on benefits before the line = weeks before the trajectory + the weeks of the earlier
    lines with a rule, of the same citizen and scenario.
    """
    rules, until = delivery.refund_rules, delivery.municipality.rules_known_until
    start = delivery["cases"].set_index("case_id").loc[line["case_id"], "start_date"]
    first = int(line["from_month"])
    earlier = with_rule[
        (with_rule["case_id"] == line["case_id"])
        & (with_rule["scenario"] == line["scenario"])
        & (with_rule["from_month"] < first)
    ]
    same = earlier[earlier["service_code"] == line["service_code"]]
    weeks = {
        ALL_BENEFITS: _weeks_before(delivery, line["case_id"]) + _weeks(earlier),
        THIS_BENEFIT: _weeks(same),
    }
    state = np.zeros(MONTHS)
    for month in range(first, MONTHS):
        period = rules.on(line["refund_rule"], day_of_month(start, month, until))
        since = weeks[period.weeks_counted] + (month - first) * WEEKS_PER_MONTH
        state[month] = period.state_share(since, since + WEEKS_PER_MONTH)
    return state


def _weeks(benefits: pd.DataFrame) -> float:
    return float((benefits["to_month"] - benefits["from_month"]).sum()) * WEEKS_PER_MONTH


def _weeks_before(delivery: Delivery, case_id: str) -> float:
    """Weeks on public benefits before the trajectory begins; 0 when nothing is said."""
    weeks = delivery["selected"].set_index("case_id")["benefit_weeks_before"].get(case_id)
    return 0.0 if weeks is None or pd.isna(weeks) else float(weeks)


def _ordinary_casework(lines: pd.DataFrame) -> list[dict[str, object]]:
    """A line of ordinary casework in the counterfactual trajectory of every citizen.

    Minutes a month · (annual salary with overhead / minutes of a full-time equivalent).
    """
    minute = (constant("annual_salary_dkk") * (1 + constant("overhead_share"))) / constant(
        "minutes_per_fte"
    )
    month = constant("ordinary_casework_minutes_per_month") * minute
    return [
        _line(case, "counterfactual", ORDINARY_CASEWORK, "casework", 0, MONTHS, month, (1, 0, 0, 0))
        for case in lines["case_id"].unique()
    ]


def _income_taxes(lines: pd.DataFrame) -> list[dict[str, object]]:
    """Income tax as a negative cost in the months without any income benefit, by scenario."""
    tax = constant("earnings_dkk_per_month")
    parts = (constant("municipal_tax_share"), 0.0, constant("state_tax_share"), 0.0)
    total = sum(parts)
    shares = tuple(part / total for part in parts)
    exclusive = {code for code, one in read_services().items() if one.is_exclusive_benefit}
    added = []
    for case in lines["case_id"].unique():
        for scenario in scale("scenario").codes:
            mine = lines[(lines["case_id"] == case) & (lines["scenario"] == scenario)]
            benefits = mine[mine["service_code"].isin(exclusive)].sort_values("from_month")
            reached = 0
            for begin, end in [
                *zip(benefits["from_month"], benefits["to_month"], strict=True),
                (MONTHS, MONTHS),
            ]:
                if begin > reached:
                    added.append(
                        _line(
                            case,
                            scenario,
                            INCOME_TAX,
                            "employment",
                            reached,
                            int(begin),
                            -tax * total,
                            shares,
                        )
                    )
                reached = max(reached, int(end))
    return added


def _line(
    case: str,
    scenario: str,
    service: str,
    area: str,
    begin: int,
    end: int,
    price: float,
    shares: tuple[float, ...],
) -> dict[str, object]:
    """A line that the handbook adds: one unit a month, without a range."""
    return {
        "case_id": case,
        "scenario": scenario,
        "service_code": service,
        "area": area,
        "unit": "month",
        "from_month": begin,
        "to_month": end,
        **dict.fromkeys(QUANTITIES, float(end - begin)),
        **dict.fromkeys(PRICES, price),
        **{f"share_{payer}": share for payer, share in zip(PAYERS, shares, strict=True)},
        "confidence": "low",
        "origin": "constructed",
    }
