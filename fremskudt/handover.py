"""Checked deliveries handed to the kernels of a run, so that none reads and checks them again.

Who runs chapters lays each delivery out once, in a folder of the run's own that is closed to other
users and goes with the run. A kernel finds the folder in its environment.
"""

import os
import pickle
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from fremskudt.contract.delivery import Delivery

CHECKED_VARIABLE = "FREMSKUDT_CHECKED"
OF_DATA, BUNDLED = "data", "bundled"


def pack(delivery: Delivery) -> bytes:
    """A delivery as bytes that `unpack` reads; they hold case-level rows."""
    return pickle.dumps(delivery, protocol=pickle.HIGHEST_PROTOCOL)


def unpack(packed: bytes) -> Delivery:
    """A delivery from `pack`. Only for what a run of one's own has packed."""
    delivery = pickle.loads(packed)  # noqa: S301 - written by the run that started this kernel
    if not isinstance(delivery, Delivery):
        raise TypeError("what was handed over is no delivery")
    return delivery


@contextmanager
def laid_out(packed: Iterable[tuple[str, bytes]], folder: Path) -> Iterator[None]:
    """Lay packed deliveries in a folder that nobody else may read; names are "data/odense".

    On Linux the folder holds links into this process' memory, so that no rows lie on a disk and
    whatever ends the process takes them along. Elsewhere the rows lie in the folder, within this
    block.
    """
    opened: list[int] = []
    try:
        for name, content in packed:
            path = folder / f"{name}.pickle"
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.unlink(missing_ok=True)
            if sys.platform == "linux":
                opened.append(_in_memory(path, content))
            else:
                path.write_bytes(content)
        yield
    finally:
        for number in opened:
            os.close(number)
        shutil.rmtree(folder, ignore_errors=True)


def _in_memory(path: Path, content: bytes) -> int:
    """Keep what is handed over in memory, with a link to it; returns the open file."""
    number = os.memfd_create("fremskudt")
    with os.fdopen(os.dup(number), "wb") as file:
        file.write(content)
    path.symlink_to(f"/proc/{os.getpid()}/fd/{number}")
    return number


def handed(kind: str, slug: str) -> Delivery | None:
    """A municipality's delivery if the run has handed it over; else None. `kind` tells whether it
    is one of the data folder or of the handbook's demonstration."""
    folder = os.environ.get(CHECKED_VARIABLE)
    if not folder:
        return None
    path = Path(folder) / kind / f"{slug}.pickle"
    return unpack(path.read_bytes()) if path.is_file() else None
