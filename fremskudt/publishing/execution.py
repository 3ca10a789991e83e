"""Run the chapters that are due, several at once; keep what stood before when one fails."""

import shutil
from collections import deque
from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from fremskudt.contract.delivery import Delivery
from fremskudt.errors import ChapterFailed, HandbookError
from fremskudt.handover import BUNDLED, OF_DATA, laid_out, pack
from fremskudt.notebook import open_demonstration
from fremskudt.publishing.due import Due, municipalities_of
from fremskudt.publishing.failures import where_kept
from fremskudt.publishing.inputs import SHOWS_BUNDLED, inputs_of
from fremskudt.publishing.marks import keep
from fremskudt.publishing.outcome import Outcome
from fremskudt.publishing.side_by_side import Pool
from fremskudt.publishing.signatures import watching
from fremskudt.publishing.templates import Chapter
from fremskudt.publishing.turns import scratch_folder
from fremskudt.publishing.worker import Done, Here, Task, execute
from fremskudt.publishing.writing import put_file, writing_to
from fremskudt.workspace import Workspace

CHECKED = "checked"


def run_chapters(
    due: Sequence[Due],
    workspace: Workspace,
    deliveries: Iterable[Delivery],
    pool: Pool,
    begun: Callable[[Chapter], None] = lambda _: None,
    report: Callable[[Outcome], None] = lambda _: None,
) -> list[Outcome]:
    """Run the chapters that are due (`due.due_chapters`); the caller has the turn (`turns.turn`).

    A chapter is made in a scratch folder and moved into place only when all its cells have run.
    `deliveries` are the checked ones that these chapters show; `begun` and `report` hear of each
    chapter. Raises `ChapterFailed` after all have been tried, naming each that failed, and
    `CannotWrite`.
    """
    outcomes = []
    packed = _packed(due, deliveries)
    with writing_to(workspace.output), scratch_folder(workspace) as scratch, ExitStack() as stack:
        tasks = _Tasks(workspace, scratch, dict(packed) if pool.away else {}, pool.away)
        if not pool.away:
            stack.enter_context(laid_out(packed, scratch / CHECKED))
        run = stack.enter_context(
            closing(_run_side_by_side(_longest_first(due), tasks, pool, begun))
        )
        for outcome in run:
            outcomes.append(outcome)
            report(outcome)
    failed = [outcome for outcome in outcomes if outcome.status == "failed"]
    if failed:
        raise ChapterFailed("\n".join(outcome.message for outcome in failed))
    return outcomes


def _packed(due: Sequence[Due], deliveries: Iterable[Delivery]) -> Iterable[tuple[str, bytes]]:
    """The deliveries as they are handed to the kernels, each under its name."""
    for delivery in deliveries:
        yield f"{OF_DATA}/{delivery.slug}", pack(delivery)
    if any(one.chapter.template.name in SHOWS_BUNDLED for one in due):
        with suppress(HandbookError):  # the chapters that show it will say so themselves
            for delivery in open_demonstration().values():
                yield f"{BUNDLED}/{delivery.slug}", pack(delivery)


def _longest_first(due: Sequence[Due]) -> list[Due]:
    """The chapters in the order in which they are begun, so that no long one is left for last."""
    return sorted(due, key=lambda one: -one.chapter.template.weight)


@dataclass(frozen=True)
class _Tasks:
    """Makes the task of each chapter: one that knows where it is, or one that carries all it
    needs."""

    workspace: Workspace
    scratch: Path
    packed: dict[str, bytes]
    away: bool
    digest: Callable[[Path], str] = field(default_factory=watching)

    def task(self, one: Due, number: int) -> Task:
        template = one.chapter.template.path(self.workspace).read_text(encoding="utf-8")
        if self.away:
            return Task(one.chapter, template, one.values, deliveries=self._needed(one))
        checked, plans = self.scratch / CHECKED, self.workspace.output / "plans"
        here = Here(self.workspace.data, checked, plans, self.scratch / str(number))
        return Task(one.chapter, template, one.values, here)

    def _needed(self, one: Due) -> dict[str, bytes]:
        """The deliveries that a chapter shows, and no other: they leave this machine."""
        shown = {f"{OF_DATA}/{slug}" for slug in municipalities_of(one)}
        bundled = one.chapter.template.name in SHOWS_BUNDLED
        return {
            name: content
            for name, content in self.packed.items()
            if name in shown or (bundled and name.startswith(BUNDLED))
        }


def _run_side_by_side(
    due: Sequence[Due], tasks: _Tasks, pool: Pool, begun: Callable[[Chapter], None]
) -> Generator[Outcome, None, None]:
    """Run chapters as many at once as the pool has room for; the others wait here, so that what
    is in memory does not grow with their number."""
    queue = deque(enumerate(due))
    running: dict[Future[Done], tuple[int, Due]] = {}
    ready: list[Callable[[], Outcome]] = []
    while queue or running:
        while queue and len(running) < pool.slots:
            number, one = queue.popleft()
            running[pool.executor.submit(execute, tasks.task(one, number))] = number, one
            begun(one.chapter)
        for ended in ready:  # while the next are being run
            yield ended()
        done, _ = wait(running, return_when=FIRST_COMPLETED)
        ready = [partial(_ended, *running.pop(future), future.result(), tasks) for future in done]
    for ended in ready:
        yield ended()


def _ended(number: int, one: Due, done: Done, tasks: _Tasks) -> Outcome:
    """Put what a chapter became in its place."""
    workspace, folder = tasks.workspace, tasks.scratch / str(number)
    scratch = folder.parent
    kept = kept_when_failed(one.chapter, workspace)
    made = folder.with_suffix(".ipynb")
    made.write_text(done.notebook, encoding="utf-8", newline="\n")
    shutil.rmtree(folder, ignore_errors=True)
    if done.message:
        if not done.notebook:
            made.unlink()
            return Outcome(one.chapter, "failed", done.message, one.own)
        put_file(made, kept)
        return Outcome(one.chapter, "failed", f"{done.message} {where_kept(kept)}", one.own)
    now = inputs_of(one.chapter, workspace, one.values, tasks.digest)
    # Changed while it ran: nobody knows what it was made from, and the next run makes it again.
    keep(made, one.chapter, workspace, one.inputs if now == one.inputs else None, scratch)
    kept.unlink(missing_ok=True)
    return Outcome(one.chapter, "run", causes=one.own)


def kept_when_failed(chapter: Chapter, workspace: Workspace) -> Path:
    """Where the notebook of a chapter that failed is kept, as far as it came. It may show data in
    its error, so it stands beside the chapters and never in the site."""
    return chapter.executed(workspace).with_suffix(".fejlet.ipynb")
