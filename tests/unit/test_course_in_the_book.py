"""The course's modules as pages: what runs is left out, what is made by chance too."""

import re

import pytest
import yaml

from fremskudt.publishing.contents import WRITTEN
from fremskudt.publishing.pages import Frame, as_page
from fremskudt.publishing.parts import course
from fremskudt.publishing.templates import TEMPLATES, Kind
from fremskudt.publishing.worker import WIDGET, cleaned
from fremskudt.teaching.course import FOLDER, module

NUMBERS = range(1, 7)
EACH = pytest.mark.parametrize("n", NUMBERS)


def cell(kind, name, tags=(), **more):
    return {"cell_type": kind, "id": name, "metadata": {"tags": [*tags]}, "source": "", **more}


def shown(**data):
    return {"output_type": "execute_result", "metadata": {}, "data": data}


def test_widgets_and_their_random_numbers_are_no_part_of_an_executed_notebook():
    both = shown(**{WIDGET: {"model_id": "8f3a"}, "text/markdown": "### Øvelse"})
    notebook = {
        "metadata": {"widgets": {"8f3a": {}}, "papermill": {}, "kernelspec": {}},
        "cells": [cell("code", "a", outputs=[both, {"output_type": "stream", "text": "x"}])],
    }
    clean = cleaned(notebook)
    assert clean["metadata"].keys() == {"kernelspec", "language_info"}
    assert clean["cells"][0]["outputs"][0]["data"] == {"text/markdown": "### Øvelse"}


def test_a_page_has_its_frame_and_nothing_that_is_live():
    notebook = {
        "cells": [
            cell("code", "setting", outputs=[]),
            cell("code", "title", outputs=[shown(**{"text/markdown": "# Titel"})]),
            cell("markdown", "save", ["live"]),
            cell("code", "keep", ["live"], outputs=[shown(**{"text/html": ""})]),
        ]
    }
    page = as_page(notebook, Frame("En kopi.", "## Læs videre"))
    assert [one["source"] for one in page["cells"]] == ["# Titel", "En kopi.", "## Læs videre"]


def test_the_course_is_in_the_contents_with_a_page_for_each_module():
    pages = [one.page for one in TEMPLATES if one.kind is Kind.COURSE]
    assert pages == [f"kursus/modul-{n}" for n in NUMBERS]
    assert [one.module for one in TEMPLATES if one.module] == [*NUMBERS]
    assert set(pages) < set(WRITTEN["kurset"])


@EACH
def test_a_sheet_has_no_heading_of_its_own_and_all_its_lines(n):
    made = course.sheet(str(n))
    assert not re.search(r"(?m)^#", made)
    lines = [one for one in module(n).sheet.splitlines() if one and not one.startswith("#")]
    assert all(line in made for line in lines)


@EACH
def test_the_answers_hold_every_solution_and_every_misunderstanding(n):
    made = course.answers(str(n))
    of = module(n)
    titles = [one.title for one in of.exercises]
    assert re.findall(r"(?m)^### (.+)$", made) == [*titles, f"Misforståelser i modul {n}"]
    assert all(one.solution.strip() in made for one in of.exercises)
    assert all(" ".join(one.reply.split()) in made for one in of.misunderstandings)
    raw = yaml.safe_load((FOLDER / f"modul-{n}.yml").read_text(encoding="utf-8"))
    assert course.trainer(str(n)).split() == raw["trainer"].split()


def test_a_part_of_a_module_that_there_is_not_is_an_error():
    with pytest.raises(FileNotFoundError):
        course.sheet("7")


@EACH
def test_a_module_leads_to_its_slides_and_to_the_next(n):
    made = course.frame(n)
    assert f'href="slides/modul-{n}.html"' in made.beneath_title
    assert made.at_end.startswith("## Læs videre\n")
    assert (f"(modul-{n + 1})" in made.at_end) == (n < 6)
