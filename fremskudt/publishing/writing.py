"""Put files in their place whole: made beside it, settled on the disk, moved in one step.

Everything that lasts is written through this module, so that a process that is killed, a power
cut or a full disk leaves either the old or the new, and never a part.
"""

import ctypes
import errno
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fremskudt.errors import CannotWrite

AT_FDCWD = -100
RENAME_EXCHANGE = 2  # Linux, renameat2
RENAME_SWAP = 2  # macOS, renamex_np
NO_ROOM = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
NO_ACCESS = {errno.EACCES, errno.EPERM, errno.EROFS, errno.EIO, errno.EEXIST, errno.ENOTDIR}
CANNOT = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP}
# What the system's own messages say, for programs of others that only print them.
NO_ROOM_WORDS = tuple(os.strerror(number) for number in sorted(NO_ROOM))


def settle(path: Path) -> None:
    """Have the disk itself hold a file, or the names in a folder, before anything relies on it.

    Windows cannot open a folder for this; its file system keeps a journal of names. Nor can
    some network drives settle a folder: theirs is as safe as the server makes it.
    """
    is_folder = path.is_dir()
    if os.name == "nt" and is_folder:
        return
    descriptor = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if not is_folder or error.errno not in CANNOT:
            raise
    finally:
        os.close(descriptor)


def settle_tree(folder: Path) -> None:
    """Settle every file and folder below a folder, and the folder itself."""
    for path in folder.rglob("*"):
        settle(path)
    settle(folder)


def write_settled(path: Path, text: str) -> None:
    """Write a text as UTF-8 and settle it. The file must not be one that others read yet."""
    path.write_text(text, encoding="utf-8", newline="\n")
    settle(path)


def put_file(made: Path, target: Path) -> None:
    """Move a finished file to its place, over an older one, on the same file system."""
    settle(made)
    target.parent.mkdir(parents=True, exist_ok=True)
    made.replace(target)
    settle(target.parent)


def put_folder(made: Path, target: Path) -> None:
    """Move a finished folder to its place; the older one ends where the new one was made.

    Linux and macOS exchange the two in one step, so that a reader always meets one of them.
    Elsewhere the old one steps aside for a moment; after a kill in that moment
    `restore_folder` brings it back.
    """
    settle_tree(made)
    if not target.exists():
        made.rename(target)
    elif not exchange(made, target):
        _step_aside(made, target)
    settle(target.parent)


def exchange(first: Path, second: Path) -> bool:
    """Let two paths change places in one step; False where the system or the disk cannot."""
    names = os.fsencode(first), os.fsencode(second)
    if sys.platform == "linux":
        call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
        arguments: tuple[int | bytes, ...] = (AT_FDCWD, names[0], AT_FDCWD, names[1])
        flag = RENAME_EXCHANGE
    elif sys.platform == "darwin":
        call = getattr(ctypes.CDLL(None, use_errno=True), "renamex_np", None)
        arguments, flag = names, RENAME_SWAP
    else:
        return False
    if call is None:
        return False
    if call(*arguments, flag) == 0:
        return True
    number = ctypes.get_errno()
    if number in CANNOT:
        return False
    raise OSError(number, os.strerror(number), str(second))


def _aside(target: Path) -> Path:
    return target.with_name(f".{target.name}-old")


def _step_aside(made: Path, target: Path) -> None:
    old = _aside(target)
    target.rename(old)
    try:
        made.rename(target)
    except OSError:
        old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)


def restore_folder(target: Path) -> None:
    """Finish what a killed `put_folder` began: the old folder comes back, or goes for good."""
    old = _aside(target)
    if old.is_dir() and not target.exists():
        old.rename(target)
    shutil.rmtree(old, ignore_errors=True)


@contextmanager
def writing_to(folder: Path) -> Iterator[None]:
    """Say in Danish that a folder cannot be written to; other errors pass.

    Raises `CannotWrite` for a disk or a quota that is full and for a place that is closed.
    """
    try:
        yield
    except OSError as error:
        # A copied tree's errors come as one without a number.
        if error.errno in NO_ROOM or any(words in str(error) for words in NO_ROOM_WORDS):
            raise no_room(folder) from error
        if error.errno in NO_ACCESS:
            raise CannotWrite(
                f"Der kan ikke skrives i {folder} ({error.filename or folder}: {error.strerror}). "
                "Luk programmer, der har filerne åbne, eller vælg en anden mappe med --output. "
                "Det, der stod før, står der endnu."
            ) from error
        raise


def no_room(folder: Path) -> CannotWrite:
    """The disk that holds a folder is full."""
    return CannotWrite(
        f"Der er ikke plads på disken, hvor {folder} ligger. Frigør plads, og kør kommandoen "
        "igen; så fortsætter den, hvor den slap. Det, der stod før, står der endnu."
    )
