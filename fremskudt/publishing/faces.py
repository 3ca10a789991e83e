"""What other pages show of a page: its titles, its sections, and what can be linked to on it.

While a page's face is the same, no other page changes with it.
"""

from collections.abc import Iterable
from typing import Any, cast

from sphinx.domains.std import StandardDomain
from sphinx.environment import BuildEnvironment

Face = tuple[Any, ...]


def faces(env: BuildEnvironment, pages: Iterable[str]) -> dict[str, Face]:
    """All that the book's other pages may take from pages that have been read."""
    targets: dict[str, list[object]] = {page: [] for page in pages}
    for page, target in _targets(env):
        if page in targets:
            targets[page].append(target)
    return {
        page: (
            env.titles[page].astext(),
            env.longtitles[page].astext(),
            env.tocs[page].pformat(),
            env.toctree_includes.get(page),
            _anchors(env, page),
            sorted(found, key=str),
        )
        for page, found in targets.items()
    }


def _targets(env: BuildEnvironment) -> Iterable[tuple[str, object]]:
    """Every label and every thing that can be named in the book, with its page."""
    standard = cast(StandardDomain, env.get_domain("std"))
    for labels in (standard.labels, standard.anonlabels):
        for label, target in labels.items():
            yield target[0], (label, *target)
    for name, domain in env.domains.items():
        for one in domain.get_objects():
            yield one[3], (name, *one)


def _anchors(env: BuildEnvironment, page: str) -> list[tuple[str, str, str]]:
    """MyST's anchors of headings, and their words; their lines are of no account."""
    slugs = env.metadata[page].get("myst_slugs", {})
    return [(slug, anchor, words) for slug, (_, anchor, words) in slugs.items()]


def carried(env: BuildEnvironment) -> list[tuple[str, str]]:
    """The pictures and files that all pages bring along, and their names in the site."""
    found = (*env.images.items(), *env.dlfiles.items())
    return sorted((source, name) for source, (_, name) in found)
