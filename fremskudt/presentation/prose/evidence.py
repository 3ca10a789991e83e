"""Printed against recomputed: the tables of the page that checks the reports' figures."""

from collections.abc import Sequence
from decimal import Decimal

from fremskudt.analysis.claims import Claim
from fremskudt.analysis.recomputation import Recomputed
from fremskudt.presentation.blocks import Block, KeyFigure, key_figures, table
from fremskudt.presentation.numbers import number

UNITS = {
    "dkk": "kr.",
    "mio_dkk": "mio. kr.",
    "pct": "%",
    "persons": "borgere",
    "cases": "sager",
    "answers": "svar",
    "minutes": "minutter",
    "fte": "årsværk",
    "days": "dage",
    "working_days": "arbejdsdage",
    "months": "måneder",
    "years": "år",
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
    if figure.unit in ("year", "year_month", "date"):
        return str(figure.value)
    text = number(float(figure.value), digits_of(figure.value))
    return f"{text} {UNITS.get(figure.unit, '')}".strip()


def recomputed(found: Recomputed) -> str:
    """The figure that the data give, rounded as the print is."""
    if found.value is None:
        return "–"
    value = found.value * 100 if found.figure.statistic == "pct" else found.value
    return number(value, digits_of(found.figure.value))


def summary(figures: Sequence[Recomputed], claims: Sequence[Claim]) -> Block:
    """How many figures and statements are reproduced, contradicted or out of reach."""
    reproduced = sum(one.is_reproduced for one in figures if one.figure.status == "recomputed")
    tried = sum(one.figure.status == "recomputed" for one in figures)
    hold = sum(one.status == "checked" for one in claims)
    refuted = sum(one.status == "refuted" for one in claims)
    disputed = sum(one.figure.status == "contradicted" for one in figures)
    return key_figures(
        [
            KeyFigure(f"{reproduced} af {tried}", "trykte tal genskabt af data", "reconstructed"),
            KeyFigure(
                f"{hold} af {hold + refuted}", "udsagn i ord, der holder i data", "reconstructed"
            ),
            KeyFigure(str(disputed), "tal, som kilderne modsiger", "published"),
        ]
    )


def figures_table(figures: Sequence[Recomputed], status: str, caption: str) -> Block:
    """One status of printed figures: where, what, printed, recomputed, and why not."""
    rows = [
        [
            one.figure.label,
            one.figure.place,
            printed(one),
            recomputed(one),
            one.figure.reason or ("Genskabt" if one.is_reproduced else ""),
        ]
        for one in figures
        if one.figure.status == status
    ]
    header = ["Tal", "Kilde", "Trykt", "I data", "Bemærkning"]
    return table(f"tal-{status}", header, rows, caption)


def claims_table(claims: Sequence[Claim], status: str, caption: str) -> Block:
    """One outcome of statements in words: what is said, where, and the note or reason."""
    rows = [
        [one.statement, one.place, OUTCOME[one.status], one.reason or one.note]
        for one in claims
        if one.status == status
    ]
    return table(f"udsagn-{status}", ["Udsagn", "Kilde", "Udfald", "Bemærkning"], rows, caption)
