"""The handbook's own look inside a notebook: its style sheet, held to what the course shows.

JupyterLab and Voilà have styles of their own, and the book's must not reach them. So the sheet is
nested below one class, and its colours are those of a light page, whatever the notebook's are.
"""

import re
from functools import cache
from pathlib import Path

import ipywidgets as widgets

from fremskudt.workspace import HANDBOOK

STATIC = HANDBOOK / "book" / "_static"
LIVE = "fs-live"
ROOT = re.compile(r"^(\s*):root\b", re.MULTILINE)
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
PROSE = re.compile(r"\.prose\b")  # the book's own name for the part of a page that is text
FONT = re.compile(r"@font-face\s*\{[^}]*\}")
# What the book's page gives to everything on it, and what the widgets' fields need.
# What is kept in sight must not be cut off by the boxes that a notebook lays around an output.
AROUND = f":is(.jp-OutputArea-output, .jp-OutputArea-child):has(.{LIVE}) {{ overflow: visible; }}"
OWN = Path(__file__).with_name("live.css")


@cache
def stylesheet() -> str:
    """The book's colours and rules, nested below the class of what is live."""
    sheets = [
        (STATIC / name).read_text(encoding="utf-8") for name in ("tokens.css", "handbook.css")
    ]
    rules = FONT.sub("", COMMENT.sub("", "\n".join(sheets)))
    nested = PROSE.sub("&", ROOT.sub(r"\1&", rules)) + OWN.read_text(encoding="utf-8")
    return f".{LIVE} {{\n{nested}}}\n{AROUND}"


@cache
def look() -> widgets.HTML:
    """The style sheet as a widget: one for a kernel, however many exercises it stands in."""
    return widgets.HTML(f"<style>{stylesheet()}</style>")


def in_look(*parts: widgets.Widget) -> widgets.VBox:
    """Widgets below each other, as the book looks."""
    box = widgets.VBox([look(), *parts])
    box.add_class(LIVE)
    return box
