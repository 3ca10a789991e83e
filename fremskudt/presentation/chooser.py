"""A comparison that the reader chooses: municipalities, measure and phase.

Every measure is a table of shares by municipality and phase, with 95 % intervals and with what
lies beyond the limits of a funnel around the common share. On the page `book/_static/chooser.js`
reads these tables and draws what the reader asks for; it knows no other numbers. A browser test
holds the script against `wilson` and `funnel.limits`.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fremskudt.analysis.funnel import LEVELS, standing
from fremskudt.disclosure import HIDDEN, SHOWN, Publishable
from fremskudt.presentation.blocks import Block, badges
from fremskudt.presentation.cells import cell_text, group_label, origin_labels, rows_of
from fremskudt.presentation.numbers import NBSP, number, percent, rounded
from fremskudt.presentation.numbers_file import download, tools
from fremskudt.presentation.text import safe_html

COMMON = "Alle med viste tal"
SEARCHED = 12  # municipalities that are found without a field to search in
# What the script says; it fills in the {names}.
WORDS = {
    "number_of": "{chosen} af {all} kommuner er valgt",
    "title": "{measure}, {phase}",
    "beyond": "uden for {level}-grænsen",
    "within": "inden for grænserne",
    "common": f"Alle kommuner med viste tal: {{share}}{NBSP}%",
    "hidden": "Ikke vist, fordi tallet er skjult eller bygger på for få svar: {names}.",
    "nobody": "Vælg mindst én kommune. Er en kommunes tal skjult, kan den ikke tegnes.",
    "and": " og ",
    "funnel": (
        "Tragtplot. Vandret: antal borgere. Lodret: andel. {count} kommuner, heraf {beyond} uden "
        "for 95 %-grænsen. Tallene står i tabellen under figuren."
    ),
    "citizens": "Antal borgere med svar",
    "limit": "{level}-grænse",
    "constructed": "Konstrueret",
    "files": "Hent eller citér tallene bag: alle kommuner og faser for dette mål",
    "percent": f"{{n}}{NBSP}%",
}
VIEWS = (("shares", "Andele med usikkerhed"), ("funnel", "Tragt: andel og antal borgere"))
ORDERS = (("name", "Alfabetisk"), ("value", "Efter andel"))
STATIC = (
    "Med JavaScript kan du her vælge kommuner, mål og fase og få dem tegnet. Uden står alle tal i "
    "tabellerne længere nede."
)
CAVEAT = (
    "<strong>Det er ikke en rangliste.</strong> Kommunerne havde hver sin målgruppe, og der var "
    "ingen kontrolgruppe. Hvor få har svaret, flytter én borger andelen meget. Når intervallerne "
    "overlapper, kan rækkefølgen være tilfældig."
)
SPREAD = (
    "Prikken er andelen, stregen dens 95 %-interval (Wilson). Den lodrette streg er andelen for "
    "alle kommuner med viste tal, også dem, du ikke har valgt. En åben prik bygger på "
    "konstruerede tal."
)
FUNNEL = (
    "Inden for tragten kan forskellen til den fælles andel være tilfældig. Grænserne er takkede, "
    "fordi borgere tælles hele. Kommunen selv er med i den fælles andel, og grænserne tager ikke "
    "højde for, at man ser på mange kommuner på én gang. En åben prik bygger på konstruerede tal."
)


@dataclass(frozen=True)
class Choice:
    """A measure to choose: its name on the page, its title, and the answers that count."""

    name: str
    title: str
    code: str
    answers: tuple[str, ...]


CHOICES = (
    Choice("trivsel", "Bedre trivsel", "wellbeing_change", ("very_positive", "positive")),
    Choice("maal", "Tættere på personlige mål", "goal_change", ("much_nearer", "nearer")),
    Choice("vurdering", "Har selv fået det bedre", "citizen_rating", ("much_better", "better")),
    Choice("hjem", "Intet behov for støtte i eget hjem", "support_home", ("none",)),
    Choice("oekonomi", "Intet behov for støtte til egen økonomi", "support_economy", ("none",)),
)


def chooser() -> Block:
    """The place where the reader chooses; the script fills it from the tables of the page."""
    words = json.dumps({**WORDS, "levels": LEVELS, "searched": SEARCHED}, ensure_ascii=False)
    html = [
        '<div class="fs-chooser">',
        f'<p class="fs-choose-static">{STATIC}</p>',
        '<div class="fs-choose-inputs" hidden>',
        _select("measure", "Hvad vil du sammenligne?", ()),
        _select("phase", "Hvornår?", ()),
        _select("view", "Hvordan skal det vises?", VIEWS),
        _select("order", "Rækkefølge", ORDERS),
        '<fieldset class="fs-choose-places"><legend>Kommuner</legend>'
        '<p class="fs-choose-tools"><label class="fs-choose-search" hidden>Find kommune '
        '<input type="search" autocomplete="off" spellcheck="false"></label> '
        '<button type="button" data-choose="all">Vælg alle</button> '
        '<button type="button" data-choose="none">Fravælg alle</button> '
        '<span class="fs-choose-count"></span></p><ul></ul></fieldset></div>',
        '<div class="fs-choose-result" hidden><p class="fs-title"></p>'
        '<p class="fs-choose-unit"></p>'
        '<aside class="fs-callout fs-caution" aria-label="Om rækkefølgen" hidden>'
        f'<p>{CAVEAT}</p></aside><div class="fs-choose-picture"></div>'
        '<table class="fs-table"><caption class="visually-hidden"></caption><thead><tr>'
        '<th scope="col">Kommune</th><th scope="col" class="fs-num">Andel</th>'
        '<th scope="col" class="fs-choose-axis"><span class="visually-hidden">Figur</span></th>'
        '<th scope="col" class="fs-num">95&nbsp;%-interval</th>'
        '<th scope="col" class="fs-choose-standing">I tragten</th></tr></thead>'
        "<tbody></tbody></table>"
        '<p class="fs-choose-hidden" hidden></p>'
        f'<p class="fs-note" data-view="shares">{SPREAD}</p>'
        f'<p class="fs-note" data-view="funnel">{FUNNEL}</p></div>',
        '<p class="visually-hidden" role="status"></p>',
        f'<script type="application/json">{_inert(words)}</script></div>',
    ]
    return Block("\n".join(html), STATIC)


def _inert(text: str) -> str:
    """JSON that cannot end the element it stands in."""
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _select(name: str, label: str, options: Sequence[tuple[str, str]]) -> str:
    inside = "".join(f'<option value="{value}">{text}</option>' for value, text in options)
    return (
        f'<label>{label}<select data-choose="{name}" autocomplete="off">{inside}</select></label>'
    )


def chosen_measure(choice: Choice, table: Publishable) -> Block:
    """A measure's shares by municipality and phase as a figure without a drawing.

    `table` is of `outcomes.by_phase` over municipalities, without their sum. What is not shown
    is told in words. The last line is all that is shown together, which anyone could add up.
    """
    joined = table.joined(choice.answers)
    places = sorted(
        set(joined.frame["municipality"]), key=lambda one: alphabetical(joined.names[one])
    )
    phases = list(dict.fromkeys(joined.frame["group"]))
    cells = {(one.municipality, one.group): one for one in rows_of(joined)}
    common = {phase: _common(joined, phase) for phase in phases}
    lines = [_line(joined, place, phases, cells, common) for place in places]
    head = "".join(
        f'<th scope="col">{safe_html(group_label(joined, phase))}</th>' for phase in phases
    )
    title, unit = safe_html(choice.title), safe_html(table.measure.question)
    origins = badges(code for code, _ in origin_labels(joined))
    html = [
        f'<figure class="fs-figure fs-choice" id="figur-valg-{choice.name}" '
        f'data-table="{joined.name}">',
        f'<figcaption><span class="fs-title">{title}</span> '
        f'<span class="fs-subtitle">{unit}</span>'
        "</figcaption>",
        f'<div class="fs-scroll" role="region" tabindex="0" aria-label="Tal: {title}">'
        f'<table class="fs-table fs-compare"><thead><tr><th scope="col">Kommune</th>{head}'
        '<th scope="col">Oprindelse</th></tr></thead><tbody>',
        *lines,
        f'</tbody><tfoot><tr><th scope="row">{COMMON}</th>'
        + "".join(f"<td>{_told(common[phase])}</td>" for phase in phases)
        + "<td></td></tr></tfoot></table></div>",
        f'<p class="fs-note">{_note(joined)}</p>' if _note(joined) else "",
        f'<p class="fs-meta">Jf. {safe_html(table.measure.source)} · Oprindelse: {origins}</p>',
        tools(download(joined, rows_of(joined), f"valg-{choice.name}")),
        "</figure>",
    ]
    plain = [f"{choice.title}: {joined.names[place]}" for place in places]
    return Block("\n".join(part for part in html if part), "\n".join(plain))


def alphabetical(name: str) -> list[int]:
    """The Danish alphabet: æ, ø, å last, whatever the machine's language."""
    letters = "abcdefghijklmnopqrstuvwxyzæøå"
    return [letters.find(sign) + 1 for sign in name.lower()]


def _common(table: Publishable, phase: str) -> tuple[int, int]:
    """Count and n of all that is shown in a phase."""
    rows = [one for one in rows_of(table) if one.group == phase and one.status == SHOWN]
    return int(sum(one.count_ for one in rows)), int(sum(one.n for one in rows))


def _told(counted: tuple[int, int]) -> str:
    count, n = counted
    return f"{number(count)} af {number(n)} ({percent(count / n)})" if n else "vises ikke"


def _line(table: Publishable, place: str, phases: Sequence[str], cells: Any, common: Any) -> str:
    """A municipality's cells, each with its interval and whether it lies beyond the funnel."""
    mine = [cells[place, phase] for phase in phases if (place, phase) in cells]
    inside = []
    for phase in phases:
        one = cells.get((place, phase))
        text = safe_html(cell_text(table, one)) if one else "–"
        if one and one.status == SHOWN:
            count, n = common[phase]
            level = standing(int(one.count_), int(one.n), count / n)
            ends = (number(float(rounded(100 * end))) for end in (one.lower, one.upper))
            text += f' <span class="fs-choice-more">({"–".join(ends)}{NBSP}%)</span>'
            text += f' <span class="fs-choice-more">{beyond(level)}</span>' if level else ""
        inside.append(f"<td>{text}</td>")
    labels = dict(origin_labels(table))
    marks = badges(code for code in labels if code in {one.origin for one in mine})
    name = safe_html(table.names[place])
    return f'<tr><th scope="row">{name}</th>{"".join(inside)}<td>{marks}</td></tr>'


def beyond(level: float) -> str:
    """ "uden for 99,8 %-grænsen"."""
    digits = 0 if math.isclose(100 * level, round(100 * level)) else 1
    return WORDS["beyond"].format(level=f"{number(100 * level, digits)}{NBSP}%")


def _note(table: Publishable) -> str:
    if not (table.frame["status"] == HIDDEN).any():
        return ""
    limits = sorted(set(table.thresholds.values()))
    few = " eller ".join(str(limit) for limit in limits)
    return f"Skjult: tal, der bygger på eller kan afsløre færre end {few} borgere."
