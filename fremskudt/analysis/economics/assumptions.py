"""What a calculation rests on besides the delivery: rate, strength, what is left in or out."""

from dataclasses import dataclass

import numpy as np

from fremskudt.contract.constants import constant
from fremskudt.errors import WrongUsage

MONTHS = int(constant("trajectory_months"))


@dataclass(frozen=True)
class Assumptions:
    """The choices behind a figure; two figures with the same choices can be compared.

    discount_rate            a year, as a share: 0.035 is 3.5 %
    counterfactual_strength  the share of the avoided cost that would really have come, 0 to 1
    has_ordinary_casework    count ordinary casework in the counterfactual trajectory
    has_taxes                count income tax of the months without an income benefit
    """

    discount_rate: float
    counterfactual_strength: float = 1.0
    has_ordinary_casework: bool = False
    has_taxes: bool = False

    def __post_init__(self) -> None:
        if not -0.5 < self.discount_rate < 1:
            raise ValueError(f"a discount rate of {self.discount_rate} a year is no share")
        if not 0 <= self.counterfactual_strength <= 1:
            raise ValueError(f"the strength {self.counterfactual_strength} is not from 0 to 1")


REPORT = Assumptions(discount_rate=0.0)
"""As the reports calculate (main report 2.2): no discounting, nothing added."""


def standard() -> Assumptions:
    """The handbook's own choice: the state's recommended discount rate, nothing else added."""
    return Assumptions(discount_rate=constant("discount_rate"))


def chosen(discount_rate: str | float = "") -> Assumptions:
    """The assumptions for a rate that a notebook was given; empty is the handbook's own.

    Raises `WrongUsage` for what is no rate.
    """
    if discount_rate == "":
        return standard()
    try:
        return Assumptions(discount_rate=float(str(discount_rate).replace(",", ".")))
    except ValueError as error:
        raise WrongUsage(
            f"Diskonteringsrenten «{discount_rate}» er ikke en andel; 0.035 er 3,5 % om året."
        ) from error


def discount_factors(rate: float) -> np.ndarray:
    """The present value of one krone in each month: (1 + rate)^−((m + ½) / 12), m = 0 … 35.

    Costs fall in the middle of their month; the present is the first day of month 0.
    """
    middle_of_month = (np.arange(MONTHS) + 0.5) / 12
    factors: np.ndarray = (1 + rate) ** -middle_of_month
    return factors
