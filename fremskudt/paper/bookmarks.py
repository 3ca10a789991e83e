"""The bookmarks of a printed document, in the very words of its headings.

Chromium puts the lines of a heading together without the space between them, and says a heading
that begins a page twice. The bookmarks that are wrong are written again at the end of the file,
where a PDF may have later versions of its parts; nothing else in it moves.
"""

import io
import re
from collections.abc import Iterator, Sequence
from typing import Any

from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject, NameObject, TextStringObject

OLD_TABLE = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
MOST = 4  # times that a heading may be said


def with_headings(pdf: bytes, headings: Sequence[str]) -> bytes:
    """The document with its bookmarks called as its headings are."""
    reader = PdfReader(io.BytesIO(pdf))
    known = {_squeezed(one) * times: one for times in range(MOST, 0, -1) for one in headings}
    changed = []
    for place, item in _bookmarks(reader):
        said = str(item["/Title"])
        meant = known.get(_squeezed(said), said)
        if meant != said:
            item[NameObject("/Title")] = TextStringObject(meant)
            changed.append((place, item))
    old = OLD_TABLE.search(pdf)
    return _with_later(pdf, reader, changed, old[1]) if changed and old else pdf


def _squeezed(words: str) -> str:
    return "".join(words.split())


def _bookmarks(reader: PdfReader) -> Iterator[tuple[IndirectObject, Any]]:
    """Every bookmark and its place in the file."""
    waiting = [reader.root_object.get("/Outlines", DictionaryObject())]
    while waiting:
        above: Any = waiting.pop().get_object()
        place = above.raw_get("/First") if "/First" in above else None
        while isinstance(place, IndirectObject):
            item: Any = place.get_object()
            waiting.append(item)
            yield place, item
            place = item.raw_get("/Next") if "/Next" in item else None


def _with_later(
    pdf: bytes,
    reader: PdfReader,
    changed: Sequence[tuple[IndirectObject, DictionaryObject]],
    old_table: bytes,
) -> bytes:
    """The file with later versions of some of its parts, and a table of where they stand."""
    whole = io.BytesIO()
    whole.write(pdf.rstrip() + b"\n")
    table = io.BytesIO()
    for place, item in sorted(changed, key=lambda one: one[0].idnum):
        table.write(b"%d 1\n%010d %05d n \n" % (place.idnum, whole.tell(), place.generation))
        whole.write(b"%d %d obj\n" % (place.idnum, place.generation))
        item.write_to_stream(whole)
        whole.write(b"\nendobj\n")
    begins = whole.tell()
    kept = [(name, reader.trailer.raw_get(name)) for name in ("/Size", "/Root", "/Info")]
    trailer = DictionaryObject({NameObject(name): value for name, value in kept})
    whole.write(b"xref\n" + table.getvalue() + b"trailer\n")
    trailer.write_to_stream(whole)
    end = whole.getvalue().rstrip().removesuffix(b">>")
    return end + b"/Prev %s\n>>\nstartxref\n%d\n%%%%EOF\n" % (old_table, begins)
