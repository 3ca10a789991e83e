"""One HTML document of a municipality's chapters, whole in itself, for a browser to print.

Cover, contents, chapters, the numbers behind the figures, sources. Page numbers are left open
(`with_numbers`): they are known when it has been printed once.
"""

import base64
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from lxml import html as parser

from fremskudt import __version__
from fremskudt.contract.origins import LABELS, WEAKEST_FIRST
from fremskudt.paper.part import APART, NUMBERS, Part, Places, mend, on_page, page_number, part_of
from fremskudt.paper.sources import cited, source_list
from fremskudt.publishing.publication import Publication
from fremskudt.publishing.templates import TEMPLATES, Kind

STYLES = ("_static/tokens.css", "_static/handbook.css")
OWN_STYLE = Path(__file__).with_name("booklet.css")
REFERENCES = "referencer"  # the page that lists the sources
SOURCES = "kilder"
CONTENTS = "indhold"
FONT = re.compile(r'url\("([^"]+\.woff2)"\)')
NUMBER = re.compile(r'(<span class="paper-page" data-of="([^"]*)">)[^<]*(</span>)')
POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src data:"
MEANS = {
    "published": "tallet står i en af kilderne.",
    "reconstructed": "tallet er det eneste eller det enkleste, der passer med kilderne.",
    "constructed": "tallet er opdigtet for at gøre en demonstration hel; det er ikke et fund.",
    "registered": "kommunen har selv registreret tallet.",
}
WHAT = (
    "Hæftet samler alle kommunens kapitler fra evalueringshåndbogen om fremskudt sagsbehandling: "
    "opsøgende sagsbehandling for mennesker med psykiske vanskeligheder."
)
ON_THE_NET = (
    "Regnemaskinen og filerne med tallene findes kun i håndbogens udgave til skærmen. Tallene bag "
    "hver figur står bagest i hæftet."
)


@dataclass(frozen=True)
class Booklet:
    """A municipality's document: its title, its headings, and its HTML with the page numbers left
    open; `keys` are the ids whose pages are named."""

    title: str
    headings: Sequence[str]
    html: str

    @property
    def keys(self) -> list[str]:
        return list(dict.fromkeys(found[2] for found in NUMBER.finditer(self.html)))


@dataclass(frozen=True)
class Entry:
    """A line of the contents."""

    key: str
    title: str
    below: Sequence["Entry"] = ()


def with_numbers(html: str, pages: Mapping[str, int]) -> str:
    """The document with the number of every page that it names and that is known."""
    return NUMBER.sub(lambda found: f"{found[1]}{pages.get(found[2], '')}{found[3]}", html)


def compose(site: Path, slug: str, publication: Publication) -> Booklet:
    """The document of a municipality whose pages stand in a site."""
    own = [one.page for one in TEMPLATES if one.kind is Kind.OWN]
    names = {f"kommuner/{slug}/{page}": page for page in own}
    parts = [
        part_of(_read(site / f"{document}.html"), Places(document, names, publication.address))
        for document in names
    ]
    place = parts[0].title
    parts[0].element.xpath(".//h1")[0].text = f"Profil: {place}"
    title = f"Fremskudt sagsbehandling i {place}"
    appendix = _appendix(parts)
    known = parser.document_fromstring(_read(site / f"{REFERENCES}.html"))
    sources = source_list(cited(known, [(one.name, one.element) for one in parts]), SOURCES)
    body = parser.Element("body", {"class": "paper"})
    main = parser.Element("main")
    body.append(main)
    chapters = [one.element for one in parts]
    entries = [*map(_entry, chapters), *map(_entry, (appendix, sources))]
    for one in (_cover(title, parts, publication), _contents(entries), *chapters):
        main.append(one)
    main.append(appendix)
    main.append(sources)
    mend(body)
    headings = [_words(one) for one in body.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    return Booklet(title, headings, _document(site, title, place, body))


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _document(site: Path, title: str, place: str, body: Any) -> str:
    styles = "\n".join(_style(site / name) for name in STYLES)
    feet = f":root {{ --paper-title: {_css_text(f'Fremskudt sagsbehandling · {place}')}; }}"
    return (
        '<!DOCTYPE html>\n<html lang="da" data-theme="light">\n<head>\n<meta charset="utf-8"/>\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}"/>\n'
        f"<title>{escape(title)}</title>\n"
        f"<style>\n{styles}\n{feet}\n{_read(OWN_STYLE)}</style>\n</head>\n"
        f"{parser.tostring(body, encoding='unicode')}\n</html>\n"
    )


def _style(path: Path) -> str:
    """A style sheet with its typefaces in it."""

    def packed(found: re.Match[str]) -> str:
        face = base64.b64encode((path.parent / found[1]).read_bytes()).decode()
        return f'url("data:font/woff2;base64,{face}")'

    return FONT.sub(packed, _read(path))


def _css_text(words: str) -> str:
    """Words as a string of a style sheet, whatever they hold."""
    plain = (one if one.isalnum() or one in " ·–-" else f"\\{ord(one):x} " for one in words)
    return f'"{"".join(plain)}"'


def _element(tag: str, words: str = "", kind: str = "", **attributes: str) -> Any:
    one = parser.Element(tag, {"class": kind} if kind else {}, **attributes)
    one.text = words or None
    return one


def _within(parent: Any, *children: Any) -> Any:
    for one in children:
        parent.append(one)
    return parent


def _cover(title: str, parts: Sequence[Part], publication: Publication) -> Any:
    cover = _element("section", kind="paper-cover prose")
    brand = _element("p", "En evalueringshåndbog", "paper-brand")
    _within(cover, brand, _element("h1", title, id="forside"), _element("p", WHAT, "fs-lead"))
    for one in parts[:1]:
        if one.map is not None:
            cover.append(_within(_element("div", kind="paper-map"), one.map))
    cover.append(_element("h2", "Om tallene"))
    if parts[0].caution is not None:
        cover.append(parts[0].caution)
    listed = _element("ul", kind="paper-origins")
    for code in reversed(WEAKEST_FIRST):
        if any(one.element.xpath(f".//*[contains(@class, 'fs-origin-{code}')]") for one in parts):
            mark = _element("span", LABELS[code], f"fs-origin fs-origin-{code}")
            mark.tail = f" {MEANS[code]}"
            listed.append(_within(_element("li"), mark))
    return _within(cover, listed, _element("p", ON_THE_NET), _imprint(publication))


def _imprint(publication: Publication) -> Any:
    words = publication.as_values()
    known = {
        "Udgiver": words["publisher"],
        "Tallene er gjort op": words["date_words"],
        "Håndbogens udgave": __version__,
        "Håndbogens adresse": words["address"],
    }
    listed = _element("dl", kind="paper-imprint")
    for name, value in known.items():
        if value:
            _within(listed, _within(_element("div"), _element("dt", name), _element("dd", value)))
    return listed


def _entry(section: Any) -> Entry:
    """A section of the document with those below it, as the contents name them."""
    inner = section if section.xpath("./h1") else section.xpath("./section")[0]
    below = [Entry(one.get("id"), _words(one.find("h2"))) for one in inner.xpath("./section[h2]")]
    return Entry(section.get("id"), _words(section.xpath(".//h1")[0]), below)


def _words(heading: Any) -> str:
    return " ".join(heading.text_content().split())


def _contents(entries: Sequence[Entry]) -> Any:
    contents = _element("section", kind="paper-contents prose", id=CONTENTS)
    return _within(contents, _element("h1", "Indhold"), _listed(entries))


def _listed(entries: Sequence[Entry]) -> Any:
    listed = _element("ol")
    for one in entries:
        link = _element("a", href=f"#{one.key}")
        words = _element("span", one.title, "paper-entry")
        words.tail = " "
        item = _within(_element("li"), _within(link, words, page_number(one.key)))
        if one.below:
            item.append(_listed(one.below))
        listed.append(item)
    return listed


def _appendix(parts: Sequence[Part]) -> Any:
    """The numbers behind the figures, chapter by chapter."""
    appendix = _element("section", kind="paper-appendix prose", id=NUMBERS)
    _within(appendix, _element("h1", "Bilag: Tallene bag figurerne"))
    appendix.append(_element("p", "Figurerne har de samme numre som i kapitlerne.", "fs-lead"))
    for part in parts:
        if part.tables:
            appendix.append(
                _within(_element("section", id=f"{NUMBERS}{APART}{part.name}"), *_of(part))
            )
    return appendix


def _of(part: Part) -> Iterator[Any]:
    yield _element("h2", _words(part.element.xpath(".//h1")[0]))
    for table in part.tables:
        section = _element("section", kind="paper-table", id=table.key)
        back = on_page("paper-back", table.figure, "Figuren")
        yield _within(section, _element("h3", table.title), back, table.element)
