"""What all charts share: sizes, the colour of a category, names over two lines, the frame."""

import altair as alt

from fremskudt.contract.scales import scale
from fremskudt.disclosure import Publishable
from fremskudt.protection.tables import parts_of

WIDE, NARROW = 690, 340
NAME_WIDTH = 230
BAR, STACK = 16, 26
FONT_SIZE = 14
FONT = "Source Sans 3"


def token_of(table: Publishable, category: str) -> str:
    """The colour token of a category: the meaning of a colour is the same in every chart. Merged
    steps have the colour of one of them, and no other piece of the chart has it if possible."""
    if category == "total":
        return "total"
    if not table.measure.scale:
        return "single"
    parts = parts_of(category)
    if len(parts) == 1:
        return scale(table.measure.scale)[category].token
    return _merged_tokens(table)[category]


def _merged_tokens(table: Publishable) -> dict[str, str]:
    """A token for every merged category that has anybody in it."""
    answers = scale(table.measure.scale)
    drawn = list(dict.fromkeys(table.frame.loc[table.frame["count"] > 0, "category"]))
    taken = {answers[one].token for one in drawn if len(parts_of(one)) == 1}
    found = {}
    for category in dict.fromkeys(table.frame["category"]):
        parts = parts_of(category)
        middle = parts[(len(parts) - 1) // 2]
        tokens = [answers[one].token for one in (middle, *parts)]
        found[category] = next((one for one in tokens if one not in taken), tokens[0])
        if category in drawn and len(parts) > 1:
            taken.add(found[category])
    return found


def wrapped(text: str, width: int) -> str:
    """Break a name over at most two lines at a space."""
    if len(text) <= width:
        return text
    cut = text.rfind(" ", 0, width + 1)
    return text[:cut] + "\n" + text[cut + 1 :] if cut > 0 else text


def finished(chart: alt.LayerChart, width: int, height: float) -> alt.TopLevelMixin:
    return (
        chart.properties(width=width, height=height, padding=0, background="transparent")
        .configure(font=FONT, aria=False)
        .configure_view(stroke=None)
    )
