"""What must hold of suppression whatever the numbers are."""

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from fremskudt.protection.suppression import suppress

TABLES = st.tuples(st.integers(1, 3), st.integers(2, 6)).flatmap(
    lambda shape: arrays(np.int64, shape, elements=st.integers(0, 12))
)
THRESHOLDS = st.integers(3, 7)


@given(TABLES, THRESHOLDS, st.booleans())
def test_every_small_cell_is_hidden(counts, threshold, adds_up):
    hidden = suppress(counts, threshold, adds_up)
    assert hidden[(counts > 0) & (counts < threshold)].all()


@given(TABLES, THRESHOLDS, st.booleans())
def test_no_line_with_a_known_sum_gives_a_hidden_cell_away(counts, threshold, adds_up):
    hidden = suppress(counts, threshold, adds_up)
    lines = list(zip(counts, hidden, strict=True))
    if adds_up:
        lines += list(zip(counts.T, hidden.T, strict=True))
    for line, is_hidden in lines:
        if is_hidden.any() and not is_hidden.all():
            assert is_hidden.sum() >= 2
            assert line[is_hidden].sum() >= threshold + is_hidden.sum() - 1


@given(TABLES, THRESHOLDS)
def test_the_order_of_categories_does_not_matter_for_how_much_is_hidden(counts, threshold):
    backwards = suppress(counts[:, ::-1], threshold)
    assert (suppress(counts, threshold).sum(axis=1) == backwards.sum(axis=1)).all()


@given(TABLES, THRESHOLDS)
def test_a_higher_threshold_never_shows_more_of_the_small_cells(counts, threshold):
    low, high = suppress(counts, threshold), suppress(counts, threshold + 1)
    small = (counts > 0) & (counts < threshold)
    assert (high[small] >= low[small]).all()
    assert high.sum() >= low.sum()


@given(arrays(np.int64, (1, 4), elements=st.integers(0, 8)), THRESHOLDS)
@settings(max_examples=60, deadline=None)
def test_an_intruder_who_tries_every_possible_row_finds_no_small_cell(counts, threshold):
    """All rows that agree with what is shown and with the rules are listed by brute force; no
    hidden small cell has the same value in all of them. Zeros are shown, unless all is hidden."""
    row = counts[0]
    hidden = suppress(counts, threshold)[0]
    if not hidden.any() or row.sum() < threshold:
        return
    unknown = int(row[hidden].sum())
    least = 0 if hidden.all() else 1
    ways = [
        way
        for way in product(range(least, unknown + 1), repeat=int(hidden.sum()))
        if sum(way) == unknown
    ]
    for place, value in enumerate(row[hidden]):
        if 0 < value < threshold:
            assert len({way[place] for way in ways}) > 1
