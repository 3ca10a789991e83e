"""Write the demonstration data: `python -m fremskudt.demonstration [FOLDER]`."""

import csv
import sys
from datetime import date
from pathlib import Path

import yaml

from fremskudt.contract.tables import TABLES
from fremskudt.demonstration import trajectories, workload
from fremskudt.demonstration.cases import CaseFactory, Row
from fremskudt.demonstration.facts import COMMON_ORIGINS, EXTRA_ORIGINS, FACTS, MODEL
from fremskudt.demonstration.plans import PLANS, Plan
from fremskudt.workspace import HANDBOOK


def write_all(folder: Path) -> None:
    """Write data/<slug>/ of the four municipalities; the same bytes every time."""
    spelled, selected = trajectories.rows(), trajectories.selected()
    for plan in PLANS:
        target = folder / plan.slug
        target.mkdir(parents=True, exist_ok=True)
        tables = CaseFactory(plan).tables()
        tables["workload"] = workload.rows(plan.slug)
        for name, lists in (("selected", selected), ("trajectories", spelled)):
            tables[name] = _with_case_ids(plan, lists[plan.slug], tables["cases"])
        for name, rows in tables.items():
            _write_csv(target / f"{name}.csv", TABLES[name].names, rows)
        _write_origins(target / "origins.csv", plan.slug)
        _write_municipality(target / "municipality.yml", plan.slug)


def _with_case_ids(plan: Plan, rows: list[Row], cases: list[Row]) -> list[Row]:
    """Let each selected citizen be a case of the same age group and gender."""
    taken: dict[str, str] = {}
    for citizen in trajectories.CITIZENS[plan.slug]:
        fitting = (
            case["case_id"]
            for case in cases
            if case["age_group"] == citizen.age_group
            and case["gender"] == citizen.gender
            and case["case_id"] not in taken.values()
            and case["end_date"]
        )
        taken[citizen.pseudonym] = next(fitting)
    return [{**row, "case_id": taken[row["case_id"]]} for row in rows]


def _write_csv(path: Path, names: tuple[str, ...], rows: list[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _write_origins(path: Path, slug: str) -> None:
    names = ("table", "column", "phase", "origin", "basis")
    lines = (*COMMON_ORIGINS, *EXTRA_ORIGINS[slug])
    _write_csv(path, names, [dict(zip(names, line, strict=True)) for line in lines])


def _write_municipality(path: Path, slug: str) -> None:
    values = {
        **FACTS[slug],
        "period_start": date(2012, 9, 1),
        "period_end": date(2013, 9, 1),
        "origin": "constructed",
        "disclosure_threshold": 5,
        "source": MODEL,
    }
    text = yaml.safe_dump(values, allow_unicode=True, sort_keys=False, width=95)
    path.write_text(
        "# Skrevet af `python -m fremskudt.demonstration`; ret i fremskudt/demonstration/.\n"
        + text,
        encoding="utf-8",
        newline="\n",
    )


if __name__ == "__main__":
    write_all(Path(sys.argv[1]) if len(sys.argv) > 1 else HANDBOOK / "data")
