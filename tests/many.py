"""As many municipalities as Denmark has, with names that none of them has."""

from itertools import islice, product
from pathlib import Path

from fremskudt.slugs import proposed
from tests.ten import Made, make

BASES = ("aarhus", "gladsaxe", "rudersdal", "vejle")
BEGINNINGS = ("Ager", "Birke", "Ege", "Fyrre", "Gran", "Hassel", "Kirke", "Linde", "Pile", "Røn")
ENDINGS = ("bjerg", "borg", "bæk", "dal", "holm", "høj", "lund", "rup", "sted", "vig")


def make_many(data: Path, count: int, cases: int) -> Path:
    """Write the folders of so many constructed municipalities of so many cases each."""
    names = islice(product(BEGINNINGS, ENDINGS), count)
    return make(
        data,
        [
            Made(proposed(f"{begin}{end}"), f"{begin}{end} Kommune", str(201 + number), cases, base)
            for number, (begin, end) in enumerate(names)
            for base in (BASES[number % len(BASES)],)
        ],
    )
