"""A module as its notebook meets it: what the exercises are about stands there, and runs."""

import json
import re

import pytest

from fremskudt.teaching.course import FOLDER, module
from fremskudt.teaching.lesson import open_lesson

NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
MODULES = [path for path in NOTEBOOKS if path.name[0].isdigit()]


@pytest.mark.parametrize("path", MODULES, ids=lambda one: one.stem)
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


def test_answers_are_kept_as_they_stand_and_fetched_again(tmp_path):
    lesson = open_lesson(1, str(tmp_path))
    lesson.exercise("hvor-enige").inputs.fields[0].value = "61"  # not checked
    lesson.exercise("flyt-graenserne")  # sliders stand where they began: no answer
    lesson.keeper().button.click()
    (kept,) = (tmp_path / "svar").iterdir()
    assert kept.name == f"svar-modul-1-{lesson.code}.json"
    assert '"hvor-enige": "61"' in kept.read_text(encoding="utf-8")
    assert "flyt-graenserne" not in kept.read_text(encoding="utf-8")
    later = open_lesson(1, str(tmp_path))
    later.keeper().fetch.click()
    assert later.exercise("hvor-enige").inputs.fields[0].value == "61"
    assert later.code == lesson.code


def test_whoever_opens_a_module_again_goes_on_under_the_code_of_the_newest_file(tmp_path):
    lesson = open_lesson(1, str(tmp_path))
    lesson.exercise("hvor-enige").inputs.fields[0].value = "61"
    lesson.keeper().button.click()
    (tmp_path / "svar" / "i-stykker.json").write_text("{", encoding="utf-8")
    again = open_lesson(1, str(tmp_path))  # the page was loaded again, nothing fetched
    assert again.code == lesson.code
    again.exercise("hvor-enige").inputs.fields[0].value = "75"
    again.keeper().button.click()
    assert len(list((tmp_path / "svar").glob("svar-*.json"))) == 1
    assert open_lesson(2, str(tmp_path)).code == lesson.code
    assert open_lesson(1, str(tmp_path / "et-andet-sted")).code != lesson.code


def test_the_page_follows_the_fields_of_its_exercise(tmp_path):
    lesson = open_lesson(6, str(tmp_path))
    page = lesson.page()
    lesson.exercise("din-egen-justering").inputs.fields[0].value = "Fredage venter"
    assert "Fredage venter" in page.shown.value
    with pytest.raises(StopIteration):
        open_lesson(1, str(tmp_path)).page()


def test_the_table_of_module_4_says_empty_where_nobody_answered():
    table = module(4).materials["elleve-borgere"]
    assert table.count("\n| B-") == 11
    assert "| B-03 | Afhængig af støtte |   | Afhængig af støtte |   |" in table
