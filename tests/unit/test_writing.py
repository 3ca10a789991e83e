"""What lasts is written whole or not at all, and a full disk is said in Danish."""

import errno
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from fremskudt.errors import CannotWrite
from fremskudt.publishing import writing
from fremskudt.publishing.turns import LOCK, turn
from fremskudt.workspace import HANDBOOK, Workspace


class Killed(BaseException):
    """Stands for a process that ends here."""


def folder(path, text):
    path.mkdir(parents=True)
    (path / "index.html").write_text(text, encoding="utf-8")
    return path


def shown(site):
    return (site / "index.html").read_text(encoding="utf-8")


def test_a_file_takes_the_place_of_an_older_one(tmp_path):
    made, target = tmp_path / "made", tmp_path / "new" / "target"
    writing.write_settled(made, "ny æøå\n")
    writing.put_file(made, target)
    assert target.read_bytes() == "ny æøå\n".encode()
    assert not made.exists()


@pytest.mark.parametrize("can_exchange", [True, False])
def test_a_folder_takes_the_place_of_an_older_one(tmp_path, monkeypatch, can_exchange):
    if not can_exchange:
        monkeypatch.setattr(writing, "exchange", lambda *_: False)
    made, site = folder(tmp_path / "scratch" / "made", "ny"), tmp_path / "html"
    writing.put_folder(made, site)
    assert shown(site) == "ny"
    writing.put_folder(folder(tmp_path / "scratch2" / "made", "nyere"), site)
    assert shown(site) == "nyere"
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize("last", [0, 1, 2])
def test_a_kill_between_the_steps_without_exchange_leaves_the_old_or_the_new(
    tmp_path, monkeypatch, last
):
    """Three steps: old aside, new in, old away. The kill comes instead of step `last`."""
    site, made = folder(tmp_path / "html", "gammel"), folder(tmp_path / "made", "ny")
    steps = []

    def step(real):
        def doing(*arguments, **options):
            if len(steps) == last:
                raise Killed
            steps.append(real)
            return real(*arguments, **options)

        return doing

    monkeypatch.setattr(writing, "exchange", lambda *_: False)
    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", step(Path.rename))
        patched.setattr(writing.shutil, "rmtree", step(writing.shutil.rmtree))
        with pytest.raises(Killed):
            writing.put_folder(made, site)
    writing.restore_folder(site)
    assert shown(site) == ("ny" if last == 2 else "gammel")
    assert not list(tmp_path.glob(".*"))


def test_a_new_folder_that_cannot_be_moved_in_leaves_the_old_one(tmp_path, monkeypatch):
    site, made = folder(tmp_path / "html", "gammel"), folder(tmp_path / "made", "ny")
    real = Path.rename

    def rename(path, target):
        if path == made:
            raise OSError(errno.EACCES, "open elsewhere")
        return real(path, target)

    monkeypatch.setattr(writing, "exchange", lambda *_: False)
    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(OSError, match="open elsewhere"):
        writing.put_folder(made, site)
    assert shown(site) == "gammel"


def test_a_reader_meets_a_site_at_every_instant_where_folders_can_be_exchanged(tmp_path):
    site, other = folder(tmp_path / "html", "a"), folder(tmp_path / "made", "b")
    if not writing.exchange(other, site):
        pytest.skip("this system or disk cannot exchange folders")
    done, seen = threading.Event(), []

    def read():
        while not done.is_set():
            seen.append(shown(site))

    reader = threading.Thread(target=read)
    reader.start()
    for _ in range(2000):
        writing.exchange(other, site)
    done.set()
    reader.join()
    assert set(seen) <= {"a", "b"}
    assert shown(site) == "b"  # an even number of exchanges after the first


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_a_full_disk_is_said_in_danish_with_what_to_do(tmp_path, number):
    said = r"ikke plads på disken.*Frigør plads"
    with pytest.raises(CannotWrite, match=said) as caught, writing.writing_to(tmp_path):
        raise OSError(number, os.strerror(number))
    assert caught.value.exit_code == 6


def test_a_closed_folder_is_said_in_danish_and_other_faults_pass(tmp_path):
    said = r"kan ikke skrives i .*--output"
    with pytest.raises(CannotWrite, match=said), writing.writing_to(tmp_path):
        raise PermissionError(errno.EACCES, "Permission denied", "x")
    with pytest.raises(FileNotFoundError), writing.writing_to(tmp_path):
        raise FileNotFoundError(errno.ENOENT, "No such file", "x")


def test_the_folder_for_output_may_not_be_a_file(tmp_path):
    (tmp_path / "out").write_text("", encoding="utf-8")
    with pytest.raises(CannotWrite, match="kan ikke skrives"), turn(workspace(tmp_path), print):
        pass


def workspace(base):
    return Workspace(HANDBOOK, HANDBOOK / "data", base / "out")


def test_what_killed_runs_have_left_is_removed_and_the_rest_is_not(tmp_path):
    space = workspace(tmp_path)
    folder(space.output / ".run-abc" / "source", "rest")
    folder(space.output / ".html-old", "gammel")
    folder(space.output / "brugerens", "egen")
    with turn(space, print):
        assert shown(space.site) == "gammel"
        assert not (space.output / ".run-abc").exists()
    assert {path.name for path in space.output.iterdir()} == {LOCK, "html", "brugerens"}


HOLD = """
import sys
from pathlib import Path
from fremskudt.publishing.turns import turn
from fremskudt.workspace import HANDBOOK, Workspace
space = Workspace(HANDBOOK, HANDBOOK / "data", Path(sys.argv[1]))
with turn(space, lambda line: print(line, flush=True)):
    print("har turen", flush=True)
    sys.stdin.read()
"""


def holder(space):
    return subprocess.Popen(
        [sys.executable, "-c", HOLD, str(space.output)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
    )


def test_a_second_run_says_that_it_waits_and_goes_on_when_the_first_is_killed(tmp_path):
    space = workspace(tmp_path)
    with holder(space) as first:
        assert first.stdout.readline() == "har turen\n"
        with holder(space) as second:
            assert "En anden kørsel er i gang" in second.stdout.readline()
            first.kill()
            assert second.stdout.readline() == "har turen\n"
            second.stdin.close()
    assert second.returncode == 0


def test_two_output_folders_do_not_wait_for_each_other(tmp_path):
    with holder(workspace(tmp_path / "a")) as first, holder(workspace(tmp_path / "b")) as second:
        assert first.stdout.readline() == second.stdout.readline() == "har turen\n"
        first.stdin.close()
        second.stdin.close()
