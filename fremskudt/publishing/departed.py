"""Municipalities that are no longer in the register: their chapters and PDF files go with them."""

from collections.abc import Sequence
from pathlib import Path

from fremskudt.publishing.order import PAPER
from fremskudt.publishing.templates import HOMES, TEMPLATES
from fremskudt.workspace import Workspace

SUFFIXES = (".ipynb", ".fejlet.ipynb", ".fingerprint")


def remove_departed(workspace: Workspace, slugs: Sequence[str]) -> list[Path]:
    """Remove the executed and failed notebooks, and the PDF files that are kept, of all
    municipalities but these; returns them.

    Only files that a run has written are removed, and a folder only when nothing else is in it.
    """
    present = {*slugs, *HOMES}
    removed = [
        path
        for template in TEMPLATES
        for suffix in SUFFIXES
        for path in sorted(workspace.chapters.glob(f"*/{template.name}{suffix}"))
        if path.parent.name not in present
    ]
    kept = sorted((workspace.output / PAPER).glob("*/*.pdf"))
    removed += [path for path in kept if path.parent.name not in slugs]
    for path in removed:
        path.unlink()
    for folder in {path.parent for path in removed}:
        if not any(folder.iterdir()):
            folder.rmdir()
    return removed
