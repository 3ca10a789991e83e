"""`fremskudt check --release` and `fremskudt release`: attack the built site, then publish it."""

import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path

from fremskudt import register
from fremskudt.errors import ReleaseRefused, WrongUsage
from fremskudt.publishing.writing import (
    put_file,
    put_folder,
    restore_folder,
    write_settled,
    writing_to,
)
from fremskudt.release.addresses import addresses_of, gone
from fremskudt.release.archive import NAME as OFFLINE
from fremskudt.release.archive import pack
from fremskudt.release.audit import SiteAudit, audit
from fremskudt.release.harvest import harvest
from fremskudt.release.keeping import keep, prepare
from fremskudt.release.report import report_page
from fremskudt.workspace import Workspace

PAGE = "udgivelse.html"
SITE, ARCHIVE, REPORT = "side", "side.zip", "kontrol"
SCRATCH = ".ny-"


def check_release(
    workspace: Workspace, previous: Path | None, report: Path
) -> tuple[SiteAudit, Path]:
    """Attack the built site, together with a previous one, and write the report.

    Raises `WrongUsage` when there is no site, and `DataProblem` for faulty data.
    """
    if not (workspace.site / "index.html").is_file():
        raise WrongUsage("Der er ingen side at kontrollere. Kør «fremskudt site» først.")
    deliveries = register.load_all(workspace, register.slugs(workspace))
    with _opened(previous) if previous else nullcontext() as before:
        found = audit(harvest(workspace.site), deliveries, harvest(before) if before else None)
        if before:
            lost = gone(addresses_of(before), addresses_of(workspace.site))
            found = replace(found, remarks=[*found.remarks, *lost])
    page = report / PAGE
    with writing_to(report):
        report.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=report, prefix=SCRATCH) as scratch:
            made = Path(scratch) / PAGE
            write_settled(made, report_page(found, str(previous) if previous else ""))
            put_file(made, page)
    return found, page


@contextmanager
def _opened(place: Path) -> Iterator[Path]:
    """The previous release as a folder: it is one, or a zip file of one."""
    if place.is_dir():
        yield place
        return
    if not zipfile.is_zipfile(place):
        raise WrongUsage(
            f"Den forrige udgivelse findes ikke: {place}. Angiv en mappe eller zip-fil."
        )
    with tempfile.TemporaryDirectory() as scratch, zipfile.ZipFile(place) as archive:
        archive.extractall(scratch)
        yield Path(scratch)


def refuse(found: SiteAudit) -> None:
    """Raises `ReleaseRefused` with every reason."""
    if found.reasons:
        raise ReleaseRefused("\n".join([*found.reasons, "Siden må ikke udgives."]))


def release(
    workspace: Workspace, target: Path, say: Callable[[str], None] = lambda _: None
) -> tuple[Path, Path]:
    """Check the site against the one that lies in `target`, and put it there in its place.

    The folder gets side/, side.zip, which readers find in side/, too, kontrol/udgivelse.html and an
    entry in historik/, which is kept with the data, too. Raises `ReleaseRefused`, and `DataProblem`
    for a faulty history; what lay there before then lies there still. `say` hears remarks. Returns
    the site's folder and the archive.
    """
    if target.resolve().is_relative_to(workspace.output.resolve()):
        raise WrongUsage(f"Vælg en mappe uden for {workspace.output}: dér bygges siden.")
    old = target / SITE
    previous = old if (old / "index.html").is_file() else None
    if target.is_dir() and previous is None and any(target.iterdir()):
        raise WrongUsage(
            f"{target} rummer andet end en udgivelse. Vælg en tom mappe eller den, som den forrige "
            "udgivelse ligger i."
        )
    kept = prepare(workspace, target, previous)
    found, _ = check_release(workspace, previous, workspace.output / REPORT)
    refuse(found)
    for remark in (*found.remarks, *kept.remarks()):
        say(remark)
    with writing_to(target):
        target.mkdir(parents=True, exist_ok=True)
        for left in target.glob(f"{SCRATCH}*"):
            shutil.rmtree(left)
        restore_folder(target / SITE)
        with tempfile.TemporaryDirectory(dir=target, prefix=SCRATCH) as scratch:
            made = Path(scratch)
            shutil.copytree(workspace.site, made / SITE)
            shutil.copytree(workspace.output / REPORT, made / REPORT)
            pack(made / SITE, made / ARCHIVE)
            shutil.copy(made / ARCHIVE, made / SITE / OFFLINE)
            put_folder(made / REPORT, target / REPORT)
            put_file(made / ARCHIVE, target / ARCHIVE)
            put_folder(made / SITE, target / SITE)
    for done in keep(kept):
        say(done)
    return target / SITE, target / ARCHIVE
