"""The assumptions that can be moved, and the gain with some of them moved and all else likely."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from fremskudt.analysis.economics.additions import PRICES, QUANTITIES
from fremskudt.analysis.economics.assumptions import Assumptions
from fremskudt.analysis.economics.simulation import CONFIDENCE, weakest_grades
from fremskudt.analysis.economics.streams import Streams, streams
from fremskudt.analysis.economics.valuation import Valuation
from fremskudt.analysis.once import once
from fremskudt.contract.constants import constant
from fremskudt.contract.delivery import Delivery
from fremskudt.contract.services import read_services

STRENGTH, RATE = "strength", "discount_rate"
WITHOUT = {"expected": "med indsatsen", "counterfactual": "uden indsatsen"}


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


Moves = Sequence[tuple[Driver, float]]


@dataclass(frozen=True)
class Model:
    """The net gain in total as a function of the drivers' levels."""

    delivery: Delivery
    assumptions: Assumptions
    found: Streams

    @classmethod
    def of(cls, delivery: Delivery, assumptions: Assumptions) -> "Model":
        return cls(delivery, assumptions, streams(delivery, assumptions))

    def gains(self, settings: Sequence[Moves]) -> np.ndarray:
        """Net gain per selected citizen for each setting: some drivers moved, all else likely."""
        gains = np.empty(len(settings))
        rates = np.array([self._rate(moves) for moves in settings])
        for rate in np.unique(rates):
            chosen = replace(self.assumptions, discount_rate=float(rate))
            valuation = Valuation(streams(self.delivery, chosen))
            same = np.flatnonzero(rates == rate)
            gains[same] = self._valued(valuation, [settings[place] for place in same.tolist()])
        return gains

    def _valued(self, valuation: Valuation, settings: Sequence[Moves]) -> np.ndarray:
        """Net gain per selected citizen for settings with the same discount rate."""
        lines, size = self.found.lines, len(settings)
        likely = self.assumptions.counterfactual_strength
        quantities, prices = (
            np.repeat(lines[name].to_numpy(dtype="float64")[:, None], size, axis=1)
            for name in ("quantity", "unit_price_dkk")
        )
        strengths = np.full((len(self.found.pairs), size), likely)
        for place, moves in enumerate(settings):
            for driver, level in moves:
                if driver.columns is not None:
                    target = quantities if driver.columns == QUANTITIES else prices
                    low, middle, high = (lines[c].to_numpy()[driver.lines] for c in driver.columns)
                    target[driver.lines, place] = between(level, low, middle, high)
                elif driver.code == STRENGTH:
                    lowest = np.minimum(self.lowest_strengths, likely)
                    strengths[:, place] = between(level, lowest, likely, likely)
        gains = valuation.gains(list(quantities), list(prices), list(strengths), size)
        total: np.ndarray = gains.sum(axis=0)
        return total

    @cached_property
    def lowest_strengths(self) -> np.ndarray:
        """The lowest strength of every pair of citizen and need, by its confidence grade."""
        grades = weakest_grades(self.found)
        return np.array([constant(f"strength_low_{CONFIDENCE[grade]}") for grade in grades])

    def _rate(self, moves: Moves) -> float:
        """The discount rate of a setting."""
        rate = self.assumptions.discount_rate
        for driver, level in moves:
            if driver.code == RATE:
                ends = (constant("discount_rate_low"), constant("discount_rate_high"))
                rate = float(between(level, ends[0], rate, ends[1]))
        return rate

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


@once
def ranked(delivery: Delivery, assumptions: Assumptions) -> list[tuple[Driver, float, float]]:
    """The drivers with the gain at their low and at their high end, widest span first."""
    model = Model.of(delivery, assumptions)
    drivers = model.drivers()
    ends = model.gains([[(driver, end)] for driver in drivers for end in (-1.0, 1.0)])
    found = zip(drivers, ends[::2].tolist(), ends[1::2].tolist(), strict=True)
    moving = [one for one in found if abs(one[1] - one[2]) >= 0.5]
    return sorted(moving, key=lambda one: (-abs(one[1] - one[2]), one[0].code))


def between(
    level: float, low: np.ndarray | float, likely: np.ndarray | float, high: np.ndarray | float
) -> np.ndarray:
    """The value at a level from −1 (low) over 0 (likely) to 1 (high), straight in between."""
    span = np.asarray(high) - likely if level > 0 else np.asarray(likely) - low
    return np.asarray(likely) + level * span
