"""Addresses that hold: pages that have moved, and what is told of those that are gone."""

import pytest
from lxml import html

from fremskudt.errors import DataProblem
from fremskudt.publishing.moved import check_pages, write_moved
from fremskudt.publishing.publication import Publication, read_publication
from fremskudt.release.addresses import addresses_of, gone

OLD, NEW = "kommuner/vejle/tal.html", "kommuner/vejle/borgerne.html#figur-koen"


def read(tmp_path, text):
    (tmp_path / "site.yml").write_text(text, encoding="utf-8")
    return read_publication(tmp_path)


def test_old_addresses_are_read_with_the_new_ones(tmp_path):
    found = read(tmp_path, f"moved:\n  {OLD}: {NEW}\n")
    assert found == Publication(moved={OLD: NEW})


@pytest.mark.parametrize(
    "line",
    [
        "a: metoden.html",
        "../a.html: metoden.html",
        "/a.html: metoden.html",
        "a/../b.html: metoden.html",
        "https://a.dk/a.html: metoden.html",
        "_static/a.html: metoden.html",
        "kursus/slides/a.html: metoden.html",
        "404.html: metoden.html",
        "a.html#sted: metoden.html",
        "a.html: https://a.dk/",
        "a.html: ../metoden.html",
        "a.html: javascript:alert(1)",
        "a.html: 'metoden.html\" onload=\"x'",
        "a.html: 17",
        "17: metoden.html",
    ],
)
def test_an_address_outside_the_site_is_refused_with_an_example(tmp_path, line):
    with pytest.raises(DataProblem) as refused:
        read(tmp_path, f"moved:\n  {line}\n")
    (problem,) = refused.value.problems
    assert (problem.file, problem.column) == ("site.yml", "moved")
    assert "kommuner/vejle/profil.html" in problem.expected


def test_moved_must_be_pairs(tmp_path):
    with pytest.raises(DataProblem) as refused:
        read(tmp_path, "moved: [a.html, b.html]\n")
    assert refused.value.problems[0].column == "moved"


def test_an_old_address_has_no_page_and_a_new_one_has():
    documents = {"metoden", "kommuner/vejle/borgerne"}
    check_pages({OLD: NEW}, documents, "site.yml")
    with pytest.raises(DataProblem) as refused:
        check_pages({"Metoden.html": "faser.html"}, documents, "site.yml")
    assert [one.what for one in refused.value.problems] == [
        "den gamle adresse har stadig en side",
        "den nye adresse har ingen side",
    ]


def test_the_page_at_an_old_address_leads_on_without_a_script(tmp_path):
    titles = {"kommuner/vejle/borgerne": "Borgerne i <Vejle>"}
    write_moved({OLD: NEW}, titles, "https://a.dk/f/", tmp_path)
    text = (tmp_path / OLD).read_text(encoding="utf-8")
    page = html.fromstring(text)
    assert page.xpath("//meta[@http-equiv='refresh']/@content") == [
        "0; url=borgerne.html#figur-koen"
    ]
    assert page.xpath("//a/@href") == ["borgerne.html#figur-koen"]
    assert page.xpath("//a")[0].text == "Borgerne i <Vejle>"
    assert page.xpath("//link[@rel='canonical']/@href") == [
        "https://a.dk/f/kommuner/vejle/borgerne.html"
    ]
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert page.xpath("//link[@rel='stylesheet']/@href")[0] == "../../_static/tokens.css"
    assert "script-src" not in text  # nothing runs: the policy begins with nothing
    assert "default-src 'none'" in text
    assert page.xpath("//script | //@style") == []
    write_moved({"gammel.html": "kommuner/vejle/borgerne.html"}, titles, "", tmp_path)
    assert "canonical" not in (tmp_path / "gammel.html").read_text(encoding="utf-8")


def site(tmp_path, **pages):
    """Pages by address, each with the ids of its sections; «__» stands for a slash."""
    for name, ids in {"index": "top", **pages}.items():
        path = tmp_path / f"{name.replace('__', '/')}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        inside = "".join(f'<section id="{one}"><h2>x</h2></section>' for one in ids.split())
        body = f'<nav id="menu"></nav><article class="prose">{inside}</article>'
        path.write_text(f"<html><body>{body}</body></html>", encoding="utf-8")
    return tmp_path


def test_an_address_that_is_gone_is_told_with_what_can_be_done(tmp_path):
    before = addresses_of(
        site(
            tmp_path / "a",
            metoden="faser id3",
            faser="top ny",
            kommuner__odense__profil="top",
            kommuner__odense__borgerne="top",
            kommuner__vejle__profil="top",
            kommuner__vejle__tal="top",
        )
    )
    assert before["metoden.html"] == {"faser"}
    now = addresses_of(
        site(tmp_path / "b", faser="ny andet", kommuner__vejle__profil="top", ny="top")
    )
    told = gone(before, now)
    assert len(told) == 4
    assert "Kommunen «odense» er ude af håndbogen" in told[0]
    assert "Adressen metoden.html findes ikke længere" in told[2]
    assert "kommuner/vejle/tal.html: <ny adresse>" in told[1]
    assert "På siden faser.html findes #top ikke længere" in told[3]
    assert gone(now, now) == []


def test_a_page_that_leads_on_is_there_still(tmp_path):
    before = addresses_of(site(tmp_path / "a", gammel="et to"))
    there = site(tmp_path / "b", metoden="et")
    write_moved({"gammel.html": "metoden.html"}, {"metoden": "Metoden"}, "", there)
    assert gone(before, addresses_of(there)) == []


def test_the_previous_release_may_lie_in_the_folder_of_a_release(tmp_path):
    site(tmp_path / "side", metoden="et")
    assert set(addresses_of(tmp_path)) == {"index.html", "metoden.html"}
