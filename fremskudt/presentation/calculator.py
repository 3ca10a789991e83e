"""The calculator of a municipality's page: other numbers of cases, costs, strengths and rates.

The block is a table of the municipality's own numbers. On the page `book/_static/calculator.js`
shows the inputs and calculates again from the same published rows, which the block carries as
JSON together with the words. A browser test holds the script against `calculated_gain`.
"""

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from fremskudt.analysis.economics.assumptions import REPORT
from fremskudt.analysis.economics.calculator import ADDED, AVOIDED, RATES, calculated_gain
from fremskudt.contract.constants import constant
from fremskudt.contract.scales import scale
from fremskudt.disclosure import HIDDEN, Publishable
from fremskudt.presentation.blocks import Block, badge, badges
from fremskudt.presentation.cells import category_label, origin_labels, place_label
from fremskudt.presentation.numbers import NBSP, in_words, kroner, number, percent, rounded
from fremskudt.presentation.prose.economics import WHO
from fremskudt.presentation.sentences import constructed_mark, listed, row, upper_first
from fremskudt.presentation.text import safe_html

TOTAL = "total"
PAYERS = scale("payer").codes
STRENGTH, RATE = 100 * REPORT.counterfactual_strength, 100 * REPORT.discount_rate
# What the script says too; both sides fill in the {names}.
WORDS = {
    "one_case": f"{{n}}{NBSP}sag",
    "cases": f"{{n}}{NBSP}sager",
    "kroner": f"{{n}}{NBSP}kr.",
    "percent": f"{{n}}{NBSP}%",
    "settings": "{cases} · {cost} pr. sag · {share} af den undgåede udgift er reel · rente {rate}",
    "gain": "Går {cases} som de udvalgtes, er der en beregnet gevinst på {amount} over tre år",
    "loss": "Går {cases} som de udvalgtes, er der en beregnet merudgift på {amount} over tre år",
    "even": "Går {cases} som de udvalgtes, er der hverken gevinst eller merudgift over tre år",
    "both": "{gainers} får en gevinst, og {payers} får en merudgift",
    "only_gain": "{gainers} får en gevinst, og ingen får en merudgift",
    "only_loss": "{payers} får en merudgift, og ingen får en gevinst",
    "zero_at": "Gevinsten er nul, når {share} af den undgåede udgift er reel.",
    "zero_never": "Gevinsten når ikke op på nul, selv om hele den undgåede udgift er reel.",
    "zero_always": "Der er ingen samlet merudgift, uanset hvor lidt af udgiften der er reel.",
    "is_gain": "gevinst",
    "is_loss": "merudgift",
    "is_zero": "nul",
    "and": " og ",
    "corrected": "Skriv {rule}. Feltet har nu {value}",
}
LABELS = {
    "cases": ("Antal sager", "sager"),
    "cost": ("Omkostning pr. sag", "kr."),
    "strength": ("Undgået udgift, der er reel", "%"),
    "rate": ("Diskonteringsrente", "%"),
}
HINTS = {
    "cases": "Kapitlet regner med {start}.",
    "cost": f"Kapitlet regner med {{start}}{NBSP}kr.",
    "strength": f"Ved {{high}}{NBSP}% var hele udgiften kommet uden fremskudt sagsbehandling.",
    "rate": "Så meget mindre tæller en krone for hvert år, den ligger ude i fremtiden.",
}
RULES = {
    "cases": "et helt tal fra {low} til {high}",
    "cost": "hele kroner fra {low} til {high}",
    "strength": "hele procent fra {low} til {high}",
    "rate": "hele eller halve procent fra {low} til {high}",
    "few_rates": "enten {low} eller {high}",
}
STATIC = "Her står kapitlets tal. Med JavaScript kan du ændre dem på håndbogens side."
ASSUMED = (
    "Regnestykket forudsætter, at alle sager i gennemsnit går som de {citizens} udvalgte borgeres. "
    "De er få og valgt af sagsbehandlerne. Kommunen betaler omkostningen pr. sag; den træder i "
    "stedet for prisen på fremskudt sagsbehandling i de udvalgte forløb og diskonteres ikke."
)
HIDDEN_ROWS = (
    "Regnemaskinen kan ikke vises for {place}. Den deler beløbene op efter, hvem der betaler, og "
    "bag et af dem er der færre end {threshold} borgere. Så få kan blive genkendt."
)
NOBODY = "Regnemaskinen kan ikke vises for {place}, for der er ingen udvalgte borgere."


@dataclass(frozen=True)
class Entry:
    """One number that the reader can change: `step` is the field's, `slide` the slider's."""

    key: str
    start: float
    low: float
    high: float
    step: float = 1
    slide: float = 1

    def said(self, text: str) -> str:
        """A hint or rule with the numbers in it."""
        numbers = {name: digits(getattr(self, name)) for name in ("start", "low", "high")}
        return text.format(**numbers)

    @property
    def rule(self) -> str:
        return self.said(RULES["few_rates" if self.low + self.step == self.high else self.key])


def calculator(table: Publishable, admin: Publishable, name: str = "regnemaskine") -> Block:
    """The calculator of one municipality, from its `calculator` and `administrative_cost`.

    When a row is hidden the block says why there is no calculator. ValueError when the table
    is about several municipalities.
    """
    places = list(dict.fromkeys(table.frame["municipality"]))
    if len(places) != 1:
        raise ValueError(f"a calculator is about one municipality, not {len(places)}")
    place = place_label(table, places[0])
    is_hidden, citizens = (table.frame["status"] == HIDDEN).any(), table.frame["n"].max()
    if is_hidden or not citizens:
        why = HIDDEN_ROWS if is_hidden else NOBODY
        text = why.format(place=place, threshold=table.thresholds.get(places[0]))
        return Block(f'<aside class="fs-callout"><p>{safe_html(text)}</p></aside>', text)
    key = re.sub(r"[^a-z0-9]+", "-", f"{name}-{places[0]}".lower())
    entries = _entries(table, admin)
    cases, cost, strength, rate = (entry.start for entry in entries)
    gain = gains(table, cases, cost, strength, rate)
    said, zero = verdict(gain, cases), break_even(table, cost, rate)
    html = [
        f'<div class="fs-calculator" id="{key}" role="group" aria-labelledby="{key}-title">',
        f'<p class="fs-title" id="{key}-title">Regn med andre tal for {safe_html(place)}</p>',
        f'<p class="fs-calc-static">{STATIC}</p>',
        _inputs(key, entries),
        f'<p class="fs-calc-verdict"><span data-say="verdict">{safe_html(said)}</span> '
        f"{constructed_mark(table)}</p>",
        _table(table, gain, entries),
        '<p class="fs-calc-key" hidden>Den tykke streg viser kapitlets tal.</p>',
        f'<p data-say="zero">{safe_html(zero)}</p>',
        f'<p class="fs-note">{safe_html(ASSUMED.format(citizens=in_words(int(citizens))))}</p>',
        f'<p class="fs-meta">Udgangspunktets oprindelse: {_origins(table, admin)}</p>',
        '<p class="visually-hidden" role="status"></p>',
        f'<script type="application/json">{_data(table, entries)}</script></div>',
    ]
    lines = [f"{category_label(table, payer)}: {kroner(value)}" for payer, value in gain.items()]
    return Block("\n".join(html), "\n".join([said, *lines, zero]))


def gains(
    table: Publishable, cases: float, cost: float, strength: float, rate: float
) -> dict[str, float]:
    """`calculated_gain` by payer and in total, with strength and rate in per cent."""
    found = calculated_gain(table.frame, cases, cost, strength / 100, rate / 100)
    return {str(payer): float(value) for payer, value in found.items()}


def verdict(gain: Mapping[str, float], cases: float) -> str:
    """Whether it pays in total, who gains and who pays: by what is left after rounding."""
    whole = {payer: rounded(value) for payer, value in gain.items()}
    total = whole[TOTAL]
    first = "gain" if total > 0 else "loss" if total < 0 else "even"
    text = WORDS[first].format(cases=_cases(cases), amount=kroner(abs(gain[TOTAL])))
    gainers = listed([WHO[payer] for payer in PAYERS if whole[payer] > 0])
    payers = listed([WHO[payer] for payer in PAYERS if whole[payer] < 0])
    if not gainers and not payers:
        return f"{text}."
    who = "both" if gainers and payers else "only_gain" if gainers else "only_loss"
    return f"{text}: {upper_first(WORDS[who].format(gainers=gainers, payers=payers))}."


def break_even(table: Publishable, cost: float, rate: float) -> str:
    """The strength s at which the total g(s) is zero: g is a line, so s = −g(0) / (g(1) − g(0))."""
    none, full = (gains(table, 1, cost, strength, rate)[TOTAL] for strength in (0, 100))
    if none >= 0:
        return WORDS["zero_always"]
    if full < 0:
        return WORDS["zero_never"]
    return WORDS["zero_at"].format(share=percent(-none / (full - none), 1))


def _entries(table: Publishable, admin: Publishable) -> list[Entry]:
    """Cases, cost, strength and rate, beginning with the municipality's own numbers."""
    own, cost = (float(rounded(row(admin, k).value)) for k in ("carried_out", "cost_per_case"))
    dearest = _ample(max(abs(cost), 1000))
    rates = list(_by_rate(table))
    rate = min(rates, key=lambda one: abs(one - 100 * constant("discount_rate")))
    return [
        Entry("cases", max(own, 1), 1, _ample(own)),
        Entry("cost", cost, -dearest if cost < 0 else 0, dearest, slide=dearest / 500),
        Entry("strength", STRENGTH, 0, 100),
        Entry("rate", rate, rates[0], rates[-1], *2 * [rates[1] - rates[0]]),
    ]


def _ample(own: float) -> float:
    """A round number of at least four times one's own: 1, 2, 2½ or 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(max(4 * own, 10)))
    return next(step * power for step in (1, 2, 2.5, 5, 10) if step * power >= 4 * own)


def _by_rate(table: Publishable) -> dict[float, list[list[float]]]:
    """Avoided and added kroner by payer for every rate in per cent, in the order of the rates."""
    values = table.frame.set_index(["group", "category"])["value"]
    kinds = (AVOIDED, ADDED)
    return {
        float(rounded(100 * rate, 4)): [
            [float(values[f"{kind}:{rate:g}", payer]) for payer in PAYERS] for kind in kinds
        ]
        for rate in RATES
        if (f"{AVOIDED}:{rate:g}", PAYERS[0]) in values
    }


def _data(table: Publishable, entries: Sequence[Entry]) -> str:
    """What the script needs, as JSON that cannot end the element it stands in."""
    data = {
        "payers": PAYERS,
        "who": {payer: WHO[payer] for payer in PAYERS},
        "rates": {f"{rate:g}": values for rate, values in _by_rate(table).items()},
        "entries": {one.key: {**asdict(one), "rule": one.rule} for one in entries},
        "report": {"strength": STRENGTH, "rate": RATE},
        "words": WORDS,
    }
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _inputs(key: str, entries: Sequence[Entry]) -> str:
    """The fields and sliders; hidden until the script makes them work."""
    fields = "\n".join(_field(f"{key}-{one.key}", one) for one in entries)
    return (
        f'<div class="fs-calc-inputs" hidden>\n{fields}\n<p class="fs-calc-buttons">'
        '<button type="button" data-reset>Tilbage til kapitlets tal</button> '
        '<button type="button" data-report>Som rapporten regner</button></p>\n</div>'
    )


def _field(key: str, one: Entry) -> str:
    label, unit = LABELS[one.key]
    return (
        f'<div class="fs-calc-field" data-entry="{one.key}">'
        f'<label id="{key}-label" for="{key}">{label}</label>'
        f'<span class="fs-calc-entry"><input type="text" id="{key}" inputmode="decimal" '
        f'autocomplete="off" spellcheck="false" value="{digits(one.start)}" '
        f'aria-describedby="{key}-hint {key}-error"> <span aria-hidden="true">{unit}</span></span>'
        f'<p class="fs-calc-hint" id="{key}-hint">{one.said(HINTS[one.key])}</p>'
        f'<input type="range" autocomplete="off" min="{one.low:g}" max="{one.high:g}" '
        f'step="{one.slide:g}" value="{one.start:.12g}" aria-labelledby="{key}-label" '
        f'aria-describedby="{key}-hint"><span class="fs-calc-ends" aria-hidden="true">'
        f"<span>{digits(one.low)}</span><span>{digits(one.high)}</span></span>"
        f'<p class="fs-calc-error" id="{key}-error" aria-live="polite"></p></div>'
    )


def _table(table: Publishable, gain: Mapping[str, float], entries: Sequence[Entry]) -> str:
    """The amounts by payer and in total; the roles keep it a table when a phone stacks it."""
    cases, cost, strength, rate = (one.start for one in entries)
    each = gains(table, 1, cost, strength, rate)
    settings = WORDS["settings"].format(
        cases=_cases(cases), cost=kroner(cost), share=_percent(strength), rate=_percent(rate)
    )
    cell = '<th scope="col" role="columnheader"'
    head = (
        f'{cell}>Betaler</th>{cell} class="fs-calc-axis" data-less="merudgift" '
        f'data-more="gevinst"><span>Gevinst eller merudgift</span></th>{cell} class="fs-num">'
        f'Pr. sag</th>{cell} class="fs-num" data-say="cases">{_cases(cases)}</th>'
    )
    body = "\n".join(
        f'<tr role="row" data-payer="{payer}"><th scope="row" role="rowheader">'
        f"{safe_html(category_label(table, payer))}</th>"
        f'<td role="cell" class="fs-calc-bar"><span data-say="sign">{_sign(gain[payer])}</span>'
        f'</td><td role="cell" class="fs-num" data-say="each">{kroner(each[payer])}</td>'
        f'<td role="cell" class="fs-num" data-say="all">{kroner(gain[payer])}</td></tr>'
        for payer in gain
    )
    return (
        '<table class="fs-table fs-calc-table" role="table"><caption>Nettogevinst over tre år '
        f'<span class="fs-subtitle" data-say="settings">{safe_html(settings)}</span></caption>'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>\n'
        f'<tbody role="rowgroup">\n{body}\n</tbody></table>'
    )


def _origins(table: Publishable, admin: Publishable) -> str:
    """Where the amounts come from, and the numbers that the calculator begins with."""
    cases, cost = (badge(row(admin, step).origin) for step in ("carried_out", "cost_per_case"))
    amounts = badges(code for code, _ in origin_labels(table))
    marks = {"beløb": amounts, "antal sager": cases, "omkostning pr. sag": cost}
    return " ".join(f"<span>{what} {origin}</span>" for what, origin in marks.items())


def digits(value: float) -> str:
    """A number as the fields show it: whole, or with one decimal."""
    return number(value, 0 if float(value).is_integer() else 1)


def _percent(value: float) -> str:
    return WORDS["percent"].format(n=digits(value))


def _cases(count: float) -> str:
    return WORDS["one_case" if count == 1 else "cases"].format(n=number(count))


def _sign(value: float) -> str:
    whole = rounded(value)
    return WORDS["is_gain" if whole > 0 else "is_loss" if whole < 0 else "is_zero"]
