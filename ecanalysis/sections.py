"""How the numbers of a report's sections say which lies in which."""

from __future__ import annotations


def inside(section: str, parent: str) -> bool:
    """Say whether a section is another one or numbered below it.

    Parameters
    ----------
    section, parent : str
        Numbers as printed: ``8.1.2``, ``4-1``, ``B.2``.

    Examples
    --------
    >>> inside("8.1.2", "8.1"), inside("8.11", "8.1")
    (True, False)
    """
    return section == parent or section.startswith(f"{parent}.")
