"""How fast chapters and book are made, each row beside its rival in the same run.

The rival is what anybody would write first: a loop of `papermill` over the same notebooks and
`jupyter-book build` over the same pages. It knows of no change, so a changed value and no change
cost it everything.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from fremskudt import register
from fremskudt.kernels import PROVISIONER, PROVISIONER_VARIABLE
from fremskudt.publishing.book_inputs import documents
from fremskudt.publishing.due import parameters_of
from fremskudt.publishing.staging import stage_documents, stage_frame
from fremskudt.publishing.templates import chapters
from fremskudt.publishing.watching import WAITING
from fremskudt.workspace import DATA_VARIABLE, HANDBOOK, Workspace
from tests.many import make_many

ROUNDS = int(os.environ.get("BENCH_ROUNDS", "3"))
KERNELS = 10
MANY, CASES = 98, 500
SECONDS_APART = 0.5  # between two looks at the memory
SETTLED = 3  # seconds in which what stands ready gets ready
PYTHON = sys.executable
QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


@dataclass
class Times:
    """Seconds of several rounds and the most memory of all processes together, in MiB."""

    seconds: list[float] = field(default_factory=list)
    peak: float = 0.0

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    def __str__(self) -> str:
        memory = f"{self.peak:7,.0f} MiB" if self.peak else " " * 11
        return f"{self.median:8.2f} s {memory}"


def row(name: str, ours: Times, rival: Times | None = None, note: str = "") -> None:
    """Print a line of the table."""
    beside = f"{rival}  {rival.median / ours.median:6.1f} times" if rival else ""
    print(f"{name:<52} {ours}  {beside}  {note}".rstrip(), flush=True)


def timed(times: Times, *command: object, **options: object) -> None:
    """Run a command to its end, and add its time and memory."""
    began = time.perf_counter()
    process = subprocess.Popen([str(one) for one in command], **{**QUIET, **options})
    done = threading.Event()
    watcher = threading.Thread(target=_watch, args=(process.pid, times, done))
    watcher.start()
    code = process.wait()
    times.seconds.append(time.perf_counter() - began)
    done.set()
    watcher.join()
    if code:
        raise subprocess.CalledProcessError(code, command)


def _watch(number: int, times: Times, done: threading.Event) -> None:
    """The proportional share of memory of a process and all below it, looked at again and again."""
    while not done.wait(SECONDS_APART):
        total = 0.0
        try:
            process = psutil.Process(number)
            for one in (process, *process.children(recursive=True)):
                total += one.memory_full_info().pss / 2**20
        except psutil.Error:
            continue  # one has ended while it was looked at
        times.peak = max(times.peak, total)


def fremskudt(times: Times, space: Workspace, *arguments: object) -> None:
    command = (PYTHON, "-m", "fremskudt", *arguments)
    timed(times, *command, "--data", space.data, "--output", space.output, cwd=HANDBOOK)


def watched(times: Times, space: Workspace) -> None:
    """One value changed, again and again, while `site --watch` stands ready."""
    command = (PYTHON, "-u", "-m", "fremskudt", "site", "--watch")
    folders = ("--data", space.data, "--output", space.output)
    with subprocess.Popen(
        [str(one) for one in (*command, *folders)],
        cwd=HANDBOOK,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        _wait_until_it_waits(process)
        for _ in range(ROUNDS):
            time.sleep(SETTLED)
            change_one_value(space)
            began = time.perf_counter()
            _wait_until_it_waits(process)
            times.seconds.append(time.perf_counter() - began)
        process.terminate()


def _wait_until_it_waits(process: subprocess.Popen[str]) -> None:
    for line in process.stdout or ():
        if line.startswith(WAITING[:5]):
            return
    raise RuntimeError("who watched has ended")


def plain(chapters_alone: Times, whole: Times, space: Workspace, folder: Path) -> None:
    """The rival: papermill for each chapter, then Jupyter Book."""
    shutil.rmtree(folder, ignore_errors=True)
    slugs = register.slugs(space)
    rival = Workspace(HANDBOOK, space.data, folder / "out")
    loop = Times()
    for chapter in chapters(slugs):
        target = chapter.executed(rival)
        target.parent.mkdir(parents=True, exist_ok=True)
        options = [x for pair in parameters_of(chapter, slugs).items() for x in ("-p", *pair)]
        command = (PYTHON, "-m", "papermill", chapter.template.path(rival), target, *options)
        timed(
            loop,
            *command,
            "--no-progress-bar",
            env={**os.environ, DATA_VARIABLE: str(space.data)},
        )
    stage = folder / "source"
    stage_frame(rival, slugs, stage)
    stage_documents(rival, slugs, stage, list(documents(rival, slugs)))
    book = Times()
    timed(book, Path(PYTHON).with_name("jupyter-book"), "build", stage)
    chapters_alone.seconds.append(sum(loop.seconds))
    chapters_alone.peak = max(chapters_alone.peak, loop.peak)
    whole.seconds.append(sum(loop.seconds) + sum(book.seconds))
    whole.peak = max(whole.peak, loop.peak, book.peak)


@contextmanager
def own_space():
    """A copy of the demonstration data, and an output folder."""
    with tempfile.TemporaryDirectory() as scratch:
        data = Path(scratch) / "data"
        shutil.copytree(HANDBOOK / "data", data, ignore=shutil.ignore_patterns("reference"))
        yield Workspace(HANDBOOK, data, Path(scratch) / "out"), Path(scratch)


def change_one_value(space: Workspace) -> None:
    """Another gender for the first of Vejle's citizens."""
    path = space.data / "vejle" / "cases.csv"
    first, second, rest = path.read_text(encoding="utf-8").split("\n", 2)
    other = second.replace(",woman,", ",MAN,").replace(",man,", ",woman,").replace("MAN", "man")
    path.write_text("\n".join((first, other, rest)), encoding="utf-8")


def four() -> float:
    """Rows (a), (b) and (c); returns the seconds of one chapter."""
    run, site, changed, ready, same, loop, whole = (Times() for _ in range(7))
    with own_space() as (space, scratch):
        count = len(chapters(register.slugs(space)))
        for _ in range(ROUNDS):
            for folder in (space.output, scratch / "rival"):
                shutil.rmtree(folder, ignore_errors=True)
            fremskudt(run, space, "run")
            shutil.rmtree(space.output)
            fremskudt(site, space, "site")
            change_one_value(space)
            fremskudt(changed, space, "site")
            fremskudt(same, space, "site")
            plain(loop, whole, space, scratch / "rival")
        watched(ready, space)
    row("(a) four municipalities, chapters / papermill", run, loop, f"{count} chapters")
    row("(a) four municipalities, site / with jupyter-book", site, whole)
    row("(b) one value changed, site / the same", changed, whole)
    row("(b) the same while one watches", ready, whole)
    row("(c) nothing changed, site / the same", same, whole)
    return run.median / count


def kernels() -> None:
    """Row (d): a kernel from start to stop, without a cell."""
    import asyncio

    from jupyter_client.manager import start_new_kernel

    from fremskudt.kernels.client import manager

    async def warm() -> None:
        with manager("python3") as kernel:
            await kernel.start_kernel()
            client = kernel.client()
            client.start_channels()
            await client.wait_for_ready()
            client.stop_channels()
            await kernel.shutdown_kernel(now=True)

    def ordinary() -> None:
        kernel, client = start_new_kernel(kernel_name="python3", **QUIET)
        client.stop_channels()
        kernel.shutdown_kernel()

    asyncio.run(warm())  # the template begins once
    ours, rival = Times(), Times()
    for _ in range(KERNELS):
        for times, begin in ((ours, lambda: asyncio.run(warm())), (rival, ordinary)):
            began = time.perf_counter()
            begin()
            times.seconds.append(time.perf_counter() - began)
    row("(d) a kernel, start to stop: warm / ordinary", ours, rival)


def many(a_chapter_of_four: float) -> None:
    """Row (e): as many municipalities as Denmark has."""
    site, run = Times(), Times()
    with tempfile.TemporaryDirectory() as scratch:
        space = Workspace(
            HANDBOOK, make_many(Path(scratch) / "data", MANY, CASES), Path(scratch) / "o"
        )
        count = len(chapters(register.slugs(space)))
        fremskudt(run, space, "run")
        shutil.rmtree(space.output)
        fremskudt(site, space, "site")
    note = f"{count} chapters, {run.median / count / a_chapter_of_four:.2f} of a chapter of four"
    row(f"(e) {MANY} municipalities of {CASES} cases, chapters", run, note=note)
    row(f"(e) {MANY} municipalities of {CASES} cases, site", site)


def nbval() -> None:
    """Row (f): pytest --nbval over the executed chapters of Vejle and the course."""
    ours, rival = Times(), Times()
    with own_space() as (space, _):
        fremskudt(Times(), space, "run", "vejle")
        command = (PYTHON, "-m", "pytest", "--nbval", "-p", "no:cacheprovider", "-q")
        folders = (space.chapters / "vejle", space.chapters / "kursus")
        for _ in range(ROUNDS):
            for times, name in ((ours, PROVISIONER), (rival, "local-provisioner")):
                environment = {**os.environ, PROVISIONER_VARIABLE: name}
                environment[DATA_VARIABLE] = str(space.data)
                timed(times, *command, *folders, env=environment)
    row("(f) pytest --nbval, 11 chapters: warm / ordinary", ours, rival)


def workers() -> None:
    """Row (g): one and two at once here, and two workers of a Dask cluster on this machine."""
    from tests.site.test_cluster import scheduler, worker

    one, two, dask = Times(), Times(), Times()
    with own_space() as (space, scratch):
        services = [scheduler(scratch)]
        services += [worker(scratch, name, services[0].address) for name in ("first", "second")]
        send = ("--scheduler", services[0].address, "--yes-send-data")
        try:
            for _ in range(ROUNDS):
                fremskudt(one, space, "run", "--force", "--jobs", 1)
                fremskudt(two, space, "run", "--force", "--jobs", 2)
                fremskudt(dask, space, "run", "--force", *send)
        finally:
            for service in services:
                service.kill()
    row("(g) four municipalities, two at once / one", two, one)
    row("(g) four municipalities, two Dask workers / one here", dask, one)


ROWS: tuple[Callable[[], object], ...] = (kernels, nbval, workers)


def main() -> None:
    print(f"{'':<52} {'ours':>10} {'memory':>10}   {'rival':>9} {'memory':>10}")
    a_chapter = four()
    for measure in ROWS:
        measure()
    many(a_chapter)


if __name__ == "__main__":
    main()
