"""One run: papermill executes the notebook, and everything that differs between two runs of it is taken out."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ecanalysis.build.plan import Run

ENGINES = {"warm": "ecanalysis", "fresh": None}
TIMEOUT = 600
# A cell that prints more than this has lost its way; the page and the copy keep the beginning.
LONGEST_OUTPUT = 100_000


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


def execute(run: Run, folder: Path, engine: str = "fresh") -> Executed:
    """Execute a run's notebook.

    Parameters
    ----------
    run : Run
    folder : Path
        Where papermill may write; nothing is written elsewhere.
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

    path = folder / "executed.ipynb"
    notebook, error = None, ""
    kernel = {"extra_arguments": ["--log-level=CRITICAL"]} if engine == "fresh" else {}
    try:
        notebook = papermill.execute_notebook(
            str(run.document.notebook),
            str(path),
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
    if notebook is None and not path.exists():
        return Executed(None, "", error)
    notebook = notebook or nbformat.read(path, as_version=4)
    normalise(notebook)
    return Executed(notebook, nbformat.writes(notebook) + "\n", error)


def _first_line(message: object) -> str:
    return next(iter(str(message).strip().splitlines()), "")[:200]


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
