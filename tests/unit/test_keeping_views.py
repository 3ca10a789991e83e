"""What participants and trainer press: keep, see, fetch, save the page, collect."""

import base64
import datetime as dt
import errno
import json
import re
from html import unescape

import pytest

from fremskudt.teaching import saving
from fremskudt.teaching.answers import Paper, paper, read_paper
from fremskudt.teaching.choosing import ChooseSeveral
from fremskudt.teaching.course import module, modules
from fremskudt.teaching.exercise import Attempt
from fremskudt.teaching.feedback import UNREADABLE
from fremskudt.teaching.lesson import open_lesson
from fremskudt.teaching.one_page import EXERCISE
from fremskudt.teaching.ordering import Order
from fremskudt.teaching.saving import put_text
from fremskudt.teaching.thresholds import Thresholds
from fremskudt.teaching.timeline import Timeline
from fremskudt.teaching.views.exercise import ExerciseView
from fremskudt.teaching.views.keeping import KeepView
from fremskudt.teaching.views.page import PageView
from fremskudt.teaching.views.refill import refill
from fremskudt.teaching.views.room import RoomView
from tests.unit.test_collected_answers import HOSTILE, drawn
from tests.unit.test_exercise_views import fill
from tests.unit.test_exercises import EXERCISES, right_answer

NAMED = pytest.mark.parametrize("exercise", EXERCISES, ids=lambda one: one.name)
LAST = module(6)
DAY = dt.date(2025, 3, 20)
STEM = "midtvejsjustering-2025-03-20"


def fetched(html):
    """What a browser would save from the links: text by file name."""
    links = re.findall(r'download="([^"]+)" href="data:[^,]+;base64,([^"]*)"', html)
    return {name: base64.b64decode(data).decode("utf-8") for name, data in links}


def stopped(*_):
    raise OSError(errno.ENOSPC, "No space left on device")


def page_view(folder, day=DAY):
    view = ExerciseView(Attempt(LAST[EXERCISE]))
    return PageView(LAST, LAST[EXERCISE], view.inputs, folder, lambda: day)


def field(view, label):
    return next(one for one in view.inputs.fields if one.description.startswith(label))


def upload(name, text, day=DAY):
    return {
        "name": name,
        "type": "application/json",
        "size": len(text),
        "content": memoryview(text.encode()),
        "last_modified": dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC),
    }


# The page


def test_the_page_is_shown_while_it_is_written(tmp_path):
    view = page_view(tmp_path)
    assert "20. marts 2025" in view.shown.value
    field(view, "Ejer").value = "<b>Projektlederen</b>"
    view.municipality.value = "Birkelund"
    assert "&lt;b&gt;Projektlederen" in view.shown.value
    assert "Birkelund" in view.shown.value
    assert list(tmp_path.iterdir()) == []


def test_the_page_is_kept_beside_the_notebook_and_handed_to_the_browser(tmp_path):
    view = page_view(tmp_path)
    field(view, "Ejer").value = "Projektlederen"
    view.keep.click()
    written = {one.name: one.read_text(encoding="utf-8") for one in tmp_path.iterdir()}
    assert set(written) == {f"{STEM}.html", f"{STEM}.md"}
    assert fetched(view.said.value) == written
    assert "Projektlederen" in written[f"{STEM}.md"]
    assert str(tmp_path) in view.said.value
    assert 'role="alert"' in view.said.value
    field(view, "Ejer").value = "Teamlederen"
    assert view.said.value == ""


def test_keeping_again_replaces_ones_own_page_and_never_anothers(tmp_path):
    (tmp_path / f"{STEM}.md").write_text("en andens", encoding="utf-8")
    view = page_view(tmp_path)
    for owner in ("Projektlederen", "Teamlederen"):
        field(view, "Ejer").value = owner
        view.keep.click()
    page_view(tmp_path).keep.click()
    assert sorted(one.name for one in tmp_path.iterdir()) == sorted(
        [f"{STEM}.md", *(f"{STEM}-{n}{end}" for n in (2, 3) for end in (".html", ".md"))]
    )
    assert (tmp_path / f"{STEM}.md").read_text(encoding="utf-8") == "en andens"
    assert "Teamlederen" in (tmp_path / f"{STEM}-2.md").read_text(encoding="utf-8")


def test_what_was_written_by_hand_in_the_kept_page_is_not_written_over(tmp_path):
    view = page_view(tmp_path)
    view.keep.click()
    path = tmp_path / f"{STEM}.md"
    path.write_text(path.read_text(encoding="utf-8") + "\nSkrevet i hånden\n", encoding="utf-8")
    field(view, "Ejer").value = "Teamlederen"
    view.keep.click()
    assert "Skrevet i hånden" in path.read_text(encoding="utf-8")
    assert "Teamlederen" in (tmp_path / f"{STEM}-2.md").read_text(encoding="utf-8")
    assert f"{STEM}-2.html" in view.said.value
    field(view, "Ejer").value = "Lederen"
    view.keep.click()  # nobody has written in the second
    assert "Lederen" in (tmp_path / f"{STEM}-2.md").read_text(encoding="utf-8")
    (tmp_path / f"{STEM}-2.html").write_bytes(b"\xff")
    view.keep.click()
    assert (tmp_path / f"{STEM}-2.html").read_bytes() == b"\xff"
    assert (tmp_path / f"{STEM}-3.html").exists()


def test_the_page_of_another_day_is_another_page(tmp_path):
    days = iter([DAY, DAY, DAY + dt.timedelta(1)])
    view = page_view(tmp_path)
    view.clock = lambda: next(days)
    view.keep.click()
    view.keep.click()
    view.keep.click()
    assert len(list(tmp_path.glob("*.md"))) == 2


def test_what_is_missing_or_could_be_better_is_said_and_the_page_is_kept(tmp_path):
    view = page_view(tmp_path)
    field(view, "Ejer").value = "Vi"
    view.keep.click()
    assert "Hvem er det præcis?" in view.said.value
    assert "Fra hvilken dato?" in view.said.value
    assert (tmp_path / f"{STEM}.html").exists()


def test_a_page_with_a_national_id_is_not_kept_and_not_handed_out(tmp_path):
    view = page_view(tmp_path)
    field(view, "Fund").value = "010180-1234 ringede"
    view.keep.click()
    assert "ikke gemt" in view.said.value
    assert "cpr-nummer" in view.said.value
    assert fetched(view.said.value) == {}
    assert list(tmp_path.iterdir()) == []


def test_on_a_full_disk_the_page_can_still_be_fetched(tmp_path, monkeypatch):
    monkeypatch.setattr(saving, "put_file", stopped)
    view = page_view(tmp_path)
    view.keep.click()
    assert "ikke plads på disken" in view.said.value
    assert set(fetched(view.said.value)) == {f"{STEM}.html", f"{STEM}.md"}
    assert list(tmp_path.iterdir()) == []


def test_where_nothing_can_be_written_it_is_said(tmp_path):
    (tmp_path / "fil").write_text("")
    view = page_view(tmp_path / "fil")
    view.keep.click()
    assert "kan ikke skrives" in view.said.value


def test_without_a_kernel_the_page_is_a_form_to_print(tmp_path):
    html = page_view(tmp_path)._repr_mimebundle_()["text/html"]
    assert html.count('<th scope="row">') == 8
    assert "2025" not in html
    assert "<h3>Midtvejsjustering</h3>" in html


# Keeping and fetching answers


def test_the_file_is_shown_kept_and_handed_to_the_browser(tmp_path):
    lesson = open_lesson(6, str(tmp_path))
    form = lesson.exercise(EXERCISE)
    keeper = lesson.keeper()
    keeper.button.click()
    assert "ikke noget at gemme" in keeper.said.value
    field(form, "Ejer").value = "Projektlederen"
    field(form, "Hvor godt").value = "Kun hørt"
    keeper.see.click()
    assert "Kun hørt" in keeper.said.value
    assert "Projektlederen" not in keeper.said.value
    assert not (tmp_path / "svar").exists()
    keeper.button.click()
    (path,) = (tmp_path / "svar").iterdir()
    kept = path.read_text(encoding="utf-8")
    assert fetched(keeper.said.value) == {path.name: kept}
    assert kept in unescape(keeper.said.value)
    assert "Projektlederen" not in kept
    keeper.words.value = True
    keeper.button.click()
    (path,) = (tmp_path / "svar").iterdir()
    assert "Projektlederen" in path.read_text(encoding="utf-8")


def test_tries_are_not_in_the_file(tmp_path):
    lesson = open_lesson(1, str(tmp_path))
    view = lesson.exercise("hvor-enige")
    for number in ("1", "2", "61"):
        view.inputs.fields[0].value = number
        view.check.click()
    lesson.keeper().button.click()
    (path,) = (tmp_path / "svar").iterdir()
    raw = json.loads(path.read_text(encoding="utf-8"))
    assert set(raw) == {"form", "code", "module", "answers"}
    assert raw["answers"] == {"hvor-enige": "61"}


def test_own_words_are_asked_for_only_where_a_module_has_any(tmp_path):
    for number, asks in ((1, False), (6, True)):
        keeper = open_lesson(number, str(tmp_path)).keeper()
        assert (keeper.words in keeper.widget.children) == asks


def test_html_in_ones_own_words_is_shown_as_text(tmp_path):
    lesson = open_lesson(6, str(tmp_path))
    field(lesson.exercise(EXERCISE), "Ejer").value = "<img src=x onerror=alert(1)>"
    keeper = lesson.keeper()
    keeper.words.value = True
    keeper.button.click()
    assert "<img" not in keeper.said.value


def test_a_national_id_is_not_kept_with_ones_own_words(tmp_path):
    lesson = open_lesson(6, str(tmp_path))
    field(lesson.exercise(EXERCISE), "Ejer").value = "010180-1234"
    keeper = lesson.keeper()
    keeper.words.value = True
    keeper.button.click()
    assert "cpr-nummer" in keeper.said.value
    assert not (tmp_path / "svar").exists()


def test_on_a_full_disk_the_answers_can_still_be_fetched(tmp_path, monkeypatch):
    monkeypatch.setattr(saving, "put_file", stopped)
    lesson = open_lesson(1, str(tmp_path))
    lesson.exercise("hvor-enige").inputs.fields[0].value = "61"
    keeper = lesson.keeper()
    keeper.button.click()
    assert "ikke plads på disken" in keeper.said.value
    assert len(fetched(keeper.said.value)) == 1


@NAMED
def test_a_kept_answer_is_put_back_as_it_was(exercise):
    first, second = ExerciseView(Attempt(exercise)), ExerciseView(Attempt(exercise))
    fill(first, right_answer(exercise))
    assert refill(second, first.standing())
    assert second.standing() == first.inputs.read()


@NAMED
def test_what_cannot_be_an_answer_leaves_the_fields_as_they_were(exercise):
    view = ExerciseView(Attempt(exercise))
    fill(view, right_answer(exercise))
    before = view.inputs.read()
    for answer in HOSTILE:
        is_taken = refill(view, answer)
        assert is_taken or view.inputs.read() == before
        if is_taken:  # then it is one that can be checked
            assert exercise.check(answer).lines != (UNREADABLE,)
        fill(view, right_answer(exercise))


def half_right(exercise):
    """An answer as it stands when a participant is interrupted; None where there is no half."""
    right = right_answer(exercise)
    match exercise:
        case Order():
            return [*right[: len(right) // 2], *[""] * (len(right) - len(right) // 2)]
        case Thresholds() | Timeline():
            return None
        case ChooseSeveral():
            return right[:1]
    return dict(list(right.items())[: len(right) // 2]) if isinstance(right, dict) else None


@NAMED
def test_half_an_answer_is_kept_and_put_back_as_it_was(exercise):
    if (half := half_right(exercise)) is None:
        return
    of = next(one for one in modules() if exercise in one.exercises)
    view, again = ExerciseView(Attempt(exercise)), ExerciseView(Attempt(exercise))
    assert refill(view, half)
    kept = read_paper(paper(of, {exercise.name: view.standing()}, "abcdef", True).text.encode())
    assert kept.answers == {exercise.name: half}
    assert refill(again, kept.answers[exercise.name])
    assert again.inputs.read() == half


def test_steps_without_a_place_are_an_empty_answer():
    order = ExerciseView(Attempt(module(2)["saet-i-raekkefoelge"]))
    assert order.standing() is None
    order.inputs.fields[2].value = order.inputs.fields[2].options[1][1]
    order.inputs.fields[2].value = None
    assert order.standing() is None
    order.inputs.fields[1].value = name = order.inputs.fields[2].options[1][1]
    assert order.standing() == ["", name, *[""] * (len(order.inputs.fields) - 2)]


def test_what_was_said_of_the_old_answer_goes_when_another_is_fetched():
    for exercise in (module(1)["hvor-enige"], module(5)["byg-pernilles-to-forloeb"]):
        view = ExerciseView(Attempt(exercise))
        view.check.click()
        assert view.feedback.value
        assert refill(view, right_answer(exercise))
        assert view.feedback.value == ""
        assert view.attempt.feedback is None
        assert view.standing() is not None
        view.check.click()
        assert "Det passer" in view.feedback.value or "Næsten" in view.feedback.value
        said = view.feedback.value
        assert not refill(view, [1])
        assert view.feedback.value == said  # nothing was fetched


def test_half_a_character_in_a_file_is_not_put_on_the_screen(tmp_path):
    cash = {"code": "cash_benefit", "from_month": 0, "to_month": 36, "quantity": 36}
    built = {"counterfactual": [{**cash, "reason": "x\ud800"}]}
    for number, name, answer in (
        (1, "hvor-enige", "x\ud800"),
        (5, "byg-pernilles-to-forloeb", built),
        (6, EXERCISE, {"owner": "x\ud800"}),
    ):
        lesson = open_lesson(number, str(tmp_path))
        raw = {"form": 1, "code": "abcdef", "module": number, "answers": {name: answer}}
        keeper = lesson.keeper()
        keeper.choose.value = (upload("mine.json", json.dumps(raw)),)
        assert "1 svar er hentet" in keeper.said.value
        stands = json.dumps(lesson.exercise(name).inputs.read(), ensure_ascii=False)
        assert '"x?"' in stands
        stands.encode("utf-8")


def test_own_words_that_are_fetched_stay_in_the_file_when_it_is_kept_again(tmp_path):
    lesson = open_lesson(6, str(tmp_path))
    field(lesson.exercise(EXERCISE), "Ejer").value = "Projektlederen"
    keeper = lesson.keeper()
    keeper.words.value = True
    keeper.button.click()
    later = open_lesson(6, str(tmp_path))
    keeper = later.keeper()
    assert not keeper.words.value
    keeper.fetch.click()
    assert keeper.words.value
    keeper.button.click()
    (path,) = (tmp_path / "svar").iterdir()
    assert "Projektlederen" in path.read_text(encoding="utf-8")


def test_a_file_without_own_words_leaves_the_cross_as_it_is(tmp_path):
    keeper = open_lesson(6, str(tmp_path)).keeper()
    kept = Paper("abcdef", 6, {EXERCISE: {"quality": "Kun hørt"}})
    keeper.choose.value = (upload("mine.json", kept.text),)
    assert "1 svar er hentet" in keeper.said.value
    assert not keeper.words.value


def test_one_answer_and_several_are_told_in_their_own_numbers(tmp_path):
    kept, keeper = {"hvor-enige": "61"}, open_lesson(1, str(tmp_path)).keeper()
    keeper.choose.value = (upload("et.json", Paper("abcdef", 1, kept).text),)
    assert "for at få svar på det igen" in keeper.said.value
    kept["laes-uenighed"] = "majority"
    keeper.choose.value = (upload("to.json", Paper("abcdef", 1, kept).text),)
    assert "2 svar er hentet" in keeper.said.value
    assert "for at få svar på dem igen" in keeper.said.value


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("hvor-enige", True),
        ("hvor-enige", float("nan")),
        ("hvor-enige", 10**400),
        ("saet-kryds", ["findes-ikke"]),
    ],
)
def test_what_no_field_can_hold_is_not_fetched(name, answer):
    assert not refill(ExerciseView(Attempt(module(1)[name])), answer)


def test_only_a_civil_registration_number_is_told_as_one(tmp_path):
    def broken(_):
        raise ValueError("noget helt andet")

    keeper = KeepView(LAST, tmp_path, broken, len)
    with pytest.raises(ValueError, match="noget helt andet"):
        keeper._say(keeper._see)
    assert "cpr-nummer" not in keeper.said.value


def test_answers_are_fetched_from_a_chosen_file(tmp_path):
    lesson = open_lesson(1, str(tmp_path))
    keeper = lesson.keeper()
    kept = Paper("abcdef", 1, {"hvor-enige": "61", "ukendt": "x", "tre-bunker": "<b>"})
    keeper.choose.value = (upload("mine.json", kept.text),)
    assert "1 svar er hentet" in keeper.said.value
    assert lesson.exercise("hvor-enige").inputs.fields[0].value == "61"
    assert lesson.code == "abcdef"


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("<b>.json", "{", "kan ikke læses"),
        ("andet.json", Paper("abcdef", 2, {}).text, "hører til modul 2"),
    ],
)
def test_a_file_that_cannot_be_fetched_is_named(tmp_path, name, text, says):
    keeper = open_lesson(1, str(tmp_path)).keeper()
    keeper.choose.value = (upload(name, text),)
    assert says in keeper.said.value
    assert "<b>" not in keeper.said.value


def test_a_file_without_possible_answers_changes_nothing(tmp_path):
    lesson = open_lesson(1, str(tmp_path))
    keeper = lesson.keeper()
    lesson.exercise("hvor-enige").inputs.fields[0].value = "61"
    keeper.choose.value = (upload("mine.json", Paper("abcdef", 1, {"hvor-enige": [1]}).text),)
    assert "ingen svar" in keeper.said.value
    assert lesson.code != "abcdef"
    assert lesson.exercise("hvor-enige").inputs.fields[0].value == "61"


def test_where_nothing_is_kept_nothing_is_fetched(tmp_path):
    keeper = open_lesson(1, str(tmp_path)).keeper()
    keeper.fetch.click()
    assert "ingen svar til modulet" in keeper.said.value


# The trainer's view


def collected(folder="", files=(), number=1):
    view = RoomView(str(folder), drawn)
    view.module.value = next(one for one in modules() if one.number == number)
    view.files.value = tuple(files)
    view.collect.click()
    return view


def test_the_room_is_shown_from_a_folder_and_from_chosen_files(tmp_path):
    for code in "abcd":
        kept = Paper(code, 1, {"hvor-enige": "61"})
        put_text(tmp_path / kept.name, kept.text)
    assert "mindst 5" in collected(tmp_path).said.value
    last = upload("e.json", Paper("e", 1, {"hvor-enige": "75"}).text)
    other = upload("f.json", Paper("f", 2, {}).text)
    view = collected(tmp_path, [last, other])
    assert "Svarfiler til modulet: 5." in view.said.value
    assert "Svarfiler til andre moduler: 1." in view.said.value
    table = view.found.value
    assert re.search(r'<th scope="row">61</th><td class="fs-num">4</td><td>80\s%<', table)
    assert re.search(r'<th scope="row">75</th><td class="fs-num">1</td><td>20\s%<', table)
    assert "5 af 5 har svaret. 0 har ikke svaret." in table
    assert table.count("Her er rummet mest delt") == 1
    assert "0 af 5 har svaret. 5 har ikke svaret." in table
    view.folder.value = ""
    assert view.found.value == ""


@pytest.mark.parametrize("written", ["~/svar", '"{}/svar"', "'{}/svar'", ' "~/svar" '])
def test_a_folder_can_be_written_as_a_person_writes_or_pastes_it(tmp_path, monkeypatch, written):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    kept = Paper("abcdef", 1, {"hvor-enige": "61"})
    put_text(tmp_path / "svar" / kept.name, kept.text)
    assert "Svarfiler til modulet: 1." in collected(written.format(tmp_path)).said.value


@pytest.mark.parametrize("written", ["~findes-ikke/svar", "~\0"])
def test_a_home_that_nobody_has_is_no_folder(written):
    assert "findes ikke" in collected(written).said.value
    assert "Skriv en mappe" in collected(' ""').said.value


def test_four_files_show_nothing():
    files = [upload(f"{code}.json", Paper(code, 1, {"hvor-enige": "61"}).text) for code in "abcd"]
    view = collected(files=files)
    assert "Svarfiler til modulet: 4. Der skal være mindst 5" in view.said.value
    assert "61" not in view.found.value


def test_without_files_the_trainer_is_told_what_to_do(tmp_path):
    assert "Skriv en mappe" in collected().said.value
    assert "findes ikke" in collected(tmp_path / "<b>").said.value
    assert "<b>" not in collected(tmp_path / "<b>").said.value


def test_hostile_files_are_named_and_nothing_in_them_is_shown_as_html():
    bad = [
        upload("<script>.json", "[" * 100_000),
        upload("stor.json", " " * 300_000),
        *(
            upload(
                f"{n}.json",
                json.dumps(
                    {
                        "form": 1,
                        "code": "abcdefghjkmnpq"[n],
                        "module": 6,
                        "answers": {
                            one.name: {"owner": "<script>x</script>\ud800", "quality": "Kun hørt"}
                            for one in LAST.exercises
                        },
                    }
                ),
            )
            for n in range(6)
        ),
        *(
            upload(
                f"x{n}.json",
                json.dumps(
                    {"form": 1, "code": "xyz"[n % 3], "module": 6, "answers": {EXERCISE: answer}}
                ),
            )
            for n, answer in enumerate(HOSTILE)
        ),
    ]
    view = collected(files=bad, number=6)
    assert "&lt;script&gt;.json" in view.said.value
    assert "stor.json" in view.said.value
    shown = view.said.value + view.found.value
    assert "<script" not in shown
    shown.encode("utf-8")
    assert shown.count("&lt;script&gt;x&lt;/script&gt;?") == 6


def test_every_field_has_a_label_of_its_own(tmp_path):
    keeper, room = open_lesson(1, str(tmp_path)).keeper(), RoomView()
    for fields in (
        (keeper.words, keeper.button, keeper.see, keeper.fetch, keeper.choose),
        (room.module, room.folder, room.files, room.collect),
    ):
        labels = [one.description for one in fields]
        assert all(labels)
        assert len(set(labels)) == len(labels)
