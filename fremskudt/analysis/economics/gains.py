"""Who gains and who pays: the two trajectories set against each other. Positive is money saved
(the sign convention of `sides`)."""

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from fremskudt.analysis.counting import count_answers
from fremskudt.analysis.economics.assumptions import MONTHS, REPORT, Assumptions
from fremskudt.analysis.economics.shares import PAYERS
from fremskudt.analysis.economics.sides import (
    COUNTERFACTUAL as COUNTERFACTUAL,
)
from fremskudt.analysis.economics.sides import (
    EXPECTED as EXPECTED,
)
from fremskudt.analysis.economics.sides import (
    avoided_and_added as avoided_and_added,
)
from fremskudt.analysis.economics.sides import (
    gain_by_payer,
    signs,
)
from fremskudt.analysis.economics.streams import Streams, streams
from fremskudt.analysis.measures import MEASURES
from fremskudt.analysis.once import once
from fremskudt.analysis.result import ALL, AMOUNT_COLUMNS, Amounts, Counts, Guard, origin_of
from fremskudt.contract.delivery import Delivery
from fremskudt.contract.scales import scale

TOTAL = "total"
NEVER = np.inf
SMALLEST = 0.005  # half an øre: less is no amount


@once
def payer_costs(delivery: Delivery, assumptions: Assumptions = REPORT) -> pd.DataFrame:
    """Kroner by citizen (rows), and payer and scenario (columns). Case-level."""
    found = streams(delivery, assumptions)
    frame = found.present_values.assign(
        case_id=found.lines["case_id"], scenario=found.lines["scenario"]
    )
    table = frame.groupby(["case_id", "scenario"]).sum().unstack("scenario", fill_value=0.0)
    wanted = pd.MultiIndex.from_product([PAYERS, scale("scenario").codes])
    return table.reindex(columns=wanted, fill_value=0.0)


def scenario_cost(delivery: Delivery, assumptions: Assumptions = REPORT) -> Amounts:
    """Kroner over 36 months for all selected citizens, by scenario and payer, and in total."""
    return _by_scenario(delivery, "scenario_cost", assumptions, per_citizen=False)


def scenario_cost_per_citizen(delivery: Delivery, assumptions: Assumptions = REPORT) -> Amounts:
    """`scenario_cost` divided by the number of selected citizens (main report, figure 10)."""
    return _by_scenario(delivery, "scenario_cost_per_citizen", assumptions, per_citizen=True)


def _by_scenario(
    delivery: Delivery, code: str, assumptions: Assumptions, per_citizen: bool
) -> Amounts:
    costs = payer_costs(delivery, assumptions)
    n = len(costs)
    size = n if per_citizen else 1
    rows = [
        (scenario, payer, value / size if n else 0.0, n)
        for scenario in scale("scenario").codes
        for payer, value in with_total(costs.xs(scenario, axis=1, level=1).sum()).items()
    ]
    return amounts(delivery, code, rows, group_scale="scenario")


def net_gain(delivery: Delivery, assumptions: Assumptions = REPORT) -> Amounts:
    """Net gain per selected citizen over 36 months by payer and in total (table 12).

    Under REPORT: no discounting, the counterfactual at full strength.
    """
    found = streams(delivery, assumptions)
    gain = with_total(gain_by_payer(found, assumptions.counterfactual_strength))
    rows = [(ALL, payer, value, found.citizens) for payer, value in gain.items()]
    return amounts(delivery, "net_gain", rows)


def saving_share(delivery: Delivery, assumptions: Assumptions = REPORT) -> Amounts:
    """Net gain as a share of the counterfactual cost, by payer and in total.

    A payer without counterfactual cost has no share and no row.
    """
    costs = payer_costs(delivery, assumptions)
    before = with_total(costs.xs(COUNTERFACTUAL, axis=1, level=1).sum())
    after = with_total(costs.xs(EXPECTED, axis=1, level=1).sum())
    rows = [
        (ALL, payer, 1 - after[payer] / before[payer], len(costs))
        for payer in before.index
        if before[payer] > 0
    ]
    return amounts(delivery, "saving_share", rows, unit="share")


def citizen_gain(delivery: Delivery, assumptions: Assumptions = REPORT) -> Counts:
    """How many of the selected citizens have a net gain in total, and how many have none."""
    has_gain = citizen_gains(delivery, assumptions)[TOTAL] > 0
    answers = pd.Series("without", index=has_gain.index, dtype="string").mask(has_gain, "with")
    return count_answers(delivery, "citizen_gain", [(ALL, 0, answers)])


def citizen_gains(delivery: Delivery, assumptions: Assumptions = REPORT) -> pd.DataFrame:
    """Net gain by citizen (rows), and payer and total (columns). Case-level."""
    costs = payer_costs(delivery, assumptions)
    gain = costs.xs(COUNTERFACTUAL, axis=1, level=1) - costs.xs(EXPECTED, axis=1, level=1)
    return gain.assign(**{TOTAL: gain.sum(axis=1)})


def citizens_without_gain(delivery: Delivery) -> int:
    """How many of the selected citizens have no net gain in total."""
    frame = citizen_gain(delivery).frame
    return int(frame.loc[frame["category"] == "without", "count"].iloc[0])


def gain_by_area(delivery: Delivery, assumptions: Assumptions = REPORT) -> Amounts:
    """Net gain per selected citizen by service area (groups) and payer; sums to `net_gain`.

    n is the number of selected citizens with any service of the area; in a municipality's own
    data those for whom it makes a difference, and 0 where a payer is hidden: who pays for an
    area is public, so that the areas tell the payers.
    """
    found = streams(delivery, assumptions)
    values = found.present_values.mul(signs(found.lines), axis=0)
    sums = values.groupby(found.lines["area"]).sum()
    touched = found.lines.groupby("area")["case_id"].nunique()
    if delivery.municipality.is_registered:
        by_case = _differing(found, found.lines["area"], found.lines["case_id"]).any(axis=1)
        limit = delivery.municipality.disclosure_threshold
        hides_a_payer = any(0 < n < limit for n in payers_behind(delivery).values())
        touched = by_case.groupby(level="area").sum() * (not hides_a_payer)
    rows = [
        (area, payer, with_total(sums.loc[area])[payer] / found.citizens, int(touched[area]))
        for area in scale("area").codes
        if area in sums.index
        for payer in only_totals(delivery, [*PAYERS, TOTAL])
    ]
    return amounts(
        delivery,
        "gain_by_area",
        rows,
        group_scale="area",
        parts_of_total=True,
        public_groups=("casework",),
    )


def gain_by_year(delivery: Delivery, assumptions: Assumptions = REPORT) -> Amounts:
    """Net gain per selected citizen by year of the trajectory (groups) and payer."""
    by_month = _monthly_gain(delivery, assumptions)
    n = _citizens(delivery)
    rows = [
        (code, payer, by_month[payer].iloc[12 * position : 12 * (position + 1)].sum(), n)
        for position, code in enumerate(scale("trajectory_year").codes)
        for payer in only_totals(delivery, by_month.columns)
    ]
    return amounts(delivery, "gain_by_year", rows, group_scale="trajectory_year")


def cumulative_gain(delivery: Delivery, assumptions: Assumptions = REPORT) -> Amounts:
    """Net gain per selected citizen until and with each month (groups "0" to "36"), by payer.

    A municipality's own data show the total at the ends of the years only: a monthly curve of a
    few citizens would tell when one of them received a service, and what it cost.
    """
    total = _monthly_gain(delivery, assumptions).cumsum()
    n = _citizens(delivery)
    step = _step(delivery)
    payers = only_totals(delivery, total.columns)
    rows: list[tuple[object, ...]] = [("0", payer, 0.0, n) for payer in payers]
    for month in range(step, MONTHS + 1, step):
        rows += [(str(month), payer, total.loc[month, payer], n) for payer in payers]
    return amounts(delivery, "cumulative_gain", rows)


def payback(delivery: Delivery, assumptions: Assumptions = REPORT) -> Amounts:
    """The month at whose end a payer has its money back and keeps it, by payer and in total.

    0: the payer never stands in a deficit. `NEVER`: not within 36 months. A payer whose costs
    are the same in both trajectories has no row. A municipality's own data give whole years.
    """
    total = _monthly_gain(delivery, assumptions).cumsum()
    step = _step(delivery)
    rows: list[tuple[object, ...]] = []
    for payer, gain in total.items():
        if (gain.abs() < 0.005).all():
            continue
        in_deficit = gain.index[gain < -0.005]
        month = 0.0 if in_deficit.empty else float(in_deficit[-1] + 1)
        month = np.ceil(month / step) * step if month <= MONTHS else NEVER
        rows.append((ALL, payer, month, _citizens(delivery)))
    return amounts(delivery, "payback", rows, unit="months")


def _step(delivery: Delivery) -> int:
    """How many months lie between the points of time that may be shown."""
    return 12 if delivery.municipality.is_registered else 1


def _monthly_gain(delivery: Delivery, assumptions: Assumptions) -> pd.DataFrame:
    """Net gain per selected citizen in months 1 to 36 (rows) by payer and total (columns)."""
    found = streams(delivery, assumptions)
    by_payer = np.einsum("l,lpm->mp", signs(found.lines), found.monthly)
    months = pd.RangeIndex(1, MONTHS + 1)
    frame = pd.DataFrame(by_payer, columns=list(PAYERS), index=months) / max(found.citizens, 1)
    return frame.assign(**{TOTAL: frame.sum(axis=1)})


def _citizens(delivery: Delivery) -> int:
    return int(delivery["trajectories"]["case_id"].nunique())


def with_total(by_payer: pd.Series) -> pd.Series:
    """Amounts by payer with their sum as "total"."""
    return pd.concat([by_payer, pd.Series({TOTAL: by_payer.sum()})])


@once
def payers_behind(delivery: Delivery) -> dict[tuple[str, str], int]:
    """How many selected citizens stand behind a payer's amounts: in the scenario with fewest,
    of those in which the payer pays anything, or of those for whom the two differ. Only a
    municipality's own data need it."""
    if not delivery.municipality.is_registered:
        return {}
    found = streams(delivery, REPORT)
    keys = [found.lines["scenario"], found.lines["case_id"]]
    pays = found.present_values.abs().groupby(keys).sum() > 0
    counts = pays.groupby(level="scenario").sum()
    least = counts.where(counts > 0).min().fillna(0)
    differ = _differing(found, found.lines["case_id"]).sum()
    least = least.where((differ == 0) | (differ > least), differ)
    return {(delivery.slug, str(payer)): int(n) for payer, n in least.items()}


def _differing(found: Streams, *keys: pd.Series) -> pd.DataFrame:
    """Whether a payer's costs differ between the trajectories, for the lines of the same keys."""
    values = found.present_values.mul(signs(found.lines), axis=0)
    sums: pd.DataFrame = values.groupby(list(keys)).sum().abs() >= SMALLEST
    return sums


def only_totals(delivery: Delivery, payers: Iterable[str]) -> list[str]:
    """What a table that splits the gain further may show of a municipality's own data: no payers.

    A few citizens split by payer and year, or payer and area, are single citizens.
    """
    is_own = delivery.municipality.is_registered
    return [payer for payer in payers if payer == TOTAL or not is_own]


def amounts(
    delivery: Delivery,
    code: str,
    rows: Iterable[Sequence[object]],
    group_scale: str = "",
    unit: str = "dkk",
    labels: dict[str, str] | None = None,
    parts_of_total: bool = False,
    public_groups: tuple[str, ...] = (),
    contributors: dict[tuple[str, str], int] | None = None,
) -> Amounts:
    """A result from rows of group, category, value and n, with the measure's origin. Behind a
    payer stand `payers_behind`, if no other `contributors` are named."""
    measure = MEASURES[code]
    origin = "registered" if delivery.municipality.is_registered else origin_of(delivery, measure)
    frame = pd.DataFrame(
        [(delivery.slug, *row, origin) for row in rows], columns=list(AMOUNT_COLUMNS)
    )
    behind = payers_behind(delivery) if contributors is None else contributors
    return Amounts(
        measure,
        frame.astype({"value": "float64"}),
        {delivery.slug: Guard.of(delivery)},
        group_scale,
        unit,
        labels=labels or {},
        parts_of_total=parts_of_total,
        public_groups=public_groups,
        contributors=behind if measure.scale == "payer" else {},
    )
