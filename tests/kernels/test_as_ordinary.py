"""A warm kernel behaves as an ordinary one: each test is run with both."""

import os
import signal
import sys
import time
from queue import Empty

import psutil
import pytest

from fremskudt.kernels import PROVISIONER
from fremskudt.kernels.forks import ForkedKernel
from tests.kernels.conftest import ORDINARY, PATIENCE, Kernel

LOOK = """{
    "environment": {k: v for k, v in os.environ.items() if k != "JPY_PARENT_PID"},
    "folder": os.getcwd(),
    "path": [one for one in sys.path if one],
    "first on the path": sys.path[0],
    "options": sys.argv[1:2],
    "name": __name__,
    "main": sys.modules["__main__"].__dict__ is globals(),
    "umask": os.umask(0o22),
    "interrupt": str(signal.getsignal(signal.SIGINT)),
    "children": str(signal.getsignal(signal.SIGCHLD)),
    "terminate": str(signal.getsignal(signal.SIGTERM)),
    "wakeup": signal.set_wakeup_fd(-1),
    "leads a session": os.getsid(0) == os.getpid(),
    "collects": gc.isenabled(),
    "recursion": sys.getrecursionlimit(),
    "time zone": time.tzname,
    "rows": pandas.options.display.max_rows,
    "threads": sorted(thread.name.rstrip("0123456789") for thread in threading.enumerate()),
    "files": sorted({one.split(":")[0] for one in map(target, os.listdir("/proc/self/fd"))}),
    "limits": resource.getrlimit(resource.RLIMIT_NOFILE),
}"""
IMPORTS = """\
import gc, os, pandas, resource, signal, sys, threading, time

def target(number):
    path = f"/proc/self/fd/{number}"
    return os.readlink(path) if os.path.exists(path) else "socket"
"""


def test_a_warm_kernel_finds_the_world_that_an_ordinary_one_finds(tmp_path):
    environment = {**os.environ, "TZ": "Asia/Tokyo", "CHOSEN": "æøå"}
    found = {}
    for kind in (PROVISIONER, ORDINARY):
        kernel = Kernel(kind, env=environment, cwd=str(tmp_path))
        kernel.run(IMPORTS)
        found[kind] = kernel.tell(LOOK)
        kernel.close()
    assert found[PROVISIONER] == found[ORDINARY]
    assert found[PROVISIONER]["time zone"] == ["JST", "JST"]
    assert found[PROVISIONER]["environment"]["CHOSEN"] == "æøå"
    assert found[PROVISIONER]["folder"] == str(tmp_path)


def test_a_widget_can_be_made_and_is_registered_with_the_kernel(start):
    """ipywidgets registers with the kernel that it is imported in, and only then."""
    kernel = start()
    targets = "sorted(get_ipython().kernel.comm_manager.targets)"
    assert "jupyter.widget" not in kernel.tell(targets)
    kernel.run("import ipywidgets; slider = ipywidgets.IntSlider()")
    assert {"jupyter.widget", "jupyter.widget.control"} <= set(kernel.tell(targets))
    assert kernel.tell("type(slider.comm).__module__") == "ipykernel.comm.comm"


def test_the_kinds_are_what_they_are_called(start):
    kernel = start()
    is_forked = isinstance(kernel.manager.provisioner.process, ForkedKernel)
    assert is_forked == (start.provisioner == PROVISIONER)
    assert kernel.tell("__import__('os').getpid()") == kernel.manager.provisioner.pid


def test_an_interrupt_stops_the_cell_and_nothing_else(start):
    kernel = start()
    kernel.run("kept = 7")
    for code in ("while True: pass", "import time; time.sleep(600)"):
        asked = kernel.client.execute(f"print('begun', flush=True)\n{code}", stop_on_error=False)
        wait_until_busy(kernel, asked)
        kernel.manager.interrupt_kernel()
        reply = kernel.client.get_shell_msg(timeout=PATIENCE)
        while reply["parent_header"].get("msg_id") != asked:
            reply = kernel.client.get_shell_msg(timeout=PATIENCE)
        assert reply["content"]["ename"] == "KeyboardInterrupt"
    assert kernel.run("print(kept)") == "7"


def wait_until_busy(kernel, asked):
    while True:
        message = kernel.client.get_iopub_msg(timeout=PATIENCE)
        is_about = message["parent_header"].get("msg_id") == asked
        if is_about and message["msg_type"] == "stream":
            time.sleep(0.2)  # what it printed is on its way while it still works on that line
            return


def test_a_restart_gives_a_new_process_without_the_names_of_the_old(start):
    kernel = start()
    before = kernel.tell("__import__('os').getpid()")
    kernel.run("left = 1")
    kernel.client.stop_channels()
    kernel.manager.restart_kernel(now=True)
    kernel.client = kernel.manager.client()
    kernel.client.start_channels()
    kernel.client.wait_for_ready(timeout=PATIENCE)
    assert kernel.run("left") == "NameError"
    assert kernel.tell("__import__('os').getpid()") != before
    assert not psutil.pid_exists(before) or psutil.Process(before).status() == "zombie"


@pytest.mark.parametrize(
    ("end", "code"),
    [
        ("os._exit(3)", 3),
        ("os.kill(os.getpid(), signal.SIGKILL)", -signal.SIGKILL),  # as for want of memory
        ("os.kill(os.getpid(), signal.SIGSEGV)", -signal.SIGSEGV),
        ("os.kill(os.getpid(), signal.SIGTERM)", -signal.SIGTERM),
        ("ctypes.string_at(0)", -signal.SIGSEGV),
    ],
)
def test_a_kernel_that_ends_is_found_dead_with_its_code(start, end, code):
    kernel = start()
    kernel.client.execute(f"import ctypes, os, signal\n{end}")
    assert kernel.manager.provisioner.process.wait(PATIENCE) == code
    assert not kernel.manager.is_alive()


def test_want_of_memory_is_an_error_of_the_cell(start):
    kernel = start()
    kernel.run("import resource; resource.setrlimit(resource.RLIMIT_AS, (4 * 2**30, 4 * 2**30))")
    assert kernel.run("filled = bytearray(6 * 2**30)") == "MemoryError"
    assert kernel.run("print('still here')") == "still here"


def test_a_kernel_that_is_asked_to_leave_does_what_is_registered_for_the_end(start, tmp_path):
    kernel = start()
    left = tmp_path / "left"
    kernel.run(f"import atexit, pathlib; atexit.register(pathlib.Path({str(left)!r}).touch)")
    kernel.client.stop_channels()
    kernel.manager.shutdown_kernel()
    assert left.exists()


@pytest.mark.parametrize("is_dead_before", [False, True])
def test_what_a_kernel_has_started_ends_when_it_is_ended(start, is_dead_before):
    kernel = start()
    child = kernel.tell(
        f"__import__('subprocess').Popen([{sys.executable!r}, '-c', "
        "'import time; time.sleep(600)']).pid"
    )
    process = psutil.Process(child)
    if is_dead_before:
        os.kill(kernel.manager.provisioner.pid, signal.SIGKILL)
        psutil.wait_procs([psutil.Process(kernel.manager.provisioner.pid)], timeout=1)
        assert process.is_running()
    kernel.client.stop_channels()
    kernel.manager.shutdown_kernel(now=True)
    _, alive = psutil.wait_procs([process], timeout=PATIENCE)
    assert all(one.status() == psutil.STATUS_ZOMBIE for one in alive)


def test_random_numbers_differ_from_kernel_to_kernel(start):
    draw = "__import__('random').random(), __import__('numpy').random.random()"
    first, second = start().tell(f"[{draw}]"), start().tell(f"[{draw}]")
    assert first[0] != second[0]
    assert first[1] != second[1]


def test_a_cell_that_takes_too_long_is_stopped_by_the_client(start):
    kernel = start()
    with pytest.raises((TimeoutError, Empty)):
        kernel.run("import time; time.sleep(600)", timeout=1)
    kernel.manager.interrupt_kernel()
