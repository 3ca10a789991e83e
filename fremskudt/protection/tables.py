"""The tables of counts that a municipality's pages show, as the protection sees them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from fremskudt.analysis.result import Counts

Line = tuple[str, str]  # a table's name and a group
Cell = tuple[str, str, str]  # a line and a category, or SIZE
Kind = Literal["single", "several", "process"]
SIZE = "n"
JOIN = "+"  # between the codes of categories that are shown as one


@dataclass(frozen=True)
class Shape:
    """What is public of a table: its name, scale, kind, groups (of a scale) and categories.

    In a "single" table every answer falls in one category, so that a line sums to its size; in
    a "several" table a case can count in many; a "process" table tells of the registering.
    """

    name: str
    scale: str
    kind: Kind
    groups: tuple[str, ...]
    categories: tuple[str, ...]
    group_scale: str = ""

    @classmethod
    def of(cls, result: Counts) -> "Shape":
        measure, frame = result.measure, result.frame
        kind: Kind = "single" if measure.kind == "single" else "several"
        return cls(
            result.name,
            measure.scale,
            "process" if measure.is_process else kind,
            tuple(dict.fromkeys(frame["group"])),
            tuple(dict.fromkeys(frame["category"])),
            result.group_scale,
        )

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple((self.name, group) for group in self.groups)

    def cells(self, group: str) -> tuple[Cell, ...]:
        return tuple((self.name, group, category) for category in self.categories)


def true_values(result: Counts, slug: str) -> dict[Cell, int]:
    """The counts and sizes of a municipality's table by cell. Case-level knowledge: not to be
    shown."""
    values: dict[Cell, int] = {}
    frame = result.frame[result.frame["municipality"] == slug]
    columns = (frame[name] for name in ("group", "category", "count", "n"))
    for group, category, count, n in zip(*columns, strict=True):
        values[result.name, group, category] = int(count)
        values[result.name, group, SIZE] = int(n)
    return values


def parts_of(category: str) -> tuple[str, ...]:
    """The codes of a category that may be several merged ones: "a+b" is a and b."""
    return tuple(category.split(JOIN))


Values = Mapping[Cell, int]


def subset_of(name: str) -> str:
    """The part of the cases that a table is about: "" for all of them."""
    return name.partition(".")[2]
