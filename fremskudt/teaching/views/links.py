"""Links that hand a file to the browser, and texts that are shown as they are."""

import base64
from html import escape

KINDS = {
    ".html": "text/html",
    ".json": "application/json",
    ".md": "text/markdown",
}


def download(name: str, text: str, says: str) -> str:
    """A link that saves a text as a file where the browser keeps what is fetched. KeyError for a
    suffix that is not known. Nothing is sent: the text stands in the link itself."""
    kind = KINDS[name[name.rindex(".") :]]
    data = base64.b64encode(text.encode("utf-8", "replace")).decode("ascii")
    return (
        f'<a class="fs-download" download="{escape(name)}" '
        f'href="data:{kind};charset=utf-8;base64,{data}">{escape(says)}</a>'
    )


def folded(summary: str, text: str) -> str:
    """A text as it is, folded away."""
    return (
        f"<details><summary>{escape(summary)}</summary>"
        f'<pre tabindex="0" aria-label="{escape(summary)}">{escape(text)}</pre></details>'
    )


def alert(html: str) -> str:
    """What a screen reader says at once."""
    return f'<div role="alert">{html}</div>'
