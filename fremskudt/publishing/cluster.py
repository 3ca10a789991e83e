"""Chapters on a cluster of Dask: the same tasks, carried to other machines.

A task holds the template and the checked deliveries that the chapter shows, and brings the
executed notebook back; nothing else is shared. The case data thus leave this machine, which is
said before anything is sent and must have been allowed.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor, Future
from contextlib import contextmanager, suppress
from functools import cache
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, Any

from fremskudt.errors import WrongUsage
from fremskudt.publishing.failures import explain
from fremskudt.publishing.inputs import Inputs, handbook_inputs
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
    "maskinerne. Brug kun maskiner, som kommunen selv råder over, eller hvor der er en "
    "databehandleraftale."
)
PLAIN = "Forbindelsen dertil er ikke krypteret."
SECURE = "Forbindelsen dertil er krypteret."
OTHER_HANDBOOK = (
    "Maskinen, der fik kapitlet, er begyndt med en anden udgave af håndbogen. Start dens worker "
    "igen."
)
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
        with _Away(client, handbook_inputs()) as executor:
            yield Pool(executor, slots, away=True)


class _Away(Executor):
    """Dask's executor with an answer also for what is lost on the way."""

    def __init__(self, client: "Client", handbook: Inputs) -> None:
        self._client = client
        self._executor: Executor = client.get_executor(pure=False)
        self._handbook = handbook
        self._waiting: dict[Future[Done], Task] = {}
        self._lock = Lock()
        self._left = Event()
        Thread(target=self._listen, daemon=True).start()

    def __exit__(self, *_: object) -> None:
        """Leave without waiting for what may still be run: nobody wants it any more."""
        self._left.set()
        with suppress(Exception):  # Dask's own, when the scheduler is gone already
            self._executor.shutdown(wait=False)

    def submit(self, _: Callable[..., Any], /, task: Task, **__: Any) -> Future[Done]:  # type: ignore[override]
        """Send a task; its future never raises."""
        answer: Future[Done] = Future()
        try:
            sent = self._executor.submit(execute_away, task, self._handbook)
        except Exception as error:  # Dask's own, of many kinds, when the connection is gone
            self._answer(answer, Done("", explain(task.chapter, error, None)))
            return answer
        with self._lock:
            self._waiting[answer] = task
        sent.add_done_callback(lambda sent: self._answer(answer, _result(sent, task)))
        return answer

    def _answer(self, answer: Future[Done], done: Done) -> None:
        """Answer once: what comes after that is too late."""
        with self._lock:
            self._waiting.pop(answer, None)
            if not answer.done():
                answer.set_result(done)

    def _listen(self) -> None:
        """Give up what was sent when the scheduler is gone: Dask would wait for it to come back."""
        silent = 0
        while not self._left.wait(1):
            silent = 0 if self._client.status == "running" else silent + 1
            if silent > ANSWER_SECONDS:
                with self._lock:
                    lost = dict(self._waiting)
                for answer, task in lost.items():
                    self._answer(answer, Done("", explain(task.chapter, CancelledError(), None)))


def _result(sent: "Future[Done]", task: Task) -> Done:
    try:
        return sent.result()
    except BaseException as error:  # a cancelled future is no `Exception`: the scheduler is gone
        return Done("", explain(task.chapter, error, None))


@cache
def _handbook_begun_with() -> Inputs:
    """What this process' handbook was when it was first asked: what it has imported since."""
    return handbook_inputs()


def execute_away(task: Task, handbook: Inputs) -> Done:
    """Run a chapter on a worker that has the same handbook; a disk that is full there is no fault
    of this machine's."""
    if _handbook_begun_with() != handbook:
        return Done("", f"{task.chapter.label}: {OTHER_HANDBOOK}")
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
    except TypeError as error:
        raise WrongUsage(
            f"{address} kræver certifikater. Angiv dem i Dasks indstillinger "
            "(distributed.comm.tls)."
        ) from error
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
    found = client.run(_handbook_begun_with, on_error="return")
    other = sorted(worker for worker, there in found.items() if there != here)
    if other:
        raise WrongUsage(
            f"Disse workers har ikke den samme udgave af håndbogen, eller den kunne ikke læses: "
            f"{', '.join(other)}. Installér den samme udgave overalt, og start dem igen. Intet er "
            "sendt."
        )
