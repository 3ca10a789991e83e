"""Characters that nobody can see or that steer a screen: refused in data, spelt out in messages.

A right-to-left override shows «gpj.exe» as «exe.jpg», an escape character colours or clears the
terminal, and half a surrogate pair cannot be written at all.
"""

import unicodedata

# Control, format (bidirectional, zero width, tags), surrogates, private use, line separators.
UNFIT = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


def unfit(text: str) -> str | None:
    """The first character that does not belong in data, or None."""
    return next((sign for sign in text if _is_unfit(sign)), None)


def spelt(sign: str) -> str:
    """A character by its number: U+202E."""
    return f"U+{ord(sign):04X}"


def visible(text: str, kept: str = "") -> str:
    """A text in which every unfit character stands as «U+202E» in angle brackets; those in `kept`
    (such as a line break) stay."""
    if text.isprintable():
        return text
    return "".join(
        f"⟨{spelt(sign)}⟩" if _is_unfit(sign) and sign not in kept else sign for sign in text
    )


def _is_unfit(sign: str) -> bool:
    is_nothing = (ord(sign) & 0xFFFE) == 0xFFFE or 0xFDD0 <= ord(sign) <= 0xFDEF
    return (not sign.isascii() and (is_nothing or unicodedata.category(sign) in UNFIT)) or (
        sign < " " or sign == "\x7f"
    )
