"""What the workbook reader leaves out: cells that hold a formula's error value, and the year that
a workbook counts its days from.

The reader gives an error cell as an empty one, which would turn a broken formula into a missing
answer without a word. So the file's own XML is asked.
"""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from lxml import etree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}p"
CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
PARSING: dict[str, Any] = {"resolve_entities": False, "no_network": True, "huge_tree": True}
Position = tuple[int, int]


def counts_from_1904(path: Path) -> bool:
    """Whether a workbook numbers its days from 1904, as Excel for Macintosh once did."""
    if path.suffix.lower() == ".ods":
        return False
    with zipfile.ZipFile(path) as parts:
        return bool(re.search(rb'date1904="(?:1|true)"', parts.read("xl/workbook.xml")))


def error_cells(path: Path) -> dict[str, dict[Position, str]]:
    """The error values of a workbook: sheet → (row, column) → #N/A; both count from 1.

    Raises zipfile.BadZipFile, KeyError or etree.XMLSyntaxError for a file that is no workbook.
    """
    with zipfile.ZipFile(path) as parts:
        if path.suffix.lower() == ".ods":
            with parts.open("content.xml") as content:
                return _in_ods(content)
        found = {}
        for name, part in _parts(parts):
            if b't="e"' in parts.read(part):
                with parts.open(part) as content:
                    found[name] = dict(_in_xlsx(content))
        return found


def _parts(parts: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """The name of every sheet and the part of the file that holds it."""
    book = etree.fromstring(parts.read("xl/workbook.xml"), _parser())
    relations = etree.fromstring(parts.read("xl/_rels/workbook.xml.rels"), _parser())
    target = {one.get("Id"): one.get("Target") for one in relations}
    for sheet in book.iter(f"{MAIN}sheet"):
        part = posixpath.normpath(posixpath.join("/xl", target[sheet.get(RELATION)]))
        if part.lstrip("/") in parts.namelist():
            yield sheet.get("name"), part.lstrip("/")


def _parser() -> Any:
    return etree.XMLParser(**PARSING)


def _in_xlsx(content: IO[bytes]) -> Iterator[tuple[Position, str]]:
    for _, cell in etree.iterparse(content, tag=f"{MAIN}c", **PARSING):
        if cell.get("t") == "e" and (at := re.fullmatch(r"([A-Z]+)(\d+)", cell.get("r") or "")):
            column = 0
            for letter in at[1]:
                column = column * 26 + ord(letter) - 64
            yield (int(at[2]), column), cell.findtext(f"{MAIN}v") or "#"
        cell.clear()


def _in_ods(content: IO[bytes]) -> dict[str, dict[Position, str]]:
    """An OpenDocument file repeats equal rows and cells by a count."""
    found: dict[str, dict[Position, str]] = {}
    row = 1
    sheet: dict[Position, str] = {}
    ends = (f"{TABLE}table", f"{TABLE}table-row")
    for event, node in etree.iterparse(content, events=("start", "end"), tag=ends, **PARSING):
        if event == "start" and node.tag == f"{TABLE}table":
            row, sheet = 1, found.setdefault(node.get(f"{TABLE}name"), {})
        elif event == "end" and node.tag == f"{TABLE}table-row":
            column = 1
            for cell in node:
                if cell.get(CALC) == "error":
                    sheet[row, column] = cell.findtext(TEXT) or "#"
                column += int(cell.get(f"{TABLE}number-columns-repeated", 1))
            row += int(node.get(f"{TABLE}number-rows-repeated", 1))
            node.clear()
    return found
