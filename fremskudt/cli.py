"""The command line: `list`, `new`, `check`, `run`, `site`, `release`, `serve` and `teach`.

Thin; every message is Danish.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

from cyclopts import App, CycloptsError, Group, Parameter
from rich.console import Console

from fremskudt import register
from fremskudt.contract.characters import visible
from fremskudt.errors import INTERRUPTED, DataProblem, HandbookError, WrongUsage
from fremskudt.options import (
    AnyPort,
    AsApp,
    CourseFolder,
    Data,
    Explain,
    Force,
    Jobs,
    MunicipalityCode,
    Name,
    NoBrowser,
    Output,
    Pdf,
    Port,
    Previous,
    Release,
    Report,
    Scheduler,
    SendData,
    Slug,
    Slugs,
    Target,
    Wanted,
    Watch,
)
from fremskudt.usage import in_danish
from fremskudt.workspace import DATA_VARIABLE, HANDBOOK, Workspace

# What reads data, computes or compiles is brought by the command that needs it: a command that has
# nothing to do is done at once.
if TYPE_CHECKING:
    from fremskudt.contract.delivery import Delivery
    from fremskudt.publishing.running import MakePool
    from fremskudt.publishing.site import Site

output = Console(highlight=False, soft_wrap=True)
errors = Console(stderr=True, highlight=False, soft_wrap=True)

app = App(
    name="fremskudt",
    help="Evaluér fremskudt sagsbehandling kommune for kommune.",
    usage="",
    group_commands=Group("Kommandoer"),
    group_parameters=Group("Tilvalg"),
    group_arguments=Group("Argumenter"),
    default_parameter=Parameter(show_default=False, negative=""),
    version_flags=[],
    help_flags=["--help"],
    result_action="return_value",
    suppress_keyboard_interrupt=False,  # `main` answers Ctrl-C
)
app["--help"].help = "Vis denne hjælp."

COURSE_ENDED = (
    "Kursets server gik ned (kode {code}). Hvad der gik galt, står ovenfor. Svar, der er gemt, "
    "ligger stadig i {folder}."
)


@app.command(name="list", usage="")
def list_municipalities(*, data: Data = "") -> None:
    """Vis kommunerne i datamappen."""
    from fremskudt.presentation.numbers import number

    workspace = Workspace.find(data)
    found = register.inspect_all(workspace)
    width = max(14, *(len(one.slug) for one in found))
    for one in found:
        if one.delivery is None:
            text = f"{number(len(one.errors))} fejl i data"
        else:
            cases = number(len(one.delivery["cases"]))
            text = f"{one.delivery.municipality.name}, {cases} sager"
        say(f"{one.slug:<{width}} {text}")


@app.command(usage="")
def new(
    slug: Slug = "", /, *, name: Name = "", code: MunicipalityCode = "", data: Data = ""
) -> None:
    """Begynd på en kommune: lav en mappe med en arbejdsbog og en fil om kommunen."""
    from fremskudt.intake.start import is_inside_handbook, start_municipality

    chosen = data or os.environ.get(DATA_VARIABLE) or HANDBOOK / "data"
    place = Path(chosen).expanduser().resolve()
    folder = start_municipality(slug, name, code, place, bool(data))
    say(f"Mappen {folder} er klar.")
    say("1. Udfyld municipality.yml, hvor der står UDFYLD.")
    say("2. Udfyld data.xlsx i Excel; begynd med arket «Læs mig».")
    say(f'3. Kør: fremskudt check {folder.name} --data "{place}"')
    if is_inside_handbook(place):
        say(
            "Mappen hører til håndbogen. Læg kun opdigtede data dér: rigtige hører ikke "
            "hjemme, hvor koden bliver delt.",
        )


@app.command(usage="")
def check(
    *slugs: Slugs,
    release: Release = False,
    previous: Previous = "",
    data: Data = "",
    output_folder: Output = "",
    report: Report = "",
) -> None:
    """Kontrollér kommunernes data, eller med --release den byggede side, og meld alt på én gang."""
    from fremskudt.contract.problems import WORDS
    from fremskudt.intake.report import write_report
    from fremskudt.presentation.numbers import number

    workspace = Workspace.find(data, output_folder)
    if release:
        _check_release(workspace, previous, report)
        return
    found = register.inspect_all(workspace, slugs)
    for one in found:
        if one.delivery is not None:
            rows = sum(len(table) for table in one.delivery.tables.values())
            say(f"{one.slug}: {number(rows)} rækker er i orden.")
        for warning in one.warnings:
            say(f"{WORDS[warning.severity].capitalize()}: {warning}")
        if notes := len(one.remarks) - len(one.warnings):
            word = "bemærkning" if notes == 1 else "bemærkninger"
            where = "Se rapporten." if report else "Brug --report for at se mere."
            say(f"{number(notes)} {word} kræver ikke noget. {where}")
    _warn_of_place(workspace, [one.delivery for one in found if one.delivery])
    if report:
        page, _ = write_report(Path(report).expanduser().resolve(), found)
        say(f"Rapporten ligger i {page.parent}; åbn {page}")
    problems = [problem for one in found for problem in one.errors]
    if problems:
        raise DataProblem(problems)


@app.command(usage="")
def run(
    *slugs: Slugs,
    chapter: Wanted = None,
    force: Force = False,
    explain: Explain = False,
    jobs: Jobs = 0,
    scheduler: Scheduler = "",
    yes_send_data: SendData = False,
    data: Data = "",
    output_folder: Output = "",
) -> None:
    """Kontrollér data og kør kapitlerne."""
    from fremskudt.publishing.pools import make_pool
    from fremskudt.publishing.turns import turn

    workspace = Workspace.find(data, output_folder)
    pool = make_pool(jobs, scheduler, yes_send_data, say)
    chosen = register.chosen(workspace, slugs)
    if explain:
        from fremskudt.publishing.due import explained
        from fremskudt.publishing.templates import chapters

        everyone = register.slugs(workspace)
        for line in explained(chapters(chosen, chapter or []), workspace, everyone, force):
            say(line)
        return
    with turn(workspace, say):
        _run(workspace, chosen, chapter or [], force, pool)


@app.command(usage="")
def site(
    *,
    force: Force = False,
    watch: Watch = False,
    pdf: Pdf = False,
    jobs: Jobs = 0,
    scheduler: Scheduler = "",
    yes_send_data: SendData = False,
    data: Data = "",
    output_folder: Output = "",
) -> None:
    """Kontrollér data, kør kapitlerne og oversæt bogen, hvor noget er ændret."""
    from fremskudt.publishing.pools import make_pool
    from fremskudt.publishing.site import Site, press

    workspace = Workspace.find(data, output_folder)
    pool = make_pool(jobs, scheduler, yes_send_data, say)
    make = partial(_make_site, workspace, pool)
    if not watch:
        with Site(workspace, register.chosen(workspace, []), force, press(pdf, say)) as begun:
            make(begun)
        return
    from fremskudt.publishing.side_by_side import begin_to_warm_up
    from fremskudt.publishing.watching import can_go_on
    from fremskudt.publishing.watching import watch as go_on

    can_go_on(scheduler, pdf)

    def begin(with_book: bool = True) -> Site:
        made = Site(workspace, register.slugs(workspace), force and not with_book)
        if with_book:
            made.begin_book()
            begin_to_warm_up()
        return made

    go_on(workspace, lambda ready: make(ready or begin(with_book=False)), begin, say, _tell)


def _make_site(workspace: Workspace, pool: "MakePool", made: "Site") -> None:
    from fremskudt.publishing.told import check_told
    from fremskudt.publishing.turns import turn

    with turn(workspace, say):
        made.slugs = register.chosen(workspace, [])
        check_told(workspace, made.slugs)
        with _timed("Data og kapitler"):
            _run(workspace, made.slugs, [], made.force, pool, made.begin_book)
        with _timed("Bogen"):
            built = made.compile()
    say(f"Siden ligger i {built}; åbn {built / 'index.html'}")


@app.command(usage="")
def release(target: Target = "", /, *, data: Data = "", output_folder: Output = "") -> None:
    """Kontrollér den byggede side, og læg den klar til udgivelse i en mappe."""
    from fremskudt.publishing.turns import turn
    from fremskudt.release.check import release as release_site

    if not target:
        raise WrongUsage("Skriv, hvor udgivelsen skal ligge, fx: fremskudt release ~/udgivelse")
    workspace = Workspace.find(data, output_folder)
    with turn(workspace, say):
        folder, archive = release_site(workspace, Path(target).expanduser().resolve(), say)
    say(f"Siden ligger i {folder}")
    say(f"Den samme side i én fil: {archive}")


def _check_release(workspace: Workspace, previous: str, report: str) -> None:
    from fremskudt.publishing.turns import turn
    from fremskudt.release.check import REPORT, check_release, refuse
    from fremskudt.release.report import lines

    before = Path(previous).expanduser().resolve() if previous else None
    folder = Path(report).expanduser().resolve() if report else workspace.output / REPORT
    with turn(workspace, say):
        found, page = check_release(workspace, before, folder)
    for line in lines(found):
        say(line)
    say(f"Rapporten ligger i {page}")
    refuse(found)
    say("Siden kan udgives.")


@app.command(usage="")
def serve(*, port: Port = 8000, output_folder: Output = "") -> None:
    """Vis siden på denne maskine (127.0.0.1)."""
    folder = Workspace.find(output=output_folder).site
    if not (folder / "index.html").is_file():
        raise WrongUsage("Der er ingen side endnu. Kør «fremskudt site» først.")
    try:
        server = ThreadingHTTPServer(
            ("127.0.0.1", port), partial(SimpleHTTPRequestHandler, directory=str(folder))
        )
    except (OSError, OverflowError) as error:
        raise WrongUsage(f"Port {port} kan ikke bruges. Vælg en anden med --port.") from error
    say(f"Siden vises på http://127.0.0.1:{server.server_port}/ (stop med Ctrl-C)")
    with server:
        server.serve_forever()


@app.command(usage="")
def teach(
    *,
    app: AsApp = False,
    folder: CourseFolder = "",
    port: AnyPort = 0,
    no_browser: NoBrowser = False,
) -> None:
    """Åbn kurset på denne maskine (127.0.0.1), uden internet."""
    from fremskudt.teaching import serving as course

    home = Path(folder).expanduser().resolve() if folder else Path.home() / course.HOME
    port = course.usable(app, port)  # before a folder is made that nobody will use
    copied = course.fresh_copy(home)
    server = course.server(copied, app, port)
    say(f"Kurset ligger i {copied}. Svar bliver på denne maskine.")
    say(f"Åbn {server.address} (stop med Ctrl-C)")
    with subprocess.Popen(  # noqa: S603 - our own interpreter with fixed arguments
        server.command, cwd=copied, env=server.environment
    ) as running:
        try:
            if not no_browser:
                course.open_when_ready(server, running)
            ended = running.wait()
        finally:
            running.terminate()
    if ended:
        raise HandbookError(COURSE_ENDED.format(code=ended, folder=copied))


def _warn_of_place(workspace: Workspace, deliveries: Iterable["Delivery"]) -> None:
    """A municipality's own data do not belong in the folder that is shared as code."""
    from fremskudt.intake.start import is_inside_handbook

    if is_inside_handbook(workspace.data) and any(
        one.municipality.is_registered for one in deliveries
    ):
        say(
            "Advarsel: Kommunens egne data ligger i håndbogens mappe, som kan blive delt. "
            "Flyt dem til en mappe uden for den, og angiv den med --data."
        )


def say(text: str, to: Console | None = None) -> None:
    """Write lines as they are: no markup, and no character that steers the terminal."""
    (to or output).print(visible(text, kept="\n"), markup=False, emoji=False)


def _run(
    workspace: Workspace,
    slugs: Sequence[str],
    wanted: list[str],
    force: bool,
    make_pool: "MakePool",
    meanwhile: Callable[[], None] = lambda: None,
) -> None:
    from fremskudt.publishing.progress import shown
    from fremskudt.publishing.running import run
    from fremskudt.publishing.templates import chapters

    run(
        chapters(slugs, wanted),
        workspace,
        register.slugs(workspace),
        force,
        make_pool,
        say,
        partial(shown, output, say),
        partial(_warn_of_place, workspace),
        meanwhile,
    )


@contextmanager
def _timed(step: str) -> Iterator[None]:
    from fremskudt.presentation.numbers import number

    began = time.perf_counter()
    yield
    say(f"{step}: {number(time.perf_counter() - began, 1)} s")


def _tell(error: HandbookError) -> None:
    """Say what went wrong, to the stream for errors."""
    if isinstance(error, DataProblem):
        from fremskudt.presentation.numbers import number

        say(f"{number(len(error.problems))} fejl i data:", errors)
    say(str(error), errors)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and leave with the exit code; no traceback for a user's error."""
    try:
        app(arguments, print_error=False, exit_on_error=False)
    except CycloptsError as error:
        known = (name for name in app if not name.startswith("-"))
        say(in_danish(error, known), errors)
        sys.exit(WrongUsage.exit_code)
    except HandbookError as error:
        _tell(error)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        errors.print(INTERRUPTED)
        sys.exit(130)


if __name__ == "__main__":
    main()
