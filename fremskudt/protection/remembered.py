"""Plans that are kept between the chapters of a run: each is made once for a municipality's data.

A file holds which numbers are shown and which are not, and no number: for each table a seal, which
only one who has the data can make, tells that the plan was made for these very counts.
"""

import hashlib
import hmac
import json
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from fremskudt import __version__
from fremskudt.analysis.result import Counts
from fremskudt.contract.delivery import Delivery
from fremskudt.protection.plan import LinePlan, Piece, Plan
from fremskudt.protection.tables import Cell, true_values

PLANS_VARIABLE = "FREMSKUDT_PLANS"


def remembered(delivery: Delivery, result: Counts) -> Plan | None:
    """The plan that an earlier chapter has left in the folder that FREMSKUDT_PLANS names, if it
    was made for the counts of this table; else None."""
    path = _place(delivery)
    if path is None or not path.is_file():
        return None
    kept = json.loads(path.read_text(encoding="utf-8"))
    seal = _seal(delivery, result.name, true_values(result, delivery.slug))
    return _plan(kept["plan"]) if kept["seals"].get(result.name) == seal else None


def remember(delivery: Delivery, plan: Plan, values: Mapping[Cell, int]) -> None:
    """Leave a plan for the chapters that come later, if there is a folder for it."""
    path = _place(delivery)
    if path is None:
        return
    tables = dict.fromkeys(table for table, _ in plan)
    seals = {
        name: _seal(delivery, name, {c: v for c, v in values.items() if c[0] == name})
        for name in tables
    }
    lines = [
        [*line, [[*one.categories, one.is_shown] for one in found.pieces], found.size_is_shown]
        for line, found in plan.items()
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch = path.with_suffix(f".{os.getpid()}")
    text = json.dumps({"plan": lines, "seals": seals})
    scratch.write_text(text, encoding="utf-8", newline="\n")
    scratch.replace(path)


def _place(delivery: Delivery) -> Path | None:
    folder = os.environ.get(PLANS_VARIABLE)
    if not folder:
        return None
    named = hashlib.sha256(b"place" + _key(delivery)).hexdigest()
    return Path(folder) / f"{named}.json"


@cache
def _key(delivery: Delivery) -> bytes:
    """A hash of the data, the municipality's choices and the rules of the protection."""
    whole = hashlib.sha256(f"{__version__} {delivery.municipality}".encode())
    whole.update(_rules())
    for name, table in delivery.tables.items():
        whole.update(name.encode())
        whole.update(pd.util.hash_pandas_object(table, index=False).to_numpy().tobytes())
    return whole.digest()


def _seal(delivery: Delivery, name: str, values: Mapping[Cell, int]) -> str:
    told = repr((name, sorted(values.items()))).encode()
    return hmac.new(_key(delivery), told, hashlib.sha256).hexdigest()


@cache
def _rules() -> bytes:
    """The package's own protection, as it is written: another one makes other plans."""
    package = Path(__file__).parent.parent
    sources = sorted([*package.glob("protection/*.py"), package / "analysis" / "shown.py"])
    return hashlib.sha256(b"".join(one.read_bytes() for one in sources)).digest()


def _plan(lines: list[Any]) -> Plan:
    return {
        (table, group): LinePlan(
            tuple(Piece(tuple(names), is_shown) for *names, is_shown in pieces), size_is_shown
        )
        for table, group, pieces, size_is_shown in lines
    }
