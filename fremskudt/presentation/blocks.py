"""Blocks of HTML that are not figures: key figures, facts, cards, tables, formulas."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fremskudt.contract.municipality import Municipality
from fremskudt.contract.origins import LABELS
from fremskudt.disclosure import Publishable
from fremskudt.presentation.cells import (
    category_label,
    cell_text,
    place_label,
    rows_of,
)
from fremskudt.presentation.numbers_file import in_figure
from fremskudt.presentation.text import safe_html

NUMERIC = re.compile(r"−?\d[\d.,]*(?:\s(?:kr\.|%))?(?: \w+)?$")


@dataclass(frozen=True)
class Block:
    """A piece of HTML with its plain text."""

    html: str
    plain: str

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/html": self.html, "text/plain": self.plain}


@dataclass(frozen=True)
class KeyFigure:
    """A value with what it is and where it comes from; `link` leads to its chapter."""

    value: str
    label: str
    origin: str = ""
    note: str = ""


class Marked(str):
    """A cell of a table that ends in the labels of origins, which become badges.

    Any other cell is text and nothing else: a word of a delivery is no mark.
    """


def badge(origin: str) -> str:
    """The mark that says where a number comes from."""
    return f'<span class="fs-origin fs-origin-{origin}">{LABELS[origin]}</span>'


def badges(origins: Iterable[str]) -> str:
    """The marks of several origins, with a comma for those who hear or copy them."""
    return '<span class="visually-hidden">, </span> '.join(map(badge, origins))


def mark(origin: str) -> str:
    """The badge of an origin, or nothing for a figure about the handbook itself."""
    return badge(origin) if origin else ""


def key_figures(figures: Sequence[KeyFigure]) -> Block:
    """A row of key figures."""
    items = "".join(
        '<div class="fs-key-item">'
        f'<span class="fs-key-value">{safe_html(figure.value)}</span> '
        f'<span class="fs-key-label">{safe_html(figure.label)}</span> '
        f'<span class="fs-key-note">{safe_html(figure.note)} {mark(figure.origin)}</span></div>'
        for figure in figures
    )
    plain = "; ".join(f"{figure.value} {figure.label}" for figure in figures)
    return Block(f'<div class="fs-key">{items}</div>', plain)


def cards(items: Sequence[tuple[str, str, str]]) -> Block:
    """Links to pages as cards: (address, title, text)."""
    html = "".join(
        f'<a class="fs-card" href="{safe_html(address)}">'
        f'<span class="fs-card-title">{safe_html(title)}</span> '
        f'<span class="fs-card-text">{safe_html(text)}</span></a>'
        for address, title, text in items
    )
    plain = "; ".join(title for _, title, _ in items)
    return Block(f'<div class="fs-cards">{html}</div>', plain)


def model_facts(municipality: Municipality, origin: str) -> Block:
    """A municipality's model as a list of facts."""
    facts = [
        ("Hvor opsporingen har haft fokus", municipality.detection_focus),
        ("Målgruppe", *municipality.target_groups),
        ("Fremskudte sagsbehandlere", str(municipality.caseworkers)),
        ("Ledelsesmæssig forankring", municipality.management_anchoring),
        ("Fysisk placering", municipality.physical_placement),
        ("Region", municipality.region),
    ]
    html = "".join(
        f"<dt>{safe_html(name)}</dt>" + "".join(f"<dd>{safe_html(text)}</dd>" for text in texts)
        for name, *texts in facts
    )
    source = f" · {safe_html(municipality.source)}" if municipality.source else ""
    plain = "; ".join(f"{name}: {', '.join(texts)}" for name, *texts in facts)
    meta = f'<p class="fs-meta">Oprindelse: {badge(origin)}{source}</p>'
    return Block(f'<dl class="fs-facts">{html}</dl>{meta}', plain)


def table(
    name: str,
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    caption: str,
    css: str = "",
) -> Block:
    """A table of ready text; the first cell of a row names it. A column with a number in it is
    set to the right."""
    right = [any(NUMERIC.match(row[place]) for row in rows) for place in range(len(header))]
    side = [' class="fs-num"' if place and is_right else "" for place, is_right in enumerate(right)]
    head = "".join(
        f'<th scope="col"{css_class}>{safe_html(cell)}</th>'
        for cell, css_class in zip(header, side, strict=True)
    )
    body = "".join(
        f'<tr><th scope="row">{safe_html(row[0])}</th>'
        + "".join(
            f"<td{css_class}>{cell_html(cell)}</td>"
            for cell, css_class in zip(row[1:], side[1:], strict=True)
        )
        + "</tr>"
        for row in rows
    )
    html = (
        f'<div class="fs-scroll" role="region" tabindex="0" aria-label="{safe_html(caption)}">'
        f'<table class="{("fs-table " + css).strip()}" id="{name}"><caption>{safe_html(caption)}'
        f"</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )
    plain = caption + "\n" + "\n".join(" | ".join(row) for row in rows)
    return Block(html, plain)


def cell_html(cell: str) -> str:
    """A cell's text; the labels of origins at the end of a marked one become their badges."""
    if not isinstance(cell, Marked):
        return safe_html(cell)
    origins = {label: code for code, label in LABELS.items()}
    words = cell.split(" ")
    marks = [word for word in words if word in origins]
    text = safe_html(" ".join(word for word in words if word not in origins))
    return " ".join(filter(None, [text, badges(origins[mark] for mark in marks)]))


def crossed(result: Publishable, name: str, caption: str, corner: str = "Pr. borger i") -> Block:
    """Municipalities down, categories across: the shape of the reports' table 12."""
    categories = list(dict.fromkeys(result.frame["category"]))
    header = [corner, *(category_label(result, category) for category in categories), "Oprindelse"]
    by_place: dict[str, dict[str, str]] = {}
    origins: dict[str, list[str]] = {}
    for row in rows_of(result):
        by_place.setdefault(row.municipality, {})[row.category] = cell_text(result, row)
        if row.category != "total":
            origins.setdefault(row.municipality, []).append(LABELS[row.origin])
    rows = [
        [
            place_label(result, place),
            *(cells.get(category, "–") for category in categories),
            Marked(" ".join(dict.fromkeys(origins.get(place, [])))),
        ]
        for place, cells in by_place.items()
    ]
    return with_file(result, name, table(name, header, rows, caption))


def steps(
    result: Publishable, name: str, caption: str, corner: str = "Post", value: str = "Tal"
) -> Block:
    """A calculation from top to bottom: what, how much, where from."""
    rows = [
        [category_label(result, row.category), cell_text(result, row), Marked(LABELS[row.origin])]
        for row in rows_of(result)
    ]
    return with_file(result, name, table(name, [corner, value, "Oprindelse"], rows, caption))


def with_file(result: Publishable, name: str, block: Block) -> Block:
    """A table of all of the result's rows, with the file that holds them."""
    return Block(in_figure(result, name, block.html), block.plain)
