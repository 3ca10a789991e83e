"""Jupyter Book's configuration and Sphinx' builder, in a process that `book.Builder` starts.

The process imports all that a compilation needs, waits for an order on its input, carries it out
and ends. Its input stays open; when that closes, who began it is gone, and it ends too.
"""

import gc
import os
import shutil
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path

from filelock import FileLock
from jupyter_book.config import get_final_config
from sphinx.application import Sphinx, builtin_extensions
from sphinx.environment import BuildEnvironment
from sphinx.errors import SphinxError
from sphinx.util.docutils import docutils_namespace, patch_docutils

from fremskudt.publishing.book_inputs import documents
from fremskudt.publishing.edition import Edition, edition, pages_of
from fremskudt.publishing.faces import carried, faces
from fremskudt.publishing.figure_files import Numbers
from fremskudt.publishing.manifest_file import Unfit
from fremskudt.publishing.order import Order
from fremskudt.publishing.pages_said import pages_said
from fremskudt.publishing.parts.changes import DOCUMENT as CHANGES
from fremskudt.publishing.staging import (
    is_laid_beside,
    lay_beside,
    numbers_of,
    stage_documents,
    stage_frame,
    without_dead_links,
)
from fremskudt.publishing.templates import chapters

# Imported while others still work: what the book's configuration names, and what they bring.
EXTENSIONS = (
    "jupyter_book",
    "myst_nb.sphinx_ext",
    "myst_nb.sphinx_",
    "nbconvert.exporters",
    "sphinx.builders.html",
    "sphinx.search.da",
    "sphinx_design",
    "sphinx_external_toc.events",
    "sphinxcontrib.bibtex",
)
LOCK = "lock"
BROUGHT_UP_TO_DATE = ("searchindex.js", "descriptions.js")  # files about all pages
LEFTOVERS = (".buildinfo", "reports")
SIDE_BY_SIDE = 200  # so many pages are worth several processes
# A book is many objects that all stay: looking for rubbish among them took a sixth of the time.
RUBBISH = (200_000, 20, 50)


class ShownElsewhere(SphinxError):
    """What has changed may be seen on other pages than those that have."""


class OnlyThese:
    """Has Sphinx read these pages, and no others, and sees to it that no other page shows a change.

    Raises `ShownElsewhere` from within the compilation.
    """

    def __init__(self, app: Sphinx, pages: Sequence[str]) -> None:
        self.pages = sorted(pages)
        self.before = self._shown(app.env) if self._are_known(app.env) else None
        app.connect("env-get-outdated", lambda *_: self.pages)
        app.connect("env-before-read-docs", self._check_pages)
        app.connect("env-updated", self._check_faces)

    def _are_known(self, env: BuildEnvironment) -> bool:
        return all(page in env.titles for page in self.pages)

    def _shown(self, env: BuildEnvironment) -> list[object]:
        return [carried(env), faces(env, self.pages)]

    def _check_pages(self, app: Sphinx, env: BuildEnvironment, pages: list[str]) -> None:  # noqa: ARG002 - the event's signature
        if self.before is None or sorted(pages) != self.pages:
            raise ShownElsewhere

    def _check_faces(self, app: Sphinx, env: BuildEnvironment) -> None:  # noqa: ARG002 - the event's signature
        if self._shown(env) != self.before:
            raise ShownElsewhere


def carry_out(order: Order) -> bool:
    """Compile the book into the order's folder; False when Sphinx has warned.

    The lock goes with this process and with those that Sphinx works in: none that a killed run
    has left writes into what is kept while another does.
    """
    order.kept.mkdir(exist_ok=True)
    with FileLock(order.kept / LOCK):
        return _carry_out(order)


def _carry_out(order: Order) -> bool:
    if order.changed is not None:
        try:
            return _update(order, order.changed)
        except (ShownElsewhere, Unfit):
            shutil.rmtree(order.site)
    return _make(order)


def _make(order: Order) -> bool:
    """Everything anew."""
    workspace = order.workspace
    for old in (order.stage, order.known):
        shutil.rmtree(old, ignore_errors=True)
    stage_frame(workspace, order.slugs, order.stage)
    sources = documents(workspace, order.slugs)
    stage_documents(workspace, order.slugs, order.stage, sources)
    everything = chapters(order.slugs)
    numbers = numbers_of(workspace, everything)
    now = edition(workspace, pages_said(sources, everything, numbers, order.stage))
    _stage_changes(order, now)
    side_by_side = sys.platform == "linux" and len(sources) >= SIDE_BY_SIDE
    with _laid_beside(order, numbers, apart=side_by_side):
        is_clean = _compile(order, now, jobs=(os.cpu_count() or 1) if side_by_side else 1)
    now.write(order.site)
    return is_clean


@contextmanager
def _laid_beside(
    order: Order, numbers: Mapping[str, Sequence[Numbers]], apart: bool
) -> Iterator[None]:
    """Lay files beside the pages: in a process of its own while they are compiled, or when they
    have been. Sphinx reads pages one at a time, whatever it writes at once."""
    work = (order.workspace, chapters(order.slugs), numbers, order.site)
    if not apart:
        yield
        lay_beside(*work)
        return
    process = get_context("fork").Process(target=lay_beside, args=work)
    process.start()
    try:
        yield
    finally:
        process.join()
    if process.exitcode:
        raise RuntimeError("the files beside the pages could not be laid")


def _update(order: Order, changed: Sequence[str]) -> bool:
    """Only these documents, and what tells of their changes, beside all else as it was."""
    workspace = order.workspace
    order.site.mkdir()
    stage_documents(workspace, order.slugs, order.stage, changed)
    sources = documents(workspace, order.slugs)
    made = [chapter for chapter in chapters(order.slugs) if chapter.document in changed]
    numbers = numbers_of(workspace, made)
    kept = pages_of(workspace.site)
    said = pages_said({name: sources[name] for name in changed}, made, numbers, order.stage)
    now = edition(workspace, said, kept)
    if now.base != edition(workspace, kept).base:
        raise ShownElsewhere  # every page is compared with another release
    pages = {*changed, *([CHANGES] if _stage_changes(order, now) else [])}
    for whole in BROUGHT_UP_TO_DATE:
        shutil.copy(workspace.site / whole, order.site)
    is_clean = _compile(order, now, only=sorted(pages))
    lay_beside(workspace, made, numbers, order.site)
    now.write(order.site)
    keep_rest(workspace.site, order.site, lambda path: is_laid_beside(path, made))
    return is_clean


def _stage_changes(order: Order, now: Edition) -> bool:
    """Lay out the page on what has changed; whether it says something else than before."""
    source = order.workspace.handbook / "book" / f"{CHANGES}.md"
    text = without_dead_links(source.read_text(encoding="utf-8"), order.slugs)
    text = now.with_releases(text)
    target = order.stage / f"{CHANGES}.md"
    if target.read_text(encoding="utf-8") == text:
        return False  # a file that is written again would be read again
    target.write_text(text, encoding="utf-8", newline="\n")
    return True


def _compile(order: Order, now: Edition, jobs: int = 1, only: Sequence[str] | None = None) -> bool:
    stage = order.stage
    configuration, _ = get_final_config(
        user_yaml=stage / "_config.yml",
        sourcedir=stage,
        cli_config={
            "external_toc_path": "_toc.yml",
            "latex_individualpages": False,
            "nitpicky": True,
        },
    )
    configuration["publication"] = now.publication.as_values()
    configuration["page_notices"] = now.notices
    configuration["pdf"] = order.has_paper
    with patch_docutils(None), docutils_namespace():
        app = Sphinx(
            srcdir=stage,
            confdir=None,
            outdir=order.site,
            doctreedir=order.known,
            buildername="html",
            confoverrides=configuration,
            status=None,
            warning=sys.stderr,
            warningiserror=True,
            keep_going=True,
            parallel=jobs,
        )
        if only is None:
            app.build()
        else:
            OnlyThese(app, only)
            app.build(filenames=[str(app.env.doc2path(page)) for page in only])
    for leftover in LEFTOVERS:
        path = order.site / leftover
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    return app.statuscode == 0


def keep_rest(old: Path, new: Path, is_gone: Callable[[str], bool] = lambda _: False) -> None:
    """Fill a site in which only some files were made: all that it lacks, or has with the same
    bytes, is the old site's file itself, so that nothing is copied and its time stays. What it
    lacks and `is_gone`, by its address, is left out."""
    for kept in (path for path in old.rglob("*") if path.is_file()):
        name = kept.relative_to(old)
        target = new / name
        if not target.exists() and is_gone(name.as_posix()):
            continue
        if target.exists():
            if target.read_bytes() != kept.read_bytes():
                continue
            target.unlink()
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            target.hardlink_to(kept)
        except OSError:  # a disk without links
            shutil.copy2(kept, target)


def _end_with_parent() -> None:
    def wait() -> None:
        os.read(0, 1)
        if os.name == "posix":
            os.killpg(0, signal.SIGKILL)  # the processes that Sphinx works in, too
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def main() -> None:
    for name in (*builtin_extensions, *EXTENSIONS):
        import_module(name)
    gc.freeze()
    gc.set_threshold(*RUBBISH)
    line = sys.stdin.readline()
    if not line:
        return
    _end_with_parent()
    sys.exit(0 if carry_out(Order.read(line)) else 1)
