"""What the last build left, and whether each document still holds.

Beside the reports stands ``.state``: for every document the digests of what it was made from and of its files, and what
it asked of the tables. A document is rebuilt when, and only when, one of these changed.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ecanalysis.build.dependencies import fingerprints
from ecanalysis.build.outcome import Outcome, digest
from ecanalysis.build.plan import Run
from ecanalysis.folders import data_folder

FOLDER = ".state"
SITE = f"{FOLDER}/site.json"


@dataclass(frozen=True)
class Verdict:
    """Whether a document is up to date, and why not."""

    run: Run
    reason: str

    @property
    def stale(self) -> bool:
        """Say whether it must be rebuilt."""
        return bool(self.reason)


def judge(runs: list[Run], out: Path) -> list[Verdict]:
    """Hold each run against what the last build left in an output folder."""
    tables = table_digests()
    changed: dict[tuple[str, ...], bool] = {}
    return [Verdict(run, _reason(run, out, tables, changed)) for run in runs]


def table_digests() -> dict[str, str]:
    """Digests of the files of the data folder."""
    return {path.name: digest(path.read_bytes()) for path in sorted(data_folder().glob("*.csv"))} | {
        "datapackage.json": digest((data_folder() / "datapackage.json").read_bytes())
    }


def _reason(run: Run, out: Path, tables: dict[str, str], changed: dict[tuple[str, ...], bool]) -> str:
    state = _read(out / FOLDER / f"{run.name}.json")
    if state is None:
        return "it was never built here"
    now = fingerprints(run)
    if state["made_from"] != now:
        differing = [name for name in {**state["made_from"], **now} if state["made_from"].get(name) != now.get(name)]
        return f"changed: {', '.join(sorted(differing))}"
    for name, expected in state["files"].items():
        path = out / name
        if not path.exists():
            return f"{name} is missing"
        if _stamp(path) != expected["stamp"] and digest(path.read_bytes()) != expected["sha256"]:
            return f"{name} was changed by hand"
    if state["tables"] != tables:
        return _asked_again(out, run, changed)
    return ""


def _asked_again(out: Path, run: Run, changed: dict[tuple[str, ...], bool]) -> str:
    """Put the document's questions to the changed tables; same answers, same document."""
    from ecanalysis import catalog

    data = catalog.load()
    for line in (out / FOLDER / f"{run.name}.answers").read_text(encoding="utf-8").splitlines():
        expected, *question = json.loads(line)
        key = (expected, *question)
        if key not in changed:
            changed[key] = data.answer(tuple(question)) != expected
        if changed[key]:
            return f"changed in the tables: {' '.join(question)}"
    return ""


def remember(outcome: Outcome, out: Path, tables: dict[str, str], write: Any) -> None:
    """Note what a good document was made from, after its files stand in their places.

    Parameters
    ----------
    outcome : Outcome
    out : Path
    tables : dict of str to str
        Digests of the data files at the beginning of the build.
    write : callable
        Takes a name below the folder and bytes, and puts them there in one step.
    """
    lines = [json.dumps([answer, *question], ensure_ascii=False) for question, answer in outcome.answers.items()]
    write(f"{FOLDER}/{outcome.run.name}.answers", ("\n".join(lines) + "\n").encode())
    state = {
        "made_from": fingerprints(outcome.run),
        "tables": tables,
        "files": {
            name: {"sha256": digest(content), "stamp": _stamp(out / name)} for name, content in outcome.files.items()
        },
        "answers": digest("\n".join(lines).encode()),
        "seconds": outcome.seconds,
    }
    write(f"{FOLDER}/{outcome.run.name}.json", json.dumps(state, ensure_ascii=False).encode())


def renew(run: Run, out: Path, tables: dict[str, str], write: Any) -> None:
    """Note that a document still holds although the tables changed, so that the next build need not ask again."""
    state = _read(out / FOLDER / f"{run.name}.json")
    if state is not None and state["tables"] != tables:
        state["tables"] = tables
        write(f"{FOLDER}/{run.name}.json", json.dumps(state, ensure_ascii=False).encode())


def seconds(run: Run, out: Path) -> float:
    """How long the document took last time; infinite if unknown, so that it starts first."""
    state = _read(out / FOLDER / f"{run.name}.json")
    return float(state["seconds"]) if state else float("inf")


def documents(runs: list[Run], out: Path) -> dict[str, dict[str, Any]]:
    """All documents that stand: parameters, fingerprint of what they depended on, digests of files."""
    entries = {}
    for run in runs:
        state = _read(out / FOLDER / f"{run.name}.json")
        if state is None:
            continue
        made_from = json.dumps([state["made_from"], state["answers"]], sort_keys=True).encode()
        entries[run.name] = {
            "notebook": run.document.name,
            "parameters": dict(run.parameters),
            "fingerprint": digest(made_from),
            "files": {name: entry["sha256"] for name, entry in sorted(state["files"].items())},
        }
    return entries


def manifest(documents: dict[str, dict[str, Any]], site: dict[str, str]) -> str:
    """The manifest of a folder: its documents, and the digests of the files around them."""
    whole = {"documents": documents, "site": {"files": site}}
    return json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def site(out: Path) -> dict[str, Any]:
    """What the files around the documents were made from and their digests; nothing if one of them is not as it was."""
    try:
        known = json.loads((out / SITE).read_text(encoding="utf-8"))
        whole = all(digest((out / name).read_bytes()) == expected for name, expected in known["files"].items())
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        whole = False
    return known if whole else {"made_from": {}, "files": {}}


def remember_site(known: dict[str, Any], write: Any) -> None:
    """Note what the files around the documents were made from, after they stand in their places."""
    write(SITE, json.dumps(known, ensure_ascii=False).encode())


def _read(path: Path) -> dict[str, Any] | None:
    try:
        state = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return state if isinstance(state, dict) and {"made_from", "tables", "files", "answers"} <= state.keys() else None


def _stamp(path: Path) -> list[int]:
    status = path.stat()
    return [status.st_size, status.st_mtime_ns]
