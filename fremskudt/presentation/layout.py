"""What all charts share: sizes, the colour of a category, names over two lines."""

from fremskudt.contract.scales import scale
from fremskudt.disclosure import Publishable
from fremskudt.protection.tables import parts_of

# All in pixels.
WIDE, NARROW = 690, 340
NAME_WIDTH = 230
BAR, STACK = 16, 26
FONT_SIZE = 14
CHARACTER = 6.9  # the mean width of a character at FONT_SIZE
EDGE = 5  # what bars keep free above the first and below the last


def tokens_of(table: Publishable) -> dict[str, str]:
    """The colour token of every category: the meaning of a colour is the same in every chart."""
    categories = list(dict.fromkeys(table.frame["category"]))
    if not table.measure.scale:
        return {one: "total" if one == "total" else "single" for one in categories}
    answers = scale(table.measure.scale)
    merged = [one for one in categories if len(parts_of(one)) > 1]
    alone = [one for one in categories if one not in merged]
    found = {one: "total" if one == "total" else answers[one].token for one in alone}
    return found | (_merged_tokens(table, merged) if merged else {})


def _merged_tokens(table: Publishable, merged: list[str]) -> dict[str, str]:
    """Merged steps have the colour of one of them, and no other piece of the chart that has
    anybody in it has the same if possible."""
    answers = scale(table.measure.scale)
    drawn = list(dict.fromkeys(table.frame.loc[table.frame["count"] > 0, "category"]))
    taken = {answers[one].token for one in drawn if len(parts_of(one)) == 1}
    found = {}
    for category in merged:
        parts = parts_of(category)
        middle = parts[(len(parts) - 1) // 2]
        tokens = [answers[one].token for one in (middle, *parts)]
        found[category] = next((one for one in tokens if one not in taken), tokens[0])
        if category in drawn:
            taken.add(found[category])
    return found


def wrapped(text: str, width: int) -> str:
    """Break a name over at most two lines at a space."""
    if len(text) <= width:
        return text
    cut = text.rfind(" ", 0, width + 1)
    return text[:cut] + "\n" + text[cut + 1 :] if cut > 0 else text
