"""The selected citizens: their courses service by service, and how they differ from all cases."""

from dataclasses import replace

import pandas as pd

from fremskudt.analysis.counting import count_answers
from fremskudt.analysis.economics.assumptions import REPORT
from fremskudt.analysis.economics.streams import streams
from fremskudt.analysis.measures import MEASURES
from fremskudt.analysis.result import COURSE_COLUMNS, Counts, Courses, Guard
from fremskudt.contract.delivery import Delivery


def courses(delivery: Delivery) -> Courses:
    """Every selected citizen's services in both scenarios, undiscounted."""
    found = streams(delivery, REPORT)
    frame = found.lines.assign(
        municipality=delivery.slug,
        category=found.lines["service_code"],
        value=found.present_values.sum(axis=1),
        n=1,
        group=(pd.factorize(found.lines["case_id"])[0] + 1).astype(str),
        description=found.lines["case_id"]
        .map(delivery["selected"].set_index("case_id")["description"])
        .fillna(""),
    )
    ordered = frame.sort_values(
        ["group", "scenario", "from_month", "to_month", "category"], kind="stable"
    )
    guards = {delivery.slug: Guard.of(delivery)}
    return Courses(
        MEASURES["timeline"], ordered[list(COURSE_COLUMNS)].reset_index(drop=True), guards
    )


def selection(delivery: Delivery, code: str) -> Counts:
    """The distribution of a measure among the selected citizens and among the other cases.

    `code` is gender, age_group, target_group or support_home (its answer in phase 1).
    """
    chosen = set(delivery["selected"]["case_id"])
    if code == "support_home":
        frame = delivery["registrations"]
        frame, phase = frame[frame["phase"] == 1], 1
    else:
        frame, phase = delivery["cases"], 0
    is_chosen = frame["case_id"].isin(chosen)
    groups = [
        ("selected", phase, frame.loc[is_chosen, code]),
        ("others", phase, frame.loc[~is_chosen, code]),
    ]
    result = count_answers(delivery, code, groups, "selection", "selection", joint=True)
    return replace(result, measure=replace(result.measure, source=""))
