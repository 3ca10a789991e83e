"""What an intruder knows of how a municipality's tables hang together.

The software is open: anyone can read which tables rest on the same answers. Every relation is a
linear one between cells that holds whatever the data are.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from fremskudt.analysis.counting import PHASES, phase_code
from fremskudt.analysis.outcomes import CHANGES, LEVELS
from fremskudt.analysis.result import ALL
from fremskudt.contract.scales import scale
from fremskudt.protection.tables import SIZE, Cell, Line, Shape, subset_of

REST = "~rest"  # marks a line that no page shows: the whole less a part
COMPLETE: Cell = ("cases", ALL, "complete")  # the cases with all three phases, a process number
PAIRS = "~pairs"  # marks the unknown cross table behind a comparison of two answers
SPLITS = ("retention", "selection")  # subsets that split a whole table
CRITERIA = "segmentation"  # its last two categories are any and all of the others
ANSWERED = {"psychiatry", "role"}  # several answers, and everybody counted gave at least one


@dataclass(frozen=True)
class Relation:
    """low ≤ the sum of coefficient × cell ≤ high."""

    terms: tuple[tuple[Cell, int], ...]
    low: float
    high: float


def equal(left: Iterable[Cell], right: Iterable[Cell]) -> Relation:
    """The left cells sum to what the right ones sum to."""
    return Relation(_signed(left, right), 0, 0)


def at_most(left: Iterable[Cell], right: Iterable[Cell]) -> Relation:
    """The left cells sum to no more than the right ones."""
    return Relation(_signed(left, right), -math.inf, 0)


def _signed(left: Iterable[Cell], right: Iterable[Cell]) -> tuple[tuple[Cell, int], ...]:
    return (*((cell, 1) for cell in left), *((cell, -1) for cell in right))


def relations(shapes: Mapping[str, Shape]) -> tuple[Relation, ...]:
    """All that holds within and between these tables."""
    return tuple(
        [one for shape in shapes.values() for one in _within(shape)]
        + [one for one in _between(shapes) if one.terms]
        + [one for name, shape in shapes.items() if name == CRITERIA for one in _criteria(shape)]
    )


def rest_lines(shapes: Mapping[str, Shape]) -> dict[Line, tuple[str, ...]]:
    """The lines that follow from a whole and its part though no page shows them, with their
    categories: they too are about citizens."""
    return {(f"{part[0]}{REST}", part[1]): shapes[part[0]].categories for _, part in _parts(shapes)}


def _within(shape: Shape) -> Iterator[Relation]:
    for group in shape.groups:
        cells, size = shape.cells(group), (shape.name, group, SIZE)
        if shape.kind == "single":
            yield equal(cells, [size])
            continue
        yield from (at_most([cell], [size]) for cell in cells)
        if shape.name in ANSWERED:
            yield at_most([size], cells)


def _between(shapes: Mapping[str, Shape]) -> Iterator[Relation]:
    for whole, parts in _splits(shapes):
        for category in (*shapes[whole[0]].categories, SIZE):
            yield equal([(*part, category) for part in parts], [(*whole, category)])
    for whole, part in _parts(shapes):
        rest = (f"{part[0]}{REST}", part[1])
        categories = shapes[part[0]].categories
        yield equal([(*rest, category) for category in categories], [(*rest, SIZE)])
        for category in (*categories, SIZE):
            yield equal([(*part, category), (*rest, category)], [(*whole, category)])
    if {"contact_days", "contact_deadline"} <= shapes.keys():
        first, second = ("contact_days", ALL), ("contact_deadline", ALL)
        yield equal([(*first, "days_0_2")], [(*second, "within")])
        yield equal([(*first, SIZE)], [(*second, SIZE)])
    if {"tool", "meeting_deadline"} <= shapes.keys():
        held = [("meeting_deadline", ALL, code) for code in ("within", "later")]
        size, used = ("meeting_deadline", ALL, SIZE), ("tool", ALL, "coordinating_meeting")
        # A meeting is dated; only a case whose first contact is not drops out.
        yield at_most(held, [used])
        yield at_most([used, size], [*held, ("tool", ALL, SIZE)])
    if "psychiatry" in shapes:
        # Who has no earlier contact, or does not know, names no kind of contact.
        apart = [("psychiatry", ALL, code) for code in ("none", "unknown")]
        for cell in shapes["psychiatry"].cells(ALL):
            if cell not in apart:
                yield at_most([*apart, cell], [("psychiatry", ALL, SIZE)])
    yield from _sizes(shapes)
    yield from _comparisons(shapes)
    yield from _followed(shapes)


def _criteria(shape: Shape) -> Iterator[Relation]:
    """Who meets all criteria meets each, who meets one meets any, and nobody else does."""
    for group in shape.groups:
        *each, of_any, of_all = shape.cells(group)
        for cell in each:
            yield at_most([of_all], [cell])
            yield at_most([cell], [of_any])
        yield at_most([of_any], each)


def _splits(shapes: Mapping[str, Shape]) -> Iterator[tuple[Line, Sequence[Line]]]:
    """A whole and the groups it is split into."""
    for name, shape in shapes.items():
        code, _, subset = name.partition(".")
        if subset in SPLITS and code in shapes:
            whole = (code, phase_code(1) if code in LEVELS else ALL)
            yield whole, shape.lines


def _parts(shapes: Mapping[str, Shape]) -> Iterator[tuple[Line, Line]]:
    """A whole and the part of it that has a line of its own."""
    for name, shape in shapes.items():
        code, _, subset = name.partition(".")
        if subset == "complete" and code in shapes:
            yield from (((code, group), (name, group)) for group in shape.groups)


def _sizes(shapes: Mapping[str, Shape]) -> Iterator[Relation]:
    """No more answers than registrations in a phase, and no more of these than cases."""
    if "registered" not in shapes:
        return
    for shape in shapes.values():
        for group in shape.groups:
            if shape.scale != "phase" and group in {phase_code(phase) for phase in PHASES}:
                yield at_most([(shape.name, group, SIZE)], [("registered", ALL, group)])
            elif group == ALL and shape.name != "registered":
                yield at_most([(shape.name, ALL, SIZE)], [("registered", ALL, SIZE)])
        if shape.name.endswith(".retention"):
            stayed, lost = ((shape.name, group, SIZE) for group in ("stayed", "lost"))
            followed = ("registered", ALL, phase_code(3))
            yield at_most([stayed], [followed])
            yield at_most([lost, followed], [("registered", ALL, SIZE)])


def _followed(shapes: Mapping[str, Shape]) -> Iterator[Relation]:
    """How many can be compared: of those followed to a phase, all but who lack a known answer.

    Of F citizens of whom a have the one answer and b the other, at least a + b − F have both, and
    at most a, and at most b.
    """
    if "registered" not in shapes:
        return
    everyone, followed = ("registered", ALL, SIZE), ("registered", ALL, phase_code(3))
    yield at_most([COMPLETE], [followed])
    for name, shape in shapes.items():
        if subset_of(name) == "complete":
            yield from (at_most([(*line, SIZE)], [COMPLETE]) for line in shape.lines)
    for code in LEVELS:
        compared = (f"{code}_change", ALL, SIZE)
        if not {code, compared[0]} <= shapes.keys():
            continue
        first, last = (_known(code, phase_code(phase)) for phase in (1, 3))
        yield at_most([*first, *last], [compared, everyone])
        if f"{code}.retention" in shapes:
            stayed = _known(f"{code}.retention", "stayed")
            yield at_most([*stayed, *last], [compared, followed])
            yield at_most([compared], stayed)
        if f"{code}.complete" in shapes:
            first, last = (_known(f"{code}.complete", phase_code(phase)) for phase in (1, 3))
            yield at_most([*first, *last], [compared, COMPLETE])
            # Those followed without a second phase may have both answers too.
            yield at_most([compared, COMPLETE], [*first, followed])
            yield at_most([compared, COMPLETE], [*last, followed])
    if {"agreement", "citizen_rating", "wellbeing_change"} <= shapes.keys():
        for group in shapes["agreement"].groups:
            both = [*_known("citizen_rating", group), *_known("wellbeing_change", group)]
            yield at_most(both, [("agreement", group, SIZE), ("registered", ALL, group)])


def _known(table: str, group: str) -> list[Cell]:
    """The cells of the known answers of a line."""
    code = table.partition(".")[0]
    name = "support_need" if code in LEVELS else code
    return [(table, group, answer) for answer in scale(name).known]


def _comparisons(shapes: Mapping[str, Shape]) -> Iterator[Relation]:
    """Tables that compare two answers of the same citizens: their cross table is unknown, but
    its margins are no larger than the two answers' own lines."""
    for code in LEVELS:
        table = f"{code}_change"
        if {code, table} <= shapes.keys():
            steps = scale("support_need").known
            yield from _cross(
                (table, ALL),
                {step: [(code, phase_code(1), step)] for step in steps},
                {step: [(code, phase_code(3), step)] for step in steps},
                {
                    (a, b): _change(steps.index(a), steps.index(b), "improved", "worsened")
                    for a in steps
                    for b in steps
                },
            )
    if {"agreement", "citizen_rating", "wellbeing_change"} <= shapes.keys():
        for group in shapes["agreement"].groups:
            citizen, caseworker = (
                _directions(code, group) for code in ("citizen_rating", "wellbeing_change")
            )
            yield from _cross(
                ("agreement", group),
                citizen,
                caseworker,
                {
                    (a, b): AGREES[_change(int(a), int(b), "second", "first")]
                    for a in citizen
                    for b in caseworker
                },
            )


AGREES = {"unchanged": "agree", "second": "caseworker_higher", "first": "citizen_higher"}


def _change(before: int, after: int, lower: str, higher: str) -> str:
    if before == after:
        return "unchanged"
    return lower if after < before else higher


def _directions(code: str, group: str) -> dict[str, list[Cell]]:
    """The cells of a five-step answer by direction: 0 is better, 1 unchanged, 2 worse."""
    best, good, middle, bad, worst = (
        (code, group, answer) for answer in scale(code).known if code in CHANGES
    )
    return {"0": [best, good], "1": [middle], "2": [bad, worst]}


def _cross(
    line: Line,
    first: Mapping[str, Sequence[Cell]],
    second: Mapping[str, Sequence[Cell]],
    result: Mapping[tuple[str, str], str],
) -> Iterator[Relation]:
    table, group = f"{line[0]}{PAIRS}", line[1]
    pairs = {(a, b): (table, group, f"{a}/{b}") for a, b in result}
    for a, cells in first.items():
        yield at_most([pairs[a, b] for b in second], cells)
    for b, cells in second.items():
        yield at_most([pairs[a, b] for a in first], cells)
    for outcome in dict.fromkeys(result.values()):
        yield equal([pairs[key] for key in pairs if result[key] == outcome], [(*line, outcome)])
