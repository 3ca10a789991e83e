"""What runs one chapter, here or on another machine: a task in, an executed notebook out.

It reads and writes nothing that lasts, and never raises for what a notebook does.
"""

import errno
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fremskudt.handover import CHECKED_VARIABLE, laid_out
from fremskudt.protection.remembered import PLANS_VARIABLE
from fremskudt.publishing.templates import Chapter
from fremskudt.publishing.writing import NO_ROOM
from fremskudt.workspace import DATA_VARIABLE

WIDGET = "application/vnd.jupyter.widget-view+json"


@dataclass(frozen=True)
class Here:
    """Where a task of this machine finds the data, the checked deliveries and the plans, and the
    folder that it may write in."""

    data: Path
    checked: Path
    plans: Path
    scratch: Path


@dataclass(frozen=True)
class Task:
    """A chapter to run: its template as text and its parameters. It knows where it is, or it
    carries the packed deliveries that it needs, by the name that they are handed over under."""

    chapter: Chapter
    template: str
    values: dict[str, str]
    here: Here | None = None
    deliveries: dict[str, bytes] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Done:
    """An executed notebook, as far as it came, or an empty text; and why it failed, in Danish, or
    an empty text."""

    notebook: str
    message: str


def execute(task: Task) -> Done:
    """Run a chapter. Raises `OSError` when its folder cannot be written to."""
    from fremskudt.publishing.failures import explain  # brings papermill

    with _place(task) as here:
        result = here.scratch / "chapter.ipynb"
        try:
            _run(task, here, result)
        except Exception as error:
            if isinstance(error, OSError) and error.errno in NO_ROOM:
                raise OSError(error.errno or errno.ENOSPC, error.strerror) from None
            notebook = read_executed(result)
            text = json.dumps(notebook, ensure_ascii=False, indent=1) if notebook else ""
            return Done(text, explain(task.chapter, error, notebook))
        clean = cleaned(json.loads(result.read_text(encoding="utf-8")))
    return Done(json.dumps(clean, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "")


@contextmanager
def _place(task: Task) -> Iterator[Here]:
    """The task's folders; away from home they are made for it, and go with it."""
    if task.here is not None:
        task.here.scratch.mkdir()
        yield task.here
        return
    with tempfile.TemporaryDirectory(prefix="fremskudt-") as made:
        folder = Path(made)
        here = Here(folder / "data", folder / "checked", folder / "plans", folder / "scratch")
        for one in (here.data, here.checked, here.scratch):
            one.mkdir(mode=0o700)
        with laid_out(task.deliveries.items(), here.checked):
            yield here


def _run(task: Task, here: Here, result: Path) -> None:
    import papermill
    from papermill.engines import papermill_engines

    from fremskudt.publishing.engine import NAME, ChapterEngine
    from fremskudt.publishing.failures import CELL_SECONDS, START_SECONDS

    papermill_engines.register(NAME, ChapterEngine)
    template = here.scratch / "template.ipynb"
    template.write_text(task.template, encoding="utf-8", newline="\n")
    papermill.execute_notebook(
        str(template),
        str(result),
        parameters=task.values,
        engine_name=NAME,
        progress_bar=False,
        log_output=False,
        kernel_name="python3",
        start_timeout=START_SECONDS,
        execution_timeout=CELL_SECONDS,
        folder=str(here.scratch),  # the kernel's own files are left here, and go with it
        environment={
            DATA_VARIABLE: str(here.data),
            CHECKED_VARIABLE: str(here.checked),
            PLANS_VARIABLE: str(here.plans),
        },
    )


def read_executed(executed: Path) -> dict[str, Any] | None:
    """An executed notebook; None when there is none or it was cut off by what stopped the run."""
    try:
        notebook: dict[str, Any] = json.loads(executed.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return notebook


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
