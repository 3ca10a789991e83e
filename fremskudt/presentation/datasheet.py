"""The numbers of a figure: as a folded table under it, beside the file that holds them."""

from collections.abc import Iterable
from typing import Any

from fremskudt.disclosure import Publishable
from fremskudt.presentation.cells import (
    category_label,
    cell_text,
    group_label,
    has_several_places,
    interval_text,
    origin_labels,
    place_label,
    rows_of,
    visible_categories,
)
from fremskudt.presentation.numbers_file import download, tools
from fremskudt.presentation.text import safe_html

CROSSED = {"cumulative_gain", "sensitivity"}
CORNERS = {"cumulative_gain": "Tidspunkt", "gain_distribution": "Nettogevinst pr. borger"}


def datasheet(table: Publishable, categories: list[str], title: str, file_name: str) -> str:
    """The folded table of numbers with the file to download beside it."""
    header, rows = grid(table, categories)
    head = "".join(f'<th scope="col">{safe_html(name)}</th>' for name in header)
    body = "".join(
        "<tr>"
        + f'<th scope="row">{safe_html(row[0])}</th>'
        + "".join(f"<td>{safe_html(cell)}</td>" for cell in row[1:])
        + "</tr>"
        for row in rows
    )
    return tools(
        '<details class="fs-data"><summary>Vis tallene</summary>'
        f'<div class="fs-scroll" role="region" tabindex="0" aria-label="Tal: {safe_html(title)}">'
        f'<table class="fs-table"><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div></details>"
        + download(table, _drawn(table, categories), file_name)
    )


def is_grouped(table: Publishable) -> bool:
    """Whether the groups tell rows apart and have names."""
    groups = table.frame["group"].tolist()
    return len(set(groups)) > 1 and bool(group_label(table, groups[0]))


class Lines:
    """Which line of the folded table a value of the chart stands on, as a mark tells it."""

    def __init__(self, table: Publishable, categories: Iterable[str] = ()) -> None:
        chosen = list(categories) or visible_categories(table)
        rows = _drawn(table, chosen)
        if table.measure.code in CROSSED:
            down, _, is_by_group = _directions(rows, chosen)
            places = {code: place for place, code in enumerate(down)}
            found = {_key(r): places[r.group if is_by_group else r.category] for r in rows}
        else:
            found = {_key(row): place for place, row in enumerate(rows)}
        self._found = found

    def __call__(self, *rows: Any) -> str:
        """The lines of these rows of the table; "" where none is folded under the chart."""
        lines = {self._found[_key(row)]: None for row in rows if _key(row) in self._found}
        return " ".join(map(str, lines))


def _key(row: Any) -> tuple[str, str, str]:
    return row.municipality, row.group, row.category


def _drawn(table: Publishable, categories: list[str]) -> list[Any]:
    return [row for row in rows_of(table) if row.category in categories]


def grid(table: Publishable, categories: list[str]) -> tuple[list[str], list[list[str]]]:
    """The numbers as a table of text: names first, then value, interval, origin."""
    rows = _drawn(table, categories)
    if table.measure.code in CROSSED:
        return _crossed(table, rows, categories)
    several = has_several_places(table)
    grouped = is_grouped(table)
    is_count = table.unit == "count"
    origins = dict(origin_labels(table))
    header = ["Svar" if is_count else CORNERS.get(table.measure.code, "Post")]
    header += ["Kommune"] * several + ["Gruppe"] * grouped
    header += ["Antal og andel", "95 %-interval"] if is_count else ["Værdi"]
    header.append("Oprindelse")
    lines = []
    for row in rows:
        line = [category_label(table, row.category)]
        line += [place_label(table, row.municipality)] * several
        line += [group_label(table, row.group)] * grouped
        line.append(cell_text(table, row))
        line += [interval_text(row)] if is_count else []
        line.append(origins[row.origin])
        lines.append(line)
    return header, lines


def _directions(rows: list[Any], categories: list[str]) -> tuple[list[str], list[str], bool]:
    """What goes down and across a crossed table, and whether groups go down."""
    groups = list(dict.fromkeys(row.group for row in rows))
    down_groups = len(groups) > 2
    return (groups, categories, True) if down_groups else (categories, groups, False)


def _crossed(
    table: Publishable, rows: list[Any], categories: list[str]
) -> tuple[list[str], list[list[str]]]:
    """One line a group or, where there are but two groups, one a category."""
    origins = dict(origin_labels(table))
    cells = {(row.group, row.category): cell_text(table, row) for row in rows}
    down, across, down_groups = _directions(rows, categories)
    names = {code: category_label(table, code) for code in categories}
    names |= {row.group: group_label(table, row.group) for row in rows}
    header = [CORNERS.get(table.measure.code, "Post"), *(names[code] for code in across)]
    lines = []
    for one in down:
        keys = [(one, other) if down_groups else (other, one) for other in across]
        found = dict.fromkeys(origins[r.origin] for r in rows if (r.group, r.category) in keys)
        lines.append([names[one], *(cells.get(key, "–") for key in keys), " ".join(found)])
    return [*header, "Oprindelse"], lines
