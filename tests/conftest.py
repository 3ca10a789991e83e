"""What several tests share: the demonstration deliveries and small deliveries of one's own."""

import csv
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from fremskudt import register
from fremskudt.contract.delivery import Delivery
from fremskudt.contract.tables import TABLES
from fremskudt.workspace import HANDBOOK, Workspace

DATA = HANDBOOK / "data"
FOUR = ("aarhus", "gladsaxe", "rudersdal", "vejle")


@pytest.fixture(scope="session")
def deliveries() -> dict[str, Delivery]:
    """The four demonstration deliveries by slug."""
    return {one.slug: one for one in register.load_all(Workspace.find(DATA), FOUR)}


@pytest.fixture
def data_copy(tmp_path: Path) -> Path:
    """A data folder of one's own with the four municipalities."""
    target = tmp_path / "data"
    target.mkdir()
    for slug in FOUR:
        shutil.copytree(DATA / slug, target / slug)
    return target


@pytest.fixture
def change() -> Callable[..., None]:
    """Change cells of a CSV file: change(path, row, column=value); rows count from 2."""

    def apply(path: Path, row: int, **values: str) -> None:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        rows[row - 2].update(values)
        write_rows(path, rows)

    return apply


def write_rows(path: Path, rows: list[dict[str, str]]) -> None:
    """Write rows to a CSV file with the columns of its table."""
    names = TABLES[path.stem].names if path.stem in TABLES else tuple(rows[0])
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture
def registered(data_copy: Path) -> Path:
    """Rudersdal's data as if a municipality had registered them itself: threshold five."""
    folder = data_copy / "rudersdal"
    path = folder / "municipality.yml"
    text = path.read_text(encoding="utf-8").replace("origin: constructed", "origin: registered")
    path.write_text(text, encoding="utf-8")
    (folder / "origins.csv").unlink()
    return folder


@pytest.fixture
def enough_behind_every_payer(data_copy: Path) -> Path:
    """Vejle as registered with threshold three: for at least three of the six something is
    avoided, and for at least three something added, whoever pays."""
    path = data_copy / "vejle" / "municipality.yml"
    text = path.read_text(encoding="utf-8").replace("origin: constructed", "origin: registered")
    text = re.sub(r"(?m)^disclosure_threshold:.*\n", "", text) + "disclosure_threshold: 3\n"
    path.write_text(text, encoding="utf-8")
    (data_copy / "vejle" / "origins.csv").unlink()
    return data_copy / "vejle"
