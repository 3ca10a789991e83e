"""The browser of the site tests: an installed Chromium or Chrome, else one is installed.

`python -m tests.browser` makes sure that there is one and says which.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from fremskudt.paper import browser as installed

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find() -> str | None:
    """The path of a browser that is installed; FREMSKUDT_BROWSER names another one."""
    return installed.find() or _of_playwright()


def _of_playwright() -> str | None:
    """The browser that Playwright has installed for itself, if any."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return str(path) if path.is_file() else None


def is_needed() -> bool:
    """Whether tests must have a browser, and may not be skipped without one."""
    return os.environ.get("CI") == "true"


def install() -> None:
    """Install a browser: Debian's package where that is possible, else Playwright's own."""
    commands = []
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        commands += [["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "chromium"]]
    else:
        commands.append([sys.executable, "-m", "playwright", "install", "chromium"])
    for command in commands:
        print("Installing a browser:", " ".join(command), flush=True)
        subprocess.run(command, check=False, stdout=subprocess.DEVNULL)


def main() -> int:
    """0 when there is a browser; 1 when there is none and the tests must have one."""
    if find() is None:
        install()
    browser = find()
    if browser:
        print(f"Browser tests use {browser}")
        return 0
    print(
        "No Chromium or Chrome was found and none could be installed. Install one, or name it "
        "in FREMSKUDT_BROWSER. The browser tests will be skipped.",
        file=sys.stderr,
    )
    return 1 if is_needed() else 0


if __name__ == "__main__":
    sys.exit(main())
