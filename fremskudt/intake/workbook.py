"""The workbook to fill in, made from the contract: one sheet a table, with drop-down lists."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import xlsxwriter

from fremskudt.contract.columns import Code, Codes, Column, Date, Kind, Number, OneOf, ServiceCode
from fremskudt.contract.refunds import handbook_rules
from fremskudt.contract.services import UNIT_LABELS, read_services
from fremskudt.contract.tables import TABLES, Table
from fremskudt.intake.examples import EXAMPLES
from fremskudt.intake.guide import READ_ME

CREATED = dt.datetime(2026, 1, 1)  # a fixed day: the same contract gives the same bytes
LAST_ROW = 1_048_575
DATES = (dt.date(1990, 1, 1), dt.date(2099, 12, 31))
LONGEST_MESSAGE = 255
LABELLED = (Code, Codes, OneOf, ServiceCode)
STYLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 16},
    "section": {"bold": True, "font_size": 12},
    "text": {"text_wrap": True, "valign": "top"},
    "required": {"bold": True, "bg_color": "#1F4E5F", "font_color": "#FFFFFF"},
    "optional": {"bold": True, "bg_color": "#DCE6EA", "font_color": "#1A1A1A"},
    "example": {"italic": True, "bg_color": "#EEEEEE", "font_color": "#444444"},
}
HEADING = {"text_wrap": True, "valign": "top", "border": 1}


def write_workbook(path: Path, name: str) -> None:
    """Write the workbook of a municipality; its name stands on the first sheet.

    Every sheet has the contract's Danish headings (an asterisk means that the column must be
    filled in), formats, validation and examples.
    """
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"title": f"Fremskudt sagsbehandling: {name}", "created": CREATED})
        _Pages(book).write(name)


class _Pages:
    """The sheets of one workbook and the styles that they share."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.styles = {name: book.add_format(style) for name, style in STYLES.items()}
        for name in ("required", "optional"):
            self.styles[name] = book.add_format({**STYLES[name], **HEADING})

    def write(self, name: str) -> None:
        self._read_me(name)
        for table in TABLES.values():
            self._table(table)
        self._services()
        self._rules()
        self._answers()

    def _read_me(self, name: str) -> None:
        sheet = self.book.add_worksheet("Læs mig")
        sheet.set_column(0, 0, 100)
        sheet.hide_gridlines(2)
        for row, (style, text) in enumerate(READ_ME):
            sheet.write_string(row, 0, text.format(name=name), self.styles[style])

    def _table(self, table: Table) -> None:
        sheet = self.book.add_worksheet(table.label)
        sheet.freeze_panes(1, 1)
        sheet.set_row(0, 48)
        for index, column in enumerate(table.columns):
            style = self.styles["required" if column.is_required else "optional"]
            number_format = number_format_of(column.kind)
            body = self.book.add_format({"num_format": number_format})
            sheet.set_column(index, index, _width(column), body)
            sheet.write_string(0, index, heading_of(column), style)
            sheet.write_comment(0, index, explanation_of(column), {"x_scale": 2, "y_scale": 1.5})
            sheet.data_validation(1, index, LAST_ROW, index, self._validation(column))
            example = self.book.add_format({**STYLES["example"], "num_format": number_format})
            for row, values in enumerate(EXAMPLES[table.name], start=1):
                _write_cell(sheet, row, index, values.get(column.name), example)

    def _validation(self, column: Column) -> dict[str, Any]:
        kind = column.kind
        message = {
            "input_title": column.label[:32],
            "input_message": explanation_of(column)[:LONGEST_MESSAGE],
            "error_title": "Kan ikke læses",
            "error_message": f"Forventet: {kind.expected}"[:LONGEST_MESSAGE],
        }
        if isinstance(kind, Date):
            rule: dict[str, Any] = {"validate": "date", "criteria": "between"}
            return {**rule, **message, "minimum": DATES[0], "maximum": DATES[1]}
        if isinstance(kind, Number):
            rule = {"validate": "integer" if kind.is_whole else "decimal", "criteria": "between"}
            return {**rule, **message, "minimum": kind.minimum, "maximum": kind.maximum}
        if column.name == "refund_rule":
            # A municipality may bring rules of its own, so other names are let through.
            source = _range("Regler", 0, len(handbook_rules().periods))
            return {**message, "validate": "list", "source": source, "show_error": False}
        if isinstance(kind, LABELLED):
            # Several answers in a cell are in no list; the reader checks each of them.
            is_open = isinstance(kind, Codes)
            rule = {"validate": "list", "source": _source(kind), "show_error": not is_open}
            return {**rule, **message}
        return {**message, "validate": "any"}

    def _services(self) -> None:
        sheet = self._list("Ydelser", ("Ydelse", "Kode", "Lov", "Pris pr.", "Forsørgelse"))
        for row, one in enumerate(read_services().values(), start=1):
            unit = UNIT_LABELS.get(one.unit, one.unit)
            is_benefit = "ja" if one.is_exclusive_benefit else "nej"
            sheet.write_row(row, 0, (one.label, one.code, one.legal_section, unit, is_benefit))

    def _rules(self) -> None:
        sheet = self._list("Regler", ("Refusionsregel", "Navn", "Gælder fra"))
        for row, (code, periods) in enumerate(handbook_rules().periods.items(), start=1):
            sheet.write_row(row, 0, (code, periods[0].label, f"{periods[0].valid_from:%d-%m-%Y}"))

    def _answers(self) -> None:
        """One column a scale: the labels that the drop-down lists offer."""
        kinds = dict(_lists())
        sheet = self._list("Svar", tuple(kinds))
        for index, labels in enumerate(kinds.values()):
            sheet.write_column(1, index, labels)

    def _list(self, name: str, headings: tuple[str, ...]) -> Any:
        sheet = self.book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(headings) - 1, 28)
        sheet.write_row(0, 0, headings, self.styles["optional"])
        return sheet


def heading_of(column: Column) -> str:
    """The Danish heading; an asterisk marks a column that must be filled in."""
    return f"{column.label} *" if column.is_required else column.label


def explanation_of(column: Column) -> str:
    """What a column is for, and how several answers are written in one cell."""
    must = "Skal udfyldes." if column.is_required else "Kan være tom."
    several = ""
    if isinstance(column.kind, Codes):
        first, second = column.kind.labels[1:3]
        several = f" Flere svar i samme celle skrives med semikolon imellem: {first}; {second}."
    return f"{column.description} {must}{several}"


def number_format_of(kind: Kind) -> str:
    """How a spreadsheet shows the column; text stays text, so that 1-2 is no date."""
    if isinstance(kind, Date):
        return "dd-mm-yyyy"
    if isinstance(kind, Number):
        return "0" if kind.is_whole else "General"
    return "@"


def _lists() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every list of answers by the heading that it has on the sheet with the answers."""
    for table in TABLES.values():
        for column in table.columns:
            if isinstance(column.kind, LABELLED) and not isinstance(column.kind, ServiceCode):
                yield _list_name(column.kind), column.kind.labels


def _list_name(kind: Code | Codes | OneOf) -> str:
    return "ord: " + "/".join(kind.words) if isinstance(kind, OneOf) else kind.scale


def _source(kind: Code | Codes | OneOf | ServiceCode) -> str:
    if isinstance(kind, ServiceCode):
        return _range("Ydelser", 0, len(kind.labels))
    return _range("Svar", list(dict(_lists())).index(_list_name(kind)), len(kind.labels))


def _range(sheet: str, column: int, count: int) -> str:
    first, last = (
        xlsxwriter.utility.xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)
        for row in (1, count)
    )
    return f"={sheet}!{first}:{last}"


def _width(column: Column) -> int:
    if isinstance(column.kind, LABELLED):
        return min(42, 4 + max(map(len, column.kind.labels)))
    return 40 if column.name in ("description", "source") else max(14, len(column.label) // 2 + 6)


def _write_cell(sheet: Any, row: int, column: int, value: object, style: Any) -> None:
    if isinstance(value, dt.date):
        sheet.write_datetime(row, column, dt.datetime.combine(value, dt.time()), style)
    elif isinstance(value, str):
        sheet.write_string(row, column, value, style)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value, style)
    else:
        sheet.write_blank(row, column, None, style)
