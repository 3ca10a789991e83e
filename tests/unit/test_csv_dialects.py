"""CSV files as Excel and other programs write them: read alike, or refused in words."""

import csv
import io

import pytest

from fremskudt.contract.delivery import inspect, read_delivery
from fremskudt.contract.encodings import encoding_of


@pytest.fixture
def folder(data_copy):
    return data_copy / "rudersdal"


def again(path, delimiter=",", quoting=csv.QUOTE_MINIMAL, edit=lambda _, cell: cell):
    """The text of a CSV file in another dialect, with edited cells."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=delimiter, quoting=quoting, lineterminator="\n")
    writer.writerow(rows[0])
    writer.writerows([[edit(name, cell) for name, cell in row.items()] for row in rows])
    return target.getvalue()


def danish(name, cell):
    """Decimal commas and dates as a Danish spreadsheet has them."""
    if name.endswith("_date") and cell:
        year, month, day = cell.split("-")
        return f"{day}-{month}-{year}"
    return cell.replace(".", ",") if name.startswith(("share", "overhead")) else cell


WAYS = {
    "semicolons and Windows-1252": lambda p: again(p, ";", edit=danish).encode("cp1252"),
    "semicolons, UTF-8 and a mark": lambda p: again(p, ";", edit=danish).encode("utf-8-sig"),
    "Excel's Unicode text": lambda p: again(p, "\t", edit=danish).encode("utf-16"),
    "Unicode text, big end first": lambda p: b"\xfe\xff" + again(p, "\t").encode("utf-16-be"),
    "tabs": lambda p: again(p, "\t").encode(),
    "quotation marks everywhere": lambda p: again(p, quoting=csv.QUOTE_ALL).encode(),
    "Windows line ends": lambda p: again(p, ";").replace("\n", "\r\n").encode(),
    "old Macintosh line ends": lambda p: again(p, ";").replace("\n", "\r").encode(),
    "a separator line": lambda p: b"sep=;\r\n" + again(p, ";").encode(),
    "empty columns behind": lambda p: again(p, ";").replace("\n", ";;\n").encode(),
    "rows of separators below": lambda p: again(p, ";").encode() + b";" * 9 + b"\n",
    "outer spaces": lambda p: again(p, ";", edit=lambda _, cell: f" {cell}\u00a0").encode(),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("table", ["cases", "workload", "trajectories"])
def test_a_file_is_read_alike_whatever_wrote_it(folder, way, table):
    expected, _ = read_delivery(folder)
    path = folder / f"{table}.csv"
    if way == "rows of separators below" and table != "cases":
        pytest.skip("the row has the ten cells of the cases")
    path.write_bytes(WAYS[way](path))
    found, wrong = read_delivery(folder)
    assert [str(one) for one in wrong] == []
    assert found[table].equals(expected[table])


def test_danish_headings_and_answers_are_read_from_a_csv_file(folder):
    expected, _ = read_delivery(folder)
    path = folder / "roles.csv"
    text = path.read_text(encoding="utf-8").replace("case_id,role", "Sag;Rolle").replace(",", ";")
    path.write_bytes(text.replace("advice", "råd og  vejledning").encode("cp1252"))
    found, wrong = read_delivery(folder)
    assert wrong == []
    assert found["roles"].equals(expected["roles"])


@pytest.mark.parametrize("encoding", ["cp850", "mac-roman"])
def test_an_old_encoding_is_refused_and_not_misread(folder, encoding):
    path = folder / "workload.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode(encoding))
    assert any("workload.csv: filen kan ikke læses" in str(one) for one in inspect(folder).errors)


def test_the_encoding_of_a_text_is_told():
    assert encoding_of("Køn".encode()) == "utf-8-sig"
    assert encoding_of("Køn".encode("cp1252")) == "cp1252"
    assert encoding_of("Køn".encode("utf-16")) == "utf-16"
    assert encoding_of("Køn".encode("cp850")) is None
    assert encoding_of(b"\x00\x01") is None


def messages(folder):
    return [str(one) for one in inspect(folder).errors]


def test_a_letter_that_was_lost_is_named(folder, change):
    change(folder / "workload.csv", 2, description="Sagsbehandling p\ufffd tv\ufffdrs")
    assert any("et bogstav er gået tabt" in text for text in messages(folder))


# Table, row, changed cells, and what the message at that row must hold.
CELLS = [
    ("cases", 3, {"start_date": "02/03/2013"}, ["skråstreger kan læses på to måder"]),
    ("cases", 3, {"start_date": "2013-02-25 14:30"}, ["datoen findes ikke"]),
    ("cases", 3, {"start_date": "41330"}, ["Excels dagsnummer", "«41330»"]),
    ("cases", 3, {"start_date": "25-02-13"}, ["datoen findes ikke", "«2…»"]),
    ("cases", 3, {"start_date": "25-02.2013"}, ["datoen findes ikke"]),
    ("cases", 3, {"start_date": "#######"}, ["fejlværdien #######"]),
    ("cases", 3, {"gender": "#I/T"}, ["fejlværdien #I/T"]),
    ("cases", 3, {"gender": "Kvinder"}, ["«Kvinder»", "woman, man"]),
    ("cases", 3, {"target_group": ""}, ["cellen er tom"]),
    ("workload", 2, {"minutes": "1.234"}, ["«1.234»", "ikke 1.234"]),
    ("workload", 2, {"minutes": "1,234,567"}, ["«1,234,567»"]),
    ("workload", 2, {"minutes": "18.56.0"}, ["ugyldig værdi"]),
    ("workload", 2, {"minutes": "1e5"}, ["«1e5»"]),
    ("workload", 2, {"minutes": "ca. 18560"}, ["«ca. 18560»"]),
    ("workload", 2, {"price_year": "2013,5"}, ["et helt tal fra 1990"]),
    ("workload", 2, {"source": "#REFERENCE!"}, ["fejlværdien #REFERENCE!"]),
    ("workload", 2, {"description": "#NAVN?"}, ["fejlværdien #NAVN?"]),
    ("roles", 2, {"role": "Andet; Coachende"}, ["«Andet; Coachende»"]),
]


@pytest.mark.parametrize(("table", "row", "cells", "expected"), CELLS)
def test_a_cell_that_can_be_misread_is_refused(folder, change, table, row, cells, expected):
    change(folder / f"{table}.csv", row, **cells)
    found = messages(folder)
    place = f"rudersdal/{table}.csv, række {row}, kolonne «{next(iter(cells))}»"
    assert any(place in text and all(part in text for part in expected) for text in found), found


def test_a_row_number_counts_as_the_spreadsheet_does(folder):
    """A line break inside quotation marks is one row."""
    path = folder / "workload.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    broken = (
        lines[1]
        .replace("Sagsbehandling på", '"Sagsbehandling\npå')
        .replace("enheder,", 'enheder",')
    )
    path.write_text("\n".join([lines[0], "", broken, "x,own"]) + "\n", encoding="utf-8")
    text = "\n".join(messages(folder))
    assert "række 3, kolonne «description»: ugyldig værdi" in text
    assert "række 4: rækken har 2 celler, men der er 10 kolonner" in text


def test_a_file_without_a_known_column_is_named(folder):
    (folder / "roles.csv").write_text("Overskrift\nR-001\n", encoding="utf-8")
    assert "roles.csv, række 1: ingen af kolonnernes navne" in "\n".join(messages(folder))


def test_examples_are_left_out_of_a_csv_file_as_well(folder):
    with (folder / "roles.csv").open("a", encoding="utf-8") as file:
        file.write("EKSEMPEL-1,noget andet\n")
    found = inspect(folder)
    assert found.errors == []
    assert [one.severity for one in found.problems] == ["note"]


def test_many_rows_are_read_as_few_are(folder):
    """More rows than a part of the file holds, by the quick and by the careful way."""
    from fremskudt.contract.csv_files import PART, read_csv_file
    from fremskudt.contract.reading import ROW, read_table
    from fremskudt.contract.tables import ROLES

    rows = [f"C-{i:06d},{('advice', 'coaching', '007')[i % 3]}" for i in range(PART + 7)]
    path = folder / "roles.csv"
    frames = []
    for last in ("C-1,advice", '"C-1","advice"'):
        path.write_text("\n".join(["case_id,role", *rows, last]) + "\n", encoding="utf-8")
        sheet, problems = read_csv_file(path, "roles.csv", ROLES)
        assert problems == []
        frame, problems = read_table(sheet, ROLES)
        assert {problem.value for problem in problems} == {"007"}
        assert frame[ROW].tolist() == list(range(2, PART + 10))
        frames.append(frame)
    assert frames[0].equals(frames[1])
