"""The report on data as one page."""

from collections.abc import Sequence
from itertools import groupby

from fremskudt.contract.delivery import Inspection
from fremskudt.contract.problems import WORDS, Problem, Severity, shown
from fremskudt.presentation.numbers import number
from fremskudt.presentation.standalone import standalone_page
from fremskudt.presentation.text import visible_html

COLUMNS = ("Art", "Sted", "Hvad der er galt", "Fundet", "Forventet", "Sådan retter du det")
MOST_ROWS = 1_000  # of one file or sheet; a page with more is of no use to anybody
PLURALS: dict[Severity, tuple[str, str]] = {
    "error": ("fejl", "fejl"),
    "warning": ("advarsel", "advarsler"),
    "note": ("bemærkning", "bemærkninger"),
}


def report_page(found: Sequence[Inspection]) -> str:
    """The page in HTML. Values are shortened, and signs of a person are masked."""
    parts = "\n".join(_municipality(one) for one in found)
    links = "\n".join(
        f'<li><a href="#{name}">{name}</a>: {counted(one.problems)}</li>'
        for one, name in ((one, visible_html(one.slug)) for one in found)
    )
    body = f"""\
<h1>Kontrol af data</h1>
<p>En <strong>fejl</strong> skal rettes, før kapitlerne kan køres. En <strong>advarsel</strong> er
noget usædvanligt, som kan være rigtigt. Ret i den fil, der er nævnt, gem den, og kør
<code>fremskudt check</code> igen. Siden kan rumme oplysninger fra data: del den ikke.</p>
<ul>
{links}
</ul>
{parts}"""
    return standalone_page("Kontrol af data", body)


def counted(problems: Sequence[Problem]) -> str:
    """How many errors, warnings and notes there are, in words."""
    counts = {severity: sum(one.severity == severity for one in problems) for severity in WORDS}
    words = [
        f"{number(count)} {PLURALS[severity][count != 1]}"
        for severity, count in counts.items()
        if count
    ]
    return ", ".join(words) if words else "alt er i orden"


def _municipality(found: Inspection) -> str:
    parts = [f'<section id="{visible_html(found.slug)}">', f"<h2>{visible_html(found.slug)}</h2>"]
    return "\n".join([*parts, report_tables(found), "</section>"])


def report_tables(found: Inspection) -> str:
    """What was found in a folder as HTML: a table a file or sheet, each below its name."""
    if not found.problems:
        return "<p>Alt er i orden.</p>"
    files = groupby(found.problems, key=_file_and_sheet)
    return "\n".join(_table(name, list(problems)) for name, problems in files)


def _file_and_sheet(problem: Problem) -> str:
    return f"{problem.file}, ark «{problem.sheet}»" if problem.sheet else problem.file


def _table(name: str, problems: Sequence[Problem]) -> str:
    heading = "".join(f'<th scope="col">{column}</th>' for column in COLUMNS)
    rows = "\n".join(_row(problem) for problem in problems[:MOST_ROWS])
    hidden = len(problems) - MOST_ROWS
    more = f"<p>Og {number(hidden)} til.</p>\n" if hidden > 0 else ""
    return f"""\
<h3>{visible_html(name)}</h3>
<div class="wide fs-scroll" role="region" tabindex="0" aria-label="{visible_html(name)}">
<table class="fs-table">
<caption>{counted(problems)}</caption>
<thead><tr>{heading}</tr></thead>
<tbody>
{rows}
</tbody>
</table>
</div>
{more}"""


def _row(problem: Problem) -> str:
    where = place_of(problem)
    value = "" if problem.value is None else shown(problem.value)
    cells = (where, problem.what, value, problem.expected, problem.advice)
    kind = f'<td class="{problem.severity}">{WORDS[problem.severity].capitalize()}</td>'
    return f"<tr>{kind}{''.join(f'<td>{visible_html(cell)}</td>' for cell in cells)}</tr>"


def place_of(problem: Problem) -> str:
    """Cell, row and column without the file."""
    parts = [f"Celle {problem.cell}"] if problem.cell else []
    parts += [f"række {problem.row}"] if problem.row is not None else []
    name = problem.heading or problem.column
    parts += [f"{problem.kind_of_column} «{shown(name)}»"] if name else []
    place = ", ".join(parts) or "Hele filen"
    return place[0].upper() + place[1:]
