"""What a release says of itself in one file: its pages, their figures, and a hash of each.

Two manifests tell which figures of a site have other numbers than in another release, and
nothing about what the numbers are. What is hashed is published on the same site.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from fremskudt import __version__
from fremskudt.contract.characters import visible
from fremskudt.publishing.publication import Publication

NAME = "udgivelse.json"
FORMAT = 1
PLACES = "kommuner/"
PROFILE = re.compile(rf"{PLACES}([a-z0-9-]+)/profil")
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
        """The manifest as it is written, pages in the order of the book and figures in that of
        their page: the same release gives the same bytes."""
        pages = {
            name: {
                "title": page.title,
                "text": page.text,
                "figures": {key: vars(one) for key, one in page.figures.items()},
            }
            for name, page in self.pages.items()
        }
        told = {"format": FORMAT, **vars(self), "pages": pages}
        return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def manifest(pages: Mapping[str, PageSaid], publication: Publication) -> Manifest:
    """The manifest of a site with these pages."""
    day = publication.date.isoformat() if publication.date else ""
    return Manifest(__version__, line_of(publication.publisher), day, pages)


def line_of(text: str) -> str:
    """A title on one line, in which everything can be seen."""
    return " ".join(visible(text).split())[:LONGEST]
