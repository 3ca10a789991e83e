"""A sheet of a workbook as HTML: widths, fills and headings are read from the file itself.

Drawn, not photographed: a spreadsheet program is not needed, and the picture shows the sheet
rather than one program's buttons.
"""

import datetime as dt
from html import escape
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

STYLE = """\
* { box-sizing: border-box; }
body { margin: 0; padding: 8px; background: #fff; color: #1a1a1a; display: inline-block;
  font: 15px/1.35 Calibri, Carlito, "Liberation Sans", sans-serif; }
.sheet { position: relative; border: 1px solid #8a8a8a; display: inline-block; }
table { border-collapse: collapse; table-layout: fixed; }
td, th { border: 1px solid #c6c6c6; padding: 2px 6px; overflow: hidden; white-space: nowrap;
  text-align: left; font-weight: normal; height: 25px; vertical-align: top; }
.letter, .row { background: #ececec; color: #444; text-align: center; padding: 2px; }
.wrapped { white-space: normal; }
.plain td { border-color: transparent; }
.chosen { outline: 2px solid #1f7145; outline-offset: -2px; }
.list, .message { position: absolute; border: 1px solid #8a8a8a; background: #fff;
  box-shadow: 2px 2px 5px #0003; z-index: 1; }
.list div { padding: 2px 8px; } .list div:first-child { background: #d5e8dc; }
.message { background: #fffbe0; width: 240px; padding: 5px 8px; white-space: normal; }
.arrow { position: absolute; width: 21px; height: 25px; border: 1px solid #8a8a8a;
  background: #f2f2f2; text-align: center; font-size: 11px; line-height: 23px; }
.tabs { border-top: 1px solid #8a8a8a; padding: 4px 6px; background: #f2f2f2;
  white-space: nowrap; overflow: hidden; }
.tabs span { padding: 2px 9px; border: 1px solid #c6c6c6; background: #fff; }
.tabs .open { border-bottom: 3px solid #1f7145; font-weight: bold; }
"""
SCRIPT = """\
const cell = document.querySelector('.chosen');
if (cell) {
  const sheet = document.querySelector('.sheet').getBoundingClientRect();
  const box = cell.getBoundingClientRect();
  const put = (name, left, top) => {
    const one = document.querySelector(name);
    if (one) { one.style.left = left + 'px'; one.style.top = top + 'px'; }
  };
  put('.arrow', box.right - sheet.left, box.top - sheet.top);
  put('.list', box.left - sheet.left, box.bottom - sheet.top);
  put('.message', box.right - sheet.left + 30, box.bottom - sheet.top + 6);
}
"""


def drawn(sheet: Worksheet, columns: int, rows: int, chosen: str = "", tabs: int = 8) -> str:
    """The first columns and rows of a sheet as a page; `chosen` is a cell whose list is open."""
    is_text_page = sheet.sheet_view.showGridLines is False
    widths = [_width(sheet, column) for column in range(1, columns + 1)]
    heads = "".join(
        f'<th class="letter">{get_column_letter(column)}</th>' for column in range(1, columns + 1)
    )
    cols = "".join(f'<col style="width:{width}px">' for width in (34, *widths))
    body = "".join(_row(sheet, row, columns, chosen) for row in range(1, rows + 1))
    names = sheet.parent.sheetnames[:tabs]
    listed = "".join(
        f'<span class="{"open" if name == sheet.title else ""}">{escape(name)}</span>'
        for name in names
    )
    more = " …" if len(sheet.parent.sheetnames) > tabs else ""
    total = sum(widths) + 34
    return (
        f'<!doctype html><html lang="da"><meta charset="utf-8"><style>{STYLE}</style><body>'
        f'<div class="sheet {"plain" if is_text_page else ""}" style="width:{total}px">'
        f'<table style="width:{total}px"><colgroup>{cols}</colgroup>'
        f'<tr><th class="letter"></th>{heads}</tr>{body}</table>'
        f'<div class="tabs">{listed}{more}</div>{_open_list(sheet, chosen)}</div>'
        f"<script>{SCRIPT}</script></body></html>"
    )


def _width(sheet: Worksheet, column: int) -> int:
    letter = get_column_letter(column)
    for name, size in sheet.column_dimensions.items():
        if name == letter or (size.min and size.min <= column <= (size.max or size.min)):
            return round(size.width * 7 + 5)
    return 64


def _row(sheet: Worksheet, row: int, columns: int, chosen: str) -> str:
    cells = (sheet.cell(row, column) for column in range(1, columns + 1))
    return f'<tr><th class="row">{row}</th>{"".join(_cell(one, chosen) for one in cells)}</tr>'


def _cell(cell: Any, chosen: str) -> str:
    style = []
    if cell.fill.fill_type == "solid":
        style.append(f"background:#{cell.fill.fgColor.rgb[-6:]}")
    if cell.font.color is not None and isinstance(cell.font.color.rgb, str):
        style.append(f"color:#{cell.font.color.rgb[-6:]}")
    style += ["font-weight:bold"] * bool(cell.font.bold) + ["font-style:italic"] * bool(
        cell.font.italic
    )
    if cell.font.sz and cell.font.sz != 11:
        style.append(f"font-size:{cell.font.sz * 15 / 11:.0f}px")
    if isinstance(cell.value, int | float):
        style.append("text-align:right")
    kinds = ["wrapped"] * bool(cell.alignment.wrap_text)
    kinds += ["chosen"] * (cell.coordinate == chosen)
    return f'<td class="{" ".join(kinds)}" style="{";".join(style)}">{_text(cell.value)}</td>'


def _text(value: object) -> str:
    if isinstance(value, dt.datetime | dt.date):
        return f"{value:%d-%m-%Y}"
    return "" if value is None else escape(str(value))


def _open_list(sheet: Worksheet, chosen: str) -> str:
    """The list and the message that the sheet's own validation gives the cell."""
    for rule in sheet.data_validations.dataValidation:
        if chosen and chosen in rule.sqref and rule.type == "list":
            name, cells = rule.formula1.lstrip("=").split("!")
            answers = [
                row[0].value for row in sheet.parent[name.strip("'")][cells.replace("$", "")]
            ]
            lines = "".join(f"<div>{escape(str(one))}</div>" for one in answers)
            return (
                f'<div class="arrow">▼</div><div class="list">{lines}</div>'
                f'<div class="message"><b>{escape(rule.promptTitle)}</b><br>'
                f"{escape(rule.prompt)}</div>"
            )
    return ""
