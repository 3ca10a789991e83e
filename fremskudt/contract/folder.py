"""The folder of a delivery: which file or sheet holds each table, and what is left over."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from fremskudt.contract.cells import folded
from fremskudt.contract.csv_files import read_csv_file
from fremskudt.contract.problems import Place, Problem
from fremskudt.contract.sheets import Sheet
from fremskudt.contract.tables import Table
from fremskudt.contract.workbooks import FILES, Workbook, open_workbook

# Sheets of the workbook that `fremskudt new` makes which hold no delivery.
GUIDES = ("læs mig", "ydelser", "regler", "svar")
DATA = {".csv", ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".tsv", ".txt"}


class DeliveryFolder:
    """The files of one municipality; a workbook is opened once."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self._books: list[Workbook] = []
        for name in FILES:
            if (path / name).is_file():
                book, found = open_workbook(path / name, self.name_of(name))
                self.problems += found
                self._books += [book] if book else []

    def name_of(self, file: str) -> str:
        """A file as messages call it."""
        return f"{self.path.name}/{file}"

    def read(
        self, table: Table, is_optional: bool = False
    ) -> tuple[Sheet | None, Place, list[Problem]]:
        """The rows of a table, where they stand (or should), and what hinders reading them.

        The same table twice is a problem: which of the two counts is a guess.
        """
        found = self._sources(table)
        if len(found) > 1:
            names = " og ".join(
                f"{place.name} i {place.file}" if place.sheet else place.file for place, _ in found
            )
            what, wanted = f"tabellen findes to gange: {names}", "hver tabel ét sted"
            mend = "Slet den, der ikke skal bruges."
            return None, found[0][0], [found[0][0].problem(what, wanted, mend=mend)]
        if not found:
            return self._missing(table, is_optional)
        place, book = found[0]
        if book is None or place.sheet is None:
            sheet, problems = read_csv_file(self.path / table.file, place.file, table)
        else:
            sheet, problems = book.sheet(place.sheet)
            if sheet is None and not is_optional:
                what, wanted = "arket er tomt", "en første række med kolonnernes navne"
                problems = [place.problem(what, wanted)]
        return sheet, sheet.place(table) if sheet else place, problems

    def holds(self, table: Table) -> bool:
        """Whether any file or sheet bears the table's name."""
        return bool(self._sources(table))

    def leftovers(self, tables: Iterable[Table]) -> Iterator[Problem]:
        """Files and sheets that nothing reads: warnings, for a name may be misspelt.
        `tables` are all that may be delivered."""
        tables = tuple(tables)
        known = {*FILES, *(table.file for table in tables)}
        wanted = "en af " + ", ".join(sorted(known))
        for path in sorted(self.path.iterdir() if self.path.is_dir() else ()):
            is_data = path.suffix.lower() in DATA and not path.name.startswith(("~$", "."))
            if path.is_file() and is_data and path.name not in known:
                yield Place(self.name_of(path.name)).problem(
                    "filen bliver ikke læst",
                    wanted,
                    severity="warning",
                    mend="Omdøb filen, hvis den skal læses; læg den ellers et andet sted.",
                )
        for book in self._books:
            for name in book.sheet_names:
                is_table = any(table.is_called(name) for table in tables)
                if is_table or folded(name) in GUIDES or book.sheet(name)[0] is None:
                    continue
                yield Place(book.shown_as, name).problem(
                    "arket bliver ikke læst",
                    "et af arkene " + ", ".join(table.label for table in tables),
                    severity="warning",
                    mend="Omdøb arket, hvis det skal læses; slet det ellers.",
                )

    def _sources(self, table: Table) -> list[tuple[Place, Workbook | None]]:
        found: list[tuple[Place, Workbook | None]] = []
        if (self.path / table.file).is_file():
            found.append((Place(self.name_of(table.file)), None))
        for book in self._books:
            found += [
                (Place(book.shown_as, name), book)
                for name in book.sheet_names
                if table.is_called(name)
            ]
        return found

    def _missing(
        self, table: Table, is_optional: bool
    ) -> tuple[Sheet | None, Place, list[Problem]]:
        if self._books:
            place = Place(self._books[0].shown_as, table.label)
            what, wanted = "arket mangler", f"et ark med navnet {table.label}"
            mend = f"Lav arket {table.label}. «fremskudt new» viser, hvordan det skal se ud."
        else:
            place = Place(self.name_of(table.file))
            what, wanted = "filen mangler", "en CSV-fil med dette navn i mappen"
            mend = f"Læg {table.file} i mappen, eller lav et ark {table.label} i data.xlsx."
        # A workbook that cannot be opened is problem enough.
        is_silent = is_optional or bool(self.problems)
        return None, place, [] if is_silent else [place.problem(what, wanted, mend=mend)]
