"""What is possible in a delivery but unlikely: warnings, which stop nothing.

A wrong date, a mistaken column or half a delivery is often correct in form. Each check says
what is unusual and where; the one who knows the cases judges.
"""

from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd

from fremskudt.contract.columns import Code, Date
from fremskudt.contract.constants import constant
from fremskudt.contract.municipality import Municipality
from fremskudt.contract.problems import Problem
from fremskudt.contract.reading import ROW
from fremskudt.contract.rows import Places, Tables, records
from fremskudt.contract.scales import scale
from fremskudt.contract.tables import TABLES
from fremskudt.contract.unit_prices import price_span

ANSWERS = ("cases", "registrations")  # the tables in which an empty cell is a missing answer
ONE_ANSWER_IS_USUAL = {"target_group"}  # a municipality may well have one target group
LATER_PHASES = {"wellbeing_change", "goal_change", "citizen_rating"}
# The young target group is meant for citizens at the beginning of their adult life.
UNUSUAL_AGES = {"young": {"age_46_55", "age_56_65", "age_66_plus"}}
JUDGE = "Se efter, om det passer. Gør det det, er der intet at rette."
Check = Callable[[Tables, Places, Municipality], Iterator[Problem]]


def unlikely(tables: Tables, places: Places, municipality: Municipality | None) -> list[Problem]:
    """All warnings; none while municipality.yml cannot be read, for the period is unknown."""
    if municipality is None:
        return []
    return [problem for check in CHECKS for problem in check(tables, places, municipality)]


def follow_up_is_in_time(tables: Tables, places: Places, _: Municipality) -> Iterator[Problem]:
    """The follow-up is planned some months after the end of the case: neither before the end
    nor long after it."""
    latest = int(constant("latest_follow_up_days"))
    ends = tables["cases"].dropna(subset=["case_id"]).drop_duplicates("case_id")
    third = tables["registrations"].query("phase == 3")
    end = ends.set_index("case_id")["end_date"].reindex(third["case_id"]).set_axis(third.index)
    days = (third["registration_date"] - end).dt.days
    for is_odd, what in (
        (days < 0, "opfølgningen ligger før sagens afslutning"),
        (days > latest, f"opfølgningen ligger mere end {latest} dage efter sagens afslutning"),
    ):
        for row in records(third, is_odd.fillna(False)):
            yield places["registrations"].problem(
                what,
                "en opfølgning omkring tre måneder efter afslutningen",
                row[ROW],
                "registration_date",
                f"{row['registration_date']:%d-%m-%Y}",
                "warning",
                JUDGE,
            )


def answers_are_given(tables: Tables, places: Places, _: Municipality) -> Iterator[Problem]:
    """A column that is empty almost everywhere was perhaps lost on the way."""
    share, least = constant("missing_share_warning"), int(constant("least_rows_for_warning"))
    for name in ANSWERS:
        for column in TABLES[name].columns:
            asked = _asked(tables[name], column.name)
            missing = asked.isna().mean() if len(asked) >= least else 0
            if missing >= share and not column.is_required:
                yield places[name].problem(
                    f"kolonnen er tom i {missing * 100:.0f} % af rækkerne",
                    "svar i de fleste rækker",
                    None,
                    column.name,
                    None,
                    "warning",
                    JUDGE,
                )


def answers_differ(tables: Tables, places: Places, _: Municipality) -> Iterator[Problem]:
    """The same answer in every row was perhaps filled down by mistake."""
    least = int(constant("least_rows_for_warning"))
    for name in ANSWERS:
        for column in TABLES[name].columns:
            if not isinstance(column.kind, Code) or column.name in ONE_ANSWER_IS_USUAL:
                continue
            given = _asked(tables[name], column.name).dropna()
            if len(given) >= least and given.nunique() == 1:
                label = scale(column.kind.scale).label(given.iloc[0])
                yield places[name].problem(
                    f"alle {len(given)} svar er ens",
                    "forskellige svar",
                    None,
                    column.name,
                    label,
                    "warning",
                    JUDGE,
                )


def cases_come_steadily(
    tables: Tables, places: Places, municipality: Municipality
) -> Iterator[Problem]:
    """A long time without a new case inside the period: perhaps a part is missing. The time
    after the last case counts not: cases must end before the period does."""
    longest = int(constant("longest_gap_days"))
    begin, end = (pd.Timestamp(day) for day in (municipality.period_start, municipality.period_end))
    starts = tables["cases"]["start_date"].dropna()
    starts = starts[(starts >= begin) & (starts <= end)].sort_values()
    if starts.empty:
        return
    days = np.array([begin, *starts.unique()], dtype="datetime64[D]")
    gaps = np.diff(days).astype(int)
    for at in np.flatnonzero(gaps > longest):
        yield places["cases"].problem(
            f"ingen nye sager i {gaps[at]} dage ({days[at]} til {days[at + 1]})",
            f"nye sager med højst {longest} dage imellem i perioden",
            None,
            "start_date",
            None,
            "warning",
            JUDGE,
        )


def dates_are_near_the_period(
    tables: Tables, places: Places, municipality: Municipality
) -> Iterator[Problem]:
    """A date more than a year outside the period is often a slip in the year."""
    year = pd.DateOffset(years=1)
    begin = pd.Timestamp(municipality.period_start) - year
    end = pd.Timestamp(municipality.period_end) + year
    for table in TABLES.values():
        frame = tables[table.name]
        for column in (one.name for one in table.columns if isinstance(one.kind, Date)):
            for row in records(frame, (frame[column] < begin) | (frame[column] > end)):
                yield places[table.name].problem(
                    "datoen ligger mere end et år uden for kommunens periode",
                    f"en dato fra {begin:%d-%m-%Y} til {end:%d-%m-%Y}",
                    row[ROW],
                    column,
                    f"{row[column]:%d-%m-%Y}",
                    "warning",
                    JUDGE,
                )


def ages_fit_the_target_group(tables: Tables, places: Places, _: Municipality) -> Iterator[Problem]:
    """The young are not old."""
    frame = tables["cases"]
    for group, ages in UNUSUAL_AGES.items():
        for row in records(frame, (frame["target_group"] == group) & frame["age_group"].isin(ages)):
            yield places["cases"].problem(
                f"alderen er usædvanlig for målgruppen «{scale('target_group').label(group)}»",
                "en alder, der passer til målgruppen",
                row[ROW],
                "age_group",
                scale("age_group").label(row["age_group"]),
                "warning",
                JUDGE,
            )


def roles_are_few(tables: Tables, places: Places, _: Municipality) -> Iterator[Problem]:
    """Somebody who had every role was perhaps given them all by a form."""
    most = int(constant("most_roles"))
    frame = tables["roles"].dropna(subset=["case_id"])
    position = frame.groupby("case_id").cumcount()
    for row in records(frame, position == most):
        yield places["roles"].problem(
            f"sagen har mere end {most} roller",
            f"højst {most} roller i en sag",
            row[ROW],
            "case_id",
            row["case_id"],
            "warning",
            JUDGE,
        )


def prices_are_usual(tables: Tables, places: Places, _: Municipality) -> Iterator[Problem]:
    """A price many times over or under the price list: perhaps per year and not per month."""
    times = constant("unusual_price_times")
    frame = tables["trajectories"].dropna(subset=["service_code", "unit_price_dkk"])
    spans = {code: price_span(code) for code in frame["service_code"].unique()}
    for row in records(frame):
        span = spans[row["service_code"]]
        if span is None or span[0] / times <= row["unit_price_dkk"] <= span[1] * times:
            continue
        yield places["trajectories"].problem(
            f"enhedsprisen er langt fra prislistens {_span(span)} kr.",
            f"en pris, der højst er {times:g} gange større eller mindre",
            row[ROW],
            "unit_price_dkk",
            f"{row['unit_price_dkk']:g}",
            "warning",
            "Se efter, om prisen gælder den rigtige enhed (time, dag, måned).",
        )


def _span(span: tuple[float, float]) -> str:
    low, high = (f"{price:.0f}" for price in span)
    return low if low == high else f"{low}–{high}"


def _asked(frame: pd.DataFrame, column: str) -> pd.Series:
    """The cells in which an answer is expected: change is judged in the later phases only."""
    return frame.loc[frame["phase"] > 1, column] if column in LATER_PHASES else frame[column]


CHECKS: tuple[Check, ...] = (
    follow_up_is_in_time,
    answers_are_given,
    answers_differ,
    cases_come_steadily,
    dates_are_near_the_period,
    ages_fit_the_target_group,
    roles_are_few,
    prices_are_usual,
)
