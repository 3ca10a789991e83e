"""What must hold in the tables of the economics: time, payers, estimates, benefits."""

from collections.abc import Iterator

import pandas as pd

from fremskudt.contract.problems import Problem
from fremskudt.contract.reading import ROW
from fremskudt.contract.rows import Places, Tables, records
from fremskudt.contract.services import read_services
from fremskudt.contract.tables import SHARES

TOLERANCE = 1e-9


def time_is_given_once(tables: Tables, places: Places) -> Iterator[Problem]:
    """A line of work gives minutes or full-time equivalents, not both and not neither."""
    frame, place = tables["workload"], places["workload"]
    for row in records(frame, frame["minutes"].notna() == frame["fte"].notna()):
        yield place.problem(
            "tiden skal stå enten i minutter eller i årsværk",
            f"præcis én af kolonnerne {place.heading('minutes')} og {place.heading('fte')} udfyldt",
            row[ROW],
            "minutes",
        )


def someone_pays(tables: Tables, places: Places) -> Iterator[Problem]:
    """A line gives the four payers' shares or a refund rule, not both and not neither."""
    frame = tables["trajectories"]
    given = frame[list(SHARES)].notna()
    has_rule = frame["refund_rule"].notna()
    for row in records(frame, (given.any(axis=1) & ~given.all(axis=1)) & ~has_rule):
        empty = next(name for name in SHARES if pd.isna(row[name]))
        yield places["trajectories"].problem(
            "en betalers andel mangler",
            "et tal i alle fire andele (0, hvor betaleren intet betaler)",
            row[ROW],
            empty,
        )
    for row in records(frame, given.any(axis=1) == has_rule):
        yield places["trajectories"].problem(
            "enten andelene eller en refusionsregel skal sige, hvem der betaler",
            "fire andele uden regel, eller en regel uden andele",
            row[ROW],
            "refund_rule",
            None if pd.isna(row["refund_rule"]) else row["refund_rule"],
        )


def refunds_are_for_benefits(tables: Tables, places: Places) -> Iterator[Problem]:
    """Only income benefits have a refund rule."""
    benefits = [code for code, service in read_services().items() if service.is_exclusive_benefit]
    frame = tables["trajectories"].dropna(subset=["refund_rule", "service_code"])
    for row in records(frame, ~frame["service_code"].isin(benefits)):
        yield places["trajectories"].problem(
            f"ydelsen {row['service_code']} har ingen statsrefusion efter uger",
            "en tom celle og i stedet de fire andele; refusionsregler gælder forsørgelse",
            row[ROW],
            "refund_rule",
            row["refund_rule"],
        )


def selected_have_trajectories(tables: Tables, places: Places) -> Iterator[Problem]:
    """The citizens of the trajectories are those that are listed as selected, and no others."""
    for name, other in (("trajectories", "selected"), ("selected", "trajectories")):
        known, frame = set(tables[other]["case_id"].dropna()), tables[name]
        is_wrong = frame["case_id"].notna() & ~frame["case_id"].isin(known)
        for row in records(frame, is_wrong & ~frame["case_id"].duplicated()):
            yield places[name].problem(
                f"den udvalgte borger står ikke i {places[other].name}",
                f"en sag, der findes i {places[other].name}",
                row[ROW],
                "case_id",
                row["case_id"],
            )


def payers_pay_everything(tables: Tables, places: Places) -> Iterator[Problem]:
    """The four payers' shares sum to one."""
    frame = tables["trajectories"].dropna(subset=list(SHARES))
    frame = frame.assign(total=frame[list(SHARES)].sum(axis=1))
    place = places["trajectories"]
    for row in records(frame, (frame["total"] - 1).abs() > TOLERANCE):
        yield place.problem(
            "betalernes andele giver ikke 1 tilsammen",
            "at " + " + ".join(map(place.heading, SHARES)) + " = 1",
            row[ROW],
            SHARES[0],
            f"{row['total']:g}",
        )


def services_are_known(tables: Tables, places: Places) -> Iterator[Problem]:
    """Every service is in the catalogue."""
    known = read_services()
    frame = tables["trajectories"].dropna(subset=["service_code"])
    for row in records(frame, ~frame["service_code"].isin(list(known))):
        yield places["trajectories"].problem(
            "ydelsen findes ikke i kataloget",
            "et navn eller en kode fra ydelseskataloget (arket Ydelser; services.csv)",
            row[ROW],
            "service_code",
            row["service_code"],
        )


def estimates_are_ordered(tables: Tables, places: Places) -> Iterator[Problem]:
    """Low is at most likely, likely at most high, and a span has a length."""
    frame, place = tables["trajectories"], places["trajectories"]
    pairs = [
        ("from_month", "to_month", True),
        ("quantity_low", "quantity", False),
        ("quantity", "quantity_high", False),
        ("unit_price_low_dkk", "unit_price_dkk", False),
        ("unit_price_dkk", "unit_price_high_dkk", False),
    ]
    for low, high, is_strict in pairs:
        wrong = frame[low] >= frame[high] if is_strict else frame[low] > frame[high]
        for row in records(frame, wrong.fillna(False)):
            yield place.problem(
                f"værdien passer ikke til {place.heading(low)} ({row[low]:g})",
                f"en værdi {'over' if is_strict else 'på mindst'} {place.heading(low)}",
                row[ROW],
                high,
                f"{row[high]:g}",
            )


def benefits_exclude_each_other(tables: Tables, places: Places) -> Iterator[Problem]:
    """A citizen lives on one income benefit at a time."""
    exclusive = [code for code, service in read_services().items() if service.is_exclusive_benefit]
    frame = tables["trajectories"]
    frame = frame[frame["service_code"].isin(exclusive)]
    frame = frame.dropna(subset=["case_id", "scenario", "from_month", "to_month"])
    frame = frame.sort_values(["case_id", "scenario", "from_month", "to_month"])
    latest: dict[tuple[str, str], float] = {}
    for row in records(frame):
        course = row["case_id"], row["scenario"]
        reached = latest.get(course, 0.0)
        latest[course] = max(reached, row["to_month"])
        if row["from_month"] >= reached:
            continue
        yield places["trajectories"].problem(
            f"forsørgelsen overlapper en anden, der løber til måned {reached:g}",
            "én forsørgelsesydelse ad gangen for samme borger og scenarie",
            row[ROW],
            "from_month",
            f"{row['from_month']:g}",
        )


ECONOMIC_CHECKS = (
    time_is_given_once,
    someone_pays,
    payers_pay_everything,
    refunds_are_for_benefits,
    selected_have_trajectories,
    services_are_known,
    estimates_are_ordered,
    benefits_exclude_each_other,
)
