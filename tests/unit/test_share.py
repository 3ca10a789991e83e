"""What a page says of itself: its description and its address."""

import sys

import pytest

from fremskudt.workspace import HANDBOOK

sys.path.insert(0, str(HANDBOOK / "book" / "_ext"))
from handbook_share import LONGEST, description_of, origins_of, page_address, shortened


def test_the_lead_describes_a_page_though_it_is_not_first():
    body = '<h1>T</h1><p>Først.</p><p class="fs-lead">Det <b>vigtigste</b>\n er her.</p>'
    assert description_of(body) == "Det vigtigste er her."


def test_without_a_lead_the_first_paragraph_with_words_does():
    assert description_of("<p> </p><p>Ordene.</p><p>Andre.</p>") == "Ordene."


def test_notes_tables_and_figures_describe_no_page():
    body = (
        "<aside><p>Pas på.</p></aside><figure><p>En figur.</p></figure>"
        "<table><tr><td><p>3 ud af 7</p></td></tr></table><p>Teksten.</p>"
    )
    assert description_of(body) == "Teksten."


def test_a_page_without_paragraphs_has_no_description():
    assert description_of("") == ""
    assert description_of("<h1>Ordliste</h1>") == ""


def test_as_many_whole_sentences_are_said_as_have_room():
    first = "En sætning på over fyrre tegn, som er ganske hel."
    second = "Den næste, som der også er plads til, når man tæller efter."
    third = "Og en tredje, der går langt ud over, hvad en søgemaskine viser af en side."
    assert shortened(f"{first} {second} {third}") == f"{first} {second}"


def test_an_abbreviation_ends_no_sentence():
    first = "En sætning på over fyrre tegn, som er ganske hel."
    second = "Den næste bliver ikke hel, for den har bl.a. en lang hale om ting, der kan ventes, "
    assert shortened(f"{first} {second}fx. det sidste og det allersidste af dem.") == first


def test_a_sentence_that_is_too_long_is_cut_at_a_word():
    words = "ord, " * 60
    cut = shortened(words.strip())
    assert cut.endswith("ord…")
    assert len(cut) <= LONGEST + 1


def test_a_page_says_which_origins_its_numbers_have_the_surest_first():
    body = (
        '<span class="fs-origin fs-origin-constructed">Konstrueret</span>'
        '<span class="fs-origin fs-origin-published">Offentliggjort</span>'
        '<span class="fs-origin fs-origin-constructed">Konstrueret</span>'
    )
    assert origins_of(body) == ["offentliggjort", "konstrueret"]
    assert origins_of("<p>Ingen tal.</p>") == []


@pytest.mark.parametrize(
    ("page", "address"),
    [
        ("index", "https://a.dk/f/"),
        ("kommuner/vejle/profil", "https://a.dk/f/kommuner/vejle/profil.html"),
        ("search", ""),
        ("404", ""),
    ],
)
def test_a_page_has_one_address_and_the_front_page_is_the_folder(page, address):
    assert page_address("https://a.dk/f/", page, "index") == address
    assert page_address("", page, "index") == ""
