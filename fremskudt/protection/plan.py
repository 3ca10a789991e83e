"""Decide what each line of a municipality's tables may show, all tables together.

Each table is first protected on its own: neighbouring steps are merged, small cells hidden, more
hidden so that sums do not give them away. Then the tables are attacked together as an intruder
would, and as long as a hidden cell is found too narrowly, one of the shown numbers that give it
away is hidden as well, from the least important table first.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from fremskudt.analysis.result import Counts
from fremskudt.protection.attack import Knowledge, Seen, proof
from fremskudt.protection.links import COMPLETE, REST, SPLITS, relations
from fremskudt.protection.merging import arrangements, best
from fremskudt.protection.rule import attack
from fremskudt.protection.suppression import is_small
from fremskudt.protection.tables import SIZE, Cell, Line, Shape, Values, subset_of, true_values


@dataclass(frozen=True)
class Piece:
    """Categories of a line that are shown as one number, or hidden."""

    categories: tuple[str, ...]
    is_shown: bool


@dataclass(frozen=True)
class LinePlan:
    """What may be shown of a line: its pieces, in the scale's order, and its size."""

    pieces: tuple[Piece, ...]
    size_is_shown: bool

    @property
    def is_partly_shown(self) -> bool:
        return any(piece.is_shown for piece in self.pieces)


Plan = Mapping[Line, LinePlan]


def protect(
    results: Sequence[Counts], slug: str, threshold: int, beside: Values | None = None
) -> Plan:
    """The plan for a municipality's tables, the most important table first. `beside` are other
    numbers that the pages show."""
    shapes = {one.name: Shape.of(one) for one in results}
    values = dict(beside or {})
    for one in results:
        values |= true_values(one, slug)
    plan: dict[Line, LinePlan] = {}
    for shape in shapes.values():
        plan |= _alone(shape, values, threshold)
    seen: Seen = {}

    # Hiding more only widens what an intruder finds: what is wide once is wide for good.
    settled: set[Cell] = set()

    def weak(only: Collection[Cell] | None = None) -> list[Cell]:
        knowledge = knowledge_of(shapes, plan, values, threshold)
        found = attack(shapes, knowledge, threshold, seen=seen, only=only, skip=settled)
        settled.update(cell for cell, one in found.items() if one.is_wide(threshold - 1))
        return [cell for cell, one in found.items() if not one.is_safe]

    # What follows from numbers of cases alone cannot be hidden; the audit says so.
    hopeless: set[Cell] = set()
    while cells := [cell for cell in weak() if cell not in hopeless]:
        # One at a time until it is wide; the others are looked at again only then.
        while weak(cells[:1]):
            if not _give_way(cells[0], shapes, plan, values, threshold):
                hopeless.add(cells[0])
                break
    return plan


def _alone(shape: Shape, values: Values, threshold: int) -> dict[Line, LinePlan]:
    """A table protected on its own."""
    sizes = {line: values[(*line, SIZE)] for line in shape.lines}
    small = [line for line, size in sizes.items() if is_small(size, threshold)]
    if small and subset_of(shape.name) in SPLITS:
        # One group's size follows from the other's: neither is shown.
        small = list(shape.lines)
    plans = {}
    for line, pieces in _pieces(shape, values, threshold).items():
        if line in small:
            pieces = [replace(piece, is_shown=False) for piece in pieces]
        plans[line] = LinePlan(tuple(pieces), line not in small)
    return plans


def _pieces(shape: Shape, values: Values, threshold: int) -> dict[Line, list[Piece]]:
    names = shape.categories
    if shape.kind != "single":
        return {
            line: [
                Piece((name,), not _tells(shape, values, line, name, threshold)) for name in names
            ]
            for line in shape.lines
        }
    counts = np.array([[values[(*line, name)] for name in names] for line in shape.lines])
    choices = arrangements(shape.scale, names)
    splits = subset_of(shape.name) in SPLITS
    together, hidden = best(counts, choices, threshold, splits)
    found = {}
    for i, line in enumerate(shape.lines):
        choice, mine = together, hidden[i]
        if mine.any() and not splits:
            # Not all lines can be laid together alike: each as it tells most.
            choice, (mine,) = best(counts[[i]], choices, threshold, adds_up=False)
        found[line] = [
            Piece(tuple(names[k] for k in piece), not is_hidden)
            for piece, is_hidden in zip(choice, mine, strict=True)
        ]
    return found


def _tells(shape: Shape, values: Values, line: Line, name: str, threshold: int) -> bool:
    """Whether a count of cases that can give several answers is about few, or about all but few."""
    count, size = values[(*line, name)], values[(*line, SIZE)]
    if shape.kind == "process":
        return is_small(count, threshold)
    return any(is_small(one, threshold) for one in (count, size - count, size))


def knowledge_of(
    shapes: Mapping[str, Shape], plan: Plan, values: Values, threshold: int
) -> Knowledge:
    """What an intruder knows who reads everything that the plan shows, and believes, because he
    knows the rules, what is true of what it hides: small groups are small, and cells hidden beside
    shown ones are not nought.
    """
    known: dict[Cell, int] = {}
    sums: list[tuple[tuple[Cell, ...], int]] = []
    floors: dict[Cell, int] = {}
    ceilings: dict[Cell, int] = {}
    if not is_small(values.get(COMPLETE, 1), threshold):
        known[COMPLETE] = values[COMPLETE]
    for (name, group), line in plan.items():
        size = (name, group, SIZE)
        if line.size_is_shown:
            known[size] = values[size]
        elif is_small(values[size], threshold):
            floors[size], ceilings[size] = 1, threshold - 1
        for piece in line.pieces:
            cells = tuple((name, group, category) for category in piece.categories)
            if piece.is_shown and len(cells) == 1:
                known[cells[0]] = values[cells[0]]
            elif piece.is_shown:
                sums.append((cells, sum(values[cell] for cell in cells)))
            elif line.is_partly_shown and len(cells) == 1 and values[cells[0]]:
                floors[cells[0]] = 1
            if not piece.is_shown and shapes[name].kind == "process":
                ceilings[cells[0]] = threshold - 1
    top = max([*known.values(), *(value for _, value in sums), threshold])
    return Knowledge(relations(shapes), known, sums, floors, ceilings, top)


def _give_way(
    cell: Cell,
    shapes: Mapping[str, Shape],
    plan: dict[Line, LinePlan],
    values: Values,
    threshold: int,
) -> bool:
    """Hide one more number of those that give a cell away, in place; False if none is left."""
    knowledge = knowledge_of(shapes, plan, values, threshold)
    facts = [fact for sign in (1, -1) for fact in proof(knowledge, cell, sign)]
    code = cell[0].removesuffix(REST).partition(".")[0]
    kin = [
        (name, group, category)
        for name, group in plan
        if name.partition(".")[0] == code
        for category in shapes[name].categories
    ]
    order = list(shapes)

    def weight(fact: Cell) -> tuple[bool, int, bool, bool, int]:
        count = values[fact]
        is_size = fact[2] == SIZE
        is_process = shapes[fact[0]].kind == "process"
        return is_process, -order.index(fact[0]), count == 0, is_size, count

    for candidates in (facts, kin):
        open_facts = [fact for fact in candidates if _is_shown(plan, fact)]
        if open_facts:
            _hide(plan, min(open_facts, key=weight))
            return True
    return False


def _is_shown(plan: Plan, fact: Cell) -> bool:
    line = plan.get((fact[0], fact[1]))
    if line is None:
        return False
    if fact[2] == SIZE:
        return line.size_is_shown
    return any(piece.is_shown and fact[2] in piece.categories for piece in line.pieces)


def _hide(plan: dict[Line, LinePlan], fact: Cell) -> None:
    """Hide the piece that holds a cell, or with a size the whole line."""
    line = plan[fact[0], fact[1]]
    is_size = fact[2] == SIZE
    pieces = tuple(
        replace(piece, is_shown=piece.is_shown and not is_size and fact[2] not in piece.categories)
        for piece in line.pieces
    )
    plan[fact[0], fact[1]] = LinePlan(pieces, line.size_is_shown and not is_size)
