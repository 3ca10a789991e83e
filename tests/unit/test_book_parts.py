"""The parts of the book's pages that are made from data, and the data they are made from."""

import re

import pytest
import yaml

from fremskudt.analysis.claims import read_claims
from fremskudt.analysis.printed import read_published
from fremskudt.contract.tables import TABLES
from fremskudt.publishing.parts import (
    contradictions,
    gains_form,
    glossary,
    numbers,
    questionnaire,
    screening,
    workflow,
)
from fremskudt.workspace import HANDBOOK

PAGES = {path.stem: path.read_text(encoding="utf-8") for path in (HANDBOOK / "book").glob("*.md")}
SOURCES = {"hovedrapporten", "rudersdal-2013", "midtvejs-2013", "sammenhaeng-2018", "sus-2015"}


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("rudersdal-cases", "11"),
        ("rudersdal-cost-per-case", "10.404 kr."),
        ("rudersdal-net-cost", "114.440,76 kr."),
        ("net-gain-aarhus-state", "−41.680 kr."),
        ("odense-savings-target", "85 mio. kr."),
        ("rudersdal-saving-total", "27 %"),
        ("overhead-ceiling-midtjylland", "5,4 %"),
        ("horizon-section-21", "3 år"),
        ("odense-start-year", "2016"),
        ("report-published", "november 2014"),
        ("cost-period-from", "1. september 2012"),
        ("discount_rate", "3,5 %"),
        ("annual_salary_dkk", "544.956 kr."),
        ("meeting_deadline_days", "5"),
        # 18.560 minutes / 11 cases / 60 = 28,1 hours; 130 / 28,1 = 4,6: four whole cases
        ("hours-per-case-rudersdal", "28"),
        ("room-for-cases-rudersdal", "4"),
    ],
)
def test_a_number_is_told_as_danes_write_it(name, told):
    assert numbers.told()[name].replace("\N{NO-BREAK SPACE}", " ") == told


def test_every_number_that_a_page_asks_for_exists():
    asked = {
        name for text in PAGES.values() for name in re.findall(r"\{(?:tal|antal)\}`([^`]+)`", text)
    }
    assert len(asked) > 100
    assert asked - set(numbers.told()) == set()


TYPED = re.compile(r"(?<![\w§–.,-])(\d{1,3}(?:\.\d{3})+|\d{2,})(?:,\d+)? (?:kr\.|%|mio\.)")


def test_no_printed_amount_or_share_is_typed_where_it_can_be_fetched():
    """Worked examples aside, which say that they are: kroner and per cent come from the data."""
    amounts = {
        numbers.told()[one.figure_id].replace("\N{NO-BREAK SPACE}", " ")
        for one in read_published()
        if one.unit in ("dkk", "mio_dkk")
    }
    typed = {
        (name, found[0])
        for name, text in PAGES.items()
        for line in text.splitlines()
        if not re.match(r"\s*(?:\d+\.|\$\$|\|)", line)  # a step of an example, a formula
        for found in TYPED.finditer(line)
        if found[0] in amounts
    }
    assert typed == set()


def test_every_term_has_an_anchor_of_its_own_and_no_form_belongs_to_two():
    terms = [one for group in glossary.groups().values() for one in group]
    assert len({one.anchor for one in terms}) == len(terms)
    forms = [form.lower() for one in terms for form in one.links]
    assert len(set(forms)) == len(forms)


def test_every_name_that_the_words_give_stands_in_code_or_data():
    told = {name for group in glossary.groups().values() for one in group for name in one.code}
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for folder in ("fremskudt", "data/reference", "notebooks")
        for path in (HANDBOOK / folder).rglob("*")
        if path.suffix in {".py", ".csv", ".ipynb"}
    )
    known = code + " ".join(path.stem for path in (HANDBOOK / "notebooks").glob("*.ipynb"))
    assert [name for name in told if not re.search(rf"\b{name}\b", known)] == []


def test_every_group_of_words_stands_on_the_page():
    shown = re.findall(r"```\{words\} (.+)", PAGES["ordliste"])
    assert shown == list(glossary.groups())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Målgruppen er bred", ["Målgruppen"]),
        ("et koordinerende møde om en målgruppe", ["koordinerende møde", "målgruppe"]),
        ("Hovedrapporten henviser til et bilag", []),
        ("målgruppebeskrivelse", []),
        ("it-rygsækken", ["it-rygsækken"]),
    ],
)
def test_whole_words_become_links(text, found):
    assert glossary.form_pattern().findall(text) == found


def test_contradictions_name_what_exists():
    figures = {one.figure_id for one in read_published()}
    claims = {one.claim_id for one in read_claims()}
    found = contradictions.read_contradictions()
    assert len({one.name for one in found}) == len(found)
    for one in found:
        assert one.grade in contradictions.GRADES, one.name
        assert one.weight in (1, 2, 3), one.name
        assert one.theme in contradictions.themes(), one.name
        assert len(one.statements) >= 2, one.name
        assert {said.source for said in one.statements} <= SOURCES, one.name
        assert all(said.place for said in one.statements), one.name
        assert set(one.figures) <= figures, one.name
        assert set(one.claims) <= claims, one.name


def test_every_figure_that_another_contradicts_is_explained():
    disputed = {one.figure_id for one in read_published() if one.status == "contradicted"}
    explained = {name for one in contradictions.read_contradictions() for name in one.figures}
    assert disputed - explained == set()


def test_every_theme_stands_on_the_page():
    shown = re.findall(r"```\{contradictions\} (.+)", PAGES["modsigelser"])
    assert shown == list(contradictions.themes())


def test_every_column_of_a_case_is_asked_for_once():
    asked = [(one.table, one.column) for one in questionnaire.questions()]
    columns = [
        (table, column.name)
        for table in ("cases", "registrations", "roles", "tools")
        for column in TABLES[table].columns
    ]
    assert sorted(asked) == sorted(columns)


def test_changes_are_not_asked_at_the_start():
    """What the contract refuses in phase 1 is not asked then."""
    changes = {"wellbeing_change", "goal_change", "citizen_rating"}
    for one in questionnaire.questions():
        if one.column in changes:
            assert one.phases == (2, 3), one.column


def test_the_steps_lead_to_each_other_and_end():
    found = workflow.steps()
    names = [one.name for one in found]
    assert [one.phase for one in found] == sorted(
        (one.phase for one in found), key=list(workflow.PHASES).index
    )
    reached = {name for one in found for name in one.follows}
    assert reached == set(names[1:])
    assert [one.name for one in found if not one.follows] == ["ordinary", "closing"]
    html = workflow.diagram()
    assert html.count("<li class=") == len(found)
    assert "Nej: trin 6" in html


def test_every_outcome_of_the_form_is_there_once():
    found = yaml.safe_load(screening.SCREENING.read_text(encoding="utf-8"))
    categories = [one["id"] for one in found["categories"]]
    assert len(categories) == 2
    combinations = {tuple(one["when"][name] for name in categories) for one in found["outcomes"]}
    assert combinations == {(a, b) for a in ("none", "some") for b in ("none", "some")}
    assert len(found["outcomes"]) == 4


@pytest.mark.parametrize("html", [screening.form(), gains_form.form()])
def test_a_form_sends_nothing_and_labels_everything(html):
    from lxml import html as parser

    tree = parser.fromstring(html)
    assert tree.xpath("//form | //*[@action]") == []
    for field in tree.xpath("//input | //textarea"):
        assert field.get("aria-label") or len(tree.xpath(f"//label[@for='{field.get('id')}']"))
        assert field.get("autocomplete") == "off"
