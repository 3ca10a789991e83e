"""The handbook's own reference files, which are CSV of a known shape: rows of texts by heading."""

import csv
from pathlib import Path


def read_reference(path: Path) -> list[dict[str, str]]:
    """The rows of a file of data/reference, in order."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
