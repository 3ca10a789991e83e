"""A paragraph of Markdown as a notebook shows it. Nothing else is imported here: the course shows
paragraphs without loading what computes them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Prose:
    """A paragraph of computed Markdown."""

    text: str

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/markdown": self.text, "text/plain": self.text}
