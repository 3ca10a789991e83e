"""The modules' slides: written from the executed notebooks by nbconvert, shown by reveal.js.

All that a slide needs lies beside it or in the book, so that nothing is fetched from another
origin and the folder can be opened without a server.
"""

import json
import shutil
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from fremskudt.publishing.deck import PARSER, deck, title_of
from fremskudt.publishing.templates import Chapter
from fremskudt.teaching import SHARE
from fremskudt.workspace import Workspace

FOLDER = "kursus/slides"
TEMPLATES = SHARE / "nbconvert" / "templates"
NAME = "fremskudt"
OWN = ("slides.css", "slides.js")
REVEAL = ("reset.css", "reveal.css", "reveal.js")


def write_slides(modules: Sequence[Chapter], workspace: Workspace, target: Path) -> None:
    """Write the slides of executed modules, and what they need, below a folder of the site."""
    from nbconvert.exporters import SlidesExporter  # only a build needs it, and it takes its time
    from nbformat import from_dict

    folder = target / FOLDER
    folder.mkdir(parents=True)
    exporter = SlidesExporter(
        extra_template_basedirs=[str(TEMPLATES)],
        template_name=NAME,
        language_code="da",
        filters={"rendered": PARSER.render},
    )
    for chapter in modules:
        notebook = json.loads(chapter.executed(workspace).read_text(encoding="utf-8"))
        page = f"../{Path(chapter.document).name}.html"
        html, _ = exporter.from_notebook_node(
            from_dict(deck(notebook)), {"title": title_of(notebook), "page": page}
        )
        name = f"modul-{chapter.template.module}.html"
        (folder / name).write_text(html, encoding="utf-8", newline="\n")
    _put_assets(folder)


def _put_assets(folder: Path) -> None:
    """reveal.js from the package that carries it, and the slides' own style and script."""
    spec = find_spec("sphinx_revealjs")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("sphinx_revealjs", name="sphinx_revealjs")
    carrier = Path(spec.submodule_search_locations[0]) / "_static" / "revealjs"
    (folder / "reveal").mkdir()
    for name in REVEAL:
        shutil.copy(carrier / "dist" / name, folder / "reveal" / name)
    shutil.copy(carrier / "LICENSE", folder / "reveal" / "LICENSE.txt")
    for name in OWN:
        shutil.copy(TEMPLATES / NAME / name, folder / name)
