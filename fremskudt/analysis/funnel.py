"""How far a share may lie from a common one by chance alone: the limits of a funnel plot."""

from functools import cache
from math import exp, lgamma, log

LEVELS = (0.95, 0.998)  # about two and three standard errors, as is usual


@cache
def limits(share: float, n: int, level: float) -> tuple[int, int]:
    """The smallest and the largest count of n that chance explains at a level.

    With X ~ Bin(n, share) and a = (1 − level)/2 a count x is explained when P(X ≤ x) > a and
    P(X ≥ x) > a: each tail of a two-sided exact test. The limits are whole citizens, so the
    chance to lie beyond them is at most 1 − level, and often less where n is small; no
    approximation flags a small municipality too soon.

    ValueError when the share lies outside [0, 1], n is not positive or the level not in (0, 1).
    Source: Spiegelhalter (2005), Statistics in Medicine 24:1185–1202 (funnel plots with exact
    binomial limits at 95 % and 99.8 %).
    """
    if not 0 <= share <= 1 or n < 1 or not 0 < level < 1:
        raise ValueError("a share lies in [0, 1], n is positive and a level lies in (0, 1)")
    if share in (0, 1):
        return n * int(share), n * int(share)
    chances = [_chance(x, n, share) for x in range(n + 1)]
    tail = (1 - level) / 2
    return _first_beyond(chances, tail), n - _first_beyond(chances[::-1], tail)


def standing(count: int, n: int, share: float) -> float:
    """The highest level whose limits a count lies beyond; 0 when it lies within all of them."""
    beyond = [level for level in LEVELS if not _is_within(count, limits(share, n, level))]
    return max(beyond, default=0.0)


def _is_within(count: int, ends: tuple[int, int]) -> bool:
    return ends[0] <= count <= ends[1]


def _chance(x: int, n: int, share: float) -> float:
    """P(X = x), by logarithms so that large n do not overflow."""
    ways = lgamma(n + 1) - lgamma(x + 1) - lgamma(n - x + 1)
    return exp(ways + x * log(share) + (n - x) * log(1 - share))


def _first_beyond(chances: list[float], tail: float) -> int:
    """How many of the chances can be added up before their sum exceeds the tail."""
    total = 0.0
    for place, chance in enumerate(chances):
        total += chance
        if total > tail:
            return place
    return len(chances) - 1
