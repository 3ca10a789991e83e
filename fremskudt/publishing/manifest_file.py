"""A manifest read from a file that anybody may have written: checked down to each field."""

import datetime as dt
import json
import re
from collections.abc import Callable
from typing import Any

from fremskudt.contract.characters import visible
from fremskudt.publishing.manifest import FORMAT, LONGEST, FigureSaid, Manifest, PageSaid

LARGEST = 20_000_000  # bytes; ten times what a site of all municipalities needs
SUFFIX = ".json"
ADDRESS = re.compile(r"(?:[a-z0-9][a-z0-9_-]*/)*[a-z0-9][a-z0-9_-]*")
FILE_NAME = re.compile(r"[\w-][\w.-]{0,199}")
ANCHOR = re.compile(r"(?:[A-Za-z][\w-]{0,199})?", re.ASCII)
HASH = re.compile(r"[0-9a-f]{64}")
NUMBER = re.compile(r"(?:Figur|Tabel) \d{1,4}")
VERSION = re.compile(r"\d{1,4}(?:\.\d{1,4}){1,3}[\w.+-]{0,20}")
UNTOUCHED = "filen, som fremskudt release skrev den; hent den igen fra udgivelsens mappe «historik»"


class Unfit(Exception):
    """A file that is no manifest: what is the matter, where in it, and what was expected."""

    def __init__(self, what: str, where: str = "", expected: str = UNTOUCHED) -> None:
        super().__init__(what)
        self.what, self.where, self.expected = what, where, expected


def read_manifest(raw: bytes) -> Manifest:
    """The manifest that a file holds. Raises `Unfit` at the first fault."""
    if len(raw) > LARGEST:
        raise Unfit("filen er for stor")
    try:
        values = json.loads(raw.decode("utf-8-sig"), object_pairs_hook=_once)
    except (ValueError, RecursionError):
        raise Unfit("filen kan ikke læses") from None
    if isinstance(values, dict) and values.get("format", FORMAT) != FORMAT:
        newer = f"format {FORMAT}; en nyere udgave af håndbogen kan læse andre"
        raise Unfit("formatet kendes ikke", "format", newer)
    top = _fields(values, "", ("format", "version", "publisher", "date", "pages"))
    return Manifest(
        _text(top, "version", "", VERSION.fullmatch),
        _text(top, "publisher", "", _is_line),
        _text(top, "date", "", _is_day),
        {name: _page(name, one) for name, one in _named(top["pages"], "pages", ADDRESS).items()},
    )


def _page(name: str, value: Any) -> PageSaid:
    page = _fields(value, name, ("title", "text", "figures"))
    figures = _named(page["figures"], name, FILE_NAME)
    return PageSaid(
        _text(page, "title", name, _is_line),
        _text(page, "text", name, HASH.fullmatch),
        {key: _figure(f"{name}, {key}", one) for key, one in figures.items()},
    )


def _figure(where: str, value: Any) -> FigureSaid:
    figure = _fields(value, where, ("number", "title", "anchor", "numbers"))
    return FigureSaid(
        _text(figure, "number", where, NUMBER.fullmatch),
        _text(figure, "title", where, _is_line),
        _text(figure, "anchor", where, ANCHOR.fullmatch),
        _text(figure, "numbers", where, HASH.fullmatch),
    )


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON; one that says a thing twice is none."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError
    return found


def _fields(value: Any, where: str, names: tuple[str, ...]) -> dict[str, Any]:
    if not isinstance(value, dict) or set(value) != set(names):
        raise Unfit("felterne er ikke dem, en udgivelse har", where)
    return value


def _named(value: Any, where: str, name: re.Pattern[str]) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Unfit("felterne er ikke dem, en udgivelse har", where)
    for one in value:
        if not name.fullmatch(one):
            raise Unfit("adressen eller navnet kan ingen side i håndbogen have", one)
    return value


def _text(values: dict[str, Any], name: str, where: str, is_good: Callable[[str], object]) -> str:
    value = values[name]
    if not isinstance(value, str) or not is_good(value):
        raise Unfit("værdien kan ikke bruges", f"{where}, {name}" if where else name)
    return value


def _is_line(value: str) -> bool:
    """Whether it is one line of text in which everything can be seen."""
    return len(value) <= LONGEST and visible(value) == value and value == " ".join(value.split())


def _is_day(value: str) -> bool:
    if not value:
        return True
    try:
        return dt.date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
