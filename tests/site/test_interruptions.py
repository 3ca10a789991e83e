"""The next time: killed, interrupted, without room, beside another run, with failing chapters.

All of it with the real command in processes of its own, on a small handbook.
"""

import json
import os
import random
import re
import shutil
import signal
import time
from pathlib import Path

import psutil
import pytest

from fremskudt.publishing.book_mark import NAME, mark_path
from fremskudt.publishing.order import KEPT
from fremskudt.publishing.templates import Kind, chapters
from fremskudt.publishing.turns import LOCK
from fremskudt.workspace import Workspace
from tests.small_handbook import SmallHandbook, kept

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals of Unix")
SLUG = "vejle"
CHAPTERS = kept(chapters((SLUG,)))
BUILT = {LOCK, "chapters", "html", KEPT, NAME}
PATIENCE = 120  # seconds for the system to take away what was killed; never waited for in full


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A small handbook, built once without any disturbance."""
    small = SmallHandbook(tmp_path_factory.mktemp("interruptions"), SLUG)
    began = time.perf_counter()
    done = small.run("site")
    assert done.returncode == 0, done.stdout + done.stderr
    small.seconds = time.perf_counter() - began
    return small


@pytest.fixture
def output(small, tmp_path, monkeypatch):
    """An output folder of one's own in which everything is already built."""
    shutil.copytree(small.output, tmp_path / "out")
    monkeypatch.setattr(small, "output", tmp_path / "out")
    return tmp_path / "out"


def space_of(small):
    return Workspace(small.root, small.data, small.output)


def tree(folder):
    """Every file below a folder with its bytes."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def make_old(small):
    """The output as an older run on other data would have left it; returns the older files."""
    space = space_of(small)
    for chapter in CHAPTERS:
        path, mark = chapter.executed(space), chapter.executed(space).with_suffix(".fingerprint")
        notebook = json.loads(path.read_text(encoding="utf-8"))
        notebook["cells"][0]["source"] += " (gammel)"
        path.write_text(json.dumps(notebook), encoding="utf-8")
        held = json.loads(mark.read_text(encoding="utf-8"))
        held["inputs"]["template"] = "gammel"
        mark.write_text(json.dumps(held), encoding="utf-8")
    for path in space.site.rglob("*.html"):
        path.write_bytes(path.read_bytes() + b"<!-- gammel -->\n")
    return {"chapters": tree(space.chapters), "html": tree(space.site)}


def kill(process):
    """The process alone, as the system does when memory runs out."""
    process.kill()


def kill_all(process):
    """The whole group, as when a terminal or a container is taken away."""
    os.killpg(process.pid, signal.SIGKILL)


def interrupt(process):
    process.send_signal(signal.SIGINT)


def interrupt_all(process):
    """Ctrl-C in a terminal reaches every process of the group."""
    os.killpg(process.pid, signal.SIGINT)


def test_a_run_that_is_killed_at_any_moment_leaves_old_or_new_and_the_next_completes(small, output):
    new = {"chapters": tree(output / "chapters"), "html": tree(output / "html")}
    old = make_old(small)
    chance = random.Random(11)  # noqa: S311 - a seeded choice
    for stop in (interrupt_all, kill, interrupt, kill_all, kill, kill_all):
        process = small.start("site")
        process.stdout.readline()  # it has begun to work
        # Only chooses the moment; within an eighth much is left to do, if only the book.
        time.sleep(chance.uniform(0, small.seconds / 8))
        stop(process)
        out, err = process.communicate()
        if stop in (interrupt, interrupt_all) and process.returncode:
            assert process.returncode == 130, out + err
            assert err == "Afbrudt. Det, der stod før, står der endnu.\n"
        _, alive = psutil.wait_procs(small.left(), timeout=PATIENCE)
        assert alive == []
        assert tree(output / "html") in (old["html"], new["html"])
        assert_old_or_new(tree(output / "chapters"), old["chapters"], new["chapters"])
    done = small.run("site")
    assert done.returncode == 0, done.stdout + done.stderr
    assert {path.name for path in output.iterdir()} == BUILT
    assert tree(output / "chapters") == new["chapters"]
    assert tree(output / "html") == new["html"]


def assert_old_or_new(found, old, new):
    """Each file is whole, and a new mark stands only beside the new notebook."""
    assert found.keys() == old.keys() == new.keys()
    for name, content in found.items():
        assert content in (old[name], new[name]), name
        notebook = name.replace(".fingerprint", ".ipynb")
        if name != notebook and content == new[name]:
            assert found[notebook] == new[notebook], name


def test_two_runs_at_once_take_turns_and_both_complete(small, output):
    new = tree(output)
    make_old(small)
    runs = [small.start("run"), small.start("run")]
    said = [run.communicate() for run in runs]
    assert [run.returncode for run in runs] == [0, 0], said
    waited = ["En anden kørsel er i gang" in out for out, _ in said]
    assert sorted(waited) == [False, True]
    second = said[waited.index(True)][0]
    assert second.count("uændret") == len(CHAPTERS)
    assert tree(output / "chapters") == {
        name.removeprefix("chapters/"): content
        for name, content in new.items()
        if name.startswith("chapters/")
    }


def test_a_full_disk_leaves_with_6_and_what_stood_and_the_next_run_completes(small, output):
    """No file may grow beyond 1,000 bytes: chapters are larger, marks and templates are not."""
    import resource

    new = tree(output / "chapters")
    old = make_old(small)
    done = small.run(
        "site", preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
    )
    assert done.returncode == 6, done.stdout + done.stderr
    assert "ikke plads på disken" in done.stderr
    assert "Frigør plads" in done.stderr
    assert {"chapters": tree(output / "chapters"), "html": tree(output / "html")} == old
    assert {path.name for path in output.iterdir()} == BUILT
    assert small.run("run").returncode == 0
    assert tree(output / "chapters") == new


def test_a_disk_that_is_full_when_the_book_is_compiled_leaves_the_old_site(small, output):
    """The chapters are unchanged; the pages of the book are larger than 20,000 bytes."""
    import resource

    before = tree(output / "html")
    mark_path(space_of(small)).unlink()
    done = small.run(
        "site", preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
    )
    assert done.returncode == 6, done.stdout + done.stderr
    assert "ikke plads på disken" in done.stderr
    assert tree(output / "html") == before
    assert {path.name for path in output.iterdir()} == BUILT - {NAME}


ROW = """\
import os, pathlib
cases = pathlib.Path(os.environ["FREMSKUDT_DATA"]) / municipality / "cases.csv"
raise ValueError(cases.read_text(encoding="utf-8").splitlines()[1])
"""
BROKEN = {
    "profile": ROW,
    "population": "import os\nos.kill(os.getpid(), 9)",
    "roles": "while True: pass",
    "outcomes": "raise SystemExit(3)",
    "economics": "import findes_ikke",
}


def test_failing_chapters_say_which_cell_and_why_and_leave_the_others_and_the_last_version(
    small, tmp_path
):
    """Five ways to fail at once, under a new version; the joint chapters run."""
    small = small.copy_to(tmp_path)
    before = tree(small.output)
    for name, source in BROKEN.items():
        small.write_template(name, source)
    edit(small.root / "fremskudt" / "publishing" / "failures.py", r"SECONDS = 300", "SECONDS = 10")
    edit(small.root / "fremskudt" / "__init__.py", r'__version__ = ".*"', '__version__ = "98.7.6"')
    done = small.run("run")
    assert done.returncode == 4, done.stdout + done.stderr
    assert "→ 98.7.6): alle kapitler køres igen.\n" in done.stdout
    assert done.stdout.count("fejlede") == 5
    assert done.stdout.count(" kørt") == sum(one.template.kind is not Kind.OWN for one in CHAPTERS)
    row = (small.data / SLUG / "cases.csv").read_text(encoding="utf-8").splitlines()[1]
    assert row not in done.stdout + done.stderr
    assert row.split(",")[0] not in done.stdout + done.stderr
    assert all(re.match(r"vejle/", line) for line in done.stderr.splitlines()), done.stderr
    lines = {re.match(r"vejle/(\w+): ", line)[1]: line for line in done.stderr.splitlines()}
    assert lines.keys() == BROKEN.keys()
    for name, line in lines.items():
        kept = small.output / "chapters" / SLUG / f"{name}.fejlet.ipynb"
        assert f": celle 3 i {name}.ipynb fejlede. " in line
        assert "Det forrige kapitel er uændret." in line
        assert str(kept) in line
        assert json.loads(kept.read_text(encoding="utf-8"))["cells"]
        for end in ("ipynb", "fingerprint"):
            last = f"chapters/{SLUG}/{name}.{end}"
            assert (small.output / last).read_bytes() == before[last]
    assert "ValueError. Hvad fejlen siger, står i notesbogen." in lines["profile"]
    assert "i linjen «raise ValueError(" in lines["profile"]
    assert "blev stoppet udefra" in lines["population"]
    assert "ikke færdig efter 10 sekunder" in lines["roles"]
    assert "SystemExit" in lines["outcomes"]
    assert "ModuleNotFoundError: No module named 'findes_ikke'" in lines["economics"]
    assert small.left() == []


def edit(path: Path, pattern: str, replacement: str) -> None:
    text, count = re.subn(pattern, replacement, path.read_text(encoding="utf-8"))
    assert count == 1
    path.write_text(text, encoding="utf-8")
