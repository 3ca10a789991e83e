"""municipality.yml: what is known of a municipality and how it organised the work."""

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fremskudt.contract.constants import constant
from fremskudt.contract.encodings import encoding_of
from fremskudt.contract.names import (
    LETTERS,
    LONGEST_SHORT_NAME,
    NAME_EXPECTED,
    TEXT_EXPECTED,
    is_name,
    is_text,
    needs_short_name,
    short_name_of,
)
from fremskudt.contract.personal import find
from fremskudt.contract.problems import Place, Problem
from fremskudt.contract.reading import person
from fremskudt.contract.yaml_files import UNREADABLE, read_yaml

REGIONS = (
    "Region Hovedstaden",
    "Region Sjælland",
    "Region Syddanmark",
    "Region Midtjylland",
    "Region Nordjylland",
    "Region Østdanmark",
)
ORIGINS = ("constructed", "registered")
TEXTS = ("detection_focus", "management_anchoring", "physical_placement")
FIELDS = (
    "name",
    "short_name",
    "code",
    "region",
    "period_start",
    "period_end",
    "target_groups",
    *TEXTS,
    "caseworkers",
    "expected_cases",
    "carried_out_cases",
    "origin",
    "disclosure_threshold",
    "price_year",
    "rules_known_until",
    "source",
)
OPTIONAL = {
    "short_name",
    "expected_cases",
    "disclosure_threshold",
    "price_year",
    "rules_known_until",
    "source",
}
PLACEHOLDER = "UDFYLD"  # what `fremskudt new` writes where a municipality is to write
COUNT_EXPECTED = "et helt tal over 0 og højst 100.000"
MOST = 100_000  # a number of people or cases beyond this is a slip of the keyboard


@dataclass(frozen=True)
class Municipality:
    """A municipality and its model. `origin` is the origin of its case data as a whole:
    constructed for the demonstration, registered for a municipality's own data.
    `price_year` is the year that amounts are turned into (None: as delivered);
    `rules_known_until` the day after which refund rules were not yet known."""

    slug: str
    name: str
    short_name: str
    code: str
    region: str
    period_start: dt.date
    period_end: dt.date
    target_groups: tuple[str, ...]
    detection_focus: str
    management_anchoring: str
    physical_placement: str
    caseworkers: int
    expected_cases: int | None
    carried_out_cases: int
    origin: str
    disclosure_threshold: int
    price_year: int | None
    rules_known_until: dt.date
    source: str

    @property
    def is_registered(self) -> bool:
        return self.origin == "registered"

    @property
    def genitive(self) -> str:
        """The short name in the genitive: Vejles, Aarhus'."""
        return self.short_name + ("'" if self.short_name[-1] in "sxz" else "s")


def read_municipality(path: Path, shown_as: str) -> tuple[Municipality | None, list[Problem]]:
    """The municipality of a municipality.yml, or None and the problems.

    Fields that still hold the word of the template, and signs of a person in any line, comments
    included, are problems.
    """
    if not path.is_file():
        return None, [Problem(shown_as, "filen mangler", "municipality.yml i kommunens mappe")]
    try:
        raw = path.read_bytes()
        text = raw.decode(encoding_of(raw) or "utf-8-sig")
        values = read_yaml(text)
    except UNREADABLE as error:
        mark = getattr(error, "problem_mark", None)
        row = mark.line + 1 if mark else None
        return None, [
            Problem(
                shown_as,
                "filen kan ikke læses",
                "gyldig YAML i UTF-8 med datoer, der findes, og uden henvisninger (& og *)",
                row,
            )
        ]
    place = Place(shown_as)
    persons = [
        person(place, line, row, None)
        for row, line in enumerate(text.splitlines(), start=1)
        if find(line)
    ]
    if not isinstance(values, dict):
        return None, [Problem(shown_as, "filen er tom", "felterne " + ", ".join(FIELDS))]
    problems = _check(values, shown_as) + persons
    if problems:
        return None, problems
    short = values.get("short_name") or short_name_of(values["name"])
    threshold = values.get("disclosure_threshold") or int(constant("default_threshold"))
    return (
        Municipality(
            slug=path.parent.name,
            name=values["name"],
            short_name=short,
            code=values["code"],
            region=values["region"],
            period_start=values["period_start"],
            period_end=values["period_end"],
            target_groups=tuple(values["target_groups"]),
            **{name: values[name] for name in TEXTS},
            caseworkers=values["caseworkers"],
            expected_cases=values.get("expected_cases"),
            carried_out_cases=values["carried_out_cases"],
            origin=values["origin"],
            disclosure_threshold=threshold,
            price_year=values.get("price_year"),
            rules_known_until=values.get("rules_known_until") or values["period_end"],
            source=values.get("source") or "",
        ),
        [],
    )


def _check(values: dict[str, Any], shown_as: str) -> list[Problem]:
    problems = [
        Problem(shown_as, "feltet er ukendt", "felterne " + ", ".join(FIELDS), column=str(name))
        for name in values
        if name not in FIELDS
    ]
    for name in FIELDS:
        value = values.get(name)
        if value is None:
            if name not in OPTIONAL:
                problems.append(Problem(shown_as, "feltet mangler", expected(name), column=name))
        elif _is_placeholder(value):
            problems.append(
                Problem(shown_as, "feltet er ikke udfyldt endnu", expected(name), column=name)
            )
        elif not _is_valid(name, value):
            problems.append(
                Problem(shown_as, "ugyldig værdi", expected(name), column=name, value=value)
            )
    full = values.get("name")
    if values.get("short_name") is None and is_name(full) and needs_short_name(str(full)):
        what = "feltet mangler, for navnet er for langt til figurerne"
        problems.append(Problem(shown_as, what, expected("short_name"), column="short_name"))
    start, end = values.get("period_start"), values.get("period_end")
    if type(start) is type(end) is dt.date and end < start:
        problems.append(
            Problem(
                shown_as,
                "perioden slutter før den begynder",
                "en senere dato",
                None,
                "period_end",
                end,
            )
        )
    return problems


def _is_placeholder(value: object) -> bool:
    values = value if isinstance(value, list) else [value]
    return any(isinstance(one, str) and one.startswith(PLACEHOLDER) for one in values)


def is_code(value: object) -> bool:
    """Whether a value is a municipality's number: a text of three digits."""
    return isinstance(value, str) and bool(re.fullmatch(r"[0-9]{3}", value))


def _is_valid(name: str, value: object) -> bool:
    match name:
        case "code":
            return is_code(value)
        case "region":
            return value in REGIONS
        case "origin":
            return value in ORIGINS
        case "period_start" | "period_end" | "rules_known_until":
            return type(value) is dt.date
        case "target_groups":
            return isinstance(value, list) and bool(value) and all(map(is_text, value))
        case "name" | "short_name":
            return is_name(value, *([LONGEST_SHORT_NAME] if name == "short_name" else []))
        case "caseworkers" | "expected_cases" | "carried_out_cases":
            return type(value) is int and 0 < value <= MOST
        case "price_year":
            return type(value) is int and 1990 <= value <= 2099
        case "disclosure_threshold":
            return type(value) is int and 3 <= value <= MOST
        case _:
            return is_text(value)


def expected(name: str) -> str:
    """What a field of municipality.yml must hold, in Danish."""
    return {
        "name": NAME_EXPECTED,
        "short_name": f"et navn på højst {LONGEST_SHORT_NAME} tegn, {LETTERS}",
        "code": 'kommunenummeret som tekst på tre cifre, fx "230"',
        "region": "en af " + ", ".join(REGIONS),
        "origin": "en af " + ", ".join(ORIGINS),
        "period_start": "en dato som 2012-09-01",
        "period_end": "en dato som 2013-09-01",
        "target_groups": f"en liste med mindst én målgruppe i ord, hver en {TEXT_EXPECTED}",
        "caseworkers": COUNT_EXPECTED,
        "expected_cases": f"{COUNT_EXPECTED} eller intet",
        "carried_out_cases": COUNT_EXPECTED,
        "disclosure_threshold": "et helt tal på mindst 3",
        "price_year": "det år, beløbene skal omregnes til, fx 2026, eller intet",
        "rules_known_until": "en dato; nyere refusionsregler bruges ikke (tom: period_end)",
    }.get(name, TEXT_EXPECTED)
