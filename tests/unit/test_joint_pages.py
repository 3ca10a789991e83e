"""The pages about all municipalities say whose data they hold, and turn when the data turn."""

from dataclasses import replace

import pytest

from fremskudt.presentation.prose import front, together


@pytest.fixture
def known(deliveries):
    return [one.municipality for one in deliveries.values()]


def own(known, *slugs):
    return [replace(one, origin="registered") if one.slug in slugs else one for one in known]


def test_the_demonstration_is_said_to_be_the_trial_of_2011_to_2013(known):
    assert "prøvede det i 2011–2013" in front.opening(known).text
    assert "konstrueret" in together.front_caution(known).plain
    assert "konstrueret" in together.comparison_lead(known).text


def test_own_data_alone_are_never_said_to_be_constructed(known):
    alone = own(known, *(one.slug for one in known))
    said = [
        front.opening(alone).text,
        together.front_caution(alone).plain,
        together.comparison_lead(alone).text,
    ]
    assert "konstrueret" not in " ".join(said)
    assert "Aarhus, Gladsaxe, Rudersdal og Vejle" in said[0]
    assert "kommunernes egne registreringer" in said[1]


def test_own_data_beside_the_demonstration_are_told_apart(known):
    mixed = own(known, "vejle")
    assert "tallene fra Vejle ved siden af afprøvningen" in front.opening(mixed).text
    caution = together.front_caution(mixed).plain
    assert "egne registreringer" in caution
    assert "konstrueret" in caution


def test_one_municipality_is_spoken_of_in_the_singular(known):
    alone = [one for one in own(known, "vejle") if one.slug == "vejle"]
    assert "kommunens egne registreringer" in together.front_caution(alone).plain
    assert "Tallene fra Vejle er kommunens egne" in together.comparison_lead(alone).text


def test_many_municipalities_are_counted_and_not_listed(known):
    many = own(known * 3, *(one.slug for one in known))
    assert "tallene fra 12 kommuner" in front.opening(many).text


def test_a_name_is_shown_as_text(known):
    nasty = [replace(known[0], short_name="<b>By</b>", origin="registered")]
    assert "<b>" not in front.opening(nasty).text.split("fs-lead")[1]
