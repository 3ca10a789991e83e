"""Who got outreach casework, how they were found, and who stayed through the phases."""

from dataclasses import replace

import pandas as pd

from fremskudt.analysis.counting import (
    PHASES,
    complete_cases,
    count_answers,
    count_several,
    phase_code,
    split_codes,
)
from fremskudt.analysis.measures import MEASURES
from fremskudt.analysis.result import ALL, AMOUNT_COLUMNS, Amounts, Counts, Guard, origin_of
from fremskudt.contract.delivery import Delivery

CONTACT_BINS = {"days_0_2": (0, 2), "days_3_7": (3, 7), "days_8_14": (8, 14)}
LONGEST = "days_15_plus"


def _of_cases(delivery: Delivery, column: str) -> Counts:
    return count_answers(delivery, column, [(ALL, 0, delivery["cases"][column])])


def gender(delivery: Delivery) -> Counts:
    """Cases by gender (main report, figure 1)."""
    return _of_cases(delivery, "gender")


def age_group(delivery: Delivery) -> Counts:
    """Cases by age group at the start (main report, figure 2)."""
    return _of_cases(delivery, "age_group")


def target_group(delivery: Delivery) -> Counts:
    """Cases by the project's two target groups."""
    return _of_cases(delivery, "target_group")


def referrer(delivery: Delivery) -> Counts:
    """Cases by who drew attention to the citizen."""
    return _of_cases(delivery, "referrer")


def psychiatry(delivery: Delivery) -> Counts:
    """Earlier contact with psychiatry; several answers a case, n is the cases that answered."""
    cases = delivery["cases"]
    answered = int(cases["psychiatry"].notna().sum())
    return count_several(delivery, "psychiatry", split_codes(cases, "psychiatry"), answered)


def employment(delivery: Delivery) -> Counts:
    """Employment status in each phase, among the cases registered in it."""
    frame = delivery["registrations"]
    groups = [
        (phase_code(phase), phase, frame.loc[frame["phase"] == phase, "employment"])
        for phase in PHASES
    ]
    return count_answers(delivery, "employment", groups, "phase")


def contact_days(delivery: Delivery) -> Counts:
    """Calendar days from the caseworker knew of the citizen to the first contact, in bands.

    Only cases where both dates are known; n says how many.
    """
    days = days_to_contact(delivery)
    bands = pd.Series(LONGEST, index=days.index, dtype="string").where(days.notna())
    for code, (low, high) in CONTACT_BINS.items():
        bands = bands.mask(days.between(low, high), code)
    return count_answers(delivery, "contact_days", [(ALL, 0, bands)])


def days_to_contact(delivery: Delivery) -> pd.Series:
    """Calendar days from known to first contact for each case; NA where a date is missing."""
    cases = delivery["cases"]
    days: pd.Series = (cases["first_contact_date"] - cases["known_date"]).dt.days
    return days


def registered(delivery: Delivery) -> Counts:
    """Cases registered in each phase, of all monitored cases."""
    frame = delivery["registrations"]
    codes = {phase: phase_code(phase) for phase in PHASES}
    answers = pd.DataFrame({"case_id": frame["case_id"], "answer": frame["phase"].map(codes)})
    return count_several(delivery, "registered", answers, len(delivery["cases"]))


def retention(delivery: Delivery, code: str) -> Counts:
    """The distribution of a measure among cases followed to phase 3 and cases lost before it.

    `code` is gender, age_group, target_group or support_home (its answer in phase 1).
    """
    stayed = _followed(delivery)
    if code == "support_home":
        frame = delivery["registrations"]
        frame = frame[frame["phase"] == 1]
        phase = 1
    else:
        frame, phase = delivery["cases"], 0
    is_stayed = frame["case_id"].isin(stayed)
    groups = [
        ("stayed", phase, frame.loc[is_stayed, code]),
        ("lost", phase, frame.loc[~is_stayed, code]),
    ]
    result = count_answers(delivery, code, groups, "retention", "retention", joint=True)
    # No source compares the lost with the followed.
    return replace(result, measure=replace(result.measure, source=""))


def _followed(delivery: Delivery) -> pd.Series:
    frame = delivery["registrations"]
    followed: pd.Series = frame.loc[frame["phase"] == 3, "case_id"]
    return followed


def case_numbers(delivery: Delivery) -> Amounts:
    """Expected, carried out, monitored and completely registered cases."""
    municipality = delivery.municipality
    origin = delivery.origins.of
    rows = [
        ("expected", municipality.expected_cases, origin("municipality", "expected_cases")),
        (
            "carried_out",
            municipality.carried_out_cases,
            origin("municipality", "carried_out_cases"),
        ),
        ("monitored", len(delivery["cases"]), origin_of(delivery, MEASURES["cases"])),
        (
            "complete",
            len(complete_cases(delivery)),
            origin_of(delivery, MEASURES["registered"]),
        ),
    ]
    frame = pd.DataFrame(
        [
            (delivery.slug, ALL, category, float(value), value, source)
            for category, value, source in rows
            if value is not None
        ],
        columns=list(AMOUNT_COLUMNS),
    )
    guards = {delivery.slug: Guard.of(delivery)}
    return Amounts(MEASURES["cases"], frame, guards, unit="cases", is_personal=False)
