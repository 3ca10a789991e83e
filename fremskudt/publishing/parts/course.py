"""The course in the book: the sheets to print, the trainer's run sheets, solutions and what to
answer to misunderstandings, and what stands at the top of a module that can only be read."""

from fremskudt.publishing.pages import Frame
from fremskudt.teaching.course import FOLDER, module
from fremskudt.teaching.paper import answered


def sheet(number: str) -> str:
    """A module's sheet to print. Its own heading is left out: the page has one."""
    text = module(int(number)).sheet.strip()
    heading, _, rest = text.partition("\n")
    body = rest.strip() if heading.startswith("#") else text
    return f'<div class="fs-sheet">\n\n{body}\n\n</div>'


def trainer(number: str) -> str:
    """What a trainer does in a module, minute for minute."""
    return module(int(number)).trainer


def answers(number: str) -> str:
    """The solution of each exercise of a module, and what to say to what is often said."""
    of = module(int(number))
    solved = [f"### {one.title}\n\n{answered(one)}" for one in of.exercises]
    rows = "\n".join(
        f"* - {_in_cell(one.says)}\n  - {_in_cell(one.reply)}" for one in of.misunderstandings
    )
    table = f"""\
### Misforståelser i modul {of.number}

:::{{list-table}} Det siges tit, og det kan du svare
:header-rows: 1
:widths: 38 62
:class: fs-stack

* - Det siges
  - Det kan du svare
{rows}
:::
"""
    return "\n\n".join((*solved, table))


def _in_cell(text: str) -> str:
    """A text on one line, as a cell of a list-table needs it."""
    return " ".join(text.split())


def frame(number: int) -> Frame:
    """What a reader of a module is told: that it is a copy to read, where the live one is, and
    where to go next."""
    told = (
        "Her kan du læse modulet, som det ser ud på papir. Du kan ikke svare på siden, men "
        "løsningen er foldet sammen under hver øvelse. [Før kurset](../kursus-forberedelse.md) "
        "viser, hvordan du åbner det levende kursus og får svar på dit svar. Underviseren kan "
        f'vise <a href="slides/modul-{number}.html">modulets lysbilleder</a>.'
    )
    callout = '<aside class="fs-callout" aria-label="Modulet til at læse">'
    beneath_title = f"{callout}\n\n{told}\n\n</aside>"
    following = FOLDER / f"modul-{number + 1}.yml"
    lines = ["## Læs videre\n"]
    if following.is_file():
        lines.append(f"- [Modul {number + 1}: {module(number + 1).title}](modul-{number + 1})")
    lines += [
        "- [Kurset: seks moduler](../kurset.md), med dem alle og tre måder at tage dem på.",
        "- [Ark til at printe](../kursus-ark.md), når du vil svare med en blyant.",
    ]
    return Frame(beneath_title, "\n".join(lines))
