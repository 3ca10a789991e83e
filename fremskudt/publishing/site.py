"""The whole site: chapters and book, each only where something has changed.

The builder of the book begins while the chapters run, and has imported what it needs when they are
done.
"""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from fremskudt.publishing.book import Builder, book_causes, compile_book
from fremskudt.workspace import Workspace

if TYPE_CHECKING:
    from fremskudt.paper.making import Press


def press(pdf: bool, say: Callable[[str], None]) -> "Press | None":
    """What prints PDF files, where they are wanted and there is a browser for it."""
    if not pdf:
        return None
    # A site without PDF files is made without what reads and prints them.
    from fremskudt.paper.making import set_up

    return set_up(say)


class Site:
    """The site of an output folder, made in two steps, with PDF files where there is a `press`;
    `close` ends a builder that was begun."""

    def __init__(
        self,
        workspace: Workspace,
        slugs: Sequence[str],
        force: bool = False,
        press: "Press | None" = None,
    ) -> None:
        self.workspace, self.slugs, self.force, self.press = workspace, slugs, force, press
        self._begun = ExitStack()
        self._builder: Builder | None = None

    def __enter__(self) -> "Site":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the builder, if one was begun."""
        self._begun.close()

    def begin_book(self) -> None:
        """Let the builder import what it needs, unless it has begun: chapters are being run, so the
        book will be due."""
        if self._builder is None:
            self._builder = self._begun.enter_context(Builder(self.workspace, self.press))

    def compile(self) -> Path:
        """Compile the book if it is due; returns the site's folder. Raises `BookFailed` and
        `CannotWrite`."""
        if self._builder is None:
            return compile_book(self.workspace, self.slugs, self.force, self.press)
        if not self.force and not book_causes(self.workspace, self.slugs, self.press):
            return self.workspace.site  # the chapters came out as they were
        return self._builder.compile(self.slugs, self.force)
