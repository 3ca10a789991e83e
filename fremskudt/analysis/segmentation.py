"""The segmentation rule of Høje-Taastrup: whose course crosses several parts of the municipality?

A citizen is looked at year by year under three criteria: at least so many entrances to the
municipality, at least so many services, more than so much a year. The source joins them with
"and/or", so each is counted alone, and so are those who meet any and all of them in the same year
(Sammenhæng 2018).

Everything is seen from the municipality: a service counts when the municipality pays a part of it
in that year, an entrance is an area of such services, the cost is the municipality's own. Outreach
casework is what the rule is to find citizens for, and counts under none.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from fremskudt.analysis.economics.assumptions import MONTHS, REPORT
from fremskudt.analysis.economics.shares import MUNICIPALITY
from fremskudt.analysis.economics.streams import streams
from fremskudt.analysis.measures import MEASURES
from fremskudt.analysis.once import once
from fremskudt.analysis.printed import read_published
from fremskudt.analysis.result import COUNT_COLUMNS, Counts, Guard, origin_of
from fremskudt.contract.delivery import Delivery

SCENARIOS = ("counterfactual", "expected")
MONTHS_A_YEAR = 12
YEARS = MONTHS // MONTHS_A_YEAR


@dataclass(frozen=True)
class Rule:
    """At least so many entrances, at least so many services, more than so many kroner a year."""

    entrances: int
    services: int
    annual_cost_dkk: float


def printed_rule() -> Rule:
    """The rule with the thresholds that the source prints."""
    printed = {one.figure_id: float(one.value) for one in read_published()}
    return Rule(
        int(printed["hoje-taastrup-entrances-min"]),
        int(printed["hoje-taastrup-services-min"]),
        printed["hoje-taastrup-annual-cost-min"],
    )


def segmentation(delivery: Delivery, rule: Rule) -> Counts:
    """How many of the selected citizens meet each criterion, any and all of them, in some year of
    each scenario.

    A citizen counts in several answers; n is the selected citizens. Amounts are at the shown
    price level and not discounted.
    """
    measure = MEASURES["segmentation"]
    found = citizen_years(delivery)
    met = pd.DataFrame(
        {
            "entrances": found["entrances"] >= rule.entrances,
            "services": found["services"] >= rule.services,
            "annual_cost": found["annual_cost"] > rule.annual_cost_dkk,
        }
    )
    met = met.assign(any=met.any(axis=1), all=met.all(axis=1))
    of_citizens = met.groupby(level=["scenario", "case_id"]).any()
    counts = of_citizens.groupby(level="scenario").sum().reindex(SCENARIOS, fill_value=0)
    n = int(delivery["trajectories"]["case_id"].nunique())
    origin = origin_of(delivery, measure, joint=True)
    rows = [
        (delivery.slug, scenario, name, int(counts.loc[scenario, name]), n, origin)
        for scenario in SCENARIOS
        for name in met
    ]
    frame = pd.DataFrame(rows, columns=list(COUNT_COLUMNS))
    guards = {delivery.slug: Guard.of(delivery)}
    return Counts(measure, frame, guards, group_scale="scenario", is_joint=True)


@once
def citizen_years(delivery: Delivery) -> pd.DataFrame:
    """Entrances, services and the municipality's cost in kroner by scenario, case_id and year
    (1 to 3); a year without any is all nought. Case-level: stays in `analysis`."""
    found = streams(delivery, REPORT)
    municipal = found.monthly[:, MUNICIPALITY, :]
    by_year = municipal.reshape(len(municipal), YEARS, MONTHS_A_YEAR).sum(axis=2)
    keys = found.lines[["scenario", "case_id", "service_code", "area"]]
    long = keys.loc[np.repeat(keys.index, YEARS)].assign(
        year=np.tile(np.arange(1, YEARS + 1), len(keys)), cost=by_year.ravel()
    )
    used = long[(long["area"] != "casework") & (long["cost"] > 0)]
    found_years = used.groupby(["scenario", "case_id", "year"]).agg(
        entrances=("area", "nunique"),
        services=("service_code", "nunique"),
        annual_cost=("cost", "sum"),
    )
    citizens = sorted(delivery["trajectories"]["case_id"].unique())
    every = pd.MultiIndex.from_product(
        [SCENARIOS, citizens, range(1, YEARS + 1)], names=found_years.index.names
    )
    return found_years.reindex(every, fill_value=0)
