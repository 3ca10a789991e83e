"""Which assumptions matter most, and what it takes for the gain to be zero."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from fremskudt.analysis.economics.additions import PRICES, QUANTITIES
from fremskudt.analysis.economics.administration import net_cost
from fremskudt.analysis.economics.assumptions import REPORT, Assumptions, standard
from fremskudt.analysis.economics.gains import (
    NEVER,
    SMALLEST,
    TOTAL,
    amounts,
    avoided_and_added,
    citizen_gains,
    gain_by_payer,
    with_total,
)
from fremskudt.analysis.economics.shares import PAYERS
from fremskudt.analysis.economics.simulation import CONFIDENCE, weakest_grades
from fremskudt.analysis.economics.streams import Streams, streams
from fremskudt.analysis.economics.valuation import Valuation
from fremskudt.analysis.result import ALL, Amounts
from fremskudt.contract.constants import constant
from fremskudt.contract.delivery import Delivery
from fremskudt.contract.scales import scale
from fremskudt.contract.services import read_services

CASEWORK = "outreach_casework"
SHOWN_DRIVERS = 10
STRENGTH, RATE = "strength", "discount_rate"
WITHOUT = {"expected": "med indsatsen", "counterfactual": "uden indsatsen"}
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


@dataclass(frozen=True)
class Driver:
    """An assumption that can be moved from its low (−1) over its likely (0) to its high end (1).

    `lines` are the lines whose quantity or price it moves; n the citizens behind it.
    """

    code: str
    label: str
    n: int
    lines: np.ndarray
    columns: tuple[str, str, str] | None = None


@dataclass(frozen=True)
class Model:
    """The net gain in total as a function of the drivers' levels."""

    delivery: Delivery
    assumptions: Assumptions
    found: Streams

    @classmethod
    def of(cls, delivery: Delivery, assumptions: Assumptions) -> "Model":
        return cls(delivery, assumptions, streams(delivery, assumptions))

    def gain(self, levels: Sequence[tuple[Driver, float]]) -> float:
        """Net gain per selected citizen with some drivers moved and all else likely."""
        lines, found = self.found.lines, self.found
        quantities = lines["quantity"].to_numpy(dtype="float64", copy=True)
        prices = lines["unit_price_dkk"].to_numpy(dtype="float64", copy=True)
        valuation = Valuation(found)
        likely = self.assumptions.counterfactual_strength
        strengths = np.full(int(valuation.pair_of_line.max(initial=-1)) + 1, likely)
        for driver, level in levels:
            if driver.columns is not None:
                target = quantities if driver.columns == QUANTITIES else prices
                low, middle, high = (lines[c].to_numpy()[driver.lines] for c in driver.columns)
                target[driver.lines] = between(level, low, middle, high)
            elif driver.code == STRENGTH:
                grades = weakest_grades(valuation)
                lowest = np.array([constant(f"strength_low_{CONFIDENCE[g]}") for g in grades])
                strengths = between(level, np.minimum(lowest, likely), strengths, strengths)
            else:
                ends = (constant("discount_rate_low"), constant("discount_rate_high"))
                rate = between(level, ends[0], self.assumptions.discount_rate, ends[1])
                chosen = replace(self.assumptions, discount_rate=float(rate))
                valuation = Valuation(streams(self.delivery, chosen))
        gain = valuation.gains(quantities[:, None], prices[:, None], strengths[:, None])
        return float(gain.sum())

    def drivers(self) -> list[Driver]:
        """Prices by service, quantities by service and scenario, strength and discount rate."""
        lines, names = self.found.lines, read_services()
        found = []
        for service, mine in lines.groupby("service_code", sort=True):
            label = names[str(service)].label
            found.append(
                Driver(
                    f"price:{service}",
                    f"{label}: pris",
                    int(mine["case_id"].nunique()),
                    mine.index.to_numpy(),
                    PRICES,
                )
            )
            for scenario, part in mine.groupby("scenario"):
                found.append(
                    Driver(
                        f"quantity:{scenario}:{service}",
                        f"{label} {WITHOUT[str(scenario)]}: mængde",
                        int(part["case_id"].nunique()),
                        part.index.to_numpy(),
                        QUANTITIES,
                    )
                )
        n, everything = self.found.citizens, lines.index.to_numpy()
        found.append(Driver(STRENGTH, "Hvor meget der reelt undgås", n, everything))
        found.append(Driver(RATE, "Diskonteringsrente", n, everything))
        return found

    def ranked(self) -> list[tuple[Driver, float, float]]:
        """The drivers with their gain at the low and the high end, widest span first."""
        ends = [(d, self.gain([(d, -1.0)]), self.gain([(d, 1.0)])) for d in self.drivers()]
        moving = [one for one in ends if abs(one[1] - one[2]) >= 0.5]
        return sorted(moving, key=lambda one: (-abs(one[1] - one[2]), one[0].code))


def between(
    level: float, low: np.ndarray | float, likely: np.ndarray | float, high: np.ndarray | float
) -> np.ndarray:
    """The value at a level from −1 (low) over 0 (likely) to 1 (high), straight in between."""
    span = np.asarray(high) - likely if level > 0 else np.asarray(likely) - low
    return np.asarray(likely) + level * span


def tornado(delivery: Delivery, assumptions: Assumptions | None = None) -> Amounts:
    """Net gain per selected citizen with one assumption at its low and at its high end (groups).

    Categories are the assumptions whose ends lie farthest apart, widest first; n is the number
    of citizens with the service. All other assumptions stay at their likely value.
    """
    model = Model.of(delivery, assumptions or standard())
    ranked = model.ranked()[:SHOWN_DRIVERS]
    rows = [
        (end, driver.code, value, _behind(driver, model))
        for driver, low, high in ranked
        for end, value in (("low", low), ("high", high))
    ]
    labels = {driver.code: driver.label for driver, _, _ in ranked}
    return amounts(delivery, "sensitivity", rows, group_scale="estimate_end", labels=labels)


def _behind(driver: Driver, model: Model) -> int:
    """The citizens behind a driver; in a municipality's own data none where those who are not
    are few: that one of the selected lacks a service is about this one."""
    municipality, others = model.delivery.municipality, model.found.citizens - driver.n
    is_told = municipality.is_registered and 0 < others < municipality.disclosure_threshold
    return 0 if is_told else driver.n


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
    drivers = [driver for driver, _, _ in model.ranked() if _behind(driver, model) >= limit][:2]
    if len(drivers) < 2:
        return amounts(delivery, "two_way", [])
    first, second = drivers
    rows = [
        (
            f"{one:g}",
            f"{other:g}",
            model.gain([(first, one), (second, other)]),
            model.found.citizens,
        )
        for one in _levels(model, first)
        for other in _levels(model, second)
    ]
    labels = {f"{level:g}": label for level, label in LEVELS.items()}
    labels |= {"first": first.label, "second": second.label}
    return amounts(delivery, "two_way", rows, labels=labels)


def _levels(model: Model, driver: Driver) -> list[float]:
    """The levels at which a driver differs: an estimate without a high end has none above 0."""
    middle = model.gain([])
    moves_up = abs(model.gain([(driver, 1.0)]) - middle) >= 0.5
    moves_down = abs(model.gain([(driver, -1.0)]) - middle) >= 0.5
    return [level for level in LEVELS if level == 0 or (moves_up if level > 0 else moves_down)]


def break_even_strength(delivery: Delivery, assumptions: Assumptions | None = None) -> Amounts:
    """The lowest strength from which on a payer has no loss, by payer and in total.

    strength = Σ added / Σ avoided, from strength · avoided − added = 0. 0 when there is no loss
    at any strength; `NEVER` when there is one at full strength; no row for a payer whose costs
    are the same in both trajectories.
    """
    found = streams(delivery, assumptions or standard())
    sums = avoided_and_added(found).groupby("payer")[["avoided", "added"]].sum().reindex(PAYERS)
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
    difference = avoided_and_added(found)
    services = difference[difference["need"] != CASEWORK]
    sums = services.groupby("payer")[["avoided", "added"]].sum().reindex(PAYERS).fillna(0.0)
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
