"""What the fields of every exercise are made of.

Every field has a label of its own, is reached by the Tab key and needs no mouse.
"""

from collections.abc import Callable
from dataclasses import dataclass

import ipywidgets as widgets

from fremskudt.teaching.views.several import Several

NOTHING = "–"  # the choice that is none yet
WIDE = widgets.Layout(width="100%", max_width="44rem")
LABELS = {"description_width": "initial"}


@dataclass
class Inputs:
    """The widgets of an exercise in their order, how the answer is read from them, and how they
    are emptied."""

    shown: widgets.Widget
    read: Callable[[], object]
    fields: tuple[widgets.Widget, ...]
    keeps_a_choice: bool = False

    def clear(self) -> None:
        """Empty every field."""
        for field in self.fields:
            match field:
                case Several():
                    field.value = []
                case StartingNumber():
                    field.value = field.start
                case widgets.Checkbox():
                    field.value = False
                case widgets.Text() | widgets.Textarea():
                    field.value = ""
                case widgets.RadioButtons() if field.value is not None and self.keeps_a_choice:
                    continue  # one of them always holds
                case _:
                    field.value = None


class StartingNumber(widgets.BoundedIntText):  # type: ignore[misc]  # ipywidgets has no types
    """A number that is moved in steps, with the arrow keys too, and knows where it began.

    The slider of ipywidgets has no name that a screen reader can say.
    """

    def __init__(self, start: int, **options: object) -> None:
        super().__init__(value=start, **options)
        self.start = start


def choice(label: str, options: list[tuple[str, str]]) -> widgets.Dropdown:
    """A labelled choice among texts and their values, none at first."""
    return widgets.Dropdown(
        options=[(NOTHING, None), *options],
        value=None,
        description=label,
        style=LABELS,
        layout=WIDE,
    )
