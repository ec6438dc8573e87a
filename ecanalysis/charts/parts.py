"""What the forms share: words of subtitles and periods, gaps, breaks, keys.

Common to all forms: values are written directly beside their marks instead of read off an axis, bars begin at zero,
gaps are drawn as gaps and named, forecasts are hatched, areas have the theme's colours.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ecanalysis import catalog
from ecanalysis.catalog import Series
from ecanalysis.charts import theme
from ecanalysis.charts.figure import Board, Mark, publications
from ecanalysis.charts.layout import flow, wrap
from ecanalysis.charts.scale import Scale
from ecanalysis.document import period_name
from ecanalysis.language import Label, current, pick, sentence
from ecanalysis.narrative import Text
from ecanalysis.quantity import Quantity

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.patheffects import AbstractPathEffect

Words = str | Label | Text
Row = tuple[Words, Quantity | None]

# Height of a line of text of the usual size, and of a row of a key, in inches.
LINE = 0.165
KEY_ROW = 0.22
_SWATCH = 0.14
_HATCH = "///"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_PARTS = {
    "H1": Label("上半年", "H1"),
    "H2": Label("下半年", "H2"),
    "Q1": Label("一季度", "Q1"),
    "Q2": Label("二季度", "Q2"),
    "Q3": Label("三季度", "Q3"),
    "Q4": Label("四季度", "Q4"),
}


# Words.


def phrase(words: Words) -> str:
    """Words as they stand within a line."""
    text = str(words)
    return text[:1].lower() + text[1:] if current() == "en" and text[1:2].islower() else text


def with_unit(measure: str, unit: str) -> str:
    """A measure with its unit in brackets."""
    return f"{measure}{pick('（', ' (')}{unit}{pick('）', ')')}" if unit else measure


def subtitle(measure: Words, unit: str, period: str = "", *more: str) -> str:
    """Measure, unit and period, and whatever else the picture shows."""
    line = with_unit(sentence(measure), unit)
    if period:
        line += pick("，", ", ") + period
    return pick("；", "; ").join([line, *filter(None, more)])


def span(periods: Sequence[str]) -> str:
    """From the first period to the last, as a subtitle names it."""
    first, last = periods[0], periods[-1]
    if first == last:
        return str(period_name(first))
    if first.isdigit() and last.isdigit():
        return pick(f"{first}—{last} 年", f"{first}–{last}")
    return f"{period_name(first)}{pick('—', ' – ')}{period_name(last)}"


def tick(period: str) -> str:
    """A period under a bar, the year above its part."""
    year, _, rest = period.partition("-")
    if rest in _PARTS:
        return f"{year}\n{_PARTS[rest]}"
    if re.fullmatch(r"\d\d", rest):
        return f"{year}\n{month_name(period)}"
    return period.replace("-", "\n", 1).replace("/", "—\n", 1)


def month_name(period: str) -> str:
    """The month of a period such as ``2018-06``."""
    month = int(period[5:7])
    return pick(f"{month}月", _MONTHS[month - 1])


def common_period(marks: Sequence[Mark]) -> str:
    """The one period that all rows behind the marks speak of, in words; empty if there are several."""
    periods = {row["period"] for mark in marks for row in _rows_behind(mark.quantity)}
    return str(period_name(periods.pop())) if len(periods) == 1 else ""


def is_forecast(quantity: Quantity | None) -> bool:
    """Whether a value rests on a row that its source calls a forecast."""
    return any(row["status"] == "forecast" for row in _rows_behind(quantity))


def _rows_behind(quantity: Quantity | None) -> list[dict[str, str]]:
    """The observations a quantity rests on."""
    data = catalog.load()
    return [data.row(e) for e in quantity.evidence if not data.entry(e)] if quantity else []


def unknown(short: bool = False) -> str:
    """The word for a value nobody printed."""
    return pick("缺", "n/a") if short else pick("未公布", "not published")


# Notes.


def mixed_sources_note(marks: Sequence[Mark]) -> tuple[str, ...]:
    """A caution where the values of one figure come from more than one publication."""
    count = len(publications(marks, current()))
    if count < 2:
        return ()
    return (pick(f"数值取自 {count} 个出版物，口径可能不同", f"Values from {count} publications; scope may differ"),)


def break_notes(groups: Mapping[str, Series]) -> tuple[str, ...]:
    """A caution for each period in which the method changed, naming the series where there are several."""
    notes = []
    for name, series in groups.items():
        whose = f"{name}{pick('：', ': ')}" if len(groups) > 1 else ""
        for period in series.breaks:
            zh = f"{whose}{period} 年统计口径调整，与此前各年不可直接比较"
            notes.append(pick(zh, sentence(f"{whose}method changed in {period}: earlier years do not compare")))
    return tuple(notes)


# Checks.


def same_periods(id: str, groups: Mapping[Words, Series]) -> tuple[str, ...]:
    """The periods that several series share.

    Raises
    ------
    ValueError
        If one of them has others.
    """
    (first, shared), *rest = ((name, tuple(p.period for p in series)) for name, series in groups.items())
    for name, periods in rest:
        if periods != shared:
            raise ValueError(
                f"figure {id}: {name} has the periods {', '.join(periods)}, but {first} has {', '.join(shared)}"
            )
    return shared


def not_negative(id: str, marks: Sequence[Mark]) -> None:
    """Refuse values that bars from zero upwards cannot show.

    Raises
    ------
    ValueError
        If one is below zero.
    """
    for mark in marks:
        if mark.quantity is not None and mark.quantity.value < 0:
            value = mark.quantity.text(current())
            raise ValueError(
                f"figure {id}: {mark.series} {mark.label} is {value}; bars that stand cannot be below zero"
            )


def palette(id: str, count: int, colours: Sequence[str] | None = None) -> Sequence[str]:
    """A colour for each of several series: those given, else the theme's.

    Raises
    ------
    ValueError
        If there are not as many colours as series.
    """
    chosen = theme.SEQUENCE if colours is None else colours
    if count > len(chosen):
        raise ValueError(f"figure {id}: {count} series, but {len(chosen)} colours that can be told apart")
    return chosen[:count]


# Things drawn.


def bare(axes: Axes, *, bottom: bool = True) -> None:
    """Leave of the axes only what is read: the names, and the line that bars stand on."""
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.spines["bottom"].set_visible(bottom)
    axes.tick_params(length=0)
    axes.patch.set_visible(False)


def inches(axes: Axes) -> tuple[float, float]:
    """Width and height of axes."""
    box = axes.get_window_extent()
    return box.width / 72, box.height / 72


def headroom(axes: Axes, highest: float, room: float) -> float:
    """Let bars from zero leave ``room`` inches free above the highest; gives back how much an inch stands for."""
    height = inches(axes)[1]
    top = highest * height / (height - room)
    axes.set_ylim(0, top)
    return top / height


def halo() -> list[AbstractPathEffect]:
    """Paper around text that may cross a line."""
    from matplotlib.patheffects import withStroke

    return [withStroke(linewidth=2.5, foreground=theme.PAPER)]


def gap(axes: Axes, x: float, highest: float, *, base: float = 0.0, width: float = 0.62) -> None:
    """The place of a bar that nobody printed: hatched, low and named."""
    axes.bar(x, highest * 0.14, width, bottom=base, color=theme.GAP, hatch=_HATCH, edgecolor=theme.HATCH, linewidth=0.5)
    axes.text(
        x, base + highest * 0.16, unknown(short=True), ha="center", va="bottom", fontsize=theme.SMALL, color=theme.MUTED
    )


def gap_row(axes: Axes, y: float, width: float, left: float = 0.0, height: float = 0.62) -> None:
    """The place of a horizontal bar that nobody printed."""
    axes.barh(y, width, height, left=left, color=theme.GAP, hatch=_HATCH, edgecolor=theme.HATCH, linewidth=0.5)


def draw_line(
    axes: Axes,
    values: Sequence[Quantity | None],
    scale: Scale,
    colour: str,
    breaks: Sequence[int] = (),
    *,
    width: float = 2.0,
    mark: float = 5.0,
) -> None:
    """A line through known values; nothing joins what a gap or a change of method parts, forecasts are dashed."""
    heights = [scale.value(quantity) if quantity else float("nan") for quantity in values]
    for i, following in enumerate(values[1:], 1):
        if i not in breaks:
            style = (0, (3, 2)) if is_forecast(following) else "-"
            axes.plot([i - 1, i], heights[i - 1 : i + 1], linewidth=width, color=colour, linestyle=style)
    for i, quantity in enumerate(values):
        if quantity is not None:
            fill = theme.PAPER if is_forecast(quantity) else colour
            axes.plot(i, heights[i], "o", markersize=mark, color=colour, markerfacecolor=fill, clip_on=False)


def break_lines(axes: Axes, periods: Sequence[str], breaks: Sequence[str], room: float) -> None:
    """A dashed line before each period whose method changed, its name in the uppermost ``room`` inches, if any."""
    share = 1 - room / inches(axes)[1]
    for period in breaks:
        x = periods.index(period) - 0.5
        axes.axvline(x, 0, share, color=theme.SECOND, linewidth=1.1, linestyle=(0, (4, 3)))
        axes.text(
            x,
            share,
            pick("口径调整", "method changed"),
            transform=axes.get_xaxis_transform(),
            ha="center",
            va="bottom",
            fontsize=theme.SMALL,
            color=theme.SECOND,
        )


def key_height(names: Sequence[str]) -> float:
    """How many inches a key of these names takes."""
    return KEY_ROW * len(_key_lines(names)) + 0.06 if names else 0.0


def draw_key(board: Board, entries: Sequence[tuple[str, str]], *, top: float = 0.0, framed: bool = False) -> None:
    """Swatches with names in as many lines as they need, from ``top`` inches below the heading.

    Parameters
    ----------
    entries : sequence of (name, colour)
        An empty colour stands for a gap.
    framed : bool
        The colour is that of a frame, not of a filling.
    """
    if not entries:
        return
    sheet = board.sheet
    names = [name for name, _ in entries]
    for number, line in enumerate(_key_lines(names)):
        x, y = theme.MARGIN, top + KEY_ROW * (number + 0.5)
        for i in line:
            swatch(sheet, x, y, entries[i][1], framed=framed)
            sheet.text(x + _SWATCH + 0.06, y, names[i], va="center", fontsize=theme.TEXT)
            x += theme.text_width(names[i], theme.TEXT) + _KEY_EXTRA


_KEY_EXTRA = _SWATCH + 0.06 + 0.22


def swatch(sheet: Axes, x: float, y: float, colour: str, *, framed: bool = False) -> None:
    """A small square of a key; hatched for a gap."""
    from matplotlib.patches import Rectangle

    corner = (x, y - _SWATCH / 2)
    look: dict[str, Any]
    if not colour:
        look = {"facecolor": theme.GAP, "edgecolor": theme.HATCH, "hatch": _HATCH, "linewidth": 0.5}
    elif framed:
        look = {"facecolor": theme.PAPER, "edgecolor": colour, "linewidth": 2}
    else:
        look = {"facecolor": colour, "edgecolor": "none"}
    sheet.add_patch(Rectangle(corner, _SWATCH, _SWATCH, **look))


def _key_lines(names: Sequence[str]) -> list[list[int]]:
    return flow(names, theme.WIDTH - 2 * theme.MARGIN + 0.2, theme.TEXT, _KEY_EXTRA)


def name_column(names: Sequence[str], widest: float = 2.3) -> tuple[list[str], float]:
    """Names of rows, broken where they are long, and the inches they take."""
    broken = ["\n".join(wrap(name, widest, theme.TEXT)) for name in names]
    lines = [line for name in broken for line in name.split("\n")]
    return broken, max((theme.text_width(line, theme.TEXT) for line in lines), default=0.0)


def row_heights(names: Sequence[str], least: float) -> list[float]:
    """Inches for each row, more where its name takes several lines."""
    return [max(least, LINE * (name.count("\n") + 1) + 0.09) for name in names]
