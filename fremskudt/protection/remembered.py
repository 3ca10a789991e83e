"""Plans that are kept between the chapters of a run: each is made once for a municipality's data.

A file holds which numbers are shown and which are not, and no number.
"""

import hashlib
import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path

from fremskudt import __version__
from fremskudt.protection.plan import LinePlan, Piece, Plan
from fremskudt.protection.tables import Cell

PLANS_VARIABLE = "FREMSKUDT_PLANS"


def remembered(values: Mapping[Cell, int], threshold: int, make: Callable[[], Plan]) -> Plan:
    """The plan for these values, from the folder that FREMSKUDT_PLANS names if it is there."""
    folder = os.environ.get(PLANS_VARIABLE)
    if not folder:
        return make()
    told = repr((__version__, _rules(), threshold, sorted(values.items())))
    path = Path(folder) / f"{hashlib.sha256(told.encode()).hexdigest()}.json"
    if path.is_file():
        return _read(path)
    plan = make()
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch = path.with_suffix(f".{os.getpid()}")
    scratch.write_text(_as_json(plan), encoding="utf-8", newline="\n")
    scratch.replace(path)
    return plan


def _rules() -> str:
    """The package's own protection, as it is written: another one makes other plans."""
    sources = sorted(Path(__file__).parent.glob("*.py"))
    return hashlib.sha256(b"".join(one.read_bytes() for one in sources)).hexdigest()


def _as_json(plan: Plan) -> str:
    return json.dumps(
        [
            [*line, [[*one.categories, one.is_shown] for one in found.pieces], found.size_is_shown]
            for line, found in plan.items()
        ]
    )


def _read(path: Path) -> Plan:
    return {
        (table, group): LinePlan(
            tuple(Piece(tuple(names), is_shown) for *names, is_shown in pieces), size_is_shown
        )
        for table, group, pieces, size_is_shown in json.loads(path.read_text(encoding="utf-8"))
    }
