"""The tables of a delivery: which columns each has, what they mean, what identifies a row.

The page "Datakontrakten" in the book is generated from this module
(`python -m fremskudt.publishing.dictionary`).
"""

from dataclasses import dataclass
from functools import cached_property

from fremskudt.contract.cells import folded
from fremskudt.contract.columns import (
    Code,
    Codes,
    Column,
    Date,
    Identifier,
    Number,
    OneOf,
    ServiceCode,
    Text,
)
from fremskudt.contract.constants import constant

MONTHS = int(constant("trajectory_months"))
ORIGIN_LABELS = {
    "published": "Offentliggjort",
    "reconstructed": "Rekonstrueret",
    "constructed": "Konstrueret",
    "registered": "Registreret",
}
ORIGINS = tuple(ORIGIN_LABELS)
ORIGIN = OneOf(ORIGINS, tuple(ORIGIN_LABELS.values()))


@dataclass(frozen=True)
class Table:
    """A table of a delivery. `key` names the columns that together identify a row."""

    name: str
    label: str
    row: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    def __getitem__(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @property
    def file(self) -> str:
        return f"{self.name}.csv"

    def column_of(self, heading: str) -> str | None:
        """The column that a heading means: its English or its Danish name, with or without the
        workbook's asterisk; None for a heading of no column."""
        return self._headings.get(folded(heading.rstrip(" *")))

    @cached_property
    def _headings(self) -> dict[str, str]:
        """The column of every heading, spelt as for comparing; of two the first."""
        found: dict[str, str] = {}
        for one in self.columns:
            for heading in (one.name, folded(one.label)):
                found.setdefault(heading, one.name)
        return found

    def is_called(self, name: str) -> bool:
        """Whether a sheet of this name holds the table."""
        return folded(name) in (self.name, folded(self.label))


def _case_id(description: str = "Sagens pseudonym, som i tabellen over sager.") -> Column:
    return Column("case_id", Identifier(), "Sag", description)


def _optional(name: str, scale: str, label: str, description: str) -> Column:
    return Column(name, Code(scale), label, description, is_required=False)


CASES = Table(
    "cases",
    "Sager",
    "en borgers sag",
    ("case_id",),
    (
        _case_id("Pseudonym, som kommunen selv vælger; aldrig et cpr-nummer eller et navn."),
        Column(
            "target_group", Code("target_group"), "Målgruppe", "Den målgruppe, sagen hører til."
        ),
        _optional("gender", "gender", "Køn", "Borgerens køn."),
        _optional("age_group", "age_group", "Aldersgruppe", "Borgerens alder ved sagens start."),
        _optional("referrer", "referrer", "Henvist af", "Hvem der gjorde opmærksom på borgeren."),
        Column(
            "known_date",
            Date(),
            "Bekendt",
            "Dagen, hvor den fremskudte sagsbehandler blev bekendt med borgeren.",
            is_required=False,
        ),
        Column(
            "first_contact_date",
            Date(),
            "Første kontakt",
            "Dagen for den første kontakt med borgeren.",
            is_required=False,
        ),
        Column("start_date", Date(), "Start", "Dagen, hvor det fremskudte forløb begyndte."),
        Column(
            "end_date",
            Date(),
            "Afslutning",
            "Dagen, hvor forløbet sluttede; tom så længe det er i gang.",
            is_required=False,
        ),
        Column(
            "psychiatry",
            Codes("psychiatry"),
            "Tidligere kontakt til psykiatrien",
            "Alle former for kontakt før sagen; none står alene.",
            is_required=False,
        ),
    ),
)

REGISTRATIONS = Table(
    "registrations",
    "Registreringer",
    "en sag i en fase",
    ("case_id", "phase"),
    (
        _case_id(),
        Column(
            "phase",
            Number(1, 3, is_whole=True),
            "Fase",
            "1 ved opstart, 2 ved afslutning, 3 ved opfølgning tre måneder efter.",
        ),
        Column("registration_date", Date(), "Dato", "Dagen, hvor skemaet blev udfyldt."),
        _optional("respondent", "respondent", "Besvaret af", "Hvem der udfyldte skemaet."),
        _optional("employment", "employment", "Forsørgelse", "Borgerens forsørgelse i fasen."),
        _optional(
            "support_home",
            "support_need",
            "Støttebehov i eget hjem",
            "Sagsbehandlerens vurdering af behovet for støtte til at klare sig i eget hjem.",
        ),
        _optional(
            "support_economy",
            "support_need",
            "Støttebehov, egen økonomi",
            "Sagsbehandlerens vurdering af behovet for støtte til at klare egen økonomi.",
        ),
        _optional(
            "wellbeing_change",
            "wellbeing_change",
            "Ændring i trivsel",
            "Sagsbehandlerens vurdering af ændringen siden opstart; kun fase 2 og 3.",
        ),
        _optional(
            "goal_change",
            "goal_change",
            "Personlige mål",
            "Sagsbehandlerens vurdering af vejen til borgerens mål siden opstart; kun fase 2 og 3.",
        ),
        _optional(
            "citizen_rating",
            "citizen_rating",
            "Borgerens egen vurdering",
            "Borgerens svar på, hvordan situationen er siden opstart; kun fase 2 og 3.",
        ),
    ),
)

ROLES = Table(
    "roles",
    "Roller",
    "en rolle, som sagsbehandleren havde i en sag",
    ("case_id", "role"),
    (_case_id(), Column("role", Code("role"), "Rolle", "Flere rækker pr. sag er muligt.")),
)

TOOLS = Table(
    "tools",
    "Redskaber",
    "et redskab eller skridt brugt i en sag",
    ("case_id", "tool"),
    (
        _case_id(),
        Column("tool", Code("tool"), "Redskab", "Redskabet, der blev brugt."),
        Column(
            "used_date",
            Date(),
            "Dato",
            "Dagen, hvor redskabet blev brugt første gang; skal stå ved et koordinerende møde.",
            is_required=False,
        ),
    ),
)

WORKLOAD = Table(
    "workload",
    "Tidsforbrug",
    "en linje i opgørelsen af de administrative omkostninger",
    ("line",),
    (
        Column("line", Identifier(), "Linje", "Linjens navn, fx own-1."),
        Column(
            "kind",
            Code("workload_kind"),
            "Art",
            "own er brugt på indsatsen, saved sparet andre steder.",
        ),
        Column("description", Text(), "Beskrivelse", "Hvad tiden er brugt på eller sparet på."),
        Column(
            "minutes",
            Number(0, 1e8),
            "Minutter",
            "Minutter i opgørelsesåret; udfyld enten minutter eller årsværk.",
            is_required=False,
        ),
        Column(
            "fte",
            Number(0, 1000),
            "Årsværk",
            "Årsværk i opgørelsesåret; udfyld enten minutter eller årsværk.",
            is_required=False,
        ),
        Column("annual_salary_dkk", Number(1, 5e6), "Årsløn", "Bruttoløn for et årsværk i kroner."),
        Column("overhead_share", Number(0, 2), "Overhead", "Andel oven på lønnen; 0,05 er 5 %."),
        Column("price_year", Number(1990, 2099, is_whole=True), "Prisår", "Lønnens prisår."),
        Column("origin", ORIGIN, "Oprindelse", "Hvor tallet kommer fra."),
        Column("source", Text(), "Kilde", "Dokument og afsnit.", is_required=False),
    ),
)


def _amounts(name: str, label: str, unit: str) -> tuple[Column, ...]:
    """The low, likely and high value of one number."""
    return (
        Column(f"{name}_low{unit}", Number(0, 1e8), f"{label}, lavt skøn", "Lavt skøn."),
        Column(
            f"{name}{unit}", Number(0, 1e8), label, "Det sandsynlige skøn; det, der regnes med."
        ),
        Column(f"{name}_high{unit}", Number(0, 1e8), f"{label}, højt skøn", "Højt skøn."),
    )


SHARES = ("share_municipality", "share_region", "share_state", "share_other")


def _shares(*whose: str) -> tuple[Column, ...]:
    """Who pays which part of the price; empty where a refund rule decides."""
    return tuple(
        Column(name, Number(0, 1), f"{who} andel", "Andel af prisen, 0 til 1.", is_required=False)
        for name, who in zip(SHARES, whose, strict=True)
    )


SELECTED = Table(
    "selected",
    "Udvalgte borgere",
    "en borger, hvis forløb er opgjort",
    ("case_id",),
    (
        _case_id(),
        Column(
            "description",
            Text(),
            "Beskrivelse",
            "Borgeren i én sætning uden navn og sted; vises aldrig for kommunens egne borgere.",
            is_required=False,
        ),
        Column(
            "benefit_weeks_before",
            Number(0, 2000),
            "Uger på forsørgelse før",
            "Uger på offentlig forsørgelse, før forløbet begyndte; tom er 0.",
            is_required=False,
        ),
    ),
)

TRAJECTORIES = Table(
    "trajectories",
    "Forløb",
    "en ydelse i et scenarie for en udvalgt borger",
    ("case_id", "scenario", "service_code", "from_month"),
    (
        _case_id(),
        Column("scenario", Code("scenario"), "Scenarie", "Forventet eller kontrafaktisk forløb."),
        Column("service_code", ServiceCode(), "Ydelse", "Kode fra ydelseskataloget."),
        Column(
            "from_month",
            Number(0, MONTHS - 1, is_whole=True),
            "Fra måned",
            "Første måned; 0 er starten.",
        ),
        Column(
            "to_month",
            Number(1, MONTHS, is_whole=True),
            "Til måned",
            "Måneden, hvor ydelsen er slut.",
        ),
        *_amounts("quantity", "Mængde i alt", ""),
        *_amounts("unit_price", "Enhedspris", "_dkk"),
        Column("price_year", Number(1990, 2099, is_whole=True), "Prisår", "Prisernes år."),
        *_shares("Kommunens", "Regionens", "Statens", "Øvriges"),
        Column(
            "refund_rule",
            Identifier("navnet på en refusionsregel"),
            "Refusionsregel",
            "I stedet for andelene, ved forsørgelse: reglen deler mellem kommune og stat.",
            is_required=False,
        ),
        Column("confidence", Code("confidence"), "Sikkerhed", "Hvor sikkert skønnet er."),
        Column("origin", ORIGIN, "Oprindelse", "Hvor linjen kommer fra."),
        Column("source", Text(), "Kilde", "Dokument og afsnit.", is_required=False),
    ),
)

TABLES = {
    table.name: table
    for table in (CASES, REGISTRATIONS, ROLES, TOOLS, WORKLOAD, SELECTED, TRAJECTORIES)
}
