"""What the pages of a site say, for its manifest: their titles, words and figures."""

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from html import unescape
from pathlib import Path
from typing import Any

from fremskudt.publishing.deck import title_of
from fremskudt.publishing.figure_files import Numbers
from fremskudt.publishing.manifest import FigureSaid, PageSaid, line_of
from fremskudt.publishing.parts.changes import DOCUMENT as CHANGES
from fremskudt.publishing.templates import Chapter

# The columns of a figure's file that say what the figure says. The others say where the numbers
# come from, for which period and by which version; with other columns it is another format.
COMPARED = (
    *("maaling", "kommune", "gruppe", "svar", "antal", "n", "andel", "nedre", "oevre", "vaerdi"),
    *("enhed", "forloeb", "omraade", "fra_maaned", "til_maaned", "maengde", "maengdeenhed"),
    *("status", "oprindelse"),
)
HEADING = re.compile(r"^# +(.+?) *$", re.MULTILINE)
DRAWING = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
TAG = re.compile(r"<[^>]+>")


def pages_said(
    sources: Mapping[str, Path],
    chapters: Iterable[Chapter],
    found: Mapping[str, Sequence[Numbers]],
    stage: Path,
) -> dict[str, PageSaid]:
    """What the pages of some documents say, by their addresses; `found` are the figures of
    chapters, and `stage` is the book's source folder, which has the pages."""
    executed = {one.document for one in chapters}
    said = {}
    for name, path in sources.items():
        if name in executed:
            notebook = json.loads(path.read_text(encoding="utf-8"))
            said[name] = chapter_said(notebook, stage / f"{name}.ipynb", found.get(name, ()))
        elif name == CHANGES:
            said[name] = written_said(path.read_text(encoding="utf-8"))  # not what is put into it
        else:
            said[name] = written_said((stage / f"{name}.md").read_text(encoding="utf-8"))
    return said


def chapter_said(notebook: dict[str, Any], staged: Path, found: Iterable[Numbers]) -> PageSaid:
    """The page of an executed notebook, with its figures; `staged` is the page's source."""
    figures = {
        one.name: FigureSaid(
            one.number, line_of(one.title), one.anchor, digest_of_rows(one.columns, one.rows)
        )
        for one in found
    }
    page = json.loads(staged.read_text(encoding="utf-8"))
    words = " ".join(text for cell in page["cells"] for text in _words(cell))
    return PageSaid(line_of(unescape(title_of(notebook))), _hash(" ".join(words.split())), figures)


def written_said(source: str) -> PageSaid:
    """A page that is written in Markdown."""
    heading = HEADING.search(source)
    return PageSaid(line_of(heading[1]) if heading else "", _hash(" ".join(source.split())))


def digest_of_rows(columns: Iterable[str], rows: Iterable[Mapping[str, str]]) -> str:
    """The hash of what a figure's file says."""
    kept = [column for column in COMPARED if column in set(columns)]
    values = [[row[column] for column in kept] for row in rows]
    return _hash(json.dumps([kept, *values], ensure_ascii=False))


def digest_of_file(path: Path) -> str:
    """The hash of what a figure's file in a site says; empty where there is none."""
    if not path.is_file():
        return ""
    text = path.read_bytes().decode("utf-8-sig", "replace")
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=";", restval="")
    return digest_of_rows(reader.fieldnames or (), list(reader))


def _words(cell: dict[str, Any]) -> Iterable[str]:
    """The words of a page's cell, without drawings and markup."""
    if cell["cell_type"] == "markdown":
        yield "".join(cell["source"])
    for output in cell.get("outputs", ()):
        for content in output.get("data", {}).values():
            yield unescape(TAG.sub(" ", DRAWING.sub(" ", "".join(content))))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
