"""Formulas as MathML: read by screen readers and drawn by browsers without a script."""

from collections.abc import Sequence
from html import escape

from fremskudt.presentation.blocks import Block


def words(text: str) -> str:
    return f"<mtext>{escape(text)}</mtext>"


def over(top: str, bottom: str) -> str:
    return f"<mfrac><mrow>{top}</mrow><mrow>{bottom}</mrow></mfrac>"


def sign(operator: str) -> str:
    """An operator with air around it, also between words."""
    space = '<mspace width="0.3em"/>'
    return f"{space}<mo>{escape(operator)}</mo>{space}"


def formula(lines: Sequence[str], plain: str) -> Block:
    """A formula of one or more lines, each a string of MathML."""
    html = "".join(
        '<div class="fs-formula"><math xmlns="http://www.w3.org/1998/Math/MathML" display="block">'
        f"<mrow>{line}</mrow></math></div>"
        for line in lines
    )
    return Block(html, plain)
