"""The panel "Videngrundlaget": what the data say of the five dimensions of evidence."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from fremskudt.analysis.intervals import wilson
from fremskudt.contract.constants import constant
from fremskudt.contract.municipality import Municipality
from fremskudt.disclosure import FEW, SHOWN, Publishable
from fremskudt.presentation.blocks import Block
from fremskudt.presentation.cells import rows_of
from fremskudt.presentation.evidence import JUDGE, Said, panel, paragraph, read_entries
from fremskudt.presentation.numbers import NBSP, in_words, kroner, number
from fremskudt.presentation.prose.economics import WHO
from fremskudt.presentation.prose.outcomes import POSITIVE, none
from fremskudt.presentation.prose.roles import NAMES
from fremskudt.presentation.sentences import (
    fraction,
    inside,
    label,
    listed,
    shown,
    sum_of,
    upper_first,
)
from fremskudt.presentation.text import safe_html

LAST = "phase_3"
KNOWN = {"gender": "køn", "age_group": "alder", "psychiatry": "kontakt til psykiatrien"}
Evidence = Mapping[str, Publishable]


def dimensions(evidence: Evidence, municipality: Municipality) -> Block:
    """The five dimensions: the question, what the data say, what a person must judge."""
    said = {
        "target_group": [_focus(municipality), *_target_group(evidence)],
        "method": [_roles(evidence["role"]), *_tools(evidence["tool"])],
        "implementation": [_volume(evidence["cases"], municipality), *_fidelity(evidence)],
        "effect": list(_effect(evidence)),
        "economy": list(_economy(evidence)),
    }
    return panel(
        (one, (("Data siger", paragraph(said[one.code])), (JUDGE, safe_html(one.judge))))
        for one in read_entries()["dimensions"]
    )


def found(table: Publishable, category: str, group: str = "all") -> Any:
    """A row that is shown and rests on someone, or None."""
    for one in rows_of(table):
        if one.category == category and one.group == group:
            return one if one.status == SHOWN and one.n else None
    return None


def share(one: Any, noun: str) -> str:
    """ "4 af 11 sager (36 %)" for a row, "" for none."""
    return fraction((one.count_, one.n), noun) if one else ""


def is_small(table: Publishable, count: float) -> bool:
    """Too few to be put in words, though it follows from what is shown."""
    return 0 < count < max(table.thresholds.values(), default=0)


def _focus(municipality: Municipality) -> Said:
    n = len(municipality.target_groups)
    groups = f"{in_words(n)} {'målgruppe' if n == 1 else 'målgrupper'}"
    focus = municipality.detection_focus
    return Said(f"Kommunen beskriver {groups}, og opsporingens fokus er ”{focus}”.")


def _target_group(evidence: Evidence) -> Iterable[Said]:
    table = evidence["target_group"]
    rows = [one for one in shown(table) if one.count_]
    parts = [f"{label(table, one.category)} ({inside(one)})" for one in rows]
    text = f"Borgerne er {listed(parts)}." if parts else ""
    if rows and rows[0].count_ == rows[0].n:
        text = f"Alle {number(rows[0].n)} borgere er {label(table, rows[0].category)}."
    yield Said(text, (table,), is_list=True)
    tool = evidence["tool"].where(category="screening_form")
    used = share(found(tool, "screening_form"), "sager")
    yield Said(f"Screeningsskemaet er brugt i {used}." if used else "", (tool,))
    missing, n, tables = unanswered(evidence, KNOWN, "all")
    if len(missing) == len(KNOWN) and not any(missing.values()):
        text = f"{upper_first(listed(list(KNOWN.values())))} er oplyst for alle {number(n)}."
    else:
        parts = [f"{name} {fraction((count, n))}" for name, count in missing.items() if count]
        text = f"Uoplyst er {listed(parts)}." if parts else ""
    yield Said(text, tables, is_list=True)


def unanswered(
    evidence: Evidence, names: Mapping[str, str], group: str
) -> tuple[dict[str, float], float, tuple[Publishable, ...]]:
    """For how many cases an answer is empty or unknown, by question; of how many; the tables.

    Where too few answered to show how many did not know, the empty ones are counted ("mindst").
    A question whose cells are hidden, or that lacks so few answers that they are not to be put
    in words, is left out.
    """
    registered = evidence["registered"].where(category=LAST)
    last = found(registered, LAST)
    n = 0.0 if last is None else last.n if group == "all" else last.count_
    counts, tables = {}, [registered]
    for code, name in names.items():
        table = evidence[code].where(group=group, category="unknown")
        tables.append(table)
        unknown = next(iter(rows_of(table)), None)
        if unknown is None or not n or unknown.status not in (SHOWN, FEW) or unknown.n != unknown.n:
            continue
        is_least = unknown.status == FEW and unknown.n > 0
        count = n - unknown.n + (unknown.count_ if unknown.status == SHOWN else 0)
        if not is_small(table, count):
            counts[f"{name} for mindst" if is_least else f"{name} for"] = count
    return counts, n, tuple(tables)


def _roles(table: Publishable) -> Said:
    """The two most frequent roles, and those as frequent as the second; no rank when protected."""
    rows = [one for one in shown(table) if one.count_]
    if not table.is_protected:
        rows = [one for one in rows if one.count_ >= rows[:2][-1].count_]
    names = listed([f"{label(table, one.category)} ({inside(one)})" for one in rows])
    what = "Sagsbehandlerens rolle er oftest angivet som"
    if table.is_protected:
        what = "Af sagsbehandlerens roller kan vises"
    return Said(f"{what} {names}." if names else "", (table,), is_list=True)


def _tools(table: Publishable) -> Iterable[Said]:
    rows = [one for one in shown(table) if one.n]
    often = [f"{NAMES[one.category]} ({inside(one)})" for one in rows if one.share >= 0.5]
    unused = [NAMES[one.category] for one in rows if not one.count_]
    text = f"I mindst halvdelen af sagerne er brugt {listed(often)}." if often else ""
    if rows and not often and not table.is_protected:
        text = "Intet redskab er brugt i halvdelen af sagerne."
    if unused:
        text += f" Ikke brugt er {listed(unused)}."
    yield Said(text.strip(), (table,), is_list=True)


def _volume(cases: Publishable, municipality: Municipality) -> Said:
    people = municipality.caseworkers
    who = "fremskudt sagsbehandler" if people == 1 else "fremskudte sagsbehandlere"
    carried, expected = found(cases, "carried_out"), found(cases, "expected")
    if not carried:
        return Said("", (cases,))
    hoped = f"; der var ventet {number(expected.value)}" if expected else ""
    text = (
        f"{upper_first(in_words(people))} {who} gennemførte {number(carried.value)} forløb{hoped}."
    )
    tables = [cases.where(category=c) for c in ("carried_out", "expected")][: 2 if expected else 1]
    return Said(text, tuple(tables))


def _fidelity(evidence: Evidence) -> Iterable[Said]:
    contact = evidence["contact_deadline"].where(category="within")
    kept = share(found(contact, "within"), "sager")
    days = in_words(int(constant("contact_deadline_days")))
    text = (
        f"Rudersdals frist på {days} dage for kontakt er holdt i {kept}, hvor datoerne er oplyst."
    )
    yield Said(text if kept else "", (contact,))
    meeting = evidence["meeting_deadline"]
    kept, no_meeting = share(found(meeting, "within"), "sager"), found(meeting, "no_meeting")
    days = in_words(int(constant("meeting_deadline_days")))
    text = f"Fristen på {days} arbejdsdage for et koordinerende møde er holdt i {kept}"
    rest = f"; i {none(no_meeting.count_)} er der intet møde." if no_meeting else "."
    yield Said(text + rest if kept else "", (meeting,), is_list=True)
    cases = evidence["cases"]
    values = {one.category: one.value for one in rows_of(cases) if one.status == SHOWN}
    counted = (
        (values["complete"], values["monitored"])
        if {"complete", "monitored"} <= set(values)
        else None
    )
    text = f"Registreret i alle tre faser er {fraction(counted, 'sager')}." if counted else ""
    yield Said(text, (cases.where(category="complete"),))


def _effect(evidence: Evidence) -> Iterable[Said]:
    wellbeing = evidence["wellbeing_change"].where(group=LAST)
    better = sum_of(wellbeing, POSITIVE["wellbeing_change"], LAST)
    what = "Ved opfølgningen ser sagsbehandlerne bedre trivsel hos"
    text = f"{what} {fraction(better, 'borgere')}, {_interval(better)}." if better else ""
    yield Said(text, (wellbeing,))
    yield _own_rating(evidence["citizen_rating"].where(group=LAST))
    change = evidence["support_home_change"]
    less, more = found(change, "improved"), found(change, "worsened")
    yield Said(
        f"Støttebehovet i eget hjem er fra fase 1 til 3 blevet mindre hos {share(less, 'borgere')} "
        f"og større hos {none(more.count_)}."
        if less and more
        else "",
        (change,),
    )
    yield Said("Det er målt før og efter uden kontrolgruppe: en ændring, ikke en effekt.")


def _own_rating(table: Publishable) -> Said:
    better = sum_of(table, POSITIVE["citizen_rating"], LAST)
    if better:
        return Said(f"Borgerne siger selv, at de har fået det bedre: {fraction(better)}.", (table,))
    few = [one for one in rows_of(table) if one.status == FEW]
    if few and few[0].n:
        who = "borger" if few[0].n == 1 else "borgere"
        return Said(
            f"Kun {number(few[0].n)} {who} har selv svaret; det er for få til at vise.", (table,)
        )
    return Said("Ingen borgere har selv svaret." if few else "", (table,))


def limits(counted: tuple[float, float]) -> tuple[float, float]:
    """The 95 % Wilson interval of a share."""
    low, high = wilson(np.array(counted[0]), np.array(counted[1]))
    return float(low), float(high)


def _interval(counted: tuple[float, float]) -> str:
    low, high = (number(100 * end) for end in limits(counted))
    return f"95{NBSP}%-interval {low}–{high}{NBSP}%"


def _economy(evidence: Evidence) -> Iterable[Said]:
    admin = evidence["admin_cost"].where(category="cost_per_case")
    cost = rows_of(admin)[0]
    yield Said(f"En sag kostede netto {kroner(cost.value)} i løn og overhead.", (admin,))
    gain = evidence["net_gain"]
    total = found(gain, "total")
    parts = [
        f"{WHO[one.category]} {_change(one.value)}"
        for one in rows_of(gain)
        if one.category in WHO and one.status == SHOWN and abs(one.value) >= 0.5
    ]
    text = (
        f"For {in_words(int(total.n))} udvalgte borgere er der over tre år beregnet pr. borger: "
        f"{listed(parts)}; i alt {_gain(total.value)}"
        if total and parts
        else ""
    )
    yield Said(text, (gain,))
    without = found(evidence["citizen_gain"], "without")
    text = ""
    if without:
        n = in_words(int(without.n))
        count = upper_first(in_words(int(without.count_)))
        text = (
            f"{count} af de {n} har ingen gevinst."
            if without.count_
            else f"Alle {n} har en gevinst."
        )
    yield Said(text, (evidence["citizen_gain"],))


def _change(value: float) -> str:
    return f"{'sparer' if value >= 0 else 'får en merudgift på'} {kroner(abs(value))}"


def _gain(value: float) -> str:
    return f"en {'gevinst' if value >= 0 else 'merudgift'} på {kroner(abs(value))}"
