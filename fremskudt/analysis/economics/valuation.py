"""The trajectories' present value for other quantities and prices than the likely ones.

Simulation and sensitivity both ask what the trajectories would cost with other quantities and
unit prices. A service that is counted in months or weeks then lasts longer or shorter: its
last month moves, with what that means for discounting and refund steps, but never beyond the
36 months. Any other service keeps its months and is given more or less often.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from fremskudt.analysis.economics.assumptions import MONTHS
from fremskudt.analysis.economics.shares import INCOME_BENEFITS, PAYERS
from fremskudt.analysis.economics.sides import signs
from fremskudt.analysis.economics.streams import Streams

DURATIONS = ("month", "week")
Draws = np.ndarray


@dataclass(frozen=True)
class PaidByTime:
    """A service that lasts: what of a krone a month each payer has paid until and with every
    month that it can last (`reached`, from 0 on) and pays in the month after (`next_month`).

    The likely quantity lasts so many `months`; no quantity lasts longer than `most_months`.
    """

    likely: float
    months: int
    most_months: int
    payers: tuple[tuple[int, np.ndarray, np.ndarray], ...]

    def present_value(self, quantity: Draws, price: Draws) -> list[tuple[int, Draws]]:
        lasted = np.minimum(quantity * (self.months / self.likely), self.most_months)
        whole = lasted.astype(np.intp)
        begun = lasted - whole
        a_month = self.likely / self.months
        return [
            (payer, price * (next_month[whole] * begun + reached[whole]) * a_month)
            for payer, reached, next_month in self.payers
        ]


@dataclass(frozen=True)
class PaidByNumber:
    """A service that is given so many times: what each payer pays of a krone, spread over the
    months of the line."""

    payers: tuple[tuple[int, float], ...]

    def present_value(self, quantity: Draws, price: Draws) -> list[tuple[int, Draws]]:
        return [(payer, price * quantity * part) for payer, part in self.payers]


@dataclass(frozen=True)
class Valuation:
    """The gain of a delivery's trajectories as a function of quantities, prices and strength.

    Quantities and prices hold an array of draws for each line, strengths one for each pair of a
    citizen and a need; an array of one number holds for all draws. Case-level: stays in
    `analysis`.
    """

    streams: Streams

    @cached_property
    def lines_of_pair(self) -> list[np.ndarray]:
        """The lines of every pair of citizen and need."""
        pairs = self.streams.pairs
        return [np.flatnonzero(pairs.of_line == pair) for pair in range(len(pairs))]

    @cached_property
    def latest_end(self) -> np.ndarray:
        """The month that each line can last to: an income benefit not into the next one."""
        lines = self.streams.lines
        ends = np.full(len(lines), MONTHS)
        is_benefit = lines["service_code"].isin(INCOME_BENEFITS).to_numpy()
        begins = lines["from_month"].to_numpy()
        for mine in lines.groupby(["case_id", "scenario"]).indices.values():
            benefits = mine[is_benefit[mine]]
            for line in benefits:
                later = begins[benefits][begins[benefits] > begins[line]]
                ends[line] = later.min(initial=MONTHS)
        return ends

    @cached_property
    def priced(self) -> list[PaidByTime | PaidByNumber]:
        """Every line as a function of its quantity and unit price.

        price · (likely quantity / months) · ∫ v(t) share(t) dt over the months it lasts.
        """
        lines = self.streams.lines
        columns = (lines[name] for name in ("from_month", "to_month", "quantity", "unit"))
        found: list[PaidByTime | PaidByNumber] = []
        for line, (begin, end, likely, unit) in enumerate(zip(*columns, strict=True)):
            weighted = self.streams.factors * self.streams.shares[line]  # payers × months
            payers = [int(payer) for payer in np.flatnonzero(weighted.any(axis=1))]
            begin, end = int(begin), int(end)
            if unit not in DURATIONS or not likely > 0:
                parts = ((payer, float(weighted[payer, begin:end].mean())) for payer in payers)
                found.append(PaidByNumber(tuple(parts)))
                continue
            last = self.latest_end[line]
            curves = []
            for payer in payers:
                reached = np.concatenate([[0.0], weighted[payer, begin:last].cumsum()])
                curves.append((payer, reached, np.diff(reached, append=reached[-1])))
            found.append(PaidByTime(likely, end - begin, last - begin, tuple(curves)))
        return found

    def gains(
        self,
        quantities: Sequence[Draws],
        prices: Sequence[Draws],
        strengths: Sequence[Draws],
        draws: int,
    ) -> Draws:
        """Net gain per selected citizen: payers × draws.

        Per citizen and need, with D = counterfactual − expected: strength · D where the need is
        avoided, else D; summed (`sides.avoided_and_added`).
        """
        sign = signs(self.streams.lines)
        is_livelihood = self.streams.pairs.is_livelihood
        total = np.zeros((len(PAYERS), draws))
        for pair, lines in enumerate(self.lines_of_pair):
            difference: dict[int, Draws] = {}
            for line in lines:
                drawn = self.priced[line].present_value(quantities[line], prices[line])
                for payer, value in drawn:
                    difference[payer] = difference.get(payer, 0.0) + sign[line] * value
            is_avoided = np.asarray(sum(difference.values())) > 0
            is_avoided |= is_livelihood[pair]
            weight = np.where(is_avoided, strengths[pair], 1.0)
            for payer, value in difference.items():
                total[payer] += weight * value
        return total / max(self.streams.citizens, 1)

    def at(self, quantities: np.ndarray, prices: np.ndarray, strength: float = 1.0) -> np.ndarray:
        """Net gain per selected citizen by payer for one set of quantities and prices."""
        strengths = np.full((len(self.streams.pairs), 1), strength)
        gain: np.ndarray = self.gains(
            list(quantities[:, None]), list(prices[:, None]), list(strengths), 1
        )[:, 0]
        return gain
