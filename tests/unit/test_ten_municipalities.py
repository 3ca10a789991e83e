"""The joint pages of ten municipalities of different sizes, some with less than others."""

import pytest

from fremskudt import register
from fremskudt.analysis import outcomes, population
from fremskudt.analysis.economics import administration, gains
from fremskudt.analysis.economics.covered import covered
from fremskudt.analysis.result import side_by_side, together
from fremskudt.disclosure import publish
from fremskudt.presentation import charts
from fremskudt.presentation.prose import comparison, front, profile
from fremskudt.presentation.prose import together as standing
from fremskudt.publishing.contents import contents
from fremskudt.workspace import Workspace
from tests.ten import TEN, make_ten


@pytest.fixture(scope="module")
def ten(tmp_path_factory):
    workspace = Workspace.find(make_ten(tmp_path_factory.mktemp("ten")))
    return register.load_all(workspace)


@pytest.fixture(scope="module")
def known(ten):
    return [one.municipality for one in ten]


@pytest.fixture(scope="module")
def gain(ten):
    return publish(side_by_side([gains.net_gain(one) for one in covered(ten)]))


def test_all_ten_are_in_the_contents_by_name(ten):
    chapters = contents([one.slug for one in ten])["parts"][1]["chapters"][1:]
    assert [one["file"] for one in chapters] == [f"kommuner/{m.slug}/profil" for m in TEN]


def test_ten_names_are_counted_and_five_are_listed(known):
    own = "Aabenraa, Ærø, Høje-Taastrup, København og Lyngby-Taarbæk"
    assert f"tallene fra {own} ved siden af" in front.opening(known).text
    assert standing.front_heading(known).text == "## Det viser tallene"
    everyone = comparison.counted_or_named([one.short_name for one in known])
    assert everyone == "ti kommuner"


def test_who_has_worked_out_no_courses_is_named_and_has_no_gain_of_zero(ten, known, gain):
    valued = [one.municipality for one in covered(ten)]
    said = comparison.not_valued(known, valued).text
    assert "i Ærø og Læsø, som derfor ikke er med i hovedrapportens figur 9–11" in said
    assert comparison.not_valued(known, known).text == ""
    assert "i alle otte kommuner" in comparison.gains(gain).text
    assert "fem eller seks udvalgte borgere" in comparison.gains(gain).text


def test_the_front_page_has_a_line_for_each_and_says_what_is_not_worked_out(ten, known, gain):
    judged = [outcomes.by_phase(one, "wellbeing_change") for one in ten]
    admin = publish(side_by_side([administration.administrative_cost(one) for one in ten]))
    cases = publish(side_by_side([population.case_numbers(one) for one in ten]))
    block = comparison.side_by_side(known, publish(together(judged)), admin, gain, cases)
    assert block.html.count("<tr>") == 11
    assert block.html.count("ikke opgjort") == 2
    assert "0 kr." not in [
        cell.strip() for line in block.plain.split("\n") for cell in line.split("|")
    ]
    rating = publish(
        together([outcomes.by_phase(one, "citizen_rating", complete=True) for one in ten])
    )
    wellbeing = publish(together(judged))
    key = comparison.front_key(known, rating, wellbeing, admin)
    assert "847 gennemførte forløb i ti kommuner" in key.plain
    assert "cirka 240" not in key.html


def test_the_bars_of_a_municipality_stand_together_under_its_name(ten):
    answers = [outcomes.by_phase(one, "wellbeing_change", complete=True) for one in ten]
    html = charts.share_stack(publish(together(answers)), "trivsel").html
    wide = html.split("fs-narrow")[0]
    for one in TEN:
        assert wide.count(f">{one.short_name or one.name.removesuffix(' Kommune')}, Fase") <= 1


def test_a_new_municipality_is_not_said_to_be_one_of_the_four(known, deliveries):
    new = profile.where_to(known[0]).text
    assert "tre andre" not in new
    assert "De fire modeller" in new
    assert "tre andre" in profile.where_to(deliveries["vejle"].municipality).text
