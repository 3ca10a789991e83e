"""Count answers: one answer a row, or several answers a case."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

import pandas as pd

from fremskudt.analysis.measures import MEASURES, Measure
from fremskudt.analysis.once import once
from fremskudt.analysis.result import ALL, COUNT_COLUMNS, Counts, Guard, origin_of
from fremskudt.contract.columns import SEPARATOR
from fremskudt.contract.delivery import Delivery
from fremskudt.contract.scales import scale

PHASES = (1, 2, 3)


def phase_code(phase: int) -> str:
    """The code of a phase as a group: phase_1, phase_2, phase_3."""
    return f"phase_{phase}"


@once
def complete_cases(delivery: Delivery) -> frozenset[str]:
    """The cases that are registered in all three phases."""
    frame = delivery["registrations"]
    met = (frame.loc[frame["phase"] == phase, "case_id"] for phase in PHASES)
    return frozenset.intersection(*(frozenset(cases.to_numpy(object)) for cases in met))


def count_answers(
    delivery: Delivery,
    code: str,
    groups: Iterable[tuple[str, int, pd.Series]],
    group_scale: str = "",
    subset: str = "",
    joint: bool = False,
) -> Counts:
    """The distribution of one-answer values in each group.

    `groups` are (group code, phase for the origin, values as codes). n is the number of
    values that are not missing; an "unknown" answer counts as an answer. `joint` figures
    follow the same citizens over columns or phases.
    """
    measure = MEASURES[code]
    rows = []
    for group, phase, values in groups:
        counts = Counter(values.dropna().to_list())
        origin = origin_of(delivery, measure, phase, joint)
        rows += [
            (delivery.slug, group, answer, counts[answer], counts.total(), origin)
            for answer in scale(measure.scale).codes
        ]
    return replace(
        _counts(delivery, measure, rows),
        group_scale=group_scale,
        subset=subset,
        is_joint=joint,
    )


def count_several(
    delivery: Delivery, code: str, answers: pd.DataFrame, n: int, phase: int = 0
) -> Counts:
    """How many cases gave each answer, when a case can give several.

    `answers` has the columns case_id and answer, one row an answer; n is the number of
    cases that answered at all. The counts can sum to more than n.
    """
    measure = MEASURES[code]
    counts = Counter(answers.drop_duplicates()["answer"].to_list())
    origin = origin_of(delivery, measure, phase)
    rows = [
        (delivery.slug, ALL, answer, counts[answer], n, origin)
        for answer in scale(measure.scale).codes
    ]
    return _counts(delivery, measure, rows)


def split_codes(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    """One row an answer from a column that holds several codes; missing cells drop out."""
    given = frame.dropna(subset=[column])
    parts_of = {cell: cell.split(SEPARATOR) for cell in given[column].unique()}
    parts = given.assign(answer=given[column].map(parts_of))
    return parts[["case_id", "answer"]].explode("answer", ignore_index=True)


def _counts(
    delivery: Delivery,
    measure: Measure,
    rows: Sequence[tuple[object, ...]],
) -> Counts:
    frame = pd.DataFrame(rows, columns=list(COUNT_COLUMNS))
    guards = {delivery.slug: Guard.of(delivery)}
    return Counts(measure, frame, guards)
