"""Texts of the course in HTML: Markdown in, nothing that executes out."""

from markdown_it import MarkdownIt

# HTML in a text is shown as text.
RENDERER = MarkdownIt("commonmark", {"html": False}).enable("table")


def rendered(markdown: str) -> str:
    """A text's HTML."""
    found: str = RENDERER.render(markdown)
    return found
