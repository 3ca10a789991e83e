"""The manifest of a site, read as the rest of it: its words, and that it is of these very files.

A hash in it tells nothing that is not published, for it must be that of a file of the same site.
"""

from pathlib import Path

from fremskudt.publishing.figure_files import folder_of
from fremskudt.publishing.manifest import Manifest
from fremskudt.publishing.manifest_file import read_manifest
from fremskudt.publishing.pages_said import digest_of_file


def words_of(name: str, manifest: Manifest) -> dict[str, str]:
    """The words of a manifest by file: each page's stand as if they lay in a folder of its own,
    so that they are held against what that page may say."""
    said = {name: " . ".join((manifest.version, manifest.publisher, manifest.date))}
    for address, page in manifest.pages.items():
        figures = [words for key, one in page.figures.items() for words in (key, one.title)]
        said[f"{name}/{address}.html"] = " . ".join((address, page.title, *figures))
    return said


def read_and_compare(path: Path, name: str) -> tuple[dict[str, str], list[str]]:
    """The words of a site's manifest, and faults: figures that are not those of the site's files.
    Raises `Unfit`."""
    manifest = read_manifest(path.read_bytes())
    faults = []
    for address, page in manifest.pages.items():
        for key, one in page.figures.items():
            file = f"{folder_of(address)}/{key}.csv"
            if digest_of_file(path.parent / file) != one.numbers:
                faults.append(f"{name} svarer ikke til filen {file}.")
    return words_of(name, manifest), faults
