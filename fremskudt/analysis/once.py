"""What several tables rest on is worked out once for a delivery, and kept as long as it is."""

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

from fremskudt.contract.delivery import Delivery

Arguments = ParamSpec("Arguments")
Found = TypeVar("Found")


def once(
    function: Callable[Concatenate[Delivery, Arguments], Found],
) -> Callable[Concatenate[Delivery, Arguments], Found]:
    """`function` of a delivery and of what can be hashed, called once for the same of both.

    Whoever gets the result leaves it as it is: the next one gets the same. A result that holds
    the delivery itself would keep it for ever.
    """
    kept: WeakKeyDictionary[Delivery, dict[Hashable, Found]] = WeakKeyDictionary()

    @wraps(function)
    def found(delivery: Delivery, /, *args: Arguments.args, **named: Arguments.kwargs) -> Found:
        known = kept.setdefault(delivery, {})
        asked = (args, *sorted(named.items()))
        if asked not in known:
            known[asked] = function(delivery, *args, **named)
        return known[asked]

    return found
