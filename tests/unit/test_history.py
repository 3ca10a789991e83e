"""What a release says of itself, what has changed since the last one, and hostile histories."""

import hashlib
import json
from dataclasses import replace

import pytest

from fremskudt.errors import DataProblem
from fremskudt.publishing.changes import compare
from fremskudt.publishing.figure_files import HEADINGS
from fremskudt.publishing.history import before, number_of, read_history, together
from fremskudt.publishing.manifest import FigureSaid, Manifest, PageSaid, manifest
from fremskudt.publishing.manifest_file import Unfit, read_manifest
from fremskudt.publishing.pages_said import COMPARED, digest_of_rows, written_said
from fremskudt.publishing.parts.changes import notices, releases
from fremskudt.publishing.publication import Publication

A, B = "a" * 64, "b" * 64


def figure(number, title, numbers=A):
    return FigureSaid(number, title, f"figur-{title.lower()}", numbers)


def page(title, text=A, **figures):
    return PageSaid(title, text, figures)


SEX, AGE = figure("Figur 1", "Sex"), figure("Figur 2", "Age")
FIRST = Manifest(
    "0.1.0",
    "Nordsø Kommune",
    "2025-01-31",
    {
        "metoden": page("Metoden kort"),
        "odense": page("Odense: en anden erfaring"),
        "kommuner/odense/profil": page("Odense Kommune"),
        "kommuner/odense/borgerne": page("Borgerne i Odense", koen=SEX),
        "kommuner/vejle/profil": page("Vejle Kommune"),
        "kommuner/vejle/borgerne": page("Borgerne i Vejle", koen=SEX, alder=AGE),
    },
)


def changed(before, **pages):
    """The release with other pages; those that are None are gone. `_` stands for / in a name."""
    all_pages = {**before.pages, **{name.replace("__", "/"): one for name, one in pages.items()}}
    kept = {name: one for name, one in all_pages.items() if one is not None}
    return replace(before, date="2026-01-31", pages=kept)


def test_a_figure_is_known_by_what_it_says_and_not_by_version_or_period():
    row = {"svar": "Kvinde", "antal": "6", "status": "vist", "version": "0.1.0", "periode": "2012"}
    # What is hashed, written out: the columns that count, and the row.
    told = '[["svar", "antal", "status"], ["Kvinde", "6", "vist"]]'
    wanted = hashlib.sha256(told.encode()).hexdigest()
    assert digest_of_rows(tuple(row), [row]) == wanted
    later = {**row, "version": "0.2.0", "periode": "2013", "kilde": "Hovedrapporten 1.1"}
    assert digest_of_rows(tuple(later), [later]) == wanted
    for column, value in (("antal", "7"), ("svar", "Kvinder"), ("status", "skjult")):
        assert digest_of_rows(tuple(row), [{**row, column: value}]) != wanted


def test_every_column_of_a_file_is_compared_or_left_out_on_purpose():
    """A new column is another format, or one that says nothing of what the figure says."""
    left_out = {"kilde", "periode", "version", "tabel"}
    assert set(HEADINGS) == set(COMPARED) | left_out
    assert not set(COMPARED) & left_out


def test_a_written_page_is_known_by_its_words_and_not_by_how_they_are_broken():
    one = written_said("# Faser\n\nDer er tre\nfaser.\n")
    assert one.title == "Faser"
    assert one == written_said("# Faser\n\nDer er\ntre faser.\n")
    assert one != written_said("# Faser\n\nDer er fire faser.\n")


def test_what_was_written_is_read_back():
    assert read_manifest(FIRST.as_text().encode()) == FIRST
    assert FIRST.places == {"odense": "Odense", "vejle": "Vejle"}
    assert manifest(FIRST.pages, Publication()).date == ""


def test_a_changed_value_is_told_by_its_figure_alone():
    other = replace(AGE, numbers=B)
    found = compare(
        FIRST,
        changed(
            FIRST, kommuner__vejle__borgerne=page("Borgerne i Vejle", B, koen=SEX, alder=other)
        ),
    )
    assert list(found.pages) == ["kommuner/vejle/borgerne"]
    assert found.pages["kommuner/vejle/borgerne"].changed == {"alder": other}
    assert (found.came, found.left, found.new_pages, found.gone_pages) == ({}, {}, {}, {})


def test_figures_come_and_go_and_words_change():
    new = figure("Figur 2", "Model")
    now = changed(
        FIRST,
        metoden=page("Metoden kort", B),
        kommuner__vejle__borgerne=page("Borgerne i Vejle", koen=SEX, model=new),
    )
    found = compare(FIRST, now)
    own = found.with_numbers["kommuner/vejle/borgerne"]
    assert (own.changed, own.new, own.gone) == ({}, {"model": new}, {"alder": AGE})
    assert list(found.with_words_only) == ["metoden"]


def test_municipalities_and_pages_come_and_go():
    now = changed(
        FIRST,
        kommuner__odense__profil=None,
        kommuner__odense__borgerne=None,
        kommuner__aeroe__profil=page("Ærø Kommune"),
        kommuner__aeroe__borgerne=page("Borgerne i Ærø"),
        metoden=None,
        faser=page("De tre faser"),
    )
    found = compare(FIRST, now)
    assert found.came == {"aeroe": "Ærø"}
    assert found.left == {"odense": "Odense"}
    assert found.new_pages == {"faser": "De tre faser"}
    assert found.gone_pages == {"metoden": "Metoden kort"}
    assert found.pages == {}


def test_a_site_that_has_been_released_is_compared_with_the_release_before_it():
    second = changed(FIRST, metoden=page("Metoden kort", B))
    assert before({}, FIRST) == {}
    assert number_of({}, FIRST) == 1
    assert before({1: FIRST}, second) == {1: FIRST}
    assert number_of({1: FIRST}, second) == 2
    assert before({1: FIRST, 2: second}, second) == {1: FIRST}
    assert number_of({1: FIRST, 2: second}, second) == 2
    assert before({1: FIRST, 2: second}, FIRST) == {1: FIRST, 2: second}  # taken back


def test_without_a_history_the_page_says_so():
    text = releases({}, FIRST)
    assert "Der er ingen tidligere udgivelse at sammenligne med" in text
    assert "Den har 6 sider og 3 figurer og tabeller." in text
    assert notices({}, FIRST) == {}


def test_the_page_names_what_has_changed_and_no_more():
    now = changed(
        FIRST,
        kommuner__odense__profil=None,
        kommuner__odense__borgerne=None,
        kommuner__vejle__borgerne=page(
            "Borgerne i Vejle", B, koen=SEX, alder=replace(AGE, numbers=B)
        ),
    )
    text = releases({1: FIRST}, now)
    assert text.index("Udgivelse 2 (31. januar 2026)") < text.index("Udgivelse 1 (31. januar 2025)")
    assert "Tallene i én figur eller tabel på én side er ændret." in text
    assert '<a href="kommuner/vejle/borgerne.html#figur-age">Figur 2: Age</a>' in text
    assert "Figur 1: Sex" not in text
    assert "<dt>Kommuner, der ikke længere er med</dt><dd>Odense</dd>" in text
    assert A not in text
    assert B not in text
    line = notices({1: FIRST}, now)
    assert list(line) == ["kommuner/vejle/borgerne"]
    assert line["kommuner/vejle/borgerne"] == (
        'Siden sidste udgivelse (31. januar 2025) er tallene i <a href="#figur-age">Figur 2</a> '
        'ændret. <a href="../../aendringer.html#udgivelse-2">Se, hvad der er ændret</a>.'
    )


def test_a_release_in_which_nothing_is_new_says_so():
    assert "Ingen tal er ændret." in releases({1: FIRST}, replace(FIRST, date="2026-01-31"))
    words = changed(FIRST, metoden=page("Metoden kort", B))
    assert "Ingen tal er ændret, kun teksten." in releases({1: FIRST}, words)


def test_a_release_without_a_date_is_called_by_its_number():
    undated = replace(FIRST, date="")
    now = changed(FIRST, kommuner__vejle__borgerne=page("Borgerne", koen=replace(SEX, numbers=B)))
    assert "Siden sidste udgivelse (nr. 1)" in notices({1: undated}, now)["kommuner/vejle/borgerne"]
    assert "Sammenlignet med udgivelse 1:" in releases({1: undated}, now)


@pytest.mark.parametrize("title", ["<script>alert(1)</script>", "=HYPERLINK(1)", "[x](y) {tal}`z`"])
def test_a_title_of_the_history_is_shown_as_text(title):
    old = changed(FIRST, gammel=page(title))
    text = releases({1: old}, FIRST)
    assert "<script>" not in text
    block = text.partition("<dl")[2].partition("</dl>")[0]
    assert "\n\n" not in block  # HTML to its end, so that no Markdown is read in it
    assert "gammel.html" not in text  # the page is gone


def write(folder, name, text):
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def altered(**values):
    return json.dumps({**json.loads(FIRST.as_text()), **values})


def one_page(**values):
    told = {"title": "Siden", "text": A, "figures": {}, **values}
    return altered(pages={"siden": told})


@pytest.mark.parametrize(
    ("name", "text", "what"),
    [
        ("001.json", "{", "kan ikke læses"),
        ("001.json", "", "kan ikke læses"),
        ("001.json", "[" * 100_000, "kan ikke læses"),
        ("001.json", '{"format": 1, "format": 1}', "kan ikke læses"),
        ("001.json", "[]", "felterne"),
        ("001.json", altered(format=2), "formatet kendes ikke"),
        ("001.json", altered(cases=[1]), "felterne"),
        ("001.json", altered(date="31-01-2025"), "værdien"),
        ("001.json", altered(date="2025-02-30"), "værdien"),
        ("001.json", altered(publisher="a\u202eb"), "værdien"),
        ("001.json", altered(pages=[]), "felterne"),
        ("001.json", altered(pages={"../../etc/passwd": {}}), "adressen"),
        ("001.json", altered(pages={"/etc/passwd": {}}), "adressen"),
        ("001.json", altered(pages={"https://a.dk/": {}}), "adressen"),
        ("001.json", one_page(text="ikke et fingeraftryk"), "værdien"),
        ("001.json", one_page(title=17), "værdien"),
        ("001.json", one_page(title="x" * 301), "værdien"),
        ("001.json", one_page(title="to\nlinjer"), "værdien"),
        ("001.json", one_page(figures={"a/b": {}}), "adressen"),
        ("forrige.json", FIRST.as_text(), "filens navn"),
        ("1.json", FIRST.as_text(), "filens navn"),
    ],
)
def test_a_file_that_is_no_release_is_refused_by_its_name(tmp_path, name, text, what):
    folder = tmp_path / "releases"
    write(folder, name, text)
    with pytest.raises(DataProblem) as refused:
        read_history(folder)
    (problem,) = refused.value.problems
    assert problem.file == f"releases/{name}"
    assert what in problem.what
    assert problem.expected


def test_a_figure_has_exactly_the_fields_of_one():
    told = {"number": "Figur 1", "title": "Køn", "anchor": "figur-koen", "numbers": A}
    read_manifest(one_page(figures={"koen": told}).encode())
    for wrong in (
        {**told, "number": "3 af 5"},
        {**told, "anchor": '"onclick='},
        {**told, "value": "3"},
        {"title": "Køn"},
    ):
        with pytest.raises(Unfit):
            read_manifest(one_page(figures={"koen": wrong}).encode())


def test_every_faulty_file_is_told_at_once_and_others_files_are_let_be(tmp_path):
    folder = tmp_path / "releases"
    assert read_history(folder) == {}
    write(folder, "002.json", FIRST.as_text())
    for name in (".DS_Store", "Thumbs.db", "~$001.json", "læs mig.txt"):
        write(folder, name, "x")
    assert read_history(folder) == {2: FIRST}
    write(folder, "0002.json", FIRST.as_text())
    write(folder, "003.json", "{")
    with pytest.raises(DataProblem) as refused:
        read_history(folder)
    assert [one.file for one in refused.value.problems] == [
        "releases/002.json",
        "releases/003.json",
    ]
    assert "to gange" in refused.value.problems[0].what


def test_two_folders_must_tell_the_same_history():
    other = replace(FIRST, date="2025-02-28")
    assert together([("releases", {1: FIRST}), ("historik", {1: FIRST, 2: other})]) == {
        1: FIRST,
        2: other,
    }
    with pytest.raises(DataProblem, match=r"historik/001\.json"):
        together([("releases", {1: FIRST}), ("historik", {1: other})])
