"""The trajectories' present value for other quantities and prices than the likely ones.

Simulation and sensitivity both ask what the trajectories would cost with other quantities and
unit prices. A service that is counted in months or weeks then lasts longer or shorter: its
last month moves, with what that means for discounting and refund steps, but never beyond the
36 months. Any other service keeps its months and is given more or less often.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from fremskudt.analysis.economics.assumptions import MONTHS
from fremskudt.analysis.economics.gains import LIVELIHOOD, need, signs
from fremskudt.analysis.economics.shares import INCOME_BENEFITS, PAYERS
from fremskudt.analysis.economics.streams import Streams

DURATIONS = ("month", "week")
Draws = np.ndarray


@dataclass(frozen=True)
class Valuation:
    """The gain of a delivery's trajectories as a function of quantities, prices and strength.

    Quantities and prices are arrays of lines × draws, strengths of pairs × draws, where a pair
    is a citizen and a need. Case-level: stays in `analysis`.
    """

    streams: Streams

    @property
    def lines(self) -> pd.DataFrame:
        return self.streams.lines

    @cached_property
    def pair_of_line(self) -> np.ndarray:
        """The number of every line's pair of citizen and need."""
        keys = self.lines["case_id"].astype(str) + "\n" + need(self.lines).astype(str)
        numbers: np.ndarray = pd.factorize(keys)[0]
        return numbers

    @cached_property
    def is_livelihood(self) -> np.ndarray:
        """Whether each pair is about income benefits."""
        found: np.ndarray = (
            (need(self.lines) == LIVELIHOOD).groupby(self.pair_of_line).first().to_numpy(dtype=bool)
        )
        return found

    @cached_property
    def latest_end(self) -> np.ndarray:
        """The month that each line can last to: an income benefit not into the next one."""
        ends = np.full(len(self.lines), MONTHS)
        benefits = self.lines[self.lines["service_code"].isin(INCOME_BENEFITS)]
        for _, mine in benefits.groupby(["case_id", "scenario"]):
            begins = mine["from_month"]
            for index, begin in begins.items():
                later = begins[begins > begin]
                ends[self.lines.index.get_loc(index)] = MONTHS if later.empty else later.min()
        return ends

    def present_value(self, line: int, quantity: Draws, price: Draws) -> list[tuple[int, Draws]]:
        """A line's present value by payer (those with a share), for every draw.

        price · (likely quantity / months) · ∫ v(t) share(t) dt over the months it lasts.
        """
        row = self.lines.iloc[line]
        begin, months = int(row["from_month"]), int(row["to_month"] - row["from_month"])
        likely = float(row["quantity"])
        weighted = self.streams.factors * self.streams.shares[line]  # payers × months
        values = []
        for payer in np.flatnonzero(weighted.any(axis=1)):
            if row["unit"] in DURATIONS and likely > 0:
                end = self.latest_end[line]
                reached = np.concatenate([[0.0], weighted[payer, begin:end].cumsum()])
                lasted = quantity * (months / likely)
                paid = np.interp(lasted, np.arange(end - begin + 1), reached)
                values.append((int(payer), price * paid * (likely / months)))
            else:
                mean = weighted[payer, begin : begin + months].mean()
                values.append((int(payer), price * quantity * mean))
        return values

    def gains(self, quantities: Draws, prices: Draws, strengths: Draws) -> Draws:
        """Net gain per selected citizen: payers × draws.

        Per citizen and need, with D = counterfactual − expected: strength · D where the need is
        avoided, else D; summed (`gains.avoided_and_added`).
        """
        draws = quantities.shape[1]
        sign = signs(self.lines)
        total = np.zeros((len(PAYERS), draws))
        for pair in range(self.pair_of_line.max(initial=-1) + 1):
            difference: dict[int, Draws] = {}
            for line in np.flatnonzero(self.pair_of_line == pair):
                drawn = self.present_value(int(line), quantities[line], prices[line])
                for payer, value in drawn:
                    difference[payer] = difference.get(payer, 0.0) + sign[line] * value
            is_avoided = np.asarray(sum(difference.values())) > 0
            is_avoided |= self.is_livelihood[pair]
            weight = np.where(is_avoided, strengths[pair], 1.0)
            for payer, value in difference.items():
                total[payer] += weight * value
        return total / max(self.streams.citizens, 1)

    def at(self, quantities: np.ndarray, prices: np.ndarray, strength: float = 1.0) -> np.ndarray:
        """Net gain per selected citizen by payer for one set of quantities and prices."""
        pairs = int(self.pair_of_line.max(initial=-1)) + 1
        gain: np.ndarray = self.gains(
            quantities[:, None], prices[:, None], np.full((pairs, 1), strength)
        )[:, 0]
        return gain
