"""What runs in a process of its own: one chapter at a time, in a scratch folder.

A worker never touches what lasts. It ends when the process that started it ends, and takes
its kernels along.
"""

import json
import os
import signal
from collections.abc import Iterable
from dataclasses import dataclass
from multiprocessing import active_children, parent_process
from multiprocessing.connection import wait
from pathlib import Path
from threading import Thread
from typing import Any

import psutil
from traitlets.config import Config

from fremskudt.protection.remembered import PLANS_VARIABLE
from fremskudt.publishing.templates import Chapter
from fremskudt.publishing.writing import NO_ROOM
from fremskudt.workspace import DATA_VARIABLE, Workspace

WIDGET = "application/vnd.jupyter.widget-view+json"
# Sockets of the file system need no ports and are closed to other users; Windows has none.
TRANSPORT = "tcp" if os.name == "nt" else "ipc"


@dataclass(frozen=True)
class Job:
    """A chapter to run, its parameters, and the scratch folder to run it in."""

    chapter: Chapter
    values: dict[str, str]
    workspace: Workspace
    folder: Path

    @property
    def result(self) -> Path:
        return self.folder / f"{self.chapter.template.name}.ipynb"

    @property
    def kept_when_failed(self) -> Path:
        """Where the notebook of a chapter that failed is kept, as far as it came. It may show
        data in its error, so it stands beside the chapters and never in the site."""
        name = f"{self.chapter.template.name}.fejlet.ipynb"
        return self.chapter.executed(self.workspace).with_name(name)


def begin() -> None:
    """First thing in a worker: Ctrl-C is the parent's matter, and so is the worker's life.

    What is printed goes nowhere: results and reasons are returned, and a kernel that is shut
    down sometimes writes a traceback of its own to the stream that it inherits from here.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with open(os.devnull, "w") as nowhere:  # noqa: PTH123 - a device, no path
        for stream in (1, 2):
            os.dup2(nowhere.fileno(), stream)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
    kill(psutil.Process().children(recursive=True))
    os._exit(1)


def kill(processes: Iterable[psutil.Process]) -> None:
    """End processes at once; those that are gone already are no error."""
    for process in processes:
        try:
            process.kill()
        except psutil.NoSuchProcess:
            continue


def stop_workers() -> None:
    """End all workers of this process, and their kernels, at once."""
    for worker in active_children():
        try:
            process = psutil.Process(worker.pid)
            kernels = process.children(recursive=True)
        except psutil.NoSuchProcess:
            continue
        kill([process, *kernels])


def execute(job: Job) -> str:
    """Run a chapter; returns why it failed, in Danish, or an empty string.

    Raises `OSError` when the scratch folder cannot be written to.
    """
    from fremskudt.publishing.failures import explain

    os.environ[DATA_VARIABLE] = str(job.workspace.data)  # the kernel inherits both
    os.environ[PLANS_VARIABLE] = str(job.workspace.output / "plans")
    job.folder.mkdir()
    try:
        _run(job)
    except Exception as error:
        if isinstance(error, OSError) and error.errno in NO_ROOM:
            raise OSError(error.errno, error.strerror) from None
        return explain(job.chapter, error, job.result, job.kept_when_failed)
    clean = cleaned(json.loads(job.result.read_text(encoding="utf-8")))
    text = json.dumps(clean, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    job.result.write_text(text, encoding="utf-8", newline="\n")
    return ""


def _run(job: Job) -> None:
    import papermill

    from fremskudt.publishing.failures import CELL_SECONDS, START_SECONDS

    kernel = {"transport": TRANSPORT, "connection_file": "kernel.json"}
    papermill.execute_notebook(
        str(job.chapter.template.path(job.workspace)),
        str(job.result),
        parameters=job.values,
        progress_bar=False,
        log_output=False,
        kernel_name="python3",
        cwd=str(job.folder),  # the kernel's own files are left here too, and go with it
        start_timeout=START_SECONDS,
        execution_timeout=CELL_SECONDS,
        # No history: two kernels share its file, and it would lie outside the output folder.
        extra_arguments=["--log-level=CRITICAL", "--HistoryManager.enabled=False"],
        config=Config({"KernelManager": kernel}),
    )


def cleaned(notebook: dict[str, Any]) -> dict[str, Any]:
    """A notebook without times, paths of this machine, the runner's marks, and widgets: they are
    numbered by chance, and without a kernel their text stands for them."""
    for name in ("papermill", "widgets"):
        notebook["metadata"].pop(name, None)
    notebook["metadata"]["language_info"] = {"name": "python"}
    cells = []
    for cell in notebook["cells"]:
        metadata = cell["metadata"]
        for name in ("papermill", "execution"):
            metadata.pop(name, None)
        metadata["tags"] = [tag for tag in metadata.get("tags", []) if tag != "papermill-error"]
        if "injected-parameters" in metadata["tags"]:
            cell["id"] = "injected-parameters"
        for output in cell.get("outputs", ()):
            output.get("data", {}).pop(WIDGET, None)
        cells.append(cell)
    return {**notebook, "cells": cells}
