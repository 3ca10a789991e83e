"""What the page «Hvad er ændret» says of each release, and the line on the pages it is about.

Only names are said: which figures have other numbers, and never what the difference is.
"""

import posixpath
from collections.abc import Callable, Mapping, Sequence

from fremskudt.presentation.numbers import number
from fremskudt.presentation.text import safe_html
from fremskudt.publishing.changes import Changes, Figures, PageChanges, compare, place_of
from fremskudt.publishing.history import History, before, number_of
from fremskudt.publishing.manifest import PLACES, Manifest
from fremskudt.publishing.publication import in_words

DOCUMENT = "aendringer"
PROFILE = "profil"
DETAILED = 3  # of so many releases everything is listed; of older ones what it comes to
NAMED = 6  # so many figures of a page are named
ALL = "Fælles sider"
NOTHING_BEFORE = (
    "Der er ingen tidligere udgivelse at sammenligne med: Dette er den første, eller også er de "
    "tidligere ikke gemt."
)
READING = "Det er den udgivelse, du læser nu."
UNCHANGED = "Ingen tal er ændret."
WORDS_ONLY = "Ingen tal er ændret, kun teksten."


def anchor_of(release: int) -> str:
    """Where a release stands on the page."""
    return f"udgivelse-{release}"


def releases(history: History, now: Manifest) -> str:
    """All releases in Markdown, the newest first; `now` is the one whose pages are made."""
    told = {**before(history, now), number_of(history, now): now}
    numbers = sorted(told, reverse=True)
    parts = []
    for place, release in enumerate(numbers):
        one = told[release]
        previous = numbers[place + 1] if place + 1 < len(numbers) else None
        parts.append(_heading(release, one.date))
        lead = f"{READING} " if place == 0 else ""
        if previous is None:
            parts.append(f"<p>{lead}{_first(one)}</p>")
            continue
        changes = compare(told[previous], one)
        beside = f"Sammenlignet med {_called(previous, told[previous].date)}:"
        parts.append(f"<p>{lead}{beside} {_summary(changes, told[previous], one)}</p>")
        if place < DETAILED:
            parts.append(_details(changes, now))
    return "\n\n".join(part for part in parts if part)


def _heading(release: int, date: str) -> str:
    """A heading whose anchor is the same whether or not it has a date."""
    plain = f"## Udgivelse {release}"
    return f"({anchor_of(release)})=\n{plain} ({in_words(date)})" if date else plain


def _called(release: int, date: str) -> str:
    return f"udgivelse {release}" + (f" ({in_words(date)})" if date else "")


def notices(history: History, now: Manifest) -> dict[str, str]:
    """The line of every page whose figures have other numbers than in the last release, as HTML,
    by the page's address."""
    earlier = before(history, now)
    if not earlier:
        return {}
    last = max(earlier)
    date = earlier[last].date
    since = f"Siden sidste udgivelse ({in_words(date) if date else f'nr. {last}'})"
    place = f"{DOCUMENT}.html#{anchor_of(number_of(history, now))}"
    found = {}
    for name, page in compare(earlier[last], now).pages.items():
        if page.changed:
            there = posixpath.relpath(place, posixpath.dirname(name) or ".")
            link = f'<a href="{there}">Se, hvad der er ændret</a>'
            found[name] = f"{since} er tallene i {_numbered(page.changed)} ændret. {link}."
    return found


def _numbered(figures: Figures) -> str:
    """«Figur 2 og Tabel 1», each a link to its place on the page that it stands on."""
    if len(figures) > NAMED:
        return f"{number(len(figures))} af sidens figurer og tabeller"
    return listed([_link(f"#{one.anchor}", one.number) for one in figures.values()])


def listed(items: Sequence[str]) -> str:
    """Items in a sentence: «a, b og c»."""
    *most, last = items
    return f"{', '.join(most)} og {last}" if most else last


def _first(one: Manifest) -> str:
    return f"{NOTHING_BEFORE} Den har {number(len(one.pages))} sider og {_figures(one.count)}."


def _summary(changes: Changes, old: Manifest, new: Manifest) -> str:
    said = []
    if changes.count:
        pages = sum(bool(page.changed) for page in changes.pages.values())
        where = "én side" if pages == 1 else f"{number(pages)} sider"
        said.append(f"Tallene i {_figures(changes.count)} på {where} er ændret.")
    elif changes.with_words_only and not changes.with_numbers:
        said.append(WORDS_ONLY)
    else:
        said.append(UNCHANGED)
    if old.version != new.version:
        versions = f"fra {safe_html(old.version)} til {safe_html(new.version)}"
        said.append(f"Håndbogens program er gået {versions}.")
    return " ".join(said)


def _figures(count: int) -> str:
    return "én figur eller tabel" if count == 1 else f"{number(count)} figurer og tabeller"


def _details(changes: Changes, now: Manifest) -> str:
    """Everything that has changed as a list of terms. Only what is still there is a link."""
    came, left = (
        {f"{PLACES}{slug}/{PROFILE}": name for slug, name in places.items()}
        for places in (changes.came, changes.left)
    )
    words = {name: page.title for name, page in changes.with_words_only.items()}
    figures = changes.with_numbers
    entries = {
        "Kommuner, der er kommet til": _pages(came, now),
        "Kommuner, der ikke længere er med": _pages(left, now),
        "Nye sider": _pages(changes.new_pages, now),
        "Sider, der ikke længere findes": _pages(changes.gone_pages, now),
        "Tal, der er ændret": _by_place(figures, changes.places, lambda one: one.changed, now),
        "Nye figurer og tabeller": _by_place(figures, changes.places, lambda one: one.new, now),
        "Figurer og tabeller, der er væk": _by_place(
            figures, changes.places, lambda one: one.gone, now
        ),
        "Sider, hvor kun teksten er ændret": _pages(words, now),
    }
    lines = [f"<dt>{name}</dt>{items}" for name, items in entries.items() if items]
    return "\n".join(['<dl class="fs-changes">', *lines, "</dl>"]) if lines else ""


def _pages(titles: Mapping[str, str], now: Manifest) -> str:
    links = [_page_link(name, title, now) for name, title in titles.items()]
    return f"<dd>{listed(links)}</dd>" if links else ""


def _by_place(
    pages: Mapping[str, PageChanges],
    places: Mapping[str, str],
    which: Callable[[PageChanges], Figures],
    now: Manifest,
) -> str:
    """The figures that `which` picks, by municipality and page; the pages of all come last."""
    grouped: dict[str, list[str]] = {}
    for name, page in pages.items():
        if which(page):
            title = _page_link(name, page.title, now)
            item = f"<li>{title}: {_titles(name, page, which(page), now)}</li>"
            grouped.setdefault(place_of(name), []).append(item)
    slugs = sorted(grouped, key=lambda slug: (not slug, slug))
    return "".join(
        f"<dd><strong>{safe_html(places.get(slug, slug) if slug else ALL)}</strong>"
        f"<ul>{''.join(grouped[slug])}</ul></dd>"
        for slug in slugs
    )


def _titles(name: str, page: PageChanges, figures: Figures, now: Manifest) -> str:
    if len(figures) == page.figures > NAMED:
        return "alle figurer og tabeller"
    there = now.pages[name].figures if name in now.pages else {}
    return ", ".join(
        _link(f"{name}.html#{there[key].anchor}", f"{one.number}: {one.title}")
        if key in there
        else safe_html(f"{one.number}: {one.title}")
        for key, one in figures.items()
    )


def _page_link(name: str, title: str, now: Manifest) -> str:
    return _link(f"{name}.html", title) if name in now.pages else safe_html(title)


def _link(address: str, words: str) -> str:
    return f'<a href="{safe_html(address)}">{safe_html(words)}</a>'
