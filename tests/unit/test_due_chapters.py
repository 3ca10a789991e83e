"""Which chapters are due, and why: decided from marks, without running any."""

import os
import random
import shutil

import pytest

import fremskudt
from fremskudt import register
from fremskudt.publishing import inputs
from fremskudt.publishing.due import due_chapters, parameters_of, told_once
from fremskudt.publishing.inputs import digest_of, inputs_of, remembering
from fremskudt.publishing.marks import keep, mark_path, read_mark
from fremskudt.publishing.templates import TEMPLATES, Kind, chapters
from fremskudt.workspace import HANDBOOK, Workspace
from tests.conftest import FOUR

OWN = ("profile", "population", "roles", "outcomes", "economics")
JOINT = {f"faelles/{one.name}" for one in TEMPLATES if one.kind is Kind.JOINT}
COURSE = {f"kursus/{one.name}" for one in TEMPLATES if one.kind is Kind.COURSE}
ALL = 4 * len(OWN) + len(JOINT) + len(COURSE)


@pytest.fixture
def space(tmp_path, data_copy, monkeypatch):
    """Every chapter of the four as if it had just been run."""
    monkeypatch.setattr("fremskudt.publishing.writing.settle", lambda _: None)  # for speed
    handbook = tmp_path / "handbook"
    shutil.copytree(HANDBOOK / "notebooks", handbook / "notebooks")
    shutil.copytree(HANDBOOK / "data" / "reference", handbook / "data" / "reference")
    space = Workspace(handbook, data_copy, tmp_path / "out")
    digest = remembering()
    for chapter in chapters(FOUR):
        pretend_run(chapter, space, digest)
    return space


def pretend_run(chapter, space, digest=None):
    made = space.output / "made.ipynb"
    made.parent.mkdir(exist_ok=True)
    made.write_text(f'{{"label": "{chapter.label}"}}', encoding="utf-8")
    now = inputs_of(chapter, space, parameters_of(chapter, register.slugs(space)), digest)
    keep(made, chapter, space, now, space.output)


def due(space):
    """The labels that are due, each with all its causes."""
    slugs = register.slugs(space)
    found = due_chapters(chapters(slugs), space, slugs)
    return {one.chapter.label: one.common + one.own for one in found}


def test_nothing_is_due_right_after_a_run(space):
    assert due(space) == {}


def test_a_changed_file_concerns_its_municipality_and_the_joint_chapters_only(space):
    path = space.data / "vejle" / "cases.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",man,", ",woman,", 1), "utf-8")
    expected = {f"vejle/{name}" for name in OWN} | JOINT - {"faelles/evidence"}
    assert due(space) == dict.fromkeys(expected, ("data fra vejle er ændret",))


def test_a_new_time_on_a_file_is_no_change(space):
    for path in space.data.rglob("*.csv"):
        os.utime(path, (0, 0))
    assert due(space) == {}


def test_a_file_that_changes_its_name_or_comes_or_goes_is_a_change(space):
    before = digest_of(space.data / "vejle")
    shutil.copy(space.data / "vejle" / "cases.csv", space.data / "vejle" / "extra.csv")
    added = digest_of(space.data / "vejle")
    (space.data / "vejle" / "extra.csv").rename(space.data / "vejle" / "other.csv")
    renamed = digest_of(space.data / "vejle")
    assert len({before, added, renamed}) == 3


def test_the_mark_of_an_open_workbook_is_no_change(space):
    (space.data / "vejle" / "~$data.xlsx").write_text("x", encoding="utf-8")
    assert due(space) == {}


def test_moved_folders_are_no_change(space, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    for folder in (space.handbook, space.data, space.output):
        shutil.move(folder, elsewhere / folder.name)
    moved = Workspace(elsewhere / "handbook", elsewhere / "data", elsewhere / "out")
    assert due(moved) == {}


def test_no_mark_holds_a_path_of_this_machine(space, tmp_path):
    for chapter in chapters(FOUR):
        text = mark_path(chapter, space).read_text(encoding="utf-8")
        assert str(tmp_path) not in text
        assert str(HANDBOOK) not in text


def test_a_changed_template_concerns_its_chapters_only(space):
    path = space.notebooks / "roles.ipynb"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert due(space) == {f"{slug}/roles": ("skabelonen er ændret",) for slug in FOUR}


@pytest.mark.parametrize("name", ["modul-4.yml", "birkelund/cases.csv"])
def test_changed_texts_and_data_of_the_course_concern_its_modules_only(space, name):
    path = space.notebooks / "training" / name
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    causes = ("kursets tekster eller Birkelunds data er ændret",)
    assert due(space) == dict.fromkeys(COURSE, causes)


def test_a_changed_module_concerns_itself_only(space):
    path = space.notebooks / "training" / "4-laes-tallene.ipynb"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert due(space) == {"kursus/4-laes-tallene": ("skabelonen er ændret",)}


def test_own_data_from_another_folder_rerun_no_module_of_the_course(space, tmp_path):
    shutil.copytree(space.data / "vejle", tmp_path / "own" / "nordsoe")
    other = Workspace(space.handbook, tmp_path / "own", space.output)
    assert not COURSE & set(due(other))


def test_changed_reference_data_concern_every_chapter(space):
    path = space.reference / "scales.csv"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert set(due(space).values()) == {("de fælles data i data/reference er ændret",)}
    assert len(due(space)) == ALL


def test_a_new_version_is_told_once_with_both_numbers(space, monkeypatch):
    monkeypatch.setattr(inputs, "__version__", "99.1.0")
    found = due_chapters(chapters(FOUR), space, FOUR)
    old = fremskudt.__version__
    assert told_once(found, ALL) == [
        f"Håndbogens version er ny ({old} → 99.1.0): alle kapitler køres igen."
    ]
    assert not any(one.own for one in found)


def test_a_run_that_was_stopped_after_a_new_version_tells_how_many_are_left(space, monkeypatch):
    monkeypatch.setattr(inputs, "__version__", "99.1.0")
    for chapter in chapters(FOUR)[:20]:
        pretend_run(chapter, space)
    (line,) = told_once(due_chapters(chapters(FOUR), space, FOUR), ALL)
    assert line.endswith(f": {len(JOINT | COURSE)} af {ALL} kapitler køres igen.")


@pytest.mark.parametrize(
    ("part", "words"),
    [("package", "Håndbogens program er ændret"), ("environment", "Python eller de låste pakker")],
)
def test_a_changed_program_or_environment_is_told_once(space, part, words):
    for chapter in chapters(FOUR):
        before = {**read_mark(chapter, space).inputs, part: "andet"}
        made = space.output / "made.ipynb"
        made.write_text("{}", encoding="utf-8")
        keep(made, chapter, space, before, space.output)
    found = due_chapters(chapters(FOUR), space, FOUR)
    (line,) = told_once(found, ALL)
    assert line.startswith(words)
    assert line.endswith("alle kapitler køres igen.")


def test_a_municipality_that_goes_concerns_the_joint_chapters_of_the_data_folder(space):
    shutil.rmtree(space.data / "vejle")
    assert due(space) == dict.fromkeys(
        JOINT - {"faelles/evidence"}, ("kapitlet dækker andre kommuner",)
    )


@pytest.mark.parametrize("seed", range(5))
def test_whatever_is_deleted_from_the_cache_exactly_its_chapters_are_due(space, seed):
    files = sorted(path for path in space.chapters.rglob("*") if path.is_file())
    gone = random.Random(seed).sample(files, 9)  # noqa: S311 - a seeded choice
    for path in gone:
        path.unlink()
    assert set(due(space)) == {f"{path.parent.name}/{path.stem}" for path in gone}
    shutil.rmtree(space.chapters)
    assert len(due(space)) == ALL


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"notebook": 1}', "0" * 64, "\udcff"])
def test_a_mark_that_cannot_be_read_makes_its_chapter_due(space, damage):
    chapter = chapters(FOUR)[0]
    mark_path(chapter, space).write_bytes(damage.encode("utf-8", "surrogateescape"))
    assert due(space) == {chapter.label: ("ikke kørt før",)}


def test_a_kill_between_notebook_and_mark_makes_the_chapter_due(space, monkeypatch):
    """The new notebook is in place, the mark is the old one; then the process is killed."""
    chapter = chapters(FOUR)[0]

    def killed(*_):
        raise SystemExit

    made = space.output / "made.ipynb"
    made.write_text('{"label": "new"}', encoding="utf-8")
    monkeypatch.setattr("fremskudt.publishing.marks.write_settled", killed)
    with pytest.raises(SystemExit):
        keep(made, chapter, space, read_mark(chapter, space).inputs, space.output)
    assert "new" in chapter.executed(space).read_text(encoding="utf-8")
    assert due(space) == {chapter.label: ("den kørte notesbog er ændret siden",)}


def test_a_chapter_whose_data_changed_while_it_ran_gets_no_mark(space):
    chapter = chapters(FOUR)[0]
    made = space.output / "made.ipynb"
    made.write_text("{}", encoding="utf-8")
    keep(made, chapter, space, None, space.output)
    assert due(space) == {chapter.label: ("ikke kørt før",)}
