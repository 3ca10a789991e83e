"""A mark of a chart knows the line of the table that it shows, and is as long as that line says."""

import re
from dataclasses import replace

import pytest
from lxml import html as parser

from fremskudt.analysis import outcomes, population
from fremskudt.analysis.economics import administration, gains, sensitivity, simulation
from fremskudt.disclosure import publish
from fremskudt.presentation import charts

KRONER = re.compile(r"[−-]?\d[\d.]*")


def parts(figure):
    """The figure's lines of the table as lists of words, and both of its drawings."""
    root = parser.fromstring(figure.html)
    lines = [
        [" ".join(cell.text_content().split()) for cell in row]
        for row in root.xpath("//details//tbody/tr")
    ]
    return lines, root.xpath("//*[contains(@class, 'fs-chart')]/svg")


def marked(drawing, tag):
    """The lines that a drawing's marks of a kind show, with the marks."""
    return [(mark.get("data-r"), mark) for mark in drawing.iter(tag) if mark.get("data-r")]


def percent_in(text):
    return int(re.search(r"\((\d+) %\)", text)[1])


def kroner_in(text):
    return float(KRONER.search(text)[0].replace(".", "").replace("−", "-"))


@pytest.fixture(scope="module")
def own(deliveries):
    town = replace(
        deliveries["rudersdal"].municipality, origin="registered", disclosure_threshold=5
    )
    return replace(deliveries["rudersdal"], municipality=town)


def test_a_bar_is_as_long_as_the_share_of_its_line(deliveries):
    lines, drawings = parts(
        charts.share_bars(publish(population.age_group(deliveries["vejle"])), "a")
    )
    for drawing in drawings:
        bars = marked(drawing, "rect")
        assert [place for place, _ in bars] == [str(number) for number in range(len(lines))]
        whole = max(float(bar.get("width")) / percent_in(lines[int(r)][1]) for r, bar in bars)
        for place, bar in bars:
            wanted = percent_in(lines[int(place)][1])
            assert float(bar.get("width")) == pytest.approx(wanted * whole, abs=whole)


def test_a_piece_of_a_stack_is_as_long_as_the_share_of_its_line(deliveries):
    table = publish(outcomes.by_phase(deliveries["vejle"], "wellbeing_change"))
    lines, drawings = parts(charts.share_stack(table, "a"))
    for drawing in drawings:
        pieces = marked(drawing, "rect")
        bars = len({piece.get("y") for _, piece in pieces})
        whole = sum(float(piece.get("width")) for _, piece in pieces) / bars
        for place, piece in pieces:
            wanted = percent_in(next(cell for cell in lines[int(place)] if "%)" in cell)) / 100
            assert float(piece.get("width")) == pytest.approx(wanted * whole, abs=0.006 * whole)


def test_a_band_is_as_high_as_the_share_of_its_line(deliveries):
    draws = simulation.simulate(deliveries["aarhus"], draws=2000)
    lines, drawings = parts(charts.histogram(publish(simulation.gain_distribution(draws)), "a"))
    for drawing in drawings:
        bands = marked(drawing, "rect")
        assert len(bands) == len(lines)
        told = [float(lines[int(r)][1].split(" ")[0].replace(",", ".")) for r, _ in bands]
        high = [float(band.get("height")) for _, band in bands]
        most = max(told)
        for share, height in zip(told, high, strict=True):
            assert height / max(high) == pytest.approx(share / most, abs=0.02)


def test_the_points_of_a_curve_follow_the_lines_of_the_months(deliveries):
    figure = charts.gain_curve(publish(gains.cumulative_gain(deliveries["vejle"])), "a")
    lines, drawings = parts(figure)
    for drawing in drawings:
        curves = marked(drawing, "polyline")
        assert {place for place, _ in curves} == {"0"}
        for _, curve in curves:
            assert len(curve.get("points").split()) == len(lines)
        assert lines[0][0] == "Ved start"
        assert lines[12][0] == "Efter 12 måneder"


def test_an_assumption_and_a_number_of_cases_have_their_own_lines(deliveries):
    lines, (wide, _) = parts(charts.tornado(publish(sensitivity.tornado(deliveries["vejle"])), "a"))
    names = [" ".join(" ".join(text.itertext()).split()) for text in wide.iter("text")]
    boxes = marked(wide, "rect")
    assert {int(place) for place, _ in boxes} <= set(range(len(lines)))
    assert all(any(line[0].startswith(name) for name in names if name) for line in lines)
    table = publish(administration.cost_by_number_of_cases(deliveries["aarhus"]))
    lines, (wide, _) = parts(charts.cost_curve(table, "a"))
    widths = {int(r): float(bar.get("width")) for r, bar in marked(wide, "rect")}
    assert widths.keys() == set(range(len(lines)))
    dearest = max(widths, key=widths.get)
    assert kroner_in(lines[dearest][1]) == max(kroner_in(line[1]) for line in lines)


def test_what_is_hidden_is_shown_as_hidden_by_the_lines_of_its_mark(own):
    figure = charts.share_stack(publish(outcomes.by_phase(own, "support_home")), "a")
    lines, drawings = parts(figure)
    grey = [
        mark
        for drawing in drawings
        for group in drawing.iter("g")
        if "--fs-protected" in group.get("fill", "")
        for mark in group
    ]
    for mark in grey:
        assert all("skjult" in lines[int(place)] for place in mark.get("data-r").split())
    words = [text for drawing in drawings for _, text in marked(drawing, "text")]
    assert grey or words
    for text in words:
        places = [int(place) for place in text.get("data-r").split()]
        assert all({"skjult", "for få svar"} & set(lines[place]) for place in places)


def test_a_bar_without_length_is_found_by_its_words(own):
    lines, (wide, _) = parts(charts.share_bars(publish(population.psychiatry(own)), "a"))
    hidden = [number for number, line in enumerate(lines) if "skjult" in line]
    assert hidden
    assert [int(place) for place, _ in marked(wide, "text")] == hidden
    assert all(int(place) not in hidden for place, _ in marked(wide, "rect"))
