"""What every notebook does the same way: open, head a section, show key figures, close.

A notebook imports ``ecanalysis`` and reads as a chapter; this module keeps how a chapter is framed in one place.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from contextvars import ContextVar
from typing import Any

from ecanalysis import catalog, documents, language
from ecanalysis.catalog import Series
from ecanalysis.errors import EcanalysisError
from ecanalysis.language import Label, current, pick
from ecanalysis.narrative import Paragraph
from ecanalysis.quantity import Quantity
from ecanalysis.report_tables import ReportTable, report_table

_open: ContextVar[documents.Document | None] = ContextVar("document", default=None)


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
    document = documents.document(name)
    document.check(parameters)
    language.use(parameters.get("language", "zh"))
    _open.set(document)
    title = html.escape(str(document.title))
    if not document.source:
        return Paragraph(title, str(document.title), element="h1")
    source = catalog.load().name("sources", document.source, current())
    return Paragraph(
        f'{title}<span class="source">{html.escape(source)}</span>', f"{document.title} ({source})", element="h1"
    )


def opened() -> documents.Document:
    """The document being written."""
    document = _open.get()
    if document is None:
        raise EcanalysisError("no document is open: call ec.open_document(...) in the notebook's first cell")
    return document


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


def obs(indicator: str, item: str = "total", area: str = "CN", period: str | int = "2018", measure: str = "level",
        **where: Any) -> Quantity:
    """One statistic of the project's own tables; see :meth:`ecanalysis.catalog.Catalog.obs`."""
    return catalog.load().obs(indicator, item, area, period, measure, **where)


def series(indicator: str, item: str = "total", area: str = "CN", measure: str = "level", **where: Any) -> Series:
    """One indicator over time; see :meth:`ecanalysis.catalog.Catalog.series`."""
    return catalog.load().series(indicator, item, area, measure, **where)


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
    return Label(data.name(table, id_, "zh"), data.name(table, id_, "en"))


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
    cite = citation(document)
    block += f'<h2 id="citation">{cite_head}</h2><p class="citation">{html.escape(cite)}</p>'
    return Paragraph(block, "\n".join([*shown, cite]), element="footer")


def citation(document: documents.Document) -> str:
    """How to cite one document of this edition."""
    source = catalog.load().name("sources", document.source, current()) if document.source else ""
    edition = pick("ecanalysis：中国电子商务报告可复现版", "ecanalysis: the reproducible edition of China's e-commerce reports")
    title = pick(f"《{document.title}》", f"“{document.title}”")
    based = pick(f"，数据取自{source}", f", figures from {source}") if source else ""
    return f"{edition}{pick('，', ', ')}{title}{based}{pick('。', '.')}"
