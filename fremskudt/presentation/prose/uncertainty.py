"""How far the calculation carries: rules, prices and rate, ranges, and what it takes for zero."""

import datetime as dt
import math
from collections.abc import Sequence

from fremskudt.contract.constants import constant, read_constants
from fremskudt.contract.municipality import Municipality
from fremskudt.contract.price_index import PriceIndex
from fremskudt.contract.refunds import Period
from fremskudt.disclosure import SHOWN, Publishable
from fremskudt.presentation.blocks import Block, KeyFigure, key_figures, table
from fremskudt.presentation.cells import category_label, group_label
from fremskudt.presentation.numbers import chance, in_words, kroner, number, percent
from fremskudt.presentation.prose.economics import WHO
from fremskudt.presentation.sentences import (
    Prose,
    amount_of,
    listed,
    lower_first,
    prose,
    row,
    unsaid,
    upper_first,
)
from fremskudt.presentation.text import safe_markdown

NEVER = float("inf")


def key(
    admin: Publishable, gain: Publishable, simulated: Publishable, strength: Publishable
) -> Block:
    """The chapter in four numbers: cost, gain, its range when all estimates vary, what it takes."""
    cost, total = row(admin, "cost_per_case"), row(gain, "total")
    figures = [KeyFigure(kroner(cost.value), "netto pr. gennemført sag", cost.origin)]
    if total.status == SHOWN:
        word = "gevinst" if total.value >= 0 else "merudgift"
        figures.append(
            KeyFigure(
                kroner(abs(total.value)),
                f"samlet {word} pr. borger over tre år, som rapporten regner",
                total.origin,
                f"{upper_first(in_words(int(total.n)))} udvalgte borgere.",
            )
        )
    figures += nine_of_ten(simulated)
    least = row(strength, "total")
    if least.status == SHOWN and least.value != NEVER:
        figures.append(
            KeyFigure(
                percent(least.value, 1),
                "af den undgåede udgift skal være reel, for at det går lige op",
                least.origin,
            )
        )
    return key_figures(figures)


def nine_of_ten(simulated: Publishable) -> list[KeyFigure]:
    """The range of the gain when all estimates vary, as a key figure where it may be shown: a sum
    of likely estimates alone is read as a finding."""
    total = {s: row(simulated, "total", s) for s in ("p05", "median", "p95", "chance")}
    if any(one.status != SHOWN for one in total.values()):
        return []
    ends = f"{number(total['p05'].value)} til {kroner(total['p95'].value)}"
    return [
        KeyFigure(
            ends,
            "pr. borger i ni af ti gennemregninger, når alle skøn varierer",
            total["median"].origin,
            f"I midten {_gain(total['median'].value)}; gevinst i {chance(total['chance'].value)}.",
        )
    ]


def price_level(prices: PriceIndex, years: Sequence[int]) -> Prose:
    """Which year's kroner the amounts are in, and by which index they came there."""
    if not years:
        return Prose("")
    if prices.target is None:
        return prose(f"Alle beløb er i {years[0]}-priser og er ikke regnet om.")
    others = [str(year) for year in years if year != prices.target]
    if not others:
        return prose(f"Alle beløb er i {prices.target}-priser og er ikke regnet om.")
    factors = listed(
        [f"{year} ganges med {number(prices.factor(int(year)), 4)}" for year in others]
    )
    return prose(
        f"Beløbene er regnet om til {prices.target}-priser: {factors}.",
        f"Indekset er leveret af kommunen: {safe_markdown(prices.source)}.",
    )


def rate(discount_rate: float) -> Prose:
    """What discounting does, and which rate is used where."""
    source = read_constants()["discount_rate"].source
    own = discount_rate == constant("discount_rate")
    return prose(
        f"I resten af kapitlet er beløbene diskonteret med {percent(discount_rate, 1)} om året"
        + (f" ({source})." if own else ", som er valgt til denne kørsel."),
        "Med en rente på nul fås rapportens eget regnestykke.",
    )


def refund_rules(periods: Sequence[Period], known_until: dt.date, is_own: bool) -> Block | Prose:
    """The refund rules that the calculation has used: whose, from when, how much."""
    if not periods:
        return prose("Ingen ydelse følger en refusionsregel; andelene står på hver linje i data.")
    rows = [
        [
            period.label,
            _period(period),
            "; ".join(_step(step, len(period.steps)) for step in period.steps),
            period.source,
        ]
        for period in periods
    ]
    whose = "kommunens egne" if is_own else "håndbogens"
    caption = (
        f"Refusionsregler, som regnestykket bruger ({whose}, som de var kendt "
        f"{known_until.day}.{known_until.month}.{known_until.year})"
    )
    return table("refusionsregler", ["Ydelse", "Gælder", "Statens andel", "Kilde"], rows, caption)


def _period(period: Period) -> str:
    begin = f"{period.valid_from:%d.%m.%Y}"
    return f"fra {begin}" if period.is_open else f"{begin}–{period.valid_to:%d.%m.%Y}"


def _step(step: tuple[float, float, float], steps: int) -> str:
    """ "80 % i uge 1–4": weeks as people count them."""
    begin, end, share = step
    if steps == 1:
        return percent(share)
    if end == NEVER:
        return f"{percent(share)} fra uge {number(begin + 1)}"
    return f"{percent(share)} i uge {number(begin + 1)}–{number(end)}"


def assumptions(published: Publishable, prices: PriceIndex, years: Sequence[int]) -> Prose:
    """How the total moves with discounting and with what the report leaves out."""
    totals = {
        one.group: one
        for one in published.frame.itertuples()
        if one.category == "total" and one.status == SHOWN
    }
    if "report" not in totals:
        return prose(unsaid(published))
    most = max(totals.values(), key=lambda one: one.value)
    least = min(totals.values(), key=lambda one: one.value)
    names = {group: lower_first(group_label(published, group)) for group in totals}
    return prose(
        f"Den samlede gevinst pr. borger går fra {kroner(least.value)} ({names[least.group]}) "
        f"til {kroner(most.value)} ({names[most.group]}).",
        "Indkomstskat og ordinær sagsbehandling er slået fra i alle andre tal på siden, og begge tillæg "
        "er øvre grænser: Ikke alle uden ydelse er i arbejde, og ordinær sagsbehandling er kun lagt til "
        "uden indsatsen.",
        _additions_price(prices, years),
        of=published,
    )


def _additions_price(prices: PriceIndex, years: Sequence[int]) -> str:
    """That the additions stand at another price level than the rest, where they do."""
    year = int(read_constants()["earnings_dkk_per_month"].price_year)
    shown = prices.target or years[0]
    if shown == year or {year, shown} <= set(prices.index):
        return ""
    return f"De to tillæg bygger på {year}-priser og er ikke regnet om."


def simulated(published: Publishable, draws: int) -> Prose:
    """The chance of a gain and the range of the total, in words; negative as plainly as positive."""
    total = {s: row(published, "total", s) for s in ("p05", "median", "p95", "chance")}
    if any(one.status != SHOWN for one in total.values()):
        return prose(unsaid(published))
    low, middle, high = (total[s].value for s in ("p05", "median", "p95"))
    chances = [
        f"{WHO[p]} får en gevinst i {chance(row(published, p, 'chance').value)}"
        for p in WHO
        if row(published, p, "chance").status == SHOWN
        and (row(published, p, "p05").value or row(published, p, "p95").value)
    ]
    return prose(
        f"I {number(draws)} gennemregninger, hvor alle skøn varierer inden for deres grænser, er der en "
        f"samlet gevinst i {chance(total['chance'].value)}.",
        f"Midt i fordelingen ligger {_gain(middle)} pr. borger, og ni af ti gennemregninger ligger "
        f"mellem {kroner(low)} og {kroner(high)}",
        f"{upper_first(listed(chances))}." if chances else "",
        of=published,
    )


def _gain(value: float) -> str:
    return f"en gevinst på {kroner(value)}" if value >= 0 else f"en merudgift på {kroner(-value)}"


def favourable(published: Publishable, likely: Publishable) -> Prose:
    """That the likely sum is nearly the best case, when it is, and why."""
    point, above = row(likely, "total", "discounted"), row(published, "total", "above")
    if point.status != SHOWN or above.status != SHOWN or above.value >= 0.5:
        return Prose("")
    return prose(
        f"Udgangspunktet med alle sandsynlige skøn, {kroner(point.value)}, ligger i den gunstige ende: "
        f"{upper_first(chance(above.value))} af gennemregningerne giver mere. Det undgåede kan kun blive "
        "mindre end fuldt ud, og de fleste skøn uden indsatsen kan falde mere, end de kan stige.",
        of=published,
    )


def few_citizens(published: Publishable) -> Prose:
    """The uncertainty that comes from having few citizens, with its interval."""
    mean = row(published, "mean")
    if mean.status != SHOWN:
        return prose(unsaid(published))
    n = in_words(int(mean.n))
    ends = {one.category: one.value for one in published.frame.itertuples()}
    if "low" not in ends:
        return prose(
            f"Gennemsnittet bygger på {n} borgere. Et interval vises ikke, fordi det ville røbe "
            "de enkelte borgeres tal."
        )
    return prose(
        f"Dertil kommer, at der kun er {n} udvalgte borgere. Trækkes de om igen og om igen med "
        f"tilbagelægning, ligger gennemsnittet mellem {kroner(ends['low'])} og {kroner(ends['high'])} "
        "(95 %-interval, bootstrap).",
        "Med så få borgere er et sådant interval for smalt, og det siger intet om borgere, der ikke "
        "blev valgt ud. De to slags usikkerhed er ikke lagt sammen.",
        of=published,
    )


def most_important(published: Publishable) -> Prose:
    """The two assumptions that move the total most, and whether any turns its sign."""
    shown = published.frame[published.frame["status"] == SHOWN]
    if shown.empty:
        return prose(unsaid(published))
    codes = list(dict.fromkeys(shown["category"]))
    names = {code: f"”{category_label(published, code)}”" for code in codes}
    signs = shown.groupby("category")["value"].agg(["min", "max"])
    turning = [names[c] for c in codes if signs.loc[c, "min"] < 0 < signs.loc[c, "max"]]
    largest = listed([names[c] for c in codes[:2]])
    if published.is_protected:
        first = f"Af de skøn, der kan vises, betyder disse mest: {largest}."
        none = "Ingen af de viste skøn kan alene vende fortegnet inden for de valgte grænser."
    else:
        first = f"Disse skøn betyder mest: {largest}."
        none = "Inden for de valgte grænser kan ingen af skønnene alene vende fortegnet."
    verdict = (
        f"I den ene ende giver {listed(turning)} en merudgift, i den anden en gevinst."
        if turning
        else none
    )
    return prose(first, verdict, unsaid(published), of=published)


def break_even(strength: Publishable, cases: Publishable, carried_out: float) -> Prose:
    """What must be right for the gain to be zero, in total and for the municipality."""
    shares = {o.category: o.value for o in strength.frame.itertuples() if o.status == SHOWN}
    if "total" not in shares:
        return prose(unsaid(strength))
    parts = [
        f"For {whose} {_strength_text(shares[payer])}"
        for payer, whose in (("total", "alle betalere tilsammen"), ("municipality", "kommunen"))
        if payer in shares
    ]
    needed = {o.category: o.value for o in cases.frame.itertuples() if o.status == SHOWN}
    return prose(*parts, _cases_text(needed, carried_out), of=strength)


def _strength_text(share: float) -> str:
    if share == NEVER:
        return "er der en merudgift, selv om hele den undgåede udgift er reel."
    if share == 0:
        return "er der ingen merudgift, uanset hvor lidt af den undgåede udgift der er reel."
    return f"går regnestykket op, når {percent(share, 1)} af den undgåede udgift er reel."


def _cases_text(needed: dict[str, float], carried_out: float) -> str:
    total = needed.get("total", NEVER)
    if total == NEVER:
        return ""
    return (
        "Undgår indsatsen det skønnede i nogle sager og intet i resten, skal den lykkes i mindst "
        f"{number(math.ceil(total - 1e-9))} af de {number(carried_out)} sager, hvis de ellers "
        "koster som de udvalgtes."
    )


def selected(published: Publishable) -> Prose:
    """Where the selected citizens differ most from the other cases."""
    frame = published.frame.rename(columns={"count": "count_"})
    shown = frame[(frame["status"] == SHOWN) & (frame["n"] > 0)]
    wide = shown.pivot(index="category", columns="group", values="share").dropna()
    if wide.empty or not {"selected", "others"} <= set(wide.columns):
        return prose(unsaid(published), of=published)
    code = str((wide["selected"] - wide["others"]).abs().idxmax())
    chosen, others = (row(published, code, group) for group in ("selected", "others"))
    if chosen.share == others.share and published.is_protected:
        return prose(unsaid(published), of=published)
    if chosen.share == others.share:
        return prose("De udvalgte og de øvrige sager er fordelt ens.", of=published)
    label = lower_first(category_label(published, code))
    first = "Forskellen er størst ved"
    if published.is_protected:
        first = "Af det, der kan vises, er forskellen størst ved"
    return prose(
        f"{first} *{label}*: {amount_of(chosen)} blandt de udvalgte mod "
        f"{amount_of(others)} blandt de øvrige.",
        unsaid(published),
        of=published,
    )


def left_out(municipality: Municipality) -> Prose:
    """What the demonstration's trajectories leave out besides what the report does."""
    if municipality.is_registered:
        return Prose("")
    return prose(
        "I demonstrationens forløb er kommunal medfinansiering af sundhedsudgifter ikke regnet med; den "
        "ville flytte en del af regionens gevinst til kommunen. Kontanthjælpsreformen fra 2014 er heller "
        "ikke med."
    )
