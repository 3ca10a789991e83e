"""The faulty delivery on the screen: its rows to look through, and the check to run on it."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import ipywidgets as widgets

from fremskudt.contract.delivery import Inspection, inspect
from fremskudt.intake.report_page import counted, report_tables
from fremskudt.presentation.numbers import number
from fremskudt.presentation.text import visible_html
from fremskudt.teaching.excerpt import Excerpt, excerpts
from fremskudt.teaching.faulty import NAME, faulty_delivery
from fremskudt.teaching.views.links import alert
from fremskudt.teaching.views.look import in_look

Found = TypeVar("Found")
TITLE = "Den fejlfyldte leverance"
RUN = "Kør kontrollen"
RUNNING = "Kontrollen kører …"
FOUND = f"Det siger <code>fremskudt check {NAME}</code>"
CANNOT_RUN = "Kontrollen kan ikke køres her. Tjek, at der er plads på disken, og prøv igen."
CANNOT_SHOW = (
    "Leverancens rækker kan ikke vises her. Tjek, at der er plads på disken, og åbn siden igen."
)
NUMBERED = (
    "Rækkerne har de samme numre som i et regneark, hvor overskrifterne er række 1. Kun de rækker, "
    "du skal se på, og deres naboer er vist. Det, der ligner et cpr-nummer, står med sit første "
    "ciffer og tre prikker."
)


class FaultyView:
    """The rows that the exercise asks about, and a button that runs the real check."""

    def __init__(self) -> None:
        shown = _read(excerpts)
        self.page = alert(f"<p>{CANNOT_SHOW}</p>") if shown is None else tables(shown)
        self.button = widgets.Button(description=RUN, button_style="primary")
        self.button.layout.width = "auto"
        self.said, self.report = widgets.HTML(), widgets.HTML()
        self.button.on_click(lambda _: self._run())
        self.widget = in_look(
            widgets.HTML(self.page), widgets.HBox([self.button]), self.said, self.report
        )

    def _run(self) -> None:
        self.said.value = f'<p role="status">{RUNNING}</p>'
        found = _read(inspect)
        if found is None:
            self.said.value = alert(f"<p>{CANNOT_RUN}</p>")
            return
        self.said.value = f'<p role="status">{_counted(found)}</p>'
        self.report.value = report_tables(found)

    def _repr_mimebundle_(self, **options: Any) -> dict[str, Any]:
        bundle: dict[str, Any] = self.widget._repr_mimebundle_(**options)
        return {**bundle, "text/html": self.page, "text/plain": TITLE}


def _read(read: Callable[[Path], Found]) -> Found | None:
    """What is read of the faulty delivery, which is made for the reading alone; None where the
    disk does not hold it."""
    try:
        with tempfile.TemporaryDirectory() as scratch:
            return read(faulty_delivery(Path(scratch) / NAME))
    except OSError:
        return None


def _counted(found: Inspection) -> str:
    return f"{FOUND}: <strong>{counted(found.problems)}</strong>."


def tables(found: tuple[Excerpt, ...]) -> str:
    """The excerpts as HTML tables that can be scrolled with the keyboard."""
    return f"<p>{NUMBERED}</p>\n" + "\n".join(_table(one) for one in found)


def _table(one: Excerpt) -> str:
    count = f"{number(len(one.rows))} af {number(one.of)} rækker"
    head = "".join(
        f'<th scope="col">{visible_html(name)}</th>' for name in ("Række", *one.headings)
    )
    rows = "\n".join(
        f'<tr><th scope="row">{place}</th>'
        + "".join(f"<td>{visible_html(cell)}</td>" for cell in cells)
        + "</tr>"
        for place, cells in one.rows
    )
    return f"""\
<div class="fs-scroll" role="region" tabindex="0" aria-label="{visible_html(one.label)}">
<table class="fs-table fs-sheet fs-one-line">
<caption>{visible_html(one.label)} (<code>{visible_html(one.file)}</code>), {count}</caption>
<thead><tr>{head}</tr></thead>
<tbody>
{rows}
</tbody>
</table>
</div>"""
