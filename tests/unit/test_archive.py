"""The site in one file: the same each time, and nothing but the site."""

import zipfile

import pytest

from fremskudt.release.archive import NAME, is_packed, pack
from fremskudt.release.harvest import harvest


@pytest.fixture
def site(tmp_path):
    folder = tmp_path / "side"
    (folder / "kommuner").mkdir(parents=True)
    (folder / "index.html").write_text("<p>Forside</p>", encoding="utf-8")
    (folder / "kommuner" / "ærø.html").write_text("<p>Ærø</p>", encoding="utf-8")
    pack(folder, tmp_path / NAME)
    (tmp_path / NAME).rename(folder / NAME)
    return folder


def test_an_archive_holds_every_file_in_a_folder_and_is_the_same_again(site, tmp_path):
    with zipfile.ZipFile(site / NAME) as file:
        assert file.namelist() == ["side/index.html", "side/kommuner/ærø.html"]
        assert file.read("side/index.html") == b"<p>Forside</p>"
    first = (site / NAME).read_bytes()
    (site / NAME).unlink()
    pack(site, tmp_path / "igen.zip")
    assert (tmp_path / "igen.zip").read_bytes() == first


def test_an_archive_of_the_site_tells_nothing_more(site):
    assert is_packed(site / NAME, site)
    assert harvest(site).faults == ()


def more(path):
    with zipfile.ZipFile(path, "a") as file:
        file.writestr("side/mere.html", "<p>3 af 11</p>")


def twice(path):
    with zipfile.ZipFile(path, "a") as file, pytest.warns(UserWarning, match="Duplicate"):
        file.writestr("side/index.html", "<p>3 af 11</p>")


def commented(path):
    with zipfile.ZipFile(path, "a") as file:
        file.comment = b"3 af 11"


def beside(path):
    path.write_bytes(path.read_bytes()[:-30])


def no_archive(path):
    path.write_text("3 af 11", encoding="utf-8")


def older(path):
    (path.parent / "index.html").write_text("<p>Ny forside</p>", encoding="utf-8")


def fewer(path):
    (path.parent / "ny.html").write_text("<p>Ny</p>", encoding="utf-8")


@pytest.mark.parametrize("harm", [more, twice, commented, beside, no_archive, older, fewer])
def test_an_archive_with_anything_else_is_refused(site, harm):
    harm(site / NAME)
    assert harvest(site).faults == (f"{NAME} rummer andet end siden selv.",)
