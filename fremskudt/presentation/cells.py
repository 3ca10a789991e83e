"""One row of a Publishable table in words: "7 af 11 (64 %)", "skjult", "for få svar"."""

import math
import re
from collections.abc import Sequence
from typing import Any

import pandas as pd

from fremskudt.contract.origins import LABELS, WEAKEST_FIRST
from fremskudt.contract.scales import scale
from fremskudt.contract.services import read_services
from fremskudt.disclosure import FEW, HIDDEN, Publishable
from fremskudt.presentation.numbers import NBSP, chance, kroner, number, percent, percent_of
from fremskudt.protection.tables import parts_of

TOTAL_LABEL = "I alt"
EXACT_SHARES = {"gain_distribution", "break_even"}
STEP_LABELS = {
    "own_minutes": "Minutter brugt på fremskudt sagsbehandling",
    "saved_minutes": "Minutter sparet andre steder",
    "own_fte": "Årsværk brugt på fremskudt sagsbehandling",
    "saved_fte": "Årsværk sparet andre steder",
    "own_cost": "Løn og overhead til fremskudt sagsbehandling",
    "saved_cost": "Sparet løn og overhead andre steder",
    "annual_salary_dkk": "Løn for et årsværk",
    "overhead_share": "Overhead oven på lønnen",
    "net_cost": "Nettoomkostning",
    "carried_out": "Gennemførte sager",
    "cost_per_case": "Omkostning pr. sag",
    "expected": "Ventede sager",
    "monitored": "Sager i monitoreringen",
    "complete": "Sager med alle tre faser",
}


def category_label(table: Publishable, category: str) -> str:
    """The Danish name of a category."""
    if category in table.labels:
        return table.labels[category]
    if category == "total":
        return TOTAL_LABEL
    if table.measure.code == "cost_by_cases":
        return f"{number(int(category))} {'sag' if category == '1' else 'sager'}"
    if table.measure.code == "gain_distribution":
        lower, upper = limits_of(category)
        return f"{number(lower)} til {kroner(upper)}"
    if table.measure.scale == "service":
        return read_services()[category].label
    if table.measure.scale:
        return merged_label(table.measure.scale, parts_of(category))
    return STEP_LABELS[category]


def merged_label(name: str, parts: Sequence[str]) -> str:
    """ "Positivt", "Meget positivt eller positivt", "Intet støttebehov til behov i større grad",
    "Uændret, negativt eller ved ikke", "18–35 år", "8 dage eller mere eller uoplyst"."""
    answers = [scale(name)[part] for part in parts]
    steps = [one.label for one in answers if not one.is_unknown]
    unknown = [one.label for one in answers if one.is_unknown]
    if len(steps) > 1 and (span := _span(steps[0], steps[-1])):
        steps = [span]
    if len(steps) > 2:
        steps = [f"{steps[0]} til {_inside(steps[-1])}"]
    first, *others = [*steps, *unknown]
    named = [first, *map(_inside, others)]
    return " eller ".join(filter(None, [", ".join(named[:-1]), named[-1]]))


BAND = re.compile(r"(\d+)(?:–(\d+))? (.+)")


def _span(first: str, last: str) -> str:
    """ "18–25 år" and "36–45 år" are "18–45 år"; "" where the labels are no bands."""
    begin, end = BAND.fullmatch(first), BAND.fullmatch(last)
    if not begin or not end:
        return ""
    return f"{begin[1]}–{end[2]} {end[3]}" if end[2] else f"{begin[1]} {end[3]}"


def _inside(label: str) -> str:
    return label[:1].lower() + label[1:]


def limits_of(band: str) -> tuple[float, float]:
    """The limits of a band "lower:upper"."""
    lower, upper = band.split(":")
    return float(lower), float(upper)


def group_label(table: Publishable, group: str) -> str:
    """The Danish name of a group; empty when the table is not grouped."""
    if group in table.labels:
        return table.labels[group]
    if table.measure.code == "cumulative_gain" and group.isdigit():
        return "Ved start" if group == "0" else f"Efter {in_months(int(group))}"
    return scale(table.group_scale).label(group) if table.group_scale else ""


def place_label(table: Publishable, municipality: str) -> str:
    """The municipality's short name, or "Alle" for the sum."""
    return table.names[municipality]


def cell_text(table: Publishable, row: Any) -> str:
    """A row's value as text, fit for a table, a label and a screen reader."""
    if row.status == HIDDEN:
        return "skjult"
    if row.status == FEW:
        return "for få svar"
    if table.unit == "count":
        if not row.n:
            return "ingen svar"
        text = f"{number(row.count_)} af {number(row.n)}"
        return text if table.measure.is_process else f"{text} ({percent_of(row.count_, row.n)})"
    return amount_text(table, row)


def amount_text(table: Publishable, row: Any) -> str:
    """An amount with its unit."""
    if pd.isna(row.value):
        return "skjult"
    if row.category.endswith("_fte"):
        return number(row.value, 2)
    if table.unit == "months":
        return payback_text(row.value)
    if math.isinf(row.value):
        return f"merudgift også ved 100{NBSP}%" if table.unit == "share" else "kan ikke nås"
    if {row.group, row.category} & {"chance", "above"}:
        return chance(row.value)
    if table.unit == "share" or row.category == "overhead_share":
        return percent(row.value, 1 if table.measure.code in EXACT_SHARES else 0)
    if table.unit == "number":
        return number(row.value, 1)
    if table.unit == "cases" or row.category in ("carried_out", "own_minutes", "saved_minutes"):
        return number(row.value)
    return kroner(row.value)


def payback_text(months: float) -> str:
    """When a payer has its money back: "7 måneder", and in words where it is no number."""
    if math.isinf(months):
        return "ikke inden for tre år"
    return in_months(round(months)) if months > 0 else "aldrig i underskud"


def in_months(count: int) -> str:
    """1 is "1 måned", 7 is "7 måneder"."""
    return f"{count} måned" if count == 1 else f"{count} måneder"


def interval_text(row: Any) -> str:
    """The 95 % interval of a share: "35–85 %"; empty where there is none."""
    if pd.isna(row.lower) or pd.isna(row.upper):
        return ""
    low, high = (number(limit * 100) for limit in (row.lower, row.upper))
    return f"{low}–{high}{NBSP}%"


def rows_of(table: Publishable) -> list[Any]:
    """The rows as named tuples; the column count is called count_ (tuples own `count`)."""
    return list(table.rows)


def visible_categories(table: Publishable) -> list[str]:
    """The categories worth a line: all steps of an ordered scale, else those that occur.

    A category that is zero in every shown group is left out of an unordered scale; one that
    is hidden anywhere stays.
    """
    rows = rows_of(table)
    categories = list(dict.fromkeys(row.category for row in rows))
    if table.unit != "count":
        return categories
    is_ordered = table.measure.scale in ORDERED
    occurs = {row.category for row in rows if row.count_ > 0 or row.status == HIDDEN}
    unknown = {a.code for a in scale(table.measure.scale).answers if a.is_unknown}
    found = [
        category
        for category in categories
        if category in occurs or (is_ordered and category not in unknown)
    ]
    # Groups can be merged differently: their pieces stand in the scale's order.
    order = scale(table.measure.scale).codes
    places = {one: [order.index(part) for part in parts_of(one)] for one in found}
    return sorted(found, key=lambda one: (places[one][0], places[one][-1]))


ORDERED = {
    "support_need",
    "wellbeing_change",
    "goal_change",
    "citizen_rating",
    "change",
    "agreement",
    "contact_days",
    "contact_deadline",
    "meeting_deadline",
    "phase",
    "tool",
}


def origin_labels(table: Publishable) -> list[tuple[str, str]]:
    """The origins that occur among the rows, strongest first, as (code, Danish label)."""
    found = set(table.frame["origin"])
    return [(code, LABELS[code]) for code in reversed(WEAKEST_FIRST) if code in found]


def answers_text(table: Publishable) -> str:
    """How many answers stand behind a table: "n = 11 borgere", or by group or municipality."""
    unit = table.measure.unit[1]
    if table.unit == "cases":
        return "Antal sager"
    if table.measure.code in ("admin_cost", "cost_by_cases"):
        return "Kroner pr. sag"
    if table.unit != "count":
        return _citizens_text(table)
    if has_several_places(table):
        return ""  # the chart names each n at its bar
    sizes: dict[str, float] = {}
    for row in rows_of(table):
        sizes.setdefault(row.group, row.n)
    parts = []
    for group, n in sizes.items():
        name = group_label(table, group).split(":")[0] if len(sizes) > 1 else ""
        parts.append(f"{name}: {_size(n)}" if name else _size(n))
    if len(parts) == 1:
        return f"n = {parts[0]} {unit}" if parts[0] != "skjult" else f"Antallet af {unit} er skjult"
    return f"Antal {unit}: " + ", ".join(parts)


def _size(n: float) -> str:
    return "skjult" if math.isnan(n) else number(n)


def has_several_places(table: Publishable) -> bool:
    """Whether rows must say which municipality they are about."""
    return len(set(table.frame["municipality"].tolist())) > 1


def _citizens_text(table: Publishable) -> str:
    """How many selected citizens an amount is about, by municipality where they differ."""
    known: dict[str, set[float]] = {}
    for row in rows_of(table):
        known.setdefault(row.municipality, set()).update([] if math.isnan(row.n) else [row.n])
    texts = {place: _size(max(sizes, default=math.nan)) for place, sizes in known.items()}
    if not texts:
        return ""
    if len(texts) == 1 and any(len(sizes) > 1 for sizes in known.values()):
        return f"Op til {next(iter(texts.values()))} udvalgte borgere bag hvert tal"
    if len(set(texts.values())) == 1:
        return f"n{NBSP}={NBSP}{next(iter(texts.values()))} udvalgte borgere"
    listed = ", ".join(f"{place_label(table, place)} {n}" for place, n in texts.items())
    return f"Udvalgte borgere: {listed}"
