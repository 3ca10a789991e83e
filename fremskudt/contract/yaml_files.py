"""YAML that people write: read without running or growing anything, with texts tidied."""

import unicodedata
from typing import Any

import yaml

from fremskudt.contract.cells import clean

# What a file that cannot be read raises; deep nesting is a RecursionError.
UNREADABLE = (OSError, ValueError, RecursionError, yaml.YAMLError)


def read_yaml(text: str) -> Any:
    """The values of a YAML text. Raises one of UNREADABLE."""
    return tidy(yaml.load(text, Loader=_Loader))  # noqa: S506 - a safe loader


class _Loader(yaml.SafeLoader):
    """YAML's safe loader without aliases, with which a small file becomes an endless one."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]  # the stubs' lack
            raise yaml.MarkedYAMLError(problem_mark=mark)
        return super().compose_node(parent, index)


def tidy(value: Any) -> Any:
    """Texts as cells are read: composed letters, plain spaces, nothing invisible at the ends."""
    if isinstance(value, dict):
        return {name: tidy(one) for name, one in value.items()}
    if isinstance(value, list):
        return [tidy(one) for one in value]
    return clean(unicodedata.normalize("NFC", value)) if isinstance(value, str) else value
