"""Where chapters run: in threads of this process, each with a kernel of its own.

A thread only talks to its kernel; what is computed is computed there. So a pool is small, and
what ends the run early ends the kernels.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import import_module

import psutil

from fremskudt.kernels.forks import NoTemplate, no_more_kernels, own_template


@dataclass(frozen=True)
class Pool:
    """An executor and how many chapters it is given at once. A pool that is `away` has no files
    of this machine: a task for it carries the deliveries."""

    executor: Executor
    slots: int
    away: bool = False


def cores() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def begin_to_warm_up() -> None:
    """Start the template, if kernels can be forked here, and meanwhile bring what drives them."""
    with suppress(NoTemplate):
        own_template()
    import_module("fremskudt.publishing.engine")


@contextmanager
def threads(due: int, jobs: int = 0, say: Callable[[str], None] = lambda _: None) -> Iterator[Pool]:
    """A pool for so many chapters on this machine: `jobs` at once, else as many as there are
    processors. `say` hears when kernels cannot be warm."""
    slots = max(1, min(due, jobs or cores()))
    try:
        own_template().wait_until_ready()
    except NoTemplate as reason:
        say(f"Kapitlerne køres med almindelige kerner, og det tager længere tid ({reason}).")
    before = {one.pid for one in psutil.Process().children()}
    executor = ThreadPoolExecutor(slots)
    try:
        yield Pool(executor, slots)
    except (KeyboardInterrupt, SystemExit):
        with no_more_kernels():
            executor.shutdown(wait=False, cancel_futures=True)
            for one in psutil.Process().children():
                if one.pid not in before:  # an ordinary kernel
                    kill([*one.children(recursive=True), one])
            executor.shutdown()
        raise
    finally:
        executor.shutdown()


def kill(processes: Iterable[psutil.Process]) -> None:
    """End processes at once; those that are gone already are no error."""
    for process in processes:
        try:
            process.kill()
        except psutil.NoSuchProcess:
            continue
