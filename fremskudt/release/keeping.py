"""The history of releases is kept: beside the release, and with the data that the site is made of.

Files are only added. The release is in its place before anything is written, so whatever goes
wrong here costs an entry at most, and that is found again the next time: the site itself holds it.
"""

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from fremskudt.errors import CannotWrite
from fremskudt.intake.start import is_inside_handbook
from fremskudt.publishing.history import (
    FOLDER,
    before,
    file_of,
    history_folder,
    read_history,
    together,
)
from fremskudt.publishing.manifest import NAME, Manifest
from fremskudt.publishing.manifest_file import Unfit, read_manifest
from fremskudt.publishing.publication import FILE, in_words
from fremskudt.publishing.writing import put_file, write_settled, writing_to
from fremskudt.workspace import Workspace

KEPT = "historik"
SCRATCH = ".ny-"
NOTHING = (
    f"Webstedet har ingen {NAME}, så udgivelsen kommer ikke med i historien. Kør fremskudt site."
)


@dataclass(frozen=True)
class Kept:
    """The history as it is before a release, and the manifest of what is released."""

    folder: Path
    data: Path
    known: Mapping[int, Manifest]
    in_data: Mapping[int, Manifest]
    now: Manifest | None

    @property
    def after(self) -> dict[int, Manifest]:
        """The history with this release; one that is the last already is not entered again."""
        return _with(self.known, self.now)

    def remarks(self) -> Iterator[str]:
        """What who releases ought to know of the history, in Danish."""
        if self.now is None:
            yield NOTHING
            return
        earlier = before(self.known, self.now)
        if not self.now.date:
            yield (
                "Udgivelsen har ingen dato: Skriv dagen, tallene er gjort op, i "
                f"{FILE} (date: 2026-01-31), byg igen, og udgiv igen."
            )
        elif earlier and earlier[max(earlier)].date == self.now.date:
            yield (
                f"Den forrige udgivelse har samme dato ({in_words(self.now.date)}). Er tallene "
                f"gjort op på ny, så ret date i {FILE}, byg igen, og udgiv igen."
            )
        if before(self.in_data, self.now) != earlier:
            yield (
                f"Siden «Hvad er ændret» er bygget uden alle tidligere udgivelser: {KEPT} kender "
                f"nogle, som {self.data} manglede. Byg og udgiv igen, så er de med."
            )


def prepare(workspace: Workspace, target: Path, previous: Path | None) -> Kept:
    """Read the history before a release to `target`, with the release that lies there if it was
    never entered. Raises `DataProblem` for a file that is none of a history."""
    data, folder = history_folder(workspace.data), target / KEPT
    in_data = read_history(data)
    known = together([(FOLDER, in_data), (KEPT, read_history(folder, KEPT))])
    known = _with(known, _manifest(previous) if previous else None)
    return Kept(folder, data, known, in_data, _manifest(workspace.site))


def keep(kept: Kept) -> Iterator[str]:
    """Write what is lacking beside the release and with the data; yields what was done, in
    Danish. Raises nothing: the release stands."""
    if kept.now is None:
        return
    try:
        _write(kept.after, kept.folder)
    except (CannotWrite, OSError) as error:
        yield f"Udgivelsen er lagt klar, men ikke skrevet i historien. {error}"
        return
    if is_inside_handbook(kept.data):
        yield (
            f"Historien ligger i {kept.folder}. Håndbogens egen datamappe er ikke rørt; kopiér "
            f"filerne til {kept.data}, hvis siden «Hvad er ændret» skal kende dem."
        )
        return
    try:
        added = _write(kept.after, kept.data)
    except (CannotWrite, OSError):
        yield (
            f"Historien ligger i {kept.folder}, men kunne ikke skrives i {kept.data}. Kopiér "
            "filerne dertil, så næste udgivelse kender dem."
        )
        return
    if added:
        yield f"Udgivelsens historie ligger i {kept.data}. Behold den sammen med data."


def _with(history: Mapping[int, Manifest], one: Manifest | None) -> dict[int, Manifest]:
    last = max(history, default=0)
    if one is None or history.get(last) == one:
        return dict(history)
    return {**history, last + 1: one}


def _manifest(site: Path) -> Manifest | None:
    """What a site says of itself; nothing where it was made by an older program, or is torn."""
    try:
        return read_manifest((site / NAME).read_bytes())
    except (OSError, Unfit):
        return None


def _write(history: Mapping[int, Manifest], folder: Path) -> int:
    """Write the releases that a folder lacks, each whole; returns how many."""
    lacking = {n: one for n, one in history.items() if not (folder / file_of(n)).exists()}
    if not lacking:
        return 0
    with writing_to(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for left in folder.glob(f"{SCRATCH}*"):  # by a release that was stopped
            shutil.rmtree(left)
        with tempfile.TemporaryDirectory(dir=folder, prefix=SCRATCH) as scratch:
            for number, one in lacking.items():
                made = Path(scratch) / file_of(number)
                write_settled(made, one.as_text())
                put_file(made, folder / file_of(number))
    return len(lacking)
