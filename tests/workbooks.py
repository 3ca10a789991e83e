"""Deliveries as Excel workbooks, written for the tests without the package's own writer."""

import csv
import datetime as dt
import re
from pathlib import Path

import xlsxwriter

from fremskudt.contract.columns import Date, Number
from fremskudt.contract.tables import TABLES
from fremskudt.workspace import HANDBOOK

LABELS = {
    "cases": "Sager",
    "registrations": "Registreringer",
    "roles": "Roller",
    "tools": "Redskaber",
    "workload": "Tidsforbrug",
    "selected": "Udvalgte borgere",
    "trajectories": "Forløb",
}
ORIGINS = {
    "published": "Offentliggjort",
    "reconstructed": "Rekonstrueret",
    "constructed": "Konstrueret",
    "registered": "Registreret",
}


def _answers() -> dict[str, dict[str, str]]:
    """Scale → code → Danish label, straight from the reference file."""
    found: dict[str, dict[str, str]] = {}
    with (HANDBOOK / "data/reference/scales.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["scale"], {})[row["code"]] = row["label_da"]
    return found


def _services() -> dict[str, str]:
    with (HANDBOOK / "data/reference/services.csv").open(encoding="utf-8", newline="") as file:
        return {row["service_code"]: row["label_da"] for row in csv.DictReader(file)}


ANSWERS, SERVICES = _answers(), _services()


def in_excel(table: str, column: str, text: str, separator: str = "; ") -> object:
    """A cell of a CSV file as a Danish analyst has it in Excel: labels, numbers, dates."""
    kind = TABLES[table][column].kind
    if not text:
        return None
    if isinstance(kind, Date):
        return dt.datetime.strptime(text, "%Y-%m-%d")
    if isinstance(kind, Number):
        return float(text)
    if scale := getattr(kind, "scale", None):
        return separator.join(ANSWERS[scale][code] for code in text.split("|"))
    if column == "service_code":
        return SERVICES[text]
    return ORIGINS[text] if column == "origin" else text


def sheets_of(folder: Path) -> dict[str, list[list[object]]]:
    """The seven tables of a folder's CSV files as sheets with Danish headings."""
    sheets = {}
    for table, label in LABELS.items():
        with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        headings: list[object] = [column.label for column in TABLES[table].columns]
        body = [[in_excel(table, name, row[name]) for name in TABLES[table].names] for row in rows]
        sheets[label] = [headings, *body]
    return sheets


def at(address: str) -> tuple[int, int]:
    """Row and column of C7, both from 0."""
    letters, row = re.fullmatch(r"([A-Z]+)(\d+)", address).groups()
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(row) - 1, column - 1


class Formula(str):
    """A formula's error value: the workbook holds =NA() with this result."""


def write(path: Path, sheets: dict[str, list[list[object]]], merged=(), date_1904=False) -> None:
    """Write sheets; `merged` are (sheet, "A2:A3")."""
    with xlsxwriter.Workbook(str(path), {"date_1904": date_1904}) as book:
        formats = {
            name: book.add_format({"num_format": style})
            for name, style in (
                ("date", "dd-mm-yyyy"),
                ("moment", "dd-mm-yyyy hh:mm"),
                ("time", "hh:mm"),
            )
        }
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    if cell is not None:
                        write_cell(sheet, row, column, cell, formats)
            for where, cells in merged:
                if where == name:
                    first, last = (at(one) for one in cells.split(":"))
                    sheet.merge_range(*first, *last, rows[first[0]][first[1]])


def write_cell(sheet, row: int, column: int, cell: object, formats: dict) -> None:
    """Write a cell as Excel has it when somebody types it."""
    match cell:
        case Formula():
            sheet.write_formula(row, column, "=NA()", None, str(cell))
        case dt.time():
            sheet.write_datetime(row, column, cell, formats["time"])
        case dt.datetime():
            kind = "moment" if cell.time() != dt.time() else "date"
            sheet.write_datetime(row, column, cell, formats[kind])
        case bool():
            sheet.write_boolean(row, column, cell)
        case int() | float():
            sheet.write_number(row, column, cell)
        case _:
            sheet.write_string(row, column, cell)


def into_workbook(folder: Path, **options: object) -> dict[str, list[list[object]]]:
    """Replace the CSV tables of a folder with a workbook; returns its sheets to be changed
    and written again."""
    sheets = sheets_of(folder)
    for table in LABELS:
        (folder / f"{table}.csv").unlink()
    write(folder / "data.xlsx", sheets, **options)
    return sheets
