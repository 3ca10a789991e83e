"""The files that participants hand over, laid together."""

import heapq
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from fremskudt.teaching.answers import MOST_BYTES, UNREADABLE, Paper, read_paper
from fremskudt.teaching.course import Module

MOST_FILES = 500
TOO_MANY = f"der er flere end {MOST_FILES} filer; kun de {MOST_FILES} nyeste er læst"
NO_FOLDER = "mappen findes ikke eller kan ikke åbnes"


@dataclass(frozen=True)
class Handed:
    """A file that was handed over: its name, when it was written (any number that grows), and
    what it holds; None where it cannot be read."""

    name: str
    written: float
    content: bytes | None


@dataclass(frozen=True)
class Collected:
    """The papers on a module, in Danish what is wrong with the files that could not be used, and
    how many papers belong to other modules. Of two papers with the same code and module the newer
    stands."""

    papers: tuple[Paper, ...]
    faults: tuple[str, ...]
    elsewhere: int = 0


def in_folder(folder: Path) -> tuple[list[Handed], list[str]]:
    """The files in a folder that may be answers, the newest where there are very many, and in
    Danish what is wrong with the folder."""
    try:
        found = folder.glob("*.json") if folder.is_dir() else None
        paths = None if found is None else heapq.nlargest(MOST_FILES + 1, found, key=_age)
    except (OSError, ValueError):  # a name that no disk can have
        paths = None
    if paths is None:
        return [], [f"{folder}: {NO_FOLDER}"]
    faults = [f"{folder}: {TOO_MANY}"] if len(paths) > MOST_FILES else []
    return [_handed(path) for path in sorted(paths[:MOST_FILES])], faults


def _age(path: Path) -> tuple[float, str]:
    """When a file was written, and its name."""
    try:
        return path.stat().st_mtime, path.name
    except OSError:
        return 0, path.name


def _handed(path: Path) -> Handed:
    try:
        if not path.is_file():
            return Handed(path.name, 0, None)
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)  # one more than an answer can have
        return Handed(path.name, path.stat().st_mtime, content)
    except OSError:
        return Handed(path.name, 0, None)


def collect(files: Iterable[Handed], of: Module) -> Collected:
    """The papers on a module in the files."""
    papers: dict[tuple[str, int], Paper] = {}
    faults = []
    for file in sorted(files, key=lambda one: (one.written, one.name)):
        read = UNREADABLE if file.content is None else read_paper(file.content)
        if isinstance(read, str):
            faults.append(f"{file.name}: {read}")
        else:
            papers[read.code, read.module] = read
    mine = tuple(one for one in papers.values() if one.module == of.number)
    return Collected(mine, tuple(faults), len(papers) - len(mine))


def newest(folder: Path, of: Module | None = None) -> tuple[str, Paper] | None:
    """The newest file with answers in a folder, to a module or else to any, by its name; None
    where there is none that can be read."""
    files, _ = in_folder(folder)
    for file in sorted(files, key=lambda one: (one.written, one.name), reverse=True):
        read = UNREADABLE if file.content is None else read_paper(file.content)
        if isinstance(read, Paper) and (of is None or read.module == of.number):
            return file.name, read
    return None
