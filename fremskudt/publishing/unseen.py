"""Imports as if an optional package were not installed."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType


@contextmanager
def unseen(name: str) -> Iterator[None]:
    """Within this block `import name` raises `ModuleNotFoundError`, unless it was imported
    before; after it, it is found again."""
    modules: dict[str, ModuleType | None] = sys.modules  # type: ignore[assignment] # None is legal
    if name in modules:
        yield
        return
    modules[name] = None
    try:
        yield
    finally:
        del modules[name]
