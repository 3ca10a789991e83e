"""Who pays a service in which month: the shares that a line gives, or its refund rule's."""

from typing import Any

import numpy as np
import pandas as pd

from fremskudt.analysis.economics.assumptions import MONTHS
from fremskudt.contract.constants import constant
from fremskudt.contract.delivery import Delivery
from fremskudt.contract.refunds import ALL_BENEFITS, THIS_BENEFIT, Period, day_of_month
from fremskudt.contract.scales import scale
from fremskudt.contract.services import read_services

PAYERS = scale("payer").codes
MUNICIPALITY, STATE = PAYERS.index("municipality"), PAYERS.index("state")
WEEKS_PER_MONTH = constant("weeks_per_year") / 12
WEEKS_TO_RESTART = constant("weeks_to_restart")
INCOME_BENEFITS = {code for code, one in read_services().items() if one.is_exclusive_benefit}
COUNTING_BENEFITS = {code for code, one in read_services().items() if one.counts_benefit_weeks}


def payer_shares(delivery: Delivery, lines: pd.DataFrame) -> np.ndarray:
    """Lines × payers × months: who pays each line in each month, from its first month on."""
    fixed = lines[[f"share_{payer}" for payer in PAYERS]].to_numpy(dtype="float64")
    shares = np.repeat(fixed[:, :, None], MONTHS, axis=2)
    starts = delivery["cases"].set_index("case_id")["start_date"]
    for (case, _), mine in lines.groupby(["case_id", "scenario"]):
        with_rule = mine[mine["refund_rule"].notna()]
        if with_rule.empty:
            continue
        counting = mine[mine["service_code"].isin(COUNTING_BENEFITS)]
        on_all = _weeks_at(mine, counting, _weeks_before(delivery, str(case)))
        for line in with_rule.itertuples():
            same = with_rule[with_rule["service_code"] == line.service_code]
            weeks = {ALL_BENEFITS: on_all, THIS_BENEFIT: _weeks_at(mine, same, 0.0)}
            state = _state_shares(delivery, line, starts[case], weeks)
            shares[line.Index] = 0.0
            shares[line.Index, STATE] = state
            shares[line.Index, MUNICIPALITY] = 1 - state
    return shares


def _weeks_at(mine: pd.DataFrame, counted: pd.DataFrame, before: float) -> np.ndarray:
    """Weeks on the counted benefits at the beginning of each month of one trajectory.

    `mine` are all lines of a citizen in a scenario. After 52 weeks of self-support in all, that
    is months without any income benefit, the count starts afresh (act no. 994 of 2015, § 6).
    """
    is_benefit = mine["service_code"].map(lambda code: code in INCOME_BENEFITS)
    on_benefit, on_counted = _months(mine[is_benefit]), _months(counted)
    weeks, free = before, 0.0
    at = np.zeros(MONTHS)
    for month in range(MONTHS):
        if free >= WEEKS_TO_RESTART and on_counted[month]:
            weeks = free = 0.0
        at[month] = weeks
        weeks += WEEKS_PER_MONTH * on_counted[month]
        free += WEEKS_PER_MONTH * (not on_benefit[month])
    return at


def _months(lines: pd.DataFrame) -> np.ndarray:
    """Which months at least one of the lines covers."""
    covered = np.zeros(MONTHS, dtype=bool)
    for begin, end in zip(lines["from_month"], lines["to_month"], strict=True):
        covered[int(begin) : int(end)] = True
    return covered


def _state_shares(
    delivery: Delivery, line: Any, start: pd.Timestamp, weeks: dict[str, np.ndarray]
) -> np.ndarray:
    """The state's share of one benefit in each month, from the line's first month on."""
    rules, until = delivery.refund_rules, delivery.municipality.rules_known_until
    first = int(line.from_month)
    state = np.zeros(MONTHS)
    for month in range(first, MONTHS):
        period = rules.on(line.refund_rule, day_of_month(start, month, until))
        since = weeks[period.weeks_counted][first] + (month - first) * WEEKS_PER_MONTH
        state[month] = period.state_share(since, since + WEEKS_PER_MONTH)
    return state


def _weeks_before(delivery: Delivery, case_id: str) -> float:
    """Weeks on public benefits before the trajectory begins; 0 when nothing is said."""
    weeks = delivery["selected"].set_index("case_id")["benefit_weeks_before"].get(case_id)
    return 0.0 if weeks is None or pd.isna(weeks) else float(weeks)


def rules_used(delivery: Delivery) -> tuple[Period, ...]:
    """The refund rules in the form that some month of some line uses, in order of rule and date."""
    lines = delivery["trajectories"].dropna(subset=["refund_rule"])
    starts = delivery["cases"].set_index("case_id")["start_date"]
    until = delivery.municipality.rules_known_until
    used = {
        delivery.refund_rules.on(line.refund_rule, day_of_month(starts[line.case_id], month, until))
        for line in lines.itertuples()
        for month in range(int(line.from_month), int(line.to_month))
    }
    return tuple(sorted(used, key=lambda period: (period.rule, period.valid_from)))
