"""What it cost and what it may save: the paragraphs of the economics chapter."""

from fremskudt.contract.constants import read_constants
from fremskudt.contract.municipality import Municipality
from fremskudt.contract.scales import scale
from fremskudt.disclosure import SHOWN, Publishable
from fremskudt.presentation.blocks import Block
from fremskudt.presentation.formulas import formula, over, sign, words
from fremskudt.presentation.numbers import in_words, kroner, number, percent
from fremskudt.presentation.sentences import Prose, listed, prose, row, unsaid

WHO = {
    "municipality": "kommunen",
    "region": "regionen",
    "state": "staten",
    "other": "øvrige aktører",
}


def title(municipality: Municipality) -> Prose:
    return Prose(f"# Økonomi i {municipality.short_name}")


def lead(municipality: Municipality) -> Prose:
    return Prose(
        f'<p class="fs-lead">Hvad kostede fremskudt sagsbehandling i {municipality.name}, og hvem kan '
        "over tre år få en gevinst eller en merudgift?</p>"
    )


def _steps(table: Publishable) -> dict[str, float]:
    return {one.category: one.value for one in table.frame.itertuples()}


def exact(table: Publishable) -> int:
    """Øre are shown where the source prints them, and nowhere else."""
    return 2 if row(table, "net_cost").origin == "published" else 0


def administrative(table: Publishable) -> Prose:
    step = _steps(table)
    saved = (
        f" Der er sparet {number(step['saved_fte'], 2)} årsværk andre steder."
        if step["saved_fte"]
        else " Der er ikke sparet årsværk andre steder."
    )
    return prose(
        f"Der er brugt {number(step['own_fte'], 2)} årsværk på selve sagsarbejdet.{saved}",
        f"Nettoomkostningen er {kroner(step['net_cost'], exact(table))}, og med "
        f"{number(step['carried_out'])} gennemførte sager koster en sag {kroner(step['cost_per_case'])}",
        of=table,
    )


def cost_formula(table: Publishable) -> Block:
    """Cost per case with this municipality's numbers in it."""
    step = _steps(table)
    general = (
        words("omkostning pr. sag")
        + sign("=")
        + over(
            words("løn med overhead") + sign("−") + words("sparet løn "),
            words("antal sager"),
        )
    )
    digits = exact(table)
    own, saved = kroner(step["own_cost"], digits), kroner(step["saved_cost"], digits)
    numbers = (
        words(kroner(step["cost_per_case"]))
        + sign("=")
        + over(words(own) + sign("−") + words(saved), words(f"{number(step['carried_out'])} sager"))
    )
    plain = (
        f"{kroner(step['cost_per_case'])} = ({own} − {saved}) / {number(step['carried_out'])} sager"
    )
    return formula([general, numbers], plain)


def working_year() -> Prose:
    """The one constant that turns minutes into full-time equivalents, and that it is derived."""
    year = read_constants()["minutes_per_fte"]
    return prose(f"Et årsværk er regnet som {number(year.value)} minutter.", year.note)


def scenarios(table: Publishable) -> Prose:
    expected, counterfactual = (
        row(table, "total", code) for code in ("expected", "counterfactual")
    )
    if expected.status != SHOWN or counterfactual.status != SHOWN:
        return prose(unsaid(table))
    difference = counterfactual.value - expected.value
    verdict = "lavere" if difference > 0 else "højere" if difference < 0 else "den samme"
    size = f"{kroner(abs(difference))} " if difference else ""
    return prose(
        f"For de {in_words(int(expected.n))} udvalgte borgere koster det forventede forløb med fremskudt "
        f"sagsbehandling {kroner(expected.value)} over tre år, og det kontrafaktiske forløb uden "
        f"{kroner(counterfactual.value)}",
        f"Udgiften er altså {size}{verdict} i det forventede forløb.",
        "Prisen for den fremskudte sagsbehandling selv er med i det forventede forløb.",
        of=table,
    )


def net_gain(table: Publishable) -> Prose:
    payers = [row(table, code) for code in scale("payer").codes]
    total = row(table, "total")
    if total.status != SHOWN:
        return prose(unsaid(table))
    gains = [f"{WHO[p.category]} ({kroner(p.value)})" for p in payers if p.value > 0]
    losses = [f"{WHO[p.category]} ({kroner(-p.value)})" for p in payers if p.value < 0]
    word = "gevinst" if total.value >= 0 else "merudgift"
    return prose(
        f"Regnestykket giver en samlet {word} på {kroner(abs(total.value))} pr. borger over tre år.",
        f"Besparelsen ligger hos {listed(gains)}." if gains else "Ingen betaler sparer.",
        f"En merudgift ligger hos {listed(losses)}." if losses else "",
        f"Tallet er et gennemsnit af {in_words(int(total.n))} udvalgte borgere og kan ikke overføres til alle sager.",
        of=table,
    )


def spread(table: Publishable) -> Prose:
    """How many of the selected citizens have no gain."""
    without = row(table, "without")
    if without.status != SHOWN or not without.n:
        return prose(unsaid(table))
    count, n = int(without.count_), int(without.n)
    first = (
        f"Gevinsten er ikke ens for alle: {in_words(count)} af de {in_words(n)} udvalgte borgere har ingen."
        if count
        else f"Alle {in_words(n)} udvalgte borgere har en gevinst."
    )
    return prose(first, of=table)


def saving(table: Publishable) -> Prose:
    """What is saved of the counterfactual cost, by payer: less in some places, more in others."""
    rows = {one.category: one for one in table.frame.itertuples() if one.status == SHOWN}
    if "total" not in rows:
        return prose(unsaid(table))
    less = [f"{WHO[p]} {percent(rows[p].value)}" for p in WHO if p in rows and rows[p].value > 0]
    more = [f"{WHO[p]} {percent(-rows[p].value)}" for p in WHO if p in rows and rows[p].value < 0]
    word = "lavere" if rows["total"].value >= 0 else "højere"
    return prose(
        f"I forhold til det kontrafaktiske forløb er den samlede udgift {percent(abs(rows['total'].value))} {word}.",
        f"Lavere udgifter har {listed(less)}." if less else "",
        f"Højere udgifter har {listed(more)}." if more else "",
        of=table,
    )
