"""How many of what: the exact margins that the demonstration data of a municipality hold.

A margin that a source prints is taken from it (the comment names the section). All other
margins are constructed, so that every statement that the sources make in words holds; which
is which stands in `facts.py` of this package and, for each column, in data/<slug>/origins.csv.

An ordered answer is a tuple of counts in the order of its scale's known answers, then the
number of "unknown" answers; what is left up to the number of cases in the phase is blank.
"""

from dataclasses import dataclass
from datetime import date

Counts = dict[str, int]
Steps = tuple[int, ...]


@dataclass(frozen=True)
class Plan:
    """The margins of one municipality. `phases` counts the cases registered in each phase."""

    slug: str
    prefix: str
    phases: tuple[int, int, int]
    gender: Counts
    age_group: Counts
    young: int
    referrer: Counts
    psychiatry: Counts
    contact_days: Counts
    last_start: date
    employment: tuple[Counts, Counts, Counts]
    support_home: tuple[Steps, Steps, Steps]
    support_economy: tuple[Steps, Steps, Steps]
    wellbeing_change: tuple[Steps, Steps]
    goal_change: tuple[Steps, Steps]
    citizen_rating: tuple[Steps, Steps]
    roles_answered: int
    roles: Counts
    tools: Counts
    meetings_in_time: int


AARHUS = Plan(
    slug="aarhus",
    prefix="A",
    phases=(55, 46, 34),  # 55 monitored: Hovedrapporten 1, note 3
    gender={"man": 31, "woman": 24},
    age_group={
        "age_18_25": 30,
        "age_26_35": 14,
        "age_36_45": 7,
        "age_46_55": 3,
        "age_56_65": 1,
    },
    young=40,
    referrer={
        "psychiatric_ward": 38,
        "general_practitioner": 4,
        "municipal_unit": 6,
        "support_contact_person": 2,
        "relative": 2,
        "citizen": 2,
        "education": 1,
    },
    # The citizens had their first contact with psychiatry (Hovedrapporten 2), so most have none.
    psychiatry={
        "none": 31,
        "outpatient": 9,
        "inpatient": 2,
        "other": 7,
        "outpatient|other": 2,
        "home_support": 1,
        "unknown": 3,
    },
    contact_days={"days_0_2": 29, "days_3_7": 12, "days_8_14": 5, "days_15_plus": 2},
    last_start=date(2013, 4, 30),
    employment=(
        {
            "unemployed": 27,
            "sickness_benefit": 9,
            "education": 11,
            "full_time": 2,
            "part_time": 2,
            "no_support": 2,
            "unknown": 2,
        },
        {
            "unemployed": 20,
            "sickness_benefit": 6,
            "education": 13,
            "full_time": 3,
            "part_time": 2,
            "no_support": 1,
            "unknown": 1,
        },
        {
            "unemployed": 13,
            "sickness_benefit": 3,
            "education": 12,
            "full_time": 3,
            "part_time": 2,
            "disability_pension": 1,
        },
    ),
    support_home=((8, 17, 18, 5, 5), (14, 17, 10, 2, 2), (14, 12, 6, 1, 0)),
    support_economy=((9, 14, 17, 8, 6), (12, 15, 12, 4, 2), (12, 12, 7, 2, 1)),
    wellbeing_change=((9, 19, 12, 3, 0, 2), (7, 14, 9, 2, 1, 1)),
    goal_change=((5, 20, 16, 2, 0, 2), (5, 15, 10, 2, 0, 2)),
    citizen_rating=((8, 10, 9, 2, 1, 0), (4, 9, 7, 2, 0, 0)),
    roles_answered=42,
    roles={
        "coordinating": 25,
        "advice": 20,
        "coaching": 34,
        "grants": 3,
        "action_plan": 2,
        "other": 3,
    },
    tools={
        "screening_form": 40,
        "first_meeting_guide": 30,
        "home_visit": 9,
        "coordinating_meeting": 18,
        "mobile_office": 6,
        "acute_grant": 2,
    },
    meetings_in_time=9,
)

GLADSAXE = Plan(
    slug="gladsaxe",
    prefix="G",
    phases=(42, 34, 22),
    gender={"man": 24, "woman": 18},
    age_group={"age_18_25": 33, "age_26_35": 9},
    young=42,
    referrer={
        "municipal_unit": 20,
        "education": 7,
        "psychiatric_ward": 4,
        "general_practitioner": 3,
        "relative": 4,
        "citizen": 3,
        "other": 1,
    },
    psychiatry={
        "none": 15,
        "outpatient": 12,
        "inpatient": 3,
        "inpatient|outpatient": 3,
        "other": 5,
        "outpatient|home_support": 2,
        "unknown": 2,
    },
    contact_days={"days_0_2": 18, "days_3_7": 11, "days_8_14": 6, "days_15_plus": 2},
    last_start=date(2013, 4, 30),
    employment=(
        {"unemployed": 29, "sickness_benefit": 2, "education": 5, "no_support": 4, "unknown": 2},
        {
            "unemployed": 20,
            "sickness_benefit": 2,
            "education": 8,
            "full_time": 1,
            "part_time": 1,
            "no_support": 2,
        },
        {
            "unemployed": 11,
            "sickness_benefit": 1,
            "education": 7,
            "full_time": 1,
            "part_time": 1,
            "no_support": 1,
        },
    ),
    support_home=((7, 15, 13, 2, 4), (11, 13, 7, 1, 1), (9, 8, 4, 0, 1)),
    support_economy=((6, 13, 14, 4, 4), (9, 13, 8, 2, 2), (8, 8, 4, 1, 1)),
    wellbeing_change=((7, 14, 9, 2, 0, 2), (5, 9, 6, 1, 0, 1)),
    goal_change=((4, 15, 12, 1, 0, 2), (3, 10, 7, 1, 0, 1)),
    citizen_rating=((6, 5, 7, 2, 0, 0), (2, 6, 5, 1, 0, 0)),
    roles_answered=30,
    roles={
        "coordinating": 22,
        "advice": 21,
        "coaching": 21,
        "grants": 2,
        "action_plan": 2,
        "other": 2,
    },
    tools={
        "screening_form": 35,
        "first_meeting_guide": 20,
        "home_visit": 8,
        "coordinating_meeting": 21,
        "mobile_office": 3,
        "acute_grant": 2,
    },
    meetings_in_time=12,
)

RUDERSDAL = Plan(
    slug="rudersdal",
    prefix="R",
    phases=(11, 10, 8),  # Rudersdal 2013 3
    gender={"woman": 6, "man": 5},  # Rudersdal 2013 3
    # Six of 18-25 years; the oldest in the group 46-55 (Rudersdal 2013 3).
    age_group={"age_18_25": 6, "age_26_35": 2, "age_36_45": 2, "age_46_55": 1},
    young=6,
    referrer={
        "general_practitioner": 2,
        "housing_association": 2,
        "psychiatric_ward": 2,
        "municipal_unit": 3,
        "support_contact_person": 1,
        "relative": 1,
    },
    # Two none, two inpatient, five outpatient, one home support, five other (Rudersdal 2013 3).
    psychiatry={
        "none": 2,
        "inpatient|outpatient": 1,
        "inpatient|other": 1,
        "outpatient|other": 1,
        "outpatient|home_support": 1,
        "outpatient": 2,
        "other": 3,
    },
    contact_days={"days_0_2": 4, "days_3_7": 1},  # reported for five: Rudersdal 2013 4
    last_start=date(2013, 2, 28),
    # Seven, six and five unemployed; one in education in phase 1 only; two without support in
    # phase 2 and one after; one came into full-time work (Rudersdal 2013 3).
    employment=(
        {"unemployed": 7, "education": 1, "sickness_benefit": 2, "part_time": 1},
        {"unemployed": 6, "no_support": 2, "sickness_benefit": 1, "full_time": 1},
        {"unemployed": 5, "no_support": 1, "sickness_benefit": 1, "full_time": 1},
    ),
    # None 1 and 3, dependent 1 and 0 in phases 1 and 3 (Rudersdal 2013 6).
    support_home=((1, 4, 4, 1, 1), (2, 4, 3, 1, 0), (3, 3, 2, 0, 0)),
    # None 1 and 1, dependent 2 and 0, unknown 3 in phase 1 (Rudersdal 2013 6).
    support_economy=((1, 2, 3, 2, 3), (1, 4, 3, 1, 1), (1, 5, 2, 0, 0)),
    # Positive 13 %, very positive 38 % of eight in phase 3 (Rudersdal 2013 6).
    wellbeing_change=((2, 4, 3, 1, 0, 0), (3, 1, 3, 0, 0, 1)),
    # Half of the citizens, five, nearer their goals (Rudersdal 2013 6).
    goal_change=((0, 5, 4, 0, 0, 1), (0, 4, 3, 0, 0, 1)),
    citizen_rating=((1, 1, 1, 0, 0, 0), (0, 1, 1, 0, 0, 0)),
    roles_answered=11,
    roles={
        "coordinating": 9,
        "advice": 7,
        "coaching": 6,
        "grants": 1,
        "action_plan": 1,
        "other": 1,
    },
    tools={
        "screening_form": 11,
        "first_meeting_guide": 6,
        "home_visit": 3,
        "coordinating_meeting": 3,
        "mobile_office": 1,
    },
    meetings_in_time=1,
)

VEJLE = Plan(
    slug="vejle",
    prefix="V",
    phases=(57, 41, 26),
    gender={"man": 33, "woman": 24},
    age_group={
        "age_18_25": 9,
        "age_26_35": 13,
        "age_36_45": 13,
        "age_46_55": 13,
        "age_56_65": 7,
        "age_66_plus": 2,
    },
    young=11,
    referrer={
        "housing_association": 36,
        "municipal_unit": 7,
        "support_contact_person": 5,
        "citizen": 5,
        "relative": 2,
        "general_practitioner": 1,
        "other": 1,
    },
    psychiatry={
        "none": 21,
        "outpatient": 13,
        "inpatient": 4,
        "inpatient|outpatient": 5,
        "other": 6,
        "home_support": 3,
        "outpatient|home_support": 2,
        "unknown": 3,
    },
    contact_days={"days_0_2": 33, "days_3_7": 13, "days_8_14": 4, "days_15_plus": 2},
    last_start=date(2013, 4, 30),
    employment=(
        {
            "unemployed": 32,
            "sickness_benefit": 5,
            "education": 2,
            "full_time": 3,
            "part_time": 3,
            "disability_pension": 6,
            "no_support": 5,
            "unknown": 1,
        },
        {
            "unemployed": 22,
            "sickness_benefit": 4,
            "education": 2,
            "full_time": 3,
            "part_time": 3,
            "disability_pension": 5,
            "no_support": 1,
            "unknown": 1,
        },
        {
            "unemployed": 13,
            "sickness_benefit": 2,
            "education": 2,
            "full_time": 3,
            "part_time": 2,
            "disability_pension": 4,
        },
    ),
    support_home=((7, 15, 22, 9, 3), (9, 15, 12, 4, 1), (8, 11, 5, 2, 0)),
    support_economy=((4, 11, 23, 16, 2), (6, 13, 14, 7, 1), (6, 10, 7, 3, 0)),
    wellbeing_change=((7, 18, 12, 2, 1, 1), (4, 12, 7, 2, 0, 1)),
    goal_change=((3, 17, 16, 3, 0, 2), (3, 11, 9, 2, 0, 1)),
    citizen_rating=((5, 8, 8, 3, 0, 0), (2, 7, 5, 2, 0, 0)),
    roles_answered=44,
    roles={
        "coordinating": 33,
        "advice": 37,
        "coaching": 12,
        "grants": 5,
        "action_plan": 3,
        "other": 4,
    },
    tools={
        "screening_form": 41,
        "first_meeting_guide": 22,
        "home_visit": 31,
        "coordinating_meeting": 19,
        "mobile_office": 9,
        "acute_grant": 4,
    },
    meetings_in_time=10,
)

PLANS = (AARHUS, GLADSAXE, RUDERSDAL, VEJLE)
