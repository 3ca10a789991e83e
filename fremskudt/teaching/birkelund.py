"""Birkelund, the course's own municipality: nobody lives there, and its data are made up."""

from functools import cache

from fremskudt.contract.delivery import Delivery, load_delivery
from fremskudt.workspace import HANDBOOK

BIRKELUND = HANDBOOK / "notebooks" / "training" / "birkelund"


@cache
def birkelund() -> Delivery:
    """Birkelund's sound delivery."""
    return load_delivery(BIRKELUND)
