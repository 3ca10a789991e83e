"""A municipality that has priced no trajectories gets its chapter, with the cost of a case only."""

import pytest

from fremskudt.analysis.economics import administration, gains, sensitivity, simulation
from fremskudt.contract.delivery import load_delivery
from fremskudt.disclosure import publish
from fremskudt.presentation.prose import uncertainty


@pytest.fixture
def without(registered):
    for name in ("trajectories", "selected"):
        path = registered / f"{name}.csv"
        path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    return load_delivery(registered)


def test_the_key_numbers_are_the_cost_of_a_case_alone(without):
    tables = [
        publish(administration.administrative_cost(without)),
        publish(gains.net_gain(without)),
        publish(simulation.simulated_gain(simulation.simulate(without, draws=10))),
        publish(sensitivity.break_even_strength(without)),
    ]
    said = uncertainty.key(*tables).plain.replace("\N{NO-BREAK SPACE}", " ")
    assert said == "10.404 kr. netto pr. gennemført sag"


def test_nothing_is_said_to_gain_or_to_break_even(without):
    strength = publish(sensitivity.break_even_strength(without))
    cases = publish(sensitivity.break_even_cases(without))
    assert "reel" not in uncertainty.break_even(strength, cases, 11).text
    drawn = publish(simulation.simulated_gain(simulation.simulate(without, draws=10)))
    assert "gevinst" not in uncertainty.simulated(drawn, 10).text
