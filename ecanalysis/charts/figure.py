"""A figure as an object: what it says, what it shows, where that comes from, and only then its picture.

Charts are described first and drawn last. Title, data, source line, completeness and alternative text are derived from
the quantities shown, so none of them can go stale, and a test reads them without looking at pixels.
"""

from __future__ import annotations

import hashlib
import html
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pandas as pd

from ecanalysis import catalog
from ecanalysis.language import current, pick, speaking
from ecanalysis.narrative import number
from ecanalysis.quantity import Quantity

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas

# Characters that may stand unescaped in a data URI inside a double-quoted attribute.
_URI_SAFE = " !$'()*+,-./:;=?@_~"
# How many publications a source line names, and how many missing values the completeness line does.
_NAMED_SOURCES = 2
_NAMED_GAPS = 8
# CSS pixels in an inch.
_PIXELS = 96
# In a notebook, which has no style sheet of ours, the lines below a figure stand below one another all the same.
_LINE = 'style="display: block"'
# Up to how many series the table of a figure has a column each.
_COLUMNS = 6


@dataclass(frozen=True)
class Mark:
    """One thing a figure shows: a bar, a point, a cell, an event.

    Parameters
    ----------
    series : str
        What it belongs to, in the language in use; the legend entry or column.
    label : str
        Its own name: the year, the province, the category.
    quantity : Quantity or None
        None is a gap: nobody printed the number.
    words : str
        What is shown instead of a number: a date, a yes or no.
    rows : tuple of str
        Ids of the rows that the words rest on.
    computed : bool
        Worked out by the figure from its other marks, such as the difference of two; it adds nothing to what is known.
    """

    series: str
    label: str
    quantity: Quantity | None
    words: str = ""
    rows: tuple[str, ...] = ()
    computed: bool = False

    @property
    def known(self) -> bool:
        """Whether there is something to show."""
        return self.quantity is not None or bool(self.words)

    @property
    def evidence(self) -> tuple[str, ...]:
        """Ids of the rows it rests on."""
        return (*(self.quantity.evidence if self.quantity else ()), *self.rows)

    def text(self, language: str) -> str:
        """What it shows in words; empty for a gap."""
        return self.words or (self.quantity.text(language) if self.quantity else "")


@dataclass(frozen=True)
class Board:
    """The part of a picture below its heading, measured in inches.

    Parameters
    ----------
    canvas : matplotlib Figure
    width, height : float
        Inches.
    """

    canvas: Canvas
    width: float
    height: float

    def axes(self, *, left: float = 0.0, right: float = 0.0, top: float = 0.0, bottom: float = 0.0) -> Axes:
        """Axes at these distances in inches from the edges."""
        whole = self.canvas.get_figheight()
        return self.canvas.add_axes(
            (
                left / self.width,
                bottom / whole,
                (self.width - left - right) / self.width,
                (self.height - top - bottom) / whole,
            )
        )

    @cached_property
    def sheet(self) -> Axes:
        """Axes without lines over all of it, whose units are inches from the upper left corner."""
        axes = self.axes()
        axes.set_zorder(1)
        axes.set_xlim(0, self.width)
        axes.set_ylim(self.height, 0)
        axes.set_axis_off()
        return axes


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
        Draws on the board below the heading.
    notes : tuple of str
        What to be careful about: breaks, mixed sources.
    height : float
        Inches of the board; the heading adds what its lines need.
    expected : int or None
        How many values the printed chart has, where that is more than the marks say.
    language : str
        The language it is written in.
    """

    id: str
    title: str
    subtitle: str
    marks: tuple[Mark, ...]
    painter: Callable[[Board], None] = field(compare=False)
    notes: tuple[str, ...] = ()
    height: float = 2.8
    expected: int | None = None
    language: str = field(default_factory=current)

    @property
    def evidence(self) -> tuple[str, ...]:
        """Ids of all rows shown, in order."""
        return tuple(dict.fromkeys(e for mark in self.marks for e in mark.evidence))

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
                "value": mark.text(self.language),
                "number": float(mark.quantity) if mark.quantity else float("nan"),
                "unit": mark.quantity.unit.base if mark.quantity else "",
                "evidence": " ".join(mark.evidence),
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
        """How many of the values are known, which are not, and that these stay a gap."""
        given = [mark for mark in self.marks if not mark.computed]
        missing = [mark for mark in given if not mark.known]
        wanted = max(self.expected or 0, len(given))
        known = len(given) - len(missing)
        with speaking(self.language):
            if known == wanted and all(mark.words and mark.quantity is None for mark in given):
                return pick(f"共 {wanted} 项", f"{wanted} entries")
            if known == wanted:
                return pick(f"{wanted} 个数值全部已知", f"All {wanted} values known")
            line = pick(
                f"{wanted} 个数值中已知 {known} 个，其余无公开来源，留空",
                f"{known} of {wanted} values known; the rest were not found in print and stay empty",
            )
            if wanted > len(given):
                return line
            detail = _listed(given) if len(missing) <= _NAMED_GAPS else _counted(given)
            return f"{line}{pick('（', ' (')}{detail}{pick('）', ')')}" if detail else line

    @property
    def source_line(self) -> str:
        """The publications the shown values were read in, from the rows themselves; the reports first."""
        names = publications(self.marks, self.language)
        if not names:
            return ""
        named, more = names[:_NAMED_SOURCES], len(names) - _NAMED_SOURCES
        with speaking(self.language):
            line = pick("数据来源：", "Source: ") + pick("；", "; ").join(named)
            rest = pick(f"；另有 {more} 个出版物，逐条列于文末", f"; {more} more, listed at the end")
        return line + rest if more > 0 else line

    @property
    def alt(self) -> str:
        """The figure in words, from its data."""
        groups: dict[str, list[str]] = {}
        with speaking(self.language):
            for mark in self.marks:
                value = mark.text(self.language) or pick("缺", "missing")
                groups.setdefault(mark.series, []).append(f"{mark.label} {value}")
            comma, colon, stop = pick("，", ", "), pick("：", ": "), pick("。", ".")
            described = pick("；", "; ").join(
                (f"{name}{colon}" if name else "") + comma.join(values) for name, values in groups.items()
            )
            return f"{self.title}{pick('。', '. ')}{described}{stop}"

    @cached_property
    def record(self) -> dict[str, str]:
        """The row of ``figures.csv``, empty for a figure the reports do not print."""
        return catalog.load().get("figures", self.id) or {}

    @property
    def caption(self) -> str:
        """Label and title as the report prints them, or that the figure is ours."""
        with speaking(self.language):
            if not self.record:
                return pick("本项目自绘图", "Figure of this edition")
            label = self.record["label"]
            if self.language == "en":
                label = label.replace("图", "Figure ").replace("表", "Table ")
            return f"{label}{pick('　', '. ')}{self.record[self.language]}"

    @property
    def publisher_line(self) -> str:
        """Whom the report names as the source of its chart; empty for a figure of ours."""
        named = self.record.get(f"publisher_{self.language}", "")
        with speaking(self.language):
            return pick("报告注明的资料来源：", "Source named by the report: ") + named if named else ""

    def draw(self) -> Canvas:
        """The picture as a matplotlib figure, for whoever wants to look at its parts or change them."""
        from matplotlib.backends.backend_svg import FigureCanvasSVG
        from matplotlib.figure import Figure as Canvas

        from ecanalysis.charts import theme

        with theme.theme(), speaking(self.language):
            lines, above = _heading(self.title, self.subtitle)
            height = above + self.height
            canvas = Canvas(figsize=(theme.WIDTH, height))
            FigureCanvasSVG(canvas)  # measures text as the picture will have it
            left = theme.MARGIN / theme.WIDTH
            for line, below, size, colour in lines:
                canvas.text(left, 1 - below / height, line, va="top", fontsize=size, color=colour)
            self.painter(Board(canvas, theme.WIDTH, self.height))
        return canvas

    @cached_property
    def svg(self) -> bytes:
        """The picture: same data, same bytes; text as outlines, so no reader needs the font."""
        from ecanalysis.charts import theme
        from ecanalysis.charts.svg import lean

        stream = io.StringIO()
        with theme.theme():
            self.draw().savefig(stream, format="svg", metadata={"Date": None, "Creator": None})
        return lean(stream.getvalue()).encode()

    def save(self, path: str | Path) -> Path:
        """Write the picture as SVG and say where."""
        path = Path(path)
        path.write_bytes(self.svg)
        return path

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        return {"text/html": self.to_html(), "text/plain": f"{self.id} {self.fingerprint} {self.title}"}

    def to_html(self) -> str:
        """The figure as a ``<figure>`` element with its id, picture, alternative text and caption.

        ``data-observations`` lists the rows of ``observations.csv`` it rests on, ``data-entries`` those of the lists of
        policies and pilot zones.
        """
        from ecanalysis.charts import theme

        picture = "data:image/svg+xml," + quote(self.svg.decode(), safe=_URI_SAFE)
        width = round(_PIXELS * theme.WIDTH)
        height = round(_PIXELS * (self.height + _heading(self.title, self.subtitle)[1]))
        lines = "".join(
            f'<span class="{name}" {_LINE}>{html.escape(text)}</span>'
            for name, text in (
                ("label", self.caption),
                ("publisher", self.publisher_line),
                ("source", self.source_line),
                ("completeness", self.completeness),
                *(("caution", note) for note in self.notes),
            )
            if text
        )
        listed = [e for e in self.evidence if catalog.load().entry(e)]
        observations = html.escape(" ".join(e for e in self.evidence if e not in listed))
        others = html.escape(" ".join(listed))
        return (
            f'<figure id="{html.escape(self.id)}" data-observations="{observations}"'
            + (f' data-entries="{others}">' if others else ">")
            + f'<img src="{picture}" alt="{html.escape(self.alt)}" width="{width}" height="{height}">'
            f"<figcaption>{lines}</figcaption></figure>"
            f"{self.table}"
        )

    @property
    def table(self) -> str:
        """What is shown as a folded HTML table, each number with the rows it rests on.

        A row a label and a column a series; a row a mark where there are many series or a pair shows several things.
        """
        names = tuple(dict.fromkeys(mark.series for mark in self.marks))
        labels = tuple(dict.fromkeys(mark.label for mark in self.marks))
        cells = {(mark.series, mark.label): mark for mark in self.marks}
        with speaking(self.language):
            summary, item, value = pick("数据", "Data"), pick("项目", "Item"), pick("数值", "Value")
            wide = len(cells) == len(self.marks) and len(names) <= _COLUMNS
            if wide:
                head = [item, *(name or value for name in names)]
                rows = [[label, *(_shown(cells.get((name, label))) for name in names)] for label in labels]
            else:
                head = [item, pick("系列", "Series"), value]
                rows = [[mark.label, html.escape(mark.series), _shown(mark)] for mark in self.marks]
        columns = "".join(f'<th scope="col">{html.escape(name)}</th>' for name in head)
        body = "".join(
            f'<tr><th scope="row">{html.escape(label)}</th>' + "".join(f"<td>{cell}</td>" for cell in rest) + "</tr>"
            for label, *rest in rows
        )
        return (
            f'<details class="figure-data"><summary>{summary}</summary>'
            f'<table class="{"wide" if wide else "long"}"><thead><tr>{columns}</tr></thead>'
            f"<tbody>{body}</tbody></table></details>"
        )


def _shown(mark: Mark | None) -> str:
    """A mark as a table's cell; empty where there is none, a dash for a gap."""
    if mark is None:
        return ""
    if mark.quantity is not None and not mark.words:
        return number(mark.quantity)
    if not mark.words:
        return "—"
    words, rows = html.escape(mark.words), html.escape(" ".join(mark.evidence))
    return f'<data class="number" value="{words}" data-observations="{rows}">{words}</data>' if rows else words


def _heading(title: str, subtitle: str) -> tuple[list[tuple[str, float, float, str]], float]:
    """Lines of title and subtitle with their distance from the top, size and colour, and the height of all."""
    from ecanalysis.charts import theme
    from ecanalysis.charts.layout import wrap

    lines = []
    below = 0.08
    for text, size, colour in ((title, theme.TITLE, theme.INK), (subtitle, theme.SUBTITLE, theme.MUTED)):
        for line in wrap(text, theme.WIDTH - 2 * theme.MARGIN, size) if text else ():
            lines.append((line, below, size, colour))
            below += size * 1.32 / 72
        below += 0.03
    return lines, below + 0.1


def _listed(marks: Sequence[Mark]) -> str:
    """The names of missing values, series by series where there are several."""
    groups: dict[str, list[str]] = {mark.series: [] for mark in marks}
    for mark in marks:
        if not mark.known:
            groups[mark.series].append(mark.label)
    comma, word = pick("、", ", "), pick("缺：", "missing: ")
    if len(groups) == 1:
        return word + comma.join(next(iter(groups.values())))
    return word + pick("；", "; ").join(f"{name} {comma.join(labels)}" for name, labels in groups.items() if labels)


def _counted(marks: Sequence[Mark]) -> str:
    """How many values of each series are known, where there are several series."""
    groups: dict[str, list[bool]] = {}
    for mark in marks:
        groups.setdefault(mark.series, []).append(mark.known)
    if not 1 < len(groups) <= _NAMED_GAPS:
        return ""
    counts = pick("；", "; ").join(f"{name} {sum(known)}/{len(known)}" for name, known in groups.items())
    return pick("已知：", "known: ") + counts


def publications(marks: Sequence[Mark], language: str) -> list[str]:
    """The names of the publications that the rows behind some marks were read in, the reports first."""
    data = catalog.load()
    sources = dict.fromkeys(data.source_of(id_) for id_ in dict.fromkeys(e for mark in marks for e in mark.evidence))
    ordered = sorted(sources, key=lambda source: data.record("sources", source)["kind"] != "report")
    return list(dict.fromkeys(data.name("sources", source, language) for source in ordered))
