"""The course of a case from detection to hand-over, as a diagram of cards and arrows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape

from fremskudt.contract.yaml_files import read_yaml
from fremskudt.workspace import HANDBOOK

WORKFLOW = HANDBOOK / "book" / "_data" / "workflow.yml"
PHASES = {"contact": "Kontakt", "need": "Behov", "transition": "Overgang"}


@dataclass(frozen=True)
class Step:
    """One step: who does what, by when, and which steps can follow (by name: on what condition;
    "" where there is none)."""

    name: str
    phase: str
    title: str
    actor: str
    text: str
    deadline: str
    source: str
    follows: Mapping[str, str]


@cache
def steps() -> tuple[Step, ...]:
    """The steps in order."""
    found = read_yaml(WORKFLOW.read_text(encoding="utf-8"))
    return tuple(
        Step(
            one["id"],
            one["phase"],
            one["title"],
            one["actor"],
            one["text"],
            one.get("deadline") or "",
            one["source"],
            {
                (way if isinstance(way, str) else way["to"]): (
                    "" if isinstance(way, str) else way["label"]
                )
                for way in one.get("next") or ()
            },
        )
        for one in found["steps"]
    )


def diagram() -> str:
    """The diagram in HTML: an ordered list of steps in each phase, that reads as one without
    style sheets too."""
    found = steps()
    places = {one.name: place for place, one in enumerate(found, start=1)}
    parts = "\n".join(
        _phase(title, [one for one in found if one.phase == code], places)
        for code, title in PHASES.items()
    )
    return f'<div class="fs-workflow">\n{parts}\n</div>\n'


def _phase(title: str, mine: Sequence[Step], places: Mapping[str, int]) -> str:
    after = [*mine[1:], None]
    cards = "\n".join(_card(one, then, places) for one, then in zip(mine, after, strict=True))
    return (
        f'<section class="fs-workflow-phase" aria-label="{escape(title)}">'
        f'<p class="fs-workflow-title" aria-hidden="true">{escape(title)}</p>\n'
        f"<ol>\n{cards}\n</ol></section>"
    )


def _card(one: Step, then: Step | None, places: Mapping[str, int]) -> str:
    """A card; an arrow leads down from it where the card below is one that can follow."""
    leads_down = then is not None and then.name in one.follows
    deadline = (
        f'<span class="fs-workflow-deadline">Frist: {escape(one.deadline)}</span>'
        if one.deadline
        else ""
    )
    ways = "".join(
        f"<li>{escape(label or 'Videre')}: trin {places[name]}</li>"
        for name, label in one.follows.items()
        if label or not leads_down
    )
    return (
        f'<li class="{"fs-leads-down" if leads_down else ""}">'
        f'<span class="fs-workflow-actor">{places[one.name]} · {escape(one.actor)}</span>'
        f"<strong>{escape(one.title)}</strong>"
        f"<span>{escape(one.text)}</span>{deadline}"
        f'<span class="fs-workflow-source">{escape(one.source)}</span>'
        + (f'<ul class="fs-workflow-ways">{ways}</ul>' if ways else "")
        + "</li>"
    )
