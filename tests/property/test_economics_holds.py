"""What must hold of the economics whatever the trajectories are."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fremskudt.analysis.economics import gains, simulation, streams
from fremskudt.analysis.economics.assumptions import REPORT, Assumptions, discount_factors
from fremskudt.analysis.economics.valuation import Valuation
from fremskudt.contract.scales import scale

PAYERS = scale("payer").codes
MONTHS = 36
CITIZENS = "abcd"
SERVICES = ("home_support", "activity_centre", "activation_course", "psychiatric_outpatient")
BENEFITS = ("cash_benefit", "sickness_benefit")
RULES = ("benefit_passive", "benefit_active", "sickness_passive", "sickness_active")
SHARES = tuple(f"share_{payer}" for payer in PAYERS)
QUANTITIES = ("quantity_low", "quantity", "quantity_high")
PRICES = ("unit_price_low_dkk", "unit_price_dkk", "unit_price_high_dkk")
RELAXED = settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
FEW = settings(RELAXED, max_examples=12)


def months(draw, since=0):
    begin = draw(st.integers(since, MONTHS - 1))
    return begin, draw(st.integers(begin + 1, MONTHS))


def estimate(draw, names, highest):
    """Low, likely and high in order."""
    drawn = sorted(draw(st.tuples(*3 * [st.integers(0, highest)])))
    return {name: value / 4 for name, value in zip(names, drawn, strict=True)}


def line(draw, case, scenario, service, begin, end, shares, rule):
    return {
        "case_id": case,
        "scenario": scenario,
        "service_code": service,
        "from_month": float(begin),
        "to_month": float(end),
        **estimate(draw, QUANTITIES, 160),
        **estimate(draw, PRICES, 40_000),
        "price_year": 2013.0,
        **dict(zip(SHARES, shares, strict=True)),
        "refund_rule": rule,
        "confidence": draw(st.sampled_from(scale("confidence").codes)),
    }


def services(draw, case, scenario):
    """Services of any kind, at any time, with any split."""
    for service in draw(st.lists(st.sampled_from(SERVICES), max_size=3, unique=True)):
        first = draw(st.integers(0, 100))
        second = draw(st.integers(0, 100 - first))
        third = draw(st.integers(0, 100 - first - second))
        parts = (first, second, third, 100 - first - second - third)
        begin, end = months(draw)
        yield line(draw, case, scenario, service, begin, end, [part / 100 for part in parts], pd.NA)


def benefits(draw, case, scenario):
    """Benefits one after the other, each with a refund rule."""
    reached = 0
    for _ in range(draw(st.integers(0, 3))):
        if reached >= MONTHS:
            return
        begin, end = months(draw, reached)
        service, rule = draw(st.sampled_from(BENEFITS)), draw(st.sampled_from(RULES))
        yield line(draw, case, scenario, service, begin, end, 4 * [np.nan], rule)
        reached = end


@st.composite
def trajectories(draw):
    """The lines of one to four citizens in both scenarios, at least one of them."""
    lines = []
    for case in CITIZENS[: draw(st.integers(1, len(CITIZENS)))]:
        for scenario in scale("scenario").codes:
            lines += [*services(draw, case, scenario), *benefits(draw, case, scenario)]
    if not lines:
        lines = [line(draw, "a", "expected", "home_support", 0, 12, [1.0, 0.0, 0.0, 0.0], pd.NA)]
    texts = ["case_id", "scenario", "service_code", "refund_rule", "confidence"]
    return pd.DataFrame(lines).astype(dict.fromkeys(texts, "string"))


STARTS = st.dates(pd.Timestamp("2012-01-01").date(), pd.Timestamp("2019-01-01").date())
WEEKS = st.one_of(st.just(np.nan), st.integers(0, 200).map(float))
RATES = st.integers(0, 60).map(lambda thousandths: thousandths / 1000)


@st.composite
def situations(draw):
    """Trajectories, when they begin, and for how long the citizens had lived on benefits."""
    lines = draw(trajectories())
    cases = pd.DataFrame(
        {"case_id": list(CITIZENS), "start_date": pd.to_datetime([draw(STARTS) for _ in CITIZENS])}
    ).astype({"case_id": "string"})
    selected = pd.DataFrame(
        {"case_id": list(CITIZENS), "benefit_weeks_before": [draw(WEEKS) for _ in CITIZENS]}
    ).astype({"case_id": "string"})
    return {"trajectories": lines, "cases": cases, "selected": selected}


def with_tables(delivery, situation, **changed):
    """The delivery with the tables of a situation; new refund rules were known all the time."""
    municipality = replace(
        delivery.municipality, rules_known_until=pd.Timestamp("2025-01-01").date()
    )
    tables = {**delivery.tables, **situation, **changed}
    return replace(delivery, municipality=municipality, tables=tables)


def gain(delivery, assumptions=REPORT):
    return gains.net_gain(delivery, assumptions).frame.set_index("category")["value"]


def grouped(result):
    """Groups as rows, payers and the total as columns."""
    return result.frame.pivot(index="group", columns="category", values="value")


def close(values):
    return pytest.approx(np.asarray(values, dtype="float64"), abs=1e-4, rel=1e-9)


@given(situations(), RATES)
@RELAXED
def test_the_payers_sum_to_the_total(deliveries, situation, rate):
    found = gain(with_tables(deliveries["vejle"], situation), Assumptions(rate))
    assert found[list(PAYERS)].sum() == pytest.approx(found["total"], abs=1e-4)


@given(situations())
@RELAXED
def test_the_total_is_quantity_times_price(deliveries, situation):
    frame = gains.scenario_cost(with_tables(deliveries["vejle"], situation)).frame
    lines = situation["trajectories"]
    cost = (lines["quantity"] * lines["unit_price_dkk"]).groupby(lines["scenario"]).sum()
    totals = frame[frame["category"] == "total"].set_index("group")["value"]
    for scenario in ("expected", "counterfactual"):
        assert totals[scenario] == pytest.approx(cost.get(scenario, 0.0), abs=1e-4)


@given(situations(), RATES)
@RELAXED
def test_areas_years_and_the_last_month_sum_to_the_net_gain(deliveries, situation, rate):
    delivery, chosen = with_tables(deliveries["vejle"], situation), Assumptions(rate)
    total = gain(delivery, chosen)
    for part in (gains.gain_by_area, gains.gain_by_year):
        sums = grouped(part(delivery, chosen)).sum()
        assert sums[total.index].to_numpy() == close(total)
    last = grouped(gains.cumulative_gain(delivery, chosen)).loc["36"]
    assert last[total.index].to_numpy() == close(total)


@given(situations())
@RELAXED
def test_a_citizens_gains_sum_to_the_net_gain_of_all(deliveries, situation):
    delivery = with_tables(deliveries["vejle"], situation)
    each = gains.citizen_gains(delivery)
    assert each["total"].mean() == pytest.approx(gain(delivery)["total"], abs=1e-4)


def test_a_zero_rate_is_the_identity():
    assert (discount_factors(0.0) == 1).all()


@given(RATES, RATES)
def test_a_later_month_and_a_higher_rate_never_raise_a_discount_factor(one, other):
    low, high = sorted((one, other))
    assert (discount_factors(high) <= discount_factors(low)).all()
    assert (np.diff(discount_factors(high)) <= 0).all()


@given(situations(), RATES, RATES)
@RELAXED
def test_a_higher_rate_never_raises_a_present_value(deliveries, situation, one, other):
    delivery, rates = with_tables(deliveries["vejle"], situation), sorted((one, other))
    low, high = (
        gains.scenario_cost(delivery, Assumptions(rate)).frame["value"].to_numpy() for rate in rates
    )
    assert (high <= low + 1e-6).all()


@given(situations())
@RELAXED
def test_swapping_the_scenarios_turns_the_sign(deliveries, situation):
    lines = situation["trajectories"]
    swapped = lines.assign(
        scenario=lines["scenario"].map({"expected": "counterfactual", "counterfactual": "expected"})
    )
    one = gain(with_tables(deliveries["vejle"], situation))
    other = gain(with_tables(deliveries["vejle"], situation, trajectories=swapped))
    assert one.to_numpy() == close(-other)


@given(situations(), RATES)
@RELAXED
def test_doubling_every_price_doubles_the_gain(deliveries, situation, rate):
    lines = situation["trajectories"]
    doubled = lines.assign(**{name: 2 * lines[name] for name in PRICES})
    chosen = Assumptions(rate, 0.7)
    one = gain(with_tables(deliveries["vejle"], situation), chosen)
    other = gain(with_tables(deliveries["vejle"], situation, trajectories=doubled), chosen)
    assert other.to_numpy() == close(2 * one)


def shuffled(lines, random):
    order = list(range(len(lines)))
    random.shuffle(order)
    return lines.iloc[order].reset_index(drop=True)


@given(situations(), st.randoms(use_true_random=False))
@RELAXED
def test_the_order_of_lines_is_irrelevant_for_the_gain(deliveries, situation, random):
    mixed = shuffled(situation["trajectories"], random)
    chosen = Assumptions(0.035, 0.5)
    one = gain(with_tables(deliveries["vejle"], situation), chosen)
    other = gain(with_tables(deliveries["vejle"], situation, trajectories=mixed), chosen)
    assert other.to_numpy() == close(one)


@given(situations(), st.randoms(use_true_random=False))
@FEW
def test_the_order_of_lines_is_irrelevant_for_the_simulation(deliveries, situation, random):
    mixed = shuffled(situation["trajectories"], random)
    one, other = (
        simulation.simulate(with_tables(deliveries["vejle"], situation, trajectories=t), draws=40)
        for t in (situation["trajectories"], mixed)
    )
    assert other.gains.to_numpy() == close(one.gains)


@given(situations(), st.integers(0, 20), st.integers(0, 20), RATES)
@RELAXED
def test_the_gain_is_a_straight_line_in_the_strength(deliveries, situation, one, other, rate):
    delivery = with_tables(deliveries["vejle"], situation)
    first, second = (gain(delivery, Assumptions(rate, s / 20)) for s in (one, other))
    middle = gain(delivery, Assumptions(rate, (one + other) / 40))
    assert middle.to_numpy() == pytest.approx((first + second).to_numpy() / 2, abs=1e-6)


@given(situations(), RATES, st.integers(0, 20))
@RELAXED
def test_the_valuation_at_likely_values_is_the_net_gain(deliveries, situation, rate, twentieths):
    delivery, strength = with_tables(deliveries["vejle"], situation), twentieths / 20
    chosen = Assumptions(rate, strength)
    found = streams.streams(delivery, chosen)
    lines = found.lines
    value = Valuation(found).at(
        lines["quantity"].to_numpy(), lines["unit_price_dkk"].to_numpy(), strength
    )
    assert value == close(gain(delivery, chosen)[list(PAYERS)])


def without_spread(lines):
    likely = dict.fromkeys(QUANTITIES, lines["quantity"])
    return lines.assign(**likely, **dict.fromkeys(PRICES, lines["unit_price_dkk"]))


@given(situations(), RATES)
@FEW
def test_without_spread_every_draw_is_the_point_estimate(deliveries, situation, rate):
    # The grades' lowest strengths are 0.2 and more: at a likely strength of 0.2 they have no
    # range either, so nothing is left to draw.
    lines = without_spread(situation["trajectories"])
    delivery = with_tables(deliveries["vejle"], situation, trajectories=lines)
    chosen = Assumptions(rate, 0.2)
    found = simulation.simulate(delivery, chosen, draws=5).gains
    point = gain(delivery, chosen)
    for _, draw in found.iterrows():
        assert draw[point.index].to_numpy() == close(point)


def test_without_spread_and_with_full_strength_every_draw_is_the_point_estimate(
    deliveries, monkeypatch
):
    """The same at strength one: the lowest strength of every grade is set to one."""
    real = simulation.constant
    monkeypatch.setattr(
        simulation, "constant", lambda code: 1.0 if code.startswith("strength_low") else real(code)
    )
    for delivery in deliveries.values():
        lines = without_spread(delivery["trajectories"])
        sure = replace(delivery, tables={**delivery.tables, "trajectories": lines})
        found = simulation.simulate(sure, Assumptions(0.035), draws=5).gains
        point = gain(sure, Assumptions(0.035))
        assert found[point.index].to_numpy() == close(np.tile(point, (5, 1)))


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(deliveries):
    def drawn(seed):
        return simulation.simulate(deliveries["gladsaxe"], draws=200, seed=seed).gains

    one, again, other = drawn(7), drawn(7), drawn(8)
    assert one.to_numpy().tobytes() == again.to_numpy().tobytes()
    assert one.to_numpy().tobytes() != other.to_numpy().tobytes()
    assert not np.isclose(one["total"], other["total"]).any()


@given(situations())
@FEW
def test_a_draw_lies_between_the_worst_and_the_best_of_all_estimates(deliveries, situation):
    # The worst for a payer: all it pays with the casework at its dearest, and nothing avoided.
    delivery = with_tables(deliveries["vejle"], situation)
    lines = situation["trajectories"]
    dearest = (lines["quantity_high"] * lines["unit_price_high_dkk"]).groupby(lines["scenario"])
    most = dearest.sum().reindex(["expected", "counterfactual"]).fillna(0.0)
    citizens = lines["case_id"].nunique()
    total = simulation.simulate(delivery, REPORT, draws=60).gains["total"]
    # A benefit that lasts longer can move to another payer's share, never to more kroner.
    assert (total >= -most["expected"] / citizens - 1e-4).all()
    assert (total <= most["counterfactual"] / citizens + 1e-4).all()


@given(situations())
@RELAXED
def test_state_and_municipality_share_a_benefit_between_the_lowest_and_highest_step(
    deliveries, situation
):
    delivery = with_tables(deliveries["vejle"], situation)
    found = streams.streams(delivery, REPORT)
    shares = dict(zip(PAYERS, np.moveaxis(found.shares, 1, 0), strict=True))
    for position, rule in enumerate(found.lines["refund_rule"]):
        begin = int(found.lines["from_month"].iloc[position])
        parts = {payer: share[position, begin:] for payer, share in shares.items()}
        if pd.isna(rule):
            assert sum(parts.values()) == pytest.approx(1)
            continue
        assert parts["state"] + parts["municipality"] == pytest.approx(1)
        assert not parts["region"].any()
        assert not parts["other"].any()
        steps = [s for period in delivery.refund_rules.periods[rule] for _, _, s in period.steps]
        assert (parts["state"] >= min(steps) - 1e-12).all()
        assert (parts["state"] <= max(steps) + 1e-12).all()


@given(st.sampled_from(RULES), st.integers(0, 2000), st.integers(1, 2000))
def test_the_mean_share_over_some_weeks_lies_between_the_steps(deliveries, rule, since, length):
    for period in deliveries["vejle"].refund_rules.periods[rule]:
        shares = [share for _, _, share in period.steps]
        found = period.state_share(since / 10, (since + length) / 10)
        assert min(shares) - 1e-9 <= found <= max(shares) + 1e-9


@given(situations(), st.integers(1, 100))
@RELAXED
def test_more_weeks_before_never_raise_what_the_state_pays_under_the_ladder(
    deliveries, situation, more
):
    # Since 2016 the share only falls with the weeks; the trajectories begin in 2016 or later.
    late = situation["cases"].assign(start_date=pd.Timestamp("2016-01-01"))
    before = situation["selected"]
    longer = before.assign(benefit_weeks_before=before["benefit_weeks_before"].fillna(0) + more)
    one, other = (
        gains.scenario_cost(
            with_tables(deliveries["vejle"], situation, cases=late, selected=selected)
        ).frame
        for selected in (before, longer)
    )
    is_state = one["category"] == "state"
    assert (other.loc[is_state, "value"] <= one.loc[is_state, "value"] + 1e-6).all()
