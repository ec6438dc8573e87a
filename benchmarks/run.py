"""Our build against plain tools, side by side on this machine; writes docs/performance.md.

Every contender executes and writes the same documents with the same number of workers. Rounds are interleaved, so that
whatever else the machine does falls on all alike; what counts are the ratios of medians.

    python benchmarks/run.py [--documents N] [--rounds 3] [--jobs 2] [--scale 1000]
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from ecanalysis.build.plan import Run, plan
from ecanalysis.build.workers import ForkExecutor

ROOT = Path(__file__).resolve().parent.parent
REPORT = ROOT / "docs" / "performance.md"
SAMPLE = 12


def ours(runs: Sequence[Run], out: Path, jobs: int) -> None:
    """``ecanalysis build`` from nothing, command to prompt."""
    targets = sorted({run.stem for run in runs})
    subprocess.run(
        [
            sys.executable,
            "-m",
            "ecanalysis.cli",
            "build",
            *targets,
            "--language",
            runs[0].language,
            "--jobs",
            str(jobs),
            "--out",
            str(out),
        ],
        check=True,
        stdout=subprocess.DEVNULL,
    )


def papermill_commands(runs: Sequence[Run], out: Path, _: int) -> None:
    """A loop of ``papermill`` commands, each followed by ``jupyter nbconvert``."""
    bin_ = Path(sys.executable).parent
    for run in runs:
        path = out / f"{run.stem}.ipynb"
        words = [word for name, value in run.parameters for word in ("-p", name, str(value))]
        subprocess.run(
            [bin_ / "papermill", str(run.document.notebook), str(path), *words, "--no-progress-bar"],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        subprocess.run(
            [bin_ / "jupyter", "nbconvert", "--to", "html", str(path)],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


def papermill_pool(runs: Sequence[Run], out: Path, jobs: int) -> None:
    """``papermill.execute_notebook`` in a pool of processes, without any page."""
    with ProcessPoolExecutor(jobs) as pool:
        list(pool.map(_papermill, runs, [out] * len(runs)))


def _papermill(run: Run, out: Path) -> None:
    import papermill

    papermill.execute_notebook(
        str(run.document.notebook),
        str(out / f"{run.stem}.ipynb"),
        dict(run.parameters),
        progress_bar=False,
        extra_arguments=["--log-level=CRITICAL"],
    )


def floor(runs: Sequence[Run], _: Path, jobs: int) -> None:
    """The same cells, drawn and shown, in as many workers forked from a warm process, which starts cold; no more."""
    process = get_context("spawn").Process(target=_floor, args=(runs, jobs))
    process.start()
    process.join()


def _floor(runs: Sequence[Run], jobs: int) -> None:
    with ForkExecutor(jobs, "ecanalysis.build.warm", seconds=600) as pool:
        for future in [pool.submit(_cells, run) for run in runs]:
            future.result()


def _cells(run: Run) -> None:
    from IPython.core.formatters import DisplayFormatter

    show = DisplayFormatter().format
    names: dict[str, object] = {}
    for cell in json.loads(run.document.notebook.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] != "code":
            continue
        tree = ast.parse("".join(cell["source"]))
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, run.stem, "exec"), names)
        if "parameters" in cell["metadata"].get("tags", []):
            names.update(dict(run.parameters))
        if last is not None:
            show(eval(compile(ast.Expression(last.value), run.stem, "eval"), names))


# So slow that it runs in the first round only.
SLOW = papermill_commands
OURS, FLOOR = "ecanalysis build, executed and rendered", "the cells alone in forked workers"
CONTENDERS: dict[str, Callable[[Sequence[Run], Path, int], None]] = {
    "papermill commands and nbconvert, one after another": papermill_commands,
    "papermill in a pool, execution only": papermill_pool,
    OURS: ours,
    FLOOR: floor,
}


def measure(runs: Sequence[Run], rounds: int, jobs: int) -> dict[str, list[float]]:
    """Seconds of each contender, one value a round, rounds interleaved."""
    seconds: dict[str, list[float]] = {name: [] for name in CONTENDERS}
    for number in range(rounds):
        for name, contender in CONTENDERS.items():
            if contender is SLOW and number:
                continue
            folder = Path(tempfile.mkdtemp())
            started = time.perf_counter()
            contender(runs, folder, jobs)
            seconds[name].append(time.perf_counter() - started)
            shutil.rmtree(folder)
            print(f"{name}: {seconds[name][-1]:.1f} s", flush=True)
    return seconds


def nothing_to_do(jobs: int) -> list[float]:
    """Seconds from command to prompt of a build of everything that finds nothing to do."""
    folder = Path(tempfile.mkdtemp())
    words = [sys.executable, "-m", "ecanalysis.cli", "build", "--jobs", str(jobs), "--out", str(folder)]
    subprocess.run(words, check=False, stdout=subprocess.DEVNULL)
    seconds = []
    for _ in range(5):
        started = time.perf_counter()
        subprocess.run(words, check=False, stdout=subprocess.DEVNULL)
        seconds.append(time.perf_counter() - started)
    shutil.rmtree(folder)
    return seconds


def scale(count: int, jobs: int) -> list[tuple[int, float, float]]:
    """Runs, seconds and peak memory (MB) of the coordinator for a tenth, a third and all of many small runs."""
    rows = []
    for runs in (count // 10, count // 3, count):
        folder = Path(tempfile.mkdtemp())
        notebooks = folder / "notebooks"
        notebooks.mkdir()
        values = list(range(runs))
        (notebooks / "documents.toml").write_text(
            '[small]\nzh = "小"\nen = "small"\nexpand = "number"\n[small.parameters.number]\ndefault = 0\n'
            f'choices = {values}\nzh = "号"\nen = "number"\n',
            encoding="utf-8",
        )
        cells = [
            {
                "cell_type": "code",
                "id": f"cell-0{i}",
                "execution_count": None,
                "outputs": [],
                "source": source,
                "metadata": {"tags": ["parameters"]} if i == 1 else {},
            }
            for i, source in enumerate(
                (
                    'language = "zh"\nnumber = 0',
                    "import ecanalysis as ec\nec.obs('gdp', 'service_industry', measure='contribution', default=None)",
                ),
                1,
            )
        ]
        kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
        book = {
            "nbformat": 4,
            "nbformat_minor": 5,
            "cells": cells,
            "metadata": {"kernelspec": kernel, "language_info": {"name": "python"}},
        }
        (notebooks / "small.ipynb").write_text(json.dumps(book), encoding="utf-8")
        code = (
            "import resource, sys; from ecanalysis.cli import main; main(sys.argv[1:]);"
            "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
        )
        started = time.perf_counter()
        done = subprocess.run(
            [
                sys.executable,
                "-c",
                code,
                "build",
                "--language",
                "zh",
                "--jobs",
                str(jobs),
                "--out",
                str(folder / "out"),
            ],
            env={**os.environ, "ECANALYSIS_NOTEBOOKS": str(notebooks)},
            capture_output=True,
            text=True,
            check=True,
        )
        rows.append((runs, time.perf_counter() - started, float(done.stdout.split()[-1])))
        shutil.rmtree(folder)
        print(f"scale: {rows[-1]}", flush=True)
    return rows


def worker_memory(runs: Sequence[Run]) -> tuple[float, float]:
    """Memory of the largest worker in MB: its peak, shared with the process it was forked from or not, and its own."""
    return max(_forked([(_memory, run) for run in runs]))


def _memory(run: Run) -> tuple[float, float]:
    from ecanalysis.build.make import make

    make(run, "warm")
    lines = Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()
    own = sum(int(line.split()[1]) for line in lines if line.startswith(("Private_Dirty", "Private_Clean")))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, own / 1024


def stages(runs: Sequence[Run]) -> dict[str, float]:
    """Seconds of all documents together by stage, each document in a worker of its own, one after another."""
    cells = sum(_forked([(_timed_cells, run) for run in runs]))
    executed, rendered = zip(*_forked([(_timed_document, run) for run in runs]), strict=True)
    return {
        "the cells, figures drawn": cells,
        "papermill, kernel and outputs": sum(executed) - cells,
        "page, figures' and tables' files": sum(rendered),
    }


def _forked(tasks: Sequence[tuple[Callable[[Run], Any], Run]]) -> list[Any]:
    with ForkExecutor(1, "ecanalysis.build.warm", seconds=600) as pool:
        return [pool.submit(task, run).result() for task, run in tasks]


def _timed_cells(run: Run) -> float:
    started = time.perf_counter()
    _cells(run)
    return time.perf_counter() - started


def _timed_document(run: Run) -> tuple[float, float]:
    from ecanalysis.build.execute import execute
    from ecanalysis.build.render import render

    started = time.perf_counter()
    result = execute(run, "warm")
    executed = time.perf_counter()
    render(run, result.notebook)
    return executed - started, time.perf_counter() - executed


def main() -> None:
    """Measure everything and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, help="how many, spread over the list; all by default")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--scale", type=int, default=1000)
    options = parser.parse_args()
    everything = plan(language="zh")
    count = options.documents or len(everything)
    runs = everything[:: max(1, len(everything) // count)][:count]
    seconds = measure(runs, options.rounds, options.jobs)
    idle = nothing_to_do(options.jobs)
    memory = worker_memory(everything)
    sample = everything[:: max(1, len(everything) // SAMPLE)]
    spent = stages(sample)
    grown = scale(options.scale, options.jobs)
    REPORT.write_text(page(runs, seconds, idle, memory, spent, grown, options.jobs, len(sample)), encoding="utf-8")
    print(REPORT)


def page(
    runs: Sequence[Run],
    seconds: dict[str, list[float]],
    idle: list[float],
    memory: tuple[float, float],
    spent: dict[str, float],
    grown: list[tuple[int, float, float]],
    jobs: int,
    sample: int,
) -> str:
    """The measurements as a page."""
    reference = statistics.median(seconds[OURS])
    added = reference - statistics.median(seconds[FLOOR])
    rows = "\n".join(
        f"| {name} | {statistics.median(values):.1f} | {min(values):.1f}–{max(values):.1f} | "
        f"{statistics.median(values) / reference:.2f} |"
        for name, values in seconds.items()
    )
    small = "\n".join(
        f"| {count} | {total:.1f} | {1000 * total / count:.0f} | {memory:.0f} |" for count, total, memory in grown
    )
    total = sum(spent.values())
    parts = "\n".join(f"| {name} | {value:.1f} | {value / total:.0%} |" for name, value in spent.items())
    return f"""# Performance

Written by `make bench`. {len(runs)} documents, {jobs} workers, {max(map(len, seconds.values()))} interleaved rounds
(the slowest runs once), on {platform.machine()} with {os.cpu_count()} processors, {platform.system()},
CPython {platform.python_version()}. Seconds from command to prompt; ratios are to our build.

| | median | range | ratio |
| --- | ---: | ---: | ---: |
{rows}

A build of all {len(plan())} documents that finds nothing to do takes {statistics.median(idle):.2f} s
({min(idle):.2f}–{max(idle):.2f}).

A worker's memory peaks at {memory[0]:.0f} MB, of which {memory[1]:.0f} MB are its own; the rest it shares with the
process it was forked from.

Where a worker's time goes, seconds of {sample} of the documents one after another:

| | seconds | share |
| --- | ---: | ---: |
{parts}

The cells are quick because a figure is drawn once, with a canvas of known size; the usual inline settings draw it twice
to find its tight box. What a build adds to them, shell, notebook, page with its notes, the files beside it, the tables
to take along and the pages around the documents, is {added:.1f} s, {1000 * added / len(runs):.0f} ms a document.
It does not shrink with the cells, so the ratio to them is larger than it would be for slower figures.

Many runs of one small notebook:

| runs | seconds | ms a run | coordinator, MB |
| ---: | ---: | ---: | ---: |
{small}
"""


if __name__ == "__main__":
    main()
