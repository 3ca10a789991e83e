"""The site made again whenever something that it rests on has changed, until it is stopped.

Between two builds the kernels' template and the builder of the book stand ready, so that a changed
value is on its page in seconds.
"""

import time
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from pathlib import Path

from fremskudt.errors import HandbookError, WrongUsage
from fremskudt.publishing.signatures import signature
from fremskudt.publishing.site import Site
from fremskudt.workspace import HANDBOOK, Workspace

SECONDS_APART = 0.15  # between two looks
# What the template, the builder and this very process have read when they began.
PROGRAM = tuple(
    HANDBOOK / name
    for name in ("fremskudt", "data/reference", "requirements.txt", "book/_data", "book/_ext")
)
WAITING = "Venter på ændringer (stop med Ctrl-C)."
PROGRAM_CHANGED = (
    "Håndbogens program eller dens fælles data er ændret. Start igen, så det nye bliver brugt."
)


def can_go_on(scheduler: str, pdf: bool) -> None:
    """Raises `WrongUsage` for what is not done again at every change."""
    if scheduler:
        raise WrongUsage("--watch sender ikke data: Brug --scheduler uden --watch.")
    if pdf:
        raise WrongUsage("--watch laver ikke PDF-filer: Brug --pdf uden --watch.")


def watched(workspace: Workspace) -> tuple[Path, ...]:
    """The folders and files that a site rests on, beside the program."""
    handbook = workspace.handbook
    return (workspace.data, workspace.notebooks, handbook / "book", handbook / "_config.yml")


def watch(
    workspace: Workspace,
    make: Callable[[Site | None], None],
    begin: Callable[[], Site],
    say: Callable[[str], None],
    failed: Callable[[HandbookError], None],
    pause: Callable[[float], None] = time.sleep,
) -> None:
    """Make the site, and make it again after each change; ends when the program itself changes.

    `make` is given a site whose builder has begun (`begin`), or none the first time; what it
    raises is told by `failed`, and watching goes on.
    """
    program = _signed(PROGRAM)
    before = ""
    ready: Site | None = None
    try:
        while _signed(PROGRAM) == program:
            now = _signed(watched(workspace))
            if now == before:
                pause(SECONDS_APART)
                continue
            pause(SECONDS_APART)
            if _signed(watched(workspace)) != now:
                continue  # still being written
            before = now
            try:
                made, ready = ready, None
                with made or nullcontext():
                    make(made)
                ready = begin()
            except HandbookError as error:
                failed(error)
            say(WAITING)
        say(PROGRAM_CHANGED)
    finally:
        if ready is not None:
            ready.close()


def _signed(paths: Iterable[Path]) -> str:
    return " ".join(signature(path) for path in paths)
