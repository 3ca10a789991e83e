"""Chapters on a cluster: the same notebooks, nothing sent unasked, and no chapter lost."""

import json
import os
import re
import signal
import subprocess
import sys
from concurrent.futures import Future

import psutil
import pytest

from fremskudt import register
from fremskudt.errors import ChapterFailed, WrongUsage
from fremskudt.handover import pack
from fremskudt.publishing import cluster as module
from fremskudt.publishing import execution
from fremskudt.publishing.cluster import cluster, consent
from fremskudt.publishing.due import due_chapters, municipalities_of
from fremskudt.publishing.execution import run_chapters
from fremskudt.publishing.inputs import handbook_inputs
from fremskudt.publishing.side_by_side import Pool, threads
from fremskudt.publishing.templates import chapters
from fremskudt.publishing.worker import Done, Task, execute
from fremskudt.workspace import HANDBOOK, Workspace
from tests.unit.test_command_line import left_with

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals of Unix")
PATIENCE = 60
LISTENS = re.compile(r"(?:Scheduler at|Start worker at): +(tcp://\S+)")
SLUGS = ("rudersdal", "vejle")


class Service:
    """A process of Dask's, started as its users start it; `address` is where it listens."""

    def __init__(self, log, *arguments):
        self.log = log
        with log.open("w", encoding="utf-8") as file:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "dask", *arguments, "--no-dashboard"],
                cwd=log.parent,
                stdout=file,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def wait_for(self, pattern):
        """What the log says, as soon as it does."""
        while not (found := pattern.search(self.log.read_text(encoding="utf-8"))):
            try:
                self.process.wait(0.1)
            except subprocess.TimeoutExpired:
                continue
            raise AssertionError(self.log.read_text(encoding="utf-8"))
        return found

    def kill(self):
        """The process and all that it has started, at once."""
        started = psutil.Process(self.process.pid).children(recursive=True)
        os.killpg(self.process.pid, signal.SIGKILL)
        for one in started:
            if one.is_running():
                one.kill()
        self.process.wait()


def scheduler(folder):
    service = Service(folder / "scheduler.log", "scheduler", "--host=127.0.0.1", "--port=0")
    service.address = service.wait_for(LISTENS)[1]
    return service


def worker(folder, name, address):
    options = ("--host=127.0.0.1", "--nthreads=1", "--nworkers=1", "--no-nanny")
    service = Service(folder / f"{name}.log", "worker", address, *options, f"--name={name}")
    service.wait_for(re.compile("Registered to"))
    return service


@pytest.fixture
def services(tmp_path):
    """A scheduler and two workers, ended with the test."""
    started = [scheduler(tmp_path)]
    started += [worker(tmp_path, name, started[0].address) for name in ("first", "second")]
    yield started
    for one in started:
        if one.process.poll() is None:
            one.kill()


@pytest.fixture
def handbook(tmp_path):
    """A handbook of one's own with small chapters, of which each tells who made it."""
    root = tmp_path / "handbook"
    (root / "data").mkdir(parents=True)
    (root / "data" / "reference").symlink_to(HANDBOOK / "data" / "reference")
    (root / "notebooks" / "training").mkdir(parents=True)
    for path in (HANDBOOK / "notebooks").rglob("*.ipynb"):
        notebook = json.loads(path.read_text(encoding="utf-8"))
        cells = notebook["cells"]
        kept = [c for c in cells if "parameters" in c["metadata"].get("tags", [])]
        code = {"cell_type": "code", "id": "x", "metadata": {}, "outputs": []}
        code |= {"execution_count": None, "source": SLOW}
        text = json.dumps({**notebook, "cells": [*kept, code]})
        (root / path.relative_to(HANDBOOK)).write_text(text, encoding="utf-8")
    return Workspace(root, HANDBOOK / "data", tmp_path / "out")


# The delivery that was sent, or that lies here; long enough for a worker to be killed meanwhile.
SLOW = """\
import time
from fremskudt.notebook import open_municipality
time.sleep(0.5)
{slug: len(open_municipality(slug)["cases"])
 for slug in globals().get("municipality", globals().get("municipalities", "")).split()}
"""


def run_on(pool, workspace, ended=lambda _: None):
    wanted = chapters(SLUGS, ["profile", "population", "roles", "outcomes", "comparison"])
    due = due_chapters(wanted, workspace, SLUGS)
    slugs = sorted({slug for one in due for slug in municipalities_of(one)})
    run_chapters(due, workspace, register.load_all(workspace, slugs), pool, report=ended)
    return {one.label: one.executed(workspace).read_text(encoding="utf-8") for one in wanted}


def test_a_worker_that_dies_midway_loses_no_chapter_and_the_notebooks_are_those_made_here(
    services, handbook, tmp_path
):
    here = Workspace(handbook.handbook, handbook.data, tmp_path / "here")
    with threads(2) as pool:
        expected = run_on(pool, here)
    ended = []

    def kill_one(outcome):
        ended.append(outcome)
        if len(ended) == 2:
            services[1].kill()

    with cluster(services[0].address) as pool:
        assert pool.slots == 2
        found = run_on(pool, handbook, kill_one)
    assert found == expected
    assert len(ended) == 9
    assert {one.status for one in ended} == {"run"}
    assert services[1].process.poll() is not None
    counted = {slug: cases_in(slug) for slug in SLUGS}
    assert str(counted) in expected["faelles/comparison"]


def test_a_scheduler_that_dies_fails_the_chapters_that_are_left_and_nobody_waits(
    services, handbook
):
    ended = []

    def kill_it(outcome):
        ended.append(outcome)
        if len(ended) == 1:
            services[0].kill()

    with pytest.raises(ChapterFailed), cluster(services[0].address) as pool:
        run_on(pool, handbook, kill_it)
    assert len(ended) == 9
    assert "failed" in {one.status for one in ended}


def test_a_worker_that_began_with_another_handbook_refuses_each_task():
    chapter = chapters(("vejle",), ["roles"])[0]
    ours = {**handbook_inputs(), "package": "another"}
    done = module.execute_away(Task(chapter, "{}", {}), ours)
    assert (done.notebook, "en anden udgave" in done.message) == ("", True)


def cases_in(slug):
    """Cases counted as lines of the file below its heading."""
    text = (HANDBOOK / "data" / slug / "cases.csv").read_text(encoding="utf-8")
    return len(text.strip().splitlines()) - 1


def test_only_the_deliveries_that_a_chapter_shows_are_sent(handbook, monkeypatch):
    sent = {}

    class Recorder:
        def submit(self, _, task):
            sent[task.chapter.label] = task
            answer = Future()
            answer.set_result(Done("", "ikke kørt"))
            return answer

    monkeypatch.setattr(execution, "open_demonstration", dict)
    with pytest.raises(ChapterFailed):
        run_on(Pool(Recorder(), 2, away=True), handbook)
    assert set(sent["vejle/roles"].deliveries) == {"data/vejle"}
    assert set(sent["faelles/comparison"].deliveries) == {"data/rudersdal", "data/vejle"}
    assert all(task.here is None for task in sent.values())
    assert str(handbook.data) not in repr(sent["vejle/roles"])


def test_a_task_runs_where_the_data_folder_is_not(handbook, monkeypatch):
    chapter = chapters(("vejle",), ["roles"])[0]
    delivery = register.load(handbook, "vejle")
    monkeypatch.setattr(register, "load", None)
    done = execute(
        Task(
            chapter,
            chapter.template.path(handbook).read_text(encoding="utf-8"),
            {"municipality": "vejle"},
            deliveries={"data/vejle": pack(delivery)},
        )
    )
    assert done.message == ""
    assert "{'vejle': " in done.notebook


def test_without_leave_nothing_is_sent_and_it_is_said_what_would_be(capsys, tmp_path):
    code, text = left_with(
        ["run", "vejle", "--output", tmp_path, "--scheduler", "tcp://127.0.0.1:9"], capsys
    )
    assert code == 2
    assert "sendes kommunernes sagsdata" in text
    assert "ikke krypteret" in text
    assert "Intet er sendt." in text
    assert "--yes-send-data" in text
    assert "Forbindelsen dertil er krypteret" in consent("tls://klynge:8786", is_given=True)


def test_a_scheduler_that_does_not_answer_is_told_with_what_to_do(capsys, tmp_path, monkeypatch):
    monkeypatch.setattr("fremskudt.publishing.cluster.ANSWER_SECONDS", 1)
    code, text = left_with(
        [
            *("run", "vejle", "--output", tmp_path, "--chapter", "profile"),
            *("--scheduler", "tcp://127.0.0.1:9", "--yes-send-data"),
        ],
        capsys,
    )
    assert code == 2
    assert "Der svarer ingen scheduler på tcp://127.0.0.1:9" in text


def test_a_worker_with_another_handbook_is_refused_before_anything_is_sent(services, monkeypatch):
    ours = {**handbook_inputs(), "package": "another"}
    monkeypatch.setattr(module, "handbook_inputs", Other(ours))
    with (
        pytest.raises(WrongUsage, match="Disse workers har ikke den samme udgave") as refused,
        cluster(services[0].address),
    ):
        raise AssertionError("a pool of other handbooks")
    assert str(refused.value).count("tcp://127.0.0.1:") == 2
    assert "Intet er sendt." in str(refused.value)


class Other:
    """What this machine has, told here; away it is what the worker has."""

    def __init__(self, told):
        self.told = told

    def __call__(self):
        return self.told

    def __reduce__(self):
        return (_theirs, ())


def _theirs():
    return handbook_inputs


def test_every_input_of_the_handbook_is_compared():
    found = handbook_inputs()
    assert set(found) == {"version", "package", "environment", "reference", "bundled", "course"}
    assert all(found.values())
