"""The book among its releases: what has changed stands on one page and on those it is about."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html

from fremskudt.analysis import population
from fremskudt.contract.delivery import load_delivery
from fremskudt.disclosure import publish
from fremskudt.presentation.charts import share_bars
from fremskudt.publishing.book import compile_book
from fremskudt.publishing.templates import chapters
from fremskudt.workspace import HANDBOOK, Workspace
from tests.small_handbook import SmallHandbook

SLUGS = ("aarhus", "vejle")
TITLES = {"profile": "{} Kommune", "population": "Borgerne i {}"}
CHANGES = "aendringer.html"
CITIZENS = "kommuner/vejle/borgerne.html"


def write_chapter(space, slug, template, *figures):
    """An executed chapter with figures."""
    chapter = next(
        one for one in chapters(SLUGS) if (one.slug, one.template.name) == (slug, template)
    )
    outputs = [
        {"output_type": "display_data", "metadata": {}, "data": {"text/html": one}}
        for one in figures
    ]
    title = TITLES.get(template, "Om " + chapter.label).format(slug.capitalize())
    heading = {"cell_type": "markdown", "id": "m", "metadata": {}, "source": f"# {title}"}
    code = {"cell_type": "code", "id": "f", "metadata": {}, "source": "1", "execution_count": 1}
    cells = [heading, {**code, "outputs": outputs}] if figures else [heading]
    path = chapter.executed(space)
    path.parent.mkdir(parents=True, exist_ok=True)
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(notebook), encoding="utf-8")


def figures(fewer=0, fewer_ages=0):
    """Figures of gender and age of Vejle's citizens, each without some of them."""
    return [
        share_bars(publish(population.gender(without(fewer))), "koen", "Køn").html,
        share_bars(publish(population.age_group(without(fewer_ages))), "alder", "Alder").html,
    ]


def without(fewer):
    delivery = load_delivery(HANDBOOK / "data" / "vejle")
    return replace(delivery, tables={**delivery.tables, "cases": delivery["cases"].iloc[fewer:]})


def tree(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


def notice(site, page):
    return html.parse(str(site / page)).xpath("string(//p[@class='page-notice'])")


def release(space):
    """What `fremskudt release` leaves with the data."""
    folder = space.data / "releases"
    folder.mkdir(exist_ok=True)
    number = len(list(folder.iterdir())) + 1
    shutil.copy(space.site / "udgivelse.json", folder / f"{number:03}.json")


def clean(space, tmp_path, slugs=SLUGS):
    """The site that compiling everything into another folder gives."""
    other = Workspace(space.handbook, space.data, tmp_path / "clean")
    shutil.copytree(space.chapters, other.chapters)
    return tree(compile_book(other, slugs))


@pytest.fixture(scope="module")
def space(tmp_path_factory):
    """A book of two municipalities that has been released once, and made again since."""
    small = SmallHandbook(tmp_path_factory.mktemp("releases"), *SLUGS)
    space = Workspace(small.root, small.data, small.output)
    text = "# Hvad er ændret\n\n% udgivelser\n"
    (space.handbook / "book" / "aendringer.md").write_text(text, encoding="utf-8")
    (space.data / "site.yml").write_text("date: 2025-01-31\n", encoding="utf-8")
    for chapter in chapters(SLUGS):
        write_chapter(space, chapter.slug, chapter.template.name)
    write_chapter(space, "vejle", "population", *figures())
    compile_book(space, SLUGS)
    return space


def test_a_site_is_released_changed_and_made_again(space, tmp_path):
    """One history from its first release on: each step is a compilation, so they share them."""
    first = tree(space.site)
    page = (space.site / CHANGES).read_text(encoding="utf-8")
    assert "Der er ingen tidligere udgivelse at sammenligne med" in page
    assert notice(space.site, CITIZENS) == ""
    told = json.loads(first["udgivelse.json"])["pages"]["kommuner/vejle/borgerne"]
    assert told["title"] == "Borgerne i Vejle"
    assert list(told["figures"]) == ["vejle-koen", "vejle-alder"]

    release(space)  # a release that is made again is the very same site
    compile_book(space, SLUGS)
    assert tree(space.site) == first

    # A citizen less, in the second figure alone.
    (space.data / "site.yml").write_text("date: 2026-01-31\n", encoding="utf-8")
    write_chapter(space, "vejle", "population", *figures(0, 1))
    compile_book(space, SLUGS)
    assert notice(space.site, CITIZENS) == (
        "Siden sidste udgivelse (31. januar 2025) er tallene i Figur 2 ændret. "
        "Se, hvad der er ændret."
    )
    others = [one for one in space.site.rglob("*.html") if one != space.site / CITIZENS]
    assert [one for one in others if notice(space.site, one)] == []
    listed = html.parse(str(space.site / CHANGES)).xpath("//dl[@class='fs-changes'][1]//a/@href")
    assert listed == [CITIZENS, f"{CITIZENS}#figur-alder"]

    # A change more is one page and the list, and gives the site that making all of it gives.
    neighbour = (space.site / "kommuner/aarhus/profil.html").stat().st_mtime_ns
    write_chapter(space, "vejle", "population", *figures(1, 1))
    compile_book(space, SLUGS)
    assert "i Figur 1 og Figur 2 ændret" in notice(space.site, CITIZENS)
    assert (space.site / "kommuner/aarhus/profil.html").stat().st_mtime_ns == neighbour
    assert tree(space.site) == clean(space, tmp_path)

    # A municipality leaves; one of its pages leads on.
    shutil.rmtree(space.data / "aarhus")
    moved = "moved:\n  kommuner/aarhus/profil.html: kommuner/vejle/profil.html\n"
    (space.data / "site.yml").write_text(moved, encoding="utf-8")
    compile_book(space, ("vejle",))
    page = html.parse(str(space.site / CHANGES))
    gone = page.xpath("//dt[. = 'Kommuner, der ikke længere er med']/following-sibling::dd[1]")
    assert gone[0].text_content() == "Aarhus"
    assert gone[0].xpath(".//a") == []
    old = (space.site / "kommuner/aarhus/profil.html").read_text(encoding="utf-8")
    assert "../vejle/profil.html" in old
