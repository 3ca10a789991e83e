"""What outreach casework itself cost: from minutes to the cost of a case."""

from collections.abc import Sequence

import pandas as pd

from fremskudt.analysis.measures import MEASURES
from fremskudt.analysis.result import ALL, AMOUNT_COLUMNS, Amounts, Guard
from fremskudt.contract.constants import constant, read_constants
from fremskudt.contract.delivery import Delivery
from fremskudt.contract.origins import weakest
from fremskudt.contract.scales import scale

MULTIPLES = (0.5, 0.75, 1, 1.5, 2, 3, 5)


def administrative_cost(delivery: Delivery) -> Amounts:
    """The steps from minutes to cost per case (main report 2.1 and annex A).

    fte = minutes / minutes_per_fte (derived from Rudersdal: 18,560 minutes are 0.20);
    cost of a line = fte · annual salary · price index · (1 + overhead);
    net cost = own − saved elsewhere; cost per case = net cost / cases carried out.
    Categories: own_ and saved_ minutes (where every line gives minutes), _fte and _cost, then
    net_cost, carried_out and cost_per_case.
    """
    lines = delivery["workload"]
    fte = lines["fte"].fillna(lines["minutes"] / constant("minutes_per_fte"))
    factor = lines["price_year"].map(lambda year: delivery.price_index.factor(int(year)))
    salary = lines["annual_salary_dkk"] * factor.astype("float64")
    cost = fte * salary * (1 + lines["overhead_share"])
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
    for column, values in (
        ("annual_salary_dkk", salary),
        ("overhead_share", lines["overhead_share"]),
    ):
        if values.nunique() == 1:
            steps.append((column, values.iloc[0], _origin_of_constant(delivery, lines, column)))
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
    return _organisational(delivery, "admin_cost", rows)


def net_cost(delivery: Delivery) -> float:
    """The administrative net cost in kroner."""
    frame = administrative_cost(delivery).frame
    return float(frame.loc[frame["category"] == "net_cost", "value"].iloc[0])


def cost_by_number_of_cases(delivery: Delivery) -> Amounts:
    """What a case would have cost, had the same net cost been spread over other numbers of cases.

    net cost / number. Categories are the numbers of cases; the municipality's own is among
    them. It is arithmetic, not a forecast: more cases usually take more time (main report 2.3).
    """
    cases, net = delivery.municipality.carried_out_cases, net_cost(delivery)
    origin = delivery.origins.of("municipality", "carried_out_cases")
    origin = weakest([origin, *delivery["workload"]["origin"]])
    numbers = dict.fromkeys(max(1, round(cases * multiple)) for multiple in MULTIPLES)
    imagined = weakest([origin, "reconstructed"])  # no source prints them
    rows = [
        (delivery.slug, ALL, str(n), net / n, cases, origin if n == cases else imagined)
        for n in numbers
    ]
    return _organisational(delivery, "cost_by_cases", rows)


def _origin_of_constant(delivery: Delivery, lines: pd.DataFrame, column: str) -> str:
    """A salary or overhead that is the reports' own is published."""
    known = read_constants()[column]
    is_theirs = (lines[column] == known.value).all() and not delivery.municipality.is_registered
    return known.origin if is_theirs else weakest(list(lines["origin"]))


def _organisational(delivery: Delivery, code: str, rows: Sequence[tuple[object, ...]]) -> Amounts:
    """Amounts about the organisation: no citizen stands behind a single one."""
    frame = pd.DataFrame(rows, columns=list(AMOUNT_COLUMNS))
    if delivery.municipality.is_registered:
        frame["origin"] = "registered"
    return Amounts(MEASURES[code], frame, {delivery.slug: Guard.of(delivery)}, is_personal=False)
