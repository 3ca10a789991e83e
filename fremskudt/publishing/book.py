"""Compile the book beside the old one, and put it in its place only when it is whole.

A book that stands as its sources make it is left alone; where only some documents have changed,
only their pages are made. Either way the site is the one that compiling everything would give.
"""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from fremskudt.errors import BookFailed
from fremskudt.publishing.book_inputs import (
    BookInputs,
    book_inputs,
    causes,
    changed_documents,
    common_parts,
    is_only_documents,
)
from fremskudt.publishing.book_mark import (
    kept_signature,
    mark_path,
    read_mark,
    write_mark,
)
from fremskudt.publishing.order import Order
from fremskudt.publishing.signatures import signature
from fremskudt.publishing.turns import scratch_folder
from fremskudt.publishing.writing import NO_ROOM_WORDS, no_room, put_folder, settle, writing_to
from fremskudt.workspace import Workspace

if TYPE_CHECKING:
    from fremskudt.paper.making import Press

# The build must not depend on the day or on the order of a hash.
STEADY = {"SOURCE_DATE_EPOCH": "1417392000", "PYTHONHASHSEED": "0"}
# rfc3987_syntax checks web addresses for JupyterLab; loading it takes longer than Sphinx.
BUILDER = """\
import sys
sys.modules["rfc3987_syntax"] = None
from fremskudt.publishing.compiler import main
main()
"""
# Of what is kept, the files that are read again; a page that changes is staged and read anew.
RELIED_ON = ("environment.pickle", "index.doctree")
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
FAULT = re.compile(r"\b(?:WARNING|ERROR|CRITICAL|Exception)\b")


def book_causes(
    workspace: Workspace, slugs: Sequence[str], press: "Press | None" = None
) -> tuple[str, ...]:
    """Why the book must be compiled, in Danish; empty when it stands as its sources make it.

    Raises `BookFailed` when a chapter has not been run.
    """
    return _causes(workspace, book_inputs(workspace, slugs, _paper(press)))


def _paper(press: "Press | None") -> str:
    return press.mark if press else ""


def compile_book(
    workspace: Workspace,
    slugs: Sequence[str],
    force: bool = False,
    press: "Press | None" = None,
) -> Path:
    """Compile the site from the executed chapters if it is due, or if forced all of it, with PDF
    files where there is a `press`; returns its folder.

    Warnings are errors; the caller has the turn (`turns.turn`). Raises `BookFailed` with the
    builder's own last lines, and `CannotWrite`; the site that stood before is then untouched.
    """
    if not force and not book_causes(workspace, slugs, press):
        return workspace.site
    with Builder(workspace, press) as builder:
        return builder.compile(slugs, force)


class Builder:
    """A process that compiles the book: begun early, it imports Sphinx while the chapters run.

    It ends with the `with` block, and with our process however that ends.
    """

    def __init__(self, workspace: Workspace, press: "Press | None" = None) -> None:
        self.workspace, self.press = workspace, press

    def __enter__(self) -> Self:
        self._begun_with = common_parts(self.workspace)
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter with fixed arguments
            [sys.executable, "-c", BUILDER],
            env={**os.environ, **STEADY},
            stdin=subprocess.PIPE,  # stays open: it closes when this process ends
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
            process_group=0 if os.name == "posix" else None,
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end()
        with self._process:
            pass

    def compile(self, slugs: Sequence[str], force: bool = False) -> Path:
        """Compile the site, once; see `compile_book`."""
        workspace = self.workspace
        inputs = book_inputs(workspace, slugs, _paper(self.press))
        with writing_to(workspace.output), scratch_folder(workspace) as scratch:
            changed = None if force else _changed_alone(workspace, inputs)
            work = scratch / "work"
            order = Order(workspace, tuple(slugs), work, changed, self.press is not None)
            order.folder.mkdir()
            self._carry_out(order)
            self._print(order)
            put_folder(order.site, workspace.site)
            for relied_on in RELIED_ON:
                settle(order.known / relied_on)
            if self._is_as_begun(slugs, inputs):
                write_mark(workspace, inputs, scratch)
            else:  # nobody knows what it was made from, and the next run makes it again
                mark_path(workspace).unlink(missing_ok=True)
        return workspace.site

    def _print(self, order: Order) -> None:
        """Lay the PDF files into a site that has been compiled."""
        if self.press is None:
            return
        # A site without PDF files is made without what reads and prints them.
        from fremskudt.paper.making import lay_booklets

        scratch = order.folder / "paper"
        scratch.mkdir()
        lay_booklets(order, self.press, scratch)

    def _is_as_begun(self, slugs: Sequence[str], inputs: BookInputs) -> bool:
        parts = {**self._begun_with, **{name: inputs.parts[name] for name in ("contents", "paper")}}
        now = book_inputs(self.workspace, slugs, _paper(self.press))
        return now == inputs and inputs.parts == parts

    def _carry_out(self, order: Order) -> None:
        try:
            if self._process.stdin:
                self._process.stdin.write(order.as_line())
                self._process.stdin.flush()
        except BrokenPipeError:
            pass  # it has ended already, and has said why
        printed = self._process.stdout.read() if self._process.stdout else ""
        if self._process.wait() or not (order.site / "index.html").is_file():
            if any(words in printed for words in NO_ROOM_WORDS):
                raise no_room(order.workspace.output)
            raise BookFailed("Bogen kunne ikke oversættes:\n" + _faults(printed, order))

    def _end(self) -> None:
        """Stop the process, and those that it works in, if it has not ended."""
        if self._process.poll() is not None:
            return
        if os.name == "posix":
            os.killpg(self._process.pid, signal.SIGKILL)
        else:
            self._process.kill()


def _causes(workspace: Workspace, inputs: BookInputs) -> tuple[str, ...]:
    mark = read_mark(workspace)
    if mark is None or not workspace.site.is_dir():
        return ("ikke oversat før",)
    found = causes(mark.inputs, inputs)
    if mark.site != signature(workspace.site):
        return (*found, "siden er ændret i hånden")
    return found


def _changed_alone(workspace: Workspace, inputs: BookInputs) -> tuple[str, ...] | None:
    """The documents that have changed; None when more has, or something is not as it was left."""
    mark = read_mark(workspace)
    if (
        mark is None
        or not is_only_documents(mark.inputs, inputs)
        or mark.site != signature(workspace.site)
        or mark.kept != kept_signature(workspace)
    ):
        return None
    return tuple(changed_documents(mark.inputs, inputs))


def _faults(printed: str, order: Order) -> str:
    """What the builder has said that went wrong, else its last lines."""
    said = COLOUR.sub("", printed).replace(str(order.stage), "book")
    lines = [line for line in said.splitlines() if line.strip()]
    return "\n".join([line for line in lines if FAULT.search(line)] or lines[-20:])
