"""Answer scales: which codes a column may hold and what they are called in Danish."""

from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from fremskudt.contract.cells import folded
from fremskudt.contract.reference import read_reference
from fremskudt.workspace import HANDBOOK

SCALES_FILE = HANDBOOK / "data" / "reference" / "scales.csv"


@dataclass(frozen=True)
class Answer:
    """One answer of a scale: its code, place in the order, Danish label and colour token."""

    code: str
    label: str
    token: str
    is_unknown: bool


@dataclass(frozen=True)
class Scale:
    """An ordered list of answers; "unknown" answers come last and are no step of the scale."""

    name: str
    answers: tuple[Answer, ...]

    @cached_property
    def codes(self) -> tuple[str, ...]:
        return tuple(answer.code for answer in self.answers)

    @cached_property
    def known(self) -> tuple[str, ...]:
        """The codes that are steps of the scale, best or first one first."""
        return tuple(answer.code for answer in self.answers if not answer.is_unknown)

    def __getitem__(self, code: str) -> Answer:
        return next(answer for answer in self.answers if answer.code == code)

    def label(self, code: str) -> str:
        return self[code].label

    def code_of(self, answer: str) -> str:
        """The code of an answer given by its code or by its Danish label, whatever the case,
        the kind of dash and the spaces. ValueError for an answer that is not on the scale and
        for a word that fits two answers."""
        codes = self._codes_of.get(folded(answer), set())
        if answer.strip() in self.codes:
            return answer.strip()
        if len(codes) != 1:
            raise ValueError(answer)
        return next(iter(codes))

    @cached_property
    def _codes_of(self) -> dict[str, set[str]]:
        """The codes that a word can mean."""
        found: dict[str, set[str]] = {}
        for answer in self.answers:
            for word in (answer.code, answer.label):
                found.setdefault(folded(word), set()).add(answer.code)
        return found


@cache
def read_scales(path: Path = SCALES_FILE) -> dict[str, Scale]:
    """All scales of data/reference/scales.csv by name."""
    found: dict[str, list[Answer]] = {}
    for row in sorted(read_reference(path), key=lambda row: int(row["position"])):
        answer = Answer(row["code"], row["label_da"], row["token"], row["is_unknown"] == "yes")
        found.setdefault(row["scale"], []).append(answer)
    return {name: Scale(name, tuple(answers)) for name, answers in found.items()}


def scale(name: str) -> Scale:
    """The scale called `name`; KeyError when the reference data have no such scale."""
    return read_scales()[name]
