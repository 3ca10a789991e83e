"""Hide small cells of one table, and as many more as keep them from being found by its sums."""

import numpy as np


def suppress(counts: np.ndarray, threshold: int, columns_add_up: bool = False) -> np.ndarray:
    """Which cells of a table must be hidden; True is hidden.

    `counts` is groups × categories of whole numbers; every row's sum is taken to be known,
    and every column's too when `columns_add_up`. Primary: a cell from 1 to threshold − 1, and
    the whole of a row whose sum is in that range. Secondary: in every line whose sum is
    known and that has a hidden cell, the smallest shown cells are hidden, those above zero
    first, until k ≥ 2 cells are hidden that together hold at least threshold + k − 1, or the
    whole line is. When columns add up, a category that the sums' own table hides is hidden in every
    row. A higher threshold never shows more.
    """
    hidden = (counts > 0) & (counts < threshold)
    sums = counts.sum(axis=1)
    hidden |= ((sums > 0) & (sums < threshold))[:, None]
    if columns_add_up:
        # What the population's own table hides must not follow from its parts.
        hidden |= suppress(counts.sum(axis=0, keepdims=True), threshold)[0]
    is_stable = False
    while not is_stable:
        before = hidden.copy()
        for row in range(counts.shape[0]):
            _close(counts[row], hidden[row], threshold)
        if columns_add_up:
            for column in range(counts.shape[1]):
                _close(counts[:, column], hidden[:, column], threshold)
        is_stable = bool((before == hidden).all())
    return hidden


def _close(line: np.ndarray, hidden: np.ndarray, threshold: int) -> None:
    """Hide more of one line, in place, until what is hidden cannot be found from its sum."""
    # Every hidden cell holds at least one, so k cells must leave threshold − 1 to share freely.
    while (
        hidden.any()
        and not hidden.all()
        and (hidden.sum() < 2 or line[hidden].sum() < threshold + hidden.sum() - 1)
    ):
        shown = np.flatnonzero(~hidden)
        order = sorted(shown, key=lambda cell: (line[cell] == 0, line[cell], cell))
        hidden[order[0]] = True


def is_small(count: int, threshold: int) -> bool:
    """From one to just under the threshold: few, and not none."""
    return 0 < count < threshold
