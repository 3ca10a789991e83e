"""`fremskudt check --report`: what was found, as a page to read and a workbook to mend from."""

from collections.abc import Sequence
from pathlib import Path

from fremskudt.contract.delivery import Inspection
from fremskudt.errors import WrongUsage
from fremskudt.intake.report_page import report_page
from fremskudt.intake.report_workbook import write_report_workbook
from fremskudt.intake.start import is_inside_handbook

PAGE = "kontrol.html"


def write_report(folder: Path, found: Sequence[Inspection]) -> tuple[Path, list[Path]]:
    """Write kontrol.html and, for every municipality with rows, kontrol-<slug>.xlsx.

    Older reports of the same names are replaced. Raises `WrongUsage` for a place in the
    handbook's own folder while any delivery is not constructed, and for one that cannot be
    written: the workbook holds case-level rows.
    """
    is_demonstration = all(
        one.delivery is not None and not one.delivery.municipality.is_registered for one in found
    )
    if is_inside_handbook(folder) and not is_demonstration:
        raise WrongUsage(
            f"{folder} hører til håndbogen. Rapporten gengiver rækker fra data; vælg en mappe "
            "uden for håndbogen med --report."
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        page = folder / PAGE
        page.write_text(report_page(found), encoding="utf-8", newline="\n")
        books = []
        for one in found:
            book = folder / f"kontrol-{one.slug}.xlsx"
            write_report_workbook(book, one)
            books.append(book)
    except OSError as error:
        raise WrongUsage(
            f"Rapporten kan ikke skrives i {folder}. Er en af filerne åben i Excel?"
        ) from error
    return page, books
