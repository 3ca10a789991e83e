"""The book's source folder: configuration, pages and chapters, and what lies beside the pages."""

import json
import re
import shutil
from collections.abc import Iterable, Mapping, Sequence
from html import unescape
from pathlib import Path
from typing import Any

from fremskudt.publishing import contents
from fremskudt.publishing.book_inputs import documents
from fremskudt.publishing.deck import title_of
from fremskudt.publishing.figure_files import Numbers, Page, folder_of, workbook_of, write_files
from fremskudt.publishing.pages import figures_of, write_page
from fremskudt.publishing.parts.course import frame
from fremskudt.publishing.publication import read_publication
from fremskudt.publishing.slides import write_slides
from fremskudt.publishing.templates import Chapter, chapters
from fremskudt.workspace import Workspace

DOWNLOADS = "notesboeger"
NOT_STAGED = shutil.ignore_patterns("kommuner", "_data", "__pycache__", "*.md")
MUNICIPALITY_LINK = re.compile(r"\[([^\]]+)\]\(kommuner/([a-z0-9-]+)/[^)]*\)")


def stage_frame(workspace: Workspace, slugs: Sequence[str], stage: Path) -> None:
    """Lay out all that is no document: configuration, contents, layout, pictures."""
    shutil.copytree(workspace.handbook / "book", stage, ignore=NOT_STAGED)
    shutil.copy(workspace.handbook / "_config.yml", stage / "_config.yml")
    contents.write(stage / "_toc.yml", slugs)


def stage_documents(
    workspace: Workspace, slugs: Sequence[str], stage: Path, wanted: Iterable[str]
) -> None:
    """Lay out some documents, over older ones if there are any."""
    sources = documents(workspace, slugs)
    modules = {one.document: one.template.module for one in chapters(slugs)}
    for name in wanted:
        if sources[name].suffix == ".md":
            text = sources[name].read_text(encoding="utf-8")
            text = without_dead_links(text, slugs)
            (stage / f"{name}.md").write_text(text, encoding="utf-8", newline="\n")
        else:
            module = modules[name]
            around = frame(module) if module else None
            write_page(sources[name], stage / f"{name}.ipynb", name, around)


def without_dead_links(text: str, slugs: Sequence[str]) -> str:
    """A page's Markdown in which the names of municipalities that have no pages are no links."""
    return MUNICIPALITY_LINK.sub(lambda link: link[0] if link[2] in slugs else link[1], text)


def numbers_of(workspace: Workspace, made: Iterable[Chapter]) -> dict[str, list[Numbers]]:
    """The numbers of the figures of chapters, by their addresses."""
    return {one.document: figures_of(_read(workspace, one)) for one in made}


def lay_beside(
    workspace: Workspace,
    made: Sequence[Chapter],
    numbers: Mapping[str, Sequence[Numbers]],
    site: Path,
) -> None:
    """Lay executed notebooks into a site as downloads, with the files of their figures, and the
    slides of the course's modules."""
    publication = read_publication(workspace.data)
    for chapter in made:
        if found := numbers[chapter.document]:
            title = unescape(title_of(_read(workspace, chapter)))
            write_files(site, Page(chapter.document, title, publication), found)
        target = site / DOWNLOADS / f"{chapter.document}.ipynb"
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(chapter.executed(workspace), target)
    modules = [chapter for chapter in made if chapter.template.module]
    if modules:
        write_slides(modules, workspace, site)


def _read(workspace: Workspace, chapter: Chapter) -> dict[str, Any]:
    notebook: dict[str, Any] = json.loads(chapter.executed(workspace).read_text(encoding="utf-8"))
    return notebook


def is_laid_beside(path: str, made: Sequence[Chapter]) -> bool:
    """Whether a file of a site, by its address, is one that these chapters lay beside it if they
    have it: where they no longer do, it goes."""
    return any(
        path == workbook_of(one.document) or path.startswith(f"{folder_of(one.document)}/")
        for one in made
    )
