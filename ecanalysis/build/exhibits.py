"""Figures and tables of a page as things to take along: picture, data, citation and a link of their own."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from urllib.parse import unquote

from ecanalysis.language import pick

_FIGURE = re.compile(
    r'<figure id="([^"]*)"([^>]*)><img ([^>]*)>(<figcaption>.*?</figcaption>)</figure>'
    r'(?:<details class="figure-data"><summary>[^<]*</summary>(<table[^>]*>.*?</table>)</details>)?',
    re.DOTALL,
)
_TABLE = re.compile(r'(<div class="table">)?(<table([^>]*)>(.*?)</table>)(?(1)</div>)', re.DOTALL)
_SVG = re.compile(r'src="data:image/svg\+xml,([^"]*)"')
_ALT = re.compile(r'alt="([^"]*)"')
_SPAN = re.compile(r'<span class="(label|source)">(.*?)</span>', re.DOTALL)
# What an id may be to become a file's name.
_NAME = re.compile(r"\w[\w.-]*")
_ROW = re.compile(r"<tr[^>]*>")
_CELL = re.compile(r"<t[dh]\b[^>]*>(.*?)</t[dh]>", re.DOTALL)
_DATA = re.compile(r"<data([^>]*)>")
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
_MARKUP = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class Cell:
    """A cell of a table: its text, and what its number says where it holds one."""

    text: str
    number: str = ""
    low: str = ""
    high: str = ""
    unit: str = ""
    evidence: str = ""


@dataclass
class Exhibits:
    """Figures and tables of one page, and the files they bring.

    Parameters
    ----------
    stem : str
        Name of the page without ending; the files lie in a folder of that name.
    cite : callable
        Gives the citation of an exhibit from what it shows, its source and its id.
    tools : callable
        Renders the line of tools below an exhibit.
    """

    stem: str
    cite: Callable[[str, str, str], str]
    tools: Callable[..., str]
    files: dict[str, bytes] = field(default_factory=dict)
    figures: list[tuple[str, str, str]] = field(default_factory=list)
    tables: list[tuple[str, str]] = field(default_factory=list)

    def dress(self, markup: str) -> str:
        """Give every figure and table of a page its tools, and note what they bring."""
        pieces, end = [], 0
        for match in _FIGURE.finditer(markup):
            pieces += [self._tables(markup[end : match.start()]), self._figure(match)]
            end = match.end()
        return "".join([*pieces, self._tables(markup[end:])])

    def _figure(self, match: re.Match[str]) -> str:
        id_, attributes, image, caption, table = match.groups()
        alt = html.unescape(next(iter(_ALT.findall(image)), ""))
        spans = {name: html.unescape(text) for name, text in _SPAN.findall(caption)}
        finding = alt.partition(pick("。", ". "))[0]
        name = html.unescape(id_)
        label = spans.get("label", name)
        self.figures.append((name, label, finding))
        files = _NAME.fullmatch(name)
        picture = _SVG.search(image)
        if picture and files:
            drawing = unquote(html.unescape(picture.group(1)))
            self.files[f"{self.stem}/{name}.svg"] = _titled(drawing, alt).encode()
        if table and files:
            self.files[f"{self.stem}/{name}.csv"] = _figure_csv(rows(table), long='class="long"' in table[:40])
        box = f'<div class="table" tabindex="0" role="group" aria-label="{html.escape(label)}">{table}</div>'
        tools = self.tools(
            kind="figure",
            id=name,
            folder=self.stem if files else "",
            label=label,
            alt=alt,
            table=box if table else "",
            picture=bool(picture),
            citation=self.cite(f"{label}{pick('：', ': ')}{finding}", spans.get("source", ""), name),
        )
        return (
            f'<div class="exhibit"><figure id="{id_}"{attributes}><div class="picture" tabindex="0" role="group" '
            f'aria-label="{html.escape(label)}"><img decoding="async" {image}></div>{caption}</figure>{tools}</div>'
        )

    def _tables(self, markup: str) -> str:
        return _TABLE.sub(self._table, markup)

    def _table(self, match: re.Match[str]) -> str:
        whole, attributes, inner = match.group(2), match.group(3), match.group(4)
        id_ = html.unescape(next(iter(re.findall(r' id="([^"]*)"', attributes)), ""))
        caption = plain(next(iter(re.findall(r"<caption>(.*?)</caption>", inner, re.DOTALL)), ""))
        label = caption or pick("表格", "Table")
        files = _NAME.fullmatch(id_)
        if files:
            self.tables.append((id_, label))
            self.files[f"{self.stem}/{id_}.csv"] = _table_csv(rows(whole))
        tools = self.tools(
            kind="table", id=id_, folder=self.stem if files else "", label=label, alt="", table="", picture=False,
            citation=self.cite(label, "", id_) if id_ else "",
        )  # fmt: skip
        box = f'<div class="table" tabindex="0" role="group" aria-label="{html.escape(label)}">{whole}</div>'
        return f'<div class="exhibit">{box}{tools}</div>'


def _titled(svg: str, title: str) -> str:
    """A drawing as a file of its own: what it says comes along."""
    start = svg.index(">", svg.index("<svg")) + 1
    return f"{svg[:start]}<title>{html.escape(title)}</title>{svg[start:]}\n"


def rows(table: str) -> list[list[Cell]]:
    """The cells of an HTML table as the sanitiser writes it, row by row, its caption left out."""
    return [[_cell(inner) for inner in _CELL.findall(row)] for row in _ROW.split(table)[1:]]


def _cell(inner: str) -> Cell:
    """A cell with the first number in it."""
    found = _DATA.search(inner)
    number = attributes_of(found.group(1)) if found else {}
    low, high, unit = (*number.get("data-interval", "").split(" ", 2), "", "", "")[:3]
    return Cell(
        plain(inner),
        digits(number.get("value", "")) if unit else "",
        digits(low),
        digits(high),
        unit,
        number.get("data-observations", ""),
    )


def digits(number: str) -> str:
    """A number without an exponent, as spreadsheets and people read it; empty stays empty.

    Examples
    --------
    >>> digits("3.163e+13"), digits("0.239"), digits("")
    ('31630000000000', '0.239', '')
    """
    return f"{Decimal(number):f}" if number else ""


def _figure_csv(cells: Sequence[Sequence[Cell]], *, long: bool) -> bytes:
    """What a figure shows, one row a mark."""
    head, *body = cells
    columns = ("series", "label", "value", "number", "low", "high", "base_unit", "observations")
    marks = [
        (name.text, row[0].text, cell.text, cell.number, cell.low, cell.high, cell.unit, cell.evidence)
        for row in body
        for name, cell in ([(row[1], row[2])] if long else zip(head[1:], row[1:], strict=False))
        if cell.text
    ]
    return csv_file([columns, *marks])


def _table_csv(cells: Sequence[Sequence[Cell]]) -> bytes:
    """A table as it reads, then the numbers of its columns in base units."""
    if not cells:
        return csv_file([])
    head, *body = cells
    units: dict[int, set[str]] = {}
    for row in body:
        for position, cell in enumerate(row):
            if cell.unit:
                units.setdefault(position, set()).add(cell.unit)
    names = [
        f"{head[position].text if position < len(head) else ''} ({'/'.join(sorted(found))})"
        for position, found in sorted(units.items())
    ]
    lines = [[cell.text for cell in row] + [row[i].number for i in sorted(units) if i < len(row)] for row in body]
    return csv_file([[cell.text for cell in head] + names, *lines])


def csv_file(lines: Sequence[Sequence[str]]) -> bytes:
    """CSV that spreadsheets read as UTF-8: with the mark they look for."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(lines)
    return ("\ufeff" + stream.getvalue()).encode()


def plain(markup: str) -> str:
    """The words of a piece of HTML."""
    return " ".join(html.unescape(_MARKUP.sub("", markup)).split())


def attributes_of(tag: str) -> dict[str, str]:
    """The attributes of a tag as the sanitiser writes it."""
    return {key: html.unescape(value) for key, value in _ATTRIBUTE.findall(tag)}
