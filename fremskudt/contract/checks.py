"""What must hold between cells, rows and tables of a delivery; the economics have their own
module.

Every check takes the typed tables and returns problems; none stops at the first one.
"""

from collections.abc import Callable, Iterator

import pandas as pd

from fremskudt.contract.economic_checks import ECONOMIC_CHECKS
from fremskudt.contract.problems import Problem
from fremskudt.contract.reading import ROW
from fremskudt.contract.rows import Places, Tables, label_of, records
from fremskudt.contract.scales import scale
from fremskudt.contract.tables import TABLES

Check = Callable[[Tables, Places], Iterator[Problem]]

DATE_ORDER = ("known_date", "first_contact_date", "start_date", "end_date")


def check_tables(tables: Tables, places: Places) -> list[Problem]:
    """All problems between cells, rows and tables. `places` says where each table stands."""
    checks: tuple[Check, ...] = (*CHECKS, *ECONOMIC_CHECKS)
    return [problem for check in checks for problem in check(tables, places)]


def keys_are_unique(tables: Tables, places: Places) -> Iterator[Problem]:
    """A row occurs once: no doubled case, no phase registered twice."""
    for table in TABLES.values():
        frame, place, key = tables[table.name], places[table.name], list(table.key)
        if not frame.duplicated(subset=key).any():
            continue
        frame = frame.dropna(subset=key)
        repeats = frame[frame.duplicated(subset=key, keep=False)]
        first_rows = repeats.groupby(key)[ROW].transform("first")
        for row, first in zip(records(repeats), first_rows, strict=True):
            if row[ROW] == first:
                continue
            values = " / ".join(
                f"{row[name]:g}" if name in ("phase", "from_month") else row[name] for name in key
            )
            yield place.problem(
                f"rækken gentager række {first}",
                "hver kombination af " + ", ".join(map(place.heading, key)) + " én gang",
                row[ROW],
                table.key[0],
                values,
            )


def cases_are_known(tables: Tables, places: Places) -> Iterator[Problem]:
    """Every other table speaks of cases that the case table holds; a case that it lacks is
    one problem in each table, however many rows it has there."""
    known = pd.Index(tables["cases"]["case_id"].dropna().unique().astype(object))
    for name in ("registrations", "roles", "tools", "selected", "trajectories"):
        frame = tables[name]
        is_unknown = known.get_indexer(frame["case_id"].astype(object)) < 0
        if not is_unknown.any():
            continue
        unknown = frame[is_unknown].dropna(subset=["case_id"])
        count = unknown["case_id"].value_counts()
        for row in records(unknown.drop_duplicates("case_id")):
            others = count[row["case_id"]] - 1
            more = f" (og i {others} rækker til)" if others else ""
            yield places[name].problem(
                f"sagen står ikke i {places['cases'].name}{more}",
                f"en sag, der findes i {places['cases'].name}",
                row[ROW],
                "case_id",
                row["case_id"],
            )


def dates_follow_each_other(tables: Tables, places: Places) -> Iterator[Problem]:
    """Known, first contact, start and end come in that order."""
    frame, place = tables["cases"], places["cases"]
    for position, later in enumerate(DATE_ORDER):
        for earlier in DATE_ORDER[:position]:
            for row in records(frame, frame[later] < frame[earlier]):
                yield place.problem(
                    f"datoen ligger før {place.heading(earlier)} ({row[earlier]:%d-%m-%Y})",
                    f"en dato der ikke ligger før {place.heading(earlier)}",
                    row[ROW],
                    later,
                    f"{row[later]:%d-%m-%Y}",
                )


def phases_follow_each_other(tables: Tables, places: Places) -> Iterator[Problem]:
    """A later phase needs phase 1, and its date is not before an earlier phase's date."""
    frame = tables["registrations"].dropna(subset=["case_id", "phase"])
    first = frame.loc[frame["phase"] == 1, "case_id"]
    for row in records(frame, (frame["phase"] > 1) & ~frame["case_id"].isin(first)):
        yield places["registrations"].problem(
            f"fase {row['phase']:g} er registreret uden fase 1",
            "en registrering i fase 1 for samme sag",
            row[ROW],
            "phase",
            f"{row['phase']:g}",
        )
    dated = frame.dropna(subset=["registration_date"])
    dated = dated.assign(case=pd.factorize(dated["case_id"])[0])  # numbers sort faster than text
    dated = dated.sort_values(["case", "phase"])
    dated["previous"] = dated.groupby("case")["registration_date"].shift()
    for row in records(dated, dated["registration_date"] < dated["previous"]):
        yield places["registrations"].problem(
            f"datoen ligger før den foregående fase ({row['previous']:%d-%m-%Y})",
            "faserne i rækkefølge efter dato",
            row[ROW],
            "registration_date",
            f"{row['registration_date']:%d-%m-%Y}",
        )


def changes_need_a_beginning(tables: Tables, places: Places) -> Iterator[Problem]:
    """Change since the start cannot be judged at the start."""
    frame = tables["registrations"]
    for column in ("wellbeing_change", "goal_change", "citizen_rating"):
        for row in records(frame, (frame["phase"] == 1) & frame[column].notna()):
            yield places["registrations"].problem(
                "ændring siden opstart kan ikke vurderes i fase 1",
                "en tom celle i fase 1",
                row[ROW],
                column,
                label_of("registrations", column, row[column]),
            )


def none_stands_alone(tables: Tables, places: Places) -> Iterator[Problem]:
    """ "No earlier contact" excludes every form of contact."""
    answers = tables["cases"]["psychiatry"]
    alone = " og ".join(f"«{scale('psychiatry').label(one)}»" for one in ("none", "unknown"))
    mixed = [
        given
        for given in answers.dropna().unique()
        if "|" in given and {"none", "unknown"} & set(given.split("|"))
    ]
    for row in records(tables["cases"][answers.isin(mixed)]):
        yield places["cases"].problem(
            f"{alone} kan ikke stå sammen med andre svar",
            f"enten {alone} eller de former for kontakt, der har været",
            row[ROW],
            "psychiatry",
            label_of("cases", "psychiatry", row["psychiatry"]),
        )


def meetings_have_dates(tables: Tables, places: Places) -> Iterator[Problem]:
    """Without its date a coordinating meeting cannot be held against the deadline."""
    frame = tables["tools"]
    is_missing = (frame["tool"] == "coordinating_meeting") & frame["used_date"].isna()
    for row in records(frame, is_missing):
        yield places["tools"].problem(
            "et koordinerende møde mangler sin dato",
            "mødets dato, så fristen kan regnes",
            row[ROW],
            "used_date",
        )


CHECKS: tuple[Check, ...] = (
    keys_are_unique,
    cases_are_known,
    dates_follow_each_other,
    phases_follow_each_other,
    changes_need_a_beginning,
    none_stands_alone,
    meetings_have_dates,
)
