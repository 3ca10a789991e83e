"""What the book rests on, and the mark of what it was compiled from."""

import os
import shutil

import pytest

from fremskudt.publishing import signatures
from fremskudt.publishing.book_inputs import (
    BookInputs,
    causes,
    changed_documents,
    is_only_documents,
)
from fremskudt.publishing.book_mark import mark_path, read_mark, write_mark
from fremskudt.publishing.signatures import signature, watching
from fremskudt.workspace import Workspace

NAMES = (
    *("package", "environment", "frame", "words"),
    *("publication", "history", "contents", "paper"),
)
PARTS = dict.fromkeys(NAMES, "a")


def inputs(parts=None, **pages):
    return BookInputs({**PARTS, **(parts or {})}, pages)


def test_documents_that_changed_are_told_by_name_and_many_are_counted():
    before = inputs(**dict.fromkeys("abcdefg", "1"))
    two = inputs(**{**before.documents, "b": "2", "e": "2"})
    assert causes(before, two) == ("siden b er ændret", "siden e er ændret")
    six = inputs(**{**dict.fromkeys("abcdef", "2"), "g": "1"})
    assert causes(before, six) == ("6 sider er ændret",)
    assert changed_documents(before, two) == ["b", "e"]
    assert causes(before, before) == ()


def test_parts_come_before_documents():
    now = inputs({"contents": "b", "package": "b"}, a="2")
    assert causes(inputs(a="1"), now) == (
        "håndbogens program er ændret",
        "bogen dækker andre kommuner",
        "siden a er ændret",
    )


@pytest.mark.parametrize("part", PARTS)
def test_a_changed_part_concerns_more_than_documents(part):
    assert not is_only_documents(inputs(a="1"), inputs({part: "b"}, a="1"))


def test_a_page_more_or_less_concerns_more_than_documents():
    one, two = inputs(a="1"), inputs(a="1", b="1")
    assert is_only_documents(one, inputs(a="2"))
    assert not is_only_documents(one, two)
    assert not is_only_documents(two, one)


@pytest.fixture
def site(tmp_path):
    folder = tmp_path / "html"
    (folder / "kommuner").mkdir(parents=True)
    for name in ("index.html", "kommuner/vejle.html"):
        (folder / name).write_text("fire", encoding="utf-8")
        os.utime(folder / name, ns=(10**18, 10**18))
    return folder


def rename(folder):
    (folder / "index.html").rename(folder / "indeks.html")


def touch(folder):
    os.utime(folder / "index.html", ns=(10**18, 10**18 + 1_000_000))


def lengthen(folder):
    (folder / "index.html").write_text("femte", encoding="utf-8")
    os.utime(folder / "index.html", ns=(10**18, 10**18))


def move(folder):
    (folder / "kommuner" / "vejle.html").rename(folder / "vejle.html")


@pytest.mark.parametrize("change", [rename, touch, lengthen, move])
def test_a_signature_changes_with_name_time_size_and_place(site, change):
    before = signature(site)
    change(site)
    assert signature(site) != before


def test_a_copy_with_its_times_has_the_same_signature(site, tmp_path):
    shutil.copytree(site, tmp_path / "copy")
    assert signature(tmp_path / "copy") == signature(site)


def test_a_mark_is_read_as_it_was_written_and_a_torn_one_is_none(tmp_path):
    space = Workspace(tmp_path, tmp_path, tmp_path)
    assert read_mark(space) is None
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    write_mark(space, inputs(a="1"), scratch)
    mark = read_mark(space)
    assert mark is not None
    assert mark.inputs == inputs(a="1")
    text = mark_path(space).read_text(encoding="utf-8")
    for torn in ("", text[:-20], "[]", '{"inputs": 3}', '{"inputs": {"parts": {}}}'):
        mark_path(space).write_text(torn, encoding="utf-8")
        assert read_mark(space) is None


def test_what_is_watched_is_read_again_only_when_it_has_changed(tmp_path, monkeypatch):
    read = []
    monkeypatch.setattr(signatures, "digest_of", lambda path: read.append(path) or str(len(read)))
    path = tmp_path / "cases.csv"
    path.write_text("a", encoding="utf-8")
    digest = watching()
    assert (digest(path), digest(tmp_path), digest(path), digest(tmp_path)) == ("1", "2", "1", "2")
    path.write_text("ab", encoding="utf-8")
    assert (digest(path), digest(tmp_path), digest(path)) == ("3", "4", "3")
    assert digest(tmp_path / "gone") == "5"
