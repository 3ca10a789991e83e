"""A site on which something slipped through: every leak is found and refused."""

import base64
import csv
import io
import json
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from fremskudt import cli
from fremskudt.contract.scales import scale
from fremskudt.errors import ReleaseRefused, WrongUsage
from fremskudt.presentation.cells import merged_label
from fremskudt.protection.applied import plan_of, shapes_of
from fremskudt.release import check
from fremskudt.release.audit import SiteAudit, _invented, audit
from fremskudt.release.harvest import harvest
from fremskudt.release.money import given_away
from fremskudt.release.report import report_page
from fremskudt.workspace import HANDBOOK, Workspace
from tests.small import PAGE, small, write_pages


@pytest.fixture(scope="module")
def eleven(deliveries):
    """Eleven of Gladsaxe's cases as registered, threshold five."""
    return small(deliveries["gladsaxe"], 11, 5, seed=2)


@pytest.fixture
def site(eleven, tmp_path):
    return write_pages(tmp_path / "site", eleven)


SAME = "Tallene er de samme som i den forrige udgivelse."
SEEN = {}  # the same tables are attacked in many tests


def faults(site, delivery, previous=None):
    found = audit(harvest(site), [delivery], previous and harvest(previous), SEEN)
    return "\n".join(found.reasons)


def add(site, delivery, text, name="kommuner/{slug}/mere.html"):
    (site / name.format(slug=delivery.slug)).write_text(text, encoding="utf-8")


def download(table, rows):
    """A figure with one file of numbers."""
    text = io.StringIO()
    names = [
        "maaling",
        "kommune",
        "gruppe",
        "svar",
        "antal",
        "n",
        "andel",
        "nedre",
        "oevre",
        "status",
        "oprindelse",
    ]
    writer = csv.DictWriter(text, names, delimiter=";", restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({"kommune": "Gladsaxe", "status": "vist"} | row for row in rows)
    packed = base64.b64encode(text.getvalue().encode("utf-8-sig")).decode("ascii")
    link = f'<a href="data:text/csv;charset=utf-8;base64,{packed}">Hent</a>'
    return f'<figure class="fs-figure" data-table="{table}">{link}</figure>'


def hidden_cell(delivery):
    """A hidden count of one to four in the answers on employment, and its line's size."""
    plan, values = plan_of(delivery)
    for (table, group), line in plan.items():
        for piece in line.pieces if table == "employment" else ():
            count = values[table, group, piece.categories[0]]
            if not piece.is_shown and 0 < count < 5:
                return group, piece.categories[0], count
    raise AssertionError("nothing is hidden")


def test_a_clean_site_passes(site, eleven):
    assert faults(site, eleven) == ""


def test_a_hidden_number_in_a_file_elsewhere_is_found(site, eleven):
    group, category, count = hidden_cell(eleven)
    row = {
        "gruppe": scale("phase").label(group),
        "svar": scale("employment").label(category),
        "antal": count,
    }
    add(site, eleven, download("employment", [row]))
    said = faults(site, eleven)
    assert "Forsørgelse: tal under tærsklen på 5 er vist" in said
    assert scale("employment").label(category) in said


@pytest.mark.parametrize(
    ("phrase", "is_found"),
    [
        ("Det gælder 3 af 11 borgere (27 %).", True),
        ("Det gælder 9 af 11 borgere.", True),  # two of eleven did not
        ("Det gælder tre borgere.", True),
        ("Det gælder 2&nbsp;sager.", True),
        ("Det gælder 3 af de 11.", True),
        ("Det gælder tre ud af elleve.", True),
        ("Det gælder to unge mænd.", True),
        ("Det gælder 3&#8203; af 11 borgere.", True),
        ("Én af dem flytter en andel 9 procentpoint.", False),
        ("Fristen er fem arbejdsdage.", False),
        ("Alle 11 af 11 sager er med.", False),
    ],
)
def test_a_phrase_about_few_citizens_is_found(site, eleven, phrase, is_found):
    add(site, eleven, f"<p>{phrase}</p>")
    assert ("få borgere" in faults(site, eleven)) is is_found


@pytest.mark.parametrize(
    "html",
    [
        '<svg role="img" aria-label="Arbejdsløse: 3 af 11 (27 %)"></svg>',
        "<svg role='img' aria-label='Arbejdsløse: 3 af 11 (27 %)'></svg>",
        '<p aria-description="3 af 11">Arbejdsløse</p>',
        '<p data-tip="3 af 11">Arbejdsløse</p>',
        "<!-- Arbejdsløse: 3 af 11 -->",
    ],
)
def test_what_is_not_on_the_screen_is_read_too(site, eleven, html):
    add(site, eleven, html)
    assert "3 af 11" in faults(site, eleven)


def test_a_file_that_cannot_be_read_is_refused(site, eleven):
    (site / "rapport.xlsx").write_bytes(b"PK")
    assert "rapport.xlsx er en fil, som kontrollen ikke kan læse" in faults(site, eleven)


def test_numbers_outside_a_figure_are_refused(site, eleven):
    add(site, eleven, '<a href="data:text/csv;base64,YTtiCg==">Hent</a>')
    assert "en fil, der ikke hører til en figur" in faults(site, eleven)


def test_counts_under_the_name_of_amounts_are_refused(site, eleven):
    add(site, eleven, download("net_gain", [{"svar": "Ja", "antal": 3, "n": 11}]))
    assert "andre tal end tabeller af det navn" in faults(site, eleven)


def test_a_place_that_the_data_do_not_hold_is_refused(site, eleven):
    row = {"kommune": "Gladsaxe Kommune", "svar": "Kvinde", "antal": 3}
    add(site, eleven, download("gender", [row]))
    assert faults(site, eleven).startswith("kommuner/gladsaxe/mere.html: gender handler om en")


def test_a_merged_number_of_other_data_is_found(site, eleven):
    read = harvest(site)
    plan, _ = plan_of(eleven)
    merged = {
        merged_label(found.scale, piece.categories)
        for name, found in shapes_of(eleven).items()
        for (table, _), line in plan.items()
        if table == name
        for piece in line.pieces
        if piece.is_shown and len(piece.categories) > 1
    }
    row = next(r for t in read.tables for r in t.rows if r["svar"] in merged and r["antal"])
    for table in read.tables:
        for other in table.rows:
            if all(other.get(key) == row[key] for key in ("gruppe", "svar", "antal", "n")):
                other["antal"] = str(int(row["antal"]) - 1)
    (reason,) = audit(read, [eleven]).reasons
    assert "Gladsaxe Kommune: Siden er ikke bygget af de data" in reason


def test_a_share_without_its_count_is_refused(site, eleven):
    row = {"svar": "Kvinde", "andel": "0,27", "status": "skjult"}
    add(site, eleven, download("gender", [row]))
    assert "siger mere, end den skulle" in faults(site, eleven)


def test_the_story_of_a_selected_citizen_is_found(site, eleven):
    selected = eleven["selected"].copy()
    if selected.empty:
        pytest.fail("nobody is selected")
    selected["description"] = "Kvinde på 21 år med svær ocd"
    delivery = replace(eleven, tables={**eleven.tables, "selected": selected})
    add(site, eleven, "<p>Vi mødte en kvinde. Kvinde på 21 år med svær ocd.</p>", "index.html")
    assert "index.html gengiver beskrivelsen" in faults(site, delivery)


def test_a_notebook_that_is_offered_is_read_too(site, eleven):
    output = {"data": {"text/html": ["<p>Det gælder ", "3 af 11 borgere</p>"]}}
    notebook = json.dumps({"cells": [{"source": "", "outputs": [output]}]})
    folder = site / "notesboeger" / "kommuner" / eleven.slug
    folder.mkdir(parents=True)
    (folder / "borgerne.ipynb").write_text(notebook, encoding="utf-8")
    assert "3 af 11" in faults(site, eleven)


def test_a_pseudonym_is_found_anywhere_and_not_repeated(site, eleven):
    one = eleven["cases"]["case_id"].iloc[0]
    add(site, eleven, f"<p>Sag {one} er afsluttet</p>", "index.html")
    said = faults(site, eleven)
    assert "index.html rummer en sags pseudonym" in said
    assert one not in said


def with_pseudonyms(delivery, new):
    """A delivery whose cases are called what `new` gives for their places, from 1."""
    names = {one: new(n) for n, one in enumerate(delivery["cases"]["case_id"], 1)}
    tables = {
        name: table.assign(case_id=table["case_id"].map(names)) if "case_id" in table else table
        for name, table in delivery.tables.items()
    }
    return replace(delivery, tables=tables)


def test_only_the_courses_fictional_cases_are_invented():
    """What the built pages of the course hold: Birkelund's 24, the slip of the pen in the faulty
    delivery, and the ten of module 1."""
    cases = {f"B-{n:02}" for n in range(1, 25)} | {"B-32"} | {f"S-{n:02}" for n in range(1, 11)}
    assert _invented() == cases


def test_a_word_that_the_course_uses_is_a_pseudonym_all_the_same(site, eleven):
    same = with_pseudonyms(eleven, "own-{}".format)  # as a line of Birkelund's time is called
    add(site, same, "<p>Hun er own-1.</p>", "birkelund.html")
    assert "birkelund.html rummer en sags pseudonym" in faults(site, same)


def test_a_pseudonym_that_the_course_has_invented_is_none_of_its_pages_business(site, eleven):
    same = with_pseudonyms(eleven, "B-{:02}".format)
    add(site, same, "<p>Hun er B-07 i Birkelunds data.</p>", "birkelund.html")
    assert "pseudonym" not in faults(site, same)
    add(site, same, "<p>Hun er B-07.</p>")
    assert "mere.html rummer en sags pseudonym" in faults(site, same)
    add(site, same, "<p>Hun er B-07.</p>", "sammenligning.html")
    assert "sammenligning.html rummer en sags pseudonym" in faults(site, same)


def test_a_site_of_other_data_is_refused(site, deliveries):
    other = small(deliveries["gladsaxe"], 30, 5, seed=9)
    assert "Kør fremskudt site" in faults(site, other)


def test_a_table_that_nobody_protects_is_refused(site, eleven):
    row = {"gruppe": "", "svar": "Ja", "antal": 9, "n": 11}
    add(site, eleven, download("housing", [row]))
    assert "tabellen housing, som ikke er beskyttet" in faults(site, eleven)


def test_one_more_case_than_last_time_tells_everything_about_it(deliveries, tmp_path):
    now = small(deliveries["vejle"], 40, 5, seed=4)
    fewer = set(now["cases"]["case_id"].iloc[:-1])
    tables = {
        name: table[table["case_id"].isin(fewer)] if "case_id" in table else table
        for name, table in now.tables.items()
    }
    before = replace(now, tables=tables)
    old, new = (write_pages(tmp_path / name, one) for name, one in (("a", before), ("b", now)))
    assert faults(new, now) == ""
    assert "når man også har den forrige udgivelse" in faults(new, now, old)
    assert faults(new, now, new) == ""


def test_a_release_of_the_same_numbers_tells_nothing_new(site, eleven):
    """It is put out again for its words, and may then not be refused for its numbers."""
    found = audit(harvest(site), [eleven], harvest(site), SEEN)
    assert found.reasons == []
    assert found.municipalities[0].remarks == [SAME]
    assert not found.municipalities[0].since


def test_another_period_has_no_cases_in_common_with_this_one(deliveries, tmp_path):
    one, other = (small(deliveries["vejle"], 30, 5, seed) for seed in (1, 2))
    old = write_pages(tmp_path / "a", one, "Opgørelsesperiode 01.01.2011–31.12.2011.")
    new = write_pages(tmp_path / "b", other, "Opgørelsesperiode 01.01.2012–31.12.2012.")
    found = audit(harvest(new), [other], harvest(old))
    assert found.reasons == []
    assert any("tidligere periode" in one for one in found.municipalities[0].remarks)


def amounts(values):
    """Files with the expected and counterfactual costs by payer; None is hidden."""
    rows = [
        {"gruppe": group, "svar": payer, "vaerdi": "" if value is None else value, "n": 5}
        for group, line in values.items()
        for payer, value in zip(("Kommune", "Region", "Stat", "I alt"), line, strict=True)
    ]
    page = download("scenario_cost", [])
    text = io.StringIO()
    names = ["maaling", "kommune", "gruppe", "svar", "vaerdi", "n", "status", "oprindelse"]
    writer = csv.DictWriter(text, names, delimiter=";", restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({"kommune": "Gladsaxe"} | row for row in rows)
    packed = base64.b64encode(text.getvalue().encode("utf-8-sig")).decode("ascii")
    return page.replace(page.split("base64,")[1].split('"')[0], packed)


@pytest.mark.parametrize(
    ("line", "is_found"),
    [((100, None, 30, 150), True), ((100, None, None, 150), False), ((1, 2, 3, 6), False)],
)
def test_a_single_hidden_payer_follows_from_the_total(tmp_path, line, is_found):
    (tmp_path / "a.html").write_text(amounts({"Forventet forløb": line}), encoding="utf-8")
    assert bool(given_away(harvest(tmp_path).tables, "Gladsaxe")) is is_found


def test_the_report_says_what_is_protected_and_why_and_no_hidden_number(site, eleven):
    page = report_page(audit(harvest(site), [eleven]), "")
    assert "Siden kan udgives" in page
    assert "Lagt sammen" in page
    assert "Forsørgelse" in page
    assert all(one["case_id"] not in page for _, one in eleven["cases"].iterrows())


@pytest.fixture
def built(eleven, tmp_path, monkeypatch):
    """A workspace whose site is that of the eleven, and whose data are they."""
    workspace = Workspace(HANDBOOK, tmp_path / "data", tmp_path / "out")
    write_pages(workspace.site, eleven)
    (workspace.site / "index.html").write_text("<p>Forside</p>", encoding="utf-8")
    monkeypatch.setattr(check.register, "slugs", lambda _: (eleven.slug,))
    monkeypatch.setattr(check.register, "load_all", lambda *_: (eleven,))
    return workspace


def test_a_release_is_laid_ready_only_when_nothing_was_found(built, eleven, tmp_path):
    target = tmp_path / "udgivelse"
    folder, archive = check.release(built, target)
    assert (folder / PAGE.format(slug=eleven.slug)).is_file()
    assert "side/index.html" in zipfile.ZipFile(archive).namelist()
    assert (target / "kontrol" / "udgivelse.html").is_file()
    before = {path: path.read_bytes() for path in target.rglob("*") if path.is_file()}
    add(built.site, eleven, "<p>Det gælder 3 af 11 borgere.</p>")
    with pytest.raises(ReleaseRefused, match="3 af 11"):
        check.release(built, target)
    assert before == {path: path.read_bytes() for path in target.rglob("*") if path.is_file()}


def test_two_archives_of_the_same_site_are_alike(built, tmp_path, monkeypatch):
    monkeypatch.setattr(check, "audit", lambda *_: SiteAudit([]))
    archives = [check.release(built, tmp_path / name)[1].read_bytes() for name in ("a", "b")]
    assert archives[0] == archives[1]


def test_a_release_never_lands_among_other_files(built, tmp_path):
    target = tmp_path / "andet"
    target.mkdir()
    (target / "regnskab.xlsx").write_text("", encoding="utf-8")
    with pytest.raises(WrongUsage, match="rummer andet"):
        check.release(built, target)
    with pytest.raises(WrongUsage, match="uden for"):
        check.release(built, built.output / "udgivelse")


def test_the_previous_release_may_be_a_zip_file(built, tmp_path):
    shutil.copytree(built.site, tmp_path / "a" / "side")
    archive = shutil.make_archive(str(tmp_path / "forrige"), "zip", tmp_path / "a", "side")
    found, _ = check.check_release(built, Path(archive), tmp_path / "rapport")
    assert found.municipalities[0].remarks == [SAME]
    with pytest.raises(WrongUsage, match="findes ikke"):
        check.check_release(built, tmp_path / "intet", tmp_path / "rapport")


def test_there_must_be_a_site_to_check(tmp_path, capsys):
    shutil.copytree(HANDBOOK / "data" / "rudersdal", tmp_path / "data" / "rudersdal")
    with pytest.raises(SystemExit) as left:
        cli.main(
            ["check", "--release", "--data", f"{tmp_path}/data", "--output", f"{tmp_path}/out"]
        )
    assert left.value.code == 2
    assert "Kør «fremskudt site» først" in capsys.readouterr().err
