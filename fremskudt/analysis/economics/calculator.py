"""The gain for other numbers of cases, costs per case, strengths and rates than one's own.

net gain of a payer = cases · (strength · avoided − added − [the municipality] cost per case)

`avoided` and `added` are present values per selected citizen without the casework itself, for
each of RATES. The page's own script (book/_static/calculator.js) calculates the same from the
same table; a browser test holds the two against each other.
"""

from dataclasses import replace

import pandas as pd

from fremskudt.analysis.economics.assumptions import REPORT
from fremskudt.analysis.economics.gains import amounts, with_total
from fremskudt.analysis.economics.sensitivity import sides_behind
from fremskudt.analysis.economics.shares import PAYERS
from fremskudt.analysis.economics.sides import ADDED as ADDED
from fremskudt.analysis.economics.sides import AVOIDED as AVOIDED
from fremskudt.analysis.economics.sides import sums_of_sides
from fremskudt.analysis.economics.streams import streams
from fremskudt.analysis.result import Amounts
from fremskudt.contract.delivery import Delivery

RATES = tuple(step / 200 for step in range(13))  # 0 to 6 % by half per cents
FEW_RATES = (0.0, 0.035)


def calculator(delivery: Delivery) -> Amounts:
    """Avoided and added whole kroner per selected citizen for every rate: groups "avoided:0.035".

    A municipality's own data give FEW_RATES: many weighted sums of the same months could be
    solved for the months.
    """
    rows: list[tuple[object, ...]] = []
    for rate in FEW_RATES if delivery.municipality.is_registered else RATES:
        found = streams(delivery, replace(REPORT, discount_rate=rate))
        sums = sums_of_sides(found, with_casework=False)
        # Sums of binary fractions end a hair beside the half krone that they stand for.
        each = (sums / max(found.citizens, 1)).round(6).round()
        for kind in (AVOIDED, ADDED):
            rows += [
                (f"{kind}:{rate:g}", payer, value, found.citizens)
                for payer, value in each[kind].items()
            ]
    return amounts(delivery, "calculator", rows, contributors=sides_behind(delivery))


def calculated_gain(
    table: pd.DataFrame, cases: float, cost_per_case: float, strength: float, rate: float
) -> pd.Series:
    """Net gain in kroner of `cases` cases by payer and in total, from the rows of `calculator`.

    KeyError for a rate that is not among RATES.
    """
    values = table.set_index(["group", "category"])["value"]
    avoided, added = (values.loc[f"{kind}:{rate:g}"].reindex(PAYERS) for kind in (AVOIDED, ADDED))
    cost = pd.Series(0.0, index=list(PAYERS))
    cost["municipality"] = cost_per_case
    return with_total(cases * (strength * avoided - added - cost))
