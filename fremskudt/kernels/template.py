"""The process that kernels are forked from: `python -m fremskudt.kernels.template SOCKET`.

It imports what chapters import, once, and then waits for requests (`link`). It runs no thread and
no code of a notebook, so that every fork begins as clean as the one before. It ends, and takes its
kernels along, when the process that started it closes its standard input.
"""

import gc
import importlib
import os
import pkgutil
import selectors
import signal
import socket
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from types import ModuleType

from fremskudt.kernels import forked, link

READY = b"ready\n"
ASK_SECONDS = 10  # for a request to arrive whole
# What a kernel and a chapter need beside the handbook's own modules.
LIBRARIES = (
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.logger",
    "IPython.core.magics",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "faulthandler",
    "holidays.countries",
    "ipykernel.debugger",
    "ipykernel.ipkernel",
    "ipykernel.kernelapp",
    "matplotlib_inline.backend_inline",
    "numpy",
    "pandas",
    "psutil",
    "resource",
    "tornado.platform.asyncio",
)
PACKAGES = ("fremskudt.analysis", "fremskudt.presentation", "fremskudt.teaching")
LEFT_OUT = (
    # Brings Altair, which takes longer than all the rest and is for who works on a figure by hand.
    "fremskudt.presentation.vega",
    # Bring ipywidgets, which when it is imported registers with the kernel that it is in.
    "fremskudt.teaching.lesson",
    "fremskudt.teaching.views",
)


def warm() -> dict[str, str]:
    """Import what chapters import, and the kernel itself. Returns what that has added to the
    environment."""
    before = dict(os.environ)
    for name in (*LIBRARIES, "fremskudt.notebook", "fremskudt.disclosure", *_own_modules()):
        try:
            importlib.import_module(name)
        except ModuleNotFoundError as missing:
            # A kernel that needs it will say so itself; a library less is no reason for none.
            if missing.name is None or missing.name.startswith("fremskudt"):
                raise
    return {name: value for name, value in os.environ.items() if before.get(name) != value}


def _own_modules() -> Iterator[str]:
    for name in PACKAGES:
        package: ModuleType = importlib.import_module(name)
        for found in pkgutil.walk_packages(package.__path__, f"{name}."):
            if not found.name.endswith("__main__") and not found.name.startswith(LEFT_OUT):
                yield found.name


def threads() -> int:
    """How many threads this process has, those of C libraries included."""
    return len(os.listdir("/proc/self/task"))  # noqa: PTH208 - names only, and of the system


class Template:
    """Waits for requests, forks a kernel for each, and says when it has ended."""

    def __init__(self, address: str, set_by_imports: dict[str, str]) -> None:
        self._set_by_imports = set_by_imports
        self._events = selectors.DefaultSelector()
        self._kernels: dict[int, socket.socket] = {}
        self._server = socket.socket(socket.AF_UNIX)
        self._server.bind(address)
        self._server.listen(64)
        self._children, wakeup = socket.socketpair()
        for end in (self._children, wakeup):
            end.setblocking(False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(wakeup.fileno(), warn_on_full_buffer=False)
        self._wakeup = wakeup
        self._owner_gone = False
        self._watch(self._server, self._accept)
        self._watch(self._children, self._reap)
        self._watch(sys.stdin.fileno(), self._owner)

    def run(self) -> None:
        """Serve until the owner is gone."""
        while not self._owner_gone:
            for key, _ in self._events.select():
                if self._events.get_map().get(key.fd) == key:  # it may have ended just before
                    self._answered(key)
        for process in self._kernels:
            _kill(process)

    def _answered(self, key: selectors.SelectorKey) -> None:
        """Answer an event. What fails, for want of memory or of files, fails for who asked."""
        try:
            key.data()
        except (OSError, ValueError, TypeError) as error:
            print(f"{type(error).__name__}: {error}", file=sys.stderr, flush=True)

    def _watch(self, source: socket.socket | int, answer: Callable[[], None]) -> None:
        self._events.register(source, selectors.EVENT_READ, answer)

    def _owner(self) -> None:
        self._owner_gone = not os.read(sys.stdin.fileno(), 1)

    def _accept(self) -> None:
        connection, _ = self._server.accept()
        connection.settimeout(ASK_SECONDS)  # who is slow in asking must not stop the others
        self._watch(connection, lambda: self._asked(connection))

    def _asked(self, connection: socket.socket) -> None:
        self._events.unregister(connection)
        files: tuple[int, ...] = ()
        try:
            request, files = link.receive_request(connection)
            process = os.fork()
        except BaseException:
            connection.close()
            _close(files)
            raise
        if process == 0:
            self._become_kernel(request, files, connection)
        _close(files)
        self._kernels[process] = connection
        self._watch(connection, lambda: self._left(process))
        _tell(connection, {"process": process})

    def _become_kernel(
        self, request: link.Request, files: tuple[int, ...], connection: socket.socket
    ) -> None:
        """In the fork: leave what belongs to the template, and never come back."""
        try:
            signal.set_wakeup_fd(-1)
            os.dup2(files[2], 2)  # what goes wrong from here on is the kernel's to say
            watched = [key.fileobj for key in self._events.get_map().values()]
            self._events.close()
            for one in {self._wakeup, connection, *self._kernels.values(), *watched}:
                if isinstance(one, socket.socket):
                    one.close()
            forked.become_kernel(request, files, self._set_by_imports)
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(1)  # only when a kernel could not even begin

    def _left(self, process: int) -> None:
        """Who asked for the kernel is gone, or wants no more of it."""
        self._events.unregister(self._kernels[process])
        _kill(process)

    def _reap(self) -> None:
        self._children.recv(4096)
        while self._kernels:
            process, status = os.waitpid(-1, os.WNOHANG)
            if process == 0:
                return
            connection = self._kernels.pop(process)
            _tell(connection, {"ended": os.waitstatus_to_exitcode(status)})
            if connection.fileno() in self._events.get_map():
                self._events.unregister(connection)
            connection.close()


def _close(files: tuple[int, ...]) -> None:
    for one in files:
        os.close(one)


def _tell(connection: socket.socket, message: dict[str, int]) -> None:
    """Say something to who asked for a kernel, if it still listens."""
    try:
        link.send(connection, message)
    except OSError:
        return


def _kill(process: int) -> None:
    """End a kernel and what it has started; it leads a group of its own."""
    for end in (os.killpg, os.kill):
        with suppress(ProcessLookupError):
            end(process, signal.SIGKILL)


def main(address: str) -> None:
    """Warm up, say so, and serve. Refuses to begin when a library has started a thread."""
    if sys.path[0] in ("", str(Path.cwd())):
        del sys.path[0]  # as ipykernel_launcher does; a kernel's own folder comes first in it
    gc.disable()
    set_by_imports = warm()
    if threads() != 1:
        sys.exit(f"{threads()} threads: a fork would not be safe")
    gc.collect()
    gc.freeze()  # a collection in a fork need not touch, and so copy, what is shared
    template = Template(address, set_by_imports)
    os.write(1, READY)
    template.run()
    os._exit(0)  # what a fork shares need not be cleared away, and who has gone does not wait


if __name__ == "__main__":
    main(sys.argv[1])
