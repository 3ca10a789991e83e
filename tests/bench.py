"""`make bench`: chapters and book beside a plain rival, large books, the site's pages in a browser,
a simulation, the check of a million registrations, and the course for twenty-five at once."""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from fremskudt import register
from fremskudt.analysis.economics import simulation
from fremskudt.workspace import HANDBOOK, Workspace
from tests import bench_book, bench_course, bench_site, bench_speed

ROUNDS = 3
SIMULATIONS, DRAWS = 5, 100_000
LARGE = 1_000_000


class Cost(NamedTuple):
    """Of one run of the command: seconds, and MiB of its largest process (none on Windows)."""

    seconds: float
    peak: float | None

    def __str__(self) -> str:
        return f"{self.seconds:6.1f} s" + (f"  {self.peak:6,.0f} MiB" if self.peak else "")


def timed(*arguments: str) -> Cost:
    began = time.perf_counter()
    command = [sys.executable, "-m", "fremskudt", *arguments]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if not hasattr(os, "wait4"):
        process.wait()
        peak = None
    else:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        peak = usage.ru_maxrss / 1024
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Cost(time.perf_counter() - began, peak)


def simulations() -> None:
    """Print the median seconds of one simulation of every municipality, on one core."""
    cores = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set()
    if cores:
        os.sched_setaffinity(0, {min(cores)})
    workspace = Workspace.find(HANDBOOK / "data")
    for delivery in register.load_all(workspace, register.slugs(workspace)):
        simulation.simulate(delivery, draws=DRAWS)
        seconds = []
        for _ in range(SIMULATIONS):
            began = time.perf_counter()
            simulation.simulate(delivery, draws=DRAWS)
            seconds.append(time.perf_counter() - began)
        lines = len(delivery["trajectories"])
        median = statistics.median(seconds)
        print(f"{delivery.slug:<12} {median:6.2f} s  for {DRAWS:,} draws of {lines} lines")
    if cores:
        os.sched_setaffinity(0, cores)


def large_delivery(folder: Path) -> None:
    """Rudersdal's folder with 333,334 cases of three phases more, all of them valid."""
    shutil.copytree(HANDBOOK / "data" / "rudersdal", folder)
    answers = (",,,", ",positive,nearer,better", ",unchanged,unchanged,unchanged")
    days = ("2012-11-15", "2013-02-12", "2013-05-13")
    with (
        (folder / "cases.csv").open("a", encoding="utf-8") as cases,
        (folder / "registrations.csv").open("a", encoding="utf-8") as registrations,
        (folder / "roles.csv").open("a", encoding="utf-8") as roles,
    ):
        for number in range(LARGE // 3 + 1):
            case = f"L-{number:06d}"
            cases.write(f"{case},young,woman,age_18_25,relative,,,{days[0]},{days[1]},none\n")
            roles.write(f"{case},advice\n")
            for phase, (day, answer) in enumerate(zip(days, answers, strict=True), start=1):
                registrations.write(f"{case},{phase},{day},both,education,minor,minor{answer}\n")


def checks() -> None:
    """Print the median seconds and the peak memory of `fremskudt check` on a large delivery."""
    with tempfile.TemporaryDirectory() as scratch:
        large_delivery(Path(scratch) / "rudersdal")
        costs = [timed("check", "--data", scratch) for _ in range(ROUNDS)]
    print(f"check        {statistics.median_low(costs)}  for {LARGE:,} registrations")


def large_chapters() -> None:
    """Print the seconds and the peak memory of each chapter of a large delivery of a
    municipality's own, one at a time: each is checked, and read again by its kernel."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "data" / "rudersdal"
        folder.parent.mkdir()
        large_delivery(folder)
        path = folder / "municipality.yml"
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("origin: constructed", "origin: registered"), encoding="utf-8")
        (folder / "origins.csv").unlink()
        options = ("--data", str(folder.parent), "--output", str(Path(scratch) / "out"))
        for chapter in ("population", "profile", "roles", "outcomes", "economics"):
            cost = timed("run", "rudersdal", "--chapter", chapter, *options)
            print(f"{chapter:<12} {cost}  for {LARGE:,} registrations, check included")


def main() -> None:
    bench_speed.main()
    bench_book.main()
    bench_site.main()
    simulations()
    checks()
    large_chapters()
    bench_course.participants()


if __name__ == "__main__":
    main()
