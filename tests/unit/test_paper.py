"""An exercise on paper: all that can be answered stands there, and the answer does not."""

import re

import pytest

from fremskudt.teaching.choosing import Choose, ChooseSeveral
from fremskudt.teaching.counting import Number
from fremskudt.teaching.course import module
from fremskudt.teaching.deadlines import Deadlines
from fremskudt.teaching.exercise import Exercise
from fremskudt.teaching.filling import FillIn
from fremskudt.teaching.ordering import Order
from fremskudt.teaching.paper import SOLUTION, fields, on_paper
from fremskudt.teaching.sorting import Sort
from fremskudt.teaching.thresholds import Thresholds
from fremskudt.teaching.timeline import Timeline
from tests.unit.test_exercises import EXERCISES

NAMED = pytest.mark.parametrize("exercise", EXERCISES, ids=lambda one: one.name)


def least(exercise):
    """How many boxes and lines to write on an exercise needs at the least."""
    match exercise:
        case Choose() | ChooseSeveral():
            return len(exercise.options)
        case Order():
            return len(exercise.steps)
        case Sort():
            return len(exercise.items)
        case FillIn():
            return len(exercise.fields)
        case Deadlines():
            return len(exercise.asks)
        case Thresholds():
            return len(exercise.sliders) + len(exercise.readings)
        case Timeline():
            return 2
    assert isinstance(exercise, Number)
    return 1


@NAMED
def test_an_exercise_can_be_read_and_answered_on_paper(exercise):
    page = on_paper(exercise)
    before, folded = page.split(SOLUTION)
    assert before.startswith(f"### {exercise.title}\n\n*{exercise.minutes} minutter.* ")
    below = before.split(exercise.prompt.strip())[-1]
    assert len(re.findall(r"☐|(?:\\_)+|(?m:^[| ]+$)", below)) >= least(exercise)
    assert exercise.solution.strip() in folded
    assert exercise.discussion in folded
    assert page.count("<details") == page.count("</details>") == 1


def test_choices_are_boxes_and_a_number_has_a_line_and_its_unit():
    assert "- ☐\N{NO-BREAK SPACE}13 %\n" in fields(module(4)["muligt-af-otte"])
    assert fields(module(2)["tael-arbejdsdage"]).endswith(r"\_ arbejdsdage")


def test_steps_do_not_stand_in_the_right_order():
    printed = fields(module(2)["saet-i-raekkefoelge"])
    steps = [one.text for one in module(2)["saet-i-raekkefoelge"].steps]
    assert all(text in printed for text in steps)
    assert sorted(steps, key=printed.index) != steps


def test_places_that_are_too_long_to_repeat_get_letters():
    few = fields(module(3)["se-svarene"])
    assert "☐\N{NO-BREAK SPACE}Tæller med\N{EM SPACE}☐\N{NO-BREAK SPACE}Tæller ikke med" in few
    many = fields(module(2)["hvem-goer-hvad"])
    assert "- **A** Samarbejdspartneren\n" in many
    assert "Skriv bogstavet:" in many


def test_every_citizen_of_the_thresholds_stands_in_the_table():
    # B-03 had two entrances and three services for 147.800 kr. in the year before.
    assert "| B-03 | 2 | 3 | 147.800 |" in fields(module(1)["flyt-graenserne"])
    assert fields(module(1)["flyt-graenserne"]).count("\n| B-") == 24


def test_the_two_courses_have_a_table_each_to_write_in():
    printed = fields(module(5)["byg-pernilles-to-forloeb"])
    assert printed.count("| Ydelse |") == 2
    assert "**Uden indsatsen**" in printed


def test_an_exercise_that_lives_on_the_screen_alone_has_no_fields():
    class OnScreen(Exercise):
        def judge(self, answer):
            raise NotImplementedError

    alone = OnScreen("navn", "Titel", 3, "Gør det.", "", "Sådan.", "Hvorfor?")
    assert fields(alone) == ""
    assert on_paper(alone).startswith("### Titel\n\n*3 minutter.* Gør det.\n\n<details")
