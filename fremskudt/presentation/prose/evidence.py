"""Printed against recomputed: the tables of the page that checks the reports' figures."""

from collections.abc import Sequence
from decimal import Decimal

from fremskudt.analysis.claims import Claim
from fremskudt.analysis.recomputation import Recomputed
from fremskudt.presentation.blocks import Block, KeyFigure, key_figures, table
from fremskudt.presentation.numbers import dated, number, rounded
from fremskudt.presentation.sentences import ended

UNITS = {
    "dkk": ("kr.", "kr."),
    "mio_dkk": ("mio. kr.", "mio. kr."),
    "pct": ("%", "%"),
    "persons": ("person", "personer"),
    "cases": ("sag", "sager"),
    "answers": ("svar", "svar"),
    "minutes": ("minut", "minutter"),
    "fte": ("årsværk", "årsværk"),
    "days": ("dag", "dage"),
    "working_days": ("arbejdsdag", "arbejdsdage"),
    "months": ("måned", "måneder"),
    "years": ("år", "år"),
}
OUTCOME = {
    "checked": "Holder",
    "refuted": "Holder ikke",
    "not_checkable": "Kan ikke prøves",
}


def digits_of(value: Decimal) -> int:
    """How many decimals a printed figure has."""
    return max(0, -int(value.as_tuple().exponent))


def printed(found: Recomputed) -> str:
    """The figure as it is printed, in Danish."""
    figure = found.figure
    if figure.unit == "year":
        return str(figure.value)
    if figure.unit in ("year_month", "date"):
        return dated(str(figure.value))
    text = number(float(figure.value), digits_of(figure.value))
    one, several = UNITS.get(figure.unit, ("", ""))
    return f"{text} {one if figure.value == 1 else several}".strip()


def computed(found: Recomputed) -> float | None:
    """What the data give, in the unit of the print and with two decimals more than it has; None
    where it cannot be computed."""
    if found.value is None:
        return None
    value = found.value * 100 if found.figure.statistic == "pct" else found.value
    return float(rounded(value, digits_of(found.figure.value) + 2))


def exact(value: float | None) -> str:
    """A number with the decimals that it has; a dash for none."""
    if value is None:
        return "–"
    return number(value, digits_of(Decimal(repr(value)).normalize()))


def difference(found: Recomputed) -> str:
    """What the data give less what is printed."""
    value = computed(found)
    return exact(None if value is None else float(rounded(value - float(found.figure.value), 4)))


def verdict(found: Recomputed) -> str:
    """Whether the print holds, in a word or two."""
    match found.figure.status:
        case "contradicted":
            return "Modsagt"
        case "described":
            return "Oplysning"
        case "outside":
            return "Uden for data"
    if not found.is_reproduced:
        return "Passer ikke"
    return "Passer" if computed(found) == float(found.figure.value) else "Passer afrundet"


def summary(figures: Sequence[Recomputed], claims: Sequence[Claim]) -> Block:
    """How many figures and statements are reproduced, contradicted or out of reach."""
    reproduced = sum(one.is_reproduced for one in figures if one.figure.status == "recomputed")
    disputed = sum(one.figure.status == "contradicted" for one in figures)
    said = {status: sum(one.status == status for one in claims) for status in OUTCOME}
    return key_figures(
        [
            KeyFigure(
                str(reproduced), f"af {len(figures)} trykte tal kan regnes af data og passer"
            ),
            KeyFigure(
                str(said["checked"]),
                f"af {len(claims)} udsagn i ord holder i data",
                note=f"{said['refuted']} holder ikke, og {said['not_checkable']} kan ikke prøves.",
            ),
            KeyFigure(str(disputed), "trykte tal modsiges af et andet trykt tal"),
        ]
    )


def figures_table(figures: Sequence[Recomputed], status: str, caption: str) -> Block:
    """One status of printed figures: where, what, printed, recomputed, and why not."""
    rows = [
        [
            one.figure.label,
            one.figure.place,
            printed(one),
            exact(computed(one)),
            difference(one),
            ended(f"{verdict(one)}. {one.figure.reason}".strip()),
        ]
        for one in figures
        if one.figure.status == status
    ]
    header = ["Tal", "Kilde", "Trykt", "Beregnet", "Forskel", "Afgørelse"]
    return table(f"tal-{status}", header, rows, caption)


def claims_table(claims: Sequence[Claim], status: str, caption: str) -> Block:
    """One outcome of statements in words: what is said, where, and the note or reason."""
    rows = [
        [one.statement, one.place, OUTCOME[one.status], one.reason or one.note]
        for one in claims
        if one.status == status
    ]
    return table(f"udsagn-{status}", ["Udsagn", "Kilde", "Udfald", "Bemærkning"], rows, caption)
