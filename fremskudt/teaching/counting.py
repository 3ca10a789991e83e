"""Work out a number."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from fremskudt.teaching.exercise import Exercise
from fremskudt.teaching.feedback import Feedback

# 1.234,5 · 1 234 · −12,5 · 61 % · 61 pct. · 8.345 kr. · 12.5 · 0.125 (no thousands begin with 0)
TYPED = re.compile(
    r"\s*(?P<sign>[-−+]?)\s*(?P<whole>[1-9]\d{0,2}(?:[. ]\d{3})+|\d{1,12})(?:,(?P<part>\d{1,6}))?"
    r"(?P<point>\.\d{1,2}|(?<=\b0)\.\d{3,6})?\s*(?:%|pct\.?|procent(?:point)?|kr\.?|kroner|dage|arbejdsdage|timer)?\s*",
    re.IGNORECASE,
)
NO_NUMBER = "Skriv et tal, fx 12 eller 12,5."


@dataclass(frozen=True)
class Near:
    """A number and how far from it counts as it, and what is said of it."""

    value: float
    tolerance: float
    feedback: str = ""

    def fits(self, number: float) -> bool:
        """Whether a number is near enough; a hair is allowed for binary fractions."""
        return abs(number - self.value) <= self.tolerance + 1e-9


@dataclass(frozen=True)
class Number(Exercise):
    """Work out a number. The answer is a text, as Danes write numbers, or a number.

    Typical mistakes are told apart by the number that they lead to.
    """

    answer: Near
    unit: str
    mistakes: Sequence[Near]
    otherwise: str

    def judge(self, answer: object) -> Feedback | None:
        number = typed(answer)
        if number is None:
            return Feedback("wrong", (NO_NUMBER,))
        if self.answer.fits(number):
            return Feedback("right", (self.answer.feedback or self.solution,))
        made = next((one.feedback for one in self.mistakes if one.fits(number)), self.otherwise)
        return Feedback("wrong", (made,))


def typed(answer: object) -> float | None:
    """The number that was typed, or None."""
    if isinstance(answer, int | float) and not isinstance(answer, bool):
        # The range first: a whole number can be too large for float(). No range holds a NaN.
        return float(answer) if abs(answer) < 1e12 else None
    found = TYPED.fullmatch(answer) if isinstance(answer, str) and len(answer) <= 40 else None
    if found is None or (found["part"] and found["point"]):
        return None
    whole = re.sub(r"[. ]", "", found["whole"])
    part = found["part"] or (found["point"] or "").lstrip(".")
    number = float(Decimal(f"{whole}.{part or 0}"))
    return -number if found["sign"] in ("-", "−") else number
