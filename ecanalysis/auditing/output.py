"""Relations chosen, counted, and written as a table, as lines of text and as JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from ecanalysis import catalog
from ecanalysis.auditing.relation import VERDICTS, Relation, text_of
from ecanalysis.catalog import Catalog
from ecanalysis.errors import NotFound, allowed, not_found
from ecanalysis.language import current
from ecanalysis.quantity import Quantity
from ecanalysis.sections import inside


def audit(source: str = "", section: str = "", verdict: str = "") -> pd.DataFrame:
    """Recompute every printed relation of the project's own tables; see :mod:`ecanalysis.auditing`.

    Parameters
    ----------
    source, section, verdict : str
        Only relations whose result stands there or that have this verdict, as in :func:`select`.

    Returns
    -------
    DataFrame
        As :func:`to_frame` makes it.

    Raises
    ------
    NotFound
        If a name does not exist.

    Examples
    --------
    >>> from ecanalysis import language
    >>> language.use("en")
    >>> found = audit(section="8.27", verdict="inconsistent")
    >>> found[["target", "printed", "computed"]].values.tolist()
    [['mofcom-2018.8.27.1.04', '63.5%', '13.93% to 13.94%']]
    """
    from ecanalysis import auditing  # the package takes its other functions from this module

    data = catalog.load()
    return to_frame(select(data, auditing.audit(data), source, section, verdict))


def select(
    data: Catalog, relations: Sequence[Relation], source: str = "", section: str = "", verdict: str = ""
) -> list[Relation]:
    """The relations of a publication, a section or a verdict.

    Parameters
    ----------
    data : Catalog
    relations : sequence of Relation
        What the audit of these tables gave.
    source : str
        Id of the publication that prints the result; empty for all.
    section : str
        Its section; ``8.1`` stands for ``8.1.2`` too. Empty for all.
    verdict : str
        One of ``VERDICTS``; empty for all.

    Returns
    -------
    list of Relation
        In the order given.

    Raises
    ------
    NotFound
        If there is no such publication, section (of that publication) or verdict; the message says what there is.
    """
    if source and source not in set(data.tables["sources"]["id"]):
        raise not_found("source", source, data.tables["sources"]["id"])
    if verdict and verdict not in VERDICTS:
        raise NotFound(f"no verdict {verdict!r}; allowed are {allowed(VERDICTS)}")
    rows = data.select(source=source) if source else data.select()
    sections = dict.fromkeys(row["section"] for row in rows if row["section"])
    if section and not any(inside(known, section) for known in sections):
        chapters = dict.fromkeys(known.partition(".")[0] for known in sections)
        raise NotFound(f"no section {section!r}; allowed are {allowed(chapters)} and the sections numbered below them")
    return [
        relation
        for relation in relations
        if source in ("", relation.source)
        and verdict in ("", relation.verdict)
        and (not section or inside(relation.section, section))
    ]


def counts(relations: Sequence[Relation]) -> str:
    """How many relations there are, and how many of each verdict.

    Examples
    --------
    >>> counts([])
    '0 relations: 0 consistent, 0 inconsistent, 0 not comparable, 0 undetermined'
    """
    found = Counter(relation.verdict for relation in relations)
    noun = "relation" if len(relations) == 1 else "relations"
    return f"{len(relations)} {noun}: {', '.join(f'{found[name]} {label.en}' for name, label in VERDICTS.items())}"


def to_lines(relations: Iterable[Relation]) -> str:
    """The relations as aligned lines for a terminal: where, verdict, kind, result and finding.

    Parameters
    ----------
    relations : iterable of Relation

    Returns
    -------
    str
        A heading and one line a relation; the finding in the language in use.
    """
    rows = [("place", "verdict", "kind", "result", "finding")]
    rows += [(_place(r), r.verdict, r.kind, r.target, str(r.finding)) for r in relations]
    widths = [max(map(len, column)) for column in list(zip(*rows, strict=True))[:-1]]
    return "\n".join(
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]]) for row in rows
    )


def _place(relation: Relation) -> str:
    """Section and line as a terminal shows them; a publication without text edition has neither."""
    return f"{relation.section}:{relation.line}" if relation.line else "-"


def to_frame(relations: Iterable[Relation]) -> pd.DataFrame:
    """The relations as a table.

    Parameters
    ----------
    relations : iterable of Relation

    Returns
    -------
    DataFrame
        One row a relation; all columns are text in the language in use but the findings, which stand in both, and
        ``line``, an integer that may be missing. ``operands`` are separated by spaces.
    """
    columns: dict[str, list[Any]] = {name: [] for name in _COLUMNS}
    for relation in relations:
        for name, cell in zip(_COLUMNS, _cells(relation), strict=True):
            columns[name].append(cell)
    return pd.DataFrame(columns).astype({"line": "Int64"})


_COLUMNS = (
    *("kind", "verdict", "source", "section", "line", "target", "operands", "expression", "comparison"),
    *("printed", "computed", "miss", "finding_zh", "finding_en", "reason", "hypothesis", "erratum"),
)


def _cells(relation: Relation) -> tuple[Any, ...]:
    language = current()
    return (
        *(relation.kind, relation.verdict, relation.source, relation.section, relation.line, relation.target),
        *(" ".join(relation.operands), relation.expression, relation.comparison),
        *(text_of(relation.printed, language), relation.follows(language), text_of(relation.miss, language)),
        *(*relation.finding, str(relation.reason), str(relation.hypothesis), relation.erratum),
    )


def to_json(relations: Iterable[Relation]) -> str:
    """The relations as a JSON list of objects.

    Parameters
    ----------
    relations : iterable of Relation

    Returns
    -------
    str
        Objects with ``source``, ``section``, ``line`` (null where the publication has no text edition), ``kind``,
        ``verdict``, ``target``, ``operands`` (list of ids), ``expression``, ``comparison``, ``printed``, ``computed``
        and ``miss`` (each text, or ``low``, ``high`` and ``unit``, the base unit; null if there is none), ``finding``,
        ``reason`` and ``hypothesis`` (each ``zh`` and ``en``) and ``erratum``.
    """
    return json.dumps([_object(relation) for relation in relations], ensure_ascii=False, indent=1)


def _object(relation: Relation) -> dict[str, Any]:
    plain = ("source", "section", "line", "kind", "verdict", "target", "expression", "comparison", "erratum")
    return {
        **{name: getattr(relation, name) for name in plain},
        "operands": list(relation.operands),
        **{name: _number(getattr(relation, name)) for name in ("printed", "computed", "miss")},
        **{name: getattr(relation, name)._asdict() for name in ("finding", "reason", "hypothesis")},
    }


def _number(value: Quantity | str | None) -> Any:
    if not isinstance(value, Quantity):
        return value
    return {"low": float(value.low), "high": float(value.high), "unit": value.unit.base}
