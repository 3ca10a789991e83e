"""Tables of amounts with groups down and categories across."""

from typing import Any

from fremskudt.contract.origins import LABELS
from fremskudt.disclosure import SHOWN, Publishable
from fremskudt.presentation.blocks import Block, Marked, badges, with_file
from fremskudt.presentation.blocks import table as table_of
from fremskudt.presentation.cells import (
    answers_text,
    category_label,
    cell_text,
    group_label,
    origin_labels,
    rows_of,
)
from fremskudt.presentation.text import safe_html

LIKELY = "0"
TOO_FEW = "Tabellen er ikke vist: den kræver to skøn, der begge bygger på nok borgere."
EMPHASISED = "Samlet nettogevinst pr. borger. I den fremhævede celle er begge skøn de sandsynlige."


def matrix(result: Publishable, name: str, caption: str) -> Block:
    """The gain for levels of two assumptions, from low to high, as a table.

    `result` is of `sensitivity.two_way`. Rows are the levels of the first assumption, columns
    those of the second. A negative cell has its minus sign and the class fs-negative; the cell
    where both are likely is emphasised.
    """
    if result.frame.empty:
        return Block(f'<p class="fs-note">{TOO_FEW}</p>', TOO_FEW)
    cells = {(row.group, row.category): row for row in rows_of(result)}
    down = sorted({first for first, _ in cells}, key=float)
    across = sorted({second for _, second in cells}, key=float)
    body = "".join(
        f'<tr><th scope="row">{safe_html(group_label(result, one))}</th>'
        + "".join(_cell(result, cells[one, other]) for other in across)
        + "</tr>"
        for one in down
    )
    origins = badges(code for code, _ in origin_labels(result))
    html = (
        f'<div class="fs-scroll" role="region" tabindex="0" aria-label="{safe_html(caption)}">'
        f'<table class="fs-table fs-matrix" id="{name}"><caption>{safe_html(caption)}</caption>'
        f"<thead>{_head(result, across)}</thead><tbody>{body}</tbody></table></div>"
        f'<p class="fs-note">{EMPHASISED} {safe_html(answers_text(result))}.</p>'
        f'<p class="fs-meta">Oprindelse: {origins}</p>'
    )
    lines = [
        " | ".join([group_label(result, one), *(cell_text(result, cells[one, o]) for o in across)])
        for one in down
    ]
    return with_file(result, name, Block(html, "\n".join([caption, *lines])))


def _head(result: Publishable, across: list[str]) -> str:
    """Two rows: the names of the assumptions, and the levels of the second one."""
    first, second = (safe_html(result.labels[which]) for which in ("first", "second"))
    levels = "".join(
        f'<th scope="col" class="fs-num">{safe_html(category_label(result, level))}</th>'
        for level in across
    )
    return (
        f'<tr><th scope="col" rowspan="2">{first}</th>'
        f'<th scope="colgroup" colspan="{len(across)}">{second}</th></tr><tr>{levels}</tr>'
    )


def _cell(result: Publishable, row: Any) -> str:
    text = safe_html(cell_text(result, row))
    is_likely = row.group == row.category == LIKELY
    classes = ["fs-num"]
    classes += ["fs-negative"] if row.status == SHOWN and row.value <= -0.5 else []
    classes += ["fs-likely"] if is_likely else []
    shown = f"<strong>{text}</strong>" if is_likely else text
    return f'<td class="{" ".join(classes)}">{shown}</td>'


def by_group(result: Publishable, name: str, caption: str, corner: str) -> Block:
    """Groups down, the total and the payers across, and where the numbers come from.

    `corner` names the groups. A payer with nothing but zeros is left out.
    """
    frame = result.frame
    is_used = (frame["status"] != SHOWN) | (frame["value"].abs() >= 0.5)
    used = set(frame.loc[is_used, "category"]) | {"total"}
    payers = [code for code in dict.fromkeys(frame["category"]) if code in used - {"total"}]
    across = ["total", *payers]  # first, so that a narrow screen shows it
    header = [corner, *(category_label(result, code) for code in across), "Oprindelse"]
    cells = {(row.group, row.category): row for row in rows_of(result)}
    rows = []
    for group in dict.fromkeys(frame["group"]):
        mine = [cells[group, code] for code in across if (group, code) in cells]
        texts = [cell_text(result, row) for row in mine]
        origins = dict.fromkeys(LABELS[row.origin] for row in mine)
        rows.append([group_label(result, group), *texts, Marked(" ".join(origins))])
    return with_file(result, name, table_of(name, header, rows, caption, "fs-by-group"))
