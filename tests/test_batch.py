"""The batch under fire: misbehaving notebooks, kills, full disks, two builds at once; incremental and reproducible."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from ecanalysis.build import batch, workers
from ecanalysis.build.plan import plan
from tests.conftest import ROOT, command, write_notebooks

GOOD = "import ecanalysis as ec\nec.say(zh='达到 {x}。', en='It was {x}.', x=ec.obs('ecommerce_turnover'))"
SHAANXI = "import ecanalysis as ec\nec.say(zh='{x}', en='{x}', x=ec.obs('online_retail_sales', area='CN-61'))"
DRAWS = (
    "import ecanalysis as ec\n"
    "ec.levels('own.figure', ec.series('express_delivery_volume', periods=range(2011, 2019)),"
    " title='快递业务量', measure=ec.name('indicators', 'express_delivery_volume'))"
)
MISBEHAVING = {
    "raises": "raise ValueError('on purpose')",
    "exits": "import sys\nsys.exit(3)",
    "vanishes": "import os\nos._exit(9)",
    "is_killed": "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)",
    "eats_memory": "x = bytearray(64 * 2**30)",
    "prints": "print('x' * 10_000_000)",
    "is_hostile": "from IPython.display import HTML\nHTML('<script>alert(1)</script><b onclick=\"x()\">ok</b>')",
    "reads_input": "input('name?')",
}


def build(notebooks: Path, out: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return command("build", "--out", str(out), *arguments, ECANALYSIS_NOTEBOOKS=str(notebooks), **environment)


def files(folder: Path) -> dict[str, bytes]:
    """What a reader finds in a folder of reports: everything but what begins with a dot."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    }


@pytest.fixture(scope="module")
def misbehaved(tmp_path_factory) -> tuple[subprocess.CompletedProcess[str], Path]:
    """All misbehaving notebooks and a good one, built at once."""
    folder = tmp_path_factory.mktemp("misbehaved")
    notebooks = write_notebooks(folder / "notebooks", {**MISBEHAVING, "good": GOOD})
    (folder / "tmp").mkdir()
    return build(notebooks, folder / "out", "--language", "zh", TMPDIR=str(folder / "tmp")), folder / "out"


def test_the_others_are_finished(misbehaved):
    """Whatever its neighbours do, the good document stands."""
    done, out = misbehaved
    assert done.returncode == 1
    assert "31.63" in (out / "zh" / "good.html").read_text(encoding="utf-8")
    assert "6 of 9 documents failed" in done.stdout


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("raises", "cell 2: ValueError: on purpose"),
        ("exits", "cell 2: SystemExit: 3"),
        ("vanishes", "the process ended in cell 2 with status 9"),
        ("is_killed", "the process ended in cell 2 with signal SIGKILL"),
        ("eats_memory", "cell 2: MemoryError"),
        ("reads_input", "cell 2: StdinNotImplementedError"),
    ],
)
def test_each_failure_is_named_with_its_cell_and_kept(misbehaved, name, said):
    """One line says what happened and where; the executed copy lies aside and no page pretends to be good."""
    done, out = misbehaved
    line = next(line for line in done.stdout.splitlines() if f"zh/{name}:" in line)
    assert f"zh/{name}: failed: {said}" in line
    assert (out / "_failed" / "zh" / f"{name}.ipynb").exists()
    assert not (out / "zh" / f"{name}.html").exists()


def test_traceback_is_kept_with_the_failed_copy(misbehaved):
    """Whoever mends the notebook sees where it broke."""
    text = (misbehaved[1] / "_failed" / "zh" / "raises.ipynb").read_text(encoding="utf-8")
    assert "on purpose" in text
    assert '"output_type": "error"' in text


def test_nothing_is_left_in_the_folder_for_temporary_files(misbehaved):
    """Workers write nowhere: what is killed leaves nothing behind."""
    assert list((misbehaved[1].parent / "tmp").iterdir()) == []


def test_endless_output_is_cut(misbehaved):
    """Ten megabytes of print become a page of moderate size that says how much is left out."""
    page = (misbehaved[1] / "zh" / "prints.html").read_text(encoding="utf-8")
    assert "[9900001 characters left out]" in page
    assert len(page) < 300_000


def test_hostile_html_is_disarmed(misbehaved):
    """Neither script nor handler reaches the page."""
    page = (misbehaved[1] / "zh" / "is_hostile.html").read_text(encoding="utf-8")
    assert "<b>ok</b>" in page
    assert "alert(1)</script>" not in page
    assert "<b onclick" not in page


def test_next_build_continues_with_what_failed(misbehaved, tmp_path):
    """Once mended, only the failed document is made, and its failed copy goes."""
    out = shutil.copytree(misbehaved[1], tmp_path / "out")
    notebooks = write_notebooks(tmp_path / "notebooks", {**MISBEHAVING, "good": GOOD, "raises": "1 + 1"})
    done = build(notebooks, out, "raises", "good", "--language", "zh")
    assert done.returncode == 0
    assert "[1/1] zh/raises" in done.stdout
    assert not (out / "_failed" / "zh" / "raises.ipynb").exists()


def test_a_notebook_that_hangs_is_stopped():
    """The executor kills a task whose time is over, says in which cell, and runs the next."""
    with workers.ForkExecutor(1, "ecanalysis.folders", seconds=6) as pool:
        hanging, next_one = pool.submit(_hang), pool.submit(abs, -3)
        with pytest.raises(workers.WorkerDied) as error:
            hanging.result(timeout=60)
        assert str(error.value) == "still running after 6 s in cell 7"
        assert next_one.result(timeout=60) == 3


def _hang() -> None:
    workers.report("cell 7")
    time.sleep(600)


def test_documents_are_the_same_whatever_the_engine(tmp_path):
    """A process forked from a warm one and a kernel of its own write the same bytes."""
    books = {"good": GOOD, "draws": DRAWS, "wide": WIDE, "speaks": SPEAKS, "plots": PLOTS}
    notebooks = write_notebooks(tmp_path / "notebooks", books)
    for engine in ("warm", "fresh"):
        assert build(notebooks, tmp_path / engine, "--engine", engine).returncode == 0
    warm, fresh = (
        {n: c for n, c in files(tmp_path / engine).items() if n.startswith(("zh/", "en/"))}
        for engine in ("warm", "fresh")
    )
    assert warm == fresh
    assert {"zh/draws.html", "en/wide.ipynb"} <= set(warm)
    assert b"data:image/png;base64," in warm["zh/plots.html"]


WIDE = "import pandas as pd\nprint('printed')\npd.DataFrame([[0] * 40])"
PLOTS = "import matplotlib.pyplot as plt\nplt.plot([1, 2]);"
# All that a cell can say, in an order that must be kept.
SPEAKS = """
import asyncio, sys
from IPython.display import HTML, clear_output, display
print("cleared")
clear_output(wait=True)
handle = display(HTML("<b>first</b>"), display_id="one")
print("between", end=" ")
print("displays")
print("aside", file=sys.stderr)
handle.update(HTML("<b>second</b>"))
display({"a": 1}, [2])
async def later():
    await asyncio.sleep(0)
    return "awaited"
await later()
"""


def test_one_notebook_does_not_see_another_of_its_process():
    """Papermill may be called twice in a process: names and the count of cells begin anew."""
    import nbformat
    import papermill

    shown = []
    for source in ("left = 1", "'left' in globals()"):
        book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
        book.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
        done = papermill.execute_notebook(book, None, engine_name="ecanalysis", progress_bar=False)
        shown.append((done.cells[0].execution_count, [output.data["text/plain"] for output in done.cells[0].outputs]))
    assert shown == [(1, []), (1, ["False"])]


def test_papermill_with_our_engine_writes_the_same_bytes_twice(tmp_path):
    """Without times, paths and random ids, whoever calls papermill."""
    import papermill

    written = []
    for name in ("a", "b"):
        notebooks = write_notebooks(tmp_path / name, {"good": GOOD})
        out = tmp_path / f"{name}.ipynb"
        papermill.execute_notebook(
            notebooks / "good.ipynb", out, {"language": "en"}, engine_name="ecanalysis", progress_bar=False
        )
        written.append(out.read_bytes())
    assert written[0] == written[1]
    assert b"31.63" in written[0]


# What IPython reads otherwise than Python does, and what only looks like it.
SPECIAL = [
    "1;", "2;  # quiet", "3 # shown; though", "'4;'", "5;\n# after it\n", "  x = 6\n  x", "\n\nx + 1", ">>> x + 2",
    "In [3]: x + 3", "found = %who_ls int", "found", "%%capture out\nprint(x)", "out.stdout", "x != 7", "/len 'abc'",
    "int?", "lines = !echo hello", "lines", "import asyncio\nawait asyncio.sleep(0, 8)", "'%d' % x",
    "f'{x:>3}'", "(x\n / 2)", "def f():\n    return 'async'\nf()", "x = 7; x",
]  # fmt: skip


def test_special_cells_do_what_they_do_in_a_kernel():
    """Magic, help, shell commands, prompts, indents, awaiting and silencing semicolons: the same outputs and counts."""
    import nbformat
    import papermill

    ran = {}
    for engine in ("ecanalysis", "ecanalysis-kernel"):
        book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in SPECIAL])
        book.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
        done = papermill.execute_notebook(book, None, engine_name=engine, progress_bar=False)
        ran[engine] = [(cell.source, cell.execution_count, cell.outputs) for cell in done.cells]
    assert ran["ecanalysis"] == ran["ecanalysis-kernel"]
    shown = {source: outputs[0].data["text/plain"] for source, _, outputs in ran["ecanalysis"] if outputs}
    assert [source for source in SPECIAL if source not in shown] == [
        "1;", "2;  # quiet", "5;\n# after it\n", "found = %who_ls int", "%%capture out\nprint(x)", "int?",
        "lines = !echo hello",
    ]  # fmt: skip
    assert shown["found"] == "['x']"
    assert shown["lines"] == "['hello']"


def test_what_is_edited_while_the_workers_load_is_seen_next_time(tmp_path):
    """The digests of all code are those of before the workers begin to load it."""
    package = tmp_path / "ecanalysis"
    shutil.copytree(ROOT / "ecanalysis", package, ignore=shutil.ignore_patterns("__pycache__"))
    done = subprocess.run(
        [sys.executable, "-c", EDITS_WHILE_LOADING],
        cwd=tmp_path,
        env={
            **os.environ,
            "PYTHONPATH": str(tmp_path),
            "ECANALYSIS_NOTEBOOKS": str(ROOT / "notebooks"),
            "ECANALYSIS_DATA": str(ROOT / "data"),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout.split(), done.stderr) == (["True", "True"], "")


EDITS_WHILE_LOADING = """
from ecanalysis.build import batch, dependencies, workers
from ecanalysis.build.plan import plan
run = plan(["01_overall"], "zh")[0]
path = dependencies.PACKAGE / "narrative.py"
before = dependencies.digest(path.read_bytes())
workers.ForkExecutor = lambda *_: path.write_bytes(path.read_bytes() + b"# edited")
batch._machine(1)
found = dependencies.fingerprints(run)["code narrative"]
print(found == before, dependencies.digest(path.read_bytes()) != before)
"""


def test_two_builds_are_equal_to_the_byte(tmp_path):
    """Other folder, time zone, locale, hash seed, home, number of jobs and order of targets: the same files."""
    notebooks = write_notebooks(tmp_path / "notebooks", {"good": GOOD, "draws": DRAWS})
    first = build(notebooks, tmp_path / "a", "--jobs", "1", TZ="UTC", LC_ALL="C.UTF-8", PYTHONHASHSEED="1")
    (tmp_path / "home").mkdir()
    second = build(
        notebooks,
        tmp_path / "b" / "deeper",
        "draws",
        "good",
        "--jobs",
        "3",
        TZ="Asia/Shanghai",
        LC_ALL="C",
        PYTHONHASHSEED="2",
        HOME=str(tmp_path / "home"),
        COLUMNS="50",
    )
    assert (first.returncode, second.returncode) == (0, 0)
    assert files(tmp_path / "a") == files(tmp_path / "b" / "deeper")


@pytest.fixture
def built(tmp_path) -> tuple[Path, Path]:
    """Two documents that rest on different rows, built in Chinese."""
    notebooks = write_notebooks(tmp_path / "notebooks", {"nation": GOOD, "shaanxi": SHAANXI})
    assert build(notebooks, tmp_path / "out", "--language", "zh").returncode == 0
    return notebooks, tmp_path / "out"


def made(done: subprocess.CompletedProcess[str]) -> list[str]:
    assert done.returncode == 0, done.stderr
    return sorted(line.split()[1] for line in done.stdout.splitlines() if line.startswith("["))


def test_nothing_is_made_when_nothing_changed(built):
    """The second build makes nothing and leaves every byte."""
    before = files(built[1])
    assert made(build(*built, "--language", "zh")) == []
    assert files(built[1]) == before
    assert made(build(*built, "--language", "zh", "--force")) == ["zh/nation", "zh/shaanxi"]


def test_a_changed_row_remakes_the_documents_that_read_it(built, edit):
    """Shaanxi's row remakes Shaanxi's document; the tables being new, the other is not made again later either."""
    data = str(edit("observations.csv", "CN-61,2018,level,893.6,", "CN-61,2018,level,894.6,"))
    explained = build(*built, "--language", "zh", "--explain", ECANALYSIS_DATA=data)
    assert "zh/nation: up to date" in explained.stdout
    assert "zh/shaanxi: changed in the tables: record observations mofcom-2018.8.27.1.03" in explained.stdout
    assert made(build(*built, "--language", "zh", ECANALYSIS_DATA=data)) == ["zh/shaanxi"]
    assert "894.6 亿元" in (built[1] / "zh" / "shaanxi.html").read_text(encoding="utf-8")
    assert made(build(*built, "--language", "zh", ECANALYSIS_DATA=data)) == []


def test_a_new_row_remakes_a_document_that_looked_for_it_in_vain(tmp_path, edit):
    """A question without an answer is a dependency too."""
    code = "import ecanalysis as ec\nprint(ec.obs('ecommerce_turnover', period=1999, default=None))"
    notebooks = write_notebooks(tmp_path / "notebooks", {"vain": code})
    assert made(build(notebooks, tmp_path / "out", "--language", "zh")) == ["zh/vain"]
    row = (
        "mofcom-2018.1.1.1.99,mofcom-2018,1.1.1,257,ecommerce_turnover,total,CN,1999,level,0.1,万亿元,"
        "exact,actual,,,,\n"
    )
    header = (ROOT / "data" / "observations.csv").read_text(encoding="utf-8").split("\n")[0] + "\n"
    data = str(edit("observations.csv", header, header + row))
    assert made(build(notebooks, tmp_path / "out", "--language", "zh", ECANALYSIS_DATA=data)) == ["zh/vain"]
    assert "0.1 万亿元" in (tmp_path / "out" / "zh" / "vain.html").read_text(encoding="utf-8")


def test_a_changed_notebook_or_parameter_description_remakes_its_document(built):
    """The source of a cell counts, committed outputs do not."""
    notebooks, out = built
    path = notebooks / "nation.ipynb"
    book = json.loads(path.read_text(encoding="utf-8"))
    book["cells"][1]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "old"}]
    path.write_text(json.dumps(book), encoding="utf-8")
    assert made(build(notebooks, out, "--language", "zh")) == []
    book["cells"][1]["source"] += "  # more"
    path.write_text(json.dumps(book), encoding="utf-8")
    assert made(build(notebooks, out, "--language", "zh")) == ["zh/nation"]


def test_what_a_document_no_longer_has_goes(tmp_path):
    """A figure taken out of a notebook leaves neither picture nor data behind."""
    notebooks = write_notebooks(tmp_path / "notebooks", {"draws": DRAWS})
    assert made(build(notebooks, tmp_path / "out", "--language", "zh")) == ["zh/draws"]
    assert (tmp_path / "out" / "zh" / "draws" / "own.figure.svg").exists()
    notebooks = write_notebooks(tmp_path / "notebooks", {"draws": GOOD})
    assert made(build(notebooks, tmp_path / "out", "--language", "zh")) == ["zh/draws"]
    assert build(notebooks, tmp_path / "scratch", "--language", "zh").returncode == 0
    assert files(tmp_path / "out") == files(tmp_path / "scratch")


@pytest.mark.parametrize("damage", ["missing", "edited"])
def test_a_damaged_page_is_made_again(built, damage):
    """Missing or edited by hand, it is not what the manifest promises."""
    page = built[1] / "zh" / "nation.html"
    whole = page.read_bytes()
    page.unlink() if damage == "missing" else page.write_bytes(whole.replace(b"31.63", b"31.64"))
    assert made(build(*built, "--language", "zh")) == ["zh/nation"]
    assert page.read_bytes() == whole


@pytest.mark.parametrize("seed", range(3))
def test_an_incremental_build_equals_one_from_scratch(built, data_copy, tmp_path, seed):
    """Whatever digit of whatever row changes, nothing stale is left."""
    table = data_copy / "observations.csv"
    lines = table.read_text(encoding="utf-8").split("\n")
    chosen = random.Random(seed)
    candidates = [
        i for i, line in enumerate(lines) if ",CN-61," in line or ",ecommerce_turnover,total,CN,2018," in line
    ]
    line = chosen.choice(candidates)
    cells = lines[line].split(",")
    cells[9] = str(round(float(cells[9])) + 1)
    lines[line] = ",".join(cells)
    table.write_text("\n".join(lines), encoding="utf-8")
    assert build(*built, "--language", "zh", ECANALYSIS_DATA=str(data_copy)).returncode == 0
    scratch = tmp_path / "scratch"
    assert build(built[0], scratch, "--language", "zh", ECANALYSIS_DATA=str(data_copy)).returncode == 0
    assert files(built[1]) == files(scratch)


def test_manifest_finds_a_changed_and_a_missing_file(built):
    """``verify-reports`` is silent about a whole folder and names each damage."""
    assert command("verify-reports", "--out", str(built[1])).returncode == 0
    (built[1] / "zh" / "nation.html").write_bytes(b"changed")
    (built[1] / "zh" / "shaanxi.ipynb").unlink()
    done = command("verify-reports", "--out", str(built[1]))
    assert done.returncode == 1
    assert done.stdout == "zh/nation.html: differs from the manifest\nzh/shaanxi.ipynb: missing\n"


def test_verifying_what_was_never_built_is_a_mistake(tmp_path):
    """One line and status 2."""
    done = command("verify-reports", "--out", str(tmp_path))
    assert (done.returncode, done.stderr) == (
        2,
        f"ecanalysis: no manifest.json in {tmp_path}: nothing was built there\n",
    )


def test_a_kill_at_any_moment_leaves_only_whole_documents(tmp_path):
    """Killed hard at several moments, the folder holds whole files only, and the next build finishes the work."""
    notebooks = write_notebooks(tmp_path / "notebooks", {f"n{i}": GOOD for i in range(4)})
    reference = tmp_path / "reference"
    assert build(notebooks, reference).returncode == 0
    whole = files(reference)
    out = tmp_path / "out"
    environment = {**os.environ, "ECANALYSIS_NOTEBOOKS": str(notebooks)}
    for moment in (0.5, 3.0, 4.0, 5.0):
        process = subprocess.Popen(
            [sys.executable, "-m", "ecanalysis.cli", "build", "--force", "--out", str(out)],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        time.sleep(moment)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        for name, content in files(out).items():
            if name.startswith(("zh/", "en/")):
                assert content == whole[name], name
    assert build(notebooks, out).returncode == 0
    assert files(out) == whole


def test_a_full_disk_is_an_error_and_old_documents_stay(built, monkeypatch):
    """No half page: what stood before still stands."""
    import errno
    from concurrent.futures import ThreadPoolExecutor

    from ecanalysis.build import store

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    before = files(built[1])
    monkeypatch.setenv("ECANALYSIS_NOTEBOOKS", str(built[0]))
    monkeypatch.setattr(store.os, "fsync", full)
    with ThreadPoolExecutor(1) as pool, pytest.raises(store.StoreError) as error:
        batch.build(plan(language="zh"), built[1], executor=pool, force=True)
    assert str(error.value).startswith(f"cannot write {built[1] / 'zh'}")
    assert str(error.value).endswith(": No space left on device")
    assert files(built[1]) == before


def test_second_build_waits_for_the_first(tmp_path):
    """Two builds into one folder: the second says that it waits, and both end well."""
    notebooks = write_notebooks(tmp_path / "notebooks", {"good": GOOD})
    environment = {**os.environ, "ECANALYSIS_NOTEBOOKS": str(notebooks)}
    words = [sys.executable, "-m", "ecanalysis.cli", "build", "--language", "zh", "--out", str(tmp_path / "out")]
    first = subprocess.Popen(words, env=environment, stdout=subprocess.PIPE)
    deadline = time.monotonic() + 30
    while not (tmp_path / "out" / ".staging").exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    second = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)
    assert first.wait() == 0
    assert second.returncode == 0
    assert second.stderr == f"another build is writing to {tmp_path / 'out'}; waiting for it\n"
    assert second.stdout == f"{tmp_path / 'out' / 'index.html'}\n"


def test_data_that_cannot_be_drawn_fails_only_where_it_is_drawn(tmp_path, edit):
    """A province written in a script the font lacks: documents that do not show it are made."""
    data = str(edit("areas.csv", ",北京,", ",ꀀ,"))
    notebooks = write_notebooks(tmp_path / "notebooks", {"good": GOOD})
    done = build(notebooks, tmp_path / "out", "--language", "zh", ECANALYSIS_DATA=data)
    assert (done.returncode, done.stderr) == (0, "")
    assert made(done) == ["zh/good"]


@pytest.fixture
def slow_build(tmp_path) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """A build of a document and of one that never ends, alone in its process group as in a terminal."""
    notebooks = write_notebooks(tmp_path / "notebooks", {"good": GOOD, "slow": "import time\ntime.sleep(600)"})
    out = tmp_path / "out"
    running = subprocess.Popen(
        [sys.executable, "-m", "ecanalysis.cli", "build", "--language", "zh", "--jobs", "2", "--out", str(out)],
        env={**os.environ, "ECANALYSIS_NOTEBOOKS": str(notebooks)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # What is started in the background, as the tests may be, does not listen to Ctrl-C.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    yield running, out
    with suppress(ProcessLookupError):  # all have ended, unless the test failed
        os.killpg(running.pid, signal.SIGKILL)


def wait_for(path: Path) -> None:
    """Wait until a file is there, a minute at most."""
    deadline = time.monotonic() + 60
    while not path.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert path.exists()


def interrupted(running: subprocess.Popen[str]) -> tuple[int, str]:
    """What a build says and returns after Ctrl-C, which reaches all its processes."""
    os.killpg(running.pid, signal.SIGINT)
    _, said = running.communicate(timeout=60)
    return running.returncode, said


STOPPED = (130, "ecanalysis: stopped; finished documents are kept\n")


def test_ctrl_c_ends_in_one_line_and_keeps_what_is_finished(slow_build):
    """The workers end with the build; nobody sees a traceback."""
    running, out = slow_build
    wait_for(out / ".state" / "zh" / "good.json")
    assert interrupted(running) == STOPPED
    assert "31.63" in (out / "zh" / "good.html").read_text(encoding="utf-8")
    assert not (out / ".staging").exists()


@pytest.mark.parametrize("moment", [0.5, 1.5])
def test_ctrl_c_while_the_workers_load_ends_in_one_line(slow_build, moment):
    """What loads has no handler of its own yet: it must not answer with a traceback."""
    running, out = slow_build
    wait_for(out / ".lock")
    time.sleep(moment)
    assert interrupted(running) == STOPPED
    assert not (out / "zh").exists()


def test_a_name_cannot_lead_out_of_the_folder(tmp_path):
    """Neither parameters nor data choose where is written."""
    from ecanalysis.build import store

    with store.opened(tmp_path / "out") as folder, pytest.raises(store.StoreError) as error:
        folder.write("../outside.html", b"x")
    assert str(error.value) == f"'../outside.html' leads out of {tmp_path / 'out'}"
    assert not (tmp_path / "outside.html").exists()


def test_any_executor_will_do(tmp_path, monkeypatch):
    """Runs go through ``concurrent.futures.Executor``; what a worker sends back is written here."""
    from concurrent.futures import ThreadPoolExecutor

    notebooks = write_notebooks(tmp_path / "notebooks", {"good": GOOD})
    monkeypatch.setenv("ECANALYSIS_NOTEBOOKS", str(notebooks))
    with ThreadPoolExecutor(1) as pool:
        result = batch.build(plan(language="zh"), tmp_path / "out", executor=pool)
    assert [(outcome.error, outcome.files) for outcome in result.outcomes] == [("", {})]
    assert "31.63" in (tmp_path / "out" / "zh" / "good.html").read_text(encoding="utf-8")


def test_a_worker_with_another_copy_of_the_project_is_refused(tmp_path, monkeypatch, edit):
    """What it would make is not what was asked for; the line names what it has otherwise."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    monkeypatch.setenv("ECANALYSIS_NOTEBOOKS", str(write_notebooks(tmp_path / "notebooks", {"good": GOOD})))
    data = str(edit("observations.csv", "CN-61,2018,level,893.6,", "CN-61,2018,level,894.6,"))
    with ProcessPoolExecutor(1, get_context("spawn"), _elsewhere, (data,)) as pool:
        result = batch.build(plan(language="zh"), tmp_path / "out", executor=pool)
    assert [outcome.error for outcome in result.outcomes] == [
        "the worker has another copy of ecanalysis, or was started before it changed; these differ: observations.csv"
    ]
    assert not (tmp_path / "out" / "zh" / "good.html").exists()


def test_a_worker_that_read_the_tables_before_they_changed_is_refused(tmp_path, monkeypatch, edit):
    """It serves while its tables are those of the build, and not after one of them was edited under its feet."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    monkeypatch.setenv("ECANALYSIS_NOTEBOOKS", str(write_notebooks(tmp_path / "notebooks", {"good": GOOD})))
    copy = edit("observations.csv", "CN-61,2018,level,893.6,", "CN-61,2018,level,893.6,")
    monkeypatch.setenv("ECANALYSIS_DATA", str(copy))
    table = copy / "observations.csv"
    with ProcessPoolExecutor(1, get_context("spawn"), _elsewhere, (str(copy),)) as pool:
        first = batch.build(plan(language="zh"), tmp_path / "first", executor=pool)
        text = table.read_text(encoding="utf-8").replace("CN-61,2018,level,893.6,", "CN-61,2018,level,894.6,")
        table.write_text(text, encoding="utf-8")
        second = batch.build(plan(language="zh"), tmp_path / "second", executor=pool)
    assert [outcome.error for outcome in (*first.outcomes, *second.outcomes)] == [
        "",
        "the worker has another copy of ecanalysis, or was started before it changed; these differ: observations.csv",
    ]


def _elsewhere(data: str) -> None:
    os.environ["ECANALYSIS_DATA"] = data


# The project's own notebooks: each rests on what it reads, and on nothing else.


@pytest.fixture(scope="module")
def reports(tmp_path_factory) -> Path:
    """A national chapter, the profile of one province and the list of policies, in Chinese."""
    out = tmp_path_factory.mktemp("reports")
    done = command("build", *OWN, "--language", "zh", "--out", str(out))
    assert done.returncode == 0, done.stdout + done.stderr
    return out


OWN = ("05_integrity", "region_profile.CN-61", "appendix_a_policies")
NEW_ROW = "mofcom-2018.5.1.99,mofcom-2018,5.1,1300,ecommerce_turnover,total,CN,1999,level,0.1,万亿元,exact,actual,,,,\n"


@pytest.mark.parametrize(
    ("table", "old", "new", "stale"),
    [
        ("observations.csv", "CN-61,2018,level,893.6,", "CN-61,2018,level,894.6,", ["zh/region_profile.CN-61"]),
        ("observations.csv", "mofcom-2018.5.2.1.01,", f"{NEW_ROW}mofcom-2018.5.2.1.01,", ["zh/05_integrity"]),
        ("policies.csv", "国函〔2018〕93号", "国函〔2018〕94号", ["zh/appendix_a_policies"]),
        ("errata.csv", "13.93%至 13.94%", "13.93% 至 13.94%", ["zh/region_profile.CN-61"]),
        ("figures.csv", "消费者遭遇电子商务纠纷后", "消费者遇到电子商务纠纷后", ["zh/05_integrity"]),
        ("items.csv", "网络仲裁受理案件", "网上仲裁受理案件", []),
    ],
)
def test_a_change_makes_the_documents_that_read_it_stale_and_no_other(reports, edit, table, old, new, stale):
    """A row, a new row of a section, an entry of a list, a finding, a caption, a name that none of them shows."""
    words = ("build", *OWN, "--language", "zh", "--out", str(reports), "--explain")
    done = command(*words, ECANALYSIS_DATA=str(edit(table, old, new)))
    assert done.returncode == 0, done.stderr
    assert [line.partition(":")[0] for line in done.stdout.splitlines() if "up to date" not in line] == stale
