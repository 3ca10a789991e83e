"""How a room answered: counts of the papers that were handed over, and never one paper's whole.

Fewer papers than the handbook's smallest number show nothing, an exercise that fewer have
answered shows no answers, and a field that fewer have written in shows no words.
"""

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fremskudt.contract.constants import constant
from fremskudt.contract.personal import masked
from fremskudt.teaching.answers import Paper, own_words
from fremskudt.teaching.course import Module
from fremskudt.teaching.exercise import Exercise
from fremskudt.teaching.filling import MOST_LETTERS
from fremskudt.teaching.parts import (
    DO_NOT_KNOW,
    Said,
    can_be_unknown,
    part_names,
    said,
    takes_several,
)


@dataclass(frozen=True)
class Part:
    """How a part of an exercise was answered: (answer, how many), most frequent first, and how
    many left it empty among those who answered the exercise. `is_several` where one may give
    several answers. The part's name is empty where the exercise has one part."""

    name: str
    counts: tuple[tuple[str, int], ...]
    empty: int
    is_several: bool = False

    def division(self, answered: int) -> float:
        """How divided the room is, from 0: the share of those who answered the part that did not
        give its most frequent answer; where several may be given, the share on the smaller side
        of the answer that divides most."""
        given = answered - self.empty
        if given <= 0 or not self.counts:
            return 0.0
        shares = [count / given for _, count in self.counts]
        return max(min(one, 1 - one) for one in shares) if self.is_several else 1 - shares[0]


@dataclass(frozen=True)
class Spread:
    """How an exercise was answered by the room. Without parts where too few have answered it.
    `words` are words of participants' own by the field's label, in an order drawn by chance;
    `holds_words_back` where there are fields that too few have written in."""

    exercise: Exercise
    answered: int
    missing: int
    parts: tuple[Part, ...]
    words: tuple[tuple[str, tuple[str, ...]], ...] = ()
    holds_words_back: bool = False

    @property
    def division(self) -> float:
        """How divided the room is on the part that divides it most."""
        return max((one.division(self.answered) for one in self.parts), default=0.0)


def enough() -> int:
    """The fewest papers that are shown."""
    return int(constant("minimum_shown"))


def spreads(papers: Sequence[Paper], of: Module, chance: random.Random) -> list[Spread]:
    """How the room answered, exercise by exercise, the most divided first; nothing where there
    are too few papers."""
    if len(papers) < enough():
        return []
    found = [_spread(papers, one, chance) for one in of.exercises if part_names(one)]
    return sorted(found, key=lambda one: -one.division)


def _spread(papers: Sequence[Paper], exercise: Exercise, chance: random.Random) -> Spread:
    given = [one.answers.get(exercise.name) for one in papers]
    answers = [said(exercise, one) for one in given]
    written = [own_words(exercise, one) for one in given]
    answered = sum(bool(one or words) for one, words in zip(answers, written, strict=True))
    missing = len(papers) - answered
    if answered < enough():
        return Spread(exercise, answered, missing, ())
    parts = tuple(_part(exercise, name, answers, answered) for name in part_names(exercise))
    words = _shuffled(written, chance)
    shown = tuple((label, texts) for label, texts in words if len(texts) >= enough())
    return Spread(exercise, answered, missing, parts, shown, len(shown) < len(words))


def _part(exercise: Exercise, name: str, answers: Iterable[Said], answered: int) -> Part:
    """A part as it was answered; "ved ikke" has its line even where nobody chose it."""
    given = [one[name] for one in answers if name in one]
    counts = Counter(option for options in given for option in options)
    if can_be_unknown(exercise, name):
        counts.setdefault(DO_NOT_KNOW, 0)
    ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    empty = answered - len(given)
    return Part(name, tuple(ordered), empty, takes_several(exercise, name))


def _shuffled(
    written: Iterable[dict[str, str]], chance: random.Random
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The words by their labels, each label shuffled by itself so that no two words can be laid
    together; what a machine sees of persons in them is hidden."""
    by_label: dict[str, list[str]] = {}
    for words in written:
        for label, text in words.items():
            by_label.setdefault(label, []).append(masked(text[:MOST_LETTERS]))
    return tuple(
        (label, tuple(chance.sample(texts, len(texts)))) for label, texts in by_label.items()
    )
