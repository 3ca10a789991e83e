"""The trainer's view: choose a module and the files, and see how the room answered."""

import random
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from fremskudt.teaching.collecting import Collected, collect, in_folder
from fremskudt.teaching.course import modules
from fremskudt.teaching.room import Spread, enough, spreads
from fremskudt.teaching.views.counts import as_html, as_text
from fremskudt.teaching.views.fields import LABELS, WIDE
from fremskudt.teaching.views.links import alert
from fremskudt.teaching.views.look import in_look
from fremskudt.teaching.views.uploads import uploaded

TITLE = "Saml svar"
PASTED = " \t\"'"  # stands around a folder's name that is copied from elsewhere
NOTHING = "Skriv en mappe, eller vælg filer. Så kan svarene samles."
FOUND = "Svarfiler til modulet: {count}."
ELSEWHERE = "Svarfiler til andre moduler: {count}."
TOO_FEW = (
    "Der skal være mindst {enough}, før noget bliver vist. Så kan ingen regne ud, hvad sidemanden "
    "svarede."
)
PRINTED = (
    "Her samler underviseren de svarfiler, deltagerne har valgt at give videre. Åbn kurset med "
    "<code>fremskudt teach</code> for at bruge siden."
)


class RoomView:
    """A module, a folder and files to choose, and the room's answers to that module.

    `chance` decides the order in which words of participants' own stand.
    """

    def __init__(
        self, folder: str = "", chance: Callable[[], random.Random] = secrets.SystemRandom
    ) -> None:
        self.chance = chance
        self.module = widgets.Dropdown(
            options=[(f"Modul {one.number}: {one.title}", one) for one in modules()],
            description="Modul",
            style=LABELS,
            layout=WIDE,
        )
        self.folder = widgets.Text(
            value=folder, description="Mappe med svarfiler", style=LABELS, layout=WIDE
        )
        self.files = widgets.FileUpload(description="Vælg svarfiler", accept=".json", multiple=True)
        self.collect = widgets.Button(description=TITLE, button_style="primary")
        for one in (self.files, self.collect):
            one.layout.width = "auto"
        self.said, self.found = widgets.HTML(), widgets.HTML()
        self.collect.on_click(lambda _: self._collect())
        for field in (self.module, self.folder, self.files):
            field.observe(lambda _: self._clear(), names="value")
        self.widget = in_look(
            self.module,
            self.folder,
            widgets.HBox([self.files]),
            widgets.HBox([self.collect]),
            self.said,
            self.found,
        )

    def _clear(self) -> None:
        """What was shown was about other files."""
        self.said.value = self.found.value = ""

    def _collect(self) -> None:
        files = uploaded(self.files)
        faults: list[str] = []
        if written := self.folder.value.strip(PASTED):
            lying, faults = in_folder(as_folder(written))
            files += lying
        of = self.module.value
        collected = collect(files, of)
        shown = spreads(collected.papers, of, self.chance())
        self.said.value = alert(summary(collected, [*faults, *collected.faults], bool(files)))
        self.found.value = (
            f'<div class="prose">{"".join(as_html(*one) for one in _marked(shown))}</div>'
        )

    def _repr_mimebundle_(self, **options: Any) -> dict[str, Any]:
        bundle: dict[str, Any] = self.widget._repr_mimebundle_(**options)
        return {**bundle, "text/html": f"<p><em>{PRINTED}</em></p>", "text/plain": TITLE}


def as_folder(written: str) -> Path:
    """The folder that a name means, "~" being one's home; as it stands where nobody has it."""
    try:
        return Path(written).expanduser()
    except (RuntimeError, ValueError):
        return Path(written)


def summary(collected: Collected, faults: list[str], is_any: bool) -> str:
    """How many files there are, and what is wrong with those that cannot be used, in HTML."""
    count = len(collected.papers)
    lines = [FOUND.format(count=count)] if is_any or faults else [NOTHING]
    if is_any and count < enough():
        lines.append(TOO_FEW.format(enough=enough()))
    if collected.elsewhere:
        lines.append(ELSEWHERE.format(count=collected.elsewhere))
    listed = "".join(f"<li>{as_text(fault)}</li>" for fault in faults)
    unused = f"<p>Kan ikke bruges:</p><ul>{listed}</ul>" if faults else ""
    return f"<p>{' '.join(lines)}</p>{unused}"


def _marked(shown: list[Spread]) -> list[tuple[Spread, bool]]:
    """Each spread, and whether it is the one that divides the room most; none is where all
    agree."""
    return [(one, one.division > 0 and one.division == shown[0].division) for one in shown]
