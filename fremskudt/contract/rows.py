"""The typed tables of a delivery as checks take them, and their rows one by one."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from fremskudt.contract.columns import Code, Codes
from fremskudt.contract.problems import Place
from fremskudt.contract.scales import scale
from fremskudt.contract.tables import TABLES

Tables = dict[str, pd.DataFrame]
Places = Mapping[str, Place]


def records(frame: pd.DataFrame, where: "pd.Series | None" = None) -> list[dict[str, Any]]:
    """The rows, or those that are asked for, as dictionaries: many times faster than
    `DataFrame.iterrows`. Most checks ask for rows that are not there, so that is asked first."""
    if where is not None and not where.any():
        return []
    found: list[dict[str, Any]] = (frame if where is None else frame[where]).to_dict("records")
    return found


def label_of(table: str, column: str, value: str) -> str:
    """An answer as the one who delivered it knows it: by its Danish label."""
    kind = TABLES[table][column].kind
    if not isinstance(kind, Code | Codes):
        return value
    return "; ".join(scale(kind.scale).label(code) for code in value.split("|"))
