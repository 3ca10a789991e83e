"""Kernels of both kinds, driven as any Jupyter client drives them."""

import json
from contextlib import contextmanager

import pytest
from jupyter_client.manager import KernelManager
from jupyter_client.provisioning.factory import KernelProvisionerFactory

from fremskudt.kernels import PROVISIONER, forks

ORDINARY = "local-provisioner"
ARGUMENTS = ["--log-level=CRITICAL", "--HistoryManager.enabled=False"]
PATIENCE = 60  # seconds for what must come; never waited for in full


@contextmanager
def chosen(provisioner):
    """Every kernel that names no provisioner gets this one."""
    factory = KernelProvisionerFactory.instance()
    before, factory.default_provisioner_name = factory.default_provisioner_name, provisioner
    try:
        yield
    finally:
        factory.default_provisioner_name = before


class Kernel:
    """A kernel with a blocking client; `run` returns what a cell prints, or its error's name."""

    def __init__(self, provisioner, **options):
        self.manager = KernelManager(kernel_name="python3")
        with chosen(provisioner):
            self.manager.start_kernel(extra_arguments=ARGUMENTS, **options)
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=PATIENCE)

    def run(self, code, timeout=PATIENCE):
        printed = []

        def hear(message):
            if message["msg_type"] == "stream":
                printed.append(message["content"]["text"])

        reply = self.client.execute_interactive(code, output_hook=hear, timeout=timeout)
        content = reply["content"]
        return content["ename"] if content["status"] == "error" else "".join(printed).strip()

    def tell(self, expression):
        """The value of an expression in the kernel, through JSON."""
        return json.loads(self.run(f"import json; print(json.dumps({expression}))"))

    def close(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


@pytest.fixture(params=[PROVISIONER, ORDINARY])
def start(request):
    """Starts kernels of one kind, and ends them."""
    started = []

    def begin(**options):
        started.append(Kernel(request.param, **options))
        return started[-1]

    begin.provisioner = request.param
    yield begin
    for kernel in started:
        kernel.close()


@pytest.fixture(scope="session", autouse=True)
def template():
    """The template of these tests' process."""
    reason = forks.impossible()
    if reason:
        pytest.skip(reason)
    yield forks.own_template
    forks.end_template()
