"""The link to the PDF of a municipality's chapters: on each of them, and first on the profile.

The file is laid beside the pages when they have been made (`fremskudt/paper`); `pdf` says whether
it will be.
"""

import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

CHAPTER = re.compile(r"kommuner/([^/]+)/([^/]+)")
PROFILE = "profil"
LABEL = "Alle kommunens kapitler som PDF"
WHAT_FOR = ", til udskrift, arkiv og skærmlæser."


def booklet_of(app: Sphinx, pagename: str) -> str:
    """The file beside a page that holds it on paper; nothing where there is none."""
    found = CHAPTER.fullmatch(pagename)
    return f"{found[1]}.pdf" if found and app.config.pdf else ""


def add_to_context(
    app: Sphinx,
    pagename: str,
    templatename: str,  # noqa: ARG001 - the event's signature
    context: dict[str, Any],
    doctree: nodes.document | None,  # noqa: ARG001 - the event's signature
) -> None:
    context["booklet"], context["booklet_label"] = booklet_of(app, pagename), LABEL


def add_to_profile(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """A line beneath what the profile is about."""
    file = booklet_of(app, docname)
    section = next(iter(doctree.findall(nodes.section)), None)
    if not file or section is None or not docname.endswith(f"/{PROFILE}"):
        return
    link = nodes.reference("", LABEL, refuri=file, internal=True)
    line = nodes.paragraph("", "", link, nodes.Text(WHAT_FOR), classes=["fs-booklet"])
    section.insert(min(2, len(section)), line)


def setup(app: Sphinx) -> dict[str, Any]:
    app.add_config_value("pdf", False, "", types=[bool])
    app.connect("html-page-context", add_to_context, priority=950)
    app.connect("doctree-resolved", add_to_profile)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
