"""Read a built site as an intruder would: every table, phrase and word of every file.

Pages, the notebooks and their sources, and the files that lie inside them are read alike. What is
found is text; nothing here knows what the numbers should be.
"""

import base64
import binascii
import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import html as parser

from fremskudt.publishing.manifest import NAME as MANIFEST
from fremskudt.publishing.manifest_file import Unfit
from fremskudt.release import archive
from fremskudt.release.manifests import read_and_compare
from fremskudt.release.papers import Paper, read_paper
from fremskudt.release.spreadsheets import NotUnderstood, Row, read_csv, read_workbook

TEXT_FILES = {
    *(".html", ".htm", ".ipynb", ".md", ".txt", ".js", ".json", ".svg", ".xml", ".css"),
    *(".map", ".webmanifest", ".nojekyll", ""),
}
# Pictures and typefaces of the book itself, and Sphinx' list of its pages' names.
MUTE_FILES = {".png", ".jpg", ".ico", ".woff2", ".woff", ".ttf", ".inv", ".gif"}
FIGURE = re.compile(r'<figure\b[^>]*\bdata-table="([^"]+)"[^>]*>(.*?)</figure>', re.DOTALL)
DOWNLOAD = re.compile(r'href="data:text/csv;charset=utf-8;base64,([A-Za-z0-9+/=]+)"')
TAG = re.compile(r"<[^>]+>")
ANY_DOWNLOAD = re.compile(r"data:(?:text/csv|application/)")
# What is said in an attribute or a comment; addresses and drawings' paths are no words.
SAID = re.compile(
    r"""\b(?:aria-[a-z]+|alt|title|content|summary|value|placeholder|srcdoc|data-[a-z-]+)\s*=\s*"""
    r"""(?:"([^"]*)"|'([^']*)')|<!--(.*?)-->""",
    re.DOTALL,
)
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
SPACES = re.compile(r"[\s\u00a0\u202f]+")
PAPER = ".pdf"
NOT_READ = "er en fil, som kontrollen ikke kan læse."
Tables = Sequence[tuple[str, tuple[Row, ...]]]


@dataclass(frozen=True)
class TableFound:
    """The numbers of a figure: the table's name, where it stands, and the rows of its file."""

    name: str
    file: str
    rows: tuple[dict[str, str], ...]


@dataclass(frozen=True)
class TextFound:
    """What a file says, as plain text: its words, its tables, its text alternatives."""

    file: str
    text: str


@dataclass(frozen=True)
class Harvest:
    """What a site says: tables, texts, PDF files by their addresses, and what cannot be read."""

    tables: tuple[TableFound, ...]
    texts: tuple[TextFound, ...]
    faults: tuple[str, ...] = ()
    papers: tuple[tuple[str, Paper], ...] = ()


def harvest(site: Path) -> Harvest:
    """All that can be read in a site's folder; files that cannot be read are faults."""
    found = [
        _read(path, path.relative_to(site).as_posix())
        for path in sorted(path for path in site.rglob("*") if path.is_file())
    ]
    return Harvest(
        tuple(table for one in found for table in one.tables),
        tuple(text for one in found for text in one.texts),
        tuple(fault for one in found for fault in one.faults),
        tuple(paper for one in found for paper in one.papers),
    )


def _read(path: Path, name: str) -> Harvest:
    """What one file says; `name` is its address in the site."""
    suffix = path.suffix.lower()
    try:
        if path.name == archive.NAME:
            return _archive(path, name)
        if path.name == MANIFEST:
            return _manifest(path, name)
        if suffix in NUMBER_FILES:
            return _numbers(path, name)
        if suffix == PAPER:
            return _paper(path, name)
    except (NotUnderstood, Unfit):
        return Harvest((), (), (f"{name} {NOT_READ}",))
    if suffix in TEXT_FILES:
        return _page(path, name)
    return Harvest((), (), () if suffix in MUTE_FILES else (f"{name} {NOT_READ}",))


def _archive(path: Path, name: str) -> Harvest:
    same = archive.is_packed(path, path.parent)
    return Harvest((), (), () if same else (f"{name} rummer andet end siden selv.",))


def _manifest(path: Path, name: str) -> Harvest:
    said, differing = read_and_compare(path, name)
    texts = tuple(TextFound(file, _plain(words)) for file, words in said.items())
    return Harvest((), texts, tuple(differing))


def _numbers(path: Path, name: str) -> Harvest:
    tables, words = NUMBER_FILES[path.suffix.lower()](path)
    found = tuple(TableFound(table, name, rows) for table, rows in tables)
    return Harvest(found, (TextFound(name, _seen(words)),))


def _paper(path: Path, name: str) -> Harvest:
    paper = read_paper(path)
    return Harvest((), (TextFound(name, _seen(paper.words)),), papers=((name, paper),))


def _page(path: Path, name: str) -> Harvest:
    raw = path.read_text(encoding="utf-8", errors="replace")
    parts = list(_notebook(raw)) if path.suffix == ".ipynb" else [raw]
    tables = tuple(table for part in parts for table in _tables(part, name))
    downloads = sum(len(ANY_DOWNLOAD.findall(part)) for part in parts)
    stray = f"{name} rummer en fil, der ikke hører til en figur."
    text = TextFound(name, " \n ".join(_plain(part) for part in parts))
    return Harvest(tables, (text,), (stray,) if downloads > len(tables) else ())


def _csv_file(path: Path) -> tuple[Tables, str]:
    text = path.read_text(encoding="utf-8", errors="replace")
    return read_csv(text), text


def _workbook(path: Path) -> tuple[Tables, str]:
    found = read_workbook(path)
    return found.tables, found.words


# Files of numbers, which stand beside the pages; older releases hold theirs in the pages.
NUMBER_FILES: dict[str, Callable[[Path], tuple[Tables, str]]] = {
    ".csv": _csv_file,
    ".xlsx": _workbook,
}


def _notebook(raw: str) -> Iterator[str]:
    """The text of a notebook's cells and outputs, each as it was written."""
    for cell in json.loads(raw).get("cells", []):
        yield _joined(cell.get("source", ""))
        for output in cell.get("outputs", []):
            for content in output.get("data", {}).values():
                yield content if isinstance(content, str) else _joined(content)
            yield _joined(output.get("text", ""))


def _joined(text: Any) -> str:
    if isinstance(text, str):
        return text
    return "".join(text) if isinstance(text, list) else json.dumps(text, ensure_ascii=False)


def _tables(raw: str, file: str) -> Iterator[TableFound]:
    for name, inside in FIGURE.findall(raw):
        for encoded in DOWNLOAD.findall(inside):
            yield TableFound(name, file, tuple(_csv(encoded)))


def _csv(encoded: str) -> Sequence[dict[str, str]]:
    try:
        text = base64.b64decode(encoded, validate=True).decode("utf-8-sig")
    except (binascii.Error, UnicodeDecodeError) as error:
        raise ValueError("a download of the site cannot be read") from error
    rows: list[dict[str, str]] = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    return rows


def _plain(raw: str) -> str:
    """The words of HTML or Markdown, with the names that only a screen reader says."""
    if "<" not in raw:
        return _seen(raw)
    said = " . ".join(part for found in SAID.findall(raw) for part in found if part)
    text = f"{TAG.sub(' ', raw)} . {said}"
    return _seen(parser.fromstring(f"<p>{text}</p>").text_content())


def _seen(words: str) -> str:
    """Words as they look: nothing between them that is not seen, and one kind of space."""
    return SPACES.sub(" ", UNSEEN.sub("", words))
