"""`fremskudt new`: the folder in which a municipality begins, with two files to fill in."""

import shutil
from pathlib import Path

from fremskudt.contract.cells import folded
from fremskudt.contract.municipality import is_code
from fremskudt.contract.names import NAME_EXPECTED, is_name, short_name_of, tidy_name
from fremskudt.contract.yaml_files import UNREADABLE, read_yaml
from fremskudt.errors import WrongUsage
from fremskudt.intake.municipality_file import municipality_file
from fremskudt.intake.workbook import write_workbook
from fremskudt.slugs import fault_of, proposed
from fremskudt.workspace import HANDBOOK, is_folder

MOST_QUOTED = 80


def start_municipality(slug: str, name: str, code: str, data: Path, is_chosen: bool) -> Path:
    """Make the folder of a new municipality and return it.

    Without a slug the folder is called after the municipality. `data` is the data folder;
    `is_chosen` says that the user named it on the command line. Raises `WrongUsage` for a name
    that cannot be used, for a folder or a name that exists, and for a place in the handbook's own
    folder that nobody asked for: real data do not belong where code is shared.
    """
    name = tidy_name(name)
    slug = slug or proposed(short_name_of(name))
    _check_slug(slug)
    _check_name(name)
    if not is_code(code):
        raise WrongUsage("Angiv kommunens nummer på tre cifre med --code, fx --code 461.")
    if is_inside_handbook(data) and not is_chosen:
        raise WrongUsage(
            f"{data} hører til håndbogen, og dér hører rigtige data ikke hjemme. "
            "Vælg en mappe uden for den med --data."
        )
    folder = data / slug
    if any(one.name.casefold() == slug for one in _known(data)):
        raise WrongUsage(f"{folder} findes allerede og bliver ikke rørt. Vælg et andet navn.")
    _check_namesakes(name, data)
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


def _check_slug(slug: str) -> None:
    if not slug:
        raise WrongUsage("Angiv mappens navn, fx: fremskudt new odense --name … --code …")
    if fault := fault_of(slug):
        better = proposed(slug)
        hint = f" Brug fx «{better}»." if better else ""
        raise WrongUsage(f"Mappens navn «{shortened(slug)}» {fault}.{hint}")


def _check_name(name: str) -> None:
    if not name:
        raise WrongUsage('Angiv kommunens navn med --name, fx --name "Odense Kommune".')
    if not is_name(name):
        raise WrongUsage(
            f"Navnet «{shortened(name)}» kan ikke bruges. Angiv med --name {NAME_EXPECTED}."
        )


def _known(data: Path) -> list[Path]:
    """What lies in the data folder already."""
    return sorted(data.iterdir()) if is_folder(data) else []


def _check_namesakes(name: str, data: Path) -> None:
    """Two municipalities of one name could not be told apart on a page."""
    wanted = folded(short_name_of(name))
    for path in (one / "municipality.yml" for one in _known(data)):
        if folded(short_name_of(_name_in(path))) == wanted:
            raise WrongUsage(f"«{name}» findes allerede i {path.parent}. Vælg et andet navn.")


def _name_in(path: Path) -> str:
    """The name in a municipality.yml that may be half filled in; "" where there is none."""
    try:
        values = read_yaml(path.read_bytes().decode())
    except UNREADABLE:
        return ""
    name = values.get("name") if isinstance(values, dict) else None
    return tidy_name(name) if isinstance(name, str) else ""


def shortened(text: str) -> str:
    """A text of the command line fit for a message."""
    return text if len(text) <= MOST_QUOTED else text[: MOST_QUOTED - 1] + "…"
