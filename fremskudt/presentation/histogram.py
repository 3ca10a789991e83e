"""How the simulated net gain is spread: bands of kroner, and how many draws end in each."""

from typing import NamedTuple

from fremskudt.disclosure import SHOWN, Publishable
from fremskudt.presentation.canvas import Canvas, Span, round_ticks, thousands, with_zero
from fremskudt.presentation.cells import answers_text, limits_of, rows_of
from fremskudt.presentation.datasheet import Lines
from fremskudt.presentation.drawing import Box, Drawing, Rule, Words
from fremskudt.presentation.figure import Figure, Key
from fremskudt.presentation.layout import NARROW, WIDE
from fremskudt.presentation.numbers import chance, kroner, percent
from fremskudt.presentation.sentences import upper_first

LOSS, GAIN, BOTH = "step-bad", "step-good", "step-neutral"
TOP, BOTTOM, LEFT, RIGHT = 40, 48, 46, 14
UNIT = "Nettogevinst pr. borger, 1.000 kr."
OUTERMOST = "De yderste søjler rummer også de få gennemregninger, der ligger endnu længere ude."


class Band(NamedTuple):
    """A band of the net gain in kroner, its share of the draws, and its line of the table."""

    lower: float
    upper: float
    share: float
    line: str

    @property
    def token(self) -> str:
        """The colour of a loss or a gain; of neither where zero lies within the band."""
        if self.upper <= 0:
            return LOSS
        return GAIN if self.lower >= 0 else BOTH


def histogram(table: Publishable, name: str, title: str, note: str) -> Figure:
    """A figure of adjoining bars; `charts` says more."""
    lines = Lines(table)
    bands = sorted(
        Band(*limits_of(row.category), float(row.value), lines(row))
        for row in rows_of(table)
        if row.status == SHOWN
    )
    labels = {LOSS: "Merudgift", GAIN: "Gevinst", BOTH: "Omkring nul"}
    tokens = dict.fromkeys(band.token for band in bands)
    above = _above_zero(bands)
    return Figure(
        table,
        name,
        title,
        "Histogram",
        _draw(bands, WIDE),
        _draw(bands, NARROW),
        tuple(Key(token, labels[token]) for token in tokens),
        " ".join(filter(None, [note, OUTERMOST if bands else "", _where_zero_is(bands)])),
        ". ".join(filter(None, [above, answers_text(table)])),
        summary=_summary(bands, above),
        is_blank=not bands,
    )


def _above_zero(bands: list[Band]) -> str:
    """How many draws give a gain, when the bands tell; zero must be a limit of a band."""
    if not bands or any(band.token == BOTH for band in bands):
        return ""
    share = sum(band.share for band in bands if band.token == GAIN)
    # The outermost bands hold what lies farther out, perhaps on the other side of zero.
    of_draws = chance(share)
    return f"{upper_first(of_draws)} af gennemregningerne ender over nul"


def _where_zero_is(bands: list[Band]) -> str:
    """Said when zero is too far away to be drawn."""
    if not bands:
        return ""
    low, high = with_zero(bands[0].lower, bands[-1].upper)
    if low <= 0 <= high:
        return ""
    return f"Nul ligger uden for figuren, til {'venstre' if low > 0 else 'højre'}."


def _summary(bands: list[Band], above: str) -> str:
    if not bands:
        return ""
    most = max(bands, key=lambda band: band.share)
    ends = f"fra {kroner(bands[0].lower)} til {kroner(bands[-1].upper)}"
    common = f"{kroner(most.lower)} til {kroner(most.upper)} ({percent(most.share, 1)})"
    first = f"{above}. " if above else ""
    return (
        f"{first}Gevinsten ligger {ends}; flest gennemregninger ligger i båndet {common}. "
        "Alle bånd står i tabellen under figuren."
    )


def _draw(bands: list[Band], width: int) -> Drawing:
    is_wide = width == WIDE
    height = 340 if is_wide else 290
    low = min((band.lower for band in bands), default=0.0)
    high = max((band.upper for band in bands), default=1.0)
    low, high = with_zero(low, max(high, low + 1))
    ticks = round_ticks(low, high, 9 if is_wide else 5)
    x = Span(low, high, LEFT, width - RIGHT)
    shares = round_ticks(0, max((band.share for band in bands), default=0.01), 4)
    y = Span(0, shares[-1], height - BOTTOM, TOP)
    canvas = Canvas(width, height)
    grid = [Rule(x.start, y(s), x.stop, y(s)) for s in shares]
    digits = 0 if all(abs(s * 100 - round(s * 100)) < 0.01 for s in shares) else 1
    sides = [Words(LEFT - 8, y(s), percent(s, digits)) for s in shares]
    inside = [t for t in ticks if low <= t <= high]
    feet = [Words(x(t), y.start + 17, thousands(t)) for t in inside]
    marks = [Rule(x(t), y.start, x(t), y.start + 5) for t in inside]
    layers = [
        canvas.rules(grid, "line"),
        canvas.texts(sides, "muted", "right"),
        *(canvas.boxes([_box(band, x, y)], band.token, tells=(band.line,)) for band in bands),
        canvas.rules(marks, "rule"),
        canvas.rules([Rule(x.start, y.start, x.stop, y.start)], "rule"),
        canvas.texts([f for f in feet if f.text != "0"], "muted", "center"),
        canvas.texts([f for f in feet if f.text == "0"], "text", "center", is_bold=True),
        canvas.texts([Words(0, 10, "Andel af gennemregningerne")], "muted"),
        canvas.texts([Words(x.stop, height - 8, UNIT)], "muted", "right"),
    ]
    if low <= 0 <= high:
        zero = Rule(x(0), TOP - 12, x(0), y.start + 8)
        layers.append(canvas.rules([zero], "text", 1.75))
    return canvas.finished(*layers)


def _box(band: Band, x: Span, y: Span) -> Box:
    """A band's rectangle, with a hair of the page between two."""
    start, stop = x(band.lower), x(max(band.upper, band.lower + 1))
    return Box(start + 0.75, y(band.share), max(stop - 0.75, start + 1.5), y(0))
