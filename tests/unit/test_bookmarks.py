"""The bookmarks of a document are put right at its end, and nothing else of it is touched."""

import io

import pytest
from pypdf import PdfReader, PdfWriter

from fremskudt.paper.bookmarks import with_headings

HEADINGS = ["Fremskudt sagsbehandling i Vejle", "Indhold", "Køn og alder", "papa", "pa"]


def document(*titles):
    """A document of one sheet with bookmarks, each below the one before."""
    writer = PdfWriter()
    page = writer.add_blank_page(595, 842)
    above = None
    for title in titles:
        above = writer.add_outline_item(title=title, page_number=page.page_number, parent=above)
    packed = io.BytesIO()
    writer.write(packed)
    return packed.getvalue()


def titles(pdf):
    def below(entries):
        for one in entries:
            yield from below(one) if isinstance(one, list) else [one.title]

    return list(below(PdfReader(io.BytesIO(pdf), strict=True).outline))


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Fremskudt sagsbehandlingi Vejle", "Fremskudt sagsbehandling i Vejle"),
        ("IndholdIndhold", "Indhold"),
        ("Køn og alderKøn og alderKøn og alder", "Køn og alder"),
        ("papa", "papa"),  # a heading of its own, and no other one said twice
        ("Noget helt andet", "Noget helt andet"),
    ],
)
def test_a_bookmark_is_called_as_the_heading_that_it_stands_for(said, meant):
    assert titles(with_headings(document(said, "Indhold"), HEADINGS)) == [meant, "Indhold"]


def test_what_was_there_stays_in_its_place():
    pdf = document("IndholdIndhold", "Køn ogalder")
    mended = with_headings(pdf, HEADINGS)
    assert mended.startswith(pdf.rstrip())
    assert titles(mended) == ["Indhold", "Køn og alder"]
    assert PdfReader(io.BytesIO(mended)).trailer["/Prev"] == int(
        pdf.rpartition(b"startxref")[2].split()[0]
    )


def test_a_document_that_is_right_is_left_alone():
    pdf = document("Indhold", "Køn og alder")
    assert with_headings(pdf, HEADINGS) == pdf
