"""What a browser writes of itself, the moment and its own counting does not stay in a document."""

import datetime as dt

import pytest

from fremskudt import __version__
from fremskudt.paper.steady import steadied

WRITTEN = (
    "%PDF-1.4\n1 0 obj\n<</Title (Om \\(Vejle\\))\n"
    "/Creator (Mozilla/5.0 \\(X11; Linux x86_64\\) HeadlessChrome/156.0.0.0)\n"
    "/Producer (Skia/PDF m156)\n"
    "/CreationDate (D:{day}015408+00'00')\n/ModDate (D:{day}015409+00'00')>>\nendobj\n"
    "7 0 obj\n<</S /TH\n/ID (node{first:08d})>>\nendobj\n"
    "8 0 obj\n<</S /TD\n/Headers [(node{second:08d}) (node{first:08d})]>>\nendobj\n"
)


def written(day="20261123", first=2036, second=2041):
    return WRITTEN.format(day=day, first=first, second=second).encode()


@pytest.mark.parametrize("day", [None, dt.date(2025, 1, 31)])
def test_two_prints_of_a_document_are_alike(day):
    other = written("20270101", first=2035, second=2039)
    assert steadied(written(), day) == steadied(other, day)


def test_nothing_moves_and_all_else_stays():
    steady = steadied(written(), dt.date(2025, 1, 31))
    assert len(steady) == len(written())
    for kept in (b"/Title (Om \\(Vejle\\))\n", b"\nendobj\n7 0 obj\n<</S /TH\n/ID ("):
        assert steady.index(kept) == written().index(kept)


def test_the_day_is_that_of_the_numbers_or_none_is_said():
    dated = steadied(written(), dt.date(2025, 1, 31))
    assert b"/CreationDate (D:20250131000000+00'00')" in dated
    assert b"/ModDate (D:20250131000000+00'00')" in dated
    assert b"Date" not in steadied(written(), None)


def test_who_made_it_is_the_handbook_and_no_machine():
    steady = steadied(written(), None)
    assert f"/Creator (fremskudt {__version__})".encode() in steady
    assert b"/Producer (Skia/PDF)" in steady
    assert not [word for word in (b"Linux", b"Mozilla", b"156") if word in steady]


def test_parts_keep_their_order_and_what_refers_to_them():
    steady = steadied(written(first=90, second=7), None)
    assert b"/ID (node00000002)" in steady
    assert b"/Headers [(node00000001) (node00000002)]" in steady
