"""Drawings: the page's SVG has every mark where Vega puts it, and nothing but marks."""

import math
import re
from dataclasses import replace

import pytest
import vl_convert

from fremskudt.analysis import outcomes, population
from fremskudt.analysis.economics import administration, gains, sensitivity, simulation
from fremskudt.analysis.result import Counts, side_by_side, together
from fremskudt.disclosure import Publishable, publish
from fremskudt.presentation import charts
from fremskudt.presentation.canvas import Canvas
from fremskudt.presentation.drawing import Box, Path, Rule, Words
from fremskudt.presentation.svg import pixels, svg
from fremskudt.presentation.vega import chart_of
from tests.drawn import TOKEN, shapes, size


def tornado_without_a_middle(delivery):
    return publish(sensitivity.tornado(delivery)).without(category="strength")


def simulated(delivery):
    return simulation.gain_distribution(simulation.simulate(delivery, draws=2000))


# A name, the chart, the municipalities ("own" is Rudersdal's data as its own registrations with a
# threshold of five), and the table.
CASES = {
    "names over two lines": (charts.share_bars, "vejle", population.employment),
    "hidden shares": (charts.share_bars, "own", population.psychiatry),
    "shares of two": (charts.share_bars, "vejle own", population.gender),
    "negative amounts": (charts.amount_bars, "aarhus", gains.net_gain),
    "amounts without an end": (charts.amount_bars, "rudersdal", gains.payback),
    "a stack": (
        charts.share_stack,
        "vejle",
        lambda one: outcomes.by_phase(one, "wellbeing_change"),
    ),
    "a merged stack": (
        charts.share_stack,
        "own",
        lambda one: outcomes.by_phase(one, "support_home"),
    ),
    "a stack of two": (
        charts.share_stack,
        "aarhus own",
        lambda one: outcomes.by_phase(one, "citizen_rating"),
    ),
    "amounts of two": (charts.amount_stack, "aarhus vejle", gains.scenario_cost),
    "hidden amounts": (charts.amount_stack, "own", gains.scenario_cost),
    "curves": (charts.gain_curve, "vejle", gains.cumulative_gain),
    "curves with dots": (charts.gain_curve, "own", gains.cumulative_gain),
    "cost of a case": (charts.cost_curve, "aarhus", administration.cost_by_number_of_cases),
    "histogram": (charts.histogram, "aarhus", simulated),
    "tornado": (charts.tornado, "vejle", sensitivity.tornado),
    "hidden assumptions": (charts.tornado, "own", sensitivity.tornado),
    "tornado without a middle": (charts.tornado, "vejle", tornado_without_a_middle),
}


@pytest.fixture(scope="module")
def figures(deliveries):
    """The figures of the list, each drawn once."""
    town = deliveries["rudersdal"].municipality
    own = replace(
        deliveries["rudersdal"],
        municipality=replace(town, origin="registered", disclosure_threshold=5),
    )
    return {name: figure_of(*case, {**deliveries, "own": own}) for name, case in CASES.items()}


def figure_of(chart, slugs, analysis, sources):
    results = [analysis(sources[slug]) for slug in slugs.split()]
    if isinstance(results[0], Publishable):
        return chart(results[0], "figur")
    merge = together if isinstance(results[0], Counts) else side_by_side
    return chart(publish(merge(results) if len(results) > 1 else results[0]), "figur")


def same(first, second):
    """Whether the numbers agree to a tenth of a pixel."""
    return len(first) == len(second) and all(
        math.isclose(one, other, abs_tol=0.1) for one, other in zip(first, second, strict=True)
    )


@pytest.mark.parametrize("name", CASES)
def test_vega_puts_the_same_marks_in_the_same_places(figures, name):
    for drawing in (figures[name].wide, figures[name].narrow):
        ours = svg(drawing, "")
        vegas = vl_convert.vegalite_to_svg(chart_of(drawing).to_dict())
        assert same(size(ours), size(vegas))
        found, expected = shapes(ours), shapes(vegas)
        assert [one[:3] for one in found] == [one[:3] for one in expected]
        assert len(found) > 3
        for mine, other in zip(found, expected, strict=True):
            assert same(mine.at, other.at), (mine, other)


def test_the_charts_that_are_compared_have_hidden_merged_and_negative_cells(figures):
    frames = {name: figure.table.frame for name, figure in figures.items()}
    hidden = [name for name, frame in frames.items() if (frame["status"] == "hidden").any()]
    assert {"hidden shares", "a merged stack", "hidden amounts", "hidden assumptions"} <= {*hidden}
    assert frames["a merged stack"]["category"].str.contains("+", regex=False).any()
    assert (frames["negative amounts"]["value"] < 0).any()
    assert math.isinf(frames["amounts without an end"]["value"].max())


def test_a_figure_gives_its_chart_to_who_wants_to_work_on_it(deliveries):
    figure = charts.share_bars(publish(population.gender(deliveries["rudersdal"])), "koen")
    spec = figure.chart.properties(title="Min egen").to_dict()  # Altair checks it
    assert spec["title"] == "Min egen"
    assert spec["width"] == 690
    told = [row.get("text") for layer in spec["layer"] for row in layer["data"]["values"]]
    assert "Kvinde" in told


@pytest.mark.parametrize("name", CASES)
def test_a_drawing_holds_marks_in_tokens_and_nothing_else(figures, name):
    drawings = re.findall(r"<svg role.*?</svg>", figures[name].html)
    assert len(drawings) == 2
    for one in drawings:
        assert set(re.findall(r"<(\w+)", one)) <= {
            *("svg", "g", "rect", "line", "polyline", "circle", "text", "tspan")
        }
        colours = re.findall(r'(?:fill|stroke)="([^"]*)"', one)
        assert all(colour == "none" or TOKEN.fullmatch(colour) for colour in colours)
        assert not re.search(r"\b(?:id|class|style|href|on\w+)=", one)
        assert "nan" not in one
        lengths = re.findall(r'"(-?[\d.]+)"', one)
        assert all(re.fullmatch(r"-?\d+(?:\.\d{1,2})?", length) for length in lengths)


@pytest.mark.parametrize(
    ("length", "text"),
    [
        (12, "12"),
        (12.0, "12"),
        (12.346, "12.35"),
        (12.5, "12.5"),
        (100, "100"),
        (-3.25, "-3.25"),
        (-0.001, "0"),
        (66640.106, "66640.11"),
    ],
)
def test_a_length_has_at_most_two_decimals(length, text):
    assert pixels(length) == text


def test_marks_that_look_alike_are_one_layer_and_text_lies_on_top():
    canvas = Canvas(10, 20)
    box, rule = Box(0, 0, 1, 1), Rule(0, 0, 1, 0)
    drawing = canvas.finished(
        canvas.texts([Words(0, 0, "a")]),
        canvas.boxes([box], "single"),
        canvas.rules([rule], "text"),
        canvas.boxes([box], "single"),
        canvas.boxes([box], "single", rank=1),
        canvas.boxes([], "total"),
    )
    assert [(one.kind, len(one.marks)) for one in drawing.layers] == [
        *((Box, 2), (Rule, 1), (Box, 1), (Words, 1))
    ]


def test_the_picture_of_each_mark_worked_out_by_hand():
    canvas = Canvas(40, 30.5)
    drawing = canvas.finished(
        canvas.boxes([Box(1, 2, 4, 8)], "single"),
        canvas.outlines([Box(10, 10, 20, 20)], "step-bad"),
        canvas.line(Path(((0, 1), (2.5, 3))), "total", 4, (7, 4)),
        canvas.texts([Words(5, 10, "a\nb")], align="center", is_bold=True),
    )
    assert svg(drawing, 'ord & "ord"') == (
        '<svg role="img" aria-label="ord &amp; &quot;ord&quot;" viewBox="0 0 40 30.5" '
        'width="40" height="30.5" xmlns="http://www.w3.org/2000/svg">'
        '<g fill="var(--fs-single, #0d6080)"><rect x="1" y="2" width="3" height="6"/></g>'
        '<g fill="var(--fs-bg, #ffffff)" stroke="var(--fs-step-bad, #b04e10)" stroke-width="2">'
        '<rect x="11" y="11" width="8" height="8"/></g>'
        '<g fill="none" stroke="var(--fs-total, #39454f)" stroke-width="4" '
        'stroke-dasharray="7,4" stroke-linejoin="round"><polyline points="0,1 2.5,3"/></g>'
        '<g fill="var(--fs-text, #16202a)" font-size="14px" text-anchor="middle" '
        'font-weight="600"><text x="5" y="14"><tspan>a</tspan><tspan x="5" dy="16">b</tspan>'
        "</text> </g></svg>"
    )
