"""How citizens fared: the paragraphs of the outcomes chapter."""

from fremskudt.analysis.intervals import paired_difference
from fremskudt.contract.municipality import Municipality
from fremskudt.disclosure import SHOWN, Publishable
from fremskudt.presentation.numbers import number, points
from fremskudt.presentation.sentences import Prose, listed, over_phases, prose, row, unsaid

POSITIVE = {
    "wellbeing_change": ["very_positive", "positive"],
    "goal_change": ["much_nearer", "nearer"],
    "citizen_rating": ["much_better", "better"],
}


def title(municipality: Municipality) -> Prose:
    return Prose(f"# Udbytte i {municipality.short_name}")


def lead(municipality: Municipality) -> Prose:
    return Prose(
        f'<p class="fs-lead">Hvordan gik det de borgere i {municipality.name}, der fik fremskudt '
        "sagsbehandling, set af sagsbehandlerne og af borgerne selv?</p>"
    )


def support(table: Publishable) -> Prose:
    return prose(
        over_phases(table, ["none"], "Uden støttebehov"),
        over_phases(table, ["dependent"], "Afhængige af støtte"),
        over_phases(table, ["unknown"], "Ved ikke")
        if table.frame.loc[table.frame["category"] == "unknown", "count"].sum()
        else "",
        unsaid(table),
    )


def paired(table: Publishable) -> Prose:
    better, same, worse = (row(table, code) for code in ("improved", "unchanged", "worsened"))
    if any(one.status != SHOWN or not one.n for one in (better, same, worse)):
        return prose(unsaid(table))
    n = int(better.n)
    difference, low, high = paired_difference(int(better.count_), int(worse.count_), n)
    sure = "ikke skelnes fra nul" if low <= 0 <= high else "skelnes fra nul"
    parts = [
        f"{number(better.count_)} har fået et mindre støttebehov",
        f"{number(same.count_)} har samme behov",
        f"{number(worse.count_)} har fået et større",
    ]
    return prose(
        f"{number(n)} borgere har et kendt svar i både fase 1 og fase 3: {listed(parts)}.",
        f"Forskellen mellem mindre og større behov er {points(difference)} "
        f"(95 %-interval fra {points(low)} til {points(high)}) og kan {sure}.",
        "Uden en kontrolgruppe kan ændringen ikke tilskrives indsatsen alene.",
    )


def change(table: Publishable) -> Prose:
    code = table.measure.code
    what = {
        "wellbeing_change": "Trivslen er ifølge sagsbehandlerne ændret positivt eller meget positivt for",
        "goal_change": "Ifølge sagsbehandlerne er borgeren kommet tættere på sine personlige mål i",
        "citizen_rating": "Borgerne siger selv, at de har fået det bedre eller meget bedre",
    }[code]
    return prose(over_phases(table, POSITIVE[code], what), unsaid(table))


def agreement(table: Publishable) -> Prose:
    return prose(
        over_phases(table, ["agree"], "Borger og sagsbehandler er enige om retningen"),
        over_phases(table, ["caseworker_higher"], "Sagsbehandleren er den mest positive"),
        over_phases(table, ["citizen_higher"], "Borgeren er den mest positive"),
        unsaid(table),
    )
