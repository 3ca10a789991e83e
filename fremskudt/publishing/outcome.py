"""How a chapter went."""

from dataclasses import dataclass

from fremskudt.publishing.templates import Chapter


@dataclass(frozen=True)
class Outcome:
    """A chapter that was run, was unchanged, or failed with a message; and why it was run."""

    chapter: Chapter
    status: str
    message: str = ""
    causes: tuple[str, ...] = ()
