"""The handbook's price list: what a service usually costs."""

from functools import cache
from pathlib import Path

import pandas as pd

from fremskudt.workspace import HANDBOOK

UNIT_PRICES_FILE = HANDBOOK / "data" / "reference" / "unit_prices.csv"


@cache
def _spans(path: Path = UNIT_PRICES_FILE) -> dict[str, tuple[float, float]]:
    frame = pd.read_csv(path, dtype={"service_code": str})
    grouped = frame.groupby("service_code")
    low, high = grouped["unit_price_low_dkk"].min(), grouped["unit_price_high_dkk"].max()
    return {str(code): (float(low[code]), float(high[code])) for code in low.index}


def price_span(service_code: str) -> tuple[float, float] | None:
    """The lowest and the highest price of a service in kroner, over all lines of the list;
    None for a service that the list does not hold."""
    return _spans().get(service_code)
