"""The three lists of dependencies agree, the lock names no address, and importing stays cheap."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import yaml
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
# The same project under conda-forge's name.
CONDA_NAMES = {
    "matplotlib-base": "matplotlib",
    "seaborn-base": "seaborn",
    "playwright-python": "playwright",
    "python-editables": "editables",
}


def pyproject() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def wanted() -> dict[str, str]:
    project = pyproject()
    extras = [r for name, group in project["optional-dependencies"].items() if name != "dask" for r in group]
    requirements = [Requirement(text) for text in project["dependencies"] + extras]
    return {r.name: str(r.specifier) for r in requirements}


def conda() -> dict[str, str]:
    entries = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    texts = [e for e in entries if isinstance(e, str)] + [t for e in entries if isinstance(e, dict) for t in e["pip"]]
    requirements = [Requirement(text) for text in texts]
    return {CONDA_NAMES.get(r.name, r.name): str(r.specifier) for r in requirements}


def test_conda_environment_asks_for_what_pyproject_asks_for():
    """Same packages, same bounds, but for Python and pip themselves."""
    found = conda()
    assert found.pop("python") == pyproject()["requires-python"]
    found.pop("pip")
    assert found == wanted()


def test_lock_pins_every_dependency_with_hashes_and_names_no_address():
    """What is installed is what was tested, from whatever index the reader uses."""
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pinned = {re.sub(r"[-_.]+", "-", name).lower() for name in re.findall(r"(?m)^([A-Za-z0-9._-]+)==", text)}
    assert {name.lower() for name in wanted()} <= pinned
    entries = re.split(r"(?m)^(?=[A-Za-z0-9._-]+==)", text)[1:]
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in text


def run(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def test_importing_the_library_imports_no_drawing_and_no_notebook_tools():
    """Looking up a number costs pandas and little else; matplotlib waits until something is drawn."""
    heavy = "('matplotlib', 'seaborn', 'papermill', 'nbformat', 'nbconvert', 'scipy', 'pyarrow.parquet')"
    code = "import sys, ecanalysis as ec; ec.obs('ecommerce_turnover'); ec.series('ecommerce_turnover'); "
    assert run(code + f"print([m for m in {heavy} if m in sys.modules])") == "[]"


def test_drawing_needs_no_chinese_font_of_the_system():
    """The font is the one the package brings, whatever the machine has."""
    code = "from ecanalysis.charts import theme; print(theme.font_file().name)"
    assert run(code) == "NotoSansSC-Regular.ttf"


def test_public_names_all_exist():
    """Everything ``dir(ecanalysis)`` offers can be had."""
    code = "import ecanalysis as ec; [getattr(ec, name) for name in dir(ec)]; print(len(dir(ec)) > 20)"
    assert run(code) == "True"
