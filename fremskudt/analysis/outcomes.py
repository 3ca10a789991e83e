"""How citizens fared: levels by phase, change in the same people, and whose judgement it is.

There was no control group. A change is a change, not an effect.
"""

import pandas as pd

from fremskudt.analysis.counting import PHASES, complete_cases, count_answers, phase_code
from fremskudt.analysis.result import ALL, Counts
from fremskudt.contract.delivery import Delivery
from fremskudt.contract.scales import scale

LEVELS = ("support_home", "support_economy")
CHANGES = ("wellbeing_change", "goal_change", "citizen_rating")


def by_phase(delivery: Delivery, code: str, complete: bool = False) -> Counts:
    """The distribution of an answer in each phase where it is asked.

    Support needs are asked in phases 1–3, changes in phases 2 and 3. With `complete` only
    cases registered in all three phases count, as in the main report's figures 4–7.
    """
    frame = delivery["registrations"]
    if complete:
        frame = frame[frame["case_id"].isin(complete_cases(delivery))]
    phases = PHASES if code in LEVELS else PHASES[1:]
    groups = [
        (phase_code(phase), phase, frame.loc[frame["phase"] == phase, code]) for phase in phases
    ]
    return count_answers(
        delivery, code, groups, "phase", "complete" if complete else "", joint=complete
    )


def paired_change(delivery: Delivery, code: str) -> Counts:
    """Support need in phase 3 against phase 1, in the citizens who have both.

    Improved is a lower need, worsened a higher one. Missing and "unknown" answers drop out;
    n is the citizens with a known answer in both phases.
    """
    first, last = (_answers(delivery, code, phase) for phase in (1, 3))
    pairs = pd.concat([first, last], axis=1, join="inner", keys=["first", "last"])
    rank = {answer: place for place, answer in enumerate(scale("support_need").known)}
    ranks = pairs.apply(lambda answers: answers.map(rank))
    change = pd.Series("unchanged", index=pairs.index, dtype="string")
    change = change.mask(ranks["last"] < ranks["first"], "improved")
    change = change.mask(ranks["last"] > ranks["first"], "worsened")
    return count_answers(delivery, f"{code}_change", [(ALL, 3, change)], joint=True)


def agreement(delivery: Delivery) -> Counts:
    """Do citizen and caseworker say the same of the change since the start?

    Both five-step answers are reduced to better, unchanged or worse and compared in the
    citizens who have both, phase by phase; missing and "unknown" answers drop out.
    """
    groups = []
    for phase in PHASES[1:]:
        citizen = _answers(delivery, "citizen_rating", phase)
        caseworker = _answers(delivery, "wellbeing_change", phase)
        both = pd.concat(
            [citizen, caseworker], axis=1, join="inner", keys=["citizen", "caseworker"]
        )
        signs = pd.DataFrame(
            {
                "citizen": both["citizen"].map(_sign("citizen_rating")),
                "caseworker": both["caseworker"].map(_sign("wellbeing_change")),
            }
        )
        result = pd.Series("agree", index=signs.index, dtype="string")
        result = result.mask(signs["citizen"] > signs["caseworker"], "citizen_higher")
        result = result.mask(signs["citizen"] < signs["caseworker"], "caseworker_higher")
        groups.append((phase_code(phase), phase, result))
    return count_answers(delivery, "agreement", groups, "phase", joint=True)


def _answers(delivery: Delivery, code: str, phase: int) -> pd.Series:
    """The known answers of a phase, by case."""
    frame = delivery["registrations"]
    answers = frame[frame["phase"] == phase].set_index("case_id")[code].dropna()
    return answers[answers != "unknown"]


def _sign(name: str) -> dict[str, int]:
    """+1, 0 and −1 for the answers above, at and below the middle of a five-step scale."""
    best, good, middle, bad, worst = scale(name).known
    return {best: 1, good: 1, middle: 0, bad: -1, worst: -1}
