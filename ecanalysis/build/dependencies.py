"""What a document depends on beside the tables: notebook, parameters, package code, locked packages.

Of the package it is the modules that the notebook's ``ec.`` names live in, with everything these import, and the
modules that make a page; a change elsewhere leaves the document alone.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import ecanalysis
from ecanalysis.build.outcome import digest
from ecanalysis.build.plan import Run
from ecanalysis.documents import Document

PACKAGE = Path(ecanalysis.__file__).resolve().parent
ALWAYS = ("__init__", "build.make", "build.execute", "build.render", "build.engine")
OF_SITE = ("build.downloads", "build.site")
OF_RUN = ("notebook", "description", "parameters")
PACKAGES = "packages"
SHARED = (PACKAGES, "templates")
CODE = "code "


def fingerprints(run: Run) -> dict[str, str]:
    """Digests of all a run depends on, tables apart, by name.

    Returns
    -------
    dict of str to str
        ``notebook``, ``description``, ``parameters``, ``packages``, ``templates`` and one ``code NAME`` a module.
    """
    modules = _closure((*_named_in(run.document.notebook), *ALWAYS))
    return {name: _of_run(run, name) for name in (*OF_RUN, *SHARED, *modules)}


def fingerprints_of_site() -> dict[str, str]:
    """The same of all that the pages around the documents are made by."""
    return {name: _shared(name) for name in (*SHARED, *_closure(OF_SITE))}


def note_code() -> None:
    """Take the digests of all code now, for whatever is asked later: a process is about to load it."""
    for path in PACKAGE.rglob("*.py"):
        _shared(CODE + ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__"))
    for name in SHARED:
        _shared(name)


def same(run: Run, before: dict[str, str]) -> bool:
    """Say whether all a run depended on is as it was.

    Which modules these are follows from the notebook and the modules themselves, so that nothing needs to be parsed
    to see that nothing changed.
    """
    return {*OF_RUN, *SHARED} <= before.keys() and all(_of_run(run, name) == before[name] for name in before)


def same_site(before: dict[str, str]) -> bool:
    """Say whether all that the pages around the documents were made by is as it was."""
    return {*SHARED} <= before.keys() and all(_shared(name) == before[name] for name in before)


def _of_run(run: Run, name: str) -> str:
    match name:
        case "notebook":
            return _of_notebook(run.document.notebook)
        case "description":
            return _of_description(run.document)
        case "parameters":
            return digest(json.dumps(run.parameters, ensure_ascii=False).encode())
        case _:
            return _shared(name)


@cache
def _shared(name: str) -> str:
    """What is the same for all documents: packages, templates, and each module by its name."""
    match name:
        case "packages":
            return _of_packages()
        case "templates":
            return _of_templates()
        case _:
            path = _file(name.removeprefix(CODE))
            return digest(path.read_bytes()) if path else ""


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


def _of_packages() -> str:
    """The lock file of a clone; the installed versions of what we import directly elsewhere."""
    lock = PACKAGE.parent / "requirements.lock"
    if lock.exists():
        return digest(lock.read_bytes())
    from importlib.metadata import distributions

    names = sorted(f"{d.name}=={d.version}" for d in distributions())
    return digest("\n".join(names).encode())


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
def _named_in(notebook: Path) -> tuple[str, ...]:
    """Modules that hold the public names a notebook uses; all of them if a cell is not plain Python."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    try:
        trees = [ast.parse("".join(cell["source"])) for cell in cells if cell["cell_type"] == "code"]
    except SyntaxError:
        return tuple(sorted(set(ecanalysis.HOMES.values())))
    nodes = [node for tree in trees for node in ast.walk(tree)]
    ours = {
        alias.asname or "ecanalysis"
        for node in nodes
        if isinstance(node, ast.Import)
        for alias in node.names
        if alias.name.split(".")[0] == "ecanalysis"
    }
    used: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in ours:
            used.add(node.attr)
        elif isinstance(node, ast.Import):
            used.update(alias.name.partition(".")[2] for alias in node.names if alias.name.startswith("ecanalysis."))
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "ecanalysis":
            inside = (node.module or "").partition(".")[2]
            used.update([inside, *(f"{inside}.{alias.name}".lstrip(".") for alias in node.names)])
    homes = {ecanalysis.HOMES.get(name, name) for name in used}
    return tuple(sorted(name for name in homes if name and _file(name)))


@cache
def _closure(names: tuple[str, ...]) -> tuple[str, ...]:
    """The fingerprint names of modules, the packages they stand in and all modules they import, however deep."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if not name or name in found or _file(name) is None:
            continue
        found.add(name)
        waiting += [*_imported_by(name), name.rpartition(".")[0]]
    return tuple(f"{CODE}{name}" for name in sorted(found))


@cache
def _imported_by(name: str) -> tuple[str, ...]:
    path = _file(name)
    if path is None:
        return ()
    found: list[str] = []
    for node in _statements(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    inside = [module.removeprefix("ecanalysis.") for module in found if module.startswith("ecanalysis.")]
    return tuple(module for module in inside if _file(module))


def _statements(block: ast.AST) -> Iterator[ast.AST]:
    """All statements of a block and of the blocks in it: an import is one, and expressions are most of a tree."""
    for field in ("body", "handlers", "cases", "orelse", "finalbody"):
        for statement in getattr(block, field, ()):
            yield statement
            yield from _statements(statement)
