"""Targets to runs: one notebook, one set of parameters, one page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ecanalysis.documents import Document, document, documents
from ecanalysis.errors import ParameterError, allowed
from ecanalysis.language import LANGUAGES, Label

ALL = "all"
# The group of what is opened in JupyterLab and is no page of the reports.
TOUR = "tour"


@dataclass(frozen=True)
class Run:
    """One execution of a notebook.

    Parameters
    ----------
    document : Document
    parameters : tuple of (str, value)
        Every parameter that is set, ``language`` among them, by name.
    """

    document: Document
    parameters: tuple[tuple[str, Any], ...]

    @property
    def language(self) -> str:
        """The language of the page."""
        return str(dict(self.parameters)["language"])

    @property
    def variant(self) -> str:
        """The value that tells runs of one notebook apart, such as a region; empty for a notebook run once."""
        return str(dict(self.parameters)[self.document.expand]) if self.document.expand else ""

    @property
    def title(self) -> Label:
        """The title of the page, which names the region of a run that is about one."""
        return self.resolved.title

    @property
    def resolved(self) -> Document:
        """The document with the region of this run filled in."""
        return self.document.resolved(dict(self.parameters))

    @property
    def stem(self) -> str:
        """Name of its files without ending, below the folder of its language."""
        return f"{self.document.name}.{self.variant}" if self.variant else self.document.name

    @property
    def name(self) -> str:
        """How messages call it: ``zh/01_overall``."""
        return f"{self.language}/{self.stem}"


def plan(targets: Sequence[str] = (), language: str = ALL, parameters: dict[str, str] | None = None) -> list[Run]:
    """Find the runs of some targets.

    Parameters
    ----------
    targets : sequence of str
        Names of documents, ``region_profile.CN-44`` for one run of a document that is run for many regions;
        all documents but the tour if empty.
    language : {"zh", "en", "all"}
    parameters : dict of str to str
        Values as typed on a command line, read as the parameter's type.

    Returns
    -------
    list of Run
        In the order of the index, each once.

    Raises
    ------
    NotFound
        If a document does not exist.
    ParameterError
        If a language, parameter or value is not allowed.
    """
    if language != ALL and language not in LANGUAGES:
        raise ParameterError(f"language {language!r}: allowed are {', '.join((*LANGUAGES, ALL))}")
    languages = LANGUAGES if language == ALL else (language,)
    runs: dict[str, Run] = {}
    for target in targets or _reported():
        name, _, variant = target.partition(".")
        chosen = document(name)
        values = _typed(chosen, parameters or {})
        for variant_values in _variants(chosen, variant):
            for spoken in languages:
                run = Run(chosen, tuple(sorted({**values, **variant_values, "language": spoken}.items())))
                runs[run.name] = run
    return list(runs.values())


def _reported() -> list[str]:
    return [name for name, listed in documents().items() if listed.group != TOUR]


def _variants(chosen: Document, variant: str) -> list[dict[str, Any]]:
    if not chosen.expand:
        if variant:
            raise ParameterError(f"{chosen.name} is one document: no run {variant!r}")
        return [{}]
    choices = chosen.parameter(chosen.expand).choices
    if variant and variant not in choices:
        raise ParameterError(f"{chosen.name}.{variant}: allowed are {allowed(choices)}")
    return [{chosen.expand: choice} for choice in choices if variant in ("", choice)]


def _typed(chosen: Document, texts: dict[str, str]) -> dict[str, Any]:
    values = {}
    for name, text in texts.items():
        if name in ("language", chosen.expand):
            raise ParameterError(f"{chosen.name}: {name} is set by the target or by --language")
        parameter = chosen.parameter(name)
        match = [choice for choice in parameter.choices if str(choice) == text]
        parameter.check(match[0] if match else text, chosen.name)
        values[name] = match[0]
    return values
