"""The files of a page's figures: each one's numbers as CSV and as a workbook, and all together.

An executed notebook is whole: its figures hold their files. A page links to files instead, which
stand below `tal/` in the site, under the page's own address. They are made from what the figure
says and from nothing else, so that a file tells no more than its figure does.
"""

import base64
import csv
import datetime as dt
import io
import posixpath
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import xlsxwriter
from lxml import html as parser

from fremskudt.publishing.publication import Publication

FOLDER = "tal"
CREATED = dt.datetime(2026, 1, 1)  # a fixed day: the same figure gives the same bytes
FIGURE = re.compile(r"<figure\b[^>]*\bdata-table=.*?</figure>", re.DOTALL)
LINK = re.compile(
    r'<a class="fs-download" download="([\w-][\w.-]*)\.csv" '
    r'href="data:text/csv;charset=utf-8;base64,([A-Za-z0-9+/=]+)">Hent CSV</a>'
)
ANCHOR = re.compile(r'\bid="([^"]+)"')
EXCEL = "Hent Excel"
# How a table's and a drawing's words begin, and what those that do are called.
KINDS = {"<caption>": "Tabel", "<figcaption>": "Figur"}
NUMBERS, ABOUT = "Tal", "Om tallene"
# What a column is called in a workbook, and how it shows numbers.
HEADINGS = {
    "maaling": "Måling",
    "kommune": "Kommune",
    "gruppe": "Gruppe",
    "svar": "Svar eller post",
    "antal": "Antal",
    "n": "n: svar eller borgere bag tallet",
    "andel": "Andel",
    "nedre": "95 %-interval, nedre",
    "oevre": "95 %-interval, øvre",
    "vaerdi": "Værdi",
    "enhed": "Enhed",
    "forloeb": "Forløb",
    "omraade": "Område",
    "fra_maaned": "Fra måned",
    "til_maaned": "Til måned",
    "maengde": "Mængde",
    "maengdeenhed": "Mængdens enhed",
    "status": "Status",
    "oprindelse": "Oprindelse",
    "kilde": "Kilde",
    "periode": "Opgørelsesperiode",
    "version": "Håndbogens version",
    "tabel": "Tabel",
}
WHOLE, SHARE, FREE = "#,##0", "0.0 %", "#,##0.##"
FORMATS = {
    **dict.fromkeys(("antal", "n", "fra_maaned", "til_maaned"), WHOLE),
    **dict.fromkeys(("andel", "nedre", "oevre"), SHARE),
    "maengde": FREE,
}
UNIT_FORMATS = {"kr.": '#,##0 "kr."', "andel": SHARE, "årsværk": "#,##0.00", "antal": "0.0"}
NUMBER = re.compile(r"-?\d+(?:,\d+)?")
WIDE = {"maaling": 34, "gruppe": 28, "svar": 42, "kilde": 30, "periode": 24}
UNTITLED = "Tabel"
HIDDEN = (
    "Hvor status er «skjult», er tallet ikke vist, fordi det bygger på eller kan afsløre få "
    "borgere. Hvor status er «for få svar», er der for få svar til en fordeling. Hvor flere svar "
    "står på én linje, er de lagt sammen af samme grund."
)


@dataclass(frozen=True)
class Page:
    """The page that figures stand on: its address in the book without suffix, its title, and the
    site's own address and publisher, where they are known."""

    document: str
    title: str
    publication: Publication = field(default_factory=Publication)


@dataclass(frozen=True)
class Numbers:
    """A figure's numbers and words; `number` is its own on the page, "Figur 3". `rows` have a
    value for every column of `columns`; `csv` is the file as it stands in the figure, `name` what
    it is called without suffix; `anchor` is where the figure stands on its page."""

    name: str
    number: str
    title: str
    subtitle: str
    notes: str
    source: str
    columns: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]
    csv: bytes
    anchor: str = ""


def folder_of(document: str) -> str:
    """Where the files of a page's figures stand in the site."""
    return f"{FOLDER}/{document}"


def workbook_of(document: str) -> str:
    """The workbook with all numbers of a page."""
    return f"{FOLDER}/{document}.xlsx"


def with_files(html: str, document: str) -> str:
    """A page's HTML in which every figure's own file is a link to those that stand beside."""
    there = posixpath.relpath(folder_of(document), posixpath.dirname(document) or ".")

    def linked(found: re.Match[str]) -> str:
        name = found[1]
        return (
            f'<a class="fs-download" href="{there}/{name}.csv" download>Hent CSV</a>'
            f'<a class="fs-download" href="{there}/{name}.xlsx" download>{EXCEL}</a>'
        )

    return FIGURE.sub(lambda figure: LINK.sub(linked, figure[0]), html)


def numbered(html: str, counts: Counter[str]) -> str:
    """A page's HTML in which figures and tables have numbers, in the order in which they stand;
    `counts` goes on from one piece of HTML to the next."""

    def with_number(found: re.Match[str]) -> str:
        figure = found[0]
        mark = min(KINDS, key=lambda one: figure.index(one) if one in figure else len(figure))
        counts[KINDS[mark]] += 1
        number = f'<span class="fs-number">{KINDS[mark]} {counts[KINDS[mark]]}</span> '
        return figure.replace(mark, mark + number, 1)

    return FIGURE.sub(with_number, html)


def numbers_in(html: str) -> Iterator[Numbers]:
    """The numbers of every figure in a piece of HTML, in their order."""
    for figure in FIGURE.findall(html):
        for name, packed in LINK.findall(figure):
            yield _numbers(figure, name, base64.b64decode(packed))


def _numbers(figure: str, name: str, file: bytes) -> Numbers:
    reader = csv.DictReader(io.StringIO(file.decode("utf-8-sig"), newline=""), delimiter=";")
    rows = tuple(reader)
    root = parser.fromstring(figure)
    number = ""
    for one in root.xpath(".//*[@class='fs-number']"):
        number = one.text_content()
        one.drop_tree()

    def said(path: str) -> str:
        return " ".join(" ".join(one.text_content().split()) for one in root.xpath(path))

    return Numbers(
        name,
        number,
        said("(.//*[contains(@class, 'fs-title')] | .//caption)[1]") or UNTITLED,
        said(".//*[@class='fs-subtitle']"),
        said(".//*[@class='fs-note'] | .//*[@class='fs-result']"),
        said(".//*[@class='fs-meta']"),
        tuple(reader.fieldnames or ()),
        rows,
        file,
        anchor[1] if (anchor := ANCHOR.search(figure)) else "",
    )


def write_files(site: Path, page: Page, found: Sequence[Numbers]) -> None:
    """Write the files of a page's figures below a site's folder."""
    folder = site / folder_of(page.document)
    folder.mkdir(parents=True, exist_ok=True)
    for one in found:
        (folder / f"{one.name}.csv").write_bytes(one.csv)
        (folder / f"{one.name}.xlsx").write_bytes(workbook(page, one))
    (site / workbook_of(page.document)).write_bytes(workbook_of_page(page, found))


def workbook(page: Page, one: Numbers) -> bytes:
    """A figure's numbers on the first sheet, and what they are on the second."""
    packed = io.BytesIO()
    with _new(packed, one.title) as book:
        _write_numbers(book, NUMBERS, one)
        _write_about(book, [*_said_of(one), *_said_of_page(page, one), ("Skjulte tal", HIDDEN)])
    return packed.getvalue()


def workbook_of_page(page: Page, found: Sequence[Numbers]) -> bytes:
    """All numbers of a page: what they are on the first sheet, then a sheet for each figure."""
    packed = io.BytesIO()
    lines = [("Skjulte tal", HIDDEN), *_said_of_page(page, found[0])]
    for place, one in enumerate(found, 1):
        lines += [("", ""), ("Ark", _sheet_name(place)), *_said_of(one)]
    with _new(packed, page.title) as book:
        _write_about(book, lines)
        for place, one in enumerate(found, 1):
            _write_numbers(book, _sheet_name(place), one)
    return packed.getvalue()


def _sheet_name(place: int) -> str:
    return f"Tal {place}"


def _new(packed: io.BytesIO, title: str) -> Any:
    never = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
    book = xlsxwriter.Workbook(packed, {"in_memory": True, **never})
    book.set_properties({"title": title[:255], "created": CREATED})
    return book


def _said_of(one: Numbers) -> list[tuple[str, str]]:
    measured = ", ".join(dict.fromkeys(row["maaling"] for row in one.rows))
    said = {
        "Nummer på siden": one.number,
        "Titel": one.title,
        "Undertitel": one.subtitle,
        "Måling": measured,
        "Noter": one.notes,
        "Kilde og oprindelse": one.source,
        "Opgørelsesperiode": _listed(one, "periode"),
    }
    return [(name, text) for name, text in said.items() if text]


def _said_of_page(page: Page, one: Numbers) -> list[tuple[str, str]]:
    return [
        ("Side i håndbogen", page.title),
        ("Adresse", f"{page.publication.address}{page.document}.html"),
        *([("Udgiver", page.publication.publisher)] if page.publication.publisher else []),
        ("Håndbogens version", _listed(one, "version")),
    ]


def _listed(one: Numbers, column: str) -> str:
    """The values of a column, with the municipality where they differ between municipalities."""
    by_place = {row["kommune"]: row[column] for row in one.rows if row[column]}
    if len(set(by_place.values())) == 1:
        return next(iter(by_place.values()))
    return "; ".join(f"{place}: {value}" for place, value in by_place.items())


def _write_about(book: Any, lines: Sequence[tuple[str, str]]) -> None:
    sheet = book.add_worksheet(ABOUT)
    bold = book.add_format({"bold": True, "valign": "top"})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 90)
    for row, (name, said) in enumerate(lines):
        if name:
            sheet.write_string(row, 0, name, bold)
            sheet.write_string(row, 1, said, text)


def _write_numbers(book: Any, name: str, one: Numbers) -> None:
    sheet = book.add_worksheet(name)
    heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    looks: dict[str, Any] = {}
    sheet.freeze_panes(1, 0)
    sheet.set_row(0, 32)
    for place, column in enumerate(one.columns):
        sheet.set_column(place, place, WIDE.get(column, 14))
        sheet.write_string(0, place, HEADINGS[column], heading)
    for row, values in enumerate(one.rows, 1):
        for place, column in enumerate(one.columns):
            value, look = values[column], _format(column, values)
            if look and NUMBER.fullmatch(value):
                if look not in looks:
                    looks[look] = book.add_format({"num_format": look})
                sheet.write_number(row, place, float(value.replace(",", ".")), looks[look])
            elif value:
                sheet.write_string(row, place, value)
    sheet.autofilter(0, 0, len(one.rows), len(one.columns) - 1)


def _format(column: str, values: Mapping[str, str]) -> str:
    """How a column shows its numbers; nothing where its values are text."""
    if column == "vaerdi":
        return UNIT_FORMATS.get(values["enhed"], FREE)
    return FORMATS.get(column, "")
