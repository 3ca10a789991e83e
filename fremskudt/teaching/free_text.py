"""What a machine can see of a text of one's own: whether it is there, and the marks of a good one.

None of the rules judges whether what is written is wise; that is for the room.
"""

import re
from collections.abc import Callable

from fremskudt.contract.personal import RULES as SIGNS
from fremskudt.contract.personal import find

NATIONAL_ID = SIGNS[0].name  # the first sign that is looked for
MONTHS = (
    "januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december"
    "|jan|feb|mar|apr|jun|jul|aug|sep|sept|okt|nov|dec"
)
DATE = re.compile(
    rf"\b\d{{1,2}}\.? ?(?:{MONTHS})\b"
    r"|\b\d{1,2}[/.-]\d{1,2}\b|\b\d{4}-\d\d-\d\d\b|\buge \d{1,2}\b",
    re.IGNORECASE,
)
ONLY_BETTER = re.compile(
    r"^(?:vi|man|der|alle)\s+(?:skal|må|vil|bør)\b.*\b(?:bedre|mere|oftere|fokus|opmærksom\w*)\b",
    re.IGNORECASE | re.DOTALL,
)
COUNTABLE = re.compile(
    r"\d|\b(?:antal|andel|tæl\w*|tal|hvor (?:mange|ofte)|dage|uger|timer|gange|svar"
    r"|henvendelser|møder|sager)\b",
    re.IGNORECASE,
)
NOBODY = {
    *("vi", "os", "alle", "alle sammen", "man", "nogen", "ingen", "fælles"),
    *("teamet", "gruppen", "kommunen", "afdelingen", "sagsbehandlerne", "ledelsen"),
}
SENTENCE = re.compile(r"[.!?]+(?:\s|$)")

RULES: dict[str, Callable[[str], bool]] = {
    "filled": lambda text: len("".join(text.split())) >= 2,
    "no_person": lambda text: find(text) is None,
    "is_question": lambda text: "?" in text,
    "one_change": lambda text: (
        text.lower().count(" og ") <= 1
        and ";" not in text
        and len([part for part in SENTENCE.split(text) if part.strip()]) <= 2
    ),
    "not_only_better": lambda text: ONLY_BETTER.search(text.strip()) is None,
    "one_owner": lambda text: text.strip().strip(".").lower() not in NOBODY,
    "has_date": lambda text: DATE.search(text) is not None,
    "can_be_counted": lambda text: COUNTABLE.search(text) is not None,
}


def fits(rule: str, text: str) -> bool:
    """Whether a text keeps a rule. KeyError for a rule that is not known."""
    return RULES[rule](text)


def has_national_id(text: str) -> bool:
    """Whether something in a text looks like a civil registration number."""
    hit = find(text)
    return hit is not None and hit.name == NATIONAL_ID
