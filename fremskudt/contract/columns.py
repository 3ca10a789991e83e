"""Column kinds: how one cell becomes a value, and what is expected of it.

A kind reads text as it stands in a CSV file, and the numbers and dates of a workbook, which say
themselves what they are. An empty cell is a missing value. A kind raises ValueError for a cell
that it cannot read; it never guesses.
"""

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache

from fremskudt.contract.cells import Cell, CellError, as_text, folded
from fremskudt.contract.characters import spelt, unfit
from fremskudt.contract.scales import scale
from fremskudt.contract.services import read_services

IDENTIFIER = re.compile(r"[A-Za-z0-9ÆØÅæøå][A-Za-z0-9ÆØÅæøå_.-]{0,39}")
NUMBER = re.compile(r"-?(?:\d+|\d{1,3}(?:\.\d{3})+|\d{1,3}(?: \d{3})+)(?:,\d+)?|-?\d+\.\d+")
AMBIGUOUS = re.compile(r"-?[1-9]\d{0,2}\.\d{3}")
MIDNIGHT = r"(?:[ T]00:00(?::00(?:\.0+)?)?)?"
ISO_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)" + MIDNIGHT)
DANISH_DATE = re.compile(r"(\d\d?)([-./])(\d\d?)\2(\d{4})" + MIDNIGHT)
SERIAL_DAY_0 = dt.date(1899, 12, 30)
SEPARATOR = "|"
SEPARATORS = re.compile(r"[|;\n]")


class Unreadable(ValueError):
    """A cell that a kind cannot read: what is wrong and how to mend it, in Danish."""

    def __init__(self, what: str, mend: str) -> None:
        super().__init__(what)
        self.mend = mend


AS_TEXT = "Formatér kolonnen som tekst, og skriv værdien igen."
AS_DATE = "Formatér kolonnen som dato, og skriv datoen igen uden klokkeslæt."
WITHOUT_SIGN = "Slet tegnet, eller skriv teksten igen."
LINE_BREAKS = set("\n\r\t")
WITH_HYPHENS = "Skriv datoen med bindestreger: dag-måned-år."


def read_cell(kind: "Kind", cell: Cell) -> object:
    """The value of a cell that is not empty.

    Raises ValueError for a cell that the kind cannot read, `Unreadable` where more can be said
    than that.
    """
    if isinstance(cell, CellError):
        mend = "Ret formlen, eller skriv værdien. Ved #### : gør kolonnen bredere, og gem igen."
        raise Unreadable(f"cellen har fejlværdien {cell.text}", mend)
    if isinstance(cell, bool):
        raise Unreadable(f"cellen er {as_text(cell)}", AS_TEXT)
    if isinstance(cell, dt.time | dt.timedelta):
        raise Unreadable("cellen er et klokkeslæt", AS_DATE)
    if isinstance(cell, str) and "\ufffd" in cell:
        mend = "Skriv teksten igen, og gem som «CSV UTF-8»."
        raise Unreadable("et bogstav er gået tabt, da filen blev gemt", mend)
    if isinstance(kind, Date):
        return kind.read(cell)
    if isinstance(cell, dt.date):
        mend = "Formatér kolonnen som tal eller tekst, og skriv værdien igen."
        raise Unreadable("cellen er en dato", mend)
    if isinstance(kind, Number):
        return kind.read(cell)
    is_name = isinstance(kind, Identifier)
    if is_name and not isinstance(cell, str) and (cell % 1 or abs(cell) >= 1e15):
        raise Unreadable("cellen er et decimaltal eller et for langt tal", AS_TEXT)
    return kind.read(as_text(cell))


@dataclass(frozen=True)
class Text:
    """Free text on one line without characters that nobody can see, at most 300 characters."""

    expected: str = "tekst på højst 300 tegn på én linje"

    def read(self, cell: str) -> str:
        if len(cell) > 300 or not LINE_BREAKS.isdisjoint(cell):
            raise ValueError
        if sign := unfit(cell):
            raise Unreadable(f"teksten har et tegn, der ikke kan ses ({spelt(sign)})", WITHOUT_SIGN)
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
    """One answer of a scale, given by its code or its Danish label."""

    scale: str

    @property
    def expected(self) -> str:
        return f"et af svarene {', '.join(self.labels)}" + _codes(scale(self.scale).codes)

    @property
    def labels(self) -> tuple[str, ...]:
        """The answers' Danish labels in order."""
        return tuple(answer.label for answer in scale(self.scale).answers)

    def read(self, cell: str) -> str:
        return scale(self.scale).code_of(cell)


@dataclass(frozen=True)
class Codes:
    """Several answers of a scale, by code or Danish label, separated by a vertical bar or a
    semicolon; none twice."""

    scale: str

    @property
    def expected(self) -> str:
        return (
            f"et eller flere af svarene {', '.join(self.labels)}"
            + f", adskilt af ; eller {SEPARATOR} og hver højst én gang"
            + _codes(scale(self.scale).codes)
        )

    @property
    def labels(self) -> tuple[str, ...]:
        """The answers' Danish labels in order."""
        return tuple(answer.label for answer in scale(self.scale).answers)

    def read(self, cell: str) -> str:
        codes = [scale(self.scale).code_of(part) for part in SEPARATORS.split(cell)]
        if len(set(codes)) < len(codes):
            raise ValueError
        return SEPARATOR.join(codes)


@dataclass(frozen=True)
class OneOf:
    """One of a few fixed words, or its Danish label."""

    words: tuple[str, ...]
    labels: tuple[str, ...] = ()

    @property
    def expected(self) -> str:
        if not self.labels:
            return f"en af {', '.join(self.words)}"
        return f"en af {', '.join(self.labels)}" + _codes(self.words)

    def read(self, cell: str) -> str:
        known = {folded(label): word for word, label in zip(self.words, self.labels, strict=False)}
        found = cell if cell in self.words else known.get(folded(cell))
        if found is None:
            raise ValueError
        return found


@dataclass(frozen=True)
class ServiceCode:
    """A service of the catalogue, by code or Danish name. A code that the catalogue does not
    hold is read as it stands: a check of the whole table says so."""

    expected: str = "et navn eller en kode fra ydelseskataloget (arket Ydelser; services.csv)"

    @property
    def labels(self) -> tuple[str, ...]:
        """The services' Danish names in order."""
        return tuple(service.label for service in read_services().values())

    def read(self, cell: str) -> str:
        found = _services_by_name().get(folded(cell), cell)
        if not IDENTIFIER.fullmatch(found):
            raise ValueError
        return found


@cache
def _services_by_name() -> dict[str, str]:
    return {folded(service.label): code for code, service in read_services().items()}


@dataclass(frozen=True)
class Date:
    """A calendar date, ISO (2013-05-31) or Danish (31-05-2013), from 1990 to 2099.

    A workbook's date cell is a date when it has no time of day, and a whole number that was
    typed in a date's place is Excel's serial day (counted from 1900). With strokes, 5/4/2013 is
    the fifth of April in Danish and the fourth of May in American files: refused.
    """

    expected: str = "en dato som 2013-05-31 eller 31-05-2013 mellem 1990 og 2099"

    def read(self, cell: str | float | dt.date) -> dt.date:
        day = self._day(cell)
        if not 1990 <= day.year <= 2099:
            raise ValueError
        return day

    def _day(self, cell: str | float | dt.date) -> dt.date:
        if isinstance(cell, dt.datetime):
            if cell.time() != dt.time():
                raise Unreadable("datoen har et klokkeslæt", AS_DATE)
            return cell.date()
        if isinstance(cell, dt.date):
            return cell
        if isinstance(cell, int | float):
            if cell != int(cell) or not 0 < cell < 100_000:
                raise Unreadable("cellen er et tal og ingen dato", AS_DATE)
            return SERIAL_DAY_0 + dt.timedelta(days=int(cell))
        if found := ISO_DATE.fullmatch(cell):
            year, month, day = (int(part) for part in found.groups())
        elif found := DANISH_DATE.fullmatch(cell):
            day, month, year = (int(found[part]) for part in (1, 3, 4))
            if found[2] == "/" and day <= 12 and month <= 12 and day != month:
                raise Unreadable("datoen med skråstreger kan læses på to måder", WITH_HYPHENS)
        elif cell.isdigit() and len(cell) == 5:
            raise Unreadable("cellen er Excels dagsnummer og ingen dato", AS_DATE)
        else:
            raise ValueError
        return dt.date(year, month, day)


@dataclass(frozen=True)
class Number:
    """A number with comma or point as decimal mark, within bounds.

    The text 1.234, which is a thousand in Danish and one in English, is refused; a workbook's
    number is what it is.
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

    def read(self, cell: str | float) -> float:
        value = cell if isinstance(cell, int | float) else self._from_text(cell)
        if not self.minimum <= value <= self.maximum or (self.is_whole and value % 1):
            raise ValueError
        return float(value)

    def _from_text(self, cell: str) -> float:
        if AMBIGUOUS.fullmatch(cell) or not NUMBER.fullmatch(cell):
            raise ValueError
        cell = cell.replace(" ", "")
        plain = cell.replace(".", "").replace(",", ".") if "," in cell else cell
        if plain.count(".") > 1:
            plain = plain.replace(".", "")
        try:
            return float(Decimal(plain))
        except InvalidOperation as error:
            raise ValueError from error


def _codes(codes: tuple[str, ...]) -> str:
    return f" (som koder: {', '.join(codes)})"


Kind = Text | Identifier | Code | Codes | OneOf | ServiceCode | Date | Number


@dataclass(frozen=True)
class Column:
    """A column of a table: English name, what it may hold, Danish name and explanation."""

    name: str
    kind: Kind
    label: str
    description: str
    is_required: bool = True
