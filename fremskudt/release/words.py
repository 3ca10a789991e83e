"""The numbers in words: every "4 af 11" and every "tre borgere" of a page must be accounted for.

A phrase about few citizens is one that no table of the page shows. It is found by its form, so
that a sentence that slips past the protection is seen whatever wrote it.
"""

import re
from collections.abc import Iterable, Mapping

from fremskudt.presentation.numbers import SMALL
from fremskudt.protection.tables import SIZE, Cell
from fremskudt.release.harvest import TextFound

NUMBER = rf"(\d[\d.]*|{'|'.join(SMALL)}|elleve|tolv)"
FRACTION = re.compile(
    rf"(?<![\w.,]){NUMBER} (?:ud )?af (?:de )?{NUMBER}(?![\w,])(?! gennemregninger)", re.IGNORECASE
)
COUNTED = re.compile(
    rf"(?<![\w,.§–-])(\d+|{'|'.join([*SMALL, 'en', 'et'])}) (?:unge |yngre |ældre )?"
    r"(?:borgere?|sag|sager|svar|skemaer|skema|forløb|mænd|mand|kvinder?|personer?)\b",
    re.IGNORECASE,
)
AROUND = 40
WORDS = {word: value for value, word in enumerate([*SMALL, "elleve", "tolv"])}
WORDS |= {"en": 1, "et": 1}


def unexplained(
    text: TextFound, sums: Mapping[tuple[str, str], set[int]], sizes: set[int], threshold: int
) -> list[str]:
    """The phrases of a text that tell of few citizens and that no shown number accounts for.

    `sums` are the numbers that the shown cells of a line make, one or several together; `sizes`
    those that tell of the registering.
    """
    found = []
    for match in FRACTION.finditer(text.text):
        part, whole = (_value(one) for one in match.groups())
        if _tells(part, whole, threshold) and not _explained(part, whole, sums, sizes):
            found.append(_around(text.text, match))
    return found


def fractions(text: TextFound) -> list[tuple[str, tuple[int, int]]]:
    """Every "7 af 11" of a text, with its two numbers."""
    matches = FRACTION.finditer(text.text)
    return [(one[0], (_value(one[1]), _value(one[2]))) for one in matches]


def _value(word: str) -> int:
    digits = word.replace(".", "")
    return int(digits) if digits.isdigit() else WORDS[word.lower()]


def _tells(part: int, whole: int, threshold: int) -> bool:
    return any(0 < one < threshold for one in (part, whole - part, whole))


def _explained(
    part: int, whole: int, sums: Mapping[tuple[str, str], set[int]], sizes: set[int]
) -> bool:
    return {part, whole} <= sizes or any({part, whole} <= one for one in sums.values())


def few_counted(text: TextFound, fixed: str, threshold: int) -> list[str]:
    """The phrases that count few citizens or cases and that no template holds."""
    found = []
    for match in COUNTED.finditer(text.text):
        value = _value(match[1])
        if 0 < value < threshold and match[0].lower() not in fixed:
            found.append(_around(text.text, match))
    return found


def sums_of_lines(
    cells: Mapping[Cell, int], merged: Iterable[tuple[tuple[Cell, ...], int]]
) -> dict[tuple[str, str], set[int]]:
    """What the shown numbers of each line make, one or several together, and its size."""
    parts: dict[tuple[str, str], list[int]] = {}
    for cell, value in cells.items():
        if cell[2] != SIZE:
            parts.setdefault(cell[:2], []).append(value)
    for together, value in merged:
        parts.setdefault(together[0][:2], []).append(value)
    found = {}
    for line, values in parts.items():
        made = {0}
        for value in values:
            made |= {one + value for one in made}
        size = cells.get((*line, SIZE))
        found[line] = made | ({size} if size is not None else set())
    return found


def _around(text: str, match: re.Match[str]) -> str:
    return text[max(0, match.start() - AROUND) : match.end() + AROUND].strip()
