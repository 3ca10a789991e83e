"""A site's PDF files, read back: paper says nothing that the municipality's own pages do not.

Every word of a document is read, also what only a screen reader says, and it is read as pages are.
Beside that, each of its numbers must stand on the municipality's pages: those are held against the
data, and a number that is only on paper would be held against nothing.
"""

import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ByteStringObject, DictionaryObject, IndirectObject, TextStringObject

from fremskudt.release.spreadsheets import NotUnderstood

NUMBER = re.compile(r"\d[\d.,]*\d|\d")
# What a document needs and says to nobody: the names of its parts, addresses, when it was made.
UNSAID = re.compile(r"node\d+|https?://\S*|D:\d{8}000000\+00'00'")
# What may hold words or numbers that are not read here.
REFUSED = {"/EmbeddedFile", "/Filespec", "/Metadata", "/Image", "/Widget", "/FileAttachment"}
NOT_IN_CATALOG = ("/AcroForm", "/Names", "/OpenAction", "/AA", "/Metadata", "/Collection")
BROKEN = (
    *(PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError),
    *(NotImplementedError, RecursionError, OSError, zlib.error),
)
WORD = re.compile(r"[^\W\d_]")


@dataclass(frozen=True)
class Paper:
    """What a document says, and each of its numbers with the page that it is on; 0 for what is
    said of it as a whole. Page numbers are left out: a page's own, and those that it refers to."""

    words: str
    numbers: Sequence[tuple[int, str]]


def read_paper(path: Path) -> Paper:
    """Read a PDF file. Raises `NotUnderstood` where it is none, or holds what cannot be read."""
    try:
        reader = PdfReader(path)
        said = [text for text in _strings(reader) if not UNSAID.fullmatch(text)]
        pages = [_text(page) for page in reader.pages]
        named = [_named(reader, place) for place in range(len(reader.pages))]
    except BROKEN as error:
        raise NotUnderstood from error
    numbers = [(0, number) for text in said for number in numbers_in(text)]
    for place, (text, allowed) in enumerate(zip(pages, named, strict=True), start=1):
        # Every number as often as it stands there, less the page numbers.
        numbers += [(place, one) for one in (Counter(numbers_in(text)) - allowed).elements()]
    return Paper(" . ".join([*map(_joined, pages), *said]), numbers)


def numbers_in(text: str) -> list[str]:
    """Every number of a text, as it is written."""
    return NUMBER.findall(text)


def strange_numbers(paper: Paper, pages: Iterable[str]) -> list[int]:
    """The pages of a document with a number that none of these texts has."""
    known = {number for text in pages for number in numbers_in(text)}
    return sorted({place for place, number in paper.numbers if number not in known})


def _text(page: PageObject) -> str:
    """The words of a page, line by line; what goes back on a line begins anew."""
    parts: list[str] = []
    before: tuple[object, float] = (None, 0.0)

    def hear(text: str, around: Any, own: Any, *_: object) -> None:
        nonlocal before
        line, across = (around[5], own[5]), float(own[4])
        if line != before[0]:
            parts.append("\n")
        elif across < before[1]:
            parts.append(" ")
        if text.strip():
            before = line, across
        parts.append(text)

    page.extract_text(visitor_text=hear)
    return "".join(parts)


def _joined(text: str) -> str:
    """Lines as sentences go on from one to the next; labels and numbers of a chart stay apart."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    whole = ""
    for line in lines:
        goes_on = whole and WORD.search(whole.rpartition(" . ")[2]) and not line[0].isupper()
        whole += f" {line}" if goes_on else f" . {line}"
    return whole.removeprefix(" . ")


def _named(reader: PdfReader, place: int) -> Counter[str]:
    """The page numbers that a page may say: its own, and of each page that its links lead to."""
    allowed = Counter([str(place + 1)])
    for one in reader.pages[place].get("/Annots", ()):
        target = reader.named_destinations.get(str(one.get_object().get("/Dest", "")))
        if target is not None:
            number = reader.get_destination_page_number(target)
            allowed[str((number or 0) + 1)] += 1
    return allowed


def _strings(reader: PdfReader) -> Iterator[str]:
    """Every string of a document outside its pages: alternatives, titles, bookmarks, whatever."""
    if reader.is_encrypted or any(name in reader.root_object for name in NOT_IN_CATALOG):
        raise NotUnderstood
    yield from _within(reader.trailer.get("/Info", DictionaryObject()).get_object())
    size: Any = reader.trailer["/Size"]
    for number in range(1, size):
        # A number that is not in use is none of the document's.
        if any(number in table for table in reader.xref.values()):
            yield from _within(reader.get_object(number))


def _within(one: Any) -> Iterator[str]:
    if isinstance(one, TextStringObject):
        yield str(one)
    elif isinstance(one, ByteStringObject):
        yield bytes(one).decode("latin-1")
    elif isinstance(one, DictionaryObject):
        if {str(one.get("/Type")), str(one.get("/Subtype"))} & REFUSED or "/JS" in one:
            raise NotUnderstood
        yield from _of_all(one.values())
    elif isinstance(one, list):
        yield from _of_all(one)


def _of_all(values: Iterable[Any]) -> Iterator[str]:
    for value in values:
        if not isinstance(value, IndirectObject):
            yield from _within(value)
