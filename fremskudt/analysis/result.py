"""What an analysis returns: tidy rows that are correct, but not yet safe to show.

Only `fremskudt.disclosure.publish` turns a result into something presentation accepts.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from fremskudt.analysis.measures import Measure
from fremskudt.contract.delivery import Delivery
from fremskudt.contract.origins import weakest

ALL = "all"
COUNT_COLUMNS = ("municipality", "group", "category", "count", "n", "origin")
AMOUNT_COLUMNS = ("municipality", "group", "category", "value", "n", "origin")
COURSE_COLUMNS = (
    *("municipality", "group", "category", "value", "n", "origin"),
    *("scenario", "area", "from_month", "to_month", "quantity", "unit", "description"),
)


@dataclass(frozen=True)
class Guard:
    """How a municipality's figures are to be protected; travels with every result.

    With `delivery` a table is protected together with all others of the municipality.
    """

    name: str
    is_registered: bool
    threshold: int
    delivery: Delivery | None = field(default=None, repr=False, compare=False)

    @classmethod
    def of(cls, delivery: Delivery) -> "Guard":
        municipality = delivery.municipality
        return cls(
            municipality.short_name,
            municipality.is_registered,
            municipality.disclosure_threshold,
            delivery,
        )


@dataclass(frozen=True)
class Counts:
    """How many of n gave each answer.

    `frame` has the columns of COUNT_COLUMNS: municipality (slug), group (a code of
    `group_scale`, or "all"), category (a code of the measure's scale), count, n (answers
    given), origin.
    `subset` names the split or the part of the cases that the table is about, where the whole
    has a table too: "retention", "selection" or "complete". `is_joint`
    says that the figure follows the same citizens, or a part of them, and is nowhere printed.
    """

    measure: Measure
    frame: pd.DataFrame
    guards: dict[str, Guard]
    group_scale: str = ""
    subset: str = ""
    is_joint: bool = False

    @property
    def name(self) -> str:
        """What tells the table from all others that a municipality's pages show."""
        return f"{self.measure.code}.{self.subset}" if self.subset else self.measure.code


@dataclass(frozen=True)
class Amounts:
    """Amounts in kroner, or shares, by group and category; n is the citizens behind one.

    `frame` has the columns of AMOUNT_COLUMNS. `is_personal` is False for figures about the
    organisation (salaries, minutes), which need no protection. `labels` names codes that no
    scale holds. `parts_of_total` says that the groups sum to a table that is itself published,
    so that one group can be found from the others; `public_groups` are those whose amount is
    known from elsewhere and that can hide no other. `contributors` is the number of citizens
    behind each category, by municipality, where that is less than the n of its rows; the
    categories then sum to a total.
    """

    measure: Measure
    frame: pd.DataFrame
    guards: dict[str, Guard]
    group_scale: str = ""
    unit: str = "dkk"
    is_personal: bool = True
    labels: dict[str, str] = field(default_factory=dict)
    parts_of_total: bool = False
    public_groups: tuple[str, ...] = ()
    contributors: dict[tuple[str, str], int] = field(default_factory=dict)


@dataclass(frozen=True)
class Courses:
    """The selected citizens' courses: one row a service in a scenario of one citizen.

    `frame` has the columns of COURSE_COLUMNS: group is the citizen's number ("1", "2", …),
    category the service, value the undiscounted kroner. Every row tells of one person.
    """

    measure: Measure
    frame: pd.DataFrame
    guards: dict[str, Guard]


def origin_of(delivery: Delivery, measure: Measure, phase: int = 0, joint: bool = False) -> str:
    """The weakest origin among the columns a measure rests on, in a phase.

    A joint figure follows the same citizens over columns or phases. The sources print no such
    figure, so in the demonstration data it is constructed, whatever its parts are.
    """
    if joint and not delivery.municipality.is_registered:
        return "constructed"
    return weakest([delivery.origins.of(table, column, phase) for table, column in measure.columns])


def together(results: Sequence[Counts], with_total: bool = True) -> Counts:
    """The results of several municipalities in one, with the sum over all of them as "all".

    Sums count and n by group and category. ValueError when the results are not of the same
    measure and groups.
    """
    first = results[0]
    if any(r.measure != first.measure or r.group_scale != first.group_scale for r in results):
        raise ValueError("only results of the same measure and groups go together")
    frame = pd.concat([result.frame for result in results], ignore_index=True)
    guards = {slug: guard for result in results for slug, guard in result.guards.items()}
    if with_total:
        keys = ["group", "category"]
        sums = frame.groupby(keys, sort=False)[["count", "n"]].sum().reset_index()
        origins: dict[tuple[str, str], set[str]] = {}
        for group, category, origin in zip(*(frame[c] for c in [*keys, "origin"]), strict=True):
            origins.setdefault((group, category), set()).add(origin)
        total = sums.assign(municipality=ALL, origin=[weakest([*o]) for o in origins.values()])
        frame = pd.concat([frame, total[list(COUNT_COLUMNS)]], ignore_index=True)
    return replace(first, frame=frame, guards=guards)


def side_by_side(results: Sequence[Amounts]) -> Amounts:
    """The amounts of several municipalities in one table; amounts are never summed over them."""
    frame = pd.concat([result.frame for result in results], ignore_index=True)
    guards = {slug: guard for result in results for slug, guard in result.guards.items()}
    contributors = {key: n for result in results for key, n in result.contributors.items()}
    return replace(results[0], frame=frame, guards=guards, contributors=contributors)
