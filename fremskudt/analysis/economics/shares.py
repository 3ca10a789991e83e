"""Who pays a service in which month: the shares that a line gives, or its refund rule's."""

import numpy as np
import pandas as pd

from fremskudt.analysis.economics.assumptions import MONTHS
from fremskudt.analysis.once import once
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


def fixed_shares(lines: pd.DataFrame) -> np.ndarray:
    """Lines × payers × months: the shares that the lines give, the same in every month."""
    given = lines[[f"share_{payer}" for payer in PAYERS]].to_numpy(dtype="float64")
    return np.repeat(given[:, :, None], MONTHS, axis=2)


@once
def payer_shares(delivery: Delivery) -> np.ndarray:
    """Lines × payers × months: who pays each line in each month, from its first month on."""
    lines = delivery["trajectories"].reset_index(drop=True)
    shares = fixed_shares(lines)
    starts = delivery["cases"].set_index("case_id")["start_date"].to_dict()
    before = delivery["selected"].set_index("case_id")["benefit_weeks_before"].to_dict()
    with_rule = lines.loc[lines["refund_rule"].notna(), ["case_id", "scenario"]].drop_duplicates()
    courses = dict(iter(lines.groupby(["case_id", "scenario"])))
    for case, scenario in with_rule.itertuples(index=False):
        weeks = before.get(case)
        state = _state_shares(
            delivery,
            courses[case, scenario],
            starts[case],
            0.0 if weeks is None or pd.isna(weeks) else float(weeks),
        )
        for line, share in state.items():
            shares[line] = 0.0
            shares[line, STATE] = share
            shares[line, MUNICIPALITY] = 1 - share
    return shares


def _state_shares(
    delivery: Delivery, course: pd.DataFrame, start: pd.Timestamp, weeks_before: float
) -> dict[int, np.ndarray]:
    """The state's share of each benefit with a refund rule, by line, in each month from the
    line's first one on.

    `course` are all lines of a citizen in a scenario, who began it on `start` after
    `weeks_before` weeks on public benefits.
    """
    rules, until = delivery.refund_rules, delivery.municipality.rules_known_until
    days = [day_of_month(start, month, until) for month in range(MONTHS)]
    service = course["service_code"]
    on_benefit = _months(course[service.isin(INCOME_BENEFITS)])
    counting = _months(course[service.isin(COUNTING_BENEFITS)])
    on_all = _weeks_at(counting, on_benefit, weeks_before)
    with_rule = course[course["refund_rule"].notna()]
    on_this = {
        code: _weeks_at(_months(same), on_benefit, 0.0)
        for code, same in with_rule.groupby("service_code")
    }
    shares = {}
    for line in with_rule.itertuples():
        weeks = {ALL_BENEFITS: on_all, THIS_BENEFIT: on_this[line.service_code]}
        first = int(line.from_month)
        state = np.zeros(MONTHS)
        for month in range(first, MONTHS):
            period = rules.on(line.refund_rule, days[month])
            since = weeks[period.weeks_counted][first] + (month - first) * WEEKS_PER_MONTH
            state[month] = period.state_share(since, since + WEEKS_PER_MONTH)
        shares[line.Index] = state
    return shares


def _weeks_at(on_counted: list[bool], on_benefit: list[bool], before: float) -> list[float]:
    """Weeks on the counted benefits at the beginning of each month of one trajectory.

    `on_benefit` says in which months the citizen has any income benefit. After 52 weeks of
    self-support in all, that is months without one, the count starts afresh (act no. 994 of
    2015, § 6).
    """
    weeks, free = before, 0.0
    at = []
    for is_counted, is_paid in zip(on_counted, on_benefit, strict=True):
        if free >= WEEKS_TO_RESTART and is_counted:
            weeks = free = 0.0
        at.append(weeks)
        weeks += WEEKS_PER_MONTH * is_counted
        free += WEEKS_PER_MONTH * (not is_paid)
    return at


def _months(lines: pd.DataFrame) -> list[bool]:
    """Which months at least one of the lines covers."""
    spans = list(zip(lines["from_month"], lines["to_month"], strict=True))
    return [any(begin <= month < end for begin, end in spans) for month in range(MONTHS)]


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
