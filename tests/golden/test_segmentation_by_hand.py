"""The segmentation rule on courses whose years are counted by hand."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from fremskudt.analysis.gains_plan import PlanLine, odense, total
from fremskudt.analysis.segmentation import Rule, citizen_years, printed_rule, segmentation

RULE = Rule(entrances=2, services=3, annual_cost_dkk=150_000)


def line(case, scenario, service, months, kroner, municipality=1.0):
    """A service that costs so much in all, of which the municipality pays a share."""
    return {
        "case_id": case,
        "scenario": scenario,
        "service_code": service,
        "from_month": months[0],
        "to_month": months[1],
        **{f"quantity{end}": 1.0 for end in ("_low", "", "_high")},
        **{f"unit_price{end}_dkk": float(kroner) for end in ("_low", "", "_high")},
        "price_year": 2013.0,
        "share_municipality": municipality,
        "share_region": 1 - municipality,
        "share_state": 0.0,
        "share_other": 0.0,
        "confidence": "high",
        "origin": "constructed",
        "source": "opdigtet",
    }


@pytest.fixture(scope="module")
def by_hand(deliveries):
    """Four citizens; see each."""
    before, after = "counterfactual", "expected"
    lines = [
        # year 1 two entrances, two services and 100.000 + 60.000 = 160.000 kr.; the
        # region's hospital stay counts under nothing. Year 2 one entrance and 60.000 kr.
        line("R-001", before, "home_support", (0, 12), 100_000),
        line("R-001", before, "cash_benefit", (0, 24), 240_000, municipality=0.5),
        line("R-001", before, "psychiatric_inpatient", (0, 12), 500_000, municipality=0.0),
        # With the effort: three services in two areas in year 1, 30.000 kr. in all.
        line("R-001", after, "outreach_casework", (0, 3), 900_000),
        line("R-001", after, "home_support", (0, 6), 10_000),
        line("R-001", after, "activity_centre", (0, 6), 10_000),
        line("R-001", after, "mentor", (0, 6), 10_000),
        # one service a year, exactly 150.000 kr. in year 1, which is not over it.
        line("R-002", before, "home_support", (0, 12), 150_000),
        line("R-002", before, "activity_centre", (12, 24), 10_000),
        line("R-002", before, "mentor", (24, 36), 10_000),
        # dear in year 1, many services of two areas in year 2, never both.
        line("R-004", before, "home_support", (0, 12), 200_000),
        line("R-004", before, "activity_centre", (12, 24), 10_000),
        line("R-004", before, "mentor", (12, 24), 10_000),
        line("R-004", before, "cash_benefit", (12, 24), 10_000),
        # all three in year 3.
        line("R-005", before, "home_support", (24, 36), 200_000),
        line("R-005", before, "mentor", (24, 36), 10_000),
        line("R-005", before, "cash_benefit", (24, 36), 10_000),
    ]
    delivery = deliveries["rudersdal"]
    table = delivery["trajectories"]
    frame = pd.DataFrame(lines).reindex(columns=table.columns).astype(table.dtypes.to_dict())
    return replace(delivery, tables={**delivery.tables, "trajectories": frame})


def test_a_year_is_counted_as_by_hand(by_hand):
    years = citizen_years(by_hand).loc["counterfactual"]
    first = years.loc["R-001"]
    assert list(first["entrances"]) == [2, 1, 0]
    assert list(first["services"]) == [2, 1, 0]
    np.testing.assert_allclose(first["annual_cost"], [160_000, 60_000, 0])


def test_the_rule_finds_those_whom_one_would_find_by_hand(by_hand):
    frame = segmentation(by_hand, RULE).frame.set_index(["group", "category"])
    assert set(frame["n"]) == {4}
    assert frame.loc["counterfactual", "count"].to_dict() == {
        "entrances": 3,  # all but R-002
        "services": 2,
        "annual_cost": 3,  # all but R-002
        "any": 3,
        "all": 1,  # R-005; R-004 has it in two years
    }
    assert frame.loc["expected", "count"].to_dict() == {
        "entrances": 1,
        "services": 1,
        "annual_cost": 0,  # the outreach casework of 900.000 kr. does not count
        "any": 1,
        "all": 0,
    }


def test_the_printed_rule_is_that_of_the_article():
    assert printed_rule() == RULE


def test_without_courses_nobody_is_found(deliveries):
    delivery = deliveries["rudersdal"]
    empty = {**delivery.tables, "trajectories": delivery["trajectories"].iloc[:0]}
    frame = segmentation(replace(delivery, tables=empty), RULE).frame
    assert set(frame["count"]) == {0}
    assert set(frame["n"]) == {0}


def test_odense_had_put_47_per_cent_of_its_target_into_budgets():
    plan = odense()
    assert (plan.planned_dkk, plan.realised_dkk, plan.missing_dkk) == (85e6, 40e6, 45e6)
    assert plan.realised_share == pytest.approx(40 / 85)


def test_a_sum_is_known_when_all_its_lines_are():
    measured, open_line = PlanLine("a", 100.0, 80.0), PlanLine("b", 50.0, None)
    assert total([measured, measured]) == PlanLine("I alt", 200.0, 160.0)
    assert total([measured, open_line]) == PlanLine("I alt", 150.0, None)
    assert total([measured, open_line]).missing_dkk is None
    assert PlanLine("c", 0.0, 10.0).realised_share is None
