"""Where tables and notebooks lie: named by the environment, in a clone, or in an installed copy."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

PACKAGE = "datapackage.json"


def data_folder() -> Path:
    """The folder of the tables: ``ECANALYSIS_DATA`` if set, else the repository's, else the installed copy."""
    return _folder("ECANALYSIS_DATA", "data", PACKAGE)


def notebooks_folder() -> Path:
    """The folder of the notebooks: ``ECANALYSIS_NOTEBOOKS`` if set, else the repository's, else the installed copy."""
    return _folder("ECANALYSIS_NOTEBOOKS", "notebooks", "documents.toml")


def _folder(variable: str, name: str, landmark: str) -> Path:
    chosen = os.environ.get(variable)
    return Path(chosen) if chosen else _own(name, landmark)


@cache
def _own(name: str, landmark: str) -> Path:
    here = Path(__file__).resolve().parent
    repository = here.parent / name
    return repository if (repository / landmark).exists() else here / name
