"""Every error that a person outside the code can cause, with its exit code and Danish message.

The command line prints the message and leaves with the code; no traceback is shown.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fremskudt.contract.problems import Problem


INTERRUPTED = "Afbrudt. Det, der stod før, står der endnu."


class HandbookError(Exception):
    """Base class; `exit_code` is what the command line returns."""

    exit_code = 1


class WrongUsage(HandbookError):
    """An unknown municipality, chapter, parameter or option."""

    exit_code = 2


class DataProblem(HandbookError):
    """A delivery breaks the contract; holds every problem that was found."""

    exit_code = 3

    def __init__(self, problems: "Iterable[Problem]") -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class ChapterFailed(HandbookError):
    """One or more chapters could not be run; the others and the old site are untouched."""

    exit_code = 4


class ReleaseRefused(HandbookError):
    """The built site tells, or may tell, of single citizens; nothing has been published."""

    exit_code = 7


class BookFailed(HandbookError):
    """The book did not compile; the site that stood before still stands."""

    exit_code = 5


class CannotWrite(HandbookError):
    """The disk is full, or the output folder is closed; what stood before still stands."""

    exit_code = 6
