"""The published site in a real browser: every page, both modes, wide and narrow."""

import re
from pathlib import Path
from urllib.parse import quote, unquote, urldefrag, urljoin

import pytest
from lxml import html as parser

from tests.site.in_page import wait_until


def test_every_link_and_anchor_leads_somewhere(site, pages):
    trees = {path: parser.parse(str(site / path)) for path in pages}
    ids = {path: set(tree.xpath("//@id")) for path, tree in trees.items()}
    broken = []
    for path, tree in trees.items():
        for link in tree.xpath("//@href | //@src"):
            if re.match(r"(https?|mailto|data):", link):
                continue
            target, anchor = urldefrag(urljoin(path, unquote(link)))
            target = target.split("?")[0].removeprefix("/") or path
            is_there = (site / target).is_file()
            is_aimed = not anchor or target not in ids or anchor in ids[target]
            if not (is_there and is_aimed):
                broken.append((path, link))
    assert broken == []


def test_no_page_uses_an_id_twice(site, pages):
    doubled = {}
    for path in pages:
        ids = parser.parse(str(site / path)).xpath("//@id")
        if twice := {one for one in ids if ids.count(one) > 1}:
            doubled[path] = twice
    assert doubled == {}


def test_every_page_is_danish_has_one_title_and_its_own_name(site, pages):
    names = []
    for path in pages:
        tree = parser.parse(str(site / path))
        assert tree.getroot().get("lang") == "da", path
        assert len(tree.xpath("//h1")) == 1, path
        names.append(tree.findtext(".//title"))
    assert len(set(names)) == len(names)


ENGLISH = (
    "Skip to",
    "Search this book",
    "Show code",
    "Next",
    "Previous",
    "Contents",
    "On this page",
    "Toggle",
    "Download",
    "Print",
    "Copyright",
)


def test_the_interface_is_danish(visit):
    page = visit("kommuner/vejle/borgerne.html")
    text = page.evaluate(
        "document.body.innerText + [...document.querySelectorAll('[aria-label],[title]')]"
        ".map(e => e.ariaLabel + ' ' + e.title).join(' ')"
    )
    assert [word for word in ENGLISH if word in text] == []


@pytest.mark.parametrize(
    ("width", "shown", "hidden"), [(1280, "wide", "narrow"), (360, "narrow", "wide")]
)
def test_a_chart_is_drawn_for_the_width_of_the_page(visit, width, shown, hidden):
    page = visit("kommuner/vejle/udbytte.html", width)
    assert page.locator(f".fs-{shown}").first.is_visible()
    assert not page.locator(f".fs-{hidden}").first.is_visible()


def test_a_reader_can_open_the_numbers_and_fetch_them(visit):
    page = visit("kommuner/rudersdal/borgerne.html")
    figure = page.locator("#figur-koen")
    figure.locator("summary").click()
    assert "6 af 11" in figure.locator("table").inner_text()
    with page.expect_download() as waiting:
        figure.locator("a.fs-download[href$='.csv']").click()
    text = Path(waiting.value.path()).read_text(encoding="utf-8-sig")
    assert "Kvinde;6;11" in text


def found_by(visit, words):
    page = visit(f"search.html?q={quote(words)}")
    page.locator("#search-results .search-summary").wait_for()
    wait_until(page, "!document.querySelector('#search-results h2').innerText.endsWith('.')")
    titles = page.locator("#search-results li > a").all_inner_texts()
    assert page.faults == []
    page.close()
    return [title for title in titles if " > " not in title]  # those are found by their letters


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("sagsbehandler", "sagsbehandleren"),
        ("sagsbehandler", "sagsbehandlernes"),
        ("støttebehov", "støttebehovene"),
        ("borger", "borgerne"),
        ("udgift", "udgifter"),
        ("økonomi", "økonomien"),
    ],
)
def test_the_search_finds_a_danish_word_in_another_form(visit, word, form):
    found = found_by(visit, word)
    assert len(found) >= 3
    assert set(found_by(visit, form)) == set(found)


@pytest.mark.parametrize(
    ("word", "typed"), [("støttebehov", "stoettebehov"), ("målgruppe", "maalgruppe")]
)
def test_the_search_finds_danish_letters_that_a_keyboard_lacks(visit, word, typed):
    assert set(found_by(visit, typed)) == set(found_by(visit, word)) != set()


def test_the_reader_can_choose_dark_and_it_is_remembered(visit):
    page = visit("index.html")
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("button", name=re.compile("mørk", re.IGNORECASE)).click()
    after = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert after != before
    page.reload()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == after


def test_the_keyboard_reaches_the_content_first(visit):
    page = visit("kommuner/vejle/profil.html")
    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.getAttribute('href') || ''")
    assert focused.startswith("#")
    assert page.locator(focused).count() == 1


def test_the_contents_unfold_the_municipality_one_is_in(visit):
    page = visit("kommuner/vejle/profil.html")
    text = page.locator("nav").first.inner_text() + page.locator("aside, nav").nth(1).inner_text()
    assert "Udbytte i Vejle" in text
    assert "Udbytte i Aarhus" not in text


ADDRESSES = [
    "sammenligning.html#figur-figur-11-nettogevinst",
    "kommuner/aarhus/oekonomi.html#figur-foelsomhed",
    "kommuner/aarhus/oekonomi.html#det-der-ikke-er-sat-i-kroner",
    "kommuner/vejle/borgerne.html#figur-forsoergelse",
]
# Where the target stands when it has stood still for half a second of frames.
SETTLED = """() => new Promise((done) => {
  let last = null, still = 0;
  const look = () => {
    const top = document.querySelector(":target")?.getBoundingClientRect().top ?? null;
    still = top === last ? still + 1 : 0;
    last = top;
    if (still > 30) done(top);
    else requestAnimationFrame(look);
  };
  look();
})"""


@pytest.mark.parametrize("width", [1280, 360])
def test_the_address_of_a_figure_leads_to_it(chromium, address, width):
    """Also for those who have not asked for rest."""
    context = chromium.new_context(viewport={"width": width, "height": 800})
    places = {}
    for path in ADDRESSES:
        page = context.new_page()
        page.goto(f"{address}/{path}", wait_until="load")
        places[path] = page.evaluate(SETTLED)
        page.close()
    context.close()
    assert {path: top for path, top in places.items() if top is None or not -1 <= top <= 100} == {}
