"""Citations by a source's short name, and a list of references in Danish.

A page writes ``{cite:p}`hovedrapporten{kap. 2}``` and the reader sees "(Hovedrapporten, kap. 2)";
with ``{cite:t}`` the brackets are left out. The short name is the entry's ``shorttitle`` in
``referencer.bib``. Keywords part the list: ``kilde`` for the reports, ``metode`` for the rest.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from docutils import nodes
from pybtex.database import Entry
from pybtex.plugin import find_plugin
from pybtex.plugin import register_plugin as register_list_plugin
from pybtex.richtext import BaseText, HRef, Tag, Text
from pybtex.style import FormattedEntry
from pybtex.style.formatting import BaseStyle
from pybtex.style.labels import BaseLabelStyle
from pybtex.style.sorting import BaseSortingStyle
from pybtex.style.template import Node
from sphinx.application import Sphinx
from sphinxcontrib.bibtex.plugin import register_plugin
from sphinxcontrib.bibtex.style.referencing import BaseReferenceStyle, BracketStyle
from sphinxcontrib.bibtex.style.template import entry_label, join2, post_text, pre_text, reference

STYLE = "handbook"
# pybtex reads the lists of every installed package each time it is asked for one of its own
# parts, and a citation asks. What is registered here is found at once.
ASKED_FOR = (("pybtex.backends", "plaintext"), ("pybtex.backends", "docutils"))


class ShortTitles(BaseLabelStyle):
    """Every entry is called by its short title."""

    def format_labels(self, sorted_entries: Iterable[Entry]) -> Iterator[str]:
        for entry in sorted_entries:
            yield entry.fields["shorttitle"]


class ByShortTitle(BaseSortingStyle):
    """In the order of the short titles, whatever the case of their letters."""

    def sorting_key(self, entry: Entry) -> str:
        return entry.fields["shorttitle"].casefold()


class DanishList(BaseStyle):
    """Author (year). *Title*. Where it stands. Address. One form for all kinds of entries."""

    default_name_style = "plain"
    default_label_style = STYLE
    default_sorting_style = STYLE

    def format_entry(self, label: str, entry: Entry, bib_data: Any = None) -> FormattedEntry:  # noqa: ARG002 - the interface of pybtex
        fields = entry.fields
        names = [str(Text.from_latex(one)) for one in _in_order(entry)]
        publisher = fields.get("publisher") or fields.get("institution", "")
        who = _listed(names) or publisher
        year = f" ({fields['year']})" if "year" in fields else ""
        text: list[Any] = [f"{who}{year}. ", Tag("em", Text.from_latex(fields["title"])), "."]
        if "type" in fields:
            text.append(f" {fields['type']}.")
        if "journal" in fields:
            text.append(f" {_place(fields)}.")
        if "howpublished" in fields:
            text.append(f" {fields['howpublished']}.")
        if publisher and names:
            text.append(f" {publisher}.")
        if "note" in fields:
            text.append(f" {fields['note']}.")
        if "url" in fields:
            text += [" ", HRef(fields["url"], fields["url"])]
        return FormattedEntry(entry.key, Text(*text), label)


def _in_order(entry: Entry) -> list[str]:
    """The authors, first names first."""
    return [
        " ".join([*one.first_names, *one.middle_names, *one.prelast_names, *one.last_names])
        for one in entry.persons.get("author", [])
    ]


def _listed(names: list[str]) -> str:
    *most, last = names or [""]
    return f"{', '.join(most)} og {last}" if most else last


def _place(fields: dict[str, str]) -> str:
    """Journal, volume(number), pages."""
    number = f"({fields['number']})" if "number" in fields else ""
    volume = f", {fields.get('volume', '')}{number}" if "volume" in fields or number else ""
    pages = f", s. {fields['pages'].replace('--', '–')}" if "pages" in fields else ""
    return fields["journal"] + volume + pages


@dataclass
class ShortTitleReferences(BaseReferenceStyle):
    """p: the short title and the place in brackets; t: without them."""

    bracket: BracketStyle = field(default_factory=lambda: BracketStyle("(", ")", sep="; "))

    def role_names(self) -> Iterable[str]:
        return ["p", "t"]

    def outer(self, role_name: str, children: list[BaseText]) -> Node:
        return self.bracket.outer(children, brackets=role_name == "p", capfirst=False)

    def inner(self, role_name: str) -> Node:  # noqa: ARG002 - the interface of sphinxcontrib-bibtex
        return reference[join2(sep1=" ", sep2=", ")[pre_text, entry_label, post_text]]


def as_lists(app: Sphinx, doctree: nodes.document, docname: str) -> None:  # noqa: ARG001 - the event's signature
    """Every bibliography becomes a plain list: the roles that docutils gives its entries are
    deprecated, and a source that is cited on every page has no use for hundreds of links back."""
    parents = {id(one.parent): one.parent for one in doctree.findall(nodes.citation)}
    for parent in parents.values():
        entries = [one for one in parent if isinstance(one, nodes.citation)]
        for entry in entries:
            parent.remove(entry)
        parent += nodes.bullet_list("", *map(_item, entries), classes=["fs-references"])


def _item(entry: nodes.citation) -> nodes.list_item:
    label, *paragraphs = entry.children
    text = [part for paragraph in paragraphs for part in paragraph.children]
    name = nodes.strong("", label.astext())
    return nodes.list_item(
        "", nodes.paragraph("", "", name, nodes.Text(": "), *text), ids=entry["ids"]
    )


def setup(app: Sphinx) -> dict[str, Any]:
    for group, name in ASKED_FOR:
        register_list_plugin(group, name, find_plugin(group, name), force=True)
    register_list_plugin("pybtex.style.labels", STYLE, ShortTitles)
    register_list_plugin("pybtex.style.sorting", STYLE, ByShortTitle)
    register_list_plugin("pybtex.style.formatting", STYLE, DanishList)
    register_plugin("sphinxcontrib.bibtex.style.referencing", STYLE, ShortTitleReferences)
    app.setup_extension("sphinxcontrib.bibtex")
    app.connect("doctree-resolved", as_lists)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
