"""What the tables of a site say of one municipality, cell by cell."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from fremskudt.analysis.result import ALL
from fremskudt.contract.scales import scale
from fremskudt.presentation.cells import merged_label
from fremskudt.presentation.numbers_file import STATUS
from fremskudt.protection.tables import SIZE, Cell, Shape
from fremskudt.release.harvest import TableFound

CODES = {label: code for code, label in STATUS.items()}


@dataclass
class Facts:
    """The shown counts, sums of merged categories and sizes of a municipality's tables.

    `hidden` are the cells that stand as hidden, `places` the first file that shows a cell, and
    `faults` what cannot be right: unknown tables, and numbers that two files tell differently.
    """

    cells: dict[Cell, int] = field(default_factory=dict)
    sums: dict[tuple[Cell, ...], int] = field(default_factory=dict)
    hidden: set[Cell] = field(default_factory=set)
    places: dict[Cell, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def tells_the_same_as(self, other: "Facts") -> bool:
        """Whether both show and hide the very same, wherever it stands."""
        mine, theirs = (self.cells, self.sums), (other.cells, other.sums)
        return mine == theirs and self.hidden == other.hidden

    def tell(self, cells: tuple[Cell, ...], value: int, file: str) -> None:
        """Add what a file tells of a cell, or of several together."""
        before = self.cells.get(cells[0]) if len(cells) == 1 else self.sums.get(cells)
        if before is not None and before != value:
            self.faults.append(f"{file} siger et andet tal end andre sider i {cells[0][0]}")
        if len(cells) == 1:
            self.cells[cells[0]] = value
        else:
            self.sums[cells] = value
        self.places.setdefault(cells[0], file)


def facts_of(
    tables: Iterable[TableFound], shapes: Mapping[str, Shape], place: str, amounts: set[str]
) -> Facts:
    """The facts about the municipality that the tables call `place`.

    `amounts` are the names of tables that hold no counts. Tables of the same cells in several
    files are read together: what one of them shows is known.
    """
    facts = Facts()
    for table in tables:
        rows = [row for row in table.rows if row["kommune"] == place]
        if not rows or table.name in amounts:
            continue
        if table.name not in shapes:
            facts.faults.append(f"{table.file} viser tabellen {table.name}, som ikke er beskyttet")
            continue
        for row in rows:
            _read(row, shapes[table.name], table.file, facts)
    return facts


def _read(row: Mapping[str, str], shape: Shape, file: str, facts: Facts) -> None:
    group = _groups(shape).get(row["gruppe"])
    parts = _categories(shape).get(row["svar"])
    if group is None or parts is None:
        facts.faults.append(f"{file}: en række i {shape.name} kan ikke genkendes")
        return
    cells = tuple((shape.name, group, part) for part in parts)
    if row["n"]:
        facts.tell(((shape.name, group, SIZE),), int(row["n"]), file)
    if row["antal"]:
        facts.tell(cells, int(row["antal"]), file)
    elif CODES.get(row["status"]) == "hidden":
        facts.hidden |= set(cells)
    if row["status"] not in CODES or ((row["andel"] or row["nedre"]) and not row["antal"]):
        facts.faults.append(f"{file}: en række i {shape.name} siger mere, end den skulle")


def _groups(shape: Shape) -> dict[str, str]:
    """The groups of a table by what the pages call them."""
    if not shape.group_scale:
        return {"": ALL}
    return {scale(shape.group_scale).label(group): group for group in shape.groups}


def _categories(shape: Shape) -> dict[str, tuple[str, ...]]:
    """The categories of a table, and all neighbours together, by what the pages call them."""
    names = shape.categories
    runs = [names[a:b] for a in range(len(names)) for b in range(a + 1, len(names) + 1)]
    return {merged_label(shape.scale, run): run for run in reversed(runs)}
