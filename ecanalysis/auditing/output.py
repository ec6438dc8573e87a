"""Relations as a table and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import pandas as pd

from ecanalysis.auditing.relation import Relation, text_of
from ecanalysis.language import current
from ecanalysis.quantity import Quantity


def to_frame(relations: Iterable[Relation]) -> pd.DataFrame:
    """The relations as a table.

    Parameters
    ----------
    relations : iterable of Relation

    Returns
    -------
    DataFrame
        One row a relation; all columns are text in the language in use but ``line``, an integer that may be missing.
        ``operands`` are separated by spaces.
    """
    columns: dict[str, list[Any]] = {name: [] for name in _COLUMNS}
    for relation in relations:
        for name, cell in zip(_COLUMNS, _cells(relation), strict=True):
            columns[name].append(cell)
    return pd.DataFrame(columns).astype({"line": "Int64"})


_COLUMNS = (
    *("source", "section", "line", "kind", "verdict", "target", "operands", "expression", "comparison"),
    *("printed", "computed", "miss", "reason", "hypothesis", "erratum"),
)


def _cells(relation: Relation) -> tuple[Any, ...]:
    language = current()
    return (
        *(relation.source, relation.section, relation.line, relation.kind, relation.verdict, relation.target),
        *(" ".join(relation.operands), relation.expression, relation.comparison),
        *(text_of(relation.printed, language), relation.follows(language), text_of(relation.miss, language)),
        *(str(relation.reason), str(relation.hypothesis), relation.erratum),
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
