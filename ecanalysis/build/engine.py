"""The papermill engine that executes a notebook inside the process it is called in.

``papermill --engine ecanalysis`` runs every cell in ipykernel's in-process kernel: the same shell, displays and
tracebacks as a kernel of its own, without starting one, and without packing, signing and sending what it says. It does
not see what a cell's child processes print; a test holds every notebook's result against that of a kernel.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Coroutine
from contextlib import redirect_stderr, redirect_stdout
from functools import cache, lru_cache
from types import FrameType
from typing import Any, NoReturn, cast

import traitlets
from jupyter_client.session import Session
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

        recorder = NotebookClient(nb_man.nb, record_timing=False)
        recorder.reset_execution_trackers()
        kernel = _kernel()
        kernel.shell.reset()  # a process has one kernel: the notebook before must not be seen
        previous = signal.signal(signal.SIGALRM, _time_is_over)
        signal.alarm(execution_timeout or 0)
        try:
            for index, cell in enumerate(nb_man.nb.cells):
                report(f"cell {index}")
                nb_man.cell_start(cell, index)
                if cell.cell_type == "code" and cell.source.strip():
                    failed = _run(kernel, recorder, cell, index)
                    if failed:
                        nb_man.cell_exception(cell, index, exception=RuntimeError(failed))
                        break
                nb_man.cell_complete(cell, index)
        finally:
            signal.alarm(0)
            signal.signal(signal.SIGALRM, previous)


class _Direct(Session):
    """Hands a kernel's messages over as they are."""

    deliver = traitlets.Callable()

    def send(
        self,
        stream: Any,
        msg_or_type: Any,
        content: dict[str, Any] | None = None,
        parent: dict[str, Any] | None = None,
        *_: Any,
        **__: Any,
    ) -> Any:
        message = self.msg(msg_or_type, content, parent) if isinstance(msg_or_type, str) else msg_or_type
        self.deliver(message)
        return message


def draw_inline() -> None:
    """Have pyplot draw into the notebook, as a kernel does; matplotlib looks once, when it is imported."""
    os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")


@cache
def _kernel() -> Any:
    """The kernel of this process, whose messages come at once and not through a thread of their own."""
    from ipykernel.inprocess.ipkernel import InProcessKernel
    from ipykernel.inprocess.socket import DummySocket
    from ipykernel.iostream import IOPubThread
    from traitlets.config import Config

    draw_inline()
    session, published = _Direct(), DummySocket()
    kernel = InProcessKernel(
        config=Config(_SHELL),
        session=session,
        _underlying_iopub_socket=published,
        iopub_thread=IOPubThread(published, session=session),
    )
    # The kernel and its shell both ask for the plain Python of a cell, which is a tokenizer's work.
    transformer = cast("Any", kernel.shell).input_transformer_manager
    transformer.transform_cell = lru_cache(maxsize=1)(transformer.transform_cell)
    return kernel


def _run(kernel: Any, recorder: Any, cell: Any, index: int) -> str:
    """Execute one cell, record its outputs in it, and give the name of what it raised."""
    cell.outputs = []
    recorder.clear_before_next_output = False
    kernel.session.deliver = lambda message: recorder.process_message(message, cell, index)
    with redirect_stdout(kernel.stdout), redirect_stderr(kernel.stderr):
        reply = _result(kernel.do_execute(cell.source, silent=False, allow_stdin=False))
        kernel.stdout.flush()
        kernel.stderr.flush()
    cell.execution_count = reply["execution_count"]
    return "" if reply["status"] == "ok" else str(reply["ename"])


def _result(coroutine: Coroutine[Any, Any, dict[str, Any]]) -> dict[str, Any]:
    """What a coroutine returns that waits for nothing: outside an event loop the shell runs a cell's own."""
    try:
        coroutine.send(None)
    except StopIteration as end:
        return end.value  # type: ignore[no-any-return]
    raise RuntimeError("the kernel waits for an event loop")


def _time_is_over(number: int, frame: FrameType | None) -> NoReturn:
    raise NotebookTimeout("the time limit of the notebook is over")
