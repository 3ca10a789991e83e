"""The time behind the administrative cost of each municipality.

Net cost = (own − saved minutes) / minutes per full-time equivalent · salary · (1 + overhead).
Rudersdal's minutes are printed (Rudersdal 2013 8). For the other three the sources print the
cost per case only (Hovedrapporten 2.3, figur 8); the net minutes are then the whole number
that gives the printed cost per case. Both they and how they are divided over lines are
constructed: saved time is not printed, nor is the number of cases in Gladsaxe and Vejle.
"""

from fremskudt.contract.constants import read_constants

Line = tuple[str, str, str, int, str, str]

COST_PER_CASE = "Hovedrapporten 2.3 (figur 8)"
LINES: dict[str, tuple[Line, ...]] = {
    "aarhus": (
        ("own-1", "own", "Sagsbehandling, Socialforvaltningen", 47_600, "constructed", ""),
        ("own-2", "own", "Sagsbehandling, Jobcenter", 39_331, "constructed", COST_PER_CASE),
        ("saved-1", "saved", "Sparet visitation i Socialforvaltningen", 9_500, "constructed", ""),
        ("saved-2", "saved", "Sparet opfølgning i Jobcenter", 13_000, "constructed", ""),
    ),
    "gladsaxe": (
        (
            "own-1",
            "own",
            "Sagsbehandling, Boligsocial Enhed",
            38_986,
            "constructed",
            COST_PER_CASE,
        ),
        (
            "saved-1",
            "saved",
            "Sparet opfølgning i Arbejdsmarkedsafdelingen",
            8_000,
            "constructed",
            "",
        ),
    ),
    "rudersdal": (
        (
            "own-1",
            "own",
            "Sagsbehandling på tværs af enheder",
            18_560,
            "published",
            "Rudersdal 2013 8",
        ),
    ),
    "vejle": (
        (
            "own-1",
            "own",
            "Sagsbehandling i to boligområder",
            63_875,
            "constructed",
            COST_PER_CASE,
        ),
        ("saved-1", "saved", "Sparet tid i udsættelsessager", 9_500, "constructed", ""),
    ),
}


def rows(slug: str) -> list[dict[str, str]]:
    """The workload table of a municipality as rows of text."""
    constants = read_constants()
    salary = constants["annual_salary_dkk"]
    return [
        {
            "line": line,
            "kind": kind,
            "description": description,
            "minutes": str(minutes),
            "fte": "",
            "annual_salary_dkk": f"{salary.value:.0f}",
            "overhead_share": f"{constants['overhead_share'].value:.2f}",
            "price_year": salary.price_year,
            "origin": origin,
            "source": source,
        }
        for line, kind, description, minutes, origin, source in LINES[slug]
    ]
