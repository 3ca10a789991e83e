"""Texts of the course as widgets."""

import ipywidgets as widgets

from fremskudt.teaching.markdown import rendered

__all__ = ["html", "rendered"]


def html(markdown: str) -> widgets.HTML:
    """A text as a widget."""
    return widgets.HTML(rendered(markdown))
