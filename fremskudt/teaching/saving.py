"""Files that a participant keeps: written whole, under a name that nobody else has, and where that
cannot be done, said in Danish."""

import errno
from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from pathlib import Path

from fremskudt.publishing.writing import NO_ROOM, put_file

LEFT_OVER = ".ny"  # ends the name of a file that is being written


def put_text(path: Path, text: str) -> None:
    """Write a text as UTF-8 in one step, over an older one. OSError where that cannot be done;
    the older one then stands as it was."""
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch = path.with_name(path.name + LEFT_OVER)
    try:
        scratch.write_bytes(_encoded(text))
        put_file(scratch, path)
    except OSError:
        scratch.unlink(missing_ok=True)
        raise


def put_new(folder: Path, stem: str, texts: Mapping[str, str]) -> str:
    """Write texts by their suffix (".md") under a name that no file in the folder has; returns the
    name, which is `stem` or `stem` with a number. OSError where that cannot be done; the folder
    is then as it was."""
    folder.mkdir(parents=True, exist_ok=True)
    name = next(one for one in _names(stem) if _reserve(folder, one, texts))
    try:
        put_all(folder, name, texts)
    except OSError:
        _release(folder, name, texts)
        raise
    return name


def put_all(folder: Path, name: str, texts: Mapping[str, str]) -> None:
    """Write texts by their suffix under one name, over what stands there. OSError."""
    for suffix, text in texts.items():
        put_text(folder / f"{name}{suffix}", text)


def holds_all(folder: Path, name: str, texts: Mapping[str, str]) -> bool:
    """Whether the files under one name hold these texts by their suffix, and so are as they were
    written."""
    try:
        return all(
            (folder / f"{name}{suffix}").read_bytes() == _encoded(text)
            for suffix, text in texts.items()
        )
    except OSError:
        return False


def why_not(error: OSError, folder: Path) -> str:
    """In Danish, why nothing could be written to a folder, and what can be done about it."""
    if error.errno in NO_ROOM:
        return (
            f"Der er ikke plads på disken, hvor {folder.absolute()} ligger. Ryd op, og prøv igen."
        )
    if error.errno == errno.ENAMETOOLONG:
        return f"Navnet på mappen {folder.absolute()} er for langt."
    return f"Der kan ikke skrives i mappen {folder.absolute()}. Den er lukket eller findes ikke."


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def _names(stem: str) -> Iterator[str]:
    """The name itself, and then the name with 2, 3, 4 …"""
    return (stem if n == 1 else f"{stem}-{n}" for n in count(1))


def _reserve(folder: Path, name: str, suffixes: Iterable[str]) -> bool:
    """Take a name by making its files, all or none; False where one of them is taken."""
    made: list[str] = []
    try:
        for suffix in suffixes:
            (folder / f"{name}{suffix}").open("x").close()
            made.append(suffix)
    except OSError as error:
        _release(folder, name, made)
        if isinstance(error, FileExistsError):
            return False
        raise
    return True


def _release(folder: Path, name: str, suffixes: Iterable[str]) -> None:
    for suffix in suffixes:
        (folder / f"{name}{suffix}").unlink(missing_ok=True)
