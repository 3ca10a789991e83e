"""Where things lie: the handbook's own files, the data, and what is built."""

import os
from dataclasses import dataclass
from pathlib import Path

from fremskudt.errors import WrongUsage

DATA_VARIABLE = "FREMSKUDT_DATA"
HANDBOOK = Path(__file__).resolve().parent.parent
# The bundled deliveries that stand for the four municipalities of the reports.
DEMONSTRATION = ("aarhus", "gladsaxe", "rudersdal", "vejle")


def is_folder(path: Path) -> bool:
    """Whether a path is a folder; a name that no computer can have is none."""
    try:
        return path.is_dir()
    except OSError:
        return False


@dataclass(frozen=True)
class Workspace:
    """The folders of one run.

    `handbook` holds notebooks/, book/ and _config.yml; `data` holds one folder a
    municipality (real case data belong outside the repository); `output` receives
    everything that is built.
    """

    handbook: Path
    data: Path
    output: Path

    @classmethod
    def find(cls, data: str | Path | None = None, output: str | Path | None = None) -> "Workspace":
        """The folders from the arguments, else FREMSKUDT_DATA, else the handbook's own.

        Raises `WrongUsage` when the data folder does not exist.
        """
        chosen = data or os.environ.get(DATA_VARIABLE) or HANDBOOK / "data"
        folder = Path(chosen).expanduser().resolve()
        if not is_folder(folder):
            raise WrongUsage(
                f"Datamappen findes ikke: {folder}. "
                f"Angiv en mappe med --data eller miljøvariablen {DATA_VARIABLE}."
            )
        built = Path(output).expanduser().resolve() if output else HANDBOOK / "_build"
        return cls(HANDBOOK, folder, built)

    @property
    def reference(self) -> Path:
        """Answer scales, services, constants and printed figures; always the handbook's own."""
        return self.handbook / "data" / "reference"

    @property
    def notebooks(self) -> Path:
        return self.handbook / "notebooks"

    @property
    def chapters(self) -> Path:
        """The executed notebooks, a folder a municipality."""
        return self.output / "chapters"

    @property
    def site(self) -> Path:
        return self.output / "html"
