"""What the fields of every exercise are made of.

Every field has a label of its own, is reached by the Tab key and needs no mouse.
"""

from collections.abc import Callable
from dataclasses import dataclass

import ipywidgets as widgets

NOTHING = "–"  # the choice that is none yet
WIDE = widgets.Layout(width="100%", max_width="44rem")
LABELS = {"description_width": "initial"}


@dataclass
class Inputs:
    """The widgets of an exercise in their order, how the answer is read from them, and how they
    are made to stand as they began."""

    shown: widgets.Widget
    read: Callable[[], object]
    fields: tuple[widgets.Widget, ...]

    def __post_init__(self) -> None:
        self.began = [field.value for field in self.fields]

    def clear(self) -> None:
        """Let every field stand as it began."""
        for field, value in zip(self.fields, self.began, strict=True):
            field.value = value


def with_slider(field: widgets.BoundedIntText) -> widgets.VBox:
    """A number with a slider below it; either moves the other.

    The number has the name that a screen reader says. The slider of ipywidgets has none of its
    own: the apps' page gives it the number's.
    """
    slider = widgets.IntSlider(
        value=field.value, min=field.min, max=field.max, step=field.step, readout=False, layout=WIDE
    )
    widgets.link((field, "value"), (slider, "value"))
    box = widgets.VBox([field, slider])
    box.add_class("fs-slider")
    return box


def choice(label: str, options: list[tuple[str, str]]) -> widgets.Dropdown:
    """A labelled choice among texts and their values, none at first."""
    return widgets.Dropdown(
        options=[(NOTHING, None), *options],
        value=None,
        description=label,
        style=LABELS,
        layout=WIDE,
    )
