"""One run: papermill executes the notebook, and everything that differs between two runs of it is taken out."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ecanalysis.build.plan import Run

ENGINES = {"warm": "ecanalysis", "fresh": "ecanalysis-kernel"}
TIMEOUT = 600


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

    from ecanalysis.build.engine import normalise

    path = folder / "executed.ipynb"
    notebook, error = None, ""
    kernel = {"extra_arguments": ["--log-level=CRITICAL"]} if engine == "fresh" else {}
    try:
        notebook = papermill.execute_notebook(
            str(_unexecuted(run.document.notebook, folder / "unexecuted.ipynb")),
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
    if notebook is not None:
        return Executed(notebook, f"{path.read_text(encoding='utf-8')}\n")
    if not path.exists():
        return Executed(None, "", error)
    notebook = nbformat.read(path, as_version=4)
    normalise(notebook)
    return Executed(notebook, f"{nbformat.writes(notebook)}\n", error)


def _unexecuted(notebook: Path, copy: Path) -> Path:
    """A copy without the committed outputs: papermill would read and check them only to drop them."""
    whole = json.loads(notebook.read_text(encoding="utf-8"))
    for cell in whole["cells"]:
        if "outputs" in cell:
            cell["outputs"] = []
    copy.write_text(json.dumps(whole), encoding="utf-8")
    return copy


def _first_line(message: object) -> str:
    return next(iter(str(message).strip().splitlines()), "")[:200]
