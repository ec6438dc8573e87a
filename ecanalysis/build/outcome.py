"""What came of one run: light enough to be known before anything is imported that makes documents."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from ecanalysis.build.plan import Run

FAILED = "_failed"


@dataclass(frozen=True)
class Outcome:
    """What came of one run.

    Parameters
    ----------
    run : Run
    files : dict of str to bytes
        Names below the output folder and contents: page and notebook, or the executed copy of a failed one.
    error : str
        Empty if the document is good.
    questions : frozenset of tuple of str
        What the document asked of the tables.
    seconds : float
        How long it took.
    """

    run: Run
    files: dict[str, bytes] = field(default_factory=dict)
    error: str = ""
    questions: frozenset[tuple[str, ...]] = frozenset()
    seconds: float = 0.0


def digest(content: bytes) -> str:
    """SHA-256, hexadecimal."""
    return hashlib.sha256(content).hexdigest()
