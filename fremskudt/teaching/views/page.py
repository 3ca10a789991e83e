"""The participant's own page: as it looks now, and a button that keeps it."""

import datetime as dt
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from fremskudt.teaching.course import Module
from fremskudt.teaching.filling import FillIn
from fremskudt.teaching.markdown import rendered
from fremskudt.teaching.one_page import (
    MUNICIPALITY,
    OnePage,
    fill,
    forbids,
    missing,
    remarks,
)
from fremskudt.teaching.saving import holds_all, put_all, put_new, why_not
from fremskudt.teaching.views.fields import LABELS, WIDE, Inputs
from fremskudt.teaching.views.links import alert, download
from fremskudt.teaching.views.look import in_look

KEEP = "Gem siden"
SHOWN = "Siden, som den ser ud nu"
NOT_YET = "Siden er ikke gemt endnu."
HERE = (
    "Siden er gemt to gange: <code>{name}.html</code> til at læse og printe og "
    "<code>{name}.md</code> til at skrive videre i. De ligger i mappen <code>{folder}</code>."
)
FETCH = "Hent siden til at printe"
FETCH_TEXT = "Hent siden som tekst"
WHERE = "Den, du henter, ender dér, hvor din browser plejer at lægge filer. Intet bliver sendt."
EMPTY = "Her er stadig en linje at skrive på: {labels}."


class PageView:
    """A page that follows the fields of an exercise, and is kept when the button is pressed.

    `clock` says which day it is.
    """

    def __init__(
        self,
        of: Module,
        form: FillIn,
        inputs: Inputs,
        folder: Path,
        clock: Callable[[], dt.date] = dt.date.today,
    ) -> None:
        self.of, self.form, self.inputs, self.folder, self.clock = of, form, inputs, folder, clock
        # The files that this view has kept: their name, and what was written by its suffix.
        self.own_name, self.own_texts = "", dict[str, str]()
        self.municipality = widgets.Text(description=MUNICIPALITY, style=LABELS, layout=WIDE)
        self.keep = widgets.Button(description=KEEP, button_style="primary")
        self.keep.layout.width = "auto"
        self.shown, self.said = widgets.HTML(), widgets.HTML()
        for field in (self.municipality, *inputs.fields):
            field.observe(lambda _: self._show(), names="value")
        self.keep.on_click(lambda _: self._keep())
        self._show()
        self.widget = in_look(self.municipality, self.shown, widgets.HBox([self.keep]), self.said)

    def page(self, day: dt.date) -> OnePage:
        """The page as the fields stand."""
        return fill(self.of.template, self.inputs.read(), self.municipality.value, day)

    def _show(self) -> None:
        self.shown.value = as_section(self.page(self.clock()))
        self.said.value = ""  # it spoke of a page that is no longer this one

    def _keep(self) -> None:
        day = self.clock()
        page = self.page(day)
        if stopped := forbids(page, self.form):
            self.said.value = alert(as_list(NOT_YET, stopped))
            return
        stem = self.of.template_file.format(today=day.isoformat()).rpartition(".")[0]
        texts = {".html": page.html, ".md": page.markdown}
        try:
            said = self._written(stem, texts)
        except OSError as error:
            said = f"<p>{escape(why_not(error, self.folder))} Hent siden her i stedet:</p>"
        links = (
            f"<p>{download(f'{stem}.html', page.html, FETCH)} "
            f"{download(f'{stem}.md', page.markdown, FETCH_TEXT)}</p><p>{WHERE}</p>"
        )
        self.said.value = alert(said + links + self._remarks(page))

    def _written(self, stem: str, texts: dict[str, str]) -> str:
        """Write the files, over those that this view wrote the same day if nobody has written in
        them since; what is said of it."""
        if self.own_name.startswith(stem) and holds_all(self.folder, self.own_name, self.own_texts):
            put_all(self.folder, self.own_name, texts)
        else:
            self.own_name = put_new(self.folder, stem, texts)
        self.own_texts = texts
        folder = escape(str(self.folder.absolute()))
        return f"<p>{HERE.format(name=escape(self.own_name), folder=folder)}</p>"

    def _remarks(self, page: OnePage) -> str:
        lines = remarks(page, self.form)
        if left := missing(page, self.form):
            lines.append(EMPTY.format(labels=", ".join(f"”{label}”" for label in left)))
        return as_list("Se på det her, før du viser siden til andre:", lines) if lines else ""

    def _repr_mimebundle_(self, **options: Any) -> dict[str, Any]:
        bundle: dict[str, Any] = self.widget._repr_mimebundle_(**options)
        blank = fill(self.of.template, None, None, None)
        return {**bundle, "text/html": as_section(blank), "text/plain": SHOWN}


def as_section(page: OnePage) -> str:
    """The page inside another, below that one's headings."""
    body = page.body(level=3)
    return f'<section class="prose fs-page" aria-label="{SHOWN}">{body}</section>'


def as_list(says: str, lines: list[str]) -> str:
    """What is said, and a list of Markdown lines, in HTML."""
    return rendered(f"{says}\n\n" + "\n".join(f"- {line}" for line in lines))
