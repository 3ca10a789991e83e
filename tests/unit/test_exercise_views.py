"""What stands on the screen: fields are labelled, read as an answer, and emptied."""

import ipywidgets as widgets
import pytest

from fremskudt.teaching.course import module
from fremskudt.teaching.exercise import Attempt
from fremskudt.teaching.paper import SOLUTION
from fremskudt.teaching.thresholds import Thresholds
from fremskudt.teaching.timeline import Timeline
from fremskudt.teaching.views.exercise import HIDE, SHOW, ExerciseView
from fremskudt.teaching.views.texts import rendered
from tests.unit.test_exercises import EXERCISES, right_answer

NAMED = pytest.mark.parametrize("exercise", EXERCISES, ids=lambda one: one.name)


def names_of(exercise):
    """What the fields of a mapping answer are called, in their order."""
    for parts in ("items", "fields", "asks", "sliders"):
        if found := getattr(exercise, parts, ()):
            return [one.name for one in found] + ["reading"] * (parts == "sliders")
    return [one.name for one in exercise.options]


def fill(view, answer):
    """Put an answer in the fields as a participant would."""
    fields = view.inputs.fields
    if isinstance(view.attempt.exercise, Timeline):
        view.inputs.lay(view.attempt.exercise.suggested)
    elif isinstance(answer, dict):
        for field, name in zip(fields, names_of(view.attempt.exercise), strict=True):
            field.value = answer[name]
    elif not isinstance(answer, list):
        fields[0].value = answer
    elif isinstance(fields[0], widgets.Checkbox):
        for field, name in zip(fields, names_of(view.attempt.exercise), strict=True):
            field.value = name in answer
    else:
        for field, name in zip(fields, answer, strict=True):
            field.value = name


@NAMED
def test_a_participant_who_answers_right_is_told_why(exercise):
    view = ExerciseView(Attempt(exercise))
    fill(view, right_answer(exercise))
    view.check.click()
    assert 'role="alert"' in view.feedback.value
    assert "Det passer" in view.feedback.value
    assert view.attempt.feedback.is_right


@NAMED
def test_who_answers_nothing_is_told_where_to_begin_and_can_begin_again(exercise):
    if isinstance(exercise, Thresholds):
        return  # the limits always stand somewhere: the next test
    view = ExerciseView(Attempt(exercise))
    view.check.click()
    assert "Der er ikke noget svar endnu" in view.feedback.value
    fill(view, right_answer(exercise))
    view.check.click()
    view.again.click()
    assert view.feedback.value == ""
    assert not view.inputs.read()


def test_limits_show_at_once_whom_they_find_and_go_back_to_where_they_began():
    exercise = module(1)["flyt-graenserne"]
    view = ExerciseView(Attempt(exercise))
    found = view.inputs.shown.children[-1]
    assert "<strong>13 af 24</strong>" in found.value
    view.inputs.fields[-1].value = "all"
    assert "<strong>5 af 24</strong>" in found.value
    view.inputs.fields[0].value = 3
    view.again.click()
    assert view.inputs.read() == exercise.start


@NAMED
def test_the_solution_is_shown_when_it_is_asked_for(exercise):
    view = ExerciseView(Attempt(exercise))
    assert view.solution.value == ""
    view.show.click()
    assert "Løsning" in view.solution.value
    assert view.show.description == HIDE
    view.show.click()
    assert (view.solution.value, view.show.description) == ("", SHOW)


@NAMED
def test_every_field_has_a_label_of_its_own(exercise):
    labels = [field.description for field in ExerciseView(Attempt(exercise)).inputs.fields]
    assert all(label.strip() for label in labels)
    assert len(set(labels)) == len(labels)


def test_checkboxes_under_one_question_say_their_own_name_and_then_the_question():
    view = ExerciseView(Attempt(module(3)["fase-2"]))
    (roles,) = [one for one in view.inputs.fields if one.description.startswith("Hvilke roller")]
    assert roles.description in roles.children[0].value
    for option, box in roles.boxes.items():
        assert box.description.startswith(option)
        assert f"({roles.description})" in box.description
    roles.boxes["Coachende"].value = roles.boxes["Råd og vejledning"].value = True
    assert view.inputs.read() == {"roles": ["Råd og vejledning", "Coachende"]}


def test_steps_do_not_stand_in_the_right_order_from_the_start():
    order = module(2)["saet-i-raekkefoelge"]
    shown = [name for _, name in ExerciseView(Attempt(order)).inputs.fields[0].options[1:]]
    assert shown != [one.name for one in order.steps]


@NAMED
def test_without_a_kernel_the_exercise_can_be_read_and_its_solution_is_folded_away(exercise):
    page = ExerciseView(Attempt(exercise))._repr_mimebundle_()["text/markdown"]
    before, folded = page.split(f"{SOLUTION}\n\n")
    assert before.startswith(f"### {exercise.title}\n")
    assert exercise.solution.strip() in folded
    assert exercise.solution.strip() not in before
    assert "<script" not in page


def test_html_in_a_text_is_text():
    assert "<script>" not in rendered("<script>alert(1)</script> [a](javascript:alert(1))")
    assert "javascript:" not in rendered("[a](javascript:alert(1))").replace("[a](javascript", "")
