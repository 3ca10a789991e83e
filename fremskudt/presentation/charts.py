"""The handbook's charts: bars, stacks, and those of the economics and its uncertainty.

Every chart takes a Publishable table and is drawn twice, for wide pages (names beside the
bars) and for narrow ones (names above the bars). Marks are drawn from shown rows only: a
hidden cell is words, never a length.
"""

from fremskudt.disclosure import Publishable
from fremskudt.presentation import costs, curves
from fremskudt.presentation import histogram as histograms
from fremskudt.presentation import tornado as tornados
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


def gain_curve(table: Publishable, name: str, title: str = "", note: str = "") -> Figure:
    """One line a payer and a heavy one for the total: net gain added up over the months.

    `table` is of `gains.cumulative_gain`: groups are months. A payer with nothing but zeros is
    left out.
    """
    return curves.gain_curve(table, name, title or table.measure.title, note)


def cost_curve(table: Publishable, name: str, title: str = "", note: str = "") -> Figure:
    """What a case costs at other numbers of cases; the municipality's own number stands out.

    `table` is of `administration.cost_by_number_of_cases`: categories are numbers of cases.
    """
    return costs.cost_curve(table, name, title or table.measure.title, note)


def histogram(table: Publishable, name: str, title: str = "", note: str = "") -> Figure:
    """One bar a band of the simulated net gain, in the colour of a loss or of a gain.

    `table` is of `simulation.gain_distribution`: categories are bands, "lower:upper" in kroner.
    """
    return histograms.histogram(table, name, title or table.measure.title, note)


def tornado(table: Publishable, name: str, title: str = "", note: str = "") -> Figure:
    """One bar an assumption, from the net gain at its low to that at its high end.

    `table` is of `sensitivity.tornado`: groups low and high. Hidden assumptions are counted in
    the note.
    """
    return tornados.tornado(table, name, title or table.measure.title, note)
