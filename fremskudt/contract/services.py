"""The catalogue of services that a trajectory may hold (main report, annex B)."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fremskudt.contract.reference import read_reference
from fremskudt.workspace import HANDBOOK

SERVICES_FILE = HANDBOOK / "data" / "reference" / "services.csv"

UNIT_LABELS = {
    "month": "måned",
    "week": "uge",
    "day": "dag",
    "hour": "time",
    "contact": "kontakt",
    "course": "forløb",
    "event": "hændelse",
}


@dataclass(frozen=True)
class Service:
    """A service: Danish name, section of the law, area, the unit its price is for.

    A citizen lives on one exclusive benefit at a time; its weeks count towards the refund
    steps when `counts_benefit_weeks` (all but student grants).
    """

    code: str
    label: str
    legal_section: str
    area: str
    unit: str
    is_exclusive_benefit: bool
    counts_benefit_weeks: bool


@cache
def read_services(path: Path = SERVICES_FILE) -> dict[str, Service]:
    """All services of data/reference/services.csv by code."""
    return {
        row["service_code"]: Service(
            row["service_code"],
            row["label_da"],
            row["legal_section"],
            row["area"],
            row["unit"],
            row["is_exclusive_benefit"] == "yes",
            row["counts_benefit_weeks"] == "yes",
        )
        for row in read_reference(path)
    }
