"""Checkboxes below one question."""

from collections.abc import Sequence

import ipywidgets as widgets

from fremskudt.presentation.text import safe_html

WHOLE = widgets.Layout(width="100%", max_width="44rem")


class Several(widgets.VBox):  # type: ignore[misc]  # ipywidgets has no types
    """A question of which several answers can be true. `value` lists those that are chosen.

    A box of widgets cannot be made a named group. So the question stands above the boxes, and,
    for those who hear one box at a time, after each box's own name.
    """

    def __init__(self, description: str, options: Sequence[str]) -> None:
        self.description = description
        unseen = f' <span class="visually-hidden">({safe_html(description)})</span>'
        self.boxes = {
            option: widgets.Checkbox(
                description=safe_html(option) + unseen,
                description_allow_html=True,
                indent=False,
                style={"description_width": "initial"},
                layout=WHOLE,
            )
            for option in options
        }
        question = widgets.HTML(f'<p class="fs-question">{safe_html(description)}</p>')
        super().__init__([question, *self.boxes.values()])

    @property
    def value(self) -> list[str]:
        """The options that are chosen, in their order."""
        return [option for option, box in self.boxes.items() if box.value]

    @value.setter
    def value(self, chosen: Sequence[str]) -> None:
        for option, box in self.boxes.items():
            box.value = option in chosen
