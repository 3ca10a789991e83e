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
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import html as parser

TEXT_FILES = {".html", ".ipynb", ".md", ".txt", ".js", ".json", ".csv", ".svg", ".xml"}
FIGURE = re.compile(r'<figure\b[^>]*\bdata-table="([^"]+)"[^>]*>(.*?)</figure>', re.DOTALL)
DOWNLOAD = re.compile(r'href="data:text/csv;charset=utf-8;base64,([A-Za-z0-9+/=]+)"')
TAG = re.compile(r"<[^>]+>")
NAMES = re.compile(r'\b(?:aria-label|alt|title|content|summary)="([^"]*)"')
SPACES = re.compile(r"[\s\u00a0\u202f]+")


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
    tables: tuple[TableFound, ...]
    texts: tuple[TextFound, ...]


def harvest(site: Path) -> Harvest:
    """All that can be read in a site's folder."""
    tables: list[TableFound] = []
    texts: list[TextFound] = []
    for path in sorted(site.rglob("*")):
        if path.suffix not in TEXT_FILES or not path.is_file():
            continue
        name = path.relative_to(site).as_posix()
        raw = path.read_text(encoding="utf-8", errors="replace")
        parts = list(_notebook(raw)) if path.suffix == ".ipynb" else [raw]
        for part in parts:
            tables += _tables(part, name)
        texts.append(TextFound(name, " \n ".join(_plain(part) for part in parts)))
    return Harvest(tuple(tables), tuple(texts))


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
        return SPACES.sub(" ", raw)
    said = " . ".join(NAMES.findall(raw))
    text = f"{TAG.sub(' ', raw)} . {said}"
    return SPACES.sub(" ", parser.fromstring(f"<p>{text}</p>").text_content())
