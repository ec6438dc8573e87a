"""The papermill engine that executes a notebook inside the process it is called in.

``papermill --engine ecanalysis`` runs every cell in ipykernel's in-process kernel: the same shell, displays and
tracebacks as a kernel of its own, without starting one, and without packing, signing and sending what it says. It does
not see what a cell's child processes print; a test holds every notebook's result against that of a kernel.
"""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from functools import cache
from types import FrameType
from typing import Any, NoReturn, cast

import traitlets
from jupyter_client.session import Session
from papermill.engines import Engine, NBClientEngine, papermill_engines

from ecanalysis.build.workers import report

# A cell that prints more than this has lost its way; the page and the copy keep the beginning.
LONGEST_OUTPUT = 100_000
# No history: it is a database in the user's home that all workers would share.
_SHELL = {"HistoryManager": {"enabled": False, "hist_file": ":memory:"}}
# What a cell must have to be more than plain Python: signs of magic, help and shell commands, the prompts of a copied
# session, an indent or empty lines at the beginning; to wait for something; to silence what it shows by a semicolon.
_MAGIC = re.compile(r"\A\s|[%?]|!(?!=)|^[ \t]*(?:[,;/]|>>>|\.\.\.|In \[|\[ins\]|\[nav\])", re.MULTILINE)
_WAITING = re.compile("await|async")
_SILENT = re.compile(r"[;#][^\n]*\s*\Z")


class NotebookTimeout(BaseException):
    """The notebook's time is over. Not an Exception: a cell that catches everything must not catch this."""


class _Normalised(Engine):  # type: ignore[misc]
    """What two runs of a notebook do not share is taken out before papermill writes it."""

    @classmethod
    def execute_notebook(cls, nb: Any, *args: Any, **kwargs: Any) -> Any:
        """Execute as papermill does; of a failure papermill still has to say where it was."""
        notebook = super().execute_notebook(nb, *args, **kwargs)
        if not notebook.metadata.papermill.get("exception"):
            normalise(notebook)
        return notebook


class KernelEngine(_Normalised, NBClientEngine):  # type: ignore[misc]
    """Papermill's own engine: a kernel for each notebook."""


papermill_engines.register("ecanalysis-kernel", KernelEngine)


class InProcessEngine(_Normalised):
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
        kernel = kernel_of_process()
        kernel.shell.reset()  # a process has one kernel: the notebook before must not be seen
        previous = signal.signal(signal.SIGALRM, _time_is_over)
        signal.alarm(execution_timeout or 0)
        kernel._forward_input(allow_stdin=False)
        try:
            for index, cell in enumerate(nb_man.nb.cells):
                report(f"cell {index}")
                if cell.cell_type == "code" and cell.source.strip():
                    failed = _run(kernel, recorder, cell, index)
                    if failed:
                        nb_man.cell_exception(cell, index, exception=RuntimeError(failed))
                        break
                # Not started before: papermill would time the cell, and its times are taken out.
                nb_man.cell_complete(cell, index)
        finally:
            kernel._restore_input()
            signal.alarm(0)
            signal.signal(signal.SIGALRM, previous)


class _Direct(Session):
    """Hands a kernel's messages over as they are; nobody needs to tell them from those of other kernels."""

    deliver = traitlets.Callable()

    def msg(
        self,
        msg_type: str,
        content: dict[str, Any] | None = None,
        parent: dict[str, Any] | None = None,
        header: dict[str, Any] | None = None,
        metadata: dict[str, Any] | None = None,
    ) -> dict[str, Any]:
        header = {"msg_type": msg_type}
        return header | {"header": header, "parent_header": {}, "content": content or {}, "metadata": metadata or {}}

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
def kernel_of_process() -> Any:
    """The kernel of this process, whose messages come at once and not through a thread of their own.

    It may be made before a process is forked: it has no thread, its loops never run, and its streams, which remember
    the process that made them, are made when they are first asked for.
    """
    from ipykernel.inprocess.ipkernel import InProcessKernel
    from ipykernel.inprocess.socket import DummySocket
    from ipykernel.iostream import IOPubThread
    from IPython.core.compilerop import CachingCompiler
    from traitlets.config import Config

    draw_inline()
    session, published = _Direct(), DummySocket()
    kernel = InProcessKernel(
        config=Config(_SHELL),
        session=session,
        _underlying_iopub_socket=published,
        iopub_thread=IOPubThread(published, session=session),
    )
    shell = cast("Any", kernel.shell)
    # IPython reads every cell several times, by a tokenizer in Python, for what few cells have.
    transformer, hook = shell.input_transformer_manager, shell.displayhook
    transformer.transform_cell = _only(_MAGIC, transformer.transform_cell, _with_newline)
    shell.should_run_async = _only(_WAITING, shell.should_run_async, lambda cell: False)
    hook.quiet = lambda: _SILENT.search(shell.history_manager.input_hist_parsed[-1]) and type(hook).quiet(hook)
    # A kernel's cells are named after files for debuggers, by a checksum that is computed in Python too.
    shell.compile.get_code_name = CachingCompiler.get_code_name.__get__(shell.compile)
    return kernel


def _only(pattern: re.Pattern[str], does: Callable[..., Any], otherwise: Callable[[str], Any]) -> Callable[..., Any]:
    """A function of a cell that is needed only for cells that have something."""

    def chosen(cell: str, **named: Any) -> Any:
        return does(cell, **named) if pattern.search(cell) else otherwise(cell)

    return chosen


def _with_newline(cell: str) -> str:
    return cell if cell.endswith("\n") else f"{cell}\n"


def _run(kernel: Any, recorder: Any, cell: Any, index: int) -> str:
    """Execute one cell, record its outputs in it, and give the name of what it raised."""
    cell.outputs = []
    recorder.clear_before_next_output = False
    kernel.session.deliver = lambda message: recorder.process_message(message, cell, index)
    with redirect_stdout(kernel.stdout), redirect_stderr(kernel.stderr):
        result = kernel.shell.run_cell(cell.source, store_history=True)
        kernel.stdout.flush()
        kernel.stderr.flush()
    cell.execution_count = kernel.shell.execution_count - 1
    # What a value raises while it is shown is told by its output alone.
    shown = next((output.ename for output in cell.outputs if output.output_type == "error"), "")
    return shown if result.success else type(result.error_before_exec or result.error_in_exec).__name__


def _time_is_over(number: int, frame: FrameType | None) -> NoReturn:
    raise NotebookTimeout("the time limit of the notebook is over")


def normalise(notebook: Any) -> None:
    """Take out of an executed notebook, in place, what two runs of it do not share.

    Papermill writes its version, times and paths, and gives the cell it injects a random id; the kernel writes its
    Python's version; a runaway print is cut.
    """
    notebook.metadata.pop("papermill", None)
    notebook.metadata["language_info"] = {"name": "python"}
    for cell in notebook.cells:
        for key in ("papermill", "execution", "ExecuteTime"):
            cell.metadata.pop(key, None)
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell["id"] = "injected-parameters"
        for output in cell.get("outputs", []):
            if output.output_type == "stream" and len(output.text) > LONGEST_OUTPUT:
                left_out = len(output.text) - LONGEST_OUTPUT
                output.text = f"{output.text[:LONGEST_OUTPUT]}\n[{left_out} characters left out]\n"
