"""One function a chart form. Each takes quantities and words and gives back a :class:`Figure`; none reads data itself.

Common to all: values written directly beside their marks instead of read off an axis, bars from zero, gaps drawn as
gaps, forecasts hatched, colours of areas fixed by the theme.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ecanalysis.catalog import Series
from ecanalysis.charts.figure import Figure, Mark, mixed_sources_note
from ecanalysis.charts.scale import Scale, scale_of
from ecanalysis.language import Label, pick
from ecanalysis.narrative import Text
from ecanalysis.quantity import Quantity

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas

Words = str | Label | Text
Row = tuple[Words, Quantity | None]


def levels(
    id: str,
    series: Series,
    *,
    title: Words,
    measure: Words,
    growth: Series | None = None,
    forecasts: Sequence[str] = (),
) -> Figure:
    """Levels over time as bars, with the printed growth of each year above.

    Parameters
    ----------
    id : str
        Id of the figure.
    series : Series
        Levels; a gap is drawn as an empty, hatched place, a break in method as a dashed line.
    title : str, Label or Text
        The finding.
    measure : str, Label or Text
        What is shown; unit and years are added.
    growth : Series, optional
        Growth rates of the same periods.
    forecasts : sequence of str
        Periods whose values are forecasts.

    Returns
    -------
    Figure
    """
    scale = scale_of(point.quantity for point in series)
    name = str(measure)
    marks = [Mark(name, point.period, point.quantity) for point in series]
    growth_name = pick("同比增速", "growth on the year")
    if growth is not None:
        marks += [Mark(growth_name, p.period, p.quantity) for p in growth if p.quantity is not None]

    def paint(canvas: Canvas) -> None:
        axes = canvas.add_subplot()
        _bars_over_time(axes, series, scale, forecasts)
        if growth is not None:
            _growth_row(axes, series, growth, growth_name)

    expected = len(series) + (len([p for p in growth if p.quantity]) if growth else 0)
    return Figure(
        id, str(title), _subtitle(name, scale.label, series), tuple(marks), paint,
        notes=_break_notes(series) + mixed_sources_note(marks), height=3.7 if growth else 3.4, expected=expected,
    )


def stacked_levels(
    id: str, parts: Mapping[Words, Series], *, title: Words, measure: Words
) -> Figure:
    """Levels of the parts of a whole over time as stacked bars, one colour a part.

    Parameters
    ----------
    parts : mapping of name to Series
        Same periods for all; a period of which a part is missing is drawn as a gap.
    """
    first = next(iter(parts.values()))
    scale = scale_of(point.quantity for series in parts.values() for point in series)
    marks = [Mark(str(name), p.period, p.quantity) for name, series in parts.items() for p in series]

    def paint(canvas: Canvas) -> None:
        from ecanalysis.charts import theme

        axes = canvas.add_subplot()
        x = range(len(first))
        base = [0.0] * len(first)
        for number, (name, series) in enumerate(parts.items()):
            colour = theme.SEQUENCE[number]
            heights = [scale.value(p.quantity) if p.quantity else 0.0 for p in series]
            axes.bar(x, heights, 0.62, bottom=base, color=colour, label=str(name))
            for i, point in enumerate(series):
                if point.quantity:
                    axes.text(i, base[i] + heights[i] / 2, scale.number(point.quantity), ha="center", va="center",
                              fontsize=9.5, color=theme.PAPER)
            base = [b + h for b, h in zip(base, heights, strict=True)]
        _gaps(axes, [i for i in x if base[i] == 0], max(base))
        axes.set_xticks(list(x), [_period(p.period) for p in first])
        _only_bottom(axes)
        axes.set_ylim(0, max(base) * 1.16)
        axes.legend(frameon=False, ncols=len(parts), loc="upper left", fontsize=9.5, borderaxespad=0)

    return Figure(
        id, str(title), _subtitle(str(measure), scale.label, first), tuple(marks), paint,
        notes=_break_notes(first) + mixed_sources_note(marks), height=3.6,
    )


def lines(id: str, groups: Mapping[Words, Series], *, title: Words, measure: Words) -> Figure:
    """Several series over time as lines, named at their ends.

    Parameters
    ----------
    groups : mapping of name to Series
        A gap interrupts its line.
    """
    first = next(iter(groups.values()))
    scale = scale_of(point.quantity for series in groups.values() for point in series)
    marks = [Mark(str(name), p.period, p.quantity) for name, series in groups.items() for p in series]

    def paint(canvas: Canvas) -> None:
        from ecanalysis.charts import theme

        axes = canvas.add_subplot()
        nan = float("nan")
        ends: list[tuple[float, str, str]] = []
        for number, (name, series) in enumerate(groups.items()):
            colour = theme.SEQUENCE[number]
            values = [scale.value(p.quantity) if p.quantity else nan for p in series]
            axes.plot(range(len(series)), values, marker="o", markersize=5, linewidth=2, color=colour)
            for i, point in enumerate(series):
                if point.quantity:
                    axes.annotate(scale.number(point.quantity), (i, values[i]), xytext=(0, 7),
                                  textcoords="offset points", ha="center", fontsize=9, color=colour)
            known = [v for v in values if v == v]
            if known:
                ends.append((known[-1], str(name), colour))
        spread = axes.get_ylim()[1] - axes.get_ylim()[0]
        for y, (_, name, colour) in zip(
            _spread([e[0] for e in ends], spread * 0.075), ends, strict=True
        ):
            axes.text(len(first) - 0.72, y, name, color=colour, va="center", fontsize=10)
        axes.set_xticks(range(len(first)), [_period(p.period) for p in first])
        axes.set_xlim(-0.4, len(first) - 0.75 + 0.9)
        axes.margins(y=0.18)
        _only_bottom(axes)
        _break_lines(axes, first)

    return Figure(
        id, str(title), _subtitle(str(measure), scale.label, first), tuple(marks), paint,
        notes=_break_notes(first) + mixed_sources_note(marks), height=3.6,
    )


def ranked(
    id: str,
    rows: Sequence[Row],
    *,
    title: Words,
    measure: Words,
    second: Sequence[Row] | None = None,
    second_measure: Words = "",
    colours: Sequence[str] | None = None,
    expected: int | None = None,
    sort: bool = True,
) -> Figure:
    """Categories as horizontal bars, largest first, with a second measure as dots beside them.

    Parameters
    ----------
    rows : sequence of (name, Quantity or None)
        A name whose value nobody printed keeps its place at the end, marked as a gap.
    second : sequence of (name, Quantity or None), optional
        Another measure of the same names, such as growth.
    measure, second_measure : str, Label or Text
        What either shows; units are added.
    colours : sequence of str, optional
        Colour of each row, in the order of ``rows``.
    expected : int, optional
        How many values the printed chart shows, where that is more.
    sort : bool
        Keep the given order if False.

    Returns
    -------
    Figure
    """
    from ecanalysis.charts import theme

    dots = {str(name): quantity for name, quantity in second} if second is not None else {}
    shades = list(colours) if colours is not None else [theme.EMPHASIS] * len(rows)
    table = [(str(name), quantity, shade) for (name, quantity), shade in zip(rows, shades, strict=True)]
    if sort:
        table.sort(key=lambda row: (row[1] is None, -row[1].value if row[1] is not None else 0))
    has_bars = any(quantity is not None for _, quantity, _ in table)
    scale = scale_of(q for _, q, _ in table) if has_bars else scale_of(dots.values())
    marks = [Mark(str(measure), name, quantity) for name, quantity, _ in table]
    if second is not None:
        marks += [Mark(str(second_measure), name, dots.get(name)) for name, _, _ in table]
    subtitle = _with_unit(str(measure), scale.label)
    second_scale = scale_of(dots.values()) if any(q is not None for q in dots.values()) else None
    if second_scale is not None:
        subtitle += pick("；右：", "; right: ") + _with_unit(str(second_measure), second_scale.label)

    def paint(canvas: Canvas) -> None:
        left = min(0.40, 0.03 + 0.0155 * max(_width(name) for name, _, _ in table))
        canvas.subplots_adjust(left=left)
        if second_scale is None:
            bars, right = canvas.add_subplot(), None
        else:
            grid = canvas.add_gridspec(1, 2, width_ratios=(2.1, 1), wspace=0.06)
            bars, right = canvas.add_subplot(grid[0]), canvas.add_subplot(grid[1])
        _ranked_bars(bars, table, scale)
        if right is not None and second_scale is not None:
            _dots(right, [dots.get(name) for name, _, _ in table], [shade for *_, shade in table], second_scale)

    return Figure(
        id, str(title), subtitle, tuple(marks), paint, notes=mixed_sources_note(marks),
        height=1.15 + 0.30 * len(table), expected=expected,
    )


def shares(
    id: str, bars: Mapping[Words, Sequence[Row]], *, title: Words, measure: Words, expected: int | None = None
) -> Figure:
    """Parts of a whole as one full bar a group, each part in the same colour everywhere.

    Parameters
    ----------
    bars : mapping of name to sequence of (part, Quantity or None)
        A part nobody printed is left blank; what the parts leave of the whole stays empty and is named in the figure.
    """
    scale = scale_of((q for rows in bars.values() for _, q in rows), decimals=1)
    marks = [Mark(str(group), str(name), q) for group, rows in bars.items() for name, q in rows]
    names = list(dict.fromkeys(str(name) for rows in bars.values() for name, _ in rows))

    def paint(canvas: Canvas) -> None:
        from ecanalysis.charts import theme

        axes = canvas.add_subplot()
        canvas.subplots_adjust(left=0.03 + 0.0155 * max(_width(str(g)) for g in bars), bottom=0.30 / 1.0 * 0.5)
        for y, rows in enumerate(bars.values()):
            start = 0.0
            for name, quantity in rows:
                if quantity is None:
                    continue
                width = scale.value(quantity)
                axes.barh(y, width, 0.6, left=start, color=theme.SEQUENCE[names.index(str(name)) % 8],
                          edgecolor=theme.PAPER)
                if width > 5:
                    axes.text(start + width / 2, y, scale.number(quantity), ha="center", va="center", fontsize=9.5,
                              color=theme.PAPER)
                start += width
            if start < 99.5:
                axes.barh(y, 100 - start, 0.6, left=start, color=theme.GAP, hatch="///", edgecolor=theme.PAPER)
        axes.set_yticks(range(len(bars)), [str(group) for group in bars])
        axes.invert_yaxis()
        axes.set_xlim(0, 100)
        axes.set_xticks([])
        for side in ("left", "bottom"):
            axes.spines[side].set_visible(False)
        axes.tick_params(length=0)
        handles = [theme.plt.Rectangle((0, 0), 1, 1, color=theme.SEQUENCE[i % 8]) for i in range(len(names))]
        axes.legend(handles, names, frameon=False, ncols=min(len(names), 4), loc="upper left", fontsize=9.5,
                    bbox_to_anchor=(0, -0.04), borderaxespad=0)

    return Figure(
        id, str(title), _with_unit(str(measure), scale.label), tuple(marks), paint, notes=mixed_sources_note(marks),
        height=1.75 + 0.5 * len(bars) + 0.24 * ((len(names) - 1) // 4), expected=expected,
    )


# What the forms share.


def _bars_over_time(axes: Axes, series: Series, scale: Scale, forecasts: Sequence[str] = ()) -> None:
    from ecanalysis.charts import theme

    values = [scale.value(point.quantity) if point.quantity else 0.0 for point in series]
    top = max(values)
    last = max(i for i, point in enumerate(series) if point.quantity)
    for i, point in enumerate(series):
        if point.quantity is None:
            continue
        colour = theme.EMPHASIS if i == last or point.period in forecasts else theme.QUIET
        hatch = "///" if point.period in forecasts else None
        axes.bar(i, values[i], 0.62, color=theme.PAPER if hatch else colour, hatch=hatch,
                 edgecolor=colour if hatch else "none")
        axes.text(i, values[i] + top * 0.02, scale.number(point.quantity), ha="center", va="bottom", fontsize=10,
                  color=theme.INK)
    _gaps(axes, [i for i, point in enumerate(series) if point.quantity is None], top)
    axes.set_xticks(range(len(series)), [_period(point.period) for point in series])
    axes.set_ylim(0, top * 1.13)
    axes.set_xlim(-0.55, len(series) - 0.45)
    _only_bottom(axes)
    _break_lines(axes, series)


def _growth_row(axes: Axes, series: Series, growth: Series, name: str) -> None:
    """Growth as a row of numbers above the bars: the reader compares digits, not two scales."""
    from ecanalysis.charts import theme

    low, high = axes.get_ylim()
    axes.set_ylim(low, high * 1.17)
    y = high * 1.10
    axes.text(-0.55, high * 1.17, name, ha="left", va="bottom", fontsize=9, color=theme.SECOND)
    for i, point in enumerate(series):
        rate = growth.get(point.period)
        if rate is not None:
            scale = scale_of([rate])
            axes.text(i, y, f"{scale.number(rate, signed=True)}%", ha="center", va="center", fontsize=9.5,
                      color=theme.SECOND)


def _ranked_bars(axes: Axes, table: Sequence[tuple[str, Quantity | None, str]], scale: Scale) -> None:
    from ecanalysis.charts import theme

    known = [scale.value(q) for _, q, _ in table if q is not None]
    top = max([*known, 0.0]) or 1.0
    low = min([*known, 0.0])
    for y, (_, quantity, colour) in enumerate(table):
        if quantity is None:
            axes.barh(y, top * 0.30, 0.62, color=theme.GAP, hatch="///", edgecolor=theme.PAPER)
            axes.text(top * 0.32, y, pick("未公布", "not published"), va="center", fontsize=9, color=theme.MUTED)
            continue
        value = scale.value(quantity)
        axes.barh(y, value, 0.62, color=colour)
        axes.text(max(value, 0) + (top - low) * 0.012, y, scale.number(quantity), va="center", ha="left", fontsize=9.5)
    axes.set_yticks(range(len(table)), [name for name, *_ in table])
    axes.invert_yaxis()
    axes.set_xlim(low * 1.08, top * 1.16)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    axes.tick_params(length=0)


def _dots(axes: Axes, values: Sequence[Quantity | None], colours: Sequence[str], scale: Scale) -> None:
    from ecanalysis.charts import theme

    known = [scale.value(q) for q in values if q is not None]
    spread = max(known) - min([*known, 0.0])
    for y, (quantity, colour) in enumerate(zip(values, colours, strict=True)):
        axes.axhline(y, color=theme.GRID, linewidth=0.8, zorder=0)
        if quantity is None:
            axes.text(min([*known, 0.0]), y, pick("未公布", "n/a"), va="center", fontsize=8.5, color=theme.MUTED,
                      backgroundcolor=theme.PAPER)
            continue
        value = scale.value(quantity)
        axes.plot(value, y, "o", color=colour, markersize=7)
        axes.text(value + spread * 0.06, y, scale.number(quantity), va="center", fontsize=9.5)
    axes.set_ylim(len(values) - 0.5, -0.5)
    axes.set_xlim(min([*known, 0.0]) - spread * 0.05, max(known) + spread * 0.38)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.spines["bottom"].set_visible(False)
    axes.spines["left"].set_visible(False)


def _gaps(axes: Axes, positions: Sequence[int], top: float) -> None:
    from ecanalysis.charts import theme

    for i in positions:
        axes.bar(i, top * 0.16, 0.62, color=theme.GAP, hatch="///", edgecolor=theme.PAPER)
        axes.text(i, top * 0.185, pick("缺", "n/a"), ha="center", va="bottom", fontsize=9.5, color=theme.MUTED)


def _break_lines(axes: Axes, series: Series) -> None:
    from ecanalysis.charts import theme

    periods = [point.period for point in series]
    for period in series.breaks:
        x = periods.index(period) - 0.5
        axes.axvline(x, 0, 0.93, color=theme.SECOND, linewidth=1.1, linestyle=(0, (4, 3)))
        axes.text(x, 0.935, pick("口径调整", "method changed"), transform=axes.get_xaxis_transform(), ha="center",
                  va="bottom", fontsize=8.5, color=theme.SECOND)


def _break_notes(series: Series) -> tuple[str, ...]:
    return tuple(
        pick(f"{period} 年统计口径调整，与此前各年不可直接比较", f"method changed in {period}: earlier years do not compare")
        for period in series.breaks
    )


def _only_bottom(axes: Axes) -> None:
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.tick_params(length=0)


def _spread(values: Sequence[float], distance: float) -> list[float]:
    """Move labels apart that would overlap, keeping their order."""
    order = sorted(range(len(values)), key=lambda i: values[i])
    placed = list(values)
    for below, above in zip(order, order[1:], strict=False):
        placed[above] = max(placed[above], placed[below] + distance)
    return placed


def _period(period: str) -> str:
    return period.replace("-H1", pick("上半年", " H1")).replace("-06", pick("年中", " mid"))


def _subtitle(measure: str, unit: str, series: Series) -> str:
    first, last = series.points[0].period, series.points[-1].period
    span = f"{first}—{last}" if first != last else first
    return f"{_with_unit(measure, unit)}{pick('，', ', ')}{span}{pick(' 年', '')}"


def _with_unit(measure: str, unit: str) -> str:
    return f"{measure}{pick('（', ' (')}{unit}{pick('）', ')')}" if unit else measure


def _width(name: str) -> int:
    return sum(2 if ord(character) > 0x2E80 else 1 for character in name)
