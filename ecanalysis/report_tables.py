"""Tables of a report: each number an element that names its rows, headers with scope, a caption with its id."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

import pandas as pd

from ecanalysis.language import Label, pick, sentence
from ecanalysis.narrative import Text, number, words
from ecanalysis.quantity import Quantity

Cell = Quantity | Text | Label | str | None
# For notebooks, where no style sheet of ours reaches; a page of the reports drops them for its own.
_LEFT = ' style="text-align: left"'
_STYLES = {"quantity": ' style="white-space: nowrap"', "words": _LEFT}


@dataclass(frozen=True)
class ReportTable:
    """A table as a page shows it.

    Parameters
    ----------
    id : str
        Id in ``figures.csv`` for a printed table, else one of its own.
    caption : str
    columns : tuple of str
        Headers; the first column names the rows.
    rows : tuple of tuple of Cell
        A cell that is None is a number nobody printed.
    """

    id: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def evidence(self) -> tuple[str, ...]:
        """Ids of all rows of the catalog it shows."""
        cells = [cell for row in self.rows for cell in row if isinstance(cell, (Quantity, Text))]
        return tuple(dict.fromkeys(e for cell in cells for e in cell.evidence))

    def to_frame(self) -> pd.DataFrame:
        """The table as text, a missing number as empty text."""
        return pd.DataFrame(
            [[_plain(_leading(first)), *map(_plain, rest)] for first, *rest in self.rows], columns=list(self.columns)
        )

    def to_html(self) -> str:
        """The table as an HTML element with caption and scopes."""
        columns = zip(*self.rows, strict=True)
        kinds = [next((_kind(cell) for cell in column if cell is not None), "words") for column in columns]
        head = "".join(
            f'<th scope="col" class="{kind}"{_LEFT if kind == "words" else ""}>{html.escape(name)}</th>'
            for name, kind in zip_longest(self.columns, kinds, fillvalue="words")
        )
        body = "".join(
            f'<tr><th scope="row"{_LEFT}>{_html(_leading(first))}</th>'
            + "".join(f'<td class="{_kind(cell)}"{_STYLES[_kind(cell)]}>{_html(cell)}</td>' for cell in rest)
            + "</tr>"
            for first, *rest in self.rows
        )
        return (
            f'<div class="table"><table id="{html.escape(self.id)}"><caption>{html.escape(self.caption)}</caption>'
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
        )

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        return {"text/html": self.to_html(), "text/plain": f"{self.caption}\n{self.to_frame().to_string(index=False)}"}


def report_table(
    id: str, caption: str | Label | Text, columns: Sequence[str | Label], rows: Sequence[Sequence[Cell]]
) -> ReportTable:
    """Make a table of quantities and words.

    Parameters
    ----------
    id : str
        Where links lead.
    caption : str, Label or Text
    columns : sequence of str or Label
        As many as each row has cells.
    rows : sequence of sequences of cells
        Quantities, texts, labels, words; None for what nobody printed.

    Raises
    ------
    ValueError
        If a row has another number of cells than there are columns.
    """
    for row in rows:
        if len(row) != len(columns):
            raise ValueError(f"table {id}: a row has {len(row)} cells for {len(columns)} columns: {row[0]}")
    return ReportTable(id, str(caption), tuple(map(str, columns)), tuple(tuple(row) for row in rows))


def _leading(cell: Cell) -> Cell:
    """The cell that heads a row: a name from the tables begins with a capital there."""
    return sentence(cell) if isinstance(cell, (str, Label)) else cell


def _html(cell: Cell) -> str:
    if cell is None:
        return f'<span class="missing">{pick("未公布", "not published")}</span>'
    if isinstance(cell, Quantity):
        return number(cell)
    return cell.html if isinstance(cell, Text) else html.escape(str(cell))


def _plain(cell: Cell) -> str:
    if cell is None:
        return ""
    return words(cell) if isinstance(cell, Quantity) else str(cell)


def _kind(cell: Cell) -> str:
    return "quantity" if isinstance(cell, Quantity) or cell is None else "words"
