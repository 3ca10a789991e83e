"""What a line meets, and the pairs of a citizen and a need that the two trajectories share."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from fremskudt.analysis.economics.additions import INCOME_TAX
from fremskudt.analysis.economics.shares import INCOME_BENEFITS

LIVELIHOOD = "livelihood"


@dataclass(frozen=True)
class Pairs:
    """The pairs of a citizen and a need, in the order in which the lines name them.

    `of_line` is the number of every line's pair; `case_ids` and `needs` say what each pair is
    about. Case-level: stays in `analysis`.
    """

    of_line: np.ndarray
    case_ids: np.ndarray
    needs: np.ndarray

    @classmethod
    def of(cls, lines: pd.DataFrame) -> "Pairs":
        """The pairs of some lines.

        What a line meets is a service of its own, or the livelihood that all income benefits,
        and the income tax of months without one, are about.
        """
        case_ids, services = (
            lines[name].to_numpy(dtype=object) for name in ("case_id", "service_code")
        )
        is_livelihood = np.isin(services, [*INCOME_BENEFITS, INCOME_TAX])
        needs = np.where(is_livelihood, LIVELIHOOD, services)
        numbers: dict[tuple[str, str], int] = {}
        for pair in zip(case_ids, needs, strict=True):
            numbers.setdefault(pair, len(numbers))
        of_line = [numbers[pair] for pair in zip(case_ids, needs, strict=True)]
        named = np.array([*numbers], dtype=object).reshape(-1, 2)
        return cls(np.array(of_line, dtype=np.intp), named[:, 0], named[:, 1])

    @property
    def is_livelihood(self) -> np.ndarray:
        """Whether each pair is about income benefits."""
        found: np.ndarray = self.needs == LIVELIHOOD
        return found

    def __len__(self) -> int:
        return len(self.needs)
