"""Which municipalities there are: a folder with a file of the contract is a municipality."""

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from fremskudt.contract.cells import folded
from fremskudt.contract.problems import Problem
from fremskudt.contract.tables import TABLES
from fremskudt.contract.workbooks import FILES as WORKBOOKS
from fremskudt.errors import DataProblem, WrongUsage
from fremskudt.slugs import WANTED, fault_of
from fremskudt.workspace import Workspace

if TYPE_CHECKING:  # what reads tables is brought only by who loads one
    from fremskudt.contract.delivery import Delivery, Inspection

REFERENCE = "reference"  # what all municipalities share; no municipality


def slugs(workspace: Workspace) -> tuple[str, ...]:
    """All municipalities in the data folder, in alphabetical order.

    Raises `DataProblem` for a municipality whose folder name cannot be part of an address.
    """
    marks = ("municipality.yml", *WORKBOOKS, *(table.file for table in TABLES.values()))
    found = sorted(
        {path.parent.name for mark in marks for path in workspace.data.glob(f"*/{mark}")}
    )
    found = [name for name in found if name != REFERENCE and not name.startswith(".")]
    wrong = {name: fault for name in found if (fault := fault_of(name))}
    if wrong:
        raise DataProblem(
            Problem(f"{name}/", f"mappens navn {fault}", WANTED) for name, fault in wrong.items()
        )
    return tuple(found)


def folder_of(workspace: Workspace, slug: str) -> Path:
    """The folder of a municipality. Raises `WrongUsage` for one that is not there."""
    return workspace.data / _known(workspace, slug, slugs(workspace))


def _known(workspace: Workspace, slug: str, known: Sequence[str]) -> str:
    """A slug that is known. Raises `WrongUsage` for any other."""
    if slug not in known:
        near = difflib.get_close_matches(slug, known, n=1)
        hint = f" Mente du «{near[0]}»?" if near else ""
        names = ", ".join(known) or "ingen"
        raise WrongUsage(
            f"Kommunen «{slug}» findes ikke i {workspace.data}.{hint} Kendte kommuner: {names}."
        )
    return slug


def chosen(workspace: Workspace, wanted: Iterable[str]) -> tuple[str, ...]:
    """The wanted municipalities, or all when none is named.

    Raises `WrongUsage` for an unknown one and when there is none at all.
    """
    known = slugs(workspace)
    found = tuple(_known(workspace, slug, known) for slug in dict.fromkeys(wanted)) or known
    if not found:
        raise WrongUsage(
            f"Der er ingen kommuner i {workspace.data}: "
            "en kommune er en mappe med en municipality.yml."
        )
    return found


def load(workspace: Workspace, slug: str) -> "Delivery":
    """A municipality's checked delivery."""
    from fremskudt.contract.delivery import load_delivery

    return load_delivery(folder_of(workspace, slug))


def inspect_all(
    workspace: Workspace, wanted: Iterable[str] = (), with_warnings: bool = True
) -> tuple["Inspection", ...]:
    """What was found in several folders: deliveries, errors, warnings (if asked for) and notes.

    Two municipalities that would look the same on a page are both at fault.
    """
    from fremskudt.contract.delivery import inspect

    names = chosen(workspace, wanted)
    found = [inspect(workspace.data / slug, with_warnings) for slug in names]
    return tuple(_without_namesakes(found))


def _without_namesakes(found: Sequence["Inspection"]) -> Iterable["Inspection"]:
    called: dict[str, list[str]] = {}
    for one in found:
        if one.delivery:
            name = folded(one.delivery.municipality.short_name)
            called.setdefault(name, []).append(one.slug)
    for one in found:
        names = next((slugs for slugs in called.values() if one.slug in slugs), [])
        if one.delivery is None or len(names) < 2:
            yield one
            continue
        others = " og ".join(slug for slug in names if slug != one.slug)
        problem = Problem(
            f"{one.slug}/municipality.yml",
            f"navnet er det samme som i {others}",
            "et navn, som ingen anden kommune i datamappen har",
            column="short_name",
            value=one.delivery.municipality.short_name,
        )
        yield replace(one, delivery=None, problems=(problem, *one.problems))


def load_all(workspace: Workspace, wanted: Iterable[str] = ()) -> tuple["Delivery", ...]:
    """Several deliveries. Raises `DataProblem` with the problems of all of them at once."""
    found = inspect_all(workspace, wanted, with_warnings=False)
    problems = [problem for one in found for problem in one.errors]
    if problems:
        raise DataProblem(problems)
    return tuple(one.delivery for one in found if one.delivery)
