"""What a page says of itself to those who find it or link to it: its description and address, and
the lists of pages that search engines and our own search read.

An address is said only where it is known (`site.yml` in the data folder).
"""

import json
import re
from html import escape, unescape
from pathlib import Path
from typing import Any

from docutils import nodes
from lxml import html
from sphinx.application import Sphinx

from fremskudt import __version__
from fremskudt.contract.origins import LABELS, WEAKEST_FIRST

LONGEST = 155  # characters of a description that search engines show
SKIPPED = ("figure", "aside", "details", "table")
UNLISTED = ("search", "404")
PICTURES = ("profil", "borgerne", "roller", "udbytte", "oekonomi", "sammenligning", "kursus")
DESCRIPTIONS = "descriptions.js"
NOTHING = {"address": "", "publisher": "", "root": "/", "date": "", "date_words": ""}
ORIGIN = re.compile(r"\bfs-origin-([a-z]+)\b")
DECLARED = "window.handbookDescriptions = "  # a script and no JSON: pages are opened as files too
DESCRIPTION = re.compile(r'<meta name="description" content="([^"]*)"')
ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"


def description_of(body: str) -> str:
    """The first words of a page: its lead, else its first paragraph; cut at a word."""
    if not body.strip():
        return ""
    root = html.fragment_fromstring(body, create_parent="div")
    paragraphs = [
        one for one in root.iter("p") if not any(up.tag in SKIPPED for up in one.iterancestors())
    ]
    leads = [one for one in paragraphs if "fs-lead" in (one.get("class") or "").split()]
    for paragraph in (*leads, *paragraphs):
        words = re.sub(r"\s+", " ", paragraph.text_content()).strip()
        if words:
            return shortened(words)
    return ""


def shortened(words: str) -> str:
    """As many whole sentences as have room, else as many words."""
    if len(words) <= LONGEST:
        return words
    whole = re.match(rf"(.{{40,{LONGEST - 1}}}[.!?])\s(?=\W?[A-ZÆØÅ])", words)
    if whole:
        return whole[1]
    return words[:LONGEST].rsplit(" ", 1)[0].rstrip(",;:–- ") + ELLIPSIS


def page_address(address: str, pagename: str, root: str) -> str:
    """Where a page is found on the net; empty where nobody knows."""
    if not address or pagename in UNLISTED:
        return ""
    return address if pagename == root else f"{address}{pagename}.html"


def origins_of(body: str) -> list[str]:
    """The origins of the numbers on a page, the surest first, in the words of their marks."""
    found = set(ORIGIN.findall(body))
    return [LABELS[code].lower() for code in reversed(WEAKEST_FIRST) if code in found]


def picture_of(pagename: str) -> str:
    """The picture that a link to a page is shown with: that of its kind."""
    last = pagename.rsplit("/", 1)[-1]
    if pagename.startswith("kurs"):
        last = "kursus"
    return f"_static/deling/{last if last in PICTURES else 'haandbog'}.png"


def add_to_context(
    app: Sphinx,
    pagename: str,
    templatename: str,  # noqa: ARG001 - the event's signature
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    publication = app.config.publication
    context["publication"] = publication
    context["page_origins"] = origins_of(context.get("body") or "")
    context["page_notice"] = app.config.page_notices.get(pagename, "")
    context["version"] = __version__
    context["page_picture"] = picture_of(pagename)
    context["description"] = description_of(context.get("body") or "") if doctree else ""
    context["page_address"] = page_address(publication["address"], pagename, app.config.root_doc)


def list_descriptions(app: Sphinx, error: Exception | None) -> None:
    """Write the description of every page for the search. A page that was not made this time keeps
    the one that it had."""
    if error:
        return
    path = Path(app.outdir) / DESCRIPTIONS
    before = _read_descriptions(path)
    found = {}
    for name in sorted(app.env.found_docs):
        page = Path(app.outdir) / f"{name}.html"
        said = _said(page) if page.is_file() else before.get(name, "")
        if said:
            found[name] = said
    _write(app, DESCRIPTIONS, f"{DECLARED}{json.dumps(found, ensure_ascii=False, indent=0)};\n")


def _read_descriptions(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    text = path.read_text(encoding="utf-8").removeprefix(DECLARED).rstrip(";\n")
    found: dict[str, str] = json.loads(text)
    return found


def _said(page: Path) -> str:
    """The description that a page has in its head."""
    with page.open(encoding="utf-8") as lines:
        for line in lines:
            if match := DESCRIPTION.search(line):
                return unescape(match[1])
            if "</head>" in line:
                return ""
    return ""


def list_pages(app: Sphinx, error: Exception | None) -> None:
    """Write the list of pages, where their addresses are known."""
    address = app.config.publication["address"]
    if error or not address:
        return
    root = app.config.root_doc
    addresses = [page_address(address, name, root) for name in sorted(app.env.found_docs)]
    places = "\n".join(f"  <url><loc>{escape(one)}</loc></url>" for one in addresses)
    _write(
        app,
        "sitemap.xml",
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{places}\n</urlset>\n',
    )
    _write(app, "robots.txt", f"User-agent: *\nAllow: /\n\nSitemap: {address}sitemap.xml\n")


def _write(app: Sphinx, name: str, text: str) -> None:
    (Path(app.outdir) / name).write_text(text, encoding="utf-8", newline="\n")


def setup(app: Sphinx) -> dict[str, Any]:
    app.add_config_value("publication", dict(NOTHING), "", types=[dict])
    app.add_config_value("page_notices", {}, "", types=[dict])
    app.connect("html-page-context", add_to_context, priority=950)
    app.connect("build-finished", list_descriptions)
    app.connect("build-finished", list_pages)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
