"""JupyterLab in a real browser: every notebook of the folder opens, runs to its end and shows its figures.

One server with a copy of the notebooks, without their outputs, serves all tests of this module.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import nbformat
import pytest
from playwright.sync_api import Browser, Page

from tests.browser import chromium
from tests.conftest import KERNEL, ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
# All cells are in the page at once, so that a figure far below is drawn like the first; nobody is asked about news.
SETTINGS = {
    "notebook-extension/tracker": {"windowingMode": "none"},
    "apputils-extension/notification": {"fetchNews": "false"},
}
# Notebooks of this test's own, by name the code of their cells.
MORE = {
    "table.ipynb": ["import ecanalysis as ec\n\nec.show(ec.table('regions'))"],
    "failing.ipynb": ["1 / 0", "1"],
}
# The notebook in front; its cells have run when each has a number, or one of them an error.
FRONT = ".jp-NotebookPanel:not(.lm-mod-hidden)"
IDLE = f'{FRONT} .jp-Notebook-ExecutionIndicator[data-status="idle"]'
RAN = f"""() => {{
    const cells = [...document.querySelectorAll('{FRONT} .jp-CodeCell')];
    const prompts = cells.map(cell => cell.querySelector('.jp-InputPrompt').textContent.trim());
    return document.querySelector('{FRONT} [data-mime-type="application/vnd.jupyter.stderr"]')
        || (prompts.length && prompts.every(prompt => /^\\[\\d+\\]:$/.test(prompt)));
}}"""
WIDTHS = (
    f"() => [...document.querySelectorAll('{FRONT} figure img')].map(image => image.complete && image.naturalWidth)"
)
MINUTE = 60_000


@dataclass
class Lab:
    """JupyterLab as a browser shows it.

    Parameters
    ----------
    page : Page
    folder : Path
        What its file browser lists.
    elsewhere : list of str
        Addresses outside the machine that the page asked for.
    """

    page: Page
    folder: Path
    elsewhere: list[str] = field(default_factory=list)

    def run(self, name: str) -> dict[str, Any]:
        """Open a notebook by its name in the list of files, run all cells, save, and read what was saved."""
        page = self.page
        page.locator(".jp-DirListing-item", has_text=name).dblclick()
        self.wait_for_kernel()
        self.choose("Run", "Run All Cells")
        page.wait_for_function(RAN, timeout=2 * MINUTE, polling=200)
        self.wait_for_kernel()
        self.choose("File", "Save Notebook")
        page.locator(".jp-mod-current.jp-mod-dirty").wait_for(state="detached", timeout=MINUTE)
        return dict(json.loads((self.folder / name).read_text(encoding="utf-8")))

    def wait_for_kernel(self) -> None:
        """Wait until the notebook in front has a kernel, as the status bar says, and that has nothing to do."""
        self.page.locator(FRONT).wait_for(timeout=MINUTE)
        self.page.locator("#jp-main-statusbar", has_text="| Idle").wait_for(timeout=MINUTE)
        self.page.locator(IDLE).wait_for(timeout=MINUTE)

    def choose(self, menu: str, entry: str) -> None:
        """Choose an entry of a menu."""
        self.page.locator(".lm-MenuBar-itemLabel", has_text=re.compile(f"^{menu}$")).click()
        self.page.locator(".lm-Menu-itemLabel", has_text=re.compile(f"^{entry}$")).click()

    def close(self) -> None:
        """Close the notebook in front together with its kernel, whatever a failed test left open above it."""
        self.page.keyboard.press("Escape")
        self.choose("File", "Close and Shut Down Notebook…")
        self.page.locator(".jp-Dialog .jp-mod-accept").click()
        self.page.locator(FRONT).wait_for(state="detached", timeout=MINUTE)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The notebooks as they are before anybody ran them, and two of this test's own."""
    folder = Path(shutil.copytree(ROOT / "notebooks", tmp_path_factory.mktemp("lab") / "notebooks"))
    for path in folder.glob("*.ipynb"):
        book = nbformat.read(path, as_version=4)
        for cell in book.cells:
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None
        nbformat.write(book, path)
    for name, codes in MORE.items():
        cells = [nbformat.v4.new_code_cell(code) for code in codes]
        book = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": KERNEL})
        nbformat.write(book, folder / name)
    return folder


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[str]:
    """The address of a JupyterLab that has its settings, logs and histories in a folder of its own."""
    home = folder.parent
    for name, values in SETTINGS.items():
        path = home / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(values), encoding="utf-8")
    own = {
        "HOME": home,
        "IPYTHONDIR": home / "ipython",
        "JUPYTER_CONFIG_DIR": home / "config",
        "JUPYTER_DATA_DIR": home / "data",
        "JUPYTER_RUNTIME_DIR": home / "runtime",
        "JUPYTERLAB_SETTINGS_DIR": home / "settings",
        "JUPYTERLAB_WORKSPACES_DIR": home / "workspaces",
        "JUPYTER_PREFER_ENV_PATH": "1",
        "ECANALYSIS_DATA": ROOT / "data",
        "ECANALYSIS_NOTEBOOKS": folder,
    }
    port = free_port()
    arguments = ["--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}", "--ServerApp.port_retries=0"]
    command = [sys.executable, "-m", "jupyterlab", *arguments, "--IdentityProvider.token=", f"--notebook-dir={folder}"]
    with (home / "log").open("w", encoding="utf-8") as log:
        process = subprocess.Popen(command, env={**os.environ, **{k: str(v) for k, v in own.items()}}, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(120):
            try:
                urlopen(f"{address}/api/status", timeout=5).close()
                break
            except OSError:
                assert process.poll() is None, (home / "log").read_text(encoding="utf-8")
                time.sleep(0.5)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=30)


@pytest.fixture(scope="module")
def opened(browser: Browser, server: str, folder: Path) -> Lab:
    """JupyterLab in a browser, without an open notebook."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    opened = Lab(page, folder)
    page.on("request", lambda request: asked(opened, server, request.url))
    page.goto(f"{server}/lab/tree/start.ipynb")
    opened.wait_for_kernel()
    opened.close()
    return opened


@pytest.fixture
def lab(opened: Lab) -> Iterator[Lab]:
    """The same for each test, which opens one notebook; its kernel ends with it."""
    yield opened
    opened.close()


def asked(lab: Lab, server: str, url: str) -> None:
    if not url.startswith((server, server.replace("http", "ws"), "data:", "blob:")):
        lab.elsewhere.append(url)


def outputs(book: dict[str, Any]) -> list[dict[str, Any]]:
    return [output for cell in book["cells"] if cell["cell_type"] == "code" for output in cell["outputs"]]


@pytest.mark.parametrize("name", [path.name for path in NOTEBOOKS])
def test_a_notebook_runs_to_its_end_and_shows_its_figures(lab, name):
    """Every cell has run, none failed or complained, each figure is a picture, and nothing came from the network."""
    book = lab.run(name)
    counts = [cell["execution_count"] for cell in book["cells"] if cell["cell_type"] == "code"]
    assert counts == list(range(1, len(counts) + 1))
    assert [output for output in outputs(book) if output["output_type"] in ("error", "stream")] == []
    figures = sum("".join(o.get("data", {}).get("text/html", "")).count("<figure ") for o in outputs(book))
    widths = lab.page.evaluate(WIDTHS)
    assert len(widths) == figures
    assert all(widths)
    assert lab.elsewhere == []


def test_a_shown_table_sorts_and_filters_without_network(lab):
    """Headers carry units one can read; a click sorts, typing filters, and the script came with the output."""
    lab.run("table.ipynb")
    table = lab.page.locator(f"{FRONT} .dt-container")
    header = table.locator("th", has_text="网上零售额（亿元）").first
    header.wait_for(timeout=MINUTE)
    for order in ("ascending", "descending"):
        header.click()
        table.locator(f"th[aria-sort={order}]").wait_for()
    table.locator("tbody tr:first-child", has_text="广东").wait_for()
    table.locator("input[type=search]").fill("陕西")
    table.locator("tbody tr:first-child:last-child", has_text="陕西").wait_for()
    assert lab.elsewhere == []


def test_the_browser_would_notice_an_error(lab):
    """A notebook that fails is no notebook that ran: its error is saved, its later cells have no number."""
    saved = lab.run("failing.ipynb")
    assert [cell["execution_count"] for cell in saved["cells"]] == [1, None]
    assert outputs(saved)[0]["ename"] == "ZeroDivisionError"
