"""Runs sent to a Dask cluster: results come back as bytes, a lost worker's runs are done again."""

from __future__ import annotations

import pytest

from tests.conftest import command, write_notebooks
from tests.test_batch import GOOD, build, files

KILLS_ITS_WORKER_ONCE = """
import os, signal, time
from pathlib import Path
if not Path({marker!r}).exists():
    Path({marker!r}).touch()
    os.kill(os.getppid(), signal.SIGKILL)
    time.sleep(60)
"""


def test_a_lost_worker_costs_no_document(tmp_path):
    """One of two workers is killed in the middle of a run; all documents are made and equal a local build's."""
    from distributed import LocalCluster

    killer = KILLS_ITS_WORKER_ONCE.format(marker=str(tmp_path / "marker"))
    notebooks = write_notebooks(tmp_path / "notebooks", {"good": GOOD, "killer": killer})
    own_copy = {"ECANALYSIS_NOTEBOOKS": str(notebooks)}
    with LocalCluster(2, threads_per_worker=1, processes=True, dashboard_address=None, env=own_copy) as cluster:
        done = build(notebooks, tmp_path / "cluster", "--scheduler", cluster.scheduler_address)
    assert (tmp_path / "marker").exists()
    assert done.returncode == 0, done.stdout + done.stderr
    assert build(notebooks, tmp_path / "local").returncode == 0
    documents = [
        {name: content for name, content in files(tmp_path / place).items() if name.startswith(("zh/", "en/"))}
        for place in ("cluster", "local")
    ]
    assert documents[0] == documents[1]
    assert {"zh/killer.html", "en/good.ipynb"} <= set(documents[0])


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nonsense"])
def test_a_scheduler_that_does_not_answer_is_said_in_one_line(tmp_path, address):
    """Status 2 and no traceback."""
    done = command("build", "01_overall", "--scheduler", address, "--out", str(tmp_path / "out"))
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].startswith(f"ecanalysis: no Dask scheduler answers at {address}: ")
    assert "Traceback" not in done.stderr
