"""What is said when a chapter fails: where, why and what to do, and nothing of the data."""

import json

import pytest
from jupyter_client.kernelspec import NoSuchKernel
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.exceptions import PapermillExecutionError

from fremskudt.publishing.failures import explain, where_kept
from fremskudt.publishing.templates import TEMPLATES, Chapter
from fremskudt.publishing.worker import read_executed

CHAPTER = Chapter(TEMPLATES[2], "vejle")
CASE = "A-017 kvinde 18-25"


def cell(kind="code", tags=(), begun=True):
    started = "2026-01-01T00:00:00" if begun else None
    return {
        "cell_type": kind,
        "metadata": {"tags": list(tags), "papermill": {"start_time": started}},
        "source": "",
    }


@pytest.fixture
def notebook(tmp_path):
    """Heading, parameters, injected parameters, and two cells of which the first was begun."""
    cells = [
        cell("markdown"),
        cell(tags=["parameters"]),
        cell(tags=["injected-parameters"]),
        cell(),
        cell(begun=False),
    ]
    path = tmp_path / "roles.ipynb"
    path.write_text(json.dumps({"cells": cells}), encoding="utf-8")
    return path


def said(error, notebook):
    return explain(CHAPTER, error, read_executed(notebook))


def raised(ename, evalue, source="tabel = vis(rækker)\nvis(tabel)", line=2):
    traceback = [f"\x1b[36mCell \x1b[39m\x1b[32mIn[3]\x1b[39m\x1b[32m, line {line}\x1b[39m\n"]
    return PapermillExecutionError(3, 3, source, ename, evalue, traceback)


def with_marks(notebook):
    """As papermill leaves a notebook whose cell has raised."""
    held = json.loads(notebook.read_text(encoding="utf-8"))
    held["cells"].insert(3, cell("markdown", ["papermill-error-cell-tag"]))
    held["cells"].insert(0, cell("markdown", ["papermill-error-cell-tag"]))
    notebook.write_text(json.dumps(held), encoding="utf-8")
    return notebook


def test_the_message_names_chapter_cell_of_the_template_and_where_the_notebook_lies(notebook):
    text = said(raised("KeyError", CASE), with_marks(notebook))
    assert text.startswith("vejle/roles: celle 3 i roles.ipynb fejlede. ")
    assert "Det forrige kapitel er uændret." in text
    assert f"ligger i {notebook};" in where_kept(notebook)
    assert "skal ikke deles" in where_kept(notebook)


@pytest.mark.parametrize("ename", ["KeyError", "ValueError", "TypeError", "AssertionError"])
def test_what_an_unexpected_error_says_is_not_repeated_but_its_line_is(notebook, ename):
    text = said(raised(ename, f"ukendt sag {CASE}\nmere"), with_marks(notebook))
    assert CASE not in text
    assert f"Uventet fejl i linjen «vis(tabel)»: {ename}." in text
    assert "står i notesbogen" in text


@pytest.mark.parametrize(
    ("ename", "evalue", "expected"),
    [
        ("DataProblem", "vejle/cases.csv, række 2: mangler\nmere", "vejle/cases.csv, række 2"),
        ("WrongUsage", "Kommunen «x» findes ikke", "Kommunen «x» findes ikke"),
        ("ModuleNotFoundError", "No module named 'x'", "ModuleNotFoundError: No module named 'x'"),
        ("MemoryError", "", "Computeren mangler hukommelse. Luk andre programmer"),
        ("OSError", "[Errno 28] No space left on device", "Der er ikke plads på disken."),
    ],
)
def test_what_is_safe_to_say_is_said(notebook, ename, evalue, expected):
    assert expected in said(raised(ename, evalue), with_marks(notebook))


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (
            CellTimeoutError("A cell timed out"),
            "celle 3 i roles.ipynb fejlede. Cellen var",
        ),
        (DeadKernelError("Kernel died"), "celle 3 i roles.ipynb fejlede. Processen"),
        (NoSuchKernel("python3"), "Jupyter-kernen «python3» mangler. Installér pakkerne igen"),
        (RuntimeError("Kernel didn't respond in 120 seconds"), "Jupyter-kernen kom ikke i gang"),
        (KeyError(CASE), "Kørslen stoppede med en uventet fejl (KeyError)."),
    ],
)
def test_what_stops_a_chapter_from_outside_is_said_in_danish(notebook, error, expected):
    text = said(error, notebook)
    assert expected in text
    assert CASE not in text


@pytest.mark.parametrize("content", [None, '{"cells": [{"cell_ty'])
def test_without_a_whole_notebook_no_cell_is_promised(tmp_path, content):
    path = tmp_path / "roles.ipynb"
    if content:
        path.write_text(content, encoding="utf-8")
    text = explain(CHAPTER, DeadKernelError(), read_executed(path))
    assert text.startswith("vejle/roles: roles.ipynb fejlede. Processen")
