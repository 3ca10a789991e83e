"""Module 3: the own registration read as a delivery, found again in the figures, and a faulty
delivery looked through and checked.

What the right answers are, where they stand in the figures and which faults there are is written
by hand in modul-3.yml; the code is held to it.
"""

import csv
import datetime as dt
import json
import re

import pandas as pd
import pytest
import yaml
from lxml import html

from fremskudt import register
from fremskudt.analysis.result import ALL
from fremskudt.contract.delivery import inspect, load_delivery
from fremskudt.contract.tables import TABLES
from fremskudt.teaching import serving
from fremskudt.teaching.birkelund import BIRKELUND, birkelund
from fremskudt.teaching.course import FOLDER, module
from fremskudt.teaching.danish_files import birkelunds, write
from fremskudt.teaching.excerpt import excerpts
from fremskudt.teaching.faulty import NAME, _planted, faults, faulty_delivery
from fremskudt.teaching.lesson import open_lesson
from fremskudt.teaching.own_figures import DRAWN, own_figures
from fremskudt.teaching.registering import CASE, FORMS, others, registered, targets
from fremskudt.teaching.views.faulty import FaultyView
from fremskudt.teaching.views.figures import FiguresView
from fremskudt.teaching.views.refill import refill
from fremskudt.workspace import HANDBOOK, Workspace
from tests.unit.test_exercises import HOSTILE, right_answer

RAW = yaml.safe_load((FOLDER / "modul-3.yml").read_text(encoding="utf-8"))
RIGHT = {name: right_answer(module(3)[name]) for name in FORMS.values()}
NUMBER = "010157-5000"  # planted by f11; it cannot be anybody's


def changed(form, **fields):
    """The right answers but for some fields of one form."""
    return {**RIGHT, form: {**RIGHT[form], **fields}}


def figure_of(measure, group=ALL):
    return next(one for one in own_figures() if (one.measure, one.group) == (measure, group))


@pytest.fixture(scope="module")
def right():
    return registered(RIGHT).delivery


def test_the_right_answers_are_the_case_as_it_is_written_by_hand(right):
    for one in RAW["answers"]:
        table, column, code = one["table"], one["column"], one["code"]
        frame = right[table]
        rows = frame[frame["case_id"] == CASE]
        if "phase" in one:
            rows = rows[rows["phase"] == one["phase"]]
        found = rows[column].tolist()
        if table in ("roles", "tools") and column != "case_id":
            wanted = code if isinstance(code, list) else list(code)
            found = rows[{"roles": "role", "tools": "tool"}[table]].tolist()
            assert sorted(found) == sorted(wanted), column
        elif isinstance(code, list):
            assert found == ["|".join(code)]
        elif code is None:
            assert pd.isna(found[0]), one
        elif isinstance(code, dt.date):
            assert [day.date() for day in found] == [code]
        else:
            assert set(found) == {code}, one


def test_the_meeting_has_its_day_and_the_other_tools_none(right):
    rows = right["tools"][right["tools"]["case_id"] == CASE].set_index("tool")["used_date"]
    assert rows["coordinating_meeting"] == pd.Timestamp("2025-05-05")
    assert rows.drop("coordinating_meeting").isna().all()


def test_everybody_else_is_as_in_birkelunds_own_delivery(right):
    for name, frame in others().tables.items():
        mine = right[name]
        mine = mine[mine["case_id"] != CASE] if "case_id" in mine else mine
        pd.testing.assert_frame_equal(mine.reset_index(drop=True), frame)
    assert len(others()["cases"]) == 23


def test_every_day_to_choose_is_that_weekday_and_is_read_as_it():
    names = ("ma", "ti", "on", "to", "fr", "lø", "sø")
    dates = [one for one in targets() if one.column.endswith("_date")]
    assert len(dates) == 8
    months = {"april": 4, "maj": 5, "juni": 6, "juli": 7, "oktober": 10, "november": 11}
    for one in dates:
        form = FORMS[one.phase]
        field = next(f for f in module(3)[form].fields if f.name == one.field)
        for option in field.options:
            if option == "Tomt felt":
                continue
            weekday, day, month = option.split()
            date = dt.date(2025, months[month], int(day.rstrip(".")))
            assert weekday == names[date.weekday()], option
    found = registered(changed("fase-1", known_date="fr 25. april")).delivery["cases"]
    assert found.set_index("case_id").loc[CASE, "known_date"] == pd.Timestamp("2025-04-25")


@pytest.mark.parametrize("one", RAW["figures"], ids=lambda o: f"{o['measure']}-{o.get('group')}")
def test_the_case_stands_in_the_figures_where_it_was_counted_by_hand(one, right):
    figure = figure_of(one["measure"], one.get("group", ALL))
    before, after = (
        figure.table(delivery).frame.query("group == @figure.group").set_index("category")
        for delivery in (others(), right)
    )
    assert after["n"].iloc[0] - before["n"].iloc[0] == one["n_grows"]
    growth = (after["count"] - before["count"]).loc[lambda s: s != 0].to_dict()
    if one["measure"] == "registered":  # a case is registered in all phases at once
        assert growth == {"phase_1": 1, "phase_2": 1, "phase_3": 1}
    else:
        assert growth == ({one["answer"]: 1} if one["answer"] else {})
    told = figure.told(others(), right)
    assert one["see"] in told
    assert ("tæller ikke med" in told) == (one["answer"] is None)
    assert "Efter historien" not in told


def test_what_the_case_changed_is_said_in_words(right):
    """Counted from the file: the days between the two dates, of those who have both."""
    rows = [one for one in birkelunds("cases") if one["case_id"] != CASE]
    days = [
        (
            dt.date.fromisoformat(r["first_contact_date"]) - dt.date.fromisoformat(r["known_date"])
        ).days
        for r in rows
        if r["known_date"] and r["first_contact_date"]
    ]
    band, n = sum(3 <= day <= 7 for day in days), len(days)
    told = figure_of("contact_days").told(others(), right).replace("\N{NO-BREAK SPACE}", " ")
    assert f"**3–7 dage.** Uden B-24: {band} af {n} ({round(band / n * 100)} %)." in told
    assert f"Med din B-24: {band + 1} af {n + 1} (" in told


def test_another_answer_stands_elsewhere_and_the_story_is_named():
    found = registered(changed("fase-1", support_home="Behov i mindre grad")).delivery
    told = figure_of("support_home", "phase_1").told(others(), found)
    assert told.startswith("**Fase 1, behov i mindre grad.** Uden B-24:")
    assert "Efter historien hører sagen til ”Behov i større grad”." in told
    found = registered(changed("fase-3", citizen_rating="Ved ikke")).delivery
    told = figure_of("citizen_rating", "phase_3").told(others(), found)
    assert told.startswith("**Fase 3, ved ikke.**")
    assert "Efter historien tæller sagen ikke med her." in told
    found = registered(changed("fase-3", employment="")).delivery
    told = figure_of("employment", "phase_3").told(others(), found)
    assert told.startswith("Din B-24 tæller ikke med her.")
    assert "Efter historien hører sagen til ”Deltidsarbejde eller fleksjob”." in told


@pytest.mark.parametrize("measure", DRAWN)
def test_a_figure_bears_its_chapters_name_and_title(measure):
    chapters = " ".join(
        "".join(cell["source"])
        for name in ("population", "roles", "outcomes")
        for cell in json.loads((HANDBOOK / "notebooks" / f"{name}.ipynb").read_text("utf-8"))[
            "cells"
        ]
    )
    _, chart, name, title = DRAWN[measure]
    rest = f', "{name}", "{title}")' if title else f', "{name}")'
    assert re.search(rf"charts\.{chart.__name__}\(\w+{re.escape(rest)}", chapters)


@pytest.mark.parametrize(
    ("form", "field", "value", "says"),
    [
        ("fase-1", "known_date", "on 30. april", "datoen ligger før Bekendt (30-04-2025)"),
        ("fase-1", "wellbeing_change", "Positivt", "kan ikke vurderes i fase 1"),
        ("fase-1", "psychiatry", ["Ved ikke", "Bostøtte"], "kan ikke stå sammen med andre svar"),
        ("fase-1", "start_date", "", "kolonne «Start»: cellen er tom"),
        ("fase-1", "target_group", "", "kolonne «Målgruppe»: cellen er tom"),
        ("fase-2", "meeting_date", "Tomt felt", "et koordinerende møde mangler sin dato"),
        ("fase-3", "registration_date", "Tomt felt", "kolonne «Dato»: cellen er tom"),
    ],
)
def test_what_cannot_be_is_told_in_the_checks_words_and_where_to_mend_it(form, field, value, says):
    found = registered(changed(form, **{field: value}))
    assert found.delivery is None
    (problem,) = found.problems
    assert problem.startswith("birkelund/")
    assert says in problem
    assert f"Ret svaret i **{module(3)[form].title}**" in problem


def test_all_that_cannot_be_is_told_at_once():
    answers = changed("fase-1", wellbeing_change="Negativt", start_date="")
    answers["fase-2"] = {**RIGHT["fase-2"], "meeting_date": ""}
    assert len(registered(answers).problems) == 3


def test_a_field_without_an_answer_is_an_empty_cell_and_so_is_tomt_felt():
    needed = ("start_date", "target_group", "registration_date")
    first = {name: RIGHT["fase-1"][name] for name in needed}
    found = registered({**RIGHT, "fase-1": {**first, "gender": "Tomt felt", "psychiatry": []}})
    case = found.delivery["cases"].set_index("case_id").loc[CASE]
    assert case[["gender", "age_group", "referrer", "known_date", "psychiatry"]].isna().all()
    assert case["end_date"] == pd.Timestamp("2025-07-31")


def test_a_form_that_is_not_filled_in_is_a_row_that_is_not_there():
    found = registered({"fase-1": RIGHT["fase-1"], "fase-2": None})
    frame = found.delivery["registrations"]
    assert frame.loc[frame["case_id"] == CASE, "phase"].tolist() == [1]
    assert [one.split("**")[1] for one in found.remarks] == ["Afslutning", "Opfølgning"]
    told = figure_of("registered").told(others(), found.delivery)
    assert "Fase 1: opstart" in told
    assert "Fase 2: afslutning" not in told


@pytest.mark.parametrize("form", FORMS.values())
@pytest.mark.parametrize("answer", [None, "", *HOSTILE], ids=lambda one: str(one)[:20])
def test_a_hostile_form_is_none(form, answer):
    found = registered({**RIGHT, form: answer})
    is_first = form == "fase-1"
    assert (found.delivery is None) == is_first
    assert "<script>" not in "".join([*found.problems, *found.remarks])
    said = found.problems if is_first else found.remarks
    assert module(3)[form].title in said[0]


def test_the_figures_wait_until_the_forms_are_sound_and_then_react():
    lesson = open_lesson(3)
    view = lesson.figures()
    view.button.click()
    assert "Udfyld først <strong>Opstart</strong>" in view.said.value
    assert view.choices.layout.display == "none"
    for name in FORMS.values():
        refill(lesson.exercise(name), RIGHT[name])
    start = next(f for f in lesson.exercise("fase-1").inputs.fields if "begyndte" in f.description)
    start.value = None
    view.button.click()
    assert "cellen er tom" in view.said.value
    assert view.figure.value == ""
    start.value = "on 30. april"
    view.button.click()
    assert 'role="alert"' in view.said.value
    assert view.choices.layout.display != "none"
    assert 'id="figur-frist-kontakt"' in view.figure.value
    assert "Med din B-24" in view.told.value


def test_a_figure_is_shown_with_the_case_and_without():
    view = FiguresView(lambda: RIGHT)
    view.button.click()
    view.which.value = next(
        place for place, one in enumerate(own_figures()) if one.measure == "agreement"
    )
    assert "Antal borgere: Fase 2: 11" in view.figure.value
    view.cases.value = False
    assert "Antal borgere: Fase 2: 10" in view.figure.value
    view.cases.value = True
    assert "Antal borgere: Fase 2: 11" in view.figure.value


def test_a_disk_that_is_full_is_told(monkeypatch):
    def full(*_args, **_options):
        raise OSError

    monkeypatch.setattr("fremskudt.teaching.registering.write", full)
    view = FiguresView(lambda: RIGHT)
    view.button.click()
    assert "plads på disken" in view.said.value


def test_a_disk_that_is_full_while_the_faulty_delivery_is_looked_at_is_told(monkeypatch):
    def full(*_args, **_options):
        raise OSError

    monkeypatch.setattr("fremskudt.teaching.faulty.write", full)
    view = FaultyView()
    assert "plads på disken" in view._repr_mimebundle_()["text/html"]
    view.button.click()
    assert "plads på disken" in view.said.value
    assert view.report.value == ""
    monkeypatch.undo()
    view.button.click()
    assert "14 fejl" in view.said.value


@pytest.mark.parametrize("view", [FiguresView(dict), FaultyView()], ids=["figures", "faulty"])
def test_without_a_kernel_it_can_be_read_and_asks_nothing_of_anybody(view):
    page = view._repr_mimebundle_()["text/html"]
    assert len(page) > 500
    assert "<script" not in page
    assert "http" not in page
    assert NUMBER not in page


def test_all_of_birkelund_in_danish_is_read_as_the_same(tmp_path):
    folder = tmp_path / "birkelund"
    folder.mkdir()
    for path in BIRKELUND.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    for name in TABLES:
        write(folder, name, birkelunds(name))
    head = (folder / "cases.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    assert head.startswith("Sag;Målgruppe;Køn;")
    found = load_delivery(folder)
    for name, frame in birkelund().tables.items():
        pd.testing.assert_frame_equal(found[name], frame)


@pytest.fixture(scope="module")
def faulty(tmp_path_factory):
    return faulty_delivery(tmp_path_factory.mktemp("kursus") / NAME)


def test_the_faults_stand_in_the_files_as_the_module_writes_them(faulty):
    for one in RAW["faults"]:
        with (faulty / f"{one['table']}.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file, delimiter=";"))
        if one["kind"] == "cell":
            assert one["wrong"] in [row[one["heading"]] for row in rows], one["id"]
    assert (len(RAW["faults"]), sum(one["problems"] for one in RAW["faults"])) == (12, 14)


def test_every_place_that_is_asked_about_is_shown_beside_its_neighbours(faulty):
    shown = {one.label: one for one in excerpts(faulty)}
    for one in [*RAW["faults"], *RAW["looks_wrong_but_is_right"]]:
        sheet = shown[one["sheet"]]
        at = sheet.headings.index(one["heading"])
        cells = [row[at] for _, row in sheet.rows]
        wrong = one.get("wrong", cells[0])
        assert ("0…" if wrong == NUMBER else wrong) in cells, one["id"]
        key = one["row"].get("case_id") or one["row"]["line"]
        if "wrong" not in one or one["heading"] != "Sag":  # else the key is what is wrong
            assert key in [row[0] for _, row in sheet.rows]
    numbers = [place for place, _ in shown["Registreringer"].rows]
    assert numbers == sorted(set(numbers))
    assert shown["Registreringer"].of == 59


def test_planting_a_fault_leaves_the_sound_rows_as_they_were():
    for fault in faults():
        rows = birkelunds(fault.table)
        faulty_rows = _planted(rows, fault)
        assert rows == birkelunds(fault.table)
        assert faulty_rows != rows


def test_the_number_of_a_person_stands_in_the_file_alone(faulty):
    assert NUMBER in (faulty / "tools.csv").read_text(encoding="utf-8-sig")
    view = FaultyView()
    view.button.click()
    seen = view.page + view.said.value + view.report.value
    assert NUMBER not in seen
    assert "0…" in view.page
    assert "0…" in view.report.value
    texts = [one.text for one in module(3)["find-fejlene"].items]
    assert not any(NUMBER in text for text in texts)


def test_the_tables_are_read_by_a_screen_reader_and_scrolled_by_keyboard():
    page = html.fromstring(f"<div>{FaultyView().page}</div>")
    tables = page.xpath("//table")
    assert len(tables) == 5
    assert all(table.xpath("caption") for table in tables)
    assert all(row.xpath("th[@scope='row']") for row in page.xpath("//tbody/tr"))
    assert all(box.get("tabindex") == "0" for box in page.xpath("//div[@role='region']"))


def test_the_check_says_fourteen_errors_and_one_warning_in_its_own_words(faulty):
    view = FaultyView()
    view.button.click()
    assert "<strong>14 fejl, 1 advarsel</strong>" in view.said.value
    rows = html.fromstring(f"<div>{view.report.value}</div>").xpath("//tbody/tr")
    cells = [[cell.text_content() for cell in row.xpath("td")] for row in rows]
    assert sorted(row[0] for row in cells) == ["Advarsel"] + ["Fejl"] * 14
    assert all(where and what and wanted and mend for _, where, what, _, wanted, mend in cells)
    said = [problem.what for problem in inspect(faulty).problems]
    assert [row[2] for row in cells] == said


def test_the_course_folder_holds_it_for_those_who_run_the_check_themselves(tmp_path):
    folder = serving.fresh_copy(tmp_path)
    (found,) = register.inspect_all(Workspace.find(folder), [NAME])
    assert (len(found.errors), len(found.warnings)) == (14, 1)
    assert not list((HANDBOOK / "notebooks").rglob(NAME))


def test_the_check_says_of_each_fault_what_the_module_says_it_says(faulty):
    said = [problem.what for problem in inspect(faulty).problems]
    for one in RAW["faults"]:
        first = one["message"].split(". ")[0].split(" (og")[0].removesuffix(".")
        assert any(what.startswith(first) for what in said), one["id"]
