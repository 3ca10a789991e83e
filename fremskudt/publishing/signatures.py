"""What tells without reading that files are as they were: their names, sizes and times."""

import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from fremskudt.publishing.inputs import digest_of


def watching() -> Callable[[Path], str]:
    """`digest_of` that reads a file or folder again only when its signature is another; for many
    looks during one run."""
    known: dict[Path, tuple[str, str]] = {}

    def digest(path: Path) -> str:
        now = signature(path)
        if path not in known or known[path][0] != now:
            known[path] = now, digest_of(path)
        return known[path][1]

    return digest


def signature(folder: Path) -> str:
    """A hash of the names, sizes and times of the files below a folder; nothing is read. A folder
    that is copied with its times has the same."""
    lines = sorted(_listed(str(folder), "")) if folder.is_dir() else [_told(folder)]
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogateescape")).hexdigest()


def _listed(folder: str, below: str) -> Iterator[str]:
    try:
        entries = os.scandir(folder)
    except FileNotFoundError:
        return
    with entries:
        for entry in entries:
            name = f"{below}{entry.name}"
            if entry.name == "__pycache__":
                continue  # what Python leaves when it imports
            if entry.is_dir():
                yield from _listed(entry.path, f"{name}/")
            else:
                yield f"{name} {_told(Path(entry.path))}"


def _told(path: Path) -> str:
    return _sized(path.stat()) if path.exists() else ""


def _sized(found: os.stat_result) -> str:
    return f"{found.st_size} {found.st_mtime_ns}"
