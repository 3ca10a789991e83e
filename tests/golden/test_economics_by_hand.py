"""The economics worked out by hand: small tables of a citizen or two, the working beside them.

Every expected number follows from the comment above it. Where a present value is needed, the
test adds it up month by month in plain Python; nothing expected comes out of the package.
"""

from math import inf, sqrt

import numpy as np
import pytest

from fremskudt.analysis.economics import (
    administration,
    assumptions,
    calculator,
    gains,
    sensitivity,
    simulation,
    streams,
)
from fremskudt.analysis.economics.assumptions import REPORT, Assumptions
from fremskudt.contract.constants import constant
from fremskudt.contract.delivery import load_delivery
from tests.conftest import write_rows

PAYERS = ("municipality", "region", "state", "other")
EMPTY = "-"
COLUMNS = (
    *("case_id", "scenario", "service_code", "from_month", "to_month", "quantity"),
    *("unit_price_dkk", "share_municipality", "share_region", "share_state", "share_other"),
    *("refund_rule", "confidence"),
)
SCENARIOS = {"with": "expected", "without": "counterfactual"}


def estimates(name, cell, unit=""):
    """ "4" is low, likely and high at once, "2/4/10" the three of them."""
    parts = cell.split("/")
    low, likely, high = parts if len(parts) == 3 else parts * 3
    return {f"{name}_low{unit}": low, f"{name}{unit}": likely, f"{name}_high{unit}": high}


def line_of(text, price_year):
    cells = dict(zip(COLUMNS, text.split(), strict=True))
    cells = {name: "" if cell == EMPTY else cell for name, cell in cells.items()}
    cells["scenario"] = SCENARIOS[cells["scenario"]]
    cells |= estimates("quantity", cells["quantity"])
    cells |= estimates("unit_price", cells["unit_price_dkk"], "_dkk")
    return {"price_year": price_year, **cells, "origin": "constructed", "source": ""}


@pytest.fixture
def sheet(data_copy):
    """A delivery from a table in the test: sheet(table, start=…, …).

    The table's columns are those of COLUMNS; "-" is an empty cell and "with" the expected
    trajectory. `fields` are lines of municipality.yml.
    """

    def make(table, start="2013-01-01", fields=(), weeks_before=None, years=None, index=None):
        folder = data_copy / "rudersdal"
        texts = [text for text in table.strip().splitlines() if text.strip()]
        years = years or ["2013"] * len(texts)
        lines = [line_of(text, year) for text, year in zip(texts, years, strict=True)]
        citizens = sorted({line["case_id"] for line in lines})
        write_rows(folder / "trajectories.csv", lines)
        for name in ("roles", "tools"):
            write_rows(folder / f"{name}.csv", [])
        write_rows(
            folder / "registrations.csv",
            [{"case_id": c, "phase": "1", "registration_date": start} for c in citizens],
        )
        write_rows(
            folder / "cases.csv",
            [{"case_id": c, "target_group": "young", "start_date": start} for c in citizens],
        )
        before = weeks_before or {}
        write_rows(
            folder / "selected.csv",
            [{"case_id": c, "benefit_weeks_before": before.get(c, "")} for c in citizens],
        )
        if index:
            text = "".join(f"{year},{value},Et indeks\n" for year, value in index.items())
            (folder / "price_index.csv").write_text(f"year,index,source\n{text}", encoding="utf-8")
        with (folder / "municipality.yml").open("a", encoding="utf-8") as file:
            file.write("".join(f"{field}\n" for field in fields))
        return load_delivery(folder)

    return make


def values(result, group="all"):
    frame = result.frame
    return frame[frame["group"] == group].set_index("category")["value"].to_dict()


def paid_by_state(delivery, scenario="counterfactual"):
    """Undiscounted kroner that the state and the municipality pay in a scenario."""
    found = values(gains.scenario_cost(delivery), scenario)
    return found["state"], found["municipality"]


# --- Two services over three years, refunds by the weeks on benefits -------------------------

# Cash benefit at 12,000 kr. a month, twelve months without the casework and six with it. Home
# support at 500 kr. an hour: two hours a month for two years without, three a month for three
# years with it. The benefit begins in week 0 of the ladder of 2016.
TWO_SERVICES = """
a without cash_benefit  0 12  12 12000 - - - - benefit_passive high
a without home_support  0 24  48   500 1 0 0 0 -               high
a with    cash_benefit  0  6   6 12000 - - - - benefit_passive high
a with    home_support  0 36 108   500 1 0 0 0 -               high
"""
AFTER_2016 = {"start": "2016-03-01", "fields": ["rules_known_until: 2019-12-31"]}

# A month is 52/12 = 13/3 weeks. Month 0 is weeks 0 to 4 1/3: four weeks at 80 %, a third of a
# week at 40 %, in all (3.2 + 0.13333)/4.33333 = 10/13. Months 1-5 end at week 26: 40 %. Months
# 6-11 end at week 52: 30 %. From then on 20 %.
LADDER = [10 / 13] + 5 * [0.4] + 6 * [0.3] + 24 * [0.2]


def present_value(amounts, rate):
    """Σ amount / (1 + rate)^((m + ½)/12), m = 0, 1, 2, …"""
    return sum(a / (1 + rate) ** ((m + 0.5) / 12) for m, a in enumerate(amounts))


def two_services_by_hand(rate):
    """Net gain of the municipality and the state, added up month by month."""
    gain = {"municipality": [], "state": []}
    for month, state in enumerate(LADDER):
        cash_without = 12_000 if month < 12 else 0
        cash_with = 12_000 if month < 6 else 0
        support_without = 1_000 if month < 24 else 0
        gain["state"].append((cash_without - cash_with) * state)
        gain["municipality"].append(
            (cash_without - cash_with) * (1 - state) + support_without - 1_500
        )
    return {payer: present_value(amounts, rate) for payer, amounts in gain.items()}


def test_two_services_of_a_citizen_cost_what_the_months_add_up_to(sheet):
    # Without: cash 144,000, of it the state 12,000·(10/13 + 5·0.4 + 6·0.3) = 54,830.77 and the
    # municipality 89,169.23; support 24,000. With: cash 72,000, of it the state
    # 12,000·(10/13 + 2) = 33,230.77 and the municipality 38,769.23; support 54,000.
    delivery = sheet(TWO_SERVICES, **AFTER_2016)
    cost = gains.scenario_cost(delivery, REPORT)
    assert values(cost, "counterfactual") == pytest.approx(
        {
            "municipality": 113_169.2308,
            "region": 0,
            "state": 54_830.7692,
            "other": 0,
            "total": 168_000,
        }
    )
    assert values(cost, "expected") == pytest.approx(
        {
            "municipality": 92_769.2308,
            "region": 0,
            "state": 33_230.7692,
            "other": 0,
            "total": 126_000,
        }
    )
    # The difference is cash benefit in months 6-11, 72,000 at 30 %, less 30,000 of support.
    gain = values(gains.net_gain(delivery, REPORT))
    assert gain["municipality"] == pytest.approx(20_400)
    assert gain["state"] == pytest.approx(21_600)
    assert gain["total"] == pytest.approx(42_000)


def test_two_services_of_a_citizen_discounted_month_by_month(sheet):
    delivery = sheet(TWO_SERVICES, **AFTER_2016)
    # Added up once more with thirty decimals outside of Python's floats.
    cost = gains.scenario_cost(delivery, Assumptions(0.035))
    assert values(cost, "counterfactual")["municipality"] == pytest.approx(110_715.967062476)
    assert values(cost, "counterfactual")["state"] == pytest.approx(54_028.214009706)
    assert values(cost, "expected")["municipality"] == pytest.approx(89_713.052142437)
    assert values(cost, "expected")["state"] == pytest.approx(32_978.136761396)
    for rate in (0.0, 0.035, 0.06):
        gain = values(gains.net_gain(delivery, Assumptions(rate)))
        by_hand = two_services_by_hand(rate)
        assert gain["municipality"] == pytest.approx(by_hand["municipality"])
        assert gain["state"] == pytest.approx(by_hand["state"])
        assert gain["total"] == pytest.approx(sum(by_hand.values()))


def test_a_krone_is_discounted_from_the_middle_of_its_month():
    # 1.035^−(0.5/12) = 0.998567…, 1.035^−(11.5/12) = 0.967569…, 1.035^−(35.5/12) = 0.903236….
    factors = assumptions.discount_factors(0.035)
    assert factors[[0, 11, 35]] == pytest.approx([0.99856763, 0.96756948, 0.90323647], abs=1e-8)
    assert len(factors) == 36
    assert assumptions.discount_factors(0.0).tolist() == [1.0] * 36


def test_the_handbooks_own_rate_is_three_and_a_half_per_cent():
    assert assumptions.standard().discount_rate == 0.035
    assert assumptions.standard().counterfactual_strength == 1


def test_the_gain_is_shared_among_the_selected_citizens(sheet):
    # Citizen a saves 6,000 and b 3,000: per citizen 4,500.
    delivery = sheet("""
    a without home_support 0 6 12 500 1 0 0 0 - high
    b without home_support 0 6  6 500 1 0 0 0 - high
    """)
    assert values(gains.net_gain(delivery))["municipality"] == pytest.approx(4_500)


def test_weeks_on_benefits_before_the_trajectory_count(sheet):
    # Ten months at 13,000 kr. that begin in week 20. Month 0 is weeks 20 to 24 1/3: 40 %.
    # Month 1 is weeks 24 1/3 to 28 2/3: 5/3 weeks at 40 % and 8/3 at 30 % of 13/3 = 22/65.
    # Months 2-6 end at week 50 1/3: 30 %. Month 7: 5/3 weeks at 30 % and 8/3 at 20 % = 31/130.
    # Months 8 and 9: 20 %. 13,000·(0.4 + 22/65 + 5·0.3 + 31/130 + 2·0.2)
    # = 5,200 + 4,400 + 19,500 + 3,100 + 5,200 = 37,400.
    delivery = sheet(
        "a without cash_benefit 0 10 10 13000 - - - - benefit_passive high",
        weeks_before={"a": "20"},
        **AFTER_2016,
    )
    state, municipality = paid_by_state(delivery)
    assert state == pytest.approx(37_400)
    assert municipality == pytest.approx(130_000 - 37_400)


def test_weeks_go_on_counting_when_one_benefit_follows_another(sheet):
    # Sickness benefit for six months is weeks 0-26: 10,000·(10/13 + 5·0.4) = 27,692.31. Cash
    # benefit goes on at week 26, though two months lie between: 10,000·6·0.3 = 18,000, and
    # from week 52 on 10,000·2·0.2 = 4,000.
    delivery = sheet(
        """
        a without sickness_benefit 0  6 6 10000 - - - - sickness_passive high
        a without cash_benefit     8 16 8 10000 - - - - benefit_active   high
        """,
        **AFTER_2016,
    )
    assert paid_by_state(delivery)[0] == pytest.approx(27_692.3077 + 18_000 + 4_000)


def test_weeks_of_the_other_scenario_and_of_other_citizens_do_not_count(sheet):
    # a's six months with the casework and b's six without each begin in week 0.
    delivery = sheet(
        """
        a without cash_benefit 0  6 6 10000 - - - - benefit_passive high
        a with    cash_benefit 6 12 6 10000 - - - - benefit_passive high
        b without cash_benefit 6 12 6 10000 - - - - benefit_passive high
        """,
        **AFTER_2016,
    )
    assert paid_by_state(delivery, "expected")[0] == pytest.approx(27_692.3077)
    assert paid_by_state(delivery, "counterfactual")[0] == pytest.approx(2 * 27_692.3077)


@pytest.mark.parametrize(("months", "state"), [(11, 6 * 0.2), (12, 10 / 13 + 5 * 0.4)])
def test_a_year_of_self_support_in_all_starts_the_weeks_afresh(sheet, months, state):
    # A year on cash benefit, 11 or 12 months without any benefit, six months on it again. Eleven
    # months are 47 2/3 weeks: the second spell stays at 20 %. Twelve are 52: it begins at 0.
    begin = 12 + months
    delivery = sheet(
        f"""
        a without cash_benefit 0 12 12 10000 - - - - benefit_passive high
        a without cash_benefit {begin} {begin + 6} 6 10000 - - - - benefit_passive high
        """,
        **AFTER_2016,
    )
    first = 10 / 13 + 5 * 0.4 + 6 * 0.3
    assert paid_by_state(delivery)[0] == pytest.approx(10_000 * (first + state))


def test_before_2016_sickness_benefit_counts_its_own_weeks_only(sheet):
    # Thirty weeks before the trajectory and two months on cash benefit do not count. Month 0 of
    # the sickness benefit: four weeks at 100 %, a third at 50 %: 25/26. Month 1: 11/3 weeks at
    # 50 %, 2/3 at 30 %: 61/130. Then 30 % until week 52 (ten months), then nothing.
    # 13,000·(25/26 + 61/130 + 10·0.3) = 12,500 + 6,100 + 39,000 = 57,600.
    # Cash benefit: 30 % whatever the weeks: 13,000·2·0.3 = 7,800.
    delivery = sheet(
        """
        a without cash_benefit     0  2  2 13000 - - - - benefit_passive  high
        a without sickness_benefit 2 16 14 13000 - - - - sickness_passive high
        """,
        start="2013-01-01",
        weeks_before={"a": "30"},
        fields=["rules_known_until: 2015-12-31"],
    )
    state, municipality = paid_by_state(delivery)
    assert state == pytest.approx(57_600 + 7_800)
    assert municipality == pytest.approx(16 * 13_000 - 65_400)


def test_before_2016_an_earlier_spell_of_the_same_benefit_counts(sheet):
    # Two months of sickness benefit are 8 2/3 weeks: the second spell begins above week 8.
    # 13,000·(25/26 + 61/130) = 18,600; cash 13,000·2·0.3 = 7,800; 13,000·2·0.3 = 7,800.
    delivery = sheet(
        """
        a without sickness_benefit 0 2 2 13000 - - - - sickness_passive high
        a without cash_benefit     2 4 2 13000 - - - - benefit_passive  high
        a without sickness_benefit 4 6 2 13000 - - - - sickness_passive high
        """,
        start="2013-01-01",
        fields=["rules_known_until: 2015-12-31"],
    )
    assert paid_by_state(delivery)[0] == pytest.approx(18_600 + 7_800 + 7_800)


CROSSING = "a without cash_benefit 0 9 9 10000 - - - - benefit_passive high"


@pytest.mark.parametrize(
    ("start", "until", "state"),
    [
        # Month 3 begins on 1 January 2016, in week 13: three months at 30 %, then three at 40 %
        # up to week 26 and three at 30 %: 10,000·(0.9 + 1.2 + 0.9) = 30,000.
        ("2015-10-01", "2019-12-31", 30_000),
        # A day later it still begins after New Year, and month 2 before it.
        ("2015-10-02", "2019-12-31", 30_000),
        # Month 3 begins on 31 December 2015: four months at 30 %, two at 40 %, three at 30 %.
        ("2015-09-30", "2019-12-31", 29_000),
        # When only the old rules were known, they count throughout: 10,000·9·0.3.
        ("2015-10-01", "2015-12-31", 27_000),
        # Known on New Year's Day, the new rules count from the third month on as above.
        ("2015-10-01", "2016-01-01", 30_000),
    ],
)
def test_the_rule_in_force_on_the_first_day_of_the_month_counts(sheet, start, until, state):
    delivery = sheet(CROSSING, start=start, fields=[f"rules_known_until: {until}"])
    assert paid_by_state(delivery)[0] == pytest.approx(state)


def test_rules_are_known_until_the_end_of_the_period_when_nothing_else_is_said(sheet):
    # Rudersdal's period ends on 1 September 2013: 30 % for all nine months.
    assert paid_by_state(sheet(CROSSING, start="2015-10-01"))[0] == pytest.approx(27_000)


# --- What the casework itself cost -----------------------------------------------------------


def test_rudersdals_cost_of_a_case_step_by_step_to_the_oere(deliveries):
    # 18,560 / 92,800 = 0.20. 0.20 · 544,956 = 108,991.20. · 1.05 = 114,440.76, nothing saved
    # elsewhere. / 11 = 10,403.7054…, printed as 10,404 (Rudersdal 2013, section 8).
    found = values(administration.administrative_cost(deliveries["rudersdal"]))
    assert found["own_minutes"] == 18_560
    assert found["own_fte"] == pytest.approx(0.2, abs=1e-12)
    assert found["annual_salary_dkk"] == 544_956
    assert found["overhead_share"] == 0.05
    assert round(found["own_cost"], 6) == 114_440.76
    assert found["saved_cost"] == 0
    assert round(found["net_cost"], 6) == 114_440.76
    assert found["carried_out"] == 11
    assert round(found["cost_per_case"], 2) == 10_403.71


def test_what_is_saved_elsewhere_is_taken_off(deliveries):
    # Aarhus: 47,600 + 39,331 − 9,500 − 13,000 = 64,431 minutes. 64,431/92,800 · 544,956 · 1.05
    # = 397,280.8517; / 130 = 3,056.0065.
    found = values(administration.administrative_cost(deliveries["aarhus"]))
    assert found["own_minutes"] == 86_931
    assert found["saved_minutes"] == 22_500
    assert found["net_cost"] == pytest.approx(397_280.8517, abs=1e-4)
    assert found["cost_per_case"] == pytest.approx(3_056.0066, abs=1e-4)


def test_the_cost_of_a_case_for_other_numbers_of_cases(deliveries):
    # 114,440.76 / 11 = 10,403.71; / 22 = 5,201.85; / 33 = 3,467.90; / 55 = 2,080.74.
    found = values(administration.cost_by_number_of_cases(deliveries["rudersdal"]))
    wanted = {"11": 10_403.71, "22": 5_201.85, "33": 3_467.90, "55": 2_080.74}
    assert {n: round(found[n], 2) for n in wanted} == wanted
    assert all(value * int(n) == pytest.approx(114_440.76) for n, value in found.items())


# --- What must hold for the gain to be zero --------------------------------------------------

# Municipality: avoided 120,000, added 30,000. State: avoided 10,000, added 20,000. Region:
# avoided 5,000. Others pay the same in both.
BREAK_EVEN = """
a without home_support          0 12 120 1000 1 0 0 0 - high
a with    practical_help        0 12  30 1000 1 0 0 0 - high
a without mentor                0 12  10 1000 0 0 1 0 - high
a with    activation_course     0 12  20 1000 0 0 1 0 - high
a without general_practice      0 12   5 1000 0 1 0 0 - high
a without volunteer_group       0 12   7 1000 0 0 0 1 - high
a with    volunteer_group       0 12   7 1000 0 0 0 1 - high
"""


def test_the_strength_that_makes_the_gain_zero(sheet):
    # 30,000/120,000; 20,000 > 10,000, so no strength is enough; 0/5,000; neither, so no row;
    # in total 50,000/135,000.
    found = values(sensitivity.break_even_strength(sheet(BREAK_EVEN), REPORT))
    assert found == pytest.approx(
        {"municipality": 0.25, "state": inf, "region": 0, "total": 50 / 135}
    )


def test_at_the_break_even_strength_the_gain_is_zero(sheet):
    gain = values(gains.net_gain(sheet(BREAK_EVEN), Assumptions(0.0, 0.25)))
    assert gain["municipality"] == pytest.approx(0, abs=1e-9)
    # 0.25·10,000 − 20,000 and 0.25·5,000.
    assert gain["state"] == pytest.approx(-17_500)
    assert gain["region"] == pytest.approx(1_250)


def test_in_how_many_cases_the_estimated_cost_must_be_avoided(sheet):
    # Rudersdal: 11 cases, net cost 114,440.76. Per case the municipality avoids 20,000 and the
    # region 10,000, and nothing is added: 114,440.76/20,000 and 114,440.76/30,000.
    delivery = sheet("""
    a without home_support      0 12 50  1000 1 0 0 0 - high
    a with    home_support      0 12 30  1000 1 0 0 0 - high
    a without general_practice  0 12 10  1000 0 1 0 0 - high
    a with    outreach_casework 0  3  1 10404 1 0 0 0 - high
    """)
    found = values(sensitivity.break_even_cases(delivery, REPORT))
    assert found == pytest.approx({"municipality": 5.722038, "total": 3.814692})


def test_what_is_added_in_every_case_counts_also_where_nothing_is_avoided(sheet):
    # 30,000 added by the municipality in each of 11 cases, 50,000 avoided by the region where it
    # works: (11·30,000 + 114,440.76)/50,000 = 8.8888152; the municipality avoids nothing.
    delivery = sheet("""
    a with    home_support      0 12 30  1000 1 0 0 0 - high
    a without general_practice  0 12 50  1000 0 1 0 0 - high
    """)
    found = values(sensitivity.break_even_cases(delivery, REPORT))
    assert found == pytest.approx({"municipality": inf, "total": 8.8888152})


def test_more_cases_than_there_are_cannot_pay(sheet):
    # As above with 40,000 avoided: 444,440.76/40,000 = 11.1 of 11.
    delivery = sheet("""
    a with    home_support      0 12 30  1000 1 0 0 0 - high
    a without general_practice  0 12 40  1000 0 1 0 0 - high
    """)
    assert values(sensitivity.break_even_cases(delivery, REPORT))["total"] == inf


def test_a_dearer_benefit_that_replaces_a_cheaper_one_is_no_gain_at_no_strength(sheet):
    # Cash benefit 7,000/3,000 without, student grant of 13,000 with: the swap follows the strength.
    delivery = sheet("""
    a without cash_benefit  0 12 12 10000 0.7 0 0.3 0 - high
    a with    student_grant 0 12 12 13000 0   0 1   0 - high
    """)
    nothing = values(gains.net_gain(delivery, Assumptions(0.0, 0.0)))
    half = values(gains.net_gain(delivery, Assumptions(0.0, 0.5)))
    assert nothing == pytest.approx(dict.fromkeys(nothing, 0.0))
    assert half["municipality"] == pytest.approx(42_000)
    assert half["total"] == pytest.approx(-18_000)


# --- Avoided and added, and when the money is back -------------------------------------------


def test_half_the_avoided_cost_less_all_that_is_added(sheet):
    # Home support, a: 40,000 without and 10,000 with: 30,000 avoided. b: 5,000 without and
    # 25,000 with: 20,000 added. Practical help, a: 4,000 added, and 6,000 in other months
    # avoided, so 2,000 avoided. Half: (0.5·32,000 − 20,000)/2 = −2,000; whole: 6,000.
    delivery = sheet("""
    a without home_support    0 12 40 1000 1 0 0 0 - high
    a with    home_support    0 12 10 1000 1 0 0 0 - high
    b without home_support    0 12  5 1000 1 0 0 0 - high
    b with    home_support    0 12 25 1000 1 0 0 0 - high
    a with    practical_help  0  6  4 1000 1 0 0 0 - high
    a without practical_help 12 24  6 1000 1 0 0 0 - high
    """)
    half = values(gains.net_gain(delivery, Assumptions(0.0, 0.5)))
    whole = values(gains.net_gain(delivery, Assumptions(0.0, 1.0)))
    nothing = values(gains.net_gain(delivery, Assumptions(0.0, 0.0)))
    assert half["municipality"] == pytest.approx(-2_000)
    assert whole["municipality"] == pytest.approx(6_000)
    assert nothing["municipality"] == pytest.approx(-10_000)


def test_a_payers_part_goes_with_the_need_that_is_avoided(sheet):
    # Mentor: 10,000 without, 8,000 with, so 2,000 avoided in all: the municipality's part is
    # +10,000, the state's −8,000. At half strength both are halved.
    delivery = sheet("""
    a without mentor 0 12 10 1000 1 0 0 0 - high
    a with    mentor 0 12  8 1000 0 0 1 0 - high
    """)
    found = gains.avoided_and_added(streams.streams(delivery, REPORT)).set_index("payer")
    assert found.loc["municipality", ["avoided", "added"]].tolist() == [10_000, 0]
    assert found.loc["state", ["avoided", "added"]].tolist() == [-8_000, 0]
    half = values(gains.net_gain(delivery, Assumptions(0.0, 0.5)))
    assert half["municipality"] == pytest.approx(5_000)
    assert half["state"] == pytest.approx(-4_000)


@pytest.mark.parametrize("strength", [0.0, 0.5, 1.0])
def test_a_benefit_that_another_of_the_same_size_replaces_costs_nothing_at_any_strength(
    sheet, strength
):
    # 12 months of 10,000 either way: who loses the cash benefit lives on the student grant.
    delivery = sheet("""
    a without cash_benefit  0 12 12 10000 0.7 0 0.3 0 - high
    a with    student_grant 0 12 12 10000 0   0 1   0 - high
    """)
    gain = values(gains.net_gain(delivery, Assumptions(0.0, strength)))
    assert gain["total"] == pytest.approx(0)
    assert gain["municipality"] == pytest.approx(84_000 * strength)


# The municipality pays 1,000 a month for three months, then saves 500 a month: −3,000 after
# month 3, −500 after month 8, 0 after month 9, 13,500 after month 36. The state saves 100 a
# month from the beginning. The region pays 100 a month and never gets it back. Others pay 3,500
# in the first month and save 100 a month from the second on: 0 after month 36.
PAYBACK = """
a with    home_support      0  3  3 1000 1 0 0 0 - high
a without practical_help    3 36 33  500 1 0 0 0 - high
a without mentor            0 36 36  100 0 0 1 0 - high
a with    general_practice  0 36 36  100 0 1 0 0 - high
a with    volunteer_group   0  1  1 3500 0 0 0 1 - high
a without shelter           1 36 35  100 0 0 0 1 - high
"""


def test_the_money_is_back_after_the_last_month_in_deficit(sheet):
    # In total −4,500 in month 1 (1,000 + 3,500), −900 in months 2 and 3, +600 in each later
    # month: −6,300 after month 3, 0 after 10.5 more months, so −300 after month 13 and +300
    # after month 14.
    assert values(gains.payback(sheet(PAYBACK))) == pytest.approx(
        {"municipality": 9, "state": 0, "region": inf, "other": 36, "total": 14}
    )


def test_the_cumulative_gain_month_by_month(sheet):
    result = gains.cumulative_gain(sheet(PAYBACK))
    by_hand = {"0": 0, "1": -1_000, "3": -3_000, "4": -2_500, "8": -500, "9": 0, "36": 13_500}
    for month, gain in by_hand.items():
        assert values(result, month)["municipality"] == pytest.approx(gain, abs=1e-9)
    assert set(result.frame["group"]) == {str(month) for month in range(37)}


def test_a_payer_in_deficit_at_the_end_never_has_its_money_back(sheet):
    # Ahead for a year, then behind: 12·100 − 24·100 = −1,200 after month 36.
    delivery = sheet("""
    a without home_support    0 12 12 100 1 0 0 0 - high
    a with    practical_help 12 36 24 100 1 0 0 0 - high
    """)
    assert values(gains.payback(delivery))["municipality"] == inf


def test_a_payer_with_the_same_costs_in_both_has_no_payback(sheet):
    delivery = sheet("""
    a without home_support 0 12 12 100 1 0 0 0 - high
    a with    home_support 0 12 12 100 1 0 0 0 - high
    a without mentor       0 12 12 100 0 0 1 0 - high
    """)
    assert set(values(gains.payback(delivery))) == {"state", "total"}


def test_the_gain_by_year_and_by_area(sheet):
    # Social: −3,000 in year 1, +500 in 9 months of year 1 and 12 of each later year. State
    # 1,200 a year (employment), region −1,200 (health), others −3,500 + 1,100 in year 1, then
    # 1,200 (social too).
    delivery = sheet(PAYBACK)
    by_year = gains.gain_by_year(delivery)
    assert values(by_year, "year_1") == pytest.approx(
        {"municipality": 1_500, "region": -1_200, "state": 1_200, "other": -2_400, "total": -900}
    )
    assert values(by_year, "year_3")["total"] == pytest.approx(7_200)
    by_area = gains.gain_by_area(delivery)
    assert values(by_area, "social")["municipality"] == pytest.approx(13_500)
    assert values(by_area, "social")["other"] == pytest.approx(0, abs=1e-9)
    assert values(by_area, "employment")["state"] == pytest.approx(3_600)
    assert values(by_area, "health")["region"] == pytest.approx(-3_600)
    assert "casework" not in set(by_area.frame["group"])


# --- The triangular distribution -------------------------------------------------------------


def test_the_inverse_of_the_triangular_distribution():
    # Low 2, mode 4, high 10: the mode's chance is (4 − 2)/(10 − 2) = 0.25. At a sixteenth
    # 2 + √(8·2/16) = 3; at a half 10 − √(0.5·8·6) = 10 − √24.
    found = simulation.triangular(np.array([0, 1 / 16, 0.25, 0.5, 1]), 2, 4, 10)
    assert found == pytest.approx([2, 3, 4, 10 - sqrt(24), 10])


def test_the_triangular_distribution_with_its_mode_at_an_end():
    # Mode at the high end: low + √u·(high − low), so 0.2 + 0.8·√0.25 = 0.6. At the low end:
    # high − √(1 − u)·(high − low), so 10 − 8·√0.25 = 6.
    chance = np.array([0, 0.25, 1])
    assert simulation.triangular(chance, 0.2, 1, 1) == pytest.approx([0.2, 0.6, 1])
    assert simulation.triangular(np.array([0, 0.75, 1]), 2, 2, 10) == pytest.approx([2, 6, 10])


def test_a_distribution_without_a_range_is_its_likely_value():
    assert simulation.triangular(np.array([0, 0.3, 1]), 5, 5, 5).tolist() == [5, 5, 5]


DRAWS = 200_000


def test_the_simulated_mean_of_an_added_service_is_the_triangular_mean(sheet):
    # Quantity (2, 4, 10): mean 16/3, variance (4 + 16 + 100 − 8 − 20 − 40)/18 = 52/18. At
    # 1,000 kr. the gain is −5,333.33; its standard error √(52/18)·1,000/√200,000 = 3.80. It is
    # added, so the strength of the counterfactual does not touch it.
    delivery = sheet("a with home_support 0 12 2/4/10 1000 1 0 0 0 - low")
    found = simulation.simulate(delivery, REPORT, draws=DRAWS, seed=1).gains["total"]
    error = sqrt(52 / 18) * 1_000 / sqrt(DRAWS)
    assert abs(found.mean() + 16_000 / 3) < 4 * error
    # The sample's variance has a relative standard error of about √(1.4/n): 1 % is plenty.
    assert found.var() == pytest.approx(52 / 18 * 1e6, rel=0.01)


def test_the_simulated_mean_of_an_avoided_service_takes_its_grade_into_account(sheet):
    # Strength (0.2, 1, 1) for the low grade: mean 2.2/3, variance 0.64/18, independent of the
    # quantity: mean 16/3·2.2/3 = 3.911111 thousand; E[x²] = 52/18 + (16/3)² = 94/3,
    # E[s²] = 0.64/18 + (2.2/3)² = 0.573333, variance 94/3·0.573333 − 3.911111² = 2.667654.
    delivery = sheet("a without home_support 0 12 2/4/10 1000 1 0 0 0 - low")
    found = simulation.simulate(delivery, REPORT, draws=DRAWS, seed=2).gains["total"]
    error = sqrt(2.667654) * 1_000 / sqrt(DRAWS)
    assert abs(found.mean() - 3_911.111) < 4 * error


def test_the_price_of_a_service_is_drawn_once_for_all_its_lines(sheet):
    # a and b get an hour each at (500, 1,000, 1,500) kr., and a two hours at 1,000 kr. Per
    # citizen −(price + price + 2,000)/2 = −(price + 1,000): from −2,500 to −1,500, with the
    # variance of one price, 1,000²/24. Two independent prices would give half of that.
    delivery = sheet("""
    a with home_support 0 12 1 500/1000/1500 1 0 0 0 - high
    a with mentor       0 12 2     1000      1 0 0 0 - high
    b with home_support 0 12 1 500/1000/1500 1 0 0 0 - high
    """)
    found = simulation.simulate(delivery, REPORT, draws=DRAWS, seed=3).gains["total"]
    assert found.min() >= -2_500
    assert found.max() <= -1_500
    assert found.var() == pytest.approx(1_000**2 / 24, rel=0.02)


def test_a_service_by_the_month_lasts_longer_or_shorter(sheet):
    # Added: activity centre from month 30 on, likely 3 months at 1,000 kr., high 20. It can
    # last 6 months at most, so it never costs more than 6,000. By the hour the same quantities
    # are given within the three months and cost up to 20,000.
    by_month = sheet("a with activity_centre 30 33 3/3/20 1000 1 0 0 0 - high")
    found = simulation.simulate(by_month, REPORT, draws=10_000).gains["total"]
    assert found.min() == pytest.approx(-6_000)
    assert found.max() == pytest.approx(-3_000, rel=0.01)


def test_a_service_by_the_hour_is_given_more_or_less_often(sheet):
    by_hour = sheet("a with home_support 30 33 3/3/20 1000 1 0 0 0 - high")
    found = simulation.simulate(by_hour, REPORT, draws=10_000).gains["total"]
    assert found.min() == pytest.approx(-20_000, rel=0.02)
    assert found.max() == pytest.approx(-3_000, rel=0.01)


# --- The calculator and the switches ---------------------------------------------------------


def test_the_calculators_formula(sheet):
    # Two citizens. Municipality: 60,000 avoided and 20,000 added in all, 30,000 and 10,000 per
    # citizen; the state 8,000 added, 4,000 per citizen. The casework's own line stays out.
    delivery = sheet("""
    a without home_support      0 12 60  1000 1 0 0 0 - high
    b with    home_support      0 12 20  1000 1 0 0 0 - high
    b with    mentor            0 12  8  1000 0 0 1 0 - high
    a with    outreach_casework 0  3  1 10404 1 0 0 0 - high
    b with    outreach_casework 0  3  1 10404 1 0 0 0 - high
    """)
    table = calculator.calculator(delivery).frame
    # 10 cases at 5,000 kr., everything avoided is real: 10·(30,000 − 10,000 − 5,000) = 150,000.
    full = calculator.calculated_gain(table, 10, 5_000, 1.0, 0.0)
    assert full["municipality"] == pytest.approx(150_000)
    assert full["state"] == pytest.approx(-40_000)
    assert full["region"] == 0
    assert full["total"] == pytest.approx(110_000)
    # 40 % is real: 10·(12,000 − 10,000 − 5,000) = −30,000.
    weak = calculator.calculated_gain(table, 10, 5_000, 0.4, 0.0)
    assert weak["municipality"] == pytest.approx(-30_000)
    assert weak["total"] == pytest.approx(-70_000)


def test_the_calculators_rate_is_in_avoided_and_added(sheet):
    # One month in the middle: 12,000 in month 12 is 12,000·1.05^−(12.5/12) = 11,405.4… today.
    delivery = sheet("a without home_support 12 13 12 1000 1 0 0 0 - high")
    table = calculator.calculator(delivery).frame
    value = calculator.calculated_gain(table, 3, 1_000, 1.0, 0.05)["municipality"]
    assert pytest.approx(11_405.36, abs=0.01) == 12_000 * 1.05 ** -(12.5 / 12)
    assert value == 3 * (11_405 - 1_000)  # the table holds whole kroner


def test_the_calculator_with_the_reports_cost_is_the_reports_gain(deliveries):
    # At full strength, without discounting and with 10,404 kr. a case, Rudersdal's municipality
    # gains what table 12 says: 197,674 kr. per citizen.
    table = calculator.calculator(deliveries["rudersdal"]).frame
    found = calculator.calculated_gain(table, 1, 10_404, 1.0, 0.0)
    assert round(found["municipality"], 6) == 197_674
    assert round(found["region"], 6) == 67_499
    assert round(found["total"], 6) == 197_674 + 67_499 + 3_060 - 80


def test_the_calculator_has_every_half_per_cent_from_0_to_6(deliveries):
    table = calculator.calculator(deliveries["vejle"]).frame
    rates = sorted({float(group.split(":")[1]) for group in table["group"]})
    assert rates == pytest.approx([step * 0.005 for step in range(13)])


CASH = "a without cash_benefit 0 36 36 10000 - - - - benefit_passive high"


def test_ordinary_casework_in_the_counterfactual_is_off_until_it_is_switched_on(sheet):
    # A minute costs 544,956·1.05/92,800 = 6.165989 kr.; sixty of them a month for 36 months
    # 13,318.54 kr., saved by the municipality.
    delivery = sheet(CASH)
    month = constant("ordinary_casework_minutes_per_month") * 544_956 * 1.05 / 92_800
    off = values(gains.net_gain(delivery, REPORT))
    on = values(gains.net_gain(delivery, Assumptions(0.0, has_ordinary_casework=True)))
    assert on["municipality"] - off["municipality"] == pytest.approx(36 * month)
    hour = 60 * 544_956 * 1.05 / 92_800
    assert 36 * hour == pytest.approx(13_318.5367)
    assert {p: on[p] - off[p] for p in PAYERS[1:]} == dict.fromkeys(PAYERS[1:], 0)
    discounted = Assumptions(0.035)
    with_it = Assumptions(0.035, has_ordinary_casework=True)
    moved = (
        values(gains.net_gain(delivery, with_it))["municipality"]
        - values(gains.net_gain(delivery, discounted))["municipality"]
    )
    assert moved == pytest.approx(present_value(36 * [month], 0.035))


def test_income_tax_of_the_months_without_a_benefit_is_a_gain(sheet):
    # With the casework a year on cash benefit, so 24 months' tax; without it 36 months on it.
    # SU is an income benefit too: b earns nothing in the six months of it.
    delivery = sheet("""
    a without cash_benefit   0 36 36 10000 - - - - benefit_passive high
    a with    cash_benefit   0 12 12 10000 - - - - benefit_passive high
    b without student_grant  0 36 36  5753 0 0 1 0 -               high
    b with    student_grant  6 12  6  5753 0 0 1 0 -               high
    """)
    earned = constant("earnings_dkk_per_month") * (24 + 30) / 2
    off = values(gains.net_gain(delivery, REPORT))
    on = values(gains.net_gain(delivery, Assumptions(0.0, has_taxes=True)))
    assert on["municipality"] - off["municipality"] == pytest.approx(
        earned * constant("municipal_tax_share")
    )
    assert on["state"] - off["state"] == pytest.approx(earned * constant("state_tax_share"))
    assert on["region"] == off["region"]


def test_the_choices_stand_beside_each_other(sheet):
    # The months without a benefit: 0-11 with the casework, none without it.
    delivery = sheet("""
    a without cash_benefit  0 36 36 10000 - - - - benefit_passive high
    a with    cash_benefit 12 36 24 10000 - - - - benefit_passive high
    """)
    found = sensitivity.by_assumption(delivery)
    report, discounted = values(found, "report"), values(found, "discounted")
    assert report["total"] == pytest.approx(120_000)
    assert discounted["total"] == pytest.approx(present_value(12 * [10_000], 0.035))
    tax = constant("earnings_dkk_per_month") * (
        constant("municipal_tax_share") + constant("state_tax_share")
    )
    taxes, casework = values(found, "taxes"), values(found, "ordinary_casework")
    assert taxes["total"] - discounted["total"] == pytest.approx(present_value(12 * [tax], 0.035))
    assert values(found, "all")["total"] == pytest.approx(
        taxes["total"] + casework["total"] - discounted["total"]
    )


# --- Price years -----------------------------------------------------------------------------

INDEX = {2013: 100, 2020: 117, 2026: 130}


def test_amounts_of_2013_are_turned_into_2026(sheet):
    # 130/100 = 1.3: 12,000 kr. become 15,600. The casework: 544,956·1.3 = 708,442.80, and
    # 0.20·708,442.80·1.05 = 148,772.988; / 11 = 13,524.817.
    delivery = sheet(
        "a without home_support 0 12 12 1000 1 0 0 0 - high",
        fields=["price_year: 2026"],
        index=INDEX,
    )
    assert values(gains.net_gain(delivery))["municipality"] == pytest.approx(15_600)
    cost = values(administration.administrative_cost(delivery))
    assert cost["annual_salary_dkk"] == pytest.approx(708_442.80)
    assert cost["net_cost"] == pytest.approx(148_772.988)
    assert cost["cost_per_case"] == pytest.approx(13_524.8171, abs=1e-4)


def test_lines_of_different_price_years_meet_in_the_chosen_one(sheet):
    # 1,000·12·130/100 + 1,170·6·130/117 − 100·6 = 15,600 + 7,800 − 600 = 22,800.
    delivery = sheet(
        """
        a without home_support   0 12 12 1000 1 0 0 0 - high
        a without practical_help 0  6  6 1170 1 0 0 0 - high
        a with    companion      0  6  6  100 1 0 0 0 - high
        """,
        fields=["price_year: 2026"],
        years=["2013", "2020", "2026"],
        index=INDEX,
    )
    assert values(gains.net_gain(delivery))["municipality"] == pytest.approx(22_800)


def test_low_and_high_prices_follow_the_index_too(sheet):
    # 10 hours at 1,300 to 1,950 kr. instead of 1,000 to 1,500.
    delivery = sheet(
        "a with home_support 0 12 10 1000/1000/1500 1 0 0 0 - high",
        fields=["price_year: 2026"],
        index=INDEX,
    )
    found = simulation.simulate(delivery, REPORT, draws=10_000).gains["total"]
    assert found.max() == pytest.approx(-13_000, rel=0.001)
    assert found.min() == pytest.approx(-19_500, rel=0.01)


def test_what_the_handbook_adds_follows_the_index_too(sheet):
    # The constants are in prices of 2013: a month of ordinary casework becomes 1.3 times as
    # dear, and so does the income tax.
    delivery = sheet(
        "a without cash_benefit 0 36 36 10000 - - - - benefit_passive high\n"
        "a with    cash_benefit 0 12 12 10000 - - - - benefit_passive high",
        fields=["price_year: 2026"],
        index=INDEX,
    )
    off = values(gains.net_gain(delivery, REPORT))["total"]
    casework = values(gains.net_gain(delivery, Assumptions(0.0, has_ordinary_casework=True)))
    month = constant("ordinary_casework_minutes_per_month") * 544_956 * 1.05 / 92_800
    assert casework["total"] - off == pytest.approx(1.3 * 36 * month)
    taxed = values(gains.net_gain(delivery, Assumptions(0.0, has_taxes=True)))
    tax = constant("earnings_dkk_per_month") * (
        constant("municipal_tax_share") + constant("state_tax_share")
    )
    assert taxed["total"] - off == pytest.approx(1.3 * 24 * tax)


# --- What the reports print ------------------------------------------------------------------


def test_rudersdal_saves_what_the_report_of_2013_says(deliveries):
    # "en samlet gevinst på 27 %", "ca. 40 % mindre udgift" for the municipality, "18 %" for the
    # region (Rudersdal 2013, section 8).
    found = values(gains.saving_share(deliveries["rudersdal"], REPORT))
    assert round(100 * found["total"]) == 27
    assert round(100 * found["municipality"]) == 40
    assert round(100 * found["region"]) == 18


def test_in_all_four_municipalities_the_casework_saves_money_in_total(deliveries):
    # "i alle 4 kommuner er en samlet gevinst" (main report 2.3, figure 9), the largest in
    # Rudersdal (figure 11).
    total = {s: values(gains.net_gain(d, REPORT))["total"] for s, d in deliveries.items()}
    assert min(total.values()) > 0
    assert max(total, key=total.get) == "rudersdal"
