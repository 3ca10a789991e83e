"""The calculator in a real browser, held against the package to the krone."""

import random
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from lxml import html as parser

from fremskudt.analysis.economics.administration import administrative_cost
from fremskudt.analysis.economics.calculator import calculated_gain
from fremskudt.analysis.economics.calculator import calculator as calculate
from fremskudt.contract.delivery import load_delivery
from fremskudt.disclosure import publish
from fremskudt.presentation.calculator import break_even, calculator, gains, verdict
from fremskudt.presentation.numbers import MINUS, kroner
from fremskudt.workspace import HANDBOOK
from tests.conftest import FOUR
from tests.site.in_page import AXE_RULES, wait_until

KEYS = ("cases", "cost", "strength", "rate")


@pytest.fixture(scope="module")
def published(deliveries):
    """The published table of each municipality, by slug."""
    return {slug: publish(calculate(deliveries[slug])) for slug in FOUR}


@pytest.fixture
def open_calculator(visit):
    """Visit a municipality's economics page: open_calculator(slug, …) is the page."""

    def visit_page(slug, *arguments, **options):
        page = visit(f"kommuner/{slug}/oekonomi.html", *arguments, **options)
        assert page.locator(".fs-calculator").count() == 1, "the page has no calculator"
        return page

    return visit_page


def field(page, key):
    return page.locator(f"[data-entry={key}] input[type=text]")


def slider(page, key):
    return page.locator(f"[data-entry={key}] input[type=range]")


def enter(page, **typed):
    """Type into fields, and leave each with Enter."""
    for key, text in typed.items():
        field(page, key).fill(text)
        field(page, key).press("Enter")


def state(page):
    """The numbers that the fields show, as numbers."""
    texts = [field(page, key).input_value() for key in KEYS]
    return [float(text.replace(".", "").replace(",", ".")) for text in texts]


def message(page, key):
    return page.locator(f"[data-entry={key}] .fs-calc-error").inner_text()


def said(page, name):
    return page.locator(f"[data-say={name}]").all_text_contents()


def assert_right(page, table):
    """Everything on the page is what the package says for the numbers in the fields."""
    cases, cost, strength, rate = state(page)
    for name, number in (("all", cases), ("each", 1)):
        expected = calculated_gain(table.frame, number, cost, strength / 100, rate / 100)
        assert said(page, name) == [kroner(value) for value in expected], state(page)
    assert said(page, "verdict") == [verdict(gains(table, *state(page)), cases)]
    assert said(page, "zero") == [break_even(table, cost, rate)]


@pytest.mark.parametrize("slug", FOUR)
def test_the_numbers_are_the_packages_to_the_krone_whatever_is_typed(
    open_calculator, published, slug
):
    page = open_calculator(slug)
    assert_right(page, published[slug])
    top = {key: int(slider(page, key).get_attribute("max")) for key in ("cases", "cost")}
    draw = random.Random(slug)  # noqa: S311 - a fixed draw for a test
    corners = [("1", "0", "0", "0"), (str(top["cases"]), str(top["cost"]), "100", "6")]
    drawn = [
        (
            str(draw.randint(1, top["cases"])),
            str(draw.randint(0, top["cost"])),
            str(draw.randint(0, 100)),
            f"{draw.randint(0, 12) / 2}".replace(".", ","),
        )
        for _ in range(25)
    ]
    for typed in [*corners, *drawn]:
        enter(page, **dict(zip(KEYS, typed, strict=True)))
        assert state(page) == [float(text.replace(",", ".")) for text in typed]
        assert_right(page, published[slug])
    assert page.faults == []


@pytest.mark.parametrize("slug", FOUR)
def test_the_sliders_follow_the_keyboard_and_the_fields_follow_the_sliders(
    open_calculator, published, slug
):
    page = open_calculator(slug)
    _, cost, _, _ = state(page)
    for key, keys in {
        "cases": ["Home", *["ArrowRight"] * 3],
        "strength": ["ArrowLeft"] * 7,
        "rate": ["End", "ArrowLeft"],
    }.items():
        slider(page, key).focus()
        for name in keys:
            page.keyboard.press(name)
        assert_right(page, published[slug])
    assert state(page) == [4, cost, 93, 5.5]
    assert slider(page, "rate").get_attribute("aria-valuetext") == "5,5\N{NO-BREAK SPACE}%"
    slider(page, "cost").focus()
    page.keyboard.press("ArrowRight")
    assert state(page)[1] > cost
    assert_right(page, published[slug])


def test_every_control_is_reached_by_the_tab_key_in_the_order_of_the_page(open_calculator):
    page = open_calculator("vejle")
    field(page, "cases").focus()
    reached = []
    for _ in range(10):
        reached.append(
            page.evaluate(
                "[document.activeElement.closest('[data-entry]')?.dataset.entry,"
                "document.activeElement.type].join(' ')"
            )
        )
        page.keyboard.press("Tab")
    assert reached == [f"{key} {kind}" for key in KEYS for kind in ("text", "range")] + [
        " button",
        " button",
    ]


def test_the_reader_comes_back_to_the_municipalitys_own_numbers(open_calculator, published):
    page = open_calculator("gladsaxe")
    own, text = state(page), page.locator(".fs-calculator").inner_text()
    enter(page, cases="7", cost="9.999", strength="12", rate="0,5")
    assert state(page) != own
    page.get_by_role("button", name="Tilbage til kapitlets tal").click()
    assert state(page) == own
    assert page.locator(".fs-calculator").inner_text() == text
    assert_right(page, published["gladsaxe"])


def test_the_reports_way_of_calculating_takes_the_reports_cases_and_cost(
    open_calculator, published
):
    page = open_calculator("gladsaxe")
    own = state(page)
    enter(page, cases="7", cost="5000", strength="12")
    page.get_by_role("button", name="Som rapporten regner").click()
    assert state(page) == [*own[:2], 100, 0]
    assert_right(page, published["gladsaxe"])


def test_a_negative_result_is_said_as_plainly_and_shown_by_more_than_colour(
    open_calculator, published
):
    page = open_calculator("aarhus")
    enter(page, strength="20")
    assert_right(page, published["aarhus"])
    total = page.locator("[data-payer=total]")
    assert total.locator("[data-say=all]").inner_text().startswith(MINUS)
    assert total.locator("[data-say=sign]").text_content() == "merudgift"
    assert re.search(r"er der en beregnet merudgift på [\d.]+\skr\.", said(page, "verdict")[0])
    bar = total.locator(".fs-calc-fill").bounding_box()
    zero = page.locator("[data-payer=other] .fs-calc-fill").bounding_box()["x"]
    assert bar["x"] + bar["width"] == pytest.approx(zero, abs=2)


@pytest.mark.parametrize(
    ("key", "typed", "kept"),
    [
        ("cases", "", 130),
        ("cases", "mange", 130),
        ("cases", "1e9", 130),
        ("cases", "NaN", 130),
        ("cases", "1.0.0", 130),
        ("cases", "0", 1),
        ("cases", "-5", 1),
        ("cases", "9" * 400, 1000),
        ("cases", "12,7", 13),
        ("cost", "Infinity", 3056),
        ("cost", "−1", 0),
        ("cost", "1.000.000", 20000),
        ("strength", "101 %", 100),
        ("rate", "3,7", 3.5),
        ("rate", "12", 6),
    ],
)
def test_wrong_typing_is_set_right_and_said_and_never_becomes_nan(
    open_calculator, published, key, typed, kept
):
    page = open_calculator("aarhus")
    enter(page, **{key: typed})
    assert state(page)[KEYS.index(key)] == kept
    assert message(page, key).startswith("Skriv ")
    assert "Feltet har nu" in message(page, key)
    assert not re.search(r"NaN|Infinity|undefined|∞", page.locator(".fs-calculator").inner_text())
    assert_right(page, published["aarhus"])
    enter(page, **{key: "1"})
    assert message(page, key) == ""
    assert page.faults == []


@pytest.mark.parametrize(
    "typed", ["4321", "4.321", "4 321 kr.", "4.321,00", "4\N{NO-BREAK SPACE}321"]
)
def test_a_number_may_be_written_as_danes_write_it(open_calculator, typed):
    page = open_calculator("aarhus")
    enter(page, cost=typed)
    assert field(page, "cost").input_value() == "4.321"
    assert message(page, "cost") == ""


def test_a_registered_municipality_can_choose_between_its_two_rates(
    chromium, enough_behind_every_payer
):
    delivery = load_delivery(enough_behind_every_payer)
    table, admin = publish(calculate(delivery)), publish(administrative_cost(delivery))
    page = chromium.new_page()
    page.set_content(calculator(table, admin).html)
    page.add_script_tag(path=HANDBOOK / "book" / "_static" / "calculator.js")
    for typed, kept in (("1", 0), ("2", 3.5), ("0", 0)):
        enter(page, rate=typed)
        assert state(page)[3] == kept
        assert_right(page, table)
    slider(page, "rate").press("ArrowRight")
    assert state(page)[3] == 3.5
    assert_right(page, table)
    page.close()


def test_the_verdict_is_announced_once_when_the_reader_pauses(open_calculator):
    page = open_calculator("vejle")
    page.evaluate(
        """() => {
          window.heard = [];
          const status = document.querySelector('.fs-calculator [role=status]');
          new MutationObserver(() => window.heard.push(status.textContent))
            .observe(status, { childList: true, characterData: true, subtree: true });
        }"""
    )
    slider(page, "strength").focus()
    for _ in range(20):
        page.keyboard.press("ArrowLeft")
    assert page.evaluate("window.heard") == []
    wait_until(page, "window.heard.length > 0")
    page.wait_for_timeout(300)
    assert page.evaluate("window.heard") == said(page, "verdict")


def test_without_javascript_the_municipalitys_own_numbers_stand_and_no_input(
    open_calculator, published
):
    page = open_calculator("vejle", scripts=False)
    block = page.locator(".fs-calculator")
    assert block.locator("input:visible, button:visible").count() == 0
    assert block.get_by_text("JavaScript").is_visible()
    assert block.locator("table").is_visible()
    expected = calculated_gain(published["vejle"].frame, 57, 5882, 1.0, 0.035)
    assert said(page, "all") == [kroner(value) for value in expected]


def test_print_has_the_current_table_and_no_slider(open_calculator):
    page = open_calculator("vejle")
    enter(page, cases="100")
    page.emulate_media(media="print")
    assert page.locator(".fs-calculator input:visible, .fs-calculator button:visible").count() == 0
    assert page.locator(".fs-calc-table caption").inner_text().count("100\N{NO-BREAK SPACE}sager")


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_the_calculator_is_accessible_before_and_after_it_is_used(open_calculator, width, mode):
    page = open_calculator("aarhus", width, mode)
    for typed in ({}, {"strength": "20", "cases": "for mange"}):
        enter(page, **typed)
        found = Axe().run(page, ".fs-calculator", options=AXE_RULES).response["violations"]
        assert [(v["id"], v["nodes"][0]["html"][:120]) for v in found] == []
    for control in page.locator(".fs-calculator :is(input, button)").all():
        box = control.bounding_box()
        assert min(box["width"], box["height"]) >= 24
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.faults == []


def test_a_phone_keeps_the_table_a_table(open_calculator):
    tree = open_calculator("aarhus", 360).locator(".fs-calculator table").aria_snapshot()
    assert len(re.findall(r"rowheader", tree)) == 5
    assert len(re.findall(r"columnheader", tree)) == 4


def test_what_the_reader_sets_is_neither_stored_nor_sent(open_calculator):
    page = open_calculator("vejle")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    address = page.url
    enter(page, cases="9", strength="30")
    page.wait_for_timeout(1000)
    assert asked == []
    assert page.url == address
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.evaluate("document.cookie") == ""


def test_the_script_is_fetched_only_by_pages_that_hold_a_calculator(site, pages):
    for path in pages:
        tree = parser.parse(str(site / path))
        scripts = [one for one in tree.xpath("//script/@src") if one.endswith("calculator.js")]
        assert len(scripts) == bool(tree.xpath("//*[@class='fs-calculator']")), path
