"""Signs of a person in the data: civil registration numbers, names, addresses, phone numbers,
e-mail addresses. The rules are data; a hit is never repeated in full.

Nothing here can promise that a text is anonymous: it finds what a machine can recognise.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from stdnum.dk import cpr

from fremskudt.contract.reference import read_reference
from fremskudt.workspace import HANDBOOK

NAMES_FILE = HANDBOOK / "data" / "reference" / "given_names.csv"
# Ordinary pseudonyms: A-004, own-1, S000123, and identifiers that a computer drew.
PSEUDONYM = re.compile(
    r"[A-Za-z]{0,3}[-_.]?\d{0,7}|[0-9a-fA-F]{16,40}"
    r"|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
)


@dataclass(frozen=True)
class Rule:
    """A sign of a person: what it is called in Danish, what it looks like, and when what looks
    like it is one after all (all of them, if nothing is said)."""

    name: str
    pattern: re.Pattern[str]
    is_meant: Callable[[re.Match[str]], bool] = lambda _: True


@dataclass(frozen=True)
class Hit:
    """Where in a text a sign of a person stands, and which."""

    name: str
    start: int
    end: int


@cache
def given_names(path: Path = NAMES_FILE) -> dict[str, bool]:
    """Common given names in small letters; True for those that are ordinary words as well."""
    return {row["given_name"].casefold(): row["is_word"] == "yes" for row in read_reference(path)}


def _begins_with_a_birthday(found: re.Match[str]) -> bool:
    """Valid by the register's rules, or a look-alike: a day and month that exist, as they are or
    with the 60 that is added to the day of a substitute number."""
    digits = re.sub(r"\D", "", found.group()).zfill(10)
    if cpr.is_valid(digits):
        return True
    day = int(digits[:2])
    try:
        dt.date(2000, int(digits[2:4]), day - 60 if day > 60 else day)
    except ValueError:
        return False
    return True


def _is_no_date(found: re.Match[str]) -> bool:
    """Eight digits in a row are a phone number unless they are a day of our time."""
    digits = re.sub(r"\D", "", found.group())[-8:]
    for year, month, day in ((0, 4, 6), (4, 2, 0)):
        try:
            date = dt.date(
                int(digits[year : year + 4]),
                int(digits[month : month + 2]),
                int(digits[day : day + 2]),
            )
        except ValueError:
            continue
        if 1900 <= date.year <= 2099:
            return False
    return True


def _is_a_name(found: re.Match[str]) -> bool:
    """A common given name, followed by another name where it is an ordinary word as well."""
    is_word = given_names().get(found["given"].casefold())
    return is_word is not None and (not is_word or bool(found["family"]))


def _is_a_plain_name(found: re.Match[str]) -> bool:
    """A common given name in small letters that is no ordinary word."""
    return given_names().get(found["given"]) is False


LETTER = "[A-Za-zÆØÅæøåÉéÖöÄäÜü]"
CAPITAL = "[A-ZÆØÅÉÖÄÜ]"
SMALL = "[a-zæøåéöäü]"
ROAD = "vej|gade|stræde|allé|alle|boulevard|vænge|vænget|toften|bakken|parken|haven|torvet|pladsen"
NO_AMOUNT = r"(?! ?(?:%|timer|dage|uger|måneder|borgere|kr))"
COUNTRY = r"(?<![\d.,-])(?:(?:\+|00)\d{2} ?)?"
NO_MORE_DIGITS = r"(?![\d,.-]*\d)"
RULES = (
    Rule(
        "et cpr-nummer",
        re.compile(r"(?<!\d)\d{2}([ ./-]?)\d{2}\1\d{2}[ .–-]{0,3}\d{4}(?!\d)|^\d{9}$"),
        _begins_with_a_birthday,
    ),
    Rule("en mailadresse", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    Rule(
        "et telefonnummer",
        re.compile(
            rf"{COUNTRY}[2-9]\d([ -]?)\d{{2}}\1\d{{2}}\1\d{{2}}{NO_MORE_DIGITS}"
            rf"|{COUNTRY}[2-9]\d{{3}} \d{{4}}{NO_MORE_DIGITS}"
        ),
        _is_no_date,
    ),
    Rule(
        "en adresse",
        re.compile(
            rf"{LETTER}{{2,}}(?:{ROAD}) \d{{1,3}}(?: ?[A-Za-z])?\b{NO_AMOUNT}"
            rf"|{CAPITAL}{LETTER}*\.? (?:Vej|Gade|Allé|Alle|Boulevard|Plads|Torv) \d{{1,3}}\b"
        ),
    ),
    Rule(
        "et navn",
        re.compile(
            rf"(?<!{LETTER})(?P<given>{CAPITAL}(?:{SMALL}+|{CAPITAL}+)){LETTER}*"
            rf"(?P<family>(?:[ .-]{CAPITAL}{LETTER}*\.?)* {CAPITAL}{LETTER}+)?"
        ),
        _is_a_name,
    ),
    Rule(
        "et navn",
        re.compile(
            rf"(?<!{LETTER})(?P<given>{SMALL}+) (?P<family>(?:{SMALL}+ )?{SMALL}+sen)(?!{LETTER})"
        ),
        _is_a_plain_name,
    ),
    Rule(
        "et navn",
        re.compile(rf"^(?P<given>{SMALL}+)(?=[-_.\d]*$)"),
        _is_a_plain_name,
    ),
)


def find(text: str) -> Hit | None:
    """The first sign of a person in a text, or None."""
    return next(iter(_hits(text)), None)


def masked(text: str) -> str:
    """A text in which every sign of a person is its first letter or digit and an ellipsis."""
    done, parts = 0, []
    for hit in sorted(_hits(text), key=lambda hit: (hit.start, -hit.end)):
        if hit.start >= done:
            parts += [text[done : hit.start], text[hit.start], "…"]
        elif hit.end > done:
            parts.append("…")
        done = max(done, hit.end)
    return "".join(parts) + text[done:]


def _hits(text: str) -> Iterator[Hit]:
    if PSEUDONYM.fullmatch(text):
        return
    for rule in RULES:
        found = rule.pattern.search(text)
        while found:
            if rule.is_meant(found):
                yield Hit(rule.name, found.start(), found.end())
            # In "Borgeren Karen" the first word is no name, but the second is.
            is_skipped = "given" in rule.pattern.groupindex and not rule.is_meant(found)
            found = rule.pattern.search(text, found.end("given") if is_skipped else found.end())
