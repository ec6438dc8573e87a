"""Shared fixtures: the project's tables, and copies of them that a test may break."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import papermill  # noqa: F401 - loads our engine by its entry point, which must not be imported before it
import pytest

from ecanalysis import catalog, language

ROOT = Path(__file__).resolve().parent.parent
TEXTS = ROOT.parent / "shared" / "sources"


@pytest.fixture(autouse=True)
def _chinese():
    """Begin every test in Chinese, whatever an earlier one chose."""
    language.use("zh")


@pytest.fixture(scope="session")
def data() -> catalog.Catalog:
    """The project's own tables."""
    return catalog.load(ROOT / "data")


@pytest.fixture
def data_copy(tmp_path: Path) -> Path:
    """A copy of the data folder."""
    return Path(shutil.copytree(ROOT / "data", tmp_path / "data"))


@pytest.fixture
def edit(data_copy: Path) -> Callable[[str, str, str], Path]:
    """Replace the first occurrence of some text in a table of a copy of the data folder."""

    def replace(table: str, old: str, new: str) -> Path:
        path = data_copy / table
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} does not stand in {table}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return data_copy

    return replace


KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}


def write_notebooks(folder: Path, books: dict[str, str], extra: str = "") -> Path:
    """Write small notebooks, each a parameters cell and one cell of code, and the file that lists them."""
    import nbformat

    folder.mkdir(parents=True, exist_ok=True)
    listed = "".join(f'[{name}]\nzh = "{name}"\nen = "{name}"\n' for name in books)
    (folder / "documents.toml").write_text(listed + extra, encoding="utf-8")
    for name, code in books.items():
        cells = [
            nbformat.v4.new_code_cell('language = "zh"', id="cell-01", metadata={"tags": ["parameters"]}),
            nbformat.v4.new_code_cell(code, id="cell-02"),
        ]
        metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
        nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=metadata), folder / f"{name}.ipynb")
    return folder


def command(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command line as its user does."""
    return subprocess.run(
        [sys.executable, "-m", "ecanalysis.cli", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )
