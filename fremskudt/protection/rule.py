"""The rule: how much must be possible of every number that is not shown.

Of a number that may be small at least t − 1 values must be possible, as many as "from 1 to t − 1"
has; of a number in a group of fewer than t − 2 every value that the group allows. A number that is
known to be nought, or to be t or more, tells nothing of few citizens.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from fremskudt.protection.attack import Knowledge, Range, Seen, ranges
from fremskudt.protection.links import rest_lines
from fremskudt.protection.tables import SIZE, Cell, Line, Shape

UNSHOWN = Shape("", "", "single", (), ())  # a line that follows from others and has no table


@dataclass(frozen=True)
class Finding:
    """What an intruder finds of a number: the values it can have, how many must be possible."""

    values: Range
    needed: int
    is_safe: bool

    def is_wide(self, count: int) -> bool:
        """Whether so many values are possible."""
        return is_wide(self.values, count)


def attack(
    shapes: Mapping[str, Shape],
    knowledge: Knowledge,
    threshold: int,
    in_full: bool = False,
    seen: Seen | None = None,
    only: Collection[Cell] | None = None,
    skip: Collection[Cell] = (),
) -> dict[Cell, Finding]:
    """What is found of every number that is not known.

    Ranges are widened only until they are wide enough, unless wanted `in_full`. How many were
    registered or have answered tells of the registering and not of citizens: such numbers are
    not attacked. `only` names the cells to attack, when not all are wanted,
    and `skip` those that are not.
    """
    wanted = _attacked(shapes, knowledge) - set(skip)
    if only is not None:
        wanted &= set(only)
    limits = _limits({(cell[0], cell[1]) for cell in wanted}, knowledge, threshold, seen)

    def needed(cell: Cell) -> int:
        return min(threshold - 1, limits[cell[0], cell[1]] + 1)

    def is_safe(cell: Cell, found: Range) -> bool:
        if is_wide(found, needed(cell)):
            return True
        size = knowledge.cells.get((cell[0], cell[1], SIZE))
        sides = [found]
        if shapes.get(cell[0], UNSHOWN).kind == "several" and size is not None:
            # Those who did not give an answer are citizens too.
            sides.append((size - found[1], size - found[0]))
        return all(high == 0 or low >= threshold for low, high in sides)

    found = ranges(
        knowledge,
        wanted,
        lambda cell, one: not in_full and is_wide(one, needed(cell)),
        seen,
    )
    narrow = [cell for cell, one in found.items() if not is_safe(cell, one)]
    # What follows from the rules alone is not told by anything that is shown.
    bare = ranges(replace(knowledge, cells={}, sums=()), narrow, seen=seen) if narrow else {}
    told = {cell for cell in narrow if bare[cell] != found[cell]}
    return {cell: Finding(one, needed(cell), cell not in told) for cell, one in found.items()}


def is_wide(found: Range, values: int) -> bool:
    """Whether so many values are possible."""
    return found[1] - found[0] + 1 >= values


def _limits(
    lines: Collection[Line], knowledge: Knowledge, threshold: int, seen: Seen | None
) -> dict[Line, int]:
    """The largest that each line can be, as far as it matters: up to the threshold."""
    unknown = [(*line, SIZE) for line in lines if (*line, SIZE) not in knowledge.cells]
    found = ranges(knowledge, unknown, lambda _, one: one[1] >= threshold, seen)
    return {
        line: knowledge.cells.get((*line, SIZE), found.get((*line, SIZE), (0, knowledge.top))[1])
        for line in lines
    }


def _attacked(shapes: Mapping[str, Shape], knowledge: Knowledge) -> set[Cell]:
    answers = [shape for shape in shapes.values() if shape.kind != "process"]
    cells = {cell for shape in answers for group in shape.groups for cell in shape.cells(group)}
    cells |= {(*line, one) for line, names in rest_lines(shapes).items() for one in names}
    return cells - knowledge.cells.keys()
