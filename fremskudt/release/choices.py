"""The comparison that the reader chooses, read back: its numbers are those of its own files."""

from collections import defaultdict
from collections.abc import Iterable

from fremskudt.release.harvest import Harvest, TableFound
from fremskudt.release.words import fractions

PAGE = "sammenlign-selv."
SHOWN = "vist"
Pair = tuple[int, int]


def strange_fractions(site: Harvest) -> list[str]:
    """Faults: "7 af 11" on the page where no file of the site has 7 of 11 on a line, and where it
    is not all that is shown of a measure in a phase. The script of the page draws what the page's
    tables say; what they say must be what the files say, and those are attacked."""
    pages = [text for text in site.texts if text.file.rpartition("/")[2].startswith(PAGE)]
    if not pages:
        return []
    known = _pairs(site.tables)
    return [
        f"{text.file}: «{phrase}» står ikke i nogen af sidens filer."
        for text in pages
        for phrase, pair in fractions(text)
        if pair not in known
    ]


def _pairs(tables: Iterable[TableFound]) -> set[Pair]:
    """Count and n of every shown line, and of all lines of a table's group together."""
    found: set[Pair] = set()
    together: dict[tuple[str, str, str, str], dict[str, Pair]] = defaultdict(dict)
    for table in tables:
        for row in table.rows:
            if row.get("status") != SHOWN or not row.get("antal") or not row.get("n"):
                continue
            pair = int(row["antal"]), int(row["n"])
            found.add(pair)
            key = table.file, table.name, row["gruppe"], row["svar"]
            together[key][row["kommune"]] = pair
    for parts in together.values():
        found.add((sum(a for a, _ in parts.values()), sum(b for _, b in parts.values())))
    return found
