"""The course's pages say what the modules, Birkelund's data and the program hold."""

import re

import pandas as pd
import pytest

from fremskudt.analysis.economics.gains import payer_costs
from fremskudt.contract.constants import constant
from fremskudt.contract.yaml_files import read_yaml
from fremskudt.teaching import serving
from fremskudt.teaching.answers import LETTERS
from fremskudt.teaching.birkelund import BIRKELUND, birkelund
from fremskudt.teaching.course import FOLDER
from fremskudt.teaching.faulty import faults
from fremskudt.teaching.views import faulty as faulty_view
from fremskudt.teaching.views import figures as figures_view
from fremskudt.teaching.views import keeping, timeline
from fremskudt.teaching.views import page as page_view
from fremskudt.teaching.views import room as room_view
from fremskudt.teaching.views.exercise import CHECK, SHOW
from fremskudt.workspace import HANDBOOK

NUMBERS = range(1, 7)
MODULES = {n: read_yaml((FOLDER / f"modul-{n}.yml").read_text(encoding="utf-8")) for n in NUMBERS}
CLOCK = re.compile(r"(\d+)\.(\d\d)–(\d+)\.(\d\d)")
SPAN = re.compile(r"^- (\d+)–(\d+): (.+)$", re.MULTILINE)


def page(name):
    return (HANDBOOK / "book" / f"{name}.md").read_text(encoding="utf-8")


def rows(name, caption):
    """The cells of a list-table, without its head."""
    text = page(name).split(f":::{{list-table}} {caption}")[1].split("\n:::\n")[0]
    lines = re.split(r"^\* - ", text, flags=re.MULTILINE)[2:]
    return [[cell.strip() for cell in re.split(r"^  - ", one, flags=re.MULTILINE)] for one in lines]


def minutes(row):
    hour, minute, to_hour, to_minute = map(int, CLOCK.fullmatch(row[0]).groups())
    return hour * 60 + minute, to_hour * 60 + to_minute


def number_of(link):
    found = re.search(r"kursus/modul-(\d)", link)
    return int(found[1]) if found else None


def test_the_programme_leaves_no_hole_and_gives_each_module_its_minutes():
    programme = rows("kursusdagen", "En dag fra 9.00 til 15.30")
    times = [minutes(one) for one in programme]
    assert (times[0][0], times[-1][1]) == (9 * 60, 15 * 60 + 30)
    assert [one[1] for one in times[:-1]] == [one[0] for one in times[1:]]
    given = {
        number_of(row[1]): end - begin
        for row, (begin, end) in zip(programme, times, strict=True)
        if number_of(row[1])
    }
    assert given == {n: MODULES[n]["minutes"] for n in NUMBERS}


@pytest.mark.parametrize("n", NUMBERS)
def test_a_module_is_called_by_its_title_everywhere(n):
    title = MODULES[n]["title"]
    assert f"[Modul {n}: {title}](kursus/modul-{n})" in page("kursusdagen")
    assert f"[{n}: {title}](kursus/modul-{n})" in page("kurset")
    for name in ("kursus-ark", "kursus-koereplan", "kursus-svar"):
        assert f"\n## Modul {n}: {title}\n" in page(name)


def test_the_readers_table_gives_each_module_its_minutes():
    table = rows("kurset", "Modulerne, deres længde, og hvad du kan bagefter")
    told = {number_of(row[0]): int(row[1]) for row in table}
    assert told == {n: MODULES[n]["minutes"] for n in NUMBERS}


@pytest.mark.parametrize("n", NUMBERS)
def test_a_run_sheet_fills_the_module_and_gives_each_exercise_its_minutes(n):
    """Two spans for story and example, one for each exercise in turn, and at most one to end."""
    spans = [(int(a), int(b), what) for a, b, what in SPAN.findall(MODULES[n]["trainer"])]
    assert (spans[0][0], spans[-1][1]) == (0, MODULES[n]["minutes"])
    assert [one[1] for one in spans[:-1]] == [one[0] for one in spans[1:]]
    exercises = MODULES[n]["exercises"]
    assert len(spans) - len(exercises) in (2, 3)
    for (begin, end, what), one in zip(spans[2:], exercises, strict=False):
        assert what.startswith(f"*{one['title']}*")
        assert end - begin == one["minutes"]


def test_the_half_days_add_up_and_no_module_is_longer_than_on_the_whole_day():
    table = rows("kursus-halv-dag", "Fra 9.00 til 12.30, i minutter")
    for column in (1, 2):
        given = {row[0]: int(row[column]) for row in table if row[column] != "–"}
        total = given.pop("I alt")
        assert total == 3.5 * 60 == sum(given.values())
        for name, length in given.items():
            if found := re.match(r"Modul (\d)", name):
                assert length <= MODULES[int(found[1])]["minutes"]


def test_what_the_half_days_leave_out_makes_up_for_the_minutes():
    """Whole exercises that are left out, to within five minutes: the rest is said in words."""
    text = page("kursus-halv-dag")
    table = {row[0][:7]: row[1:] for row in rows("kursus-halv-dag", "Fra 9.00 til 12.30")[1:]}
    for n, column in [(1, 0), (5, 1), (6, 1)]:
        (left_out,) = re.findall(rf"^- Modul {n}: \*([^*]+)\*\.?$", text, re.MULTILINE)
        length = {one["title"]: one["minutes"] for one in MODULES[n]["exercises"]}
        saved = MODULES[n]["minutes"] - int(table[f"Modul {n}"][column])
        assert abs(length[left_out] - saved) <= 5


def test_every_exercise_that_the_half_days_name_exists():
    known = {one["title"] for n in NUMBERS for one in MODULES[n]["exercises"]}
    named = set(re.findall(r"(?<!\*)\*([^*\n]+)\*(?!\*)", page("kursus-halv-dag")))
    assert named <= known


def test_the_buttons_the_folder_and_the_packages_are_called_as_in_the_program():
    assert f"*{CHECK}*" in page("kursusdagen")
    assert f"*{CHECK}*" in page("kurset")
    assert f"*{SHOW}*" in page("kursusdagen")
    for button in (keeping.KEEP, keeping.SEE, keeping.FETCH, keeping.CHOOSE, keeping.WORDS):
        assert f"*{button}*" in page("saml-svar")
    assert f"*{room_view.TITLE}*" in page("saml-svar")
    before = page("kursus-forberedelse")
    assert f"`{serving.HOME}`" in before
    assert f"http://{serving.LOCAL}" in before
    assert "localhost" not in before
    assert "requirements-teach.txt" in before
    assert (HANDBOOK / "requirements-teach.txt").is_file()
    assert f"give {sum(one.errors for one in faults())} fejl" in before


@pytest.mark.parametrize(
    ("n", "button"),
    [
        (3, figures_view.SHOW),
        (3, faulty_view.RUN),
        (5, timeline.SUGGEST),
        (6, page_view.KEEP),
    ],
)
def test_a_run_sheet_calls_the_buttons_as_they_are_called(n, button):
    assert f"*{button}*" in MODULES[n]["trainer"]


def test_the_file_of_answers_that_is_shown_could_be_one():
    (code,) = re.findall(r"svar-modul-1-(\w+)\.json", page("saml-svar"))
    assert len(code) == 6
    assert set(code) <= set(LETTERS)


def test_what_is_said_of_pernille_is_what_module_5_works_out():
    told, worked_out = page("kursus-svar"), MODULES[5]["data"]["suggested_costs"]
    for amount in (worked_out["gain"]["total"], worked_out["gain"]["municipality"]):
        assert f"{amount:,} kr.".replace(",", ".") in told
    assert f"{worked_out['break_even']['municipality']:.0%}".replace("%", " %") in told


def test_the_page_on_birkelund_tells_what_its_tables_hold():
    """Counted here from the files, without the package's analyses."""
    read = {
        name: pd.read_csv(BIRKELUND / f"{name}.csv", dtype=str, keep_default_na=False)
        for name in ("cases", "registrations")
    }
    cases, need = read["cases"], {"none": 0, "minor": 1, "major": 2, "dependent": 3}
    dates = cases[["known_date", "first_contact_date"]].apply(pd.to_datetime)
    days = (dates["first_contact_date"] - dates["known_date"]).dt.days
    first = cases["case_id"] <= "B-11"
    home = read["registrations"].pivot(index="case_id", columns="phase", values="support_home")
    change = (home["3"].map(need) - home["1"].map(need)).dropna()
    economy = read["registrations"].query("phase == '1'")["support_economy"]
    told = {row[0]: row[1] for row in rows("birkelund", "Opdigtede tal om de 24 sager")}

    def moved(of):
        return [(of < 0).sum(), (of == 0).sum(), (of > 0).sum(), len(of)]

    def digits(name):
        return [int(one) for one in re.findall(r"\d+", told[name])]

    assert digits("Kontakt inden for to dage") == [(days <= 2).sum(), days.notna().sum()]
    assert digits("Før og efter ændringen i marts") == [
        *((days[first] <= 2).sum(), days[first].notna().sum()),
        *((days[~first] <= 2).sum(), days[~first].notna().sum()),
    ]
    asked = read["registrations"]["phase"].value_counts()
    assert digits("Registreret ved opstart, afslutning og opfølgning") == [*asked[["1", "2", "3"]]]
    unknown = "”Ved ikke” om støtte til økonomien ved opstart"
    assert digits(unknown) == [(economy == "unknown").sum(), len(economy)]
    same = "Støtte hjemme, samme borgere fra opstart til opfølgning"
    assert digits(same) == moved(change)
    eleven = change[change.index <= "B-11"]
    assert digits("Støtte hjemme, kun de første elleve sager") == moved(eleven)


def test_the_page_on_birkelund_tells_the_three_gains_by_payer():
    costs = payer_costs(birkelund())
    gains = costs.xs("counterfactual", axis=1, level=1) - costs.xs("expected", axis=1, level=1)
    table = rows("birkelund", "Opdigtet nettogevinst for tre borgere, i kroner")
    told = [[int(one.replace("−", "-").replace(".", "")) for one in row[1:]] for row in table]
    gains = gains.loc[["B-07", "B-10", "B-22"]]
    worked_out = [*gains.T.round().astype(int).values.tolist(), [*gains.sum(axis=1).round()]]
    assert told == worked_out


def test_the_citizens_of_the_stories_are_those_of_the_data():
    """A citizen's age in module 1 lies in the age group that the delivery gives."""
    cases = birkelund()["cases"].set_index("case_id")
    for one in MODULES[1]["cases"]:
        if "becomes" in one:
            low, high = str(cases.loc[one["becomes"], "age_group"]).split("_")[1:]
            assert int(low) <= one["age"] <= int(high)


def test_few_answers_are_as_few_as_elsewhere_in_the_handbook():
    assert constant("minimum_shown") == 5
    for name in ("saml-svar", "kursus-evaluering"):
        assert "{antal}`minimum_shown`" in page(name)
