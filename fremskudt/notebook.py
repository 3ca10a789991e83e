"""What a chapter needs first: its municipality's checked delivery, or all of them."""

from fremskudt import register
from fremskudt.contract.delivery import Delivery
from fremskudt.workspace import Workspace


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
    """The deliveries that stand for the four municipalities of the reports, by slug.

    A municipality's own registered data reproduce no report and are left out.
    """
    deliveries = open_all("", data)
    return {one.slug: one for one in deliveries if not one.municipality.is_registered}
