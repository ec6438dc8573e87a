"""The pages around the documents: the index."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ecanalysis.build import render
from ecanalysis.build.plan import Run, plan
from ecanalysis.language import LANGUAGES


@dataclass(frozen=True)
class Entry:
    """One line of the index."""

    stem: str
    zh: str
    en: str
    languages: tuple[str, ...]


def index(out: Path) -> str:
    """The index page of all documents that stand in an output folder, in the order of ``documents.toml``."""
    entries = []
    for run in plan(language="zh"):
        found = tuple(code for code in LANGUAGES if (out / code / f"{run.stem}.html").exists())
        if found:
            entries.append(Entry(run.stem, *_title(run), found))
    return render.template("index.html").render(entries=entries, style=render.style())


def _title(run: Run) -> tuple[str, str]:
    return run.title.zh, run.title.en
