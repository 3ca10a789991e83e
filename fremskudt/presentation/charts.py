"""The handbook's charts: bars of shares or amounts, and stacks to a whole or a sum.

Every chart takes a Publishable table and is drawn twice, for wide pages (names beside the
bars) and for narrow ones (names above the bars). Marks are drawn from shown rows only: a
hidden cell is words, never a length.
"""

from fremskudt.disclosure import Publishable
from fremskudt.presentation.bars import bars
from fremskudt.presentation.figure import Figure
from fremskudt.presentation.stacks import stack


def share_bars(table: Publishable, name: str, title: str = "", note: str = "") -> Figure:
    """One bar a category (and group): the share, its 95 % interval and "7 af 11 (64 %)"."""
    return bars(table, name, title or table.measure.title, note, is_share=True)


def amount_bars(table: Publishable, name: str, title: str = "", note: str = "") -> Figure:
    """One bar a category (and municipality): an amount that may be negative."""
    return bars(table, name, title or table.measure.title, note, is_share=False)


def share_stack(table: Publishable, name: str, title: str = "", note: str = "") -> Figure:
    """One bar a group or municipality, divided into the shares of an ordered scale."""
    return stack(table, name, title or table.measure.title, note, is_share=True)


def amount_stack(table: Publishable, name: str, title: str = "", note: str = "") -> Figure:
    """One bar a group (and municipality), divided into amounts that sum to a total."""
    return stack(table, name, title or table.measure.title, note, is_share=False)
