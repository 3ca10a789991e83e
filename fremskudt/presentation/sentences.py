"""Sentences computed from Publishable tables: they turn when the data turn.

A sentence about a hidden cell or too few answers is not written; `Prose` says so instead.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from fremskudt.analysis.result import ALL
from fremskudt.contract.constants import constant
from fremskudt.contract.origins import LABELS
from fremskudt.disclosure import FEW, HIDDEN, SHOWN, Publishable
from fremskudt.presentation.cells import category_label, group_label, rows_of
from fremskudt.presentation.numbers import in_words, number, percent_of
from fremskudt.presentation.paragraph import Prose as Prose  # the chapters take it from here
from fremskudt.protection.tables import parts_of


def prose(*sentences: str, of: Publishable | None = None) -> Prose:
    """A paragraph of the sentences that are not empty.

    A paragraph of numbers from constructed rows ends with the mark that says so.
    """
    text = " ".join(sentence for sentence in sentences if sentence)
    return Prose(f"{text} {constructed_mark(of)}".strip() if of is not None and text else text)


def constructed_mark(table: Publishable) -> str:
    """The mark of a table that rests on constructed values, wholly or in part; else ""."""
    found = set(table.frame.loc[table.frame["status"] == SHOWN, "origin"])
    if "constructed" not in found:
        return ""
    label = LABELS["constructed"] if len(found) == 1 else "Delvist konstrueret"
    return f'<span class="fs-origin fs-origin-constructed">{label}</span>'


def row(table: Publishable, category: str, group: str = ALL, municipality: str = "") -> Any:
    """The row of a category, hidden where it is shown only together with others; KeyError when
    the table has none."""
    wanted = set(parts_of(category))
    for found in rows_of(table):
        is_place = not municipality or found.municipality == municipality
        if found.group == group and is_place and wanted & set(parts_of(found.category)):
            return found if found.category == category else found._replace(status=HIDDEN)
    raise KeyError(f"{table.measure.code}: {group}/{category}")


def shown(table: Publishable, group: str = ALL, municipality: str = "") -> list[Any]:
    """The shown rows of a group, most frequent first, in the scale's order among equals."""
    rows = [
        found
        for found in rows_of(table)
        if found.group == group
        and found.status == SHOWN
        and (not municipality or found.municipality == municipality)
    ]
    return sorted(rows, key=lambda found: -found.count_)


def amount_of(found: Any, unit: Sequence[str] = ()) -> str:
    """ "7 af 11 borgere (64 %)" for a shown row, "" for a hidden one."""
    if found.status != SHOWN or not found.n:
        return ""
    noun = f" {unit[0] if found.n == 1 else unit[1]}" if unit else ""
    return (
        f"{number(found.count_)} af {number(found.n)}{noun} ({percent_of(found.count_, found.n)})"
    )


def inside(found: Any) -> str:
    """ "7 af 11, 64 %": a shown row inside a parenthesis."""
    return f"{number(found.count_)} af {number(found.n)}, {percent_of(found.count_, found.n)}"


def share_of(table: Publishable, category: str, group: str = ALL, with_unit: bool = True) -> str:
    """`amount_of` for a category of a table."""
    return amount_of(row(table, category, group), table.measure.unit if with_unit else ())


def sum_of(
    table: Publishable, categories: Iterable[str], group: str = ALL, municipality: str = ""
) -> tuple[float, float] | None:
    """Count and n of several categories together, or None when one of them is not shown.

    Merged categories count when all of them are wanted.
    """
    wanted = set(categories)
    found = [
        one
        for one in rows_of(table)
        if one.group == group
        and (not municipality or one.municipality == municipality)
        and wanted & set(parts_of(one.category))
    ]
    covered = {part for one in found for part in parts_of(one.category)}
    if covered != wanted or any(one.status != SHOWN or not one.n for one in found):
        return None
    return sum(one.count_ for one in found), found[0].n


def fraction(counted: tuple[float, float] | None, noun: str = "") -> str:
    """ "43 af 77 borgere (56 %)" from count and n; "" from None. Under five, no percentage."""
    if counted is None:
        return ""
    count, n = counted
    share = f" ({percent_of(count, n)})" if n >= constant("minimum_shown") else ""
    return f"{number(count)} af {number(n)}{' ' + noun if noun else ''}{share}"


def listed(parts: Sequence[str]) -> str:
    """ "a, b og c"."""
    parts = [part for part in parts if part]
    if len(parts) < 2:
        return "".join(parts)
    return ", ".join(parts[:-1]) + " og " + parts[-1]


MANY = 6  # more names than this are counted, not listed


def counted_or_named(names: Sequence[str]) -> str:
    """ "Odense, Rødovre og Vejle", or how many municipalities when there are too many to name."""
    return how_many(len(names)) if len(names) > MANY else listed(names)


def how_many(count: int) -> str:
    """ "en kommune", "ti kommuner"."""
    return "en kommune" if count == 1 else f"{in_words(count)} kommuner"


def known_first(table: Publishable, what: str, names: Sequence[str]) -> str:
    """ "… er a, b og c" for the three most frequent; no ranking while any cell is hidden."""
    if not names:
        return ""
    if table.is_protected:
        return f"Det, der kan vises, er {listed(names)}."
    return f"{what} {listed(names[:3])}."


def unsaid(table: Publishable) -> str:
    """Why a paragraph is short: too few answers, or protected cells; "" when all is shown."""
    statuses = set(table.frame["status"])
    parts = []
    if FEW in statuses:
        few = table.frame[table.frame["status"] == FEW].drop_duplicates(["municipality", "group"])
        if table.frame["municipality"].nunique() > 1:
            where = listed([table.names[place] for place in dict.fromkeys(few["municipality"])])
            parts.append(f"I {where} er der for få svar til at vise en fordeling.")
        else:
            parts += [_few(table, one) for one in few.itertuples(index=False)]
    if HIDDEN in statuses:
        if table.frame["status"].eq(HIDDEN).all():
            parts.append("Alle tal er skjult, fordi de bygger på eller kan afsløre få borgere.")
        else:
            parts.append("Nogle tal er skjult, fordi de bygger på eller kan afsløre få borgere.")
    if table.is_merged:
        parts.append("Svar er lagt sammen, hvor de hver for sig kan afsløre få borgere.")
    return " ".join(parts)


def _few(table: Publishable, one: Any) -> str:
    where = lower_first(group_label(table, one.group).split(":")[0])
    place = f" ({where})" if where else ""
    answers = "Der er ingen svar" if not one.n else f"Der er kun {number(one.n)} svar"
    return f"{answers}{place}, og det er for få til at vise en fordeling."


def lower_first(text: str) -> str:
    """A label inside a sentence: "Arbejdsledig" becomes "arbejdsledig"."""
    return text[:1].lower() + text[1:]


def ended(text: str) -> str:
    """A sentence with its full stop; one that ends in "kr." has it already."""
    return text if text.endswith(".") or not text else text + "."


def upper_first(text: str) -> str:
    """The beginning of a sentence."""
    return text[:1].upper() + text[1:]


def label(table: Publishable, category: str) -> str:
    """A category's label inside a sentence."""
    return lower_first(category_label(table, category))


def pieces(table: Publishable, categories: Sequence[str]) -> str:
    """The shown pieces of every group in which these categories cannot be told by themselves:
    "Fase 2: uændret eller negativt 5 af 11 (45 %), …"; "" when there is none. Where all answers
    lie in one piece, the pieces with nobody in them tell more."""
    parts = []
    for group in dict.fromkeys(table.frame["group"]):
        rows = [one for one in rows_of(table) if one.group == group and one.status == SHOWN]
        found = [one for one in rows if one.count_]
        if len(found) == 1 and found[0].count_ == found[0].n:
            found = [one for one in rows if not one.count_]
        if found and sum_of(table, categories, group) is None:
            name = group_label(table, group).split(":")[0]
            told = ", ".join(f"{label(table, one.category)} {amount_of(one)}" for one in found)
            parts.append(f"{name}: {told}." if name else f"{upper_first(told)}.")
    return " ".join(parts)


def over_phases(table: Publishable, categories: Sequence[str], what: str) -> str:
    """ "I fase 1 er 7 af 11 (64 %) …, i fase 2 …" for the shown phases; "" when none is."""
    parts = []
    for group in dict.fromkeys(table.frame["group"]):
        counted = sum_of(table, categories, group)
        if counted is not None:
            phase = group_label(table, group).split(":")[0].lower()
            parts.append(f"{fraction(counted)} i {phase}")
    return f"{what} {listed(parts)}." if parts else ""
