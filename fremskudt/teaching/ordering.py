"""Put steps in order."""

from collections.abc import Sequence
from dataclasses import dataclass

from fremskudt.teaching.exercise import Exercise
from fremskudt.teaching.feedback import Feedback, judged

IN_ORDER = "Alle trin står i en rækkefølge, der holder."
TWICE = "**{}** står mere end én gang."


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
    """Put all steps in order. The answer is the list of their names, "" where a place is empty.

    More than one order can be right: an answer is as good as the rules that it keeps.
    """

    steps: Sequence[Step]
    rules: Sequence[OrderRule]

    def judge(self, answer: object) -> Feedback | None:
        names = self.read(answer)
        if names is None:
            return None
        if not any(names):
            return Feedback("empty", (self.empty,))
        # A step that stands twice has no place yet.
        place = {name: n for n, name in enumerate(names) if names.count(name) == 1}
        rules = [one for one in self.rules if one.before in place and one.after in place]
        broken = [one for one in rules if place[one.before] > place[one.after]]
        left = [one for one in self.steps if one.name not in names]
        lines = [one.feedback for one in broken]
        lines += [TWICE.format(one.text) for one in self.steps if names.count(one.name) > 1]
        if left:
            lines.append(f"Mangler endnu: {len(left)}. Den næste er **{left[0].text}**.")
        kept, of = len(rules) - len(broken), len(self.rules) + len(left)
        return judged(kept, of, lines or [IN_ORDER])

    def read(self, answer: object) -> list[str] | None:
        """What stands in each place, "" where nothing does; None for what is no such list."""
        known = {"", *(one.name for one in self.steps)}
        if not isinstance(answer, list) or len(answer) != len(self.steps):
            return None
        return answer if all(isinstance(one, str) and one in known for one in answer) else None
