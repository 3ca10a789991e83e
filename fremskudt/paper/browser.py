"""The browser that prints: an installed Chromium, Chrome or Edge. Nothing is downloaded."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fremskudt.errors import WrongUsage

VARIABLE = "FREMSKUDT_BROWSER"
OLDEST = 131  # the first that can write page numbers at the foot of a page
SECONDS = 30  # to say its version
NAMES = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
    *("microsoft-edge", "microsoft-edge-stable", "msedge"),
)
ON_MAC = (
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Chromium.app/Contents/MacOS/Chromium",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
ON_WINDOWS = (
    "Google/Chrome/Application/chrome.exe",
    "Chromium/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
)
WINDOWS_FOLDERS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
NUMBERS = re.compile(r"\d+(?:\.\d+){1,3}")
LEFT_OUT = (
    "PDF-filerne er udeladt: {why} Chromium, Google Chrome og Microsoft Edge fra version "
    f"{OLDEST} kan lave dem. Installér en af dem, eller skriv stien til den i miljøvariablen "
    f"{VARIABLE}."
)


@dataclass(frozen=True)
class Browser:
    """A program that prints pages, and its version: "131.0.6778.85"."""

    path: str
    version: str

    @property
    def is_new_enough(self) -> bool:
        """Whether it numbers pages; one that does not say its version is tried."""
        major = self.version.partition(".")[0]
        return not major.isdecimal() or int(major) >= OLDEST


def find() -> str | None:
    """The path of an installed browser; FREMSKUDT_BROWSER names another one.

    Raises `WrongUsage` where that names none.
    """
    if chosen := os.environ.get(VARIABLE):
        path = shutil.which(chosen)
        if path is None:
            raise WrongUsage(
                f"Miljøvariablen {VARIABLE} nævner et program, der ikke findes: {chosen}"
            )
        return path
    on_path = filter(None, map(shutil.which, NAMES))
    return next(iter([*on_path, *_usual_places()]), None)


def _usual_places() -> Iterator[str]:
    """Where the systems keep browsers that are not on the path."""
    if sys.platform == "darwin":
        homes = [Path("/Applications"), Path.home() / "Applications"]
        usual = ON_MAC
    else:
        homes = [Path(os.environ[name]) for name in WINDOWS_FOLDERS if name in os.environ]
        usual = ON_WINDOWS
    for place in (home / one for home in homes for one in usual):
        if place.is_file():
            yield str(place)


def printer() -> Browser | str:
    """The browser that prints; else, in Danish, why nothing is printed. Raises `WrongUsage`."""
    path = find()
    if path is None:
        return LEFT_OUT.format(why="Der er ingen browser, der kan trykke dem.")
    browser = Browser(path, version_of(path))
    if not browser.is_new_enough:
        return LEFT_OUT.format(why=f"{path} er for gammel (version {browser.version}).")
    return browser


def version_of(path: str) -> str:
    """The version that a browser says it has; nothing where it says none.

    On Windows a browser that is asked opens a window; its version is the name of the folder that
    lies beside it.
    """
    if os.name == "nt":
        beside = [one.name for one in Path(path).parent.iterdir() if NUMBERS.fullmatch(one.name)]
        return max(beside, key=lambda name: [int(part) for part in name.split(".")], default="")
    try:
        said = subprocess.run(  # noqa: S603 - the browser that was found or named
            [path, "--version"], capture_output=True, text=True, timeout=SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    found = NUMBERS.search(said.stdout)
    return found[0] if found else ""
