"""The command line: exit codes, Danish messages, and a site that stands when a run fails."""

import json
import shutil

import pytest

from fremskudt.cli import main
from fremskudt.errors import BookFailed, ChapterFailed, WrongUsage
from fremskudt.publishing.templates import TEMPLATES, check_parameters, read_template
from fremskudt.workspace import HANDBOOK, Workspace
from tests.guide import fictional


def left_with(arguments, capsys):
    """The exit code and what was printed."""
    code = 0
    try:
        main([str(argument) for argument in arguments])
    except SystemExit as stop:
        code = stop.code
    printed = capsys.readouterr()
    assert "Traceback" not in printed.out + printed.err
    return code, printed.out + printed.err


def test_list_names_every_municipality(capsys, data_copy):
    code, text = left_with(["list", "--data", data_copy], capsys)
    assert code == 0
    assert all(name in text for name in ("Aarhus", "Gladsaxe", "Rudersdal", "Vejle", "55 sager"))


def test_check_says_that_all_is_well(capsys, data_copy):
    code, text = left_with(["check", "vejle", "--data", data_copy], capsys)
    assert code == 0
    assert "vejle" in text
    assert "i orden" in text


def test_own_data_in_the_folder_of_the_code_are_warned_of(capsys, tmp_path, monkeypatch):
    fictional.make(tmp_path / "data")
    _, outside = left_with(["check", "--data", tmp_path / "data"], capsys)
    monkeypatch.setattr("fremskudt.intake.start.HANDBOOK", tmp_path)
    code, inside = left_with(["check", "--data", tmp_path / "data"], capsys)
    assert code == 0
    assert "ligger i håndbogens mappe" in inside
    assert "ligger i håndbogens mappe" not in outside


def test_a_data_problem_leaves_with_3_and_lists_every_problem(capsys, data_copy, change):
    change(data_copy / "vejle" / "cases.csv", 2, gender="x")
    change(data_copy / "aarhus" / "roles.csv", 2, role="y")
    code, text = left_with(["check", "--data", data_copy], capsys)
    assert code == 3
    assert "2 fejl i data" in text
    assert "vejle/cases.csv, række 2" in text
    assert "aarhus/roles.csv, række 2" in text


WRONG = [
    (["check", "rudersdall"], "Mente du «rudersdal»"),
    (["run", "--chapter", "economy"], "Kapitlet «economy» findes ikke"),
    (["run", "--chapter", "econmics"], "Mente du «economics»"),
    (["check", "--data", "findes-ikke"], "Datamappen findes ikke"),
    (["chek"], "Kommandoen «chek» findes ikke"),
    (["check", "--dta", "x"], "Tilvalget «--dta» findes ikke"),
    (["check", "--data"], "mangler en værdi"),
    (["serve", "--port", "abc"], "«abc»"),
]


@pytest.mark.parametrize(("arguments", "expected"), WRONG)
def test_wrong_usage_leaves_with_2_and_says_what_is_known(capsys, arguments, expected):
    code, text = left_with(arguments, capsys)
    assert code == 2
    assert expected in text


def test_a_folder_without_municipalities_is_wrong_usage(capsys, tmp_path):
    code, text = left_with(["list", "--data", tmp_path], capsys)
    assert code == 2
    assert "ingen kommuner" in text


def test_a_folder_that_lacks_its_municipality_file_is_reported(capsys, data_copy):
    (data_copy / "vejle" / "municipality.yml").unlink()
    code, text = left_with(["check", "--data", data_copy], capsys)
    assert code == 3
    assert "vejle/municipality.yml: filen mangler" in text


@pytest.mark.parametrize("name", ["Vejle By", "vejle_2", "ærø"])
def test_a_folder_name_that_is_no_address_is_reported(capsys, data_copy, name):
    (data_copy / "vejle").rename(data_copy / name)
    code, text = left_with(["check", "--data", data_copy], capsys)
    assert code == 3
    assert name in text


def test_the_data_folder_can_come_from_the_environment(capsys, data_copy, monkeypatch):
    shutil.rmtree(data_copy / "vejle")
    monkeypatch.setenv("FREMSKUDT_DATA", str(data_copy))
    code, text = left_with(["list"], capsys)
    assert code == 0
    assert "Vejle" not in text


def test_a_failed_chapter_leaves_with_4_and_a_failed_book_with_5(
    capsys, data_copy, tmp_path, monkeypatch
):
    def fail(error):
        def raising(*_, **__):
            raise error

        return raising

    arguments = ["site", "--data", data_copy, "--output", tmp_path]
    monkeypatch.setattr(
        "fremskudt.publishing.running.run", fail(ChapterFailed("vejle/roles: celle 3"))
    )
    assert left_with(arguments, capsys) == (4, "vejle/roles: celle 3\n")
    monkeypatch.setattr("fremskudt.publishing.running.run", lambda *_, **__: [])
    monkeypatch.setattr(
        "fremskudt.publishing.site.compile_book", fail(BookFailed("Bogen kunne ikke"))
    )
    code, text = left_with(arguments, capsys)
    assert code == 5
    assert "Bogen kunne ikke" in text


def test_serve_without_a_site_says_how_to_make_one(capsys, tmp_path):
    code, text = left_with(["serve", "--output", tmp_path], capsys)
    assert code == 2
    assert "fremskudt site" in text


@pytest.fixture
def workspace(tmp_path):
    """A handbook of one's own, so that templates can be broken."""
    handbook = tmp_path / "handbook"
    shutil.copytree(HANDBOOK / "notebooks", handbook / "notebooks")
    return Workspace(handbook, HANDBOOK / "data", tmp_path / "out")


def test_an_unknown_parameter_is_refused(workspace):
    with pytest.raises(WrongUsage, match="kender ikke parameteren «kommune»"):
        check_parameters(workspace, TEMPLATES[0], {"kommune": "vejle"})


def test_a_template_without_a_parameters_cell_is_refused(workspace):
    path = workspace.notebooks / "profile.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["cells"][0]["metadata"]["tags"] = []
    path.write_text(json.dumps(notebook), encoding="utf-8")
    with pytest.raises(ChapterFailed, match="præcis én celle"):
        read_template(workspace, TEMPLATES[0])


def test_a_template_that_is_no_notebook_is_refused(workspace):
    (workspace.notebooks / "profile.ipynb").write_text("{", encoding="utf-8")
    with pytest.raises(ChapterFailed, match="kan ikke læses"):
        read_template(workspace, TEMPLATES[0])
