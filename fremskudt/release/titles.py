"""What a number is called on the pages."""

from collections.abc import Iterable, Mapping

from fremskudt.analysis.declaration import RESPONDENT
from fremskudt.analysis.measures import MEASURES
from fremskudt.analysis.result import ALL
from fremskudt.contract.scales import scale
from fremskudt.presentation.cells import merged_label
from fremskudt.protection.links import REST
from fremskudt.protection.tables import SIZE, Cell, Shape, subset_of
from fremskudt.release.growth import ADDED, BEFORE

SUBSETS = {
    "retention": "de fulgte og de øvrige",
    "selection": "de udvalgte og de øvrige",
    "complete": "sager med alle tre faser",
}


def title_of(shape: Shape) -> str:
    """The title of a table, with the part of the cases that it is about."""
    code, subset = shape.name.partition(".")[0], subset_of(shape.name)
    title = (MEASURES | {RESPONDENT.code: RESPONDENT})[code].title
    return f"{title}: {SUBSETS[subset]}" if subset else title


def table_of(cell: Cell, shapes: Mapping[str, Shape]) -> str:
    """The title of the table that a number belongs to, also where no page has that table."""
    name = cell[0].removeprefix(BEFORE).removesuffix(ADDED).removesuffix(REST)
    beside = ""
    if cell[0].endswith(REST):
        beside = " (resten)"
    elif cell[0].startswith(BEFORE):
        beside = " (forrige udgivelse)"
    elif cell[0].endswith(ADDED):
        beside = " (nye siden sidst)"
    return title_of(shapes[name]) + beside


def answer_of(cell: Cell, shapes: Mapping[str, Shape]) -> str:
    """Group and answer of a number: "Fase 1: opstart, positivt"."""
    shape = shapes[cell[0].removeprefix(BEFORE).removesuffix(ADDED).removesuffix(REST)]
    group = "" if cell[1] == ALL else scale(shape.group_scale).label(cell[1])
    answer = "antal svar" if cell[2] == SIZE else merged_label(shape.scale, [cell[2]])
    return ", ".join(filter(None, [group, answer]))


def listed_by_table(cells: Iterable[Cell], shapes: Mapping[str, Shape], what: str) -> list[str]:
    """One line a table: its title, what is the matter, and with which numbers."""
    found: dict[str, list[str]] = {}
    for cell in cells:
        found.setdefault(table_of(cell, shapes), []).append(answer_of(cell, shapes))
    return [f"{title}: {what} ({'; '.join(answers)})." for title, answers in found.items()]
