"""What is wrong with a command line, said in Danish: cyclopts says it in English."""

from collections.abc import Iterable

from cyclopts import CycloptsError
from cyclopts.exceptions import (
    CoercionError,
    MissingArgumentError,
    UnknownCommandError,
    UnknownOptionError,
)


def in_danish(error: CycloptsError, known: Iterable[str]) -> str:
    """What is wrong with a command line, in Danish; `known` are the commands that there are."""
    match error:
        case UnknownCommandError():
            word = (error.unused_tokens or ["?"])[0]
            return f"Kommandoen «{word}» findes ikke. Kendte kommandoer: {', '.join(known)}."
        case UnknownOptionError():
            word = error.token.keyword or error.token.value
            return f"Tilvalget «{word}» findes ikke. Se «fremskudt --help»."
        case MissingArgumentError() if error.argument is not None:
            return f"Tilvalget {error.argument.name} mangler en værdi."
        case CoercionError() if error.token is not None and error.argument is not None:
            return f"Tilvalget {error.argument.name} kan ikke være «{error.token.value}»."
        case _:
            return "Kommandolinjen kan ikke læses. Se «fremskudt --help»."
