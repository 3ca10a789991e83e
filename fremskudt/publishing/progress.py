"""What is seen while chapters run: what is being run, how much is left, and how long it may take.

On a terminal a bar, elsewhere one plain line a chapter.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from fremskudt.publishing.outcome import Outcome
from fremskudt.publishing.templates import Chapter

DONE = {"run": "kørt", "unchanged": "uændret", "failed": "fejlede"}
NAMED = 3  # so many of those that run are named
WORTH_SAYING = 5  # seconds


@dataclass
class Estimate:
    """How long is left, from how long the chapters so far have taken together.

    A chapter counts by its weight, for some take several times as long as others; those that were
    unchanged count for nothing.
    """

    left: float
    began: float = field(default_factory=time.monotonic)
    done: float = 0.0

    def ended(self, chapter: Chapter) -> None:
        """A chapter has been run."""
        self.done += effort(chapter)
        self.left -= effort(chapter)

    def __str__(self) -> str:
        """About how long is left, in Danish; empty while that is not known or not long."""
        if not self.done:
            return ""
        seconds = (time.monotonic() - self.began) * self.left / self.done
        if seconds < WORTH_SAYING:
            return ""
        if seconds < 90:
            return f"ca. {round(seconds, -1 if seconds > 20 else 0):.0f} s tilbage"
        return f"ca. {seconds / 60:.0f} min. tilbage"


def effort(chapter: Chapter) -> float:
    """What a chapter takes beside the others: its kernel, and what there is to compute."""
    return 1.0 + chapter.template.weight


class Shown:
    """Hears of each chapter; `show` is given what runs and how a chapter went."""

    def __init__(self, due: list[Chapter], show: Callable[[str, Outcome | None], None]) -> None:
        self.estimate = Estimate(sum(map(effort, due)))
        self._running: list[str] = []
        self._show = show

    def begun(self, chapter: Chapter) -> None:
        """A chapter is being run."""
        self._running.append(chapter.label)
        self._show(self._now(), None)

    def ended(self, outcome: Outcome) -> None:
        """A chapter was run, failed, or need not be run."""
        if outcome.chapter.label in self._running:
            self._running.remove(outcome.chapter.label)
            self.estimate.ended(outcome.chapter)
        self._show(self._now(), outcome)

    def _now(self) -> str:
        more = len(self._running) - NAMED
        named = ", ".join(self._running[:NAMED])
        return f"{named} og {more} mere" if more > 0 else named


@contextmanager
def shown(
    output: Console, say: Callable[[str], None], total: int, due: list[Chapter]
) -> Iterator[Shown]:
    """Show how `total` chapters go, of which those in `due` are run."""
    if not output.is_terminal:
        yield _lines(say, total, due)
        return
    columns = (
        TextColumn("Kapitler"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[left]}"),
        TextColumn("{task.description}", markup=False),
    )
    with Progress(*columns, console=output) as bar:
        task = bar.add_task("", total=total, left="")

        def show(running: str, ended: Outcome | None) -> None:
            bar.update(task, description=running, left=str(heard.estimate))
            if ended is not None:
                bar.advance(task)
                if ended.status == "failed":
                    bar.console.print(told(ended), markup=False)

        heard = Shown(due, show)
        yield heard


def _lines(say: Callable[[str], None], total: int, due: list[Chapter]) -> Shown:
    done = 0

    def show(_running: str, ended: Outcome | None) -> None:
        nonlocal done
        if ended is not None:
            done += 1
            left = str(heard.estimate) if ended.status != "unchanged" else ""
            say(f"[{done}/{total}] {told(ended)}{f' – {left}' if left else ''}")

    heard = Shown(due, show)
    return heard


def told(outcome: Outcome) -> str:
    """A chapter, how it went and, where the cause is its own, why it was run."""
    why = f" ({'; '.join(outcome.causes)})" if outcome.causes else ""
    return f"{outcome.chapter.label} {DONE[outcome.status]}{why}"
