"""Who got outreach casework: the paragraphs of the population chapter."""

from fremskudt.contract.municipality import Municipality
from fremskudt.disclosure import SHOWN, Publishable
from fremskudt.presentation.numbers import number
from fremskudt.presentation.sentences import (
    Prose,
    amount_of,
    constructed_mark,
    fraction,
    inside,
    known_first,
    label,
    listed,
    over_phases,
    prose,
    row,
    share_of,
    shown,
    sum_of,
    unsaid,
)
from fremskudt.presentation.text import safe_markdown

EVEN = 0.10
YOUNG = ("age_18_25", "age_26_35")


def title(municipality: Municipality) -> Prose:
    return Prose(f"# Borgerne i {safe_markdown(municipality.short_name)}")


def lead(municipality: Municipality) -> Prose:
    period = f"{municipality.period_start:%d.%m.%Y}–{municipality.period_end:%d.%m.%Y}"
    return Prose(
        f'<p class="fs-lead">Hvem fik fremskudt sagsbehandling i {safe_markdown(municipality.name)}, hvordan blev '
        f"de fundet, og hvor mange kunne følges hele vejen? Opgørelsesperiode {period}.</p>"
    )


def gender(table: Publishable) -> Prose:
    women, men = row(table, "woman"), row(table, "man")
    if women.status != SHOWN or men.status != SHOWN or not women.n:
        return prose(unsaid(table))
    gap = men.share - women.share
    word = "nogenlunde lige mange kvinder og mænd"
    if abs(gap) > EVEN:
        word = "flere mænd end kvinder" if gap > 0 else "flere kvinder end mænd"
    return prose(
        f"Der er {word}: {share_of(table, 'woman')} er kvinder, og "
        f"{share_of(table, 'man', with_unit=False)} er mænd.",
        unsaid(table),
        of=table,
    )


def age(table: Publishable) -> Prose:
    found = shown(table)
    if not found or not found[0].count_:
        return prose(unsaid(table))
    if table.is_protected:
        parts = [f"{label(table, one.category)} ({inside(one)})" for one in found if one.count_]
        return prose(known_first(table, "", parts), _under_36(table), unsaid(table), of=table)
    largest = f"Den største aldersgruppe er {label(table, found[0].category)} med {amount_of(found[0], table.measure.unit)}."
    if found[1:] and found[1].count_ == found[0].count_:
        tied = [label(table, f.category) for f in found if f.count_ == found[0].count_]
        largest = f"De største aldersgrupper er {listed(tied)} med hver {amount_of(found[0], table.measure.unit)}."
    return prose(largest, _under_36(table), unsaid(table), of=table)


def _under_36(table: Publishable) -> str:
    young = sum_of(table, YOUNG)
    return f"Under 36 år er {fraction(young)}." if young else ""


def target_group(table: Publishable) -> Prose:
    parts = [
        f"{amount_of(found, table.measure.unit)} hører til gruppen {label(table, found.category)}"
        for found in shown(table)
        if found.count_
    ]
    return prose(f"{listed(parts)}." if parts else "", unsaid(table), of=table)


def employment(table: Publishable) -> Prose:
    return prose(
        over_phases(table, ["unemployed"], "Arbejdsledige på kontanthjælp eller dagpenge er"),
        over_phases(table, ["education"], "Under uddannelse er"),
        over_phases(
            table, ["full_time", "part_time"], "I arbejde på fuld tid, deltid eller i fleksjob er"
        ),
        "Det er ikke de samme borgere i de tre faser, fordi nogle ikke er fulgt til ende.",
        unsaid(table),
        of=table,
    )


def psychiatry(table: Publishable) -> Prose:
    none = share_of(table, "none")
    contacts = [
        f"{label(table, found.category)} ({inside(found)})"
        for found in shown(table)
        if found.category not in ("none", "unknown") and found.count_
    ]
    return prose(
        f"{none} har ingen tidligere kontakt til psykiatrien." if none else "",
        known_first(table, "De hyppigste former for kontakt er", contacts),
        "En borger kan have haft flere former for kontakt, så andelene giver ikke 100 %.",
        unsaid(table),
        of=table,
    )


def referrer(table: Publishable) -> Prose:
    found = [one for one in shown(table) if one.count_]
    if not found:
        return prose(unsaid(table))
    parts = [f"{FROM[one.category]} ({inside(one)})" for one in found[:3]]
    if table.is_protected:
        return prose(f"Henvendelser kom blandt andet fra {listed(parts)}.", unsaid(table), of=table)
    return prose(
        f"Oftest kom henvendelsen fra {parts[0]}.",
        f"Dernæst fra {listed(parts[1:])}." if parts[1:] else "",
        unsaid(table),
        of=table,
    )


def contact(table: Publishable, cases: Publishable) -> Prose:
    monitored = row(cases, "monitored").value
    quick = row(table, "days_0_2")
    reported = (
        ""
        if quick.n != quick.n
        else (f"Begge datoer er oplyst for {number(quick.n)} af {number(monitored)} sager.")
    )
    return prose(
        reported,
        f"{share_of(table, 'days_0_2')} fik den første kontakt inden for to dage."
        if quick.status == SHOWN
        else "",
        unsaid(table),
        of=table,
    )


def case_numbers(table: Publishable, municipality: Municipality) -> Prose:
    values = {one.category: one.value for one in table.frame.itertuples()}
    carried, monitored = values["carried_out"], values["monitored"]
    expected = values.get("expected")
    is_made_up = "expected" in values and row(table, "expected").origin == "constructed"
    mark = f" {constructed_mark(table.where(category='expected'))}" if is_made_up else ""
    first = f"{safe_markdown(municipality.name)} gennemførte {number(carried)} forløb."
    if expected is not None:
        gap = carried - expected
        compared = (
            "netop så mange som ventet"
            if not gap
            else f"{number(abs(gap))} {'flere' if gap > 0 else 'færre'} end de {number(expected)}, der var ventet"
        )
        first = f"{safe_markdown(municipality.name)} gennemførte {number(carried)} forløb, {compared}.{mark}"
    gap = carried - monitored
    second = (
        f"{number(monitored)} af dem er registreret i monitoreringen, og det er dem, resten af kapitlet handler om."
        if gap > 0
        else "Alle er registreret i monitoreringen."
    )
    return prose(first, second)


def flow(table: Publishable) -> Prose:
    rows = {code: row(table, code) for code in ("phase_1", "phase_2", "phase_3")}
    if any(one.status != SHOWN for one in rows.values()):
        return prose(unsaid(table))
    first, second, third = (rows[code] for code in rows)
    lost = first.count_ - third.count_
    is_few = 0 < lost < max(table.thresholds.values(), default=0)
    followed = (
        f"{number(lost)} sager er altså ikke fulgt til ende." if lost else "Alle er fulgt til ende."
    )
    return prose(
        f"{number(first.count_)} sager er registreret ved opstart, {number(second.count_)} ved afslutning "
        f"og {number(third.count_)} ved opfølgningen tre måneder efter.",
        "" if is_few else followed,
        of=table,
    )


def retention(*tables: Publishable) -> Prose:
    """How the lost differ from the followed: one sentence a measure whose cells are shown."""
    sentences = []
    for table, category, what in zip(tables, RETAINED, RETAINED.values(), strict=False):
        stayed, lost = (sum_of(table, [category], group) for group in ("stayed", "lost"))
        if stayed and lost:
            sentences.append(
                f"{what}: {fraction(stayed)} blandt dem, der er fulgt, og {fraction(lost)} blandt de øvrige."
            )
    if not sentences:
        reasons = " ".join(dict.fromkeys(unsaid(table) for table in tables))
        return prose(reasons, "Derfor kan de, der er faldet fra, ikke sammenlignes med de øvrige.")
    return prose(
        *sentences,
        "Så små grupper kan være forskellige ved en tilfældighed; tabellen under figuren viser intervallerne.",
        of=tables[0],
    )


FROM = {
    "psychiatric_ward": "en psykiatrisk afdeling",
    "general_practitioner": "en praktiserende læge",
    "housing_association": "en boligforening",
    "municipal_unit": "en anden enhed i kommunen",
    "support_contact_person": "en støttekontaktperson",
    "education": "et uddannelsessted",
    "relative": "en pårørende",
    "citizen": "borgeren selv",
    "other": "andre",
}
RETAINED = {
    "woman": "Kvinder",
    "age_18_25": "I alderen 18–25 år",
    "none": "Uden støttebehov i eget hjem ved opstart",
}
