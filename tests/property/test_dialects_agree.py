"""Any valid delivery gives the same tables, whatever program and dialect it was written with."""

import csv
import datetime as dt
import io
import tempfile
from pathlib import Path

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from fremskudt.contract.columns import Code, Codes, Date, Identifier, Number, OneOf, ServiceCode
from fremskudt.contract.folder import DeliveryFolder
from fremskudt.contract.personal import find
from fremskudt.contract.problems import shown
from fremskudt.contract.reading import read_table
from fremskudt.contract.scales import scale
from fremskudt.contract.services import read_services
from fremskudt.contract.tables import TABLES
from tests.workbooks import LABELS, ORIGINS, in_excel, write

TEXT = st.text("abcdeæøå ,;.%-|\"'()§1", min_size=1, max_size=30).map(str.strip)
SAFE = TEXT.filter(lambda text: bool(text) and find(text) is None and text[0] not in "#-;,|")


def number(kind):
    """A number of a column as plain text: whole, or with two decimals."""
    low, high = int(kind.minimum), int(min(kind.maximum, 1_000_000))
    whole = st.integers(low, high).map(str)
    if kind.is_whole or high - low < 2:
        return whole
    cents = st.integers(1, 99).map(lambda part: f"{part:02d}")
    return whole | st.tuples(st.integers(low, high - 1), cents).map(lambda p: f"{p[0]}.{p[1]}")


def cell(column):
    """What a column may hold, as it stands in the demonstration's CSV files."""
    kind = column.kind
    match kind:
        case Code():
            value = st.sampled_from(scale(kind.scale).codes)
        case Codes():
            codes = st.lists(st.sampled_from(scale(kind.scale).codes), min_size=1, unique=True)
            value = codes.map("|".join)
        case OneOf():
            value = st.sampled_from(kind.words)
        case ServiceCode():
            value = st.sampled_from(list(read_services()))
        case Date():
            value = st.dates(dt.date(1990, 1, 1), dt.date(2099, 12, 31)).map(str)
        case Number():
            value = number(kind)
        case Identifier():
            value = st.from_regex(r"[A-Z]-[0-9]{1,4}", fullmatch=True)
        case _:
            value = SAFE
    return value if column.is_required else value | st.just("")


@st.composite
def deliveries(draw):
    """Table → rows of text; no row is empty and keys need not be unique."""
    return {
        name: draw(
            st.lists(st.tuples(*(cell(column) for column in table.columns)), min_size=1, max_size=4)
        )
        for name, table in TABLES.items()
    }


DIALECTS = st.fixed_dictionaries(
    {
        "encoding": st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]),
        "delimiter": st.sampled_from([",", ";", "\t"]),
        "quoting": st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
        "ends": st.sampled_from(["\n", "\r\n"]),
        "is_danish": st.booleans(),
        "has_labels": st.booleans(),
    }
)


def in_dialect(table, name, text, dialect):
    """One cell in a dialect: Danish dates and decimal commas, labels or codes."""
    kind = TABLES[table][name].kind
    if not text:
        return ""
    if dialect["has_labels"] and isinstance(kind, Code | Codes | OneOf | ServiceCode):
        return str(in_excel(table, name, text, " | "))
    if dialect["is_danish"] and isinstance(kind, Date):
        return "-".join(reversed(text.split("-")))
    if dialect["is_danish"] and isinstance(kind, Number):
        return text.replace(".", ",")
    return text


def as_csv(table, rows, dialect):
    """The bytes of a CSV file."""
    target = io.StringIO(newline="")
    writer = csv.writer(
        target, delimiter=dialect["delimiter"], quoting=dialect["quoting"],
        lineterminator=dialect["ends"],
    )  # fmt: skip
    names = TABLES[table].names
    has_labels = dialect["has_labels"]
    writer.writerow(
        [column.label if has_labels else column.name for column in TABLES[table].columns]
    )
    writer.writerows(
        [in_dialect(table, name, text, dialect) for name, text in zip(names, row, strict=True)]
        for row in rows
    )
    return target.getvalue().encode(dialect["encoding"])


def expected(table, rows):
    """The typed table, worked out from the drawn text alone."""
    columns = {}
    for index, column in enumerate(TABLES[table].columns):
        texts = [row[index] or None for row in rows]
        if isinstance(column.kind, Date):
            columns[column.name] = pd.Series(pd.to_datetime(texts)).astype("datetime64[s]")
        elif isinstance(column.kind, Number):
            columns[column.name] = pd.Series([None if t is None else float(t) for t in texts])
            columns[column.name] = columns[column.name].astype("float64")
        else:
            columns[column.name] = pd.Series(texts, dtype="string")
    return pd.DataFrame(columns)


def read(folder):
    """Every table of a folder without its row numbers; nothing may be wrong with a cell."""
    source = DeliveryFolder(folder)
    tables = {}
    for name, table in TABLES.items():
        sheet, _, problems = source.read(table)
        frame, found = read_table(sheet, table)
        assert [str(one) for one in problems + found] == []
        tables[name] = frame.drop(columns="__row__")
    return tables


@settings(max_examples=40, deadline=None)
@given(deliveries(), DIALECTS)
def test_a_delivery_is_read_alike_from_a_workbook_and_from_any_csv_dialect(delivery, dialect):
    with tempfile.TemporaryDirectory() as scratch:
        texts, book = Path(scratch) / "texts", Path(scratch) / "book"
        texts.mkdir()
        book.mkdir()
        sheets = {}
        for name, rows in delivery.items():
            (texts / f"{name}.csv").write_bytes(as_csv(name, rows, dialect))
            table = TABLES[name]
            sheets[LABELS[name]] = [
                [column.label for column in table.columns],
                *(
                    [in_excel(name, key, text) for key, text in zip(table.names, row, strict=True)]
                    for row in rows
                ),
            ]
        write(book / "data.xlsx", sheets)
        from_texts, from_book = read(texts), read(book)
    for name, rows in delivery.items():
        assert from_texts[name].equals(expected(name, rows)), name
        assert from_book[name].equals(expected(name, rows)), name


@given(st.text(max_size=60))
def test_no_message_repeats_a_sign_of_a_person(text):
    assert find(shown(text)) is None


def test_the_words_of_the_tests_are_those_of_the_contract():
    assert {name: table.label for name, table in TABLES.items()} == LABELS
    assert list(ORIGINS) == ["published", "reconstructed", "constructed", "registered"]
