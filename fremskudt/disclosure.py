"""The one door: a result becomes a Publishable table, small cells protected.

Presentation accepts nothing but `Publishable`, and only `publish` makes one.

Rules for registered data (a municipality's own). For a municipality's threshold t:
* a group with fewer than t answers is hidden as a whole;
* a count from 1 to t − 1 is hidden (primary suppression); zero is shown;
* neighbouring steps of an ordered scale are shown as one before anything is hidden;
* all tables of a municipality are protected together (`fremskudt.protection`): an intruder who
  reads all pages finds at least t − 1 possible values for every hidden number;
* where a case can give several answers, a count is also hidden when fewer than t did not
  give the answer;
* the number of cases registered in a phase tells of the registering and is hidden only when it
  is small itself;
* a total over municipalities is hidden when one of its parts is;
* an amount with fewer than t citizens behind it is hidden, and a second one where amounts sum
  to a published total; the course of a single citizen is never shown;
* shares and intervals are computed from what is left.

Constructed and reconstructed data describe no real person and are shown as they are; a group
with too few answers to be worth a percentage is still marked as few.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from fremskudt.analysis.intervals import wilson
from fremskudt.analysis.measures import Measure
from fremskudt.analysis.printed import printed_values
from fremskudt.analysis.result import ALL, Amounts, Counts, Courses, Guard
from fremskudt.contract.constants import constant
from fremskudt.contract.origins import weakest
from fremskudt.protection.applied import HIDDEN as HIDDEN
from fremskudt.protection.applied import SHOWN as SHOWN
from fremskudt.protection.applied import applied, merged_totals
from fremskudt.protection.tables import JOIN, parts_of

FEW = "few"
_DOOR = object()


@dataclass(frozen=True)
class Publishable:
    """A table that may be shown.

    `frame` holds municipality, group, category, n, origin and status (shown, hidden, few),
    and either count, share, lower, upper (counts) or value (amounts, in `unit`). Hidden and
    few rows hold no count, share or value; a hidden group holds no n either. `name` tells the
    table from all others of a municipality's pages; `periods` is the time that each
    municipality's data cover, in words.
    """

    measure: Measure
    frame: pd.DataFrame
    names: dict[str, str]
    group_scale: str = ""
    unit: str = "count"
    thresholds: dict[str, int] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    name: str = ""
    periods: dict[str, str] = field(default_factory=dict)
    _door: object = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if self._door is not _DOOR:
            raise TypeError("only fremskudt.disclosure.publish makes a Publishable")

    def where(self, **wanted: str) -> "Publishable":
        """The rows where every named column has the wanted value."""
        frame = self.frame
        for column, value in wanted.items():
            frame = frame[frame[column] == value]
        return self._with(frame)

    def without(self, **unwanted: str) -> "Publishable":
        """The rows where no named column has the unwanted value."""
        frame = self.frame
        for column, value in unwanted.items():
            frame = frame[frame[column] != value]
        return self._with(frame)

    def joined(self, categories: Sequence[str]) -> "Publishable":
        """These categories as one, by municipality and group, made of what is shown alone.

        A row is hidden where its count does not follow from shown ones. The sum of what is
        printed is not itself printed.
        """
        wanted, rows = set(categories), []
        for (place, group), mine in self.frame.groupby(["municipality", "group"], sort=False):
            found = mine[[bool(wanted & set(parts_of(one))) for one in mine["category"]]]
            covered = {part for one in found["category"] for part in parts_of(one)}
            statuses = set(found["status"])
            is_told = covered == wanted and statuses == {SHOWN}
            origins = set(found["origin"])
            is_sum = len(found) > 1 and origins != {"registered"}
            rows.append(
                {
                    **{"municipality": place, "group": group, "category": JOIN.join(categories)},
                    "count": found["count"].sum() if is_told else np.nan,
                    "n": found["n"].iloc[0],
                    "origin": weakest([*origins, *["reconstructed"] * is_sum]),
                    "status": SHOWN if is_told else FEW if FEW in statuses else HIDDEN,
                }
            )
        frame = pd.DataFrame(rows)
        lower, upper = wilson(frame["count"].to_numpy(), frame["n"].to_numpy())
        share = frame["count"] / frame["n"].where(frame["n"] > 0)
        return self._with(frame.assign(share=share, lower=lower, upper=upper))

    def _with(self, frame: pd.DataFrame) -> "Publishable":
        return Publishable(
            self.measure,
            frame.reset_index(drop=True),
            self.names,
            self.group_scale,
            self.unit,
            self.thresholds,
            self.labels,
            self.name,
            self.periods,
            _DOOR,
        )

    @cached_property
    def rows(self) -> tuple[Any, ...]:
        """The rows as named tuples; the column count is called count_ (tuples own `count`)."""
        return tuple(self.frame.rename(columns={"count": "count_"}).itertuples(index=False))

    @property
    def is_protected(self) -> bool:
        """Whether anything is hidden, or shown only together with its neighbours."""
        return bool((self.frame["status"] == HIDDEN).any()) or self.is_merged

    @property
    def is_merged(self) -> bool:
        return any(JOIN in category for category in self.frame["category"])


def publish(result: Counts | Amounts | Courses) -> Publishable:
    """The result with small cells protected and the origin of every row."""
    labels: dict[str, str] = {}
    group_scale = ""
    if isinstance(result, Counts):
        frame, unit, group_scale = _protect_counts(result), "count", result.group_scale
    elif isinstance(result, Amounts):
        frame, unit, group_scale = _protect_amounts(result), result.unit, result.group_scale
        labels = result.labels
    else:
        frame, unit = _protect_courses(result), "course"
    if not isinstance(result, Courses):
        frame["origin"] = _upgrade_origin(frame, result, unit)
    names = {slug: guard.name for slug, guard in result.guards.items()} | {ALL: "Alle"}
    thresholds = {
        slug: guard.threshold for slug, guard in result.guards.items() if guard.is_registered
    }
    return Publishable(
        result.measure,
        frame.reset_index(drop=True),
        names,
        group_scale,
        unit,
        thresholds,
        labels,
        result.name if isinstance(result, Counts) else result.measure.code,
        _periods(result.guards),
        _DOOR,
    )


def _periods(guards: Mapping[str, Guard]) -> dict[str, str]:
    """The time that each municipality's data cover, as its pages write it."""
    return {
        slug: f"{town.period_start:%d.%m.%Y}–{town.period_end:%d.%m.%Y}"
        for slug, guard in guards.items()
        if guard.delivery and (town := guard.delivery.municipality)
    }


def _protect_counts(result: Counts) -> pd.DataFrame:
    frame = merged_totals(_protected_rows(result), ALL)
    status, n = frame["status"].to_numpy(dtype=object), frame["n"].to_numpy(dtype=float)
    status = np.where((n < constant("minimum_shown")) & (status == SHOWN), FEW, status)
    count = np.where(status == SHOWN, frame["count"].to_numpy(dtype=float), np.nan)
    n = np.where(frame["size_is_shown"].to_numpy(dtype=bool), n, np.nan)
    lower, upper = wilson(count, n)
    if result.measure.is_process or result.measure.is_chosen:
        lower = upper = np.full(len(frame), np.nan)
    protected = frame[["municipality", "group", "category"]].to_dict("series")
    protected |= {"count": count, "n": n, "origin": frame["origin"], "status": status}
    protected |= {"share": count / np.where(n > 0, n, np.nan), "lower": lower, "upper": upper}
    return pd.DataFrame(protected)


def _protected_rows(result: Counts) -> pd.DataFrame:
    """The rows, municipality by municipality, each with whether its count and its n are shown."""
    registered = {slug for slug, guard in result.guards.items() if guard.is_registered}
    codes, slugs = pd.factorize(result.frame["municipality"])
    if not registered.intersection(slugs):
        in_order = result.frame.iloc[np.argsort(codes, kind="stable")]
        return in_order.assign(status=SHOWN, size_is_shown=True)
    frames = []
    for number, slug in enumerate(slugs):
        mine = result.frame[codes == number]
        if slug in registered:
            frames.append(applied(result, mine, result.guards[slug]))
        else:
            frames.append(mine.assign(status=SHOWN, size_is_shown=True))
    return pd.concat(frames)


def _protect_amounts(result: Amounts) -> pd.DataFrame:
    frame = result.frame.copy()
    frame["status"] = SHOWN
    frame["n"] = frame["n"].astype("float64")
    if result.is_personal:
        for slug, guard in result.guards.items():
            small = (frame["municipality"] == slug) & (frame["n"] < guard.threshold)
            if guard.is_registered:
                frame.loc[small, "status"] = HIDDEN
                frame.loc[small, "n"] = np.nan
    for slug, category in _thin_categories(result):
        thin = (frame["municipality"] == slug) & (frame["category"] == category)
        frame.loc[thin, ["status", "n"]] = [HIDDEN, np.nan]
    if result.parts_of_total:
        _hide_a_second_group(frame, result.public_groups)
    if result.unit == "cases":
        for slug, guard in result.guards.items():
            few = frame["value"].between(1, guard.threshold - 1)
            if guard.is_registered:
                frame.loc[(frame["municipality"] == slug) & few, "status"] = HIDDEN
    frame["value"] = frame["value"].where(frame["status"] == SHOWN)
    return frame


def _thin_categories(result: Amounts) -> list[tuple[str, str]]:
    """Categories (payers) of registered data with too few citizens behind them, by municipality,
    and, where it is one alone, the next smallest: the total would tell it."""
    found = []
    for slug, guard in result.guards.items():
        behind = {c: n for (s, c), n in result.contributors.items() if s == slug and n > 0}
        thin = sorted((c for c, n in behind.items() if n < guard.threshold), key=behind.__getitem__)
        if not guard.is_registered or not thin:
            continue
        if len(thin) == 1:
            # Of equals the last payer of the scale: the municipality's own is wanted most.
            others = [c for c in reversed(behind) if c not in thin]
            thin += sorted(others, key=behind.__getitem__)[:1]
        found += [(slug, category) for category in thin]
    return found


def _hide_a_second_group(frame: pd.DataFrame, public: tuple[str, ...]) -> None:
    """Where one group alone is hidden, the sum tells it: hide the next smallest too; in place."""
    personal = frame[~frame["group"].isin(public)]
    for _, mine in personal.groupby("municipality"):
        sizes = mine.groupby("group")["n"].first()
        hidden = mine.groupby("group")["status"].first() == HIDDEN
        if hidden.sum() == 1 and not hidden.all():
            second = sizes[~hidden].idxmin()
            rows = mine.index[mine["group"] == second]
            frame.loc[rows, ["status", "n"]] = [HIDDEN, np.nan]


def _protect_courses(result: Courses) -> pd.DataFrame:
    """One citizen stands behind every row: registered courses are not shown at all."""
    registered = [slug for slug, guard in result.guards.items() if guard.is_registered]
    frame = result.frame[~result.frame["municipality"].isin(registered)]
    return frame.assign(status=SHOWN)


def _upgrade_origin(frame: pd.DataFrame, result: Counts | Amounts, unit: str) -> pd.Series:
    """A shown figure that the sources print, and that the data reproduce, is published."""
    if isinstance(result, Counts) and result.is_joint:
        return frame["origin"]
    printed = printed_values(result.measure.code)
    registered = {slug for slug, guard in result.guards.items() if guard.is_registered}
    columns = ["municipality", "group", "category", "status", "n", "origin"]
    columns.append("count" if unit == "count" else "value")
    origins = []
    for *key, status, n, origin, value in zip(*(frame[name] for name in columns), strict=True):
        figure = printed.get((key[0], key[1], key[2]))
        if figure and status == SHOWN and key[0] not in registered:
            total = n if unit == "count" else float("nan")
            origin = "published" if figure.agrees(value, total) else origin
        origins.append(origin)
    return _sums_of_printed(frame, pd.Series(origins, frame.index, dtype=frame["origin"].dtype))


def _sums_of_printed(frame: pd.DataFrame, origin: pd.Series) -> pd.Series:
    """A total whose parts are all published follows from what is printed; it is not printed."""
    is_total = frame["category"] == "total"
    if not is_total.any():
        return origin
    groups = list(zip(frame["municipality"], frame["group"], strict=True))
    parts: dict[tuple[str, str], set[str]] = {}
    for group, one, is_sum in zip(groups, origin, is_total, strict=True):
        if not is_sum:
            parts.setdefault(group, set()).add(one)
    follows = np.array([parts.get(group) == {"published"} for group in groups], dtype=bool)
    return origin.mask(is_total & follows, "reconstructed")
