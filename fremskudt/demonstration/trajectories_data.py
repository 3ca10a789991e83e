"""The authored trajectories: what each selected citizen receives, month by month, in two scenarios.

Everything in this file is constructed. The sources print the average net gain per citizen and
payer (Hovedrapporten 2.3, table 12) and two anonymous examples (2.2); the citizens, their
services and the quantities are made up so that they come to the printed averages. How a line
becomes a row, and what it costs, stands in ``trajectories.py``.

A line reads: item of the price list, from month, to month (exclusive), total quantity,
confidence. A closing line also brings its own unit price, which follows from the printed sum.
Months without an income benefit are months in ordinary employment, or as a paid apprentice.
"""

from decimal import Decimal
from typing import NamedTuple


class Line(NamedTuple):
    """One service over the months [start, end); ``closes`` is the unit price of a closing line."""

    item: str
    start: int
    end: int
    quantity: int
    confidence: str = "medium"
    closes: Decimal | None = None


class Citizen(NamedTuple):
    """A selected citizen: the profile that a case must match, and the two trajectories."""

    pseudonym: str
    age_group: str
    gender: str
    target_group: str
    story_da: str
    expected: tuple[Line, ...]
    counterfactual: tuple[Line, ...]
    basis: str = "Konstrueret forløb"


AARHUS = (
    Citizen(
        "A-01",
        "age_18_25",
        "woman",
        "young",
        "Lærerstuderende på 22 år, indlagt første gang med en psykose og uden forsørgelse.",
        expected=(
            Line("cash_u25_passive", 0, 5, 5, "high"),
            Line("su_disability", 5, 23, 18),
            Line("unemployment", 23, 27, 4, "low"),
            Line("home_support", 2, 14, 60),
            Line("outpatient", 0, 24, 38),
            Line("sps", 6, 23, 30, "medium", Decimal("415.89")),
        ),
        counterfactual=(
            Line("cash_u25_passive", 0, 30, 30),
            Line("cash_passive", 30, 36, 6, "low"),
            Line("inpatient", 8, 20, 14, "low"),
            Line("outpatient", 0, 36, 40),
            Line("home_support", 20, 36, 80, "low"),
        ),
    ),
    Citizen(
        "A-02",
        "age_26_35",
        "man",
        "young",
        "Ingeniørstuderende på 27 år med svær depression; mangler godt et år af uddannelsen.",
        expected=(
            Line("cash_passive", 0, 6, 6, "high"),
            Line("su_disability", 6, 20, 14),
            Line("mentor", 1, 9, 30),
            Line("outpatient", 0, 15, 20),
            Line("home_support", 1, 9, 26, "medium", Decimal("392.55")),
        ),
        counterfactual=(
            Line("cash_passive", 0, 8, 8),
            Line("su", 8, 14, 6, "low"),
            Line("cash_passive", 14, 24, 10, "low"),
            Line("cash_active", 24, 30, 6, "low"),
            Line("cash_passive", 30, 36, 6, "low"),
            Line("activation", 24, 30, 13, "low"),
            Line("inpatient", 13, 17, 10, "low"),
            Line("outpatient", 0, 30, 24),
        ),
    ),
    Citizen(
        "A-03",
        "age_36_45",
        "woman",
        "vulnerable",
        "Social- og sundhedsassistent på 38 år, sygemeldt med depression fra et fast job.",
        expected=(
            Line("sickness", 0, 7, 7, "high"),
            Line("psychologist", 1, 6, 1, "high"),
            Line("mentor", 3, 9, 20),
            Line("gp", 1, 24, 14),
            Line("outpatient", 2, 10, 10, "medium", Decimal("1887.50")),
        ),
        counterfactual=(
            Line("sickness", 0, 12, 12),
            Line("outpatient", 4, 16, 8),
            Line("gp", 0, 36, 22),
        ),
    ),
    Citizen(
        "A-04",
        "age_18_25",
        "man",
        "young",
        "Tidligere kokkeelev på 21 år med angst og adhd; har mistet sin læreplads.",
        expected=(
            Line("cash_u25_passive", 0, 6, 6, "high"),
            Line("cash_u25_active", 6, 10, 4),
            Line("home_support", 1, 15, 90),
            Line("mentor", 6, 16, 40),
            Line("outpatient", 0, 12, 12),
        ),
        counterfactual=(
            Line("cash_u25_passive", 0, 18, 18),
            Line("cash_u25_active", 18, 28, 10, "low"),
            Line("activation", 18, 28, 13, "low"),
            Line("inpatient", 10, 14, 5, "low"),
            Line("outpatient", 0, 24, 18),
        ),
    ),
    Citizen(
        "A-05",
        "age_26_35",
        "woman",
        "young",
        "Butiksassistent på 28 år med en bipolar lidelse, uden job og med spinkelt netværk.",
        expected=(
            Line("cash_passive", 0, 18, 18, "high"),
            Line("cash_active", 18, 30, 12),
            Line("home_support", 3, 27, 157),
            Line("outpatient", 0, 36, 36),
            Line("medicine", 0, 36, 36),
        ),
        counterfactual=(
            Line("cash_passive", 0, 36, 36),
            Line("home_support", 14, 36, 90, "low"),
            Line("inpatient", 12, 26, 10, "low"),
            Line("outpatient", 0, 36, 34),
            Line("medicine", 0, 36, 36),
        ),
    ),
)

GLADSAXE = (
    Citizen(
        "G-01",
        "age_18_25",
        "man",
        "young",
        "Ung mand på 24 år med depression og et stort hashforbrug; egen læge henviste ham.",
        expected=(
            Line("cash_u25_passive", 0, 4, 4, "high"),
            Line("cash_u25_active", 4, 6, 2, "high"),
            Line("home_support", 1, 19, 130),
            Line("gp", 0, 24, 20),
        ),
        counterfactual=(
            Line("cash_u25_passive", 0, 12, 12),
            Line("cash_passive", 12, 18, 6, "low"),
            Line("cash_active", 18, 26, 8, "low"),
            Line("inpatient", 12, 15, 24),
            Line("outpatient", 12, 24, 12, "low"),
            Line("home_support", 14, 26, 50, "low"),
            Line("drug_treatment", 14, 20, 6, "low"),
            Line("activity_centre", 14, 22, 8, "low"),
            Line("temporary_housing", 16, 18, 20, "low"),
        ),
        basis="Konstrueret efter Hovedrapporten 2.2 (eksempel 2)",
    ),
    Citizen(
        "G-02",
        "age_18_25",
        "woman",
        "young",
        "Hf-kursist på 20 år med angst og selvskade, på vej ud af uddannelsen.",
        expected=(
            Line("su", 0, 22, 22),
            Line("home_support", 1, 13, 84),
            Line("psychologist", 1, 7, 1, "high"),
            Line("outpatient", 0, 15, 14),
            Line("sps", 2, 22, 35, "medium", Decimal("430.90")),
        ),
        counterfactual=(
            Line("su", 0, 6, 6),
            Line("cash_u25_passive", 6, 16, 10),
            Line("su", 16, 36, 20, "low"),
            Line("inpatient", 6, 12, 9, "low"),
            Line("outpatient", 3, 30, 24),
        ),
    ),
    Citizen(
        "G-03",
        "age_26_35",
        "man",
        "young",
        "Lagerarbejder på 28 år, der isolerer sig med begyndende psykose.",
        expected=(
            Line("cash_passive", 0, 12, 12, "high"),
            Line("cash_active", 12, 24, 12),
            Line("home_support", 2, 26, 190),
            Line("outpatient", 1, 36, 40),
        ),
        counterfactual=(
            Line("cash_passive", 0, 18, 18),
            Line("cash_active", 18, 28, 10, "low"),
            Line("contact_person", 8, 16, 40, "low"),
            Line("inpatient", 10, 18, 18, "low"),
            Line("outpatient", 10, 36, 34),
        ),
    ),
    Citizen(
        "G-04",
        "age_18_25",
        "woman",
        "young",
        "Ufaglært på 19 år med spiseforstyrrelse og afbrudt skolegang.",
        expected=(
            Line("cash_u25_passive", 0, 9, 9, "high"),
            Line("cash_u25_active", 9, 21, 12),
            Line("activation", 9, 15, 26),
            Line("home_support", 2, 20, 120),
            Line("outpatient", 1, 24, 26),
            Line("outpatient", 24, 33, 10, "medium", Decimal("1830")),
        ),
        counterfactual=(
            Line("cash_u25_passive", 0, 16, 16),
            Line("cash_u25_active", 16, 28, 12, "low"),
            Line("activation", 16, 22, 26, "low"),
            Line("home_support", 18, 30, 50, "low"),
            Line("inpatient", 9, 14, 10, "low"),
            Line("outpatient", 6, 36, 30),
        ),
    ),
    Citizen(
        "G-05",
        "age_18_25",
        "man",
        "young",
        "Ung mand på 22 år med adhd og socialangst, uden uddannelse og kontakt til jobcentret.",
        expected=(
            Line("cash_u25_passive", 0, 6, 6, "high"),
            Line("cash_u25_active", 6, 18, 12),
            Line("mentor", 2, 16, 54),
            Line("activation", 6, 12, 20),
            Line("gp", 0, 24, 16),
            Line("home_support", 3, 18, 70, "medium", Decimal("394.25")),
        ),
        counterfactual=(
            Line("cash_u25_passive", 0, 16, 16),
            Line("cash_u25_active", 16, 26, 10, "low"),
            Line("activation", 16, 22, 20, "low"),
            Line("gp", 0, 36, 18),
            Line("outpatient", 12, 30, 10, "low"),
        ),
    ),
)

RUDERSDAL = (
    Citizen(
        "R-01",
        "age_18_25",
        "woman",
        "young",
        "Kvinde på 21 år med svær ocd, der ikke har forladt sin lejlighed i måneder.",
        expected=(
            Line("cash_u25_passive", 0, 14, 14, "high"),
            Line("cash_u25_active", 14, 24, 10, "low"),
            Line("housing_benefit", 0, 36, 36, "high"),
            Line("home_support", 2, 30, 260),
            Line("inpatient", 2, 20, 70),
            Line("outpatient", 1, 36, 60),
            Line("medicine", 0, 36, 36),
            Line("sps", 24, 36, 14, "medium", Decimal("419.80")),
        ),
        counterfactual=(
            Line("cash_u25_passive", 0, 36, 36),
            Line("housing_benefit", 0, 36, 36, "high"),
            Line("temporary_housing", 14, 26, 210, "low"),
            Line("inpatient", 6, 30, 95, "low"),
            Line("outpatient", 4, 36, 60),
            Line("medicine", 0, 36, 36),
        ),
    ),
    Citizen(
        "R-02",
        "age_18_25",
        "man",
        "young",
        "Mand på 23 år med depression og hash; får bostøtte, han ellers ikke var kommet til.",
        expected=(
            Line("cash_u25_passive", 0, 24, 24, "high"),
            Line("cash_passive", 24, 36, 12),
            Line("home_support", 4, 28, 110),
            Line("outpatient", 2, 30, 16),
            Line("volunteers", 6, 12, 4),
            Line("housing_benefit", 0, 36, 36, "high"),
        ),
        counterfactual=(
            Line("cash_u25_passive", 0, 24, 24),
            Line("cash_passive", 24, 36, 12),
            Line("outpatient", 2, 30, 16),
            Line("housing_benefit", 0, 36, 36, "high"),
        ),
    ),
    Citizen(
        "R-03",
        "age_26_35",
        "woman",
        "vulnerable",
        "Kvinde på 31 år med depression og alkoholmisbrug, der ikke åbner sin post.",
        expected=(
            Line("cash_passive", 0, 12, 12, "high"),
            Line("cash_active", 12, 18, 6),
            Line("home_support", 1, 25, 160),
            Line("alcohol_treatment", 2, 10, 8),
            Line("inpatient", 1, 6, 22),
            Line("outpatient", 1, 30, 40),
            Line("housing_benefit", 0, 36, 36, "high"),
            Line("medicine", 0, 36, 36),
        ),
        counterfactual=(
            Line("cash_passive", 0, 36, 36),
            Line("home_support", 20, 36, 100, "low"),
            Line("alcohol_treatment", 10, 24, 14, "low"),
            Line("residential", 14, 20, 84, "low"),
            Line("temporary_housing", 20, 24, 60, "low"),
            Line("inpatient", 6, 20, 42),
            Line("outpatient", 6, 36, 40),
            Line("housing_benefit", 0, 36, 36, "high"),
            Line("medicine", 0, 36, 36),
        ),
    ),
    Citizen(
        "R-04",
        "age_36_45",
        "man",
        "vulnerable",
        "Mand på 41 år med ubehandlet psykose, der udebliver fra alle aftaler.",
        expected=(
            Line("cash_passive", 0, 14, 14, "high"),
            Line("resource", 14, 36, 22),
            Line("housing_benefit", 0, 36, 36, "high"),
            Line("contact_person", 0, 10, 50),
            Line("home_support", 4, 36, 320),
            Line("inpatient", 2, 30, 145),
            Line("outpatient", 3, 36, 52),
            Line("medicine", 2, 36, 34),
        ),
        counterfactual=(
            Line("cash_passive", 0, 20, 20),
            Line("resource", 20, 36, 16, "low"),
            Line("housing_benefit", 0, 24, 24),
            Line("contact_person", 4, 24, 80),
            Line("temporary_housing", 24, 36, 240, "low"),
            Line("inpatient", 6, 34, 185),
            Line("outpatient", 8, 36, 48),
            Line("medicine", 8, 36, 28),
        ),
    ),
    Citizen(
        "R-05",
        "age_46_55",
        "woman",
        "vulnerable",
        "Kvinde på 49 år med tilbagevendende depressioner, ude af arbejde efter 20 år.",
        expected=(
            Line("cash_passive", 0, 15, 15, "high"),
            Line("flex_job", 15, 36, 21),
            Line("home_support", 2, 26, 130),
            Line("inpatient", 3, 24, 60),
            Line("outpatient", 0, 36, 56),
            Line("medicine", 0, 36, 36),
            Line("housing_benefit", 0, 36, 36, "high"),
            Line("practical_help", 2, 20, 56, "medium", Decimal("357.80")),
            Line("gp", 0, 36, 43, "medium", Decimal("235")),
        ),
        counterfactual=(
            Line("cash_passive", 0, 15, 15),
            Line("pension", 15, 36, 21, "low"),
            Line("home_support", 12, 36, 150, "low"),
            Line("practical_help", 12, 36, 150, "low"),
            Line("inpatient", 6, 30, 75, "low"),
            Line("outpatient", 0, 36, 60),
            Line("medicine", 0, 36, 36),
            Line("housing_benefit", 0, 36, 36, "high"),
        ),
    ),
)

VEJLE = (
    Citizen(
        "V-01",
        "age_36_45",
        "woman",
        "vulnerable",
        "Familie med tre børn få dage fra udsættelse; faderen drikker. Moderen (38 år) er i job.",
        expected=(
            Line("single_payment", 0, 1, 1, "high"),
            Line("housing_benefit", 1, 36, 35),
            Line("childcare", 1, 25, 24),
            Line("alcohol_treatment", 1, 9, 8),
            Line("child_prevention", 2, 8, 6),
        ),
        counterfactual=(
            Line("eviction", 0, 2, 1),
            Line("rehousing", 0, 3, 1),
            Line("child_placement", 4, 6, 4, "low"),
            Line("child_prevention", 6, 16, 10, "low"),
            Line("residential", 5, 8, 42, "low"),
            Line("alcohol_treatment", 8, 18, 10),
            Line("cash_parent", 5, 13, 8, "low"),
            Line("childcare", 13, 36, 23),
        ),
        basis="Konstrueret efter Hovedrapporten 2.2 (eksempel 1)",
    ),
    Citizen(
        "V-02",
        "age_26_35",
        "man",
        "vulnerable",
        "Studerende på 26 år med depression, der har mistet sin SU og ikke betalt husleje.",
        expected=(
            Line("cash_passive", 0, 4, 4, "high"),
            Line("su_disability", 4, 26, 22),
            Line("single_payment", 0, 1, 1, "high"),
            Line("home_support", 1, 17, 80),
            Line("outpatient", 1, 20, 22),
        ),
        counterfactual=(
            Line("cash_passive", 0, 24, 24),
            Line("cash_active", 24, 36, 12, "low"),
            Line("eviction", 1, 3, 1),
            Line("shelter", 3, 6, 30, "low"),
            Line("inpatient", 4, 10, 5, "low"),
            Line("outpatient", 6, 36, 24),
        ),
    ),
    Citizen(
        "V-03",
        "age_18_25",
        "woman",
        "young",
        "Pædagogstuderende på 23 år med angst, hvis husleje har været ubetalt i tre måneder.",
        expected=(
            Line("cash_u25_passive", 0, 5, 5, "high"),
            Line("su_disability", 5, 17, 12),
            Line("mentor", 1, 9, 28),
            Line("home_support", 1, 17, 110),
            Line("outpatient", 1, 18, 18),
            Line("sps", 5, 17, 65, "medium", Decimal("417.98")),
            Line("outpatient", 18, 27, 8, "medium", Decimal("1972.25")),
        ),
        counterfactual=(
            Line("cash_u25_passive", 0, 24, 24),
            Line("cash_active", 24, 36, 12, "low"),
            Line("activation", 24, 30, 20, "low"),
            Line("outpatient", 6, 30, 20),
        ),
    ),
    Citizen(
        "V-04",
        "age_46_55",
        "man",
        "vulnerable",
        "Førtidspensionist på 52 år med alkoholmisbrug og restancer hos boligforeningen.",
        expected=(
            Line("pension", 0, 36, 36, "high"),
            Line("home_support", 1, 25, 190),
            Line("alcohol_treatment", 2, 14, 12),
            Line("gp", 0, 36, 30),
            Line("practical_help", 4, 28, 46, "medium", Decimal("345.05")),
        ),
        counterfactual=(
            Line("pension", 0, 36, 36, "high"),
            Line("eviction", 2, 4, 1, "medium", Decimal("54996")),
            Line("shelter", 4, 9, 90, "low"),
            Line("home_support", 12, 36, 80, "low"),
            Line("residential", 9, 12, 28, "low"),
            Line("inpatient", 5, 9, 6, "low"),
            Line("gp", 0, 36, 30),
        ),
    ),
    Citizen(
        "V-05",
        "age_56_65",
        "woman",
        "vulnerable",
        "Førtidspensionist på 60 år, der samler til sig og er opsagt på grund af boligens stand.",
        expected=(
            Line("pension", 0, 36, 36, "high"),
            Line("home_support", 1, 25, 150),
            Line("practical_help", 2, 36, 140),
            Line("outpatient", 3, 27, 16),
        ),
        counterfactual=(
            Line("pension", 0, 36, 36, "high"),
            Line("rehousing", 3, 6, 1, "low"),
            Line("practical_help", 6, 36, 180),
            Line("outpatient", 6, 36, 14),
            Line("inpatient", 6, 9, 6, "low"),
        ),
    ),
    Citizen(
        "V-06",
        "age_36_45",
        "man",
        "vulnerable",
        "Mand på 43 år med psykose og hash, på kontanthjælp og uden kontakt til kommunen.",
        expected=(
            Line("cash_passive", 0, 16, 16, "high"),
            Line("resource", 16, 36, 20),
            Line("home_support", 1, 36, 300),
            Line("inpatient", 4, 20, 30),
            Line("outpatient", 2, 36, 44),
        ),
        counterfactual=(
            Line("cash_passive", 0, 36, 36),
            Line("eviction", 2, 4, 1),
            Line("shelter", 4, 8, 40, "low"),
            Line("contact_person", 10, 36, 100, "low"),
            Line("inpatient", 5, 30, 35, "low"),
            Line("outpatient", 8, 36, 40),
        ),
    ),
)
