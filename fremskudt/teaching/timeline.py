"""Build a citizen's two courses: what is expected with outreach casework, and what would have
come without it.

No pair of courses is the right one. What can be said of an answer is whether the two hang
together, what they cost whom, and what an answer of this kind should make one look at.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from fremskudt.presentation.numbers import kroner, percent
from fremskudt.teaching.conditions import holds
from fremskudt.teaching.exercise import Exercise
from fremskudt.teaching.feedback import Feedback, Verdict
from fremskudt.teaching.priced import Balance, Courses, Line, Service, balance

TRACKS = ("expected", "counterfactual")
CASH = "cash_benefit"
MOST_LINES, MOST_UNITS, MOST_LETTERS = 40, 10_000, 500
LINE = {"code", "from_month", "to_month", "quantity", "reason"}


@dataclass(frozen=True)
class LookAt:
    """What is said where a condition holds. `level`: mend before the amounts mean anything, look
    at it again, well done."""

    name: str
    level: Literal["mend", "look", "well"]
    when: str
    text: str


@dataclass(frozen=True)
class Timeline(Exercise):
    """The answer is a mapping from the two courses to lists of lines, a mapping each with code,
    from_month, to_month, quantity and, if one likes, reason."""

    months: int
    palette: Sequence[Service]
    suggested: Courses
    remarks: Sequence[LookAt]

    def judge(self, answer: object) -> Feedback | None:
        courses = self.read(answer)
        if courses is None:
            return None
        if not any(courses.values()):
            return Feedback("empty", (self.empty,))
        balanced = balance(courses, self.palette)
        told = self.told(courses, balanced)
        levels = {one.level for one in told}
        verdict: Verdict = (
            "wrong" if "mend" in levels else "right" if "well" in levels else "partly"
        )
        texts = _Texts(balanced)
        # An amount at the end of a sentence brings the full stop along.
        lines = (one.text.format_map(texts).replace("kr..", "kr.") for one in told)
        return Feedback(verdict, tuple(lines))

    def told(self, courses: Courses, balanced: Balance) -> list[LookAt]:
        """What is to be said of two courses and their balance: what must be mended alone, or else
        all that fits."""
        values = self.values(courses, balanced)
        fitting = [one for one in self.remarks if holds(one.when, values)]
        return [one for one in fitting if one.level == "mend"] or fitting

    def values(self, courses: Courses, balanced: Balance) -> dict[str, object]:
        """What the conditions of the remarks are about, by its dotted name."""
        found: dict[str, object] = dict(balanced.by_name)
        for track in TRACKS:
            lines = courses[track]
            codes = {one.code for one in lines}
            benefits = self._coverage(lines, "benefit")
            found |= {f"has.{track}.{one.code}": one.code in codes for one in self.palette}
            found[f"lines.{track}"] = len(lines)
            found[f"benefit_overlap.{track}"] = int((benefits > 1).sum())
            found[f"no_income.{track}"] = int((benefits == 0).sum())
            found[f"same_overlap.{track}"] = _laid_twice(lines, self.months)
            found[f"bed_days.{track}"] = float(self._bed_days(lines).max())
            found[f"cash_first.{track}"] = any(0 in one.months for one in lines if one.code == CASH)
        return found

    def read(self, answer: object) -> dict[str, tuple[Line, ...]] | None:
        """The courses of an answer; None for one that has not the right form."""
        if not isinstance(answer, dict) or not answer.keys() <= set(TRACKS):
            return None
        courses = {}
        for track in TRACKS:
            raw = answer.get(track, [])
            if not isinstance(raw, list) or len(raw) > MOST_LINES:
                return None
            lines = [self._line(one) for one in raw]
            if None in lines:
                return None
            courses[track] = tuple(one for one in lines if one is not None)
        return courses

    @staticmethod
    def without_reasons(courses: Courses) -> dict[str, tuple[Line, ...]]:
        """The courses without the words about how one knows."""
        return {
            track: tuple(replace(one, reason="") for one in lines)
            for track, lines in courses.items()
        }

    def _line(self, raw: object) -> Line | None:
        if not isinstance(raw, dict) or not LINE >= raw.keys() >= LINE - {"reason"}:
            return None
        code, begins, ends = raw["code"], raw["from_month"], raw["to_month"]
        quantity, reason = raw["quantity"], raw.get("reason", "")
        known = [one.code for one in self.palette]
        is_sound = (
            code in known
            and all(isinstance(one, int) and not isinstance(one, bool) for one in (begins, ends))
            and 0 <= begins < ends <= self.months
            and isinstance(quantity, int | float)
            and not isinstance(quantity, bool)
            and 0 < quantity <= MOST_UNITS
            and isinstance(reason, str)
            and len(reason) <= MOST_LETTERS
        )
        return Line(code, begins, ends, quantity, reason) if is_sound else None

    def _coverage(self, lines: Sequence[Line], kind: str) -> np.ndarray:
        """How many lines of a kind each month has."""
        codes = {one.code for one in self.palette if one.kind == kind}
        return _covered([one for one in lines if one.code in codes], self.months)

    def _bed_days(self, lines: Sequence[Line]) -> np.ndarray:
        """Days in a bed that is paid for, in each month."""
        codes = {one.code for one in self.palette if one.kind == "bed"}
        days = np.zeros(self.months)
        for one in lines:
            if one.code in codes:
                days[one.from_month : one.to_month] += one.quantity / len(one.months)
        return days


def _covered(lines: Sequence[Line], months: int) -> np.ndarray:
    found = np.zeros(months, dtype=int)
    for one in lines:
        found[one.from_month : one.to_month] += 1
    return found


def _laid_twice(lines: Sequence[Line], months: int) -> int:
    """Months in which the same service is laid more than once."""
    codes = {one.code for one in lines}
    by_code = [_covered([one for one in lines if one.code == code], months) for code in codes]
    return sum(int((one > 1).sum()) for one in by_code)


class _Amounts:
    """Amounts by payer as a text asks for them: {avoided.total}."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.__dict__.update(texts)


class _Texts(dict[str, _Amounts]):
    """Everything that a text can hold, in Danish."""

    def __init__(self, found: Balance) -> None:
        amounts = {"avoided": found.avoided, "added": found.added, "gain": found.gain}
        shown = {
            name: _Amounts({payer: kroner(value) for payer, value in values.items()})
            for name, values in amounts.items()
        }
        losses = {payer: kroner(-value) for payer, value in found.gain.items()}
        evens = {
            payer: percent(value) for payer, value in found.break_even.items() if value is not None
        }
        super().__init__(shown, loss=_Amounts(losses), break_even=_Amounts(evens))
