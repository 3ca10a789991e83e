"""The site made again whenever something that it rests on has changed, until it is stopped.

Between two builds the kernels' template and the builder of the book stand ready, so that a changed
value is on its page in seconds.
"""

import time
from collections.abc import Callable
from pathlib import Path

from fremskudt.errors import HandbookError
from fremskudt.publishing.signatures import signature
from fremskudt.publishing.site import Site
from fremskudt.workspace import HANDBOOK, Workspace

SECONDS_APART = 0.3  # between two looks
PROGRAM = HANDBOOK / "fremskudt"
WAITING = "Venter på ændringer (stop med Ctrl-C)."
PROGRAM_CHANGED = "Håndbogens program er ændret. Start igen, så det nye bliver brugt."


def watched(workspace: Workspace) -> tuple[Path, ...]:
    """The folders and files that a site rests on, beside the program."""
    handbook = workspace.handbook
    texts = (handbook / "book", handbook / "_config.yml")
    return (workspace.data, workspace.reference, workspace.notebooks, *texts)


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
    program = signature(PROGRAM)
    before = ""
    ready: Site | None = None
    try:
        while signature(PROGRAM) == program:
            now = _looked(workspace)
            if now == before:
                pause(SECONDS_APART)
                continue
            pause(SECONDS_APART)
            if _looked(workspace) != now:
                continue  # still being written
            try:
                make(ready)
            except HandbookError as error:
                failed(error)
            finally:
                if ready is not None:
                    ready.close()
            before, ready = now, begin()
            say(WAITING)
        say(PROGRAM_CHANGED)
    finally:
        if ready is not None:
            ready.close()


def _looked(workspace: Workspace) -> str:
    return " ".join(signature(path) for path in watched(workspace))
