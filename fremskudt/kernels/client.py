"""A client that takes a kernel as ready when it is, and sockets in a folder of their own."""

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty
from typing import Any

import zmq.asyncio
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.manager import AsyncKernelManager

from fremskudt.kernels.forks import impossible
from fremskudt.kernels.provisioner import WarmProvisioner

ASK_AGAIN_SECONDS = 1.0
LONGEST = 80  # bytes of a folder in which a socket's whole address has room


class PromptClient(AsyncKernelClient):
    """Ready as soon as the kernel has answered and its output channel is heard.

    jupyter_client's own client listens for a fifth of a second more, lest anything is on its way.
    Here the end of the kernel's own answer is waited for, after which nothing is.
    """

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait for the kernel. Raises `RuntimeError` when it died or took longer than `timeout`
        seconds, in the words that jupyter_client has for it."""
        deadline = time.monotonic() + (float("inf") if timeout is None else timeout)
        await self._hear(deadline)
        while not await self._answers():
            if not await self._async_is_alive():
                raise RuntimeError("Kernel died before replying to kernel_info")
            if time.monotonic() > deadline:
                raise RuntimeError(f"Kernel didn't respond in {timeout} seconds")

    async def _hear(self, deadline: float) -> None:
        """Wait until the output channel is connected: a kernel greets who begins to listen."""
        while time.monotonic() < deadline:
            try:
                await self.get_iopub_msg(timeout=ASK_AGAIN_SECONDS)
            except Empty:
                if not await self._async_is_alive():
                    return
            else:
                return

    async def _answers(self) -> bool:
        """Whether the kernel says who it is, and that it has nothing more to do."""
        asked = self.kernel_info()
        try:
            reply = await _about(asked, self.get_shell_msg)
            self._handle_kernel_info_reply(reply)
            while (await _about(asked, self.get_iopub_msg))["content"].get(
                "execution_state"
            ) != "idle":
                continue
        except Empty:
            return False
        return True


async def _about(asked: str, channel: Any) -> dict[str, Any]:
    """The next message of a channel that answers a request. Raises `Empty` after a while."""
    while True:
        message: dict[str, Any] = await channel(timeout=ASK_AGAIN_SECONDS)
        if message["parent_header"].get("msg_id") == asked:
            return message


@contextmanager
def manager(kernel_name: str) -> Iterator[AsyncKernelManager]:
    """A manager of a warm kernel, which is not started yet; its sockets lie in a short folder of
    their own, closed to other users, and go with it. Windows has ports instead."""
    context = zmq.asyncio.Context()
    folder = Path(tempfile.mkdtemp(prefix="fremskudt-"))
    found = AsyncKernelManager(
        kernel_name=kernel_name,
        context=context,
        transport="tcp" if impossible() or len(str(folder)) > LONGEST else "ipc",
        connection_file=str(folder / "kernel.json"),
        client_class=f"{__name__}.{PromptClient.__name__}",
    )
    found.provisioner = WarmProvisioner(
        kernel_id=folder.name, kernel_spec=found.kernel_spec, parent=found
    )
    try:
        yield found
    finally:
        context.destroy(linger=0)
        shutil.rmtree(folder, ignore_errors=True)
