"""The trajectories table of the demonstration data: 21 selected citizens, two scenarios each.

Method. The report asks each municipality to list, for five or six citizens and over three
years, the services a citizen is expected to receive and those that would have been likely
without outreach casework, and to price them locally (Hovedrapporten 2.2 and annex B). The
lists themselves are not public. Here they are authored: per citizen a story, services, months
and quantities (``trajectories_data.py``), priced from data/reference/unit_prices.csv. What is
printed is met exactly: the average net gain per citizen and payer, counterfactual minus
expected (Hovedrapporten 2.3, table 12), and the cost of a case (figure 8).

Cost of a row = quantity * unit price; a payer's cost = cost * that payer's share. At most one
line per payer and municipality closes the printed sum: its unit price follows from the table
and lies within the range that the service has elsewhere. Those rows are "reconstructed", all
others "constructed".

Prices are in 2013 kroner. Benefit rates and refund shares are those in force in 2013, held
over all 36 months; later reforms are left out, as an estimate made in 2013 would have to.
Prices of services are rounded estimates of the level in Danish municipalities and regions,
not the four municipalities' own.

Simplifications, each of which an economist may want to lift:

* Hospital treatment is paid by the region alone; municipal co-financing is a transfer between
  two payers and is left out. So are taxes, own payment, and the refund for very costly cases.
* Income benefits follow the refund rules of data/reference/refund_rules.csv, as known in 2013:
  the state pays 30 % when passive, 50 % in company based activation or education, 35 % of a
  disability pension, 65 % of a flexible job. Sickness benefit gives its shares itself: 40 % over
  the first year as a blend of the weeks' rates. Nobody receives it for longer.
* Municipal shares of activation, mentor and single payments are 50 %, below the ceilings.
* Ordinary casework is left out of both scenarios, as in the report (2.2).

Uncertainty. Low and high are not printed anywhere. Price ranges stand in the list; statutory
rates have none. Quantities range by the line's confidence: high 10 %, medium 25 %, low 50 % to
either side, rounded outwards to whole units; months never exceed the likely number, and a
single event of medium or low confidence may fail to happen (0). Ranges are therefore
lopsided, and a mean over them is not the likely value.
"""

import csv
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import cache
from typing import NamedTuple

from fremskudt.contract.services import read_services
from fremskudt.demonstration.trajectories_data import (
    AARHUS,
    GLADSAXE,
    RUDERSDAL,
    VEJLE,
    Citizen,
    Line,
)
from fremskudt.workspace import HANDBOOK

PRICES_FILE = HANDBOOK / "data" / "reference" / "unit_prices.csv"
MUNICIPALITY = ("1.00", "0.00", "0.00", "0.00")


class Price(NamedTuple):
    """What one unit of a service costs, and who pays; low, likely and high kroner as text.

    Either `shares` (of SHARES) are given or the name of a refund rule.
    """

    service_code: str
    low: str
    likely: str
    high: str
    price_year: str
    shares: tuple[str, str, str, str]
    refund_rule: str
    source: str

    @property
    def unit(self) -> str:
        return read_services()[self.service_code].unit


@cache
def price_list() -> dict[str, Price]:
    """The price list of data/reference/unit_prices.csv by item."""
    with PRICES_FILE.open(encoding="utf-8", newline="") as file:
        return {
            row["item"]: Price(
                row["service_code"],
                row["unit_price_low_dkk"],
                row["unit_price_dkk"],
                row["unit_price_high_dkk"],
                row["price_year"],
                (
                    row["share_municipality"],
                    row["share_region"],
                    row["share_state"],
                    row["share_other"],
                ),
                row["refund_rule"],
                row["source"],
            )
            for row in csv.DictReader(file)
        }


CASEWORK_DKK = {"aarhus": 3056, "gladsaxe": 4549, "rudersdal": 10404, "vejle": 5882}

CITIZENS: dict[str, tuple[Citizen, ...]] = {
    "aarhus": AARHUS,
    "gladsaxe": GLADSAXE,
    "rudersdal": RUDERSDAL,
    "vejle": VEJLE,
}

QUANTITY_RANGE = {"high": Decimal("0.10"), "medium": Decimal("0.25"), "low": Decimal("0.50")}
CASEWORK_SOURCE = "Hovedrapporten 2.3 (figur 8)"
CLOSING_SOURCE = "Afstemt til Hovedrapporten 2.3 (tabel 12)"


def rows() -> dict[str, list[dict[str, str]]]:
    """The rows of the table `trajectories` per slug; case_id holds the citizen's pseudonym."""
    return {
        slug: [row for citizen in citizens for row in _citizen_rows(slug, citizen)]
        for slug, citizens in CITIZENS.items()
    }


def selected() -> dict[str, list[dict[str, str]]]:
    """The rows of the table `selected` per slug: the citizens and their stories."""
    return {
        slug: [
            {
                "case_id": citizen.pseudonym,
                "description": citizen.story_da,
                "benefit_weeks_before": "",
            }
            for citizen in citizens
        ]
        for slug, citizens in CITIZENS.items()
    }


def _citizen_rows(slug: str, citizen: Citizen) -> list[dict[str, str]]:
    """The outreach case itself, then the authored lines of both scenarios."""
    casework = Line("outreach_casework", 0, 3, 1, "high")
    return [
        _row(citizen, "expected", casework, _casework_price(slug)),
        *(_row(citizen, "expected", line, price_list()[line.item]) for line in citizen.expected),
        *(
            _row(citizen, "counterfactual", line, price_list()[line.item])
            for line in citizen.counterfactual
        ),
    ]


def _casework_price(slug: str) -> Price:
    """The municipality's own printed cost per case; it has no range."""
    cost = str(CASEWORK_DKK[slug])
    return Price("outreach_casework", cost, cost, cost, "2013", MUNICIPALITY, "", CASEWORK_SOURCE)


def _row(citizen: Citizen, scenario: str, line: Line, price: Price) -> dict[str, str]:
    """One row of the table, as text. A closing line brings its own unit price."""
    quantity_low, quantity_high = _quantity_range(line, price.unit)
    likely = Decimal(price.likely) if line.closes is None else line.closes
    municipality, region, state, other = price.shares
    return {
        "case_id": citizen.pseudonym,
        "scenario": scenario,
        "service_code": price.service_code,
        "from_month": str(line.start),
        "to_month": str(line.end),
        "quantity_low": str(quantity_low),
        "quantity": str(line.quantity),
        "quantity_high": str(quantity_high),
        "unit_price_low_dkk": str(min(Decimal(price.low), likely)),
        "unit_price_dkk": str(likely),
        "unit_price_high_dkk": str(max(Decimal(price.high), likely)),
        "price_year": price.price_year,
        "share_municipality": municipality,
        "share_region": region,
        "share_state": state,
        "share_other": other,
        "refund_rule": price.refund_rule,
        "confidence": line.confidence,
        "origin": "constructed" if line.closes is None else "reconstructed",
        "source": f"{citizen.basis}; {price.source}" if line.closes is None else CLOSING_SOURCE,
    }


def _quantity_range(line: Line, unit: str) -> tuple[Decimal, Decimal]:
    """Low and high quantity by confidence, in whole units.

    Months are capped at the likely number: nobody receives a benefit for more months than the
    line spans. A single course or event either happens or not, and is certain only at high
    confidence.
    """
    likely = Decimal(line.quantity)
    if unit in ("course", "event"):
        return (likely if line.confidence == "high" else Decimal(0)), likely
    spread = likely * QUANTITY_RANGE[line.confidence]
    low = (likely - spread).to_integral_value(ROUND_FLOOR)
    high = (likely + spread).to_integral_value(ROUND_CEILING)
    if unit != "month":
        return low, high
    return (likely if line.confidence == "high" else low), likely
