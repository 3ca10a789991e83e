"""A made-up municipality, brought as an analyst brings hers: the workbook that `fremskudt new`
writes, filled in below the grey examples and saved by a spreadsheet program.

Nobody in it is real. It is registered as a municipality's own data are, so that the protection
is in force.
"""

import datetime as dt
import random
import re
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from fremskudt.contract.tables import TABLES
from fremskudt.intake.start import start_municipality

SLUG, NAME, CODE = "nordsoe", "Nordsø Kommune", "999"
FIELDS = {
    "region": "Region Midtjylland",
    "period_start": "2025-01-01",
    "period_end": "2025-12-31",
    "detection_focus": "Boligforeninger og psykiatriske afdelinger",
    "management_anchoring": "Social- og arbejdsmarkedsforvaltningen",
    "physical_placement": "I jobcentret og på sygehuset",
    "caseworkers": "3",
    "source": "Kommunens egen registrering",
}
TARGET_GROUP = "Borgere med psykiske vanskeligheder, som kommunen har svært ved at nå"
SELECTED = 5
AGES = ("18–25 år", "26–35 år", "36–45 år", "46–55 år")
REFERRERS = ("Psykiatrisk afdeling", "Boligforening", "Anden enhed i kommunen", "Pårørende")
CONTACTS = (
    "Indlagt på psykiatrisk sengeafsnit; Bostøtte",
    "Ambulant regional psykiatri",
    "Ingen tidligere kontakt",
)
BENEFITS = ("Arbejdsledig (kontanthjælp eller dagpenge)", "Sygedagpenge", "Under uddannelse")
NEEDS = ("Intet støttebehov", "Behov i mindre grad", "Behov i større grad", "Afhængig af støtte")
WELLBEING = ("Meget positivt", "Positivt", "Uændret", "Negativt")
GOALS = ("Meget tættere på", "Tættere på", "Uændret", "Længere fra")
RATINGS = ("Meget bedre", "Bedre", "Uændret", "Dårligere")
ROLES = ("Råd og vejledning", "Koordinerende over for samarbejdspartnere", "Coachende")
TOOLS = ("Screeningsskema", "Møde i borgerens hjem", "Gode råd til første møde")
Rows = dict[str, list[dict[str, Any]]]


def make(data: Path, cases: int = 30, seed: int = 7) -> Path:
    """The folder of the municipality below a data folder, filled in without a fault."""
    folder = start_municipality(SLUG, NAME, CODE, data, True)
    fill_in_file(folder / "municipality.yml", cases)
    enter(folder / "data.xlsx", rows_of(cases, random.Random(seed)))  # noqa: S311 - made-up people
    return folder


def fill_in_file(path: Path, cases: int) -> None:
    """Write what the municipality must write itself over the template's words."""
    text = path.read_text(encoding="utf-8").replace("  - UDFYLD", f"  - {TARGET_GROUP}")
    for name, value in {**FIELDS, "carried_out_cases": str(cases)}.items():
        text = re.sub(rf"^(# )?{name}: .*$", f"{name}: {value}", text, flags=re.MULTILINE)
    path.write_text(text, encoding="utf-8", newline="\n")


def enter(path: Path, rows: Rows) -> None:
    """Type the rows below the examples and save."""
    book = load_workbook(path)
    for name, entries in rows.items():
        sheet = book[TABLES[name].label]
        first = sheet.max_row + 1
        for row, entry in enumerate(entries, start=first):
            for column, name_of_column in enumerate(TABLES[name].names, start=1):
                if name_of_column in entry:
                    sheet.cell(row, column, entry[name_of_column])
    book.save(path)


def rows_of(cases: int, chance: random.Random) -> Rows:
    """All tables of so many cases."""
    rows: Rows = {table: [] for table in TABLES if table in TABLE_NAMES}
    for number in range(1, cases + 1):
        _case(rows, f"N-{number:03}", chance)
    for number in range(1, SELECTED + 1):
        _trajectory(rows, f"N-{number:03}", chance)
    rows["workload"] = [
        _work("egen-1", "Fremskudt sagsbehandling", "Sagsbehandling i jobcentret", 61_000),
        _work("sparet-1", "Sparet andre steder", "Færre forgæves indkaldelser", 9_500),
    ]
    return rows


TABLE_NAMES = ("cases", "registrations", "roles", "tools", "workload", "selected", "trajectories")


def _case(rows: Rows, case: str, chance: random.Random) -> None:
    known = dt.date(2025, 1, 6) + dt.timedelta(days=chance.randrange(180))
    contact = known + dt.timedelta(days=chance.choice((0, 1, 2, 2, 4, 6, 9)))
    start = contact + dt.timedelta(days=chance.randrange(1, 8))
    end = start + dt.timedelta(days=chance.randrange(70, 120))
    rows["cases"].append(
        {
            "case_id": case,
            "target_group": chance.choice(
                (
                    "Særligt udsatte med sammensatte problemer",
                    "Yngre med begyndende psykiske vanskeligheder",
                )
            ),
            "gender": chance.choice(("Kvinde", "Kvinde", "Mand")),
            "age_group": chance.choices(AGES, (4, 3, 2, 2))[0],
            "referrer": chance.choices(REFERRERS, (4, 2, 3, 1))[0],
            "known_date": known,
            "first_contact_date": contact,
            "start_date": start,
            "end_date": end,
            "psychiatry": chance.choice(CONTACTS),
        }
    )
    need, money = chance.randrange(1, 4), chance.randrange(1, 4)
    dates = (start, end, end + dt.timedelta(days=90))
    last = chance.choices((1, 2, 3), (2, 3, 15))[0]
    for phase in range(1, last + 1):
        need, money = (max(0, one - chance.choice((0, 0, 1))) for one in (need, money))
        _registration(rows, case, phase, dates[phase - 1], (need, money), chance)
    for role in chance.sample(ROLES, chance.randrange(1, 4)):
        rows["roles"].append({"case_id": case, "role": role})
    for tool in chance.sample(TOOLS, chance.randrange(1, 3)):
        rows["tools"].append({"case_id": case, "tool": tool})
    if chance.random() < 0.6:
        met = contact + dt.timedelta(days=chance.randrange(2, 15))
        rows["tools"].append({"case_id": case, "tool": "Koordinerende møde", "used_date": met})


def _registration(
    rows: Rows, case: str, phase: int, date: dt.date, need: tuple[int, int], chance: random.Random
) -> None:
    entry: dict[str, Any] = {
        "case_id": case,
        "phase": phase,
        "registration_date": date,
        "respondent": chance.choice(
            ("Den fremskudte sagsbehandler", "Sagsbehandleren sammen med borgeren")
        ),
        "employment": chance.choices(BENEFITS, (4, 3, phase))[0],
        "support_home": NEEDS[need[0]],
        "support_economy": NEEDS[need[1]],
    }
    if phase > 1:
        entry["wellbeing_change"] = chance.choices(WELLBEING, (3, 7, 4, 1))[0]
        entry["goal_change"] = chance.choices(GOALS, (3, 7, 4, 1))[0]
        entry["citizen_rating"] = chance.choices(RATINGS, (4, 6, 4, 1))[0]
    rows["registrations"].append(entry)


def _trajectory(rows: Rows, case: str, chance: random.Random) -> None:
    rows["selected"].append(
        {
            "case_id": case,
            "description": "Borger uden kontakt til jobcentret gennem længere tid",
            "benefit_weeks_before": chance.randrange(8, 60),
        }
    )
    months = chance.randrange(8, 16)
    for scenario, until in (("Forventet forløb", months), ("Kontrafaktisk forløb", 36)):
        rows["trajectories"] += [
            _service(case, scenario, "Bostøtte", until, until * 4, 400),
            {
                **_service(case, scenario, "Kontanthjælp", until, until, 12_600),
                **dict.fromkeys((f"share_{one}" for one in PAYERS), None),
                "refund_rule": "benefit_passive",
            },
        ]


PAYERS = ("municipality", "region", "state", "other")


def _service(
    case: str, scenario: str, service: str, until: int, quantity: int, price: int
) -> dict[str, Any]:
    return {
        "case_id": case,
        "scenario": scenario,
        "service_code": service,
        "from_month": 0,
        "to_month": until,
        "quantity_low": round(quantity * 0.8),
        "quantity": quantity,
        "quantity_high": quantity,
        "unit_price_low_dkk": price,
        "unit_price_dkk": price,
        "unit_price_high_dkk": price,
        "price_year": 2025,
        **dict(zip((f"share_{one}" for one in PAYERS), (1, 0, 0, 0), strict=True)),
        "confidence": "Middel",
        "origin": "Registreret",
        "source": "Takst fra budgettet",
    }


def _work(line: str, kind: str, description: str, minutes: int) -> dict[str, Any]:
    return {
        "line": line,
        "kind": kind,
        "description": description,
        "minutes": minutes,
        "annual_salary_dkk": 560_000,
        "overhead_share": 0.05,
        "price_year": 2025,
        "origin": "Registreret",
        "source": "Tidsregistrering og lønudtræk",
    }


MISTAKES: tuple[tuple[str, str, object], ...] = (
    ("Sager", "C4", "Kvine"),
    ("Sager", "G5", dt.date(2024, 3, 4)),
    ("Sager", "H6", "14/3-25"),
    ("Sager", "A7", "010190-1234"),
    ("Registreringer", "H4", "Positivt"),
    ("Registreringer", "A5", "N-401"),
    ("Tidsforbrug", "D3", "61.000"),
)


def make_mistakes(folder: Path) -> None:
    """What a beginner does: a misspelt answer, dates out of order, a date in a form of one's own,
    a civil registration number, a change at the start, an unknown case, a thousands' mark."""
    path = folder / "data.xlsx"
    book = load_workbook(path)
    for sheet, cell, value in MISTAKES:
        book[sheet][cell].value = value
    book.save(path)
