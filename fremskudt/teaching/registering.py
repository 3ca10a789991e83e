"""Module 3's case as a participant registered it, laid among Birkelund's other cases.

What stands in the three forms is written to files as a municipality would deliver them, and the
package's own contract reads and checks the files: what cannot be is told in the check's own words.
"""

import re
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from babel.dates import get_month_names

from fremskudt.contract.columns import Date
from fremskudt.contract.delivery import Delivery, inspect
from fremskudt.contract.problems import Problem
from fremskudt.contract.tables import TABLES
from fremskudt.contract.yaml_files import read_yaml
from fremskudt.teaching.birkelund import BIRKELUND, birkelund
from fremskudt.teaching.course import FOLDER, module
from fremskudt.teaching.danish_files import Row, birkelunds, write
from fremskudt.teaching.filling import FillIn, Given

MODULE = 3
CASE = "B-24"
FORMS = {1: "fase-1", 2: "fase-2", 3: "fase-3"}  # the exercises, by phase
OWN = ("cases", "registrations", "roles", "tools")  # the tables that hold the case
EMPTY = "Tomt felt"
MEETING = "Koordinerende møde"
DAY = re.compile(r"\w\w (?P<day>\d{1,2})\. (?P<month>\w+)")
Forms = Mapping[int, Mapping[str, Given]]


@dataclass(frozen=True)
class Registered:
    """Birkelund with the case as it was registered, or None and what must be mended first.

    `remarks` are told beside either. All texts are Markdown.
    """

    delivery: Delivery | None
    problems: tuple[str, ...]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Target:
    """Where the answer to a field of a form belongs."""

    phase: int
    field: str
    table: str
    column: str


@cache
def targets() -> tuple[Target, ...]:
    """The targets of all fields, in the order of the forms."""
    raw = read_yaml((FOLDER / f"modul-{MODULE}.yml").read_text(encoding="utf-8"))
    forms = {name: phase for phase, name in FORMS.items()}
    return tuple(
        Target(forms[form["id"]], one["id"], one["table"], one["column"])
        for form in raw["exercises"]
        if form["id"] in forms
        for one in form["fields"]
    )


@cache
def others() -> Delivery:
    """Birkelund without the case that the participants register."""
    found = birkelund()
    tables = {
        name: frame[frame["case_id"] != CASE].reset_index(drop=True) if name in OWN else frame
        for name, frame in found.tables.items()
    }
    return replace(found, tables=tables)


def registered(answers: Mapping[str, object]) -> Registered:
    """Birkelund with the case as the answers to the three exercises, by their names, have it.

    A field without an answer is an empty cell; a form without any is a row that is not there.
    """
    forms = _forms(answers)
    if 1 not in forms:
        return Registered(None, (f"Udfyld først **{_title(1)}**.",))
    rows = rows_of(forms)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / BIRKELUND.name
        shutil.copytree(BIRKELUND, folder)
        before = {table: _without_case(table) for table in OWN}
        for table in OWN:
            write(folder, table, [*before[table], *rows[table]])
        found = inspect(folder, with_warnings=False)
    first = {table: len(before[table]) + 2 for table in OWN}  # the heading is row 1
    missing = tuple(
        f"**{_title(phase)}** er ikke udfyldt endnu, så {CASE} har ingen række i fase {phase}."
        for phase in FORMS
        if phase not in forms
    )
    told = tuple(_told(one, rows, first) for one in found.errors)
    return Registered(found.delivery, told, missing)


def rows_of(forms: Forms) -> dict[str, list[Row]]:
    """The case's rows in each table, by the contract's names of the columns."""
    case: Row = {"case_id": CASE}
    phases: dict[int, Row] = {n: {"case_id": CASE, "phase": str(n)} for n in sorted(forms)}
    rows = {"cases": [case], "registrations": list(phases.values()), "roles": [], "tools": []}
    for one in targets():
        if one.phase not in forms:
            continue
        given = forms[one.phase].get(one.field, "")
        match one.table:
            case "cases":
                case[one.column] = _cell(one, given)
            case "registrations":
                phases[one.phase][one.column] = _cell(one, given)
            case table if isinstance(given, list):
                rows[table] = [{"case_id": CASE, one.column: option} for option in given]
            case "tools":  # the day of the meeting; the field before it has made the rows
                for row in rows["tools"]:
                    row[one.column] = _cell(one, given) if row["tool"] == MEETING else ""
    return rows


def _forms(answers: Mapping[str, object]) -> dict[int, dict[str, Given]]:
    """The forms that hold anything, by phase; what is no form is none."""
    found = {}
    for phase, name in FORMS.items():
        exercise = module(MODULE)[name]
        form = exercise.form(answers.get(name)) if isinstance(exercise, FillIn) else None
        if form and any(form.values()):
            found[phase] = form
    return found


def _cell(target: Target, given: Given) -> str:
    if isinstance(given, list):
        return "; ".join(given)
    if given == EMPTY or not isinstance(TABLES[target.table][target.column].kind, Date):
        return "" if given == EMPTY else given
    return _day(given)


def _day(text: str) -> str:
    """ "fr 25. april" is 25-04-2025: the year of Birkelund's data."""
    found = DAY.fullmatch(text)
    if found is None:
        return text
    months = {name: number for number, name in get_month_names("wide", locale="da").items()}
    year = birkelund().municipality.period_start.year
    return f"{int(found['day']):02d}-{months[found['month']]:02d}-{year}"


def _without_case(table: str) -> list[Row]:
    return [row for row in birkelunds(table) if row["case_id"] != CASE]


def _told(problem: Problem, rows: Mapping[str, list[Row]], first: Mapping[str, int]) -> str:
    """A problem in the check's words, and which form mends it."""
    table = next((one for one in OWN if problem.file.endswith(f"/{TABLES[one].file}")), "")
    number = (problem.row or 0) - first.get(table, 0)
    is_own = bool(table) and 0 <= number < len(rows[table])
    row = rows[table][number] if is_own else {}
    phase = next(
        (
            one.phase
            for one in targets()
            if one.table == table
            and one.column == problem.column
            and str(one.phase) == row.get("phase", str(one.phase))
        ),
        0,
    )
    mend = (
        f"Ret svaret i **{_title(phase)}**, og prøv igen."
        if phase
        else "Se dine skemaer igennem, og prøv igen."
    )
    return f"{problem}\n\n{mend}"


def _title(phase: int) -> str:
    return module(MODULE)[FORMS[phase]].title
