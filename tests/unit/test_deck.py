"""Slides are cut from what an executed notebook says, in its order, and fit the screen."""

import pytest

from fremskudt.publishing.deck import deck, title_of
from fremskudt.teaching.choosing import Choose, Option
from fremskudt.teaching.paper import BOX, on_paper

EXERCISE = on_paper(
    Choose(
        name="tael",
        title="Tæl",
        minutes=4,
        prompt="Hvor mange dage?",
        empty="Vælg et svar.",
        solution="To dage.",
        discussion="Hvem tæller?",
        options=(Option("en", "Én", False, ""), Option("to", "To", True, "")),
    )
)


def markdown(text, *tags):
    return {"cell_type": "markdown", "id": "m", "metadata": {"tags": [*tags]}, "source": text}


def code(text, *tags):
    data = {"text/markdown": text.splitlines(keepends=True), "text/plain": "x"}
    output = {"output_type": "execute_result", "data": data}
    return {"cell_type": "code", "metadata": {"tags": [*tags]}, "outputs": [output], "source": ""}


def slides(*cells):
    """The kind and the text of each slide."""
    made = deck({"cells": list(cells)})["cells"]
    assert len({one["id"] for one in made}) == len(made)
    return [(one["metadata"]["slideshow"]["slide_type"], one["source"]) for one in made]


TITLE = code("# Modulet\n\n*45 minutter.* Bagefter kan du det.")


def test_a_heading_begins_a_slide_and_the_title_comes_first():
    story = slides(TITLE, markdown("## Historien"), code("Der var en dag."))
    assert story == [
        ("slide", "# Modulet\n\n*45 minutter.* Bagefter kan du det."),
        ("slide", "## Historien\n\nDer var en dag."),
    ]
    assert title_of({"cells": [TITLE]}) == "Modulet"


def test_solution_and_question_lie_below_the_exercise():
    assert slides(TITLE, code(EXERCISE))[1:] == [
        (
            "slide",
            "### Tæl\n\n*4 minutter.* Hvor mange dage?\n\n"
            '<div class="fs-paper">\n\n- ☐\N{NO-BREAK SPACE}Én\n- ☐\N{NO-BREAK SPACE}To\n\n</div>',
        ),
        ("subslide", "### Løsning: Tæl\n\nTo dage."),
        ("subslide", '### Tal om det: Tæl\n\n<div class="fs-question">\n\nHvem tæller?\n\n</div>'),
    ]


def test_what_stands_after_a_solution_is_about_the_next_exercise():
    found = slides(TITLE, code(EXERCISE), code("**Fase 2.** Mere."), code("### Næste\n\nSvar."))
    assert found[-1] == ("slide", "### Næste\n\n**Fase 2.** Mere.\n\nSvar.")


def test_what_stands_after_the_last_solution_is_told_too():
    found = slides(TITLE, code(EXERCISE), code("**Til sidst.** Tak for i dag."))
    assert found[-1] == ("slide", "### Tæl (fortsat)\n\n**Til sidst.** Tak for i dag.")
    assert found[:-1] == slides(TITLE, code(EXERCISE))


def test_fields_that_do_not_fit_beside_what_is_asked_are_left_out():
    many = EXERCISE.replace(f"- {BOX}To", "\n".join(f"- {BOX}Dag {n}" for n in range(40)))
    assert slides(TITLE, code(many))[1] == ("slide", "### Tæl\n\n*4 minutter.* Hvor mange dage?")


def test_a_worked_example_comes_step_by_step():
    cells = markdown("## Et gennemgået eksempel"), code("1. Først.\n2. Så.\n\nTil sidst.")
    assert slides(TITLE, *cells)[1:] == [
        ("slide", "## Et gennemgået eksempel\n\n1. Først."),
        ("fragment", "2. Så."),
        ("fragment", "Til sidst."),
    ]


def test_a_long_text_goes_on_below_and_nothing_is_lost():
    sentences = [f"Det er sætning nummer {n} i en lang historie om en sag." for n in range(60)]
    found = slides(TITLE, markdown("## Historien"), code(" ".join(sentences)))[1:]
    assert [kind for kind, _ in found] == ["slide"] + ["subslide"] * (len(found) - 1)
    assert all(text.startswith("## Historien (fortsat)\n") for _, text in found[1:])
    bodies = [text.split("\n\n", 1)[1] for _, text in found]
    assert " ".join(" ".join(bodies).split()) == " ".join(sentences)
    assert max(map(len, bodies)) <= 13 * 78


def test_a_long_table_is_parted_between_rows_and_its_head_is_repeated():
    rows = [f"| Ydelse {n} | {n} kr. |" for n in range(40)]
    table = "\n".join(["| Ydelse | Pris |", "| --- | --- |", *rows])
    found = slides(TITLE, markdown("## Priser"), code(table))[1:]
    assert len(found) > 2
    assert all("| Ydelse | Pris |\n| --- | --- |" in text for _, text in found)
    assert [row for _, text in found for row in text.splitlines() if row in rows] == rows


def test_a_long_word_without_an_end_is_kept_whole():
    found = slides(TITLE, code("x" * 5000))
    assert sum(text.count("x") for _, text in found) == 5000


def test_what_is_live_is_told_in_its_heading_alone():
    cells = markdown("## Gem dine svar\n\nDe bliver her.", "live"), code("knap", "live")
    assert slides(TITLE, *cells)[1:] == [("slide", "## Gem dine svar\n\nDe bliver her.")]


@pytest.mark.parametrize("outputs", [[], [{"output_type": "stream", "text": "x"}]])
def test_a_cell_that_says_nothing_makes_no_slide(outputs):
    silent = {"cell_type": "code", "metadata": {}, "outputs": outputs, "source": "lesson"}
    assert len(slides(silent, TITLE, silent)) == 1
