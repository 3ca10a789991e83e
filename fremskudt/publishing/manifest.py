"""What a release says of itself in one file: its pages, their figures, and a hash of each.

Two manifests tell which figures of a site have other numbers than in another release, and
nothing about what the numbers are. What is hashed is published on the same site.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any

from fremskudt import __version__
from fremskudt.contract.characters import visible
from fremskudt.publishing.deck import title_of
from fremskudt.publishing.figure_files import Numbers
from fremskudt.publishing.publication import Publication

NAME = "udgivelse.json"
FORMAT = 1
# The columns of a figure's file that say what the figure says. The others say where the numbers
# come from, for which period and by which version; with other columns it is another format.
COMPARED = (
    *("maaling", "kommune", "gruppe", "svar", "antal", "n", "andel", "nedre", "oevre", "vaerdi"),
    *("enhed", "forloeb", "omraade", "fra_maaned", "til_maaned", "maengde", "maengdeenhed"),
    *("status", "oprindelse"),
)
PLACES = "kommuner/"
PROFILE = re.compile(rf"{PLACES}([a-z0-9-]+)/profil")
HEADING = re.compile(r"^# +(.+?) *$", re.MULTILINE)
DRAWING = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
TAG = re.compile(r"<[^>]+>")
MUNICIPALITY = " Kommune"
LONGEST = 300  # characters of a title


@dataclass(frozen=True)
class FigureSaid:
    """A figure or table with numbers: its number on the page, its title, its id there, and the
    hash of what its file says."""

    number: str
    title: str
    anchor: str
    numbers: str


@dataclass(frozen=True)
class PageSaid:
    """A page: its title, the hash of its words, and its figures by the names of their files."""

    title: str
    text: str
    figures: Mapping[str, FigureSaid] = field(default_factory=dict)


@dataclass(frozen=True)
class Manifest:
    """A release: the handbook's version, the publisher and the day of the numbers (2025-01-31),
    empty where not known, and its pages by their addresses without suffix."""

    version: str
    publisher: str
    date: str
    pages: Mapping[str, PageSaid]

    @property
    def places(self) -> dict[str, str]:
        """The names of the municipalities that have pages, by slug."""
        found = ((PROFILE.fullmatch(page), said.title) for page, said in self.pages.items())
        return {match[1]: title.removesuffix(MUNICIPALITY) for match, title in found if match}

    @property
    def count(self) -> int:
        """How many figures and tables there are."""
        return sum(len(page.figures) for page in self.pages.values())

    def as_text(self) -> str:
        """The manifest as it is written: the same release gives the same bytes."""
        pages = {
            name: {
                "title": page.title,
                "text": page.text,
                "figures": {key: vars(one) for key, one in page.figures.items()},
            }
            for name, page in self.pages.items()
        }
        told = {"format": FORMAT, **vars(self), "pages": pages}
        return json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def manifest(pages: Mapping[str, PageSaid], publication: Publication) -> Manifest:
    """The manifest of a site with these pages."""
    day = publication.date.isoformat() if publication.date else ""
    pages = dict(sorted(pages.items()))
    return Manifest(__version__, _line(publication.publisher), day, pages)


def chapter_said(notebook: dict[str, Any], staged: Path, found: Iterable[Numbers]) -> PageSaid:
    """The page of an executed notebook, with its figures; `staged` is the page's source."""
    figures = {
        one.name: FigureSaid(
            one.number, _line(one.title), one.anchor, digest_of_rows(one.columns, one.rows)
        )
        for one in found
    }
    page = json.loads(staged.read_text(encoding="utf-8"))
    words = " ".join(text for cell in page["cells"] for text in _words(cell))
    return PageSaid(_line(unescape(title_of(notebook))), _hash(" ".join(words.split())), figures)


def written_said(source: str) -> PageSaid:
    """A page that is written in Markdown."""
    heading = HEADING.search(source)
    return PageSaid(_line(heading[1]) if heading else "", _hash(" ".join(source.split())))


def digest_of_rows(columns: Iterable[str], rows: Iterable[Mapping[str, str]]) -> str:
    """The hash of what a figure's file says."""
    kept = [column for column in COMPARED if column in set(columns)]
    values = [[row[column] for column in kept] for row in rows]
    return _hash(json.dumps([kept, *values], ensure_ascii=False))


def _words(cell: dict[str, Any]) -> Iterable[str]:
    """The words of a page's cell, without drawings and markup."""
    if cell["cell_type"] == "markdown":
        yield "".join(cell["source"])
    for output in cell.get("outputs", ()):
        for content in output.get("data", {}).values():
            yield unescape(TAG.sub(" ", DRAWING.sub(" ", "".join(content))))


def _line(text: str) -> str:
    """A title on one line, in which everything can be seen."""
    return " ".join(visible(text).split())[:LONGEST]


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
