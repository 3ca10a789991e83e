"""Chapters on a cluster of Dask: the same tasks, carried to other machines.

A task holds the template and the checked deliveries that the chapter shows, and brings the
executed notebook back; nothing else is shared. The case data thus leave this machine, which is
said before anything is sent and must have been allowed.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from fremskudt.errors import WrongUsage
from fremskudt.publishing.failures import explain
from fremskudt.publishing.inputs import handbook_inputs
from fremskudt.publishing.side_by_side import Pool
from fremskudt.publishing.worker import Done, Task, execute

if TYPE_CHECKING:
    from distributed import Client

ANSWER_SECONDS = 10
INSTALL = "python -m pip install -r requirements-cluster.txt"
ENCRYPTED = "tls://"
WHAT_LEAVES = (
    "Med --scheduler sendes kommunernes sagsdata (alle rækker i de kontrollerede tabeller) til "
    "maskinerne bag {address}. {line} Enhver, der kan nå {address}, kan desuden køre kode på "
    "maskinerne. Brug det kun, hvor I er dataansvarlige for alle maskinerne eller har en "
    "databehandleraftale."
)
PLAIN = "Forbindelsen er ikke krypteret."
SECURE = "Forbindelsen er krypteret."
ALLOW = "Er det i orden, så kør igen med --yes-send-data. Intet er sendt."


def consent(address: str, is_given: bool) -> str:
    """What is said before case data leave this machine. Raises `WrongUsage`, with the same words,
    when that has not been allowed."""
    line = SECURE if address.startswith(ENCRYPTED) else PLAIN
    text = WHAT_LEAVES.format(address=address, line=line)
    if not is_given:
        raise WrongUsage(f"{text} {ALLOW}")
    return text


@contextmanager
def cluster(address: str) -> Iterator[Pool]:
    """The workers that a scheduler knows, as a pool.

    Raises `WrongUsage` when the packages are missing, nobody answers, there is no worker, or a
    worker has another handbook: its numbers would be others.
    """
    with _connected(address) as client:
        workers = client.scheduler_info(n_workers=-1)["workers"]
        if not workers:
            raise WrongUsage(f"Schedulerens adresse {address} svarer, men den har ingen workers.")
        _check_handbooks(client)
        slots = sum(int(one["nthreads"]) for one in workers.values())
        # A chapter is a function of its task; but run again with --force it shall be run again.
        with client.get_executor(pure=False) as executor:
            yield Pool(_Away(executor), slots, away=True)


class _Away(Executor):
    """Dask's executor with an answer also for what is lost on the way."""

    def __init__(self, executor: Executor) -> None:
        self._executor = executor

    def submit(self, _: Callable[..., Any], /, task: Task, **__: Any) -> Future[Done]:  # type: ignore[override]
        """Send a task; its future never raises."""
        answer: Future[Done] = Future()
        self._executor.submit(execute_away, task).add_done_callback(
            lambda sent: answer.set_result(_result(sent, task))
        )
        return answer


def _result(sent: "Future[Done]", task: Task) -> Done:
    error = sent.exception()
    return sent.result() if error is None else Done("", explain(task.chapter, error, None))


def execute_away(task: Task) -> Done:
    """Run a chapter on a worker; a disk that is full there is no fault of this machine's."""
    try:
        return execute(task)
    except OSError as error:
        return Done("", explain(task.chapter, error, None))


@contextmanager
def _connected(address: str) -> "Iterator[Client]":
    try:
        from distributed import Client
    except ModuleNotFoundError as error:
        raise WrongUsage(f"--scheduler kræver pakken {error.name}. Installér: {INSTALL}") from error
    try:
        client = Client(address, timeout=ANSWER_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise WrongUsage(
            f"Der svarer ingen scheduler på {address}. Adressen skrives tcp://navn:port, og "
            "scheduleren startes med «dask scheduler»."
        ) from error
    with client:
        yield client


def _check_handbooks(client: "Client") -> None:
    """Every worker must compute with the very same handbook as this machine."""
    here = handbook_inputs()
    found = client.run(handbook_inputs, on_error="return")
    other = sorted(worker for worker, there in found.items() if there != here)
    if other:
        raise WrongUsage(
            f"Disse workers har en anden udgave af håndbogen eller af dens pakker, eller slet "
            f"ingen: {', '.join(other)}. Installér den samme udgave overalt. Intet er sendt."
        )
