"""What a chapter needs first: its municipality's checked delivery, or all of them."""

from fremskudt import register
from fremskudt.contract.delivery import Delivery
from fremskudt.workspace import HANDBOOK, Workspace

DEMONSTRATION = ("aarhus", "gladsaxe", "rudersdal", "vejle")


def open_municipality(municipality: str, data: str = "") -> Delivery:
    """The delivery of one municipality.

    `data` is the data folder; empty means FREMSKUDT_DATA or the handbook's own. Raises
    `WrongUsage` for an unknown municipality and `DataProblem` for a faulty delivery.
    """
    return register.load(Workspace.find(data or None), municipality)


def open_all(municipalities: str = "", data: str = "") -> tuple[Delivery, ...]:
    """The deliveries of several municipalities, named with spaces between; empty means all."""
    return register.load_all(Workspace.find(data or None), municipalities.split())


def open_demonstration(data: str = "") -> dict[str, Delivery]:
    """The bundled deliveries that stand for the four municipalities of the reports, by slug.

    They come with the handbook and do not depend on the data folder: what the reports print
    is checked against them, on every municipality's own site too.
    """
    bundled = Workspace.find(data or HANDBOOK / "data")
    return {one.slug: one for one in register.load_all(bundled, DEMONSTRATION)}
