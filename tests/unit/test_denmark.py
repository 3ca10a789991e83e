"""The map: every municipality once, neighbours near each other, names that can be read."""

from dataclasses import replace

import pytest
from lxml import html as parser

from fremskudt.presentation import denmark
from fremskudt.presentation.prose import front

# The official numbers, region by region as they were from 2007 to 2026: 29, 17, 22, 19 and 11.
NUMBERS = """
101 147 151 153 155 157 159 161 163 165 167 169 173 175 183 185 187 190 201 210 217 219 223 230 240
250 260 270 400
253 259 265 269 306 316 320 326 329 330 336 340 350 360 370 376 390
410 420 430 440 450 461 479 480 482 492 510 530 540 550 561 563 573 575 580 607 621 630
615 657 661 665 671 706 707 710 727 730 740 741 746 751 756 760 766 779 791
773 787 810 813 820 825 840 846 849 851 860
"""
BORDERS = """
101-147 101-185 147-157 159-173 159-230 173-230 190-230 210-217 219-270 250-240 151-240 161-153
167-175 169-183 185-155 223-230 201-219 260-250 265-350 253-269 259-269 320-336 320-370 330-340
316-306 316-326 360-376 390-370 410-420 461-480 461-450 430-479 440-450 420-430 607-621 630-607
630-766 766-615 615-746 746-751 751-706 707-706 730-707 740-746 756-740 657-756 657-661 661-671
671-665 779-791 773-787 787-849 849-860 860-810 810-813 851-840 840-846 846-730 820-851 510-580
580-540 550-580 575-621 561-573 561-575 563-561 530-630 573-760
"""


@pytest.fixture
def known(deliveries):
    return [one.municipality for one in deliveries.values()]


def marked(drawing):
    return [one.text_content() for one in drawing.iter("text") if one.get("font-weight")]


def drawings(known, addresses=None):
    made = parser.fragments_fromstring(denmark.map_of(known, addresses))
    return [one.find("svg") for one in made]


def test_each_of_the_98_municipalities_has_one_field_of_its_own():
    found = denmark.fields().values()
    assert len(found) == len({one.name for one in found}) == 98
    assert len({(one.row, one.column) for one in found}) == 98
    assert all(1 <= one.row <= denmark.ROWS for one in found)
    assert all(1 <= one.column <= denmark.COLUMNS for one in found)
    assert list(denmark.fields()) == sorted(NUMBERS.split())


def test_the_municipalities_of_the_reports_are_called_the_same(known):
    for one in known:
        assert denmark.fields()[one.code].name == one.short_name


@pytest.mark.parametrize("border", BORDERS.split())
def test_municipalities_that_share_a_border_or_a_bridge_touch_or_nearly_so(border):
    one, other = (denmark.fields()[code] for code in border.split("-"))
    assert max(abs(one.row - other.row), abs(one.column - other.column)) <= 1


def test_the_north_is_up_and_the_west_is_left():
    place = {one.name: (one.row, one.column) for one in denmark.fields().values()}
    down = ["Hjørring", "Aalborg", "Viborg", "Silkeborg", "Horsens", "Vejle", "Haderslev"]
    assert [place[one][0] for one in down] == sorted({place[one][0] for one in down})
    right = ["Esbjerg", "Vejle", "Odense", "Slagelse", "København"]
    assert [place[one][1] for one in right] == sorted({place[one][1] for one in right})


def test_every_marked_field_is_named_and_leads_to_its_page_on_the_wide_map(known):
    addresses = {one.slug: f"{one.slug}.html" for one in known}
    wide, narrow = drawings(known, addresses)
    assert [a.get("href") for a in wide.iter("a")] == [
        f"{one.slug}.html" for one in sorted(known, key=lambda one: one.code)
    ]
    names = sorted(one.short_name for one in known)
    assert sorted(marked(wide)) == sorted(marked(narrow)) == names
    assert not list(narrow.iter("a"))
    assert len(list(wide.iter("rect"))) == len(known)


def test_all_98_can_be_marked_and_no_two_names_that_stand_lie_on_each_other(known):
    everyone = [
        replace(known[0], slug=f"k{one.code}", code=one.code, short_name=one.name)
        for one in denmark.fields().values()
    ]
    wide, _ = drawings(everyone, {one.slug: f"{one.slug}.html" for one in everyone})
    assert len(list(wide.iter("a"))) == 98
    by_code = {one.code: one for one in everyone}
    placed = denmark._placed(by_code, denmark.WIDE)
    free = [one.box for one in placed.values() if one.is_free]
    assert free
    for place, box in enumerate(free):
        assert not any(denmark._overlap(box, other) for other in free[:place])


def test_a_number_that_no_municipality_has_is_told_and_not_drawn(known):
    strangers = [replace(known[0], code="999", short_name="Ø & Å"), *known[1:]]
    text = front.opening(strangers).text
    assert "Ikke på kortet: Ø &amp; Å." in text
    assert text.count("Ø &amp; Å") == 2  # in the list, too
    only = front.opening(strangers[:1]).text
    assert "<svg" not in only
    assert "kommuner/aarhus/profil.html" in only


def test_names_are_text_on_the_map(known):
    nasty = [replace(known[0], short_name='<a href="x">By</a>')]
    for drawing in drawings(nasty, {known[0].slug: "x.html"}):
        assert '<a href="x">By</a>' in drawing.text_content()
    assert 'By</a>"' not in denmark.map_of(nasty)
