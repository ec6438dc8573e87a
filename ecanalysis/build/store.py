"""The output folder, whole at every moment: files are written aside and moved in, one build at a time."""

from __future__ import annotations

import fcntl
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ecanalysis.errors import EcanalysisError

STAGING = ".staging"
FAILED = "_failed"


class StoreError(EcanalysisError):
    """The output folder cannot be used."""


@contextmanager
def opened(out: Path) -> Iterator[Path]:
    """Lock an output folder and give a staging folder on the same disk, gone again at the end.

    Raises
    ------
    StoreError
        If the folder cannot be made or written.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        lock = (out / ".lock").open("w")
    except OSError as error:
        raise StoreError(f"cannot write reports to {out}: {error.strerror}") from None
    with lock:
        _wait(lock.fileno(), out)
        staging = out / STAGING
        shutil.rmtree(staging, ignore_errors=True)
        staging.mkdir()
        try:
            yield staging
        finally:
            shutil.rmtree(staging, ignore_errors=True)


def _wait(descriptor: int, out: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        print(f"another build is writing to {out}; waiting for it", file=sys.stderr)
        fcntl.flock(descriptor, fcntl.LOCK_EX)


def publish(staged: Path, out: Path, name: str) -> Path:
    """Move a finished file to its place in one step; the file that stood there before stays until then.

    Raises
    ------
    StoreError
        If the name leads out of the folder, or the disk refuses.
    """
    target = out / name
    if not target.resolve().is_relative_to(out.resolve()):
        raise StoreError(f"{name!r} leads out of {out}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(staged, target)
    except OSError as error:
        raise StoreError(f"cannot write {target}: {error.strerror}") from None
    return target
