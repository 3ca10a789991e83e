"""The economics of a municipality's own citizens: what the door lets out, and what not."""

import pandas as pd
import pytest

from fremskudt.analysis.economics import (
    administration,
    calculator,
    gains,
    sensitivity,
    simulation,
    trajectories,
)
from fremskudt.contract.delivery import load_delivery
from fremskudt.contract.services import read_services
from fremskudt.disclosure import HIDDEN, SHOWN, publish
from tests.conftest import write_rows

SPLIT = ("share_municipality", "share_region", "share_state", "share_other")
MUNICIPALITY, REGION, STATE = (1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0)


def line(case, scenario, service, quantity, price, payers=MUNICIPALITY, to_month=12):
    return {
        "case_id": case,
        "scenario": scenario,
        "service_code": service,
        "from_month": "0",
        "to_month": str(to_month),
        **{name: str(quantity) for name in ("quantity_low", "quantity", "quantity_high")},
        "unit_price_low_dkk": str(price // 2),
        "unit_price_dkk": str(price),
        "unit_price_high_dkk": str(2 * price),
        "price_year": "2013",
        **dict(zip(SPLIT, map(str, payers), strict=True)),
        "confidence": "medium",
        "origin": "registered",
    }


@pytest.fixture
def own(registered):
    """own({service: (number of citizens, payers)}, citizens=5): a registered delivery in which
    the first citizens avoid each service, and all have had outreach casework."""

    def make(services, citizens=5):
        cases = pd.read_csv(registered / "cases.csv", dtype=str)["case_id"].tolist()[:citizens]
        lines = [
            line(case, "expected", "outreach_casework", 1, 10_404, to_month=3) for case in cases
        ]
        for service, (number, payers) in services.items():
            lines += [
                line(case, "counterfactual", service, 4 + place, 1_000, payers)
                for place, case in enumerate(cases[:number])
            ]
        write_rows(registered / "trajectories.csv", lines)
        write_rows(registered / "selected.csv", [{"case_id": case} for case in cases])
        return load_delivery(registered)

    return make


def hidden_groups(table):
    frame = table.frame
    return set(frame.loc[frame["status"] == HIDDEN, "group"])


def everything(delivery):
    """Every result of the economics that is about citizens."""
    drawn = simulation.simulate(delivery, draws=200)
    return [
        gains.scenario_cost(delivery),
        gains.scenario_cost_per_citizen(delivery),
        gains.net_gain(delivery),
        gains.saving_share(delivery),
        gains.citizen_gain(delivery),
        gains.gain_by_area(delivery),
        gains.gain_by_year(delivery),
        gains.cumulative_gain(delivery),
        gains.payback(delivery),
        sensitivity.by_assumption(delivery),
        sensitivity.tornado(delivery),
        sensitivity.two_way(delivery),
        sensitivity.break_even_strength(delivery),
        sensitivity.break_even_cases(delivery),
        simulation.simulated_gain(drawn),
        simulation.gain_distribution(drawn),
        simulation.mean_of_citizens(delivery),
        calculator.calculator(delivery),
        trajectories.courses(delivery),
    ]


def test_a_citizens_course_is_never_shown(registered, deliveries):
    assert publish(trajectories.courses(load_delivery(registered))).frame.empty
    shown = publish(trajectories.courses(deliveries["rudersdal"])).frame
    assert len(shown) == len(deliveries["rudersdal"]["trajectories"])
    assert set(shown["status"]) == {SHOWN}


def test_the_curve_of_ones_own_citizens_has_the_ends_of_the_years_only(registered, deliveries):
    own_curve = publish(gains.cumulative_gain(load_delivery(registered))).frame
    assert set(own_curve["group"]) == {"0", "12", "24", "36"}
    assert set(own_curve["status"]) == {SHOWN}
    months = set(gains.cumulative_gain(deliveries["rudersdal"]).frame["group"])
    assert months == {str(month) for month in range(37)}


def test_the_month_of_payback_of_ones_own_citizens_is_a_whole_year(own, deliveries):
    # Per citizen 12,000 kr. avoided over twelve months and 10,404 added over the first three:
    # back at 10,404/1,000, so in month 11, which is said as the end of the year. The region
    # saves from the first month on.
    services = {"home_support": (5, MUNICIPALITY), "practical_help": (5, MUNICIPALITY)}
    delivery = own(services | {"general_practice": (5, REGION)})
    frame = publish(gains.payback(delivery)).frame.set_index("category")
    assert frame.loc["municipality", "value"] == 12
    assert frame.loc["region", "value"] == 0
    for constructed in deliveries.values():
        months = gains.payback(constructed).frame["value"]
        assert months.between(0, 36).any()


def test_the_interval_over_citizens_needs_twice_the_threshold(own):
    services = {"home_support": (5, MUNICIPALITY)}
    nine = publish(simulation.mean_of_citizens(own(services, citizens=9))).frame
    assert nine["category"].tolist() == ["mean"]
    ten = publish(simulation.mean_of_citizens(own(services, citizens=10))).frame
    assert set(ten["category"]) == {"mean", "low", "high"}


def test_constructed_citizens_always_have_an_interval(deliveries):
    for delivery in deliveries.values():
        found = publish(simulation.mean_of_citizens(delivery)).frame
        assert set(found["category"]) == {"mean", "low", "high"}


@pytest.mark.parametrize(("number", "is_hidden"), [(4, True), (5, False)])
def test_an_area_of_fewer_citizens_than_the_threshold_is_hidden(own, number, is_hidden):
    delivery = own(
        {
            "home_support": (6, MUNICIPALITY),
            "mentor": (6, STATE),
            "general_practice": (number, REGION),
        },
        citizens=6,
    )
    table = publish(gains.gain_by_area(delivery))
    assert ("health" in hidden_groups(table)) is is_hidden
    hidden = table.frame[table.frame["status"] == HIDDEN]
    assert hidden["value"].isna().all()
    assert hidden["n"].isna().all()


@pytest.mark.parametrize("health", [0, 1, 4, 5, 6])
@pytest.mark.parametrize("employment", [0, 2, 4, 5, 6])
def test_an_area_is_never_hidden_alone(own, health, employment):
    delivery = own(
        {
            "home_support": (6, MUNICIPALITY),
            "mentor": (employment, STATE),
            "general_practice": (health, REGION),
        },
        citizens=6,
    )
    assert len(hidden_groups(publish(gains.gain_by_area(delivery)))) != 1


def test_a_hidden_area_does_not_follow_from_the_cost_of_a_case(own):
    """The casework's own amount is the cost of a case, which is published: hidden beside a small
    area it protects nothing, for the small area is then the total less all that is known."""
    delivery = own(
        {
            "home_support": (6, MUNICIPALITY),
            "mentor": (6, STATE),
            "general_practice": (2, REGION),
        },
        citizens=6,
    )
    hidden = hidden_groups(publish(gains.gain_by_area(delivery)))
    assert "health" in hidden
    assert len(hidden - {"casework"}) >= 2


def test_the_amount_of_a_payer_with_few_citizens_behind_it_is_hidden(own):
    """The region pays for nothing but health: shown, its net gain is the hidden area's."""
    delivery = own(
        {
            "home_support": (6, MUNICIPALITY),
            "mentor": (6, STATE),
            "general_practice": (1, REGION),
        },
        citizens=6,
    )
    assert "health" in hidden_groups(publish(gains.gain_by_area(delivery)))
    frame = publish(gains.net_gain(delivery)).frame.set_index("category")
    assert frame.loc["region", "status"] == HIDDEN


def test_fewer_citizens_than_the_threshold_show_no_amount_at_all(own):
    delivery = own({"home_support": (4, MUNICIPALITY), "mentor": (3, STATE)}, citizens=4)
    for result in everything(delivery):
        frame = publish(result).frame
        amounts = frame.get("value", frame.get("count"))
        assert amounts[frame["status"] == SHOWN].dropna().empty, result.measure.code


def test_a_driver_with_few_citizens_behind_it_is_hidden_in_the_tornado(own):
    delivery = own({"home_support": (6, MUNICIPALITY), "general_practice": (4, REGION)}, citizens=6)
    frame = publish(sensitivity.tornado(delivery)).frame.set_index(["category", "group"])
    assert set(frame.loc["price:home_support", "status"]) == {SHOWN}
    small = frame.loc["price:general_practice"]
    assert set(small["status"]) == {HIDDEN}
    assert small["value"].isna().all()
    assert small["n"].isna().all()


def test_a_driver_that_few_of_the_selected_lack_is_hidden_too(own):
    delivery = own({"home_support": (5, MUNICIPALITY), "general_practice": (6, REGION)}, citizens=6)
    frame = publish(sensitivity.tornado(delivery)).frame.set_index(["category", "group"])
    assert set(frame.loc["price:home_support", "status"]) == {HIDDEN}
    assert set(frame.loc["price:general_practice", "status"]) == {SHOWN}


def test_the_two_assumptions_shown_together_have_enough_citizens_behind_them(own):
    delivery = own(
        {"home_support": (5, MUNICIPALITY), "permanent_housing": (4, MUNICIPALITY)}, citizens=6
    )
    labels = publish(sensitivity.two_way(delivery)).labels
    named = read_services()["permanent_housing"].label
    assert not any(named in labels[place] for place in ("first", "second") if place in labels)


def test_what_the_casework_cost_is_about_the_organisation_and_shown(own):
    delivery = own({"home_support": (2, MUNICIPALITY)}, citizens=2)
    for result in (
        administration.administrative_cost(delivery),
        administration.cost_by_number_of_cases(delivery),
    ):
        assert set(publish(result).frame["status"]) == {SHOWN}


def test_constructed_citizens_are_shown_in_everything(deliveries):
    for delivery in deliveries.values():
        for result in everything(delivery):
            table = publish(result)
            assert not table.is_protected, result.measure.code
            assert not table.frame.empty, result.measure.code


def test_no_result_about_ones_own_citizens_holds_a_pseudonym(registered):
    delivery = load_delivery(registered)
    names = set(delivery["cases"]["case_id"])
    for result in everything(delivery):
        frame = publish(result).frame
        cells = {str(cell) for column in frame for cell in frame[column]}
        assert not names & cells, result.measure.code


def test_the_payer_hidden_beside_a_thin_one_is_the_municipality_last_of_all(own):
    delivery = own(
        {
            "home_support": (6, MUNICIPALITY),
            "mentor": (6, STATE),
            "general_practice": (1, REGION),
        },
        citizens=6,
    )
    frame = publish(gains.net_gain(delivery)).frame.set_index("category")
    assert set(frame.index[frame["status"] == HIDDEN]) == {"region", "state"}
