"""A gains plan: what was planned to be saved, what has been realised, and what is missing.

The form follows Odense's target-group business cases, in which a part of the planned gain was
already in a budget and the rest was still to be found (Sammenhæng 2018).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from fremskudt.analysis.printed import read_published


@dataclass(frozen=True)
class PlanLine:
    """A planned gain in kroner and what of it is realised; None where nobody has measured it."""

    label: str
    planned_dkk: float
    realised_dkk: float | None

    @property
    def missing_dkk(self) -> float | None:
        """Planned less realised: what is still to be found, or less than nothing when more was
        realised than planned."""
        return None if self.realised_dkk is None else self.planned_dkk - self.realised_dkk

    @property
    def realised_share(self) -> float | None:
        """Realised as a share of planned; None where there is nothing planned or measured."""
        if self.realised_dkk is None or not self.planned_dkk:
            return None
        return self.realised_dkk / self.planned_dkk


def total(lines: Sequence[PlanLine], label: str = "I alt") -> PlanLine:
    """The sum of the lines; its realised gain is None as long as any line's is."""
    realised = [one.realised_dkk for one in lines]
    return PlanLine(
        label,
        sum(one.planned_dkk for one in lines),
        None if None in realised else sum(one or 0.0 for one in realised),
    )


def odense() -> PlanLine:
    """Odense's plan as the source prints it: the target, and what was put into the budgets."""
    printed = {one.figure_id: float(one.value) * 1e6 for one in read_published()}
    return PlanLine("Odense", printed["odense-savings-target"], printed["odense-savings-budgeted"])
