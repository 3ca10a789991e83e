"""The button that keeps a participant's answers in a file on this machine."""

from collections.abc import Callable
from typing import Any

import ipywidgets as widgets

from fremskudt.teaching.views.look import in_look
from fremskudt.teaching.views.texts import rendered

KEEP = "Gem mine svar i en fil"


class KeepView:
    """A button, and what it says when the answers lie in their file or cannot."""

    def __init__(self, keep: Callable[[], str]) -> None:
        self.keep = keep
        self.button = widgets.Button(description=KEEP)
        self.button.layout.width = "auto"
        self.said = widgets.HTML()
        self.button.on_click(lambda _: self._say())
        self.widget = in_look(self.button, self.said)

    def _say(self) -> None:
        try:
            said = self.keep()
        except OSError:
            said = "Filen kan ikke gemmes her. Tjek, at der er plads på disken, og prøv igen."
        self.said.value = f'<div role="alert">{rendered(said)}</div>'

    def _repr_mimebundle_(self, **options: Any) -> dict[str, Any]:
        bundle: dict[str, Any] = self.widget._repr_mimebundle_(**options)
        return {**bundle, "text/html": "", "text/plain": KEEP}
