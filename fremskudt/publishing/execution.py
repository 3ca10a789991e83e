"""Run the chapters that are due, several at once; keep what stood before when one fails."""

import os
import shutil
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from fremskudt.errors import ChapterFailed
from fremskudt.publishing.departed import remove_departed
from fremskudt.publishing.inputs import (
    EVIDENCE,
    Inputs,
    common_causes,
    inputs_of,
    own_causes,
    remembering,
)
from fremskudt.publishing.marks import keep, read_mark
from fremskudt.publishing.templates import Chapter, Kind, check_parameters
from fremskudt.publishing.turns import scratch_folder
from fremskudt.publishing.worker import Job, begin, execute, stop_workers
from fremskudt.publishing.writing import put_file, writing_to
from fremskudt.workspace import Workspace


@dataclass(frozen=True)
class Outcome:
    """How a chapter went: run, unchanged, or failed with a message; and why it was run."""

    chapter: Chapter
    status: str
    message: str = ""
    causes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Due:
    """A chapter to run: its parameters, what it rests on, and why it is run: for causes that
    concern every chapter, for causes of its own."""

    chapter: Chapter
    values: dict[str, str]
    inputs: Inputs
    common: tuple[str, ...] = ()
    own: tuple[str, ...] = ()


def parameters_of(chapter: Chapter, slugs: Sequence[str]) -> dict[str, str]:
    """What a chapter's template is run with. Where the data lie is no parameter: it goes by
    the environment, so that no path of a machine ends in a published notebook."""
    if chapter.template.kind is Kind.OWN:
        return {"municipality": chapter.slug}
    if chapter.template.kind is Kind.COURSE or chapter.template.name == EVIDENCE:
        return {}
    return {"municipalities": " ".join(slugs)}


def due_chapters(
    wanted: Sequence[Chapter], workspace: Workspace, slugs: Sequence[str], force: bool = False
) -> list[Due]:
    """The chapters whose inputs have changed since they were last run, and why.

    Raises `WrongUsage` for a parameter that a template does not know.
    """
    digest = remembering()
    due = []
    for chapter in wanted:
        values = parameters_of(chapter, slugs)
        check_parameters(workspace, chapter.template, values)
        now = inputs_of(chapter, workspace, values, digest)
        mark = read_mark(chapter, workspace)
        if force:
            due.append(Due(chapter, values, now, own=("--force",)))
        elif mark is None:
            due.append(Due(chapter, values, now, own=("ikke kørt før",)))
        elif mark.inputs != now:
            common, own = common_causes(mark.inputs, now), own_causes(mark.inputs, now)
            due.append(Due(chapter, values, now, common, own))
        elif not mark.is_whole:
            due.append(Due(chapter, values, now, own=("den kørte notesbog er ændret siden",)))
    return due


def run_chapters(
    wanted: Sequence[Chapter],
    workspace: Workspace,
    slugs: Sequence[str],
    force: bool = False,
    report: Callable[[Outcome], None] = lambda _: None,
    say: Callable[[str], None] = lambda _: None,
) -> list[Outcome]:
    """Run the chapters that are due; the caller has the turn (`turns.turn`).

    A chapter is made in a scratch folder and moved into place only when all its cells have
    run; those of municipalities that are gone are removed. `report` hears of each chapter,
    `say` of causes that concern many. Raises `ChapterFailed` after all have been tried, naming
    each that failed, and `CannotWrite`.
    """
    remove_departed(workspace, slugs)
    due = due_chapters(wanted, workspace, slugs, force)
    waiting = {one.chapter for one in due}
    outcomes = [Outcome(chapter, "unchanged") for chapter in wanted if chapter not in waiting]
    for outcome in outcomes:
        report(outcome)
    for line in told_once(due, len(wanted)):
        say(line)
    with writing_to(workspace.output), closing(_run_side_by_side(due, workspace)) as run:
        for outcome in run:
            outcomes.append(outcome)
            report(outcome)
    failed = [outcome for outcome in outcomes if outcome.status == "failed"]
    if failed:
        raise ChapterFailed("\n".join(outcome.message for outcome in failed))
    return outcomes


def told_once(due: Sequence[Due], total: int) -> list[str]:
    """The causes that concern every chapter, a Danish line each."""
    found = Counter(cause for one in due for cause in one.common)
    lines = []
    for cause, count in found.items():
        again = "alle kapitler" if count == total else f"{count} af {total} kapitler"
        lines.append(f"{cause[0].upper()}{cause[1:]}: {again} køres igen.")
    return lines


def _run_side_by_side(due: Sequence[Due], workspace: Workspace) -> Generator[Outcome, None, None]:
    """Run chapters in as many processes as there are processors.

    Each process is a pool of one, so that one which is killed takes one chapter with it and
    no other.
    """
    if not due:
        return
    queue = deque(enumerate(due))
    running: dict[Future[str], tuple[ProcessPoolExecutor, Due, Job]] = {}
    with scratch_folder(workspace) as scratch, _lanes(min(len(due), os.cpu_count() or 1)) as free:
        while queue or running:
            while queue and free:
                number, one = queue.popleft()
                job = Job(one.chapter, one.values, workspace, scratch / str(number))
                lane, future = _submit(free.pop(), job)
                running[future] = lane, one, job
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                lane, one, job = running.pop(future)
                try:
                    message = future.result()
                except BrokenProcessPool:
                    from fremskudt.publishing.failures import stopped  # brings papermill

                    lane.shutdown()
                    lane = _lane()
                    message = stopped(one.chapter, job.result, job.kept_when_failed)
                free.append(lane)
                yield _failed(job, one, message) if message else _kept(job, one, scratch)


@contextmanager
def _lanes(count: int) -> Iterator[list[ProcessPoolExecutor]]:
    """Pools of one process each; whatever ends the run early ends them and their kernels."""
    free = [_lane() for _ in range(count)]
    try:
        yield free
    except BaseException:
        stop_workers()
        raise
    finally:
        for lane in free:
            lane.shutdown()


def _submit(lane: ProcessPoolExecutor, job: Job) -> tuple[ProcessPoolExecutor, Future[str]]:
    """Give a chapter to a lane, or to a fresh one if its process was killed between chapters."""
    try:
        return lane, lane.submit(execute, job)
    except BrokenProcessPool:
        lane.shutdown()
        fresh = _lane()
        return fresh, fresh.submit(execute, job)


def _lane() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=begin)


def _kept(job: Job, one: Due, scratch: Path) -> Outcome:
    now = inputs_of(one.chapter, job.workspace, one.values)
    # Changed while it ran: nobody knows what it was made from, and the next run makes it again.
    keep(job.result, one.chapter, job.workspace, one.inputs if now == one.inputs else None, scratch)
    job.kept_when_failed.unlink(missing_ok=True)
    shutil.rmtree(job.folder, ignore_errors=True)
    return Outcome(one.chapter, "run", causes=one.own)


def _failed(job: Job, one: Due, message: str) -> Outcome:
    from fremskudt.publishing.failures import read_executed  # brings papermill

    if read_executed(job.result) is not None:
        put_file(job.result, job.kept_when_failed)
    shutil.rmtree(job.folder, ignore_errors=True)
    return Outcome(one.chapter, "failed", message, one.own)
