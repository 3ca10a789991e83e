"""Slugs: a municipality's name in folders, files and addresses, on every kind of computer."""

import re
import unicodedata

LONGEST = 40
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# What the handbook itself has by these names: folders, and words for all municipalities.
RESERVED = {"reference", "releases", "all", "project", "faelles", "kursus"}
# No file or folder on Windows may have these names.
DEVICES = {"con", "prn", "aux", "nul"} | {
    f"{port}{n}" for port in ("com", "lpt") for n in range(10)
}
DANISH = str.maketrans(
    {"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "ue", "ð": "d", "þ": "th"}
)
WANTED = f"små bogstaver a-z, tal og bindestreg, højst {LONGEST} tegn, fx koege eller aeroe"


def fault_of(slug: str) -> str:
    """What is wrong with a slug, as the end of a Danish sentence about it; "" when it is fine."""
    if slug in RESERVED:
        return "bruges af håndbogen selv"
    if slug in DEVICES:
        return "kan ikke bruges på Windows"
    if len(slug) > LONGEST:
        return f"er længere end {LONGEST} tegn"
    if not SLUG.fullmatch(slug):
        return "kan ikke bruges i en adresse: kun a-z, tal og bindestreg"
    return ""


def proposed(name: str) -> str:
    """The nearest slug: «Ærø Kommune» becomes aeroe-kommune; "" when no letter is left."""
    composed = unicodedata.normalize("NFC", name).casefold().translate(DANISH)
    letters = "".join(
        sign for sign in unicodedata.normalize("NFKD", composed) if not unicodedata.combining(sign)
    )
    slug = re.sub(r"[^a-z0-9]+", "-", letters)[:LONGEST].strip("-")
    return f"{slug}-kommune" if slug in RESERVED | DEVICES else slug
