"""The page that a participant takes home: filled in, safe whatever is written, kept in files."""

import datetime as dt
import errno
import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fremskudt.teaching import saving
from fremskudt.teaching.course import module
from fremskudt.teaching.one_page import (
    BLANK,
    EXERCISE,
    MUNICIPALITY,
    fill,
    forbids,
    missing,
    remarks,
)

LAST = module(6)
FORM = LAST[EXERCISE]
DAY = dt.date(2025, 3, 20)
# Birkelund's own page, as the module's solution tells it.
BIRKELUND = {
    "finding": "4 af 9 fik kontakt inden for to dage (skemaer; begge sagsbehandlere)",
    "quality": "Klart nok",
    "point": "Hvorfor venter borgeren, når nogen ringer en fredag?",
    "change": "Telefonvagten ringer tilbage samme dag, også fredag",
    "owner": "Projektlederen",
    "from": "21. marts 2025",
    "sign": "Dage fra kendskab til kontakt i nye sager",
    "looked_at": "15. maj 2025",
}
NO_ANSWERS = (None, "", [], {}, 7, float("nan"), ["finding"], {1: "a"}, {"finding": 3})


def page_of(answer=BIRKELUND, municipality="Birkelund"):
    return fill(LAST.template, answer, municipality, DAY)


def cells(page):
    """What a reader meets in the second column of the page's table."""
    found = re.findall(r"<td>(.*?)</td>", page.body(), re.DOTALL)
    return [html.unescape(one) for one in found]


def test_a_filled_in_page_says_what_was_answered_and_when():
    page = page_of()
    assert "**Kommune:** Birkelund · **Dato:** 20. marts 2025" in page.markdown
    assert "| **Ejer** | Projektlederen |" in page.markdown
    assert cells(page) == list(BIRKELUND.values())
    assert remarks(page, FORM) == forbids(page, FORM) == missing(page, FORM) == []


def test_each_row_of_the_printed_page_has_a_heading_and_the_page_stands_alone():
    written = page_of().html
    assert written.count('<th scope="row">') == 8
    assert "<thead>" not in written
    assert '<html lang="da">' in written
    assert "size: A4" in written
    assert not re.search(r"<script|<link|<img|src=|href=|url\(", written)
    assert "<title>Midtvejsjustering 2025-03-20</title>" in written
    assert written.count("<h1>Midtvejsjustering") == 1
    assert [html.unescape(one) for one in re.findall(r"<td>(.*?)</td>", written)] == [
        *BIRKELUND.values()
    ]


@pytest.mark.parametrize("answer", NO_ANSWERS, ids=str)
def test_without_an_answer_the_page_has_lines_to_write_on(answer):
    page = fill(LAST.template, answer, None, DAY)
    assert cells(page) == [BLANK] * 8
    assert f"**Kommune:** {BLANK}" in page.markdown
    assert len(missing(page, FORM)) == 9
    assert missing(page, FORM)[0] == MUNICIPALITY


@pytest.mark.parametrize(
    ("written", "stands"),
    [
        ("a | b", "a | b"),
        ("a \\| b \\", "a \\| b \\"),
        ("første\n\n  anden\r\ntredje", "første / anden / tredje"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("<!-- --> &lt; &amp;", "<!-- --> &lt; &amp;"),
        ("**fed** _kursiv_ `kode` ~~væk~~", "**fed** _kursiv_ `kode` ~~væk~~"),
        ("[her](javascript:alert(1)) ![x](y)", "[her](javascript:alert(1)) ![x](y)"),
        ("{owner} {0} {", "{owner} {0} {"),
        ("# Overskrift", "# Overskrift"),
        ("---", "---"),
        ("\x00", "\N{REPLACEMENT CHARACTER}"),
    ],
)
def test_what_is_written_stands_as_it_is_and_breaks_nothing(written, stands):
    page = page_of(BIRKELUND | {"change": written}, written)
    assert cells(page) == [
        stands if one == BIRKELUND["change"] else one for one in BIRKELUND.values()
    ]
    assert page.markdown.count("\n") == page_of().markdown.count("\n")
    assert not re.search(r"<(?!/?(h1|p|strong|em|table|tbody|tr|th|td)\b)", page.body())


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=60))
def test_any_text_is_read_back_from_the_page(text):
    stands = " / ".join(" ".join(one.split()) for one in text.splitlines() if one.split())
    assert cells(page_of(BIRKELUND | {"sign": text}))[6] == (stands or BLANK)


def test_a_very_long_text_is_cut():
    page = page_of(BIRKELUND | {"sign": "tal " * 100_000}, "x" * 1_000)
    assert len(page.markdown) < 4_000


@pytest.mark.parametrize(("field", "label"), [(one.name, one.label) for one in FORM.fields])
def test_a_national_id_is_not_kept_wherever_it_stands(field, label):
    (said,) = forbids(page_of(BIRKELUND | {field: "Borgeren 010180-1234 venter"}), FORM)
    assert said.startswith(f"**{label}** ")
    assert "cpr-nummer" in said
    assert "0101" not in said


def test_a_national_id_is_found_in_the_municipality_too():
    (said,) = forbids(page_of(municipality="0101801234"), FORM)
    assert said.startswith(f"**{MUNICIPALITY}** ")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"owner": "Vi"}, "Hvem er det præcis?"),
        ({"owner": "Karen Jensen"}, "kan ligne et navn"),
        ({"from": "Snarest muligt"}, "Der mangler en dato"),
        ({"change": "Vi skal blive bedre til at svare hurtigt"}, "kan ingen se"),
        ({"sign": "At det går godt"}, "Kan det tælles?"),
        ({"point": "Møderne"}, "ikke noget spørgsmål"),
        ({"point": "Hvorfor venter Karen Jensen?"}, "ligner et navn"),
        ({"sign": "Antal opkald til 26 14 88 53"}, "ligner et telefonnummer"),
    ],
)
def test_rules_that_are_not_kept_are_said_once_and_forbid_nothing(change, says):
    page = page_of(BIRKELUND | change)
    (said,) = remarks(page, FORM)
    assert says in said
    assert forbids(page, FORM) == []


def test_a_text_is_written_whole_over_the_older_one(tmp_path):
    path = tmp_path / "ny" / "a.md"
    saving.put_text(path, "én\n")
    saving.put_text(path, "to \ud800\n")
    assert path.read_bytes() == b"to ?\n"
    assert [one.name for one in path.parent.iterdir()] == ["a.md"]


def test_a_name_that_is_taken_is_left_alone(tmp_path):
    (tmp_path / "side.md").write_text("en andens")
    assert saving.put_new(tmp_path, "side", {".html": "1", ".md": "1"}) == "side-2"
    assert saving.put_new(tmp_path, "side", {".html": "2", ".md": "2"}) == "side-3"
    assert (tmp_path / "side.md").read_text() == "en andens"
    assert sorted(one.name for one in tmp_path.iterdir()) == [
        *("side-2.html", "side-2.md", "side-3.html", "side-3.md", "side.md")
    ]


def test_a_full_disk_leaves_nothing_and_keeps_the_older_one(tmp_path, monkeypatch):
    saving.put_text(tmp_path / "a.md", "den gamle")

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(saving, "put_file", full)
    with pytest.raises(OSError, match="space"):
        saving.put_new(tmp_path, "side", {".html": "1", ".md": "1"})
    with pytest.raises(OSError, match="space"):
        saving.put_text(tmp_path / "a.md", "den nye")
    assert [one.name for one in tmp_path.iterdir()] == ["a.md"]
    assert (tmp_path / "a.md").read_text() == "den gamle"


@pytest.mark.parametrize(
    ("number", "says"),
    [
        (errno.ENOSPC, "ikke plads på disken"),
        (errno.EROFS, "kan ikke skrives i mappen"),
        (errno.ENAMETOOLONG, "for langt"),
    ],
)
def test_why_nothing_could_be_written_is_said_in_danish(tmp_path, number, says):
    assert says in saving.why_not(OSError(number, "x"), tmp_path)


def test_a_page_without_a_day_has_a_line_for_it():
    page = fill(LAST.template, None, None, None)
    assert f"**Dato:** {BLANK}" in page.markdown
    assert "<title>Midtvejsjustering</title>" in page.html
