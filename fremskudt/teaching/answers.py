"""A participant's answers to a module as a file on their own machine.

A file holds a code that the participant is given by chance, and the answers that stand; no name,
no clock, no number of tries, and no words of one's own unless the participant asks for them.
Nothing is sent: participants choose whom they give their file.
"""

import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from itertools import chain

from fremskudt.teaching.counting import Number, typed
from fremskudt.teaching.course import Module
from fremskudt.teaching.exercise import Exercise
from fremskudt.teaching.filling import FillIn
from fremskudt.teaching.free_text import has_national_id
from fremskudt.teaching.timeline import Timeline

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that look alike
MOST_BYTES = 200_000
FORM = 1  # of the file; another number is another form
UNREADABLE = "filen kan ikke læses"


class HasNationalId(ValueError):
    """Words of one's own that hold what looks like a civil registration number; says in which
    exercise."""


@dataclass(frozen=True)
class Paper:
    """What one participant has answered in a module, by the exercises' names."""

    code: str
    module: int
    answers: Mapping[str, object]

    @property
    def name(self) -> str:
        """What the paper's file is called."""
        return f"svar-modul-{self.module}-{self.code}.json"

    @property
    def text(self) -> str:
        """What stands in the paper's file."""
        raw = {"form": FORM, "code": self.code, "module": self.module, "answers": self.answers}
        return json.dumps(raw, ensure_ascii=False, indent=1) + "\n"


def new_code() -> str:
    """A code for a participant, drawn by chance."""
    return "".join(secrets.choice(LETTERS) for _ in range(6))


def paper(of: Module, answers: Mapping[str, object], code: str, with_own_words: bool) -> Paper:
    """The paper on a module. Answers that are empty are left out, and words of the participant's
    own where they are not asked for. HasNationalId where such words hold what looks like a civil
    registration number."""
    kept: dict[str, object] = {}
    for one in of.exercises:
        answer = answers.get(one.name)
        if with_own_words and any(map(has_national_id, own_words(one, answer).values())):
            raise HasNationalId(one.title)
        is_whole = with_own_words and has_own_words(one)
        kept[one.name] = answer if is_whole else without_own_words(one, answer)
    return Paper(code, of.number, {name: answer for name, answer in kept.items() if answer})


def has_own_words(exercise: Exercise) -> bool:
    """Whether an exercise has fields for words of one's own."""
    return isinstance(exercise, Timeline) or (
        isinstance(exercise, FillIn) and any(not one.options for one in exercise.fields)
    )


def own_words(exercise: Exercise, answer: object) -> dict[str, str]:
    """What was written in fields for words of one's own, by the fields' labels."""
    if isinstance(exercise, Timeline):
        return _reasons(exercise, answer)
    if not isinstance(exercise, FillIn) or not isinstance(answer, dict):
        return {}
    written = {one.label: answer.get(one.name) for one in exercise.fields if not one.options}
    return {label: text for label, text in written.items() if isinstance(text, str) and text}


def _reasons(exercise: Timeline, answer: object) -> dict[str, str]:
    """Why a participant believes in the lines of a course, by the service's name."""
    labels = {one.code: one.label for one in exercise.palette}
    lines = chain.from_iterable((exercise.read(answer) or {}).values())
    found: dict[str, list[str]] = {}
    for one in lines:
        if one.reason:
            found.setdefault(labels[one.code], []).append(one.reason)
    return {label: " · ".join(reasons) for label, reasons in found.items()}


def _without_reasons(exercise: Timeline, answer: object) -> object:
    courses = exercise.read(answer) or {}
    return {
        track: [{**asdict(one), "reason": ""} for one in lines]
        for track, lines in courses.items()
        if lines
    }


def without_own_words(exercise: Exercise, answer: object) -> object:
    """An answer without the words of one's own in it; a number that is none is such words."""
    match exercise:
        case FillIn() if isinstance(answer, dict):
            closed = {one.name for one in exercise.fields if one.options}
            return {name: value for name, value in answer.items() if name in closed}
        case Timeline():
            return _without_reasons(exercise, answer)
        case Number():
            return None if typed(answer) is None else answer
    return answer


def read_paper(content: bytes) -> Paper | str:
    """The paper in a file, or in Danish what is wrong with the file. Whether its answers are
    possible is for those who use them."""
    if len(content) > MOST_BYTES:
        return "filen er for stor til at være et svar"
    try:
        raw = json.loads(content.decode("utf-8-sig"))
        # Half a character, which no browser takes, is written as it is in a file that is kept.
        raw = json.loads(json.dumps(raw, ensure_ascii=False).encode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return UNREADABLE
    if not isinstance(raw, dict) or raw.get("form") != FORM:
        return "filen er ikke et svar fra kurset"
    code, module, answers = (raw.get(name) for name in ("code", "module", "answers"))
    is_code = isinstance(code, str) and 1 <= len(code) <= 12 and set(code) <= set(LETTERS)
    is_module = isinstance(module, int) and not isinstance(module, bool)
    if not is_code or not is_module or not isinstance(answers, dict):
        return "filen mangler kode, modul eller svar"
    return Paper(str(code), int(module), answers)  # type: ignore[arg-type]  # is_module says it
