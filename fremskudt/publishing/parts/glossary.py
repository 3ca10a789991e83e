"""The list of words: a Danish term, what it means here, its English term and its names in code."""

import re
from dataclasses import dataclass
from functools import cache

from fremskudt.contract.yaml_files import read_yaml
from fremskudt.slugs import proposed
from fremskudt.workspace import HANDBOOK

GLOSSARY = HANDBOOK / "book" / "_data" / "glossary.yml"
PAGE = "ordliste"
MARKS = str.maketrans("", "", "*`()")


@dataclass(frozen=True)
class Term:
    """One word. `links` are the forms of it that become links; everyday words have none."""

    name: str
    english: str
    means: str
    code: tuple[str, ...]
    links: tuple[str, ...]

    @property
    def anchor(self) -> str:
        return f"ord-{proposed(self.name.translate(MARKS))}"


@cache
def groups() -> dict[str, tuple[Term, ...]]:
    """The terms by the title of their group, in the order of the list."""
    return {
        group["title"]: tuple(
            Term(
                one["term"],
                one["english"],
                one["means"],
                tuple(one.get("code", ())),
                tuple(one.get("link", ())),
            )
            for one in group["terms"]
        )
        for group in read_yaml(GLOSSARY.read_text(encoding="utf-8"))
    }


@cache
def linked_forms() -> dict[str, Term]:
    """The term of each form that becomes a link, by the form in small letters."""
    terms = [one for group in groups().values() for one in group]
    return {form.lower(): term for term in terms for form in term.links}


@cache
def form_pattern() -> re.Pattern[str]:
    """Finds the forms as whole words, the longest first."""
    forms = sorted(linked_forms(), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, forms))})(?![\w-])", re.IGNORECASE)


def table(title: str) -> str:
    """A group of terms as a table in Markdown. KeyError for a title that is no group."""
    rows = "\n".join(_row(one) for one in groups()[title])
    small = title[:1].lower() + title[1:]
    return f"""\
:::{{list-table}} Ord om {small}
:header-rows: 1
:stub-columns: 1

* - Dansk
  - Engelsk i koden
  - Forklaring
{rows}
:::
"""


def _row(one: Term) -> str:
    names = ", ".join(f"`{name}`" for name in one.code)
    english = f'<span lang="en">{one.english}</span>' + (f" ({names})" if names else "")
    return f"* - []{{#{one.anchor}}}{one.name}\n  - {english}\n  - {one.means}"
