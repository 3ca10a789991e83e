"""A chapter as it stands on paper: its own page of the site without what only a screen can do.

What is pressed, fetched or filled in is left out. A figure's folded numbers move to an appendix,
and the figure says on which page. Ids are told apart by the chapter that they are of.
"""

import copy
import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urldefrag, urlsplit

from lxml import html as parser

from fremskudt.presentation.prose.profile import PRINTABLE

NUMBERS = "tal"  # what the ids of the appendix begin with
APART = "--"  # between a chapter's name and an id of its page
# Of a page's article: what steers the page, is fetched, or leads on to other pages.
LEFT_OUT = """
    .//script | .//button | .//*[@role='status'] | .//*[contains(@class, 'toctree-wrapper')]
    | .//*[contains(@class, 'fs-cards')] | .//section[@id='laes-videre']
    | .//section[@id='regn-selv']
    | .//*[contains(concat(' ', @class, ' '), ' fs-narrow ')]
    | .//*[@class='fs-booklet']
"""
POINTERS = ("for", "aria-labelledby", "aria-describedby", "headers")
MEANINGLESS = ("tabindex", "download", "target")
# What words of a page say of it as a page, and what is said on paper.
SAID = {"tabellen under figuren": "tabellen i bilaget bagest", f" {PRINTABLE}": ""}


@dataclass(frozen=True)
class Table:
    """The folded numbers of a figure: `key` is its id in the appendix, `figure` the figure's."""

    key: str
    figure: str
    title: str
    element: Any


@dataclass(frozen=True)
class Part:
    """A chapter: `name` begins its ids; `map` is its picture of where the municipality lies, where
    it has one; `caution` is what it says of its numbers as a whole."""

    name: str
    title: str
    element: Any
    tables: Sequence[Table]
    map: Any | None
    caution: Any | None


@dataclass(frozen=True)
class Places:
    """What a link may lead to: the chapters by their addresses in the book, and the site's own
    address where it is known. `document` is the page that the link stands on."""

    document: str
    parts: Mapping[str, str]
    address: str

    def reached(self, href: str) -> str:
        """Where a link of the page leads from paper; nothing where it cannot be followed."""
        if urlsplit(href).scheme:
            return href
        path, fragment = urldefrag(href)
        here = posixpath.dirname(self.document)
        page = posixpath.normpath(posixpath.join(here, path)) if path else f"{self.document}.html"
        document, suffix = posixpath.splitext(page)
        if suffix == ".html" and document in self.parts:
            name = self.parts[document]
            return f"#{name}{APART}{fragment}" if fragment else f"#{name}"
        if not self.address or suffix != ".html":
            return ""
        where = self.address if page == "index.html" else f"{self.address}{page}"
        return f"{where}#{fragment}" if fragment else where


def part_of(page: str, places: Places) -> Part:
    """The chapter that a page of the site holds."""
    article = parser.document_fromstring(page).xpath("//article")[0]
    name = places.parts[places.document]
    found = article.xpath(".//*[@class='fs-chart fs-map-wide']//svg")
    area = copy.deepcopy(found[0]) if found else None
    for one in article.xpath(".//*[@class='fs-places-map']"):
        one.drop_tree()
    for one in article.xpath(LEFT_OUT):
        if one.getparent() is not None:
            one.drop_tree()
    cautions = article.xpath(".//aside[contains(@class, 'fs-caution')]")
    _name_apart(article, name)
    _lead(article, places)
    tables = list(_folded(article))
    for one in article.xpath(".//*[@class='fs-use']"):
        one.drop_tree()
    _for_readers(article)
    title = " ".join(article.xpath("string(.//h1)").split())
    article.tag = "section"
    article.set("id", name)
    return Part(
        name, title, article, tables, area, copy.deepcopy(cautions[0]) if cautions else None
    )


def _name_apart(article: Any, name: str) -> None:
    for one in article.iter("*"):
        if "id" in one.attrib:
            one.set("id", f"{name}{APART}{one.get('id')}")
        for pointer in POINTERS:
            if pointer in one.attrib:
                words = one.get(pointer).split()
                one.set(pointer, " ".join(f"{name}{APART}{word}" for word in words))


def _lead(article: Any, places: Places) -> None:
    """Links lead within the booklet or to the net; the others become what they say."""
    for one in list(article.iter("a")):
        where = places.reached(one.get("href", ""))
        if where:
            one.set("href", where)
        else:
            one.drop_tag()


def mend(document: Any) -> None:
    """A link within a document to what has been left out leads to the beginning of its chapter."""
    kept = set(document.xpath(".//@id"))
    for one in document.iter("a"):
        key = one.get("href").removeprefix("#")
        if one.get("href").startswith("#") and key not in kept:
            one.set("href", f"#{key.partition(APART)[0]}")


def _folded(article: Any) -> Iterator[Table]:
    """Take the folded numbers out of every figure that has some, and leave the page they are on."""
    for figure in article.xpath(".//figure[.//details[@class='fs-data']]"):
        table = figure.xpath(".//details[@class='fs-data']//table")[0]
        figure_id = figure.get("id")
        key = f"{NUMBERS}{APART}{figure_id}"
        words = [
            " ".join(figure.xpath(f"string(.//*[@class='{one}'])").split())
            for one in ("fs-number", "fs-title")
        ]
        use = figure.xpath(".//*[@class='fs-use']")[0]
        use.addprevious(on_page("paper-numbers", key, "Tallene bag figuren"))
        yield Table(key, figure_id, ": ".join(filter(None, words)), copy.deepcopy(table))


def on_page(kind: str, key: str, words: str) -> Any:
    """A paragraph that leads to another place and names its page."""
    paragraph = parser.Element("p", {"class": kind})
    link = parser.Element("a", href=f"#{key}")
    link.text = f"{words}: side\u00a0"
    link.append(page_number(key))
    paragraph.append(link)
    return paragraph


def page_number(key: str) -> Any:
    """Where the number of the page that something stands on will be written."""
    return parser.Element("span", {"class": "paper-page", "data-of": key})


def _for_readers(article: Any) -> None:
    """What is told to those who do not see: a chart stands for its figure, a table for itself."""
    for one in article.iter("*"):
        for name in MEANINGLESS:
            one.attrib.pop(name, None)
    for one in article.xpath(".//*[@class='fs-scroll']"):
        for name in ("role", "aria-label"):
            one.attrib.pop(name, None)
    for one in article.xpath(".//figure"):
        one.set("role", "group")
    for one in article.iter("*"):
        one.text, one.tail = _on_paper(one.text), _on_paper(one.tail)
        if "aria-label" in one.attrib:
            one.set("aria-label", _on_paper(one.get("aria-label")) or "")


def _on_paper(words: str | None) -> str | None:
    for said, instead in SAID.items():
        words = words and words.replace(said, instead)
    return words
