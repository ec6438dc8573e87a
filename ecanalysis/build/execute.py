"""One run: papermill executes the notebook, and everything that differs between two runs of it is taken out."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ecanalysis.build.plan import Run

TIMEOUT = 600


@dataclass(frozen=True)
class Executed:
    """What a run left behind.

    Parameters
    ----------
    notebook : Path
        The executed copy; up to the failing cell if it failed.
    error : str
        Empty, or one line that names the cell and what it raised.
    """

    notebook: Path
    error: str = ""


def execute(run: Run, folder: Path) -> Executed:
    """Execute a run's notebook into a folder.

    Parameters
    ----------
    run : Run
    folder : Path
        Where the executed copy is written; nothing else is.

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

    path = folder / f"{run.stem}.{run.language}.ipynb"
    error = ""
    try:
        papermill.execute_notebook(
            str(run.document.notebook),
            str(path),
            dict(run.parameters),
            kernel_name="python3",
            progress_bar=False,
            request_save_on_cell_execute=False,
            record_timing=False,
            execution_timeout=TIMEOUT,
            extra_arguments=["--log-level=CRITICAL"],
        )
    except papermill.PapermillExecutionError as failure:
        error = f"cell {failure.cell_index}: {failure.ename}: {str(failure.evalue).splitlines()[0][:200]}"
    except Exception as failure:
        error = f"{type(failure).__name__}: {str(failure).strip().splitlines()[0][:200]}"
    if path.exists():
        notebook = nbformat.read(path, as_version=4)
        normalise(notebook)
        nbformat.write(notebook, path)
    return Executed(path, error)


def normalise(notebook: Any) -> None:
    """Take out of an executed notebook, in place, what two runs of it do not share.

    Papermill writes its version, times and paths, and gives the cell it injects a random id; the kernel writes its
    Python's version.
    """
    notebook.metadata.pop("papermill", None)
    notebook.metadata["language_info"] = {"name": "python"}
    for cell in notebook.cells:
        for key in ("papermill", "execution", "ExecuteTime"):
            cell.metadata.pop(key, None)
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell["id"] = "injected-parameters"
