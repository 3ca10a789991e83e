"""Names of municipalities and their texts: which can be put on a page, and what else is said."""

import re

from fremskudt.contract.characters import unfit
from fremskudt.contract.yaml_files import tidy

UNSAFE = re.compile(r"[<>{}\[\]`*_|\\$~]")
# A name stands in headings, menus, sentences, charts and lists of files.
LETTER = "A-Za-zÀ-ÖØ-öø-ɏ"  # Latin only: others look alike or run from right to left
NAME = re.compile(rf"[{LETTER}][{LETTER}0-9 .,'’()–-]*")
LONGEST_NAME = 60
LONGEST_SHORT_NAME = 30  # what a chart has room for
TEXT_EXPECTED = "tekst på én linje, højst 600 tegn, uden tegnene < > { } [ ] ` * _ | \\ $ ~"
LETTERS = (
    "der begynder med et bogstav og ellers har bogstaver, tal, mellemrum og . , ' ( ) - i sig, "
    "uden tegnene < > { } [ ] & og lignende"
)
NAME_EXPECTED = f"et navn på højst {LONGEST_NAME} tegn, {LETTERS}"


def tidy_name(name: str) -> str:
    """A name with composed letters and single, plain spaces."""
    return " ".join(str(tidy(name)).split())


def short_name_of(name: str) -> str:
    """A municipality's name inside a sentence, where none is given: Odense Kommune is Odense."""
    return name.removesuffix(" Kommune")


def needs_short_name(name: str) -> bool:
    """Whether a name is too long for charts, so that a shorter one must be given."""
    return len(short_name_of(name)) > LONGEST_SHORT_NAME


def is_text(value: object) -> bool:
    """Whether a value is a text that can be put on a page."""
    is_readable = isinstance(value, str) and len(value.strip()) > 0 and len(value) <= 600
    return is_readable and not UNSAFE.search(str(value)) and unfit(str(value)) is None


def is_name(value: object, longest: int = LONGEST_NAME) -> bool:
    """Whether a value can be a municipality's name: letters first, no sign that acts anywhere."""
    return isinstance(value, str) and len(value) <= longest and bool(NAME.fullmatch(value))
