"""The whole site: chapters and book, each only where something has changed.

The builder of the book begins while the chapters run, and has imported what it needs when they are
done.
"""

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from fremskudt.publishing.book import Builder, book_causes, compile_book
from fremskudt.workspace import Workspace


class Site:
    """The site of an output folder, made in two steps; `close` ends a builder that was begun."""

    def __init__(self, workspace: Workspace, slugs: Sequence[str], force: bool = False) -> None:
        self.workspace, self.slugs, self.force = workspace, slugs, force
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
            self._builder = self._begun.enter_context(Builder(self.workspace))

    def compile(self) -> Path:
        """Compile the book if it is due; returns the site's folder. Raises `BookFailed` and
        `CannotWrite`."""
        if self._builder is None:
            return compile_book(self.workspace, self.slugs, self.force)
        if not self.force and not book_causes(self.workspace, self.slugs):
            return self.workspace.site  # the chapters came out as they were
        return self._builder.compile(self.slugs, self.force)
