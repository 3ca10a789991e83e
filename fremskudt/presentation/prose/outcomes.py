"""How citizens fared: the paragraphs of the outcomes chapter."""

from fremskudt.analysis.intervals import paired_difference
from fremskudt.contract.municipality import Municipality
from fremskudt.disclosure import SHOWN, Publishable
from fremskudt.presentation.numbers import number, points
from fremskudt.presentation.sentences import Prose, listed, over_phases, pieces, prose, row, unsaid
from fremskudt.presentation.text import safe_markdown

POSITIVE = {
    "wellbeing_change": ["very_positive", "positive"],
    "goal_change": ["much_nearer", "nearer"],
    "citizen_rating": ["much_better", "better"],
}


FEW_CHANGES = "Så få ændringer siger kun lidt."


def none(count: float) -> str:
    """A count in a sentence, with "ingen" for nought."""
    return number(count) if count else "ingen"


def title(municipality: Municipality) -> Prose:
    return Prose(f"# Udbytte i {safe_markdown(municipality.short_name)}")


def lead(municipality: Municipality) -> Prose:
    return Prose(
        f'<p class="fs-lead">Hvordan gik det de borgere i {safe_markdown(municipality.name)}, der fik fremskudt '
        "sagsbehandling, set af sagsbehandlerne og af borgerne selv?</p>"
    )


def support(table: Publishable) -> Prose:
    return prose(
        over_phases(table, ["none"], "Uden støttebehov er"),
        over_phases(table, ["dependent"], "Afhængige af støtte er"),
        over_phases(table, ["unknown"], "Ved ikke er svaret for")
        if table.frame.loc[table.frame["category"] == "unknown", "count"].sum()
        else "",
        pieces(table, ["none"]),
        unsaid(table),
        of=table,
    )


def paired(table: Publishable) -> Prose:
    better, same, worse = (row(table, code) for code in ("improved", "unchanged", "worsened"))
    if any(one.status != SHOWN or not one.n for one in (better, same, worse)):
        return prose(pieces(table, ["improved"]), unsaid(table), of=table)
    n = int(better.n)
    difference, low, high = paired_difference(int(better.count_), int(worse.count_), n)
    parts = [
        f"{none(better.count_)} har fået et mindre støttebehov",
        f"{none(same.count_)} har samme behov",
        f"{none(worse.count_)} har fået et større",
    ]
    return prose(
        f"{number(n)} borgere har et kendt svar i både fase 1 og fase 3: {listed(parts)}.",
        f"Forskellen mellem mindre og større behov er {points(difference)} "
        f"(95 %-interval fra {points(low)} til {points(high)}).",
        FEW_CHANGES if better.count_ + worse.count_ < 10 else "",
        "Uden en kontrolgruppe kan ændringen ikke tilskrives indsatsen alene.",
        of=table,
    )


def change(table: Publishable) -> Prose:
    code = table.measure.code
    what = {
        "wellbeing_change": "Ifølge sagsbehandlerne er trivslen ændret positivt eller meget positivt for",
        "goal_change": "Ifølge sagsbehandlerne er borgeren kommet tættere på sine personlige mål i",
        "citizen_rating": "At de har fået det bedre eller meget bedre, siger",
    }[code]
    positive = POSITIVE[code]
    return prose(
        over_phases(table, positive, what), pieces(table, positive), unsaid(table), of=table
    )


def agreement(table: Publishable) -> Prose:
    return prose(
        over_phases(table, ["agree"], "Borger og sagsbehandler er enige om retningen hos"),
        over_phases(table, ["caseworker_higher"], "Sagsbehandleren er den mest positive hos"),
        over_phases(table, ["citizen_higher"], "Borgeren er den mest positive hos"),
        unsaid(table),
        of=table,
    )
