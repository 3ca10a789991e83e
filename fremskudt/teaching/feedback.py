"""What a participant is told about an answer: a verdict, and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Verdict = Literal["right", "partly", "wrong", "empty"]
WORDS: dict[Verdict, str] = {
    "right": "Det passer",
    "partly": "Næsten",
    "wrong": "Ikke endnu",
    "empty": "Der er ikke noget svar endnu",
}
UNREADABLE = "Svaret kan ikke læses. Vælg blandt mulighederne, eller skriv det igen."


@dataclass(frozen=True)
class Feedback:
    """The verdict on an answer and the explanations, in Markdown, that go with it."""

    verdict: Verdict
    lines: tuple[str, ...]

    @property
    def is_right(self) -> bool:
        return self.verdict == "right"

    @property
    def heading(self) -> str:
        """The verdict in words."""
        return WORDS[self.verdict]


def judged(right: int, of: int, lines: Iterable[str]) -> Feedback:
    """Right where all of an answer's parts are, partly where some are."""
    verdict: Verdict = "right" if right == of else "partly" if right else "wrong"
    return Feedback(verdict, tuple(lines))
