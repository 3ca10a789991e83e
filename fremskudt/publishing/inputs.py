"""What a chapter rests on, part by part, and what has changed since it was last run.

Each part is a hash over relative names and contents, so that a folder may be moved.
"""

import hashlib
import json
import sys
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path

from fremskudt import __version__
from fremskudt.publishing.templates import Chapter, Kind
from fremskudt.workspace import DEMONSTRATION, HANDBOOK, Workspace

EVIDENCE = "evidence"  # the reports against the bundled data, whatever the data folder
BESIDE = {"segmentation"}  # chapters that show the bundled data beside those of the data folder
SHOWS_BUNDLED = {EVIDENCE, *BESIDE}
SUFFIXES = {".csv", ".xlsx", ".ods", ".yml", ".py", ".ipynb"}
VERSION, PACKAGE, ENVIRONMENT, REFERENCE = "version", "package", "environment", "reference"
TEMPLATE, PARAMETERS, BUNDLED, DATA = "template", "parameters", "bundled", "data/"
COURSE = "course"
# What all chapters rest on, in the order in which it is told.
COMMON = {
    PACKAGE: "håndbogens program er ændret",
    ENVIRONMENT: "Python eller de låste pakker er ændret",
    REFERENCE: "de fælles data i data/reference er ændret",
}
OWN = {
    TEMPLATE: "skabelonen er ændret",
    PARAMETERS: "kapitlet dækker andre kommuner",
    BUNDLED: "håndbogens egne data er ændret",
    COURSE: "kursets tekster eller Birkelunds data er ændret",
}

Inputs = dict[str, str]


def inputs_of(
    chapter: Chapter,
    workspace: Workspace,
    values: Mapping[str, str],
    digest: Callable[[Path], str] | None = None,
) -> Inputs:
    """Every part that a chapter rests on, by name. `digest` may remember paths it has read."""
    digest = digest or digest_of
    return {
        **_program(workspace, digest),
        TEMPLATE: digest(chapter.template.path(workspace)),
        PARAMETERS: hashlib.sha256(json.dumps(sorted(values.items())).encode()).hexdigest(),
        **_shown(chapter, workspace, values, digest),
    }


def _program(workspace: Workspace, digest: Callable[[Path], str]) -> Inputs:
    python = f"{sys.version_info[0]}.{sys.version_info[1]}"
    return {
        VERSION: __version__,
        PACKAGE: digest(HANDBOOK / "fremskudt"),
        ENVIRONMENT: f"{python} {digest(HANDBOOK / 'requirements.txt')}",
        REFERENCE: digest(workspace.reference),
    }


def handbook_inputs() -> Inputs:
    """What a chapter rests on wherever it is run, beside its template and its data: the program,
    the locked packages, the reference data and the demonstration."""
    here = Workspace(HANDBOOK, HANDBOOK / "data", HANDBOOK / "_build")
    own = [HANDBOOK / "data" / name for name in DEMONSTRATION]
    course = HANDBOOK / "notebooks" / Kind.COURSE.source
    return {
        **_program(here, digest_of),
        BUNDLED: _together(digest_of, own),
        COURSE: digest_of(course),
    }


def _shown(
    chapter: Chapter,
    workspace: Workspace,
    values: Mapping[str, str],
    digest: Callable[[Path], str],
) -> Inputs:
    """The data that a chapter shows: those of municipalities, or those of the course."""
    if chapter.template.kind is Kind.COURSE:
        folder = workspace.notebooks / chapter.template.kind.source
        return {COURSE: _together(digest, [*sorted(folder.glob("*.yml")), folder / "birkelund"])}
    municipalities = values.get("municipalities", chapter.slug).split()
    data = workspace.data
    if chapter.template.name == EVIDENCE:
        municipalities, data = list(DEMONSTRATION), HANDBOOK / "data"
    shown = {f"{DATA}{name}": digest(data / name) for name in municipalities}
    if chapter.template.name in BESIDE:
        own = [HANDBOOK / "data" / name for name in DEMONSTRATION]
        return {BUNDLED: _together(digest, own), **shown}
    return shown


def _together(digest: Callable[[Path], str], paths: Iterable[Path]) -> str:
    """One hash of several files or folders, each with its name."""
    hashes = " ".join(f"{path.name} {digest(path)}" for path in paths)
    return hashlib.sha256(hashes.encode()).hexdigest()


def remembering() -> Callable[[Path], str]:
    """`digest_of` that reads each file or folder once; for one look at many chapters."""
    return cache(digest_of)


def digest_of(path: Path) -> str:
    """A hash of a file, or of the names and contents of a folder's files."""
    if path.is_file():
        return hashlib.sha256(path.read_bytes()).hexdigest()
    whole = hashlib.sha256()
    for file in _files(path):
        one = hashlib.sha256(file.read_bytes()).hexdigest()
        whole.update(f"{one} {file.relative_to(path).as_posix()}\n".encode())
    return whole.hexdigest()


def _files(folder: Path) -> list[Path]:
    found = (path for path in folder.rglob("*") if path.suffix in SUFFIXES)
    return sorted(path for path in found if not path.name.startswith("~$"))  # Excel's own marks


def common_causes(before: Inputs, now: Inputs) -> tuple[str, ...]:
    """The changes that concern every chapter, in Danish."""
    if before.get(VERSION) != now[VERSION]:
        older = before.get(VERSION, "ældre")
        first = [f"håndbogens version er ny ({older} → {now[VERSION]})"]
    else:
        first = [COMMON[PACKAGE]] if before.get(PACKAGE) != now[PACKAGE] else []
    rest = [COMMON[name] for name in (ENVIRONMENT, REFERENCE) if before.get(name) != now[name]]
    return tuple(first + rest)


def own_causes(before: Inputs, now: Inputs) -> tuple[str, ...]:
    """The changes that concern one chapter, in Danish."""
    own = [words for name, words in OWN.items() if before.get(name) != now.get(name)]
    changed = [name for name in _data(now) if name in before and before[name] != now[name]]
    return (*own, *(f"data fra {name.removeprefix(DATA)} er ændret" for name in changed))


def _data(inputs: Inputs) -> Iterable[str]:
    return (name for name in inputs if name.startswith(DATA))
