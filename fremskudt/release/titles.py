"""What a table is called on the pages."""

from fremskudt.analysis.declaration import RESPONDENT
from fremskudt.analysis.measures import MEASURES
from fremskudt.protection.tables import Shape, subset_of

SUBSETS = {
    "retention": "de fulgte og de øvrige",
    "selection": "de udvalgte og de øvrige",
    "complete": "sager med alle tre faser",
}


def title_of(shape: Shape) -> str:
    """The title of a table, with the part of the cases that it is about."""
    code, subset = shape.name.partition(".")[0], subset_of(shape.name)
    title = (MEASURES | {RESPONDENT.code: RESPONDENT})[code].title
    return f"{title}: {SUBSETS[subset]}" if subset else title
