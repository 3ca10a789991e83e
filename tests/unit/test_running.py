"""A run: what is shown of it, what it hands over, and what it does when nothing is due."""

import os
import pickle
import stat
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest
from rich.console import Console

from fremskudt import register
from fremskudt.handover import BUNDLED, CHECKED_VARIABLE, OF_DATA, handed, laid_out, pack
from fremskudt.notebook import open_all, open_demonstration, open_municipality
from fremskudt.publishing import execution, progress
from fremskudt.publishing.due import Due
from fremskudt.publishing.execution import run_chapters
from fremskudt.publishing.outcome import Outcome
from fremskudt.publishing.side_by_side import Pool
from fremskudt.publishing.templates import TEMPLATES, chapters
from fremskudt.publishing.worker import Done
from fremskudt.workspace import HANDBOOK, Workspace
from tests.unit.test_command_line import left_with

PROFILE, ECONOMICS = (next(t for t in TEMPLATES if t.name == n) for n in ("profile", "economics"))


@pytest.fixture
def lay(tmp_path, monkeypatch):
    """Lays deliveries out, by name, where a kernel would look, until the test ends."""
    monkeypatch.setenv(CHECKED_VARIABLE, str(tmp_path / "checked"))
    with ExitStack() as stack:
        yield lambda **packed: stack.enter_context(
            laid_out(
                [(name.replace("_", "/"), one) for name, one in packed.items()],
                tmp_path / "checked",
            )
        )


def test_a_delivery_that_was_handed_over_is_the_one_that_was_checked(deliveries, lay, monkeypatch):
    lay(data_vejle=pack(deliveries["vejle"]))
    monkeypatch.setattr(register, "load", lambda *_: pytest.fail("read once more"))
    found = open_municipality("vejle")
    assert found.municipality == deliveries["vejle"].municipality
    for name, table in deliveries["vejle"].tables.items():
        assert found[name].equals(table), name
        assert list(found[name].dtypes) == list(table.dtypes), name
    assert handed(OF_DATA, "aarhus") is None
    assert handed(BUNDLED, "vejle") is None


def test_several_are_taken_from_the_run_only_when_it_has_them_all(deliveries, lay, monkeypatch):
    monkeypatch.setattr(register, "load_all", lambda _, wanted: ("read", *wanted))
    lay(data_vejle=pack(deliveries["vejle"]))
    assert open_all("aarhus vejle") == ("read", "aarhus", "vejle")
    lay(data_aarhus=pack(deliveries["aarhus"]))
    assert [one.slug for one in open_all("vejle aarhus")] == ["vejle", "aarhus"]
    assert open_all("vejle aarhus", data=str(HANDBOOK / "data"))[0] == "read"
    lay(**{f"bundled_{slug}": pack(one) for slug, one in deliveries.items()})
    assert list(open_demonstration()) == ["aarhus", "gladsaxe", "rudersdal", "vejle"]


def test_what_is_handed_over_is_closed_to_others_and_must_be_a_delivery(lay, tmp_path):
    lay(data_vejle=pickle.dumps("anything"))
    assert stat.S_IMODE((tmp_path / "checked" / OF_DATA).stat().st_mode) == 0o700
    with pytest.raises(TypeError, match="no delivery"):
        handed(OF_DATA, "vejle")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the rows lie in the folder")
def test_no_row_of_what_is_handed_over_lies_on_a_disk_and_whoever_is_killed_takes_it_along(
    tmp_path,
):
    code = (
        "import pathlib, sys\n"
        "from fremskudt.handover import laid_out\n"
        f"with laid_out([('data/vejle', b'row of a citizen')], pathlib.Path({str(tmp_path)!r})):\n"
        "    print('laid out', flush=True); sys.stdin.read()"
    )
    owner = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert owner.stdout.readline() == b"laid out\n"
    path = tmp_path / OF_DATA / "vejle.pickle"
    assert path.is_symlink()
    assert path.read_bytes() == b"row of a citizen"
    owner.kill()
    owner.communicate()
    assert path.is_symlink()
    assert not path.exists()


@pytest.fixture
def clock(monkeypatch):
    """A clock that is set by hand."""
    now = [0.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    return now


def test_what_is_left_is_reckoned_by_how_much_each_chapter_computes(clock):
    """Vejle's economics count 4 and its profile 1: after the economics' 40 s, 10 are left."""
    economics, profile = (
        chapters(("vejle",), ["economics"])[0],
        chapters(("vejle",), ["profile"])[0],
    )
    assert (progress.effort(economics), progress.effort(profile)) == (4, 1)
    estimate = progress.Estimate(5.0, began=0.0)
    clock[0] = 40.0
    assert str(estimate) == ""
    estimate.ended(economics)
    assert str(estimate) == "ca. 10 s tilbage"
    estimate.ended(profile)
    assert str(estimate) == ""


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (4.9, ""),
        (5.4, "ca. 5 s tilbage"),
        (34, "ca. 30 s tilbage"),
        (89, "ca. 90 s tilbage"),
        (150, "ca. 2 min. tilbage"),
    ],
)
def test_a_guess_is_no_more_exact_than_it_is(clock, seconds, said):
    estimate = progress.Estimate(2.0, began=0.0)
    clock[0] = seconds
    estimate.ended(chapters(("vejle",), ["profile"])[0])
    assert str(estimate) == said


def test_a_terminal_shows_what_runs_what_is_left_and_what_failed():
    wanted = chapters(("aarhus", "vejle"), ["profile", "roles"])
    console = Console(force_terminal=True, width=200, record=True)
    with progress.shown(console, print, len(wanted), wanted) as shown:
        for chapter in wanted:
            shown.begun(chapter)
        shown.ended(Outcome(wanted[0], "failed", "af en grund"))
    text = console.export_text()
    assert "1/4" in text
    assert "aarhus/profile, aarhus/roles, vejle/profile og 1 mere" in text or (
        "aarhus/roles, vejle/profile, vejle/roles" in text
    )
    assert "aarhus/profile fejlede" in text


def test_elsewhere_a_line_says_how_each_went():
    wanted = chapters(("vejle",), ["profile", "roles"])
    said = []
    console = Console(file=open(os.devnull, "w"))  # noqa: SIM115, PTH123 - closed with the test
    with progress.shown(console, said.append, 2, wanted[1:]) as shown:
        shown.ended(Outcome(wanted[0], "unchanged"))
        shown.begun(wanted[1])
        shown.ended(Outcome(wanted[1], "run", causes=("skabelonen er ændret",)))
    console.file.close()
    assert said == ["[1/2] vejle/profile uændret", "[2/2] vejle/roles kørt (skabelonen er ændret)"]


def test_explain_says_of_each_chapter_whether_it_is_run_and_why(capsys, tmp_path):
    arguments = ["run", "vejle", "--chapter", "roles", "--explain", "--output", tmp_path]
    code, text = left_with(arguments, capsys)
    assert (code, text) == (0, "vejle/roles  køres: ikke kørt før\n")
    assert list(tmp_path.iterdir()) == []


def test_never_more_chapters_at_once_than_there_is_room_for(tmp_path, monkeypatch):
    """Twenty chapters in a pool of three; each waits until three are at it."""
    workspace = Workspace(HANDBOOK, HANDBOOK / "data", tmp_path / "out")
    wanted = chapters([f"k{n}" for n in range(20)], ["profile"])
    barrier, at_once, most = threading.Barrier(3, timeout=30), [0], [0]
    lock = threading.Lock()

    def pretend(_task):
        with lock:
            at_once[0] += 1
            most[0] = max(most[0], at_once[0])
        if _task.chapter.slug not in ("k18", "k19"):
            barrier.wait()
        with lock:
            at_once[0] -= 1
        return Done("", "ikke kørt")

    monkeypatch.setattr(execution, "execute", pretend)
    begun, ended = [], []
    due = [Due(one, {"municipality": one.slug}, {}) for one in wanted]
    with ThreadPoolExecutor(8) as executor, pytest.raises(Exception, match="ikke kørt"):
        run_chapters(due, workspace, (), Pool(executor, 3), begun.append, ended.append)
    assert most[0] == 3
    assert len(begun) == len(ended) == 20


def test_the_heaviest_chapters_are_begun_first(tmp_path, monkeypatch):
    workspace = Workspace(HANDBOOK, HANDBOOK / "data", tmp_path / "out")
    monkeypatch.setattr(execution, "execute", lambda _: Done("", "ikke kørt"))
    monkeypatch.setattr(execution, "open_demonstration", dict)
    begun = []
    due = [Due(one, {}, {}) for one in chapters(("vejle",))]
    with ThreadPoolExecutor(1) as executor, pytest.raises(Exception, match="ikke kørt"):
        run_chapters(due, workspace, (), Pool(executor, 1), begun.append)
    weights = [one.template.weight for one in begun]
    assert weights == sorted(weights, reverse=True)
    assert weights[0] > weights[-1]


def test_a_command_with_nothing_to_do_brings_nothing_that_computes():
    """What reads tables, draws, runs notebooks or compiles books stays out."""
    code = (
        "import sys\n"
        "import fremskudt.cli, fremskudt.publishing.running, fremskudt.publishing.progress\n"
        "heavy = {'pandas', 'altair', 'papermill', 'nbformat', 'sphinx', 'scipy', 'ipykernel', "
        "'jupyter_client', 'zmq', 'babel'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
