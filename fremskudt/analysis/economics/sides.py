"""What outreach casework avoids and what it adds: the two sides of the net gain.

Sign convention, here and nowhere else: net gain = counterfactual − expected. Positive is
money saved by outreach casework (DESIGN; main report 2.3, table 12).
"""

from math import fsum

import numpy as np
import pandas as pd

from fremskudt.analysis.economics.shares import PAYERS
from fremskudt.analysis.economics.streams import Streams

EXPECTED, COUNTERFACTUAL = "expected", "counterfactual"
SIGNS = {COUNTERFACTUAL: 1.0, EXPECTED: -1.0}
CASEWORK = "outreach_casework"
AVOIDED, ADDED = "avoided", "added"


def signs(lines: pd.DataFrame) -> np.ndarray:
    """+1 for a line of the counterfactual trajectory, −1 for one of the expected."""
    return np.array([SIGNS[scenario] for scenario in lines["scenario"]], dtype="float64")


def avoided_and_added(found: Streams) -> pd.DataFrame:
    """What outreach casework avoids and what it adds, by citizen, need and payer.

    D is the present value of a need in the counterfactual minus that in the expected
    trajectory, over all payers. A need with D > 0 is avoided, any other added, and every
    payer's part of D with it: avoided − added = D for each payer. Income benefits are one need,
    for who loses one benefit lives on another, and always avoided: that one benefit replaces
    another is as imagined as the counterfactual itself. A payer's part, and then the need
    itself, may be negative. Columns case_id, need, payer, avoided, added.
    """
    pairs, (avoided, added) = found.pairs, _sides(found)
    return pd.DataFrame(
        {
            "case_id": pd.array(pairs.case_ids.repeat(len(PAYERS)), dtype="string"),
            "need": pd.array(pairs.needs.repeat(len(PAYERS)), dtype="string"),
            "payer": np.tile(PAYERS, len(pairs)),
            AVOIDED: avoided.ravel(),
            ADDED: added.ravel(),
        }
    )


def sums_of_sides(found: Streams, with_casework: bool = True) -> pd.DataFrame:
    """Kroner that are avoided and that are added (columns) for all selected citizens, by payer;
    with the needs that the casework itself meets, or without."""
    is_counted = (found.pairs.needs != CASEWORK) | with_casework
    avoided, added = (_exact_sum(side[is_counted]) for side in _sides(found))
    return pd.DataFrame({AVOIDED: avoided, ADDED: added}, index=list(PAYERS))


def gain_by_payer(found: Streams, strength: float) -> pd.Series:
    """Net gain per selected citizen: (strength · Σ avoided − Σ added) / citizens, by payer.

    At full strength this is (Σ counterfactual − Σ expected) / citizens.
    """
    sums = sums_of_sides(found)
    gain: pd.Series = (strength * sums[AVOIDED] - sums[ADDED]) / max(found.citizens, 1)
    return gain


def _sides(found: Streams) -> tuple[np.ndarray, np.ndarray]:
    """What is avoided and what is added: pairs of citizen and need × payers."""
    values = found.present_values.to_numpy() * signs(found.lines)[:, None]
    of_pair = (values[found.pairs.of_line == pair] for pair in range(len(found.pairs)))
    difference = np.array([_exact_sum(lines) for lines in of_pair]).reshape(-1, len(PAYERS))
    is_avoided = (difference.sum(axis=1) > 0) | found.pairs.is_livelihood
    avoided = np.where(is_avoided[:, None], difference, 0.0)
    return avoided, avoided - difference


def _exact_sum(rows: np.ndarray) -> list[float]:
    """The sum of each column, exact up to the last bit: the order of the lines is irrelevant."""
    return [fsum(column) for column in rows.T]
