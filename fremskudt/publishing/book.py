"""Compile the book beside the old one, and put it in its place only when it is whole."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from fremskudt.errors import BookFailed
from fremskudt.publishing import contents
from fremskudt.publishing.pages import write_page
from fremskudt.publishing.templates import chapters
from fremskudt.workspace import Workspace

# The build must not depend on the day or on the order of a hash.
STEADY = {"SOURCE_DATE_EPOCH": "1417392000", "PYTHONHASHSEED": "0"}
# Below the folder that _config.yml names in html_extra_path.
DOWNLOADS = Path("_notebooks") / "notesboeger"
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
FAULT = re.compile(r"\b(?:WARNING|ERROR|CRITICAL|Exception)\b")
MUNICIPALITY_LINK = re.compile(r"\[([^\]]+)\]\(kommuner/([a-z0-9-]+)/[^)]*\)")


def compile_book(workspace: Workspace, slugs: Sequence[str]) -> Path:
    """Compile the site from the executed chapters; returns its folder.

    Warnings are errors. Raises `BookFailed` with the builder's own last lines; the site that
    stood before is then untouched.
    """
    workspace.output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=workspace.output, prefix=".book-") as scratch:
        stage = Path(scratch) / "source"
        stage_sources(workspace, slugs, stage)
        built = _build(stage)
        _replace(built, workspace.site)
    return workspace.site


def stage_sources(workspace: Workspace, slugs: Sequence[str], stage: Path) -> None:
    """Lay configuration, pages and chapters out as the book's source folder."""
    shutil.copytree(
        workspace.handbook / "book", stage, ignore=shutil.ignore_patterns("kommuner", "__pycache__")
    )
    shutil.copy(workspace.handbook / "_config.yml", stage / "_config.yml")
    for page in stage.glob("*.md"):
        text = page.read_text(encoding="utf-8")
        page.write_text(without_dead_links(text, slugs), encoding="utf-8", newline="\n")
    contents.write(stage / "_toc.yml", slugs)
    for chapter in chapters(slugs):
        executed = chapter.executed(workspace)
        if not executed.is_file():
            raise BookFailed(
                f"Kapitlet {chapter.label} er ikke kørt endnu. Kør «fremskudt run» først."
            )
        write_page(executed, stage / f"{chapter.document}.ipynb")
        download = stage / DOWNLOADS / f"{chapter.document}.ipynb"
        download.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(executed, download)


def without_dead_links(text: str, slugs: Sequence[str]) -> str:
    """A page's Markdown in which the names of municipalities that have no pages are no links."""
    return MUNICIPALITY_LINK.sub(lambda link: link[0] if link[2] in slugs else link[1], text)


def _build(stage: Path) -> Path:
    command = [
        sys.executable,
        "-c",
        "from jupyter_book.cli.main import main; main()",
        "build",
        str(stage),
        "-W",
        "-n",
        "--keep-going",
    ]
    done = subprocess.run(  # noqa: S603 - our own interpreter with fixed arguments
        command,
        env={**os.environ, **STEADY},
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    built = stage / "_build" / "html"
    if done.returncode or not (built / "index.html").is_file():
        said = COLOUR.sub("", done.stdout + done.stderr).replace(str(stage), "book")
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


def _replace(built: Path, site: Path) -> None:
    """Move the new site into place; the old one goes only when the new one stands."""
    old = site.with_name(f".{site.name}-old")
    if old.exists():
        shutil.rmtree(old)
    if site.exists():
        site.rename(old)
    built.rename(site)
    if old.exists():
        shutil.rmtree(old)
