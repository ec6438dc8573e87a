"""The committed notebooks, executed in place with their defaults: what a reader sees before running anything."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import nbformat

from ecanalysis.build.execute import execute
from ecanalysis.build.plan import Run
from ecanalysis.documents import document, documents


def refresh(names: Sequence[str] = ()) -> Iterator[tuple[str, str]]:
    """Execute notebooks with the defaults of their parameters cell and write them back with their outputs.

    Parameters
    ----------
    names : sequence of str
        Documents; all of them if empty.

    Yields
    ------
    (str, str)
        Name and error; a notebook that failed is left as it was.
    """
    for name in names or documents():
        chosen = document(name)
        result = execute(Run(chosen, (("language", "zh"),)))
        if not result.error:
            write_whole(chosen.notebook, as_committed(result.notebook))
        yield name, result.error


def write_whole(path: Path, text: str) -> None:
    """Replace a file in one step."""
    aside = path.with_name(f".{path.name}")
    aside.write_text(text, encoding="utf-8")
    os.replace(aside, path)


def as_committed(notebook: Any) -> str:
    """An executed notebook as the repository keeps it.

    Without the cell of injected parameters, which are the defaults of the cell above it, and counted anew.

    Parameters
    ----------
    notebook : NotebookNode
        Executed with its defaults and normalised; changed in place.
    """
    notebook.cells = [c for c in notebook.cells if "injected-parameters" not in c.metadata.get("tags", [])]
    for count, cell in enumerate((c for c in notebook.cells if c.cell_type == "code"), 1):
        cell.execution_count = count
        for output in cell.outputs:
            if output.output_type == "execute_result":
                output.execution_count = count
    return f"{nbformat.writes(notebook)}\n"
