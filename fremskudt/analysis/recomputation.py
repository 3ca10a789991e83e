"""Recompute what the sources print, through the same analysis that the chapters use."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial

from fremskudt.analysis import outcomes, population, roles
from fremskudt.analysis.counting import complete_cases
from fremskudt.analysis.economics import administration, gains
from fremskudt.analysis.printed import JOIN, PrintedFigure, read_published
from fremskudt.analysis.result import Amounts, Counts, together
from fremskudt.contract.delivery import Delivery

Analysis = Callable[[Delivery], Counts]

COUNTED: dict[str, Analysis] = {
    "gender": population.gender,
    "age_group": population.age_group,
    "target_group": population.target_group,
    "referrer": population.referrer,
    "psychiatry": population.psychiatry,
    "employment": population.employment,
    "contact_days": population.contact_days,
    "registered": population.registered,
    "role": roles.role,
    "tool": roles.tool,
    "contact_deadline": roles.contact_deadline,
    "meeting_deadline": roles.meeting_deadline,
    "agreement": outcomes.agreement,
    **{
        code: partial(outcomes.by_phase, code=code)
        for code in (*outcomes.LEVELS, *outcomes.CHANGES)
    },
}
AMOUNTS: dict[str, Callable[[Delivery], Amounts]] = {
    "admin_cost": administration.administrative_cost,
    "net_gain": gains.net_gain,
    "saving_share": gains.saving_share,
    "scenario_cost": gains.scenario_cost,
}
NUMBERS: dict[str, Callable[[Delivery], float]] = {
    "cases": lambda d: len(d["cases"]),
    "complete": lambda d: len(complete_cases(d)),
    "trajectory_citizens": lambda d: d["trajectories"]["case_id"].nunique(),
    "citizens_without_gain": gains.citizens_without_gain,
    "own_minutes": lambda d: d["workload"].query("kind == 'own'")["minutes"].sum(),
}


@dataclass(frozen=True)
class Recomputed:
    """A printed figure beside the same figure from the data (None: not to be computed)."""

    figure: PrintedFigure
    value: float | None
    is_reproduced: bool


def select(
    result: Counts, municipality: str, group: str, categories: Sequence[str]
) -> tuple[float, float]:
    """Count and n of some categories together. KeyError when the result has no such row."""
    frame = result.frame
    rows = frame[
        (frame["municipality"] == municipality)
        & (frame["group"] == group)
        & frame["category"].isin(categories)
    ]
    if len(rows) != len(categories):
        raise KeyError(f"{result.measure.code}: {municipality}/{group}/{'+'.join(categories)}")
    return float(rows["count"].sum()), float(rows["n"].iloc[0])


def counted(code: str, deliveries: Mapping[str, Delivery], complete: bool = False) -> Counts:
    """A counted measure for all municipalities and their sum ("all")."""
    if complete and code in (*outcomes.LEVELS, *outcomes.CHANGES):
        return together([outcomes.by_phase(d, code, complete=True) for d in deliveries.values()])
    return together([COUNTED[code](delivery) for delivery in deliveries.values()])


def recompute_all(deliveries: Mapping[str, Delivery]) -> list[Recomputed]:
    """Every printed figure with the value that the data give, in the order of the sources."""
    tables = cache(partial(counted, deliveries=deliveries))
    return [_recompute(figure, deliveries, tables) for figure in read_published()]


def recompute(figure: PrintedFigure, deliveries: Mapping[str, Delivery]) -> Recomputed:
    """One printed figure. Only figures of status "recomputed", and contradicted ones that
    the data can hold, get a value."""
    return _recompute(figure, deliveries, partial(counted, deliveries=deliveries))


def _recompute(
    figure: PrintedFigure, deliveries: Mapping[str, Delivery], tables: Callable[[str], Counts]
) -> Recomputed:
    """`recompute` with what gives a counted measure for all municipalities."""
    municipality, measure, group, category = figure.key
    if figure.status not in ("recomputed", "contradicted"):
        return Recomputed(figure, None, False)
    if municipality != "all" and municipality not in deliveries:
        return Recomputed(figure, None, False)
    if figure.measure in NUMBERS:
        wanted = deliveries.values() if municipality == "all" else [deliveries[municipality]]
        value = float(sum(NUMBERS[figure.measure](delivery) for delivery in wanted))
        return Recomputed(figure, value, figure.agrees(value))
    if measure in AMOUNTS:
        frame = AMOUNTS[measure](deliveries[municipality]).frame
        value = float(
            frame.loc[(frame["group"] == group) & (frame["category"] == category), "value"].iloc[0]
        )
        return Recomputed(figure, value, figure.agrees(value))
    if measure in COUNTED:
        result = tables(measure)
        if figure.statistic == "n":
            frame = result.frame
            rows = frame[(frame["municipality"] == municipality) & (frame["group"] == group)]
            value = float(rows["n"].iloc[0])
            return Recomputed(figure, value, figure.agrees(value))
        count, n = select(result, municipality, group, category.split(JOIN))
        if figure.statistic == "pct":
            return Recomputed(figure, count / n, figure.agrees(count, n))
        return Recomputed(figure, count, figure.agrees(count))
    return Recomputed(figure, None, False)
