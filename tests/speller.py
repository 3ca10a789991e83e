"""The speller of the language tests: an installed hunspell with the Danish dictionary.

`python -m tests.speller` makes sure that there is one; Debian's packages are hunspell and
hunspell-da.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable

LANGUAGE = "da_DK"
PACKAGES = ("hunspell", "hunspell-da")


def is_there() -> bool:
    """Whether hunspell can read Danish."""
    if shutil.which("hunspell") is None:
        return False
    tried = subprocess.run(
        ["hunspell", "-d", LANGUAGE, "-l"], input="hus", text=True, capture_output=True, check=False
    )
    return tried.returncode == 0


def install() -> None:
    """Install Debian's packages where that is possible."""
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        print("Installing the Danish dictionary:", *PACKAGES, flush=True)
        for command in (["update", "-qq"], ["install", "-y", "-qq", *PACKAGES]):
            subprocess.run(["apt-get", *command], check=False, stdout=subprocess.DEVNULL)


def unknown(words: Iterable[str]) -> list[str]:
    """The words that the dictionary does not know, in order."""
    done = subprocess.run(
        ["hunspell", "-d", LANGUAGE, "-i", "utf-8", "-l"],
        input="\n".join(sorted(set(words))),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return sorted(set(done.stdout.split()))


def main() -> int:
    """0 when there is a speller; 1 when there is none and the tests must have one."""
    if not is_there():
        install()
    if is_there():
        return 0
    print(
        f"hunspell with {LANGUAGE} was not found and could not be installed. Install it "
        f"({' '.join(PACKAGES)}); the spelling test is skipped.",
        file=sys.stderr,
    )
    return 1 if os.environ.get("CI") == "true" else 0


if __name__ == "__main__":
    sys.exit(main())
