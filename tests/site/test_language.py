"""The Danish of the site: readable, spelt right, and with somewhere to go next."""

import os

import pytest
from lxml import html

from fremskudt.publishing.contents import METHOD, READING, WRITTEN
from fremskudt.workspace import HANDBOOK
from tests import speller
from tests.prose import readability, words_of

EASY, HARD = 45, 50  # LIX: for readers, and for the pages on method
PROJECT_WORDS = HANDBOOK / "tests" / "project_words.txt"
# Pages on method: how it is done, how it is counted, and what the software asks for.
READING_GUIDE = ("laesevejledning", *READING["laesevejledning"])
METHOD_PAGES = {
    *(page for first, below in METHOD.items() for page in (first, *below)),
    *READING_GUIDE,
    "databeskyttelse",
    "datakontrakt",
}
CONCEPTS = sorted({page for first, below in WRITTEN.items() for page in (first, *below)})
# Not one concept but a list, a reference or a manual; or made by a notebook.
LISTS = {
    *("datakontrakt", "ordliste", "referencer", "modsigelser", "kildeafstemning"),
    *("kursus-ark", "kursus-koereplan", "kursus-svar"),  # made of the course's modules
    *(f"kursus/modul-{n}" for n in range(1, 7)),
}
MANUALS = {"koer-selv", "databeskyttelse", "saadan-regnes-oekonomien", "oekonomiens-usikkerhed"}
MADE = {"segmentering", "gevinstplan"}
FEWEST, MOST = 300, 900  # words of prose; tables come on top of it


def pages(site):
    return sorted(path for path in site.rglob("*.html") if path.name not in {"search.html"})


def test_every_page_is_easy_enough_to_read(site):
    hard = {}
    for path in pages(site):
        name = path.relative_to(site).with_suffix("").as_posix()
        found = readability(path)
        limit = HARD if name in METHOD_PAGES else EASY
        if found.words and found.lix > limit:
            hard[name] = round(found.lix, 1)
    assert hard == {}


def test_every_word_is_in_a_dictionary_or_on_the_list(site):
    if not speller.is_there():
        message = "no hunspell with Danish; `python -m tests.speller` installs it"
        pytest.fail(message) if os.environ.get("CI") == "true" else pytest.skip(message)
    own = set(PROJECT_WORDS.read_text(encoding="utf-8").split())
    found = {word for path in pages(site) for word in words_of(path)}
    assert sorted(set(speller.unknown(found)) - own) == []


def test_the_list_of_words_holds_no_word_that_no_page_uses(site):
    own = PROJECT_WORDS.read_text(encoding="utf-8").split()
    assert own == sorted(set(own))
    found = {
        part for path in pages(site) for word in words_of(path) for part in (word, *word.split("-"))
    }
    assert [word for word in own if word not in found] == []


@pytest.mark.parametrize("name", [one for one in CONCEPTS if one not in LISTS | MANUALS | MADE])
def test_a_page_is_one_concept_long(site, name):
    assert FEWEST <= readability(site / f"{name}.html").words <= MOST


@pytest.mark.parametrize("name", [one for one in CONCEPTS if one not in {"datakontrakt"}])
def test_a_page_ends_with_where_to_go_next(site, name):
    content = html.parse(str(site / f"{name}.html")).getroot().get_element_by_id("main-content")
    last = content.findall(".//h2")[-1]
    assert last.text_content().strip() == "Læs videre"
    assert len(last.getparent().findall(".//a")) >= 2
