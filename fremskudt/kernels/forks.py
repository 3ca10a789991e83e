"""The template as who uses it sees it: started when the first kernel is wanted, and its forks."""

import atexit
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from fremskudt.kernels import link
from fremskudt.kernels.link import Request
from fremskudt.kernels.template import READY

START_SECONDS = 60
ANSWER_SECONDS = 30
# What a fork cannot change any more: the interpreter and the loader read these when they begin.
AT_START = ("PYTHON", "LD_", "MALLOC_")
# A library that starts threads at import would make a fork unsafe; one thread a kernel is what
# as many kernels as there are processors want.
ONE_THREAD = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
}


class NoTemplate(Exception):
    """No kernel can be forked here; the message says why."""


class ForkedKernel:
    """A kernel forked from the template, with what a `Popen` of it would have."""

    stdin = stdout = stderr = None

    def __init__(self, connection: socket.socket, process: int) -> None:
        self.pid = process
        self.returncode: int | None = None
        self._connection = connection

    def poll(self) -> int | None:
        """The exit code, or None while it runs; a kernel that lost its template is dead."""
        return self._ended(0)

    def wait(self, timeout: float | None = None) -> int:
        """The exit code, as soon as there is one. Raises `subprocess.TimeoutExpired`."""
        code = self._ended(timeout)
        if code is None:
            raise subprocess.TimeoutExpired(["kernel"], timeout or 0)
        return code

    def send_signal(self, number: int) -> None:
        """Send a signal, unless it has ended: the number may be another process' by now."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def _ended(self, timeout: float | None) -> int | None:
        if self.returncode is None and _readable(self._connection, timeout):
            message = _answer(self._connection)
            self.returncode = message["ended"] if message else -signal.SIGKILL
            self._connection.close()
        return self.returncode


class Template:
    """A template process of this process' own."""

    def __init__(self) -> None:
        self._folder = tempfile.mkdtemp(prefix="fremskudt-")  # short: an address has 108 bytes
        self.address = str(Path(self._folder) / "template")
        self.at_start = _at_start(os.environ)
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-m", "fremskudt.kernels.template", self.address],
            env={**os.environ, **ONE_THREAD},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,  # Ctrl-C is not for it
        )
        self._is_ready = False
        self._getting_ready = threading.Lock()
        atexit.register(self.close)

    def wait_until_ready(self) -> None:
        """Return when it listens. Raises `NoTemplate` when it has ended or takes too long."""
        with self._getting_ready:
            if not self._is_ready:
                self._read_ready()

    def _read_ready(self) -> None:
        out = self._process.stdout
        if out is None or not select.select([out], [], [], START_SECONDS)[0]:
            self.close()
            raise NoTemplate(f"the template was not ready after {START_SECONDS} seconds")
        if out.readline() != READY:
            said = self._process.stderr.read() if self._process.stderr else b""
            self.close()
            lines = said.decode(errors="replace").strip().splitlines() or ["it ended at once"]
            raise NoTemplate(lines[-1])
        self._is_ready = True

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    def close(self) -> None:
        """End the template and the kernels that are left."""
        atexit.unregister(self.close)
        for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
            if stream:
                stream.close()
        try:
            self._process.wait(START_SECONDS)
        finally:
            self._process.kill()
            shutil.rmtree(self._folder, ignore_errors=True)


_lock = threading.Lock()
_own: list[Template] = []
_ended = threading.Event()


def own_template() -> Template:
    """This process' template, started now if there is none; it may not be ready yet."""
    reason = impossible()
    if reason:
        raise NoTemplate(reason)
    refuse_if_ended()
    with _lock:
        while _own and not _own[-1].is_alive:
            _own.pop().close()
        if not _own:
            _own.append(Template())
        return _own[-1]


@contextmanager
def no_more_kernels() -> Iterator[None]:
    """End the template and its kernels; within this block no kernel of any kind is started."""
    _ended.set()
    try:
        end_template()
        yield
    finally:
        _ended.clear()


def refuse_if_ended() -> None:
    """Raises `ChildProcessError` while no kernel may be started any more."""
    if _ended.is_set():
        raise ChildProcessError("the run has been stopped")


def end_template() -> None:
    """End this process' template and its kernels, if it has one; another may be started."""
    with _lock:
        while _own:
            _own.pop().close()


def impossible() -> str:
    """Why kernels cannot be forked on this system; empty where they can."""
    if sys.platform != "linux":
        # macOS forks, but its own frameworks do not outlive it.
        return f"{sys.platform} has no safe fork"
    return ""


def fork_kernel(request: Request, streams: tuple[int, ...]) -> ForkedKernel:
    """A kernel forked from this process' template, when it listens or has died.

    Who connects before it listens would try again only after a tenth of a second. Raises
    `NoTemplate` when there is none, or when the kernel wants an interpreter that was begun in
    another way.
    """
    template = own_template()
    template.wait_until_ready()
    if _at_start(request.environment) != template.at_start:
        raise NoTemplate("the kernel's interpreter is set up in another way")
    listens, until_it_listens = os.pipe()
    with os.fdopen(listens, "rb") as waiting:
        with os.fdopen(until_it_listens, "wb") as file:
            kernel = _asked(template.address, request, (*streams, file.fileno()))
        _readable(waiting.fileno(), ANSWER_SECONDS)  # when the other end is closed
    return kernel


def _asked(address: str, request: Request, files: tuple[int, ...]) -> ForkedKernel:
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(ANSWER_SECONDS)
    try:
        connection.connect(address)
        link.send_request(connection, request, files)
        answer = link.receive(connection)
    except OSError as error:
        connection.close()
        raise NoTemplate("the template does not answer") from error
    if answer is None:
        connection.close()
        raise NoTemplate("the template refused")
    return ForkedKernel(connection, answer["process"])


def _at_start(environment: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in environment.items() if name.startswith(AT_START)}


def _readable(connection: socket.socket | int, timeout: float | None) -> bool:
    poll = select.poll()  # not select: a process may have more than 1,024 files open
    poll.register(connection, select.POLLIN)
    return bool(poll.poll(None if timeout is None else timeout * 1000))


def _answer(connection: socket.socket) -> dict[str, int] | None:
    try:
        answer: dict[str, int] | None = link.receive(connection)
    except OSError:
        return None
    return answer
