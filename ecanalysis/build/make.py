"""One document from its notebook, as bytes: what a worker does, on this machine or another."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import cache

from ecanalysis import catalog
from ecanalysis.build.dependencies import PACKAGES, fingerprints
from ecanalysis.build.execute import execute
from ecanalysis.build.outcome import FAILED, Outcome
from ecanalysis.build.plan import Run
from ecanalysis.build.render import render
from ecanalysis.build.state import table_digests
from ecanalysis.documents import document


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
    with catalog.journal() as asked:
        result = execute(run, engine)
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
    questions = asked if engine == "warm" else {("table", name) for name in catalog.load().tables}
    files = {f"{run.name}.html": page.html.encode(), f"{run.name}.ipynb": text}
    files |= {f"{run.language}/{name}": content for name, content in page.files.items()}
    return Outcome(run, files, "", frozenset(questions), time.monotonic() - started)


def make_elsewhere(run: Run, made_from: dict[str, str], tables: dict[str, str]) -> Outcome:
    """Execute and render one run with the worker's own copy of the project, if that is the same as here.

    Parameters
    ----------
    run : Run
    made_from : dict of str to str
        Fingerprints of all the run depends on, where the build was started.
    tables : dict of str to str
        Digests of the data files there.

    Returns
    -------
    Outcome
        With an error that names what the worker has otherwise: its document would not be the one asked for.
    """
    began_with = _tables_read()
    here = replace(run, document=document(run.document.name))
    expected, made_here = made_from | tables, fingerprints(here)
    differing = {
        name
        for found in (made_here | began_with, made_here | table_digests())
        for name in found.keys() | expected
        # A clone knows its packages by the lock, an installed copy by their versions: these cannot be compared.
        if name != PACKAGES and found.get(name) != expected.get(name)
    }
    if differing:
        return Outcome(
            run,
            {},
            "the worker has another copy of ecanalysis, or was started before it changed; these differ: "
            + ", ".join(sorted(differing)),
        )
    return make(here, "fresh")


@cache
def _tables_read() -> dict[str, str]:
    """Digests of the tables as this process has them: a worker that lives on keeps what it read at first."""
    digests = table_digests()
    catalog.load()
    return digests
