"""Put steps in order."""

from collections.abc import Sequence
from dataclasses import dataclass

from fremskudt.teaching.exercise import Exercise, texts
from fremskudt.teaching.feedback import Feedback, judged

IN_ORDER = "Alle trin står i en rækkefølge, der holder."


@dataclass(frozen=True)
class Step:
    """One step of a course of events."""

    name: str
    text: str


@dataclass(frozen=True)
class OrderRule:
    """One step must come before another, and why."""

    before: str
    after: str
    feedback: str


@dataclass(frozen=True)
class Order(Exercise):
    """Put all steps in order. The answer is the list of their names.

    More than one order can be right: an answer is as good as the rules that it keeps.
    """

    steps: Sequence[Step]
    rules: Sequence[OrderRule]

    def judge(self, answer: object) -> Feedback | None:
        names = texts(answer)
        if names is None or sorted(names) != sorted(one.name for one in self.steps):
            return None
        place = {name: position for position, name in enumerate(names)}
        broken = [one for one in self.rules if place[one.before] > place[one.after]]
        lines = [one.feedback for one in broken] or [IN_ORDER]
        return judged(len(self.rules) - len(broken), len(self.rules), lines)
