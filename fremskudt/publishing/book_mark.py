"""The mark beside the site: what it was compiled from, and which files it then had.

The mark is written last. Whatever moment a run is stopped at, and whatever is changed or removed by
hand, either everything agrees with the mark or the book is due.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from fremskudt.publishing.book_inputs import BookInputs
from fremskudt.publishing.order import KEPT, KNOWN, SOURCE
from fremskudt.publishing.signatures import signature
from fremskudt.publishing.writing import put_file, write_settled
from fremskudt.workspace import Workspace

NAME = "book.fingerprint"


@dataclass(frozen=True)
class BookMark:
    """The inputs of the last compilation, and the files of the site, and of what is kept for the
    next compilation, that it left."""

    inputs: BookInputs
    site: str
    kept: str


def mark_path(workspace: Workspace) -> Path:
    return workspace.output / NAME


def read_mark(workspace: Workspace) -> BookMark | None:
    """The mark of the last compilation; None when there is none that can be read."""
    try:
        read = json.loads(mark_path(workspace).read_text(encoding="utf-8"))
        inputs = BookInputs(dict(read["inputs"]["parts"]), dict(read["inputs"]["documents"]))
        return BookMark(inputs, str(read["site"]), str(read["kept"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None  # none, torn, or of a version that wrote marks in another way


def write_mark(workspace: Workspace, inputs: BookInputs, scratch: Path) -> None:
    """Mark the site and what is kept as made from these inputs."""
    mark = BookMark(inputs, signature(workspace.site), kept_signature(workspace))
    fresh = scratch / NAME
    write_settled(fresh, json.dumps(asdict(mark), indent=1, sort_keys=True) + "\n")
    put_file(fresh, mark_path(workspace))


def kept_signature(workspace: Workspace) -> str:
    """The signatures of what is kept between compilations."""
    kept = workspace.output / KEPT
    return " ".join(signature(kept / name) for name in (SOURCE, KNOWN))
