"""The page that a participant takes home: a template, filled in with an exercise's answer.

What a participant has written is text wherever it stands: it closes no cell of a table, becomes
no heading, link or HTML.
"""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass

from babel.dates import format_date

from fremskudt.contract.personal import find
from fremskudt.presentation.standalone import standalone_page
from fremskudt.teaching.exercise import text_by_name
from fremskudt.teaching.filling import MOST_LETTERS, FillIn
from fremskudt.teaching.free_text import has_national_id
from fremskudt.teaching.markdown import rendered

EXERCISE = "din-egen-justering"
MUNICIPALITY = "Jeres kommune"
MOST_LETTERS_OF_A_NAME = 60
BLANK = "______________"  # to be filled in by hand
MEANS_SOMETHING = re.compile(r"([\\`*_\[\]<>&|~#$])")
FIRST_OF_A_ROW = re.compile(r"<td><strong>(.*?)</strong></td>")
EMPTY_HEAD = re.compile(r"<thead>.*?</thead>\n?", re.DOTALL)
HAS_NATIONAL_ID = "Her står noget, der ligner et cpr-nummer. Slet det. Så kan siden gemmes."
HAS_A_SIGN = "Her står noget, der ligner {sign}. Er det et menneske, nogen kender, så skriv det om."
STYLE = """\
@page { size: A4; margin: 18mm; }
:root { color-scheme: light; --edge: #767676; }
body { max-width: 46rem; }
th { width: 32%; }
td { overflow-wrap: anywhere; height: 3.5rem; }
@media print { body { font-size: 11pt; padding: 0; max-width: none; } tr { break-inside: avoid; } }
"""


@dataclass(frozen=True)
class OnePage:
    """A filled-in page: the template, what goes in its {names}, and the day it bears; without a
    day, a line to write it on."""

    template: str
    values: Mapping[str, str]
    day: dt.date | None

    @property
    def markdown(self) -> str:
        """The page in Markdown; what is not answered is a line to write on."""
        names = re.findall(r"\{(\w+)\}", self.template)
        values = {name: as_cell(self.values.get(name, "")) for name in names}
        today = format_date(self.day, "d. MMMM y", locale="da") if self.day else BLANK
        return self.template.format_map(values | {"today": today})

    def body(self, level: int = 1) -> str:
        """The page in HTML with its heading on a level; each row of its table has a heading."""
        html = EMPTY_HEAD.sub("", rendered(self.markdown))
        html = FIRST_OF_A_ROW.sub(r'<th scope="row">\1</th>', html)
        return html.replace("<h1>", f"<h{level}>").replace("</h1>", f"</h{level}>")

    @property
    def html(self) -> str:
        """The page as a file of its own, to print on A4."""
        return standalone_page(f"Midtvejsjustering {self.day or ''}".strip(), self.body(), STYLE)


def fill(template: str, answer: object, municipality: object, day: dt.date | None) -> OnePage:
    """The page from an answer to the exercise, whatever it is. What is too long is cut."""
    values = {name: text[:MOST_LETTERS] for name, text in (text_by_name(answer) or {}).items()}
    name = municipality if isinstance(municipality, str) else ""
    return OnePage(template, values | {"municipality": name[:MOST_LETTERS_OF_A_NAME]}, day)


def as_cell(text: str) -> str:
    """What was written, as Markdown that stands for itself in one cell of a table; its lines are
    parted by a stroke."""
    lines = [" ".join(line.split()) for line in text.splitlines()]
    whole = " / ".join(line for line in lines if line)
    return MEANS_SOMETHING.sub(r"\\\1", whole) or BLANK


def forbids(page: OnePage, form: FillIn) -> list[str]:
    """What must be mended before the page is kept: (label and why) in Markdown."""
    return [
        f"**{label}** {HAS_NATIONAL_ID}"
        for label, text in _texts(page, form)
        if has_national_id(text)
    ]


def remarks(page: OnePage, form: FillIn) -> list[str]:
    """What the exercise's rules say about the page, and signs of persons that they do not look
    for, in Markdown. A page can be kept all the same."""
    said = []
    for one in form.fields:
        text = page.values.get(one.name, "").strip()
        said += [f"**{one.label}** {line}" for line in (one.says(text)[1] if text else ())]
    looked_at = {one.label for one in form.fields if "no_person" in {r.name for r in one.rules}}
    for label, text in _texts(page, form):
        hit = find(text)
        if hit and label not in looked_at:
            said.append(f"**{label}** {HAS_A_SIGN.format(sign=hit.name)}")
    return said


def missing(page: OnePage, form: FillIn) -> list[str]:
    """The labels of what is not filled in."""
    return [label for label, text in _texts(page, form) if not text.strip()]


def _texts(page: OnePage, form: FillIn) -> list[tuple[str, str]]:
    """What was written, with its labels."""
    texts = [(one.label, page.values.get(one.name, "")) for one in form.fields]
    return [(MUNICIPALITY, page.values.get("municipality", "")), *texts]
