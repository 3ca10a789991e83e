"""The chapters' figures in which a participant finds the case again: without it, with it, and
what the difference is in words."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial

from fremskudt.analysis import outcomes, population, roles
from fremskudt.analysis.measures import MEASURES
from fremskudt.analysis.result import ALL, Counts
from fremskudt.contract.delivery import Delivery
from fremskudt.contract.scales import scale
from fremskudt.contract.yaml_files import read_yaml
from fremskudt.disclosure import Publishable, publish
from fremskudt.presentation import charts
from fremskudt.presentation.cells import category_label, cell_text
from fremskudt.presentation.figure import Figure
from fremskudt.presentation.numbers import number
from fremskudt.presentation.sentences import row, shown
from fremskudt.teaching.course import FOLDER
from fremskudt.teaching.registering import CASE, MODULE

Analysis = Callable[[Delivery], Counts]
Chart = Callable[[Publishable, str, str], Figure]


def _by_phase(code: str) -> Analysis:
    return partial(outcomes.by_phase, code=code)


def _change(code: str) -> Analysis:
    return partial(outcomes.paired_change, code=code)


# As the chapters draw them: the analysis, the kind of chart, its name and its title.
DRAWN: dict[str, tuple[Analysis, Chart, str, str]] = {
    "contact_deadline": (
        roles.contact_deadline,
        charts.share_stack,
        "frist-kontakt",
        "Første kontakt inden for to dage",
    ),
    "contact_days": (
        population.contact_days,
        charts.share_bars,
        "tid-til-kontakt",
        "Dage fra kendskab til første kontakt",
    ),
    "meeting_deadline": (
        roles.meeting_deadline,
        charts.share_stack,
        "frist-moede",
        "Koordinerende møde inden for fem arbejdsdage",
    ),
    "employment": (population.employment, charts.share_bars, "forsoergelse", ""),
    "support_home": (_by_phase("support_home"), charts.share_stack, "stoette-hjem", ""),
    "support_economy": (_by_phase("support_economy"), charts.share_stack, "stoette-oekonomi", ""),
    "support_home_change": (
        _change("support_home"),
        charts.share_bars,
        "stoette-hjem-aendring",
        "",
    ),
    "support_economy_change": (
        _change("support_economy"),
        charts.share_bars,
        "stoette-oekonomi-aendring",
        "",
    ),
    "wellbeing_change": (_by_phase("wellbeing_change"), charts.share_stack, "trivsel", ""),
    "citizen_rating": (_by_phase("citizen_rating"), charts.share_stack, "borgerens-vurdering", ""),
    "agreement": (outcomes.agreement, charts.share_stack, "enighed", ""),
    "registered": (population.registered, charts.share_bars, "faser", ""),
}


@dataclass(frozen=True)
class OwnFigure:
    """A figure of the module: a measure, in one of its groups; the answer in which the case
    stands when it is registered as the story tells it ("" where it is not counted), and why."""

    measure: str
    group: str
    answer: str
    see: str

    @property
    def label(self) -> str:
        """The figure's title, and which part of it the case is looked for in."""
        title = DRAWN[self.measure][3] or MEASURES[self.measure].title
        return f"{title} ({self.phase.lower()})" if self.phase else title

    @property
    def phase(self) -> str:
        """ "Fase 2"; "" where the figure is not about one phase."""
        return scale("phase").label(self.group).split(":")[0] if self.group != ALL else ""

    def table(self, delivery: Delivery) -> Publishable:
        """The figure's numbers."""
        return publish(DRAWN[self.measure][0](delivery))

    def drawn(self, delivery: Delivery) -> str:
        """The figure as HTML, as its chapter shows it."""
        _, chart, name, title = DRAWN[self.measure]
        return chart(self.table(delivery), name, title).html

    def told(self, without: Delivery, with_case: Delivery) -> str:
        """What the case changed, in Markdown: the answers that grew, and whether that is what the
        story leads to."""
        before, after = self.table(without), self.table(with_case)
        sizes = [shown(one, self.group)[0].n for one in (before, after)]
        old = {one.category: one for one in shown(before, self.group)}
        grown = [
            one.category
            for one in sorted(shown(after, self.group), key=lambda one: one.category)
            if one.count_ > old[one.category].count_
        ]
        lines = [
            f"**{self._bar(after, code)}.** Uden {CASE}: {cell_text(before, old[code])}. "
            f"Med din {CASE}: {cell_text(after, row(after, code, self.group))}."
            for code in grown
        ]
        if not grown:
            n = number(sizes[1])
            lines = [f"Din {CASE} tæller ikke med her. Antallet er {n} både uden og med."]
        return "\n\n".join([*lines, self._see(after, grown)])

    def _see(self, table: Publishable, grown: list[str]) -> str:
        if self.answer in grown or (not grown and not self.answer):
            return self.see
        if not self.answer:
            return f"Efter historien tæller sagen ikke med her. {self.see}"
        where = category_label(table, self.answer)
        return f"Efter historien hører sagen til ”{where}”. {self.see}"

    def _bar(self, table: Publishable, category: str) -> str:
        """ "Fase 2, sagsbehandleren mere positiv"."""
        label = category_label(table, category)
        return f"{self.phase}, {label[:1].lower()}{label[1:]}" if self.phase else label


@cache
def own_figures() -> tuple[OwnFigure, ...]:
    """The figures of the module, in its order."""
    raw = read_yaml((FOLDER / f"modul-{MODULE}.yml").read_text(encoding="utf-8"))
    return tuple(
        OwnFigure(one["measure"], one.get("group", ALL), one["answer"] or "", one["see"])
        for one in raw["figures"]
    )
