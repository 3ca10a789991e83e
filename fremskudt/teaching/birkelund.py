"""Birkelund, the course's own municipality: nobody lives there, and its data are made up."""

from functools import cache

from fremskudt.contract.delivery import Delivery, load_delivery
from fremskudt.teaching.course import FOLDER

BIRKELUND = FOLDER / "birkelund"


@cache
def birkelund() -> Delivery:
    """Birkelund's sound delivery."""
    return load_delivery(BIRKELUND)
