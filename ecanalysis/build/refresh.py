"""The committed notebooks, executed in place with their defaults: what a reader sees before running anything."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

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
        with tempfile.TemporaryDirectory(dir=chosen.notebook.parent, prefix=".") as folder:
            result = execute(Run(chosen, (("language", "zh"),)), Path(folder))
            if not result.error:
                _without_injection(result.notebook)
                os.replace(result.notebook, chosen.notebook)
        yield name, result.error


def _without_injection(path: Path) -> None:
    """Drop the cell of injected parameters: they are the defaults of the cell above it."""
    import nbformat

    notebook = nbformat.read(path, as_version=4)
    notebook.cells = [c for c in notebook.cells if "injected-parameters" not in c.metadata.get("tags", [])]
    count = 0
    for cell in notebook.cells:
        if cell.cell_type == "code":
            count += 1
            cell.execution_count = count
            for output in cell.outputs:
                if output.output_type == "execute_result":
                    output.execution_count = count
    nbformat.write(notebook, path)
