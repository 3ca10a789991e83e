"""What the caseworkers did: roles, tools and the two deadlines."""

import pandas as pd

from fremskudt.analysis.counting import count_answers, count_several
from fremskudt.analysis.deadlines import working_days_between
from fremskudt.analysis.population import days_to_contact
from fremskudt.analysis.result import ALL, Counts
from fremskudt.contract.constants import constant
from fremskudt.contract.delivery import Delivery

MEETING = "coordinating_meeting"


def role(delivery: Delivery) -> Counts:
    """Cases by the caseworker's role, several a case; n is the cases with any role given.

    Main report, figure 3: 127 answers over the four municipalities.
    """
    frame = delivery["roles"]
    answers = frame.rename(columns={"role": "answer"})[["case_id", "answer"]]
    return count_several(delivery, "role", answers, int(frame["case_id"].nunique()))


def tool(delivery: Delivery) -> Counts:
    """Cases in which each tool was used, of all monitored cases."""
    answers = delivery["tools"].rename(columns={"tool": "answer"})[["case_id", "answer"]]
    return count_several(delivery, "tool", answers, len(delivery["cases"]))


def contact_deadline(delivery: Delivery) -> Counts:
    """First contact within two calendar days of knowing of the citizen, or later."""
    days = days_to_contact(delivery)
    is_within = days <= constant("contact_deadline_days")
    met = pd.Series("later", index=days.index, dtype="string").mask(is_within, "within")
    return count_answers(delivery, "contact_deadline", [(ALL, 0, met.where(days.notna()))])


def meeting_deadline(delivery: Delivery) -> Counts:
    """Coordinating meeting within five working days of the first contact, later, or none.

    n is the cases whose first contact is dated.
    """
    cases = delivery["cases"].dropna(subset=["first_contact_date"]).set_index("case_id")
    tools = delivery["tools"]
    held = tools[tools["tool"] == MEETING].set_index("case_id")["used_date"]
    meeting = held.reindex(cases.index)
    days = working_days_between(cases["first_contact_date"], meeting)
    result = pd.Series("no_meeting", index=cases.index, dtype="string")
    result = result.mask(meeting.notna(), "later")
    result = result.mask(days <= constant("meeting_deadline_days"), "within")
    return count_answers(delivery, "meeting_deadline", [(ALL, 0, result)])
