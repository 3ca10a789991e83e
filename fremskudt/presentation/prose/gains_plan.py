"""A gains plan beside what was realised: a table and a sentence."""

from collections.abc import Sequence

from fremskudt.analysis.gains_plan import PlanLine, total
from fremskudt.disclosure import SHOWN, Publishable
from fremskudt.presentation.blocks import Block, table
from fremskudt.presentation.cells import group_label, place_label, rows_of
from fremskudt.presentation.numbers import kroner, percent
from fremskudt.presentation.sentences import Prose, prose, unsaid

NOT_TOLD = "Ikke oplyst"


def plan_table(
    lines: Sequence[PlanLine], name: str, caption: str, realised: str, with_total: bool = False
) -> Block:
    """Planned, realised, missing and the share realised, line by line, and their sum where it
    has a meaning. `realised` heads the column of what has been realised."""
    shown = [*lines, total(lines)] if with_total else lines
    rows = [
        [
            one.label,
            kroner(one.planned_dkk),
            NOT_TOLD if one.realised_dkk is None else kroner(one.realised_dkk),
            "–" if one.missing_dkk is None else kroner(one.missing_dkk),
            "–" if one.realised_share is None else percent(one.realised_share),
        ]
        for one in shown
    ]
    return table(name, ["Gevinst", "Planlagt", realised, "Mangler", "Andel"], rows, caption)


def progress(line: PlanLine) -> Prose:
    """How far a plan has come."""
    if line.realised_dkk is None or line.realised_share is None:
        return prose(f"{line.label} har planlagt {kroner(line.planned_dkk)}.")
    return prose(
        f"{line.label} havde lagt {kroner(line.realised_dkk)} af {kroner(line.planned_dkk)} i sine "
        f"budgetter, altså {percent(line.realised_share)} af målet."
    )


def planned(by_year: Publishable) -> Prose:
    """What the amounts of the plan are."""
    said = "Beløbene er pr. udvalgt borger og gælder alle betalere tilsammen."
    return prose(said, unsaid(by_year), of=by_year)


def planned_lines(by_year: Publishable) -> list[PlanLine]:
    """The planned gain per selected citizen in each year, of all payers together; hidden amounts
    are left out. Nobody has followed it up."""
    return [
        PlanLine(
            f"{place_label(by_year, one.municipality)}, {group_label(by_year, one.group).lower()}",
            one.value,
            None,
        )
        for one in rows_of(by_year.where(category="total"))
        if one.status == SHOWN
    ]
