"""Refund rules as data: which share of an income benefit the state pays, by date and weeks.

Before 2016 the share followed the activity of the recipient, since 2016 the weeks that a
citizen has lived on public benefits. A municipality may bring a `refund_rules.csv` of its
own; else the handbook's data/reference/refund_rules.csv counts.
"""

import datetime as dt
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd

from fremskudt.contract.columns import Column, Date, Identifier, Number, OneOf, Text
from fremskudt.contract.csv_files import read_csv_file
from fremskudt.contract.folder import DeliveryFolder
from fremskudt.contract.problems import Place, Problem
from fremskudt.contract.reading import ROW, read_table
from fremskudt.contract.rows import records
from fremskudt.contract.tables import ORIGIN, Table
from fremskudt.workspace import HANDBOOK

REFUNDS_FILE = HANDBOOK / "data" / "reference" / "refund_rules.csv"
FOREVER = pd.Timestamp("2199-12-31").as_unit("s")
ALL_BENEFITS, THIS_BENEFIT = "all_benefits", "this_benefit"

REFUND_RULES = Table(
    "refund_rules",
    "Refusionsregler",
    "statens andel i en periode og for et antal uger på ydelsen",
    ("rule", "valid_from", "weeks_from"),
    (
        Column("rule", Identifier(), "Regel", "Navnet, som kolonnen refund_rule henviser til."),
        Column("label_da", Text(), "Navn", "Reglens navn på siderne."),
        Column("valid_from", Date(), "Gælder fra", "Første dag."),
        Column(
            "valid_to", Date(), "Gælder til", "Sidste dag; tom for den gældende.", is_required=False
        ),
        Column("weeks_from", Number(0, 2000), "Fra uge", "Hele uger før trinnet begynder."),
        Column(
            "weeks_to",
            Number(1, 2000),
            "Til uge",
            "Hele uger når trinnet slutter; tom for det sidste.",
            is_required=False,
        ),
        Column(
            "weeks_counted",
            OneOf((ALL_BENEFITS, THIS_BENEFIT), ("Al forsørgelse", "Kun denne ydelse")),
            "Uger tælles på",
            "all_benefits tæller al forsørgelse efter en regel, this_benefit kun ydelsen selv.",
        ),
        Column("state_share", Number(0, 1), "Statens andel", "Andel af ydelsen, 0 til 1."),
        Column("origin", ORIGIN, "Oprindelse", "Hvor satsen kommer fra."),
        Column("source", Text(), "Kilde", "Lov og paragraf.", is_required=False),
        Column("note_da", Text(), "Note", "Forbehold.", is_required=False),
    ),
)


@dataclass(frozen=True)
class Period:
    """One rule between two days: (weeks from, weeks to, state's share) in order of weeks."""

    rule: str
    label: str
    valid_from: pd.Timestamp
    valid_to: pd.Timestamp
    weeks_counted: str
    steps: tuple[tuple[float, float, float], ...]
    source: str

    @property
    def is_open(self) -> bool:
        """Whether the rule is still in force."""
        return bool(self.valid_to == FOREVER)

    def state_share(self, since: float, until: float) -> float:
        """The state's mean share over the weeks [since, until) on the benefit."""
        paid = sum(
            max(0.0, min(until, to) - max(since, begin)) * share for begin, to, share in self.steps
        )
        return paid / (until - since)


@dataclass(frozen=True)
class RefundRules:
    """Checked rules: for every rule the periods follow each other without a gap, and within
    a period the steps cover all weeks from 0."""

    periods: dict[str, tuple[Period, ...]]
    is_own: bool = False

    def on(self, rule: str, day: pd.Timestamp) -> Period:
        """The rule as in force on a day. KeyError when it covers no such day."""
        for period in self.periods[rule]:
            if period.valid_from <= day <= period.valid_to:
                return period
        raise KeyError(f"{rule} on {day:%Y-%m-%d}")


def read_refund_rules(folder: DeliveryFolder) -> tuple[RefundRules, list[Problem]]:
    """The rules of a municipality's folder, or the handbook's, and what is wrong with them.

    Faulty rules come back empty.
    """
    sheet, place, problems = folder.read(REFUND_RULES, is_optional=True)
    if sheet is None and not problems:
        return handbook_rules(), []
    frame, found = read_table(sheet, REFUND_RULES)
    problems += found
    problems = problems or list(_check(frame, place))
    is_wrong = any(problem.is_error for problem in problems)
    return RefundRules({} if is_wrong else _periods(frame), is_own=True), problems


@cache
def handbook_rules() -> RefundRules:
    """The rules of data/reference/refund_rules.csv; a test holds them to the same checks."""
    sheet, _ = read_csv_file(REFUNDS_FILE, REFUNDS_FILE.name, REFUND_RULES)
    frame, _ = read_table(sheet, REFUND_RULES)
    return RefundRules(_periods(frame))


def _periods(frame: pd.DataFrame) -> dict[str, tuple[Period, ...]]:
    found: dict[str, tuple[Period, ...]] = {}
    filled = frame.fillna({"valid_to": FOREVER, "weeks_to": float("inf")})
    for _, rows in filled.groupby(["rule", "valid_from"], sort=True):
        first, rows = rows.iloc[0], rows.sort_values("weeks_from")
        period = Period(
            str(first["rule"]),
            str(first["label_da"]),
            first["valid_from"],
            first["valid_to"],
            str(first["weeks_counted"]),
            tuple(zip(rows["weeks_from"], rows["weeks_to"], rows["state_share"], strict=True)),
            "" if pd.isna(first["source"]) else str(first["source"]),
        )
        found[period.rule] = (*found.get(period.rule, ()), period)
    return found


def day_of_month(start: pd.Timestamp, month: int, known_until: dt.date) -> pd.Timestamp:
    """The day whose rules count for a month of a trajectory: its first day (the last of the
    calendar's month where that is shorter), but never later than the rules were known."""
    years, index = divmod(start.month - 1 + month, 12)
    year, number = start.year + years, index + 1
    day = min(start.day, monthrange(year, number)[1])
    return min(pd.Timestamp(year, number, day), pd.Timestamp(known_until))


def rules_cover_the_lines(
    tables: dict[str, pd.DataFrame],
    rules: RefundRules,
    known_until: dt.date | None,
    place: Place,
) -> Iterator[Problem]:
    """Every rule that a line names is known, and was in force when the line begins.

    Without `known_until` (municipality.yml is at fault) only the names are checked.
    """
    starts = tables["cases"].dropna(subset=["case_id"]).drop_duplicates("case_id")
    starts = starts.set_index("case_id")["start_date"].to_dict()
    lines = tables["trajectories"].dropna(subset=["refund_rule", "from_month"])
    for row in records(lines):
        rule, start = row["refund_rule"], starts.get(row["case_id"], pd.NaT)
        what = wanted = ""
        if rule not in rules.periods:
            what, wanted = (
                "refusionsreglen findes ikke",
                "en af reglerne " + ", ".join(rules.periods),
            )
        elif pd.notna(start) and known_until is not None:
            day = day_of_month(start, int(row["from_month"]), known_until)
            first = rules.periods[rule][0].valid_from
            if day < first:
                what = f"refusionsreglen gælder ikke {day:%Y-%m-%d}, hvor ydelsen begynder"
                wanted = f"en regel for den dag ({rule} begynder {first:%Y-%m-%d}) eller andelene"
        if what:
            yield place.problem(what, wanted, row[ROW], "refund_rule", rule)


def _check(frame: pd.DataFrame, place: Place) -> Iterator[Problem]:
    if frame.empty:
        yield place.problem("filen har ingen regler", "mindst én regel, eller ingen fil")
    for _, rule in frame.groupby("rule", sort=False):
        yield from _check_dates(rule, place)
        for _, period in rule.groupby("valid_from"):
            yield from _check_weeks(period, place)


def _check_dates(rule: pd.DataFrame, place: Place) -> Iterator[Problem]:
    """The periods of a rule follow each other day by day; the last one and no other is open."""
    periods = rule.drop_duplicates(["valid_from", "valid_to"]).sort_values("valid_from")
    for index, row in periods[periods["valid_to"] < periods["valid_from"]].iterrows():
        yield place.problem(
            f"perioden i reglen {row['rule']} slutter, før den begynder",
            f"en dato fra {row['valid_from']:%Y-%m-%d}",
            _row_of(rule, index),
            "valid_to",
            f"{row['valid_to']:%Y-%m-%d}",
        )
    previous = None
    for row in periods.itertuples():
        if previous is not None:
            yield from _check_step(rule, previous, row, place)
        previous = row
    if previous is not None and pd.notna(previous.valid_to):
        yield place.problem(
            f"reglen {previous.rule} slutter uden afløser",
            "en tom celle i den sidste periode; en ny regel får en ny periode",
            _row_of(rule, previous.Index),
            "valid_to",
            f"{previous.valid_to:%Y-%m-%d}",
        )


def _check_step(rule: pd.DataFrame, previous: Any, row: Any, place: Place) -> Iterator[Problem]:
    """A period begins on the day after the one before it."""
    if pd.isna(previous.valid_to):
        what = "perioden før er ikke slut"
        wanted = "en sidste dag i perioden før; hver periode begynder dagen efter den forrige"
    else:
        day = previous.valid_to + pd.Timedelta(days=1)
        if row.valid_from == day:
            return
        overlaps = row.valid_from < day
        what = (
            "perioden overlapper den forrige"
            if overlaps
            else f"der er et hul fra {day:%Y-%m-%d} til denne periode"
        )
        wanted = f"{day:%Y-%m-%d}, dagen efter at den forrige periode slutter"
    yield place.problem(
        f"{what} i reglen {row.rule}",
        wanted,
        _row_of(rule, row.Index),
        "valid_from",
        f"{row.valid_from:%Y-%m-%d}",
    )


def _check_weeks(period: pd.DataFrame, place: Place) -> Iterator[Problem]:
    """Within a period the steps cover all weeks from 0 on, none twice."""
    reached: float | None = 0.0
    steps = period.sort_values("weeks_from")
    for index, row in steps[steps["weeks_counted"] != steps["weeks_counted"].iloc[0]].iterrows():
        yield place.problem(
            f"ugerne tælles på to måder i samme periode af reglen {row['rule']}",
            f"samme måde i hele perioden, her {steps['weeks_counted'].iloc[0]}",
            _row_of(period, index),
            "weeks_counted",
            row["weeks_counted"],
        )
    for row in steps.itertuples():
        if reached is None or row.weeks_from != reached:
            yield place.problem(
                f"ugerne hænger ikke sammen i reglen {row.rule}",
                f"et trin, der begynder ved uge {reached:g}"
                if reached is not None
                else "intet trin efter det, der ikke har en sidste uge",
                _row_of(period, row.Index),
                "weeks_from",
                f"{row.weeks_from:g}",
            )
        reached = None if pd.isna(row.weeks_to) else float(row.weeks_to)
    if reached is not None:
        last = steps.index[-1]
        yield place.problem(
            f"det sidste trin i reglen {steps.loc[last, 'rule']} slutter",
            "en tom celle i det sidste trin, så alle uger er dækket",
            _row_of(period, last),
            "weeks_to",
            f"{reached:g}",
        )


def _row_of(frame: pd.DataFrame, index: object) -> int:
    return int(frame.loc[index, ROW])
