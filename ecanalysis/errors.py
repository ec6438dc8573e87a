"""Errors a person can act on: each message names the value, where it stands and what is allowed."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class EcanalysisError(Exception):
    """Something the person at the keyboard can mend; shown as one clear line, never as a traceback."""


class DataError(EcanalysisError):
    """One or more wrong rows in the tables, all of them in one message."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        count = f"{len(problems)} problems in the tables" if len(problems) > 1 else "1 problem in the tables"
        super().__init__("\n".join([count, *problems]))


class NotFound(EcanalysisError, LookupError):
    """A name that no table knows, answered with the nearest ones that exist."""


class ParameterError(EcanalysisError, ValueError):
    """A notebook parameter that is unknown or has a value that is not allowed."""


def allowed(values: Iterable[object], most: int = 45) -> str:
    """List allowed values for a message; a longer list is cut and says by how much."""
    names = [str(value) for value in values]
    rest = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + rest


def not_found(kind: str, name: str, known: Iterable[str]) -> NotFound:
    """An error for an unknown name, with the nearest known ones.

    Examples
    --------
    >>> print(not_found("unit", "亿圆", ["亿元", "万元"]))
    no unit '亿圆'; nearest: 亿元
    """
    names = list(known)
    near = difflib.get_close_matches(name, names, n=5, cutoff=0.4)
    hint = f"; nearest: {', '.join(near)}" if near else f"; allowed are {allowed(names)}" if names else ""
    return NotFound(f"no {kind} {name!r}{hint}")
