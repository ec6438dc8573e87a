"""What a document depends on beside the tables: notebook, parameters, package code, locked packages.

Of the package it is the modules that the notebook's ``ec.`` names live in, with everything these import, and the
modules that make a page; a change elsewhere leaves the document alone.
"""

from __future__ import annotations

import ast
import json
from functools import cache
from pathlib import Path

import ecanalysis
from ecanalysis.build.outcome import digest
from ecanalysis.build.plan import Run
from ecanalysis.documents import Document

PACKAGE = Path(ecanalysis.__file__).resolve().parent
ALWAYS = ("build.make", "build.execute", "build.render", "build.engine")


def fingerprints(run: Run) -> dict[str, str]:
    """Digests of all a run depends on, tables apart, by name.

    Returns
    -------
    dict of str to str
        ``notebook``, ``description``, ``parameters``, ``packages``, ``templates`` and one ``code NAME`` a module.
    """
    modules = _closure(tuple(sorted({*_named_in(run.document.notebook), *ALWAYS})))
    return {
        "notebook": _of_notebook(run.document.notebook),
        "description": _of_description(run.document),
        "parameters": digest(json.dumps(run.parameters, ensure_ascii=False).encode()),
        "packages": _of_packages(),
        "templates": _of_templates(),
        **{f"code {name}": _of_module(name) for name in modules},
    }


def of_site() -> str:
    """The digest of all that the pages around the documents are made by: code, templates, packages."""
    modules = {name: _of_module(name) for name in _closure(("build.downloads", "build.site"))}
    return digest(json.dumps([modules, _of_templates(), _of_packages()]).encode())


def _of_description(document: Document) -> str:
    """All that ``documents.toml`` says of it; not where the notebook lies."""
    said = [document.title, document.source, document.sections, document.expand, document.group]
    return digest(repr([*said, [(p.name, p.default, p.choices) for p in document.parameters]]).encode())


@cache
def _of_notebook(path: Path) -> str:
    """Sources of the cells: committed outputs are no input."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    inputs = [[cell["cell_type"], cell["id"], "".join(cell["source"]), cell["metadata"]] for cell in cells]
    return digest(json.dumps(inputs, ensure_ascii=False).encode())


@cache
def _of_packages() -> str:
    """The lock file of a clone; the installed versions of what we import directly elsewhere."""
    lock = PACKAGE.parent / "requirements.lock"
    if lock.exists():
        return digest(lock.read_bytes())
    from importlib.metadata import distributions

    names = sorted(f"{d.name}=={d.version}" for d in distributions())
    return digest("\n".join(names).encode())


@cache
def _of_templates() -> str:
    folder = PACKAGE / "build" / "templates"
    return digest(b"\0".join(path.name.encode() + path.read_bytes() for path in sorted(folder.iterdir())))


def _file(name: str) -> Path | None:
    path = PACKAGE.joinpath(*name.split("."))
    for candidate in (path.with_suffix(".py"), path / "__init__.py"):
        if candidate.exists():
            return candidate
    return None


@cache
def _of_module(name: str) -> str:
    path = _file(name)
    return digest(path.read_bytes()) if path else ""


@cache
def _named_in(notebook: Path) -> tuple[str, ...]:
    """Modules that hold the public names a notebook uses."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    used: set[str] = set()
    for cell in cells:
        if cell["cell_type"] != "code":
            continue
        for node in ast.walk(_parsed("".join(cell["source"]))):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "ec":
                used.add(node.attr)
            elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "ecanalysis":
                inside = (node.module or "").partition(".")[2]
                used.update(alias.name for alias in node.names)
                used.add(inside)
    homes = {ecanalysis.HOMES.get(name, name) for name in used}
    return tuple(sorted(name for name in homes if name and _file(name)))


def _parsed(source: str) -> ast.AST:
    try:
        return ast.parse(source)
    except SyntaxError:
        return ast.Module([], [])


@cache
def _closure(names: tuple[str, ...]) -> tuple[str, ...]:
    """The modules and all modules of the package they import, however deep."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name in found or _file(name) is None:
            continue
        found.add(name)
        waiting += _imported_by(name)
    return tuple(sorted(found))


@cache
def _imported_by(name: str) -> tuple[str, ...]:
    path = _file(name)
    if path is None:
        return ()
    found: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    inside = [module.removeprefix("ecanalysis.") for module in found if module.startswith("ecanalysis.")]
    return tuple(module for module in inside if _file(module))
