"""What a browser's PDF says of itself, made the same every time, and where it keeps its places.

A browser writes into the document what it is, on which system, when, and numbers that depend on
what else it had to do. That is replaced in place, byte for byte; nothing else in the file moves.
"""

import datetime as dt
import io
import re

from pypdf import PdfReader

from fremskudt import __version__

TEXT = rb"\((?:[^()\\]|\\.)*\)"
PRINTED_BY = b"(Skia/PDF)"
PART = re.compile(rb"\(node(\d{8})\)")
MADE_BY = f"(fremskudt {__version__})".encode()


def steadied(pdf: bytes, day: dt.date | None) -> bytes:
    """The document, said to be made by us on a day, or on none where no day is known."""
    moment = f"(D:{day:%Y%m%d}000000+00'00')".encode() if day else b""
    said = {b"Creator": MADE_BY, b"Producer": PRINTED_BY}
    for name, value in {**said, b"CreationDate": moment, b"ModDate": moment}.items():
        field = re.compile(rb"/%s %s" % (name, TEXT))
        if found := field.search(pdf):
            new = b"/%s %s" % (name, value) if value else b""
            pdf = pdf[: found.start()] + new.ljust(len(found[0])) + pdf[found.end() :]
    return _counted_anew(pdf)


def _counted_anew(pdf: bytes) -> bytes:
    """The document whose parts are numbered from one, in the order that they had: a browser goes on
    counting from what it happened to have drawn before."""
    places = {name: place for place, name in enumerate(sorted(set(PART.findall(pdf))), start=1)}
    return PART.sub(lambda found: b"(node%08d)" % places[found[1]], pdf)


def places(pdf: bytes) -> dict[str, int]:
    """The number of the page that each place of the document with a name stands on."""
    reader = PdfReader(io.BytesIO(pdf))
    found = {}
    for name, place in reader.named_destinations.items():
        number = reader.get_destination_page_number(place)
        if number is not None:
            found[str(name).removeprefix("/")] = number + 1
    return found
