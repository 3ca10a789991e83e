"""Where a word of the list of words first stands on a page, it becomes a link to the list."""

from collections.abc import Iterator
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from fremskudt.publishing.parts.glossary import PAGE, Term, form_pattern, linked_forms

# A heading, a link, a name in code and a formula are left as they are.
UNTOUCHED = (
    nodes.title,
    nodes.caption,
    nodes.reference,
    nodes.literal,
    nodes.literal_block,
    nodes.math,
    nodes.raw,
    nodes.comment,
    nodes.term,
    nodes.thead,
    nodes.citation,
)


def link_terms(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Link the first use of every term on the page; in place."""
    if docname == PAGE or app.builder.format != "html" or PAGE not in app.env.found_docs:
        return
    address = app.builder.get_relative_uri(docname, PAGE)
    left = set(linked_forms().values())
    for text in list(doctree.findall(nodes.Text)):
        if left and text.parent is not None and not _is_untouched(text):
            text.parent.replace(text, list(_linked(text, left, address)))


def _is_untouched(text: nodes.Text) -> bool:
    if _is_within_raw_link(text):
        return True
    node: nodes.Element | None = text.parent
    while node is not None:
        if isinstance(node, UNTOUCHED) or "fs-references" in node.get("classes", ()):
            return True
        node = node.parent
    return False


def _is_within_raw_link(text: nodes.Text) -> bool:
    """Whether a link that is written in HTML has begun before the text in its paragraph."""
    line = text.parent
    before = line.children[: line.index(text)]
    tags = "".join(one.astext() for one in before if isinstance(one, nodes.raw))
    return tags.count("<a ") > tags.count("</a>")


def _linked(text: nodes.Text, left: set[Term], address: str) -> Iterator[nodes.Node]:
    """The text in pieces, of which the words that are still left are links."""
    whole, done = text.astext(), 0
    for found in form_pattern().finditer(whole):
        term = linked_forms()[found[0].lower()]
        if term in left:
            left.remove(term)
            yield nodes.Text(whole[done : found.start()])
            where = f"{address}#{term.anchor}"
            yield nodes.reference(found[0], found[0], refuri=where, classes=["fs-term"])
            done = found.end()
    yield nodes.Text(whole[done:])


def setup(app: Sphinx) -> dict[str, Any]:
    app.connect("doctree-resolved", link_terms, priority=700)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
