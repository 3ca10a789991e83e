"""Case-level data never reach the site: planted values are looked for in every built file."""

import base64
import csv
import re
import shutil
import zipfile
import zlib

import pytest

from fremskudt import register
from fremskudt.contract.delivery import load_delivery
from fremskudt.publishing.book import compile_book
from fremskudt.publishing.running import run
from fremskudt.publishing.templates import chapters
from fremskudt.release.audit import audit
from fremskudt.release.harvest import harvest
from fremskudt.release.papers import read_paper
from fremskudt.workspace import HANDBOOK, Workspace

PSEUDONYM = "PLANTET-7F3A"
DATE = "2012-09-27"
NOTE = "Hemmelig beskrivelse af tidsforbrug"
STORY = "Borgeren med den plantede historie"


def plant(data):
    """Rudersdal's data as registered ones whose cases carry recognisable values, in a folder."""
    folder = data / "rudersdal"
    shutil.copytree(HANDBOOK / "data" / "rudersdal", folder)
    (folder / "origins.csv").unlink()
    yml = folder / "municipality.yml"
    text = yml.read_text(encoding="utf-8").replace("origin: constructed", "origin: registered")
    yml.write_text(text, encoding="utf-8")
    for path in folder.glob("*.csv"):
        path.write_text(
            re.sub(r"\bR-(\d{3})", PSEUDONYM + r"-\1", path.read_text(encoding="utf-8")),
            encoding="utf-8",
        )
    workload = folder / "workload.csv"
    workload.write_text(
        workload.read_text(encoding="utf-8").replace("Sagsbehandling på tværs af enheder", NOTE),
        encoding="utf-8",
    )
    selected = folder / "selected.csv"
    stories = selected.read_text(encoding="utf-8").splitlines()
    stories[1] = f"{stories[1].split(',')[0]},{STORY},"
    selected.write_text("\n".join(stories) + "\n", encoding="utf-8")
    cases = folder / "cases.csv"
    lines = cases.read_text(encoding="utf-8").splitlines()
    cells = lines[1].split(",")
    cells[5:8] = [DATE, DATE, DATE]
    lines[1] = ",".join(cells)
    cases.write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The site of one registered municipality whose cases carry recognisable values."""
    base = tmp_path_factory.mktemp("planted")
    plant(base / "data")
    workspace = Workspace.find(base / "data", base / "out")
    slugs = register.slugs(workspace)
    run(chapters(slugs), workspace, slugs)
    return compile_book(workspace, slugs)


def contents(path):
    """A file's text with what is packed inside it unpacked too."""
    data = path.read_bytes()
    text = data.decode("utf-8", errors="replace")
    for packed in re.findall(r"base64,([A-Za-z0-9+/=]{40,})", text):
        text += base64.b64decode(packed).decode("utf-8", errors="replace")
    if path.name == "objects.inv":
        text += zlib.decompress(data.split(b"\n", 4)[4]).decode("utf-8", errors="replace")
    if path.suffix == ".pdf":
        text += read_paper(path).words
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as book:
            text += " ".join(book.read(name).decode("utf-8") for name in book.namelist())
    return text


@pytest.mark.parametrize("secret", [PSEUDONYM, DATE, "27.09.2012", "27-09-2012", NOTE, STORY])
def test_a_planted_value_is_in_no_built_file(built, secret):
    files = [path for path in built.rglob("*") if path.is_file()]
    assert len(files) > 30
    assert [path.name for path in files if secret in contents(path)] == []


def test_the_small_municipality_still_has_its_chapters_and_says_what_is_hidden(built):
    page = (built / "kommuner" / "rudersdal" / "udbytte.html").read_text(encoding="utf-8")
    assert "skjult" in page
    assert "Registreret" in page


def test_an_intruder_who_reads_every_file_pins_nothing_down(built):
    data = built.parent.parent / "data"
    found = audit(harvest(built), [load_delivery(data / "rudersdal")])
    assert found.reasons == []
    assert len(found.municipalities[0].findings) > 100


def test_no_course_of_a_single_citizen_is_shown(built):
    page = (built / "kommuner" / "rudersdal" / "oekonomi.html").read_text(encoding="utf-8")
    assert "Borger 1" not in page
    assert "fs-course" not in page


# Counts from one to four of eleven, ten or eight are below the threshold of five; so are
# seven to ten of eleven where fewer than five did not give the answer.
SMALL = re.compile(r"\b[1-4] af (?:11|10|8)\b")


def test_no_count_below_the_threshold_is_on_a_page_about_citizens(built):
    found = {}
    for path in (built / "kommuner").rglob("*.html"):
        if small := SMALL.findall(contents(path)):
            found[path.name] = small
    assert found == {}


def test_no_count_below_the_threshold_is_in_a_file_of_numbers(built):
    files = list((built / "tal" / "kommuner").rglob("*.csv"))
    assert len(files) > 15
    small = []
    for path in files:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file, delimiter=";"))
        # How many cases were registered in a phase is no answer of anybody's.
        small += [path.name for row in rows if row.get("antal") in ("1", "2", "3", "4")]
        small += [path.name for row in rows if row["tabel"] == "timeline"]
    assert small == []
    assert all(path.with_suffix(".xlsx").is_file() for path in files)


def test_no_count_below_the_threshold_is_in_a_notebook_to_download(built):
    sources = list((built / "notesboeger").rglob("*.ipynb"))
    assert sources
    # The reports' own small numbers, and those of a municipality that nobody lives in.
    about = [path for path in sources if path.stem != "kildeafstemning"]
    about = [path for path in about if path.parent.name != "kursus"]
    assert [path.name for path in about if SMALL.search(contents(path))] == []


def test_no_path_of_the_machine_is_in_a_built_file(built):
    places = (str(HANDBOOK), str(built.parent), str(built.parent.parent))
    files = [path for path in built.rglob("*") if path.is_file()]
    assert [p.name for p in files if any(place in contents(p) for place in places)] == []
