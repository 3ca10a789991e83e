"""Why a chapter failed, in Danish: which cell of which notebook, and what to do.

What an unexpected error says may hold rows of a delivery. Its text stays in the executed
notebook; the message names the kind of error and the line of the template, which hold none.
"""

import re
from concurrent.futures import CancelledError
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import NoSuchKernel
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.exceptions import PapermillExecutionError

from fremskudt.errors import CannotWrite, DataProblem, WrongUsage
from fremskudt.publishing.templates import Chapter
from fremskudt.publishing.writing import NO_ROOM, NO_ROOM_WORDS

CELL_SECONDS = 300
START_SECONDS = 120
OUR_ERRORS = {error.__name__ for error in (DataProblem, WrongUsage, CannotWrite)}
# Python's own errors about the code; their text names the code's words and never a value.
ABOUT_CODE = {"ImportError", "ModuleNotFoundError", "NameError", "SyntaxError", "ZeroDivisionError"}
MEMORY = "Luk andre programmer, og kør igen."
REINSTALL = "Installér pakkerne igen med «make site» eller «pip install -r requirements.txt»."
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
PLACE = re.compile(r"Cell In\[\d+\], line (\d+)")
# papermill's cells that the template does not have.
ADDED = {"injected-parameters", "papermill-error-cell-tag"}
LONGEST = 200


def explain(chapter: Chapter, error: BaseException, notebook: dict[str, Any] | None) -> str:
    """The message about a chapter that failed; `notebook` is as far as it came, if anything is
    left of it."""
    cells = notebook["cells"] if notebook else []
    index = _cell_at_fault(error, cells)
    place = f"{chapter.template.name}.ipynb"
    if index is not None:
        place = f"celle {_in_template(cells, index)} i {place}"
    return f"{chapter.label}: {place} fejlede. {_reason(error)} Det forrige kapitel er uændret."


def where_kept(kept: Path) -> str:
    """Where the notebook of a chapter that failed lies."""
    return f"Den kørte notesbog ligger i {kept}; den kan vise data og skal ikke deles."


def _cell_at_fault(error: BaseException, cells: list[dict[str, Any]]) -> int | None:
    """The cell that raised, else the last one that was begun."""
    marked = [n for n, cell in enumerate(cells) if "papermill-error-cell-tag" in _tags(cell)]
    if isinstance(error, PapermillExecutionError) and marked:
        return marked[-1] + 1  # papermill puts a mark just before it
    begun = [n for n, cell in enumerate(cells) if _ran(cell).get("start_time")]
    return begun[-1] if begun else None


def _ran(cell: dict[str, Any]) -> dict[str, Any]:
    run: dict[str, Any] = cell["metadata"].get("papermill", {})
    return run


def _tags(cell: dict[str, Any]) -> list[str]:
    tags: list[str] = cell["metadata"].get("tags", [])
    return tags


def _in_template(cells: list[dict[str, Any]], index: int) -> int:
    """A cell's number in the template, counted from one."""
    return sum(not ADDED & set(_tags(cell)) for cell in cells[: index + 1])


def _reason(error: BaseException) -> str:
    match error:
        case PapermillExecutionError():
            return _raised(error)
        case CellTimeoutError():
            return f"Cellen var ikke færdig efter {CELL_SECONDS} sekunder og blev stoppet."
        case DeadKernelError():
            return (
                "Processen, der kørte cellen, blev stoppet udefra. Det sker oftest, når "
                f"computeren mangler hukommelse. {MEMORY}"
            )
        case NoSuchKernel():
            return f"Jupyter-kernen «{error.name}» mangler. {REINSTALL}"
        case RuntimeError() if "ernel" in str(error):  # jupyter_client has no class for it
            return (
                f"Jupyter-kernen kom ikke i gang (den har {START_SECONDS} sekunder). Kør igen. "
                f"Hjælper det ikke: {REINSTALL}"
            )
        case OSError() if error.errno in NO_ROOM:
            return "Der er ikke plads på disken, hvor kapitlet blev kørt."
        case CancelledError():
            return "Klyngens scheduler svarer ikke mere."
        case _ if type(error).__name__ == "KilledWorker":  # of a library that may not be installed
            return (
                "De maskiner, der skulle køre kapitlet, forsvandt gang på gang, oftest fordi de "
                "manglede hukommelse."
            )
        case _:
            return f"Kørslen stoppede med en uventet fejl ({type(error).__name__})."


def _raised(error: Any) -> str:
    """What a cell raised: our own message, or the kind of error and the line of the template."""
    said = (COLOUR.sub("", str(error.evalue)).strip().splitlines() or [""])[0][:LONGEST]
    if error.ename in OUR_ERRORS:
        return said
    if error.ename == "MemoryError":
        return f"Computeren mangler hukommelse. {MEMORY}"
    if any(words in said for words in NO_ROOM_WORDS):
        return "Der er ikke plads på disken. Frigør plads, og kør igen."
    line = _line(error)
    where = f" i linjen «{line}»" if line else ""
    if error.ename in ABOUT_CODE:
        return f"Uventet fejl{where}: {error.ename}: {said}."
    return f"Uventet fejl{where}: {error.ename}. Hvad fejlen siger, står i notesbogen."


def _line(error: Any) -> str:
    """The line of the template that was being run."""
    found = PLACE.search(COLOUR.sub("", "\n".join(error.traceback)))
    lines = str(error.source).splitlines()
    if found is None or int(found[1]) > len(lines):
        return ""
    return lines[int(found[1]) - 1].strip()[:LONGEST]
