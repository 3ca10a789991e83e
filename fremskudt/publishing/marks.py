"""The mark beside an executed notebook: what it was made from, and what it holds.

The mark is written after the notebook and holds the notebook's hash. Whatever moment a run is
stopped at, a notebook either agrees with its mark or is recognised as due.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from fremskudt.publishing.inputs import Inputs
from fremskudt.publishing.templates import Chapter
from fremskudt.publishing.writing import put_file, write_settled
from fremskudt.workspace import Workspace


@dataclass(frozen=True)
class Mark:
    """The inputs of the last run, and whether the notebook is the one that it left."""

    inputs: Inputs
    is_whole: bool


def mark_path(chapter: Chapter, workspace: Workspace) -> Path:
    return chapter.executed(workspace).with_suffix(".fingerprint")


def read_mark(chapter: Chapter, workspace: Workspace) -> Mark | None:
    """The mark of a chapter's last run; None when there is no notebook or no mark to read."""
    try:
        held = hashlib.sha256(chapter.executed(workspace).read_bytes()).hexdigest()
        text = mark_path(chapter, workspace).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    try:
        mark = json.loads(text)
        inputs = {str(name): str(value) for name, value in mark["inputs"].items()}
        return Mark(inputs, mark["notebook"] == held)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None  # torn, or of a version that wrote marks in another way


def keep(
    made: Path, chapter: Chapter, workspace: Workspace, inputs: Inputs | None, scratch: Path
) -> None:
    """Put an executed notebook and its mark in place; without inputs it gets no mark."""
    held = hashlib.sha256(made.read_bytes()).hexdigest()
    put_file(made, chapter.executed(workspace))
    mark = mark_path(chapter, workspace)
    if inputs is None:
        mark.unlink(missing_ok=True)
        return
    fresh = scratch / f"{chapter.slug}-{mark.name}"
    text = json.dumps({"inputs": inputs, "notebook": held}, indent=1, sort_keys=True)
    write_settled(fresh, text + "\n")
    put_file(fresh, mark)
