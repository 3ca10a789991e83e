"""A table as its plan lets it be shown: merged rows, hidden rows, and totals of them."""

from functools import cache
from typing import Any

import pandas as pd

from fremskudt.analysis.counting import complete_cases
from fremskudt.analysis.result import Counts, Guard
from fremskudt.analysis.shown import shown_counts
from fremskudt.contract.delivery import Delivery
from fremskudt.errors import WrongUsage
from fremskudt.protection.links import COMPLETE
from fremskudt.protection.plan import LinePlan, Piece, Plan, protect
from fremskudt.protection.remembered import remember, remembered
from fremskudt.protection.tables import JOIN, Shape, Values, parts_of, true_values

SHOWN, HIDDEN = "shown", "hidden"


def applied(result: Counts, frame: pd.DataFrame, guard: Guard) -> pd.DataFrame:
    """A municipality's rows of a table, merged and marked with status and size_is_shown.

    A table that comes from a delivery is protected together with all tables of its pages.
    Raises `WrongUsage` for one that `analysis.shown` does not list.
    """
    slug = str(frame["municipality"].iloc[0])
    plan = _plan(result, slug, guard)
    rows = []
    for group, mine in frame.groupby("group", sort=False):
        line = plan[result.name, str(group)]
        rows += _rows(mine, line)
    return pd.DataFrame(rows, columns=[*frame.columns, "status", "size_is_shown"])


def _rows(frame: pd.DataFrame, line: LinePlan) -> list[dict[str, object]]:
    by_category: dict[str, dict[str, Any]] = {
        row["category"]: row for row in frame.to_dict("records")
    }
    rows = []
    for piece in line.pieces:
        names = piece.categories if piece.is_shown else ()
        shown_as = [names] if names else [(one,) for one in piece.categories]
        rows += [
            by_category[parts[0]]
            | {
                "category": JOIN.join(parts),
                "count": int(sum(by_category[one]["count"] for one in parts)),
                "status": SHOWN if piece.is_shown else HIDDEN,
                "size_is_shown": line.size_is_shown,
            }
            for parts in shown_as
        ]
    order = list(by_category)
    return sorted(rows, key=lambda row: order.index(parts_of(row["category"])[0]))


def _plan(result: Counts, slug: str, guard: Guard) -> Plan:
    if guard.delivery is None:
        return protect([result], slug, guard.threshold)
    kept = remembered(guard.delivery, result)
    if kept is not None:
        return kept
    plan, values = plan_of(guard.delivery)
    mine = true_values(result, slug)
    if any(values.get(cell) != value for cell, value in mine.items()):
        raise WrongUsage(
            f"Tabellen «{result.measure.title}» ({result.name}) er ikke blandt dem, der beskyttes "
            "sammen. Føj den til fremskudt/analysis/shown.py, før den vises."
        )
    return plan


@cache
def plan_of(delivery: Delivery) -> tuple[Plan, Values]:
    """The plan for all tables of a delivery's pages, and their true values."""
    results = shown_counts(delivery)
    beside = {COMPLETE: len(complete_cases(delivery))}
    values = dict(beside)
    for one in results:
        values |= true_values(one, delivery.slug)
    plan = protect(results, delivery.slug, delivery.municipality.disclosure_threshold, beside)
    remember(delivery, plan, values)
    return plan, values


def shapes_of(delivery: Delivery) -> dict[str, Shape]:
    """What is public of the tables of a delivery's pages."""
    return {one.name: Shape.of(one) for one in shown_counts(delivery)}


def merged_totals(frame: pd.DataFrame, total: str) -> pd.DataFrame:
    """The rows with those of the total merged and hidden as its parts demand.

    Categories that are shown as one in any municipality are so in the total; the total is hidden
    where a part is, and so is its n.
    """
    parts = frame[frame["municipality"] != total]
    if len(parts) == len(frame):
        return frame
    totals = []
    for group, mine in frame[frame["municipality"] == total].groupby("group", sort=False):
        totals += _rows(mine, _total_plan(parts[parts["group"] == group], list(mine["category"])))
    return pd.concat([parts, pd.DataFrame(totals, columns=frame.columns)], ignore_index=True)


def _total_plan(parts: pd.DataFrame, categories: list[str]) -> LinePlan:
    pieces = [{category} for category in categories]
    for category in dict.fromkeys(parts["category"]):
        joined = set(parts_of(category))
        touched = [piece for piece in pieces if piece & joined]
        pieces = [piece for piece in pieces if not piece & joined] + [set().union(*touched)]
    hidden = set(parts.loc[parts["status"] == HIDDEN, "category"])
    ordered = sorted(
        (tuple(sorted(piece, key=categories.index)) for piece in pieces),
        key=lambda piece: categories.index(piece[0]),
    )
    return LinePlan(
        tuple(Piece(piece, not hidden & set(piece)) for piece in ordered),
        bool(parts["size_is_shown"].all()),
    )
