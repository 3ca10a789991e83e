"""The sources that a municipality's chapters cite, as the book's list of references has them.

A page cites a source by its short title: under a figure, in a sentence, or as a link.
"""

import copy
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import html as parser


@dataclass(frozen=True)
class Source:
    """A source: its line in the list of references, and the titles of the chapters that cite it."""

    line: Any
    chapters: Sequence[str]


def cited(references: Any, chapters: Iterable[tuple[str, Any]]) -> list[Source]:
    """The sources of a page of references whose short titles stand in some chapters."""
    said = [
        (" ".join(one.xpath("string(.//h1)").split()), " ".join(one.text_content().split()))
        for _, one in chapters
    ]
    found = []
    for line in references.xpath("//ul[contains(@class, 'fs-references')]/li"):
        name = " ".join(line.xpath("string(.//strong)").split())
        whole = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
        where = [title for title, words in said if whole.search(words)]
        if name and where:
            found.append(Source(line, where))
    return found


def source_list(sources: Sequence[Source], key: str) -> Any:
    """The list at the end of the document."""
    section = parser.Element("section", {"class": "paper-sources prose", "id": key})
    heading = parser.Element("h1")
    heading.text = "Kilder"
    section.append(heading)
    lead = parser.Element("p", {"class": "fs-lead"})
    lead.text = "Det, kapitlerne henviser til. Tallet efter en kildes navn er dens afsnit."
    section.append(lead)
    listed = parser.Element("ul", {"class": "fs-references"})
    for source in sources:
        line = copy.deepcopy(source.line)
        line.attrib.pop("id", None)
        line.tail = None
        where = parser.Element("p", {"class": "fs-meta"})
        where.text = f"Brugt i: {'; '.join(source.chapters)}"
        line.append(where)
        listed.append(line)
    if len(listed):
        section.append(listed)
    return section
