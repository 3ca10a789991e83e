"""What the reports leave out of the trajectories, as lines that can be switched on.

Ordinary casework without the outreach, and the income tax of the months in which a citizen
lives on no income benefit (main report 2.2).
"""

import pandas as pd

from fremskudt.analysis.economics.assumptions import MONTHS
from fremskudt.analysis.economics.shares import INCOME_BENEFITS, PAYERS
from fremskudt.contract.constants import constant, read_constants
from fremskudt.contract.price_index import PriceIndex
from fremskudt.contract.scales import scale

PRICES = ("unit_price_low_dkk", "unit_price_dkk", "unit_price_high_dkk")
QUANTITIES = ("quantity_low", "quantity", "quantity_high")
ORDINARY_CASEWORK, INCOME_TAX = "ordinary_casework", "income_tax"


def ordinary_casework(lines: pd.DataFrame, prices: PriceIndex) -> list[dict[str, object]]:
    """A line of ordinary casework in the counterfactual trajectory of every citizen.

    Minutes a month · (annual salary with overhead / minutes of a full-time equivalent).
    """
    minute = (constant("annual_salary_dkk") * (1 + constant("overhead_share"))) / constant(
        "minutes_per_fte"
    )
    month = constant("ordinary_casework_minutes_per_month") * minute
    month *= _at_price_level("annual_salary_dkk", prices)
    return [
        _line(case, "counterfactual", ORDINARY_CASEWORK, "casework", 0, MONTHS, month, (1, 0, 0, 0))
        for case in lines["case_id"].unique()
    ]


def income_taxes(lines: pd.DataFrame, prices: PriceIndex) -> list[dict[str, object]]:
    """Income tax as a negative cost in the months without any income benefit, by scenario."""
    tax = constant("earnings_dkk_per_month") * _at_price_level("earnings_dkk_per_month", prices)
    parts = (constant("municipal_tax_share"), 0.0, constant("state_tax_share"), 0.0)
    total = sum(parts)
    shares = tuple(part / total for part in parts)
    added = []
    for case in lines["case_id"].unique():
        for scenario in scale("scenario").codes:
            mine = lines[(lines["case_id"] == case) & (lines["scenario"] == scenario)]
            benefits = mine[mine["service_code"].isin(INCOME_BENEFITS)].sort_values("from_month")
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


def _at_price_level(code: str, prices: PriceIndex) -> float:
    """The factor that brings a constant to the shown price year, as far as the index reaches."""
    year = int(read_constants()[code].price_year)
    return prices.factor(year) if {year, prices.target} <= set(prices.index) else 1.0


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
