"""One document from its notebook, as bytes: what a worker does, wherever it runs."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from ecanalysis import catalog
from ecanalysis.build.execute import execute
from ecanalysis.build.outcome import FAILED, Outcome
from ecanalysis.build.plan import Run
from ecanalysis.build.render import render


def make(run: Run, engine: str) -> Outcome:
    """Execute and render one run.

    Parameters
    ----------
    run : Run
    engine : {"warm", "fresh"}
        ``warm`` executes in this process, ``fresh`` in a kernel of its own.

    Returns
    -------
    Outcome
        A notebook or page that fails is an outcome with an error, never an exception.
    """
    started = time.monotonic()
    data = catalog.load()
    with tempfile.TemporaryDirectory(prefix="ecanalysis-") as folder, catalog.journal() as asked:
        result = execute(run, Path(folder), engine)
        error = result.error
        if not error:
            try:
                page = render(run, result.notebook)
            except Exception as failure:
                error = f"page: {type(failure).__name__}: {failure}"
    text = result.text.encode()
    if error:
        return Outcome(run, {f"{FAILED}/{run.name}.ipynb": text} if text else {}, error)
    # A kernel of its own keeps its questions to itself: the document then depends on every table.
    questions = asked if engine == "warm" else {("table", name) for name in data.tables}
    answers = {question: data.answer(question) for question in sorted(questions)}
    files = {f"{run.name}.html": page.html.encode(), f"{run.name}.ipynb": text}
    files |= {f"{run.language}/{name}": content for name, content in page.files.items()}
    return Outcome(run, files, "", answers, time.monotonic() - started)
