"""The municipalities side by side: the paragraphs of the comparison and of the front page."""

from collections.abc import Sequence
from typing import Any

from fremskudt.contract.municipality import Municipality
from fremskudt.contract.origins import LABELS, weakest
from fremskudt.disclosure import SHOWN, Publishable
from fremskudt.presentation.blocks import Block, KeyFigure, Marked, key_figures, table
from fremskudt.presentation.cells import place_label, rows_of
from fremskudt.presentation.numbers import in_words, kroner, number, percent_of
from fremskudt.presentation.prose.outcomes import POSITIVE
from fremskudt.presentation.sentences import (
    Prose,
    counted_or_named,
    fraction,
    how_many,
    inside,
    label,
    listed,
    prose,
    row,
    shown,
    sum_of,
    unsaid,
)
from fremskudt.presentation.text import safe_markdown

ONLY = TOTAL = "all"
TRIAL = {"aarhus", "gladsaxe", "rudersdal", "vejle"}  # the municipalities of the reports


def places(result: Publishable) -> list[str]:
    """The municipalities of a table, without their sum."""
    return [place for place in dict.fromkeys(result.frame["municipality"]) if place != TOTAL]


def said(result: Publishable, place: str) -> str:
    """A municipality's name inside computed prose."""
    return safe_markdown(place_label(result, place))


def share(result: Publishable, categories: Sequence[str], what: str, group: str = ONLY) -> Prose:
    """A share over all municipalities; between them only where the data are registered.

    Constructed shares are not ranked: their differences are made up.
    """
    counted = sum_of(result, categories, group, TOTAL)
    overall = f"{what} {fraction(counted)} i alle kommuner tilsammen." if counted else ""
    return prose(overall, _span(result, categories, group), unsaid(result), of=result)


def _span(result: Publishable, categories: Sequence[str], group: str) -> str:
    if set(result.frame["origin"]) != {"registered"} or result.is_protected:
        return ""
    found = []
    for place in places(result):
        counted = sum_of(result, categories, group, place)
        if counted:
            found.append((counted[0] / counted[1], said(result, place), fraction(counted)))
    if len(found) < 2:
        return ""
    found.sort()
    low, high = found[0], found[-1]
    return f"Andelen går fra {low[2]} i {low[1]} til {high[2]} i {high[1]}."


def leading_role(result: Publishable) -> Prose:
    """The most frequent role in each municipality and over all; none while a cell is hidden."""
    if result.is_protected:
        return prose(unsaid(result), of=result)
    tops: dict[str, list[str]] = {}
    for place in places(result):
        found = [one for one in shown(result, ONLY, place) if one.count_]
        for one in found:
            if one.count_ == found[0].count_:
                tops.setdefault(label(result, one.category), []).append(said(result, place))
    parts = [f"{role} i {counted_or_named(where)}" for role, where in tops.items()]
    found = [one for one in shown(result, ONLY, TOTAL) if one.count_]
    frequent = [f"{label(result, one.category)} ({inside(one)})" for one in found[:3]]
    return prose(
        f"På tværs af kommunerne er rollen oftest {listed(frequent)}." if frequent else "",
        f"Den hyppigste rolle er {listed(parts)}." if parts else "",
        unsaid(result),
        of=result,
    )


def costs(result: Publishable) -> Prose:
    found = sorted(
        (one for one in rows_of(result) if one.status == SHOWN), key=lambda one: one.value
    )
    if len(found) < 2:
        return prose()
    low, high = found[0], found[-1]
    return prose(
        f"En sag er billigst i {said(result, low.municipality)} ({kroner(low.value)}) og dyrest i "
        f"{said(result, high.municipality)} ({kroner(high.value)}).",
        ""
        if "registered" in set(result.frame["origin"])
        else "Forskellen hænger ifølge hovedrapporten sammen med antallet af sager og med, hvor sammensatte de er.",
    )


def gains(result: Publishable) -> Prose:
    """Who gains and who pays more, over municipalities."""
    totals = [
        one
        for one in rows_of(result)
        if one.category == "total" and one.status == SHOWN and one.n > 0
    ]
    if not totals:
        return prose(unsaid(result))
    winners = [one for one in totals if one.value > 0]
    largest = max(totals, key=lambda one: one.value)
    losers = [
        said(result, one.municipality)
        for one in rows_of(result)
        if one.category == "state" and one.status == SHOWN and one.value < 0
    ]
    where = said(result, largest.municipality)
    if len(totals) == 1:
        what = "gevinst" if largest.value > 0 else "merudgift"
        amount = kroner(abs(largest.value))
        first = f"Regnestykket giver i {where} en samlet {what} på {amount} pr. borger."
    else:
        first = (
            f"Regnestykket giver en samlet gevinst {_where(len(winners), len(totals))}; "
            f"størst i {where} med {kroner(largest.value)} pr. borger."
        )
    is_known = not result.where(category="state").is_protected
    return prose(
        first,
        f"Staten får en merudgift i {counted_or_named(losers)}." if losers and is_known else "",
        f"Bag hvert gennemsnit står {_sizes(totals)} udvalgte borgere.",
    )


def _where(some: int, of: int) -> str:
    """ "i alle otte kommuner", "i fem af otte kommuner"."""
    if of == 1:
        return "i den ene kommune" if some else "i ingen kommune"
    return f"i {'alle' if some == of else in_words(some) + ' af'} {in_words(of)} kommuner"


def _sizes(totals: Sequence[Any]) -> str:
    """ "fem eller seks": how many citizens stand behind the averages."""
    sizes = sorted({int(one.n) for one in totals})
    if len(sizes) > 2:
        return f"{in_words(sizes[0])} til {in_words(sizes[-1])}"
    return " eller ".join(in_words(size) for size in sizes)


def not_valued(known: Sequence[Municipality], valued: Sequence[Municipality]) -> Prose:
    """Who has worked out no courses and is therefore not in the figures on the economy."""
    absent = [safe_markdown(one.short_name) for one in known if one not in valued]
    if not absent:
        return prose()
    return prose(
        f"Der er ikke opgjort forløb for udvalgte borgere i {counted_or_named(absent)}, som derfor "
        "ikke er med i hovedrapportens figur 9–11 og tabel 12."
    )


def front_key(
    municipalities: Sequence[Municipality],
    rating: Publishable,
    wellbeing: Publishable,
    admin: Publishable,
) -> Block:
    """The front page's key figures over all municipalities."""
    carried = sum(one.carried_out_cases for one in municipalities)
    is_registered = all(one.is_registered for one in municipalities)
    is_trial = (
        not any(one.is_registered for one in municipalities)
        and {one.slug for one in municipalities} == TRIAL
    )
    figures = [
        KeyFigure(
            number(carried),
            f"gennemførte forløb i {how_many(len(municipalities))}",
            "registered" if is_registered else "reconstructed" if is_trial else "constructed",
            "Hovedrapporten skriver cirka 240." if is_trial else "",
        ),
        half(
            rating, "af borgerne siger selv, at de har det bedre", "Hovedrapporten 1.1 (figur 4)."
        ),
        half(wellbeing, "trives ifølge sagsbehandlerne bedre", "Hovedrapporten 1.1 (figur 5)."),
    ]
    prices = [one for one in rows_of(admin) if one.category == "cost_per_case"]
    low, high = (pick(prices, key=lambda one: one.value) for pick in (min, max))
    figures.append(
        KeyFigure(
            f"{number(low.value)}–{kroner(high.value)}" if low != high else kroner(low.value),
            "netto pr. sag",
            weakest([low.origin, high.origin]),
            ""
            if len(prices) == 1
            else f"Lavest i {place_label(admin, low.municipality)}, højest i "
            f"{place_label(admin, high.municipality)}.",
        )
    )
    return key_figures([figure for figure in figures if figure])


def half(result: Publishable, what: str, source: str) -> KeyFigure | None:
    """Is it more than half, at the end and at the follow-up alike?

    A share of constructed answers is no finding: it is said in the report's own words, which
    the data must bear out. A share of registered answers is a number.
    """
    codes = POSITIVE[result.measure.code]
    end, later = (sum_of(result, codes, group, TOTAL) for group in ("phase_2", "phase_3"))
    if end is None or later is None:
        return None
    if set(result.frame["origin"]) == {"registered"}:
        count, n = later
        note = f"{number(count)} af {number(n)} ved opfølgningen."
        return KeyFigure(percent_of(count, n), what, "registered", note)
    if min(end[0] / end[1], later[0] / later[1]) > 0.5:
        return KeyFigure(
            "Over halvdelen", what, "published", f"{source} Ved afslutning og opfølgning."
        )
    return None


def findings(rating: Publishable, wellbeing: Publishable) -> Prose:
    """What citizens and caseworkers say, over all municipalities, at end and follow-up."""
    bases = [
        (rating, "siger selv, at de har fået det bedre"),
        (wellbeing, "trives ifølge sagsbehandlerne bedre"),
    ]
    sentences = []
    for result, what in bases:
        codes = POSITIVE[result.measure.code]
        end, later = (sum_of(result, codes, group, TOTAL) for group in ("phase_2", "phase_3"))
        if end and later:
            sentences.append(
                f"{fraction(end, 'borgere')} {what} ved afslutningen, og {fraction(later)} ved "
                "opfølgningen tre måneder efter."
            )
    if not sentences:
        return prose(unsaid(rating))
    if "constructed" in set(rating.frame["origin"]) | set(wellbeing.frame["origin"]):
        sentences = [
            "Hovedrapporten fortæller, at over halvdelen af borgerne havde fået det bedre, både efter "
            "deres eget og efter sagsbehandlernes udsagn (afsnit 1.1). Dens figurer er gået tabt. I de "
            "konstruerede tal, som her står i deres sted, ser det sådan ud:",
            *sentences,
        ]
    return prose(*sentences, of=rating)


def side_by_side(
    municipalities: Sequence[Municipality],
    wellbeing: Publishable,
    admin: Publishable,
    gain: Publishable,
    cases: Publishable,
) -> Block:
    """The municipalities side by side: model and result on one line each."""
    rows = []
    for one in municipalities:
        counted = sum_of(wellbeing, POSITIVE["wellbeing_change"], "phase_3", one.slug)
        answer = row(wellbeing, "positive", "phase_3", one.slug)
        sum_origin = (
            "registered" if one.is_registered else weakest([answer.origin, "reconstructed"])
        )
        carried = row(cases, "carried_out", municipality=one.slug)
        price = row(admin, "cost_per_case", municipality=one.slug)
        is_valued = one.slug in set(gain.frame["municipality"])
        total = row(gain, "total", municipality=one.slug) if is_valued else None
        rows.append(
            [
                one.short_name,
                with_origin(fraction(counted), sum_origin) if counted else "vises ikke",
                with_origin(kroner(price.value), price.origin),
                _gain(total),
                with_origin(number(carried.value), carried.origin),
                one.detection_focus,
            ]
        )
    return table(
        "side-om-side",
        [
            "Kommune",
            "Bedre trivsel i fase 3",
            "Omkostning pr. sag",
            "Gevinst pr. borger, tre år",
            "Forløb",
            "Fokus i opsporingen",
        ],
        rows,
        "Resultat, omfang og opsporing i hver kommune",
        "fs-compare",
    )


def _gain(total: Any) -> str:
    """A municipality's gain as a cell; None for one that has worked out no courses."""
    if total is None or total.n == 0:
        return "ikke opgjort"
    return with_origin(kroner(total.value), total.origin) if total.status == SHOWN else "skjult"


def with_origin(text: str, origin: str) -> Marked:
    """A cell's text with the label of its origin, which a table turns into a badge."""
    return Marked(f"{text} {LABELS[origin]}")
