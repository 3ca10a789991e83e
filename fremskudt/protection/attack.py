"""The intruder: the range of every unknown cell, from all that is known of the others.

Each range is found with integer programming (HiGHS, by scipy): the least and the largest value
that the cell has in any whole-numbered table that agrees with the known cells, the known sums and
the relations between the tables.
"""

import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from fremskudt.protection.links import Relation
from fremskudt.protection.tables import Cell

Range = tuple[int, int]
FEASIBLE = 0
OPTIMAL = {"mip_rel_gap": 0.0}


class Contradiction(ValueError):
    """What is known cannot all be true."""


@dataclass(frozen=True)
class Knowledge:
    """What the intruder knows: relations, the value of some cells and sums of others.

    `floors` and `ceilings` are least and largest values that the intruder believes of unknown
    cells, because he knows why numbers are hidden; where a belief contradicts the rest, the
    beliefs are given up. No cell is larger than `top`.
    """

    relations: Sequence[Relation]
    cells: Mapping[Cell, int]
    sums: Sequence[tuple[tuple[Cell, ...], int]] = ()
    floors: Mapping[Cell, int] = field(default_factory=dict)
    ceilings: Mapping[Cell, int] = field(default_factory=dict)
    top: int = 0

    def all_relations(self) -> list[Relation]:
        told = [Relation(tuple((c, 1) for c in cells), v, v) for cells, v in self.sums]
        return [*self.relations, *told]


Enough = Callable[[Cell, Range], bool]
Seen = dict[bytes, "_Known"]
DIRECTIONS = 6  # mixed directions that are tried before each cell's own


def ranges(
    knowledge: Knowledge,
    wanted: Collection[Cell],
    enough: Enough = lambda _, __: False,
    seen: Seen | None = None,
) -> dict[Cell, Range]:
    """The range of each wanted cell that is not known.

    `enough` tells that a range found so far needs no widening: the search for that cell then
    stops, and what is returned for it is a part of its range. `seen` keeps what was found of
    parts that are attacked again unchanged. Raises `Contradiction`.
    """
    found: dict[Cell, Range] = {}
    for part in _parts(knowledge):
        mine = [cell for cell in part.cells if cell in wanted]
        if mine:
            found |= part.ranges(mine, enough, {} if seen is None else seen)
    return found


@dataclass
class _Known:
    """What has been found of a part: values that cells have had in some table that agrees, the
    ends that are known to be the last, and the bounds that were believed."""

    least: np.ndarray
    most: np.ndarray
    bounds: Bounds
    ends: set[tuple[int, int]] = field(default_factory=set)

    def widen(self, solution: np.ndarray) -> None:
        np.minimum(self.least, solution, out=self.least)
        np.maximum(self.most, solution, out=self.most)

    def range_of(self, place: int) -> Range:
        return int(self.least[place]), int(self.most[place])


@dataclass
class _Part:
    """Unknown cells that hang together, with the relations that hold them."""

    cells: list[Cell]
    matrix: csr_array
    low: np.ndarray
    high: np.ndarray
    believed: Bounds
    top: int

    def ranges(self, wanted: Sequence[Cell], enough: Enough, seen: Seen) -> dict[Cell, Range]:
        places = {cell: i for i, cell in enumerate(self.cells)}
        key = self._key()
        if key not in seen:
            seen[key] = self._first()
        known = seen[key]

        def is_open(cell: Cell) -> bool:
            return not enough(cell, known.range_of(places[cell]))

        chance = np.random.default_rng(len(self.cells))
        for _ in range(DIRECTIONS):
            if sum(map(is_open, wanted)) > DIRECTIONS and not known.ends:
                known.widen(self._table(chance.choice([-1.0, 1.0], len(self.cells)), known.bounds))
        for cell in wanted:
            for sign in (1, -1):
                end = (places[cell], sign)
                if end not in known.ends and is_open(cell):
                    cost = np.zeros(len(self.cells))
                    cost[places[cell]] = sign
                    known.widen(self._table(cost, known.bounds))
                    known.ends.add(end)
        return {cell: known.range_of(places[cell]) for cell in wanted}

    def _first(self) -> _Known:
        """A table that agrees; without the beliefs where they contradict the rest."""
        nothing = np.zeros(len(self.cells))
        free = Bounds(nothing, np.full(len(self.cells), self.top))
        for bounds in (self.believed, free):
            first = self._solve(nothing, bounds)
            if first is not None:
                return _Known(first.copy(), first.copy(), bounds)
        raise Contradiction("no whole-numbered table agrees with what is shown")

    def _table(self, cost: np.ndarray, bounds: Bounds) -> np.ndarray:
        solution = self._solve(cost, bounds)
        if solution is None:
            raise Contradiction("no whole-numbered table agrees with what is shown")
        return solution

    def _key(self) -> bytes:
        bounds = self.believed
        arrays = (self.matrix.toarray(), self.low, self.high, bounds.lb, bounds.ub, self.top)
        return repr(self.cells).encode() + b"".join(np.asarray(one).tobytes() for one in arrays)

    def _solve(self, cost: np.ndarray, bounds: Bounds) -> np.ndarray | None:
        result = milp(
            cost,
            integrality=np.ones(len(self.cells)),
            bounds=bounds,
            constraints=LinearConstraint(self.matrix, self.low, self.high),
            options=OPTIMAL,
        )
        return np.rint(result.x) if result.status == FEASIBLE else None


def _parts(knowledge: Knowledge) -> Iterable[_Part]:
    """The unknown cells in groups that no relation ties to one another."""
    known = knowledge.cells
    held = knowledge.all_relations()
    unknown = list(
        dict.fromkeys(cell for one in held for cell, _ in one.terms if cell not in known)
    )
    place = {cell: i for i, cell in enumerate(unknown)}
    rows: list[int] = []
    columns: list[int] = []
    values: list[int] = []
    low: list[float] = []
    high: list[float] = []
    for one in held:
        terms = [(cell, factor) for cell, factor in one.terms if cell not in known]
        fixed = sum(factor * known[cell] for cell, factor in one.terms if cell in known)
        if not terms:
            if not one.low <= fixed <= one.high:
                raise Contradiction("shown numbers disagree with one another")
            continue
        for cell, factor in terms:
            rows.append(len(low))
            columns.append(place[cell])
            values.append(factor)
        low.append(one.low - fixed)
        high.append(one.high - fixed)
    if not unknown:
        return
    matrix = csr_array((values, (rows, columns)), shape=(len(low), len(unknown)), dtype=float)
    count, labels = connected_components((abs(matrix).T @ abs(matrix)).tocsr(), directed=False)
    row_of = np.zeros(len(low), dtype=int)
    row_of[rows] = labels[columns]
    floors = np.array([knowledge.floors.get(cell, 0) for cell in unknown], dtype=float)
    top = knowledge.top
    ceilings = np.array([knowledge.ceilings.get(cell, top) for cell in unknown], dtype=float)
    ends = np.array(low), np.array(high)
    for part in range(count):
        cells, mine = np.flatnonzero(labels == part), np.flatnonzero(row_of == part)
        yield _Part(
            [unknown[i] for i in cells],
            matrix[mine][:, cells],
            ends[0][mine],
            ends[1][mine],
            Bounds(floors[cells], ceilings[cells]),
            top,
        )


def proof(knowledge: Knowledge, cell: Cell, sign: int) -> list[Cell]:
    """The known cells, and cells of known sums, that bind one end of a cell's range.

    They are those with a price in the linear programme that finds the end: 1 the lower, -1 the
    upper. Hiding one of them can widen the range.
    """
    held = knowledge.all_relations()
    told = len(knowledge.sums)
    cells = list(dict.fromkeys(c for one in held for c, _ in one.terms))
    place = {one: i for i, one in enumerate(cells)}
    bounds = [
        (knowledge.cells[one],) * 2
        if one in knowledge.cells
        else (knowledge.floors.get(one, 0), knowledge.ceilings.get(one, knowledge.top))
        for one in cells
    ]
    cost = np.zeros(len(cells))
    cost[place[cell]] = sign
    equal = [one for one in held if one.low == one.high]
    rest = [one for one in held if one.low != one.high]
    result = linprog(
        cost,
        A_eq=_matrix(equal, place),
        b_eq=[one.high for one in equal],
        A_ub=_matrix(rest, place) if rest else None,
        b_ub=[one.high for one in rest] if rest else None,
        bounds=bounds,
        method="highs",
    )
    if result.status != FEASIBLE:
        return []
    prices = result.lower.marginals + result.upper.marginals
    bound = [
        one for one, price in zip(cells, prices, strict=True) if one in knowledge.cells and price
    ]
    # What is told as sums stands last among the equations.
    sums = zip(equal, result.eqlin.marginals, strict=True)
    last = islice(sums, len(equal) - told, None)
    return bound + [c for one, price in last if price for c, _ in one.terms]


def _matrix(held: Sequence[Relation], place: Mapping[Cell, int]) -> csr_array:
    """The relations as rows; those with an upper end only (none has a lower end only)."""
    rows = [i for i, one in enumerate(held) for _ in one.terms]
    columns = [place[cell] for one in held for cell, _ in one.terms]
    values = [factor for one in held for _, factor in one.terms]
    if any(math.isinf(one.high) for one in held):
        raise ValueError("a relation has an upper end")
    return csr_array((values, (rows, columns)), shape=(len(held), len(place)), dtype=float)
