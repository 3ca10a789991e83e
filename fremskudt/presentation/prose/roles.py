"""What the caseworkers did: the paragraphs of the roles chapter."""

from fremskudt.contract.municipality import Municipality
from fremskudt.disclosure import SHOWN, Publishable
from fremskudt.presentation.sentences import (
    Prose,
    amount_of,
    fraction,
    inside,
    known_first,
    label,
    listed,
    prose,
    row,
    share_of,
    shown,
    unsaid,
)
from fremskudt.presentation.text import safe_markdown

TIE = 0.10
NAMES = {
    "screening_form": "screeningsskemaet",
    "first_meeting_guide": "de gode råd til første møde",
    "home_visit": "møder i borgerens hjem",
    "coordinating_meeting": "det koordinerende møde",
    "mobile_office": "det mobile kontor",
    "acute_grant": "bevilling af en akut ydelse",
}


def title(municipality: Municipality) -> Prose:
    return Prose(f"# Roller og redskaber i {safe_markdown(municipality.short_name)}")


def lead(municipality: Municipality) -> Prose:
    return Prose(
        f'<p class="fs-lead">Hvad gjorde de fremskudte sagsbehandlere i {safe_markdown(municipality.name)}, hvilke '
        "redskaber brugte de, og hvor hurtigt kom de i gang?</p>"
    )


def role(table: Publishable) -> Prose:
    found = [one for one in shown(table) if one.count_]
    if not found:
        return prose(unsaid(table))
    top = [one for one in found[:3] if found[0].share - one.share <= TIE]
    names = [f"{label(table, one.category)} ({inside(one)})" for one in found[:3]]
    if table.is_protected:
        first = known_first(table, "", names)
    elif len(top) == len(found[:3]) > 2:
        first = f"Rollen er jævnt fordelt mellem {listed(names)}."
    else:
        first = f"Rollen er oftest angivet som {names[0]}."
        first += f" Dernæst følger {listed(names[1:])}." if names[1:] else ""
    grants = row(table, "grants")
    return prose(
        first,
        f"Bevilling af ydelser er angivet i {amount_of(grants, table.measure.unit)}."
        if grants.status == SHOWN and grants.n
        else "",
        "En sagsbehandler kan have haft flere roller i samme sag.",
        unsaid(table),
        of=table,
    )


def tool(table: Publishable) -> Prose:
    found = shown(table)
    used = [one for one in found if one.count_]
    unused = [NAMES[one.category] for one in found if not one.count_]
    names = [f"{NAMES[one.category]} ({inside(one)})" for one in used]
    return prose(
        known_first(table, "Det mest brugte redskab er", names[:1]),
        f"Mindst brugt er {names[-1]}." if len(names) > 1 and not table.is_protected else "",
        f"Ikke brugt: {listed(unused)}." if unused else "",
        unsaid(table),
        of=table,
    )


def contact_deadline(table: Publishable) -> Prose:
    within = share_of(table, "within")
    return prose(
        f"Inden for to kalenderdage var der kontakt i {within}." if within else "",
        unsaid(table),
        of=table,
    )


def meeting_deadline(table: Publishable) -> Prose:
    none, within, later = (row(table, code) for code in ("no_meeting", "within", "later"))
    if any(one.status != SHOWN or not one.n for one in (none, within, later)):
        return prose(unsaid(table))
    held = within.count_ + later.count_
    first = f"I {amount_of(none, table.measure.unit)} er der ikke holdt et koordinerende møde."
    if not held:
        return prose(first)
    return prose(
        first,
        f"Hvor der er holdt et møde, lå det inden for fem arbejdsdage i {fraction((within.count_, held))}.",
        of=table,
    )
