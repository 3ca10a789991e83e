"""`python -m tests.guide`: draw the pictures of the guide again into book/billeder/, and those that
links to pages are shown with into book/_static/deling/.

They show the workbook that `fremskudt new` writes and the report that `fremskudt check --report`
writes on a delivery with mistakes, both of a made-up municipality. Needs the browser of the site
tests.
"""

import tempfile
from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import Browser, sync_playwright

from fremskudt import register
from fremskudt.intake.report import write_report
from fremskudt.workspace import HANDBOOK, Workspace
from tests import browser as installed
from tests.guide import fictional, shared
from tests.guide.drawing import drawn
from tests.guide.png import smaller

TARGET = HANDBOOK / "book" / "billeder"
SHARED = HANDBOOK / "book" / "_static" / "deling"
LARGEST = 120_000


def main() -> None:
    """Draw all pictures and say how large they are."""
    for folder in (TARGET, SHARED):
        folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        base = Path(scratch)
        fictional.make(base / "data")
        whole = load_workbook(base / "data" / fictional.SLUG / "data.xlsx")
        fictional.make_mistakes(base / "data" / fictional.SLUG)
        report, books = write_report(
            base / "report", register.inspect_all(Workspace.find(base / "data"), ())
        )
        marked = load_workbook(books[0])
        browser = playwright.chromium.launch(
            executable_path=installed.find(), args=list(installed.FLAGS)
        )
        pages = {
            "arbejdsbog-laes-mig": drawn(whole["Læs mig"], 1, 12, tabs=9),
            "arbejdsbog-sager": drawn(whole["Sager"], 5, 11, chosen="C6"),
            "rapport-regneark": drawn(marked["Sager"], 8, 8),
        }
        for name, page in pages.items():
            _keep(name, _shot(browser, page, ".sheet"))
        _keep("rapport-side", _shot(browser, report.read_text(encoding="utf-8"), "", 1000, 620))
        for kind in shared.KINDS:
            picture = _shot(browser, shared.page_of(kind), "svg", shared.WIDTH, shared.HEIGHT)
            _keep(kind, picture, SHARED)


def _shot(browser: Browser, text: str, part: str, width: int = 1400, height: int = 900) -> bytes:
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme="light")
    page.set_content(text)
    picture = page.locator(part).screenshot() if part else page.screenshot()
    page.close()
    return picture


def _keep(name: str, picture: bytes, folder: Path = TARGET) -> None:
    small = smaller(picture)
    if len(small) > LARGEST:
        raise ValueError(f"{name}: {len(small)} bytes")
    (folder / f"{name}.png").write_bytes(small)
    print(f"{name}.png: {len(small) // 1000} kB")


if __name__ == "__main__":
    main()
