"""Where a site is published, by whom and when: what its pages say of themselves.

It stands in site.yml in the data folder, which need not be there.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from fremskudt.contract.encodings import encoding_of
from fremskudt.contract.personal import find
from fremskudt.contract.problems import Problem
from fremskudt.contract.yaml_files import UNREADABLE, read_yaml
from fremskudt.errors import DataProblem
from fremskudt.publishing.moved import EXPECTED, FIELD, faults_of

FILE = "site.yml"
FIELDS = {
    "address": "sidens fulde adresse på nettet, fx https://www.kommune.dk/fremskudt/",
    "publisher": "navnet på den, der udgiver siden, i højst 80 tegn",
    "date": "dagen, tallene er gjort op, skrevet med året først: 2025-01-31",
    FIELD: EXPECTED,
}
LONGEST = 80
MONTHS = (
    *("januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september"),
    *("oktober", "november", "december"),
)


@dataclass(frozen=True)
class Publication:
    """The site's address, which ends with a slash, its publisher, and the day of its numbers;
    empty where not known. `moved` are the old addresses of pages, and where they are now."""

    address: str = ""
    publisher: str = ""
    date: dt.date | None = None
    moved: Mapping[str, str] = field(default_factory=dict)

    @property
    def root(self) -> str:
        """The path that the site begins at on its server."""
        return urlsplit(self.address).path or "/"

    def as_values(self) -> dict[str, str]:
        """What the templates print; the day in words: 31. januar 2025."""
        day = self.date.isoformat() if self.date else ""
        known = {"address": self.address, "publisher": self.publisher, "root": self.root}
        return {**known, "date": day, "date_words": in_words(day) if day else ""}


def in_words(date: str) -> str:
    """A day as Danes write it: 2025-01-31 is 31. januar 2025."""
    day = dt.date.fromisoformat(date)
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"


def publication_file(data: Path) -> Path:
    """The file of a data folder that says where its site is published."""
    return data / FILE


def read_publication(data: Path) -> Publication:
    """What site.yml in a data folder says; nothing is known where there is none.

    Raises `DataProblem` with every fault.
    """
    path = publication_file(data)
    if not path.is_file():
        return Publication()
    try:
        raw = path.read_bytes()
        text = raw.decode(encoding_of(raw) or "utf-8-sig")
        values = read_yaml(text)
    except UNREADABLE as error:
        mark = getattr(error, "problem_mark", None)
        row = mark.line + 1 if mark else None
        problem = Problem(FILE, "filen kan ikke læses", "gyldig YAML i UTF-8", row)
        raise DataProblem([problem]) from None
    persons = [
        Problem(FILE, "linjen ligner noget om en person", "oplysninger om siden alene", row)
        for row, line in enumerate(text.splitlines(), start=1)
        if find(line)
    ]
    problems = persons or list(_faults({} if values is None else values))
    if problems:
        raise DataProblem(problems)
    return Publication(**(values or {}))


def _faults(values: Any) -> list[Problem]:
    if not isinstance(values, dict):
        return [Problem(FILE, "filen har ingen felter", ", ".join(FIELDS))]
    unknown = [
        Problem(FILE, "feltet kendes ikke", ", ".join(FIELDS), column=str(name))
        for name in values
        if name not in FIELDS
    ]
    checks = {"address": _is_address, "publisher": _is_name, "date": _is_day}
    wrong = [
        Problem(FILE, "værdien kan ikke bruges", FIELDS[name], column=name, value=values[name])
        for name, is_good in checks.items()
        if name in values and not is_good(values[name])
    ]
    moved = faults_of(values[FIELD], FILE) if FIELD in values else ()
    return [*unknown, *wrong, *moved]


def _is_address(value: object) -> bool:
    """Whether it is where a folder of pages can lie: no query, no place in a page, no password."""
    if not isinstance(value, str) or not value.isascii() or any(one in value for one in " \"'<>\\"):
        return False
    try:
        parts = urlsplit(value)
        host = parts.hostname
    except ValueError:
        return False
    return (
        parts.scheme in ("https", "http")
        and bool(host)
        and "@" not in parts.netloc
        and not parts.query
        and not parts.fragment
        and value.endswith("/")
    )


def _is_day(value: object) -> bool:
    return isinstance(value, dt.date) and not isinstance(value, dt.datetime)


def _is_name(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= LONGEST
