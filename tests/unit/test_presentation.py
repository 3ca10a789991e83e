"""Danish numbers, computed sentences and figures."""

import base64
import re

import pytest

from fremskudt.analysis import outcomes, population, roles
from fremskudt.analysis.economics import gains
from fremskudt.analysis.segmentation import printed_rule, segmentation
from fremskudt.contract.delivery import load_delivery
from fremskudt.disclosure import publish
from fremskudt.presentation import charts
from fremskudt.presentation.drawing import Box, Rule, Words
from fremskudt.presentation.numbers import kroner, number, percent_of, points
from fremskudt.presentation.numbers_file import neutral
from fremskudt.presentation.prose import economics as economics_prose
from fremskudt.presentation.prose import outcomes as outcomes_prose
from fremskudt.presentation.prose import population as population_prose
from fremskudt.presentation.prose import roles as roles_prose

NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (number(1234567.891, 2), "1.234.567,89"),
        (number(-41680), "−41.680"),
        (kroner(10403.7054), f"10.404{NBSP}kr."),
        (kroner(-0.4), f"0{NBSP}kr."),
        (percent_of(5, 8), f"63{NBSP}%"),
        (percent_of(1, 8), f"13{NBSP}%"),
        (percent_of(3, 8), f"38{NBSP}%"),
        (percent_of(6, 11), f"55{NBSP}%"),
        (points(0.4), "+40 procentpoint"),
        (points(-0.118), "−12 procentpoint"),
    ],
)
def test_numbers_are_written_as_danes_write_them(text, expected):
    assert text == expected


def test_a_sentence_gives_count_n_and_percentage(deliveries):
    text = population_prose.gender(publish(population.gender(deliveries["rudersdal"]))).text
    assert f"6 af 11 borgere (55{NBSP}%) er kvinder" in text
    assert "nogenlunde lige mange" in text


def test_a_sentence_turns_when_the_data_turn(data_copy):
    folder = data_copy / "rudersdal"
    path = folder / "cases.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",woman,", ",man,"), encoding="utf-8")
    text = population_prose.gender(publish(population.gender(load_delivery(folder)))).text
    assert "flere mænd end kvinder" in text


def test_a_sentence_about_too_few_answers_says_so(deliveries):
    table = publish(outcomes.by_phase(deliveries["rudersdal"], "citizen_rating"))
    text = outcomes_prose.change(table).text
    assert "Der er kun 3 svar (fase 2)" in text
    assert "%" not in text


def test_a_paragraph_of_constructed_numbers_says_so_and_one_of_printed_numbers_does_not(deliveries):
    made_up = roles_prose.role(publish(roles.role(deliveries["vejle"]))).text
    printed = population_prose.gender(publish(population.gender(deliveries["rudersdal"]))).text
    assert made_up.endswith(">Konstrueret</span>")
    assert "onstrueret" not in printed


def test_a_figure_that_follows_the_same_citizens_is_constructed_though_its_parts_are_printed(
    deliveries,
):
    delivery = deliveries["rudersdal"]
    for result in (
        outcomes.paired_change(delivery, "support_home"),
        outcomes.agreement(delivery),
        outcomes.by_phase(delivery, "support_home", complete=True),
        population.retention(delivery, "gender"),
    ):
        assert set(publish(result).frame["origin"]) == {"constructed"}


def test_registered_figures_are_registered_even_where_a_report_prints_the_same(registered):
    table = publish(population.gender(load_delivery(registered)))
    assert set(table.frame["origin"]) == {"registered"}


def test_a_negative_result_is_said_as_plainly_as_a_positive_one(deliveries):
    text = economics_prose.net_gain(publish(gains.net_gain(deliveries["aarhus"]))).text
    assert f"En merudgift ligger hos staten (41.680{NBSP}kr.)" in text


def test_nothing_is_drawn_from_case_level_rows(deliveries):
    for wrong in (deliveries["vejle"]["cases"], population.gender(deliveries["vejle"])):
        with pytest.raises((TypeError, AttributeError)):
            print(charts.share_bars(wrong, "x").html)


def test_a_figure_says_in_words_what_it_shows(deliveries):
    figure = charts.share_bars(publish(population.gender(deliveries["rudersdal"])), "koen")
    assert f"Kvinde: 6 af 11 (55{NBSP}%)" in figure.alt_text
    assert figure.html.count('role="img"') == 2
    assert figure.html.count(f'aria-label="{figure.alt_text}"') == 2


def test_a_figure_is_the_same_every_time(deliveries):
    def draw():
        table = publish(outcomes.by_phase(deliveries["vejle"], "support_home"))
        return charts.share_stack(table, "hjem").html

    assert draw() == draw()


def test_the_table_and_the_file_hold_the_numbers_of_the_chart(deliveries):
    html = charts.share_bars(publish(population.gender(deliveries["rudersdal"])), "koen").html
    assert f"<td>6 af 11 (55{NBSP}%)</td>" in html
    encoded = re.search(r"base64,([^\"]+)", html)[1]
    text = base64.b64decode(encoded).decode("utf-8-sig")
    assert "Køn;Rudersdal;;Kvinde;6;11;0,545455;" in text


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+45",
        "-cmd",
        "@SUM(A1)",
        "\t=1",
        "\n=1",
        " =1+1",
        "\u00a0@A1",
        "＝1",
        "＋4",
        "－1",
        "＠A",
    ],
)
def test_a_cell_that_a_spreadsheet_would_run_is_made_text(cell):
    assert neutral(cell).startswith("'")


def test_a_negative_number_stays_a_number():
    assert neutral("-41680,5") == "-41680,5"


def test_every_colour_of_a_chart_follows_light_and_dark(deliveries):
    html = charts.share_stack(
        publish(outcomes.by_phase(deliveries["vejle"], "wellbeing_change")), "trivsel"
    ).html
    assert re.findall(r'(?:fill|stroke)="(#[0-9a-f]{3,6})"', html) == []


def test_ids_in_a_figure_are_its_own(deliveries):
    table = publish(roles.role(deliveries["vejle"]))
    first, second = (charts.share_bars(table, name).html for name in ("a", "b"))
    ids = [set(re.findall(r'\bid="([^"]+)"', html)) for html in (first, second)]
    assert ids[0].isdisjoint(ids[1])


def visible_numbers(html):
    """All numbers of a figure that a reader, a screen reader or a download can get at."""
    encoded = re.search(r"base64,([^\"]+)", html)[1]
    return html.replace(encoded, base64.b64decode(encoded).decode("utf-8-sig"))


def test_a_hidden_cell_is_nowhere_in_its_figure(registered):
    delivery = load_delivery(registered)
    table = publish(outcomes.by_phase(delivery, "support_home"))
    assert table.is_protected
    html = visible_numbers(charts.share_stack(table, "hjem").html)
    for count, n in ((1, 11), (4, 11), (2, 10), (3, 10), (3, 8)):
        assert f"{count} af {n}" not in html
        assert not re.search(rf"(?<!\d){percent_of(count, n)}", html)
    assert "skjult" in html


def marks(drawing, kind, stroke=""):
    """The marks of a kind in a drawing, and of a stroke when one is named."""
    layers = [one for one in drawing.layers if one.kind is kind]
    return [m for one in layers if not stroke or one.look.stroke == stroke for m in one.marks]


def test_a_hidden_row_carries_no_length_into_its_chart(registered):
    table = publish(population.psychiatry(load_delivery(registered)))
    assert (table.frame["status"] == "hidden").sum() == 3
    length = int((table.frame["count"] > 0).sum())
    figure = charts.share_bars(table, "psykiatri")
    for drawing in (figure.wide, figure.narrow):
        hidden = [words for words in marks(drawing, Words) if words.text == "skjult"]
        assert len(hidden) == 3
        (zero,) = marks(drawing, Rule, "rule")
        assert {words.x for words in hidden} == {zero.x + 7}
        bars = marks(drawing, Box)
        assert len(bars) == len(marks(drawing, Rule, "text")) == length > 0
        # Nothing but the words stands at the height of a hidden row.
        for words in hidden:
            assert not [bar for bar in bars if bar.y < words.y < bar.y2]
            assert not [one for one in marks(drawing, Rule, "text") if one.y == words.y]


def test_a_chart_speaks_of_intervals_only_where_it_has_some(deliveries):
    vejle = deliveries["vejle"]
    picked = publish(segmentation(vejle, printed_rule())).where(group="expected")
    assert picked.frame["lower"].isna().all()
    assert "95 %-interval (Wilson)" not in charts.share_bars(picked, "a").html
    sampled = publish(population.gender(vejle))
    assert "95 %-interval (Wilson)" in charts.share_bars(sampled, "b").html
