"""Where a site is published: what site.yml may say, and what is said when it may not."""

import pytest

from fremskudt.errors import DataProblem
from fremskudt.publishing.publication import Publication, read_publication


def read(tmp_path, text):
    (tmp_path / "site.yml").write_text(text, encoding="utf-8")
    return read_publication(tmp_path)


def test_nothing_is_known_where_there_is_no_file(tmp_path):
    assert read_publication(tmp_path) == Publication("", "")
    assert read_publication(tmp_path).root == "/"


def test_the_day_of_the_numbers_is_said_in_words(tmp_path):
    found = read(tmp_path, "date: 2025-01-31\n")
    assert found.as_values()["date_words"] == "31. januar 2025"
    assert found.as_values()["date"] == "2025-01-31"


@pytest.mark.parametrize("day", ["31-01-2025", "2025", "2025-01-31 12:00:00", "'i går'"])
def test_a_day_is_written_with_the_year_first(tmp_path, day):
    with pytest.raises(DataProblem) as refused:
        read(tmp_path, f"date: {day}\n")
    assert refused.value.problems[0].column == "date"


def test_an_empty_file_says_nothing(tmp_path):
    assert read(tmp_path, "# ikke udfyldt endnu\n") == Publication()


def test_address_and_publisher_are_read(tmp_path):
    found = read(tmp_path, "address: https://www.aeroe.dk/fremskudt/\npublisher: Ærø Kommune\n")
    assert found == Publication("https://www.aeroe.dk/fremskudt/", "Ærø Kommune")
    assert found.root == "/fremskudt/"


@pytest.mark.parametrize(
    "address",
    [
        "www.aeroe.dk/fremskudt/",
        "https://www.aeroe.dk/fremskudt",
        "https://www.aeroe.dk/?side=1/",
        "https://www.aeroe.dk/#top/",
        "https://bruger:kode@localhost/",
        "https:///fremskudt/",
        "https://ærø.dk/",
        "javascript:alert(1)/",
        "file:///c:/site/",
        '"https://a.dk/\\"><script>/"',
        "https://[::1/",
        "17",
    ],
)
def test_what_no_folder_of_pages_can_have_as_address_is_refused(tmp_path, address):
    with pytest.raises(DataProblem) as refused:
        read(tmp_path, f"address: {address}\n")
    (problem,) = refused.value.problems
    assert (problem.file, problem.column) == ("site.yml", "address")
    assert "https://www.kommune.dk/fremskudt/" in str(refused.value)


@pytest.mark.parametrize("publisher", ["''", "[Ærø]", "x" * 81])
def test_a_publisher_is_a_short_name(tmp_path, publisher):
    with pytest.raises(DataProblem) as refused:
        read(tmp_path, f"publisher: {publisher}\n")
    assert refused.value.problems[0].column == "publisher"


def test_a_field_that_is_none_is_told_by_its_name(tmp_path):
    with pytest.raises(DataProblem, match="adresse"):
        read(tmp_path, "adresse: https://www.aeroe.dk/\n")


@pytest.mark.parametrize("text", ["- https://a.dk/\n", "https://a.dk/\n"])
def test_a_file_without_fields_is_refused(tmp_path, text):
    with pytest.raises(DataProblem, match="ingen felter"):
        read(tmp_path, text)


def test_a_file_that_is_no_yaml_is_told_with_its_line(tmp_path):
    with pytest.raises(DataProblem) as refused:
        read(tmp_path, "publisher: Ærø\naddress: [\n")
    assert refused.value.problems[0].row in (2, 3)


def test_a_line_with_a_person_is_refused_and_not_repeated(tmp_path):
    with pytest.raises(DataProblem) as refused:
        read(tmp_path, "# spørg Jens, 010190-1234\npublisher: Ærø Kommune\n")
    assert refused.value.problems[0].row == 1
    assert "0101" not in str(refused.value)
