"""The economics' arrays against slow loops over their definitions."""

import gc
import weakref
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fremskudt.analysis.economics import gains, sensitivity, simulation
from fremskudt.analysis.economics.assumptions import REPORT, Assumptions
from fremskudt.analysis.economics.streams import streams
from fremskudt.analysis.economics.valuation import Valuation
from fremskudt.analysis.once import once
from fremskudt.contract.constants import constant
from fremskudt.contract.refunds import day_of_month
from tests.property.test_economics_holds import (
    BENEFITS,
    FEW,
    MONTHS,
    PAYERS,
    RATES,
    RELAXED,
    situations,
    with_tables,
)


def begins_of_benefits(lines, case, scenario):
    mine = lines[(lines["case_id"] == case) & (lines["scenario"] == scenario)]
    return list(mine.loc[mine["service_code"].isin(BENEFITS), "from_month"])


def cost_by_hand(found, position, quantity, price):
    """Kroner of one line by payer, a month at a time: in how much of it is the service given?"""
    line = found.lines.iloc[position]
    begin, end = int(line["from_month"]), int(line["to_month"])
    a_month, given_in = price * quantity / (end - begin), dict.fromkeys(range(begin, end), 1.0)
    if line["unit"] in ("month", "week") and line["quantity"] > 0:
        a_month = price * line["quantity"] / (end - begin)
        lasts = quantity / line["quantity"] * (end - begin)
        latest = MONTHS
        if line["service_code"] in BENEFITS:
            others = begins_of_benefits(found.lines, line["case_id"], line["scenario"])
            latest = int(min([other for other in others if other > begin], default=MONTHS))
        given_in = {m: min(max(lasts - (m - begin), 0.0), 1.0) for m in range(begin, latest)}
    return [
        sum(
            a_month * part * found.factors[month] * found.shares[position, payer, month]
            for month, part in given_in.items()
        )
        for payer in range(len(PAYERS))
    ]


def gain_by_hand(found, quantities, prices, strengths):
    """Net gain per selected citizen by payer: citizen for citizen, need for need."""
    differences = {}
    for position, line in enumerate(found.lines.itertuples()):
        need = "livelihood" if line.service_code in BENEFITS else line.service_code
        sign = 1 if line.scenario == "counterfactual" else -1
        cost = cost_by_hand(found, position, quantities[position], prices[position])
        sums = differences.setdefault((line.case_id, need), [0.0] * len(PAYERS))
        differences[line.case_id, need] = [s + sign * c for s, c in zip(sums, cost, strict=True)]
    total = np.zeros(len(PAYERS))
    for (case, need), difference in differences.items():
        is_avoided = need == "livelihood" or sum(difference) > 0
        total += np.array(difference) * (strengths[case, need] if is_avoided else 1.0)
    return total / found.lines["case_id"].nunique()


@given(situations(), RATES, st.integers(0, 2**32 - 1))
@FEW
def test_the_valuation_of_many_draws_is_each_of_them_month_by_month(
    deliveries, situation, rate, seed
):
    found = streams(with_tables(deliveries["vejle"], situation), Assumptions(rate))
    random, draws = np.random.default_rng(seed), 3
    likely = found.lines["quantity"].to_numpy()[:, None]
    quantities = likely * random.uniform(0, 2.5, (len(likely), draws))
    prices = random.uniform(0, 9_000, (len(likely), draws))
    pairs = list(zip(found.pairs.case_ids, found.pairs.needs, strict=True))
    strengths = random.uniform(0, 1, (len(pairs), draws))
    value = Valuation(found).gains(list(quantities), list(prices), list(strengths), draws)
    for draw in range(draws):
        by_pair = dict(zip(pairs, strengths[:, draw], strict=True))
        by_hand = gain_by_hand(found, quantities[:, draw], prices[:, draw], by_pair)
        assert value[:, draw] == pytest.approx(by_hand, rel=1e-9, abs=1e-4)


@given(situations(), RATES)
@RELAXED
def test_avoided_and_added_are_summed_citizen_for_citizen_and_need_for_need(
    deliveries, situation, rate
):
    found = streams(with_tables(deliveries["vejle"], situation), Assumptions(rate))
    lines = found.lines
    strengths = {
        (case, need): 0.3
        for case in lines["case_id"]
        for need in {*lines["service_code"], "livelihood"}
    }
    by_hand = gain_by_hand(found, lines["quantity"], lines["unit_price_dkk"], strengths)
    gain = gains.gain_by_payer(found, 0.3)
    assert gain.loc[list(PAYERS)].to_numpy() == pytest.approx(by_hand, rel=1e-9, abs=1e-4)


def total_gain(delivery, assumptions):
    return gains.net_gain(delivery, assumptions).frame.set_index("category")["value"]["total"]


def test_a_price_and_the_rate_at_an_end_give_the_gain_of_that_price_and_that_rate(deliveries):
    chosen, seen = Assumptions(0.035), set()
    for delivery in deliveries.values():
        lines = delivery["trajectories"]
        for row in sensitivity.tornado(delivery, chosen).frame.itertuples():
            kind, _, service = row.category.partition(":")
            if kind == "price":
                dear = lines[f"unit_price_{row.group}_dkk"]
                is_moved = lines["service_code"] == service
                moved = lines.assign(unit_price_dkk=lines["unit_price_dkk"].mask(is_moved, dear))
                other = replace(delivery, tables={**delivery.tables, "trajectories": moved})
                expected = total_gain(other, chosen)
            elif kind == "discount_rate":
                expected = total_gain(delivery, Assumptions(constant(f"{kind}_{row.group}")))
            else:
                continue
            assert row.value == pytest.approx(expected, abs=1e-4)
            seen.add((kind, row.group))
    assert seen == {(kind, end) for kind in ("price", "discount_rate") for end in ("low", "high")}


def test_how_many_draws_are_valued_together_changes_none_of_them(deliveries, monkeypatch):
    together = simulation.simulate(deliveries["rudersdal"], draws=100).gains
    monkeypatch.setattr(simulation, "BLOCK", 7)
    assert simulation.simulate(deliveries["rudersdal"], draws=100).gains.equals(together)


@given(
    st.dates(pd.Timestamp("1999-01-01").date(), pd.Timestamp("2030-12-31").date()),
    st.integers(0, MONTHS - 1),
)
def test_the_day_of_a_month_is_so_many_calendar_months_later(start, month):
    never = pd.Timestamp("2199-12-31").date()
    found = day_of_month(pd.Timestamp(start), month, never)
    assert found == pd.Timestamp(start) + pd.DateOffset(months=month)


def test_the_day_of_a_month_is_never_later_than_the_rules_were_known():
    day = day_of_month(pd.Timestamp("2013-01-31"), 1, pd.Timestamp("2013-02-10").date())
    assert day == pd.Timestamp("2013-02-10")


def test_what_is_asked_twice_of_a_delivery_is_worked_out_once_and_goes_with_it(deliveries):
    asked = []

    @once
    def slugs(delivery, times=1):
        asked.append(times)
        return [delivery.slug] * times

    one, other = (replace(deliveries["vejle"], tables={}) for _ in range(2))
    assert slugs(one) is slugs(one)
    assert slugs(one) is not slugs(other)
    assert slugs(one, 2) == slugs(one, times=2) == ["vejle", "vejle"]
    assert asked[:3] == [1, 1, 2]
    gone = weakref.ref(one)
    del one
    gc.collect()
    assert gone() is None


def test_a_delivery_is_not_kept_by_the_economics_that_were_worked_out_for_it(deliveries):
    delivery = replace(deliveries["vejle"])
    for result in (gains.net_gain, gains.scenario_cost, sensitivity.tornado):
        result(delivery)
    streams(delivery, REPORT)
    gone = weakref.ref(delivery)
    del delivery, result
    gc.collect()
    assert gone() is None
