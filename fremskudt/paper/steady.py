"""What a browser's PDF says of itself, made the same every time, and where it keeps its places.

A browser writes into the document what it is, on which system, and when. That is replaced in place,
byte for byte, so that nothing else in the file moves.
"""

import datetime as dt
import io
import re

from pypdf import PdfReader

from fremskudt import __version__

TEXT = rb"\((?:[^()\\]|\\.)*\)"
PRINTED_BY = b"(Skia/PDF)"
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
    return pdf


def places(pdf: bytes) -> dict[str, int]:
    """The number of the page that each place of the document with a name stands on."""
    reader = PdfReader(io.BytesIO(pdf))
    found = {}
    for name, place in reader.named_destinations.items():
        number = reader.get_destination_page_number(place)
        if number is not None:
            found[str(name).removeprefix("/")] = number + 1
    return found
