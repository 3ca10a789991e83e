"""The built site, served on this machine, and a browser that records what leaves it."""

import os
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from fremskudt.workspace import HANDBOOK
from tests import browser as installed

SITE = HANDBOOK / "_build" / "html"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="session")
def site() -> Path:
    """The site that `fremskudt site` has built; `make test` builds it first."""
    if not (SITE / "index.html").is_file():
        pytest.fail("there is no site: run `make site` first")
    return SITE


@pytest.fixture(scope="session")
def pages(site) -> list[str]:
    """The addresses of all pages, relative to the site."""
    return sorted(str(path.relative_to(site)) for path in site.rglob("*.html"))


@pytest.fixture(scope="session")
def address(site):
    """Where the site is served while the tests run."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture(scope="session")
def chromium():
    """One browser for all tests. Without one the tests are skipped, but never with CI=true."""
    path = installed.find()
    if path is None:
        message = "no Chromium or Chrome; `python -m tests.browser` installs one"
        pytest.fail(message) if os.environ.get("CI") == "true" else pytest.skip(message)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(installed.FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium, address):
    """Open a page: visit(path, width, mode); its `foreign` and `faults` list what went wrong."""
    contexts = []

    def open_page(path: str, width: int = 1280, mode: str = "light", scripts: bool = True):
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=mode,
            java_script_enabled=scripts,
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.foreign, page.faults = [], []
        page.on("request", lambda r: _note(page.foreign, r.url, address))
        page.on("console", lambda m: page.faults.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.goto(f"{address}/{path}", wait_until="load")
        return page

    yield open_page
    for context in contexts:
        context.close()


def _note(foreign: list[str], url: str, address: str) -> None:
    if not url.startswith((address, "data:", "blob:")):
        foreign.append(url)
