"""An executed notebook becomes a page: prose turns into Markdown, code steps back.

Computed prose is a cell's `text/markdown` output. On the page it is a Markdown cell of its
own, so that headings make the page's outline and the search finds the words.
"""

import json
from pathlib import Path
from typing import Any


def as_page(notebook: dict[str, Any]) -> dict[str, Any]:
    """The page of an executed notebook; the notebook itself is left as it is."""
    cells = [page_cell for cell in notebook["cells"] for page_cell in _page_cells(cell)]
    return {**notebook, "cells": cells}


def write_page(executed: Path, target: Path) -> None:
    """Write the page of an executed notebook."""
    page = as_page(json.loads(executed.read_text(encoding="utf-8")))
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(
        json.dumps(page, ensure_ascii=False, indent=1, sort_keys=True) + "\n",
        encoding="utf-8",
        newline="\n",
    )


def _page_cells(cell: dict[str, Any]) -> list[dict[str, Any]]:
    if cell["cell_type"] != "code":
        return [cell]
    outputs = [output for output in cell["outputs"] if "data" in output]
    if not outputs:
        return []
    prose = [output["data"]["text/markdown"] for output in outputs if _is_prose(output)]
    if len(prose) == len(outputs):
        return [
            {
                "cell_type": "markdown",
                "id": cell["id"],
                "metadata": {},
                "source": "\n\n".join("".join(text) for text in prose),
            }
        ]
    return [{**cell, "metadata": {"tags": ["remove-input"]}}]


def _is_prose(output: dict[str, Any]) -> bool:
    return "text/markdown" in output["data"]
