"""Have a browser print a document, from the command line and without the net.

The document is our own, its policy lets nothing run, and no name is looked up: the browser's own
walls, which many a Linux does not let a program raise, are not needed.
"""

import subprocess
import sys
from pathlib import Path

from fremskudt.errors import BookFailed
from fremskudt.paper.browser import VARIABLE, Browser

SECONDS = 180  # for one document; a slow machine takes some twenty
FLAGS = (
    "--headless",
    "--disable-gpu",
    "--disable-extensions",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--no-default-browser-check",
    "--password-store=basic",
    "--use-mock-keychain",
    "--font-render-hinting=none",
    "--force-color-profile=srgb",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-pdf-header-footer",
    "--export-tagged-pdf",
    "--generate-pdf-document-outline",
)
WALLS_OFF = ("--no-sandbox",) if sys.platform == "linux" else ()
LAST_LINES = 5


def print_page(browser: Browser, page: Path, target: Path, scratch: Path) -> None:
    """Print an HTML file as a tagged PDF. Raises `BookFailed` when the browser cannot, or takes
    longer than any document should."""
    said = scratch / "said"
    target.unlink(missing_ok=True)
    command = [
        *(browser.path, *FLAGS, *WALLS_OFF),
        f"--user-data-dir={scratch / 'profile'}",
        f"--print-to-pdf={target}",
        page.as_uri(),
    ]
    try:
        # A file and no pipe: what the browser has begun might hold a pipe open when it has ended.
        with said.open("wb") as out:
            ended = subprocess.run(  # noqa: S603 - the browser that was found or named
                command,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                timeout=SECONDS,
                check=False,
            ).returncode
    except subprocess.TimeoutExpired:
        raise BookFailed(_failed(browser, f"Den var ikke færdig efter {SECONDS} s.")) from None
    except OSError as error:
        raise BookFailed(_failed(browser, f"Den kan ikke startes ({error.strerror}).")) from None
    if ended or not _is_whole(target):
        lines = said.read_text(encoding="utf-8", errors="replace").splitlines()[-LAST_LINES:]
        raise BookFailed(_failed(browser, f"Den sluttede med kode {ended}.", *lines))


def _is_whole(path: Path) -> bool:
    return path.is_file() and path.read_bytes()[-32:].rstrip().endswith(b"%%EOF")


def _failed(browser: Browser, *why: str) -> str:
    return "\n".join(
        [
            f"{browser.path} kunne ikke lave en PDF. {why[0]}",
            *why[1:],
            f"Vælg en anden browser med miljøvariablen {VARIABLE}, eller kør uden --pdf. Siden, "
            "der stod før, står der endnu.",
        ]
    )
