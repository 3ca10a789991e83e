"""Building again, building after a change, and building when something is wrong."""

import filecmp
import json
import os
import shutil
import subprocess
import sys

import pytest
import yaml

from fremskudt import register
from fremskudt.errors import BookFailed, ChapterFailed
from fremskudt.publishing.book import compile_book
from fremskudt.publishing.departed import remove_departed
from fremskudt.publishing.running import run
from fremskudt.publishing.templates import chapters
from fremskudt.workspace import HANDBOOK, Workspace
from tests.workbooks import into_workbook


def tree(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    """A handbook of one's own with one municipality, built once."""
    base = tmp_path_factory.mktemp("building")
    for name in ("book", "notebooks"):
        shutil.copytree(HANDBOOK / name, base / "handbook" / name)
    shutil.copy(HANDBOOK / "_config.yml", base / "handbook")
    shutil.copytree(HANDBOOK / "data" / "reference", base / "handbook" / "data" / "reference")
    shutil.copytree(HANDBOOK / "data" / "vejle", base / "data" / "vejle")
    workspace = Workspace(base / "handbook", base / "data", base / "out")
    build(workspace)
    return workspace


def build(workspace, **options):
    slugs = register.slugs(workspace)
    outcomes = run(chapters(slugs), workspace, slugs, **options)
    compile_book(workspace, slugs)
    return {one.chapter.label: one.status for one in outcomes}


def same(first, second):
    return tree(first) == tree(second) and all(
        filecmp.cmp(first / name, second / name, shallow=False) for name in tree(first)
    )


def test_building_twice_from_the_same_data_gives_identical_trees(workspace, tmp_path):
    shutil.copytree(workspace.site, tmp_path / "first")
    shutil.copytree(workspace.chapters, tmp_path / "chapters")
    build(workspace, force=True)
    assert same(tmp_path / "first", workspace.site)
    assert same(tmp_path / "chapters", workspace.chapters)


def test_a_chapter_whose_inputs_have_not_changed_is_not_run(workspace):
    assert set(build(workspace).values()) == {"unchanged"}


def test_changing_one_value_changes_text_chart_table_and_download_together(workspace, tmp_path):
    base = tmp_path / "copy"
    shutil.copytree(workspace.output.parent, base)
    workspace = Workspace(base / "handbook", base / "data", base / "out")
    page = workspace.site / "kommuner" / "vejle" / "borgerne.html"
    before = page.read_text(encoding="utf-8")
    files = sorted((workspace.site / "tal/kommuner/vejle/borgerne").glob("vejle-koen.*"))
    assert [path.suffix for path in files] == [".csv", ".xlsx"]
    kept = [path.read_bytes() for path in files]
    cases = workspace.data / "vejle" / "cases.csv"
    text = cases.read_text(encoding="utf-8")
    cases.write_text(text.replace(",man,", ",woman,", 1), encoding="utf-8")
    assert build(workspace)["vejle/population"] == "run"
    after = page.read_text(encoding="utf-8")
    old, new = (figure(text, "figur-koen") for text in (before, after))
    assert "24 af 57 borgere" in before
    assert "25 af 57 borgere" in after
    for part in ("svg", "aria", "table"):
        assert old[part] != new[part], part
    assert all(path.read_bytes() != old for path, old in zip(files, kept, strict=True))
    assert "Kvinde;25;57" in files[0].read_text(encoding="utf-8-sig")


def figure(page, name):
    """The parts of a figure on a page."""
    from lxml import html

    found = html.fromstring(page).get_element_by_id(name)
    return {
        "svg": html.tostring(found.find(".//svg")),
        "aria": found.find(".//svg").get("aria-label"),
        "table": found.find(".//table").text_content(),
    }


def break_cell(workspace, name):
    path = workspace.notebooks / f"{name}.ipynb"
    kept = path.read_text(encoding="utf-8")
    notebook = json.loads(kept)
    notebook["cells"][2]["source"] = "raise RuntimeError('går ikke')"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return path, kept


def test_a_failing_chapter_is_named_and_the_site_and_the_others_stand(workspace, tmp_path):
    shutil.copytree(workspace.site, tmp_path / "before")
    path, kept = break_cell(workspace, "roles")
    try:
        with pytest.raises(ChapterFailed, match=r"vejle/roles: celle \d+ i roles.ipynb fejlede"):
            build(workspace)
    finally:
        path.write_text(kept, encoding="utf-8")
    assert same(tmp_path / "before", workspace.site)
    assert (workspace.chapters / "vejle" / "roles.ipynb").is_file()
    failed = workspace.chapters / "vejle" / "roles.fejlet.ipynb"
    assert "går ikke" in failed.read_text(encoding="utf-8")
    path.write_text(kept + "\n", encoding="utf-8")
    try:
        build(workspace)
    finally:
        path.write_text(kept, encoding="utf-8")
    assert not failed.exists()


def test_a_book_that_does_not_compile_leaves_the_old_site(workspace, tmp_path):
    shutil.copytree(workspace.site, tmp_path / "before")
    page = workspace.handbook / "book" / "metoden.md"
    kept = page.read_text(encoding="utf-8")
    page.write_text(kept + "\n[ingen side](findes-ikke.md)\n", encoding="utf-8")
    try:
        with pytest.raises(BookFailed, match="findes-ikke"):
            compile_book(workspace, register.slugs(workspace))
    finally:
        page.write_text(kept, encoding="utf-8")
    assert same(tmp_path / "before", workspace.site)
    assert not [path for path in workspace.output.iterdir() if path.name.startswith(".")]


def test_faulty_data_leave_with_3_and_the_old_site(workspace, tmp_path):
    shutil.copytree(workspace.site, tmp_path / "before")
    shutil.copytree(workspace.data, tmp_path / "data")
    cases = tmp_path / "data" / "vejle" / "cases.csv"
    cases.write_text(
        cases.read_text(encoding="utf-8").replace(",man,", ",herre,"), encoding="utf-8"
    )
    done = command("site", "--data", tmp_path / "data", "--output", workspace.output)
    assert done.returncode == 3
    assert "vejle/cases.csv, række" in done.stderr
    assert "Traceback" not in done.stderr
    assert same(tmp_path / "before", workspace.site)


def command(*arguments):
    """The command line in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "fremskudt", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
        check=False,
    )


def begin(data, slug, source):
    """A municipality made by the command and filled in: the workbook from another's tables."""
    done = command("new", slug, "--name", "Ærø Kommune", "--code", "492", "--data", data)
    assert done.returncode == 0, done.stderr
    folder, tables = data / slug, data.parent / f"{slug}-tables"
    shutil.copytree(HANDBOOK / "data" / source, tables)
    into_workbook(tables)
    shutil.copy(tables / "data.xlsx", folder)
    shutil.copy(tables / "origins.csv", folder)
    facts = yaml.safe_load((tables / "municipality.yml").read_text(encoding="utf-8"))
    mine = yaml.safe_load((folder / "municipality.yml").read_text(encoding="utf-8"))
    facts |= {name: mine[name] for name in ("name", "code")}
    del facts["short_name"]
    text = yaml.safe_dump(facts, allow_unicode=True)
    (folder / "municipality.yml").write_text(text, encoding="utf-8")
    return folder


def holding(folder, *words):
    """The files below a folder that hold one of the words, and those that are called after one."""
    return [
        str(path.relative_to(folder))
        for path in sorted(folder.rglob("*"))
        if any(word in str(path.relative_to(folder)) for word in words)
        or (path.is_file() and any(word.encode() in path.read_bytes() for word in words))
    ]


def test_a_municipality_that_comes_and_goes_follows_everywhere(workspace):
    added = begin(workspace.data, "aeroe", "gladsaxe")
    try:
        build(workspace)
        for page in ("index.html", "sammenligning.html", "kommuner/vejle/profil.html"):
            menu = (workspace.site / page).read_text(encoding="utf-8")
            assert "kommuner/aeroe/profil.html" in menu or "../aeroe/profil.html" in menu, page
            assert "Ærø" in menu, page
        assert "kommuner/aeroe/oekonomi" in (workspace.site / "searchindex.js").read_text()
        assert (workspace.site / "notesboeger/kommuner/aeroe/profil.ipynb").is_file()
        failed = workspace.chapters / "aeroe" / "roles.fejlet.ipynb"
        failed.write_text("{}", encoding="utf-8")
    finally:
        shutil.rmtree(added)
    build(workspace)
    assert holding(workspace.output, "aeroe", "Ærø") == []


def test_only_what_a_run_has_written_goes_with_a_municipality(workspace):
    folder = workspace.chapters / "laesoe"
    folder.mkdir()
    for name in ("profile.ipynb", "profile.fingerprint", "roles.fejlet.ipynb", "mine.txt"):
        (folder / name).write_text("{}", encoding="utf-8")
    gone = remove_departed(workspace, register.slugs(workspace))
    assert [path.name for path in folder.iterdir()] == ["mine.txt"]
    assert len(gone) == 3
    assert (workspace.chapters / "faelles" / "front.ipynb").is_file()
    shutil.rmtree(folder)
