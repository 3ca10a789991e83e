"""What a fork of the template does to become the kernel that an ordinary start would give."""

import gc
import os
import signal
import sys
import time
from types import ModuleType
from typing import Any

from fremskudt.kernels.link import Request

LAUNCHER = "ipykernel_launcher"


def become_kernel(request: Request, files: tuple[int, ...], set_by_imports: dict[str, str]) -> None:
    """Run a kernel in this process and end with it. The folder, environment, streams, session,
    arguments, signals and random state are those of a process of its own; what a library has put
    into the environment when it was imported is there too. `files` are those of `link`."""
    os.setsid()
    *streams, until_listening = files
    os.set_inheritable(until_listening, False)
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    os.chdir(request.folder)
    os.environ.clear()
    os.environ.update({**set_by_imports, **request.environment})
    time.tzset()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    _own_random_state()
    sys.argv = [f"{LAUNCHER}.py", *request.arguments]
    sys.modules["__main__"] = ModuleType("__main__")
    gc.enable()
    _run_kernel(until_listening)


def _own_random_state() -> None:
    """Python's own generator is seeded anew by every fork; numpy's old one is not."""
    numpy = sys.modules.get("numpy")
    if numpy is not None:
        numpy.random.seed()


def _run_kernel(until_listening: int) -> None:
    from ipykernel.kernelapp import IPKernelApp

    code = 0
    try:
        # The kernel ends with its parent, which is the template, and not who asked for it.
        kernel: Any = IPKernelApp.instance(parent_handle=os.getppid())
        kernel.initialize()
        os.close(until_listening)
        kernel.start()
    except SystemExit as left:
        code = left.code if isinstance(left.code, int) else int(left.code is not None)
    except BaseException:
        sys.excepthook(*sys.exc_info())
        code = 1
    finally:
        _finish(code)


def _finish(code: int) -> None:
    """End as an interpreter does: what is registered for the end, then the streams."""
    import atexit
    import threading

    threading._shutdown()  # type: ignore[attr-defined] # multiprocessing's forks call it too
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError, AttributeError):
            continue
    os._exit(code)
