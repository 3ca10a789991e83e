"""The intruder's arithmetic, by hand."""

import pytest

from fremskudt.protection.attack import Contradiction, Knowledge, proof, ranges
from fremskudt.protection.links import Relation, at_most, equal, relations
from fremskudt.protection.rule import attack
from fremskudt.protection.tables import SIZE, Shape


def cell(name, table="t", group="all"):
    return (table, group, name)


A, B, C, N = cell("a"), cell("b"), cell("c"), cell(SIZE)
LINE = equal([A, B, C], [N])


def test_two_unknown_cells_share_what_their_sum_leaves():
    # 11 in all, 5 of them c: a and b share 6.
    known = Knowledge([LINE], {N: 11, C: 5}, top=11)
    assert ranges(known, {A, B}) == {A: (0, 6), B: (0, 6)}


def test_who_believes_that_a_hidden_cell_is_not_nought_knows_a_little_more():
    known = Knowledge([LINE], {N: 11, C: 5}, floors={A: 1, B: 1}, top=11)
    assert ranges(known, {A, B}) == {A: (1, 5), B: (1, 5)}


def test_a_belief_that_cannot_be_true_is_given_up():
    # Nothing is left for a and b.
    known = Knowledge([LINE], {N: 5, C: 5}, floors={A: 1, B: 1}, top=11)
    assert ranges(known, {A, B}) == {A: (0, 0), B: (0, 0)}


def test_the_sum_of_merged_cells_bounds_each_of_them():
    known = Knowledge([LINE], {N: 11}, sums=[((A, B), 7)], top=11)
    assert ranges(known, {A, B, C}) == {A: (0, 7), B: (0, 7), C: (4, 4)}


def test_a_cell_follows_from_two_tables_where_neither_gives_it_away():
    # Of 11 all told 5 are a; of the 8 who stayed 4 are a: one of the lost is.
    stayed, lost = cell("a", group="stayed"), cell("a", group="lost")
    known = Knowledge([equal([stayed, lost], [A])], {A: 5, stayed: 4}, top=11)
    assert ranges(known, {lost}) == {lost: (1, 1)}


def test_a_part_is_no_larger_than_its_whole():
    part = cell("a", table="part")
    known = Knowledge([at_most([part], [A])], {A: 3}, top=11)
    assert ranges(known, {part}) == {part: (0, 3)}


def test_only_whole_citizens_count():
    # a + b = c, b + c = d, a + c = d: then a = b, c = 2a, d = 3a. 7 ≤ d ≤ 8 has no whole a.
    d = cell("d")
    held = [equal([A, B], [C]), equal([B, C], [d]), equal([A, C], [d])]
    with pytest.raises(Contradiction):
        ranges(Knowledge([*held, Relation(((d, 1),), 7, 8)], {}, top=20), {A})
    assert ranges(Knowledge([*held, Relation(((d, 1),), 5, 8)], {}, top=20), {A, d}) == {
        A: (2, 2),
        d: (6, 6),
    }


def test_numbers_that_contradict_one_another_are_told():
    with pytest.raises(Contradiction):
        ranges(Knowledge([LINE], {N: 4, C: 5}, top=11), {A})
    with pytest.raises(Contradiction):
        ranges(Knowledge([LINE], {N: 4, C: 1, A: 1, B: 1}, top=11), {A})


def test_the_proof_names_the_shown_numbers_that_bind():
    part, rest = cell("a", table="part"), cell("a", table="rest")
    beside = cell("b", table="part")
    held = [equal([part, rest], [A]), at_most([beside], [B])]
    known = Knowledge(held, {A: 5, part: 4, B: 9}, top=11)
    assert set(proof(known, rest, -1)) == {A, part}


def table(name, kind, group="all", categories=("a", "b", "c")):
    return Shape(name, "", kind, (group,), categories)


def test_of_several_answers_everybody_gave_one():
    # 8 answered; two answers were given by 0 and 3 of them: at least 5 gave the third.
    shapes = {"role": table("role", "several")}
    line = [("role", "all", one) for one in "abc"]
    known = Knowledge(relations(shapes), {line[0]: 0, line[1]: 3, ("role", "all", SIZE): 8}, top=8)
    found = attack(shapes, known, 5, in_full=True)
    assert found[line[2]].values == (5, 8)
    # Between 0 and 3 did not give it: four values, as many as from 1 to 4.
    assert found[line[2]].is_safe


def test_a_known_nought_and_a_known_many_are_no_secret_but_a_known_few_are():
    shapes = {"t": table("t", "single")}
    for sizes, is_safe in (((3, 5, 5), False), ((0, 5, 5), True), ((9, 5, 5), True)):
        values = dict(zip((A, B, C), sizes, strict=True)) | {N: sum(sizes)}
        shown = {one: values[one] for one in (B, C, N)}
        found = attack(shapes, Knowledge(relations(shapes), shown, top=20), 5, in_full=True)
        assert found[A].values == (sizes[0], sizes[0])
        assert found[A].is_safe is is_safe


def test_in_a_group_of_two_all_three_values_must_be_possible():
    shapes = {"t": table("t", "single")}
    open_line = Knowledge(relations(shapes), {N: 2}, top=20)
    assert all(one.is_safe for one in attack(shapes, open_line, 5, in_full=True).values())
    told = Knowledge(relations(shapes), {N: 2, C: 1}, top=20)
    found = attack(shapes, told, 5, in_full=True)
    assert found[A].values == (0, 1)
    assert not found[A].is_safe
