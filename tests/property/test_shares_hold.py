"""What must hold of intervals, numbers and distributions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fremskudt.analysis.counting import PHASES
from fremskudt.analysis.intervals import paired_difference, wilson
from fremskudt.analysis.outcomes import CHANGES, LEVELS, by_phase
from fremskudt.presentation.numbers import number, percent_of

PAIRS = st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(PAIRS)
def test_a_share_lies_in_its_interval_and_the_interval_in_0_to_1(pair):
    count, n = pair
    lower, upper = wilson(np.array([count]), np.array([n]))
    assert 0 <= lower[0] <= count / n <= upper[0] <= 1


@given(PAIRS)
def test_the_interval_of_the_rest_mirrors_that_of_the_share(pair):
    count, n = pair
    lower, upper = wilson(np.array([count, n - count]), np.array([n, n]))
    assert lower[0] == pytest.approx(1 - upper[1])
    assert upper[0] == pytest.approx(1 - lower[1])


@given(PAIRS, st.data())
def test_improved_and_worsened_trade_places_with_the_sign(pair, data):
    improved, n = pair
    worsened = data.draw(st.integers(0, n - improved))
    estimate, lower, upper = paired_difference(improved, worsened, n)
    mirrored = paired_difference(worsened, improved, n)
    assert mirrored == pytest.approx((-estimate, -upper, -lower))
    assert -1 <= lower <= upper <= 1


@given(st.decimals(-(10**9), 10**9, places=2))
def test_a_danish_number_reads_back_as_itself(value):
    text = number(float(value), 2).replace(".", "").replace(",", ".").replace("\N{MINUS SIGN}", "-")
    assert float(text) == float(value)


@given(PAIRS)
def test_a_percentage_is_rounded_half_up_from_the_exact_fraction(pair):
    count, n = pair
    whole, rest = divmod(200 * count + n, 2 * n)
    assert percent_of(count, n) == f"{whole}\N{NO-BREAK SPACE}%"
    assert rest < 2 * n


@pytest.mark.parametrize("code", [*LEVELS, *CHANGES])
def test_a_distribution_sums_to_its_n(code, deliveries):
    for delivery in deliveries.values():
        frame = by_phase(delivery, code).frame
        sums = frame.groupby("group").agg(count=("count", "sum"), n=("n", "first"))
        assert (sums["count"] == sums["n"]).all()
        assert len(sums) == (len(PHASES) if code in LEVELS else len(PHASES) - 1)


@pytest.mark.parametrize("code", [*LEVELS, *CHANGES])
def test_the_order_of_rows_is_irrelevant(code, deliveries):
    from dataclasses import replace

    delivery = deliveries["aarhus"]
    shuffled = {
        name: table.sample(frac=1, random_state=1) for name, table in delivery.tables.items()
    }
    other = by_phase(replace(delivery, tables=shuffled), code).frame
    assert by_phase(delivery, code).frame.equals(other)
