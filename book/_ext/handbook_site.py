"""The site's own theme: what the templates need, and nothing that a reader has to download.

The book is laid out by `_templates/` on top of Sphinx' bare `basic` theme. The extension

* hands the templates the interface words (one dictionary a language), the sidebar and the
  list of sections, so that the templates hold structure only;
* keeps the style sheets and scripts of a page down to our own, in a fixed order;
* turns formulas (``$…$``, ``$$…$$``, ``{math}``) into MathML when the book is built, so
  that no script has to draw them;
* puts every table in a container of its own that can scroll on a narrow screen.

Nothing here depends on the clock, on the machine or on the order of files in a folder: the
same input gives the same bytes.
"""

import base64
import hashlib
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any, cast

from docutils import nodes
from docutils.utils.math.latex2mathml import tex2mathml
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.config import Config
from sphinx.environment.adapters.toctree import TocTree
from sphinx.util.math import get_node_equation_number
from sphinx.writers.html5 import HTML5Translator

from fremskudt import __version__
from fremskudt.contract.origins import LABELS
from fremskudt.release.archive import NAME as ARCHIVE


def integrity(script: str) -> str:
    """How a policy names a script that stands in a page."""
    digest = hashlib.sha256(script.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


WORDS: dict[str, dict[str, str]] = {
    "da": {
        "skip": "Gå til indholdet",
        "tagline": "En evalueringshåndbog",
        "home": "Forside",
        "to_home": "Til forsiden af håndbogen",
        "menu": "Menu",
        "chapters": "Håndbogens kapitler",
        "here": "Du er her",
        "on_this_page": "På denne side",
        "search": "Søg",
        "search_label": "Søg i håndbogen",
        "search_page": "Søg i håndbogen",
        "search_help": (
            "Skriv et eller flere ord. Siderne på listen indeholder alle ordene, "
            "også når de er bøjet."
        ),
        "search_needs_script": (
            "Søgningen kræver JavaScript. Uden JavaScript kan du finde vej i menuen "
            "eller bruge browserens egen søgning på siden."
        ),
        "searching": "Søger",
        "search_preparing": "Gør klar til at søge …",
        "search_results": "Resultater",
        "search_found": "Antal sider, der passer: ${resultCount}.",
        "search_none": ("Ingen sider passer. Prøv færre ord, en anden bøjning, eller se i menuen."),
        "in": " i ",
        "hide_matches": "Fjern fremhævning",
        "to_dark": "Mørk visning",
        "to_light": "Lys visning",
        "print": "Udskriv siden",
        "notebook": "Hent notesbogen (.ipynb)",
        "numbers": "Hent sidens tal (Excel)",
        "page_tools": "Udskriv og hent",
        "neighbours": "Forrige og næste side",
        "previous": "Forrige",
        "next": "Næste",
        "copy_code": "Kopiér",
        "copied": "Kopieret",
        "scroll_region": "Kan rulles sidelæns",
        "lost": "Siden findes ikke",
        "lost_lead": (
            "Adressen fører ikke til nogen side i håndbogen. Måske er siden flyttet, eller der "
            "er en slåfejl i adressen."
        ),
        "footer": (
            "Håndbogen bygger på offentliggjorte rapporter om fremskudt sagsbehandling. "
            "Ved hver figur står, om tallene er offentliggjort, rekonstrueret, "
            "konstrueret eller registreret af en kommune."
        ),
        "by": "Forfatter",
        "numbers_here": "Tallene på denne side er",
        "publisher": "Udgiver",
        "counted": "Gjort op",
        "edition": "Håndbogens udgave",
        "archive": "Hent hele håndbogen i én fil",
        "archive_use": "(zip). Pak den ud, og åbn index.html. Den virker uden internet.",
        "changes": "Hvad er ændret",
    },
}

# The words of figures.js; what else it says stands in the figure itself.
FIGURE_WORDS: dict[str, dict[str, str]] = {
    "da": {
        "svg": "Hent SVG",
        "png": "Hent PNG",
        "cite": "Kopiér henvisning",
        "copied": "Henvisningen er kopieret.",
        "selected": "Browseren giver ikke lov til at kopiere. Kopiér den markerede tekst.",
        "walk": "Gå gennem tallene",
        "how": "Brug piletasterne.",
        "constructed": LABELS["constructed"],
        "warning": "Tallene er konstruerede og skal ikke citeres som fund.",
    },
}

# What must run before a page is drawn; the only script that stands in a page.
THEME_SCRIPT = (Path(__file__).parents[1] / "_templates/parts/theme.js").read_text("utf-8").strip()
# Nothing is fetched from elsewhere, and what a text might smuggle into a page is neither run nor
# followed. A meta element cannot say who may frame a page; that is for the web server.
POLICY = "; ".join(
    (
        "default-src 'none'",
        f"script-src 'self' '{integrity(THEME_SCRIPT)}'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
    )
)
STYLES = ("tokens.css", "handbook.css")
DESIGN_STYLES = ("sphinx-design.min.css", *STYLES)  # for grids, tabs and folded notes
SCRIPTS = ("handbook.js",)
# Scripts for the pages that hold something of this class, in the order in which they run.
PART_SCRIPTS = {
    "fs-use": ("pictures.js", "figures.js"),
    "fs-calculator": ("calculator.js",),
    "fs-chooser": ("chooser.js",),
    "fs-gainsplan": ("gainsplan.js",),
    "fs-screening": ("screening.js",),
}
TOC_LEVELS = 2

PathTo = Callable[[str], str]


def words_of(app: Sphinx) -> dict[str, str]:
    """The interface words in the language of the book."""
    return WORDS[app.config.language]


def _selected(assets: list[Any], names: tuple[str, ...]) -> list[Any]:
    """The assets that end in one of the names, in the order of the names."""
    return [a for name in names for a in assets if str(a.filename).endswith(name)]


def _pruned(section_list: nodes.bullet_list, levels: int) -> nodes.bullet_list:
    """The list without the lists that lie deeper than the given number of levels."""
    pruned = section_list.deepcopy()
    for item in pruned.children:
        for nested in [c for c in item.children if isinstance(c, nodes.bullet_list)]:
            if levels > 1:
                item.replace(nested, _pruned(nested, levels - 1))
            else:
                item.remove(nested)
    return pruned


def sections_on_page(app: Sphinx, pagename: str) -> str:
    """The page's sections as a nested HTML list, without the title; empty if below two."""
    if pagename not in app.env.tocs:
        return ""
    toc = TocTree(app.env).get_toc_for(pagename, app.builder)
    lists = [
        c for entry in toc.children for c in entry.children if isinstance(c, nodes.bullet_list)
    ]
    if not lists or len(lists[0].children) < 2:
        return ""
    builder = cast(StandaloneHTMLBuilder, app.builder)
    return builder.render_partial(_pruned(lists[0], TOC_LEVELS))["fragment"]


def _sidebar_list(app: Sphinx, pages: list[str], here: list[str], pathto: PathTo) -> str:
    """A list of links; only the branch that leads to the page one stands on is unfolded."""
    items = []
    for page in pages:
        link = f'<a href="{escape(pathto(page))}">'
        if page == here[0]:
            link = f'<a href="{escape(pathto(page))}" aria-current="page">'
        children = app.env.toctree_includes.get(page, []) if page in here else []
        nested = _sidebar_list(app, children, here, pathto) if children else ""
        current = ' class="current"' if page in here else ""
        title = escape(app.env.titles[page].astext())
        items.append(f"<li{current}>{link}{title}</a>{nested}</li>")
    return "<ul>\n" + "\n".join(items) + "\n</ul>"


def sidebar(app: Sphinx, pagename: str, pathto: PathTo) -> str:
    """The parts of the book, their pages, and the chapters of the branch one stands in.

    Sphinx can do the same, but copies and resolves the whole table of contents for every
    page, and tells assistive technology nothing about where one is.
    """
    parents = {c: p for p, children in app.env.toctree_includes.items() for c in children}
    root = app.config.root_doc
    here = [pagename]
    while here[-1] in parents and parents[here[-1]] != root:
        here.append(parents[here[-1]])
    parts = []
    for part in app.env.tocs[root].findall(addnodes.toctree):
        pages = [page for _, page in part["entries"] if page in app.env.titles]
        if part.get("caption"):
            parts.append(f'<p class="caption">{escape(part["caption"])}</p>')
        parts.append(_sidebar_list(app, pages, here, pathto))
    return "\n".join(parts)


def add_to_context(
    app: Sphinx,
    pagename: str,
    templatename: str,  # noqa: ARG001 - the event's signature
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Give the templates what they print, and leave out what a page does not use."""
    context["words"] = words_of(app)
    context["archive"] = ARCHIVE
    context["theme_script"], context["policy"] = THEME_SCRIPT, POLICY
    context["is_front"] = pagename == app.config.root_doc
    context["is_search"] = pagename == "search"
    context["author"] = app.config.author
    context["page_sections"] = "" if context["is_front"] else sections_on_page(app, pagename)
    context["site_sidebar"] = sidebar(app, pagename, context["pathto"])
    context["has_notebook"] = bool(doctree) and context.get("page_source_suffix") == ".ipynb"
    body = context.get("body") or ""
    context["has_numbers"] = f"tal/{pagename}/" in body
    context["figure_words"] = {
        **FIGURE_WORDS[app.config.language],
        "author": app.config.publication["publisher"] or app.config.author,
        "book": app.config.html_title,
        "version": __version__,
        "page": f"{pagename}.html",
    }
    styles = DESIGN_STYLES if "sd-" in body else STYLES
    parts = [one for name, own in PART_SCRIPTS.items() if f'class="{name}"' in body for one in own]
    context["css_files"] = _selected(context["css_files"], styles)
    context["script_files"] = _selected(context["script_files"], (*SCRIPTS, *parts))


def visit_table(self: HTML5Translator, node: nodes.table) -> None:
    """Open the scrolling container; `handbook.js` makes it focusable when it overflows."""
    self.body.append('<div class="fs-scroll">\n')
    HTML5Translator.visit_table(self, node)


def depart_table(self: HTML5Translator, node: nodes.table) -> None:
    HTML5Translator.depart_table(self, node)
    self.body.append("</div>\n")


def visit_inline_math(self: HTML5Translator, node: nodes.math) -> None:
    self.body.append(tex2mathml(node.astext()))
    raise nodes.SkipNode


def depart_colspec(self: HTML5Translator, node: nodes.colspec) -> None:
    """Leave out the widths that docutils reckons from the source: a page has no styles of its
    own, and a browser fits columns to what stands in them."""


def visit_block_math(self: HTML5Translator, node: nodes.math_block) -> None:
    """A displayed formula; the TeX source is its text alternative."""
    source = node.astext()
    mathml = tex2mathml(source, as_block=True)
    alternative = f'<math alttext="{escape(" ".join(source.split()))}"'
    self.body.append(self.starttag(node, "div", CLASS="fs-formula"))
    self.body.append(mathml.replace("<math", alternative, 1))
    if node["number"]:
        number = get_node_equation_number(self, node)
        self.body.append(f'<span class="fs-formula-number">({number})</span>')
    self.body.append("</div>\n")
    raise nodes.SkipNode


def allow_side_by_side(app: Sphinx, config: Config) -> None:  # noqa: ARG001 - the event's signature
    """Say of an extension that does not say so itself that pages may be read side by side: it
    numbers sections when all have been read, and ours have no numbers."""
    app.extensions["sphinx_multitoc_numbering"].parallel_read_safe = True


def setup(app: Sphinx) -> dict[str, Any]:
    # Jupyter Book always passes this option, for an extension that we do not load.
    app.add_config_value("comments_config", {}, "", types=[dict])
    app.add_node(nodes.colspec, override=True, html=(HTML5Translator.visit_colspec, depart_colspec))
    app.add_node(nodes.table, override=True, html=(visit_table, depart_table))
    app.add_html_math_renderer(
        "mathml",
        inline_renderers=(visit_inline_math, None),
        block_renderers=(visit_block_math, None),
    )
    app.connect("config-inited", allow_side_by_side)
    app.connect("html-page-context", add_to_context, priority=900)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
