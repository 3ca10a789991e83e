"""Where chapters are run: on this machine, or on a cluster that somebody has allowed."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from fremskudt.errors import WrongUsage
from fremskudt.publishing.running import MakePool
from fremskudt.publishing.side_by_side import Pool, threads


def make_pool(jobs: int, scheduler: str, may_send: bool, say: Callable[[str], None]) -> MakePool:
    """Makes the pool for as many chapters as are due: `jobs` at once here (0: one a processor), or
    the workers of a scheduler. What leaves this machine is said before anything is connected.

    Raises `WrongUsage` for a negative number, and where sending was not allowed.
    """
    if jobs < 0:
        raise WrongUsage("--jobs er et antal kapitler ad gangen: 1 eller flere.")

    def here(due: int) -> AbstractContextManager[Pool]:
        return threads(due, jobs, say)

    if not scheduler:
        return here
    from fremskudt.publishing.cluster import cluster, consent

    say(consent(scheduler, may_send))
    return lambda _: cluster(scheduler)
