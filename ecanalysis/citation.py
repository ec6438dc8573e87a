"""How this edition is cited: a document, a figure or a table of it, in words and as a BibTeX entry."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ecanalysis import __version__, catalog
from ecanalysis.documents import Document
from ecanalysis.language import Label, current, pick

EDITION = Label(
    "ecanalysis：中国电子商务报告可复现版", "ecanalysis, the reproducible edition of China's e-commerce reports"
)


def of_document(document: Document) -> str:
    """How to cite a document.

    Parameters
    ----------
    document : Document
        Of one run, its title filled in.
    """
    source = _source(document)
    based = pick(f"，数据取自{source}", f", figures from {source}") if source else ""
    return f"{EDITION}{pick('，', ', ')}{_titled(document)}{based}{pick('。', '.')}"


def of_exhibit(document: Document, what: str, source: str, id: str) -> str:
    """How to cite a figure or a table: what it shows, where its numbers come from, where it stands."""
    stop = pick("。", ". ")
    parts = [what, source, f"ecanalysis {__version__}{pick('，', ', ')}{_titled(document)}{pick('，', ', ')}{id}"]
    return stop.join(part.rstrip("。.") for part in parts if part) + stop.rstrip()


def document_entry(document: Document, stem: str) -> str:
    """The BibTeX entry of a document; ``stem`` is the name of its page."""
    source = _source(document)
    fields = {
        "title": f"{{{document.title}}}",
        "author": "{The ecanalysis authors}",
        "howpublished": f"{EDITION}, {__version__}",
        "note": pick(f"数据取自{source}", f"Figures from {source}") if source else "",
    }
    return entry("misc", f"ecanalysis-{stem}", fields)


def entry(kind: str, key: str, fields: Mapping[str, str]) -> str:
    """A BibTeX entry.

    Parameters
    ----------
    kind : str
        ``misc``, ``techreport``.
    key : str
        What stands in it beside letters and digits becomes a hyphen.
    fields : mapping of str to str
        Empty ones are left out.

    Examples
    --------
    >>> print(entry("misc", "table 1.1", {"title": "Turnover", "url": ""}))
    @misc{table-1-1,
      title = {Turnover}
    }
    """
    body = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@{kind}{{{re.sub(r'[^0-9A-Za-z]+', '-', key)},\n{body}\n}}"


def _titled(document: Document) -> str:
    return pick(f"《{document.title}》", f"“{document.title}”")


def _source(document: Document) -> str:
    return catalog.load().name("sources", document.source, current()) if document.source else ""
