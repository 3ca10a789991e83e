"""What must hold between cells, rows and tables of a delivery.

Every check takes the typed tables and returns problems; none stops at the first one.
"""

from collections.abc import Callable, Iterator

import pandas as pd

from fremskudt.contract.problems import Problem
from fremskudt.contract.reading import ROW
from fremskudt.contract.services import read_services
from fremskudt.contract.tables import SHARES, TABLES

Tables = dict[str, pd.DataFrame]
Check = Callable[[Tables, Callable[[str], str]], Iterator[Problem]]

TOLERANCE = 1e-9
DATE_ORDER = ("known_date", "first_contact_date", "start_date", "end_date")


def check_tables(tables: Tables, name_of: Callable[[str], str]) -> list[Problem]:
    """All problems between cells, rows and tables. `name_of` turns a table's name into
    the file name that a message shows."""
    return [problem for check in CHECKS for problem in check(tables, name_of)]


def keys_are_unique(tables: Tables, name_of: Callable[[str], str]) -> Iterator[Problem]:
    """A row occurs once: no doubled case, no phase registered twice."""
    for table in TABLES.values():
        frame = tables[table.name].dropna(subset=list(table.key))
        doubled = frame[frame.duplicated(subset=list(table.key), keep="first")]
        for _, row in doubled.iterrows():
            values = " / ".join(
                f"{row[name]:g}" if name in ("phase", "from_month") else row[name]
                for name in table.key
            )
            first = frame[(frame[list(table.key)] == row[list(table.key)]).all(axis=1)][ROW].iloc[0]
            yield Problem(
                name_of(table.name),
                f"rækken gentager række {first}",
                "hver kombination af " + ", ".join(table.key) + " én gang",
                int(row[ROW]),
                table.key[0],
                values,
            )


def cases_are_known(tables: Tables, name_of: Callable[[str], str]) -> Iterator[Problem]:
    """Every other table speaks of cases that the case table holds."""
    known = set(tables["cases"]["case_id"].dropna())
    for name in ("registrations", "roles", "tools", "selected", "trajectories"):
        frame = tables[name].dropna(subset=["case_id"])
        for _, row in frame[~frame["case_id"].isin(known)].iterrows():
            yield Problem(
                name_of(name),
                "sagen står ikke i cases",
                "et case_id, der findes i " + name_of("cases"),
                int(row[ROW]),
                "case_id",
                row["case_id"],
            )


def dates_follow_each_other(tables: Tables, name_of: Callable[[str], str]) -> Iterator[Problem]:
    """Known, first contact, start and end come in that order."""
    frame = tables["cases"]
    for position, later in enumerate(DATE_ORDER):
        for earlier in DATE_ORDER[:position]:
            for _, row in frame[frame[later] < frame[earlier]].iterrows():
                yield Problem(
                    name_of("cases"),
                    f"datoen ligger før {earlier} ({row[earlier]:%Y-%m-%d})",
                    f"en dato der ikke ligger før {earlier}",
                    int(row[ROW]),
                    later,
                    f"{row[later]:%Y-%m-%d}",
                )


def phases_follow_each_other(tables: Tables, name_of: Callable[[str], str]) -> Iterator[Problem]:
    """A later phase needs phase 1, and its date is not before an earlier phase's date."""
    frame = tables["registrations"].dropna(subset=["case_id", "phase"])
    first = set(frame.loc[frame["phase"] == 1, "case_id"])
    for _, row in frame[(frame["phase"] > 1) & ~frame["case_id"].isin(first)].iterrows():
        yield Problem(
            name_of("registrations"),
            f"fase {row['phase']:g} er registreret uden fase 1",
            "en registrering i fase 1 for samme sag",
            int(row[ROW]),
            "phase",
            f"{row['phase']:g}",
        )
    dated = frame.dropna(subset=["registration_date"]).sort_values(["case_id", "phase"])
    previous = dated.groupby("case_id")["registration_date"].shift()
    for index, row in dated[dated["registration_date"] < previous].iterrows():
        yield Problem(
            name_of("registrations"),
            f"datoen ligger før den foregående fase ({previous[index]:%Y-%m-%d})",
            "faserne i rækkefølge efter dato",
            int(row[ROW]),
            "registration_date",
            f"{row['registration_date']:%Y-%m-%d}",
        )


def changes_need_a_beginning(tables: Tables, name_of: Callable[[str], str]) -> Iterator[Problem]:
    """Change since the start cannot be judged at the start."""
    frame = tables["registrations"]
    for column in ("wellbeing_change", "goal_change", "citizen_rating"):
        for _, row in frame[(frame["phase"] == 1) & frame[column].notna()].iterrows():
            yield Problem(
                name_of("registrations"),
                "ændring siden opstart kan ikke vurderes i fase 1",
                "en tom celle i fase 1",
                int(row[ROW]),
                column,
                row[column],
            )


def none_stands_alone(tables: Tables, name_of: Callable[[str], str]) -> Iterator[Problem]:
    """ "No earlier contact" excludes every form of contact."""
    answers = tables["cases"]["psychiatry"].fillna("")
    mixed = answers.str.contains(r"\|") & answers.str.contains(r"(?:^|\|)(?:none|unknown)(?:\||$)")
    for _, row in tables["cases"][mixed].iterrows():
        yield Problem(
            name_of("cases"),
            "none og unknown kan ikke stå sammen med andre svar",
            "enten none, unknown eller de former for kontakt der har været",
            int(row[ROW]),
            "psychiatry",
            row["psychiatry"],
        )


def meetings_have_dates(tables: Tables, name_of: Callable[[str], str]) -> Iterator[Problem]:
    """Without its date a coordinating meeting cannot be held against the deadline."""
    frame = tables["tools"]
    missing = frame[(frame["tool"] == "coordinating_meeting") & frame["used_date"].isna()]
    for _, row in missing.iterrows():
        yield Problem(
            name_of("tools"),
            "et koordinerende møde mangler sin dato",
            "mødets dato, så fristen kan regnes",
            int(row[ROW]),
            "used_date",
        )


def time_is_given_once(tables: Tables, name_of: Callable[[str], str]) -> Iterator[Problem]:
    """A line of work gives minutes or full-time equivalents, not both and not neither."""
    frame = tables["workload"]
    for _, row in frame[frame["minutes"].notna() == frame["fte"].notna()].iterrows():
        yield Problem(
            name_of("workload"),
            "tiden skal stå enten i minutter eller i årsværk",
            "præcis én af kolonnerne minutes og fte udfyldt",
            int(row[ROW]),
            "minutes",
        )


def someone_pays(tables: Tables, name_of: Callable[[str], str]) -> Iterator[Problem]:
    """A line gives the four payers' shares or a refund rule, not both and not neither."""
    frame = tables["trajectories"]
    given = frame[list(SHARES)].notna()
    has_rule = frame["refund_rule"].notna()
    for _, row in frame[(given.any(axis=1) & ~given.all(axis=1)) & ~has_rule].iterrows():
        empty = next(name for name in SHARES if pd.isna(row[name]))
        yield Problem(
            name_of("trajectories"),
            "en betalers andel mangler",
            "et tal i alle fire andele (0, hvor betaleren intet betaler)",
            int(row[ROW]),
            empty,
        )
    for _, row in frame[given.any(axis=1) == has_rule].iterrows():
        yield Problem(
            name_of("trajectories"),
            "enten andelene eller en refusionsregel skal sige, hvem der betaler",
            "fire andele uden regel, eller en regel uden andele",
            int(row[ROW]),
            "refund_rule",
            None if pd.isna(row["refund_rule"]) else row["refund_rule"],
        )


def refunds_are_for_benefits(tables: Tables, name_of: Callable[[str], str]) -> Iterator[Problem]:
    """Only income benefits have a refund rule."""
    benefits = [code for code, service in read_services().items() if service.is_exclusive_benefit]
    frame = tables["trajectories"].dropna(subset=["refund_rule", "service_code"])
    for _, row in frame[~frame["service_code"].isin(benefits)].iterrows():
        yield Problem(
            name_of("trajectories"),
            f"ydelsen {row['service_code']} har ingen statsrefusion efter uger",
            "en tom celle og i stedet de fire andele; refusionsregler gælder forsørgelse",
            int(row[ROW]),
            "refund_rule",
            row["refund_rule"],
        )


def selected_have_trajectories(tables: Tables, name_of: Callable[[str], str]) -> Iterator[Problem]:
    """The citizens of the trajectories are those that are listed as selected, and no others."""
    for name, other in (("trajectories", "selected"), ("selected", "trajectories")):
        known = set(tables[other]["case_id"].dropna())
        frame = tables[name].dropna(subset=["case_id"])
        wrong = frame[~frame["case_id"].isin(known)].drop_duplicates("case_id")
        for _, row in wrong.iterrows():
            yield Problem(
                name_of(name),
                f"den udvalgte borger står ikke i {other}",
                f"et case_id, der findes i {name_of(other)}",
                int(row[ROW]),
                "case_id",
                row["case_id"],
            )


def payers_pay_everything(tables: Tables, name_of: Callable[[str], str]) -> Iterator[Problem]:
    """The four payers' shares sum to one."""
    frame = tables["trajectories"].dropna(subset=list(SHARES))
    total = frame[list(SHARES)].sum(axis=1)
    for index, row in frame[(total - 1).abs() > TOLERANCE].iterrows():
        yield Problem(
            name_of("trajectories"),
            "betalernes andele giver ikke 1 tilsammen",
            "at " + " + ".join(SHARES) + " = 1",
            int(row[ROW]),
            SHARES[0],
            f"{total[index]:g}",
        )


def services_are_known(tables: Tables, name_of: Callable[[str], str]) -> Iterator[Problem]:
    """Every service is in the catalogue."""
    known = read_services()
    frame = tables["trajectories"].dropna(subset=["service_code"])
    for _, row in frame[~frame["service_code"].isin(list(known))].iterrows():
        yield Problem(
            name_of("trajectories"),
            "ydelsen findes ikke i kataloget",
            "en kode fra data/reference/services.csv",
            int(row[ROW]),
            "service_code",
            row["service_code"],
        )


def estimates_are_ordered(tables: Tables, name_of: Callable[[str], str]) -> Iterator[Problem]:
    """Low is at most likely, likely at most high, and a span has a length."""
    frame = tables["trajectories"]
    pairs = [
        ("from_month", "to_month", True),
        ("quantity_low", "quantity", False),
        ("quantity", "quantity_high", False),
        ("unit_price_low_dkk", "unit_price_dkk", False),
        ("unit_price_dkk", "unit_price_high_dkk", False),
    ]
    for low, high, is_strict in pairs:
        wrong = frame[low] >= frame[high] if is_strict else frame[low] > frame[high]
        for _, row in frame[wrong.fillna(False)].iterrows():
            yield Problem(
                name_of("trajectories"),
                f"værdien passer ikke til {low} ({row[low]:g})",
                f"en værdi {'over' if is_strict else 'på mindst'} {low}",
                int(row[ROW]),
                high,
                f"{row[high]:g}",
            )


def benefits_exclude_each_other(tables: Tables, name_of: Callable[[str], str]) -> Iterator[Problem]:
    """A citizen lives on one income benefit at a time."""
    exclusive = [code for code, service in read_services().items() if service.is_exclusive_benefit]
    frame = tables["trajectories"]
    frame = frame[frame["service_code"].isin(exclusive)].dropna(subset=["from_month", "to_month"])
    for _, group in frame.groupby(["case_id", "scenario"]):
        ordered = group.sort_values(["from_month", "to_month"])
        reached = ordered["to_month"].cummax().shift()
        for index, row in ordered[ordered["from_month"] < reached].iterrows():
            yield Problem(
                name_of("trajectories"),
                f"forsørgelsen overlapper en anden, der løber til måned {reached[index]:g}",
                "én forsørgelsesydelse ad gangen for samme borger og scenarie",
                int(row[ROW]),
                "from_month",
                f"{row['from_month']:g}",
            )


CHECKS: tuple[Check, ...] = (
    keys_are_unique,
    cases_are_known,
    dates_follow_each_other,
    phases_follow_each_other,
    changes_need_a_beginning,
    none_stands_alone,
    meetings_have_dates,
    time_is_given_once,
    someone_pays,
    payers_pay_everything,
    refunds_are_for_benefits,
    selected_have_trajectories,
    services_are_known,
    estimates_are_ordered,
    benefits_exclude_each_other,
)
