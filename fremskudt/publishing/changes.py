"""What has changed from one release to another: pages, figures and words, but no differences.

How much a number has changed by is not said anywhere: what has come since the last release may be
a single citizen's.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from fremskudt.publishing.manifest import PLACES, FigureSaid, Manifest, PageSaid

Figures = Mapping[str, FigureSaid]


@dataclass(frozen=True)
class PageChanges:
    """What has changed on a page that both releases have. `figures` is what it has now."""

    title: str
    changed: Figures
    new: Figures
    gone: Figures
    figures: int
    has_new_words: bool

    @property
    def has_other_numbers(self) -> bool:
        return bool(self.changed or self.new or self.gone)


@dataclass(frozen=True)
class Changes:
    """What has changed between two releases: municipalities by slug and pages by address, those
    that came and those that left; a municipality's pages come and leave with it, and are not
    listed. `pages` are those of both that have changed in any way."""

    places: Mapping[str, str]
    came: Mapping[str, str]
    left: Mapping[str, str]
    new_pages: Mapping[str, str]
    gone_pages: Mapping[str, str]
    pages: Mapping[str, PageChanges]

    @property
    def with_numbers(self) -> dict[str, PageChanges]:
        """The pages whose figures are others than they were."""
        return {name: one for name, one in self.pages.items() if one.has_other_numbers}

    @property
    def with_words_only(self) -> dict[str, PageChanges]:
        return {name: one for name, one in self.pages.items() if not one.has_other_numbers}

    @property
    def count(self) -> int:
        """How many figures have other numbers."""
        return sum(len(one.changed) for one in self.pages.values())


def compare(before: Manifest, now: Manifest) -> Changes:
    """What has changed from one release to the next."""
    came = {slug: name for slug, name in now.places.items() if slug not in before.places}
    left = {slug: name for slug, name in before.places.items() if slug not in now.places}
    found = {
        name: _page(before.pages[name], page)
        for name, page in now.pages.items()
        if name in before.pages
    }
    return Changes(
        {**before.places, **now.places},
        came,
        left,
        _only_in(now, before, came),
        _only_in(before, now, left),
        {name: one for name, one in found.items() if one.has_other_numbers or one.has_new_words},
    )


def place_of(page: str) -> str:
    """The slug of the municipality that a page belongs to; "" for one of all."""
    return page.removeprefix(PLACES).partition("/")[0] if page.startswith(PLACES) else ""


def _only_in(one: Manifest, other: Manifest, places: Mapping[str, str]) -> dict[str, str]:
    return {
        name: page.title
        for name, page in one.pages.items()
        if name not in other.pages and place_of(name) not in places
    }


def _page(before: PageSaid, now: PageSaid) -> PageChanges:
    old, new = before.figures, now.figures
    both = {name: one for name, one in new.items() if name in old}
    return PageChanges(
        now.title,
        {name: one for name, one in both.items() if one.numbers != old[name].numbers},
        {name: one for name, one in new.items() if name not in old},
        {name: one for name, one in old.items() if name not in new},
        len(new),
        (before.title, before.text) != (now.title, now.text),
    )
