"""The panel "Videngrundlaget": its entries, its sentences with their marks, and its HTML.

An entry is a dimension of the Danish *vidensdeklaration* or a threat to validity. The machine
drafts what the data can say; what needs a person is marked and left open, and no grade is
computed. The fixed texts stand in data/reference/declaration.yml, the computed ones in
`prose.declaration` and `prose.threats`.
"""

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from functools import cache
from html import unescape
from pathlib import Path

import yaml

from fremskudt.disclosure import Publishable
from fremskudt.presentation.blocks import Block
from fremskudt.presentation.sentences import constructed_mark, prose
from fremskudt.presentation.text import safe_html
from fremskudt.workspace import HANDBOOK

FILE = HANDBOOK / "data" / "reference" / "declaration.yml"
JUDGE = "Kræver en faglig vurdering"
ALL_HIDDEN = "Tallene er skjult, fordi de bygger på eller kan afsløre få borgere."
SOME_HIDDEN = "Tal, der mangler her, er skjult, fordi de bygger på eller kan afsløre få borgere."
NOTHING = "Data siger ikke noget om det."
TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class Entry:
    """A dimension or a threat: its fixed texts; only dimensions have `judge`."""

    code: str
    name: str
    text: str
    judge: str = ""
    pull: str = ""
    next: str = ""


@dataclass(frozen=True)
class Said:
    """A computed sentence and the tables that it rests on; empty where these are hidden.

    A list leaves out what is hidden and names the rest.
    """

    text: str
    of: tuple[Publishable, ...] = ()
    is_list: bool = False

    @property
    def lacks(self) -> bool:
        """Something is unsaid because it is hidden."""
        return any(table.is_protected for table in self.of) and (self.is_list or not self.text)


@cache
def read_entries(path: Path = FILE) -> dict[str, tuple[Entry, ...]]:
    """The fixed texts of the dimensions and of the threats."""
    values = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {kind: tuple(Entry(**one) for one in entries) for kind, entries in values.items()}


def paragraph(parts: Sequence[Said]) -> str:
    """The sentences as HTML, with the mark of constructed numbers and the reason for gaps."""
    runs = [safe_html(one.text) for one in parts if one.text]
    marks = {_mark(one.of) for one in parts if one.text and one.of}
    if any(one.lacks for one in parts):
        runs.append(SOME_HIDDEN if runs else ALL_HIDDEN)
    return prose(*runs, _one_of(marks)).text or NOTHING


def _mark(tables: Sequence[Publishable]) -> str:
    return _one_of({constructed_mark(table) for table in tables})


def _one_of(marks: Set[str]) -> str:
    """One mark for several: constructed in part when they differ."""
    strongest = max(marks, default="")
    return (
        strongest.replace(">Konstrueret<", ">Delvist konstrueret<") if len(marks) > 1 else strongest
    )


def chip() -> str:
    return f'<span class="fs-judge">{JUDGE}</span>'


def panel(entries: Iterable[tuple[Entry, Sequence[tuple[str, str]]]]) -> Block:
    """The entries with their facts (name, HTML). One without a question is marked as a whole."""
    html, plain = "", []
    for one, facts in entries:
        lines = "".join(
            f"<div><dt>{chip() if name == JUDGE else f'{name}:'}</dt> <dd>{text}</dd></div>"
            for name, text in facts
        )
        mark = "" if one.judge else f"<p>{chip()}</p>"
        html += (
            f'<div class="fs-evidence-item"><div><h4>{safe_html(one.name)}</h4>'
            f"<p>{safe_html(one.text)}</p>{mark}</div><dl>{lines}</dl></div>"
        )
        plain.append(f"{one.name}. {one.text}" + ("" if one.judge else f" ({JUDGE})"))
        plain += [f"  {name}: {unescape(TAG.sub('', text))}" for name, text in facts]
    return Block(f'<div class="fs-evidence">{html}</div>', "\n".join(plain))
