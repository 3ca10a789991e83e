"""The limits of a funnel, worked out by hand from Pascal's triangle."""

import pytest

from fremskudt.analysis.funnel import limits, standing

# Half of the citizens: the chances are the lines of Pascal's triangle over 2 to the power of n.
# n = 4: 1 4 6 4 1 of 16. One of 16 is 6.25 %, so not even 0 or 4 is rare.
# n = 5: 1 of 32 is 3.1 %, still over 2.5 %. n = 6: 1 of 64 is 1.6 %; (1 + 6) of 64 is 11 %.
# n = 10: 1 10 45 of 1024. 11 of 1024 is 1.07 %, 56 of 1024 is 5.5 %; 1 of 1024 is 0.098 %.
HALF = [
    (4, 0.95, (0, 4)),
    (5, 0.95, (0, 5)),
    (6, 0.95, (1, 5)),
    (10, 0.95, (2, 8)),
    (9, 0.998, (0, 9)),  # 1 of 512 is 0.195 %, over 0.1 %
    (10, 0.998, (1, 9)),  # 1 of 1024 is 0.098 %, under 0.1 %
]


@pytest.mark.parametrize(("n", "level", "expected"), HALF)
def test_limits_around_one_half(n, level, expected):
    assert limits(0.5, n, level) == expected


def test_limits_around_one_fifth_are_not_symmetric():
    # Bin(10; 0.2): P(0) = 0.8^10 = 10.7 %. P(10) … P(7) add up to 0.086 %, with P(6) to 0.64 %,
    # with P(5) to 3.3 %.
    assert limits(0.2, 10, 0.95) == (0, 5)
    assert limits(0.2, 10, 0.998) == (0, 6)


def test_three_of_a_thousand_where_one_in_a_hundred_is_expected():
    # Nearly Poisson with mean 10: P(X ≤ 3) is 1.0 %, P(X ≤ 4) is 2.9 %.
    assert limits(0.01, 1000, 0.95)[0] == 4


def test_where_everybody_or_nobody_does_there_is_no_chance():
    assert limits(1.0, 7, 0.95) == (7, 7)
    assert limits(0.0, 7, 0.998) == (0, 0)


def test_a_count_stands_beyond_the_highest_level_that_it_passes():
    assert standing(2, 10, 0.5) == 0
    assert standing(1, 10, 0.5) == 0.95
    assert standing(0, 10, 0.5) == 0.998


def test_a_thing_that_is_no_share_is_refused():
    for share, n, level in ((1.2, 5, 0.95), (0.5, 0, 0.95), (0.5, 5, 1.0)):
        with pytest.raises(ValueError, match="share"):
            limits(share, n, level)
