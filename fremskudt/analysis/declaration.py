"""The results that the evidence of a municipality is described from.

The panel "Videngrundlaget" follows the five dimensions of the Danish *vidensdeklaration* and the
main threats to validity. Nothing is graded: a grade is a reasoned judgement of a person.
"""

import pandas as pd

from fremskudt.analysis import outcomes, population, roles
from fremskudt.analysis.counting import PHASES, phase_code
from fremskudt.analysis.economics import administration, gains, sensitivity
from fremskudt.analysis.measures import Measure
from fremskudt.analysis.result import COUNT_COLUMNS, Amounts, Counts, Guard, origin_of
from fremskudt.contract.delivery import Delivery
from fremskudt.contract.scales import scale

RESPONDENT = Measure(
    "respondent",
    "Hvem der har udfyldt skemaet",
    "single",
    (("registrations", "respondent"),),
    "respondent",
    ("skema", "skemaer"),
)


def respondent(delivery: Delivery) -> Counts:
    """Who filled in the questionnaire in phases 2 and 3, where change is asked about.

    Counted by phase, so that a case counts once in each; n is the questionnaires whose
    respondent is known.
    """
    frame = delivery["registrations"]
    rows: list[tuple[object, ...]] = []
    for phase in PHASES[1:]:
        given: pd.Series = frame.loc[frame["phase"] == phase, "respondent"].dropna()
        counts = given.value_counts()
        origin = origin_of(delivery, RESPONDENT, phase)
        rows += [
            (delivery.slug, phase_code(phase), code, int(counts.get(code, 0)), len(given), origin)
            for code in scale("respondent").codes
        ]
    table = pd.DataFrame(rows, columns=list(COUNT_COLUMNS))
    return Counts(RESPONDENT, table, {delivery.slug: Guard.of(delivery)}, "phase")


def results(delivery: Delivery) -> dict[str, Counts | Amounts]:
    """What the panel rests on, by name: the chapters' own results, and who answered."""
    return {
        "cases": population.case_numbers(delivery),
        "registered": population.registered(delivery),
        "target_group": population.target_group(delivery),
        "gender": population.gender(delivery),
        "age_group": population.age_group(delivery),
        "psychiatry": population.psychiatry(delivery),
        "role": roles.role(delivery),
        "tool": roles.tool(delivery),
        "contact_deadline": roles.contact_deadline(delivery),
        "meeting_deadline": roles.meeting_deadline(delivery),
        "respondent": respondent(delivery),
        "agreement": outcomes.agreement(delivery),
        "wellbeing_change": outcomes.by_phase(delivery, "wellbeing_change"),
        "goal_change": outcomes.by_phase(delivery, "goal_change"),
        "citizen_rating": outcomes.by_phase(delivery, "citizen_rating"),
        "support_home": outcomes.by_phase(delivery, "support_home"),
        "support_economy": outcomes.by_phase(delivery, "support_economy"),
        "support_home_change": outcomes.paired_change(delivery, "support_home"),
        "admin_cost": administration.administrative_cost(delivery),
        "net_gain": gains.net_gain(delivery),
        "citizen_gain": gains.citizen_gain(delivery),
        "break_even": sensitivity.break_even_strength(delivery),
    }
