"""The front page: what the handbook is, where its municipalities are, and a way in for each reader."""

from collections.abc import Sequence
from dataclasses import dataclass

from fremskudt.contract.municipality import Municipality
from fremskudt.presentation.blocks import Block
from fremskudt.presentation.denmark import fields, map_of
from fremskudt.presentation.prose.together import lead_text
from fremskudt.presentation.sentences import Prose, counted_or_named, lower_first
from fremskudt.presentation.text import safe_html

FEW = 12  # municipalities whose way of finding citizens is told beside the map
CAPTION = (
    "Kommunerne i håndbogen. Hvert felt er en af landets 98 kommuner, og alle er lige store. "
    "Felterne ligger omtrent, hvor kommunerne gør."
)


@dataclass(frozen=True)
class Way:
    """What a kind of reader wants to do, and the pages for it: (address, title)."""

    reader: str
    aim: str
    pages: tuple[tuple[str, str], ...]


WAYS = (
    Way(
        "Leder",
        "Skal vi gøre det her, og hvad kræver det?",
        (
            ("sammenligning.html", "Se resultater og økonomi i kommunerne"),
            ("vaelg-model.html", "Vælg en model, der passer til jer"),
            ("implementering.html", "Gå fra beslutning til første sag"),
        ),
    ),
    Way(
        "Sagsbehandler",
        "Hvordan møder jeg borgeren og holder sammen på sagen?",
        (
            ("metoden.html", "Læs metoden kort"),
            ("screening.html", "Brug screeningsskemaet"),
            ("arbejdsgang.html", "Følg arbejdsgangen trin for trin"),
        ),
    ),
    Way(
        "Analytiker",
        "Hvad kan tallene bære, og hvordan regner jeg på vores egne?",
        (
            ("sammenlign-selv.html", "Vælg selv kommuner, mål og fase"),
            ("saadan-regnes-oekonomien.html", "Se, hvordan økonomien er regnet"),
            ("koer-selv.html", "Kør håndbogen på egne tal"),
        ),
    ),
    Way(
        "Underviser",
        "Hvordan lærer jeg andre metoden på en dag?",
        (
            ("kursusdagen.html", "Tilrettelæg kursusdagen"),
            ("kurset.html", "Prøv de seks moduler"),
            ("kursus-ark.html", "Print ark til deltagerne"),
        ),
    ),
)


def opening(known: Sequence[Municipality]) -> Prose:
    """What the handbook is about, with a map of its municipalities and a list of the same."""
    on_map = [one for one in known if one.code in fields()]
    addresses = {one.slug: f"kommuner/{one.slug}/profil.html" for one in known}
    picture = (
        f'<figure class="fs-places-map">{map_of(known, addresses)}'
        f"<figcaption>{CAPTION}{_unmapped(known, on_map)}</figcaption></figure>"
    )
    return Prose(
        f'# Fremskudt sagsbehandling\n\n<div class="fs-hero">'
        f'<p class="fs-lead">{safe_html(lead_text(known))}</p>'
        f"{picture if on_map else ''}{_list(known, addresses)}</div>"
    )


def _unmapped(known: Sequence[Municipality], on_map: Sequence[Municipality]) -> str:
    """Who is not on the map, for their numbers are none of the 98."""
    absent = [one.short_name for one in known if one not in on_map]
    return f" Ikke på kortet: {safe_html(counted_or_named(absent))}." if absent else ""


def _list(known: Sequence[Municipality], addresses: dict[str, str]) -> str:
    """The map in words: a link to each profile and, while they are few, where its focus was."""
    is_short = len(known) <= FEW
    items = "".join(
        f'<li><a href="{safe_html(addresses[one.slug])}">{safe_html(one.short_name)}</a>'
        + (f" <span>{safe_html(lower_first(one.detection_focus))}</span>" if is_short else "")
        + "</li>"
        for one in known
    )
    label = "Kommunernes profiler"
    many = "" if is_short else " fs-places-many"
    return f'<nav class="fs-places{many}" aria-label="{label}"><ul>{items}</ul></nav>'


def ways_in() -> Block:
    """What a leader, a caseworker, an analyst and a trainer may want to do today."""
    html = "".join(
        f'<section class="fs-way"><h3>{one.reader}</h3><p>{one.aim}</p><ul>'
        + "".join(f'<li><a href="{address}">{title}</a></li>' for address, title in one.pages)
        + "</ul></section>"
        for one in WAYS
    )
    plain = "; ".join(f"{one.reader}: {', '.join(title for _, title in one.pages)}" for one in WAYS)
    return Block(f'<div class="fs-ways">{html}</div>', plain)
