"""Runs to reports: what is stale is made side by side and moved in whole; a failing document stops no other."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from ecanalysis.build import state, store, workers
from ecanalysis.build.dependencies import of_site
from ecanalysis.build.execute import TIMEOUT
from ecanalysis.build.outcome import FAILED, Outcome, digest
from ecanalysis.build.plan import Run, plan
from ecanalysis.build.workers import ForkExecutor

GRACE = 30


@dataclass(frozen=True)
class Build:
    """What came of a build.

    Parameters
    ----------
    outcomes : tuple of Outcome
        Of the documents that were made, in the order of the runs.
    fresh : int
        How many were up to date.
    """

    outcomes: tuple[Outcome, ...]
    fresh: int

    @property
    def failed(self) -> tuple[Outcome, ...]:
        """The documents that failed."""
        return tuple(outcome for outcome in self.outcomes if outcome.error)


def build(
    runs: Sequence[Run],
    out: Path,
    *,
    jobs: int | None = None,
    force: bool = False,
    engine: str = "warm",
    executor: Executor | None = None,
    begin: Callable[[int], None] = lambda count: None,
    tell: Callable[[Outcome], None] = lambda outcome: None,
) -> Build:
    """Bring the documents of some runs up to date.

    Parameters
    ----------
    runs : sequence of Run
    out : Path
        The output folder; what stands in it stays until its successor is finished.
    jobs : int, optional
        Runs at a time; the number of processors by default.
    force : bool
        Make up-to-date documents too.
    engine : {"warm", "fresh"}
        ``warm`` forks a process a run from one that has imported everything; ``fresh`` starts a kernel a run, and
        serves where processes cannot be forked.
    executor : Executor, optional
        Where runs are made instead, such as a cluster's; each then gets a kernel of its own.
    begin : callable
        Called once with the number of documents to make.
    tell : callable
        Called with each outcome as it comes.

    Returns
    -------
    Build

    Raises
    ------
    StoreError
        If the output folder cannot be written.
    """
    if force or any(verdict.stale for verdict in state.judge(list(runs), out)):
        # A wrong row is said before anything starts or is written, by the process the person is looking at.
        from ecanalysis import catalog

        catalog.load()
    with store.opened(out) as folder:
        verdicts = state.judge(list(runs), out)
        stale = [verdict.run for verdict in verdicts if verdict.stale or force]
        tables = state.table_digests()
        for verdict in verdicts:
            if not verdict.stale:
                state.renew(verdict.run, out, tables, folder.write)
        begin(len(stale))
        outcomes: dict[Run, Outcome] = {}
        if stale:
            longest_first = sorted(stale, key=lambda run: -state.seconds(run, out))
            for outcome in _made(longest_first, jobs, engine, executor):
                _keep(outcome, out, folder, tables)
                outcomes[outcome.run] = outcome
                tell(outcome)
        _finish(out, folder, tables)
    return Build(tuple(outcomes[run] for run in runs if run in outcomes), len(runs) - len(stale))


def _made(runs: Sequence[Run], jobs: int | None, engine: str, executor: Executor | None) -> Iterator[Outcome]:
    from ecanalysis.build.make import make

    warm = engine == "warm" and executor is None and workers.available()
    count = min(jobs or os.cpu_count() or 1, len(runs))
    pool: Executor
    if executor is not None:
        pool = executor
    elif warm:
        pool = ForkExecutor(count, "ecanalysis.build.warm", TIMEOUT + GRACE)
    else:
        pool = ProcessPoolExecutor(count)
    futures: dict[Future[Outcome], Run] = {}
    try:
        futures = {pool.submit(make, run, "warm" if warm else "fresh"): run for run in runs}
        for future in as_completed(futures):
            yield _outcome(future, futures[future])
    finally:
        for future in futures:
            future.cancel()
        if isinstance(pool, ForkExecutor):
            pool.stop()
        elif executor is None:
            pool.shutdown(cancel_futures=True)


def _outcome(future: Future[Outcome], run: Run) -> Outcome:
    try:
        return future.result()
    except Exception as error:
        source = run.document.notebook.read_bytes()
        return Outcome(run, {f"{FAILED}/{run.name}.ipynb": source}, str(error))


def _keep(outcome: Outcome, out: Path, folder: store.Folder, tables: dict[str, str]) -> None:
    for name, content in outcome.files.items():
        folder.write(name, content)
    if not outcome.error:
        folder.remove(f"{FAILED}/{outcome.run.name}.ipynb")
        state.remember(outcome, out, tables, folder.write)


def _finish(out: Path, folder: store.Folder, tables: dict[str, str]) -> None:
    """Write what describes the folder as a whole, if what it is made from changed."""
    documents = state.documents(plan(), out)
    made_from = {"documents": digest(json.dumps(documents).encode()), "tables": tables, "code": of_site()}
    site = state.site(out)
    if site["made_from"] != made_from:
        from ecanalysis import catalog
        from ecanalysis.build.downloads import FOLDER, downloads
        from ecanalysis.build.site import Site

        files = Site(out).pages()
        # The tables to take along are slow to write and stay while the tables do.
        kept = {name: sha for name, sha in site["files"].items() if name.startswith(f"{FOLDER}/")}
        if {**site["made_from"], "documents": ""} != {**made_from, "documents": ""}:
            files, kept = files | downloads(catalog.load()), {}
        for name, content in files.items():
            if folder.differs(name, content):
                folder.write(name, content)
        site = {"made_from": made_from, "files": kept | {name: digest(content) for name, content in files.items()}}
        state.remember_site(site, folder.write)
    manifest = state.manifest(documents, site["files"]).encode()
    if folder.differs("manifest.json", manifest):
        folder.write("manifest.json", manifest)


def verify(out: Path) -> list[str]:
    """Hold a folder of reports against its manifest.

    Returns
    -------
    list of str
        One line a file that is missing or differs; empty if all is as it was built.
    """
    path = out / "manifest.json"
    if not path.exists():
        raise store.StoreError(f"no manifest.json in {out}: nothing was built there")
    problems = []
    manifest = json.loads(path.read_text(encoding="utf-8"))
    for entry in [*manifest["documents"].values(), manifest["site"]]:
        for name, expected in entry["files"].items():
            file = out / name
            if not file.exists():
                problems.append(f"{name}: missing")
            elif digest(file.read_bytes()) != expected:
                problems.append(f"{name}: differs from the manifest")
    return problems
