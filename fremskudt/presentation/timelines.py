"""The selected citizens' courses: what each scenario holds, when, and what it costs.

One figure a citizen. Its rows are a table, so that it can be read aloud, printed and read
without the style sheet; the bars are drawn by the style sheet from months given in the row.
"""

import math
import re
from collections.abc import Sequence
from typing import Any

from fremskudt.contract.constants import constant
from fremskudt.contract.origins import WEAKEST_FIRST
from fremskudt.contract.scales import scale
from fremskudt.disclosure import Publishable
from fremskudt.presentation.blocks import Block, badges
from fremskudt.presentation.cells import category_label, rows_of
from fremskudt.presentation.numbers import NBSP, kroner, number
from fremskudt.presentation.numbers_file import download, file_name, tools
from fremskudt.presentation.text import safe_html

MONTHS = int(constant("trajectory_months"))
UNITS = {
    "month": ("måned", "måneder"),
    "week": ("uge", "uger"),
    "day": ("dag", "dage"),
    "hour": ("time", "timer"),
    "contact": ("kontakt", "kontakter"),
    "course": ("forløb", "forløb"),
    "event": ("hændelse", "hændelser"),
}
SCENARIOS = {"counterfactual": "Uden indsatsen", "expected": "Med indsatsen"}
CITIZEN = "Borger {}"
YEARS = ("Start", "1 år", "2 år", "3 år")
PRIVATE = "Forløbene er ikke vist, fordi hvert af dem handler om én borger."
NOBODY = "Der er ingen udvalgte borgere."


def timelines(
    table: Publishable, name: str, called: str = CITIZEN, order: Sequence[str] = tuple(SCENARIOS)
) -> Block:
    """A figure for every selected citizen: the services of both scenarios, and the difference.

    `called` is what a citizen is called, with {} for the number; `order` that of the scenarios.

    `table` is of `trajectories.courses`. Services that come several times in a scenario share a
    row. Registered courses are never in the table; a sentence says why.
    """
    if table.frame.empty:
        text = PRIVATE if table.thresholds else NOBODY
        return Block(f'<p class="fs-note">{text}</p>', text)
    citizens = _grouped(rows_of(table), "group")
    heads = [called.format(number) for number in citizens]
    figures = [
        _figure(table, f"{name}-{number}", head, order, rows)
        for head, (number, rows) in zip(heads, citizens.items(), strict=True)
    ]
    html = f'<div class="fs-courses">\n{_legend(table)}\n' + "\n".join(figures) + "\n</div>"
    plain = "\n".join(
        f"{head}: {_result(rows)}" for head, rows in zip(heads, citizens.values(), strict=True)
    )
    return Block(html, plain)


def _grouped(rows: Sequence[Any], column: str) -> dict[str, list[Any]]:
    """The rows by their value in a column, in the order in which the values come."""
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(getattr(row, column), []).append(row)
    return found


def _cost(rows: Sequence[Any]) -> float:
    """What the rows cost together in kroner."""
    return math.fsum(row.value for row in rows)


def _legend(table: Publishable) -> str:
    """The areas that occur, in the order of the scale."""
    found = set(table.frame["area"])
    items = "".join(
        f'<li><span class="fs-swatch fs-area-{answer.code}"></span>{safe_html(answer.label)}</li>'
        for answer in scale("area").answers
        if answer.code in found
    )
    return f'<ul class="fs-legend">{items}</ul>'


def _figure(
    table: Publishable, name: str, head: str, order: Sequence[str], rows: Sequence[Any]
) -> str:
    html_id = "figur-" + re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    description = safe_html(str(rows[0].description))
    under = f' <span class="fs-subtitle">{description}</span>' if description else ""
    by_scenario = _grouped(rows, "scenario")
    bodies = "".join(
        _scenario(table, scenario, by_scenario.get(scenario, [])) for scenario in order
    )
    found = {row.origin for row in rows}
    origins = [code for code in reversed(WEAKEST_FIRST) if code in found]
    marks = badges(origins)
    link = download(
        table, rows, file_name(table, html_id.removeprefix("figur-")), {rows[0].group: head}
    )
    return (
        f'<figure class="fs-figure fs-course" id="{html_id}" data-table="{table.name}">\n'
        f'<figcaption><h4 class="fs-title">{safe_html(head)}</h4>{under}'
        "</figcaption>\n"
        f'<table role="table" aria-label="{safe_html(head)}: ydelser">'
        f"{_head()}{bodies}</table>\n"
        f'<p class="fs-result">{safe_html(_result(rows))}</p>\n'
        f'<p class="fs-meta">Oprindelse: {marks}</p>\n{tools(link)}\n</figure>'
    )


def _head() -> str:
    """The names of the columns; over the bars the years."""
    years = "".join(f"<span>{year}</span>" for year in YEARS)
    return (
        '<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">Ydelse</th>'
        '<th role="columnheader" scope="col" class="fs-span">'
        f'<span class="visually-hidden">Hvornår</span>'
        f'<span class="fs-years" aria-hidden="true">{years}</span></th>'
        '<th role="columnheader" scope="col" class="fs-num">Mængde</th>'
        '<th role="columnheader" scope="col" class="fs-num">Udgift</th></tr></thead>'
    )


def _scenario(table: Publishable, scenario: str, lines: Sequence[Any]) -> str:
    """One scenario: its name with its total, and a row a service, by area and first month."""
    label = scale("scenario").label(scenario).lower()
    total = kroner(_cost(lines))
    first = (
        f'<tr role="row" class="fs-scenario"><th role="rowheader" scope="rowgroup" colspan="3">'
        f"{SCENARIOS[scenario]} <span>({safe_html(label)})</span></th>"
        f'<td role="cell" class="fs-num">{total}</td></tr>'
    )
    areas = list(scale("area").codes)
    services = sorted(
        _grouped(lines, "category").values(),
        key=lambda mine: (
            areas.index(mine[0].area),
            min(row.from_month for row in mine),
            mine[0].category,
        ),
    )
    return (
        f'<tbody role="rowgroup">{first}' + "".join(_row(table, one) for one in services)
    ) + "</tbody>"


def _row(table: Publishable, mine: Sequence[Any]) -> str:
    """A service: its name, a bar for each of its spans, how much, and what it costs."""
    spans = sorted(mine, key=lambda row: row.from_month)
    area, unit = mine[0].area, mine[0].unit
    bars = "".join(
        f'<span class="fs-bar fs-area-{area} fs-from-{span.from_month:.0f} '
        f'fs-to-{span.to_month:.0f}" aria-hidden="true"></span>'
        for span in spans
    )
    return (
        f'<tr role="row"><th role="rowheader" scope="row">'
        f"{safe_html(category_label(table, mine[0].category))}</th>"
        f'<td role="cell" class="fs-span"><span class="visually-hidden">{_when(spans)} '
        f"({safe_html(scale('area').label(area))})</span>"
        f'{bars}</td><td role="cell" class="fs-num">'
        f"{safe_html(amount_of(math.fsum(row.quantity for row in mine), unit))}</td>"
        f'<td role="cell" class="fs-num">{kroner(_cost(mine))}</td></tr>'
    )


def _when(spans: Sequence[Any]) -> str:
    """The months of a service in words: "måned 1–12 og måned 13–18"; months count from 1."""
    texts = []
    for span in spans:
        first, last = int(span.from_month) + 1, max(int(span.to_month), int(span.from_month) + 1)
        texts.append(f"måned {first}" if first == last else f"måned {first}–{last}")
    return " og ".join(texts)


def amount_of(quantity: float, unit: str) -> str:
    """A quantity with its unit in Danish: "1 måned", "260 timer"."""
    one, many = UNITS[unit]
    digits = 0 if abs(quantity - round(quantity)) < 0.05 else 1
    text = number(quantity, digits)
    return f"{text}{NBSP}{one if text == '1' else many}"


def _result(rows: Sequence[Any]) -> str:
    """The difference in words: a gain when the course without the outreach costs more."""
    by_scenario = _grouped(rows, "scenario")
    expected = _cost(by_scenario.get("expected", []))
    gain = _cost(by_scenario.get("counterfactual", [])) - expected
    if abs(gain) < 0.5:
        return f"Ingen forskel: begge forløb koster {kroner(expected)}"
    word = "Gevinst" if gain > 0 else "Merudgift"
    return (
        f"{word} på {kroner(abs(gain))} over tre år, fordi forløbet med indsatsen er "
        f"{'billigere' if gain > 0 else 'dyrere'} end forløbet uden."
    )
