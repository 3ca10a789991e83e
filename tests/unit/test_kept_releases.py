"""A release keeps its history, beside itself and with the data, whatever goes wrong."""

import json
import os
import shutil
from pathlib import Path

import pytest

from fremskudt.errors import DataProblem
from fremskudt.publishing.figure_files import Page, numbers_in, write_files
from fremskudt.publishing.history import read_history
from fremskudt.publishing.manifest import FigureSaid, Manifest, PageSaid
from fremskudt.publishing.pages_said import digest_of_rows
from fremskudt.publishing.parts.changes import releases
from fremskudt.release import check, keeping
from fremskudt.release.audit import SiteAudit, audit
from fremskudt.release.harvest import harvest
from fremskudt.workspace import HANDBOOK, Workspace
from tests.small import PAGE, small, write_pages

A, B = "a" * 64, "b" * 64


def edition(text=A, date="2026-01-31"):
    return Manifest("0.1.0", "", date, {"metoden": PageSaid("Metoden", text)})


def lay(site: Path, one: Manifest) -> None:
    site.mkdir(parents=True, exist_ok=True)
    (site / "index.html").write_text("<p>Forside</p>", encoding="utf-8")
    (site / "udgivelse.json").write_text(one.as_text(), encoding="utf-8")


@pytest.fixture
def space(tmp_path, monkeypatch):
    """A workspace with a site whose check finds nothing; one release a call of `put`."""
    monkeypatch.setattr(check, "audit", lambda *_: SiteAudit([]))
    monkeypatch.setattr(check.register, "slugs", lambda _: ())
    monkeypatch.setattr(check.register, "load_all", lambda *_: ())
    (tmp_path / "data").mkdir()
    return Workspace(HANDBOOK, tmp_path / "data", tmp_path / "out")


def put(space, one, target=None):
    """Release a site; returns what was said."""
    said: list[str] = []
    lay(space.site, one)
    check.release(space, target or space.output.parent / "udgivelse", said.append)
    return "\n".join(said)


def listed(folder):
    return sorted(path.name for path in folder.iterdir())


def test_each_release_is_entered_once_and_nothing_is_overwritten(space, tmp_path):
    first, second = edition(), edition(B, "2027-01-31")
    kept, with_data = tmp_path / "udgivelse" / "historik", space.data / "releases"
    said = put(space, first)
    assert str(with_data) in said
    before = (kept / "001.json").read_bytes()
    put(space, first)
    assert listed(kept) == listed(with_data) == ["001.json"]
    put(space, second)
    assert listed(kept) == listed(with_data) == ["001.json", "002.json"]
    assert (kept / "001.json").read_bytes() == before
    assert read_history(with_data) == {1: first, 2: second}
    put(space, first)  # taken back: published anew
    assert read_history(kept) == {1: first, 2: second, 3: first}


def test_a_release_without_a_date_or_with_that_of_the_last_is_told(space):
    assert "ingen dato" in put(space, edition(date=""))
    assert "ingen dato" not in put(space, edition())
    assert "samme dato (31. januar 2026)" in put(space, edition(B))
    assert "samme dato" not in put(space, edition(B, "2027-01-31"))


def test_a_new_data_folder_gets_the_history_and_the_page_is_told_to_lack_it(space):
    put(space, edition())
    shutil.rmtree(space.data / "releases")
    said = put(space, edition(B, "2027-01-31"))
    assert "uden alle tidligere udgivelser" in said
    assert set(read_history(space.data / "releases")) == {1, 2}
    assert "uden alle tidligere" not in put(space, edition(B, "2027-01-31"))


def test_a_release_that_was_never_entered_is_entered_with_the_next(space, tmp_path):
    put(space, edition())
    for folder in (tmp_path / "udgivelse" / "historik", space.data / "releases"):
        shutil.rmtree(folder)
    put(space, edition(B, "2027-01-31"))
    assert read_history(space.data / "releases") == {1: edition(), 2: edition(B, "2027-01-31")}


def test_what_a_stopped_release_left_is_no_entry_and_goes(space):
    torn = space.data / "releases" / ".ny-abc"
    torn.mkdir(parents=True)
    (torn / "001.json").write_text('{"format": 1, "pag', encoding="utf-8")
    put(space, edition())
    assert listed(space.data / "releases") == ["001.json"]
    assert read_history(space.data / "releases") == {1: edition()}


def refuse_writing(*_):
    raise OSError(28, os.strerror(28), "disk")


def test_a_full_disk_costs_the_entry_and_not_the_release(space, tmp_path, monkeypatch):
    monkeypatch.setattr(keeping, "write_settled", refuse_writing)
    said = put(space, edition())
    assert "lagt klar, men ikke skrevet i historien" in said
    assert (tmp_path / "udgivelse" / "side" / "index.html").is_file()
    monkeypatch.undo()
    assert not (space.data / "releases").exists()
    kept = tmp_path / "udgivelse" / "historik"
    assert not kept.exists() or listed(kept) == []


def test_a_closed_data_folder_costs_the_copy_and_not_the_release(space, tmp_path):
    (space.data / "releases").write_text("", encoding="utf-8")  # a file where the folder should be
    said = put(space, edition())
    assert "kunne ikke skrives" in said
    assert "Kopiér" in said
    assert listed(tmp_path / "udgivelse" / "historik") == ["001.json"]


def test_the_handbooks_own_data_are_not_touched(space, tmp_path, monkeypatch):
    monkeypatch.setattr(keeping, "is_inside_handbook", lambda _: True)
    said = put(space, edition())
    assert "ikke rørt" in said
    assert not (space.data / "releases").exists()
    assert listed(tmp_path / "udgivelse" / "historik") == ["001.json"]


@pytest.mark.parametrize("where", ["data", "target"])
def test_a_faulty_history_is_told_before_anything_is_put_in_place(space, tmp_path, where):
    put(space, edition())
    target = tmp_path / "udgivelse"
    folder = space.data / "releases" if where == "data" else target / "historik"
    (folder / "001.json").write_text("{", encoding="utf-8")
    before = {path: path.read_bytes() for path in target.rglob("*") if path.is_file()}
    with pytest.raises(DataProblem, match=r"001\.json"):
        put(space, edition(B))
    assert before == {path: path.read_bytes() for path in target.rglob("*") if path.is_file()}


def test_a_site_of_an_older_program_is_released_without_an_entry(space, tmp_path):
    lay(space.site, edition())
    (space.site / "udgivelse.json").unlink()
    said: list[str] = []
    check.release(space, tmp_path / "udgivelse", said.append)
    assert "kommer ikke med i historien" in "".join(said)
    assert not (tmp_path / "udgivelse" / "historik").exists()


def test_addresses_that_are_gone_are_remarks_and_stand_in_the_report(space, tmp_path):
    lay(space.site, edition())
    page = space.site / "metoden.html"
    page.write_text('<article class="prose"><h1>Metoden</h1></article>', encoding="utf-8")
    put(space, edition())
    page.unlink()
    assert "Adressen metoden.html findes ikke længere" in put(space, edition())
    report = (tmp_path / "udgivelse" / "kontrol" / "udgivelse.html").read_text(encoding="utf-8")
    assert "Adressen metoden.html findes ikke længere" in report


@pytest.fixture(scope="module")
def eleven(deliveries):
    return small(deliveries["gladsaxe"], 11, 5, seed=2)


SEEN = {}  # the same tables are attacked in many tests


def reasons(site, delivery):
    return "\n".join(audit(harvest(site), [delivery], None, SEEN).reasons)


@pytest.fixture
def checked(eleven, tmp_path):
    """The pages of the eleven, with a file of numbers and the manifest that names it."""
    site = write_pages(tmp_path / "site", eleven)
    document = PAGE.format(slug=eleven.slug).removesuffix(".html")
    text = (site / PAGE.format(slug=eleven.slug)).read_text(encoding="utf-8")
    found = list(numbers_in(text))[:1]
    write_files(site, Page(document, "Tabeller"), found)
    one = found[0]
    said = FigureSaid("Figur 1", "Køn", "", digest_of_rows(one.columns, one.rows))
    return (
        site,
        document,
        Manifest("0.1.0", "", "", {document: PageSaid("Tabeller", A, {one.name: said})}),
    )


def with_title(made, document, title):
    page = made.pages[document]
    return Manifest("0.1.0", "", "", {document: PageSaid(title, A, page.figures)})


def test_the_manifest_of_the_sites_own_files_passes(checked, eleven):
    site, _, made = checked
    (site / "udgivelse.json").write_text(made.as_text(), encoding="utf-8")
    assert reasons(site, eleven) == ""


def test_what_slips_into_a_title_is_found(checked, eleven):
    site, document, made = checked
    told = with_title(made, document, "Det gælder 3 af 5 borgere").as_text()
    (site / "udgivelse.json").write_text(told, encoding="utf-8")
    said = reasons(site, eleven)
    assert "udgivelse.json/kommuner/gladsaxe/" in said
    assert "3 af 5 borgere" in said


def test_what_slips_into_the_list_of_changes_is_found(checked, eleven):
    site, _, _ = checked
    (site / "aendringer.html").write_text("<dd>Det gælder 3 af 5 borgere</dd>", encoding="utf-8")
    assert "3 af 5 borgere" in reasons(site, eleven)


def test_what_the_list_of_changes_says_itself_is_no_phrase_about_few(checked, eleven):
    site, document, made = checked
    source = (HANDBOOK / "book" / "aendringer.md").read_text(encoding="utf-8")
    before = {1: Manifest("0.0.9", "", "", {document: PageSaid("Tabeller", B)})}
    told = source.replace("% udgivelser", releases(before, made))
    (site / "aendringer.html").write_text(told, encoding="utf-8")
    assert "Udgivelse 2" in told
    assert reasons(site, eleven) == ""


def test_a_pseudonym_in_the_manifest_is_found(checked, eleven):
    site, document, made = checked
    case = str(eleven["cases"]["case_id"].iloc[0])
    told = with_title(made, document, f"Sagen {case}").as_text()
    (site / "udgivelse.json").write_text(told, encoding="utf-8")
    assert "pseudonym" in reasons(site, eleven)


def test_a_manifest_of_other_numbers_is_refused(checked, eleven):
    site, document, made = checked
    (name,) = made.pages[document].figures
    other = made.as_text().replace(made.pages[document].figures[name].numbers, B)
    (site / "udgivelse.json").write_text(other, encoding="utf-8")
    assert f"udgivelse.json svarer ikke til filen tal/{document}/{name}.csv" in reasons(
        site, eleven
    )


def test_a_manifest_with_anything_else_in_it_is_refused(checked, eleven):
    site, _, made = checked
    more = {**json.loads(made.as_text()), "antal": {"Kvinde": 3}}
    (site / "udgivelse.json").write_text(json.dumps(more), encoding="utf-8")
    assert "udgivelse.json er en fil, som kontrollen ikke kan læse" in reasons(site, eleven)
