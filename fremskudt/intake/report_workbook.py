"""The report as a workbook: a list of all problems, and the delivered rows with every cell that
is at fault marked and commented. Signs of a person are masked, never copied."""

import datetime as dt
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import xlsxwriter

from fremskudt.contract.cells import Cells, as_text, clean
from fremskudt.contract.characters import visible
from fremskudt.contract.delivery import Inspection
from fremskudt.contract.headings import columns_of
from fremskudt.contract.personal import masked
from fremskudt.contract.problems import WORDS, Problem, shown
from fremskudt.contract.sheets import Sheet
from fremskudt.contract.tables import TABLES
from fremskudt.intake.workbook import CREATED
from fremskudt.presentation.numbers import number

MOST_ROWS = 5_000  # of a larger table only the rows with a problem are written
MOST_MARKS = 2_000  # comments in one sheet
MOST_LISTED = 20_000  # the terminal has them all
LIST = (
    ("Art", 12),
    ("Fil", 26),
    ("Ark", 18),
    ("Celle", 8),
    ("Række", 8),
    ("Kolonne", 24),
    ("Fundet", 24),
    ("Hvad der er galt", 44),
    ("Forventet", 60),
    ("Sådan retter du det", 60),
)
FILLS = {"error": "#F8C9C9", "warning": "#FCE6B8", "note": "#D9EAF0"}
Marks = dict[tuple[int, str], list[Problem]]


def write_report_workbook(path: Path, found: Inspection) -> None:
    """Write the workbook: the sheet Fejlliste, and one for every table with a problem.

    Each row stands where it stands in the delivery, so that a cell has the same address.
    """
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"title": f"Kontrol af data: {found.slug}", "created": CREATED})
        fills = {
            name: book.add_format({"bg_color": colour, "border": 1})
            for name, colour in FILLS.items()
        }
        _list(book, found, fills)
        for name, sheet in found.sheets.items():
            marks = _marks(found, sheet)
            if marks:
                _copy(book, name, sheet, marks, fills)


def _list(book: Any, found: Inspection, fills: dict[str, Any]) -> None:
    sheet = book.add_worksheet("Fejlliste")
    bold, wrapped = (
        book.add_format({"bold": True}),
        book.add_format({"text_wrap": True, "valign": "top"}),
    )
    sheet.freeze_panes(1, 0)
    for index, (heading, width) in enumerate(LIST):
        sheet.set_column(index, index, width, wrapped)
        sheet.write_string(0, index, heading, bold)
    for row, one in enumerate(found.problems[:MOST_LISTED], start=1):
        sheet.write_string(row, 0, WORDS[one.severity].capitalize(), fills[one.severity])
        name = one.heading or one.column
        cells = (
            one.file,
            one.sheet,
            one.cell,
            one.row,
            None if name is None else shown(name),
            None if one.value is None else shown(one.value),
            one.what,
            one.expected,
            one.advice,
        )
        for index, cell in enumerate(cells, start=1):
            if cell is not None:
                sheet.write(row, index, visible(cell) if isinstance(cell, str) else cell)
    hidden = len(found.problems) - MOST_LISTED
    if hidden > 0:
        sheet.write_string(MOST_LISTED + 1, 0, f"Og {number(hidden)} til.")
    sheet.autofilter(0, 0, max(1, min(len(found.problems), MOST_LISTED)), len(LIST) - 1)


def _marks(found: Inspection, sheet: Sheet) -> Marks:
    """The problems of a sheet by row and column; those of a whole column stand at its heading."""
    marks: Marks = defaultdict(list)
    for one in found.problems:
        is_here = one.file == sheet.file and one.sheet == sheet.name
        if is_here and one.severity != "note":
            row = sheet.heading_row if one.row is None else one.row
            marks[row, one.column or ""].append(one)
    return dict(marks)


def _copy(book: Any, name: str, sheet: Sheet, marks: Marks, fills: dict[str, Any]) -> None:
    table = TABLES[name]
    target = book.add_worksheet(table.label)
    formats = {
        "heading": book.add_format({"bold": True}),
        "date": book.add_format({"num_format": "dd-mm-yyyy"}),
    }
    target.freeze_panes(sheet.heading_row, 0)
    columns = columns_of(sheet, table)
    at_fault = {row for row, _ in marks}
    is_whole = len(sheet.rows) <= MOST_ROWS
    wanted = np.flatnonzero([is_whole or row in at_fault for row in sheet.rows.tolist()])
    for index, cells in enumerate(sheet.columns):
        column = sheet.first_column - 1 + index
        heading = as_text(clean(sheet.headings[index]))
        target.set_column(column, column, 18)
        target.write_string(
            sheet.heading_row - 1, column, visible(masked(heading)), formats["heading"]
        )
        for position in wanted[:MOST_ROWS]:
            _write(target, int(sheet.rows[position]) - 1, column, cells, position, formats["date"])
    places = {name: sheet.first_column - 1 + i for i, name in reversed(list(enumerate(columns)))}
    others = {as_text(clean(h)): sheet.first_column - 1 + i for i, h in enumerate(sheet.headings)}
    for (row, column_name), problems in list(marks.items())[:MOST_MARKS]:
        column = places.get(column_name, others.get(column_name, sheet.first_column - 1))
        index = column - sheet.first_column + 1
        severity = min((one.severity for one in problems), key=list(WORDS).index)
        target.write_comment(row - 1, column, "\n".join(map(_comment, problems)), {"x_scale": 2})
        positions = np.flatnonzero(sheet.rows == row)
        if row == sheet.heading_row:
            heading = as_text(clean(sheet.headings[index]))
            target.write_string(row - 1, column, visible(masked(heading)), fills[severity])
        elif len(positions):
            cells = sheet.columns[index]
            _write(target, row - 1, column, cells, positions[0], None, fills[severity])
        else:
            target.write_blank(row - 1, column, None, fills[severity])


def _comment(one: Problem) -> str:
    return visible(f"{WORDS[one.severity].capitalize()}: {one.what}. {one.advice}")


def _write(
    target: Any, row: int, column: int, cells: Cells, position: Any, date: Any, fill: Any = None
) -> None:
    """A delivered cell as it was; as text where it shows a sign of a person."""
    cell = clean(cells.distinct[cells.codes[position]])
    text = as_text(cell)
    readable = visible(masked(text), kept="\n")
    if readable != text:
        target.write_string(row, column, readable, fill)
    elif isinstance(cell, bool):
        target.write_boolean(row, column, cell, fill)
    elif isinstance(cell, int | float):
        target.write_number(row, column, cell, fill)
    elif isinstance(cell, dt.date) and fill is None:
        when = cell if isinstance(cell, dt.datetime) else dt.datetime.combine(cell, dt.time())
        target.write_datetime(row, column, when, date)
    elif isinstance(cell, dt.date):
        form = "%d-%m-%Y %H:%M" if isinstance(cell, dt.datetime) else "%d-%m-%Y"
        target.write_string(row, column, cell.strftime(form), fill)
    elif text or fill is not None:
        target.write_string(row, column, text, fill)
