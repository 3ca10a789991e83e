"""A module as its notebook meets it: what the exercises are about stands there, and runs."""

import json
import re

import pytest

from fremskudt.teaching.course import FOLDER, module
from fremskudt.teaching.lesson import open_lesson

NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda one: one.stem)
def test_a_notebook_shows_all_that_its_module_has_and_nothing_else(path):
    code = "\n".join(
        "".join(cell["source"])
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]
        if cell["cell_type"] == "code"
    )
    of = module(int(path.name[0]))
    assert re.findall(r'exercise\("([^"]+)"\)', code) == [one.name for one in of.exercises]
    assert sorted(re.findall(r'material\("([^"]+)"\)', code)) == sorted(of.materials)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda one: one.stem)
def test_every_cell_of_a_notebook_runs(path, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names = {}
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), names)  # noqa: S102 - the course's own cells
    assert not (tmp_path / "svar").exists()  # nothing is kept before it is asked for


def test_answers_are_kept_where_the_notebook_lies_and_the_room_is_told(tmp_path):
    for number in ("61", "75"):
        lesson = open_lesson(1, str(tmp_path))
        lesson.exercise("hvor-enige").attempt.give(number)
        lesson.keeper().button.click()
    said = lesson.room(str(tmp_path / "svar")).text
    assert "**2** har afleveret" in said
    assert "- 61: 1" in said
    assert "- 75: 1" in said


def test_the_table_of_module_4_says_empty_where_nobody_answered():
    table = module(4).materials["elleve-borgere"]
    assert table.count("\n| B-") == 11
    assert "| B-03 | Afhængig af støtte |   | Afhængig af støtte |   |" in table
