"""What the book's own pages take from data: numbers in a sentence, tables, a form, a diagram.

The extension hands a page what `fremskudt.publishing.parts` makes; it computes nothing itself.
"""

from typing import Any

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective, SphinxRole

from fremskudt.presentation.numbers import in_words
from fremskudt.publishing.parts import (
    contradictions,
    course,
    gains_form,
    glossary,
    numbers,
    questionnaire,
    screening,
    workflow,
)


class Number(SphinxRole):
    """``{tal}`rudersdal-cases```: a printed figure or a constant."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        told = self.tell(self.text)
        if told is not None:
            return [nodes.Text(told)], []
        fault = self.inliner.reporter.error(f"no figure or constant: {self.text}", line=self.lineno)
        return [], [fault]

    def tell(self, name: str) -> str | None:
        """The number in words or digits; None for a name that is not known."""
        return numbers.told().get(name)


class Count(Number):
    """``{antal}`caseworkers-vejle```: the same, a whole number up to ten in words."""

    def tell(self, name: str) -> str | None:
        told = numbers.told().get(name)
        return in_words(int(told)) if told and told.isdecimal() else told


class Made(SphinxDirective):
    """Markdown that is made from data. The argument, where there is one, says which part of it."""

    optional_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        made = PARTS[self.name]
        text = made(self.arguments[0]) if self.arguments else made()
        node = nodes.container()
        lines = StringList(text.splitlines(), self.name)
        self.state.nested_parse(lines, 0, node, match_titles=True)  # a part may have headings
        return node.children


PARTS = {
    "contradictions": contradictions.table,
    "course-answers": course.answers,
    "course-sheet": course.sheet,
    "course-trainer": course.trainer,
    "gainsplan": gains_form.form,
    "questionnaire": questionnaire.form,
    "screening": screening.form,
    "words": glossary.table,
    "workflow": workflow.diagram,
}


def setup(app: Sphinx) -> dict[str, Any]:
    app.add_role("tal", Number())
    app.add_role("antal", Count())
    for name in PARTS:
        app.add_directive(name, Made)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
