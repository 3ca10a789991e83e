"""Which municipalities there are: a folder with a file of the contract is a municipality."""

import difflib
import re
from collections.abc import Iterable
from pathlib import Path

from fremskudt.contract.delivery import (
    Delivery,
    Inspection,
    inspect,
    load_delivery,
    read_delivery,
)
from fremskudt.contract.problems import Problem
from fremskudt.contract.tables import TABLES
from fremskudt.contract.workbooks import FILES as WORKBOOKS
from fremskudt.errors import DataProblem, WrongUsage
from fremskudt.workspace import Workspace

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
RESERVED = {"reference", "all", "project"}


def slugs(workspace: Workspace) -> tuple[str, ...]:
    """All municipalities in the data folder, in alphabetical order.

    Raises `DataProblem` for a municipality whose folder name cannot be part of an address.
    """
    marks = ("municipality.yml", *WORKBOOKS, *(table.file for table in TABLES.values()))
    found = sorted(
        {path.parent.name for mark in marks for path in workspace.data.glob(f"*/{mark}")}
    )
    found = [name for name in found if name not in RESERVED]
    wrong = [name for name in found if not SLUG.fullmatch(name)]
    if wrong:
        raise DataProblem(
            Problem(
                f"{name}/",
                "mappens navn kan ikke bruges i en adresse",
                "små bogstaver a-z, tal og bindestreg, fx koege eller aeroe",
            )
            for name in wrong
        )
    return tuple(found)


def folder_of(workspace: Workspace, slug: str) -> Path:
    """The folder of a municipality. Raises `WrongUsage` for one that is not there."""
    known = slugs(workspace)
    if slug not in known:
        near = difflib.get_close_matches(slug, known, n=1)
        hint = f" Mente du «{near[0]}»?" if near else ""
        names = ", ".join(known) or "ingen"
        raise WrongUsage(
            f"Kommunen «{slug}» findes ikke i {workspace.data}.{hint} Kendte kommuner: {names}."
        )
    return workspace.data / slug


def chosen(workspace: Workspace, wanted: Iterable[str]) -> tuple[str, ...]:
    """The wanted municipalities, or all when none is named.

    Raises `WrongUsage` for an unknown one and when there is none at all.
    """
    wanted = tuple(dict.fromkeys(wanted))
    for slug in wanted:
        folder_of(workspace, slug)
    found = wanted or slugs(workspace)
    if not found:
        raise WrongUsage(
            f"Der er ingen kommuner i {workspace.data}: "
            "en kommune er en mappe med en municipality.yml."
        )
    return found


def load(workspace: Workspace, slug: str) -> Delivery:
    """A municipality's checked delivery."""
    return load_delivery(folder_of(workspace, slug))


def inspect_all(workspace: Workspace, wanted: Iterable[str] = ()) -> tuple[Inspection, ...]:
    """What was found in several folders: deliveries, errors, warnings and notes."""
    return tuple(inspect(folder_of(workspace, slug)) for slug in chosen(workspace, wanted))


def load_all(workspace: Workspace, wanted: Iterable[str] = ()) -> tuple[Delivery, ...]:
    """Several deliveries. Raises `DataProblem` with the problems of all of them at once."""
    deliveries, problems = [], []
    for slug in chosen(workspace, wanted):
        delivery, found = read_delivery(folder_of(workspace, slug))
        problems += found
        if delivery:
            deliveries.append(delivery)
    if problems:
        raise DataProblem(problems)
    return tuple(deliveries)
