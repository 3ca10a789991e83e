"""The trainer's view: choose a module and the files, and see how the room answered."""

import random
import secrets
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from fremskudt.presentation.numbers import percent_of
from fremskudt.teaching.collecting import Collected, collect, in_folder
from fremskudt.teaching.course import modules
from fremskudt.teaching.room import Part, Spread, enough, spreads
from fremskudt.teaching.views.fields import LABELS, WIDE
from fremskudt.teaching.views.links import alert
from fremskudt.teaching.views.look import in_look
from fremskudt.teaching.views.uploads import uploaded

TITLE = "Saml svar"
NOTHING = "Skriv en mappe, eller vælg filer. Så kan svarene samles."
TOO_FEW = (
    "Der er {count} svarfiler til modulet. Der skal være mindst {enough}, før noget bliver vist. "
    "Så kan ingen regne ud, hvad sidemanden svarede."
)
MOST_DIVIDED = "Her er rummet mest delt"
TOO_FEW_ANSWERED = "Færre end {enough} har svaret. Derfor bliver svarene ikke vist."
SEVERAL = "Man kan vælge flere, så andelene kan give mere end 100 % i alt."
EMPTY = "Tomt felt"


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
        if written := self.folder.value.strip():
            lying, faults = in_folder(Path(written))
            files += lying
        of = self.module.value
        collected = collect(files, of)
        shown = spreads(collected.papers, of, self.chance())
        self.said.value = alert(summary(collected, [*faults, *collected.faults], bool(files)))
        self.found.value = f'<div class="prose">{"".join(map(as_html, _marked(shown)))}</div>'

    def _repr_mimebundle_(self, **options: Any) -> dict[str, Any]:
        bundle: dict[str, Any] = self.widget._repr_mimebundle_(**options)
        return {**bundle, "text/html": "", "text/plain": TITLE}


def summary(collected: Collected, faults: list[str], is_any: bool) -> str:
    """How many files there are, and what is wrong with those that cannot be used, in HTML."""
    count = len(collected.papers)
    said = f"{count} svarfiler til modulet er samlet."
    if count < enough():
        said = TOO_FEW.format(count=count, enough=enough())
    if not is_any and not faults:
        said = NOTHING
    if collected.elsewhere:
        said += f" {collected.elsewhere} hører til andre moduler."
    listed = "".join(f"<li>{_text(fault)}</li>" for fault in faults)
    unused = f"<p>Kan ikke bruges:</p><ul>{listed}</ul>" if faults else ""
    return f"<p>{said}</p>{unused}"


def _marked(shown: list[Spread]) -> list[tuple[Spread, bool]]:
    """Each spread, and whether it is the one that divides the room most; none is where all
    agree."""
    return [(one, one.division > 0 and one.division == shown[0].division) for one in shown]


def as_html(marked: tuple[Spread, bool]) -> str:
    """An exercise's answers as tables in HTML, with a mark where the room is most divided."""
    spread, is_most = marked
    everybody = spread.answered + spread.missing
    lines = [f"<h3>{_text(spread.exercise.title)}</h3>"]
    if is_most:
        lines.append(f"<p><strong>{MOST_DIVIDED}.</strong></p>")
    lines.append(
        f"<p>{spread.answered} af {everybody} har svaret. {spread.missing} har ikke svaret.</p>"
    )
    if spread.answered and not spread.parts and not spread.words:
        lines.append(f"<p>{TOO_FEW_ANSWERED.format(enough=enough())}</p>")
    for part in spread.parts:
        is_here = (
            is_most
            and len(spread.parts) > 1
            and (part.division(spread.answered) == spread.division)
        )
        lines.append(_table(part, spread, is_here))
    for label, texts in spread.words:
        said = "".join(f"<li>{_text(one)}</li>" for one in texts)
        lines.append(f"<h4>{_text(label)}</h4><ul>{said}</ul>")
    return f"<section>{''.join(lines)}</section>"


def _table(part: Part, spread: Spread, is_here: bool) -> str:
    """A part's counts: the bar repeats what the number beside it says."""
    name = _text(part.name or spread.exercise.title)
    mark = f" <em>({MOST_DIVIDED.lower()})</em>" if is_here else ""
    counts = [*part.counts, *([(EMPTY, part.empty)] if part.name or part.empty else [])]
    rows = "".join(_row(answer, count, spread.answered) for answer, count in counts)
    note = f'<p class="fs-note">{SEVERAL}</p>' if part.is_several else ""
    return (
        f'<div class="fs-scroll" tabindex="0" role="group" aria-label="{name}">'
        f'<table class="fs-table"><caption>{name}{mark}</caption><thead><tr>'
        '<th scope="col">Svar</th><th scope="col" class="fs-num">Antal</th>'
        f'<th scope="col">Andel</th></tr></thead><tbody>{rows}</tbody></table></div>{note}'
    )


def _row(answer: str, count: int, answered: int) -> str:
    share = percent_of(count, answered)
    width = 100 * count / answered
    return (
        f'<tr><th scope="row">{_text(answer)}</th><td class="fs-num">{count}</td>'
        f'<td>{share}<span class="fs-share" aria-hidden="true">'
        f'<span style="width:{width:.1f}%"></span></span></td></tr>'
    )


def _text(text: str) -> str:
    """Any text in HTML, also one that no file could hold."""
    return escape(text.encode("utf-8", "replace").decode("utf-8"))
