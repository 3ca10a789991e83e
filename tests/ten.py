"""Ten municipalities of different sizes, drawn with a fixed seed from the demonstration's cases."""

import csv
import random
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml

from fremskudt.contract.tables import TABLES
from fremskudt.workspace import HANDBOOK

SEED = 20121109
BY_CASE = ("cases", "registrations", "roles", "tools")
ECONOMY = ("selected", "trajectories")
Rows = list[dict[str, str]]


@dataclass(frozen=True)
class Made:
    """One municipality: how many cases, from whose, whether registered, and what is not there."""

    slug: str
    name: str
    code: str
    cases: int
    base: str
    is_registered: bool = False
    lacks: tuple[str, ...] = ()
    short_name: str = ""


TEN = (
    Made("aabenraa", "Aabenraa Kommune", "580", 75, "vejle", is_registered=True),
    Made("aeroe", "Ærø Kommune", "492", 8, "rudersdal", is_registered=True, lacks=ECONOMY),
    Made("faaborg-midtfyn", "Faaborg-Midtfyn Kommune", "430", 40, "aarhus"),
    Made("fanoe", "Fanø Kommune", "563", 11, "rudersdal"),
    Made("hoeje-taastrup", "Høje-Taastrup Kommune", "169", 130, "gladsaxe", is_registered=True),
    Made("koebenhavn", "Københavns Kommune", "101", 400, "aarhus", True, (), "København"),
    Made("laesoe", "Læsø Kommune", "825", 9, "rudersdal", lacks=("tools", *ECONOMY)),
    Made("lyngby-taarbaek", "Lyngby-Taarbæk Kommune", "173", 90, "gladsaxe", is_registered=True),
    Made("nordfyns", "Nordfyns Kommune", "480", 24, "vejle", lacks=("roles",)),
    Made("ringkoebing-skjern", "Ringkøbing-Skjern Kommune", "760", 60, "aarhus"),
)


def make_ten(data: Path) -> Path:
    """Write the ten folders into a data folder and return it."""
    return make(data, TEN)


def make(data: Path, municipalities: Iterable[Made]) -> Path:
    """Write the folders of municipalities into a data folder and return it."""
    for number, one in enumerate(municipalities):
        _write(data / one.slug, one, random.Random(SEED + number))  # noqa: S311 - test data
    return data


def _write(folder: Path, one: Made, chance: random.Random) -> None:
    source = HANDBOOK / "data" / one.base
    folder.mkdir(parents=True)
    facts = yaml.safe_load((source / "municipality.yml").read_text(encoding="utf-8"))
    facts |= {"name": one.name, "code": one.code, "carried_out_cases": one.cases}
    facts |= {"origin": "registered" if one.is_registered else "constructed"}
    facts["short_name"] = one.short_name or one.name.removesuffix(" Kommune")
    text = yaml.safe_dump(facts, allow_unicode=True, sort_keys=False)
    (folder / "municipality.yml").write_text(text, encoding="utf-8", newline="\n")
    if not one.is_registered:
        shutil.copy(source / "origins.csv", folder)
    tables = {name: read(source / f"{name}.csv") for name in TABLES}
    for name, rows in _drawn(tables, one, chance).items():
        write(folder / f"{name}.csv", name, [] if name in one.lacks else rows)


def _drawn(tables: dict[str, Rows], one: Made, chance: random.Random) -> dict[str, Rows]:
    """The selected citizens and as many others as are wanted, some of them several times."""
    selected = [row["case_id"] for row in tables["selected"]]
    others = [row["case_id"] for row in tables["cases"] if row["case_id"] not in selected]
    drawn = [*selected, *chance.choices(others, k=one.cases)][: one.cases]
    called = [(old, f"K-{number:03d}") for number, old in enumerate(drawn, start=1)]
    new_names = dict(reversed(called))
    made = {
        name: [
            {**row, "case_id": new}
            for old, new in called
            for row in tables[name]
            if row["case_id"] == old
        ]
        for name in BY_CASE
    }
    for name in ECONOMY:
        made[name] = [{**row, "case_id": new_names[row["case_id"]]} for row in tables[name]]
    return {**made, "workload": tables["workload"]}


def read(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, table: str, rows: Rows) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, TABLES[table].names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
