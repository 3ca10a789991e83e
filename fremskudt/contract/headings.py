"""The headings of a sheet: which column of the contract each one names, and what is amiss."""

import numpy as np

from fremskudt.contract.cells import Cells, as_text, clean, letter
from fremskudt.contract.problems import Place, Problem
from fremskudt.contract.sheets import Sheet
from fremskudt.contract.tables import Table


def columns_of(sheet: Sheet, table: Table) -> list[str | None]:
    """For each column of the sheet the column of the contract, or None."""
    return [table.column_of(as_text(clean(heading))) for heading in sheet.headings]


def shown_heading(sheet: Sheet, index: int) -> str:
    """A column's heading, or its letter where it has none."""
    return as_text(clean(sheet.headings[index])) or letter(sheet.first_column + index)


def check_headings(sheet: Sheet, place: Place, table: Table) -> list[Problem]:
    """Unknown, doubled and missing columns. An empty column without a heading is nothing."""
    problems = []
    seen: set[str] = set()
    known = ", ".join(one.label if place.sheet else one.name for one in table.columns)
    for index, name in enumerate(columns_of(sheet, table)):
        column = name or shown_heading(sheet, index)
        if name is None and (clean(sheet.headings[index]) or _has_content(sheet.columns[index])):
            has_name = clean(sheet.headings[index]) != ""
            what = "kolonnen er ukendt" if has_name else "kolonnen har intet navn"
            wanted = f"kun kolonnerne {known}"
            problems.append(place.problem(what, wanted, sheet.heading_row, column))
        elif name in seen:
            what, wanted = "kolonnen står flere gange", "hver kolonne én gang"
            problems.append(place.problem(what, wanted, sheet.heading_row, column))
        elif name is not None:
            seen.add(name)
    for one in table.columns:
        if one.name not in seen:
            called = f"{one.label} ({one.name})" if place.sheet else one.name
            wanted = f"en kolonne med navnet {called} (kan være tom, hvis den er frivillig)"
            problems.append(place.problem("kolonnen mangler", wanted, sheet.heading_row, one.name))
    return problems


def no_headings(sheet: Sheet, place: Place, table: Table) -> Problem:
    """The first filled row names no column at all."""
    names = (one.label if place.sheet else one.name for one in table.columns)
    what = "ingen af kolonnernes navne står i den første udfyldte række"
    return place.problem(what, "kolonnerne " + ", ".join(names), sheet.heading_row)


def _has_content(cells: Cells) -> bool:
    return any(clean(cells.distinct[code]) != "" for code in np.unique(cells.codes))
