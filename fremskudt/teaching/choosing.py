"""Choose one, or all that fit."""

from collections.abc import Sequence
from dataclasses import dataclass

from fremskudt.teaching.exercise import Exercise, texts
from fremskudt.teaching.feedback import Feedback, judged


@dataclass(frozen=True)
class Option:
    """Something to choose, and why it fits or does not."""

    name: str
    text: str
    is_right: bool
    feedback: str


@dataclass(frozen=True)
class Choose(Exercise):
    """Choose one option. The answer is its name."""

    options: Sequence[Option]

    def judge(self, answer: object) -> Feedback | None:
        chosen = next((one for one in self.options if one.name == answer), None)
        if chosen is None:
            return None
        return Feedback("right" if chosen.is_right else "wrong", (chosen.feedback,))


@dataclass(frozen=True)
class ChooseSeveral(Exercise):
    """Choose all that fit. The answer is a list of names.

    What is rightly left out is not commented on; what is chosen, and what is missing, is.
    """

    options: Sequence[Option]

    def judge(self, answer: object) -> Feedback | None:
        chosen = texts(answer)
        if chosen is None or not {*chosen} <= {one.name for one in self.options}:
            return None
        told = [
            one for one in self.options if one.name in chosen or one.is_right
        ]  # what is rightly left out needs no word
        hits = sum(one.is_right and one.name in chosen for one in told)
        return judged(hits, len(told), [one.feedback for one in told])
