"""The profile page of a municipality: its model and its key figures."""

from fremskudt.contract.municipality import Municipality
from fremskudt.contract.origins import weakest
from fremskudt.disclosure import SHOWN, Publishable
from fremskudt.presentation.blocks import Block, KeyFigure, cards, key_figures
from fremskudt.presentation.denmark import fields, map_of
from fremskudt.presentation.numbers import kroner, number, percent_of
from fremskudt.presentation.prose.comparison import TRIAL
from fremskudt.presentation.prose.outcomes import POSITIVE
from fremskudt.presentation.prose.uncertainty import nine_of_ten
from fremskudt.presentation.sentences import Prose, ended, row, sum_of
from fremskudt.presentation.text import safe_html, safe_markdown

CHAPTERS = (
    ("borgerne.html", "Borgerne", "Hvem de var, hvordan de blev fundet, og hvem der faldt fra"),
    ("roller.html", "Roller og redskaber", "Hvad sagsbehandlerne gjorde, og hvor hurtigt"),
    ("udbytte.html", "Udbytte", "Støttebehov, trivsel og mål gennem de tre faser"),
    ("oekonomi.html", "Økonomi", "Omkostning pr. sag og tre års gevinst fordelt på betalere"),
)


def title(municipality: Municipality) -> Prose:
    return Prose(f"# {safe_markdown(municipality.name)}")


# Said of the page, and not of what it is printed with.
PRINTABLE = "Siden kan udskrives og lægges på bordet i et udvalg."


def opening(municipality: Municipality) -> Block:
    """What the page is, with the municipality's place on the map where it has one."""
    text = (
        f"Sådan arbejdede {municipality.short_name} med fremskudt sagsbehandling, og her er "
        f"hovedtallene. {PRINTABLE}"
    )
    is_on_map = municipality.code in fields()
    picture = f'<div class="fs-places-map">{map_of([municipality])}</div>' if is_on_map else ""
    return Block(
        f'<div class="fs-hero fs-hero-small"><p class="fs-lead">{safe_html(text)}</p>{picture}</div>',
        text,
    )


def source_line(municipality: Municipality) -> Prose:
    """Where the page's numbers come from and which period they cover, for who has only the paper."""
    first, last = municipality.period_start, municipality.period_end
    source = f" Kilde: {safe_markdown(ended(municipality.source))}" if municipality.source else ""
    origin = (
        "Kommunens egne registreringer."
        if municipality.is_registered
        else "Offentliggjorte, rekonstruerede og konstruerede tal; mærket ved hvert tal siger hvilket."
    )
    return Prose(
        f'<p class="fs-meta fs-source">{origin} Opgørelsesperiode '
        f"{first:%d.%m.%Y}–{last:%d.%m.%Y}.{source}</p>"
    )


def standing(municipality: Municipality) -> Block:
    """What kind of data the pages about a municipality rest on, before any number is read."""
    if municipality.is_registered:
        text = (
            "Tallene på siderne om kommunen bygger på kommunens egne registreringer. Tal, der bygger "
            f"på eller kan afsløre færre end {municipality.disclosure_threshold} borgere, er skjult "
            "eller lagt sammen."
        )
    else:
        text = (
            "Tallene er ikke kommunens egne registreringer, for de enkelte sager er ikke offentlige. "
            "Tal, som rapporterne trykker, er gengivet; resten er konstrueret, så det passer til rapporternes ord, "
            "og siger intet om virkelige borgere. Figurer og tabeller viser, hvad der er hvad."
        )
    return Block(
        f'<aside class="fs-callout fs-caution" aria-label="Om tallene">'
        f"<p>{text} Der var ingen kontrolgruppe.</p></aside>",
        text,
    )


def key(
    cases: Publishable,
    wellbeing: Publishable,
    admin: Publishable,
    gain: Publishable,
    simulated: Publishable,
) -> Block:
    """Cases, wellbeing at the follow-up, cost per case, net gain and its range when all estimates
    vary, as far as they are shown."""
    carried = row(cases, "carried_out")
    figures = [KeyFigure(number(carried.value), "gennemførte forløb", carried.origin)]
    positive = sum_of(wellbeing, POSITIVE["wellbeing_change"], "phase_3")
    if positive:
        count, n = positive
        rows = [row(wellbeing, code, "phase_3") for code in POSITIVE["wellbeing_change"]]
        origins = {one.origin for one in rows}
        # A sum is not printed even where its parts are.
        origin = "registered" if origins == {"registered"} else weakest([*origins, "reconstructed"])
        figures.append(
            KeyFigure(
                percent_of(count, n),
                "trives bedre ved opfølgningen ifølge sagsbehandlerne",
                origin,
                f"{number(count)} af {number(n)} borgere.",
            )
        )
    cost = row(admin, "cost_per_case")
    figures.append(KeyFigure(kroner(cost.value), "netto pr. gennemført sag", cost.origin))
    total = row(gain, "total")
    if total.status == SHOWN:
        word = "gevinst" if total.value >= 0 else "merudgift"
        figures.append(
            KeyFigure(
                kroner(abs(total.value)),
                f"samlet {word} pr. borger over tre år",
                total.origin,
                f"{number(total.n)} udvalgte borgere.",
            )
        )
        figures += nine_of_ten(simulated)
    return key_figures(figures)


def where_to(municipality: Municipality) -> Prose:
    """Where more is told: the four models of the trial, and all municipalities side by side."""
    beside = "kommunerne står side om side i [Sammenligningen](../../sammenligning)"
    if municipality.slug in TRIAL:
        return Prose(
            "Kommunens model er beskrevet nærmere sammen med de tre andre i "
            f"[De fire modeller](../../de-fire-modeller.md), og {beside}."
        )
    return Prose(
        "Hvordan kommunerne i afprøvningen 2011–2013 gjorde, står i "
        f"[De fire modeller](../../de-fire-modeller.md), og {beside}."
    )


def chapters() -> Block:
    return cards(CHAPTERS)
