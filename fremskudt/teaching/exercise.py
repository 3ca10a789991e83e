"""An exercise: what is asked, and what is said about an answer.

An answer is plain data, as a file or a widget gives it: texts, lists and mappings of texts.
Whatever it holds, a check answers with feedback and raises nothing.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass

from fremskudt.teaching.feedback import UNREADABLE, Feedback


@dataclass(frozen=True)
class Exercise(ABC):
    """One exercise. Texts are Markdown; `solution` is what the trainer reveals, `discussion` a
    question for the room, `empty` what is said to an answer that is not there yet."""

    name: str
    title: str
    minutes: int
    prompt: str
    empty: str
    solution: str
    discussion: str

    def check(self, answer: object) -> Feedback:
        """What is to be said about an answer, whatever it is."""
        if answer is None or answer in ("", [], {}):
            return Feedback("empty", (self.empty,))
        found = self.judge(answer)
        return Feedback("wrong", (UNREADABLE,)) if found is None else found

    @abstractmethod
    def judge(self, answer: object) -> Feedback | None:
        """Feedback on an answer that is there; None for one that has not the right form."""


@dataclass
class Attempt:
    """A participant's work on an exercise: the answer that stands, and what was said of it."""

    exercise: Exercise
    answer: object = None
    feedback: Feedback | None = None

    def give(self, answer: object) -> Feedback:
        """Take an answer and say what is to be said about it."""
        self.answer = answer
        self.feedback = self.exercise.check(answer)
        return self.feedback


def texts(answer: object) -> list[str] | None:
    """A list of distinct texts; None for anything else."""
    if not isinstance(answer, list) or not all(isinstance(one, str) for one in answer):
        return None
    return answer if len(set(answer)) == len(answer) else None


def text_by_name(answer: object) -> dict[str, str] | None:
    """A mapping from texts to texts; None for anything else."""
    if not isinstance(answer, dict):
        return None
    pairs = [(name, value) for name, value in answer.items() if isinstance(name, str)]
    is_whole = len(pairs) == len(answer) and all(isinstance(value, str) for _, value in pairs)
    return dict(pairs) if is_whole else None
