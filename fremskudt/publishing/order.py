"""What the process that compiles the book is told to do."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from fremskudt.workspace import Workspace

KEPT, PAPER = "book", "paper"  # what is kept of the book, and of the PDF files
SOURCE, KNOWN = "source", "known"


@dataclass(frozen=True)
class Order:
    """A book to compile: its workspace and municipalities, a folder for the finished site, and the
    documents that have changed since the book was last compiled; None when everything is made anew.
    `has_paper` says that every municipality's chapters will also be there as a PDF.
    """

    workspace: Workspace
    slugs: tuple[str, ...]
    folder: Path
    changed: tuple[str, ...] | None
    has_paper: bool = False

    @property
    def kept(self) -> Path:
        """What is kept between compilations; always in the same place, for Sphinx knows it."""
        return self.workspace.output / KEPT

    @property
    def stage(self) -> Path:
        """The book's source folder."""
        return self.kept / SOURCE

    @property
    def known(self) -> Path:
        """What Sphinx knows of the sources."""
        return self.kept / KNOWN

    @property
    def site(self) -> Path:
        """The finished site."""
        return self.folder / "html"

    def as_line(self) -> str:
        space = self.workspace
        folders = [str(one) for one in (space.handbook, space.data, space.output, self.folder)]
        return json.dumps([folders, self.slugs, self.changed, self.has_paper]) + "\n"

    @classmethod
    def read(cls, line: str) -> Self:
        folders, slugs, changed, has_paper = json.loads(line)
        *space, folder = map(Path, folders)
        return cls(Workspace(*space), tuple(slugs), folder, _listed(changed), has_paper)


def _listed(names: Sequence[str] | None) -> tuple[str, ...] | None:
    return None if names is None else tuple(names)
