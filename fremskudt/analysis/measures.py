"""The measures of the handbook: what each is called, which columns and scale it rests on."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["single", "multi", "amount"]


@dataclass(frozen=True)
class Measure:
    """A measure. `columns` are the (table, column) pairs whose origin its figures inherit;
    `unit` is what is counted, in the singular and the plural. A measure that `is_process` tells
    of the registering, not of citizens: it has no interval, and only its small counts are
    protected. One that `is_chosen` is about citizens who were picked: it has no interval either,
    for they are a sample of nobody."""

    code: str
    title: str
    kind: Kind
    columns: tuple[tuple[str, str], ...]
    scale: str = ""
    unit: tuple[str, str] = ("borger", "borgere")
    question: str = ""
    source: str = ""
    is_process: bool = False
    is_chosen: bool = False


CASES = ("sag", "sager")
ANSWERS = ("svar", "svar")


def _gain(code: str, title: str, scale: str = "payer") -> Measure:
    """A measure of the trajectories that no source prints."""
    return Measure(code, title, "amount", (("trajectories", "*"),), scale)


_ALL = (
    Measure(
        "citizen_gain",
        "Udvalgte borgere med og uden nettogevinst",
        "single",
        (("trajectories", "*"),),
        "citizen_gain",
        source="Rudersdal 2013 8",
        is_chosen=True,
    ),
    Measure(
        "segmentation",
        "Udvalgte borgere, som segmenteringsreglen finder",
        "multi",
        (("trajectories", "*"),),
        "segmentation",
        is_chosen=True,
    ),
    Measure(
        "gender",
        "Køn",
        "single",
        (("cases", "gender"),),
        "gender",
        source="Hovedrapporten 1 (figur 1)",
    ),
    Measure(
        "age_group",
        "Alder",
        "single",
        (("cases", "age_group"),),
        "age_group",
        source="Hovedrapporten 1 (figur 2)",
    ),
    Measure(
        "target_group",
        "Målgruppe",
        "single",
        (("cases", "target_group"),),
        "target_group",
        source="Hovedrapporten, indledning",
    ),
    Measure(
        "referrer",
        "Hvem gjorde opmærksom på borgeren",
        "single",
        (("cases", "referrer"),),
        "referrer",
        CASES,
    ),
    Measure(
        "psychiatry",
        "Tidligere kontakt til psykiatrien",
        "multi",
        (("cases", "psychiatry"),),
        "psychiatry",
        question="Flere svar er muligt",
        source="Rudersdal 2013 3",
    ),
    Measure(
        "employment",
        "Forsørgelse",
        "single",
        (("registrations", "employment"),),
        "employment",
        source="Rudersdal 2013 (figur 1)",
    ),
    Measure(
        "contact_days",
        "Tid fra sagsbehandleren blev bekendt med borgeren til første kontakt",
        "single",
        (("cases", "known_date"), ("cases", "first_contact_date")),
        "contact_days",
        CASES,
        source="Rudersdal 2013 (figur 2)",
    ),
    Measure(
        "registered",
        "Registrerede sager i hver fase",
        "multi",
        (("registrations", "phase"),),
        "phase",
        CASES,
        source="Hovedrapporten 1",
        is_process=True,
    ),
    Measure(
        "retention", "Fulgt til fase 3", "single", (("registrations", "phase"),), "retention", CASES
    ),
    Measure(
        "role",
        "Den fremskudte sagsbehandlers rolle",
        "multi",
        (("roles", "role"),),
        "role",
        CASES,
        "Flere svar er muligt",
        "Hovedrapporten 1 (figur 3)",
    ),
    Measure(
        "tool",
        "Brugte redskaber",
        "multi",
        (("tools", "tool"),),
        "tool",
        CASES,
        "Flere svar er muligt",
        "Rudersdal 2013 5",
    ),
    Measure(
        "contact_deadline",
        "Fristen på to dage for at tage kontakt",
        "single",
        (("cases", "known_date"), ("cases", "first_contact_date")),
        "contact_deadline",
        CASES,
        source="Rudersdal 2013 5",
    ),
    Measure(
        "meeting_deadline",
        "Fristen på fem arbejdsdage for det koordinerende møde",
        "single",
        (("tools", "used_date"), ("cases", "first_contact_date")),
        "meeting_deadline",
        CASES,
        source="Rudersdal 2013 5",
    ),
    Measure(
        "support_home",
        "Behov for støtte i eget hjem",
        "single",
        (("registrations", "support_home"),),
        "support_need",
        question="Sagsbehandlerens vurdering",
        source="Hovedrapporten 1.1 (figur 6)",
    ),
    Measure(
        "support_economy",
        "Behov for støtte til egen økonomi",
        "single",
        (("registrations", "support_economy"),),
        "support_need",
        question="Sagsbehandlerens vurdering",
        source="Hovedrapporten 1.1 (figur 7)",
    ),
    Measure(
        "wellbeing_change",
        "Ændring i trivsel siden opstart",
        "single",
        (("registrations", "wellbeing_change"),),
        "wellbeing_change",
        question="Sagsbehandlerens vurdering",
        source="Hovedrapporten 1.1 (figur 5)",
    ),
    Measure(
        "goal_change",
        "Tættere på eller længere fra personlige mål",
        "single",
        (("registrations", "goal_change"),),
        "goal_change",
        question="Sagsbehandlerens vurdering",
        source="Rudersdal 2013 (figur 7)",
    ),
    Measure(
        "citizen_rating",
        "Borgerens egen vurdering af situationen siden opstart",
        "single",
        (("registrations", "citizen_rating"),),
        "citizen_rating",
        question="Borgerens svar",
        source="Hovedrapporten 1.1 (figur 4)",
    ),
    Measure(
        "support_home_change",
        "Støttebehov i eget hjem: de samme borgere i fase 1 og 3",
        "single",
        (("registrations", "support_home"),),
        "change",
    ),
    Measure(
        "support_economy_change",
        "Støttebehov til egen økonomi: de samme borgere i fase 1 og 3",
        "single",
        (("registrations", "support_economy"),),
        "change",
    ),
    Measure(
        "agreement",
        "Er borger og sagsbehandler enige?",
        "single",
        (("registrations", "citizen_rating"), ("registrations", "wellbeing_change")),
        "agreement",
        source="Hovedrapporten 1.1 (figur 4 og 5)",
    ),
    Measure("cases", "Sager", "amount", (("cases", "case_id"),), unit=CASES),
    Measure(
        "admin_cost",
        "Administrativ nettoomkostning",
        "amount",
        (("workload", "*"),),
        source="Hovedrapporten 2.3 (figur 8)",
    ),
    Measure(
        "cost_per_case",
        "Omkostning pr. sag",
        "amount",
        (("workload", "*"), ("municipality", "carried_out_cases")),
        source="Hovedrapporten 2.3 (figur 8)",
    ),
    Measure(
        "cost_by_cases",
        "Omkostning pr. sag ved andre antal sager",
        "amount",
        (("workload", "*"), ("municipality", "carried_out_cases")),
        source="Hovedrapporten 2.3",
    ),
    Measure(
        "scenario_cost",
        "Samlede udgifter til de udvalgte borgeres forløb",
        "amount",
        (("trajectories", "*"),),
        "payer",
        source="Hovedrapporten 2.3 (figur 9)",
    ),
    Measure(
        "scenario_cost_per_citizen",
        "Udgift pr. borger",
        "amount",
        (("trajectories", "*"),),
        "payer",
        source="Hovedrapporten 2.3 (figur 10)",
    ),
    Measure(
        "net_gain",
        "Nettogevinst pr. borger",
        "amount",
        (("trajectories", "*"),),
        "payer",
        source="Hovedrapporten 2.3 (figur 11 og tabel 12)",
    ),
    Measure(
        "saving_share",
        "Sparet andel af det kontrafaktiske forløbs udgift",
        "amount",
        (("trajectories", "*"),),
        "payer",
        source="Rudersdal 2013 8",
    ),
    _gain("gain_by_area", "Nettogevinst pr. borger efter område"),
    _gain("gain_by_year", "Nettogevinst pr. borger år for år"),
    _gain("cumulative_gain", "Nettogevinst pr. borger, lagt sammen måned for måned"),
    _gain("payback", "Måneder til pengene er tjent ind"),
    _gain("by_assumption", "Nettogevinst pr. borger under forskellige antagelser"),
    _gain("simulated_gain", "Nettogevinst pr. borger, når skønnene varierer"),
    _gain("simulated_total", "Samlet nettogevinst pr. borger, når skøn varierer", "statistic"),
    _gain("gain_distribution", "Fordeling af den samlede nettogevinst pr. borger", scale=""),
    _gain("mean_of_citizens", "Gennemsnittet af de udvalgte borgere", scale=""),
    _gain("sensitivity", "De skøn, der betyder mest", scale=""),
    _gain("two_way", "De to vigtigste skøn sammen", scale=""),
    _gain("break_even", "Hvor meget skal være rigtigt?"),
    _gain("calculator", "Regnemaskinens grundlag"),
    Measure(
        "timeline",
        "Udvalgte borgeres forløb",
        "amount",
        (("trajectories", "*"), ("selected", "*")),
        "service",
        source="Hovedrapporten 2.2",
    ),
)
MEASURES = {measure.code: measure for measure in _ALL}
