"""What a browser's PDF says of itself, made the same every time, and where it keeps its places.

A browser writes the moment and the machine's name for itself into the document. Both are replaced
in place, byte for byte, so that nothing else in the file moves.
"""

import datetime as dt
import io
import re

from pypdf import PdfReader

from fremskudt import __version__

TEXT = rb"\((?:[^()\\]|\\.)*\)"
MADE_BY = f"(fremskudt {__version__})".encode()
FIELDS = ("Creator", "CreationDate", "ModDate")


def steadied(pdf: bytes, day: dt.date | None) -> bytes:
    """The document, said to be made by us on a day, or on none where no day is known."""
    moment = f"(D:{day:%Y%m%d}000000+00'00')".encode() if day else b"()"
    for name, value in zip(FIELDS, (MADE_BY, moment, moment), strict=True):
        pattern = re.compile(rb"/%s (%s)" % (name.encode(), TEXT))
        pdf = pattern.sub(lambda found, new=value: _as_long(found, new), pdf, count=1)  # type: ignore[misc]
    return pdf


def _as_long(found: re.Match[bytes], value: bytes) -> bytes:
    """A field with another value, as long as it was; as it was where there is no room."""
    whole = found[0].replace(found[1], value)
    return whole.ljust(len(found[0])) if len(whole) <= len(found[0]) else found[0]


def places(pdf: bytes) -> dict[str, int]:
    """The number of the page that each place of the document with a name stands on."""
    reader = PdfReader(io.BytesIO(pdf))
    found = {}
    for name, place in reader.named_destinations.items():
        number = reader.get_destination_page_number(place)
        if number is not None:
            found[str(name).removeprefix("/")] = number + 1
    return found
