"""Answers that participants keep and hand over: written, read back, and laid together."""

import json
import os

import pytest

from fremskudt.teaching.answers import collect, new_code, save, spread
from fremskudt.teaching.course import module
from fremskudt.teaching.exercise import Attempt

FIRST = module(1)


def hand_in(folder, code, **answers):
    attempts = [Attempt(FIRST[name], answer) for name, answer in answers.items()]
    return save(folder, FIRST, attempts, code)


def test_what_is_saved_is_read_back_and_holds_nothing_else(tmp_path):
    path = hand_in(tmp_path, "abcdef", **{"hvor-enige": "61 %", "tre-bunker": {}})
    assert json.loads(path.read_text(encoding="utf-8")) == {
        "form": 1,
        "code": "abcdef",
        "module": 1,
        "answers": {"hvor-enige": "61 %"},
    }
    (paper,) = collect(tmp_path, FIRST).papers
    assert paper.answers == {"hvor-enige": "61 %"}
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


def test_codes_are_drawn_by_chance():
    codes = {new_code() for _ in range(200)}
    assert len(codes) > 190
    assert all(len(one) == 6 for one in codes)


def test_the_room_is_counted(tmp_path):
    for code, number in (("aaaaaa", "61"), ("bbbbbb", "61 %"), ("cccccc", "75"), ("dddddd", "?")):
        hand_in(tmp_path, code, **{"hvor-enige": number})
    papers = collect(tmp_path, FIRST).papers
    assert spread(papers, FIRST["hvor-enige"]) == [("", "61", 2), ("", "75", 1)]


def test_groups_are_counted_item_by_item(tmp_path):
    sort = FIRST["tre-bunker"]
    first, second = sort.items[:2]
    (one, label), (other, other_label) = sort.places[:2]
    hand_in(tmp_path, "aaaaaa", **{"tre-bunker": {first.name: one, second.name: one}})
    hand_in(tmp_path, "bbbbbb", **{"tre-bunker": {first.name: other, "ukendt": one}})
    hand_in(tmp_path, "cccccc", **{"tre-bunker": {first.name: one}})
    assert spread(collect(tmp_path, FIRST).papers, sort) == [
        (first.text, label, 2),
        (first.text, other_label, 1),
        (second.text, label, 1),
    ]


def test_words_of_ones_own_are_never_laid_out_before_the_room(tmp_path):
    last = module(6)
    form = last["din-egen-justering"]
    answer = {"owner": "Projektlederen i Birkelund", "quality": "Kun hørt"}
    save(tmp_path, last, [Attempt(form, answer)], "aaaaaa")
    found = spread(collect(tmp_path, last).papers, form)
    assert [one[1:] for one in found] == [("Kun hørt", 1)]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "kan ikke læses"),
        (b"\xff\xfe", "kan ikke læses"),
        (b"[" * 100_000, "kan ikke læses"),
        (b"[]", "ikke et svar fra kurset"),
        (b'{"form": 2}', "ikke et svar fra kurset"),
        (b'{"form": 1}', "mangler kode"),
        (b'{"form": 1, "code": "<b>", "module": 1, "answers": {}}', "mangler kode"),
        (b'{"form": 1, "code": "aaaaaa", "module": "1", "answers": {}}', "mangler kode"),
        (b'{"form": 1, "code": "aaaaaa", "module": 1, "answers": []}', "mangler kode"),
        (b" " * 200_001, "for stor"),
    ],
)
def test_a_file_that_is_no_answer_is_named_and_the_others_count(tmp_path, content, says):
    hand_in(tmp_path, "aaaaaa", **{"hvor-enige": "61"})
    (tmp_path / "andet.json").write_bytes(content)
    found = collect(tmp_path, FIRST)
    assert len(found.papers) == 1
    (fault,) = found.faults
    assert fault.startswith("andet.json: ")
    assert says in fault


def test_hostile_answers_in_a_paper_are_counted_as_nothing(tmp_path):
    answers = {one.name: {"a": ["<script>"]} for one in FIRST.exercises} | {"hvor-enige": True}
    paper = {"form": 1, "code": "aaaaaa", "module": 1, "answers": answers}
    (tmp_path / "x.json").write_text(json.dumps(paper), encoding="utf-8")
    papers = collect(tmp_path, FIRST).papers
    assert [spread(papers, one) for one in FIRST.exercises] == [[]] * len(FIRST.exercises)


def test_the_newer_file_of_a_participant_stands(tmp_path):
    older = hand_in(tmp_path, "aaaaaa", **{"hvor-enige": "75"})
    newer = {"form": 1, "code": "aaaaaa", "module": 1, "answers": {"hvor-enige": "61"}}
    again = tmp_path / "svar-modul-1-aaaaaa (2).json"
    again.write_text(json.dumps(newer), encoding="utf-8")
    hand_in(tmp_path, "bbbbbb", **{"hvor-enige": "61"})
    os.utime(older, (1_000, 1_000))
    os.utime(again, (2_000, 2_000))
    papers = collect(tmp_path, FIRST).papers
    assert spread(papers, FIRST["hvor-enige"]) == [("", "61", 2)]
    os.utime(older, (3_000, 3_000))
    papers = collect(tmp_path, FIRST).papers
    assert spread(papers, FIRST["hvor-enige"]) == [("", "61", 1), ("", "75", 1)]


def test_each_option_of_several_is_counted(tmp_path):
    third = module(3)
    form = third["fase-2"]
    advice, coaching = "Råd og vejledning", "Coachende"
    for code, roles in (("aaaaaa", [advice, coaching]), ("bbbbbb", [coaching]), ("cccccc", ["x"])):
        save(tmp_path, third, [Attempt(form, {"roles": roles})], code)
    label = "Hvilke roller har du haft i sagen?"
    assert spread(collect(tmp_path, third).papers, form) == [
        (label, coaching, 2),
        (label, advice, 1),
    ]
