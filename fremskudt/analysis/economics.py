"""What outreach casework cost, and what three years with and without it would cost whom.

Sign convention, here and nowhere else: net gain = counterfactual − expected. Positive is
money saved by outreach casework (DESIGN; main report 2.3, table 12).
"""

from collections.abc import Sequence

import pandas as pd

from fremskudt.analysis.counting import count_answers
from fremskudt.analysis.measures import MEASURES
from fremskudt.analysis.result import ALL, AMOUNT_COLUMNS, Amounts, Counts, Guard, origin_of
from fremskudt.contract.constants import constant, read_constants
from fremskudt.contract.delivery import Delivery
from fremskudt.contract.origins import weakest
from fremskudt.contract.scales import scale

TOTAL = "total"
EXPECTED, COUNTERFACTUAL = "expected", "counterfactual"


def administrative_cost(delivery: Delivery) -> Amounts:
    """The steps from minutes to cost per case (main report 2.1 and annex A).

    fte = minutes / minutes_per_fte (derived from Rudersdal: 18,560 minutes are 0.20);
    cost of a line = fte · annual salary · (1 + overhead);
    net cost = own − saved elsewhere; cost per case = net cost / cases carried out.
    Categories: own_ and saved_ minutes (where every line gives minutes), _fte and _cost, then
    net_cost, carried_out and cost_per_case.
    """
    lines = delivery["workload"]
    fte = lines["fte"].fillna(lines["minutes"] / constant("minutes_per_fte"))
    cost = fte * lines["annual_salary_dkk"] * (1 + lines["overhead_share"])
    cases = delivery.municipality.carried_out_cases
    counted = delivery.origins.of("municipality", "carried_out_cases")
    steps: list[tuple[str, float, str]] = []
    for kind in scale("workload_kind").codes:
        mine = lines["kind"] == kind
        origin = weakest(list(lines.loc[mine if mine.any() else slice(None), "origin"]))
        if lines.loc[mine, "minutes"].notna().all() and mine.any():
            steps.append((f"{kind}_minutes", lines.loc[mine, "minutes"].sum(), origin))
        steps.append((f"{kind}_fte", fte[mine].sum(), origin))
        steps.append((f"{kind}_cost", cost[mine].sum(), origin))
    for column in ("annual_salary_dkk", "overhead_share"):
        if lines[column].nunique() == 1:
            steps.append(
                (column, lines[column].iloc[0], _origin_of_constant(delivery, lines, column))
            )
    origin = weakest(list(lines["origin"]))
    is_own = lines["kind"] == "own"
    net = cost[is_own].sum() - cost[~is_own].sum()
    steps += [
        ("net_cost", net, origin),
        ("carried_out", cases, counted),
        ("cost_per_case", net / cases, weakest([origin, counted])),
    ]
    rows = [
        (delivery.slug, ALL, step, float(value), cases, source) for step, value, source in steps
    ]
    return _amounts(delivery, "admin_cost", rows, is_personal=False)


def _origin_of_constant(delivery: Delivery, lines: pd.DataFrame, column: str) -> str:
    """A salary or overhead that is the reports' own is published."""
    known = read_constants()[column]
    is_theirs = (lines[column] == known.value).all() and not delivery.municipality.is_registered
    return known.origin if is_theirs else weakest(list(lines["origin"]))


def payer_costs(delivery: Delivery) -> pd.DataFrame:
    """Kroner by citizen (rows), scenario and payer (columns): quantity · unit price · share.

    Case-level: stays within `analysis`.
    """
    lines = delivery["trajectories"]
    cost = lines["quantity"] * lines["unit_price_dkk"]
    columns = {payer: cost * lines[f"share_{payer}"] for payer in scale("payer").codes}
    frame = pd.DataFrame(columns).assign(case_id=lines["case_id"], scenario=lines["scenario"])
    table = frame.groupby(["case_id", "scenario"]).sum().unstack("scenario", fill_value=0.0)
    wanted = pd.MultiIndex.from_product([scale("payer").codes, scale("scenario").codes])
    return table.reindex(columns=wanted, fill_value=0.0)


def scenario_cost(delivery: Delivery) -> Amounts:
    """Kroner over 36 months for all selected citizens, by scenario and payer, and in total."""
    return _by_scenario(delivery, "scenario_cost", per_citizen=False)


def scenario_cost_per_citizen(delivery: Delivery) -> Amounts:
    """`scenario_cost` divided by the number of selected citizens (main report, figure 10)."""
    return _by_scenario(delivery, "scenario_cost_per_citizen", per_citizen=True)


def _by_scenario(delivery: Delivery, code: str, per_citizen: bool) -> Amounts:
    costs = payer_costs(delivery)
    n = len(costs)
    size = n if per_citizen else 1
    origin = origin_of(delivery, MEASURES[code])
    rows = []
    for scenario in scale("scenario").codes:
        sums = costs.xs(scenario, axis=1, level=1).sum()
        sums[TOTAL] = sums.sum()
        rows += [
            (delivery.slug, scenario, payer, float(value) / size if n else 0.0, n, origin)
            for payer, value in sums.items()
        ]
    return _amounts(delivery, code, rows, "scenario")


def net_gain(delivery: Delivery) -> Amounts:
    """Net gain per selected citizen over 36 months by payer and in total (table 12).

    (Σ counterfactual − Σ expected) / number of citizens; no discounting, price year as given.
    """
    costs = payer_costs(delivery)
    n = len(costs)
    gain = (costs.xs(COUNTERFACTUAL, axis=1, level=1) - costs.xs(EXPECTED, axis=1, level=1)).sum()
    gain[TOTAL] = gain.sum()
    origin = origin_of(delivery, MEASURES["net_gain"])
    rows = [
        (delivery.slug, ALL, payer, float(value) / n if n else 0.0, n, origin)
        for payer, value in gain.items()
    ]
    return _amounts(delivery, "net_gain", rows)


def saving_share(delivery: Delivery) -> Amounts:
    """Net gain as a share of the counterfactual cost, by payer and in total.

    A payer without counterfactual cost has no share and no row.
    """
    costs = payer_costs(delivery)
    before = costs.xs(COUNTERFACTUAL, axis=1, level=1).sum()
    after = costs.xs(EXPECTED, axis=1, level=1).sum()
    before[TOTAL], after[TOTAL] = before.sum(), after.sum()
    origin = origin_of(delivery, MEASURES["saving_share"])
    rows = [
        (delivery.slug, ALL, payer, float(1 - after[payer] / before[payer]), len(costs), origin)
        for payer in before.index
        if before[payer] > 0
    ]
    return _amounts(delivery, "saving_share", rows, unit="share")


def citizen_gain(delivery: Delivery) -> Counts:
    """How many of the selected citizens have a net gain in total, and how many have none."""
    costs = payer_costs(delivery)
    gain = costs.xs(COUNTERFACTUAL, axis=1, level=1) - costs.xs(EXPECTED, axis=1, level=1)
    has_gain = pd.Series(gain.sum(axis=1) > 0)
    answers = pd.Series("without", index=gain.index, dtype="string").mask(has_gain, "with")
    return count_answers(delivery, "citizen_gain", [(ALL, 0, answers)])


def citizens_without_gain(delivery: Delivery) -> int:
    """How many of the selected citizens have no net gain in total."""
    frame = citizen_gain(delivery).frame
    return int(frame.loc[frame["category"] == "without", "count"].iloc[0])


def _amounts(
    delivery: Delivery,
    code: str,
    rows: Sequence[tuple[object, ...]],
    group_scale: str = "",
    unit: str = "dkk",
    is_personal: bool = True,
) -> Amounts:
    frame = pd.DataFrame(rows, columns=list(AMOUNT_COLUMNS))
    if delivery.municipality.is_registered:
        frame["origin"] = "registered"
    guards = {delivery.slug: Guard.of(delivery)}
    return Amounts(MEASURES[code], frame, guards, group_scale, unit, is_personal)
