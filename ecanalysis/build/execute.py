"""One run: papermill executes the notebook, and everything that differs between two runs of it is taken out."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ecanalysis.build.plan import Run

ENGINES = {"warm": "ecanalysis", "fresh": "ecanalysis-kernel"}
TIMEOUT = 600
_SCHEME = "memory:"
_INPUT, _OUTPUT = f"{_SCHEME}unexecuted.ipynb", f"{_SCHEME}executed.ipynb"


@dataclass(frozen=True)
class Executed:
    """What a run left behind.

    Parameters
    ----------
    notebook : NotebookNode or None
        The executed notebook; up to the failing cell if it failed.
    text : str
        The same as a file holds it.
    error : str
        Empty, or one line that names the cell and what it raised.
    """

    notebook: Any
    text: str
    error: str = ""


class _Memory:
    """Where papermill reads and writes instead of in a folder."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}

    def read(self, path: str) -> str:
        return self._texts[path]

    def write(self, text: str, path: str) -> None:
        self._texts[path] = text

    def pretty_path(self, path: str) -> str:
        return path

    def take(self, path: str) -> str:
        """What was written under a name, or nothing; it is gone then."""
        return self._texts.pop(path, "")


@cache
def _memory() -> _Memory:
    from papermill.iorw import papermill_io

    memory = _Memory()
    papermill_io.register(_SCHEME, memory)
    return memory


def execute(run: Run, engine: str = "fresh") -> Executed:
    """Execute a run's notebook; nothing is written anywhere.

    Parameters
    ----------
    run : Run
    engine : {"warm", "fresh"}

    Returns
    -------
    Executed
        With the error of a notebook that raised, ran out of time or killed its kernel: a failing document is a
        result, not an exception, so the others go on.
    """
    # A kernel of the user's own must not take the place of this environment's.
    os.environ.setdefault("JUPYTER_PREFER_ENV_PATH", "1")
    import nbformat
    import papermill

    from ecanalysis.build.engine import normalise

    memory, notebook, error = _memory(), None, ""
    kernel = {"extra_arguments": ["--log-level=CRITICAL"]} if engine == "fresh" else {}
    try:
        memory.write(_unexecuted(run.document.notebook), _INPUT)
        with _checked_once():
            notebook = papermill.execute_notebook(
                _INPUT,
                _OUTPUT,
                dict(run.parameters),
                engine_name=ENGINES[engine],
                kernel_name="python3",
                progress_bar=False,
                request_save_on_cell_execute=False,
                record_timing=False,
                execution_timeout=TIMEOUT,
                **kernel,
            )
    except papermill.PapermillExecutionError as failure:
        error = f"cell {failure.cell_index}: {failure.ename}: {_first_line(failure.evalue)}"
    except Exception as failure:
        error = f"{type(failure).__name__}: {_first_line(failure)}"
    written = memory.take(_OUTPUT)
    if notebook is not None:
        return Executed(notebook, f"{written}\n")
    if not written:
        return Executed(None, "", error)
    notebook = nbformat.reads(written, as_version=4)
    normalise(notebook)
    return Executed(notebook, f"{nbformat.writes(notebook)}\n", error)


def _unexecuted(notebook: Path) -> str:
    """A notebook without the committed outputs: papermill would read and check them only to drop them."""
    whole = json.loads(notebook.read_bytes())
    for cell in whole["cells"]:
        if "outputs" in cell:
            cell["outputs"] = []
    return json.dumps(whole)


@contextmanager
def _checked_once() -> Iterator[None]:
    """Leave single cells and outputs unchecked: the whole notebook is, when it is read and when it is written."""
    from nbformat.v4 import nbbase

    check = nbbase.validate
    nbbase.validate = lambda *_, **__: None
    try:
        yield
    finally:
        nbbase.validate = check


def _first_line(message: object) -> str:
    return next(iter(str(message).strip().splitlines()), "")[:200]
