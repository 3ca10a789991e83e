"""The book compiled again: left alone, where it changed, or all of it; always the same site."""

import json
import os
import shutil

import pytest

from fremskudt.analysis import population
from fremskudt.contract.delivery import load_delivery
from fremskudt.disclosure import publish
from fremskudt.errors import BookFailed
from fremskudt.presentation.charts import share_bars
from fremskudt.publishing import book
from fremskudt.publishing.book import book_causes, compile_book
from fremskudt.publishing.templates import chapters
from fremskudt.workspace import HANDBOOK, Workspace
from tests.small_handbook import SmallHandbook

SLUGS = ("aarhus", "vejle")
PAGE = "kommuner/vejle/borgerne.html"


def markdown(number, source):
    return {"cell_type": "markdown", "id": f"m{number}", "metadata": {}, "source": source}


def write_chapter(space, label, *prose):
    """An executed chapter: its heading, and paragraphs of prose."""
    chapter = next(one for one in chapters(SLUGS) if one.label == label)
    path = chapter.executed(space)
    path.parent.mkdir(parents=True, exist_ok=True)
    cells = [markdown(number, text) for number, text in enumerate((f"# Om {label}", *prose))]
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(notebook), encoding="utf-8")


@pytest.fixture(scope="module")
def compiled(tmp_path_factory):
    """A book of two municipalities with bare pages, compiled once."""
    small = SmallHandbook(tmp_path_factory.mktemp("again"), *SLUGS)
    space = Workspace(small.root, small.data, small.output)
    for chapter in chapters(SLUGS):
        write_chapter(space, chapter.label, "Alle siders ord.")
    compile_book(space, SLUGS)
    return space


@pytest.fixture
def space(compiled):
    """The same book, left as it was."""
    yield compiled
    write_chapter(compiled, "vejle/population", "Alle siders ord.")
    compile_book(compiled, SLUGS)


def files(folder):
    return {str(path.relative_to(folder)): path for path in folder.rglob("*") if path.is_file()}


def tree(folder):
    return {name: path.read_bytes() for name, path in files(folder).items()}


def clean(space, tmp_path):
    """The site that compiling everything into another folder gives."""
    other = Workspace(space.handbook, space.data, tmp_path / "clean")
    shutil.copytree(space.chapters, other.chapters)
    return tree(compile_book(other, SLUGS))


def test_a_book_that_stands_is_not_compiled(space, monkeypatch):
    monkeypatch.setattr(book, "Builder", None)
    assert book_causes(space, SLUGS) == ()
    assert compile_book(space, SLUGS) == space.site


def test_a_changed_value_costs_its_page_and_gives_the_same_site_as_a_clean_compilation(
    space, tmp_path
):
    write_chapter(space, "vejle/population", "Alle siders ord.", "Her står gulerødder.")
    compile_book(space, SLUGS)
    before = {name: path.stat().st_mtime_ns for name, path in files(space.site).items()}
    assert "guler" in (space.site / "searchindex.js").read_text(encoding="utf-8")
    write_chapter(space, "vejle/population", "Alle siders ord.", "Her står kartofler.")
    assert book_causes(space, SLUGS) == ("siden kommuner/vejle/borgerne er ændret",)
    compile_book(space, SLUGS)
    after = {name: path.stat().st_mtime_ns for name, path in files(space.site).items()}
    made = {name for name in after if after[name] != before.get(name)}
    whole = {"searchindex.js", "udgivelse.json"}  # what is about all pages
    assert made == {PAGE, "notesboeger/kommuner/vejle/borgerne.ipynb", *whole}
    assert "guler" not in (space.site / "searchindex.js").read_text(encoding="utf-8")
    assert tree(space.site) == clean(space, tmp_path)


def write_figures(space, *categories):
    """The chapter with a figure of each of some answers, as an executed notebook holds it."""
    path = space.chapters / "vejle" / "population.ipynb"
    delivery = load_delivery(HANDBOOK / "data" / "vejle")
    table = publish(population.gender(delivery))
    figures = [share_bars(table.where(category=one), one, one) for one in categories]
    outputs = [
        {"output_type": "display_data", "metadata": {}, "data": {"text/html": one.html}}
        for one in figures
    ]
    cell = {"cell_type": "code", "id": "f", "metadata": {}, "source": "1", "execution_count": 1}
    notebook = json.loads(path.read_text(encoding="utf-8"))
    kept = [one for one in notebook["cells"] if one["cell_type"] != "code"]
    cells = [*kept, {**cell, "outputs": outputs}] if figures else kept
    path.write_text(json.dumps({**notebook, "cells": cells}), encoding="utf-8")


def test_the_files_of_a_figure_come_with_it_and_go_with_it(space, tmp_path):
    folder = space.site / "tal/kommuner/vejle"
    for categories in (("woman", "man"), ("man",), ()):
        write_figures(space, *categories)
        compile_book(space, SLUGS)
        found = sorted(path.stem for path in folder.rglob("*.csv"))
        assert found == sorted(f"vejle-{one}" for one in categories)
        assert (folder / "borgerne.xlsx").is_file() == bool(categories)
        assert tree(space.site) == clean(space, tmp_path / "-".join(("c", *categories)))


def test_a_changed_heading_is_followed_on_every_page_that_shows_it(space, tmp_path):
    path = space.chapters / "vejle" / "population.ipynb"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("# Om vejle/population", "# Helt nye borgere"), encoding="utf-8")
    compile_book(space, SLUGS)
    neighbour = (space.site / "kommuner/vejle/roller.html").read_text(encoding="utf-8")
    assert "Helt nye borgere" in neighbour
    assert tree(space.site) == clean(space, tmp_path)


def test_a_written_page_that_changes_costs_its_page(space, tmp_path):
    page = space.handbook / "book" / "faser.md"
    kept = page.read_text(encoding="utf-8")
    neighbour = space.site / "metoden.html"
    before = neighbour.stat().st_mtime_ns
    page.write_text(kept + "\nEn ny sætning om faser.\n", encoding="utf-8")
    try:
        compile_book(space, SLUGS)
        assert "En ny sætning" in (space.site / "faser.html").read_text(encoding="utf-8")
        assert neighbour.stat().st_mtime_ns == before
        assert tree(space.site) == clean(space, tmp_path)
    finally:
        page.write_text(kept, encoding="utf-8")


def test_a_changed_layout_is_followed_on_every_page(space):
    frame = space.handbook / "book" / "_templates" / "layout.html"
    kept = frame.read_text(encoding="utf-8")
    frame.write_text(kept.replace("<p>{{ words.footer }}", '<p class="ny">{{ words.footer }}'))
    try:
        found = book_causes(space, SLUGS)
        compile_book(space, SLUGS)
    finally:
        frame.write_text(kept, encoding="utf-8")
    assert found == ("bogens opsætning, udseende eller billeder er ændret",)
    for name in ("index.html", PAGE, "faser.html"):
        assert '<p class="ny">' in (space.site / name).read_text(encoding="utf-8"), name


def edit_page(space):
    page = space.site / PAGE
    page.write_text(page.read_text(encoding="utf-8").replace("Alle", "Inge"), encoding="utf-8")


def remove_page(space):
    (space.site / PAGE).unlink()


def remove_site(space):
    shutil.rmtree(space.site)


def add_page(space):
    (space.site / "mere.html").write_text("<p>mere</p>", encoding="utf-8")


@pytest.mark.parametrize("harm", [edit_page, remove_page, remove_site, add_page])
def test_a_site_that_is_changed_by_hand_is_compiled_again(space, harm):
    before = tree(space.site)
    harm(space)
    assert book_causes(space, SLUGS) != ()
    compile_book(space, SLUGS)
    assert tree(space.site) == before


def remove_all_kept(space):
    shutil.rmtree(space.output / "book")


def remove_one_source(space):
    (space.output / "book" / "source" / "faser.md").unlink()


def cut_knowledge(space):
    path = space.output / "book" / "known" / "environment.pickle"
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


@pytest.mark.parametrize("harm", [remove_all_kept, remove_one_source, cut_knowledge])
def test_whatever_is_lost_of_what_is_kept_the_next_site_is_whole(space, tmp_path, harm):
    harm(space)
    assert book_causes(space, SLUGS) == ()
    write_chapter(space, "vejle/population", f"Ændret efter {harm.__name__}.")
    compile_book(space, SLUGS)
    assert tree(space.site) == clean(space, tmp_path)


def test_a_page_with_a_fault_leaves_the_site_and_is_found_again_the_next_time(space):
    before = tree(space.site)
    write_chapter(space, "vejle/population", "[ingen side](findes-ikke.md)")
    for _ in range(2):
        with pytest.raises(BookFailed, match="findes-ikke"):
            compile_book(space, SLUGS)
        assert tree(space.site) == before


@pytest.mark.skipif(os.name == "nt", reason="processes of Unix")
def test_a_builder_that_is_not_used_ends_with_its_block(space):
    with book.Builder(space) as builder:
        process = builder._process
        assert process.poll() is None
    assert process.poll() is not None
