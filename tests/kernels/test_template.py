"""The process that kernels are forked from: clean, alone, and gone when nobody needs it."""

import ast
import json
import os
import signal
import socket
import struct
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from jupyter_core.utils import run_sync

from fremskudt.kernels import PROVISIONER, PROVISIONER_VARIABLE, forks, link, provisioner
from fremskudt.kernels.client import manager
from fremskudt.kernels.forks import ForkedKernel
from fremskudt.kernels.template import LEFT_OUT
from fremskudt.workspace import HANDBOOK
from tests.kernels.conftest import PATIENCE, Kernel

SPOIL = """\
import builtins, gc, os, random, signal, sys, threading, warnings
import numpy, pandas, fremskudt.workspace
left_global = 1
builtins.left_builtin = 1
os.environ["LEFT"] = "1"
os.chdir("/")
os.umask(0o77)
random.seed(1); numpy.random.seed(1)
kept_open = open("/dev/zero", "rb", buffering=0)
os.set_inheritable(kept_open.fileno(), True)
pandas.set_option("display.max_rows", 3)
pandas.DataFrame.left_method = 1
numpy.set_printoptions(precision=2)
fremskudt.workspace.HANDBOOK = None
sys.path.append("/left"); sys.modules["left_module"] = sys
warnings.simplefilter("error")
gc.disable()
signal.signal(signal.SIGUSR1, signal.SIG_IGN)
threading.Thread(target=threading.Event().wait, daemon=True).start()
import locale; locale.setlocale(locale.LC_ALL, "C")
"""
SEEN = """{
    "global": "left_global" in globals(), "builtin": hasattr(builtins, "left_builtin"),
    "environment": "LEFT" in os.environ, "folder": os.getcwd() == "/",
    "umask": os.umask(0o22) == 0o77,
    "random": random.random() == 0.13436424411240122,
    "numpy": float(numpy.random.random()) == 0.417022004702574,
    "file": any(os.readlink(f"/proc/self/fd/{n}") == "/dev/zero"
                for n in os.listdir("/proc/self/fd") if os.path.exists(f"/proc/self/fd/{n}")),
    "option": pandas.options.display.max_rows == 3,
    "method": hasattr(pandas.DataFrame, "left_method"),
    "print": numpy.get_printoptions()["precision"] == 2,
    "constant": fremskudt.workspace.HANDBOOK is None,
    "path": "/left" in sys.path, "module": "left_module" in sys.modules,
    "warnings": any(one[0] == "error" and one[2] is Warning for one in warnings.filters),
    "collection": not gc.isenabled(),
    "signal": signal.getsignal(signal.SIGUSR1) == signal.SIG_IGN,
    "thread": any(not t.name.startswith(("Main", "IO", "Heart", "Control", "Shell", "Thread-"))
                  for t in threading.enumerate()),
}"""
IMPORTS = "import builtins, gc, os, random, signal, sys, threading, warnings\n"
IMPORTS += "import numpy, pandas, fremskudt.workspace"


def test_nothing_that_one_notebook_does_is_seen_by_the_next():
    first = Kernel(PROVISIONER)
    first.run(SPOIL)
    spoilt = first.tell(SEEN)
    second = Kernel(PROVISIONER)
    second.run(IMPORTS)
    seen = second.tell(SEEN)
    for kernel in (first, second):
        kernel.close()
    # The first has done it all (its thread bears a name that others bear too).
    assert [name for name, is_seen in spoilt.items() if not is_seen] == ["thread"]
    assert [name for name, is_seen in seen.items() if is_seen] == []


def test_the_template_has_one_thread_before_and_after_kernels(template):
    kernels = [Kernel(PROVISIONER) for _ in range(2)]
    process = psutil.Process(template()._process.pid)
    assert process.num_threads() == 1
    assert len(process.children()) == 2
    for kernel in kernels:
        kernel.close()
    assert process.num_threads() == 1
    assert process.children() == []


def test_a_template_in_which_a_library_starts_a_thread_refuses_to_serve(tmp_path):
    code = (
        "import threading; threading.Thread(target=threading.Event().wait, daemon=True).start()\n"
        f"from fremskudt.kernels import template; template.main({str(tmp_path / 'socket')!r})"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **forks.ONE_THREAD},
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 1
    assert done.stderr.endswith("2 threads: a fork would not be safe\n")
    assert done.stdout == ""


def imported_by(notebook):
    """The modules that a notebook's cells import."""
    names = set()
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "code" and not source.startswith("%"):
            for node in ast.walk(ast.parse(source)):
                if isinstance(node, ast.Import):
                    names |= {one.name for one in node.names}
                elif isinstance(node, ast.ImportFrom):
                    names.add(node.module)
    return names


def test_what_chapters_import_is_there_before_they_do():
    notebooks = sorted((HANDBOOK / "notebooks").rglob("*.ipynb"))
    wanted = set().union(*(imported_by(one) for one in notebooks if "birkelund" not in str(one)))
    kernel = Kernel(PROVISIONER)
    missing = kernel.tell(f"[n for n in {sorted(wanted)!r} if n not in __import__('sys').modules]")
    kernel.close()
    assert len(wanted) > 15
    assert [name for name in missing if not name.startswith(LEFT_OUT)] == []


def test_the_template_leaves_out_what_looks_for_the_kernel_that_it_is_imported_in():
    kernel = Kernel(PROVISIONER)
    brought = kernel.tell("sorted({'altair', 'ipywidgets'} & set(__import__('sys').modules))")
    kernel.close()
    assert brought == []


def test_a_kernel_begins_without_importing_anything():
    """What a kernel's own start imports has been imported by the template."""
    listed = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from fremskudt.kernels import template; template.warm(); "
            "print(*sys.modules)",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    kernel = Kernel(PROVISIONER)
    more = set(kernel.tell("list(__import__('sys').modules)")) - set(listed.stdout.split())
    kernel.close()
    assert more <= {"runpy"}


def test_a_dead_template_takes_its_kernels_and_the_next_kernel_has_another(template):
    kernel = Kernel(PROVISIONER)
    before = template()._process.pid
    os.kill(before, signal.SIGKILL)
    fork = psutil.Process(kernel.manager.provisioner.pid)
    assert kernel.manager.provisioner.process.wait(PATIENCE) == -signal.SIGKILL
    assert not kernel.manager.is_alive()
    _, alive = psutil.wait_procs([fork], timeout=PATIENCE)
    assert alive == []
    kernel.client.stop_channels()
    following = Kernel(PROVISIONER)
    assert isinstance(following.manager.provisioner.process, ForkedKernel)
    assert template()._process.pid != before
    following.close()


OWNER = """\
import sys
from tests.kernels.conftest import Kernel
from fremskudt.kernels import PROVISIONER, forks
kernel = Kernel(PROVISIONER)
print(kernel.manager.provisioner.pid, forks.own_template()._process.pid, flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM])
def test_who_is_killed_takes_the_template_and_its_kernels_along(end):
    owner = subprocess.Popen(
        [sys.executable, "-c", OWNER],
        cwd=HANDBOOK,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    processes = [psutil.Process(int(one)) for one in owner.stdout.readline().split()]
    assert len(processes) == 2
    owner.send_signal(end)
    owner.communicate()
    _, alive = psutil.wait_procs(processes, timeout=PATIENCE)
    assert alive == []


def test_where_no_kernel_can_be_forked_an_ordinary_one_is_started_and_one_line_says_so(
    monkeypatch,
):
    monkeypatch.setattr(forks, "impossible", lambda: "win32 has no safe fork")
    monkeypatch.setattr(provisioner, "_said", set())
    for _ in range(2):
        kernel = Kernel(PROVISIONER)
        assert isinstance(kernel.manager.provisioner.process, subprocess.Popen)
        assert kernel.run("print(6 * 7)") == "42"
        kernel.close()
    assert provisioner._said == {"win32 has no safe fork"}


def test_a_template_that_cannot_start_is_told_by_its_last_line(monkeypatch):
    forks.end_template()
    monkeypatch.setenv("PYTHONPATH", "/nowhere")
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(forks.NoTemplate, match="it ended at once"):
        forks.own_template().wait_until_ready()


def test_an_interpreter_that_is_set_up_in_another_way_is_not_forked():
    kernel = Kernel(PROVISIONER, env={**os.environ, "PYTHONHASHSEED": "5"})
    assert isinstance(kernel.manager.provisioner.process, subprocess.Popen)
    assert kernel.tell("__import__('os').environ['PYTHONHASHSEED']") == "5"
    kernel.close()


PARENT = "import psutil; print('template' in ' '.join(psutil.Process().parent().cmdline()))"


def test_papermill_nbclient_and_nbval_profit_without_knowing(tmp_path):
    cell = {
        "cell_type": "code",
        "id": "one",
        "metadata": {},
        "source": PARENT,
        "outputs": [{"output_type": "stream", "name": "stdout", "text": "True\n"}],
        "execution_count": 1,
    }
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    notebook = {"cells": [cell], "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}
    for name in ("which", "nbclient"):
        (tmp_path / f"{name}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    environment = {**os.environ, PROVISIONER_VARIABLE: PROVISIONER}
    for command in (
        ["papermill", "which.ipynb", "papermill.ipynb"],
        ["nbclient.cli", "--inplace", "nbclient.ipynb"],
        ["pytest", "--nbval", "-p", "no:cacheprovider", "which.ipynb"],
    ):
        done = subprocess.run(
            [sys.executable, "-m", *command],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr
    for name in ("papermill", "nbclient"):
        executed = json.loads((tmp_path / f"{name}.ipynb").read_text(encoding="utf-8"))
        said = [o.get("text") for c in executed["cells"] for o in c.get("outputs", [])]
        assert ["".join(one) for one in said] == ["True\n"], name


def test_who_asks_for_nothing_or_half_of_it_disturbs_nobody(template):
    kernel = Kernel(PROVISIONER)
    address = template().address
    for said in (b"", b"\0", struct.pack("!I", 5), struct.pack("!I", 2) + b"{}"):
        with socket.socket(socket.AF_UNIX) as other:
            other.connect(address)
            other.sendall(said)
    with socket.socket(socket.AF_UNIX) as idle:
        idle.connect(address)
        following = Kernel(PROVISIONER)
        assert isinstance(following.manager.provisioner.process, ForkedKernel)
        assert following.run("print(1)") == "1"
    for one in (kernel, following):
        assert one.run("print(2)") == "2"
        one.close()


def test_a_fork_holds_no_socket_of_the_template_or_of_another_kernel():
    first = Kernel(PROVISIONER)
    second = Kernel(PROVISIONER)
    template_pid = psutil.Process(second.manager.provisioner.pid).ppid()
    held = {one: sockets_of(one.manager.provisioner.pid) for one in (first, second)}
    of_template = sockets_of(template_pid)
    assert len(of_template) >= 4  # it listens, it wakes itself, and has a connection a kernel
    assert of_template & (held[first] | held[second]) == set()
    for one in (first, second):
        one.close()


def sockets_of(process):
    folder = Path(f"/proc/{process}/fd")
    return {
        target for one in folder.iterdir() if (target := str(one.readlink())).startswith("socket")
    }


def test_the_interpreter_of_another_environment_is_not_ours(tmp_path):
    other = tmp_path / "python"
    other.symlink_to(Path(sys.executable).resolve())
    ask = provisioner._launcher_arguments
    assert ask([sys.executable, "-m", "ipykernel_launcher", "-f", "x"]) == ["-f", "x"]
    assert ask([str(other), "-m", "ipykernel_launcher", "-f", "x"]) is None
    assert ask([sys.executable, "-Xutf8", "-m", "ipykernel_launcher"]) is None
    assert ask([sys.executable, "-m", "other_kernel"]) is None


def test_a_kernel_is_handed_over_when_every_one_of_its_doors_is_open():
    """Who knocks too early tries again only after a tenth of a second."""
    with manager("python3") as found:
        run_sync(found.start_kernel)()
        info = found.get_connection_info()
        try:
            for name in ("shell_port", "iopub_port", "stdin_port", "control_port", "hb_port"):
                with socket.socket(socket.AF_UNIX) as door:
                    door.connect(f"{info['ip']}-{info[name]}")
        finally:
            run_sync(found.shutdown_kernel)(now=True)


@pytest.mark.usefixtures("template")
def test_a_kernel_that_dies_before_it_listens_is_told_to_be_dead():
    request = link.Request(["--transport=none"], str(HANDBOOK), dict(os.environ))
    with Path(os.devnull).open("r+b") as nothing:
        kernel = forks.fork_kernel(request, (nothing.fileno(),) * 3)
    assert kernel.wait(PATIENCE) != 0
