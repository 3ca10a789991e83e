"""Participants' answers: kept on their own machine, and laid together where they hand them over.

A file holds a code that the participant is given by chance, and the answers to a module; no name
and no clock. Nothing is sent: the trainer collects the files that participants choose to give.
"""

import json
import secrets
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from fremskudt.publishing.writing import put_file
from fremskudt.teaching.choosing import Choose, ChooseSeveral
from fremskudt.teaching.counting import Number, typed
from fremskudt.teaching.course import Module
from fremskudt.teaching.exercise import Attempt, Exercise, text_by_name, texts
from fremskudt.teaching.filling import FillIn, chosen_in
from fremskudt.teaching.ordering import Order
from fremskudt.teaching.sorting import Sort

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that look alike
MOST_BYTES = 200_000
FORM = 1  # of the file; another number is another form


@dataclass(frozen=True)
class Paper:
    """What one participant has answered in a module, by the exercises' names."""

    code: str
    module: int
    answers: Mapping[str, object]


@dataclass(frozen=True)
class Collected:
    """The papers that were handed over, and in Danish what is wrong with the files that could not
    be read. Of two papers with the same code and module the newer file stands."""

    papers: tuple[Paper, ...]
    faults: tuple[str, ...]


def new_code() -> str:
    """A code for a participant, drawn by chance."""
    return "".join(secrets.choice(LETTERS) for _ in range(6))


def save(folder: Path, of: Module, attempts: Iterable[Attempt], code: str) -> Path:
    """Write a participant's answers to a module; returns the file. Empty answers are left out."""
    answers = {one.exercise.name: one.answer for one in attempts if one.answer}
    paper = {"form": FORM, "code": code, "module": of.number, "answers": answers}
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"svar-modul-{of.number}-{code}.json"
    scratch = path.with_suffix(".ny")
    text = json.dumps(paper, ensure_ascii=False, indent=1)
    scratch.write_text(text + "\n", encoding="utf-8", newline="\n")
    put_file(scratch, path)
    return path


def collect(folder: Path, of: Module) -> Collected:
    """The papers on a module in a folder."""
    papers: dict[str, Paper] = {}
    faults = []
    for path in sorted(folder.glob("*.json"), key=lambda one: (one.stat().st_mtime, one.name)):
        read = _read(path)
        if isinstance(read, str):
            faults.append(f"{path.name}: {read}")
        elif read.module == of.number:
            papers[read.code] = read
    return Collected(tuple(papers.values()), tuple(faults))


def _read(path: Path) -> Paper | str:
    """The paper in a file, or what is wrong with it."""
    try:
        if path.stat().st_size > MOST_BYTES:
            return "filen er for stor til at være et svar"
        raw = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return "filen kan ikke læses"
    if not isinstance(raw, dict) or raw.get("form") != FORM:
        return "filen er ikke et svar fra kurset"
    code, module, answers = (raw.get(name) for name in ("code", "module", "answers"))
    is_code = isinstance(code, str) and 1 <= len(code) <= 12 and set(code) <= set(LETTERS)
    if not is_code or not isinstance(module, int) or not isinstance(answers, dict):
        return "filen mangler kode, modul eller svar"
    return Paper(str(code), module, answers)


def spread(papers: Iterable[Paper], exercise: Exercise) -> list[tuple[str, str, int]]:
    """How the room answered: (part of the exercise, answer, how many), most frequent first in each
    part. Answers that are not possible, and words of one's own, are left out."""
    counts: Counter[tuple[str, str]] = Counter()
    for paper in papers:
        counts.update(_parts(exercise, paper.answers.get(exercise.name)))
    parts = list(dict.fromkeys(part for part, _ in counts))
    ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0][1]))
    return [
        (part, answer, count) for part in parts for (mine, answer), count in ordered if mine == part
    ]


def _parts(exercise: Exercise, answer: object) -> list[tuple[str, str]]:
    match exercise:
        case Choose():
            return [("", one.text) for one in exercise.options if one.name == answer]
        case ChooseSeveral():
            chosen = texts(answer) or []
            return [("", one.text) for one in exercise.options if one.name in chosen]
        case Number():
            number = typed(answer)
            return [] if number is None else [("", f"{number:.15g}".replace(".", ","))]
        case Order():
            names = texts(answer) or []
            known = {one.name: one.text for one in exercise.steps}
            places = [
                (f"Trin {n}", known[name]) for n, name in enumerate(names, 1) if name in known
            ]
            return places if len(places) == len(known) else []
        case Sort():
            placed, labels = text_by_name(answer) or {}, dict(exercise.places)
            return [
                (one.text, labels[placed[one.name]])
                for one in exercise.items
                if placed.get(one.name) in labels
            ]
        case FillIn():
            given = answer if isinstance(answer, dict) else {}
            return [
                (one.label, option)
                for one in exercise.fields
                if one.options and one.can_hold(given.get(one.name))
                for option in chosen_in(given[one.name])
            ]
    return []
