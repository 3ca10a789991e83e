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

QUESTIONS = HANDBOOK / "data" / "reference" / "questionnaire.yml"
RESPONDENTS = {"caseworker": "Sagsbehandleren", "citizen": "Borgeren"}
ONCE = "en-gang"
TITLES = {
    ONCE: "Én gang i hver sag",
    "1": "Fase 1: ved opstart",
    "2": "Fase 2: ved afslutning",
    "3": "Fase 3: ved opfølgning",
}


@dataclass(frozen=True)
class Question:
    """A question about a column of the contract; `phases` is empty for what is asked once."""

    table: str
    column: str
    phases: tuple[int, ...]
    respondent: str
    question: str

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
        )
        for one in read_yaml(QUESTIONS.read_text(encoding="utf-8"))
    )


def form() -> str:
    """The questions asked once and those of each phase, as tables in Markdown."""
    return "\n".join(_part(part) for part in TITLES)


def _part(part: str) -> str:
    mine = [
        one for one in questions() if (int(part) in one.phases if part != ONCE else not one.phases)
    ]
    rows = "\n".join(
        f"* - {one.question}\n  - {RESPONDENTS[one.respondent]}\n  - {one.answers}" for one in mine
    )
    return f"""\
:::{{list-table}} {TITLES[part]}
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
