"""The list of the course's modules: what the pages around a module link to."""

from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

from fremskudt.teaching.course import FOLDER, module


@dataclass(frozen=True)
class Entry:
    """A module's notebook, and what is said of it in a list."""

    notebook: str
    number: int
    title: str
    minutes: int
    goal: str


@cache
def contents() -> tuple[Entry, ...]:
    """The modules in their order."""
    names = sorted(path.name for path in FOLDER.glob("[0-9]-*.ipynb"))
    found = [(name, module(int(name[0]))) for name in names]
    return tuple(Entry(name, one.number, one.title, one.minutes, one.goal) for name, one in found)


def with_contents(page: dict[str, Any], **_: object) -> dict[str, Any]:
    """The settings of an app's page with the list in them, for the templates. Voilà keeps what is
    put into the mapping that it hands over, so this one is filled in place."""
    page["course"] = [asdict(one) for one in contents()]
    return page
