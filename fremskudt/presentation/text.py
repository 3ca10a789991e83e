"""Text from a delivery made safe for where it stands; the only place that knows how.

Names and notes are written by people whom nobody on the page knows. Everything that comes from a
delivery passes one of these on its way to a page: `safe_html` between and inside tags,
`safe_markdown` in computed prose. Spreadsheets are guarded in `numbers_file.neutral`.
"""

import re
from html import escape

from fremskudt.contract.characters import visible

# All that Markdown, MyST, its substitutions, formulas and typographic quotes could act on.
ACTIVE = re.compile(r"[^\w\s.,;:()/%–-]|_|--|\.\.\.|:(?=//|::)|[\r\n]|^\s*[-\d:]|^\s+")


def safe_html(text: str) -> str:
    """Text that is shown as text in HTML."""
    return escape(text, quote=True)


def visible_html(text: str) -> str:
    """Text that is shown as text in HTML, with what cannot be seen spelt out."""
    return safe_html(visible(text))


def safe_markdown(text: str) -> str:
    """Text that is shown as text in Markdown and in the HTML that Markdown holds.

    Whatever could begin something is written as a character reference, which both languages
    show as the character and neither acts on.
    """
    return ACTIVE.sub(lambda found: "".join(f"&#{ord(sign)};" for sign in found[0]), text)
