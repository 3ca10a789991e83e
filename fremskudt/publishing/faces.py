"""What other pages show of a page: its titles, its sections, and what can be linked to on it.

While a page's face is the same, no other page changes with it.
"""

from typing import Any, cast

from sphinx.domains.std import StandardDomain
from sphinx.environment import BuildEnvironment

Face = tuple[Any, ...]


def face(env: BuildEnvironment, page: str) -> Face:
    """All that the book's other pages may take from a page that has been read."""
    standard = cast(StandardDomain, env.get_domain("std"))
    labels = (standard.labels, standard.anonlabels)
    return (
        env.titles[page].astext(),
        env.longtitles[page].astext(),
        env.tocs[page].pformat(),
        env.toctree_includes.get(page),
        _anchors(env, page),
        [sorted(item for item in found.items() if item[1][0] == page) for found in labels],
        [
            (name, *one)
            for name, domain in sorted(env.domains.items())
            for one in sorted(domain.get_objects())
            if one[3] == page
        ],
    )


def _anchors(env: BuildEnvironment, page: str) -> list[tuple[str, str, str]]:
    """MyST's anchors of headings, and their words; their lines are of no account."""
    slugs = env.metadata[page].get("myst_slugs", {})
    return [(slug, anchor, words) for slug, (_, anchor, words) in slugs.items()]


def carried(env: BuildEnvironment) -> list[tuple[str, str]]:
    """The pictures and files that all pages bring along, and their names in the site."""
    return [
        (source, name) for files in (env.images, env.dlfiles) for source, (_, name) in files.items()
    ]
