"""The numbers that modules 4, 5 and 6 tell are Birkelund's: counted from the files, without the
package's analyses, except for the intervals and the working days."""

import pandas as pd
import pytest

from fremskudt.analysis.deadlines import working_days_between
from fremskudt.analysis.economics.assumptions import REPORT
from fremskudt.analysis.economics.gains import avoided_and_added
from fremskudt.analysis.economics.streams import streams
from fremskudt.analysis.intervals import paired_difference, wilson
from fremskudt.contract.yaml_files import read_yaml
from fremskudt.teaching.birkelund import BIRKELUND, birkelund
from fremskudt.teaching.course import FOLDER

MODULES = {n: read_yaml((FOLDER / f"modul-{n}.yml").read_text(encoding="utf-8")) for n in (4, 5, 6)}
CHECKS = {(n, one["says"]): one for n in MODULES for one in MODULES[n]["checks"]}
MIDWAY = pd.Timestamp(2025, 3, 20)
FIRST = [f"B-{number:02d}" for number in range(1, 12)]
WITH_NEED = {"minor", "major", "dependent"}
KNOWN = {"none": 0, "minor": 1, "major": 2, "dependent": 3}


def read(name):
    frame = pd.read_csv(BIRKELUND / f"{name}.csv", dtype=str, keep_default_na=False)
    return frame.replace("", None)


@pytest.fixture(scope="module")
def cases():
    frame = read("cases").set_index("case_id")
    for column in ("known_date", "first_contact_date"):
        frame[column] = pd.to_datetime(frame[column])
    days = (frame["first_contact_date"] - frame["known_date"]).dt.days
    return frame.assign(days=days, in_time=days <= 2, is_first=frame.index.isin(FIRST))


@pytest.fixture(scope="module")
def needs():
    frame = read("registrations")
    return {
        column: frame.pivot(index="case_id", columns="phase", values=column).loc[FIRST]
        for column in ("support_home", "support_economy")
    }


@pytest.fixture(scope="module")
def meetings(cases):
    frame = read("tools").query("tool == 'coordinating_meeting'").set_index("case_id")
    held = pd.to_datetime(frame["used_date"])
    found = held[held.index.isin(FIRST)]
    return working_days_between(cases["first_contact_date"].loc[found.index], found)


def told(number, says):
    one = CHECKS[number, says]
    return one["count"], one["n"]


def within(check, count, n):
    assert (check["count"], check["n"]) == (count, n)
    lower, upper = wilson(count, n)
    assert (float(lower), float(upper)) == pytest.approx((check["lower"], check["upper"]), abs=6e-4)


def test_module_4s_table_is_the_first_eleven_cases(needs):
    (table,) = MODULES[4]["data"]["tables"]
    home, economy = needs["support_home"], needs["support_economy"]
    for case, *answers in table["rows"]:
        lying = [
            home.at[case, "1"],
            home.at[case, "3"],
            economy.at[case, "1"],
            economy.at[case, "3"],
        ]
        assert [one or None for one in answers] == [None if pd.isna(one) else one for one in lying]


def test_module_4s_counts_are_those_of_the_table(needs):
    home, economy = needs["support_home"], needs["support_economy"]
    for phase in ("1", "3"):
        little = home[phase].isin(["none", "minor"]).sum(), home[phase].notna().sum()
        assert told(4, f"Hjemme, lidt eller ingen støtte, fase {phase}") == little
    with_need, first = economy.isin(WITH_NEED).sum(), economy["1"]
    assert told(4, "Økonomi, behov i fase 1 af alle svar") == (with_need["1"], first.notna().sum())
    known = first.isin(KNOWN).sum()
    assert told(4, "Økonomi, behov i fase 1 af kendte svar") == (with_need["1"], known)
    assert told(4, "Økonomi, behov i fase 3") == (with_need["3"], economy["3"].notna().sum())


def test_module_4s_citizens_have_moved_as_it_says(needs):
    home, check = needs["support_home"], CHECKS[4, "Hjemme, samme borgere"]
    change = (home["3"].map(KNOWN) - home["1"].map(KNOWN)).dropna()
    moved = (change < 0).sum(), (change == 0).sum(), (change > 0).sum()
    assert moved == (check["improved"], check["unchanged"], check["worsened"])
    assert len(change) == check["n"]
    worked_out = paired_difference(moved[0], moved[2], len(change))
    expected = check["difference"], check["lower"], check["upper"]
    assert [float(one) for one in worked_out] == pytest.approx(expected, abs=1e-5)


def test_module_5s_two_other_citizens_cost_what_it_says():
    found = (
        avoided_and_added(streams(birkelund(), REPORT)).groupby("case_id").sum(numeric_only=True)
    )
    for case in ("B-22", "B-10"):
        check = CHECKS[5, f"{case} i Birkelunds data"]
        sums = found.loc[case, ["avoided", "added"]].round()
        assert list(sums) == [check["avoided"], check["added"]]


def test_module_6s_deadlines_before_and_after_the_change(cases):
    known = cases[cases["days"].notna()]
    for is_first, says in (
        (True, "Kontakt inden for to dage, begge datoer kendt"),
        (False, "Kontakt inden for to dage, B-12 til B-24 (begge de sene: hørt om en fredag)"),
    ):
        mine = known[known["is_first"] == is_first]
        within(CHECKS[6, says], mine["in_time"].sum(), len(mine))
    late = known[~known["in_time"]]
    is_friday = late["known_date"].dt.day_of_week == 4
    first = is_friday[late["is_first"]]
    assert told(6, "Senere end to dage, hørt om en fredag") == (first.sum(), len(first))
    assert is_friday[~late["is_first"]].all()
    for gender, word in (("man", "mænd"), ("woman", "kvinder")):
        mine = known[known["is_first"] & (known["gender"] == gender)]
        assert told(6, f"Kontakt til tiden, {word}") == (mine["in_time"].sum(), len(mine))


def test_module_6s_meetings(cases, meetings):
    check = CHECKS[6, "Koordinerende møde"]
    assert (check["count"], check["n"]) == (len(meetings), len(FIRST))
    assert check["in_time"] == (meetings <= 5).sum()
    first = cases[cases["is_first"]]
    is_older = first["age_group"] == "age_56_65"
    for older, says in ((True, "56 år og derover"), (False, "under 56 år")):
        mine = first[is_older == older].index
        expected = mine.isin(meetings.index).sum(), len(mine)
        assert told(6, f"Koordinerende møde, {says}") == expected


def test_module_6s_answers_referrers_and_tools(cases, needs):
    is_unknown = [frame["1"] == "unknown" for frame in needs.values()]
    either = (is_unknown[0] | is_unknown[1]).sum()
    assert told(6, "Mindst ét ”ved ikke” om støttebehov i fase 1") == (either, len(FIRST))
    from_schools = (cases.loc[FIRST, "referrer"] == "education").sum()
    assert told(6, "Henvist fra uddannelsessted") == (from_schools, len(FIRST))
    tools = read("tools")
    for tool, says in (("home_visit", "Møde i hjemmet"), ("mobile_office", "Mobilt kontor")):
        used = tools[tools["case_id"].isin(FIRST) & (tools["tool"] == tool)]
        assert told(6, says) == (used["case_id"].nunique(), len(FIRST))


def test_what_module_6_looks_at_had_happened_by_its_day(cases):
    assert cases.loc[FIRST, "known_date"].max() <= MIDWAY
    assert cases.loc[~cases["is_first"], "known_date"].min() > MIDWAY
    forms = read("registrations").query("phase == '1' and case_id in @FIRST")["registration_date"]
    met = read("tools").query("tool == 'coordinating_meeting' and case_id in @FIRST")["used_date"]
    assert max(pd.to_datetime(forms).max(), pd.to_datetime(met).max()) <= MIDWAY
