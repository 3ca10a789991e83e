"""Amounts: can a hidden one be calculated from those that are shown?

Amounts are not counted in citizens and have no smallest step: either the shown ones and what is
known of how they hang together fix a hidden one, or they leave it open.
"""

from collections.abc import Iterable

import numpy as np

from fremskudt.analysis.economics.gains import COUNTERFACTUAL, EXPECTED
from fremskudt.contract.scales import scale
from fremskudt.presentation.cells import TOTAL_LABEL
from fremskudt.release.harvest import TableFound

Entry = tuple[str, str, str]  # table, group and payer, as the pages call them
CLOSE = 1e-9
SUMMED = {"scenario_cost", "scenario_cost_per_citizen", "net_gain"}


def given_away(tables: Iterable[TableFound], place: str) -> list[Entry]:
    """The hidden amounts of a municipality that can be calculated from the shown ones."""
    known: dict[Entry, float] = {}
    entries: dict[Entry, None] = {}
    citizens = 0.0
    for table in tables:
        if table.name not in SUMMED:
            continue
        for row in table.rows:
            if row["kommune"] == place:
                entry = (table.name, row["gruppe"], row["svar"])
                entries[entry] = None
                if row.get("vaerdi"):
                    known[entry] = float(row["vaerdi"].replace(",", "."))
                if row["n"]:
                    citizens = max(citizens, float(row["n"].replace(",", ".")))
    hidden = [entry for entry in entries if entry not in known]
    if not hidden:
        return []
    rows = [
        [one.get(entry, 0.0) for entry in hidden]
        for one in _equations(list(entries), citizens)
        if one.keys() <= entries.keys()
    ]
    return [entry for i, entry in enumerate(hidden) if _is_fixed(np.array(rows), i)]


def _is_fixed(rows: np.ndarray, place: int) -> bool:
    """Whether every solution has the same value at a place: no direction that the equations
    leave open moves it."""
    if not rows.size:
        return False
    _, sizes, directions = np.linalg.svd(rows)
    rank = int((sizes > CLOSE).sum())
    return bool(np.abs(directions[rank:, place]).max(initial=0.0) < CLOSE)


def _equations(entries: list[Entry], citizens: float) -> list[dict[Entry, float]]:
    """Sums over payers, the gain as a difference, and amounts per citizen, as coefficients."""
    found = []
    payers = dict.fromkeys(payer for _, _, payer in entries if payer != TOTAL_LABEL)
    for table, group in dict.fromkeys((table, group) for table, group, _ in entries):
        found.append({(table, group, payer): 1.0 for payer in payers})
        found[-1][table, group, TOTAL_LABEL] = -1.0
    with_it, without = (scale("scenario").label(one) for one in (EXPECTED, COUNTERFACTUAL))
    for payer in (*payers, TOTAL_LABEL):
        found.append(
            {
                ("scenario_cost", without, payer): 1.0,
                ("scenario_cost", with_it, payer): -1.0,
                ("net_gain", "", payer): -citizens,
            }
        )
        found += [
            {
                ("scenario_cost", group, payer): 1.0,
                ("scenario_cost_per_citizen", group, payer): -citizens,
            }
            for group in (with_it, without)
        ]
    return found
