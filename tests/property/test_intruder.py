"""Small municipalities drawn at random: no number that is not shown is pinned down.

What the pages show is read from the pages. The ranges that the audit finds are held against
another way to find them: one linear programme over all tables at once, instead of integer
programmes over parts.
"""

import numpy as np
import pytest
from scipy.optimize import linprog

from fremskudt.protection.applied import plan_of
from fremskudt.protection.attack import Knowledge
from fremskudt.protection.plan import knowledge_of
from fremskudt.protection.tables import SIZE
from fremskudt.release.audit import audit
from fremskudt.release.harvest import harvest
from tests.small import small, write_pages

DRAWS = [
    (slug, cases, threshold, seed)
    for seed, (slug, cases, threshold) in enumerate(
        [
            ("rudersdal", 11, 5),
            ("gladsaxe", 11, 5),
            ("gladsaxe", 30, 7),
            ("vejle", 6, 5),
            ("vejle", 14, 3),
            ("aarhus", 11, 5),
            ("aarhus", 40, 5),
            ("aarhus", 4, 5),
        ]
    )
]


@pytest.mark.parametrize(("slug", "cases", "threshold", "seed"), DRAWS)
def test_the_intruder_pins_nothing_down(deliveries, tmp_path, slug, cases, threshold, seed):
    delivery = small(deliveries[slug], cases, threshold, seed)
    whole = audit(harvest(write_pages(tmp_path, delivery)), [delivery])
    assert whole.reasons == []
    (found,) = whole.municipalities
    plan, values = plan_of(delivery)
    knowledge = knowledge_of(found.shapes, plan, values, threshold)
    cells = [cell for cell in found.findings if cell in values]
    for i in np.random.default_rng(seed).choice(len(cells), size=min(8, len(cells)), replace=False):
        least, most = (end(knowledge, cells[i], sign) for sign in (1, -1))
        low, high = found.findings[cells[i]].values
        assert least <= low + 1e-6
        assert most >= high - 1e-6
        assert low <= values[cells[i]] <= high


def end(knowledge: Knowledge, cell, sign: int) -> float:
    """One end of a cell's range, from a single linear programme; beliefs are left out."""
    held = knowledge.all_relations()
    cells = list({one: None for relation in held for one, _ in relation.terms})
    place = {one: i for i, one in enumerate(cells)}
    upper, upper_ends, equal, equal_ends = [], [], [], []
    for relation in held:
        row = np.zeros(len(cells))
        for one, factor in relation.terms:
            row[place[one]] += factor
        is_equal = relation.low == relation.high
        (equal if is_equal else upper).append(row)
        (equal_ends if is_equal else upper_ends).append(relation.high)
    bounds = [
        (knowledge.cells[one],) * 2 if one in knowledge.cells else (0, knowledge.top)
        for one in cells
    ]
    cost = np.zeros(len(cells))
    cost[place[cell]] = sign
    result = linprog(cost, upper, upper_ends, equal, equal_ends, bounds)
    assert result.status == 0
    return sign * result.fun


@pytest.mark.parametrize(("slug", "cases", "threshold", "seed"), DRAWS[:4])
def test_no_small_number_is_shown(deliveries, slug, cases, threshold, seed):
    delivery = small(deliveries[slug], cases, threshold, seed)
    plan, values = plan_of(delivery)
    for (table, group), line in plan.items():
        is_small = 0 < values[table, group, SIZE] < threshold
        assert not (is_small and line.size_is_shown)
        for piece in line.pieces:
            count = sum(values[table, group, one] for one in piece.categories)
            assert not piece.is_shown or count == 0 or count >= threshold
