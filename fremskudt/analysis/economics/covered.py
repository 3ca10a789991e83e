"""Which municipalities have worked out the courses of selected citizens at all."""

from collections.abc import Sequence

from fremskudt.contract.delivery import Delivery


def covered(deliveries: Sequence[Delivery]) -> list[Delivery]:
    """The deliveries with selected citizens; all of them when none has any.

    A municipality without any has no gain of zero: it has no gain to show.
    """
    with_courses = [one for one in deliveries if len(one["selected"])]
    return with_courses or list(deliveries)
