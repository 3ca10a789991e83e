"""How long twenty-five participants on one server of the course wait for the first usable view,
and what each takes of memory.

A participant here is a client that fetches the module's page and asks the kernel for the state of
every widget on it, as the page's own script does. Twenty-five browsers would measure the drawing
on this machine, which in a classroom is done by twenty-five others; what one browser adds is
measured alone.
"""

import asyncio
import json
import re
import statistics
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psutil
from playwright.sync_api import sync_playwright
from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.websocket import websocket_connect

from fremskudt.teaching import serving
from fremskudt.teaching.contents import contents
from tests import browser

PARTICIPANTS = 25
MOST_SECONDS = 300
IDLE = 0.3  # seconds of work, all together, in two seconds
CONTROL = "jupyter.widget.control"
KERNEL = re.compile(r'"kernelId": ?"([^"]+)"')


@contextmanager
def served(waiting: int) -> Iterator[tuple[serving.Server, psutil.Process]]:
    """A server of the first module alone, once its waiting kernels have run the notebook."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = serving.fresh_copy(Path(scratch))
        for path in folder.glob("*.ipynb"):
            if path.name != contents()[0].notebook:
                path.unlink()
        server = serving.server(folder, True, waiting=waiting)
        with subprocess.Popen(
            server.command,
            cwd=folder,
            env=server.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as running:
            process = psutil.Process(running.pid)
            try:
                _wait_until_idle(process, waiting)
                yield server, process
            finally:
                running.terminate()


def _wait_until_idle(process: psutil.Process, kernels: int) -> None:
    """Wait until there are so many kernels, and they and the server that feeds them have hardly
    worked for two seconds, twice in a row."""
    until = time.monotonic() + MOST_SECONDS
    worked, calm = 0.0, 0
    while calm < 2:
        if time.monotonic() > until:
            raise TimeoutError("the kernels do not come to rest")
        time.sleep(2)
        children = process.children()
        everyone = (process, *children)
        before, worked = worked, sum(sum(one.cpu_times()[:2]) for one in everyone)
        calm = calm + 1 if len(children) >= kernels and worked - before < IDLE else 0


async def first_view(server: serving.Server) -> float:
    """Seconds until a participant has the page and the state of every widget on it."""
    host = urlsplit(server.address)
    token = {"Authorization": f"token {server.address.split('token=')[1]}"}
    began = time.perf_counter()
    page = await AsyncHTTPClient().fetch(
        f"http://{host.netloc}/voila/render/{contents()[0].notebook}",
        headers=token,
        connect_timeout=MOST_SECONDS,
        request_timeout=MOST_SECONDS,
    )
    kernel = KERNEL.search(page.body.decode())
    if kernel is None:
        raise ValueError("the page names no kernel")
    channels = f"ws://{host.netloc}/api/kernels/{kernel[1]}/channels"
    connection = await websocket_connect(HTTPRequest(channels, headers=token))
    comm = uuid.uuid4().hex
    opened = {"comm_id": comm, "target_name": CONTROL, "data": {}}
    await connection.write_message(_message("comm_open", opened, {"version": "1.0.0"}))
    asked = {"comm_id": comm, "data": {"method": "request_states"}}
    await connection.write_message(_message("comm_msg", asked, {}))
    while (answer := await connection.read_message()) is not None:
        text = answer if isinstance(answer, str) else answer.decode(errors="ignore")
        if "update_states" in text:
            return time.perf_counter() - began
    raise ConnectionError("the kernel has gone")


def _message(kind: str, content: dict[str, object], metadata: dict[str, str]) -> str:
    header = {
        "msg_id": uuid.uuid4().hex,
        "msg_type": kind,
        "username": "",
        "session": uuid.uuid4().hex,
        "version": "5.3",
    }
    whole = {"header": header, "parent_header": {}, "metadata": metadata, "content": content}
    return json.dumps({**whole, "channel": "shell"})


async def first_views(server: serving.Server) -> list[float]:
    """Seconds for each of the participants, who all come at once."""
    AsyncHTTPClient.configure(None, max_clients=PARTICIPANTS, max_body_size=2**27)
    return await asyncio.gather(*(first_view(server) for _ in range(PARTICIPANTS)))


def in_a_browser(server: serving.Server) -> float | None:
    """Seconds until one participant alone sees the last button in a browser; None without one."""
    path = browser.find()
    if path is None:
        return None
    host = urlsplit(server.address)
    address = f"http://{host.netloc}/voila/render/{contents()[0].notebook}?{host.query}"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=list(browser.FLAGS))
        page = running.new_page()
        began = time.perf_counter()
        page.goto(address, wait_until="commit", timeout=MOST_SECONDS * 1000)
        page.locator("#rendered_cells .jupyter-button").last.wait_for(timeout=MOST_SECONDS * 1000)
        seconds = time.perf_counter() - began
        running.close()
    return seconds


def memory(process: psutil.Process) -> tuple[str, float]:
    """MiB of a kernel, the median: its share of what kernels have in common counted to it (PSS)
    where the system tells that, else all that it holds (RSS)."""
    found = [one.memory_full_info() for one in process.children()]
    kind = "pss" if hasattr(found[0], "pss") else "rss"
    return kind.upper(), statistics.median(getattr(one, kind) for one in found) / 2**20


def participants() -> None:
    """Print the first view's median and worst seconds and the memory of a participant's kernel,
    with a waiting kernel for each, and with one as on a participant's own machine; and what that
    one sees in a browser."""
    for waiting in (1, PARTICIPANTS):
        with served(waiting) as (server, process):
            kind, mebibytes = memory(process)
            if waiting == 1 and (alone := in_a_browser(server)) is not None:
                print(f"course       {alone:6.1f} s for one alone, drawn in a browser")
                _wait_until_idle(process, waiting)
            seconds = asyncio.run(first_views(server))
        print(
            f"course       {statistics.median(seconds):6.1f} s median, {max(seconds):.1f} s worst "
            f"of {PARTICIPANTS} at once, {waiting} kernels waiting; {mebibytes:,.0f} MiB {kind} a "
            "kernel"
        )


if __name__ == "__main__":
    participants()
