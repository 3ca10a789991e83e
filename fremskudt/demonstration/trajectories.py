"""The trajectories table of the demonstration data: 21 selected citizens, two scenarios each.

Method. The report asks each municipality to list, for five or six citizens and over three
years, the services a citizen is expected to receive and those that would have been likely
without outreach casework, and to price them locally (Hovedrapporten 2.2 and annex B). The
lists themselves are not public. Here they are authored: per citizen a story, services, months
and quantities (``trajectories_data.py``), priced from the list below. What is printed is met
exactly: the average net gain per citizen and payer, counterfactual minus expected
(Hovedrapporten 2.3, table 12), and the cost of a case (figure 8).

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
* A benefit has one refund share per line: 30 % from the state when passive, 50 % in company
  based activation or education, disability pension 35 %, flexible job 65 %; sickness benefit
  40 % over the first year as a blend of the weeks' rates. Nobody receives it for longer.
* Municipal shares of activation, mentor and single payments are 50 %, below the ceilings.
* Ordinary casework is left out of both scenarios, as in the report (2.2).

Uncertainty. Low and high are not printed anywhere. Price ranges stand in the list; statutory
rates have none. Quantities range by the line's confidence: high 10 %, medium 25 %, low 50 % to
either side, rounded outwards to whole units; months never exceed the likely number, and a
single event of medium or low confidence may fail to happen (0). Ranges are therefore
lopsided, and a mean over them is not the likely value.
"""

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import NamedTuple

from fremskudt.demonstration.trajectories_data import (
    AARHUS,
    GLADSAXE,
    RUDERSDAL,
    VEJLE,
    Citizen,
    Line,
)

Shares = tuple[str, str, str, str]

MUNICIPALITY: Shares = ("1.00", "0.00", "0.00", "0.00")
REGION: Shares = ("0.00", "1.00", "0.00", "0.00")
STATE: Shares = ("0.00", "0.00", "1.00", "0.00")
OTHER: Shares = ("0.00", "0.00", "0.00", "1.00")
HALF: Shares = ("0.50", "0.00", "0.50", "0.00")
PASSIVE: Shares = ("0.70", "0.00", "0.30", "0.00")
SICKNESS: Shares = ("0.60", "0.00", "0.40", "0.00")
PENSION: Shares = ("0.65", "0.00", "0.35", "0.00")
FLEX_JOB: Shares = ("0.35", "0.00", "0.65", "0.00")

LAS = "sats 2013, LAS § 25"
RESOURCE = "sats 2013, LAS § 68"
DAILY = "sats 2013, 4.005 kr. pr. uge"
GRADUATE = "dimittendsats 2013, 3.285 kr. pr. uge"
ESTIMATE = "pris skønnet, 2013-niveau"


class Price(NamedTuple):
    """What one unit of a service costs, and who pays; low, likely and high in 2013 kroner."""

    service_code: str
    unit: str
    low: int
    likely: int
    high: int
    shares: Shares
    source: str = ESTIMATE


PRICES = {
    "cash_u25_passive": Price("cash_benefit", "month", 6767, 6767, 6767, PASSIVE, LAS),
    "cash_u25_active": Price("cash_benefit", "month", 6767, 6767, 6767, HALF, LAS),
    "cash_passive": Price("cash_benefit", "month", 10500, 10500, 10500, PASSIVE, LAS),
    "cash_active": Price("cash_benefit", "month", 10500, 10500, 10500, HALF, LAS),
    "cash_parent": Price("cash_benefit", "month", 13952, 13952, 13952, PASSIVE, LAS),
    "resource": Price("resource_benefit", "month", 10500, 10500, 10500, PASSIVE, RESOURCE),
    "sickness": Price("sickness_benefit", "month", 17355, 17355, 17355, SICKNESS, DAILY),
    "unemployment": Price("unemployment_benefit", "month", 14235, 14235, 14235, HALF, GRADUATE),
    "pension": Price("disability_pension", "month", 17000, 17500, 17900, PENSION),
    "flex_job": Price("flex_job", "month", 9500, 11500, 13500, FLEX_JOB),
    "su": Price("student_grant", "month", 5753, 5753, 5753, STATE, "SU-sats 2013, udeboende"),
    "su_disability": Price(
        "student_grant_disability",
        "month",
        13600,
        13753,
        13900,
        STATE,
        "SU-sats 2013 og handicaptillæg på skønnet 8.000 kr.",
    ),
    "housing_benefit": Price("housing_benefit", "month", 600, 900, 1200, HALF),
    "sps": Price("special_education_support", "hour", 380, 420, 460, STATE),
    "mentor": Price("mentor", "hour", 320, 360, 400, HALF),
    "activation": Price("activation_course", "week", 1400, 1800, 2200, HALF),
    "home_support": Price("home_support", "hour", 350, 400, 450, MUNICIPALITY),
    "practical_help": Price("practical_help", "hour", 320, 350, 390, MUNICIPALITY),
    "contact_person": Price("support_contact_person", "hour", 340, 380, 420, MUNICIPALITY),
    "activity_centre": Price("activity_centre", "month", 1000, 1500, 2200, MUNICIPALITY),
    "drug_treatment": Price("drug_treatment", "month", 4500, 5500, 6500, MUNICIPALITY),
    "alcohol_treatment": Price("alcohol_treatment", "month", 3400, 4200, 5000, MUNICIPALITY),
    "residential": Price("residential_treatment", "day", 1600, 1900, 2300, MUNICIPALITY),
    "temporary_housing": Price("temporary_housing", "day", 1200, 1450, 1800, MUNICIPALITY),
    "shelter": Price("shelter", "day", 1000, 1150, 1300, HALF),
    "rehousing": Price("rehousing", "event", 20000, 32000, 50000, MUNICIPALITY),
    "eviction": Price("eviction", "event", 40000, 58000, 80000, OTHER),
    "single_payment": Price("single_payment", "event", 6000, 12000, 20000, HALF),
    "child_prevention": Price("child_prevention", "month", 7000, 9000, 12000, MUNICIPALITY),
    "child_placement": Price("child_placement", "month", 26000, 32000, 45000, MUNICIPALITY),
    "childcare": Price("childcare_subsidy", "month", 1300, 1700, 2100, MUNICIPALITY),
    "volunteers": Price("volunteer_group", "contact", 60, 100, 140, OTHER),
    "inpatient": Price("psychiatric_inpatient", "day", 3200, 3500, 3900, REGION),
    "outpatient": Price("psychiatric_outpatient", "contact", 1600, 1850, 2100, REGION),
    "psychologist": Price("psychologist", "course", 5000, 6200, 7400, REGION),
    "gp": Price("general_practice", "contact", 200, 250, 300, REGION),
    "medicine": Price("other_health", "month", 250, 400, 600, REGION),
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


def _citizen_rows(slug: str, citizen: Citizen) -> list[dict[str, str]]:
    """The outreach case itself, then the authored lines of both scenarios."""
    casework = Line("outreach_casework", 0, 3, 1, "high")
    return [
        _row(citizen, "expected", casework, _casework_price(slug)),
        *(_row(citizen, "expected", line, PRICES[line.item]) for line in citizen.expected),
        *(
            _row(citizen, "counterfactual", line, PRICES[line.item])
            for line in citizen.counterfactual
        ),
    ]


def _casework_price(slug: str) -> Price:
    """The municipality's own printed cost per case; it has no range."""
    amount = CASEWORK_DKK[slug]
    return Price(
        "outreach_casework", "course", amount, amount, amount, MUNICIPALITY, CASEWORK_SOURCE
    )


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
        "price_year": "2013",
        "share_municipality": municipality,
        "share_region": region,
        "share_state": state,
        "share_other": other,
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
