"""The releases that have been: one manifest each, numbered, in the folder releases/ of the data.

The history is an input of the site as the deliveries are. `fremskudt release` writes it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from fremskudt.contract.problems import Problem
from fremskudt.errors import DataProblem
from fremskudt.publishing.manifest import Manifest
from fremskudt.publishing.manifest_file import SUFFIX, Unfit, read_manifest

FOLDER = "releases"
NAME = re.compile(r"(\d{3,6})\.json")
NAMED = "001.json, 002.json og så videre; slet filen, hvis den ikke er en udgivelse"
ONCE = "én fil for hver udgivelse; slet den ene"

History = Mapping[int, Manifest]


def history_folder(data: Path) -> Path:
    """Where a data folder keeps its releases."""
    return data / FOLDER


def file_of(number: int) -> str:
    """What the file of a release is called."""
    return f"{number:03}{SUFFIX}"


def read_history(folder: Path, called: str = FOLDER) -> dict[int, Manifest]:
    """The releases that a folder holds by their numbers, the oldest first; none where there is no
    folder. Files of other kinds, and those that a file manager leaves, are none of ours.

    Raises `DataProblem` with the first fault of every file; `called` is the folder's name there.
    """
    found: dict[int, Manifest] = {}
    problems: list[Problem] = []
    for path in _files(folder):
        file = f"{called}/{path.name}"
        named = NAME.fullmatch(path.name)
        if named is None:
            problems.append(Problem(file, "filens navn er ikke en udgivelses", NAMED))
            continue
        if int(named[1]) in found:
            problems.append(Problem(file, "udgivelsens nummer findes to gange", ONCE))
            continue
        try:
            found[int(named[1])] = read_manifest(path.read_bytes())
        except Unfit as fault:
            problems.append(_told(file, fault))
        except OSError:
            problems.append(_told(file, Unfit("filen kan ikke læses")))
    if problems:
        raise DataProblem(problems)
    return dict(sorted(found.items()))


def _told(file: str, fault: Unfit) -> Problem:
    return Problem(file, fault.what, fault.expected, value=fault.where or None)


def _files(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        for path in sorted(folder.iterdir()):
            if path.suffix.lower() == SUFFIX and not path.name.startswith((".", "~$")):
                yield path


def before(history: History, now: Manifest) -> dict[int, Manifest]:
    """The releases before a site: all, but for the last where the site is that very release."""
    last = max(history, default=0)
    return {
        number: one for number, one in history.items() if number != last or history[last] != now
    }


def number_of(history: History, now: Manifest) -> int:
    """The number that a site has, or gets when it is released."""
    return max(before(history, now), default=0) + 1


def together(histories: Iterable[tuple[str, History]]) -> dict[int, Manifest]:
    """Several folders' releases as one history, by the folders' names.

    Raises `DataProblem` for a number that is one release here and another there.
    """
    found: dict[int, Manifest] = {}
    problems = []
    for called, history in histories:
        for number, one in history.items():
            if found.setdefault(number, one) != one:
                problems.append(
                    Problem(
                        f"{called}/{file_of(number)}",
                        "udgivelsen er en anden end den med samme nummer i den anden mappe",
                        "den samme historie begge steder; behold den rigtige fil",
                    )
                )
    if problems:
        raise DataProblem(problems)
    return dict(sorted(found.items()))
