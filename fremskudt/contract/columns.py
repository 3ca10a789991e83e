"""Column kinds: how one cell of text becomes a value, and what is expected of it.

Every kind reads text, because a CSV file and a form hold text. An empty cell is a missing
value. A kind raises ValueError for a cell it cannot read; it never guesses.
"""

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from fremskudt.contract.scales import scale

IDENTIFIER = re.compile(r"[A-Za-z0-9ÆØÅæøå][A-Za-z0-9ÆØÅæøå_.-]{0,39}")
NUMBER = re.compile(r"-?(?:\d+|\d{1,3}(?:\.\d{3})+)(?:,\d+)?|-?\d+\.\d+")
AMBIGUOUS = re.compile(r"-?[1-9]\d{0,2}\.\d{3}")
ISO_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
DANISH_DATE = re.compile(r"(\d\d?)[-./](\d\d?)[-./](\d{4})")
SEPARATOR = "|"


@dataclass(frozen=True)
class Text:
    """Free text without control characters, at most 300 characters."""

    expected: str = "tekst på højst 300 tegn på én linje"

    def read(self, cell: str) -> str:
        if len(cell) > 300 or any(ord(character) < 32 for character in cell):
            raise ValueError
        return cell


@dataclass(frozen=True)
class Identifier:
    """A pseudonym: letters, digits, point, hyphen, underscore."""

    expected: str = "et pseudonym af bogstaver, tal, punktum og bindestreg (højst 40 tegn)"

    def read(self, cell: str) -> str:
        if not IDENTIFIER.fullmatch(cell):
            raise ValueError
        return cell


@dataclass(frozen=True)
class Code:
    """One code of an answer scale."""

    scale: str

    @property
    def expected(self) -> str:
        return "en af koderne " + ", ".join(scale(self.scale).codes)

    def read(self, cell: str) -> str:
        if cell not in scale(self.scale).codes:
            raise ValueError
        return cell


@dataclass(frozen=True)
class Codes:
    """Several codes of an answer scale, separated by a vertical bar; none twice."""

    scale: str

    @property
    def expected(self) -> str:
        return (
            "en eller flere af koderne "
            + ", ".join(scale(self.scale).codes)
            + f", adskilt af {SEPARATOR} og hver højst én gang"
        )

    def read(self, cell: str) -> str:
        codes = [part.strip() for part in cell.split(SEPARATOR)]
        if len(set(codes)) < len(codes) or not set(codes) <= set(scale(self.scale).codes):
            raise ValueError
        return SEPARATOR.join(codes)


@dataclass(frozen=True)
class OneOf:
    """One of a few fixed words."""

    words: tuple[str, ...]

    @property
    def expected(self) -> str:
        return "en af " + ", ".join(self.words)

    def read(self, cell: str) -> str:
        if cell not in self.words:
            raise ValueError
        return cell


@dataclass(frozen=True)
class Date:
    """A calendar date, ISO (2013-05-31) or Danish (31-05-2013), from 1990 to 2099."""

    expected: str = "en dato som 2013-05-31 eller 31-05-2013 mellem 1990 og 2099"

    def read(self, cell: str) -> dt.date:
        if found := ISO_DATE.fullmatch(cell):
            year, month, day = (int(part) for part in found.groups())
        elif found := DANISH_DATE.fullmatch(cell):
            day, month, year = (int(part) for part in found.groups())
        else:
            raise ValueError
        if not 1990 <= year <= 2099:
            raise ValueError
        return dt.date(year, month, day)


@dataclass(frozen=True)
class Number:
    """A number with comma or point as decimal mark, within bounds.

    A number like 1.234, which is a thousand in Danish and one in English, is refused.
    """

    minimum: float = 0
    maximum: float = 1e9
    is_whole: bool = False

    @property
    def expected(self) -> str:
        low, high = (f"{limit:.0f}" for limit in (self.minimum, self.maximum))
        if 0 < self.minimum < 1:
            return f"et tal over 0 og højst {high} uden tusindtalspunktum"
        if self.is_whole:
            return f"et helt tal fra {low} til {high}"
        if self.maximum <= 2:
            return f"et tal fra {low} til {high} med komma eller punktum, fx 0,05"
        return f"et tal fra {low} til {high} uden tusindtalspunktum (skriv 1234,5; ikke 1.234)"

    def read(self, cell: str) -> float:
        if AMBIGUOUS.fullmatch(cell) or not NUMBER.fullmatch(cell):
            raise ValueError
        plain = cell.replace(".", "").replace(",", ".") if "," in cell else cell
        if plain.count(".") > 1:
            plain = plain.replace(".", "")
        try:
            value = Decimal(plain)
        except InvalidOperation as error:
            raise ValueError from error
        if not self.minimum <= value <= self.maximum or (self.is_whole and value % 1):
            raise ValueError
        return float(value)


Kind = Text | Identifier | Code | Codes | OneOf | Date | Number


@dataclass(frozen=True)
class Column:
    """A column of a table: English name, what it may hold, Danish name and explanation."""

    name: str
    kind: Kind
    label: str
    description: str
    is_required: bool = True
