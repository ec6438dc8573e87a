"""The output folder, whole at every moment: files are written aside and moved in, one build at a time."""

from __future__ import annotations

import fcntl
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ecanalysis.errors import EcanalysisError

STAGING = ".staging"


class StoreError(EcanalysisError):
    """The output folder cannot be used."""


@dataclass(frozen=True)
class Folder:
    """A locked output folder that is written file by file, each in one step."""

    path: Path

    def write(self, name: str, content: bytes) -> None:
        """Put a file in its place; what stood there stays until the new one is complete on the disk.

        Raises
        ------
        StoreError
            If the name leads out of the folder, or the disk refuses.
        """
        target = self.path / name
        if not target.resolve().is_relative_to(self.path.resolve()):
            raise StoreError(f"{name!r} leads out of {self.path}")
        staged = self.path / STAGING / name.replace("/", "-")
        try:
            with staged.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(staged, target)
        except OSError as error:
            raise StoreError(f"cannot write {target}: {error.strerror}") from None

    def remove(self, name: str) -> None:
        """Remove a file that may not be there."""
        (self.path / name).unlink(missing_ok=True)

    def differs(self, name: str, content: bytes) -> bool:
        """Say whether a file is missing or holds something else."""
        path = self.path / name
        return not path.exists() or path.read_bytes() != content


@contextmanager
def opened(out: Path) -> Iterator[Folder]:
    """Lock an output folder for one build.

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
            yield Folder(out)
        finally:
            shutil.rmtree(staging, ignore_errors=True)


def _wait(descriptor: int, out: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        print(f"another build is writing to {out}; waiting for it", file=sys.stderr)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
