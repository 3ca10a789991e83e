"""A run: which chapters are due, the data that they show, and the chapters themselves.

What reads data or starts kernels is brought only when something is due: a run that has nothing to
do is done at once.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Protocol

from fremskudt import register
from fremskudt.publishing.departed import remove_departed
from fremskudt.publishing.due import Due, due_chapters, municipalities_of, told_once
from fremskudt.publishing.outcome import Outcome
from fremskudt.publishing.templates import Chapter
from fremskudt.workspace import Workspace

if TYPE_CHECKING:
    from fremskudt.contract.delivery import Delivery
    from fremskudt.publishing.side_by_side import Pool

# A pool for so many chapters.
MakePool = Callable[[int], AbstractContextManager["Pool"]]


class Progress(Protocol):
    """Hears of each chapter as it begins, and of how it went."""

    def begun(self, chapter: Chapter) -> None: ...

    def ended(self, outcome: Outcome) -> None: ...


class Silent:
    """A progress that nobody sees."""

    def begun(self, chapter: Chapter) -> None:
        """Nothing is shown."""

    def ended(self, outcome: Outcome) -> None:
        """Nothing is shown."""


@contextmanager
def silently(_total: int, _due: list[Chapter]) -> Iterator[Silent]:
    """Show nothing of how chapters go."""
    yield Silent()


def run(
    wanted: Sequence[Chapter],
    workspace: Workspace,
    slugs: Sequence[str],
    force: bool = False,
    make_pool: MakePool | None = None,
    say: Callable[[str], None] = lambda _: None,
    shown: Callable[[int, list[Chapter]], AbstractContextManager[Progress]] = silently,
    checked: Callable[[Sequence["Delivery"]], None] = lambda _: None,
    meanwhile: Callable[[], None] = lambda: None,
) -> list[Outcome]:
    """Check the data of the chapters that are due, then run these; the caller has the turn
    (`turns.turn`).

    `slugs` are all municipalities, which the joint chapters cover; chapters of others are removed.
    `say` hears what concerns many chapters, `shown` gives who hears of each, `checked` is given
    the deliveries before anything is run, and `meanwhile` is called when the chapters are about
    to begin. Without `make_pool` chapters run on this machine, as
    many at once as it has processors. Raises `DataProblem`, `WrongUsage`, `ChapterFailed` and
    `CannotWrite`.
    """
    remove_departed(workspace, slugs)
    due = due_chapters(wanted, workspace, slugs, force)
    # Where nothing is due, the data are those that were checked when the chapters were run.
    deliveries = _deliveries(due, workspace, checked) if due else ()
    for line in told_once(due, len(wanted)):
        say(line)
    waiting = {one.chapter for one in due}
    outcomes = [Outcome(chapter, "unchanged") for chapter in wanted if chapter not in waiting]
    with shown(len(wanted), [one.chapter for one in due]) as progress:
        for outcome in outcomes:
            progress.ended(outcome)
        if due:
            meanwhile()
            outcomes += _run_due(due, workspace, deliveries, make_pool, progress)
    return outcomes


def _deliveries(
    due: Sequence[Due],
    workspace: Workspace,
    checked: Callable[[Sequence["Delivery"]], None],
) -> tuple["Delivery", ...]:
    """The deliveries that these chapters show, checked while the kernels' template warms up."""
    from fremskudt.publishing.side_by_side import begin_to_warm_up

    begin_to_warm_up()
    slugs = sorted({slug for one in due for slug in municipalities_of(one)})
    deliveries = register.load_all(workspace, slugs) if slugs else ()
    checked(deliveries)
    return deliveries


def _run_due(
    due: Sequence[Due],
    workspace: Workspace,
    deliveries: Sequence["Delivery"],
    make_pool: MakePool | None,
    progress: Progress,
) -> list[Outcome]:
    from fremskudt.publishing.execution import run_chapters
    from fremskudt.publishing.side_by_side import threads

    with (make_pool or threads)(len(due)) as pool:
        return run_chapters(due, workspace, deliveries, pool, progress.begun, progress.ended)
