"""Lay a PDF of each municipality's chapters into a site that has been compiled.

A document is printed again only where something differs that it is made from; the last ones are
kept below the output folder, each named by what it was made from and what it holds, so that none
that is torn or changed is taken for whole. What is kept may be deleted at any time.
"""

import hashlib
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pypdf

from fremskudt.errors import BookFailed
from fremskudt.paper.booklet import REFERENCES, Booklet, compose, with_numbers
from fremskudt.paper.bookmarks import with_headings
from fremskudt.paper.browser import Browser, printer
from fremskudt.paper.printing import print_page
from fremskudt.paper.steady import places, steadied
from fremskudt.publishing.order import PAPER, Order
from fremskudt.publishing.publication import Publication, read_publication
from fremskudt.publishing.writing import put_file

TRIES = 4  # the first leaves the numbers open, the second has them; more only if pages moved


@dataclass(frozen=True)
class Press:
    """A browser, and how many documents it prints side by side."""

    browser: Browser
    at_once: int = os.cpu_count() or 1

    @property
    def mark(self) -> str:
        """What documents of this browser have in common."""
        return f"{self.browser.version} {pypdf.__version__}"


def set_up(say: Callable[[str], None]) -> Press | None:
    """What prints; none, with a word on why, where there is no browser that can.

    Raises `WrongUsage` where a browser is named that does not exist.
    """
    found = printer()
    if isinstance(found, str):
        say(found)
        return None
    return Press(found)


def address_of(slug: str) -> str:
    """Where a municipality's document stands in a site."""
    return f"kommuner/{slug}/{slug}.pdf"


def lay_booklets(order: Order, press: Press, scratch: Path) -> None:
    """Lay the document of every municipality into the site of an order that has been carried out.

    Raises `BookFailed` with the municipality when one cannot be printed.
    """
    publication = read_publication(order.workspace.data)
    due = [slug for slug in order.slugs if _is_due(order, slug)]
    with ThreadPoolExecutor(max_workers=press.at_once) as pool:
        running = [pool.submit(_lay, order, press, publication, scratch, slug) for slug in due]
        try:
            for one in running:
                one.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _is_due(order: Order, slug: str) -> bool:
    """Whether a document may be another than the one that the site has from before."""
    if order.changed is None or not (order.site / address_of(slug)).is_file():
        return True
    return any(one.startswith((f"kommuner/{slug}/", REFERENCES)) for one in order.changed)


def _lay(order: Order, press: Press, publication: Publication, scratch: Path, slug: str) -> None:
    booklet = compose(order.site, slug, publication)
    kept = order.workspace.output / PAPER / slug
    made_from = f"{press.mark} {_program()} {publication.date} {booklet.html}"
    name = hashlib.sha256(made_from.encode()).hexdigest()
    pdf = _kept(kept, name)
    if pdf is None:
        work = scratch / slug
        work.mkdir()
        try:
            printed = _printed(booklet, press.browser, work)
        except BookFailed as error:
            raise BookFailed(f"PDF-filen for {slug} kunne ikke laves. {error}") from None
        pdf = with_headings(steadied(printed, publication.date), booklet.headings)
        _keep(kept, name, pdf, work)
    target = order.site / address_of(slug)
    if target.is_file() and target.read_bytes() == pdf:
        return
    target.unlink(missing_ok=True)  # it may be the old site's own file
    target.write_bytes(pdf)


@cache
def _program() -> str:
    """A hash of what prints and what is done afterwards."""
    modules = sorted(Path(__file__).parent.glob("*.py"))
    return hashlib.sha256(b"".join(one.read_bytes() for one in modules)).hexdigest()


def _printed(booklet: Booklet, browser: Browser, folder: Path) -> bytes:
    """Print until the page numbers that the document names are those that its places have."""
    page, target = folder / "booklet.html", folder / "booklet.pdf"
    named: dict[str, int] = {}
    for _ in range(TRIES):
        html = with_numbers(booklet.html, named)
        page.write_text(html, encoding="utf-8", newline="\n")
        print_page(browser, page, target, folder)
        pdf = target.read_bytes()
        found = places(pdf)
        now = {key: found[key] for key in booklet.keys if key in found}
        if now == named:
            return pdf
        named = now
    raise BookFailed("Sidetallene i indholdsfortegnelsen falder ikke til ro.")


def _kept(folder: Path, name: str) -> bytes | None:
    """A document of that name that is as it was kept."""
    for path in folder.glob(f"{name[:32]}-*.pdf"):
        pdf = path.read_bytes()
        if path.stem == _stem(name, pdf):
            return pdf
    return None


def _keep(folder: Path, name: str, pdf: bytes, scratch: Path) -> None:
    """Keep a document in the place of those before it."""
    fresh = scratch / "kept.pdf"
    fresh.write_bytes(pdf)
    before = list(folder.glob("*.pdf"))
    target = folder / f"{_stem(name, pdf)}.pdf"
    put_file(fresh, target)
    for path in before:
        if path != target:
            path.unlink(missing_ok=True)


def _stem(name: str, pdf: bytes) -> str:
    return f"{name[:32]}-{hashlib.sha256(pdf).hexdigest()[:32]}"
