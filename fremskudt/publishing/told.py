"""What is told of a site besides its data, checked before anything is made."""

from collections.abc import Sequence

from fremskudt.publishing.book_inputs import addresses
from fremskudt.publishing.history import history_folder, read_history
from fremskudt.publishing.moved import check_pages
from fremskudt.publishing.publication import FILE, read_publication
from fremskudt.workspace import Workspace


def check_told(workspace: Workspace, slugs: Sequence[str]) -> None:
    """Check site.yml and the releases that have been. Raises `DataProblem`."""
    publication = read_publication(workspace.data)
    check_pages(publication.moved, addresses(workspace, slugs), FILE)
    read_history(history_folder(workspace.data))
