"""The comparison that the reader chooses: what its tables say, hide, and let be found out."""

import re

import pytest
from lxml import html as parser

from fremskudt.analysis import outcomes
from fremskudt.analysis.result import together
from fremskudt.disclosure import FEW, HIDDEN, SHOWN, publish
from fremskudt.presentation.chooser import CHOICES, alphabetical, chosen_measure
from fremskudt.protection.applied import plan_of
from fremskudt.release.audit import audit
from fremskudt.release.harvest import harvest
from tests.small import small, write_pages

WELLBEING = CHOICES[0]
PAGE = "sammenlign-selv.html"


def published(deliveries, choice):
    answers = [outcomes.by_phase(one, choice.code) for one in deliveries]
    return publish(together(answers, with_total=False))


def table_of(deliveries, choice=WELLBEING):
    block = chosen_measure(choice, published(deliveries, choice))
    return block, parser.fragment_fromstring(block.html)


@pytest.fixture(scope="module")
def eleven(deliveries):
    """Eleven of Gladsaxe's cases as registered, threshold five."""
    return small(deliveries["gladsaxe"], 11, 5, seed=2)


@pytest.mark.parametrize("choice", CHOICES, ids=lambda one: one.name)
def test_a_share_counts_the_rows_of_the_delivery(deliveries, choice):
    joined = published(deliveries.values(), choice).joined(choice.answers)
    shown = [row for row in joined.rows if row.status == SHOWN]
    assert len(shown) >= 6  # of Rudersdal's citizens few have answered themselves
    for row in shown:
        cases = deliveries[row.municipality]["registrations"]
        answers = cases.loc[cases["phase"] == int(row.group[-1]), choice.code].dropna()
        assert row.count_ == sum(answers.isin(choice.answers))
        assert row.n == len(answers)
        assert row.share == pytest.approx(row.count_ / row.n)


def test_rudersdal_has_four_of_eight_with_its_interval(deliveries):
    # The report prints 4 of 8. Wilson by hand, z² = 3.8415: centre (0.5 + 3.8415/16)/1.48018 = 0.5,
    # half 1.96·√(0.03125 + 3.8415/256)/1.48018 = 0.2848: 22 to 78 per cent.
    _, figure = table_of(deliveries.values())
    row = next(one for one in figure.iter("tr") if one.findtext("th") == "Rudersdal")
    cell = row.findall("td")[-2].text_content()
    assert " ".join(cell.split()) == "4 af 8 (50 %) (22–78 %)"


def test_the_last_line_is_all_that_is_shown_together(deliveries):
    _, figure = table_of(deliveries.values())
    column = [
        row.findall("td")[1].text_content()
        for row in figure.iter("tr")
        if row.find("td") is not None
    ]
    pairs = [tuple(map(int, re.match(r"(\d+) af (\d+)", text).groups())) for text in column]
    assert pairs[-1] == tuple(map(sum, zip(*pairs[:-1], strict=True)))


def test_municipalities_stand_in_alphabetical_order_with_danish_letters_last():
    names = ["Ærø", "Vejle", "Åby", "Odense", "Østby", "Aarhus"]
    assert sorted(names, key=alphabetical) == ["Aarhus", "Odense", "Vejle", "Ærø", "Østby", "Åby"]


def test_what_does_not_follow_from_shown_rows_is_hidden(eleven):
    for choice in CHOICES:
        table = published([eleven], choice)
        joined = table.joined(choice.answers)
        for row in joined.rows:
            parts = [one for one in table.rows if one.group == row.group]
            inside = [one for one in parts if set(one.category.split("+")) <= set(choice.answers)]
            reach = {part for one in inside for part in one.category.split("+")}
            is_told = reach == set(choice.answers) and {one.status for one in inside} == {SHOWN}
            assert (row.status == SHOWN) is is_told
            if row.status in (HIDDEN, FEW):
                assert row.count_ != row.count_  # nothing
                assert row.share != row.share


def test_a_hidden_share_is_told_in_words_and_is_not_in_the_sum(eleven, deliveries):
    both = [eleven, deliveries["vejle"]]
    seen = False
    for choice in CHOICES:
        joined = published(both, choice).joined(choice.answers)
        _, figure = table_of(both, choice)
        rows = {one.findtext("th"): one.findall("td") for one in figure.iter("tr")}
        for place, row in enumerate(one for one in joined.rows if one.municipality == "gladsaxe"):
            text = rows["Gladsaxe"][place].text_content()
            if row.status == SHOWN:
                continue
            seen = True
            assert not re.search(r"\d", text)
            alone = rows["Vejle"][place].text_content().split("(")[0]
            assert rows["Alle med viste tal"][place].text_content().startswith(alone)
    assert seen


def test_the_release_reads_the_page_back_and_finds_nothing_hidden_in_it(eleven, tmp_path):
    site = write_pages(tmp_path, eleven)
    blocks = [table_of([eleven], choice)[0].html for choice in CHOICES]
    (site / PAGE).write_text("".join(blocks), encoding="utf-8")
    assert audit(harvest(site), [eleven]).reasons == []


def test_a_number_planted_in_a_table_of_the_page_is_refused(eleven, tmp_path):
    site = write_pages(tmp_path, eleven)
    block = "".join(table_of([eleven], choice)[0].html for choice in CHOICES)
    plan, _ = plan_of(eleven)
    assert any(not piece.is_shown for line in plan.values() for piece in line.pieces)
    leak = "<td>1 af 11 (9 %)</td>"
    (site / PAGE).write_text(
        block.replace("</tbody>", f"<tr>{leak}</tr></tbody>", 1), encoding="utf-8"
    )
    reasons = "\n".join(audit(harvest(site), [eleven]).reasons)
    assert f"{PAGE}: «1 af 11» står ikke i nogen af sidens filer" in reasons


def test_a_hidden_sum_planted_in_the_file_of_the_page_is_refused(eleven, tmp_path):
    """The file is the truth that the page is held against, and is itself attacked."""
    site = write_pages(tmp_path, eleven)
    whole = small(eleven, 11, 3, seed=2)  # the same cases under a lower threshold
    blocks = [table_of([whole], choice)[0].html for choice in CHOICES]
    (site / PAGE).write_text("".join(blocks), encoding="utf-8")
    before = [table_of([eleven], choice)[0].html for choice in CHOICES]
    assert blocks != before, "the lower threshold shows no more: choose another draw"
    assert audit(harvest(site), [eleven]).reasons
