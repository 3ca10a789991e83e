"""The provisioner: jupyter_client's own extension point for how a kernel is started.

It is the ordinary local one but for the start: where the kernel is IPython's, of this very
interpreter, it is forked from the template. Everywhere else, and where no template can be had, it
is started as always, and one line says so.
"""

import asyncio
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from fremskudt.kernels.forked import LAUNCHER
from fremskudt.kernels.forks import ForkedKernel, NoTemplate, fork_kernel, refuse_if_ended
from fremskudt.kernels.link import Request

# What a start may ask for and a fork can give; with anything else the kernel is started as always.
KNOWN = {"cwd", "env", "extra_arguments", "kernel_id", "stdin", "stdout", "stderr"}
LAST_SECONDS = 1  # given to a process that was killed to be gone
POLL_SECONDS = 0.002

_said: set[str] = set()


class WarmProvisioner(LocalProvisioner):
    """Forks the kernel from the template where that is possible."""

    process: Any = None  # a `Popen`, or what looks like one

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Start the kernel that `cmd` describes; see `LocalProvisioner.launch_kernel`."""
        refuse_if_ended()
        arguments = _launcher_arguments(cmd)
        if arguments is None or kwargs.keys() - KNOWN:
            return await super().launch_kernel(cmd, **kwargs)
        try:
            forked = await asyncio.to_thread(_forked, arguments, kwargs)
        except NoTemplate as reason:
            self._say_once(str(reason))
            return await super().launch_kernel(cmd, **kwargs)
        self.process = forked
        self.pid = forked.pid
        self.pgid = forked.pid  # it leads a session, and so a group, of its own
        self.cwd = kwargs.get("cwd") or Path.cwd()
        return self.connection_info

    async def kill(self, restart: bool = False) -> None:
        """End the kernel at once. A fork is waited for here: it is gone within milliseconds, and
        jupyter_client would look again only after a tenth of a second."""
        await super().kill(restart)
        if isinstance(self.process, ForkedKernel):
            deadline = asyncio.get_running_loop().time() + LAST_SECONDS
            while self.process.poll() is None and asyncio.get_running_loop().time() < deadline:
                await asyncio.sleep(POLL_SECONDS)

    def _say_once(self, reason: str) -> None:
        if reason not in _said:
            _said.add(reason)
            self.log.warning("Ordinary kernels are used: %s.", reason)


def _launcher_arguments(command: list[str]) -> list[str] | None:
    """The arguments of IPython's kernel; None when the command starts something else."""
    program, *rest = command
    # Not resolved: every environment's interpreter is a link to the same file.
    is_ours = Path(program).absolute() == Path(sys.executable).absolute()
    if not is_ours or rest[:2] != ["-m", LAUNCHER]:
        return None
    return [os.path.expanduser(one) for one in rest[2:]]  # noqa: PTH111 - may be any text


def _forked(arguments: list[str], options: dict[str, Any]) -> ForkedKernel:
    environment = dict(os.environ if options.get("env") is None else options["env"])
    environment["JPY_PARENT_PID"] = str(os.getpid())
    folder = str(Path(options.get("cwd") or Path.cwd()).resolve())
    streams: list[int] = []
    opened: list[int] = []
    try:
        for number, name in enumerate(("stdin", "stdout", "stderr")):
            stream, is_new = _stream(options.get(name), number)
            streams.append(stream)
            opened += [stream] if is_new else []
        return fork_kernel(Request(arguments, folder, environment), tuple(streams))
    finally:
        for stream in opened:
            os.close(stream)


def _stream(wanted: Any, number: int) -> tuple[int, bool]:
    """The open file for one of the kernel's streams, and whether it was opened for it."""
    if wanted == subprocess.DEVNULL:
        return os.open(os.devnull, os.O_RDWR), True
    if wanted is None and number == 0:
        ended, other = os.pipe()  # as jupyter_client gives it: one that has ended
        os.close(other)
        return ended, True
    if wanted is None:
        return number, False
    if wanted in (subprocess.PIPE, subprocess.STDOUT):
        raise NoTemplate("a pipe is wanted")
    return (wanted if isinstance(wanted, int) else wanted.fileno()), False
