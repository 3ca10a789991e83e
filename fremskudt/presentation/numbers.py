"""Numbers as Danes write them: 1.234,5 · 12 % · 1.234 kr., with no-break spaces."""

from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from babel.dates import format_date

NBSP = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
DANISH = str.maketrans({",": ".", ".": ",", "-": MINUS})


def rounded(value: float, digits: int = 0) -> Decimal:
    """Rounded half up, as the reports do (62,5 becomes 63)."""
    exact = Decimal(repr(float(value))).quantize(Decimal("1e-7"), ROUND_HALF_UP)
    return exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP) + 0


def number(value: float, digits: int = 0) -> str:
    """1234.5 with one digit is "1.234,5"; a negative number gets a real minus sign."""
    return f"{rounded(value, digits):,.{digits}f}".translate(DANISH)


def percent(share: float, digits: int = 0) -> str:
    """0.636 is "64 %"."""
    return number(float(rounded(share * 100, digits)), digits) + NBSP + "%"


def chance(share: float) -> str:
    """A share of draws; draws never show that something is certain or impossible."""
    if share >= 0.995:
        return f"over 99{NBSP}%"
    return f"under 1{NBSP}%" if share < 0.005 else percent(share)


def percent_of(count: float, n: float) -> str:
    """count of n in whole per cent, rounded from the exact fraction."""
    exact = Decimal(int(count)) * 100 / Decimal(int(n))
    return number(float(exact)) + NBSP + "%"


def kroner(value: float, digits: int = 0) -> str:
    """10403.7 is "10.404 kr."."""
    return number(value, digits) + NBSP + "kr."


def points(difference: float) -> str:
    """A difference of shares in percentage points with its sign: "+12 procentpoint"."""
    value = rounded(difference * 100)
    sign = "+" if value > 0 else ""
    return f"{sign}{number(float(value))} procentpoint"


def dated(digits: str) -> str:
    """201411 is "november 2014", 20120901 is "1. september 2012"."""
    is_month = len(digits) == 6
    day = datetime.strptime(digits, "%Y%m" if is_month else "%Y%m%d")
    text: str = format_date(day, "MMMM y" if is_month else "d. MMMM y", locale="da")
    return text


SMALL = ("nul", "én", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti")


def in_words(count: int) -> str:
    """Whole numbers up to ten in words."""
    return SMALL[count] if 0 <= count < len(SMALL) else number(count)
