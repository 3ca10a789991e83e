"""Documents made again: with what has changed, with another choice, and when the browser fails."""

import os
import re
import shutil
from dataclasses import replace
from html import escape

import pytest
from lxml import html
from pypdf import PdfReader

from fremskudt.errors import BookFailed, WrongUsage
from fremskudt.paper import browser as finder
from fremskudt.paper import printing
from fremskudt.paper.booklet import compose
from fremskudt.paper.browser import Browser, printer
from fremskudt.paper.making import Press, address_of, set_up
from fremskudt.publishing.book import book_causes, compile_book
from fremskudt.publishing.departed import remove_departed
from fremskudt.publishing.publication import Publication
from fremskudt.publishing.templates import chapters
from fremskudt.workspace import Workspace
from tests import browser as installed
from tests.site.test_book_again import tree, write_chapter
from tests.small_handbook import SmallHandbook
from tests.unit.test_command_line import left_with

SLUGS = ("aarhus", "vejle")


@pytest.fixture(scope="module")
def press():
    if installed.find() is None:
        message = "no Chromium or Chrome; `python -m tests.browser` installs one"
        pytest.fail(message) if installed.is_needed() else pytest.skip(message)
    return Press(printer())


@pytest.fixture(scope="module")
def space(tmp_path_factory, press):
    """A book of two municipalities with bare pages, and their documents."""
    small = SmallHandbook(tmp_path_factory.mktemp("paper"), *SLUGS)
    space = Workspace(small.root, small.data, small.output)
    for chapter in chapters(SLUGS):
        write_chapter(space, chapter.label, "Alle siders ord.")
    compile_book(space, SLUGS, press=press)
    return space


def said(space, slug):
    return " ".join(page.extract_text() for page in PdfReader(space.site / address_of(slug)).pages)


def test_a_changed_chapter_is_followed_on_paper_as_in_a_clean_site(space, press, tmp_path):
    before = {slug: (space.site / address_of(slug)).stat().st_mtime_ns for slug in SLUGS}
    assert book_causes(space, SLUGS, press) == ()
    write_chapter(space, "vejle/population", "Helt andre ord.")
    compile_book(space, SLUGS, press=press)
    assert "Helt andre ord." in said(space, "vejle")
    assert (space.site / address_of("aarhus")).stat().st_mtime_ns == before["aarhus"]
    other = replace(space, output=tmp_path / "clean")
    shutil.copytree(space.chapters, other.chapters)
    assert tree(compile_book(other, SLUGS, press=press)) == tree(space.site)


def test_a_site_without_paper_has_neither_files_nor_links(space, press, tmp_path):
    other = replace(space, output=tmp_path / "out")
    shutil.copytree(space.chapters, other.chapters)
    site = compile_book(other, SLUGS)
    assert not list(site.rglob("*.pdf"))
    assert not [one for one in site.rglob("*.html") if ".pdf" in one.read_text(encoding="utf-8")]
    assert book_causes(other, SLUGS) == ()
    assert any("PDF" in cause for cause in book_causes(other, SLUGS, press))
    linked = (space.site / "kommuner/vejle/profil.html").read_text(encoding="utf-8")
    assert linked.count('href="vejle.pdf"') == 2


@pytest.mark.skipif(os.name == "nt", reason="the browsers that fail are shell scripts")
@pytest.mark.parametrize(
    ("script", "why"),
    [
        ("echo ikke i dag >&2; exit 3", r"kode 3.*ikke i dag.*Siden, der stod før, står der endnu"),
        ("exit 0", r"kode 0"),
        ("exec sleep 60", r"ikke færdig efter 1 s"),
    ],
)
def test_a_browser_that_fails_or_hangs_leaves_the_site_that_stood(
    space, tmp_path, monkeypatch, script, why
):
    program = tmp_path / "browser"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(printing, "SECONDS", 1)
    before = tree(space.site)
    with pytest.raises(BookFailed, match=rf"(?s)PDF-filen for (aarhus|vejle).*{why}"):
        compile_book(space, SLUGS, press=Press(Browser(str(program), "999.0")))
    assert tree(space.site) == before
    assert not [one.name for one in space.output.iterdir() if one.name.startswith(".run-")]


def test_what_is_kept_of_a_municipality_goes_with_it(space, tmp_path):
    other = replace(space, output=tmp_path / "out")
    shutil.copytree(space.output / "paper", other.output / "paper")
    [gone] = remove_departed(other, ["vejle"])
    assert gone.parent == other.output / "paper" / "aarhus"
    assert [one.name for one in (other.output / "paper").iterdir()] == ["vejle"]


def test_a_name_that_would_break_out_is_only_a_name(space, tmp_path):
    """Names are held to an alphabet long before; paper relies on that no more than pages do."""
    name = 'Ø</style><script>"}\\ Kommune'
    for one in ("kommuner/vejle", "_static"):
        shutil.copytree(space.site / one, tmp_path / one)
    shutil.copy(space.site / "referencer.html", tmp_path)
    page = tmp_path / "kommuner/vejle/profil.html"
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("<h1>Om vejle/profile", f"<h1>{escape(name)}"), encoding="utf-8")
    booklet = compose(tmp_path, "vejle", Publication())
    document = html.document_fromstring(booklet.html)
    assert booklet.title == f"Fremskudt sagsbehandling i {name}"
    assert document.findtext(".//title") == booklet.title
    assert f"Profil: {name}" in booklet.headings
    assert len(document.xpath("//style")) == 1
    assert not document.xpath("//script")
    [running] = re.findall(r"--paper-title: (.*);", document.findtext(".//style"))
    assert re.fullmatch(r'"(?:[\w ·–-]|\\[0-9a-f]+ )*"', running[: running.index('"', 1) + 1])
    assert running.count('"') == 2


# Which browser prints


@pytest.fixture
def alone(monkeypatch):
    """A machine without browsers."""
    monkeypatch.delenv(finder.VARIABLE, raising=False)
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(finder, "_usual_places", lambda: iter(()))


def program(folder, name, said):
    path = folder / name
    path.write_text(f"#!/bin/sh\necho '{said}'\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


@pytest.mark.usefixtures("alone")
def test_without_a_browser_a_line_says_what_would_do_and_nothing_is_printed():
    lines = []
    assert set_up(lines.append) is None
    [line] = lines
    assert line.startswith("PDF-filerne er udeladt: ")
    for name in ("Chromium", "Google Chrome", "Microsoft Edge", "131", "FREMSKUDT_BROWSER"):
        assert name in line


@pytest.mark.skipif(os.name == "nt", reason="the browsers are shell scripts")
@pytest.mark.parametrize(
    ("words", "version"),
    [
        ("Chromium 131.0.6778.85 built on Debian", "131.0.6778.85"),
        ("Google Chrome 140.1.2.3", "140.1.2.3"),
        ("ingen kender den", ""),
    ],
)
@pytest.mark.usefixtures("alone")
def test_a_browser_that_is_named_is_asked_for_its_version(monkeypatch, tmp_path, words, version):
    path = program(tmp_path, "edge", words)
    monkeypatch.setenv(finder.VARIABLE, path)
    assert printer() == Browser(path, version)


@pytest.mark.skipif(os.name == "nt", reason="the browser is a shell script")
@pytest.mark.usefixtures("alone")
def test_a_browser_that_numbers_no_pages_is_too_old(monkeypatch, tmp_path):
    monkeypatch.setenv(finder.VARIABLE, program(tmp_path, "old", "Chromium 130.0.6723.116"))
    assert "for gammel (version 130.0.6723.116)" in printer()


@pytest.mark.usefixtures("alone")
def test_a_browser_that_is_named_and_does_not_exist_is_an_error(monkeypatch):
    monkeypatch.setenv(finder.VARIABLE, "/findes/ikke")
    with pytest.raises(WrongUsage, match=r"FREMSKUDT_BROWSER.*/findes/ikke"):
        printer()


def test_documents_are_not_printed_again_at_every_change(capsys, tmp_path):
    small = tmp_path / "data"
    small.mkdir()
    code, text = left_with(["site", "--watch", "--pdf", "--data", small], capsys)
    assert code == 2
    assert "--watch laver ikke PDF-filer" in text
