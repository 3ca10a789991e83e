"""The figures and tables of the economics: what they show, what they hide, how they say it."""

import base64
import dataclasses
import math
import re
from itertools import pairwise

import pytest

from fremskudt.analysis.economics import (
    administration,
    gains,
    sensitivity,
    simulation,
    trajectories,
)
from fremskudt.contract.delivery import load_delivery
from fremskudt.disclosure import publish
from fremskudt.presentation import charts
from fremskudt.presentation.canvas import round_ticks, spread, thousands
from fremskudt.presentation.cells import cell_text, rows_of
from fremskudt.presentation.drawing import Box
from fremskudt.presentation.matrix import by_group, matrix
from fremskudt.presentation.numbers import kroner
from fremskudt.presentation.timelines import amount_of, timelines

NBSP = "\N{NO-BREAK SPACE}"
FOUR = ("aarhus", "gladsaxe", "rudersdal", "vejle")
DRAWS = 2000


def distribution(delivery):
    return simulation.gain_distribution(simulation.simulate(delivery, draws=DRAWS))


FIGURES = {
    "gain_curve": (charts.gain_curve, gains.cumulative_gain),
    "cost_curve": (charts.cost_curve, administration.cost_by_number_of_cases),
    "histogram": (charts.histogram, distribution),
    "tornado": (charts.tornado, sensitivity.tornado),
}


CALCULATED = {}


def published(kind, delivery):
    """The table of a figure, calculated once for all tests of the same delivery."""
    town = delivery.municipality
    key = (kind, delivery.slug, town.is_registered, town.disclosure_threshold)
    if key not in CALCULATED:
        CALCULATED[key] = publish(FIGURES[kind][1](delivery))
    return CALCULATED[key]


def figure(kind, delivery):
    return FIGURES[kind][0](published(kind, delivery), kind)


def svg_of(html):
    return "".join(re.findall(r"<svg role.*?</svg>", html, re.DOTALL))


def csv_of(html):
    return base64.b64decode(re.search(r"base64,([^\"]+)", html)[1]).decode("utf-8-sig")


def with_threshold(folder, threshold):
    path = folder / "municipality.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("disclosure_threshold: 5", f"disclosure_threshold: {threshold}"),
        encoding="utf-8",
    )
    return load_delivery(folder)


@pytest.mark.parametrize("slug", FOUR)
@pytest.mark.parametrize("kind", FIGURES)
def test_every_value_of_a_figure_stands_in_words_beside_it(deliveries, kind, slug):
    table = published(kind, deliveries[slug])
    html = figure(kind, deliveries[slug]).html
    cells = set(re.findall(r"<td>([^<]*)</td>", html))
    used = {code for code, rows in table.frame.groupby("category") if (rows["value"] != 0).any()}
    expected = {cell_text(table, row) for row in rows_of(table) if row.category in used}
    assert expected <= cells
    assert html.count('role="img"') == 2
    assert html.count("<svg role") == 2


@pytest.mark.parametrize("kind", FIGURES)
def test_a_figure_is_drawn_the_same_every_time(deliveries, kind):
    assert figure(kind, deliveries["vejle"]).html == figure(kind, deliveries["vejle"]).html


@pytest.mark.parametrize("kind", FIGURES)
def test_every_colour_follows_light_and_dark(deliveries, kind):
    html = figure(kind, deliveries["aarhus"]).html
    assert re.findall(r'(?:fill|stroke)="(#[0-9a-f]{3,6})"', html) == []


@pytest.mark.parametrize("kind", FIGURES)
def test_a_chart_is_as_wide_as_its_page(deliveries, kind):
    widths = re.findall(r'viewBox="0 0 ([\d.]+) ', figure(kind, deliveries["aarhus"]).html)
    assert widths == ["690", "340"]


@pytest.mark.parametrize("kind", ["gain_curve", "histogram", "tornado"])
def test_figures_of_too_few_registered_citizens_draw_nothing_and_say_why(registered, kind):
    drawn = figure(kind, with_threshold(registered, 6))
    html = drawn.html
    assert "<svg" not in html
    assert "base64" not in html
    assert "kan afsløre færre end 6 borgere" in html
    assert "n = skjult" in html.replace(NBSP, " ")
    assert not re.search(r"\d{2}\.\d{3}", html + drawn.alt_text)


def test_a_payer_with_nothing_but_zeros_has_no_curve(deliveries):
    html = figure("gain_curve", deliveries["aarhus"]).html
    assert ">Stat<" in html
    assert "Øvrige" not in html


def test_the_curves_end_where_the_net_gain_stands(deliveries):
    drawn = figure("gain_curve", deliveries["aarhus"])
    net = publish(gains.net_gain(deliveries["aarhus"])).frame.set_index("category")["value"]
    for payer, label in (("municipality", "Kommune"), ("state", "Stat"), ("total", "I alt")):
        assert f"{label}: {kroner(net[payer])}" in drawn.alt_text
        assert f"{label} {kroner(net[payer])}</text>" in drawn.html


def test_a_reader_without_colours_can_tell_the_curves_apart(deliveries):
    html = figure("gain_curve", deliveries["vejle"]).html
    keys = re.findall(r'stroke-width="([\d.]+)"(?: stroke-dasharray="([\d ]+)")?/></svg>', html)
    assert len(keys) == len(set(keys)) == 5
    curves = re.findall(r'<g fill="none"([^>]*)><polyline', html)
    drawn = [re.search(r'stroke-dasharray="([\d,]+)"', curve) for curve in curves]
    dashes = [found[1].replace(",", " ") if found else "" for found in drawn]
    assert dashes == [key[1] for key in keys] * 2


def test_registered_curves_have_points_at_the_ends_of_the_years_only(registered):
    table = publish(gains.cumulative_gain(load_delivery(registered)))
    html = charts.gain_curve(table, "kurve").html
    assert "kun ved årenes slutning" in html
    assert "Efter 12 måneder" in html
    assert "Efter 11 måneder" not in html


def test_the_numbers_of_a_curve_have_one_line_a_month(deliveries):
    html = figure("gain_curve", deliveries["rudersdal"]).html
    body = html.split("<tbody>")[1].split("</tbody>")[0]
    assert body.count("<tr>") == 37
    assert "Efter 1 måned<" in body
    assert "Efter 36 måneder;I alt;268153;" in csv_of(html)


def test_the_own_number_of_cases_stands_out(deliveries):
    html = figure("cost_curve", deliveries["rudersdal"]).html
    bold = re.findall(r'<g [^>]*font-weight="600">(.*?)</g>', svg_of(html))
    bold = [text for texts in bold for text in re.findall(r">([^<]+)</text>", texts)]
    assert bold == ["11 sager", f"10.404{NBSP}kr."] * 2


def test_bars_of_a_loss_and_of_a_gain_meet_at_zero(deliveries):
    drawn = figure("histogram", deliveries["aarhus"])
    table = drawn.table
    below = sum(row.category.startswith("-") for row in rows_of(table))
    above = len(table.frame) - below
    for drawing in (drawn.wide, drawn.narrow):
        boxes = {one.look.fill: one.marks for one in drawing.layers if one.kind is Box}
        assert {token: len(marks) for token, marks in boxes.items()} == {
            "step-bad": below,
            "step-good": above,
        }
        assert max(box.x2 for box in boxes["step-bad"]) == pytest.approx(
            min(box.x for box in boxes["step-good"]) - 1.5
        )


def test_the_chance_of_a_gain_is_never_certain_from_bands_alone(deliveries):
    assert (
        f"Over 99{NBSP}% af gennemregningerne" in figure("histogram", deliveries["rudersdal"]).html
    )
    table = published("histogram", deliveries["aarhus"])
    shares = [row.value for row in rows_of(table) if not row.category.startswith("-")]
    expected = f"{round(100 * sum(shares))}{NBSP}% af gennemregningerne"
    assert expected in charts.histogram(table, "x").html


def test_no_chance_is_told_when_a_band_lies_on_both_sides_of_zero(deliveries):
    result = distribution(deliveries["aarhus"])
    frame = result.frame.assign(
        category=[f"{1000 * i - 4500}:{1000 * i - 3500}" for i in range(len(result.frame))]
    )
    html = charts.histogram(publish(dataclasses.replace(result, frame=frame)), "x").html
    assert "ender over nul" not in html
    assert "Omkring nul" in html


def test_a_hidden_assumption_is_counted_and_not_drawn(registered):
    table = publish(sensitivity.tornado(load_delivery(registered)))
    hidden = set(table.frame.loc[table.frame["status"] == "hidden", "category"])
    assert len(hidden) == 4
    html = charts.tornado(table, "tornado").html
    assert "Fire skøn er ikke vist." in html
    told = html + csv_of(html)
    assert all(table.labels[code] not in told for code in hidden)


def test_a_number_of_a_tornado_is_not_struck_through_by_the_line_of_zero(deliveries):
    html = figure("tornado", deliveries["gladsaxe"]).html
    for drawing in re.findall(r"<svg role.*?</svg>", html, re.DOTALL):
        marks = re.findall(r"<(text|line)\b", drawing)
        assert marks == sorted(marks)  # lines first, numbers on top


def test_a_tornado_without_a_known_middle_still_shows_both_ends(deliveries):
    table = published("tornado", deliveries["rudersdal"]).without(category="strength")
    html = charts.tornado(table, "tornado").html
    assert "Alle skøn sandsynlige" not in html
    assert all(f"{kroner(value)}</text>" in html for value in table.frame["value"])


def test_a_matrix_goes_from_low_to_high_and_marks_what_is_negative(deliveries):
    table = publish(sensitivity.two_way(deliveries["aarhus"]))
    shuffled = dataclasses.replace(table, frame=table.frame.iloc[::-1].reset_index(drop=True))
    html = matrix(shuffled, "to", "To skøn").html
    heads = re.findall(r'<th scope="row">([^<]+)<', html)
    assert heads == ["Lavt skøn", "Midt imellem lavt og sandsynligt", "Sandsynligt skøn"]
    cells = re.findall(r'<td class="([^"]*)">(?:<strong>)?([^<]+)<', html)
    assert all(("fs-negative" in css) == text.startswith("−") for css, text in cells)
    likely = [text for css, text in cells if "fs-likely" in css]
    assert likely == [kroner(table.where(group="0", category="0").frame["value"].iloc[0])]
    assert html.count("fs-negative") == int((table.frame["value"] < 0).sum()) > 0


def test_a_matrix_of_hidden_cells_says_so_and_one_without_rows_says_why(registered):
    table = publish(sensitivity.two_way(load_delivery(registered)))
    hidden = table.frame.assign(status="hidden", value=math.nan)
    html = matrix(dataclasses.replace(table, frame=hidden), "to", "To skøn").html
    assert html.count(">skjult<") == len(hidden)
    assert "fs-negative" not in html
    empty = publish(sensitivity.two_way(with_threshold(registered, 6)))
    assert "bygger på nok borgere" in matrix(empty, "to", "To skøn").html


@pytest.mark.parametrize("calculate", [gains.gain_by_area, gains.gain_by_year])
@pytest.mark.parametrize("slug", FOUR)
def test_groups_go_down_and_payers_across(deliveries, slug, calculate):
    table = publish(calculate(deliveries[slug]))
    block = by_group(table, "tabel", "Gevinst", "Område")
    assert block.html.count('<th scope="row">') == table.frame["group"].nunique()
    shown = {kroner(value) for value in table.frame["value"]} - {f"0{NBSP}kr."}
    assert all(f">{text}</td>" in block.html for text in shown)
    assert ("Øvrige" in block.html) == (slug in ("rudersdal", "vejle"))
    assert not re.search(r">-\d", block.html)


def test_the_chance_of_a_gain_is_a_percentage_among_kroner(deliveries):
    simulated = simulation.simulate(deliveries["rudersdal"], draws=DRAWS)
    table = publish(simulation.simulated_gain(simulated))
    texts = {(r.group, r.category): cell_text(table, r) for r in rows_of(table)}
    assert texts["chance", "state"].endswith(f"{NBSP}%")
    assert texts["chance", "total"].endswith(f"{NBSP}%")
    assert texts["mean", "total"].endswith("kr.")


@pytest.mark.parametrize(
    ("unit", "value", "text"),
    [
        ("months", 7.0, "7 måneder"),
        ("months", 1.0, "1 måned"),
        ("months", 0.0, "aldrig i underskud"),
        ("months", math.inf, "ikke inden for tre år"),
        ("number", 4.876, "4,9"),
        ("number", math.inf, "kan ikke nås"),
        ("share", 0.658, f"66{NBSP}%"),
        ("share", math.inf, "merudgift også ved 100\N{NO-BREAK SPACE}%"),
    ],
)
def test_a_unit_is_said_in_danish_also_where_there_is_no_number(deliveries, unit, value, text):
    table = publish(gains.payback(deliveries["vejle"]))
    frame = table.frame.assign(value=value)
    table = dataclasses.replace(table, unit=unit, frame=frame)
    assert {cell_text(table, row) for row in rows_of(table)} == {text}


def test_what_is_never_reached_is_words_and_no_length(deliveries):
    html = charts.amount_bars(publish(gains.payback(deliveries["rudersdal"])), "x").html
    assert ">ikke inden for tre år</text>" in html
    assert "Infinity" not in html
    assert "inf" not in csv_of(html)


@pytest.mark.parametrize("slug", FOUR)
def test_every_service_of_every_citizen_is_a_row_with_its_amount_and_cost(deliveries, slug):
    table = publish(trajectories.courses(deliveries[slug]))
    html = timelines(table, "forloeb").html
    frame = table.frame
    assert html.count("<figure") == frame["group"].nunique()
    rows = frame.groupby(["group", "scenario", "category"])["value"].sum()
    assert html.count('role="rowheader" scope="row"') == len(rows)
    assert html.count('class="fs-bar') == len(frame)
    assert all(f">{kroner(value)}</td>" in html for value in rows)
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids)) == frame["group"].nunique()


def test_a_citizen_who_costs_more_with_the_outreach_is_an_extra_cost_in_words(deliveries):
    table = publish(trajectories.courses(deliveries["vejle"]))
    plain = timelines(table, "forloeb").plain.splitlines()
    assert plain[4].startswith(f"Borger 5: Merudgift på 2.582{NBSP}kr.")
    assert plain[0].startswith(f"Borger 1: Gevinst på 402.734{NBSP}kr.")


def test_a_bar_is_said_in_months_to_who_cannot_see_it(deliveries):
    html = timelines(publish(trajectories.courses(deliveries["rudersdal"])), "forloeb").html
    assert "måned 1–14 og måned 15–24 (Beskæftigelse og forsørgelse)" in html
    assert re.search(r'<td role="cell" class="fs-span"><span class="visually-hidden">måned', html)


def test_a_hostile_description_is_shown_as_text(deliveries):
    result = trajectories.courses(deliveries["vejle"])
    hostile = '<img src=x onerror="alert(1)"></figure>'
    table = publish(dataclasses.replace(result, frame=result.frame.assign(description=hostile)))
    html = timelines(table, "forloeb").html
    assert "<img" not in html
    assert "&lt;img src=x onerror=&quot;alert(1)&quot;&gt;" in html


def test_registered_courses_are_not_shown_and_the_reader_is_told_why(registered):
    block = timelines(publish(trajectories.courses(load_delivery(registered))), "forloeb")
    assert "hvert af dem handler om én borger" in block.html
    assert not re.search(r"\d", block.html)


@pytest.mark.parametrize(
    ("quantity", "unit", "text"),
    [
        (1, "month", f"1{NBSP}måned"),
        (36, "month", f"36{NBSP}måneder"),
        (1, "hour", f"1{NBSP}time"),
        (2.5, "week", f"2,5{NBSP}uger"),
        (1200, "contact", f"1.200{NBSP}kontakter"),
        (2, "course", f"2{NBSP}forløb"),
        (1, "event", f"1{NBSP}hændelse"),
    ],
)
def test_quantities_have_danish_units_in_the_right_number(quantity, unit, text):
    assert amount_of(quantity, unit) == text


def test_the_numbers_of_an_axis_are_round_and_hold_all_values():
    assert round_ticks(-83_000, 268_000, 6) == [-100_000, 0, 100_000, 200_000, 300_000]
    assert round_ticks(0, 0.11, 4) == pytest.approx([0, 0.05, 0.1, 0.15])
    assert [thousands(value) for value in (-100_000, 2_500, 0)] == ["−100", "2,5", "0"]


def test_labels_that_would_collide_move_apart_and_stay_in_order():
    placed = spread([10, 12, 90, 11], 18, 0, 100)
    assert placed[0] < placed[3] < placed[1] < placed[2]
    ordered = sorted(placed)
    assert all(b - a >= 18 - 1e-9 for a, b in pairwise(ordered))
    assert min(placed) >= 0
    assert max(placed) <= 100
    assert spread([5, 50], 18, 0, 100) == [5, 50]
