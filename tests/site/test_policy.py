"""What pages may run and fetch: the policy stands in each, and everything keeps to it."""

import base64
import hashlib

import pytest
from lxml import html as parser

from tests.site.in_page import wait_until


def policy_of(tree):
    found = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert len(found) == 1
    parts = [part.split() for part in found[0].split(";")]
    return {name: values for name, *values in parts}


def test_every_page_says_its_policy_before_it_names_a_script_or_a_style(site, pages):
    for path in pages:
        tree = parser.parse(str(site / path))
        policy = policy_of(tree)
        assert policy["default-src"] == ["'none'"], path
        assert policy["style-src"] == ["'self'"], path
        assert policy["base-uri"] == ["'none'"], path
        loose = {"'unsafe-inline'", "'unsafe-eval'", "*", "http:", "https:", "data:"}
        assert not loose & set(policy["script-src"]), path
        head = [one.tag for one in tree.find("head")]
        metas = tree.xpath("//head/meta[@http-equiv='Content-Security-Policy']")
        before = tree.find("head").index(metas[0])
        assert not {"script", "style"} & set(head[:before]), path


def test_a_script_that_stands_in_a_page_is_data_or_is_named_by_its_hash(site, pages):
    for path in pages:
        tree = parser.parse(str(site / path))
        allowed = policy_of(tree)["script-src"]
        for script in tree.xpath("//script[not(@src)]"):
            if script.get("type") == "application/json":
                continue
            digest = base64.b64encode(hashlib.sha256(script.text.encode()).digest()).decode()
            assert f"'sha256-{digest}'" in allowed, path


def test_no_page_has_styles_or_handlers_of_its_own(site, pages):
    found = {}
    for path in pages:
        tree = parser.parse(str(site / path))
        own = tree.xpath("//style | //*[@style] | //@*[starts-with(name(), 'on')]")
        if own:
            found[path] = len(own)
    assert found == {}


def test_the_policy_is_in_force(visit):
    """A script that somebody smuggles in is not run, and a picture from elsewhere not asked for."""
    page = visit("index.html")
    page.evaluate(
        """() => {
          window.refused = [];
          document.addEventListener("securitypolicyviolation",
            (event) => window.refused.push(event.effectiveDirective));
          document.body.insertAdjacentHTML("beforeend", '<img src="x" onerror="window.run = 1">');
          const script = document.createElement("script");
          script.textContent = "window.run = 1";
          document.body.append(script);
          const picture = new Image();
          picture.src = "https://example.org/x.png";
          document.body.append(picture);
        }"""
    )
    wait_until(page, "window.refused.length === 3")
    refused = sorted(page.evaluate("window.refused"))
    assert refused == ["img-src", "script-src-attr", "script-src-elem"]
    assert page.evaluate("window.run") is None


@pytest.mark.parametrize("path", ["search.html?q=sagsbehandlere", "kommuner/vejle/oekonomi.html"])
def test_what_is_used_keeps_to_the_policy(visit, path):
    page = visit(path)
    if "search" in path:
        page.locator("#search-results li").first.wait_for()
        page.locator("#search-results .search-summary").wait_for()
        assert page.locator("#search-results .search-lead").count() > 0
    assert page.faults == []
    assert page.foreign == []
