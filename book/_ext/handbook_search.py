"""Sphinx' own search index, fed with whole words and without work done twice.

An index that is brought up to date equals one that is made anew: words that stand on no page any
more are left out of it.
"""

import re
from functools import cache
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.search.da import SearchDanish

# Where a line ends on the screen, a word must end in the search index too.
RUN_TOGETHER = re.compile(
    r"(</(?:td|th|li|p|div|dt|dd|caption|summary|text)>|</span>(?=<span class=\"fs-))(?=\S)"
)


class Danish(SearchDanish):
    """Sphinx' Danish, which looks at a word once and not on every page again."""

    def init(self, options: dict[str, str]) -> None:
        super().init(options)
        self.stem = cache(super().stem)
        self.word_filter = cache(super().word_filter)


def part_words(app: Sphinx, doctree: nodes.document) -> None:  # noqa: ARG001 - the event's signature
    """Put a space between the blocks of raw HTML; Sphinx' index drops tags without one."""
    for raw in doctree.findall(nodes.raw):
        if "html" in raw.get("format", "").split():
            parted = RUN_TOGETHER.sub(r"\1 ", raw.astext())
            raw.rawsource = parted
            raw.children = [nodes.Text(parted)]


def forget_lost_words(app: Sphinx) -> list[Any]:
    """Take the words out of the index that no page has any longer; adds no page."""
    indexer = getattr(app.builder, "indexer", None)
    for words in (indexer._mapping, indexer._title_mapping) if indexer else ():
        for lost in [word for word, pages in words.items() if not pages]:
            del words[lost]
    return []


def setup(app: Sphinx) -> dict[str, Any]:
    app.add_search_language(Danish)
    app.connect("doctree-read", part_words)
    app.connect("html-collect-pages", forget_lost_words)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
