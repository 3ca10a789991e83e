"""What the book rests on, and why it is compiled again.

A document is a page with a source of its own, by its address in the book without suffix: a page in
Markdown, or an executed chapter. All else that pages rest on are parts, which concern every page.
Both are known by hashes over relative names and contents, so that a folder may be moved.
"""

import hashlib
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from fremskudt.errors import BookFailed
from fremskudt.publishing.history import history_folder
from fremskudt.publishing.publication import publication_file
from fremskudt.publishing.templates import chapters
from fremskudt.workspace import HANDBOOK, Workspace

# In the order in which they are told.
PARTS = {
    "package": "håndbogens program er ændret",
    "environment": "Python eller de låste pakker er ændret",
    "frame": "bogens opsætning, udseende eller billeder er ændret",
    "words": "bogens ord, de fælles data eller kursets tekster er ændret",
    "publication": "det, site.yml siger om siden, er ændret",
    "history": "de tidligere udgivelser er andre",
    "contents": "bogen dækker andre kommuner",
    "paper": "siden skal have PDF-filer, skal ikke længere have dem, eller browseren er en anden",
}
TOLD_APART = 5  # more changed documents than this are counted


@dataclass(frozen=True)
class BookInputs:
    """The hashes of what every page rests on, by part, and of each document, by its address."""

    parts: dict[str, str]
    documents: dict[str, str]


def documents(workspace: Workspace, slugs: Sequence[str]) -> dict[str, Path]:
    """Every document and the file that it is made from.

    Raises `BookFailed` when a chapter has not been run.
    """
    executed = {}
    for chapter in chapters(slugs):
        path = executed[chapter.document] = chapter.executed(workspace)
        if not path.is_file():
            raise BookFailed(
                f"Kapitlet {chapter.label} er ikke kørt endnu. Kør «fremskudt run» først."
            )
    return _written(workspace) | executed


def addresses(workspace: Workspace, slugs: Sequence[str]) -> set[str]:
    """The addresses of all documents, whether or not their chapters have been run."""
    return {*_written(workspace), *(one.document for one in chapters(slugs))}


def _written(workspace: Workspace) -> dict[str, Path]:
    return {page.stem: page for page in sorted((workspace.handbook / "book").glob("*.md"))}


def book_inputs(workspace: Workspace, slugs: Sequence[str], paper: str = "") -> BookInputs:
    """What a book of these municipalities rests on now; `paper` tells what prints their PDF files,
    where there are any. Raises `BookFailed` when a chapter has not been run."""
    sources = documents(workspace, slugs)
    chosen = {"contents": _hash(" ".join(slugs).encode()), "paper": _hash(paper.encode())}
    return BookInputs(
        {**common_parts(workspace), **chosen},
        {name: _hash(path.read_bytes()) for name, path in sources.items()},
    )


def common_parts(workspace: Workspace) -> dict[str, str]:
    """The parts that are the same whatever municipalities the book has, and with PDF files and
    without."""
    book, words, training = workspace.handbook / "book", HANDBOOK / "book", HANDBOOK / "notebooks"
    python = f"{sys.version_info[0]}.{sys.version_info[1]}".encode()
    return {
        "package": _together(HANDBOOK / "fremskudt"),
        "environment": _hash(python + (HANDBOOK / "requirements.txt").read_bytes()),
        "frame": _together(workspace.handbook / "_config.yml", book, keep=_is_frame),
        "words": _together(
            words / "_data", HANDBOOK / "data" / "reference", training / "training", keep=_is_data
        ),
        "publication": _together(publication_file(workspace.data)),
        "history": _together(history_folder(workspace.data)),
    }


def causes(before: BookInputs, now: BookInputs) -> tuple[str, ...]:
    """What has changed between two compilations, in Danish."""
    common = [words for name, words in PARTS.items() if before.parts.get(name) != now.parts[name]]
    changed = changed_documents(before, now)
    if len(changed) > TOLD_APART:
        return (*common, f"{len(changed)} sider er ændret")
    return (*common, *(f"siden {name} er ændret" for name in changed))


def changed_documents(before: BookInputs, now: BookInputs) -> list[str]:
    """The documents that are new or not what they were."""
    return [name for name, value in now.documents.items() if before.documents.get(name) != value]


def is_only_documents(before: BookInputs, now: BookInputs) -> bool:
    """Whether nothing differs but what single documents say."""
    return before.parts == now.parts and before.documents.keys() == now.documents.keys()


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _together(*paths: Path, keep: Callable[[Path], bool] = lambda _: True) -> str:
    """One hash of files, and of the names and contents of folders' files."""
    whole = hashlib.sha256()
    for path in paths:
        for name, file in _files(path):
            if keep(Path(name)):
                whole.update(f"{name} {_hash(file.read_bytes())}\n".encode())
    return whole.hexdigest()


def _files(path: Path) -> Iterator[tuple[str, Path]]:
    """A file, or the files below a folder, with their relative names; hidden ones are left out."""
    if path.is_file():
        yield path.name, path
        return
    for file in sorted(path.rglob("*")):
        name = file.relative_to(path)
        if file.is_file() and not any(one.startswith((".", "~$", "__pyc")) for one in name.parts):
            yield name.as_posix(), file


def _is_frame(name: Path) -> bool:
    """Of the folder book/: what is staged and is no document."""
    return name.parts[0] not in ("kommuner", "_data") and (name.suffix, len(name.parts)) != (
        ".md",
        1,
    )


def _is_data(name: Path) -> bool:
    return name.suffix != ".ipynb"
