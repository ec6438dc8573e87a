"""Shared fixtures: the project's tables, and copies of them that a test may break."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

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
