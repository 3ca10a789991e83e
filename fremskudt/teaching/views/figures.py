"""The chapters' figures with the participant's own case in them."""

from collections.abc import Callable, Mapping
from typing import Any

import ipywidgets as widgets

from fremskudt.contract.delivery import Delivery
from fremskudt.teaching.own_figures import own_figures
from fremskudt.teaching.registering import CASE, Registered, others, registered
from fremskudt.teaching.views.look import in_look
from fremskudt.teaching.views.texts import rendered

TITLE = f"Find {CASE} i figurerne"
SHOW = "Vis mine svar i figurerne"
READY = "Skemaerne er læst, og kontrollen har ingen fejl fundet. Vælg en figur."
NOT_YET = "Figurerne venter. Kontrollen har fundet noget, der skal rettes først:"
READING = "Læser dine skemaer og kører kontrollen …"
DRAWING = "Tegner figuren …"
CANNOT = "Skemaerne kan ikke læses på denne maskine. Tjek, at der er plads på disken, og prøv igen."
PRINTED = (
    "Her kan du se dine egne svar i kapitlernes figurer, når kurset er åbnet med "
    "<code>fremskudt teach</code>."
)
LABELS = {"description_width": "initial"}
WIDE = widgets.Layout(width="100%", max_width="44rem")


class FiguresView:
    """A button that reads the three forms, and the figures to choose among when they are sound.

    `answers` gives what stands in the exercises now, by their names.
    """

    def __init__(self, answers: Callable[[], Mapping[str, object]]) -> None:
        self.answers = answers
        self.delivery: Delivery | None = None
        self.drawn: dict[tuple[int, bool], str] = {}
        self.button = widgets.Button(description=SHOW, button_style="primary")
        self.button.layout.width = "auto"
        self.said = widgets.HTML()
        labels = [(one.label, place) for place, one in enumerate(own_figures())]
        self.which = widgets.Dropdown(
            options=labels, description="Figur", style=LABELS, layout=WIDE
        )
        self.cases = widgets.RadioButtons(
            options=[(f"Med din {CASE}", True), (f"Uden {CASE}", False)],
            description="Sager i figuren",
            style=LABELS,
            layout=WIDE,
        )
        self.told, self.figure = widgets.HTML(), widgets.HTML()
        self.choices = widgets.VBox([self.which, self.cases, self.told, self.figure])
        self.choices.layout.display = "none"
        self.button.on_click(lambda _: self._read())
        for field in (self.which, self.cases):
            field.observe(lambda _: self._draw(), names="value")
        self.widget = in_look(widgets.HBox([self.button]), self.said, self.choices)

    def _read(self) -> None:
        self.said.value = f'<p role="status">{READING}</p>'
        try:
            found = registered(self.answers())
        except OSError:
            found = Registered(None, (CANNOT,))
        self.delivery, self.drawn = found.delivery, {}
        self.choices.layout.display = "none" if found.delivery is None else ""
        self.said.value = _alert(found)
        self._draw()

    def _draw(self) -> None:
        if self.delivery is None:
            return
        figure, is_with = own_figures()[self.which.value], self.cases.value
        key = (self.which.value, is_with)
        if key not in self.drawn:
            self.told.value = f'<p role="status">{DRAWING}</p>'
            self.drawn[key] = figure.drawn(self.delivery if is_with else others())
        self.figure.value = self.drawn[key]
        told = rendered(figure.told(others(), self.delivery))
        self.told.value = f'<div role="status">{told}</div>'

    def _repr_mimebundle_(self, **options: Any) -> dict[str, Any]:
        bundle: dict[str, Any] = self.widget._repr_mimebundle_(**options)
        lines = "\n".join(f"- **{one.label}.** {one.see}" for one in own_figures())
        page = (
            f"<p><em>{PRINTED}</em></p><details><summary>Hvor {CASE} står, når skemaerne følger "
            f"historien</summary>{rendered(lines)}</details>"
        )
        return {**bundle, "text/html": page, "text/plain": TITLE}


def _alert(found: Registered) -> str:
    """What was found, as HTML that a screen reader announces."""
    parts = [f"<p><strong>{READY if found.delivery else NOT_YET}</strong></p>"]
    problems = "".join(f"<li>{rendered(one)}</li>" for one in found.problems)
    parts += [f"<ul>{problems}</ul>"] if problems else []
    parts += [rendered(one) for one in found.remarks]
    return f'<div role="alert">{"".join(parts)}</div>'
