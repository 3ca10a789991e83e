"""Addresses that the previous release had and this one has not: pages, and places on pages.

Others may have linked to them. A page that has moved can lead on; a municipality may leave.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from fremskudt.publishing.changes import place_of
from fremskudt.publishing.parts.changes import listed

# What a reader can link to: sections, figures, tables, terms, and places that a page names.
PLACES = re.compile(
    r"<(?:section|figure|table|dt|h[1-6]|span|article)\b[^>]*?\bid=\"([^\"]+)\"", re.DOTALL
)
MAIN = re.compile(r"<article\b.*</article>", re.DOTALL)
MOVED = '<meta http-equiv="refresh"'
UNNAMED = re.compile(r"id\d+")  # numbered by the machine: nobody was promised that they stay
TOLD = 5  # so many places of a page are named

Addresses = Mapping[str, frozenset[str]]


def addresses_of(site: Path) -> Addresses:
    """The pages of a site and the places on each; a page that leads on has every place."""
    root = site if (site / "index.html").is_file() else site / "side"
    found = {}
    for path in sorted(root.rglob("*.html")):
        name = path.relative_to(root).as_posix()
        html = path.read_text(encoding="utf-8", errors="replace")
        main = MAIN.search(html)
        if main or MOVED in html:
            places = PLACES.findall(main[0]) if main else []
            found[name] = frozenset(one for one in places if not UNNAMED.fullmatch(one))
    return found


def gone(before: Addresses, now: Addresses) -> list[str]:
    """Remarks on the addresses that are no more, with what can be done."""
    pages = [page for page in before if page not in now]
    here = {place_of(page) for page in now}
    left = sorted({place_of(page) for page in pages} - here - {""})
    remarks = [
        f"Kommunen «{slug}» er ude af håndbogen: Adresserne under kommuner/{slug}/ findes ikke "
        "længere."
        for slug in left
    ]
    remarks += [_page(page) for page in pages if place_of(page) not in left]
    remarks += [
        _places(page, sorted(places - now[page]))
        for page, places in before.items()
        if page in now and now[page] and places - now[page]
    ]
    return remarks


def _page(page: str) -> str:
    return (
        f"Adressen {page} findes ikke længere. Er siden flyttet, så skriv den gamle og den nye "
        f"adresse i site.yml under «moved», og byg igen: {page}: <ny adresse>."
    )


def _places(page: str, places: Iterable[str]) -> str:
    named = [f"#{one}" for one in places]
    more = len(named) - TOLD
    said = listed([*named[:TOLD], f"{more} andre"] if more > 0 else named)
    return (
        f"På siden {page} findes {said} ikke længere. Links dertil fører nu til sidens begyndelse. "
        "Er det en overskrift, der er skrevet om, kan den få sit gamle navn igen."
    )
