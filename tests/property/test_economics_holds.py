"""What must hold of the economics whatever the trajectories are."""

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fremskudt.analysis.economics import net_gain, scenario_cost
from fremskudt.contract.scales import scale

PAYERS = scale("payer").codes
RELAXED = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


@st.composite
def trajectories(draw):
    """Lines of any services for up to four citizens, shares summing to one."""
    lines = []
    for _ in range(draw(st.integers(1, 12))):
        first = draw(st.integers(0, 100))
        second = draw(st.integers(0, 100 - first))
        lines.append(
            {
                "case_id": draw(st.sampled_from("abcd")),
                "scenario": draw(st.sampled_from(["expected", "counterfactual"])),
                "service_code": "home_support",
                "quantity": float(draw(st.integers(0, 400))),
                "unit_price_dkk": draw(st.integers(0, 500_000)) / 100,
                "share_municipality": first / 100,
                "share_region": second / 100,
                "share_state": (100 - first - second) / 100,
                "share_other": 0.0,
            }
        )
    return pd.DataFrame(lines)


def with_lines(delivery, lines):
    return replace(delivery, tables={**delivery.tables, "trajectories": lines})


def gains(delivery, lines):
    return net_gain(with_lines(delivery, lines)).frame.set_index("category")["value"]


@given(trajectories())
@RELAXED
def test_the_payers_sum_to_the_total(deliveries, lines):
    found = gains(deliveries["vejle"], lines)
    assert found[list(PAYERS)].sum() == pytest.approx(found["total"], abs=1e-6)


@given(trajectories())
@RELAXED
def test_the_total_is_quantity_times_price(deliveries, lines):
    frame = scenario_cost(with_lines(deliveries["vejle"], lines)).frame
    cost = (lines["quantity"] * lines["unit_price_dkk"]).groupby(lines["scenario"]).sum()
    totals = frame[frame["category"] == "total"].set_index("group")["value"]
    for scenario in ("expected", "counterfactual"):
        assert totals[scenario] == pytest.approx(cost.get(scenario, 0.0), abs=1e-6)


@given(trajectories())
@RELAXED
def test_swapping_the_scenarios_turns_the_sign(deliveries, lines):
    swapped = lines.replace(
        {"scenario": {"expected": "counterfactual", "counterfactual": "expected"}}
    )
    one, other = gains(deliveries["vejle"], lines), gains(deliveries["vejle"], swapped)
    assert one.to_numpy() == pytest.approx(-other.to_numpy(), abs=1e-6)


@given(trajectories())
@RELAXED
def test_doubling_every_price_doubles_the_gain(deliveries, lines):
    doubled = lines.assign(unit_price_dkk=2 * lines["unit_price_dkk"])
    one, other = gains(deliveries["vejle"], lines), gains(deliveries["vejle"], doubled)
    assert other.to_numpy() == pytest.approx(2 * one.to_numpy(), abs=1e-6)


@given(trajectories(), st.randoms(use_true_random=False))
@RELAXED
def test_the_order_of_lines_is_irrelevant(deliveries, lines, random):
    order = list(range(len(lines)))
    random.shuffle(order)
    shuffled = lines.iloc[order].reset_index(drop=True)
    one, other = gains(deliveries["vejle"], lines), gains(deliveries["vejle"], shuffled)
    assert one.to_numpy() == pytest.approx(other.to_numpy(), abs=1e-6)
