"""Compile the book beside the old one, and put it in its place only when it is whole."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from fremskudt.errors import BookFailed
from fremskudt.publishing import contents
from fremskudt.publishing.pages import write_page
from fremskudt.publishing.parts.course import frame
from fremskudt.publishing.slides import write_slides
from fremskudt.publishing.templates import chapters
from fremskudt.publishing.turns import scratch_folder
from fremskudt.publishing.writing import NO_ROOM_WORDS, no_room, put_folder, writing_to
from fremskudt.workspace import Workspace

# The build must not depend on the day or on the order of a hash.
STEADY = {"SOURCE_DATE_EPOCH": "1417392000", "PYTHONHASHSEED": "0"}
# Jupyter Book, in a process that ends with ours.
BUILDER = """\
import os, threading
threading.Thread(target=lambda: (os.read(0, 1), os._exit(1)), daemon=True).start()
from jupyter_book.cli.main import main
main()
"""
# Below the folder that _config.yml names in html_extra_path.
EXTRA = Path("_notebooks")
DOWNLOADS = EXTRA / "notesboeger"
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
FAULT = re.compile(r"\b(?:WARNING|ERROR|CRITICAL|Exception)\b")
MUNICIPALITY_LINK = re.compile(r"\[([^\]]+)\]\(kommuner/([a-z0-9-]+)/[^)]*\)")


def compile_book(workspace: Workspace, slugs: Sequence[str]) -> Path:
    """Compile the site from the executed chapters; returns its folder.

    Warnings are errors; the caller has the turn (`turns.turn`). Raises `BookFailed` with the
    builder's own last lines, and `CannotWrite`; the site that stood before is then untouched.
    """
    with writing_to(workspace.output), scratch_folder(workspace) as scratch:
        stage = scratch / "source"
        stage_sources(workspace, slugs, stage)
        built = _build(stage, workspace)
        put_folder(built, workspace.site)
    return workspace.site


def stage_sources(workspace: Workspace, slugs: Sequence[str], stage: Path) -> None:
    """Lay configuration, pages and chapters out as the book's source folder."""
    shutil.copytree(
        workspace.handbook / "book",
        stage,
        ignore=shutil.ignore_patterns("kommuner", "_data", "__pycache__"),
    )
    shutil.copy(workspace.handbook / "_config.yml", stage / "_config.yml")
    for page in stage.glob("*.md"):
        text = page.read_text(encoding="utf-8")
        page.write_text(without_dead_links(text, slugs), encoding="utf-8", newline="\n")
    contents.write(stage / "_toc.yml", slugs)
    everything = chapters(slugs)
    for chapter in everything:
        executed = chapter.executed(workspace)
        if not executed.is_file():
            raise BookFailed(
                f"Kapitlet {chapter.label} er ikke kørt endnu. Kør «fremskudt run» først."
            )
        module = chapter.template.module
        write_page(executed, stage / f"{chapter.document}.ipynb", frame(module) if module else None)
        download = stage / DOWNLOADS / f"{chapter.document}.ipynb"
        download.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(executed, download)
    modules = [chapter for chapter in everything if chapter.template.module]
    write_slides(modules, workspace, stage / EXTRA)


def without_dead_links(text: str, slugs: Sequence[str]) -> str:
    """A page's Markdown in which the names of municipalities that have no pages are no links."""
    return MUNICIPALITY_LINK.sub(lambda link: link[0] if link[2] in slugs else link[1], text)


def _build(stage: Path, workspace: Workspace) -> Path:
    with subprocess.Popen(  # noqa: S603 - our own interpreter with fixed arguments
        [sys.executable, "-c", BUILDER, "build", str(stage), "-W", "-n", "--keep-going"],
        env={**os.environ, **STEADY},
        stdin=subprocess.PIPE,  # never written to: it closes when this process ends
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    ) as builder:
        try:
            printed = builder.stdout.read() if builder.stdout else ""
            builder.wait()
        except BaseException:
            builder.kill()
            raise
    built = stage / "_build" / "html"
    if builder.returncode or not (built / "index.html").is_file():
        if any(words in printed for words in NO_ROOM_WORDS):
            raise no_room(workspace.output)
        said = COLOUR.sub("", printed).replace(str(stage), "book")
        lines = [line for line in said.splitlines() if line.strip()]
        faults = [line for line in lines if FAULT.search(line)] or lines[-20:]
        raise BookFailed("Bogen kunne ikke oversættes:\n" + "\n".join(faults))
    for leftover in (".buildinfo", "reports"):
        path = built / leftover
        if path.is_dir():
            shutil.rmtree(path)
        elif path.exists():
            path.unlink()
    return built
