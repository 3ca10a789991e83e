"""Curves: the net gain of every payer and in total, added up from month to month."""

from dataclasses import dataclass

from fremskudt.disclosure import SHOWN, Publishable
from fremskudt.presentation.canvas import Canvas, Span, round_ticks, spread, thousands
from fremskudt.presentation.cells import category_label, in_months, rows_of
from fremskudt.presentation.drawing import Dot, Drawing, Layer, Path, Rule, Words
from fremskudt.presentation.figure import Figure, Key
from fremskudt.presentation.layout import CHARACTER, NARROW, WIDE, tokens_of
from fremskudt.presentation.numbers import kroner

YEARS = {0: "Start", 12: "1 år", 24: "2 år", 36: "3 år"}
DASHES = {"region": (7, 4), "state": (2, 3), "other": (10, 4, 2, 4)}
TOP, BOTTOM, LEFT, LABEL_HEIGHT = 34, 30, 46, 18
ONLY_YEARS = "Egne tal vises kun ved årenes slutning; stregerne imellem er trukket lige."


@dataclass(frozen=True)
class Curve:
    """One payer's points (month, kroner), in the order of the months; `line` is that of the table
    for the first of them, "" where not each next month stands on the next line."""

    code: str
    label: str
    token: str
    points: tuple[tuple[int, float], ...]
    line: str

    @property
    def dash(self) -> tuple[int, ...]:
        return DASHES.get(self.code, ())

    @property
    def width(self) -> float:
        return 4 if self.code == "total" else 2.25

    @property
    def end(self) -> float:
        return self.points[-1][1]

    @property
    def shape(self) -> str:
        """The line as a legend's entry."""
        solid = "heavy" if self.code == "total" else "solid"
        return " ".join(str(length) for length in self.dash) or solid


def gain_curve(table: Publishable, name: str, title: str, note: str) -> Figure:
    """A figure of curves; `charts` says more."""
    curves = _curves(table)
    is_yearly = bool(curves) and len(curves[0].points) <= len(YEARS)
    notes = [note, ONLY_YEARS if is_yearly else ""]
    return Figure(
        table,
        name,
        title,
        "Kurver",
        _draw(curves, WIDE, is_yearly),
        _draw(curves, NARROW, is_yearly),
        tuple(Key(curve.token, curve.label, curve.shape) for curve in curves),
        " ".join(filter(None, notes)),
        summary=_summary(curves),
        categories=tuple(curve.code for curve in curves),
        is_blank=not curves,
    )


def _curves(table: Publishable) -> list[Curve]:
    """The payers with anything to show, the total last so that it is drawn on top."""
    points: dict[str, list[tuple[int, float]]] = {}
    for row in rows_of(table):
        if row.status == SHOWN:
            points.setdefault(row.category, []).append((int(row.group), float(row.value)))
    tokens = tokens_of(table)
    drawn = {code: sorted(found) for code, found in points.items() if _is_seen(found)}
    months = list(dict.fromkeys(int(r.group) for r in rows_of(table) if r.category in drawn))
    return [
        Curve(code, category_label(table, code), tokens[code], tuple(found), _line(found, months))
        for code, found in sorted(drawn.items(), key=lambda one: one[0] == "total")
    ]


def _is_seen(points: list[tuple[int, float]]) -> bool:
    return any(round(value) for _, value in points)


def _line(points: list[tuple[int, float]], months: list[int]) -> str:
    """Months go down in the table: the line of the first point where the others follow."""
    first = months.index(points[0][0])
    follows = months[first : first + len(points)] == [month for month, _ in points]
    return str(first) if follows else ""


def _summary(curves: list[Curve]) -> str:
    """Where the curves end, and how deep the total goes."""
    if not curves:
        return ""
    last = in_months(curves[0].points[-1][0])
    ends = "; ".join(f"{curve.label}: {kroner(curve.end)}" for curve in curves)
    month, lowest = min(curves[-1].points, key=lambda point: point[1])
    deepest = (
        f" {curves[-1].label} er lavest efter {in_months(month)}: {kroner(lowest)}."
        if lowest < 0
        else ""
    )
    return f"Efter {last}: {ends}.{deepest} Alle tal står i tabellen under figuren."


def _draw(curves: list[Curve], width: int, is_yearly: bool) -> Drawing:
    is_wide = width == WIDE
    values = [value for curve in curves for _, value in curve.points] or [0.0, 1.0]
    ticks = round_ticks(min(0.0, *values), max(0.0, *values), 6 if is_wide else 5)
    height = 390 if is_wide else 320
    labels = [f"{c.label} {kroner(c.end)}" if is_wide else c.label for c in curves]
    room = 20 + (CHARACTER if is_wide else 8.8) * max((len(label) for label in labels), default=0)
    x = Span(0, 36, LEFT, width - room)
    y = Span(ticks[0], ticks[-1], height - BOTTOM, TOP)
    canvas = Canvas(width, height)
    layers = [*_axes(canvas, x, y, ticks, is_wide)]
    for curve in curves:
        points = tuple((x(month), y(value)) for month, value in curve.points)
        line = canvas.line(Path(points), curve.token, curve.width, curve.dash, curve.line)
        layers.append(line)
        if is_yearly:
            layers.append(canvas.dots((Dot(*point) for point in points), curve.token))
    placed = spread([y(c.end) for c in curves], LABEL_HEIGHT, TOP, height - BOTTOM)
    for curve, text, at in zip(curves, labels, placed, strict=True):
        start = x(36) + 3
        layers.append(canvas.rules([Rule(start, y(curve.end), start + 9, at)], curve.token))
        label = [Words(start + 12, at, text)]
        layers.append(canvas.texts(label, curve.token, is_bold=curve.code == "total"))
    return canvas.finished(*layers)


def _axes(canvas: Canvas, x: Span, y: Span, ticks: list[float], is_wide: bool) -> list[Layer]:
    """Grid, the zero line, the kroner, the years, and what above and below zero means."""
    across = [Rule(x.start, y(t), x.stop, y(t)) for t in ticks]
    years = [Rule(x(m), y.stop, x(m), y.start) for m in YEARS if m]
    numbers = [Words(LEFT - 8, y(t), thousands(t)) for t in ticks if t]
    months = [Words(x(m), canvas.height - BOTTOM + 16, text) for m, text in YEARS.items()]
    unit = "1.000 kr. pr. borger." if is_wide else "1.000 kr."
    meaning = f"{unit} Over nul: gevinst. Under nul: merudgift."
    return [
        canvas.rules([*across, *years], "line"),
        canvas.rules([Rule(x.start, y(0), x.stop, y(0))], "text", 1.75),
        canvas.texts(numbers, "muted", "right"),
        canvas.texts([Words(LEFT - 8, y(0), "0")], align="right", is_bold=True),
        canvas.texts(months[:1], "muted", "left"),
        canvas.texts(months[1:], "muted", "center"),
        canvas.texts([Words(0, 10, meaning)], "muted"),
    ]
