"""How the site's pages do in Lighthouse, and how soon the largest thing on a page is painted when
the processor is four times slower.

Node's package manager installs Lighthouse beside Python's packages, once. Pages are sent with
gzip, as web servers send them; their address is this machine's.
"""

import gzip
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from fremskudt.workspace import HANDBOOK
from tests import browser

LIGHTHOUSE = "lighthouse@12.8.2"
INSTALLED = Path(sys.prefix) / "lighthouse"
SITE = HANDBOOK / "_build" / "html"
PAGES = {
    "front": "index.html",
    "profile": "kommuner/vejle/profil.html",
    "chapter": "kommuner/vejle/borgerne.html",
    "economics": "kommuner/vejle/oekonomi.html",
    "comparison": "sammenligning.html",
    "own comparison": "sammenlign-selv.html",
}
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
FORMS = ("mobile", "desktop")
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "3"))
SLOWER = 4
LARGEST = """() => new Promise(done => new PerformanceObserver(list => {
  const last = list.getEntries().at(-1);
  done([last.startTime, last.element ? last.element.tagName.toLowerCase() : ""]);
}).observe({ type: "largest-contentful-paint", buffered: true }))"""


class Sent(SimpleHTTPRequestHandler):
    """Files as web servers send them: texts with gzip, connections kept open."""

    protocol_version = "HTTP/1.1"

    def send_head(self) -> Any:
        path = Path(self.translate_path(self.path))
        if path.suffix not in {".html", ".css", ".js", ".svg"} or not path.is_file():
            return super().send_head()
        packed = gzip.compress(path.read_bytes(), 6)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(packed)))
        self.end_headers()
        return BytesIO(packed)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The address of a site that is served on this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Sent, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def lighthouse() -> Path | None:
    """The program, installed when it is not; none where Node is missing."""
    program = INSTALLED / "node_modules" / ".bin" / "lighthouse"
    manager = shutil.which("npm")
    if not program.exists() and manager:
        options = ("--no-save", "--no-audit", "--no-fund", "--silent")
        subprocess.run(
            [manager, "install", "--prefix", INSTALLED, *options, LIGHTHOUSE], check=True
        )
    return program if program.exists() else None


def judged(program: Path, address: str, form: str) -> dict[str, Any]:
    """What Lighthouse says of a page, on a phone or a desk."""
    with tempfile.TemporaryDirectory() as scratch:
        told = Path(scratch) / "told.json"
        command = [
            str(program),
            address,
            "--quiet",
            "--output=json",
            f"--output-path={told}",
            f"--chrome-flags={' '.join(browser.FLAGS)}",
            f"--only-categories={','.join(CATEGORIES)}",
            *(["--preset=desktop"] if form == "desktop" else []),
        ]
        environment = {**os.environ, "CHROME_PATH": browser.find() or ""}
        subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)
        found: dict[str, Any] = json.loads(told.read_text(encoding="utf-8"))
        return found


def scores(address: str) -> None:
    """Print Lighthouse's four scores of each page, the median of several rounds, and what fails."""
    program = lighthouse()
    if program is None:
        print("Lighthouse needs Node and npm, which are not there.")
        return
    print(f"{'Lighthouse':<26}" + "".join(f"{one:>16}" for one in CATEGORIES))
    for name, path in PAGES.items():
        for form in FORMS:
            found = [judged(program, f"{address}/{path}", form) for _ in range(ROUNDS)]
            marks = [
                statistics.median(100 * one["categories"][category]["score"] for one in found)
                for category in CATEGORIES
            ]
            print(f"{name + ', ' + form:<26}" + "".join(f"{mark:16.0f}" for mark in marks))
            for one in _failed(found[0]):
                print(f"    {one}")


def _failed(found: dict[str, Any]) -> Iterator[str]:
    """The audits that cost a page points outside performance, which is measured in seconds."""
    for category in CATEGORIES[1:]:
        for audit in found["categories"][category]["auditRefs"]:
            told = found["audits"][audit["id"]]
            if audit["weight"] and told["score"] is not None and told["score"] < 1:
                yield f"{category}: {told['title']}"


def largest_paint(address: str) -> None:
    """Print when the largest thing on each page is painted, the processor four times slower."""
    print(f"{'largest paint':<26}{'360 px':>12}{'1280 px':>12}  ({SLOWER} times slower)")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=browser.find(), args=list(browser.FLAGS)
        )
        for name, path in PAGES.items():
            times = []
            for width in (360, 1280):
                rounds = [_largest(chromium, f"{address}/{path}", width) for _ in range(ROUNDS)]
                times.append(statistics.median(rounds))
            print(f"{name:<26}" + "".join(f"{one:10.2f} s" for one in times))
        chromium.close()


def _largest(chromium: Any, address: str, width: int) -> float:
    context = chromium.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(address, wait_until="load")
    milliseconds, _ = page.evaluate(LARGEST)
    context.close()
    return float(milliseconds) / 1000


def main() -> None:
    """The site that `fremskudt site` has built."""
    subprocess.run([sys.executable, "-m", "fremskudt", "site"], check=True)
    with served(SITE) as address:
        largest_paint(address)
        scores(address)


if __name__ == "__main__":
    main()
