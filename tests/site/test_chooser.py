"""The comparison that the reader chooses, in a real browser and held against the package."""

import re

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe

from fremskudt.analysis.funnel import LEVELS, standing
from fremskudt.analysis.intervals import wilson
from fremskudt.presentation.chooser import CHOICES, beyond
from fremskudt.presentation.numbers import number
from tests.site.in_page import AXE_RULES

PAGE = "sammenlign-selv.html"
NAMES = ["Aarhus", "Gladsaxe", "Rudersdal", "Vejle"]
READ = """[...document.querySelectorAll('.fs-choose-result tbody tr')].map(row =>
  [...row.children].map(cell => cell.textContent))"""


@pytest.fixture
def open_chooser(visit):
    def visit_page(*arguments, **options):
        page = visit(PAGE, *arguments, **options)
        assert page.locator(".fs-chooser").count() == 1
        return page

    return visit_page


def choose(page, **wanted):
    for name, value in wanted.items():
        page.select_option(f"select[data-choose={name}]", value)


def tables(page):
    """The plain tables of the page: measure → phase → municipality → its text."""
    found = {}
    for figure in page.locator("figure.fs-choice").all():
        heads = figure.locator("thead th").all_text_contents()[1:-1]
        for row in figure.locator("tbody tr").all():
            name = row.locator("th").text_content()
            for head, cell in zip(heads, row.locator("td").all_text_contents(), strict=False):
                found.setdefault(figure.locator(".fs-title").text_content(), {}).setdefault(
                    head, {}
                )[name] = cell
    return found


def counted(text):
    match = re.match(r"(\d+) af (\d+)", text)
    return match and tuple(map(int, match.groups()))


def test_every_choice_shows_the_numbers_of_the_tables_and_the_packages_limits(open_chooser):
    page = open_chooser()
    expected = tables(page)
    assert list(expected) == [one.title for one in CHOICES]
    for title, phases in expected.items():
        page.select_option("select[data-choose=measure]", label=title)
        options = page.locator("select[data-choose=phase] option").all_text_contents()
        assert options == list(phases)
        for phase, places in phases.items():
            page.select_option("select[data-choose=phase]", label=phase)
            pairs = {name: pair for name, text in places.items() if (pair := counted(text))}
            common = sum(a for a, _ in pairs.values()) / sum(b for _, b in pairs.values())
            rows = page.evaluate(READ)
            assert [row[0] for row in rows] == [name for name in NAMES if name in pairs]
            for name, share, _, interval, stands in rows:
                count, n = pairs[name]
                assert share == places[name].split(")")[0].strip() + ")"
                low, high = wilson(np.array(count), np.array(n))
                ends = f"{number(100 * float(low))}–{number(100 * float(high))}"
                assert interval == f"{ends}\N{NO-BREAK SPACE}%"
                level = standing(count, n, common)
                assert stands == (beyond(level) if level else "inden for grænserne")
    assert page.faults == []


def test_the_funnels_limits_are_the_packages_for_large_and_for_few(open_chooser):
    cells = [(60, 100), (61, 100), (75, 100), (5, 6), (1, 6), (0, 7), (900, 1400), (311, 700)]
    rows = "".join(
        f"<tr><th>By {place}</th>{f'<td>{a} af {b}</td>' * 2}<td>Registreret</td></tr>"
        for place, (a, b) in enumerate(cells)
    ).replace("1400", "1.400")

    def with_other_rows(route):
        text = route.fetch().text()
        head, rest = text.split('id="figur-valg-trivsel"', 1)
        table = re.sub(r"<tbody>.*?</tbody>", f"<tbody>{rows}</tbody>", rest, count=1, flags=re.S)
        body = f'{head}id="figur-valg-trivsel"{table}'
        route.fulfill(body=body, content_type="text/html; charset=utf-8")

    page = open_chooser()
    page.route(f"**/{PAGE}", with_other_rows)
    page.reload()
    common = sum(a for a, _ in cells) / sum(b for _, b in cells)
    levels = [standing(a, b, common) for a, b in cells]
    assert set(levels) == {0.0, *LEVELS}
    said = [row[-1] for row in page.evaluate(READ)]
    assert said == [beyond(level) if level else "inden for grænserne" for level in levels]


def test_the_order_is_alphabetical_until_another_is_asked_for_and_then_has_a_caveat(open_chooser):
    page = open_chooser()
    caveat = page.locator(".fs-choose-result aside")
    assert not caveat.is_visible()
    choose(page, order="value")
    assert "ikke en rangliste" in caveat.inner_text()
    shares = [counted(row[1]) for row in page.evaluate(READ)]
    assert shares == sorted(shares, key=lambda pair: -pair[0] / pair[1])
    status = page.locator(".fs-chooser > [role=status]", has_text="ikke en rangliste")
    status.wait_for(state="attached")
    choose(page, order="name")
    assert not caveat.is_visible()
    assert [row[0] for row in page.evaluate(READ)] == NAMES


def test_the_keyboard_alone_chooses_municipalities_and_none_is_told(open_chooser):
    page = open_chooser()
    page.locator("select[data-choose=order]").focus()
    for _ in range(3):
        page.keyboard.press("Tab")
    for _ in NAMES:
        assert page.evaluate("document.activeElement.type") == "checkbox"
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
    assert "0 af 4" in page.locator(".fs-choose-count").inner_text()
    assert "Vælg mindst én kommune" in page.locator(".fs-choose-hidden").inner_text()
    assert not page.locator(".fs-choose-result table").is_visible()
    page.locator("button[data-choose=all]").press("Enter")
    assert [row[0] for row in page.evaluate(READ)] == NAMES


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("view", ["shares", "funnel"])
def test_both_views_are_accessible_and_fit_a_phone(open_chooser, view, width, mode):
    page = open_chooser(width, mode)
    choose(page, view=view, order="value")
    assert page.locator(".fs-choose-picture svg[role=img]").count() == (view == "funnel")
    found = Axe().run(page, options=AXE_RULES).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"][:120]) for v in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.faults == []
    names = page.locator(".fs-choose-picture svg > text[paint-order]").all()
    boxes = [one.bounding_box() for one in names]
    for place, one in enumerate(boxes):
        for other in boxes[:place]:
            apart = one["y"] + 14 <= other["y"] + 1 or other["y"] + 14 <= one["y"] + 1
            beside = (
                one["x"] + one["width"] <= other["x"] or other["x"] + other["width"] <= one["x"]
            )
            assert apart or beside


def test_without_a_script_all_numbers_are_plain_tables(open_chooser):
    page = open_chooser(scripts=False)
    assert not page.locator(".fs-choose-inputs").is_visible()
    assert page.locator(".fs-choose-static").is_visible()
    found = tables(page)
    assert sum(len(phases) for phases in found.values()) == 12  # 3 of 2 phases and 2 of 3
    assert all(list(places) == NAMES for phases in found.values() for places in phases.values())
