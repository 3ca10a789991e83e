"""The course of a case from detection to hand-over, as a diagram of cards and arrows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape

from fremskudt.contract.yaml_files import read_yaml
from fremskudt.workspace import HANDBOOK

WORKFLOW = HANDBOOK / "data" / "reference" / "workflow.yml"
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
    cards = "\n".join(_card(one, places) for one in mine)
    first = places[mine[0].name]
    return (
        f'<section class="fs-workflow-phase" aria-label="{escape(title)}">'
        f'<p class="fs-workflow-title" aria-hidden="true">{escape(title)}</p>\n'
        f'<ol start="{first}">\n{cards}\n</ol></section>'
    )


def _card(one: Step, places: Mapping[str, int]) -> str:
    deadline = (
        f'<span class="fs-workflow-deadline">Frist: {escape(one.deadline)}</span>'
        if one.deadline
        else ""
    )
    ways = "".join(
        f"<li>{escape(label)}: gå til trin {places[name]}</li>"
        for name, label in one.follows.items()
        if label
    )
    return (
        f'<li value="{places[one.name]}"><span class="fs-workflow-actor">{escape(one.actor)}</span>'
        f"<strong>{escape(one.title)}</strong>"
        f"<span>{escape(one.text)}</span>{deadline}"
        + (f'<ul class="fs-workflow-ways">{ways}</ul>' if ways else "")
        + "</li>"
    )
