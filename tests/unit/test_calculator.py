"""The calculator's block: its static numbers, what it says, what it keeps to itself."""

import json
import re
from dataclasses import replace

import pytest
from lxml import html as parser

from fremskudt.analysis.economics import administration, gains
from fremskudt.analysis.economics import calculator as economics
from fremskudt.contract.delivery import load_delivery
from fremskudt.disclosure import publish
from fremskudt.presentation import calculator as presentation
from fremskudt.presentation.calculator import break_even, calculator, verdict
from fremskudt.presentation.numbers import NBSP, kroner
from tests.conftest import FOUR


def tables(delivery):
    admin = administration.administrative_cost(delivery)
    return publish(economics.calculator(delivery)), publish(admin)


def element(block):
    return parser.fromstring(block.html)


def cells(block, name):
    found = element(block).xpath(f"//tr[@data-payer]//*[@data-say='{name}']")
    return [cell.text_content() for cell in found]


def data(block):
    return json.loads(element(block).xpath("string(//script)"))


@pytest.mark.parametrize("slug", FOUR)
def test_the_static_table_is_the_calculated_gain_of_the_municipalitys_own_numbers(deliveries, slug):
    table, admin = tables(deliveries[slug])
    own = admin.frame.set_index("category")["value"]
    cases, cost = round(own["carried_out"]), round(own["cost_per_case"])
    block = calculator(table, admin)
    for name, number in (("all", cases), ("each", 1)):
        expected = economics.calculated_gain(table.frame, number, cost, 1.0, 0.035)
        assert cells(block, name) == [kroner(value) for value in expected]


@pytest.mark.parametrize("slug", FOUR)
def test_at_a_rate_of_zero_and_full_strength_a_case_gives_what_the_report_says(deliveries, slug):
    table, admin = tables(deliveries[slug])
    own = admin.frame.set_index("category")["value"]
    net = publish(gains.net_gain(deliveries[slug])).frame.set_index("category")["value"]
    found = presentation.gains(table, 1, round(own["cost_per_case"]), 100, 0)
    assert {p: kroner(v) for p, v in found.items()} == {p: kroner(v) for p, v in net.items()}


def test_without_a_script_there_is_a_table_and_no_input_to_be_seen(deliveries):
    page = element(calculator(*tables(deliveries["vejle"])))
    assert all(one.xpath("ancestor::*[@hidden]") for one in page.xpath("//input | //button"))
    assert "JavaScript" in page.text_content()
    assert len(page.xpath("//table[not(ancestor::*[@hidden])]//tr")) == 6


def test_the_page_carries_the_published_rows_and_nothing_else_of_the_table(deliveries):
    table, admin = tables(deliveries["gladsaxe"])
    carried = data(calculator(table, admin))
    values = [value for kinds in carried["rates"].values() for kind in kinds for value in kind]
    assert sorted(values) == sorted(table.frame["value"])
    assert list(carried["rates"]) == [f"{step / 2:g}" for step in range(13)]
    starts = {key: entry["start"] for key, entry in carried["entries"].items()}
    assert starts == {"cases": 42, "cost": 4549, "strength": 100, "rate": 3.5}


def few(folder):
    """A registered delivery with one selected citizen fewer than its threshold of five."""
    path = folder / "trajectories.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    first = lines[1].split(",")[0]
    for name in ("trajectories", "selected"):
        path = folder / f"{name}.csv"
        kept = [
            line
            for line in path.read_text(encoding="utf-8").splitlines()
            if line.split(",")[0] != first
        ]
        path.write_text("\n".join(kept) + "\n", encoding="utf-8")
    return load_delivery(folder)


def test_a_municipality_with_fewer_citizens_than_its_threshold_gets_a_reason_and_no_number(
    registered,
):
    table, admin = tables(few(registered))
    block = calculator(table, admin)
    assert "Regnemaskinen kan ikke vises for Rudersdal" in block.plain
    assert "færre end 5" in block.plain
    assert "fs-calculator" not in block.html
    assert not re.search(r"script|input|kr\.", block.html)


def test_a_payer_with_too_few_citizens_behind_it_leaves_no_calculator(registered):
    block = calculator(*tables(load_delivery(registered)))
    assert "fs-calculator" not in block.html


def test_a_registered_municipality_at_its_threshold_gets_the_calculator(enough_behind_every_payer):
    block = calculator(*tables(load_delivery(enough_behind_every_payer)))
    assert "fs-calculator" in block.html
    assert "Konstrueret" not in block.html
    assert "Registreret" in block.html


def test_a_registered_municipality_has_the_rates_of_its_table_and_no_other(
    enough_behind_every_payer,
):
    carried = data(calculator(*tables(load_delivery(enough_behind_every_payer))))
    assert list(carried["rates"]) == ["0", "3.5"]
    rate = carried["entries"]["rate"]
    assert (rate["low"], rate["step"], rate["high"]) == (0, 3.5, 3.5)
    assert rate["rule"] == "enten 0 eller 3,5"


def test_no_text_can_end_the_data_or_become_markup(deliveries, monkeypatch):
    table, admin = tables(deliveries["aarhus"])
    nasty = "</script><!-- <b>&"
    monkeypatch.setitem(presentation.WORDS, "and", nasty)
    table = replace(table, names=table.names | {"aarhus": nasty})
    block = calculator(table, admin)
    assert data(block)["words"]["and"] == nasty
    assert nasty not in block.html
    assert block.html.count("</script>") == 1
    assert element(block).xpath("string(//p[@class='fs-title'])").endswith(nasty)


def test_calculators_on_the_same_page_share_no_id(deliveries):
    blocks = [calculator(*tables(deliveries[slug])) for slug in FOUR]
    blocks.append(calculator(*tables(deliveries["vejle"]), name="endnu-en"))
    ids = [one for block in blocks for one in element(block).xpath("//@id")]
    assert len(set(ids)) == len(ids)


def test_every_reference_to_an_id_leads_to_one(deliveries):
    page = element(calculator(*tables(deliveries["vejle"])))
    names = page.xpath("//@for | //@aria-labelledby | //@aria-describedby")
    assert {one for name in names for one in name.split()} <= set(page.xpath("//@id"))


def test_a_constructed_gain_is_marked(deliveries):
    html = calculator(*tables(deliveries["rudersdal"])).html
    said = html.split('class="fs-calc-verdict"')[1].split("</p>")[0]
    assert ">Konstrueret</span>" in said


def gain(municipality=0.0, region=0.0, state=0.0, other=0.0):
    payers = {"municipality": municipality, "region": region, "state": state, "other": other}
    return payers | {"total": sum(payers.values())}


@pytest.mark.parametrize(
    ("found", "cases", "expected"),
    [
        (
            gain(-900, 100, -200),
            1,
            "Går 1 sag som de udvalgtes, er der en beregnet merudgift på 1.000 kr. over tre år: "
            "Regionen får en gevinst, og kommunen og staten får en merudgift.",
        ),
        (
            gain(900, 100, 200, -200),
            2000,
            "Går 2.000 sager som de udvalgtes, er der en beregnet gevinst på 1.000 kr. "
            "over tre år: "
            "Kommunen, regionen og staten får en gevinst, og øvrige aktører får en merudgift.",
        ),
        (
            gain(municipality=-5),
            3,
            "Går 3 sager som de udvalgtes, er der en beregnet merudgift på 5 kr. over tre år: "
            "Kommunen får en merudgift, og ingen får en gevinst.",
        ),
        (
            gain(state=5, other=-0.4),
            3,
            "Går 3 sager som de udvalgtes, er der en beregnet gevinst på 5 kr. over tre år: "
            "Staten får en gevinst, og ingen får en merudgift.",
        ),
        (
            gain(),
            3,
            "Går 3 sager som de udvalgtes, er der hverken gevinst eller merudgift over tre år.",
        ),
        (
            gain(10, -10),
            3,
            "Går 3 sager som de udvalgtes, er der hverken gevinst eller merudgift over tre år: "
            "Kommunen får en gevinst, og regionen får en merudgift.",
        ),
    ],
)
def test_the_verdict_names_who_gains_and_who_pays(found, cases, expected):
    text = verdict(found, cases)
    assert text.replace(NBSP, " ") == expected


def test_at_the_strength_of_break_even_the_total_is_zero(deliveries):
    table, _ = tables(deliveries["vejle"])
    said = break_even(table, 5882, 3.5)
    strength = float(re.search(r"([\d,]+)\s%", said)[1].replace(",", "."))
    for step, sign in ((-0.1, -1), (0.1, 1)):
        assert presentation.gains(table, 1, 5882, strength + step, 3.5)["total"] * sign > 0


def test_break_even_says_when_it_cannot_be_reached_and_when_there_is_always_a_gain(deliveries):
    table, _ = tables(deliveries["vejle"])
    assert break_even(table, 10_000_000, 0) == presentation.WORDS["zero_never"]
    assert break_even(table, -10_000_000, 0) == presentation.WORDS["zero_always"]


def test_a_calculator_is_about_one_municipality(deliveries):
    table, admin = tables(deliveries["vejle"])
    two = replace(table, frame=table.frame.assign(municipality=["vejle", "aarhus"] * 52))
    with pytest.raises(ValueError, match="one municipality"):
        calculator(two, admin)


def test_casework_that_saves_more_than_it_costs_can_begin_below_zero(deliveries):
    table, admin = tables(deliveries["vejle"])
    frame = admin.frame.copy()
    frame.loc[frame["category"] == "cost_per_case", "value"] = -700.4
    cost = data(calculator(table, replace(admin, frame=frame)))["entries"]["cost"]
    assert cost["low"] < cost["start"] == -700 < cost["high"]
