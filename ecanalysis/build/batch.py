"""Runs to reports: what is stale is made side by side and moved in whole; a failing document stops no other."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor, as_completed
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ecanalysis.build import store
from ecanalysis.build.dependencies import fingerprints, fingerprints_of_site, note_code, same_site
from ecanalysis.build.outcome import FAILED, Outcome, digest
from ecanalysis.build.plan import Run, plan
from ecanalysis.build.state import State, manifest

if TYPE_CHECKING:
    from ecanalysis.build.site import Site

GRACE = 30


@dataclass(frozen=True)
class Build:
    """What came of a build.

    Parameters
    ----------
    outcomes : tuple of Outcome
        Of the documents that were made, in the order of the runs, without what is written by then.
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
    with store.opened(out) as folder, ExitStack() as held:
        state = State(out)
        verdicts = state.judge(runs)
        stale = [verdict.run for verdict in verdicts if verdict.stale or force]
        here = None
        if stale and executor is None:
            here = held.enter_context(_machine(min(jobs or os.cpu_count() or 1, len(stale))))
        if stale:
            # A wrong row is said before anything is made or written, by the process the person is looking at.
            from ecanalysis import catalog

            catalog.load()
        for verdict in verdicts:
            if not verdict.stale:
                state.renew(verdict.run, folder.write)
        begin(len(stale))
        outcomes: dict[Run, Outcome] = {}
        with ThreadPoolExecutor(1) as aside:
            known = state.site()
            made_from = {run: fingerprints(run) for run in stale}
            longest_first = sorted(stale, key=lambda run: (-state.seconds(run), -run.document.notebook.stat().st_size))
            made: Iterator[Outcome] = iter(())
            if here:
                made = _here(longest_first, here, engine)
            elif executor:
                made = _elsewhere(longest_first, executor, made_from, state.tables)
            # While the workers warm up: what rests on the tables alone.
            stands = same_site(known["made_from"]) and known["tables"] == state.tables
            tables = None if stands else aside.submit(_tables)
            around = _around(folder.path) if stale or not stands else None
            for outcome in made:
                _keep(outcome, made_from[outcome.run], state, folder)
                tell(outcome)
                # What is written is let go: memory does not grow with the number of documents.
                outcomes[outcome.run] = replace(outcome, files={}, questions=frozenset())
            _finish(state, folder, known, tables, around)
    return Build(tuple(outcomes[run] for run in runs if run in outcomes), len(runs) - len(stale))


def _machine(count: int) -> Executor:
    """The processors of this machine; what its workers are forked from begins to load at once."""
    # Only now: a build with nothing to do ends before it needs a process.
    from ecanalysis.build import workers
    from ecanalysis.build.execute import TIMEOUT

    if workers.available():
        # What is edited from here on differs from these digests, and the next build sees it.
        note_code()
        return workers.ForkExecutor(count, "ecanalysis.build.warm", TIMEOUT + GRACE)
    from concurrent.futures import ProcessPoolExecutor

    return ProcessPoolExecutor(count)


def _here(runs: Sequence[Run], pool: Executor, engine: str) -> Iterator[Outcome]:
    """Have runs made on this machine."""
    from ecanalysis.build.make import make
    from ecanalysis.build.workers import available

    return _gathered({pool.submit(make, run, engine if available() else "fresh"): run for run in runs})


def _elsewhere(
    runs: Sequence[Run], executor: Executor, made_from: dict[Run, dict[str, str]], tables: dict[str, str]
) -> Iterator[Outcome]:
    """Have runs made by an executor whose workers may be on other machines."""
    from ecanalysis.build.make import make_elsewhere

    return _gathered({executor.submit(make_elsewhere, run, made_from[run], tables): run for run in runs})


def _gathered(futures: dict[Future[Outcome], Run]) -> Iterator[Outcome]:
    try:
        for future in as_completed(futures):
            yield _outcome(future, futures.pop(future))
    finally:
        for future in futures:
            future.cancel()


def _outcome(future: Future[Outcome], run: Run) -> Outcome:
    try:
        return future.result()
    except Exception as error:
        source = run.document.notebook.read_bytes()
        return Outcome(run, {f"{FAILED}/{run.name}.ipynb": source}, str(error))


def _keep(outcome: Outcome, made_from: dict[str, str], state: State, folder: store.Folder) -> None:
    for name, content in outcome.files.items():
        folder.write(name, content)
    if not outcome.error:
        for name in state.files(outcome.run) - outcome.files.keys():
            folder.remove(name)
        folder.remove(f"{FAILED}/{outcome.run.name}.ipynb")
        state.remember(outcome, made_from, folder.write)


def _tables() -> dict[str, bytes]:
    """The tables as files to take along."""
    from ecanalysis import catalog
    from ecanalysis.build.downloads import downloads

    return downloads(catalog.load())


def _around(out: Path) -> Site:
    """The pages around the documents, as far as they can be made before these."""
    from ecanalysis.build.site import Site

    return Site(out)


def _finish(
    state: State,
    folder: store.Folder,
    site: dict[str, Any],
    tables: Future[dict[str, bytes]] | None,
    around: Site | None,
) -> None:
    """Write what describes the folder as a whole, if what it is made from changed."""
    documents = state.documents(plan())
    standing = digest(json.dumps(documents).encode())
    if tables is not None or site["documents"] != standing:
        from ecanalysis.build.downloads import FOLDER

        files = (around or _around(folder.path)).pages() | (tables.result() if tables else {})
        kept = {} if tables else {n: sha for n, sha in site["files"].items() if n.startswith(f"{FOLDER}/")}
        for name, content in files.items():
            if folder.differs(name, content):
                folder.write(name, content)
        digests = kept | {name: digest(content) for name, content in files.items()}
        for name in site["files"].keys() - digests:
            folder.remove(name)
        site = {
            "made_from": fingerprints_of_site(),
            "tables": state.tables,
            "documents": standing,
            "files": digests,
        }
        state.remember_site(site, folder.write)
    described = manifest(documents, site["files"]).encode()
    if folder.differs("manifest.json", described):
        folder.write("manifest.json", described)


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
    described = json.loads(path.read_text(encoding="utf-8"))
    for entry in [*described["documents"].values(), described["site"]]:
        for name, expected in entry["files"].items():
            file = out / name
            if not file.exists():
                problems.append(f"{name}: missing")
            elif digest(file.read_bytes()) != expected:
                problems.append(f"{name}: differs from the manifest")
    return problems
