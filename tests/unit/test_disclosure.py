"""The door: what is hidden, at the threshold and around it, and what follows from it."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from fremskudt.analysis.measures import MEASURES
from fremskudt.analysis.result import Amounts, Counts, Guard, together
from fremskudt.contract.scales import scale
from fremskudt.disclosure import FEW, HIDDEN, SHOWN, Publishable, publish
from fremskudt.protection.suppression import suppress

REGISTERED = Guard("Prøve", is_registered=True, threshold=5)
CONSTRUCTED = Guard("Prøve", is_registered=False, threshold=5)


def needs(values, guard=REGISTERED, slug="proeve", group="phase_1", measure="support_home"):
    """A distribution of support needs with these counts."""
    codes = scale(MEASURES[measure].scale).codes[: len(values)]
    n = sum(values)
    rows = [
        (slug, group, code, value, n, "registered")
        for code, value in zip(codes, values, strict=True)
    ]
    frame = pd.DataFrame(
        rows, columns=["municipality", "group", "category", "count", "n", "origin"]
    )
    return Counts(MEASURES[measure], frame, {slug: guard}, "phase")


def employment(values, guard=REGISTERED, slug="proeve"):
    """A distribution over answers without order: nothing of it can be merged."""
    return needs(values, guard, slug, measure="employment")


def statuses(result):
    return list(publish(result).frame["status"])


@pytest.mark.parametrize(
    ("count", "is_hidden"), [(0, False), (1, True), (4, True), (5, False), (6, False)]
)
def test_a_cell_is_hidden_from_one_to_just_under_the_threshold(count, is_hidden):
    assert (statuses(employment([20, 30, count, 40, 0]))[2] == HIDDEN) is is_hidden


def test_one_hidden_cell_takes_the_smallest_other_one_with_it():
    assert statuses(employment([20, 30, 2, 40, 9])) == [SHOWN, SHOWN, HIDDEN, SHOWN, HIDDEN]


def test_two_small_cells_that_would_be_known_from_their_sum_take_a_third():
    # 1 and 1 are the only way to share 2 between two cells that are not zero.
    assert statuses(employment([20, 30, 1, 1, 0])) == [HIDDEN, SHOWN, HIDDEN, HIDDEN, SHOWN]


def test_a_group_below_the_threshold_is_hidden_with_its_n():
    frame = publish(needs([4, 0, 0, 0, 0])).frame
    assert set(frame["status"]) == {HIDDEN}
    assert frame[["count", "n", "share", "lower", "upper"]].isna().all(axis=None)


def test_a_hidden_cell_leaves_no_count_share_or_interval():
    frame = publish(employment([20, 30, 2, 40, 9])).frame
    hidden = frame[frame["status"] == HIDDEN]
    assert hidden[["count", "share", "lower", "upper"]].isna().all(axis=None)
    assert frame.loc[frame["status"] == SHOWN, "share"].tolist() == [20 / 101, 30 / 101, 40 / 101]


def test_constructed_data_are_shown_but_too_few_answers_are_no_distribution():
    assert set(statuses(needs([20, 30, 2, 40, 9], CONSTRUCTED))) == {SHOWN}
    frame = publish(needs([1, 1, 1, 0, 0], CONSTRUCTED)).frame
    assert set(frame["status"]) == {FEW}
    assert frame["n"].tolist() == [3.0] * 5
    assert frame["count"].isna().all()


def test_several_answers_are_hidden_when_few_gave_or_few_did_not_give_them():
    rows = [
        ("p", "all", code, value, 20, "registered")
        for code, value in zip(
            ("none", "inpatient", "outpatient", "home_support"), (3, 17, 10, 0), strict=True
        )
    ]
    frame = pd.DataFrame(
        rows, columns=["municipality", "group", "category", "count", "n", "origin"]
    )
    result = Counts(MEASURES["psychiatry"], frame, {"p": REGISTERED})
    assert statuses(result) == [HIDDEN, HIDDEN, SHOWN, SHOWN]


def test_where_groups_split_a_known_population_both_sides_are_hidden():
    # Columns add up to a published total: hiding 2 of "lost" would be undone by "stayed".
    hidden = suppress(np.array([[20, 30], [2, 13]]), 5, columns_add_up=True)
    assert hidden.all()


def test_a_total_over_municipalities_is_hidden_where_one_of_its_parts_is():
    one = employment([20, 30, 2, 40, 9])
    other = employment([50, 50, 50, 50, 50], CONSTRUCTED, "anden")
    frame = publish(together([one, other])).frame
    total = frame[frame["municipality"] == "all"].set_index("category")["status"]
    assert total.to_dict() == {
        "unemployed": SHOWN,
        "sickness_benefit": SHOWN,
        "education": HIDDEN,
        "full_time": SHOWN,
        "part_time": HIDDEN,
    }


def test_hidden_cells_hold_more_than_one_each():
    # 1, 1, 1, 1 and 1 would be known from their sum of five, for none of them is nought.
    assert suppress(np.array([[40, 12, 1, 1, 1, 1, 1]]), 5).tolist() == [
        [False, True, True, True, True, True, True]
    ]


def test_neighbouring_steps_are_shown_as_one_before_anything_is_hidden():
    # Two are dependent: with the major needs beside them they are 42, and nobody is singled out.
    frame = publish(needs([20, 30, 40, 2, 9])).frame
    assert dict(zip(frame["category"], frame["count"], strict=True)) == {
        "none": 20,
        "minor": 30,
        "major+dependent": 42,
        "unknown": 9,
    }
    assert set(frame["status"]) == {SHOWN}
    assert frame["share"].tolist() == [20 / 101, 30 / 101, 42 / 101, 9 / 101]


def test_eleven_citizens_still_give_a_readable_line():
    # 3, 3, 3 and 2: step by step nothing could be shown. Two pieces of at least five can: 6 and 5.
    frame = publish(needs([3, 3, 3, 2, 0])).frame
    assert dict(zip(frame["category"], frame["count"], strict=True)) == {
        "none+minor": 6,
        "major+dependent": 5,
        "unknown": 0,
    }


def test_few_who_do_not_know_stand_with_the_last_steps():
    frame = publish(needs([20, 30, 40, 10, 2])).frame
    assert dict(zip(frame["category"], frame["count"], strict=True)) == {
        "none": 20,
        "minor": 30,
        "major": 40,
        "dependent+unknown": 12,
    }


def test_lines_that_cannot_be_merged_alike_are_merged_each_in_its_own_way():
    # 5|7 wants the cut after the first step, 8|5 after the second: no cut suits both.
    lines = [needs([5, 3, 2, 2, 0]), needs([4, 4, 3, 2, 0], group="phase_2")]
    table = replace(lines[0], frame=pd.concat([one.frame for one in lines], ignore_index=True))
    frame = publish(table).frame
    shown = frame[(frame["status"] == SHOWN) & (frame["count"] > 0)]
    assert list(zip(shown["group"], shown["category"], shown["count"], strict=True)) == [
        ("phase_1", "none", 5),
        ("phase_1", "minor+major+dependent", 7),
        ("phase_2", "none+minor", 8),
        ("phase_2", "major+dependent", 5),
    ]


def test_a_total_is_merged_where_one_of_its_parts_is():
    one, other = needs([20, 30, 40, 2, 9]), needs([50] * 5, CONSTRUCTED, "anden")
    frame = publish(together([one, other])).frame
    total = frame[frame["municipality"] == "all"]
    assert dict(zip(total["category"], total["count"], strict=True)) == {
        "none": 70,
        "minor": 80,
        "major+dependent": 142,
        "unknown": 59,
    }


def test_a_small_number_of_cases_is_hidden():
    frame = pd.DataFrame(
        [
            ("p", "all", "monitored", 11.0, 11, "registered"),
            ("p", "all", "complete", 4.0, 4, "registered"),
        ],
        columns=["municipality", "group", "category", "value", "n", "origin"],
    )
    amounts = Amounts(MEASURES["cases"], frame, {"p": REGISTERED}, unit="cases", is_personal=False)
    assert publish(amounts).frame["status"].tolist() == [SHOWN, HIDDEN]


def test_the_n_of_a_total_is_hidden_where_the_n_of_a_part_is():
    # Three answers in one municipality would follow from the total and the others.
    few, many = needs([3, 0, 0, 0, 0]), needs([50, 50, 50, 50, 50], CONSTRUCTED, "anden")
    frame = publish(together([few, many])).frame
    total = frame[frame["municipality"] == "all"]
    assert total["n"].isna().all()
    assert set(total["status"]) == {HIDDEN}


def test_the_number_registered_in_a_phase_is_hidden_only_when_it_is_small_itself():
    rows = [("p", "all", f"phase_{i}", n, 11, "registered") for i, n in enumerate((11, 8, 3), 1)]
    frame = pd.DataFrame(
        rows, columns=["municipality", "group", "category", "count", "n", "origin"]
    )
    result = Counts(MEASURES["registered"], frame, {"p": REGISTERED})
    assert statuses(result) == [SHOWN, SHOWN, HIDDEN]


def test_amounts_about_fewer_citizens_than_the_threshold_are_hidden():
    for n, status in ((4, HIDDEN), (5, SHOWN)):
        frame = pd.DataFrame(
            [("p", "all", "total", 1000.0, n, "registered")],
            columns=["municipality", "group", "category", "value", "n", "origin"],
        )
        shown = publish(Amounts(MEASURES["net_gain"], frame, {"p": REGISTERED})).frame
        assert shown["status"].tolist() == [status]
        assert shown["value"].isna().tolist() == [status == HIDDEN]


def test_nothing_but_the_door_makes_a_publishable():
    with pytest.raises(TypeError, match="publish"):
        Publishable(MEASURES["gender"], pd.DataFrame(), {})
