"""Which chapters are due, and why: decided from their marks, without running any."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from fremskudt.publishing.inputs import (
    EVIDENCE,
    Inputs,
    common_causes,
    inputs_of,
    own_causes,
    remembering,
)
from fremskudt.publishing.marks import read_mark
from fremskudt.publishing.templates import Chapter, Kind, check_parameters
from fremskudt.workspace import Workspace

UNCHANGED = "køres ikke: intet er ændret"


@dataclass(frozen=True)
class Due:
    """A chapter to run: its parameters, what it rests on, and why it is run: for causes that
    concern every chapter, for causes of its own."""

    chapter: Chapter
    values: dict[str, str]
    inputs: Inputs
    common: tuple[str, ...] = ()
    own: tuple[str, ...] = ()


def parameters_of(chapter: Chapter, slugs: Sequence[str]) -> dict[str, str]:
    """What a chapter's template is run with. Where the data lie is no parameter: it goes by
    the environment, so that no path of a machine ends in a published notebook."""
    if chapter.template.kind is Kind.OWN:
        return {"municipality": chapter.slug}
    if chapter.template.kind is Kind.COURSE or chapter.template.name == EVIDENCE:
        return {}
    return {"municipalities": " ".join(slugs)}


def due_chapters(
    wanted: Sequence[Chapter], workspace: Workspace, slugs: Sequence[str], force: bool = False
) -> list[Due]:
    """The chapters whose inputs have changed since they were last run, and why.

    Raises `WrongUsage` for a parameter that a template does not know.
    """
    digest = remembering()
    due = []
    for chapter in wanted:
        values = parameters_of(chapter, slugs)
        check_parameters(workspace, chapter.template, values)
        now = inputs_of(chapter, workspace, values, digest)
        mark = read_mark(chapter, workspace)
        if force:
            due.append(Due(chapter, values, now, own=("--force",)))
        elif mark is None:
            due.append(Due(chapter, values, now, own=("ikke kørt før",)))
        elif mark.inputs != now:
            common, own = common_causes(mark.inputs, now), own_causes(mark.inputs, now)
            due.append(Due(chapter, values, now, common, own))
        elif not mark.is_whole:
            due.append(Due(chapter, values, now, own=("den kørte notesbog er ændret siden",)))
    return due


def told_once(due: Sequence[Due], total: int) -> list[str]:
    """The causes that concern every chapter, a Danish line each."""
    found = Counter(cause for one in due for cause in one.common)
    lines = []
    for cause, count in found.items():
        again = "alle kapitler" if count == total else f"{count} af {total} kapitler"
        lines.append(f"{cause[0].upper()}{cause[1:]}: {again} køres igen.")
    return lines


def municipalities_of(one: Due) -> tuple[str, ...]:
    """The municipalities of the data folder whose delivery a chapter reads."""
    if one.chapter.template.kind is Kind.OWN:
        return (one.chapter.slug,)
    return tuple(one.values.get("municipalities", "").split())


def explained(
    wanted: Sequence[Chapter], workspace: Workspace, slugs: Sequence[str], force: bool = False
) -> list[str]:
    """Of each chapter whether it would be run, and why, in Danish: a line each."""
    causes = {
        one.chapter: f"køres: {'; '.join(one.common + one.own)}"
        for one in due_chapters(wanted, workspace, slugs, force)
    }
    width = max(len(one.label) for one in wanted)
    return [f"{one.label:<{width}}  {causes.get(one, UNCHANGED)}" for one in wanted]
