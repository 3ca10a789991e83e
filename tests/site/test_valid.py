"""Every page is HTML that a strict parser reads without a fault."""

import html5lib
import pytest
from html5lib.html5parser import ParseError

PARTS = 4  # so that a failure names a handful of pages


@pytest.mark.parametrize("part", range(PARTS))
def test_a_strict_parser_finds_no_fault(site, pages, part):
    faults = {}
    for path in pages[part::PARTS]:
        parser = html5lib.HTMLParser(strict=True)
        try:
            parser.parse((site / path).read_text(encoding="utf-8"))
        except ParseError:
            faults[path] = parser.errors[0]
    assert faults == {}


def test_the_parser_finds_what_is_wrong():
    with pytest.raises(ParseError):
        html5lib.HTMLParser(strict=True).parse("<!DOCTYPE html><p><a href=x>a<a href=y>b</a></a>")


def test_what_only_old_browsers_knew_is_not_used(site, pages):
    """Attributes that the standard has dropped, and roles that elements have already."""
    old = (" focusable=", ' role="main"', ' border="', ' align="', "<center", "<font")
    found = {}
    for path in pages:
        text = (site / path).read_text(encoding="utf-8")
        if here := [name for name in old if name in text]:
            found[path] = here
    assert found == {}
