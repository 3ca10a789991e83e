"""Run chapters with papermill, several at once; keep what stood before when one fails."""

import hashlib
import json
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from traitlets.config import Config

from fremskudt import __version__
from fremskudt.errors import ChapterFailed, DataProblem, WrongUsage
from fremskudt.protection.remembered import PLANS_VARIABLE
from fremskudt.publishing.departed import remove_departed
from fremskudt.publishing.templates import Chapter, check_parameters
from fremskudt.workspace import DATA_VARIABLE, HANDBOOK, Workspace

EVIDENCE = "evidence"  # the reports against the bundled data, whatever the data folder
CELL_SECONDS = 300
START_SECONDS = 120
# Sockets of the file system need no ports and are closed to other users; Windows has none.
TRANSPORT = "tcp" if os.name == "nt" else "ipc"
OUR_ERRORS = {error.__name__ for error in (DataProblem, WrongUsage)}
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True)
class Outcome:
    """How a chapter went: run, unchanged, or failed with a message."""

    chapter: Chapter
    status: str
    message: str = ""


def parameters_of(chapter: Chapter, slugs: Sequence[str]) -> dict[str, str]:
    """What a chapter's template is run with. Where the data lie is no parameter: it goes by
    the environment, so that no path of a machine ends in a published notebook."""
    if not chapter.template.is_joint:
        return {"municipality": chapter.slug}
    if chapter.template.name == EVIDENCE:
        return {}
    return {"municipalities": " ".join(slugs)}


def run_chapters(
    wanted: Sequence[Chapter],
    workspace: Workspace,
    slugs: Sequence[str],
    force: bool = False,
    report: Callable[[Outcome], None] = lambda _: None,
) -> list[Outcome]:
    """Run the chapters whose inputs have changed since they were last run.

    A chapter is written beside its old version and moved into place only when all its cells
    have run; those of municipalities that are gone are removed. Raises `ChapterFailed` after all
    have been tried, naming each that failed.
    """
    remove_departed(workspace, slugs)
    outcomes, due = [], []
    for chapter in wanted:
        values = parameters_of(chapter, slugs)
        check_parameters(workspace, chapter.template, values)
        print_now = fingerprint(chapter, workspace, values)
        if not force and _last_print(chapter, workspace) == print_now:
            outcomes.append(Outcome(chapter, "unchanged"))
            report(outcomes[-1])
        else:
            due.append((chapter, values, print_now))
    outcomes += _run_side_by_side(due, workspace, report)
    failed = [outcome for outcome in outcomes if outcome.status == "failed"]
    if failed:
        raise ChapterFailed("\n".join(outcome.message for outcome in failed))
    return outcomes


Due = tuple[Chapter, dict[str, str], str]


def _run_side_by_side(
    due: list[Due], workspace: Workspace, report: Callable[[Outcome], None]
) -> list[Outcome]:
    if not due:
        return []
    outcomes = []
    workers = min(len(due), os.cpu_count() or 1)
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        running = {pool.submit(_run, *one, workspace): one for one in due}
        try:
            while running:
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    outcomes.append(_outcome(running.pop(future)[0], future))
                    report(outcomes[-1])
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return outcomes


def _outcome(chapter: Chapter, future: Any) -> Outcome:
    try:
        result: Outcome = future.result()
    except Exception as error:  # a worker that died: its chapter failed, the others go on
        return Outcome(chapter, "failed", f"{chapter.label}: kørslen stoppede ({error}).")
    return result


def _run(chapter: Chapter, values: dict[str, str], print_now: str, workspace: Workspace) -> Outcome:
    """Execute one chapter in a process of its own."""
    import papermill
    from papermill.exceptions import PapermillExecutionError

    os.environ[DATA_VARIABLE] = str(workspace.data)  # the kernel inherits both
    os.environ[PLANS_VARIABLE] = str(workspace.output / "plans")
    target = chapter.executed(workspace)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.stem}-") as scratch:
        result = Path(scratch) / target.name
        try:
            papermill.execute_notebook(
                str(workspace.notebooks / f"{chapter.template.name}.ipynb"),
                str(result),
                parameters=values,
                progress_bar=False,
                log_output=False,
                kernel_name="python3",
                cwd=scratch,
                start_timeout=START_SECONDS,
                execution_timeout=CELL_SECONDS,
                extra_arguments=["--log-level=CRITICAL"],
                config=Config({"KernelManager": {"transport": TRANSPORT}}),
            )
        except PapermillExecutionError as error:
            failed = failed_notebook(chapter, workspace)
            result.replace(failed)
            return Outcome(chapter, "failed", _explain(chapter, error, failed))
        clean = cleaned(json.loads(result.read_text(encoding="utf-8")))
        result.write_text(
            json.dumps(clean, ensure_ascii=False, indent=1, sort_keys=True) + "\n",
            encoding="utf-8",
            newline="\n",
        )
        mark = _mark(chapter, workspace)
        mark.unlink(missing_ok=True)
        result.replace(target)
        failed_notebook(chapter, workspace).unlink(missing_ok=True)
        mark.write_text(print_now, encoding="ascii")
    return Outcome(chapter, "run")


def failed_notebook(chapter: Chapter, workspace: Workspace) -> Path:
    """Where the notebook of a chapter that failed is kept, as far as it came. It may show data
    in its error, so it stands beside the chapters and never in the site."""
    return chapter.executed(workspace).with_name(f"{chapter.template.name}.fejlet.ipynb")


def _explain(chapter: Chapter, error: Any, failed: Path) -> str:
    """Which cell failed and why, without the cell's data: the error's own line only."""
    said = COLOUR.sub("", str(error.evalue)).strip().splitlines() or [""]
    reason = said[0] if error.ename in OUR_ERRORS else f"Uventet fejl: {error.ename}: {said[0]}"
    return (
        f"{chapter.label}: celle {error.cell_index + 1} i {chapter.template.name}.ipynb fejlede. "
        f"{reason[:200]} Det forrige kapitel er uændret. Den kørte notesbog ligger i {failed}; "
        "den kan vise data og skal ikke deles."
    )


def cleaned(notebook: dict[str, Any]) -> dict[str, Any]:
    """A notebook without times, paths of this machine and the runner's marks."""
    notebook["metadata"].pop("papermill", None)
    notebook["metadata"]["language_info"] = {"name": "python"}
    cells = []
    for cell in notebook["cells"]:
        metadata = cell["metadata"]
        for name in ("papermill", "execution"):
            metadata.pop(name, None)
        metadata["tags"] = [tag for tag in metadata.get("tags", []) if tag != "papermill-error"]
        if "injected-parameters" in metadata["tags"]:
            cell["id"] = "injected-parameters"
        cells.append(cell)
    return {**notebook, "cells": cells}


def fingerprint(chapter: Chapter, workspace: Workspace, values: dict[str, str]) -> str:
    """A hash of all that a chapter depends on: data, reference, template, package, pins."""
    template = workspace.notebooks / f"{chapter.template.name}.ipynb"
    folders = [workspace.reference, HANDBOOK / "fremskudt"]
    names = values.get("municipalities", chapter.slug).split()
    if chapter.template.name == EVIDENCE:
        folders += [HANDBOOK / "data"]
    else:
        folders += [workspace.data / name for name in names]
    digest = hashlib.sha256(
        f"{__version__} {sys.version_info[:2]} {sorted(values.items())}".encode()
    )
    for path in [template, HANDBOOK / "requirements.txt", *_files(folders)]:
        digest.update(str(path).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _files(folders: Iterable[Path]) -> list[Path]:
    wanted = {".csv", ".xlsx", ".ods", ".yml", ".py", ".ipynb"}
    found = (path for folder in folders for path in folder.rglob("*") if path.suffix in wanted)
    return sorted(path for path in found if not path.name.startswith("~$"))  # Excel's own marks


def _mark(chapter: Chapter, workspace: Workspace) -> Path:
    return chapter.executed(workspace).with_suffix(".fingerprint")


def _last_print(chapter: Chapter, workspace: Workspace) -> str:
    mark = _mark(chapter, workspace)
    if not chapter.executed(workspace).is_file() or not mark.is_file():
        return ""
    return mark.read_text(encoding="ascii")
