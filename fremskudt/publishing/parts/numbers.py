"""The numbers that the book's own pages tell: printed figures and constants, never typed."""

from decimal import Decimal
from functools import cache

from fremskudt import __version__
from fremskudt.analysis.printed import read_published
from fremskudt.contract.constants import Constant, constant, read_constants
from fremskudt.presentation.numbers import NBSP, dated, kroner, number, percent

ROOM_HOURS = 130  # 13 weeks of ten hours


@cache
def told() -> dict[str, str]:
    """Every printed figure and constant, and what follows from them, by name, as Danes write it:
    with its unit where that is kroner, per cent, years or a date, else the bare number."""
    printed = {one.figure_id: _printed(one.value, one.unit) for one in read_published()}
    constants = {one.code: _constant(one) for one in read_constants().values()}
    return printed | constants | _hours_of_a_case() | {"version": __version__}


def _hours_of_a_case() -> dict[str, str]:
    """What the printed cost of a case is in hours at the printed salary, and how many whole
    cases of that kind a caseworker has room for in 13 weeks of ten hours, by municipality."""
    hour = constant("annual_salary_dkk") * (1 + constant("overhead_share"))
    hour /= constant("minutes_per_fte") / 60
    found = {}
    for one in read_published():
        if one.figure_id.startswith("cost-per-case-"):
            hours = float(one.value) / hour
            found[f"hours-per-case-{one.municipality}"] = number(hours)
            found[f"room-for-cases-{one.municipality}"] = number(ROOM_HOURS // hours)
    return found


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
