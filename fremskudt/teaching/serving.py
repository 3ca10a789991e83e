"""`fremskudt teach`: the course on this machine, as notebooks or as apps without code.

Every start begins with a fresh copy of the course, so that nobody works in the handbook's own
files and nobody meets another's answers. The server answers to this machine only and asks for a
token.
"""

import importlib.util
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

from fremskudt.errors import WrongUsage
from fremskudt.kernels import PROVISIONER, PROVISIONER_VARIABLE
from fremskudt.teaching import SHARE
from fremskudt.teaching.faulty import NAME, faulty_delivery
from fremskudt.workspace import HANDBOOK

COURSE = HANDBOOK / "notebooks" / "training"
HOME = "Fremskudt-kursus"
WELCOME = "velkommen.md"
LOCAL = "127.0.0.1"
MODULES = {False: "jupyterlab", True: "voila"}
# Seconds before a kernel that was taken is made up for: many that come at once are served first,
# but who comes to an empty pool waits as long.
REFILL_ONE, REFILL_MANY = 1, 15
SETTINGS = SHARE / "config"
ANSWER_KEYS = "modul-*.yml"


@dataclass(frozen=True)
class Server:
    """How a server of the course is started, and where a browser finds it."""

    folder: Path
    command: tuple[str, ...]
    address: str

    @property
    def environment(self) -> dict[str, str]:
        """The variables that the server needs."""
        paths = [str(SHARE), os.environ.get("JUPYTER_PATH", "")]
        return {
            **os.environ,
            "JUPYTER_PATH": os.pathsep.join(filter(None, paths)),
            "JUPYTER_CONFIG_PATH": str(SETTINGS),
            # What somebody has set for other work, or left open there, is not part of the course.
            "JUPYTER_CONFIG_DIR": str(self.folder / ".jupyter"),
            PROVISIONER_VARIABLE: PROVISIONER,
        }


def fresh_copy(home: Path) -> Path:
    """A new folder with the course in it, below `home`, and the faulty delivery, which is made
    there. Raises `WrongUsage` for a place in the handbook's own folder and for one that cannot be
    written."""
    if home.resolve().is_relative_to(HANDBOOK):
        raise WrongUsage(f"Vælg en mappe uden for håndbogens egen ({HANDBOOK}) med --folder.")
    try:
        folder = _new_folder(home)
        with _gone_if_failed(folder):
            ignored = shutil.ignore_patterns(".*", "__pycache__", ANSWER_KEYS)
            shutil.copytree(COURSE, folder, ignore=ignored, dirs_exist_ok=True)
            faulty_delivery(folder / NAME)
    except OSError as error:
        raise WrongUsage(
            f"Kurset kan ikke lægges i {home}. Tjek, at der er plads på disken, eller vælg en "
            "anden mappe med --folder."
        ) from error
    return folder


def _new_folder(home: Path) -> Path:
    """The first number that nobody has, taken in one step: two starts at once get one each."""
    home.mkdir(parents=True, exist_ok=True)
    for number in count(1):
        folder = home / f"kursus-{number}"
        with suppress(FileExistsError):
            folder.mkdir()
            break
    return folder


@contextmanager
def _gone_if_failed(folder: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def usable(is_app: bool, port: int = 0) -> int:
    """The port that the course can be served at; 0 asks for any that is free. Raises `WrongUsage`
    where the packages of the course are not installed or the port is taken."""
    module = MODULES[is_app]
    if importlib.util.find_spec(module) is None:
        raise WrongUsage(
            f"Kurset kræver pakken {module}. Installér kursets pakker, mens der er internet: "
            f"{Path(sys.executable).name} -m pip install -r requirements-teach.txt"
        )
    return _free_port(port)


def server(folder: Path, is_app: bool, port: int = 0, waiting: int = 1) -> Server:
    """How the course in a folder is served, at a port that is `usable`. As apps, so many kernels
    of each module stand ready for the next participant."""
    port, token = usable(is_app, port), secrets.token_urlsafe(16)
    arguments = _app(folder, port, token, waiting) if is_app else _lab(folder, port, token)
    page = "" if is_app else f"lab/tree/{WELCOME}"
    address = f"http://{LOCAL}:{port}/{page}?token={token}"
    return Server(folder, (sys.executable, "-m", MODULES[is_app], *arguments), address)


def open_when_ready(server: Server, running: "subprocess.Popen[bytes]") -> None:
    """Open the course in a browser as soon as its server answers; not at all when it has ended."""
    host = urlsplit(server.address)
    while running.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex((LOCAL, int(host.port or 0))) == 0:
                webbrowser.open(server.address)
                return
        time.sleep(0.1)


def _free_port(wanted: int) -> int:
    with socket.socket() as probe:
        try:
            probe.bind((LOCAL, wanted))
        except (OSError, OverflowError) as error:
            raise WrongUsage(f"Port {wanted} kan ikke bruges. Vælg en anden med --port.") from error
        port: int = probe.getsockname()[1]
        return port


def _lab(folder: Path, port: int, token: str) -> list[str]:
    return [
        f"--ServerApp.root_dir={folder}",
        f"--ServerApp.ip={LOCAL}",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        f"--IdentityProvider.token={token}",
        "--ServerApp.open_browser=False",
        "--ServerApp.allow_root=True",  # in a container there is nobody else to be
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--LabApp.news_url=None",
        "--LabApp.extension_manager=readonly",
    ]


def _app(folder: Path, port: int, token: str, waiting: int) -> list[str]:
    return [
        str(folder),
        f"--Voila.ip={LOCAL}",
        f"--port={port}",
        "--no-browser",
        f"--token={token}",
        f"--pool_size={waiting}",
        f"--VoilaKernelManager.fill_delay={REFILL_ONE if waiting == 1 else REFILL_MANY}",
    ]
