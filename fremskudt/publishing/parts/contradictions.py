"""Where the sources contradict themselves or each other, and what the handbook follows."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from fremskudt.contract.yaml_files import read_yaml
from fremskudt.workspace import HANDBOOK

CONTRADICTIONS = HANDBOOK / "book" / "_data" / "contradictions.yml"
GRADES = {
    "contradiction": "Modsigelse",
    "rounding": "Afrunding",
    "impossible": "Umuligt",
    "unclear": "Uklart",
}


@dataclass(frozen=True)
class Statement:
    """What a source says, in the handbook's own words, and where."""

    says: str
    source: str
    place: str


@dataclass(frozen=True)
class Contradiction:
    """Statements that do not go together, or one that cannot be true.

    `figures` and `claims` are the printed figures and statements in words that it is about;
    `weight` is 1 for what changes how the reports are read, 3 for a trifle.
    """

    name: str
    grade: str
    weight: int
    theme: str
    title: str
    statements: tuple[Statement, ...]
    explanation: str
    follows: str
    figures: tuple[str, ...]
    claims: tuple[str, ...]


@cache
def themes() -> dict[str, str]:
    """The title of each theme by its code, in the order of the page."""
    return {one["id"]: one["title"] for one in _read()["themes"]}


@cache
def read_contradictions() -> tuple[Contradiction, ...]:
    """All of them, in the order of the file."""
    return tuple(
        Contradiction(
            one["id"],
            one["grade"],
            one["weight"],
            one["theme"],
            one["title"],
            tuple(Statement(**said) for said in one["statements"]),
            one["explanation"],
            one["follows"],
            tuple(one.get("figures") or ()),
            tuple(one.get("claims") or ()),
        )
        for one in _read()["entries"]
    )


def _read() -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = read_yaml(CONTRADICTIONS.read_text(encoding="utf-8"))
    return found


def table(theme: str) -> str:
    """A theme's contradictions as a table in Markdown, the weightiest first. KeyError for a theme
    that the file does not name."""
    title = themes()[theme]
    mine = [one for one in read_contradictions() if one.theme == theme]
    rows = "\n".join(_row(one) for one in sorted(mine, key=lambda one: one.weight))
    return f"""\
:::{{list-table}} {title}: det siger kilderne, og det følger bogen
:header-rows: 1
:stub-columns: 1
:widths: 22 43 35
:class: fs-stack

* - Emne
  - Kilderne siger
  - Forklaring, og hvad bogen følger
{rows}
:::
"""


def _row(one: Contradiction) -> str:
    said = "\n".join(
        f"    - {said.says.rstrip('.')} {{cite:p}}`{said.source}{{{said.place}}}`."
        for said in one.statements
    )
    return (
        f"* - []{{#modsigelse-{one.name}}}{one.title}\n\n"
        f'    <span class="fs-grade">{GRADES[one.grade]} · vægt {one.weight}</span>\n'
        f"  -\n{said}\n"
        f"  - {one.explanation}\n\n"
        f"    {one.follows}"
    )
