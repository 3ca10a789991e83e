"""An executed notebook becomes a page: prose turns into Markdown, code steps back.

Computed prose is a cell's `text/markdown` output. On the page it is a Markdown cell of its
own, so that headings make the page's outline and the search finds the words. Cells tagged "live"
make sense only where something runs, and are left out.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LIVE = "live"


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


def write_page(executed: Path, target: Path, frame: Frame | None = None) -> None:
    """Write the page of an executed notebook."""
    page = as_page(json.loads(executed.read_text(encoding="utf-8")), frame)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(
        json.dumps(page, ensure_ascii=False, indent=1, sort_keys=True) + "\n",
        encoding="utf-8",
        newline="\n",
    )


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
