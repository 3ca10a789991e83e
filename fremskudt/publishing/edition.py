"""What a site says of itself as a release: its manifest, what has changed, and where pages moved.

All of it follows from the pages, the releases before and site.yml.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from fremskudt.publishing.history import History, before, history_folder, read_history
from fremskudt.publishing.manifest import NAME, Manifest, PageSaid, manifest
from fremskudt.publishing.manifest_file import read_manifest
from fremskudt.publishing.moved import write_moved
from fremskudt.publishing.parts import changes
from fremskudt.publishing.publication import Publication, read_publication
from fremskudt.workspace import Workspace

PLACE = "% udgivelser"  # a comment of Markdown: where the page has what is said of the releases


@dataclass(frozen=True)
class Edition:
    """A site as a release among those before it."""

    publication: Publication
    history: History
    now: Manifest

    @property
    def base(self) -> frozenset[int]:
        """The releases that the site is compared with."""
        return frozenset(before(self.history, self.now))

    @property
    def notices(self) -> dict[str, str]:
        return changes.notices(self.history, self.now)

    def with_releases(self, text: str) -> str:
        """The Markdown of the page on what has changed."""
        return text.replace(PLACE, changes.releases(self.history, self.now), 1)

    def write(self, site: Path) -> None:
        """Lay the manifest and the pages at old addresses into a site."""
        (site / NAME).write_text(self.now.as_text(), encoding="utf-8", newline="\n")
        titles = {name: page.title for name, page in self.now.pages.items()}
        write_moved(self.publication.moved, titles, self.publication.address, site)


def edition(
    workspace: Workspace, made: Mapping[str, PageSaid], kept: Mapping[str, PageSaid] | None = None
) -> Edition:
    """The edition with these pages, and those that are kept from the site as it was."""
    publication = read_publication(workspace.data)
    history = read_history(history_folder(workspace.data))
    return Edition(publication, history, manifest({**(kept or {}), **made}, publication))


def pages_of(site: Path) -> Mapping[str, PageSaid]:
    """The pages of a site that has been made."""
    return read_manifest((site / NAME).read_bytes()).pages
