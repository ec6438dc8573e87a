"""A figure as an object: what it says, what it shows, where that comes from, and only then its picture.

Charts are described first and drawn last. Title, data, source line, completeness and alternative text are derived from
the quantities shown, so none of them can go stale, and a test reads them without looking at pixels.
"""

from __future__ import annotations

import hashlib
import html
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pandas as pd

from ecanalysis import catalog
from ecanalysis.language import current, join, pick
from ecanalysis.quantity import Quantity

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Canvas

# Characters that may stand unescaped in a data URI inside a double-quoted attribute.
_URI_SAFE = " !$'()*+,-./:;=?@_~"


@dataclass(frozen=True)
class Mark:
    """One thing a figure shows: a bar, a point, a cell.

    Parameters
    ----------
    series : str
        What it belongs to, in the language in use; the legend entry or column.
    label : str
        Its own name: the year, the province, the category.
    quantity : Quantity or None
        None is a gap: nobody printed the number.
    """

    series: str
    label: str
    quantity: Quantity | None


@dataclass(frozen=True)
class Figure:
    """A chart with everything a reader needs to trust it.

    Parameters
    ----------
    id : str
        Id in ``figures.csv`` such as ``mofcom-2018.fig-1-1``, or an id of its own for what the reports do not print.
    title : str
        The finding, computed from the data.
    subtitle : str
        Measure, unit and period.
    marks : sequence of Mark
        All that is shown, gaps included.
    painter : callable
        Draws on an empty matplotlib figure of the theme.
    notes : tuple of str
        What to be careful about: breaks, mixed sources.
    height : float
        Inches.
    expected : int or None
        How many values the printed chart has, where that is more than the marks say.
    """

    id: str
    title: str
    subtitle: str
    marks: tuple[Mark, ...]
    painter: Callable[[Canvas], None] = field(compare=False)
    notes: tuple[str, ...] = ()
    height: float = 3.6
    expected: int | None = None
    language: str = field(default_factory=current)

    @property
    def evidence(self) -> tuple[str, ...]:
        """Ids of all rows shown, in order."""
        return tuple(dict.fromkeys(e for mark in self.marks if mark.quantity for e in mark.quantity.evidence))

    @property
    def data(self) -> pd.DataFrame:
        """What is shown as a table.

        Returns
        -------
        DataFrame
            One row a mark: ``series``, ``label``, ``value`` (as written), ``number`` (float, base unit), ``unit``,
            ``evidence``; a gap has empty text and NaN.
        """
        rows = [
            {
                "series": mark.series,
                "label": mark.label,
                "value": mark.quantity.text(self.language) if mark.quantity else "",
                "number": float(mark.quantity) if mark.quantity else float("nan"),
                "unit": mark.quantity.unit.base if mark.quantity else "",
                "evidence": " ".join(mark.quantity.evidence) if mark.quantity else "",
            }
            for mark in self.marks
        ]
        return pd.DataFrame(rows, columns=["series", "label", "value", "number", "unit", "evidence"])

    @property
    def fingerprint(self) -> str:
        """A short digest of data and words; notebook regression sees through it what a picture would hide."""
        shown = self.data.drop(columns="number").to_csv(index=False, lineterminator="\n")
        words = "\n".join([self.id, self.title, self.subtitle, *self.notes, self.completeness, shown])
        return hashlib.sha256(words.encode()).hexdigest()[:16]

    @property
    def completeness(self) -> str:
        """How many of the values are known, and that the rest stays a gap."""
        known = sum(mark.quantity is not None for mark in self.marks)
        wanted = max(self.expected or 0, len(self.marks))
        if known == wanted:
            return pick(f"{wanted} 个数值全部已知", f"all {wanted} values known")
        return pick(
            f"{wanted} 个数值中已知 {known} 个，其余无公开来源，留空",
            f"{known} of {wanted} values known; the rest were not found in print and stay empty",
        )

    @property
    def source_line(self) -> str:
        """The publications the shown values were read in, from the rows themselves."""
        data = catalog.load()
        names = dict.fromkeys(data.name("sources", data.row(e)["source"], self.language) for e in self.evidence)
        return pick("数据来源：", "Source: ") + pick("；", "; ").join(names)

    @property
    def alt(self) -> str:
        """The figure in words, from its data."""
        groups: dict[str, list[str]] = {}
        for mark in self.marks:
            value = mark.quantity.text(self.language) if mark.quantity else pick("缺", "missing")
            groups.setdefault(mark.series, []).append(f"{mark.label} {value}")
        comma, colon = pick("，", ", "), pick("：", ": ")
        described = pick("；", "; ").join(
            (f"{name}{colon}" if name else "") + comma.join(values) for name, values in groups.items()
        )
        return f"{self.title}{pick('。', '. ')}{described}{pick('。', '.')}"

    @cached_property
    def record(self) -> dict[str, str]:
        """The row of ``figures.csv``, empty for a figure the reports do not print."""
        figures = catalog.load().tables["figures"]
        rows = figures[figures["id"] == self.id]
        return {} if rows.empty else rows.iloc[0].to_dict()

    @property
    def caption(self) -> str:
        """Label and title as the report prints them, or that the figure is ours."""
        if not self.record:
            return pick("本项目自绘图", "Figure of this edition")
        label = self.record["label"]
        if self.language == "en":
            label = label.replace("图", "Figure ").replace("表", "Table ")
        return f"{label}{pick('　', '. ')}{self.record[self.language]}"

    @cached_property
    def svg(self) -> bytes:
        """The picture: same data, same bytes; text as outlines, so no reader needs the font."""
        from ecanalysis.charts import theme

        with theme.theme():
            canvas = theme.plt.figure(figsize=(theme.WIDTH, self.height))
            try:
                _write_heading(canvas, self.title, self.subtitle, self.height)
                self.painter(canvas)
                stream = io.BytesIO()
                canvas.savefig(stream, format="svg", metadata={"Date": None, "Creator": None})
            finally:
                theme.plt.close(canvas)
        # Two decimals of a point are far below what a screen or a printer shows.
        return re.sub(rb"(\d\.\d{2})\d+", rb"\1", stream.getvalue())

    def save(self, path: str | Path) -> Path:
        """Write the picture as SVG and say where."""
        path = Path(path)
        path.write_bytes(self.svg)
        return path

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        return {"text/html": self.to_html(), "text/plain": f"{self.id} {self.fingerprint} {self.title}"}

    def to_html(self) -> str:
        """The figure as a ``<figure>`` element with its id, picture, alternative text and caption."""
        picture = "data:image/svg+xml," + quote(self.svg.decode(), safe=_URI_SAFE)
        width, height = round(72 * 7.2), round(72 * self.height)
        lines = "".join(
            f'<span class="{name}">{html.escape(text)}</span>'
            for name, text in (
                ("label", self.caption),
                ("source", self.source_line),
                ("completeness", self.completeness),
                *(("caution", note) for note in self.notes),
            )
            if text
        )
        return (
            f'<figure id="{html.escape(self.id)}" data-observations="{html.escape(" ".join(self.evidence))}">'
            f'<img src="{picture}" alt="{html.escape(self.alt)}" width="{width}" height="{height}">'
            f"<figcaption>{lines}</figcaption></figure>"
        )


def _write_heading(canvas: Canvas, title: str, subtitle: str, height: float) -> None:
    from ecanalysis.charts import theme

    lines = wrap(title, 34 if current() == "zh" else 68)
    line_height = 0.235 / height
    top = 1 - 0.08 / height
    for number, line in enumerate(lines):
        canvas.text(0.012, top - number * line_height, line, va="top", ha="left", fontsize=13, color=theme.INK)
    canvas.text(
        0.012, top - len(lines) * line_height - 0.03 / height, subtitle, va="top", ha="left", fontsize=9.5,
        color=theme.MUTED,
    )
    canvas.subplots_adjust(
        left=0.09, right=0.975, bottom=0.42 / height, top=top - len(lines) * line_height - 0.42 / height
    )


def wrap(text: str, width: int) -> list[str]:
    """Break a title into lines: English at spaces, Chinese after punctuation where it can, else at the width."""
    if len(text) <= width:
        return [text]
    if " " in text and text.isascii() or current() == "en":
        import textwrap

        return textwrap.wrap(text, width)
    cut = max((text.rfind(mark, width // 2, width) for mark in "，；：、"), default=-1)
    cut = cut + 1 if cut > 0 else width
    return [text[:cut], *wrap(text[cut:], width)]


def marks_of(series: str, items: Sequence[tuple[str, Quantity | None]]) -> tuple[Mark, ...]:
    """Marks of one series from labels and quantities."""
    return tuple(Mark(series, str(label), quantity) for label, quantity in items)


def mixed_sources_note(marks: Sequence[Mark]) -> tuple[str, ...]:
    """A caution where the values of one figure come from more than one publication."""
    data = catalog.load()
    ids = dict.fromkeys(e for mark in marks if mark.quantity for e in mark.quantity.evidence)
    names = list(dict.fromkeys(data.name("sources", data.row(e)["source"], current()) for e in ids))
    if len(names) < 2:
        return ()
    return (pick(f"数值取自 {len(names)} 个出版物，口径可能不同", f"values from {len(names)} publications; scope may differ"),)


__all__ = ["Figure", "Mark", "join", "marks_of", "mixed_sources_note", "wrap"]
