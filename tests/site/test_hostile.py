"""Hostile text in every field that a delivery may fill: shown as text, and nothing executes.

One site of a registered municipality is built with a payload of its own in each field that the
contract lets through, and every page that can show one is opened in a real browser.
"""

import csv
import re
import shutil
import threading
from functools import partial
from http.server import ThreadingHTTPServer

import openpyxl
import pytest
import yaml

from fremskudt import register
from fremskudt.publishing.book import compile_book
from fremskudt.publishing.running import run
from fremskudt.publishing.templates import chapters
from fremskudt.workspace import HANDBOOK, Workspace
from tests.site.conftest import Quiet
from tests.ten import read
from tests.unit.test_command_line import left_with

# Everything that one of the languages on the way to the page could act on.
PAYLOADS = (
    "<script>window.__pwned = 1</script>",
    "<img src=x onerror=window.__pwned=2>",
    "[x](javascript:window.__pwned=3)",
    "![x](https://evil.example/a.png)",
    "{raw}`<planted-x>`",
    "{{ 7 * 7 }} $\\frac{1}{2}$",
    "&lt;b&gt; &#60;i&#62;",
    '"><svg onload=window.__pwned=4>',
    "*a* **b** `c` ~~d~~ <https://evil.example>",
    "=cmd|' /C calc'!A0",
)
# The fields of municipality.yml refuse the signs of markup; what is left is this.
MILD = "javascript:alert(5) &lt;b&gt; &#60;i&#62; \"x\" 'y' # =1+1 @x https://evil.example 😀"
NAME = "Ærø-Ålborg (d'Øst), 2. del Kommune"
TRAPS = """
for (const name of ["alert", "confirm", "prompt"]) window[name] = () => { window.__pwned = name; };
"""


def planted(field: str, number: int) -> str:
    """A payload with a marker that tells which field it came from."""
    return f"plantet{field} {PAYLOADS[number % len(PAYLOADS)]} slut{field}"


def mild(field: str) -> str:
    return f"plantet{field} {MILD} slut{field}"


FACTS = {
    "detection_focus": mild("fokus"),
    "management_anchoring": mild("ledelse"),
    "physical_placement": mild("plads"),
    "source": mild("faktakilde"),
}
GROUPS = [mild("gruppea"), mild("gruppeb")]
# In the source of the index all payloads follow each other: it stands in computed Markdown.
INDEX = ["; ".join(PAYLOADS[:5]), "; ".join(PAYLOADS[5:])]


def hostile_delivery(folder) -> None:
    """Aarhus' data as a municipality's own, with five citizens behind every payer."""
    shutil.copytree(HANDBOOK / "data" / "aarhus", folder)
    path = folder / "municipality.yml"
    facts = yaml.safe_load(path.read_text(encoding="utf-8"))
    facts |= {**FACTS, "name": NAME, "short_name": NAME.removesuffix(" Kommune")}
    facts |= {"target_groups": GROUPS, "origin": "registered", "price_year": 2014}
    path.write_text(yaml.safe_dump(facts, allow_unicode=True), encoding="utf-8")
    for table, columns in (
        ("workload", ("description", "source")),
        ("selected", ("description",)),
        ("trajectories", ("source",)),
        ("origins", ("basis",)),
    ):
        rows = read(folder / f"{table}.csv")
        for number, row in enumerate(rows):
            row |= {name: planted(table + name, number) for name in columns}
            if table == "origins":
                row["origin"] = "registered"
        write(folder / f"{table}.csv", rows)
    rules = read(HANDBOOK / "data" / "reference" / "refund_rules.csv")
    for number, row in enumerate(rules):
        row |= {"source": planted("regelkilde", number), "note_da": planted("regelnote", number)}
        row["label_da"] = planted("regel", len(row["rule"]))
    write(folder / "refund_rules.csv", rules)
    prices = [
        {"year": str(year), "index": str(year - 1913), "source": text}
        for year, text in zip((2013, 2014), INDEX, strict=True)
    ]
    write(folder / "price_index.csv", prices)


def write(path, rows) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory):
    base = tmp_path_factory.mktemp("hostile")
    hostile_delivery(base / "data" / "aeroe")
    workspace = Workspace.find(base / "data", base / "out")
    slugs = register.slugs(workspace)
    run(chapters(slugs), workspace, slugs)
    return compile_book(workspace, slugs)


@pytest.fixture(scope="module")
def open_hostile(hostile_site, chromium):
    """Open a page of the hostile site; what it did is kept in `said`."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(hostile_site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    context = chromium.new_context()
    context.add_init_script(TRAPS)
    yield lambda path: opened(context, f"{address}/{path}", address)
    context.close()
    server.shutdown()


def opened(context, url, address):
    page = context.new_page()
    page.said = []
    page.on("dialog", lambda dialog: (page.said.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda r: is_expected(r.url, address) or page.said.append(r.url))
    page.on(
        "response", lambda r: r.ok or r.status == 304 or page.said.append(f"{r.status} {r.url}")
    )
    page.on("pageerror", lambda error: page.said.append(str(error)))
    page.goto(url, wait_until="load")
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    return page


def is_expected(url, address) -> bool:
    return url.startswith(("data:", "blob:")) or url.split("?")[0].startswith(address)


# Nothing of a page may have been made by planted markup.
MADE = """() => [
  ...document.querySelectorAll("planted-x, img, iframe, object, embed, [onerror], [onload]"),
  ...document.querySelectorAll("article b, article i, article del, article script:not([type])"),
  ...document.querySelectorAll("a[href^='javascript:'], [href*='evil.example'], [src*='evil']"),
].map((element) => element.outerHTML)"""


def is_harmless(page) -> None:
    assert page.evaluate("window.__pwned") is None
    assert page.evaluate(MADE) == []
    assert page.said == []


PAGES = [
    *(f"kommuner/aeroe/{name}.html" for name in ("profil", "borgerne", "roller", "udbytte")),
    "kommuner/aeroe/oekonomi.html",
    "index.html",
    "sammenligning.html",
    "sammenlign-selv.html",
    "kildeafstemning.html",
    "search.html?q=kommunen",
]


@pytest.mark.parametrize("path", PAGES)
def test_nothing_planted_executes_and_names_are_text(open_hostile, path):
    page = open_hostile(path)
    if "search" in path:
        page.locator("#search-results li").first.wait_for()
    is_harmless(page)
    if "aeroe" in path:
        name = NAME if "profil" in path else NAME.removesuffix(" Kommune")
        assert straight(name) in straight(page.locator("h1").inner_text())
        assert straight(name) in straight(page.title())
    if "kildeafstemning" not in path:
        assert straight(NAME) in straight(page.locator("body").inner_text())


def straight(text: str) -> str:
    """Typographic quotes as they were typed, and runs of space as one."""
    return " ".join(re.sub("[’‘]", "'", re.sub("[“”„]", '"', text)).split())


def test_what_the_profile_tells_of_the_model_is_shown_to_the_letter(open_hostile):
    text = straight(open_hostile("kommuner/aeroe/profil.html").locator("main").inner_text())
    for value in (*FACTS.values(), *GROUPS):
        assert straight(value) in text


def test_the_front_page_shows_the_focus_to_the_letter(open_hostile):
    page = open_hostile("index.html")
    text = straight(page.locator("main").inner_text())
    assert text.count(straight(MILD)) == 2  # in the table and on the card


def test_own_rules_and_indices_are_shown_to_the_letter(open_hostile):
    page = open_hostile("kommuner/aeroe/oekonomi.html")
    text = straight(page.locator("main").inner_text())
    rules = page.locator("#refusionsregler")
    assert "plantetregelkilde" in rules.inner_text()
    for said in rules.locator("th[scope=row], td:last-child").all_inner_texts():
        assert any(straight(payload) in straight(said) for payload in PAYLOADS), said
    for index in INDEX:
        assert straight(index) in text


LENGTHENED = """() => {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text; (text = texts.nextNode()); ) {
    if (text.parentElement.closest("svg, script")) continue;
    if (text.data.includes("Ærø")) text.data = "Å".repeat(60);
    if (text.data.includes("plantet")) text.data = "x".repeat(600);
  }
}"""


@pytest.mark.parametrize(
    "path",
    ["index.html", "sammenligning.html", "sammenlign-selv.html", "kommuner/aeroe/profil.html"],
)
def test_one_long_word_does_not_widen_a_page_on_a_phone(open_hostile, path):
    page = open_hostile(path)
    page.set_viewport_size({"width": 360, "height": 800})
    page.evaluate(LENGTHENED)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_search_for_what_was_planted_finds_its_page_and_does_no_harm(open_hostile):
    page = open_hostile("search.html?q=plantetfokus")
    page.locator("#search-results li").first.wait_for()
    assert page.locator('#search-results a[href^="kommuner/aeroe/"]').count() > 0
    is_harmless(page)


def test_a_search_field_that_holds_markup_is_text(open_hostile):
    page = open_hostile("search.html?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E%20kommune")
    page.locator("#search-results .search-summary").wait_for()
    is_harmless(page)


def test_the_planted_text_of_case_rows_is_nowhere(hostile_site):
    private = ("plantetworkload", "plantetselected", "plantettrajectories", "plantetorigins")
    found = [
        path.name
        for path in hostile_site.rglob("*")
        if path.is_file() and any(word.encode() in path.read_bytes() for word in private)
    ]
    assert found == []


@pytest.fixture(scope="module")
def hostile_report(tmp_path_factory):
    """The report on a delivery in which every kind of cell, heading and file is hostile."""
    base = tmp_path_factory.mktemp("report")
    folder = base / "data" / "aeroe"
    hostile_delivery(folder)
    roles = read(folder / "roles.csv")
    for row, payload in zip(roles, FORMULAS + PAYLOADS, strict=False):
        row["role"] = payload
    for number, row in enumerate(roles):
        row["<img src=x onerror=alert(1)>"] = PAYLOADS[number % len(PAYLOADS)]
    write(folder / "roles.csv", roles)
    tools = read(folder / "tools.csv")
    tools[0]["tool"] = "\x1b[2J\u202eexe.jpg\x07"
    write(folder / "tools.csv", tools)
    (folder / "<img src=x onerror=alert(1)>.csv").write_text("a\n1\n", encoding="utf-8")
    (folder / "b\x1b[31m\u202e.csv").write_text("a\n1\n", encoding="utf-8")
    return base


FORMULAS = ("=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "{=1+1}", "\t=1+1", "=HYPERLINK(1)")


@pytest.fixture
def report(hostile_report, capsys):
    target = hostile_report / "report"
    data = hostile_report / "data"
    code, text = left_with(["check", "--data", data, "--report", target], capsys)
    assert code == 3
    return target, text


def test_the_report_shows_all_as_text_and_asks_nobody(report, chromium):
    target, _ = report
    context = chromium.new_context()
    context.add_init_script(TRAPS)
    url = (target / "kontrol.html").as_uri()
    page = opened(context, url, url)
    is_harmless(page)
    text = page.locator("main").inner_text()
    assert "<img src=x onerror=alert(1)>.csv" in text
    assert "kolonne «<img src=x onerror=aler…»" in text
    assert "⟨U+202E⟩" in text
    assert not re.search("[\x1b\u202e]", page.content())
    context.close()


def test_the_terminal_gets_no_character_that_steers_it(report):
    _, text = report
    assert "⟨U+001B⟩[31m⟨U+202E⟩.csv" in text
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)


def test_the_workbook_of_the_report_holds_no_formula_and_no_link(report):
    target, _ = report
    book = openpyxl.load_workbook(target / "kontrol-aeroe.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert not any(cell.hyperlink for cell in cells)
    copied = [row[0].value for row in book["Roller"].iter_rows(min_row=2, max_row=8, min_col=2)]
    assert copied == [one.strip() for one in FORMULAS]
