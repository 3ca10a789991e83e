"""Answers that participants keep and hand over: written, read back, and laid together."""

import json
import os
import random

import pytest

from fremskudt.teaching.answers import Paper, new_code, own_words, paper, read_paper
from fremskudt.teaching.collecting import MOST_FILES, collect, in_folder, newest
from fremskudt.teaching.course import module, modules
from fremskudt.teaching.parts import part_names, said
from fremskudt.teaching.room import enough, spreads
from fremskudt.teaching.saving import put_text
from fremskudt.teaching.views.counts import as_html

FIRST, THIRD, LAST = module(1), module(3), module(6)
OWN = LAST["din-egen-justering"]
EXERCISES = [one for of in modules() for one in of.exercises]
# What can stand in a file that somebody has changed by hand.
HOSTILE = (
    *(None, True, 7, -1.5, float("nan"), float("inf"), "", "<b>", "x" * 10_000, "\ud800"),
    *([], ["a", "a"], [1], [[]], {}, {"a": ["<script>"]}, {"entrances": "2"}, {"owner": 7}),
    *(10**400, {"a": 10**400}),
)


def hand_in(folder, code, of=FIRST, **answers):
    kept = paper(of, answers, code, True)
    put_text(folder / kept.name, kept.text)
    return folder / kept.name


def papers(of, exercise, answers):
    """One paper for each answer to one exercise; None is a paper without it."""
    return [
        Paper("abcdefghjkmn"[n], of.number, {} if answer is None else {exercise: answer})
        for n, answer in enumerate(answers)
    ]


def drawn(seed=1):
    return random.Random(seed)  # noqa: S311 - an order that a test can repeat


def spread(of, exercise, answers):
    found = spreads(papers(of, exercise, answers), of, drawn())
    return next(one for one in found if one.exercise.name == exercise)


def test_a_paper_holds_code_module_and_answers_and_nothing_else():
    kept = paper(FIRST, {"hvor-enige": "61 %", "tre-bunker": {}, "ukendt": "1"}, "abcdef", False)
    assert json.loads(kept.text) == {
        "form": 1,
        "code": "abcdef",
        "module": 1,
        "answers": {"hvor-enige": "61 %"},
    }
    assert kept.name == "svar-modul-1-abcdef.json"
    assert read_paper(kept.text.encode()) == kept


def test_words_of_ones_own_are_in_the_file_only_when_asked_for():
    answers = {OWN.name: {"owner": "Projektlederen", "quality": "Kun hørt"}}
    assert paper(LAST, answers, "aaa", False).answers == {OWN.name: {"quality": "Kun hørt"}}
    assert paper(LAST, answers, "aaa", True).answers == answers
    only_words = {OWN.name: {"owner": "Projektlederen"}}
    assert paper(LAST, only_words, "aaa", False).answers == {}
    no_number = {"hvor-enige": "spørg Karen"}
    for with_own_words in (False, True):  # a field for a number is none for words
        assert paper(FIRST, no_number, "aaa", with_own_words).answers == {}


def test_a_national_id_among_ones_own_words_stops_the_file():
    answers = {OWN.name: {"owner": "010180-1234", "quality": "Kun hørt"}}
    with pytest.raises(ValueError, match="Din egen side"):
        paper(LAST, answers, "aaa", True)
    assert paper(LAST, answers, "aaa", False).answers == {OWN.name: {"quality": "Kun hørt"}}


def test_codes_are_drawn_by_chance():
    codes = {new_code() for _ in range(200)}
    assert len(codes) > 190
    assert all(len(one) == 6 for one in codes)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "kan ikke læses"),
        (b"\xff\xfe", "kan ikke læses"),
        (b"[" * 100_000, "kan ikke læses"),
        (b'{"form":' + b"9" * 5_000 + b"}", "kan ikke læses"),
        (b"[]", "ikke et svar fra kurset"),
        (b'{"form": 2}', "ikke et svar fra kurset"),
        (b'{"form": 1}', "mangler kode"),
        (b'{"form": 1, "code": "<b>", "module": 1, "answers": {}}', "mangler kode"),
        (b'{"form": 1, "code": "aaaaaa", "module": "1", "answers": {}}', "mangler kode"),
        (b'{"form": 1, "code": "aaaaaa", "module": true, "answers": {}}', "mangler kode"),
        (b'{"form": 1, "code": "aaaaaa", "module": 1, "answers": []}', "mangler kode"),
        (b" " * 200_001, "for stor"),
    ],
)
def test_a_file_that_is_no_answer_is_named_and_the_others_count(tmp_path, content, says):
    hand_in(tmp_path, "aaaaaa", **{"hvor-enige": "61"})
    (tmp_path / "andet.json").write_bytes(content)
    files, faults = in_folder(tmp_path)
    found = collect(files, FIRST)
    assert faults == []
    assert len(found.papers) == 1
    (fault,) = found.faults
    assert fault.startswith("andet.json: ")
    assert says in fault


def test_what_is_no_file_is_named_and_not_opened(tmp_path):
    (tmp_path / "mappe.json").mkdir()
    (tmp_path / "væk.json").symlink_to(tmp_path / "findes-ikke")
    os.mkfifo(tmp_path / "rør.json")
    found = collect(in_folder(tmp_path)[0], FIRST)
    assert len(found.faults) == 3
    assert all(fault.endswith("kan ikke læses") for fault in found.faults)


@pytest.mark.parametrize("name", ["findes-ikke", "en.json", "\0", "x" * 5_000])
def test_a_folder_that_is_none_is_said(tmp_path, name):
    (tmp_path / "en.json").write_text("{}")
    files, (fault,) = in_folder(tmp_path / name)
    assert files == []
    assert "findes ikke" in fault


def test_a_folder_with_very_many_files_is_read_in_part(tmp_path):
    for n in range(MOST_FILES + 1):
        (tmp_path / f"{n}.json").write_text("{}")
    files, (fault,) = in_folder(tmp_path)
    assert len(files) == MOST_FILES
    assert "flere end 500" in fault


def test_of_very_many_files_the_newest_are_read(tmp_path):
    for n in range(MOST_FILES):
        (tmp_path / f"{n}.json").write_text("{}")
        os.utime(tmp_path / f"{n}.json", (1_000 + n, 1_000 + n))
    kept = hand_in(tmp_path, "zzzzzz", **{"hvor-enige": "75"})
    files, (fault,) = in_folder(tmp_path)
    assert {one.name for one in files} == {kept.name, *(f"{n}.json" for n in range(1, MOST_FILES))}
    assert "kun de 500 nyeste" in fault
    assert newest(tmp_path, FIRST)[0] == kept.name


def test_the_newer_file_of_a_participant_stands_and_other_modules_are_counted_apart(tmp_path):
    older = hand_in(tmp_path, "aaaaaa", **{"hvor-enige": "75"})
    newer = {"form": 1, "code": "aaaaaa", "module": 1, "answers": {"hvor-enige": "61"}}
    again = tmp_path / "svar-modul-1-aaaaaa (2).json"
    again.write_text(json.dumps(newer), encoding="utf-8")
    hand_in(tmp_path, "aaaaaa", LAST, **{OWN.name: {"quality": "Kun hørt"}})
    os.utime(older, (1_000, 1_000))
    os.utime(again, (2_000, 2_000))
    found = collect(in_folder(tmp_path)[0], FIRST)
    assert [one.answers for one in found.papers] == [{"hvor-enige": "61"}]
    assert found.elsewhere == 1
    assert newest(tmp_path, FIRST) == (again.name, found.papers[0])
    os.utime(older, (3_000, 3_000))
    found = collect(in_folder(tmp_path)[0], FIRST)
    assert [one.answers for one in found.papers] == [{"hvor-enige": "75"}]


def test_ones_own_newest_file_is_the_one_that_can_be_read(tmp_path):
    assert newest(tmp_path / "findes-ikke", FIRST) is None
    kept = hand_in(tmp_path, "aaaaaa", **{"hvor-enige": "75"})
    os.utime(kept, (1_000, 1_000))
    (tmp_path / "i-stykker.json").write_text("{")
    assert newest(tmp_path, FIRST)[0] == kept.name
    assert newest(tmp_path, LAST) is None


def test_four_papers_show_nothing_and_five_do():
    assert enough() == 5
    four = papers(FIRST, "hvor-enige", ["61"] * 4)
    assert spreads(four, FIRST, drawn()) == []
    found = spread(FIRST, "hvor-enige", ["61"] * 5)
    assert (found.answered, found.missing) == (5, 0)
    assert found.parts[0].counts == (("61", 5),)


def test_an_exercise_that_four_of_six_have_answered_shows_how_many_and_not_what():
    found = spread(FIRST, "hvor-enige", ["61", "61", "75", "75", None, None])
    assert (found.answered, found.missing, found.parts) == (4, 2, ())


def test_numbers_are_counted_as_numbers_most_frequent_first():
    found = spread(FIRST, "hvor-enige", ["61", "61 %", "75", "61,0", "12,5", "?", None])
    assert (found.answered, found.missing) == (5, 2)
    (part,) = found.parts
    assert part.counts == (("61", 3), ("12,5", 1), ("75", 1))
    assert found.division == pytest.approx(2 / 5)


def test_groups_are_counted_item_by_item_with_a_line_for_what_was_left_empty():
    sort = FIRST["tre-bunker"]
    first, second = sort.items[:2]
    (one, label), (other, other_label) = sort.places[:2]
    found = spread(
        FIRST,
        sort.name,
        [
            {first.name: one, second.name: one},
            {first.name: other, "ukendt": one},
            *[{first.name: one}] * 3,
        ],
    )
    assert found.parts[0].name == first.text
    assert found.parts[0].counts == ((label, 4), (other_label, 1))
    assert found.parts[1].counts == ((label, 1),)
    assert [part.empty for part in found.parts[:3]] == [0, 4, 5]
    assert found.division == pytest.approx(1 / 5)


def test_do_not_know_and_empty_have_lines_of_their_own():
    form = THIRD["fase-1"]
    at, label = next(
        (one.name, one.label) for one in form.fields if "Ved ikke" in one.options and one.is_several
    )
    other = next(one for one in form.fields if one.options and one.name != at)
    answers = [{at: ["Ved ikke"], other.name: other.options[0]}] * 2 + [
        {other.name: other.options[0]}
    ] * 3
    part = next(one for one in spread(THIRD, form.name, answers).parts if one.name == label)
    assert (part.counts, part.empty) == ((("Ved ikke", 2),), 3)
    nobody = spread(THIRD, form.name, [{other.name: other.options[0]}] * 5)
    part = next(one for one in nobody.parts if one.name == label)
    assert (part.counts, part.empty) == ((("Ved ikke", 0),), 5)
    assert nobody.division == 0


def test_of_several_answers_each_is_counted():
    several = FIRST.exercises[0]
    first, second = several.options[:2]
    found = spread(
        FIRST, several.name, [[first.name], [first.name, second.name]] + [[first.name]] * 3
    )
    (part,) = found.parts
    assert part.is_several
    assert part.counts == ((first.text, 5), (second.text, 1))
    assert found.division == pytest.approx(1 / 5)  # four against one on the second


def test_the_exercise_that_divides_the_room_most_comes_first():
    given = [
        Paper(
            code, 1, {"hvor-enige": number, "tre-bunker": {FIRST["tre-bunker"].items[0].name: bin_}}
        )
        for code, number, bin_ in zip(
            "abcdef",
            ["61"] * 5 + ["75"],
            [FIRST["tre-bunker"].places[n % 2][0] for n in range(6)],
            strict=True,
        )
    ]
    found = spreads(given, FIRST, drawn())
    assert [one.exercise.name for one in found][:2] == ["tre-bunker", "hvor-enige"]
    assert [one.division for one in found][:2] == [pytest.approx(1 / 2), pytest.approx(1 / 6)]
    assert found[2].division == 0


def test_words_of_ones_own_are_shuffled_field_by_field_and_bear_no_code_and_no_person():
    written = [
        *({"owner": f"Leder {n}", "sign": f"Antal {n}"} for n in range(1, 6)),
        {"owner": "Karen Jensen, 26 14 88 53"},
    ]
    found = spread(LAST, OWN.name, [*written, {"quality": "Kun hørt"}])
    assert (found.answered, found.missing) == (7, 0)
    assert not found.holds_words_back
    words = dict(found.words)
    owners, signs = words["Ejer (en funktion)"], words["Tegn: Hvad tæller I?"]
    assert sorted(owners) == ["K…, 2…", *(f"Leder {n}" for n in range(1, 6))]
    assert sorted(signs) == [f"Antal {n}" for n in range(1, 6)]
    orders = set()
    for seed in range(20):
        shown = spreads(papers(LAST, OWN.name, written), LAST, drawn(seed))
        own = next(one for one in shown if one.exercise is OWN)
        orders.add(dict(own.words)["Tegn: Hvad tæller I?"])
    assert len(orders) > 10


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda one: one.name)
def test_hostile_answers_are_counted_as_nothing(exercise):
    for answer in HOSTILE:
        assert set(said(exercise, answer)) <= set(part_names(exercise))
        assert isinstance(own_words(exercise, answer), dict)
    of = next(one for one in modules() if exercise in one.exercises)
    found = spreads(papers(of, exercise.name, list(HOSTILE[:12])), of, drawn())
    mine = next(one for one in found if one.exercise is exercise)
    numbers = 2 if part_names(exercise) == [""] and hasattr(exercise, "unit") else 0
    assert mine.answered == numbers  # 7 and −1,5 are numbers
    assert mine.parts == ()


def test_words_are_hidden_where_too_few_have_answered_and_where_too_few_have_written():
    four = spread(LAST, OWN.name, [{"owner": "Lederen"}] * 4 + [None] * 2)
    assert (four.answered, four.parts, four.words) == (4, (), ())
    assert "Lederen" not in as_html(four, False)
    written = [{"owner": "Lederen", "sign": "Antal"}] * 4 + [{"owner": "Lederen"}]
    five = spread(LAST, OWN.name, written)
    assert five.words == (("Ejer (en funktion)", ("Lederen",) * 5),)
    shown = as_html(five, False)
    assert "Antal</li>" not in shown
    assert shown.count("I nogle felter har færre end 5 skrevet selv") == 1


def test_a_huge_number_in_one_file_does_not_stop_the_room():
    fifth = module(5)
    built = fifth["byg-pernilles-to-forloeb"]
    cash = {"code": "cash_benefit", "from_month": 0, "to_month": 36, "quantity": 36}
    huge = {"expected": [{**cash, "quantity": 10**400}]}
    found = spread(fifth, built.name, [huge, *[{"expected": [cash]}] * 5])
    assert (found.answered, found.missing) == (5, 1)
    found = spread(FIRST, "hvor-enige", [10**400, *["61"] * 5])
    assert found.parts[0].counts == (("61", 5),)


def test_a_list_where_one_option_belongs_counts_nothing():
    form = THIRD["fase-1"]
    one = next(field for field in form.fields if field.options and not field.is_several)
    assert said(form, {one.name: list(one.options[:2])}) == {}
    assert said(form, {one.name: [one.options[0]]}) == {}
    assert said(form, {one.name: one.options[0]}) == {one.label: (one.options[0],)}
    assert said(form, {one.name: ""}) == {}


def test_each_option_of_several_is_counted():
    form, label = THIRD["fase-2"], "Hvilke roller har du haft i sagen?"
    advice, coaching = "Råd og vejledning", "Coachende"
    roles = [[advice, coaching], *[[coaching]] * 4, ["x"]]
    found = spread(THIRD, form.name, [{"roles": one} for one in roles])
    assert (found.answered, found.missing) == (5, 1)
    part = next(one for one in found.parts if one.name == label)
    assert part.counts == ((coaching, 5), (advice, 1))
    alone = spread(THIRD, form.name, [{"roles": [one]} for one in [coaching] * 4 + [advice]])
    part = next(one for one in alone.parts if one.name == label)
    assert part.is_several  # one may choose several where nobody did


def test_built_courses_are_counted_by_service_and_their_reasons_are_own_words():
    fifth = module(5)
    built = fifth["byg-pernilles-to-forloeb"]
    cash = {"code": "cash_benefit", "from_month": 0, "to_month": 36, "quantity": 36}
    evicted = {"code": "eviction", "from_month": 8, "to_month": 9, "quantity": 1}
    answers = [{"expected": [cash], "counterfactual": [cash]}] * 3
    answers += [{"counterfactual": [cash, {**evicted, "reason": "Ti sager, talt op"}]}] * 2
    found = spread(fifth, built.name, answers)
    counts = {one.name: one.counts for one in found.parts}
    assert counts["Med indsatsen"] == (("Kontanthjælp", 3),)
    assert counts["Uden indsatsen"] == (("Kontanthjælp", 5), ("Fogedsag og udsættelse", 2))
    assert (found.words, found.holds_words_back) == ((), True)  # two have written
    room = spread(fifth, built.name, [*answers, *answers[-1:] * 3])
    assert room.words == (("Fogedsag og udsættelse", ("Ti sager, talt op",) * 5),)
    kept = paper(fifth, {built.name: answers[-1]}, "aaaaaa", False)
    assert "Ti sager" not in kept.text
    assert built.read(kept.answers[built.name])["counterfactual"][1].quantity == 1
    kept = paper(fifth, {built.name: answers[-1]}, "aaaaaa", True)
    assert "Ti sager" in kept.text
