"""The questionnaire: what is asked of a case, when, of whom, and the answers to choose from.

Questions are the handbook's own words; the answers are the scales of the contract.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from fremskudt.contract.columns import Code, Codes, Date, Kind, OneOf
from fremskudt.contract.tables import TABLES
from fremskudt.contract.yaml_files import read_yaml
from fremskudt.presentation.numbers import NBSP
from fremskudt.workspace import HANDBOOK

QUESTIONS = HANDBOOK / "book" / "_data" / "questionnaire.yml"
RESPONDENTS = {"caseworker": "Sagsbehandleren", "citizen": "Borgeren"}
# The parts of the questionnaire: a phase, or None for what is asked once at the end or not.
PARTS: dict[str, tuple[int | None, bool]] = {
    "Når sagen begynder: om borgeren og sagen": (None, False),
    "Fase 1: ved opstart": (1, False),
    "Fase 2: ved afslutning": (2, False),
    "Når sagen slutter: om arbejdet": (None, True),
    "Fase 3: ved opfølgning": (3, False),
}


@dataclass(frozen=True)
class Question:
    """A question about a column of the contract; `phases` is empty for what is asked once, at
    the beginning or, with `is_last`, when the case ends."""

    table: str
    column: str
    phases: tuple[int, ...]
    respondent: str
    question: str
    is_last: bool

    @property
    def answers(self) -> str:
        """What can be answered, in Markdown."""
        return _answers(TABLES[self.table][self.column].kind)


@cache
def questions() -> tuple[Question, ...]:
    """All questions in the order in which they are asked."""
    return tuple(
        Question(
            one["table"],
            one["column"],
            tuple(one.get("phases") or ()),
            one["respondent"],
            one["question"],
            one.get("at") == "end",
        )
        for one in read_yaml(QUESTIONS.read_text(encoding="utf-8"))
    )


def form() -> str:
    """The questions asked once and those of each phase, as tables in Markdown."""
    return "\n".join(_part(title, phase, is_last) for title, (phase, is_last) in PARTS.items())


def _part(title: str, phase: int | None, is_last: bool) -> str:
    mine = [
        one
        for one in questions()
        if (phase in one.phases if phase else not one.phases and one.is_last == is_last)
    ]
    rows = "\n".join(
        f"* - {one.question}\n  - {RESPONDENTS[one.respondent]}\n  - {one.answers}" for one in mine
    )
    return f"""\
:::{{list-table}} {title}
:header-rows: 1
:stub-columns: 1
:widths: 45 17 38
:class: fs-stack

* - Spørgsmål
  - Hvem svarer
  - Svar
{rows}
:::
"""


def _answers(kind: Kind) -> str:
    match kind:
        case Code():
            return _options(kind.labels)
        case Codes():
            return f"Et eller flere:<br>{_options(kind.labels)}"
        case OneOf():
            return _options(kind.labels)
        case Date():
            return "Dato"
        case _:
            return kind.expected[:1].upper() + kind.expected[1:]


def _options(labels: Sequence[str]) -> str:
    return "<br>".join(f"☐{NBSP}{label}" for label in labels)
