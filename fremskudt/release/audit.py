"""Attack a built site as an intruder would, and say what was found.

The intruder reads every file, knows how the tables hang together (the software is open) and has
the previous release. The audit knows what the site was built from, and so also takes for known
what the protection allowed to be said in words.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from fremskudt.analysis.measures import MEASURES
from fremskudt.contract.delivery import Delivery
from fremskudt.presentation import evidence
from fremskudt.protection.applied import plan_of, shapes_of
from fremskudt.protection.attack import Contradiction, Knowledge, Seen
from fremskudt.protection.plan import Plan, knowledge_of
from fremskudt.protection.rule import Finding, attack
from fremskudt.protection.tables import SIZE, Cell, Shape
from fremskudt.publishing.contents import COURSE
from fremskudt.publishing.figure_files import FOLDER as FILES
from fremskudt.publishing.manifest import NAME as MANIFEST
from fremskudt.publishing.parts.changes import DOCUMENT as CHANGES
from fremskudt.publishing.templates import TEMPLATES, Kind
from fremskudt.release.choices import strange_fractions
from fremskudt.release.facts import Facts, facts_of
from fremskudt.release.growth import both_releases, period_of, small_differences
from fremskudt.release.harvest import Harvest, TextFound
from fremskudt.release.money import given_away
from fremskudt.release.papers import strange_numbers
from fremskudt.release.titles import listed_by_table
from fremskudt.release.words import few_counted, sums_of_lines, unexplained
from fremskudt.teaching.birkelund import birkelund
from fremskudt.workspace import HANDBOOK

AMOUNTS = {code for code, measure in MEASURES.items() if measure.kind == "amount"}
TOTAL_PLACE = "Alle"
STORY = 12  # letters; a shorter description may be two words of any text
MEANT = re.compile(r"[\w-]{4,}")  # shorter pseudonyms cannot be told from other words
INVENTED = re.compile(r"[A-Z]-\d\d")  # as the course writes them: B-07, S-01
BESIDE = ("_sources/", "notesboeger/", f"{FILES}/", f"{MANIFEST}/")
COURSE_PAGE_NAMES = [f"{page}." for page in chain(COURSE, *COURSE.values())]
# Where the course's fictional cases stand: its own pages, and the words of all pages together.
COURSE_PAGES = (
    "searchindex.js",
    *(f"{kind}{page}" for kind in ("", *BESIDE) for page in COURSE_PAGE_NAMES),
    *(f"{FILES}/{page.removesuffix('.')}/" for page in COURSE_PAGE_NAMES),
    "kursus/slides/",
)
SOURCES = "referencer.html"  # whose lines stand on paper, too
# Where a municipality's own words stand: its pages, and the list of what has changed on them.
PLACE_PAGES = (
    *(f"{kind}kommuner/{{slug}}/" for kind in ("", *BESIDE)),
    *(f"{kind}{CHANGES}." for kind in ("", *BESIDE)),
)
ONE_CITIZEN = "timeline"  # a table of courses, each of a single citizen


@dataclass
class Audit:
    """What was found about one municipality.

    `findings` is the range of every number that is not shown; `since` the same for what has come
    since the previous release. `faults` are reasons to refuse, `remarks` are not.
    """

    delivery: Delivery
    shapes: Mapping[str, Shape]
    plan: Plan
    facts: Facts
    findings: dict[Cell, Finding] = field(default_factory=dict)
    since: dict[Cell, Finding] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.delivery.municipality.name


@dataclass(frozen=True)
class SiteAudit:
    """What was found about each municipality, and `faults` and `remarks` of the site as a whole."""

    municipalities: Sequence[Audit]
    faults: Sequence[str] = ()
    remarks: Sequence[str] = ()

    @property
    def reasons(self) -> list[str]:
        """Every reason to refuse, each once, with the municipality it is about."""
        apart = [f"{one.name}: {fault}" for one in self.municipalities for fault in one.faults]
        return list(dict.fromkeys([*self.faults, *apart]))


def audit(
    site: Harvest,
    deliveries: Sequence[Delivery],
    previous: Harvest | None = None,
    seen: Seen | None = None,
) -> SiteAudit:
    """Attack the pages of every municipality whose data are registered.

    `seen` keeps what was found of tables that are attacked again unchanged.
    """
    seen = {} if seen is None else seen
    registered = [one for one in deliveries if one.municipality.is_registered]
    if not registered:
        return SiteAudit([])
    names = {one.municipality.short_name for one in deliveries} | {TOTAL_PLACE}
    own = {one.municipality.short_name for one in registered}
    return SiteAudit(
        [_municipality(site, one, previous, seen) for one in registered],
        [
            *site.faults,
            *_strangers(site, names, own),
            *_totals(site, registered),
            *strange_fractions(site),
            *_papers(site),
        ],
    )


def _papers(site: Harvest) -> list[str]:
    """PDF files that are no municipality's, or that say a number which its pages do not."""
    faults = []
    for file, paper in site.papers:
        folder, _, name = file.rpartition("/")
        if folder != f"kommuner/{name.removesuffix('.pdf')}":
            faults.append(f"{file} er ikke en PDF af en kommunes kapitler.")
            continue
        pages = [
            one.text
            for one in site.texts
            if one.file == SOURCES or (one.file.startswith(f"{folder}/") and one.file != file)
        ]
        for place in strange_numbers(paper, pages):
            where = f"side {place}" if place else "Dokumentets beskrivelse"
            faults.append(f"{file}: {where} har et tal, der ikke står på kommunens sider.")
    return faults


def _strangers(site: Harvest, names: set[str], own: set[str]) -> list[str]:
    """Files of numbers about places that the data do not hold, that are not what they seem, or
    that tell the course of a citizen of one of our own."""
    faults = []
    for table in site.tables:
        places = {row.get("kommune") for row in table.rows}
        is_amount = all("vaerdi" in row for row in table.rows)
        if table.name == ONE_CITIZEN and places & own:
            faults.append(f"{table.file} viser enkelte borgeres forløb.")
        if places - names and not table.file.startswith(COURSE_PAGES):
            faults.append(f"{table.file}: {table.name} handler om en kommune uden data i mappen.")
        if table.rows and is_amount != (table.name in AMOUNTS):
            faults.append(f"{table.file}: {table.name} rummer andre tal end tabeller af det navn.")
    return faults


def _municipality(site: Harvest, delivery: Delivery, previous: Harvest | None, seen: Seen) -> Audit:
    shapes = shapes_of(delivery)
    threshold = delivery.municipality.disclosure_threshold
    place = delivery.municipality.short_name
    plan, values = plan_of(delivery)
    facts = facts_of(site.tables, shapes, place, AMOUNTS)
    found = Audit(delivery, shapes, plan, facts, faults=list(facts.faults))
    wrong = [cell for cell, value in facts.cells.items() if values[cell] != value]
    wrong += [cs[0] for cs, value in facts.sums.items() if sum(values[c] for c in cs) != value]
    if wrong or not (facts.cells or facts.hidden):
        found.faults.append(
            f"Siden er ikke bygget af de data, der ligger i mappen ({len(wrong)} tal er andre). "
            "Kør fremskudt site, og prøv igen."
        )
        return found
    knowledge = _more(knowledge_of(shapes, plan, values, threshold), facts)
    try:
        found.findings = attack(shapes, knowledge, threshold, in_full=True, seen=seen)
    except Contradiction as error:
        found.faults.append(f"Tallene på siden modsiger hinanden ({error}).")
        return found
    found.faults += _narrow(found, knowledge, threshold)
    found.faults += [
        f"Beløbet {' / '.join(filter(None, one))} kan regnes ud af de andre beløb."
        for one in given_away(site.tables, place)
    ]
    found.faults += _words(site.texts, delivery, knowledge, threshold)
    if previous is not None:
        _compare(found, site, previous, knowledge, seen)
    return found


def _more(knowledge: Knowledge, facts: Facts) -> Knowledge:
    """What the plan lets be said, and whatever else the site tells."""
    sums = {tuple(cells): value for cells, value in knowledge.sums} | facts.sums
    cells = {**knowledge.cells, **facts.cells}
    return replace(knowledge, cells=cells, sums=list(sums.items()))


def _narrow(found: Audit, knowledge: Knowledge, threshold: int) -> list[str]:
    """What can be found too narrowly, and what stands there for all to see; no value is named."""
    narrow = [cell for cell, one in found.findings.items() if not one.is_safe]
    small = [cell for cell, value in knowledge.cells.items() if 0 < value < threshold]
    return [
        *listed_by_table(narrow, found.shapes, "skjulte tal kan findes for snævert"),
        *listed_by_table(small, found.shapes, f"tal under tærsklen på {threshold} er vist"),
    ]


def _words(
    texts: Iterable[TextFound], delivery: Delivery, knowledge: Knowledge, threshold: int
) -> list[str]:
    """Phrases about few citizens on the municipality's own pages, and pseudonyms anywhere."""
    mine = tuple(one.format(slug=delivery.slug) for one in PLACE_PAGES)
    sums = sums_of_lines(knowledge.cells, knowledge.sums)
    municipality = delivery.municipality
    numbers = {municipality.carried_out_cases, municipality.expected_cases or 0}
    sizes = {v for cell, v in knowledge.cells.items() if cell[2] == SIZE or cell[0] == "registered"}
    cases = {str(one) for one in delivery["cases"]["case_id"]}
    known = {one for one in cases if MEANT.fullmatch(one) and not one.isdecimal()}
    stories = [one for one in delivery["selected"]["description"].dropna() if len(one) >= STORY]
    invented = _invented()
    fixed = _fixed_words()
    faults = []
    for text in texts:
        if any(story in text.text for story in stories):
            faults.append(f"{text.file} gengiver beskrivelsen af en udvalgt borger.")
        if text.file.startswith(mine):
            faults += [
                f"{text.file}: «…{phrase}…» fortæller om få borgere."
                for phrase in (
                    *unexplained(text, sums, sizes | numbers, threshold),
                    *few_counted(text, fixed, threshold),
                )
            ]
        meant = known - invented if text.file.startswith(COURSE_PAGES) else known
        if meant and meant & set(MEANT.findall(text.text)):
            faults.append(f"{text.file} rummer en sags pseudonym.")
    return faults


def _invented() -> set[str]:
    """The pseudonyms of the course's fictional cases, Birkelund's and those that modules tell of:
    a municipality may use the same ones."""
    files = (HANDBOOK / "notebooks" / Kind.COURSE.source).glob("modul-*.yml")
    words = {word for one in files for word in MEANT.findall(one.read_text(encoding="utf-8"))}
    return {*birkelund()["cases"]["case_id"], *filter(INVENTED.fullmatch, words)}


def _fixed_words() -> str:
    """The words that stand on a municipality's pages whatever the data are: in its templates, in
    the panel of evidence, and in the sentences around the numbers."""
    names = [one.name for one in TEMPLATES if one.kind is Kind.OWN]
    files = [
        *(HANDBOOK / "notebooks" / f"{name}.ipynb" for name in names),
        evidence.FILE,
        *Path(evidence.__file__).parent.rglob("*.py"),
    ]
    return " ".join(one.read_text(encoding="utf-8") for one in files).lower()


def _totals(site: Harvest, deliveries: Sequence[Delivery]) -> list[str]:
    """A sum over municipalities may be shown only where all its parts are."""
    hidden: dict[str, set[Cell]] = {}
    shapes: dict[str, Shape] = {}
    for one in deliveries:
        shapes |= shapes_of(one)
        facts = facts_of(site.tables, shapes, one.municipality.short_name, AMOUNTS)
        for cell in facts.hidden:
            hidden.setdefault(cell[0], set()).add(cell)
    total = facts_of(site.tables, shapes, TOTAL_PLACE, AMOUNTS)
    shown = [*total.cells, *(cell for cells in total.sums for cell in cells)]
    told = [cell for cell in shown if cell in hidden.get(cell[0], set())]
    return listed_by_table(told, shapes, "summen over kommunerne viser, hvad en af dem skjuler")


def _compare(
    found: Audit, site: Harvest, previous: Harvest, knowledge: Knowledge, seen: Seen
) -> None:
    """Attack this release together with the previous one; in place."""
    delivery = found.delivery
    threshold = delivery.municipality.disclosure_threshold
    before = facts_of(previous.tables, found.shapes, delivery.municipality.short_name, AMOUNTS)
    old, new = (period_of(texts, delivery.slug) for texts in (previous.texts, site.texts))
    if not before.cells:
        found.remarks.append("Kommunen var ikke med i den forrige udgivelse.")
        return
    if before.tells_the_same_as(found.facts):
        found.remarks.append("Tallene er de samme som i den forrige udgivelse.")
        return  # whatever the one leaves possible, the two do, with nobody added
    if old[1] and new[0] and old[1] < new[0]:
        found.remarks.append(
            f"Den forrige udgivelse dækker en tidligere periode (til {old[1]}); de to har ingen "
            "sager til fælles, og forskellen mellem dem fortæller intet."
        )
        return
    try:
        shapes, both = both_releases(found.shapes, knowledge, before)
        found.since = attack(shapes, both, threshold, seen=seen)
    except Contradiction:
        differ = small_differences(knowledge, before, threshold)
        what = f"tal er ændret med færre end {threshold} siden den forrige udgivelse"
        found.faults += listed_by_table(differ, found.shapes, what)
        if not differ:
            found.remarks.append(
                "Tal er blevet mindre siden den forrige udgivelse, men ingen er ændret lidt."
            )
        return
    narrow = [
        cell
        for cell, one in found.since.items()
        if not one.is_safe and (cell not in found.findings or found.findings[cell].is_safe)
    ]
    what = "tal kan findes for snævert, når man også har den forrige udgivelse"
    found.faults += listed_by_table(narrow, found.shapes, what)
