"""An executed notebook becomes a page: prose turns into Markdown, code steps back.

Computed prose is a cell's `text/markdown` output. On the page it is a Markdown cell of its
own, so that headings make the page's outline and the search finds the words. Cells tagged "live"
make sense only where something runs, and are left out.
"""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fremskudt.publishing.figure_files import Numbers, numbered, numbers_in, with_files

LIVE = "live"
HTML = "text/html"


@dataclass(frozen=True)
class Frame:
    """Markdown that a page has around what its notebook says: beneath the title, and last."""

    beneath_title: str
    at_end: str


def as_page(notebook: dict[str, Any], frame: Frame | None = None) -> dict[str, Any]:
    """The page of an executed notebook; the notebook itself is left as it is. The first cell that
    is shown holds the title."""
    cells = [page_cell for cell in notebook["cells"] for page_cell in _page_cells(cell)]
    if frame:
        cells.insert(1, _markdown("beneath-title", frame.beneath_title))
        cells.append(_markdown("at-end", frame.at_end))
    return {**notebook, "cells": cells}


def write_page(executed: Path, target: Path, document: str, frame: Frame | None = None) -> None:
    """Write the page of an executed notebook; `document` is its address in the book."""
    notebook = json.loads(executed.read_text(encoding="utf-8"))
    page = numbered_page(as_page(notebook, frame))
    page = _with_html(page, lambda html: with_files(html, document))
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(
        json.dumps(page, ensure_ascii=False, indent=1, sort_keys=True) + "\n",
        encoding="utf-8",
        newline="\n",
    )


def numbered_page(page: dict[str, Any]) -> dict[str, Any]:
    """A page whose figures and tables have numbers."""
    counts: Counter[str] = Counter()
    return _with_html(page, lambda html: numbered(html, counts))


def _with_html(page: dict[str, Any], change: Callable[[str], str]) -> dict[str, Any]:
    """The page with every piece of HTML that its cells have put out changed."""
    return {**page, "cells": [_cell_with_html(cell, change) for cell in page["cells"]]}


def _cell_with_html(cell: dict[str, Any], change: Callable[[str], str]) -> dict[str, Any]:
    if "outputs" not in cell:
        return cell
    outputs = []
    for output in cell["outputs"]:
        data = output.get("data", {})
        if HTML in data:
            data = {**data, HTML: change("".join(data[HTML])).splitlines(keepends=True)}
            output = {**output, "data": data}
        outputs.append(output)
    return {**cell, "outputs": outputs}


def figures_of(notebook: dict[str, Any]) -> list[Numbers]:
    """The numbers of the figures that a notebook's page shows."""
    found: list[Numbers] = []
    for cell in numbered_page(as_page(notebook))["cells"]:
        for output in cell.get("outputs", ()):
            html = "".join(output.get("data", {}).get(HTML, ""))
            found += numbers_in(html)
    return found


def _page_cells(cell: dict[str, Any]) -> list[dict[str, Any]]:
    if LIVE in cell["metadata"].get("tags", ()):
        return []
    if cell["cell_type"] != "code":
        return [cell]
    outputs = [output for output in cell["outputs"] if "data" in output]
    if not outputs:
        return []
    prose = prose_of(cell)
    if len(prose) == len(outputs):
        return [_markdown(cell["id"], "\n\n".join(prose))]
    return [{**cell, "metadata": {"tags": ["remove-input"]}}]


def _markdown(name: str, source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "id": name, "metadata": {}, "source": source}


def prose_of(cell: dict[str, Any]) -> list[str]:
    """The computed prose of an executed code cell, in Markdown."""
    found = [output.get("data", {}).get("text/markdown") for output in cell["outputs"]]
    return ["".join(text) for text in found if text is not None]
