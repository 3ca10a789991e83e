"""The municipalities side by side: the paragraphs of the comparison and of the front page."""

from collections.abc import Iterable, Sequence

from fremskudt.contract.municipality import Municipality
from fremskudt.contract.origins import WEAKEST_FIRST, weakest
from fremskudt.disclosure import SHOWN, Publishable
from fremskudt.presentation.blocks import Block, KeyFigure, badge, cards, key_figures, table
from fremskudt.presentation.cells import place_label, rows_of
from fremskudt.presentation.numbers import in_words, kroner, number, percent_of
from fremskudt.presentation.prose.outcomes import POSITIVE
from fremskudt.presentation.prose.profile import payer_origin
from fremskudt.presentation.sentences import (
    Prose,
    fraction,
    label,
    listed,
    prose,
    row,
    shown,
    sum_of,
    unsaid,
)

ONLY = TOTAL = "all"


def places(result: Publishable) -> list[str]:
    """The municipalities of a table, without their sum."""
    return [place for place in dict.fromkeys(result.frame["municipality"]) if place != TOTAL]


def most(result: Publishable, categories: Sequence[str], what: str, group: str = ONLY) -> Prose:
    """Where a share is largest and smallest: computed from the shown cells, with n."""
    found = []
    for place in places(result):
        counted = sum_of(result, categories, group, place)
        if counted:
            found.append((counted[0] / counted[1], place_label(result, place), fraction(counted)))
    if len(found) < 2:
        return prose(unsaid(result))
    found.sort(reverse=True)
    high, low = found[0], found[-1]
    if high[0] == low[0]:
        return prose(f"{what} er andelen den samme i alle kommuner: {high[2]}.")
    return prose(
        f"{what} er andelen størst i {high[1]} ({high[2]}) og mindst i {low[1]} ({low[2]}).",
        unsaid(result),
    )


def together(result: Publishable, categories: Sequence[str], what: str, group: str = ONLY) -> Prose:
    """The share over all municipalities."""
    counted = sum_of(result, categories, group, TOTAL)
    return prose(f"{what}: {fraction(counted)}." if counted else "")


def leading_role(result: Publishable) -> Prose:
    """The most frequent role in each municipality and over all."""
    parts = []
    for place in places(result):
        found = [one for one in shown(result, ONLY, place) if one.count_]
        if found:
            top = [one for one in found if one.count_ == found[0].count_]
            names = listed([label(result, one.category) for one in top])
            parts.append(f"{names} i {place_label(result, place)}")
    found = [one for one in shown(result, ONLY, TOTAL) if one.count_]
    names = [
        f"{label(result, one.category)} ({fraction((one.count_, one.n))})" for one in found[:3]
    ]
    return prose(
        f"På tværs af kommunerne er rollen oftest {listed(names)}." if names else "",
        f"Den hyppigste rolle er {listed(parts)}." if parts else "",
        unsaid(result),
    )


def costs(result: Publishable) -> Prose:
    found = sorted((one for one in rows_of(result) if one.status == SHOWN), key=lambda one: one.value)
    if len(found) < 2:
        return prose()
    low, high = found[0], found[-1]
    return prose(
        f"En sag er billigst i {place_label(result, low.municipality)} ({kroner(low.value)}) og dyrest i "
        f"{place_label(result, high.municipality)} ({kroner(high.value)}).",
        "Forskellen hænger ifølge hovedrapporten sammen med antallet af sager og med, hvor sammensatte de er.",
    )


def gains(result: Publishable) -> Prose:
    """Who gains and who pays more, over municipalities."""
    totals = [one for one in rows_of(result) if one.category == "total" and one.status == SHOWN]
    if not totals:
        return prose(unsaid(result))
    winners = [one for one in totals if one.value > 0]
    largest = max(totals, key=lambda one: one.value)
    losers = [
        place_label(result, one.municipality)
        for one in rows_of(result)
        if one.category == "state" and one.status == SHOWN and one.value < 0
    ]
    everyone = "alle" if len(winners) == len(totals) else in_words(len(winners))
    return prose(
        f"Regnestykket giver en samlet gevinst i {everyone} {'' if everyone == 'alle' else f'af {in_words(len(totals))} '}kommuner; "
        f"størst i {place_label(result, largest.municipality)} med {kroner(largest.value)} pr. borger.",
        f"Staten får en merudgift i {listed(losers)}." if losers else "",
        "Bag hvert gennemsnit står fem eller seks udvalgte borgere.",
    )


def front_key(
    municipalities: Sequence[Municipality],
    rating: Publishable,
    wellbeing: Publishable,
    admin: Publishable,
) -> Block:
    """The front page's key figures over all municipalities."""
    carried = sum(one.carried_out_cases for one in municipalities)
    origins = {one.origin for one in municipalities}
    figures = [
        KeyFigure(
            number(carried),
            "gennemførte forløb",
            "registered" if origins == {"registered"} else "constructed",
            f"{in_words(len(municipalities)).capitalize()} kommuner.",
        )
    ]
    for result, what in ((rating, "har det bedre, siger borgerne selv ved opfølgningen"), (wellbeing, "trives bedre ved opfølgningen ifølge sagsbehandlerne")):
        codes = POSITIVE[result.measure.code]
        counted = sum_of(result, codes, "phase_3", TOTAL)
        if counted:
            figures.append(
                KeyFigure(
                    percent_of(*counted),
                    what,
                    row(result, codes[0], "phase_3", TOTAL).origin,
                    f"{number(counted[0])} af {number(counted[1])}.",
                )
            )
    prices = [one for one in rows_of(admin) if one.category == "cost_per_case"]
    low, high = (pick(prices, key=lambda one: one.value) for pick in (min, max))
    figures.append(
        KeyFigure(
            f"{number(low.value)}–{kroner(high.value)}" if low != high else kroner(low.value),
            "netto pr. sag",
            weakest([low.origin, high.origin]),
            f"Fra {place_label(admin, low.municipality)} til {place_label(admin, high.municipality)}.",
        )
    )
    return key_figures(figures)


def findings(rating: Publishable, wellbeing: Publishable) -> Prose:
    """What citizens and caseworkers say, over all municipalities, at end and follow-up."""
    sentences = []
    for result, who in ((rating, "Borgerne selv"), (wellbeing, "Sagsbehandlerne")):
        codes = POSITIVE[result.measure.code]
        end, later = (sum_of(result, codes, group, TOTAL) for group in ("phase_2", "phase_3"))
        if end and later:
            what = "fået det bedre" if result is rating else "fået en bedre trivsel"
            sentences.append(
                f"{who} siger, at {fraction(end)} har {what} ved afslutningen og {fraction(later)} "
                "ved opfølgningen tre måneder efter."
            )
    return prose(*sentences) if sentences else prose(unsaid(rating))


def side_by_side(
    municipalities: Sequence[Municipality],
    wellbeing: Publishable,
    admin: Publishable,
    gain: Publishable,
) -> Block:
    """The municipalities side by side: model and result on one line each."""
    rows = []
    for one in municipalities:
        counted = sum_of(wellbeing, POSITIVE["wellbeing_change"], "phase_3", one.slug)
        price = row(admin, "cost_per_case", municipality=one.slug)
        total = row(gain, "total", municipality=one.slug)
        rows.append(
            [
                one.short_name,
                one.detection_focus,
                number(one.carried_out_cases),
                fraction(counted) if counted else "vises ikke",
                kroner(price.value),
                kroner(total.value) if total.status == SHOWN else "skjult",
            ]
        )
    return table(
        "side-om-side",
        [
            "Kommune",
            "Fokus i opsporingen",
            "Forløb",
            "Bedre trivsel i fase 3",
            "Pris pr. sag",
            "Gevinst pr. borger, tre år",
        ],
        rows,
        "Kommunerne side om side",
        "fs-compare",
    )


def front_origin(wellbeing: Publishable, admin: Publishable, gain: Publishable) -> Block:
    """Where the columns of the table above come from."""
    price = admin.where(category="cost_per_case")
    phase_3 = wellbeing.without(municipality=TOTAL).where(group="phase_3")
    parts = [
        f"bedre trivsel {_badges(phase_3.frame['origin'])}",
        f"pris pr. sag {_badges(price.frame['origin'])}",
        f"gevinst pr. borger {badge(payer_origin(gain))}",
    ]
    text = "Oprindelse: " + ", ".join(parts)
    return Block(f'<p class="fs-meta">{text}</p>', "Oprindelse")


def _badges(origins: Iterable[str]) -> str:
    return " ".join(badge(code) for code in sorted(set(origins), key=WEAKEST_FIRST.index))


def ways_in() -> Block:
    return cards(
        (
            ("sammenligning.html", "Sammenlign kommunerne", "Rapporternes figurer 1–11 og tabel 12, regnet efter"),
            ("metoden.html", "Metoden kort", "Hvad fremskudt sagsbehandling er, og hvad det kræver"),
            ("laesevejledning.html", "Sådan læses kapitlerne", "Andele, intervaller, små tal og ingen kontrolgruppe"),
            ("om-softwaren.html", "Kør den på egne tal", "To kommandoer; data forlader ikke kommunen"),
        )
    )


def municipality_cards(municipalities: Sequence[Municipality]) -> Block:
    return cards(
        [
            (f"kommuner/{one.slug}/profil.html", one.name, one.detection_focus)
            for one in municipalities
        ]
    )

