"""How much a page weighs when it is sent as web servers send it: texts with gzip, typefaces as
they are. The script that all pages share is not counted, for it is sent once."""

import gzip
from functools import cache

from lxml import html as parser

MOST = 200_000
LARGEST_PAGE = 400_000  # as it lies on a disk: what a phone must read through
SHARED = {"handbook.js", "figures.js"}


@cache
def sent(path):
    """The bytes that are sent for a file."""
    content = path.read_bytes()
    return len(content) if path.suffix == ".woff2" else len(gzip.compress(content, 6))


def weight(site, name):
    page = site / name
    tree = parser.parse(str(page))
    asked = tree.xpath("//link[@rel='stylesheet']/@href | //script/@src | //img/@src")
    files = {
        (site / one[1:] if one.startswith("/") else page.parent / one.split("?")[0]).resolve()
        for one in asked
    }
    letters = set((site / "_static/fonts/source-sans-3").glob("*.woff2"))
    if tree.xpath("//*[local-name()='math']"):
        letters |= set((site / "_static/fonts").glob("stix*/*.woff2"))
    counted = {one for one in files if one.name not in SHARED}
    return sent(page) + sum(map(sent, counted | letters))


def test_no_page_is_heavy(site, pages):
    pages = [path for path in pages if "/slides/" not in path and path != "search.html"]
    heavy = {path: w for path in pages if (w := weight(site, path)) > MOST}
    assert heavy == {}
    long = {path: n for path in pages if (n := (site / path).stat().st_size) > LARGEST_PAGE}
    assert long == {}


def test_what_every_page_asks_for_is_found_and_counted(site):
    """A page weighs at least its own text, two style sheets and three typefaces."""
    front = weight(site, "index.html")
    assert front > sent(site / "index.html") + 3 * 15_000
    assert weight(site, "saadan-regnes-oekonomien.html") > 30_000 + 3 * 15_000
