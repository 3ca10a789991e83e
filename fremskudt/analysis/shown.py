"""Every table of counts that the pages show of a municipality, the most important first.

The protection reads them together: what one table hides must not follow from the others. A
chapter that shows another table of registered data lists it here.
"""

from collections.abc import Iterator
from functools import cache

from fremskudt.analysis import declaration, outcomes, population, roles
from fremskudt.analysis.economics import gains, trajectories
from fremskudt.analysis.result import Counts
from fremskudt.analysis.segmentation import printed_rule, segmentation
from fremskudt.contract.delivery import Delivery

RETAINED = ("gender", "age_group", "support_home")
SELECTED = ("age_group", "support_home")


@cache
def shown_counts(delivery: Delivery) -> tuple[Counts, ...]:
    """The tables, each with a name of its own. Where two cannot both be shown in full, the one
    that comes later gives way."""
    return tuple(_tables(delivery))


def _tables(delivery: Delivery) -> Iterator[Counts]:
    yield population.registered(delivery)
    for code in (*outcomes.CHANGES, *outcomes.LEVELS):
        yield outcomes.by_phase(delivery, code)
    yield population.gender(delivery)
    yield population.age_group(delivery)
    yield population.target_group(delivery)
    yield population.employment(delivery)
    yield roles.role(delivery)
    yield roles.tool(delivery)
    yield population.psychiatry(delivery)
    yield population.contact_days(delivery)
    yield population.referrer(delivery)
    yield roles.contact_deadline(delivery)
    yield roles.meeting_deadline(delivery)
    for code in outcomes.LEVELS:
        yield outcomes.paired_change(delivery, code)
    yield outcomes.agreement(delivery)
    yield gains.citizen_gain(delivery)
    yield declaration.respondent(delivery)
    for code in RETAINED:
        yield population.retention(delivery, code)
    for code in SELECTED:
        yield trajectories.selection(delivery, code)
    for code in ("citizen_rating", "wellbeing_change", *outcomes.LEVELS):
        yield outcomes.by_phase(delivery, code, complete=True)
    yield segmentation(delivery, printed_rule())
