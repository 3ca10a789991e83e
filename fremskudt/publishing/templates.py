"""The chapter templates: which there are, where their pages stand, which parameters they take."""

import difflib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from fremskudt.errors import ChapterFailed, WrongUsage
from fremskudt.workspace import Workspace

PARAMETER = re.compile(r"^(\w+)\s*(?::[^=]+)?=")


class Kind(Enum):
    """Whose chapter it is: each municipality's own, one for all of them together, or a module of
    the course, which shows no municipality's data. The value is the folder that its template
    lies in, below notebooks/, and the one that it is kept in, where that is not the slug's."""

    OWN = ("", "")
    JOINT = ("", "faelles")
    COURSE = ("training", "kursus")

    @property
    def source(self) -> str:
        return self.value[0]

    @property
    def home(self) -> str:
        return self.value[1]


@dataclass(frozen=True)
class Template:
    """A chapter: its notebook's name, the page it becomes, whose it is, and how much there is to
    compute in it beside the others: the heaviest are begun first."""

    name: str
    page: str
    kind: Kind = Kind.OWN
    weight: int = 0

    def path(self, workspace: Workspace) -> Path:
        """The notebook that is run."""
        return workspace.notebooks / self.kind.source / f"{self.name}.ipynb"

    @property
    def module(self) -> int:
        """The number of the course's module that it is; 0 for none."""
        number, _, _ = self.name.partition("-")
        return int(number) if self.kind is Kind.COURSE and number.isdecimal() else 0


TEMPLATES = (
    Template("profile", "profil"),
    Template("population", "borgerne"),
    Template("roles", "roller"),
    Template("outcomes", "udbytte"),
    Template("economics", "oekonomi", weight=3),
    Template("front", "index", Kind.JOINT),
    Template("comparison", "sammenligning", Kind.JOINT, weight=4),
    Template("chooser", "sammenlign-selv", Kind.JOINT, weight=2),
    Template("evidence", "kildeafstemning", Kind.JOINT, weight=2),
    Template("segmentation", "segmentering", Kind.JOINT, weight=4),
    Template("gains_plan", "gevinstplan", Kind.JOINT),
    Template("1-hvem-er-i-maalgruppen", "kursus/modul-1", Kind.COURSE),
    Template("2-fra-henvendelse-til-overgang", "kursus/modul-2", Kind.COURSE),
    Template("3-registrer-en-sag", "kursus/modul-3", Kind.COURSE),
    Template("4-laes-tallene", "kursus/modul-4", Kind.COURSE),
    Template("5-det-kontrafaktiske-forloeb", "kursus/modul-5", Kind.COURSE),
    Template("6-midtvejsjustering", "kursus/modul-6", Kind.COURSE),
)
HOMES = tuple(kind.home for kind in Kind if kind.home)


@dataclass(frozen=True)
class Chapter:
    """A template for one municipality, or one that is run once and kept in its kind's home."""

    template: Template
    slug: str

    @property
    def label(self) -> str:
        return f"{self.slug}/{self.template.name}"

    @property
    def document(self) -> str:
        """The page's address in the book, without suffix."""
        if self.template.kind is Kind.OWN:
            return f"kommuner/{self.slug}/{self.template.page}"
        return self.template.page

    def executed(self, workspace: Workspace) -> Path:
        """Where the executed notebook is kept."""
        return workspace.chapters / self.slug / f"{self.template.name}.ipynb"


def chapters(slugs: Iterable[str], wanted: Iterable[str] = ()) -> list[Chapter]:
    """The chapters of some municipalities, the joint ones and the course's, all or the wanted
    templates.

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
    own = [Chapter(t, slug) for slug in slugs for t in chosen if t.kind is Kind.OWN]
    return own + [Chapter(t, t.kind.home) for t in chosen if t.kind is not Kind.OWN]


def read_template(workspace: Workspace, template: Template) -> dict[str, Any]:
    """A template's notebook. Raises `ChapterFailed` when it is missing, no notebook, or has
    not exactly one cell tagged "parameters"."""
    path = template.path(workspace)
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
