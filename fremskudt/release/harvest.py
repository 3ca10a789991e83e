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
    tables: list[TableFound] = []
    texts: list[TextFound] = []
    faults: list[str] = []
    papers: list[tuple[str, Paper]] = []
    for path in sorted(path for path in site.rglob("*") if path.is_file()):
        name = path.relative_to(site).as_posix()
        if path.suffix.lower() in (*NUMBER_FILES, PAPER):
            try:
                if path.suffix.lower() == PAPER:
                    papers.append((name, read_paper(path)))
                    texts.append(TextFound(name, _seen(papers[-1][1].words)))
                    continue
                found, words = NUMBER_FILES[path.suffix.lower()](path)
            except NotUnderstood:
                faults.append(f"{name} er en fil, som kontrollen ikke kan læse.")
                continue
            tables += [TableFound(table, name, rows) for table, rows in found]
            texts.append(TextFound(name, _seen(words)))
            continue
        if path.suffix.lower() not in TEXT_FILES:
            if path.suffix.lower() not in MUTE_FILES:
                faults.append(f"{name} er en fil, som kontrollen ikke kan læse.")
            continue
        raw = path.read_text(encoding="utf-8", errors="replace")
        parts = list(_notebook(raw)) if path.suffix == ".ipynb" else [raw]
        before = len(tables)
        for part in parts:
            tables += _tables(part, name)
        if sum(len(ANY_DOWNLOAD.findall(part)) for part in parts) > len(tables) - before:
            faults.append(f"{name} rummer en fil, der ikke hører til en figur.")
        texts.append(TextFound(name, " \n ".join(_plain(part) for part in parts)))
    return Harvest(tuple(tables), tuple(texts), tuple(faults), tuple(papers))


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
