"""Keep the answers in a file on this machine, see what is in it, and fetch them again."""

from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from fremskudt.teaching.answers import HasNationalId, Paper, has_own_words, own_words, read_paper
from fremskudt.teaching.collecting import newest
from fremskudt.teaching.course import Module
from fremskudt.teaching.saving import put_text, why_not
from fremskudt.teaching.views.links import alert, download, folded
from fremskudt.teaching.views.look import in_look
from fremskudt.teaching.views.uploads import uploaded

KEEP, SEE = "Gem mine svar i en fil", "Se, hvad der står i filen"
FETCH, CHOOSE = "Hent mine svar", "Vælg en fil med mine svar"
WORDS = "Tag også min frie tekst med"
IN_FILE = "Det står der i filen"
WHERE = (
    "Dine svar ligger i filen <code>{name}</code> i mappen <code>{folder}</code> på denne maskine."
)
OWN = "Ingen får filen, medmindre du selv giver den videre."
WITHOUT_WORDS = "Det, du selv har skrevet, er ikke med. Sæt kryds, hvis det skal med."
WITH_WORDS = "Det, du selv har skrevet, er med, fordi du har sat kryds."
HAS_NATIONAL_ID = (
    "Filen er ikke gemt. I ”{title}” står der noget, der ligner et cpr-nummer. Slet det først, "
    "eller fjern krydset ved din frie tekst."
)
INSTEAD = "{why} Hent filen her i stedet."
NOTHING_YET = "Du har ikke svaret på noget endnu. Der er ikke noget at gemme."
NOTHING_KEPT = "Der ligger ingen svar til modulet på denne maskine. Har du en fil, så vælg den."
FETCHED = (
    "{count} svar er hentet fra {name} og står nu i felterne. Tryk på ”Se, om det passer” for at "
    "få svar på {them} igen."
)
WORDS_FETCHED = " Din frie tekst var med i filen. Derfor er krydset ved den sat."
NONE_FETCHED = "Der er ingen svar i {name}, som kan sættes ind i felterne."
NOT_FETCHED = "Filen {name} kan ikke hentes: {why}."
OTHER_MODULE = "den hører til modul {module}"


class KeepView:
    """Two buttons that keep and show the answers, two that fetch them, and what they say.

    `paper` makes the paper of what stands in the fields, with words of one's own or without;
    HasNationalId where such words must not be kept. `take` puts a paper's answers back in the
    fields and returns how many it could.
    """

    def __init__(
        self,
        of: Module,
        folder: Path,
        paper: Callable[[bool], Paper],
        take: Callable[[Paper], int],
    ) -> None:
        self.of, self.folder, self.paper, self.take = of, folder, paper, take
        self.words = widgets.Checkbox(description=WORDS, indent=False)
        self.button = widgets.Button(description=KEEP, button_style="primary")
        self.see = widgets.Button(description=SEE)
        self.fetch = widgets.Button(description=FETCH)
        self.choose = widgets.FileUpload(description=CHOOSE, accept=".json", multiple=False)
        for one in (self.words, self.button, self.see, self.fetch, self.choose):
            one.layout.width = "auto"
        self.said = widgets.HTML()
        self.button.on_click(lambda _: self._say(self._keep))
        self.see.on_click(lambda _: self._say(self._see))
        self.fetch.on_click(lambda _: self._fetch())
        self.choose.observe(lambda _: self._choose(), names="value")
        rows = [widgets.HBox(row) for row in ([self.button, self.see], [self.fetch, self.choose])]
        for row in rows:
            row.layout.flex_flow = "row wrap"
        self.asks_for_words = any(map(has_own_words, of.exercises))
        words = [self.words] if self.asks_for_words else []
        self.widget = in_look(*words, *rows, self.said)

    def _say(self, told: Callable[[Paper], str]) -> None:
        try:
            paper = self.paper(self.words.value)
        except HasNationalId as found:
            self._tell(HAS_NATIONAL_ID.format(title=found))
            return
        self.said.value = alert(told(paper) if paper.answers else f"<p>{NOTHING_YET}</p>")

    def _keep(self, paper: Paper) -> str:
        try:
            put_text(self.folder / paper.name, paper.text)
            folder = escape(str(self.folder.absolute()))
            lies = WHERE.format(name=paper.name, folder=folder)
        except OSError as error:
            lies = escape(INSTEAD.format(why=why_not(error, self.folder)))
        words = WITH_WORDS if self.words.value else WITHOUT_WORDS
        own = f"{OWN} {words}" if self.asks_for_words else OWN
        link = download(paper.name, paper.text, "Hent filen med dine svar")
        return f"<p>{lies}</p><p>{link}</p><p>{own}</p>{folded(IN_FILE, paper.text)}"

    def _see(self, paper: Paper) -> str:
        return folded(IN_FILE, paper.text).replace("<details>", "<details open>")

    def _fetch(self) -> None:
        found = newest(self.folder, self.of)
        self._tell(NOTHING_KEPT if found is None else self._taken(*found))

    def _choose(self) -> None:
        for file in uploaded(self.choose):
            read = read_paper(file.content or b"")
            if isinstance(read, str):
                self._tell(NOT_FETCHED.format(name=file.name, why=read))
            else:
                self._tell(self._taken(file.name, read))

    def _taken(self, name: str, paper: Paper) -> str:
        if paper.module != self.of.number:
            return NOT_FETCHED.format(name=name, why=OTHER_MODULE.format(module=paper.module))
        count = self.take(paper)
        if not count:
            return NONE_FETCHED.format(name=name)
        said = FETCHED.format(count=count, name=name, them="det" if count == 1 else "dem")
        if not self._has_words(paper):
            return said
        self.words.value = True  # else keeping again would take them out of the file
        return said + WORDS_FETCHED

    def _has_words(self, paper: Paper) -> bool:
        return any(own_words(one, paper.answers.get(one.name)) for one in self.of.exercises)

    def _tell(self, text: str) -> None:
        self.said.value = alert(f"<p>{escape(text)}</p>")

    def _repr_mimebundle_(self, **options: Any) -> dict[str, Any]:
        bundle: dict[str, Any] = self.widget._repr_mimebundle_(**options)
        return {**bundle, "text/html": "", "text/plain": KEEP}
