"""Read one CSV file of a delivery into a typed table, and list all that is wrong with it."""

import csv
import io
from pathlib import Path
from typing import Any

import pandas as pd

from fremskudt.contract.columns import Column, Date, Number
from fremskudt.contract.problems import Problem
from fremskudt.contract.tables import Table

ROW = "__row__"


def read_table(path: Path, shown_as: str, table: Table) -> tuple[pd.DataFrame, list[Problem]]:
    """The typed table of a file and its problems.

    Columns come in the contract's order: text as str, dates as datetime64, numbers as
    float, missing as NA; ``__row__`` keeps the row number of the file (the heading is 1).
    Cells with a problem are missing in the table, so that later checks can still run.
    """
    rows, problems = _rows(path, shown_as)
    if not rows:
        return _empty(table), problems
    header, body = [name.strip() for name in rows[0][1]], rows[1:]
    problems += _check_header(header, shown_as, table)
    for number, row in body:
        if len(row) != len(header):
            problems.append(
                Problem(
                    shown_as,
                    f"rækken har {len(row)} celler, men der er {len(header)} kolonner",
                    f"{len(header)} celler; sæt anførselstegn om tekst med skilletegn i",
                    row=number,
                )
            )
    body = [(number, row) for number, row in body if len(row) == len(header)]
    place = {name: index for index, name in reversed(list(enumerate(header)))}
    data: dict[str, Any] = {}
    for column in table.columns:
        index = place.get(column.name)
        cells = [(number, row[index].strip() if index is not None else "") for number, row in body]
        data[column.name], found = _read_column(cells, column, shown_as, index is not None)
        problems += found
    frame = pd.DataFrame(data, index=range(len(body)))
    frame[ROW] = [number for number, _ in body]
    return frame, problems


def _rows(path: Path, shown_as: str) -> tuple[list[tuple[int, list[str]]], list[Problem]]:
    """The rows of a comma- or semicolon-separated UTF-8 file, each with its line number."""
    if not path.is_file():
        return [], [Problem(shown_as, "filen mangler", "en CSV-fil med dette navn i mappen")]
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return [], [
            Problem(
                shown_as, "filen kan ikke læses", "en læsbar CSV-fil gemt som «CSV UTF-8» fra Excel"
            )
        ]
    first = text.splitlines()[0] if text.strip() else ""
    if not first:
        return [], [Problem(shown_as, "filen er tom", "en første række med kolonnernes navne")]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    rows = []
    try:
        reader = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append((reader.line_num, row))
    except csv.Error:
        return [], [
            Problem(
                shown_as,
                "anførselstegn eller skilletegn går ikke op",
                'en gyldig CSV-fil, hvor " i tekst skrives som ""',
                row=reader.line_num,
            )
        ]
    return rows, []


def _check_header(header: list[str], shown_as: str, table: Table) -> list[Problem]:
    problems = []
    for name in dict.fromkeys(header):
        if name not in table.names:
            problems.append(
                Problem(
                    shown_as,
                    "kolonnen er ukendt",
                    "kun kolonnerne " + ", ".join(table.names),
                    row=1,
                    column=name,
                )
            )
        elif header.count(name) > 1:
            problems.append(
                Problem(shown_as, "kolonnen står flere gange", "hver kolonne én gang", 1, name)
            )
    for name in table.names:
        if name not in header:
            problems.append(
                Problem(
                    shown_as,
                    "kolonnen mangler",
                    f"en kolonne med navnet {name} (kan være tom, hvis den er frivillig)",
                    row=1,
                    column=name,
                )
            )
    return problems


def _read_column(
    cells: list[tuple[int, str]], column: Column, shown_as: str, is_present: bool
) -> tuple[pd.Series, list[Problem]]:
    values: list[Any] = []
    problems = []
    for number, cell in cells:
        value = None
        if cell:
            try:
                value = column.kind.read(cell)
            except ValueError:
                what = "datoen findes ikke" if isinstance(column.kind, Date) else "ugyldig værdi"
                problems.append(
                    Problem(shown_as, what, column.kind.expected, number, column.name, cell)
                )
        elif column.is_required and is_present:
            problems.append(
                Problem(shown_as, "cellen er tom", column.kind.expected, number, column.name)
            )
        values.append(value)
    return _typed(values, column), problems


def _typed(values: list[Any], column: Column) -> pd.Series:
    if isinstance(column.kind, Date):
        return pd.to_datetime(pd.Series(values, dtype="object"))
    if isinstance(column.kind, Number):
        return pd.Series(values, dtype="float64")
    return pd.Series(values, dtype="string")


def _empty(table: Table) -> pd.DataFrame:
    frame = pd.DataFrame({column.name: _typed([], column) for column in table.columns})
    frame[ROW] = pd.Series([], dtype="int64")
    return frame
