"""`fremskudt new`: the folder in which a municipality begins, with two files to fill in."""

import re
import shutil
from pathlib import Path

from fremskudt.contract.municipality import is_code, is_text
from fremskudt.errors import WrongUsage
from fremskudt.intake.municipality_file import municipality_file
from fremskudt.intake.workbook import write_workbook
from fremskudt.register import RESERVED, SLUG
from fremskudt.workspace import HANDBOOK

DANISH = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "ue", "é": "e"})


def start_municipality(slug: str, name: str, code: str, data: Path, is_chosen: bool) -> Path:
    """Make the folder of a new municipality and return it.

    `data` is the data folder; `is_chosen` says that the user named it on the command line. Raises
    `WrongUsage` for a name that cannot be used, for a folder that exists, and for a place in the
    handbook's own folder that nobody asked for: real data do not belong where code is shared.
    """
    _check_slug(slug)
    if not is_text(name):
        raise WrongUsage('Angiv kommunens navn med --name, fx --name "Odense Kommune".')
    if not is_code(code):
        raise WrongUsage("Angiv kommunens nummer på tre cifre med --code, fx --code 461.")
    if is_inside_handbook(data) and not is_chosen:
        raise WrongUsage(
            f"{data} hører til håndbogen, og dér hører rigtige data ikke hjemme. "
            "Vælg en mappe uden for den med --data."
        )
    folder = data / slug
    if folder.exists():
        raise WrongUsage(f"{folder} findes allerede og bliver ikke rørt. Vælg et andet navn.")
    try:
        folder.mkdir(parents=True)
    except OSError as error:
        raise WrongUsage(f"Mappen {folder} kan ikke laves. Vælg en anden med --data.") from error
    try:
        text = municipality_file(name, code)
        (folder / "municipality.yml").write_text(text, encoding="utf-8", newline="\n")
        write_workbook(folder / "data.xlsx", name)
    except BaseException:
        shutil.rmtree(folder)  # half a folder would bar the way to a second try
        raise
    return folder


def is_inside_handbook(folder: Path) -> bool:
    """Whether a folder lies in the handbook's own."""
    return folder.resolve().is_relative_to(HANDBOOK)


def proposed(slug: str) -> str:
    """The nearest name that can be used: «Ærø Kommune» becomes aeroe-kommune."""
    return re.sub(r"[^a-z0-9]+", "-", slug.casefold().translate(DANISH)).strip("-")


def _check_slug(slug: str) -> None:
    if not slug:
        raise WrongUsage("Angiv mappens navn, fx: fremskudt new odense --name … --code …")
    if slug in RESERVED:
        raise WrongUsage(f"Navnet «{slug}» bruges af håndbogen selv. Vælg et andet.")
    if not SLUG.fullmatch(slug):
        better = proposed(slug)
        hint = f" Brug fx «{better}»." if better else ""
        raise WrongUsage(
            f"Navnet «{slug}» kan ikke bruges i en adresse: kun a-z, tal og bindestreg.{hint}"
        )
