"""Birkelund's tables as a Danish municipality would write them: headings, answers and dates in
Danish, in files that a spreadsheet opens. The contract reads them like its own codes, and the
check then speaks of them in the words that the participants know."""

import csv
import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from fremskudt.contract.columns import Code, Codes, Date, OneOf
from fremskudt.contract.rows import label_of
from fremskudt.contract.tables import TABLES
from fremskudt.teaching.birkelund import BIRKELUND

Row = dict[str, str]
DELIMITER = ";"
ENCODING = "utf-8-sig"


def birkelunds(table: str) -> list[Row]:
    """The rows of one of Birkelund's tables: codes by the contract's names of the columns."""
    with (BIRKELUND / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(folder: Path, table: str, rows: Sequence[Row]) -> None:
    """Write rows of a table in Danish; columns that a row does not name are empty."""
    of = TABLES[table]
    with (folder / of.file).open("w", encoding=ENCODING, newline="") as file:
        writer = csv.writer(file, delimiter=DELIMITER, lineterminator="\n")
        writer.writerow([column.label for column in of.columns])
        for row in rows:
            writer.writerow([danish(table, name, row.get(name, "")) for name in of.names])


def danish(table: str, column: str, cell: str) -> str:
    """A cell in Danish; as it stands where the contract cannot read it."""
    kind = TABLES[table][column].kind
    if not cell or not isinstance(kind, Code | Codes | Date | OneOf):
        return cell
    try:
        value = kind.read(cell)
    except ValueError:
        return cell
    if isinstance(value, dt.date):
        return f"{value:%d-%m-%Y}"
    if isinstance(kind, OneOf):
        return dict(zip(kind.words, kind.labels, strict=True))[value]
    return label_of(table, column, value)
