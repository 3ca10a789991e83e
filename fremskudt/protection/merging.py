"""Merge neighbouring steps of an ordered scale before anything is blanked.

A line of eleven answers over five steps is rarely shown step by step; "six have none or little,
five have much" often can be.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

import numpy as np

from fremskudt.contract.scales import scale
from fremskudt.protection.suppression import suppress

# Scales whose neighbouring steps make sense as one.
MERGEABLE = {
    "support_need",
    "wellbeing_change",
    "goal_change",
    "citizen_rating",
    "change",
    "age_group",
    "contact_days",
}
Pieces = tuple[tuple[int, ...], ...]  # positions of categories


class Arrangement(NamedTuple):
    """A way to lay categories together; `is_mixed` where unknown answers lie with known ones."""

    pieces: Pieces
    is_mixed: bool = False


def arrangements(scale_name: str, categories: Sequence[str]) -> list[Arrangement]:
    """The ways to lay a scale's categories together: neighbours only.

    Unknown answers, which come last, stand apart or with the last steps. All known answers in
    one piece tell nothing and are no way. A scale without order has one way: nothing together.
    """
    each = Arrangement(tuple((i,) for i in range(len(categories))))
    if scale_name not in MERGEABLE:
        return [each]
    known = {i for i, code in enumerate(categories) if code in scale(scale_name).known}
    found = [
        Arrangement(cut, any({*piece} & known and {*piece} - known for piece in cut))
        for cut in _cuts(list(range(len(categories))))
        if not any(known <= {*piece} for piece in cut)
    ]
    return found or [each]


def _cuts(steps: list[int]) -> Iterator[Pieces]:
    for count in range(len(steps)):
        for places in combinations(range(1, len(steps)), count):
            ends = [0, *places, len(steps)]
            yield tuple(tuple(steps[a:b]) for a, b in pairwise(ends))


def best(
    counts: np.ndarray, choices: Sequence[Arrangement], threshold: int, adds_up: bool
) -> tuple[Pieces, np.ndarray]:
    """The arrangement that tells most of a table, and which of its cells are hidden.

    `counts` is groups × categories. First as few as possible are blanked in the lines that are
    large enough to be shown, and no piece of several answers may hold a whole line, for that would
    tell nothing; then as many pieces with anybody in them as possible are shown,
    then unknown answers stand apart if they can, then as many pieces as possible, then the
    pieces are as even as possible.
    """
    large = counts.sum(axis=1) >= threshold

    def worth(choice: Arrangement) -> tuple[float, ...]:
        pieces, hidden = _hidden(counts, choice.pieces, threshold, adds_up)
        widths = np.array([len(piece) for piece in choice.pieces])
        blanked = (hidden[large] * widths).sum()
        squares = (pieces[large].astype(float) ** 2).sum()
        is_whole = (pieces[large] == counts[large].sum(axis=1, keepdims=True)) & (widths > 1)
        shown = ~hidden[large]
        peopled = (shown & (pieces[large] > 0)).sum()
        return not is_whole.any(), -blanked, peopled, not choice.is_mixed, shown.sum(), -squares

    choice = max(choices, key=worth).pieces
    return choice, _hidden(counts, choice, threshold, adds_up)[1]


def _hidden(
    counts: np.ndarray, choice: Pieces, threshold: int, adds_up: bool
) -> tuple[np.ndarray, np.ndarray]:
    pieces = np.stack([counts[:, list(piece)].sum(axis=1) for piece in choice], axis=1)
    return pieces, suppress(pieces, threshold, adds_up)
