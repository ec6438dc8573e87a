"""Which documents there are and which parameters each accepts: ``notebooks/documents.toml``, read and enforced.

Papermill warns about a misspelt parameter and takes a wrong type in silence, so both the batch (before anything starts)
and the first cell of every notebook hold parameters against this one description.
"""

from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from ecanalysis.errors import ParameterError, allowed, not_found
from ecanalysis.folders import data_folder, notebooks_folder
from ecanalysis.language import Label
from ecanalysis.sections import inside


@dataclass(frozen=True)
class Parameter:
    """One parameter of a notebook.

    Parameters
    ----------
    name : str
    default : str, int or bool
        Its type is the parameter's type.
    choices : tuple
        All values allowed.
    help : Label
        What it does.
    """

    name: str
    default: str | int | bool
    choices: tuple[str | int | bool, ...]
    help: Label

    def check(self, value: Any, document: str) -> None:
        """Refuse a value that is not among the choices, or equal to one but of another type."""
        if not any(type(value) is type(choice) and value == choice for choice in self.choices):
            raise ParameterError(f"{document}: {self.name} = {value!r}: allowed are {allowed(map(repr, self.choices))}")


@dataclass(frozen=True)
class Document:
    """One notebook and what it regenerates.

    Parameters
    ----------
    name : str
        Name of the notebook without ending.
    title : Label
        May name the region of a run by a column of ``areas.csv``: ``{region[zh]}``; see :meth:`resolved`.
    source : str
        Id of the report, empty for documents about both.
    sections : tuple of str
        Sections of the report it covers; ``8.1`` covers ``8.1.2`` too. May name a column of ``areas.csv`` like the
        title: ``{region[section]}``.
    parameters : tuple of Parameter
    expand : str
        A parameter of which the batch makes one run a value; empty for none.
    group : str
        Where the index lists it: ``chapters``, ``regions``, ``appendices``, ``association`` or ``both``; ``tour`` for
        what is opened in JupyterLab only.
    """

    name: str
    title: Label
    source: str
    sections: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    expand: str = ""
    group: str = "chapters"
    notebook: Path = field(default=Path(), compare=False)
    excluded: tuple[str, ...] = ()

    def resolved(self, values: dict[str, Any]) -> Document:
        """The document of one run: its title and sections with the columns of the region it is about filled in.

        Parameters
        ----------
        values : dict of str to value
            Parameters of the run; others keep their defaults.

        Returns
        -------
        Document
            A city inside a province's section has a document of its own and is excluded from that of the province.

        Examples
        --------
        >>> guangdong = document("region_profile").resolved({"region": "CN-44"})
        >>> guangdong.title.en, guangdong.covers("8.19.1"), guangdong.covers("8.19.5.1")
        ('Guangdong: e-commerce profile', True, False)
        """
        known = {row["id"]: row for row in regions()}
        chosen = {p.name: values.get(p.name, p.default) for p in self.parameters}
        areas = {name: known[value] for name, value in chosen.items() if value in known}
        if not areas:
            return self
        sections = tuple(section.format(**areas) for section in self.sections)
        others = (row["section"] for row in regions() if row["section"] not in sections)
        return replace(
            self,
            title=Label(self.title.zh.format(**areas), self.title.en.format(**areas)),
            sections=sections,
            excluded=tuple(other for other in others if any(inside(other, section) for section in sections)),
        )

    def covers(self, section: str) -> bool:
        """Say whether a section of its report belongs to it."""
        return any(inside(section, parent) for parent in self.sections) and not any(
            inside(section, parent) for parent in self.excluded
        )

    def parameter(self, name: str) -> Parameter:
        """One of its parameters."""
        for parameter in self.parameters:
            if parameter.name == name:
                return parameter
        known = allowed(p.name for p in self.parameters)
        raise ParameterError(f"{self.name}: no parameter {name!r}; it has {known}")

    def check(self, values: dict[str, Any]) -> None:
        """Refuse unknown names, wrong types and values that are not allowed, before anything starts."""
        for name, value in values.items():
            self.parameter(name).check(value, self.name)


@cache
def _read(path: Path) -> dict[str, Document]:
    if not path.exists():
        raise ParameterError(f"{path.name} is missing from the notebooks folder: it lists the documents")
    described = tomllib.loads(path.read_text(encoding="utf-8"))
    return {name: _document(name, entry, path.parent) for name, entry in described.items()}


def documents() -> dict[str, Document]:
    """All documents by name, in the order the index lists them.

    Examples
    --------
    >>> documents()["01_overall"].parameter("language").choices
    ('zh', 'en')
    """
    return _read(notebooks_folder() / "documents.toml")


def document(name: str) -> Document:
    """One document by name.

    Raises
    ------
    NotFound
        With the nearest names.
    """
    known = documents()
    if name not in known:
        raise not_found("document", name, known)
    return known[name]


def _document(name: str, entry: dict[str, Any], folder: Path) -> Document:
    parameters = {"language": _LANGUAGE} | entry.get("parameters", {})
    return Document(
        name=name,
        title=Label(entry["zh"], entry["en"]),
        source=entry.get("source", ""),
        sections=tuple(entry.get("sections", ())),
        parameters=tuple(_parameter(key, rules) for key, rules in parameters.items()),
        expand=entry.get("expand", ""),
        group=entry.get("group", "chapters"),
        notebook=folder / f"{name}.ipynb",
    )


_LANGUAGE = {
    "default": "zh",
    "choices": ["zh", "en"],
    "zh": "文档语言",
    "en": "language of the document",
}


def _parameter(name: str, rules: dict[str, Any]) -> Parameter:
    choices = rules["choices"]
    if choices == "regions":
        choices = [area["id"] for area in regions()]
    return Parameter(name, rules["default"], tuple(choices), Label(rules["zh"], rules["en"]))


@cache
def regions() -> tuple[dict[str, str], ...]:
    """The areas the ministry report describes in a section of their own, in its order."""
    with (data_folder() / "areas.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["section"]]
    return tuple(sorted(rows, key=lambda row: [int(part) for part in row["section"].split(".")]))
