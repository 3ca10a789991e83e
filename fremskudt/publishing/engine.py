"""papermill's engine for chapters: its own client on a warm kernel, which is ended at once.

A chapter's kernel has nothing to save, so it need not be asked to leave; and the notebook is
written when it is done or has failed, and not twice for every cell.
"""

import logging
import os
import subprocess
from collections.abc import Mapping
from typing import Any

from fremskudt.kernels.client import manager
from fremskudt.kernels.forks import ONE_THREAD
from fremskudt.publishing.unseen import unseen

# Where the course's packages are installed, jsonschema builds a grammar of web addresses from this
# one while papermill is imported, for longer than all the rest; a notebook has none to check.
with unseen("rfc3987_syntax"):
    from papermill.clientwrap import PapermillNotebookClient
    from papermill.engines import Engine, NotebookExecutionManager
    from papermill.iorw import write_ipynb
    from papermill.log import logger

# What no handler takes, Python prints on the terminal. What went wrong with a chapter is said in
# Danish; who wants to hear the libraries too gives the root logger a handler.
for name in ("asyncio", "papermill", "traitlets"):
    logging.getLogger(name).addHandler(logging.NullHandler())

NAME = "fremskudt"
# No history: two kernels share its file, and it would lie outside the output folder.
ARGUMENTS = ["--log-level=CRITICAL", "--HistoryManager.enabled=False"]


class ChapterEngine(Engine):  # type: ignore[misc] # papermill has no types
    """Runs a notebook as papermill's own engine does; `environment` is added to the kernel's."""

    @classmethod
    def execute_notebook(
        cls,
        nb: Any,
        kernel_name: str,
        output_path: str | None = None,
        progress_bar: bool | dict[str, Any] = True,
        log_output: bool = False,
        **options: Any,
    ) -> Any:
        """Run a notebook and return it; if it fails, it is written as far as it came."""
        running = NotebookExecutionManager(nb, None, log_output, progress_bar, 0)
        running.notebook_start()
        try:
            cls.execute_managed_notebook(running, kernel_name, log_output=log_output, **options)
        except BaseException:
            running.notebook_complete()
            write_ipynb(running.nb, output_path)
            raise
        running.notebook_complete()
        return running.nb

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: NotebookExecutionManager,
        kernel_name: str,
        log_output: bool = False,
        stdout_file: Any = None,
        stderr_file: Any = None,
        start_timeout: int = 60,
        execution_timeout: int | None = None,
        environment: Mapping[str, str] | None = None,
        folder: str | None = None,
        **_: Any,
    ) -> None:
        """Run the cells of a notebook on a kernel of its own, in `folder` (else the folder of
        this process)."""
        with manager(kernel_name) as found:
            client = PapermillNotebookClient(
                nb_man,
                km=found,
                timeout=execution_timeout,
                startup_timeout=start_timeout,
                kernel_name=kernel_name,
                log=logger,
                log_output=log_output,
                stdout_file=stdout_file,
                stderr_file=stderr_file,
                extra_arguments=ARGUMENTS,
                shutdown_kernel="immediate",
            )
            client.execute(
                env={**os.environ, **ONE_THREAD, **(environment or {})},
                cwd=folder or os.getcwd(),  # noqa: PTH109 - a text is wanted
                # A kernel that is ended may write a last traceback; what it has to say is in
                # the notebook.
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cleanup_kc=True,
            )
