"""Every printed relation recomputed, with the rounding of the printed digits taken into account.

A report's numbers hang together: parts sum to totals, shares divide, growth rates connect years, one figure recurs in
the preface, a heading and another chapter. The audit derives these relations from the tables (``rules``), adds those
that only a reader sees (``data/claims.csv``), computes each on rounding intervals and gives a verdict that a
statistician can sign. Misses that somebody looked into carry the reviewed explanation of ``data/errata.csv``.
"""

from __future__ import annotations

from collections.abc import Iterable

from ecanalysis.auditing.facts import Facts
from ecanalysis.auditing.listed import citations, claims, figure_labels
from ecanalysis.auditing.mutation import Mutations, mutation_rate
from ecanalysis.auditing.output import counts, select, to_frame, to_json, to_lines
from ecanalysis.auditing.relation import KINDS, REASONS, VERDICTS, Check, Relation, judge, text_of
from ecanalysis.auditing.rules import derive
from ecanalysis.catalog import Catalog
from ecanalysis.language import Label
from ecanalysis.schema import records

__all__ = [
    "KINDS",
    "REASONS",
    "VERDICTS",
    "Check",
    "Facts",
    "Mutations",
    "Relation",
    "audit",
    "checks",
    "counts",
    "mutation_rate",
    "select",
    "stale_errata",
    "to_frame",
    "to_json",
    "to_lines",
]


def checks(facts: Facts) -> list[Check]:
    """Every relation between statistics, derived and declared, each once."""
    found: dict[tuple[str, str, tuple[str, ...]], Check] = {}
    for check in [*derive(facts), *claims(facts)]:
        found.setdefault((check.kind, check.target, check.operands), check)
    return list(found.values())


def audit(data: Catalog) -> list[Relation]:
    """Recompute every printed relation.

    Parameters
    ----------
    data : Catalog

    Returns
    -------
    list of Relation
        In the order of publication, line and kind.

    Examples
    --------
    >>> from ecanalysis import catalog
    >>> relation = next(r for r in audit(catalog.load()) if r.target == "mofcom-2018.8.27.1.04")
    >>> relation.verdict, relation.finding.en
    ('inconsistent', 'Printed 63.5%, the operands give 13.93% to 13.94%, a miss of 49.51 percentage points.')
    """
    facts = Facts(data)
    reviewed = {(e["kind"], e["target"], tuple(e["operands"].split())): e for e in _errata(data)}
    relations = [
        _relation(facts, check, reviewed.get((check.kind, check.target, check.operands))) for check in checks(facts)
    ]
    relations += [*citations(data), *figure_labels(data)]
    order = {source: position for position, source in enumerate(data.tables["sources"]["id"])}
    return sorted(relations, key=lambda r: (order[r.source], r.line or 0, r.target, r.kind, r.operands))


def _relation(facts: Facts, check: Check, erratum: dict[str, str] | None) -> Relation:
    judgement = judge(check, facts.quantity)
    row, printed = facts.by_id[check.target], facts.quantity(check.target)
    verdict, reason, hypothesis, known = judgement.verdict, judgement.reason, Label("", ""), ""
    if erratum and verdict != "consistent":
        if erratum["verdict"] == "not_comparable" and verdict != "not_comparable":
            reason = erratum["cause"]
        verdict, hypothesis, known = erratum["verdict"], Label(erratum["zh"], erratum["en"]), erratum["id"]
        if verdict == "inconsistent" and reason != "order_of_magnitude":
            reason = "impossible"
    return Relation(
        kind=check.kind,
        verdict=verdict,
        target=check.target,
        operands=check.operands,
        printed=printed,
        computed=judgement.computed,
        miss=judgement.miss,
        expression=check.expression,
        comparison=check.comparison,
        reason=REASONS[reason],
        hypothesis=hypothesis,
        source=row["source"],
        section=row["section"],
        line=int(row["line"]) if row["line"] else None,
        erratum=known,
    )


def _errata(data: Catalog) -> list[dict[str, str]]:
    return records(data.tables["errata"])


def stale_errata(data: Catalog, relations: Iterable[Relation]) -> list[str]:
    """The reviewed findings that no longer hold, each with what the audit finds now.

    Parameters
    ----------
    data : Catalog
    relations : iterable of Relation
        What :func:`audit` gave for the same tables.

    Returns
    -------
    list of str
        One sentence a finding; empty when all hold.
    """
    found = {relation.erratum: relation for relation in relations if relation.erratum}
    problems = []
    for erratum in _errata(data):
        relation = found.get(erratum["id"])
        if relation is None:
            problems.append(f"{erratum['id']}: no relation of {erratum['target']} misses in this way any more")
            continue
        now = (text_of(relation.printed, "zh"), relation.follows("zh"))
        if now != (erratum["printed"], erratum["follows"]):
            reviewed = f"printed {erratum['printed']}, follows {erratum['follows']}"
            problems.append(f"{erratum['id']}: reviewed as {reviewed}; now printed {now[0]}, follows {now[1]}")
    return problems
