"""An exercise on the screen: what is asked, the fields, the answer to the answer, the solution."""

from typing import Any

import ipywidgets as widgets

from fremskudt.teaching.exercise import Attempt
from fremskudt.teaching.feedback import Feedback
from fremskudt.teaching.paper import answered, on_paper
from fremskudt.teaching.views.inputs import inputs
from fremskudt.teaching.views.look import in_look
from fremskudt.teaching.views.texts import html, rendered

CHECK, AGAIN = "Se, om det passer", "Begynd forfra"
SHOW, HIDE = "Vis løsningen", "Skjul løsningen"


class ExerciseView:
    """One exercise that can be answered; shows itself in a notebook and, without a kernel, as it
    is on paper with its solution folded away."""

    def __init__(self, attempt: Attempt) -> None:
        self.attempt = attempt
        self.inputs = inputs(attempt.exercise)
        self.untouched = self.inputs.read()
        self.feedback = widgets.HTML()
        self.solution = widgets.HTML()
        self.check = widgets.Button(description=CHECK, button_style="primary")
        self.again = widgets.Button(description=AGAIN)
        self.show = widgets.Button(description=SHOW)
        for button in (self.check, self.again, self.show):
            button.layout.width = "auto"
        self.check.on_click(lambda _: self._check())
        self.again.on_click(lambda _: self._clear())
        self.show.on_click(lambda _: self._toggle())
        exercise = attempt.exercise
        self.widget = in_look(
            html(f"### {exercise.title}\n\n{exercise.prompt}"),
            self.inputs.shown,
            widgets.HBox([self.check, self.again, self.show]),
            self.feedback,
            self.solution,
        )

    def standing(self) -> object:
        """The answer that stands in the fields; None where nobody has answered. Sliders always
        stand somewhere: where they began is an answer once it has been tried."""
        answer = self.inputs.read()
        return None if answer == self.untouched and answer != self.attempt.answer else answer

    def _check(self) -> None:
        found = self.attempt.give(self.inputs.read())
        self.feedback.value = as_alert(found)

    def _clear(self) -> None:
        self.inputs.clear()
        self.feedback.value = ""
        self.attempt.give(None)

    def _toggle(self) -> None:
        is_shown = bool(self.solution.value)
        exercise = self.attempt.exercise
        text = f"**Løsning.** {answered(exercise)}"
        self.solution.value = "" if is_shown else rendered(text)
        self.show.description = SHOW if is_shown else HIDE

    def _repr_mimebundle_(self, **options: Any) -> dict[str, Any]:
        bundle: dict[str, Any] = self.widget._repr_mimebundle_(**options)
        exercise = self.attempt.exercise
        return {**bundle, "text/markdown": on_paper(exercise), "text/plain": exercise.title}


def as_alert(found: Feedback) -> str:
    """Feedback as HTML that a screen reader announces; the verdict stands in words."""
    lines = "".join(rendered(line) for line in found.lines)
    return f'<div role="alert"><p><strong>{found.heading}</strong></p>{lines}</div>'
