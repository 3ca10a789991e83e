"""Pages that have moved: what site.yml says of them, and the small page that stands at the old
address and leads on, without a script.
"""

import posixpath
import re
from collections.abc import Collection, Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any

from fremskudt.contract.problems import Problem
from fremskudt.errors import DataProblem

FIELD = "moved"
SUFFIX = ".html"
EXAMPLE = "kommuner/vejle/gammel.html: kommuner/vejle/profil.html"
EXPECTED = f"gammel og ny adresse på hver sin side i håndbogen, fx {EXAMPLE}"
ADDRESS = re.compile(r"(?:[A-Za-z0-9][\w-]*/)*[A-Za-z0-9][\w-]*\.html", re.ASCII)
PLACE = re.compile(r"(?:#[a-z][a-z0-9-]*)?")
OWN = ("_static/", "_images/", "tal/", "notesboeger/", "kursus/slides/")
NO_PAGES = ("404.html", "search.html")
POLICY = "default-src 'none'; style-src 'self'; font-src 'self'; base-uri 'none'"


def faults_of(value: Any, file: str) -> Iterator[Problem]:
    """What is wrong with the addresses as they are written."""
    if not isinstance(value, dict):
        yield Problem(file, "værdien kan ikke bruges", EXPECTED, column=FIELD, value=value)
        return
    for old, new in value.items():
        for one, is_good in ((old, _is_old(old)), (new, _is_new(new))):
            if not is_good:
                yield Problem(file, "adressen kan ikke bruges", EXPECTED, column=FIELD, value=one)


def _is_old(address: object) -> bool:
    return (
        isinstance(address, str)
        and bool(ADDRESS.fullmatch(address))
        and not address.startswith(OWN)
        and address not in NO_PAGES
    )


def _is_new(address: object) -> bool:
    if not isinstance(address, str):
        return False
    page, sign, anchor = address.partition("#")
    return bool(ADDRESS.fullmatch(page) and PLACE.fullmatch(sign + anchor))


def check_pages(moved: Mapping[str, str], documents: Collection[str], file: str) -> None:
    """Raises `DataProblem` where an old address has a page still, or a new one has none."""
    pages = {f"{name}{SUFFIX}" for name in documents}
    problems = []
    for old, new in moved.items():
        if old.casefold() in {page.casefold() for page in pages}:
            what, expected = "den gamle adresse har stadig en side", "en adresse uden side"
            problems.append(Problem(file, what, expected, column=FIELD, value=old))
        if new.partition("#")[0] not in pages:
            what, expected = "den nye adresse har ingen side", "en side, som håndbogen har nu"
            problems.append(Problem(file, what, expected, column=FIELD, value=new))
    if problems:
        raise DataProblem(problems)


def write_moved(
    moved: Mapping[str, str], titles: Mapping[str, str], address: str, site: Path
) -> None:
    """Write the pages at the old addresses; `titles` are those of the book's pages by their
    addresses without suffix, and `address` is where the site is, if that is known."""
    for old, new in moved.items():
        target = site / old
        target.parent.mkdir(parents=True, exist_ok=True)
        title = titles[new.partition("#")[0].removesuffix(SUFFIX)]
        target.write_text(_page(old, new, title, address), encoding="utf-8", newline="\n")


def _page(old: str, new: str, title: str, address: str) -> str:
    up = posixpath.relpath(".", posixpath.dirname(old) or ".")
    page = new.partition("#")[0]
    there = escape(posixpath.relpath(new, posixpath.dirname(old) or "."))
    canonical = f'\n<link rel="canonical" href="{escape(address + page)}">' if address else ""
    return f"""\
<!doctype html>
<html lang="da">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta http-equiv="refresh" content="0; url={there}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Siden er flyttet: {escape(title)}</title>{canonical}
<link rel="stylesheet" href="{up}/_static/tokens.css">
<link rel="stylesheet" href="{up}/_static/handbook.css">
</head>
<body class="page-lost">
<main class="site-width prose">
<h1>Siden er flyttet</h1>
<p class="fs-lead">Du bliver ført videre til <a href="{there}">{escape(title)}</a>.</p>
</main>
</body>
</html>
"""
