"""Confidence intervals for shares and for the difference of two shares in the same people."""

from math import sqrt
from statistics import NormalDist

import numpy as np


def wilson(count: np.ndarray, n: np.ndarray, level: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
    """Wilson score interval of the share count/n.

    With p = count/n and z the standard normal quantile of (1 + level)/2:
    centre = (p + z²/2n) / (1 + z²/n), half-width = z·√(p(1−p)/n + z²/4n²) / (1 + z²/n).

    Arrays of counts and denominators in, lower and upper limits in [0, 1] out; missing
    where either is missing or n is 0. ValueError when a count is negative or above its n.
    Source: Wilson (1927), J. Am. Stat. Assoc. 22:209–212.
    """
    count, n = np.asarray(count, dtype=float), np.asarray(n, dtype=float)
    if np.any((count < 0) | (count > n)):
        raise ValueError("a count lies between 0 and its n")
    z = NormalDist().inv_cdf((1 + level) / 2)
    with np.errstate(invalid="ignore", divide="ignore"):
        n = np.where(n > 0, n, np.nan)
        share = count / n
        scale = 1 + z**2 / n
        centre = (share + z**2 / (2 * n)) / scale
        half = z * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2)) / scale
    lower = np.where(count == 0, 0.0, centre - half)
    upper = np.where(count == n, 1.0, centre + half)
    return np.where(np.isnan(centre), np.nan, lower), np.where(np.isnan(centre), np.nan, upper)


def paired_difference(
    improved: int, worsened: int, n: int, level: float = 0.95
) -> tuple[float, float, float]:
    """Share improved minus share worsened among the same n people, with its interval.

    The estimate is (b − c)/n. The interval is Agresti and Min's adjusted Wald interval for
    matched pairs: half a pair is added to each of the four cells, so that
    d* = (b − c)/(n + 2) and its variance is ((b + c + 1) − (b − c)²/(n + 2)) / (n + 2)².

    Returns (estimate, lower, upper), limits within [−1, 1]. ValueError when n is not
    positive or the counts do not fit in it. Source: Agresti & Min (2005), Statistics in
    Medicine 24:729–740.
    """
    if n <= 0 or improved < 0 or worsened < 0 or improved + worsened > n:
        raise ValueError("improved and worsened are parts of n")
    z = NormalDist().inv_cdf((1 + level) / 2)
    size = n + 2
    centre = (improved - worsened) / size
    variance = ((improved + worsened + 1) - (improved - worsened) ** 2 / size) / size**2
    half = z * sqrt(variance)
    return (improved - worsened) / n, max(centre - half, -1.0), min(centre + half, 1.0)
