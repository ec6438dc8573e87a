"""The papermill engine that executes a notebook inside the process it is called in.

``papermill --engine ecanalysis`` runs every cell in ipykernel's in-process kernel: the same shell, displays and
tracebacks as a kernel of its own, without starting one. It does not see what a cell's child processes print; a test
holds every notebook's result against that of a kernel.
"""

from __future__ import annotations

import signal
from types import FrameType
from typing import Any, NoReturn

from papermill.engines import Engine

from ecanalysis.build.workers import report

# No history: it is a database in the user's home that all workers would share.
_SHELL = {"HistoryManager": {"enabled": False, "hist_file": ":memory:"}}


class NotebookTimeout(BaseException):
    """The notebook's time is over. Not an Exception: a cell that catches everything must not catch this."""


class InProcessEngine(Engine):  # type: ignore[misc]
    """Execute a notebook's cells in this process."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: Any, kernel_name: str, *, execution_timeout: int | None = None, **kwargs: Any
    ) -> None:
        """Run all code cells in order, up to the first that fails.

        Parameters
        ----------
        nb_man : papermill.engines.NotebookExecutionManager
        kernel_name : str
            Not used: the kernel is this process.
        execution_timeout : int, optional
            Seconds for the whole notebook.
        """
        from nbclient import NotebookClient

        client = _kernel().client()
        client.start_channels()
        recorder = NotebookClient(nb_man.nb, record_timing=False)
        recorder.reset_execution_trackers()
        previous = signal.signal(signal.SIGALRM, _time_is_over)
        signal.alarm(execution_timeout or 0)
        try:
            for index, cell in enumerate(nb_man.nb.cells):
                report(f"cell {index}")
                nb_man.cell_start(cell, index)
                if cell.cell_type == "code" and cell.source.strip():
                    failed = _run(client, recorder, cell, index)
                    if failed:
                        nb_man.cell_exception(cell, index, exception=RuntimeError(failed))
                        break
                nb_man.cell_complete(cell, index)
        finally:
            signal.alarm(0)
            signal.signal(signal.SIGALRM, previous)


def _kernel() -> Any:
    """The manager of a kernel in this process, whose outputs come at once and not through a thread of their own."""
    from ipykernel.inprocess.ipkernel import InProcessKernel
    from ipykernel.inprocess.manager import InProcessKernelManager
    from ipykernel.inprocess.socket import DummySocket
    from ipykernel.iostream import IOPubThread
    from traitlets.config import Config

    # The address is never used; naming it keeps the manager from looking at the machine's network.
    manager = InProcessKernelManager(config=Config(_SHELL), ip="127.0.0.1")
    published = DummySocket()
    manager.kernel = InProcessKernel(
        parent=manager,
        session=manager.session,
        _underlying_iopub_socket=published,
        iopub_thread=IOPubThread(published, session=manager.session),
    )
    return manager


def _run(client: Any, recorder: Any, cell: Any, index: int) -> str:
    """Execute one cell, record its outputs in it, and give the name of what it raised."""
    cell.outputs = []
    recorder.clear_before_next_output = False
    failed = ""
    client.execute(cell.source, allow_stdin=False)
    while client.iopub_channel.msg_ready():
        message = client.get_iopub_msg()
        if message["msg_type"] == "execute_input":
            cell.execution_count = message["content"]["execution_count"]
        elif message["msg_type"] == "error":
            failed = message["content"]["ename"]
        if message["msg_type"] != "status":
            recorder.process_message(message, cell, index)
    while client.shell_channel.msg_ready():
        client.get_shell_msg()
    return failed


def _time_is_over(number: int, frame: FrameType | None) -> NoReturn:
    raise NotebookTimeout("the time limit of the notebook is over")
