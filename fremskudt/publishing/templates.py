"""The chapter templates: which there are, where their pages stand, which parameters they take."""

import difflib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fremskudt.errors import ChapterFailed, WrongUsage
from fremskudt.workspace import Workspace

PARAMETER = re.compile(r"^(\w+)\s*(?::[^=]+)?=")


@dataclass(frozen=True)
class Template:
    """A chapter: its notebook's name, the page it becomes, and whether it is run once for
    every municipality or once for all of them together."""

    name: str
    page: str
    is_joint: bool = False


TEMPLATES = (
    Template("profile", "profil"),
    Template("population", "borgerne"),
    Template("roles", "roller"),
    Template("outcomes", "udbytte"),
    Template("economics", "oekonomi"),
    Template("front", "index", is_joint=True),
    Template("comparison", "sammenligning", is_joint=True),
    Template("evidence", "kildeafstemning", is_joint=True),
    Template("segmentation", "segmentering", is_joint=True),
    Template("gains_plan", "gevinstplan", is_joint=True),
)
JOINT = "faelles"


@dataclass(frozen=True)
class Chapter:
    """A template for one municipality, or a joint template."""

    template: Template
    slug: str

    @property
    def label(self) -> str:
        return f"{self.slug}/{self.template.name}"

    @property
    def document(self) -> str:
        """The page's address in the book, without suffix."""
        if self.template.is_joint:
            return self.template.page
        return f"kommuner/{self.slug}/{self.template.page}"

    def executed(self, workspace: Workspace) -> Path:
        """Where the executed notebook is kept."""
        return workspace.chapters / self.slug / f"{self.template.name}.ipynb"


def chapters(slugs: Iterable[str], wanted: Iterable[str] = ()) -> list[Chapter]:
    """The chapters of some municipalities and the joint ones, all or the wanted templates.

    Raises `WrongUsage` for an unknown chapter.
    """
    names = {template.name for template in TEMPLATES}
    wanted = tuple(wanted)
    for name in wanted:
        if name not in names:
            near = difflib.get_close_matches(name, names, n=1)
            hint = f" Mente du «{near[0]}»?" if near else ""
            listed = ", ".join(template.name for template in TEMPLATES)
            raise WrongUsage(f"Kapitlet «{name}» findes ikke.{hint} Kendte kapitler: {listed}.")
    chosen = [t for t in TEMPLATES if not wanted or t.name in wanted]
    own = [Chapter(t, slug) for slug in slugs for t in chosen if not t.is_joint]
    return own + [Chapter(t, JOINT) for t in chosen if t.is_joint]


def read_template(workspace: Workspace, template: Template) -> dict[str, Any]:
    """A template's notebook. Raises `ChapterFailed` when it is missing, no notebook, or has
    not exactly one cell tagged "parameters"."""
    path = workspace.notebooks / f"{template.name}.ipynb"
    try:
        notebook: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        cells = notebook["cells"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ChapterFailed(f"Skabelonen {path.name} kan ikke læses som en notesbog.") from error
    if sum(_is_parameters(cell) for cell in cells) != 1:
        raise ChapterFailed(
            f"Skabelonen {path.name} skal have præcis én celle mærket «parameters»; "
            "uden den ville kapitlet vise en anden kommunes tal."
        )
    return notebook


def parameter_names(notebook: dict[str, Any]) -> set[str]:
    """The names that the parameters cell sets."""
    source = "".join("".join(cell["source"]) for cell in notebook["cells"] if _is_parameters(cell))
    return {m[1] for line in source.splitlines() if (m := PARAMETER.match(line))}


def _is_parameters(cell: dict[str, Any]) -> bool:
    return "parameters" in cell.get("metadata", {}).get("tags", [])


def check_parameters(workspace: Workspace, template: Template, parameters: dict[str, str]) -> None:
    """Raises `WrongUsage` when a parameter is unknown to the template: papermill only warns."""
    known = parameter_names(read_template(workspace, template))
    unknown = sorted(set(parameters) - known)
    if unknown:
        raise WrongUsage(
            f"Skabelonen {template.name} kender ikke parameteren «{unknown[0]}». "
            f"Kendte parametre: {', '.join(sorted(known))}."
        )
