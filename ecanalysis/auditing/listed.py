"""Relations to the other tables: declared ones, counts of lists, cited documents, numbers of figures."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from ecanalysis.auditing.expressions import ExpressionError, operand_count
from ecanalysis.auditing.facts import Facts
from ecanalysis.auditing.relation import KINDS, REASONS, Check, Relation
from ecanalysis.catalog import Catalog
from ecanalysis.errors import DataError
from ecanalysis.language import Label
from ecanalysis.quantity import Quantity
from ecanalysis.schema import records

# A document's two dates, signature and publication, lie no further apart than this many days.
_TWO_DATES = 31


def claims(facts: Facts) -> list[Check]:
    """The relations declared in ``data/claims.csv``.

    Raises
    ------
    DataError
        With every claim that names a row, a kind, a list or an operand that does not exist.
    """
    rows = [(line, row) for line, row in enumerate(records(facts.data.tables["claims"]), start=2)]
    problems = [f"claims.csv:{line}: {problem}" for line, row in rows for problem in _problems(facts, row)]
    if problems:
        raise DataError(problems)
    return [_claim(facts, row) for _, row in rows]


def _claim(facts: Facts, row: dict[str, str]) -> Check:
    operands = tuple(row["operands"].split())
    sources = {facts.by_id[id_]["source"] for id_ in operands}
    caveat = "publications" if sources - {facts.by_id[row["target"]]["source"]} else ""
    return Check(row["kind"], row["target"], operands, _expression(facts.data, row), row["comparison"], caveat)


def _problems(facts: Facts, row: dict[str, str]) -> Iterator[str]:
    operands = row["operands"].split()
    for id_ in (row["target"], *operands):
        if id_ not in facts.by_id:
            yield f"no observation {id_!r}"
    if row["kind"] not in KINDS:
        yield f"kind {row['kind']!r}: allowed are {', '.join(KINDS)}"
    try:
        needed = operand_count(_expression(facts.data, row))
    except (ExpressionError, LookupError) as error:
        yield str(error)
        return
    if needed > len(operands):
        yield f"expression {row['expression']!r} needs {needed} operands, not {len(operands)}"


def _expression(data: Catalog, row: dict[str, str]) -> str:
    return row["expression"].replace("N", str(list_length(data, row["list"]))) if row["list"] else row["expression"]


def list_length(data: Catalog, name: str) -> int:
    """How many entries a list of the tables has.

    Parameters
    ----------
    data : Catalog
    name : str
        ``pilot_zones 1 2``: the pilot zones of these batches. ``issuers ID``: the bodies that issued a policy.

    Raises
    ------
    LookupError
        If there is no such list.
    """
    table, *which = name.split()
    if table == "pilot_zones":
        return int(data.tables["pilot_zones"]["batch"].isin(which).sum())
    if table == "issuers":
        return len(data.record("policies", which[0])["issuers"].split(";"))
    raise LookupError(f"no list {name!r}: allowed are 'pilot_zones' with batches and 'issuers' with the id of a policy")


def citations(data: Catalog) -> Iterator[Relation]:
    """Dates and numbers under which the text cites documents of the appendix."""
    for row in records(data.tables["citations"]):
        policy = data.record("policies", row["policy"])
        if row["date"]:
            agrees = policy["date"].startswith(row["date"])
            days = 0 if agrees else _days_between(row["date"], policy["date"])
            reason = "" if agrees else "two_dates" if days <= _TWO_DATES else "impossible"
            miss = None if agrees else _days(data, days)
            yield _relation("citation_date", row, row["policy"], row["date"], policy["date"], reason, miss)
        if row["document_number"]:
            printed, listed = row["document_number"], policy["document_number"]
            reason = "" if printed == listed else "impossible"
            yield _relation("citation_number", row, row["policy"], printed, listed, reason)


def figure_labels(data: Catalog) -> Iterator[Relation]:
    """The number of a figure or table begins with its chapter."""
    for row in records(data.tables["figures"]):
        kind, number = row["label"][0], row["label"][1:].split("-")
        label = f"{kind}{_chapter(row['section'])}-{number[1]}"
        yield _relation("figure_label", row, "", row["label"], label, "" if row["label"] == label else "excerpt")


def _chapter(section: str) -> str:
    return section.replace("-", ".").split(".")[0]


_VERDICT_OF_REASON = {"": "consistent", "two_dates": "not_comparable", "excerpt": "not_comparable"}


def _relation(
    kind: str, row: dict[str, str], operand: str, printed: str, computed: str, reason: str, miss: Quantity | None = None
) -> Relation:
    """A relation between words, of a row of another table."""
    return Relation(
        kind=kind,
        verdict=_VERDICT_OF_REASON.get(reason, "inconsistent"),
        target=row["id"],
        operands=(operand,) if operand else (),
        printed=printed,
        computed=computed,
        miss=miss,
        expression="",
        comparison="=",
        reason=REASONS[reason],
        hypothesis=Label("", ""),
        source=row["source"],
        section=row["section"],
        line=int(row["line"]) if row["line"] else None,
    )


def _days_between(one: str, other: str) -> int:
    """Days between two dates, from the nearer end of a month that stands without a day."""
    (start, end), (other_start, other_end) = _span(one), _span(other)
    return max((other_start - end).days, (start - other_end).days, 0)


def _span(text: str) -> tuple[date, date]:
    if len(text) == len("2018-07-24"):
        return date.fromisoformat(text), date.fromisoformat(text)
    year, month = int(text[:4]), int(text[5:])
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _days(data: Catalog, days: int) -> Quantity:
    count = Fraction(days)
    return Quantity(count, count, count, data.units["天"])
