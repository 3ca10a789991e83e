"""The Danish of the built pages: its words, its sentences and its readability.

LIX (Björnsson 1968) is words per sentence plus the percentage of words with more than six
letters; a full stop, a colon, a question mark and an exclamation mark end a sentence. Here a
paragraph and an item of a list are at least one sentence each. Headings, tables, figures,
formulas, citations and code are no prose.
"""

import re
from pathlib import Path
from typing import NamedTuple

from lxml import html

WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
END = re.compile(r"[.:?!]+(?=\s|$)")
ABBREVIATIONS = re.compile(
    r"\b(?:kr|mio|pr|fx|jf|bl\.a|m\.m|ca|kap|nr|stk|evt|m\.fl|osv|dvs|s|f\.eks)\."
)
NO_WORDS = ("script", "style", "svg", "math", "code", "pre", "kbd", "template", "button")
NO_PROSE = (*NO_WORDS, "table", "figure", "nav", "details", "form")
LONG = 6  # letters; a longer word is a long one


class Readability(NamedTuple):
    """Words, sentences and long words of a page's prose."""

    words: int
    sentences: int
    long: int

    @property
    def lix(self) -> float:
        return self.words / self.sentences + 100 * self.long / self.words


def _content(path: Path, left_out: tuple[str, ...]) -> html.HtmlElement:
    content = html.parse(str(path)).getroot().get_element_by_id("main-content")
    for found in [
        *content.iter(*left_out),
        *content.find_class("bibtex-citation"),
        *content.find_class("fs-references"),
        *content.xpath(".//*[@lang and @lang != 'da']"),
    ]:
        if found.getparent() is not None:
            found.drop_tree()
    return content


def _text(node: html.HtmlElement) -> str:
    return " ".join(node.text_content().replace("\u00ad", "").split())


def readability(path: Path) -> Readability:
    """Of the paragraphs, items and definitions of a built page."""
    words = sentences = long = 0
    for node in _content(path, NO_PROSE).iter("p", "li", "dd"):
        if node.find(".//p") is not None:
            continue  # its paragraphs are counted
        text = _text(node)
        here = WORD.findall(text)
        words += len(here)
        long += sum(len(word) > LONG for word in here)
        parts = END.split(ABBREVIATIONS.sub(" ", text))
        sentences += sum(bool(WORD.search(part)) for part in parts)
    return Readability(words, sentences, long)


def words_of(path: Path) -> set[str]:
    """Every Danish word that a built page shows, tables and headings included."""
    content = _content(path, NO_WORDS)
    return {
        word
        for node in content.iter()
        if isinstance(node.tag, str)
        for piece in (node.text, node.tail)
        if piece
        for word in WORD.findall(piece.replace("\u00ad", ""))
    }
