"""What is known of each municipality's model (Hovedrapporten 2, "De fire afprøvede modeller").

Numbers of expected cases, and the split of the cases that are neither Aarhus' nor Rudersdal's
between Gladsaxe and Vejle, are not printed and therefore constructed.
"""

from typing import Any

MODEL = "Hovedrapporten 2 (De fire afprøvede modeller)"

FACTS: dict[str, dict[str, Any]] = {
    "aarhus": {
        "name": "Aarhus Kommune",
        "short_name": "Aarhus",
        "code": "751",
        "region": "Region Midtjylland",
        "target_groups": [
            "Borgere, der har været i gang og forsørget sig selv, men er psykisk sårbare, er kommet i kontakt med psykiatrien og risikerer social deroute"
        ],
        "detection_focus": "Borgere, der for første gang er i kontakt med den regionale psykiatri",
        "management_anchoring": "To forvaltninger: Myndighedsafdelingen i Socialforvaltningen og Jobcenter i Beskæftigelsesforvaltningen",
        "physical_placement": "Psykiatrisk afdeling på Aarhus Universitetshospital to til tre dage om ugen",
        "caseworkers": 2,
        "expected_cases": 120,
        "carried_out_cases": 130,
    },
    "gladsaxe": {
        "name": "Gladsaxe Kommune",
        "short_name": "Gladsaxe",
        "code": "159",
        "region": "Region Hovedstaden",
        "target_groups": [
            "Unge på 18–30 år med psykiske vanskeligheder eller begyndende sindslidelse, som kommunen har svært ved at få kontakt til"
        ],
        "detection_focus": "Bredt, med særligt blik for unge på kontanthjælp",
        "management_anchoring": "Én enhed: Boligsocial Enhed under Arbejdsmarkedsafdelingen i Social- og Sundhedsforvaltningen",
        "physical_placement": "Arbejdsmarkedsafdelingen på rådhuset",
        "caseworkers": 2,
        "expected_cases": 45,
        "carried_out_cases": 42,
    },
    "rudersdal": {
        "name": "Rudersdal Kommune",
        "short_name": "Rudersdal",
        "code": "230",
        "region": "Region Hovedstaden",
        "target_groups": [
            "Borgere, der på grund af psykiske vanskeligheder har mistet kontakten til arbejdsmarkedet og i perioder ikke kan holde kontakten til det sociale system",
            "Unge på omkring 17–29 år, der på grund af psykiske vanskeligheder har mistet kontakten til skole, uddannelse eller arbejdsmarked",
        ],
        "detection_focus": "Bredt",
        "management_anchoring": "På tværs af tre områder: Psykiatri og Handicap, Borgerservice og Beskæftigelse",
        "physical_placement": "I hver sin enhed, fordelt på to adresser",
        "caseworkers": 6,
        "expected_cases": 25,
        "carried_out_cases": 11,
    },
    "vejle": {
        "name": "Vejle Kommune",
        "short_name": "Vejle",
        "code": "630",
        "region": "Region Syddanmark",
        "target_groups": [
            "Beboere i to almene boligforeninger med en diagnosticeret psykisk lidelse, akutte psykiske problemer eller misbrug",
            "Familier i krise, der ikke har viden eller overskud til selv at søge støtte",
        ],
        "detection_focus": "Beboere i almene boligforeninger, der er truet af udsættelse",
        "management_anchoring": "Én afdeling: det socialpsykiatriske team i Myndighedsafdelingen under Socialområdet",
        "physical_placement": "To boligområder, tæt sammen med boligforeningerne, to til tre dage om ugen",
        "caseworkers": 2,
        "expected_cases": 50,
        "carried_out_cases": 57,
    },
}

# (table, column, phase, origin, basis); phase "" is every phase.
COMMON_ORIGINS = (
    ("municipality", "*", "", "published", MODEL),
    ("municipality", "expected_cases", "", "constructed", "Det ventede antal sager er ikke trykt."),
    (
        "cases",
        "*",
        "",
        "constructed",
        "Enkeltsager er ikke offentlige; fordelingen er lagt, så rapportens ord holder.",
    ),
    (
        "registrations",
        "*",
        "",
        "constructed",
        "Figurerne er gået tabt; svarene er lagt, så rapportens ord holder.",
    ),
    (
        "roles",
        "*",
        "",
        "constructed",
        "Figur 3 er gået tabt; 127 svar på tværs af kommunerne er trykt.",
    ),
    ("tools", "*", "", "constructed", "Brugen af redskaber er kun beskrevet i ord."),
    ("workload", "*", "", "constructed", "Se hver linjes oprindelse i workload.csv."),
    ("selected", "*", "", "constructed", "Borgerne er opfundet til forløbene."),
    (
        "trajectories",
        "*",
        "",
        "constructed",
        "De enkelte ydelser er ikke trykt; summen pr. betaler er afstemt til tabel 12.",
    ),
)

EXTRA_ORIGINS: dict[str, tuple[tuple[str, str, str, str, str], ...]] = {
    "aarhus": (("municipality", "carried_out_cases", "", "published", "Hovedrapporten 1, note 3"),),
    "gladsaxe": (
        (
            "municipality",
            "carried_out_cases",
            "",
            "constructed",
            "Fordelingen mellem Gladsaxe og Vejle er ikke trykt; ca. 240 i alt.",
        ),
    ),
    "rudersdal": (
        ("municipality", "carried_out_cases", "", "published", "Rudersdal 2013 3"),
        (
            "cases",
            "gender",
            "",
            "reconstructed",
            "Rudersdal 2013 3: seks kvinder og fem mænd; hvem der er hvem, er ikke trykt.",
        ),
        (
            "cases",
            "psychiatry",
            "",
            "reconstructed",
            "Rudersdal 2013 3: antal for hver form for kontakt; hvem der havde hvilken, er ikke trykt.",
        ),
        (
            "registrations",
            "phase",
            "",
            "published",
            "Rudersdal 2013 3: 11, 10 og 8 borgere i de tre faser.",
        ),
    ),
    "vejle": (
        (
            "municipality",
            "carried_out_cases",
            "",
            "constructed",
            "Fordelingen mellem Gladsaxe og Vejle er ikke trykt; ca. 240 i alt.",
        ),
    ),
}
