"""A municipality's chapters on paper: tagged, numbered, whole, and no more than pages say."""

import io
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject

from fremskudt import register
from fremskudt.contract.delivery import load_delivery
from fremskudt.paper import making
from fremskudt.paper.booklet import compose
from fremskudt.paper.browser import printer
from fremskudt.paper.making import Press, address_of
from fremskudt.paper.printing import print_page
from fremskudt.publishing.book import compile_book
from fremskudt.publishing.order import Order
from fremskudt.publishing.publication import Publication
from fremskudt.publishing.running import run
from fremskudt.publishing.templates import chapters
from fremskudt.release.audit import audit
from fremskudt.release.harvest import harvest
from fremskudt.release.papers import read_paper
from fremskudt.workspace import HANDBOOK, Workspace
from tests import browser as installed
from tests.site.test_secrecy import NOTE, PSEUDONYM, STORY, contents, plant

ADDRESS = "https://www.eksempel.dk/fremskudt/"
SITE_FILE = f'address: "{ADDRESS}"\npublisher: "Den Opdigtede Styrelse"\ndate: 2025-01-31\n'
PAGES = ("profil", "borgerne", "roller", "udbytte", "oekonomi")
A4 = (595, 842)
LINE_OF_CONTENTS = re.compile(r"^(.+?) (\d+)$", re.MULTILINE)


@pytest.fixture(scope="module")
def press():
    """The browser that prints; without one the tests are skipped, but never with CI=true."""
    if installed.find() is None:
        message = "no Chromium or Chrome; `python -m tests.browser` installs one"
        pytest.fail(message) if installed.is_needed() else pytest.skip(message)
    return Press(printer())


@pytest.fixture(scope="module")
def space(tmp_path_factory, press):
    """A site with PDF files: Vejle's demonstration, and Rudersdal's cases as registered ones that
    carry recognisable values."""
    base = tmp_path_factory.mktemp("paper")
    plant(base / "data")
    shutil.copytree(HANDBOOK / "data" / "vejle", base / "data" / "vejle")
    (base / "data" / "site.yml").write_text(SITE_FILE, encoding="utf-8")
    workspace = Workspace.find(base / "data", base / "out")
    slugs = register.slugs(workspace)
    run(chapters(slugs), workspace, slugs)
    compile_book(workspace, slugs, press=press)
    return workspace


@pytest.fixture(scope="module", params=["vejle", "rudersdal"])
def slug(request):
    return request.param


@pytest.fixture(scope="module")
def reader(space, slug):
    return PdfReader(space.site / address_of(slug))


@pytest.fixture(scope="module")
def texts(reader):
    """The words of each page."""
    return [page.extract_text() for page in reader.pages]


def page_of(space, slug, name):
    return html.fromstring((space.site / f"kommuner/{slug}/{name}.html").read_text("utf-8"))


def words(element):
    return " ".join(element.text_content().split())


def squeezed(text):
    return re.sub(r"\s", "", text)


def tagged(element):
    """Every element of a document's structure below one."""
    one = element.get_object()
    if isinstance(one, ArrayObject):
        for child in one:
            yield from tagged(child)
    elif isinstance(one, DictionaryObject):
        if "/S" in one:
            yield one
        if "/K" in one:
            yield from tagged(one["/K"])


def structure(reader, kind):
    return [one for one in tagged(reader.root_object["/StructTreeRoot"]) if one.get("/S") == kind]


def test_the_document_is_tagged_danish_and_called_by_its_title(reader, slug):
    root = reader.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "da"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == f"Fremskudt sagsbehandling i {slug.capitalize()} Kommune"
    for kind, least in (("/H1", 8), ("/H2", 25), ("/Table", 20), ("/TH", 100), ("/Link", 80)):
        assert len(structure(reader, kind)) >= least, kind


def test_every_sheet_is_a4(reader):
    for page in reader.pages:
        size = (float(page.mediabox.width), float(page.mediabox.height))
        assert size == pytest.approx(A4, abs=1)


def test_every_drawing_has_its_words(reader, space, slug):
    """Each chart of the pages, in its wide form, and nothing that is a figure without words."""
    wanted = []
    for name in PAGES:
        found = page_of(space, slug, name).xpath("//article//svg[@role='img']")
        wide = [one for one in found if "narrow" not in one.getparent().get("class")]
        wide = [one for one in wide if not one.xpath("ancestor::*[@class='fs-calculator']")]
        wanted += [one.get("aria-label") for one in wide]
    said = [str(one.get("/Alt", "")) for one in structure(reader, "/Figure")]
    instead = ("tabellen under figuren", "tabellen i bilaget bagest")
    assert sorted(said) == sorted(one.replace(*instead) for one in wanted)
    assert len(said) > 15


def test_the_contents_name_the_pages_that_the_headings_stand_on(texts, space, slug):
    lines = LINE_OF_CONTENTS.findall(texts[1])
    wanted = []
    for name in PAGES:
        page = page_of(space, slug, name)
        wanted += [words(one) for one in page.xpath("//article//h1 | //article//h2")]
    named = [title.removeprefix("Profil: ") for title, _ in lines]
    assert set(wanted) - set(named) == {"Regn selv", "Læs videre"}
    assert len(named) > 30
    for title, number in lines:
        assert squeezed(title) in squeezed(texts[int(number) - 1]), title
    numbers = [int(number) for _, number in lines]
    assert numbers == sorted(numbers)
    assert numbers[0] == 3
    assert numbers[-1] == len(texts)


def test_every_sheet_but_the_cover_has_its_number_and_the_running_title(texts, slug):
    title = f"Fremskudt sagsbehandling · {slug.capitalize()} Kommune"
    assert title not in texts[0]
    for number, text in enumerate(texts[1:], start=2):
        assert f"{number}{title}" in text.replace("\n", "")


def test_the_bookmarks_are_the_headings(reader):
    def below(entries):
        for one in entries:
            yield from below(one) if isinstance(one, list) else [one.title]

    titles = list(below(reader.outline))
    assert titles[0] == reader.metadata.title
    assert "Indhold" in titles
    assert "Køn og alder" in titles
    assert titles[-1] == "Kilder"
    assert all(one != one[: len(one) // 2] * 2 for one in titles)


def test_a_figure_leads_to_its_numbers_and_they_lead_back(reader, texts, space, slug):
    figure = page_of(space, slug, "borgerne").get_element_by_id("figur-koen")
    cells = [words(one) for one in figure.xpath(".//details//td")]
    shown = next(
        place for place, text in enumerate(texts) if "Borgerne i" in text[:80] and place > 2
    )
    told = re.search(
        r"Køn\n.*?Tallene bag figuren: side (\d+)", "\n".join(texts[shown:]), re.DOTALL
    )
    there = squeezed(texts[int(told[1]) - 1])
    assert len(cells) >= 6
    assert all(squeezed(cell) in there for cell in cells)
    assert squeezed("Figur 2: Køn") in there
    assert "tal--borgerne--figur-koen" in {
        one.removeprefix("/") for one in reader.named_destinations
    }


def test_every_link_leads_somewhere(reader, space):
    """Within the document to a place that is there; else to a page of the site by its address."""
    inside, outside = [], []
    for page in reader.pages:
        for one in page.get("/Annots", ()):
            link = one.get_object()
            if "/Dest" in link:
                inside.append(str(link["/Dest"]))
            else:
                outside.append(str(link["/A"]["/URI"]))
    assert len(inside) > 80
    assert set(inside) <= set(reader.named_destinations)
    pages = [one for one in outside if one.startswith(ADDRESS)]
    assert len(pages) > 10
    for one in pages:
        page, _, place = one.removeprefix(ADDRESS).partition("#")
        found = html.fromstring((space.site / page).read_text(encoding="utf-8"))
        assert not place or found.xpath("//*[@id=$place]", place=place), one


def test_only_what_paper_can_do_is_on_paper(texts):
    whole = " ".join(texts)
    for gone in ("Vis tallene", "Hent CSV", "Hent Excel", "Regn selv", "Læs videre", "Udskriv"):
        assert gone not in whole
    assert "Menu" not in whole


def test_the_cover_says_who_when_and_what_the_numbers_are(texts, slug):
    cover = texts[0]
    for said in ("Den Opdigtede Styrelse", "31. januar 2025", ADDRESS):
        assert said in cover
    origins = {"vejle": ("Offentliggjort", "Konstrueret"), "rudersdal": ("Registreret",)}
    others = {"vejle": ("Registreret",), "rudersdal": ("Konstrueret",)}
    assert all(one in cover for one in origins[slug])
    assert not any(one in cover for one in others[slug])


def test_the_sources_are_those_that_the_chapters_cite(texts):
    last = " ".join(texts[-1].split())
    assert "Hovedrapporten: Socialt Udviklingscenter SUS og BDO Consulting (2014)" in last
    assert "Brugt i:" in last
    assert "Tine Sejbæk" not in last


def test_all_chapters_lead_to_the_document_and_it_is_there(space, slug):
    for name in PAGES:
        links = page_of(space, slug, name).xpath("//a[@href=$file]", file=f"{slug}.pdf")
        assert len(links) == (2 if name == "profil" else 1)
    assert (space.site / f"kommuner/{slug}/{slug}.pdf").is_file()
    index = html.fromstring((space.site / "index.html").read_text(encoding="utf-8"))
    assert not index.xpath("//a[contains(@href, '.pdf')]")


def laid_again(space, press, output):
    """Vejle's document laid into a copy of the site, with another output folder's memory."""
    order = Order(replace(space, output=output), ("vejle",), output / "work", None, True)
    for name in ("kommuner", "_static"):
        shutil.copytree(space.site / name, order.site / name)
    shutil.copy(space.site / "referencer.html", order.site)
    (order.site / address_of("vejle")).unlink()
    scratch = output / "scratch"
    scratch.mkdir()
    making.lay_booklets(order, press, scratch)
    shutil.rmtree(scratch)
    return (order.site / address_of("vejle")).read_bytes()


def test_printing_again_gives_the_same_bytes_and_is_not_done_for_nothing(
    space, press, tmp_path, monkeypatch
):
    first = (space.site / address_of("vejle")).read_bytes()
    assert laid_again(space, press, tmp_path) == first
    shutil.rmtree(tmp_path / "work")
    printed = []

    def count(browser, page, target, scratch):
        printed.append(page.name)
        print_page(browser, page, target, scratch)

    monkeypatch.setattr(making, "print_page", count)
    assert laid_again(space, press, tmp_path) == first
    assert printed == []
    shutil.rmtree(tmp_path / "work")
    [torn] = (tmp_path / "paper" / "vejle").glob("*.pdf")
    torn.write_bytes(first[:-1000])
    assert laid_again(space, press, tmp_path) == first
    assert printed
    assert len(list((tmp_path / "paper" / "vejle").glob("*.pdf"))) == 1


def test_nothing_in_the_document_tells_of_the_machine_or_the_day(space, slug):
    pdf = (space.site / address_of(slug)).read_bytes()
    assert b"Linux" not in pdf
    assert b"Mozilla" not in pdf
    reader = PdfReader(io.BytesIO(pdf))
    assert reader.metadata["/CreationDate"] == "D:20250131000000+00'00'"
    assert str(space.output).encode() not in pdf


def test_without_an_address_only_links_within_remain(space):
    booklet = compose(space.site, "vejle", Publication())
    found = html.document_fromstring(booklet.html).xpath("//section[@id='borgerne']//a/@href")
    assert found
    assert all(one.startswith("#") for one in found)


def test_no_id_stands_twice_and_every_reference_is_met(space, slug):
    document = html.document_fromstring(compose(space.site, slug, Publication()).html)
    ids = document.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert len(ids) > 60
    wanted = [one.removeprefix("#") for one in document.xpath("//a/@href")]
    wanted += [one for names in document.xpath("//@aria-labelledby") for one in names.split()]
    assert set(wanted) <= set(ids)


# The release check


def test_a_planted_value_is_in_no_document(space):
    said = contents(space.site / address_of("rudersdal"))
    assert "Oprindelse" in said
    assert [secret for secret in (PSEUDONYM, NOTE, STORY) if secret in said] == []


@pytest.fixture(scope="module")
def whole(space):
    return harvest(space.site)


@pytest.fixture(scope="module")
def refused(space, whole):
    """The reasons to refuse the site when one file is another: refused(address, bytes)."""
    deliveries = [load_delivery(space.data / one) for one in ("rudersdal", "vejle")]
    seen = {}

    def ask(folder: Path | None = None, name: str = "", content: bytes = b"") -> str:
        found = whole
        if folder:
            (folder / name).parent.mkdir(parents=True)
            (folder / name).write_bytes(content)
            one = harvest(folder)
            texts = [text for text in whole.texts if text.file != name]
            papers = [paper for paper in whole.papers if paper[0] != name]
            found = replace(
                whole,
                texts=(*texts, *one.texts),
                papers=(*papers, *one.papers),
                faults=one.faults,
            )
        return "\n".join(audit(found, deliveries, seen=seen).reasons)

    return ask


def test_the_site_can_be_published_with_its_documents(whole, refused):
    assert [file for file, _ in whole.papers] == [address_of(one) for one in ("rudersdal", "vejle")]
    assert refused() == ""


def sheet(words="", attached=False, subject=""):
    """A document of one sheet."""
    writer = PdfWriter()
    page = writer.add_blank_page(*A4)
    face = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    font = DictionaryObject({NameObject(key): NameObject(name) for key, name in face.items()})
    fonts = DictionaryObject({NameObject("/F1"): font})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    stream = DecodedStreamObject()
    stream.set_data(f"BT /F1 12 Tf 72 700 Td ({words}) Tj ET".encode("latin-1"))
    page[NameObject("/Contents")] = writer._add_object(stream)
    if attached:
        writer.add_attachment("sager.csv", b"case_id")
    if subject:
        writer.add_metadata({"/Subject": subject})
    packed = io.BytesIO()
    writer.write(packed)
    return packed.getvalue()


def test_what_pages_say_too_may_be_on_paper(refused, tmp_path):
    assert refused(tmp_path, address_of("rudersdal"), sheet("Der var 11 i alt; side 1")) == ""


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (sheet("Der var 7341 i alt"), r"side 1 har et tal, der ikke står på kommunens sider"),
        (sheet("tre kvinder"), r"«.*tre kvinder.*» fortæller om få borgere"),
        (sheet(f"{PSEUDONYM}-004"), r"rudersdal\.pdf rummer en sags pseudonym"),
        (sheet(subject="Der var 7341"), r"Dokumentets beskrivelse har et tal, der ikke står"),
        (sheet(attached=True), r"rudersdal\.pdf er en fil, som kontrollen ikke kan læse"),
        (b"%PDF-1.4 og intet mere", r"rudersdal\.pdf er en fil, som kontrollen ikke kan læse"),
    ],
)
def test_what_is_on_paper_alone_is_refused(refused, tmp_path, content, reason):
    assert re.search(reason, refused(tmp_path, address_of("rudersdal"), content))


def test_a_document_that_is_no_municipalitys_is_refused(refused, tmp_path):
    reasons = refused(tmp_path, "kommuner/noter.pdf", sheet("Der var 11 i alt"))
    assert "kommuner/noter.pdf er ikke en PDF af en kommunes kapitler." in reasons


# Ordinary pages on paper


@pytest.mark.parametrize("name", ["profil", "udbytte"])
def test_an_ordinary_page_is_printed_without_what_steers_it(space, press, tmp_path, name):
    target = tmp_path / "page.pdf"
    print_page(press.browser, space.site / f"kommuner/vejle/{name}.html", target, tmp_path)
    said = " ".join(read_paper(target).words.split())
    heading = words(page_of(space, "vejle", name).xpath("//h1")[0])
    assert heading in said
    assert "Oprindelse" in said
    for gone in ("Menu", "Søg", "Vis tallene", "Hent CSV", "Udskriv siden", "På denne side"):
        assert gone not in said
    assert "Den Opdigtede Styrelse" in said
