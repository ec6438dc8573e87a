"""What the last build left, and whether each document still holds.

Beside the reports stands ``.state``: for every document the digests of what it was made from and of its files, and what
it asked of the tables. A document is rebuilt when, and only when, one of these changed.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ecanalysis.build.dependencies import fingerprints, same
from ecanalysis.build.outcome import Outcome, digest
from ecanalysis.build.plan import Run
from ecanalysis.folders import PACKAGE, data_folder

FOLDER = ".state"
SITE = f"{FOLDER}/site.json"
Write = Callable[[str, bytes], None]


@dataclass(frozen=True)
class Verdict:
    """Whether a document is up to date, and why not."""

    run: Run
    reason: str

    @property
    def stale(self) -> bool:
        """Say whether it must be rebuilt."""
        return bool(self.reason)


def table_digests() -> dict[str, str]:
    """Digests of the files of the data folder."""
    folder = data_folder()
    return {path.name: digest(path.read_bytes()) for path in (*sorted(folder.glob("*.csv")), folder / PACKAGE)}


class State:
    """What the last build left in an output folder, read once.

    Parameters
    ----------
    out : Path
        The output folder.
    """

    def __init__(self, out: Path) -> None:
        self.out = out
        self._known: dict[str, dict[str, Any] | None] = {}
        self._changed: dict[tuple[str, ...], bool] = {}
        self._answers: dict[tuple[str, ...], str] = {}
        # Before anything reads the tables: should one change meanwhile, the next build sees it.
        self.tables = table_digests()

    def judge(self, runs: Sequence[Run]) -> list[Verdict]:
        """Hold each run against what the last build left."""
        return [Verdict(run, self._reason(run)) for run in runs]

    def _reason(self, run: Run) -> str:
        known = self._of(run)
        if known is None:
            return "it was never built here"
        before = known["made_from"]
        if not same(run, before):
            now = fingerprints(run)
            differing = [name for name in {**before, **now} if before.get(name) != now.get(name)]
            return f"changed: {', '.join(sorted(differing))}"
        for name, expected in known["files"].items():
            path = f"{self.out}/{name}"
            try:
                whole = _stamp(path) == expected["stamp"] or digest(Path(path).read_bytes()) == expected["sha256"]
            except OSError:
                return f"{name} is missing"
            if not whole:
                return f"{name} was changed by hand"
        if known["tables"] != self.tables:
            return self._asked_again(run)
        return ""

    def _asked_again(self, run: Run) -> str:
        """Put the document's questions to the changed tables; same answers, same document."""
        from ecanalysis import catalog

        data = catalog.load()
        for line in (self.out / FOLDER / f"{run.name}.answers").read_text(encoding="utf-8").splitlines():
            expected, *question = json.loads(line)
            key = (expected, *question)
            if key not in self._changed:
                self._changed[key] = data.answer(tuple(question)) != expected
            if self._changed[key]:
                return f"changed in the tables: {' '.join(question)}"
        return ""

    def remember(self, outcome: Outcome, made_from: dict[str, str], write: Write) -> None:
        """Note what a good document was made from, after its files stand in their places.

        Parameters
        ----------
        outcome : Outcome
        made_from : dict of str to str
            Its fingerprints from before it was made.
        write : callable
            Takes a name below the folder and bytes, and puts them there in one step.
        """
        lines = [self._answered(question) for question in sorted(outcome.questions)]
        write(f"{FOLDER}/{outcome.run.name}.answers", ("\n".join(lines) + "\n").encode())
        known = {
            "made_from": made_from,
            "tables": self.tables,
            "files": {
                name: {"sha256": digest(content), "stamp": _stamp(f"{self.out}/{name}")}
                for name, content in outcome.files.items()
            },
            "answers": digest("\n".join(lines).encode()),
            "seconds": outcome.seconds,
        }
        self._keep(outcome.run, known, write)

    def _answered(self, question: tuple[str, ...]) -> str:
        """The digest of an answer before its question; documents share most of them."""
        if question not in self._answers:
            from ecanalysis import catalog

            answer = catalog.load().answer(question)
            self._answers[question] = json.dumps([answer, *question], ensure_ascii=False)
        return self._answers[question]

    def renew(self, run: Run, write: Write) -> None:
        """Note that a document still holds although the tables changed, so that the next build need not ask again."""
        known = self._of(run)
        if known is not None and known["tables"] != self.tables:
            self._keep(run, {**known, "tables": self.tables}, write)

    def seconds(self, run: Run) -> float:
        """How long the document took last time; infinite if unknown, so that it starts first."""
        known = self._of(run)
        return float(known["seconds"]) if known else float("inf")

    def files(self, run: Run) -> set[str]:
        """The files of the document as it stands."""
        known = self._of(run)
        return set(known["files"]) if known else set()

    def documents(self, runs: Sequence[Run]) -> dict[str, dict[str, Any]]:
        """All documents that stand: parameters, fingerprint of what they depended on, digests of files."""
        entries = {}
        for run in runs:
            known = self._of(run)
            if known is None:
                continue
            made_from = json.dumps([known["made_from"], known["answers"]], sort_keys=True).encode()
            entries[run.name] = {
                "notebook": run.document.name,
                "parameters": dict(run.parameters),
                "fingerprint": digest(made_from),
                "files": {name: entry["sha256"] for name, entry in sorted(known["files"].items())},
            }
        return entries

    def site(self) -> dict[str, Any]:
        """What the files around the documents were made from and their digests; nothing if one is not as it was."""
        try:
            known = json.loads((self.out / SITE).read_text(encoding="utf-8"))
            whole = all(digest((self.out / name).read_bytes()) == expected for name, expected in known["files"].items())
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            whole = False
        return known if whole else {"made_from": {}, "tables": {}, "documents": "", "files": {}}

    def remember_site(self, known: dict[str, Any], write: Write) -> None:
        """Note what the files around the documents were made from, after they stand in their places."""
        write(SITE, json.dumps(known, ensure_ascii=False).encode())

    def _of(self, run: Run) -> dict[str, Any] | None:
        if run.name not in self._known:
            self._known[run.name] = _read(self.out / FOLDER / f"{run.name}.json")
        return self._known[run.name]

    def _keep(self, run: Run, known: dict[str, Any], write: Write) -> None:
        write(f"{FOLDER}/{run.name}.json", json.dumps(known, ensure_ascii=False).encode())
        self._known[run.name] = known


def manifest(documents: dict[str, dict[str, Any]], site: dict[str, str]) -> str:
    """The manifest of a folder: its documents, and the digests of the files around them."""
    whole = {"documents": documents, "site": {"files": site}}
    return json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _read(path: Path) -> dict[str, Any] | None:
    try:
        known = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return known if isinstance(known, dict) and {"made_from", "tables", "files", "answers"} <= known.keys() else None


def _stamp(path: str) -> list[int]:
    status = os.stat(path)
    return [status.st_size, status.st_mtime_ns]
