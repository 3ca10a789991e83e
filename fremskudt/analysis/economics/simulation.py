"""How uncertain the gain is: Monte Carlo over the estimates, bootstrap over the citizens.

Every draw of the Monte Carlo takes for each line a quantity and for each service a price from
triangular distributions (low, likely, high), and how much of the counterfactual would really have
happened. It says what the estimates' own ranges mean for the
sum; it does not say whether the ranges are right, nor that the selected citizens are like
the others.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from fremskudt.analysis.economics.additions import PRICES, QUANTITIES
from fremskudt.analysis.economics.assumptions import Assumptions, standard
from fremskudt.analysis.economics.gains import (
    TOTAL,
    amounts,
    citizen_gains,
    with_total,
)
from fremskudt.analysis.economics.shares import PAYERS
from fremskudt.analysis.economics.sides import COUNTERFACTUAL, gain_by_payer
from fremskudt.analysis.economics.streams import Streams, streams
from fremskudt.analysis.economics.valuation import Draws, Valuation
from fremskudt.analysis.result import ALL, Amounts
from fremskudt.contract.constants import constant
from fremskudt.contract.delivery import Delivery
from fremskudt.contract.scales import scale

DRAWS, SEED = 100_000, 2013
BLOCK = 8_192  # draws that are valued together: what one line needs fits the processor's own memory
BINS = 24
RESAMPLES = 10_000
CONFIDENCE = scale("confidence").codes  # strongest first


@dataclass(frozen=True)
class Simulation:
    """Net gain per selected citizen in every draw: rows are draws, columns payers and total.

    `likely` is the gain with all estimates at their likely value.
    """

    delivery: Delivery
    gains: pd.DataFrame
    likely: pd.Series
    citizens: int


def simulate(
    delivery: Delivery,
    assumptions: Assumptions | None = None,
    draws: int = DRAWS,
    seed: int = SEED,
) -> Simulation:
    """`draws` draws of the net gain; the same seed gives the same numbers.

    * quantity: triangular, one draw a line; lines that are the same in both scenarios share it;
    * price: triangular, one draw a service, for a unit costs the same in both scenarios;
    * strength: between the lowest share of the line's confidence grade and the assumptions'
      strength, triangular with its mode at the latter; one draw for all, since caseworkers
      who are too hopeful about one citizen are so about the others.
    """
    chosen = assumptions or standard()
    found = streams(delivery, chosen)
    valuation = Valuation(found)
    lines = found.lines
    random = np.random.Generator(np.random.SFC64(seed))
    prices = _estimates(random, lines, ["service_code"], PRICES, draws)
    same = ["case_id", "service_code", "from_month", "to_month", *QUANTITIES]
    quantities = _estimates(random, lines, same, QUANTITIES, draws)
    strengths = _strengths(random, found, chosen.counterfactual_strength, draws)
    drawn = np.empty((len(PAYERS) + 1, draws))
    for begin in range(0, draws, BLOCK):
        part = slice(begin, min(begin + BLOCK, draws))
        drawn[:-1, part] = valuation.gains(
            quantities.drawn(part), prices.drawn(part), strengths.drawn(part), part.stop - begin
        )
        drawn[-1, part] = drawn[:-1, part].sum(axis=0)
    gains = pd.DataFrame(drawn.T, columns=[*PAYERS, TOTAL], copy=False)
    likely = with_total(gain_by_payer(found, chosen.counterfactual_strength))
    return Simulation(delivery, gains, likely, found.citizens)


Range = tuple[float, float, float]


@dataclass(frozen=True)
class Estimates:
    """Estimates (low, likely, high) and the chance, in every draw, of each: who share a chance
    are as high or as low as each other. One without a range has no chance."""

    ranges: Sequence[Range]
    shares_with: Sequence[int]
    chances: Mapping[int, Draws]

    def drawn(self, part: slice) -> list[Draws]:
        """Triangular draws of every estimate in a part of the draws; one number for all of them
        where there is no range."""
        found: dict[tuple[int, Range], Draws] = {}
        keys = list(zip(self.shares_with, self.ranges, strict=True))
        for number, (low, likely, high) in dict.fromkeys(keys):
            found[number, (low, likely, high)] = (
                np.array([likely])
                if low == high
                else triangular(self.chances[number][part], low, likely, high)
            )
        return [found[key] for key in keys]


def _estimates(
    random: np.random.Generator,
    lines: pd.DataFrame,
    keys: list[str],
    columns: tuple[str, str, str],
    draws: int,
) -> Estimates:
    """The lines' estimates; lines with the same keys share their chance."""
    ranges: list[Range] = list(zip(*(lines[name].astype(float) for name in columns), strict=True))
    numbers = lines.groupby(keys, sort=True).ngroup().to_list()
    moving = {number for number, (low, _, high) in zip(numbers, ranges, strict=True) if low != high}
    chances = dict(zip(sorted(moving), np.empty((len(moving), draws)), strict=True))
    unused = np.empty(draws)
    for number in range(len(set(numbers))):
        # Of every number, so that no draw depends on the ranges.
        random.random(out=chances.get(number, unused))
    return Estimates(ranges, numbers, chances)


def triangular(chance: Draws, low: float, likely: float, high: float) -> Draws:
    """The inverse distribution function of the triangular distribution.

    low + √(u (high − low)(likely − low)) below the mode's chance, else
    high − √((1 − u)(high − low)(high − likely)). Without a range, the likely value itself.
    """
    if low > high:  # a negative price: income tax counts as a cost below zero
        low, high = high, low
    if low == high:
        return np.full_like(chance, likely)
    below: Draws = low + np.sqrt(chance * (high - low) * (likely - low))
    if likely == high:
        return below
    above: Draws = high - np.sqrt((1 - chance) * (high - low) * (high - likely))
    if likely == low:
        return above
    turn = (likely - low) / (high - low)
    return np.where(chance < turn, below, above)


def _strengths(random: np.random.Generator, found: Streams, likely: float, draws: int) -> Estimates:
    """How much of the avoided cost would really have come, for pairs of citizen and need.

    A pair has the weakest confidence grade of its counterfactual lines.
    """
    lowest = [constant(f"strength_low_{CONFIDENCE[grade]}") for grade in weakest_grades(found)]
    ranges = [(min(low, likely), likely, likely) for low in lowest]
    return Estimates(ranges, [0] * len(ranges), {0: random.random(draws)})


def weakest_grades(found: Streams) -> list[int]:
    """For each pair the weakest confidence grade of its counterfactual lines, as its place."""
    lines, pairs = found.lines, found.pairs
    ranks = {code: rank for rank, code in enumerate(CONFIDENCE)}
    weakest = [0] * len(pairs)
    for pair, grade, scenario in zip(
        pairs.of_line, lines["confidence"], lines["scenario"], strict=True
    ):
        if scenario == COUNTERFACTUAL:
            weakest[pair] = max(weakest[pair], ranks[grade])
    return weakest


def simulated_gain(simulation: Simulation) -> Amounts:
    """Fractiles, mean and shares of draws (groups) by payer and in total (categories).

    chance: the share of draws with a gain; above: the share above the likely calculation.
    """
    values = {
        payer: _summary(gains.to_numpy(), simulation.likely[payer])
        for payer, gains in simulation.gains.items()
    }
    rows = [
        (statistic, payer, found[statistic], simulation.citizens)
        for statistic in scale("statistic").codes
        for payer, found in values.items()
    ]
    return amounts(simulation.delivery, "simulated_gain", rows, group_scale="statistic")


def _summary(gains: Draws, likely: float) -> dict[str, float]:
    p05, median, p95 = np.quantile(gains, [0.05, 0.5, 0.95])
    return {
        "p05": p05,
        "median": median,
        "mean": gains.mean(),
        "p95": p95,
        "chance": (gains > 0).mean(),
        "above": (gains > likely).mean(),
    }


def simulated_total(simulation: Simulation) -> Amounts:
    """`simulated_gain` of all payers together, with the statistics as categories."""
    alone = replace(
        simulation, gains=simulation.gains[[TOTAL]], likely=simulation.likely.loc[[TOTAL]]
    )
    total = simulated_gain(alone).frame
    rows = [
        (ALL, code, value, simulation.citizens)
        for code, value in zip(total["group"], total["value"], strict=True)
    ]
    return amounts(simulation.delivery, "simulated_total", rows)


def gain_distribution(simulation: Simulation) -> Amounts:
    """The share of draws in equally wide bands of the total gain; zero is a limit of a band.

    Categories are "lower:upper" in kroner; all but the outermost half per cent are in bands.
    """
    total = simulation.gains[TOTAL].to_numpy()
    edges = _edges(total)
    counted, _ = np.histogram(total.clip(edges[0], edges[-1]), bins=edges)
    rows = [
        (ALL, f"{lower:.0f}:{upper:.0f}", count / len(total), simulation.citizens)
        for lower, upper, count in zip(edges[:-1], edges[1:], counted, strict=True)
    ]
    return amounts(simulation.delivery, "gain_distribution", rows, unit="share")


def _edges(total: np.ndarray) -> np.ndarray:
    """Round limits of about BINS bands, with zero among them when it is near."""
    low, high = np.quantile(total, [0.005, 0.995])
    span = max(high - low, 1.0)
    magnitude = 10 ** np.floor(np.log10(span / BINS))
    width = min((m * magnitude for m in (1, 2, 5, 10)), key=lambda w: abs(span / w - BINS))
    edges: np.ndarray = np.arange(np.floor(low / width), np.ceil(high / width) + 1) * width
    return edges if len(edges) > 1 else np.array([low - 0.5, low + 0.5])


def mean_of_citizens(
    delivery: Delivery, assumptions: Assumptions | None = None, seed: int = SEED
) -> Amounts:
    """The mean gain with the 95 % bootstrap interval over citizens: low, mean, high.

    Draws as many citizens as there are, with replacement, `RESAMPLES` times; 2.5 % and 97.5 %
    fractiles of the means. With five citizens such an interval is known to be too narrow. A
    municipality's own data give none below twice the threshold: the fractiles of few citizens
    are sums of single ones.
    """
    total = citizen_gains(delivery, assumptions or standard())[TOTAL].to_numpy()
    n = len(total)
    random = np.random.Generator(np.random.SFC64(seed))
    means = total[random.integers(0, n, (RESAMPLES, n))].mean(axis=1) if n else np.zeros(1)
    low, high = np.quantile(means, [0.025, 0.975])
    municipality = delivery.municipality
    is_few = municipality.is_registered and n < 2 * municipality.disclosure_threshold
    ends = [] if is_few else [("low", low), ("high", high)]
    rows = [(ALL, code, value, n) for code, value in [("mean", total.mean() if n else 0.0), *ends]]
    labels = {"mean": "Gennemsnit", "low": "Nedre grænse", "high": "Øvre grænse"}
    return amounts(delivery, "mean_of_citizens", rows, labels=labels)
