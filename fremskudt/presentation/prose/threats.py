"""The panel "Videngrundlaget": how large the threats to validity are in a municipality's data.

For each threat: what it means, its size here, which way it probably pulls, what to do next time.
The direction is the method's usual one and not computed; a person must judge it.
"""

from fremskudt.disclosure import FEW, SHOWN, Publishable
from fremskudt.presentation.blocks import Block
from fremskudt.presentation.evidence import Said, panel, paragraph, read_entries
from fremskudt.presentation.numbers import NBSP, number, percent
from fremskudt.presentation.prose.declaration import (
    LAST,
    Evidence,
    found,
    is_small,
    limits,
    share,
    unanswered,
)
from fremskudt.presentation.prose.outcomes import POSITIVE
from fremskudt.presentation.sentences import fraction, listed, over_phases, row, sum_of
from fremskudt.presentation.text import safe_html

QUESTIONS = {
    "wellbeing_change": "trivsel",
    "goal_change": "personlige mål",
    "support_home": "støtte i eget hjem",
    "support_economy": "støtte til egen økonomi",
    "citizen_rating": "borgerens egen vurdering",
}
NEVER = float("inf")


def threats(evidence: Evidence) -> Block:
    """The threats to validity: the size here, the likely direction, what to do next time."""
    said = {
        "control": [_no_comparison(evidence["cases"])],
        "own_cases": [
            _respondent(evidence["respondent"]),
            _agreement(evidence["agreement"].where(group=LAST)),
        ],
        "attrition": [_followed(evidence), _bounds(evidence)],
        "missing": [_missing(evidence)],
        "small": [_one_citizen(evidence["wellbeing_change"].where(group=LAST))],
        "selected": [_selected(evidence)],
        "counterfactual": [_counterfactual(evidence["break_even"])],
    }
    return panel(
        (
            one,
            (
                ("Her", paragraph(said[one.code])),
                ("Formodet retning", safe_html(one.pull)),
                ("Næste gang", safe_html(one.next)),
            ),
        )
        for one in read_entries()["threats"]
    )


def _no_comparison(cases: Publishable) -> Said:
    table = cases.where(category="monitored")
    one = found(table, "monitored")
    if not one:
        return Said("", (table,))
    n = number(one.value)
    return Said(
        f"Alle {n} sager i monitoreringen fik indsatsen; ingen uden indsatsen er målt.", (table,)
    )


def _respondent(table: Publishable) -> Said:
    phases = dict.fromkeys(table.frame["group"])
    rows = [one for phase in phases if (one := found(table, "both", phase))]
    if rows and all(one.count_ == one.n for one in rows):
        return Said("Borgeren har været med til at udfylde alle skemaer i fase 2 og 3.", (table,))
    what = "Sagsbehandleren har alene udfyldt skemaet i"
    return Said(over_phases(table, ["caseworker"], what), (table,), is_list=True)


def _agreement(table: Publishable) -> Said:
    """Where both have answered: how often the caseworker sees more progress than the citizen."""
    one = found(table, "caseworker_higher", LAST)
    if not one:
        return Said("")
    return Said(
        "Hvor borgeren også har svaret i fase 3, er sagsbehandleren den mest positive i "
        f"{share(one, '')}.",
        (table,),
    )


def _followed(evidence: Evidence) -> Said:
    """From carried out over monitored to followed; a small loss is not put in words."""
    cases = evidence["cases"].where(category="carried_out")
    table = evidence["registered"].where(category=LAST)
    carried, last = found(cases, "carried_out"), found(table, LAST)
    if not carried or not last:
        return Said("", (cases, table))
    n, lost = number(last.n), last.n - last.count_
    start = f"Af {number(carried.value)} gennemførte forløb er {n} i monitoreringen"
    if carried.value == last.n:
        start = f"Alle {n} gennemførte forløb er i monitoreringen"
    if not lost:
        end = "alle er fulgt til fase 3."
    elif is_small(table, lost):
        end = f"{number(last.count_)} er fulgt til fase 3."
    else:
        end = f"{fraction((lost, last.n))} er ikke fulgt til fase 3."
    return Said(f"{start}; {end}", (cases, table))


def _bounds(evidence: Evidence) -> Said:
    """The share with better wellbeing if all without a known answer fared badly, or well.

    From positive / all to (positive + unknown to us) / all, over all cases in the data.
    """
    table, registered = evidence["wellbeing_change"].where(group=LAST), evidence["registered"]
    better, unknown = (
        sum_of(table, POSITIVE["wellbeing_change"], LAST),
        found(table, "unknown", LAST),
    )
    last = found(registered, LAST)
    if not better or not unknown or not last:
        return Said("", (table,))
    missing = last.n - unknown.n + unknown.count_
    if not missing or is_small(table, missing):
        return Said("")
    low, high = better[0] / last.n, (better[0] + missing) / last.n
    return Said(
        f"Andelen med bedre trivsel blandt alle {number(last.n)} kan ligge fra {percent(low)} til "
        f"{percent(high)}, alt efter hvordan det gik dem uden et kendt svar.",
        (table,),
    )


def _one_citizen(table: Publishable) -> Said:
    """How much one citizen moves the share of the main outcome, and how wide its interval is."""
    n = table.frame["n"].max()
    if not n > 0:
        return Said("Ingen har svaret om trivsel ved opfølgningen." if n == 0 else "", (table,))
    start = f"Svaret om trivsel ved opfølgningen gælder {number(n)} borgere"
    if table.frame["status"].eq(FEW).any():
        return Said(f"{start}; det er for få til en andel.", (table,))
    step = (
        f"{start}: Én af dem flytter en andel {number(100 / n, 0 if n <= 100 else 1)} procentpoint"
    )
    better = sum_of(table, POSITIVE["wellbeing_change"], LAST)
    if not better:
        return Said(f"{step}.", (table,))
    low, high = limits(better)
    width = number((high - low) * 100)
    return Said(f"{step}, og 95{NBSP}%-intervallet er {width} procentpoint bredt.", (table,))


def _missing(evidence: Evidence) -> Said:
    counts, n, tables = unanswered(evidence, QUESTIONS, LAST)
    if len(counts) == len(QUESTIONS) and not any(counts.values()):
        return Said(f"Alle spørgsmål ved opfølgningen er besvaret for alle {number(n)}.", tables)
    parts = [f"{name} {number(count)}" for name, count in counts.items() if count]
    text = f"Af {number(n)} sager ved opfølgningen mangler et kendt svar om {listed(parts)}."
    return Said(text if parts else "", tables, is_list=True)


def _selected(evidence: Evidence) -> Said:
    gain = evidence["net_gain"].where(category="total")
    cases = evidence["cases"].where(category="monitored")
    total, monitored = row(gain, "total"), found(cases, "monitored")
    if total.status != SHOWN or not monitored:
        return Said("", (gain, cases))
    if not total.n:
        return Said("Ingen borgeres forløb er gjort op i kroner.")
    if total.n == monitored.value:
        return Said(
            f"Alle {number(total.n)} sager er gjort op i kroner; her er intet udvalg.", (gain,)
        )
    part = fraction((total.n, monitored.value), "sager")
    return Said(f"{part} i monitoreringen er gjort op i kroner.", (gain, cases))


def _counterfactual(table: Publishable) -> Said:
    one = found(table, "total")
    if not one:
        return Said("", (table,))
    start = f"Forløbet uden indsatsen er et skøn for alle {number(one.n)} udvalgte."
    if one.value == NEVER:
        end = "Der er en merudgift, selv om hele den undgåede udgift er reel."
    elif one.value == 0:
        end = "Der er en gevinst, så snart noget af den undgåede udgift er reel."
    else:
        end = f"Regnestykket går i nul, når {percent(one.value)} af den undgåede udgift er reel (med diskontering)."
    return Said(f"{start} {end}", (table.where(category="total"),))
