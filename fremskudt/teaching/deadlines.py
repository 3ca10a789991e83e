"""Find the two deadlines of told cases: days in a calendar."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fremskudt.teaching.conditions import holds
from fremskudt.teaching.exercise import Exercise, text_by_name
from fremskudt.teaching.feedback import Feedback, judged
from fremskudt.teaching.thresholds import Remark

NOT_YET = "Datoen mangler endnu."


@dataclass(frozen=True)
class Ask:
    """A deadline of a case: `kind` is the same in all cases, `mistakes` explain typical days."""

    name: str
    kind: str
    label: str
    answer: dt.date
    feedback: str
    mistakes: Mapping[dt.date, str]


@dataclass(frozen=True)
class Case:
    """A told case: what happened, and the days that can be chosen."""

    name: str
    title: str
    events: Sequence[str]
    first: dt.date
    last: dt.date
    asks: Sequence[Ask]

    @property
    def days(self) -> list[dt.date]:
        """The days of its calendar."""
        return [self.first + dt.timedelta(n) for n in range((self.last - self.first).days + 1)]


@dataclass(frozen=True)
class Deadlines(Exercise):
    """Choose a day for each deadline. The answer is a mapping from the deadlines' names to days
    as texts (2025-06-08). A remark's condition can ask for `<kind>_right` and `all_right`."""

    cases: Sequence[Case]
    otherwise: str
    remarks: Sequence[Remark]

    @property
    def asks(self) -> list[Ask]:
        """Every deadline that is asked for, case by case."""
        return [one for case in self.cases for one in case.asks]

    def judge(self, answer: object) -> Feedback | None:
        chosen = text_by_name(answer)
        if chosen is None or not chosen.keys() <= {one.name for one in self.asks}:
            return None
        try:
            days = {name: dt.date.fromisoformat(text) for name, text in chosen.items()}
        except ValueError:
            return None
        lines, right = [], set()
        for case in self.cases:
            for one in case.asks:
                day = days.get(one.name)
                if day == one.answer:
                    right.add(one.name)
                else:
                    lines.append(f"**{case.title}, {one.label.lower()}.** {self._says(one, day)}")
        kinds = {one.kind for one in self.asks}
        values: dict[str, object] = {
            f"{kind}_right": all(one.name in right for one in self.asks if one.kind == kind)
            for kind in kinds
        }
        values["all_right"] = len(right) == len(self.asks)
        lines += [one.text for one in self.remarks if holds(one.when, values)]
        return judged(len(right), len(self.asks), lines)

    def _says(self, one: Ask, day: dt.date | None) -> str:
        return NOT_YET if day is None else one.mistakes.get(day, self.otherwise)
