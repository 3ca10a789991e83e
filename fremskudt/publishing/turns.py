"""One run at a time in an output folder, and a scratch folder for each run.

The lock belongs to the operating system and goes with the process that holds it, however that
process ends; the file that it is tied to stays and means nothing by itself.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from fremskudt.publishing.writing import restore_folder, writing_to
from fremskudt.workspace import Workspace

LOCK = ".fremskudt.lock"
SCRATCH = ".run-"


@contextmanager
def turn(workspace: Workspace, say: Callable[[str], None]) -> Iterator[None]:
    """Have the output folder to oneself; says so in Danish when it must be waited for.

    What killed runs have left is removed. Raises `CannotWrite` when the folder cannot be
    made or written to.
    """
    with writing_to(workspace.output):
        workspace.output.mkdir(parents=True, exist_ok=True)
        lock = FileLock(workspace.output / LOCK)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            say(
                f"En anden kørsel er i gang i {workspace.output}. Denne venter, til den er "
                "færdig (stop med Ctrl-C)."
            )
            lock.acquire()
    try:
        with writing_to(workspace.output):
            restore_folder(workspace.site)
            _sweep(workspace)
        yield
    finally:
        # Once more: a process that a killed run left may have been busy the first time.
        _sweep(workspace)
        lock.release()


@contextmanager
def scratch_folder(workspace: Workspace) -> Iterator[Path]:
    """A folder of this run's own on the same file system as what it makes."""
    workspace.output.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=workspace.output, prefix=SCRATCH))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _sweep(workspace: Workspace) -> None:
    """Remove the scratch folders of runs that are no more; only the holder of the lock may."""
    for left in workspace.output.glob(f"{SCRATCH}*"):
        shutil.rmtree(left, ignore_errors=True)
