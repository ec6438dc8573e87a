"""Runs to reports: executed side by side, rendered where they ran, moved in whole; a failing one stops no other."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from ecanalysis.build import store
from ecanalysis.build.execute import execute
from ecanalysis.build.plan import Run


@dataclass(frozen=True)
class Outcome:
    """What came of one run.

    Parameters
    ----------
    run : Run
    files : tuple of (Path, str)
        Staged files and the names they get in the output folder.
    error : str
        Empty if the document is good.
    """

    run: Run
    files: tuple[tuple[Path, str], ...]
    error: str = ""


def make(run: Run, staging: Path) -> Outcome:
    """Execute and render one run into the staging folder; runs in a worker."""
    import nbformat

    from ecanalysis.build.render import render

    result = execute(run, staging)
    if result.error:
        failed = ((result.notebook, f"{store.FAILED}/{run.name}.ipynb"),) if result.notebook.exists() else ()
        return Outcome(run, failed, result.error)
    page = result.notebook.with_suffix(".html")
    try:
        page.write_text(render(run, nbformat.read(result.notebook, as_version=4)), encoding="utf-8")
    except Exception as error:
        kept = ((result.notebook, f"{store.FAILED}/{run.name}.ipynb"),)
        return Outcome(run, kept, f"page: {type(error).__name__}: {error}")
    return Outcome(run, ((page, f"{run.name}.html"), (result.notebook, f"{run.name}.ipynb")))


def build(
    runs: Sequence[Run],
    out: Path,
    *,
    jobs: int | None = None,
    executor: Executor | None = None,
    tell: Callable[[Outcome], None] = lambda outcome: None,
) -> list[Outcome]:
    """Make all documents of some runs.

    Parameters
    ----------
    runs : sequence of Run
    out : Path
        The output folder; what stands in it stays until its successor is finished.
    jobs : int, optional
        Runs at a time; the number of processors by default.
    executor : Executor, optional
        Where runs are executed; a pool of processes by default.
    tell : callable
        Called with each outcome as it comes.

    Returns
    -------
    list of Outcome
        In the order of ``runs``.

    Raises
    ------
    StoreError
        If the output folder cannot be written.
    """
    outcomes: dict[Run, Outcome] = {}
    with store.opened(out) as staging:
        pool = executor or ProcessPoolExecutor(max_workers=jobs or os.cpu_count())
        try:
            futures: dict[Future[Outcome], Run] = {pool.submit(make, run, staging): run for run in runs}
            for future in as_completed(futures):
                outcome = _outcome(future, futures[future])
                for staged, name in outcome.files:
                    store.publish(staged, out, name)
                outcomes[outcome.run] = outcome
                tell(outcome)
        finally:
            if executor is None:
                pool.shutdown(cancel_futures=True)
        _write_index(out, staging)
    return [outcomes[run] for run in runs]


def _outcome(future: Future[Outcome], run: Run) -> Outcome:
    try:
        return future.result()
    except Exception as error:
        return Outcome(run, (), f"the worker ended: {type(error).__name__}: {error}")


def _write_index(out: Path, staging: Path) -> None:
    from ecanalysis.build.site import index

    page = staging / "index.html"
    page.write_text(index(out), encoding="utf-8")
    store.publish(page, out, "index.html")
