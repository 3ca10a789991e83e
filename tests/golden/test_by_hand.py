"""Results worked out by hand, from small tables that stand beside them."""

import numpy as np
import pandas as pd
import pytest

from fremskudt.analysis import outcomes, population, roles
from fremskudt.analysis.deadlines import working_days_between
from fremskudt.analysis.economics import gains
from fremskudt.analysis.intervals import paired_difference, wilson
from fremskudt.contract.delivery import load_delivery
from tests.conftest import write_rows


def test_the_wilson_interval_of_7_of_11():
    # p = 0.63636, z = 1.959964, z² = 3.841459. Centre (0.63636 + 3.841459/22)/(1 + 3.841459/11)
    # = 0.810975/1.349224 = 0.601068; half-width 1.959964·√(0.231405/11 + 3.841459/484)/1.349224
    # = 1.959964·√(0.0210368 + 0.0079369)/1.349224 = 0.247267.
    lower, upper = wilson(np.array([7]), np.array([11]))
    assert lower[0] == pytest.approx(0.353801, abs=2e-6)
    assert upper[0] == pytest.approx(0.848335, abs=2e-6)


def test_the_wilson_interval_of_none_and_of_all_ends_at_0_and_1():
    # 0 of 10: upper limit z²/(n + z²) = 3.841459/13.841459 = 0.277533.
    lower, upper = wilson(np.array([0, 10]), np.array([10, 10]))
    assert lower[0] == 0
    assert upper[0] == pytest.approx(0.277533, abs=1e-6)
    assert lower[1] == pytest.approx(0.722467, abs=1e-6)
    assert upper[1] == 1


def test_the_paired_difference_of_6_better_and_2_worse_of_10():
    # d* = 4/12 = 0.333333; variance (9 − 16/12)/144 = 7.666667/144 = 0.0532407, root 0.230740;
    # half-width 1.959964 · 0.230740 = 0.452242.
    estimate, lower, upper = paired_difference(6, 2, 10)
    assert estimate == pytest.approx(0.4)
    assert lower == pytest.approx(0.333333 - 0.452242, abs=1e-5)
    assert upper == pytest.approx(0.333333 + 0.452242, abs=1e-5)


def test_working_days_leave_out_weekends_and_danish_holidays():
    # Thursday 28 March 2013 was Maundy Thursday; Easter Monday fell on 1 April.
    first = pd.to_datetime(pd.Series(["2013-03-27", "2013-03-27", "2013-05-13", "2013-05-13"]))
    second = pd.to_datetime(pd.Series(["2013-03-27", "2013-04-03", "2013-05-20", None]))
    # Same day 0; 2 and 3 April are 2; 14-17 May are 4, Whit Monday 20 May is none; no date, none.
    assert working_days_between(first, second).tolist()[:3] == [0, 2, 4]
    assert working_days_between(first, second).isna().tolist() == [False, False, False, True]


@pytest.fixture
def small(data_copy):
    """Five invented cases, small enough to count on one's fingers."""
    folder = data_copy / "rudersdal"
    cases = [
        # known → contact: 0, 2, 3 days, no known date, 20 days
        ("a", "woman", "2013-01-07", "2013-01-07", "none"),
        ("b", "man", "2013-01-07", "2013-01-09", "inpatient|outpatient"),
        ("c", "man", "2013-01-07", "2013-01-10", "outpatient"),
        ("d", "man", "", "2013-01-10", ""),
        ("e", "unknown", "2013-01-01", "2013-01-21", "unknown"),
    ]
    write_rows(
        folder / "cases.csv",
        [
            {
                "case_id": case_id,
                "target_group": "young",
                "gender": gender,
                "age_group": "age_18_25",
                "referrer": "other",
                "known_date": known,
                "first_contact_date": contact,
                "start_date": "2013-01-21",
                "end_date": "2013-04-22",
                "psychiatry": psychiatry,
            }
            for case_id, gender, known, contact, psychiatry in cases
        ],
    )
    answers = {
        # case: (need in phase 1, need in phase 3, caseworker's and citizen's change in phase 3)
        "a": ("major", "none", "very_positive", "better"),
        "b": ("minor", "minor", "positive", "unchanged"),
        "c": ("none", "dependent", "negative", "worse"),
        "d": ("unknown", "none", "positive", ""),
    }
    rows = []
    for case_id in "abcde":
        first, last, worker, citizen = answers.get(case_id, ("major", "", "", ""))
        rows.append((case_id, "1", "2013-01-21", first, "", ""))
        if case_id in answers:
            rows.append((case_id, "2", "2013-04-22", "", "", ""))
            rows.append((case_id, "3", "2013-07-22", last, worker, citizen))
    write_rows(
        folder / "registrations.csv",
        [
            {
                "case_id": case_id,
                "phase": phase,
                "registration_date": date,
                "respondent": "caseworker",
                "employment": "unemployed",
                "support_home": need,
                "support_economy": "",
                "wellbeing_change": worker,
                "goal_change": "",
                "citizen_rating": citizen,
            }
            for case_id, phase, date, need, worker, citizen in rows
        ],
    )
    write_rows(
        folder / "roles.csv",
        [
            {"case_id": "a", "role": "advice"},
            {"case_id": "a", "role": "coaching"},
            {"case_id": "b", "role": "advice"},
        ],
    )
    # Contact Monday 7 January; five working days later is Monday 14 January.
    meetings = {"a": "2013-01-14", "b": "2013-01-17"}
    write_rows(
        folder / "tools.csv",
        [
            {"case_id": case_id, "tool": "coordinating_meeting", "used_date": date}
            for case_id, date in meetings.items()
        ],
    )
    write_rows(folder / "selected.csv", [{"case_id": "a"}])
    trajectory = {
        "case_id": "a",
        "from_month": "0",
        "to_month": "12",
        "price_year": "2013",
        "share_region": "0",
        "share_other": "0",
        "confidence": "medium",
        "origin": "constructed",
        "source": "",
    }
    # Expected: 10 × 100 kr., shared 70/30. Counterfactual: 12 × 200 kr., shared 50/50.
    lines = [("expected", "10", "100", "0.7", "0.3"), ("counterfactual", "12", "200", "0.5", "0.5")]
    write_rows(
        folder / "trajectories.csv",
        [
            {
                **trajectory,
                "scenario": scenario,
                "service_code": "cash_benefit",
                **dict.fromkeys(("quantity_low", "quantity", "quantity_high"), quantity),
                **dict.fromkeys(
                    ("unit_price_low_dkk", "unit_price_dkk", "unit_price_high_dkk"), price
                ),
                "share_municipality": municipality,
                "share_state": state,
            }
            for scenario, quantity, price, municipality, state in lines
        ],
    )
    return load_delivery(folder)


def counts(result, group="all"):
    """The categories that occur with their counts, and n."""
    frame = result.frame[result.frame["group"] == group].set_index("category")
    return frame.loc[frame["count"] > 0, "count"].to_dict(), frame["n"].iloc[0]


def test_answers_are_counted_by_category(small):
    assert counts(population.gender(small)) == ({"man": 3, "woman": 1, "unknown": 1}, 5)


def test_several_answers_count_once_each_and_n_is_the_cases_that_answered(small):
    expected = {"none": 1, "inpatient": 1, "outpatient": 2, "unknown": 1}
    assert counts(population.psychiatry(small)) == (expected, 4)
    assert counts(roles.role(small)) == ({"advice": 2, "coaching": 1}, 2)


def test_days_to_contact_fall_into_bands_and_missing_dates_drop_out(small):
    expected = {"days_0_2": 2, "days_3_7": 1, "days_15_plus": 1}
    assert counts(population.contact_days(small)) == (expected, 4)
    assert counts(roles.contact_deadline(small)) == ({"within": 2, "later": 2}, 4)


def test_the_meeting_deadline_is_five_working_days_from_the_contact(small):
    # a: 7 → 14 January is 5 working days; b: 9 → 17 January is 6.
    expected = {"within": 1, "later": 1, "no_meeting": 3}
    assert counts(roles.meeting_deadline(small)) == (expected, 5)


def test_change_is_counted_in_those_with_a_known_answer_in_both_phases(small):
    # a improved, b unchanged, c worsened; d's first answer is unknown, e has no phase 3.
    expected = {"improved": 1, "unchanged": 1, "worsened": 1}
    assert counts(outcomes.paired_change(small, "support_home")) == (expected, 3)


def test_citizen_and_caseworker_are_compared_by_direction(small):
    # a and c agree; b: caseworker positive, citizen unchanged; d did not answer.
    expected = {"agree": 2, "caseworker_higher": 1}
    assert counts(outcomes.agreement(small), "phase_3") == (expected, 3)


def test_the_lost_are_compared_with_the_followed(small):
    assert counts(population.retention(small, "gender"), "stayed") == ({"woman": 1, "man": 3}, 4)
    assert counts(population.retention(small, "gender"), "lost") == ({"unknown": 1}, 1)


def test_net_gain_is_counterfactual_minus_expected_by_payer(small):
    # Counterfactual 2,400 (1,200 / 1,200), expected 1,000 (700 / 300).
    frame = gains.net_gain(small).frame.set_index("category")["value"]
    assert frame["municipality"] == pytest.approx(500)
    assert frame["state"] == pytest.approx(900)
    assert frame["total"] == pytest.approx(1_400)
    saved = gains.saving_share(small).frame.set_index("category")["value"]
    assert saved["total"] == pytest.approx(1_400 / 2_400)
    assert set(saved.index) == {"municipality", "state", "total"}
