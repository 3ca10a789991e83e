"""Check the statements that the sources make in words against the data.

data/reference/claims.yml says for each statement which comparison it amounts to; this module
holds the comparisons. Shares are among the answers given, as in the chapters.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from fremskudt.analysis import population
from fremskudt.analysis.counting import phase_code
from fremskudt.analysis.economics import administration, gains
from fremskudt.analysis.printed import JOIN
from fremskudt.analysis.recomputation import counted, select
from fremskudt.contract.delivery import Delivery
from fremskudt.workspace import HANDBOOK

CLAIMS_FILE = HANDBOOK / "data" / "reference" / "claims.yml"
Deliveries = Mapping[str, Delivery]
Spec = dict[str, Any]
CASE_NUMBERS = {
    "cases": "monitored",
    "expected_cases": "expected",
    "carried_out_cases": "carried_out",
}


@dataclass(frozen=True)
class Claim:
    """A statement, where it is made, and how (or why not) it is checked."""

    claim_id: str
    statement: str
    place: str
    status: str
    reason: str
    note: str
    check: Spec

    @property
    def is_checkable(self) -> bool:
        return self.status != "not_checkable"


@cache
def read_claims(path: Path = CLAIMS_FILE) -> tuple[Claim, ...]:
    """All statements of data/reference/claims.yml."""
    return tuple(
        Claim(
            item["id"],
            item["statement"],
            f"{item['source']} {item['section']}".strip(),
            item["status"],
            item.get("reason", ""),
            item.get("note", ""),
            item.get("check", {}),
        )
        for item in yaml.safe_load(path.read_text(encoding="utf-8"))
    )


def holds(claim: Claim, deliveries: Deliveries) -> bool:
    """Does a checkable statement hold in the data? ValueError for one that is not checkable."""
    if not claim.is_checkable:
        raise ValueError(f"{claim.claim_id} cannot be checked: {claim.reason}")
    return _check(claim.check, deliveries)


def _check(check: Spec, deliveries: Deliveries) -> bool:
    return KINDS[check["kind"]](check, deliveries)


def _share(spec: Spec, deliveries: Deliveries, phase: int | None = None) -> float:
    phase = spec.get("phase", 0) if phase is None else phase
    group = phase_code(phase) if phase else "all"
    result = counted(spec["measure"], deliveries, complete=spec.get("complete", False))
    categories = spec.get("categories") or [spec["category"]]
    if spec["measure"] == "registered":
        group, categories = "all", [phase_code(phase)]
    count, n = select(result, spec["municipality"], group, categories)
    if spec.get("known_only"):
        n -= select(result, spec["municipality"], group, ["unknown"])[0]
    return count / n


def _amount(spec: Spec, deliveries: Deliveries) -> float:
    delivery = deliveries[spec["municipality"]]
    measure, categories = spec["measure"], spec.get("category", "total").split(JOIN)
    group = "all"
    if measure == "net_gain":
        frame = gains.net_gain(delivery).frame
    elif measure == "scenario_cost":
        frame, group, categories = gains.scenario_cost(delivery).frame, categories[0], ["total"]
    elif measure in CASE_NUMBERS:
        frame, categories = population.case_numbers(delivery).frame, [CASE_NUMBERS[measure]]
    else:
        frame, categories = administration.administrative_cost(delivery).frame, [measure]
    rows = frame[(frame["group"] == group) & frame["category"].isin(categories)]
    if len(rows) != len(categories):
        raise KeyError(f"{measure}: {group}/{JOIN.join(categories)}")
    return float(rows["value"].sum())


def _largest(spec: Spec, deliveries: Deliveries) -> bool:
    frame = counted(spec["measure"], deliveries, spec.get("complete", False)).frame
    group = phase_code(spec["phase"]) if spec.get("phase") else "all"
    rows = frame[(frame["municipality"] == spec["municipality"]) & (frame["group"] == group)]
    if among := spec.get("among"):
        rows = rows[rows["category"].isin(among)]
    own = rows.loc[rows["category"] == spec["category"], "count"].iloc[0]
    return bool((rows.loc[rows["category"] != spec["category"], "count"] < own).all())


def _even(spec: Spec, deliveries: Deliveries) -> bool:
    shares = [
        _share({**spec, "categories": [category]}, deliveries) for category in spec["categories"]
    ]
    return max(shares) - min(shares) <= float(spec["tolerance"])


def _rising(spec: Spec, deliveries: Deliveries, sign: int) -> bool:
    shares = [sign * _share(spec, deliveries, phase) for phase in spec["phases"]]
    return all(first < second for first, second in pairwise(shares))


def _count_equals(spec: Spec, deliveries: Deliveries) -> bool:
    group = phase_code(spec["phase"]) if spec.get("phase") else "all"
    categories = spec.get("categories") or [spec["category"]]
    result = counted(spec["measure"], deliveries)
    count, _ = select(result, spec["municipality"], group, categories)
    return count == float(spec["value"])


def _all_of(spec: Spec, deliveries: Deliveries) -> bool:
    return all(_check(check, deliveries) for check in spec["checks"])


def _agreement(spec: Spec, deliveries: Deliveries) -> bool:
    share = _share({**spec, "measure": "agreement", "categories": ["agree"]}, deliveries)
    return share > float(spec["threshold"])


KINDS: dict[str, Callable[[Spec, Deliveries], bool]] = {
    "share_above": lambda s, d: _share(s, d) > s["threshold"],
    "share_below": lambda s, d: _share(s, d) < s["threshold"],
    "greater": lambda s, d: _share(s["left"], d) > _share(s["right"], d),
    "approx": lambda s, d: abs(_share(s["left"], d) - _share(s["right"], d)) <= s["tolerance"],
    "largest": _largest,
    "even": _even,
    "increasing": lambda s, d: _rising(s, d, 1),
    "decreasing": lambda s, d: _rising(s, d, -1),
    "amount_greater": lambda s, d: _amount(s["left"], d) > _amount(s["right"], d),
    "amount_above": lambda s, d: _amount(s, d) > s["threshold"],
    "amount_below": lambda s, d: _amount(s, d) < s["threshold"],
    "count_equals": _count_equals,
    "citizens_without_gain": lambda s, d: (
        gains.citizens_without_gain(d[s["municipality"]]) == s["value"]
    ),
    "agreement_above": _agreement,
    "all_of": _all_of,
}
