"""What every notebook does the same way: open, head a section, show key figures, close.

A notebook imports ``ecanalysis`` and reads as a chapter; this module keeps how a chapter is framed in one place.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ecanalysis import catalog, citation, documents, language
from ecanalysis.catalog import YEAR, Series
from ecanalysis.errors import EcanalysisError
from ecanalysis.invariants import reference_parts
from ecanalysis.language import Label, current, pick
from ecanalysis.narrative import Paragraph
from ecanalysis.quantity import Quantity
from ecanalysis.report_tables import ReportTable, report_table

if TYPE_CHECKING:
    import pandas as pd

# One process writes one document; see language.py for why this is no context variable.
_open: documents.Document | None = None


def open_document(name: str, **parameters: Any) -> Paragraph:
    """Begin a document: check its parameters, set its language, write its title.

    Parameters
    ----------
    name : str
        The notebook, as listed in ``notebooks/documents.toml``.
    **parameters
        Everything its parameters cell sets.

    Raises
    ------
    ParameterError
        Naming the parameter, its value and all that is allowed.
    """
    global _open
    document = documents.document(name)
    document.check(parameters)
    document = document.resolved(parameters)
    language.use(parameters.get("language", "zh"))
    _open = document
    title = html.escape(str(document.title))
    if not document.source:
        return Paragraph(title, str(document.title), element="h1")
    source = catalog.load().name("sources", document.source, current())
    return Paragraph(
        f'{title}<span class="source" style="display: block; font-size: 0.5em">{html.escape(source)}</span>',
        f"{document.title} ({source})",
        element="h1",
    )


def opened() -> documents.Document:
    """The document being written."""
    if _open is None:
        raise EcanalysisError("no document is open: call ec.open_document(...) in the notebook's first cell")
    return _open


def heading(section: str, zh: str, en: str) -> Paragraph:
    """Head a section, numbered as in the source; ``section`` is empty for parts the report does not have.

    Parameters
    ----------
    section : str
        Such as ``1.1.2``; its depth is the heading's level. ``+Name`` marks an unnumbered section of this edition with
        that anchor.
    zh, en : str
        Our own titles.
    """
    own = section.startswith("+")
    level = 2 if own else min(max(section.count("."), 1) + 1, 4)
    anchor = section[1:] if own else f"section-{section.replace('.', '-')}"
    shown = "" if own else f'<span class="section">{html.escape(section)}</span> '
    title = pick(zh, en)
    return Paragraph(
        f"{shown}{html.escape(title)}", title if own else f"{section} {title}", element=f"h{level}", anchor=anchor
    )


def obs(
    indicator: str,
    item: str = "total",
    area: str = "CN",
    period: str | int = YEAR,
    measure: str = "level",
    **where: Any,
) -> Quantity:
    """One statistic of the project's own tables; see :meth:`ecanalysis.catalog.Catalog.obs`."""
    return catalog.load().obs(indicator, item, area, period, measure, **where)


def series(indicator: str, item: str = "total", area: str = "CN", measure: str = "level", **where: Any) -> Series:
    """One indicator over time; see :meth:`ecanalysis.catalog.Catalog.series`."""
    return catalog.load().series(indicator, item, area, measure, **where)


def counted(entries: pd.DataFrame, unit: str = "个") -> Quantity:
    """How many entries of the lists of policies or pilot zones there are: a number for figures that rests on them.

    Parameters
    ----------
    entries : DataFrame
        Rows of one of these tables; none counts zero.
    unit : str
        A unit that counts, of ``units.csv``.

    Examples
    --------
    >>> zones = catalog.load().tables["pilot_zones"]
    >>> counted(zones[zones["batch"] == "1"]).evidence
    ('pilot-zone.2015.hangzhou',)
    """
    unit_row = catalog.load().units[unit]
    return Quantity.from_print(str(len(entries)), unit_row, evidence=tuple(entries["id"]))


def name(table: str, id_: str) -> Label:
    """The name of an ``indicators``, ``items``, ``areas``, ``sources`` or ``figures`` row in both languages.

    Examples
    --------
    >>> name("areas", "CN-east").en
    'Eastern region'
    """
    data = catalog.load()
    if table == "areas":
        record = data.record("areas", id_)
        return Label(record["short_zh"], record["en"])
    return data.names(table, id_)


_QUARTERS = ("first", "second", "third", "fourth")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def period_name(period: str) -> Label:
    """A period of ``observations.csv`` as a sentence writes it.

    Parameters
    ----------
    period : str
        A year, half year, quarter, month, day, or two of them joined by a slash.

    Examples
    --------
    >>> period_name("2018-H1").zh, period_name("2018-03-31").en
    ('2018 年上半年', '31 March 2018')
    >>> period_name("2018-01/2018-11").en, period_name("2018-Q1").en
    ('January to November 2018', 'first quarter of 2018')
    """
    if "/" in period:
        begins, ends = period.split("/")
        first, last = period_name(begins), period_name(ends)
        if begins[:4] == ends[:4] and {len(begins), len(ends)} == {7}:  # two months of a year
            return Label(f"{first.zh}至 {int(ends[5:])} 月", f"{first.en.split()[0]} to {last.en}")
        return Label(f"{first.zh}至 {last.zh}", f"{first.en} to {last.en}")
    year, *rest = period.split("-")
    if not rest:
        return Label(f"{year} 年", year)
    if rest[0].startswith("H"):
        half = ("上半年", "first half") if rest[0] == "H1" else ("下半年", "second half")
        return Label(f"{year} 年{half[0]}", f"{half[1]} of {year}")
    if rest[0].startswith("Q"):
        return Label(f"{year} 年第 {rest[0][1]} 季度", f"{_QUARTERS[int(rest[0][1]) - 1]} quarter of {year}")
    month, day = int(rest[0]), "".join(rest[1:]).lstrip("0")
    zh, en = f"{year} 年 {month} 月", f"{_MONTHS[month - 1]} {year}"
    return Label(f"{zh} {day} 日", f"{day} {en}") if day else Label(zh, en)


def key_figures(rows: Sequence[tuple[Label | str, Quantity | None, Quantity | None]]) -> ReportTable:
    """The chapter's key figures: name, level, growth on the year.

    Parameters
    ----------
    rows : sequence of (name, level, growth)
        Either number may be None.
    """
    columns = (Label("指标", "Indicator"), Label("数值", "Value"), Label("同比增速", "Growth on the year"))
    caption = Label("主要数据", "Key figures")
    return report_table(f"{opened().name}.key-figures", caption, columns, rows)


def statistics(*sections: str, source: str = "", below: bool = True) -> ReportTable:
    """Every statistic of some sections as a table, so that whoever reads only this document misses no number.

    Parameters
    ----------
    *sections : str
        Sections of the source; ``8.1`` stands for ``8.1.2`` too. By default those of the open document.
    source : str
        Id of the report; by default that of the open document.
    below : bool
        False for the named sections alone, without those numbered below them.

    Returns
    -------
    ReportTable
        As :func:`fact_table` makes it.
    """
    document, data = opened(), catalog.load()
    if below:
        wanted, but = (sections, ()) if sections else (document.sections, document.excluded)
        rows = data.sections(source or document.source, wanted, but)
    else:
        rows = data.select(source=source or document.source, section=sections)
    anchor = ".".join([document.name, "statistics", *(section.replace(".", "-") for section in sections)])
    table = fact_table(anchor, Label("", ""), rows)
    caption = Label(f"{len(table.rows)} 项统计，按原文次序", f"{len(table.rows)} statistics in the order of the text")
    if document.source and source not in ("", document.source):  # of two tables each says whose numbers it holds
        other = name("sources", source)
        caption = Label(f"{other.zh}：{caption.zh}", f"{other.en}: {caption.en}")
    return replace(table, caption=str(caption))


def fact_table(id: str, caption: Label, observations: Iterable[dict[str, str]]) -> ReportTable:
    """Rows of ``observations.csv`` as a table of what is measured, where, when, how and its value.

    Parameters
    ----------
    id : str
        Where links lead.
    caption : Label
    observations : iterable of dict
        As :meth:`ecanalysis.catalog.Catalog.select` gives them.

    Returns
    -------
    ReportTable
        One row a fact, in the order given; a fact printed several times names all its printings as evidence.
    """
    data = catalog.load()
    facts: dict[tuple[str, ...], list[dict[str, str]]] = {}
    for row in observations:
        key = tuple(row[c] for c in ("indicator", "item", "area", "period", "measure", "reference", "value", "unit"))
        facts.setdefault(key, []).append(row)
    rows = [
        (
            described(printings[0]),
            name("areas", row["area"]),
            period_name(row["period"]),
            pick("，", ", ").join(how_measured(row)),
            replace(data.quantity(row), evidence=tuple(printing["id"] for printing in printings)),
        )
        for printings in facts.values()
        for row in printings[:1]
    ]
    columns = (
        Label("指标", "Indicator"),
        Label("地区", "Area"),
        Label("时期", "Period"),
        Label("度量", "Measure"),
        Label("数值", "Value"),
    )
    return report_table(id, caption, columns, rows)


def described(row: dict[str, str]) -> Label:
    """What a row measures: its indicator and, where it is not the whole, its item."""
    indicator = name("indicators", row["indicator"])
    if row["item"] == "total":
        return indicator
    item = name("items", row["item"])
    return Label(f"{indicator.zh}：{item.zh}", f"{indicator.en}: {item.en}")


MEASURES = {
    "level": Label("绝对数", "level"),
    "growth": Label("同比增速", "growth on the year"),
    "average_growth": Label("年均增速", "average growth a year"),
    "share": Label("比重", "share"),
    "change": Label("变动", "change"),
    "share_change": Label("比重变动", "change of share"),
    "growth_change": Label("增速变动", "change of growth"),
    "gap": Label("差距", "gap"),
    "share_gap": Label("比重之差", "gap of shares"),
    "growth_gap": Label("增速之差", "gap of growth"),
    "multiple": Label("倍数", "multiple"),
    "contribution": Label("贡献率", "contribution"),
    "rank": Label("位次", "rank"),
    "growth_rank": Label("增速位次", "rank by growth"),
}


# How a measure stands to its reference, where it is not held against it.
_AGAINST = {
    "share": Label("占{}", "of {}"),
    "contribution": Label("对{}", "to {}"),
    "rank": Label("范围：{}", "in {}"),
    "growth_rank": Label("范围：{}", "in {}"),
}


def measure_name(measure: str) -> Label:
    """The name of a measure."""
    return MEASURES[measure]


def how_measured(row: Mapping[str, str]) -> list[str]:
    """How a row measures what it does, in the language in use: measure and reference, basis, status.

    Examples
    --------
    >>> from ecanalysis import catalog, language
    >>> language.use("en")
    >>> how_measured(catalog.load().row("mofcom-2018.1.1.2.03"))
    ['growth on the year']
    >>> how_measured(catalog.load().row("mofcom-2018.8.27.1.04"))
    ['share (of e-commerce turnover)']
    >>> how_measured(catalog.load().row("mofcom-2018.B.2.3.11"))
    ['growth (against 2010)']
    """
    measure = str(measure_name(row["measure"]))
    if row["reference"]:
        if row["measure"] == "growth":  # since another year, or over other cases
            measure = pick("增速", "growth")
        how = _AGAINST.get(row["measure"], Label("相对于{}", "against {}"))
        measure += pick("（{}）", " ({})").format(str(how).format(_reference(row["reference"])))
    basis = pick("可比口径", "comparable basis") if row["basis"] == "comparable" else ""
    status = {"forecast": pick("预测", "forecast"), "estimate": pick("估计", "estimate")}.get(row["status"], "")
    return [part for part in (measure, basis, status) if part]


def _reference(reference: str) -> str:
    parts = reference_parts(reference)
    names = [
        str(period_name(id_) if part == "period" else name(f"{part}s", id_))
        for part, id_ in parts.items()
        if (part, id_) != ("item", "total") or len(parts) == 1
    ]
    return pick("，", ", ").join(names) or reference


def close_document(cautions: Iterable[tuple[str, str]] = ()) -> Paragraph:
    """End a document: what to be careful about and how to cite it.

    Parameters
    ----------
    cautions : iterable of (zh, en)
        What a reader must know before using the numbers.
    """
    document = opened()
    shown = [pick(zh, en) for zh, en in cautions]
    care = "".join(f"<li>{html.escape(text)}</li>" for text in shown)
    head = pick("使用须知", "Before you use these numbers")
    block = f'<h2 id="cautions">{head}</h2><ul>{care}</ul>' if shown else ""
    cite_head = pick("如何引用", "How to cite")
    cite = citation.of_document(document)
    block += f'<h2 id="citation">{cite_head}</h2><p class="citation">{html.escape(cite)}</p>'
    return Paragraph(block, "\n".join([*shown, cite]), element="footer")
