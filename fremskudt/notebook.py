"""What a chapter needs first: its municipality's checked delivery, or all of them."""

from collections.abc import Iterable

from fremskudt import register
from fremskudt.contract.delivery import Delivery
from fremskudt.handover import BUNDLED, OF_DATA, handed
from fremskudt.workspace import DEMONSTRATION, HANDBOOK, Workspace


def open_municipality(municipality: str, data: str = "") -> Delivery:
    """The delivery of one municipality.

    `data` is the data folder; empty means FREMSKUDT_DATA or the handbook's own. Raises
    `WrongUsage` for an unknown municipality and `DataProblem` for a faulty delivery.
    """
    checked = None if data else handed(OF_DATA, municipality)
    return checked or register.load(Workspace.find(data or None), municipality)


def open_all(municipalities: str = "", data: str = "") -> tuple[Delivery, ...]:
    """The deliveries of several municipalities, named with spaces between; empty means all."""
    wanted = municipalities.split()
    checked = () if data else _all_handed(OF_DATA, wanted)
    return checked or register.load_all(Workspace.find(data or None), wanted)


def open_demonstration(data: str = "") -> dict[str, Delivery]:
    """The bundled deliveries that stand for the four municipalities of the reports, by slug.

    They come with the handbook and do not depend on the data folder: what the reports print
    is checked against them, on every municipality's own site too.
    """
    bundled = Workspace.find(data or HANDBOOK / "data")
    checked = () if data else _all_handed(BUNDLED, DEMONSTRATION)
    return {one.slug: one for one in checked or register.load_all(bundled, DEMONSTRATION)}


def _all_handed(kind: str, slugs: Iterable[str]) -> tuple[Delivery, ...]:
    """The deliveries that the run has handed over, if it has handed over all of them."""
    found = [handed(kind, slug) for slug in slugs]
    whole = tuple(one for one in found if one is not None)
    return whole if len(whole) == len(found) else ()
