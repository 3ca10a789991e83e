"""Watching: what is built when, without building anything."""

import pytest

from fremskudt.errors import ChapterFailed
from fremskudt.publishing import watching
from fremskudt.workspace import Workspace


class Made:
    """Stands for a site whose builder has begun."""

    def __init__(self):
        self.closed = False

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.closed = True


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A handbook with one value, and a program that can be changed."""
    for name in (
        "data",
        "handbook/notebooks",
        "handbook/book",
        "handbook/data/reference",
        "program",
    ):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "data" / "cases.csv").write_text("1", encoding="utf-8")
    monkeypatch.setattr(watching, "PROGRAM", (tmp_path / "program",))
    return Workspace(tmp_path / "handbook", tmp_path / "data", tmp_path / "out")


def watch(place, events, errors=()):
    """Watch until the events are over, of which each is called in a pause; what was made, begun
    and said."""
    events, errors = list(events), list(errors)
    made, begun, said, failed = [], [], [], []

    def pause(_seconds):
        if events:
            events.pop(0)()
        else:
            (watching.PROGRAM[0] / "new.py").write_text("", encoding="utf-8")

    def make(ready):
        made.append(ready)
        if errors and (error := errors.pop(0)):
            raise error

    def begin():
        begun.append(Made())
        return begun[-1]

    watching.watch(place, make, begin, said.append, failed.append, pause)
    return made, begun, said, failed


def nothing():
    """Nothing happens."""


def test_the_site_is_made_once_and_again_after_each_change(place):
    path = place.data / "cases.csv"
    book = place.handbook / "book" / "page.md"
    events = [
        nothing,
        nothing,
        lambda: path.write_text("22", encoding="utf-8"),
        nothing,
        nothing,
        lambda: book.write_text("# Ny", encoding="utf-8"),
        nothing,
    ]
    made, begun, said, failed = watch(place, events)
    assert made == [None, *begun[:2]]
    assert [one.closed for one in begun] == [True] * 3
    assert said == [watching.WAITING] * 3 + [watching.PROGRAM_CHANGED]
    assert failed == []


def test_what_is_still_being_written_is_waited_for(place):
    path = place.data / "cases.csv"
    events = [
        nothing,
        lambda: path.write_text("22", encoding="utf-8"),
        lambda: path.write_text("333", encoding="utf-8"),
        lambda: path.write_text("4444", encoding="utf-8"),
        nothing,
    ]
    made, _, _, _ = watch(place, events)
    assert len(made) == 2


def test_a_fault_is_told_and_the_next_change_is_built(place):
    fault = ChapterFailed("vejle/roles: celle 3")
    path = place.data / "cases.csv"
    events = [nothing, lambda: path.write_text("22", encoding="utf-8"), nothing]
    made, begun, _, failed = watch(place, events, errors=[fault])
    assert failed == [fault]
    assert made == [None, None]  # nothing stands ready after a fault
    assert len(begun) == 1


def test_what_python_leaves_when_it_imports_is_no_change_of_the_program(place):
    left = watching.PROGRAM[0] / "__pycache__"

    def imported():
        left.mkdir()
        (left / "one.pyc").write_bytes(b"1")

    made, _, said, _ = watch(place, [nothing, imported, nothing])
    assert len(made) == 1
    assert said == [watching.WAITING, watching.PROGRAM_CHANGED]


def test_a_change_behind_a_link_is_seen(place, tmp_path):
    real = tmp_path / "real"
    real.mkdir()
    (real / "cases.csv").write_text("1", encoding="utf-8")
    (place.data / "odense").symlink_to(real, target_is_directory=True)
    events = [nothing, lambda: (real / "cases.csv").write_text("22", encoding="utf-8"), nothing]
    made, _, _, _ = watch(place, events)
    assert len(made) == 2


def test_whatever_ends_it_ends_the_builder_that_stands_ready(place):
    def stop():
        raise KeyboardInterrupt

    begun = []
    with pytest.raises(KeyboardInterrupt):
        watching.watch(
            place,
            lambda _: None,
            lambda: begun.append(Made()) or begun[-1],
            lambda _: None,
            lambda _: None,
            iter_calls(nothing, stop),
        )
    assert [one.closed for one in begun] == [True]


def iter_calls(*events):
    """A pause in which these happen, one after the other."""
    left = list(events)
    return lambda _: left.pop(0)()
