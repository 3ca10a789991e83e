"""Which assumptions matter most, and what it takes for the gain to be zero."""

from dataclasses import replace

import pandas as pd

from fremskudt.analysis.economics.administration import net_cost
from fremskudt.analysis.economics.assumptions import REPORT, Assumptions, standard
from fremskudt.analysis.economics.drivers import Driver, Model, ranked
from fremskudt.analysis.economics.gains import (
    NEVER,
    SMALLEST,
    TOTAL,
    amounts,
    citizen_gains,
    with_total,
)
from fremskudt.analysis.economics.sides import (
    CASEWORK,
    avoided_and_added,
    gain_by_payer,
    sums_of_sides,
)
from fremskudt.analysis.economics.streams import streams
from fremskudt.analysis.once import once
from fremskudt.analysis.result import ALL, Amounts
from fremskudt.contract.delivery import Delivery
from fremskudt.contract.scales import scale

SHOWN_DRIVERS = 10
LEVELS = {
    -1.0: "Lavt skøn",
    -0.5: "Midt imellem lavt og sandsynligt",
    0.0: "Sandsynligt skøn",
    0.5: "Midt imellem sandsynligt og højt",
    1.0: "Højt skøn",
}


def by_assumption(delivery: Delivery, assumptions: Assumptions | None = None) -> Amounts:
    """Net gain per selected citizen (categories: payers) under different choices (groups).

    What the reports leave out, income tax and ordinary casework in the counterfactual, is off
    everywhere but in the groups that are named after it.
    """
    discounted = assumptions or standard()
    choices = {
        "report": REPORT,
        "discounted": discounted,
        "ordinary_casework": replace(discounted, has_ordinary_casework=True),
        "taxes": replace(discounted, has_taxes=True),
        "all": replace(discounted, has_ordinary_casework=True, has_taxes=True),
    }
    rows = []
    for code in scale("assumption").codes:
        found = streams(delivery, choices[code])
        gain = with_total(gain_by_payer(found, choices[code].counterfactual_strength))
        n = found.citizens
        if delivery.municipality.is_registered and choices[code].has_taxes:
            n = _moved(delivery, choices[code]) or n
        rows += [(code, payer, value, n) for payer, value in gain.items()]
    return amounts(delivery, "by_assumption", rows, group_scale="assumption")


def _moved(delivery: Delivery, with_taxes: Assumptions) -> int:
    """For how many citizens the income tax makes a difference: the months without benefits of
    a few follow from it, for the wage and the tax are public."""
    without = citizen_gains(delivery, replace(with_taxes, has_taxes=False))
    change = (citizen_gains(delivery, with_taxes) - without).abs() >= SMALLEST
    return int(change.any(axis=1).sum())


def tornado(delivery: Delivery, assumptions: Assumptions | None = None) -> Amounts:
    """Net gain per selected citizen with one assumption at its low and at its high end (groups).

    Categories are the assumptions whose ends lie farthest apart, widest first; n is the number
    of citizens with the service. All other assumptions stay at their likely value.
    """
    chosen = assumptions or standard()
    shown = ranked(delivery, chosen)[:SHOWN_DRIVERS]
    rows = [
        (end, driver.code, value, _behind(driver, delivery))
        for driver, low, high in shown
        for end, value in (("low", low), ("high", high))
    ]
    labels = {driver.code: driver.label for driver, _, _ in shown}
    return amounts(delivery, "sensitivity", rows, group_scale="estimate_end", labels=labels)


def _behind(driver: Driver, delivery: Delivery) -> int:
    """The citizens behind a driver; in a municipality's own data none where those who are not
    are few: that one of the selected lacks a service is about this one."""
    municipality = delivery.municipality
    others = int(delivery["trajectories"]["case_id"].nunique()) - driver.n
    is_told = municipality.is_registered and 0 < others < municipality.disclosure_threshold
    return 0 if is_told else driver.n


@once
def sides_behind(delivery: Delivery) -> dict[tuple[str, str], int]:
    """How many citizens stand behind what is avoided, or behind what is added, whichever are
    fewer, by payer and in total; the casework, which all have, apart. What is shown of the two
    sides can be solved for each. Only a municipality's own data need it."""
    if not delivery.municipality.is_registered:
        return {}
    both = avoided_and_added(streams(delivery, REPORT))
    both = both[both["need"] != CASEWORK]
    by_payer = both.groupby(["payer", "case_id"])[["avoided", "added"]].sum()
    total = pd.concat({TOTAL: both.groupby("case_id")[["avoided", "added"]].sum()}, names=["payer"])
    counts = (pd.concat([by_payer, total]).abs() >= SMALLEST).groupby(level="payer").sum()
    least = counts.where(counts > 0).min(axis=1).fillna(0)
    return {(delivery.slug, str(payer)): int(n) for payer, n in least.items()}


def two_way(delivery: Delivery, assumptions: Assumptions | None = None) -> Amounts:
    """Net gain per selected citizen for levels of the two widest assumptions together.

    Groups are the levels of the first, categories those of the second; the labels "first" and
    "second" name them. Assumptions with too few citizens behind them are passed over.
    """
    model = Model.of(delivery, assumptions or standard())
    limit = delivery.municipality.disclosure_threshold if delivery.municipality.is_registered else 0
    found = ranked(delivery, model.assumptions)
    widest = [one for one in found if _behind(one[0], delivery) >= limit][:2]
    if len(widest) < 2:
        return amounts(delivery, "two_way", [])
    first, second = (driver for driver, _, _ in widest)
    middle = float(model.gains([[]])[0])
    across, down = (_levels(middle, low, high) for _, low, high in widest)
    levels = [(one, other) for one in across for other in down]
    gains = model.gains([[(first, one), (second, other)] for one, other in levels])
    rows = [
        (f"{one:g}", f"{other:g}", gain, model.found.citizens)
        for (one, other), gain in zip(levels, gains.tolist(), strict=True)
    ]
    labels = {f"{level:g}": label for level, label in LEVELS.items()}
    labels |= {"first": first.label, "second": second.label}
    return amounts(delivery, "two_way", rows, labels=labels)


def _levels(middle: float, low: float, high: float) -> list[float]:
    """The levels at which a driver differs: an estimate without a high end has none above 0.
    `middle`, `low` and `high` are the gain with it at its likely value and at its ends."""
    moves_up, moves_down = abs(high - middle) >= 0.5, abs(low - middle) >= 0.5
    return [level for level in LEVELS if level == 0 or (moves_up if level > 0 else moves_down)]


def break_even_strength(delivery: Delivery, assumptions: Assumptions | None = None) -> Amounts:
    """The lowest strength from which on a payer has no loss, by payer and in total.

    strength = Σ added / Σ avoided, from strength · avoided − added = 0. 0 when there is no loss
    at any strength; `NEVER` when there is one at full strength; no row for a payer whose costs
    are the same in both trajectories.
    """
    found = streams(delivery, assumptions or standard())
    sums = sums_of_sides(found)
    sums.loc[TOTAL] = sums.sum()
    rows = [
        (ALL, payer, _break_even(row.avoided, row.added), found.citizens)
        for payer, row in zip(sums.index, sums.itertuples(), strict=True)
        if payer == TOTAL or max(abs(row.avoided), abs(row.added)) >= 0.5
    ]
    behind = sides_behind(delivery)
    return amounts(delivery, "break_even", rows, unit="share", contributors=behind)


def _break_even(avoided: float, added: float) -> float:
    if avoided < added:
        return NEVER
    return added / avoided if added > 0 else 0.0


def break_even_cases(delivery: Delivery, assumptions: Assumptions | None = None) -> Amounts:
    """In how many of the cases the estimated cost must be avoided for zero net gain, in total
    and for the municipality, when nothing is avoided in the others.

    With N cases, K their administrative net cost, and per selected citizen A avoided and B added
    without the casework: n · A − N · B − K = 0, so n = (N · B + K) / A. `NEVER` when n > N. It
    takes the selected citizens for the mean of all cases.
    """
    found = streams(delivery, assumptions or standard())
    sums = sums_of_sides(found, with_casework=False)
    sums.loc[TOTAL] = sums.sum()
    sums /= max(found.citizens, 1)
    cases, cost = delivery.municipality.carried_out_cases, net_cost(delivery)
    rows = [
        (ALL, payer, _needed(row.avoided, row.added, cases, cost), found.citizens)
        for payer, row in zip(sums.index, sums.itertuples(), strict=True)
        if payer in ("municipality", TOTAL)
    ]
    behind = sides_behind(delivery)
    return amounts(delivery, "break_even", rows, unit="number", contributors=behind)


def _needed(avoided: float, added: float, cases: int, cost: float) -> float:
    if avoided <= 0:
        return NEVER
    needed = max((cases * added + cost) / avoided, 0.0)
    return needed if needed <= cases else NEVER
