"""What every committed notebook must be: parameterized, free of typed numbers, committed with its outputs.

That the outputs are still what the code gives in a kernel is checked by nbval, which runs over ``notebooks`` in the
same test run; figures are HTML with their SVG inside and a fingerprint as text, so it sees them too. That the warm
engine gives the same bytes as a kernel is checked here, against these outputs.
"""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import nbformat
import pytest

from ecanalysis.build.refresh import as_committed
from ecanalysis.documents import document, documents
from ecanalysis.narrative import NAMES_WITH_DIGITS
from tests.conftest import command

NOTEBOOKS = sorted((Path(__file__).resolve().parent.parent / "notebooks").glob("*.ipynb"))
# A heading numbered as in the source is a place, not a statistic.
SECTION = re.compile(r"[0-9AB]+(\.\d+)*|[0-9]+-[0-9]+|\+[a-z0-9-]+")
# Units and counters after a numeral written as a word: a statistic typed by hand.
TYPED_WORDS = re.compile(r"[一二三四五六七八九十百千两]+(?:点[一二三四五六七八九]+)?(?:成|倍|亿|万|个百分点|分之)")


def code_cells(path: Path) -> list[dict]:
    return [cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]


def sentences(source: str) -> list[str]:
    """The strings that reach a reader: arguments named zh and en, labels, titles."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            texts = [k.value for k in node.keywords if k.arg in ("zh", "en")]
            if name == "Label":
                texts += node.args
            found += [t.value for t in texts if isinstance(t, ast.Constant) and isinstance(t.value, str)]
    return found


def typed_number(text: str) -> str:
    """The first number typed into a sentence, or nothing."""
    plain = NAMES_WITH_DIGITS.sub("", re.sub(r"\{[^}]*\}", "", text))
    digits = re.search(r"\S*\d\S*", plain) or TYPED_WORDS.search(plain)
    return digits.group() if digits else ""


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_number_is_typed_into_prose(path):
    """Prose takes its numbers from the catalog, so a corrected row corrects every sentence."""
    wrong = [(t, n) for cell in code_cells(path) for t in sentences("".join(cell["source"])) if (n := typed_number(t))]
    assert wrong == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_number_is_typed_into_markdown(path):
    """Markdown cells are for people who open the notebook; they hold no statistic either."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    text = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    assert typed_number(re.sub(r"`[^`]*`", "", text)) == ""


def test_a_typed_number_would_be_found():
    """The check above fails on digits and on numerals written as words, and passes names and placeholders."""
    assert typed_number("达到 9.01 万亿元") == "9.01"
    assert typed_number("增至三倍") == "三倍"
    assert typed_number("B2C 占 {share}，双11 期间") == ""
    assert sentences('ec.say(zh="达到 5", en="x")') == ["达到 5", "x"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_parameters_cell_sets_what_is_described(path):
    """One cell tagged parameters sets every described parameter to its default, each with a comment above."""
    tagged = [cell for cell in code_cells(path) if "parameters" in cell["metadata"].get("tags", [])]
    assert len(tagged) == 1
    source = "".join(tagged[0]["source"])
    values: dict[str, object] = {}
    exec(source, {}, values)
    assert values == {p.name: p.default for p in document(path.stem).parameters}
    for line, before in zip(source.split("\n")[1:], source.split("\n"), strict=False):
        assert " = " not in line or before.startswith("#"), f"no comment above {line!r}"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_are_committed_executed_and_normalised(path):
    """Every cell that shows something has its output; no timestamps, no papermill paths, fixed cell ids."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    text = path.read_text(encoding="utf-8")
    assert "papermill" not in notebook["metadata"]
    assert "start_time" not in text
    cells = code_cells(path)
    assert [cell["execution_count"] for cell in cells] == list(range(1, len(cells) + 1))
    assert sum(bool(cell["outputs"]) for cell in cells) > len(cells) // 2
    assert not any(output["output_type"] in ("stream", "error") for cell in cells for output in cell["outputs"])
    assert all(re.fullmatch(r"cell-\d+", cell["id"]) for cell in notebook["cells"])


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    """Every notebook, executed by the warm engine with the defaults of its parameters."""
    folder = tmp_path_factory.mktemp("built")
    runs = [".".join([d.name, d.parameter(d.expand).default] if d.expand else [d.name]) for d in documents().values()]
    done = command("build", *runs, "--language", "zh", "--out", str(folder))
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "zh"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_forked_process_gives_the_bytes_of_a_kernel(built, path):
    """What the warm engine makes of a notebook is what is committed, which a kernel made."""
    made = next(built.glob(f"{path.stem}*.ipynb"))
    assert as_committed(nbformat.read(made, as_version=4)) == path.read_text(encoding="utf-8")


def test_every_figure_and_table_is_made_by_its_notebook(data):
    """Each of the reports' charts and tables is named in the notebook that figures.csv assigns it to."""
    missing = [
        row.id
        for row in data.tables["figures"].itertuples()
        if row.notebook in documents() and f'"{row.id}"' not in _source(row.notebook)
    ]
    assert missing == []


def _source(name: str) -> str:
    return "\n".join("".join(cell["source"]) for cell in code_cells(document(name).notebook))
