"""The report on a release: what was protected and why, what an intruder finds, what refuses it.

It holds nothing that the site does not tell a patient reader. Of a site that may be published it
may be shown to anybody; of one that is refused it says how narrowly numbers are found.
"""

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from fremskudt.analysis.result import ALL
from fremskudt.contract.scales import scale
from fremskudt.presentation.cells import merged_label
from fremskudt.presentation.numbers import number
from fremskudt.presentation.standalone import standalone_page
from fremskudt.protection.plan import LinePlan
from fremskudt.protection.tables import Cell, Shape
from fremskudt.release.audit import Audit, SiteAudit
from fremskudt.release.titles import title_of

REFUSED = "Siden må ikke udgives"
PASSED = "Siden kan udgives"
KEEP = "Del ikke denne rapport: Den viser, hvor snævert tal om få borgere kan findes."


def lines(found: SiteAudit) -> Iterator[str]:
    """What was found, in few lines for a terminal."""
    for one in found.municipalities:
        yield f"{one.name}: {number(len(one.findings))} tal er beskyttet."
        yield from (f"{one.name}: {remark}" for remark in one.remarks)
    yield from found.remarks


def report_page(found: SiteAudit, previous: str) -> str:
    """The page in HTML."""
    is_refused = bool(found.reasons)
    parts = "\n".join(_municipality(one) for one in found.municipalities)
    compared = (
        f"Den er også prøvet sammen med den forrige udgivelse ({escape(previous)})."
        if previous
        else "Der er ingen forrige udgivelse at sammenligne med."
    )
    body = f"""\
<h1>Kontrol før udgivelse: {REFUSED if is_refused else PASSED}</h1>
<p>Siden er læst, som en uvedkommende ville læse den: alle sider, figurer, tabeller, filer og
notesbøger. For hvert tal, der ikke er vist, er det regnet ud, hvilke værdier det kan have, når man
ved alt det, der er vist, og hvordan tabellerne hænger sammen. {compared}</p>
<p>Reglen er, at der for et tal om få borgere skal være mindst så mange mulige værdier, som der er
hele tal under tærsklen, nul fraregnet. I en endnu mindre gruppe skal alle værdier være mulige.</p>
{f'<p class="error">{KEEP}</p>' if is_refused else ""}
{_faults(found.faults, "h2")}
{_remarks(found.remarks, "h2")}
{parts or "<p>Ingen kommune på siden har egne registreringer.</p>"}
<h2>Det kan kontrollen ikke se</h2>
<ul>
<li>Hvad en læser ved i forvejen om en bestemt borger, fx hvem der har fået hjælp.</li>
<li>Hvad der kan sluttes af, at netop dette tal er skjult og ikke et andet.</li>
<li>Hvor snævert et skjult beløb ligger; kun om det kan regnes ud.</li>
<li>Tal, som kommunen selv har udgivet andre steder.</li>
</ul>"""
    return standalone_page("Kontrol før udgivelse", body)


def _municipality(found: Audit) -> str:
    threshold = found.delivery.municipality.disclosure_threshold
    parts = [
        f"<section><h2>{escape(found.name)}</h2>",
        f"<p>Tærskel: {threshold}. {_summary(found)}</p>",
    ]
    parts += [_faults(found.faults, "h3"), _remarks(found.remarks, "h3"), _table(found)]
    return "\n".join([*parts, "</section>"])


def _remarks(remarks: Iterable[str], heading: str) -> str:
    lines = "".join(f"<li>{escape(one)}</li>" for one in remarks)
    return f"<{heading}>Bemærkninger</{heading}><ul>{lines}</ul>" if lines else ""


def _faults(faults: Iterable[str], heading: str) -> str:
    lines = "".join(f"<li>{escape(one)}</li>" for one in dict.fromkeys(faults))
    title = f'<{heading} class="error">Derfor må siden ikke udgives</{heading}>'
    return f"{title}<ul>{lines}</ul>" if lines else ""


def _summary(found: Audit) -> str:
    shown = len(found.facts.cells) + len(found.facts.sums)
    hidden = len(found.findings)
    if not hidden:
        return f"Alle {number(shown)} tal er vist; intet skulle beskyttes."
    return (
        f"{number(shown)} tal er vist, og {number(hidden)} er skjult, lagt sammen eller følger af "
        "en helhed og dens del."
    )


def _table(found: Audit) -> str:
    rows = "\n".join(
        f"<tr><td>{escape(title_of(shape))}</td><td>{escape(group)}</td><td>{escape(what)}</td>"
        f"<td>{escape(why)}</td><td>{escape(values)}</td></tr>"
        for shape, group, what, why, values in _protected(found)
    )
    if not rows:
        return ""
    return f"""\
<div class="wide" role="region" tabindex="0" aria-label="Beskyttede tal i {escape(found.name)}">
<table>
<caption>Det er beskyttet, og derfor</caption>
<thead><tr><th scope="col">Tabel</th><th scope="col">Gruppe</th><th scope="col">Svar</th>
<th scope="col">Hvorfor</th><th scope="col">Mulige værdier</th></tr></thead>
<tbody>
{rows}
</tbody>
</table>
</div>"""


def _protected(found: Audit) -> Iterable[tuple[Shape, str, str, str, str]]:
    """Table, group, answers, reason and possible values of all that is not shown as it is."""
    for (name, group), line in found.plan.items():
        shape = found.shapes[name]
        title = "" if group == ALL else scale(shape.group_scale).label(group)
        for piece in line.pieces:
            cells = [(name, group, one) for one in piece.categories]
            if piece.is_shown and len(cells) == 1:
                continue
            what = merged_label(shape.scale, piece.categories)
            yield shape, title, what, _why(line, piece.is_shown), _values(found, cells)


def _why(line: LinePlan, is_shown: bool) -> str:
    if is_shown:
        return "Lagt sammen: hvert svar for sig er givet af få, eller andre kunne regnes ud af det."
    if not line.size_is_shown:
        return "Skjult: gruppen har for få svar, eller en anden gruppes størrelse fulgte af den."
    return "Skjult: få har givet svaret, eller et andet tal kunne regnes ud af det."


def _values(found: Audit, cells: Sequence[Cell]) -> str:
    ranges = dict.fromkeys(found.findings[cell].values for cell in cells if cell in found.findings)
    return "; ".join(f"{number(low)} til {number(high)}" for low, high in ranges)
