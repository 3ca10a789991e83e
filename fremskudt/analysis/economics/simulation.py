"""How uncertain the gain is: Monte Carlo over the estimates, bootstrap over the citizens.

Every draw of the Monte Carlo takes for each line a quantity and for each service a price from
triangular distributions (low, likely, high), and how much of the counterfactual would really have
happened. It says what the estimates' own ranges mean for the
sum; it does not say whether the ranges are right, nor that the selected citizens are like
the others.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from fremskudt.analysis.economics.additions import PRICES, QUANTITIES
from fremskudt.analysis.economics.assumptions import Assumptions, standard
from fremskudt.analysis.economics.gains import (
    TOTAL,
    amounts,
    citizen_gains,
    gain_by_payer,
    with_total,
)
from fremskudt.analysis.economics.shares import PAYERS
from fremskudt.analysis.economics.streams import streams
from fremskudt.analysis.economics.valuation import Draws, Valuation
from fremskudt.analysis.result import ALL, Amounts
from fremskudt.contract.constants import constant
from fremskudt.contract.delivery import Delivery
from fremskudt.contract.scales import scale

DRAWS, SEED = 100_000, 2013
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
    prices = _shared_draws(random, lines, ["service_code"], PRICES, draws)
    same = ["case_id", "service_code", "from_month", "to_month", *QUANTITIES]
    quantities = _shared_draws(random, lines, same, QUANTITIES, draws)
    strengths = _strengths(random, valuation, chosen.counterfactual_strength, draws)
    gains = pd.DataFrame(valuation.gains(quantities, prices, strengths).T, columns=list(PAYERS))
    likely = with_total(gain_by_payer(found, chosen.counterfactual_strength))
    return Simulation(delivery, gains.assign(**{TOTAL: gains.sum(axis=1)}), likely, found.citizens)


def _shared_draws(
    random: np.random.Generator,
    lines: pd.DataFrame,
    keys: list[str],
    columns: tuple[str, str, str],
    draws: int,
) -> Draws:
    """Triangular draws (lines × draws); lines with the same keys share their chance."""
    values = np.empty((len(lines), draws))
    for positions in lines.groupby(keys, sort=True).indices.values():
        chance = random.random(draws)
        for line in positions:
            low, likely, high = (float(lines[column].iloc[line]) for column in columns)
            values[line] = triangular(chance, low, likely, high)
    return values


def triangular(chance: Draws, low: float, likely: float, high: float) -> Draws:
    """The inverse distribution function of the triangular distribution.

    low + √(u (high − low)(likely − low)) below the mode's chance, else
    high − √((1 − u)(high − low)(high − likely)). Without a range, the likely value itself.
    """
    if low > high:  # a negative price: income tax counts as a cost below zero
        low, high = high, low
    if low == high:
        return np.full_like(chance, likely)
    turn = (likely - low) / (high - low)
    below = low + np.sqrt(chance * (high - low) * (likely - low))
    above = high - np.sqrt((1 - chance) * (high - low) * (high - likely))
    values: Draws = np.where(chance < turn, below, above)
    return values


def _strengths(
    random: np.random.Generator, valuation: Valuation, likely: float, draws: int
) -> Draws:
    """How much of the avoided cost would really have come: pairs of citizen and service × draws.

    A pair has the weakest confidence grade of its counterfactual lines.
    """
    chance = random.random(draws)
    grades = weakest_grades(valuation)
    values = np.empty((len(grades), draws))
    for pair, grade in enumerate(grades):
        low = min(constant(f"strength_low_{CONFIDENCE[grade]}"), likely)
        values[pair] = triangular(chance, low, likely, likely)
    return values


def weakest_grades(valuation: Valuation) -> list[int]:
    """For each pair the weakest confidence grade of its counterfactual lines, as its place."""
    lines = valuation.lines
    grades = lines["confidence"].map({code: rank for rank, code in enumerate(CONFIDENCE)})
    of_counterfactual = grades.where(lines["scenario"] == "counterfactual", 0)
    return [int(grade) for grade in of_counterfactual.groupby(valuation.pair_of_line).max()]


def simulated_gain(simulation: Simulation) -> Amounts:
    """Fractiles, mean and shares of draws (groups) by payer and in total (categories).

    chance: the share of draws with a gain; above: the share above the likely calculation.
    """
    gains = simulation.gains
    values = {
        "p05": gains.quantile(0.05),
        "median": gains.median(),
        "mean": gains.mean(),
        "p95": gains.quantile(0.95),
        "chance": (gains > 0).mean(),
        "above": (gains > simulation.likely).mean(),
    }
    rows = [
        (statistic, payer, values[statistic][payer], simulation.citizens)
        for statistic in scale("statistic").codes
        for payer in gains.columns
    ]
    return amounts(simulation.delivery, "simulated_gain", rows, group_scale="statistic")


def simulated_total(simulation: Simulation) -> Amounts:
    """`simulated_gain` of all payers together, with the statistics as categories."""
    wide = simulated_gain(simulation).frame
    total = wide[wide["category"] == TOTAL]
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
