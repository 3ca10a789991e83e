"""The numbers that the book's own pages tell: printed figures and constants, never typed."""

from decimal import Decimal
from functools import cache

from fremskudt.analysis.printed import read_published
from fremskudt.contract.constants import Constant, read_constants
from fremskudt.presentation.numbers import NBSP, dated, kroner, number, percent


@cache
def told() -> dict[str, str]:
    """Every printed figure and constant by its name, as Danes write it: with its unit where that
    is kroner, per cent, years or a date, else the bare number."""
    printed = {one.figure_id: _printed(one.value, one.unit) for one in read_published()}
    constants = {one.code: _constant(one) for one in read_constants().values()}
    return printed | constants


def _printed(value: Decimal, unit: str) -> str:
    digits = max(0, -int(value.as_tuple().exponent))
    plain = number(float(value), digits)
    match unit:
        case "dkk":
            return kroner(float(value), digits)
        case "mio_dkk":
            return f"{plain}{NBSP}mio.{NBSP}kr."
        case "pct":
            return f"{plain}{NBSP}%"
        case "years":
            return f"{plain}{NBSP}år"
        case "year":
            return str(value)
        case "year_month" | "date":
            return dated(str(value))
        case _:
            return plain


def _constant(one: Constant) -> str:
    if one.unit.startswith("dkk"):
        return kroner(one.value)
    if one.unit.startswith("share"):
        return percent(one.value, 0 if (one.value * 100).is_integer() else 1)
    return number(one.value)
