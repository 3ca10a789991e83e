"""Text from a delivery: what is refused, with which message, and how the rest is made safe."""

import re

import pytest
from lxml import etree
from markdown_it import MarkdownIt

from fremskudt.contract.characters import unfit, visible
from fremskudt.contract.names import is_name
from fremskudt.contract.problems import Problem
from fremskudt.presentation.blocks import Marked, cell_html
from fremskudt.presentation.drawing import Drawing, Layer, Look, Words
from fremskudt.presentation.numbers_file import neutral
from fremskudt.presentation.svg import svg
from fremskudt.presentation.text import safe_html, safe_markdown
from tests.unit.test_bad_deliveries import problems as messages
from tests.unit.test_command_line import left_with

NAMES = [
    "Lyngby-Taarbæk Kommune",
    "Høje-Taastrup",
    "Ærø",
    "Fanø",
    "Nordfyns",
    "Københavns Kommune",
    "Aarhus' Kommune",
    "Bornholm (regionskommune)",
    "2. del",
]


def test_names_of_municipalities_are_names():
    assert [name for name in NAMES if not is_name(name)] == ["2. del"]


MARKUP = [
    "<script>alert(1)</script>",
    "A<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "A{raw}`<b>`",
    "A ```{code-cell}",
    "A $x$",
    "{{ 7*7 }}",
    "A &lt;b&gt;",
    "=cmd|' /C calc'!A0",
    "+1",
    "-2",
    "@SUM(A1)",
    "../../etc",
    "/etc/passwd",
    "C:\\Windows",
    "A😀",
    "О" + "dense",  # a Cyrillic letter
    "אב",
    "A\u202eB",
    "A\x1b[31m",
    "A\x00",
    "A\nB",
    "A\ud800",
    "A" * 61,
    "   ",
    "",
]


@pytest.mark.parametrize("name", MARKUP)
def test_a_name_with_anything_else_in_it_is_no_name(name):
    assert not is_name(name)


@pytest.fixture
def folder(data_copy):
    return data_copy / "rudersdal"


def with_field(folder, field, written):
    """The messages about municipality.yml when a field is written so."""
    path = folder / "municipality.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(rf"(?m)^{field}: .*$", lambda _: f"{field}: {written}", text), "utf-8")
    return [one for one in messages(folder) if "municipality.yml" in one]


@pytest.mark.parametrize(
    ("field", "written", "expected"),
    [
        ("name", '"<b>By</b>"', "et navn på højst 60 tegn"),
        ("name", '"../By"', "et navn på højst 60 tegn"),
        ("short_name", '"A\\u202eB"', "Fundet: «A⟨U+202E⟩B»"),
        ("short_name", '"A\\ud800"', "Fundet: «A⟨U+D800⟩»"),
        ("name", '"By\\nlinje to"', "et navn på højst 60 tegn"),
        ("name", f'"{"A" * 200}"', "et navn på højst 60 tegn"),
        ("short_name", f'"{"A" * 31}"', "et navn på højst 30 tegn"),
        ("detection_focus", '"a\\x1b[2Jb"', "Fundet: «a⟨U+001B⟩[2Jb»"),
        ("detection_focus", '"a\\u2066b"', "tekst på én linje"),
        ("detection_focus", '"   "', "tekst på én linje"),
        ("detection_focus", '"{{ x }}"', "uden tegnene"),
        ("source", '"a\\nb"', "tekst på én linje"),
        ("caseworkers", "1" + 30 * "0", "et helt tal over 0 og højst 100.000"),
        ("carried_out_cases", "0", "et helt tal over 0 og højst 100.000"),
    ],
)
def test_a_hostile_field_of_the_municipality_is_refused(folder, field, written, expected):
    (found,) = with_field(folder, field, written)
    assert f"felt «{field}»: ugyldig værdi" in found
    assert expected in found
    assert visible(found) == found


def test_a_name_written_with_loose_accents_and_invisible_signs_is_the_name(folder):
    assert with_field(folder, "short_name", '"A\u030aben\u00adra\u200b"') == []


def test_a_long_name_needs_a_short_one(folder):
    path = folder / "municipality.yml"
    text = path.read_text(encoding="utf-8").replace("short_name: Rudersdal\n", "")
    path.write_text(
        text.replace("Rudersdal Kommune", "Samarbejdet om Rudersdal og Furesø"), "utf-8"
    )
    (found,) = messages(folder)
    assert "«short_name»: feltet mangler, for navnet er for langt til figurerne" in found


@pytest.mark.parametrize(
    "text", ["a: &a [x, x]\nname: *a\n", "name: " + "[" * 5000, "name: !!python/name:os.system x"]
)
def test_yaml_that_grows_or_runs_cannot_be_read(folder, text):
    (folder / "municipality.yml").write_text(text, encoding="utf-8")
    found = [one for one in messages(folder) if "municipality.yml" in one]
    assert len(found) == 1
    assert "filen kan ikke læses" in found[0]


@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\x1b", "\x7f", "\x85", "\u2028", "\ue000"])
def test_a_text_with_a_sign_that_nobody_sees_is_refused(folder, change, sign):
    change(folder / "workload.csv", 2, description=f"før{sign}efter")
    (found,) = messages(folder)
    assert f"teksten har et tegn, der ikke kan ses (U+{ord(sign):04X})" in found
    assert unfit(found) is None


def test_ordinary_text_has_no_unfit_sign():
    assert unfit("Æøå é ß – — … «» 😀 § 85, stk. 2 (½) 中文 \u00a0") is None


def test_a_message_spells_out_what_cannot_be_seen_wherever_it_came_from():
    problem = Problem(
        "a\x1b[31m.csv",
        "galt\u202e",
        "ret",
        2,
        "k\u2066",
        "v\x07",
        "ark\x9b",
        "A2",
        severity="error",
    )
    for text in (str(problem), problem.place, problem.advice):
        assert unfit(text) is None
        assert "⟨U+009B⟩" in text


def test_a_command_that_is_mistyped_steers_no_terminal(capsys, data_copy):
    code, text = left_with(["check", "a\x1b]0;x\x07", "--data", data_copy], capsys)
    assert code == 2
    assert "⟨U+001B⟩]0;x⟨U+0007⟩" in text
    assert "\x1b" not in text


def test_two_municipalities_of_one_name_are_told_apart_by_nobody(capsys, data_copy):
    path = data_copy / "vejle" / "municipality.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("short_name: Vejle", "short_name: RUDERSDAL"), encoding="utf-8")
    same = "municipality.yml, felt «short_name»: navnet er det samme som i"
    for command in ("check", "run"):
        code, said = left_with([command, "--data", data_copy], capsys)
        assert code == 3
        assert f"rudersdal/{same} vejle" in said
        assert f"vejle/{same} rudersdal" in said


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("all", "bruges af håndbogen selv"),
        ("faelles", "bruges af håndbogen selv"),
        ("kursus", "bruges af håndbogen selv"),
        ("con", "kan ikke bruges på Windows"),
        ("lpt1", "kan ikke bruges på Windows"),
        ("Odense", "kun a-z, tal og bindestreg"),
        ("odense.", "kun a-z, tal og bindestreg"),
        ("a b", "kun a-z, tal og bindestreg"),
        ("a" * 41, "længere end 40 tegn"),
        ("\x1b[31m", "⟨U+001B⟩[31m/"),
    ],
)
def test_a_folder_that_can_be_no_address_is_named(capsys, data_copy, name, expected):
    (data_copy / "vejle").rename(data_copy / name)
    code, text = left_with(["list", "--data", data_copy], capsys)
    assert code == 3
    assert expected in text


def test_a_hidden_folder_is_no_municipality(capsys, data_copy):
    (data_copy / "vejle").rename(data_copy / ".vejle")
    code, text = left_with(["list", "--data", data_copy], capsys)
    assert code == 0
    assert "vejle" not in text


PAYLOADS = [
    *MARKUP[:-2],
    "- x",
    "1. x",
    "12) x",
    "# x",
    "> x",
    "    x",
    "x\n\ny",
    "x\n===",
    "~~~{note}",
    ":::{note}",
    "<!-- x",
    "% x",
    "+++",
    "| a | b |",
    "x  \ny",
    "\\* x",
    "(x)=",
    "[^1]",
    "http://evil.example",
    '"><svg onload=alert(1)>',
    "{abbr}`x`",
    "\\begin{x}",
]


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("around", ["{}", "# {}", "Før {} efter.", '<p class="x">{} efter</p>'])
def test_text_in_markdown_is_text_and_nothing_else(payload, around):
    """Whatever stands around it, the page has the same tags as with a plain word."""
    markdown = MarkdownIt("commonmark", {"linkify": False}).enable(["table", "strikethrough"])
    tags = re.compile(r"<[^>]*>")
    html = markdown.render(around.format(safe_markdown(payload)))
    assert tags.findall(html) == tags.findall(markdown.render(around.format("ord")))
    assert not re.search(r"[{}$`\[\]\\]", safe_markdown(payload))


def test_text_in_html_is_text():
    assert safe_html("<b> \"x\" 'y' &lt;") == "&lt;b&gt; &quot;x&quot; &#x27;y&#x27; &amp;lt;"


def test_only_a_marked_cell_has_badges():
    assert cell_html("Bredt Registreret") == "Bredt Registreret"
    assert "fs-origin-registered" in cell_html(Marked("5 Registreret"))
    assert "<b>" not in cell_html(Marked("<b> Registreret"))


DRAWN = [one for one in PAYLOADS if not unfit(one)]


@pytest.mark.parametrize("payload", [*DRAWN, 'id="x" url(#z) var(--fs-bg) #0d6080', "a\nb"])
def test_words_in_a_drawing_are_words_and_nothing_else(payload):
    layer = Layer(Words, (Words(1, 2, payload),), Look("text", size=14))
    drawn = etree.fromstring(svg(Drawing(9, 9, (layer,)), payload))
    assert drawn.get("aria-label") == payload.replace("\n", " ")  # as XML reads attributes
    tags = [etree.QName(one).localname for one in drawn.iter()]
    assert tags == ["svg", "g", "text", *["tspan"] * len(drawn.findall(".//{*}tspan"))]
    lines = drawn.findall(".//{*}tspan") or drawn.findall(".//{*}text")
    assert "\n".join(line.text or "" for line in lines) == payload


@pytest.mark.parametrize("cell", ["=1+1", "+1+1", "-A1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_download_begins_no_formula(cell):
    assert neutral(cell) == "'" + cell
