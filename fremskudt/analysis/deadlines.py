"""Working days in Denmark, for the five-day deadline of the coordinating meeting."""

import datetime as dt
from functools import cache

import holidays
import numpy as np
import pandas as pd


@cache
def public_holidays() -> np.ndarray:
    """Danish public holidays 1990-2099 as days (library `holidays`)."""
    found = holidays.country_holidays("DK", years=range(1990, 2100))
    return np.array(sorted(found), dtype="datetime64[D]")


def add_working_days(day: dt.date, count: int) -> dt.date:
    """The day that lies `count` working days after `day`, or after the next working day."""
    moved = np.busday_offset(np.datetime64(day), count, roll="backward", holidays=public_holidays())
    result: dt.date = moved.astype(dt.date)
    return result


def working_days_between(first: pd.Series, second: pd.Series) -> pd.Series:
    """Working days from `first` (not counted) to `second` (counted), NA where one is missing.

    Saturdays, Sundays and Danish public holidays do not count. A meeting on the day of the
    contact is 0 days away.
    """
    both = first.notna() & second.notna()
    result = pd.Series(np.nan, index=first.index, dtype="float64")
    start = first[both].to_numpy().astype("datetime64[D]") + np.timedelta64(1, "D")
    end = second[both].to_numpy().astype("datetime64[D]") + np.timedelta64(1, "D")
    result[both] = np.busday_count(start, end, holidays=public_holidays())
    return result
