"""Who pays a service in which month: the shares that a line gives, or its refund rule's."""

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import pandas as pd

from fremskudt.analysis.economics.assumptions import MONTHS
from fremskudt.analysis.once import once
from fremskudt.contract.constants import constant
from fremskudt.contract.delivery import Delivery
from fremskudt.contract.refunds import ALL_BENEFITS, Period, day_of_month
from fremskudt.contract.scales import scale
from fremskudt.contract.services import read_services

PAYERS = scale("payer").codes
MUNICIPALITY, STATE = PAYERS.index("municipality"), PAYERS.index("state")
WEEKS_PER_MONTH = constant("weeks_per_year") / 12
WEEKS_TO_RESTART = constant("weeks_to_restart")
INCOME_BENEFITS = {code for code, one in read_services().items() if one.is_exclusive_benefit}
COLUMNS = ("case_id", "scenario", "service_code", "from_month", "to_month", "refund_rule")
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
    courses: dict[tuple[str, str], list[Any]] = {}
    for line in lines[list(COLUMNS)].itertuples():
        courses.setdefault((line.case_id, line.scenario), []).append(line)
    for (case, _), course in courses.items():
        for line, state in _state_shares(delivery, course, starts[case], before.get(case)):
            shares[line] = 0.0
            shares[line, STATE] = state
            shares[line, MUNICIPALITY] = 1 - state
    return shares


def _state_shares(
    delivery: Delivery, course: list[Any], start: pd.Timestamp, weeks_before: float | None
) -> Iterator[tuple[int, np.ndarray]]:
    """The lines of benefits with a refund rule, and the state's share of each in each month
    from the line's first one on.

    `course` are all lines of a citizen in a scenario, who began it on `start` after
    `weeks_before` weeks on public benefits; none when nothing is said.
    """
    with_rule = [line for line in course if pd.notna(line.refund_rule)]
    if not with_rule:
        return
    rules, until = delivery.refund_rules, delivery.municipality.rules_known_until
    days = [day_of_month(start, month, until) for month in range(MONTHS)]
    on_benefit = _months(line for line in course if line.service_code in INCOME_BENEFITS)
    counting = _months(line for line in course if line.service_code in COUNTING_BENEFITS)
    weeks = 0.0 if weeks_before is None or pd.isna(weeks_before) else float(weeks_before)
    on_all = _weeks_at(counting, on_benefit, weeks)
    for line in with_rule:
        same = _months(one for one in with_rule if one.service_code == line.service_code)
        on_this = _weeks_at(same, on_benefit, 0.0)
        first, state = int(line.from_month), np.zeros(MONTHS)
        for month in range(first, MONTHS):
            period = rules.on(line.refund_rule, days[month])
            counted = on_all if period.weeks_counted == ALL_BENEFITS else on_this
            since = counted[first] + (month - first) * WEEKS_PER_MONTH
            state[month] = period.state_share(since, since + WEEKS_PER_MONTH)
        yield line.Index, state


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


def _months(lines: Iterable[Any]) -> list[bool]:
    """Which months at least one of the lines covers."""
    covered = [False] * MONTHS
    for line in lines:
        begin, end = int(line.from_month), int(line.to_month)
        covered[begin:end] = [True] * (end - begin)
    return covered


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
