"""Two publications of the same municipality: what does the difference between them tell?"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from fremskudt.protection.attack import Knowledge
from fremskudt.protection.links import Relation, equal, relations
from fremskudt.protection.tables import SIZE, Cell, Shape
from fremskudt.release.facts import Facts
from fremskudt.release.harvest import TextFound

BEFORE, ADDED = "før:", ".~nye"  # marks of the previous release, and of what came since
PERIOD = re.compile(r"Opgørelsesperiode (\d\d)\.(\d\d)\.(\d{4})\s*–\s*(\d\d)\.(\d\d)\.(\d{4})")


def both_releases(
    shapes: Mapping[str, Shape], now: Knowledge, before: Facts
) -> tuple[dict[str, Shape], Knowledge]:
    """The tables and the knowledge of one who has read two releases.

    The cases of the previous release are taken to be among those of this one: every cell is what
    it was, and what has been added.
    """
    old = {f"{BEFORE}{name}": _named(shape, f"{BEFORE}{name}") for name, shape in shapes.items()}
    new = {f"{name}{ADDED}": _named(shape, f"{name}{ADDED}") for name, shape in shapes.items()}
    held = [*now.relations, *(_earlier(one) for one in relations(shapes))]
    for shape in shapes.values():
        for group in shape.groups:
            added = new[f"{shape.name}{ADDED}"].cells(group)
            if shape.kind == "single":
                held.append(equal(added, [(f"{shape.name}{ADDED}", group, SIZE)]))
            for category in (*shape.categories, SIZE):
                parts = [
                    (f"{BEFORE}{shape.name}", group, category),
                    (f"{shape.name}{ADDED}", group, category),
                ]
                held.append(equal(parts, [(shape.name, group, category)]))
    known = {_before(cell): value for cell, value in before.cells.items()}
    sums = [(tuple(map(_before, cells)), value) for cells, value in before.sums.items()]
    knowledge = replace(
        now,
        relations=held,
        cells={**now.cells, **known},
        sums=[*now.sums, *sums],
        top=max([now.top, *known.values(), *(value for _, value in sums)]),
    )
    return {**shapes, **old, **new}, knowledge


def small_differences(now: Knowledge, before: Facts, threshold: int) -> list[Cell]:
    """The cells that both releases show and that differ by few; the last resort where the one
    release is no part of the other."""
    return [
        cell
        for cell, value in before.cells.items()
        if 0 < abs(now.cells.get(cell, value) - value) < threshold
    ]


def period_of(texts: Iterable[TextFound], slug: str) -> tuple[str, str]:
    """The first and last day that a municipality's pages cover, as 2012-12-31; "" if unsaid."""
    for one in texts:
        found = PERIOD.search(one.text) if f"kommuner/{slug}/" in one.file else None
        if found:
            day, month, year, last_day, last_month, last_year = found.groups()
            return f"{year}-{month}-{day}", f"{last_year}-{last_month}-{last_day}"
    return "", ""


def _named(shape: Shape, name: str) -> Shape:
    return replace(shape, name=name)


def _before(cell: Cell) -> Cell:
    return f"{BEFORE}{cell[0]}", cell[1], cell[2]


def _earlier(one: Relation) -> Relation:
    return replace(one, terms=tuple((_before(cell), factor) for cell, factor in one.terms))
