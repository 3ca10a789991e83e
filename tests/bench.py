"""`make bench`: how long a full build, an unchanged one and one changed municipality take."""

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from fremskudt.workspace import HANDBOOK

ROUNDS = 3


def timed(*arguments: str) -> float:
    began = time.perf_counter()
    command = [sys.executable, "-m", "fremskudt.cli", *arguments]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - began


def main() -> None:
    """Print the median seconds of each kind of build and its ratio to the full one."""
    with tempfile.TemporaryDirectory() as scratch:
        data = Path(scratch) / "data"
        shutil.copytree(HANDBOOK / "data", data, ignore=shutil.ignore_patterns("reference"))
        options = ("--data", str(data), "--output", str(Path(scratch) / "out"))
        cases = data / "rudersdal" / "cases.csv"
        seconds: dict[str, list[float]] = {"full": [], "unchanged": [], "one changed": []}
        for _ in range(ROUNDS):
            seconds["full"].append(timed("site", "--force", *options))
            seconds["unchanged"].append(timed("site", *options))
            cases.write_text(cases.read_text(encoding="utf-8") + "\n", encoding="utf-8")
            seconds["one changed"].append(timed("site", *options))
    full = statistics.median(seconds["full"])
    for kind, found in seconds.items():
        median = statistics.median(found)
        print(f"{kind:<12} {median:6.1f} s  {median / full:5.2f} of a full build")


if __name__ == "__main__":
    main()
