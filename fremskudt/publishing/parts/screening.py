"""Rudersdal's screening criteria as a form that is filled in on the page and kept nowhere.

Without a script the boxes can be ticked and printed, and all outcomes stand below; the script
`screening.js` shows the one that fits.
"""

from collections.abc import Mapping
from html import escape
from typing import Any

from fremskudt.contract.yaml_files import read_yaml
from fremskudt.workspace import HANDBOOK

SCREENING = HANDBOOK / "book" / "_data" / "screening.yml"


def form() -> str:
    """The form in HTML."""
    found = read_yaml(SCREENING.read_text(encoding="utf-8"))
    categories = "\n".join(_category(one) for one in found["categories"])
    outcomes = "\n".join(_outcome(one) for one in found["outcomes"])
    return f"""\
<div class="fs-screening">
{categories}
<p class="fs-screening-notes"><label for="screening-note">{escape(found["notes"])}</label>
<textarea id="screening-note" rows="4" autocomplete="off"></textarea></p>
<div class="fs-screening-outcomes" role="status">
{outcomes}
</div>
<p class="fs-screening-always">{escape(found["always"])}</p>
<p class="fs-part-tools" hidden><button type="button" data-do="print">Udskriv skemaet</button>
<button type="button" data-do="clear">Ryd skemaet</button></p>
</div>
"""


def _category(one: Mapping[str, Any]) -> str:
    boxes = "\n".join(_box(one["id"], criterion) for criterion in one["criteria"])
    return (
        f'<fieldset data-category="{escape(one["id"])}"><legend>{escape(one["title"])}</legend>\n'
        f"<p>{escape(one['intro'])}</p>\n{boxes}\n</fieldset>"
    )


def _box(category: str, one: Mapping[str, Any]) -> str:
    name = escape(f"screening-{category}-{one['id']}")
    help_text = one.get("help")
    described = f' aria-describedby="{name}-help"' if help_text else ""
    more = f'<small id="{name}-help">{escape(help_text)}</small>' if help_text else ""
    return (
        f'<p><input type="checkbox" id="{name}" autocomplete="off"{described}>'
        f'<label for="{name}">{escape(one["text"])}</label>{more}</p>'
    )


def _outcome(one: Mapping[str, Any]) -> str:
    when = " ".join(f'data-{name}="{escape(value)}"' for name, value in one["when"].items())
    return f"<p {when}><strong>{escape(one['title'])}.</strong> {escape(one['text'])}</p>"
