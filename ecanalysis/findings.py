"""The audit's reviewed findings as blocks of a page.

A finding that only says "inconsistent" helps nobody: a reader wants to see what is printed, what follows from what and
by how much it misses, where each number stands, and how it may have come about. Findings that one cause may explain
stand together, and each has an anchor of its own, so that a mark beside a number can lead to it.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping

from ecanalysis import catalog
from ecanalysis.auditing.expressions import letter
from ecanalysis.auditing.relation import KINDS, Relation, text_of
from ecanalysis.document import name
from ecanalysis.evidence import UNNUMBERED, measured, printed_at
from ecanalysis.language import Label, current, pick, sentence
from ecanalysis.narrative import Paragraph, number
from ecanalysis.schema import records

Row = dict[str, str]

# From this many operands on they are listed behind a line that opens.
_MANY = 6
_REPORTS = {
    "mofcom-2018": Label("商务部报告", "Ministry report"),
    "ceca-2017-2018": Label("协会报告", "Association report"),
}
# What else a miss may come from, by the cause that a reviewer holds likeliest.
ALTERNATIVES = {
    "digits": Label(
        "也可能各数取自不同时间或口径，并没有印错。",
        "The numbers may instead have been taken at different times or differ in coverage, with no misprint.",
    ),
    "whole": Label(
        "也可能所说的整体另有所指，只是文中没有写明。",
        "The share may be of another whole that the text does not name.",
    ),
    "unit": Label(
        "口径或修订解释不了这样大的差距；若单位无误，则数字本身有误。",
        "Neither coverage nor revision explains a miss of this size; if the unit is right, the digits are wrong.",
    ),
    "base_year": Label(
        "若基期数没有修订，则是取整或印刷造成。", "If the base was not revised, rounding or a misprint remains."
    ),
    "basis": Label(
        "若两者口径其实相同，则其中一个数有误。", "If both are on one basis after all, one of the numbers is wrong."
    ),
    "scope": Label(
        "若口径其实相同，则其中一个数有误。", "If the coverage is the same after all, one of the numbers is wrong."
    ),
    "publisher": Label(
        "若两家口径其实相同，则其中一家的数有误或经过修订。",
        "If both publishers count alike after all, one of the numbers is wrong or was revised.",
    ),
    "incomplete_list": Label(
        "若所列已经完全，则其中一个数有误。", "If the list is complete after all, one of the numbers is wrong."
    ),
    "rounding": Label(
        "也可能是计算或印刷差错，或基数略有修订。",
        "It may also be a slip in computing or printing, or a small revision.",
    ),
    "currency": Label(
        "若换算后部分仍大于整体，则口径不同或其中一个数有误。",
        "If the part exceeds the whole after conversion, coverage differs or one of the numbers is wrong.",
    ),
    "period": Label("也可能其中一个数印错。", "One of the numbers may also be misprinted."),
    "legibility": Label(
        "也可能原书目录就与正文不同。", "The contents page may also differ from the body in the report itself."
    ),
}


def explained(relations: Iterable[Relation], verdict: str) -> Paragraph:
    """Every reviewed finding of a verdict, those with one explanation together.

    Parameters
    ----------
    relations : iterable of Relation
        What the audit of the project's own tables gave.
    verdict : str
        ``inconsistent`` or ``not_comparable``.

    Returns
    -------
    Paragraph
        A block a cause: a heading, each finding with its numbers and where they stand, the likeliest reading as a
        hypothesis and what else could explain it. The anchor of a finding is its id in ``errata.csv``.

    Examples
    --------
    >>> from ecanalysis import auditing
    >>> found = explained(auditing.audit(catalog.load()), "inconsistent")
    >>> 'id="erratum-041"' in found.html
    True
    """
    causes = {row["id"]: row["cause"] for row in records(catalog.load().tables["errata"])}
    cases: dict[str, list[Relation]] = {}
    for relation in relations:
        if relation.erratum and relation.verdict == verdict:
            cases.setdefault(relation.hypothesis.zh, []).append(relation)
    blocks, plain, evidence = [], [], []
    for case in cases.values():
        other = ALTERNATIVES[causes[case[0].erratum]]
        blocks.append(_case(case, other))
        plain += [
            _title(case),
            *(f"{relation.erratum}: {relation.finding}" for relation in case),
            _reading(case),
            str(other),
        ]
        evidence += [id_ for relation in case for id_ in (relation.target, *relation.operands)]
    return Paragraph("".join(blocks), "\n".join(plain), tuple(dict.fromkeys(evidence)), element="div")


def _case(case: list[Relation], other: Label) -> str:
    reading = pick("最可能的解释（推测）：", "Likeliest reading (a hypothesis): ")
    also = pick("其他可能：", "What else it could be: ")
    reason = pick("结论的理由：", "Why this verdict: ")
    reasons = dict.fromkeys(str(relation.reason) for relation in case)
    same: dict[tuple[object, ...], list[Relation]] = {}
    for relation in case:
        same.setdefault(_said(relation), []).append(relation)
    return (
        f'<h3><span class="section">{html.escape(_section(case[0].section))}</span> {html.escape(_title(case))}</h3>'
        + "".join(map(_finding, same.values()))
        + f"<p><b>{reading}</b>{html.escape(_reading(case))}</p>"
        + f"<p><b>{also}</b>{html.escape(str(other))} <b>{reason}</b>{html.escape(' '.join(reasons))}</p>"
    )


def _said(relation: Relation) -> tuple[object, ...]:
    """What a finding says, wherever its numbers stand: the same when a preface repeats a chapter."""
    data = catalog.load()
    facts = (measured(data, data.row(id_)) for id_ in (relation.target, *relation.operands))
    return (text_of(relation.printed, "zh"), relation.follows(), relation.expression, *facts)


def _title(case: list[Relation]) -> str:
    data = catalog.load()
    more = pick(f"（等 {len(case)} 处）", f" ({len(case)} places)") if len(case) > 1 else ""
    return f"{sentence(measured(data, data.row(case[0].target)))}{more}"


def _reading(case: list[Relation]) -> str:
    return str(case[0].hypothesis)


def _finding(repeats: list[Relation]) -> str:
    """One finding at each of the places that print it, every place with the anchor of its erratum."""
    data, relation = catalog.load(), repeats[0]
    rows = [data.row(id_) for id_ in (relation.target, *relation.operands)]
    where = pick("；", "; ").join(
        f'<span id="{one.erratum}">{html.escape(place(data.row(one.target)))}</span>' for one in repeats
    )
    shown = html.escape(text_of(relation.printed, current()))
    finding = html.escape(str(relation.finding)).replace(shown, number(data.quantity(rows[0])), 1)
    what = f"{html.escape(sentence(measured(data, rows[0])))}{pick('。', '. ')}"
    return f"<p><b>{where}</b>{pick('：', ': ')}{what}{finding}</p>{_working(relation, rows[1:])}"


def _working(relation: Relation, operands: list[Row]) -> str:
    """How the result follows: the formula, and each operand with its letter, place and value."""
    data = catalog.load()
    how = html.escape(str(KINDS[relation.kind]))
    if relation.expression != letter(0):
        formula = relation.expression.replace("*", "×").replace("/", "÷").replace("-", "−")
        how += f"{pick('：', ': ')}<code>{html.escape(formula)}</code>"
    lines = "".join(
        f"<li><code>{letter(position)}</code> {number(data.quantity(row))}{pick('，', ', ')}"
        f"{html.escape(measured(data, row))}{pick('（', ' (')}{html.escape(place(row))}{pick('）', ')')}</li>"
        for position, row in enumerate(operands)
    )
    if not lines:
        return f"<p>{how}</p>"
    if len(operands) < _MANY:
        return f"<p>{how}</p><ul>{lines}</ul>"
    count = pick(f"{len(operands)} 个数", f"{len(operands)} numbers")
    return f"<details><summary>{how}{pick('，', ', ')}{count}</summary><ul>{lines}</ul></details>"


def _section(section: str) -> str:
    """A section's number as a heading shows it; the name of a part that has none."""
    return str(UNNUMBERED.get(section, section.removeprefix("table-")))


def place(row: Mapping[str, str]) -> str:
    """Where a row was printed: section and line of the text edition, or the publication where there is none.

    Examples
    --------
    >>> from ecanalysis import language
    >>> language.use("en")
    >>> place(catalog.load().row("ceca-2017-2018.5-1.06"))
    'Association report, slide 5-1, line 291'
    """
    if row["source"] not in _REPORTS:
        return str(name("sources", row["source"]))
    return f"{_REPORTS[row['source']]}{pick(' ', ', ')}{printed_at(row)}"


def chapter(relation: Relation) -> Label:
    """The chapter of a report in which a relation's result stands; other publications are one.

    Parameters
    ----------
    relation : Relation
    """
    if relation.source not in _REPORTS:
        return Label("其他出版物", "Other publications")
    report, section = _REPORTS[relation.source], relation.section
    if section in UNNUMBERED:
        part = UNNUMBERED[section]
        return Label(f"{report.zh}{part.zh}", f"{report.en}, {part.en}")
    first = section.removeprefix("table-").replace("-", ".").partition(".")[0]
    zh, en = (f"第 {first} 章", f"chapter {first}") if first.isdigit() else (f"附录 {first}", f"appendix {first}")
    return Label(f"{report.zh}{zh}", f"{report.en}, {en}")
