"""What it cost and what it may save: the paragraphs of the economics chapter."""

from fremskudt.contract.constants import read_constants
from fremskudt.contract.municipality import Municipality
from fremskudt.contract.scales import scale
from fremskudt.disclosure import SHOWN, Publishable
from fremskudt.presentation.blocks import Block
from fremskudt.presentation.cells import group_label
from fremskudt.presentation.formulas import formula, over, sign, words
from fremskudt.presentation.numbers import chance, in_words, kroner, number, percent
from fremskudt.presentation.sentences import (
    Prose,
    ended,
    listed,
    lower_first,
    prose,
    row,
    unsaid,
    upper_first,
)
from fremskudt.presentation.text import safe_markdown

WHO = {
    "municipality": "kommunen",
    "region": "regionen",
    "state": "staten",
    "other": "øvrige aktører",
}


def title(municipality: Municipality) -> Prose:
    return Prose(f"# Økonomi i {safe_markdown(municipality.short_name)}")


def lead(municipality: Municipality) -> Prose:
    return Prose(
        f'<p class="fs-lead">Hvad kostede fremskudt sagsbehandling i {safe_markdown(municipality.name)}, og hvem kan '
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


def number_of_cases(table: Publishable, admin: Publishable) -> Prose:
    """How the cost of a case moves with the number of cases, as arithmetic and no more."""
    step = _steps(admin)
    own = int(step["carried_out"])
    costs = {int(one.category): one.value for one in table.frame.itertuples()}
    other = next((n for n in sorted(costs) if n >= 2 * own), max(costs))
    minutes = step.get("own_minutes")
    spent = (
        f"Der er brugt {number(minutes / own)} minutter på hver sag."
        if minutes is not None
        else f"Der er brugt {number(step['own_fte'] / own, 3)} årsværk på hver sag."
    )
    return prose(
        f"Prisen følger antallet af sager: Den samme udgift fordelt på {number(other)} sager "
        f"ville være {kroner(costs[other])} pr. sag.",
        spent,
        "Det er et regnestykke og ikke en prognose, for flere sager kræver som regel også mere tid.",
        of=table,
    )


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


def areas(table: Publishable) -> Prose:
    """Which service areas the gain comes from."""
    total = {
        one.group: one
        for one in table.frame.itertuples()
        if one.category == "total" and one.status == SHOWN
    }
    less = [f"{_area(table, g)} ({kroner(one.value)})" for g, one in total.items() if one.value > 0]
    more = [
        f"{_area(table, g)} ({kroner(-one.value)})" for g, one in total.items() if one.value < 0
    ]
    return prose(
        f"Pr. borger spares der på {listed(less)}." if less else "Der spares ikke på noget område.",
        f"Der bruges mere på {listed(more)}." if more else "",
        unsaid(table),
        of=table,
    )


def _area(table: Publishable, group: str) -> str:
    return lower_first(group_label(table, group))


def years(table: Publishable) -> Prose:
    """In which years money is spent and saved."""
    parts = []
    for one in table.frame.itertuples():
        if one.category == "total" and one.status == SHOWN:
            word = "gevinst" if one.value >= 0 else "merudgift"
            parts.append(f"{group_label(table, one.group)} en {word} på {kroner(abs(one.value))}")
    text = ended(f"Samlet pr. borger giver {listed(parts)}") if parts else ""
    return prose(text, unsaid(table), of=table)


def payback(table: Publishable) -> Prose:
    """Who invests, and when a payer has its money back."""
    rows = {one.category: one for one in table.frame.itertuples() if one.status == SHOWN}
    if not rows:
        return prose(unsaid(table))
    latest = "senest " if table.thresholds else ""
    later = [
        f"{WHO[p]} {latest}efter {number(rows[p].value)} måneder"
        for p in WHO
        if p in rows and 0 < rows[p].value < float("inf")
    ]
    at_once = [WHO[p] for p in WHO if p in rows and rows[p].value == 0]
    never = [WHO[p] for p in WHO if p in rows and rows[p].value == float("inf")]
    total = rows["total"].value if "total" in rows else float("inf")
    whole = (
        "Lagt sammen er pengene ikke tjent ind efter tre år."
        if total == float("inf")
        else "Lagt sammen står betalerne på intet tidspunkt i underskud."
        if total == 0
        else f"Lagt sammen er pengene tjent ind {latest}efter {number(total)} måneder."
    )
    return prose(
        f"{upper_first(listed(later))} har tjent sin udgift ind." if later else "",
        f"{upper_first(listed(at_once))} står aldrig i underskud." if at_once else "",
        f"{upper_first(listed(never))} får ikke sin udgift igen inden for de tre år."
        if never
        else "",
        whole,
        of=table,
    )


def investment(table: Publishable, admin: Publishable, simulated: Publishable) -> Prose:
    """Who pays for the casework, whether the one who pays gains, and how often."""
    rows = {one.category: one for one in table.frame.itertuples() if one.status == SHOWN}
    if set(WHO) - set(rows):
        return prose(unsaid(table))
    others = sum(rows[p].value for p in WHO if p != "municipality")
    own = rows["municipality"].value
    cost = kroner(_steps(admin)["cost_per_case"])
    paid = f"Kommunen betaler selv sagsbehandlingen. Når dens {cost} pr. sag er trukket fra, "
    if own >= 0:
        paid += f"er kommunens beregnede gevinst {kroner(own)} pr. borger."
    else:
        paid += f"har kommunen en beregnet merudgift på {kroner(-own)} pr. borger."
    word = "sparer netto" if others >= 0 else "får netto en merudgift på"
    rest = ended(f"De andre betalere {word} {kroner(abs(others))}")
    often = row(simulated, "municipality", "chance")
    doubt = (
        f"Når alle skøn varierer, får kommunen en gevinst i {chance(often.value)} af gennemregningerne, "
        "jf. nedenfor."
        if often.status == SHOWN
        else ""
    )
    return prose(paid, rest, doubt, of=simulated)


def saving(table: Publishable) -> Prose:
    """What is saved of the counterfactual cost, by payer: less in some places, more in others."""
    rows = {one.category: one for one in table.frame.itertuples() if one.status == SHOWN}
    if "total" not in rows:
        return prose(unsaid(table))
    less = [f"{WHO[p]} ({percent(rows[p].value)})" for p in WHO if p in rows and rows[p].value > 0]
    more = [f"{WHO[p]} ({percent(-rows[p].value)})" for p in WHO if p in rows and rows[p].value < 0]
    word = "lavere" if rows["total"].value >= 0 else "højere"
    return prose(
        f"I forhold til det kontrafaktiske forløb er den samlede udgift {percent(abs(rows['total'].value))} {word}.",
        f"Den er lavere for {listed(less)}." if less else "",
        f"Den er højere for {listed(more)}." if more else "",
        of=table,
    )
