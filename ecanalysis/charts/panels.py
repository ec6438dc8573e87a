"""Charts of many names at once: small multiples and matrices."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ecanalysis.catalog import Series
from ecanalysis.charts import theme
from ecanalysis.charts.figure import Board, Figure, Mark
from ecanalysis.charts.layout import fit, shade_of, wrap
from ecanalysis.charts.parts import (
    LINE,
    Words,
    bare,
    break_notes,
    common_period,
    draw_line,
    halo,
    headroom,
    inches,
    is_forecast,
    mixed_sources_note,
    name_column,
    not_negative,
    row_heights,
    span,
    subtitle,
    swatch,
    unknown,
    with_unit,
)
from ecanalysis.charts.scale import Scale, scale_of
from ecanalysis.language import pick, sentence
from ecanalysis.quantity import Quantity

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_FORMS = ("bars", "line")
_SHOWN = ("values", "presence")
# Panels: inches between them, of one's drawing, below it for its years, and how many stand side by side.
_BETWEEN, _DRAWING, _YEARS = 0.22, 0.85, 0.22
_COLUMNS = 4
# Matrix: inches of a row, and the narrowest column whose name is written across.
_ROW = 0.26
_NARROW = 0.5


def small_multiples(
    id: str,
    panels: Mapping[Words, Series],
    *,
    title: Words,
    measure: Words,
    form: str = "bars",
    shared: bool = True,
    colours: Sequence[str] | None = None,
) -> Figure:
    """One small chart a name, all built alike.

    Parameters
    ----------
    panels : mapping of name to Series
        A gap stays a gap; a panel without any value says so.
    form : {"bars", "line"}
        Bars for levels, a line for rates.
    shared : bool
        One scale for all, so that heights compare between panels; else each panel fills its own height, in its own
        unit. The subtitle says which.
    colours : sequence of str, optional
        One a panel.

    Raises
    ------
    ValueError
        If the form is unknown, no value is known, or units differ on a shared scale.
    """
    if form not in _FORMS:
        raise ValueError(f"figure {id}: form {form!r}; allowed are {', '.join(_FORMS)}")
    names = [sentence(name) for name in panels]
    rows = list(panels.values())
    shades = list(colours) if colours is not None else [theme.EMPHASIS] * len(rows)
    scales: list[Scale | None]
    if shared:
        common = scale_of(p.quantity for series in rows for p in series)
        scales = [common if series.known else None for series in rows]
    else:
        scales = [scale_of(p.quantity for p in series) if series.known else None for series in rows]
        names = [with_unit(name, scale.label) if scale else name for name, scale in zip(names, scales, strict=True)]
    if not any(scales):
        scale_of([])
    marks = [Mark(name, p.period, p.quantity) for name, series in zip(names, rows, strict=True) for p in series]
    if form == "bars":
        not_negative(id, marks)
    # A whole year comes after its months: it ends later than all of them but the last.
    periods = sorted({p.period for series in rows for p in series}, key=lambda period: f"{period}~")
    across = min(_COLUMNS, len(rows))
    width = (theme.WIDTH - 2 * theme.MARGIN - _BETWEEN * (across - 1)) / across
    heads = [wrap(name, width, theme.TEXT) for name in names]
    tops = [0.0]
    for start in range(0, len(rows), across):
        lines = max(map(len, heads[start : start + across]))
        tops.append(tops[-1] + LINE * lines + 0.06 + _DRAWING + _YEARS + 0.12)
    known = [
        scale.value(p.quantity)
        for series, scale in zip(rows, scales, strict=True)
        if scale
        for p in series
        if p.quantity
    ]

    def paint(board: Board) -> None:
        sheet = board.sheet
        for number, (series, scale, shade) in enumerate(zip(rows, scales, shades, strict=True)):
            left = theme.MARGIN + number % across * (width + _BETWEEN)
            top = tops[number // across + 1] - _DRAWING - _YEARS - 0.12
            for i, line in enumerate(reversed(heads[number])):
                sheet.text(left, top - 0.06 - LINE * (i + 0.5), line, va="center", fontsize=theme.TEXT, color=shade)
            axes = board.axes(
                left=left, right=board.width - left - width, top=top, bottom=board.height - top - _DRAWING
            )
            if scale is None:
                _small_gaps(axes, len(series))
                _small_ticks(axes, [p.period for p in series])
                continue
            draw = _small_bars if form == "bars" else _small_line
            draw(
                axes, series, scale, shade, known if shared else [scale.value(p.quantity) for p in series if p.quantity]
            )
            _small_ticks(axes, [p.period for p in series])
            for period in series.breaks:
                x = [p.period for p in series].index(period) - 0.5
                axes.axvline(x, color=theme.SECOND, linewidth=0.9, linestyle=(0, (4, 3)), zorder=0)

    return Figure(
        id,
        str(title),
        subtitle(
            measure,
            scales[0].label if shared and scales[0] else "",
            span(periods),
            pick("各图同一刻度", "one scale for all") if shared else pick("各图刻度不同", "each on its own scale"),
        ),
        tuple(marks),
        paint,
        notes=break_notes(dict(zip(names, rows, strict=True))) + mixed_sources_note(marks),
        height=tops[-1],
    )


def _small_bars(axes: Axes, series: Series, scale: Scale, shade: str, known: Sequence[float]) -> None:
    bare(axes)
    axes.set_xticks([])
    highest = max([*known, 0.0]) or 1.0
    inch = headroom(axes, highest, 0.17)
    axes.set_xlim(-0.5, len(series) - 0.5)
    for x, point in enumerate(series):
        if point.quantity is None:
            axes.bar(x, 0.12 * inch, 0.7, color=theme.GAP, hatch="//////", edgecolor=theme.HATCH, linewidth=0.5)
            continue
        value = scale.value(point.quantity)
        if is_forecast(point.quantity):
            axes.bar(x, value, 0.7, color=theme.PAPER, edgecolor=shade, hatch="///")
        else:
            axes.bar(x, value, 0.7, color=shade)
    _small_numbers(axes, series, scale, inch)


def _small_gaps(axes: Axes, count: int) -> None:
    """Places that nobody printed a value for, so that an empty panel still says what it would hold."""
    bare(axes)
    axes.set_xticks([])
    inch = headroom(axes, 1.0, 0.17)
    axes.set_xlim(-0.5, count - 0.5)
    axes.bar(range(count), 0.12 * inch, 0.7, color=theme.GAP, hatch="//////", edgecolor=theme.HATCH, linewidth=0.5)
    middle = (count - 1) / 2
    axes.text(middle, 0.16 * inch, unknown(), ha="center", va="bottom", fontsize=theme.SMALL, color=theme.MUTED)


def _small_line(axes: Axes, series: Series, scale: Scale, shade: str, known: Sequence[float]) -> None:
    bare(axes, bottom=False)
    axes.set_xticks([])
    low, high = min([*known, 0.0]), max([*known, 0.0])
    inch = (high - low or 1.0) / (inches(axes)[1] - 0.36)
    axes.set_ylim(low - 0.18 * inch, high + 0.18 * inch)
    axes.set_xlim(-0.5, len(series) - 0.5)
    axes.axhline(0, color=theme.MUTED, linewidth=0.8, zorder=0)
    periods = [point.period for point in series]
    breaks = [periods.index(period) for period in series.breaks]
    draw_line(axes, [point.quantity for point in series], scale, shade, breaks, width=1.6, mark=3.5)
    for x, point in enumerate(series):
        if point.quantity is None:
            axes.plot(x, 0, "x", color=theme.MUTED, markersize=5)
    _small_numbers(axes, series, scale, inch)


def _small_numbers(axes: Axes, series: Series, scale: Scale, inch: float) -> None:
    """All numbers where they have room beside each other, else the last known one."""
    numbers = [scale.number(p.quantity) if p.quantity else "" for p in series]
    slot = inches(axes)[0] / len(numbers)
    size = fit(numbers, slot * 0.96, theme.SMALL)
    every = max(theme.text_width(number, size) for number in numbers) <= slot
    last = max(x for x, number in enumerate(numbers) if number)
    for x, (number, point) in enumerate(zip(numbers, series, strict=True)):
        if point.quantity is None or not (every or x == last):
            continue
        value = scale.value(point.quantity)
        width = theme.text_width(number, size if every else theme.SMALL)
        middle = min(x, len(numbers) - 0.5 - width / slot / 2)
        axes.text(
            middle,
            value + 0.04 * inch,
            number,
            ha="center",
            va="bottom",
            fontsize=size if every else theme.SMALL,
            path_effects=halo(),
        )


def _small_ticks(axes: Axes, periods: Sequence[str]) -> None:
    """The first and the last period, set against the edges."""
    last = len(periods) - 1
    for x, align in ((0, "left"), (last, "right")) if last else ((0, "left"),):
        edge = x - 0.5 if align == "left" else x + 0.5
        axes.annotate(
            periods[x],
            (edge, 0),
            (0, -4),
            xycoords=axes.get_xaxis_transform(),
            textcoords="offset points",
            ha=align,
            va="top",
            fontsize=theme.SMALL,
            color=theme.MUTED,
            annotation_clip=False,
        )


def matrix(
    id: str,
    rows: Sequence[Words],
    columns: Mapping[Words, Sequence[Quantity | None]],
    *,
    title: Words,
    measure: Words,
    shown: str = "values",
    shared: bool = False,
    yes: Words = "",
    no: Words = "",
) -> Figure:
    """Rows by columns: numbers on a colour that deepens with them, or whether there is something at all.

    Parameters
    ----------
    rows : sequence of str, Label or Text
        Names of the rows.
    columns : mapping of name to sequence of Quantity or None
        One cell a row; None is a gap.
    shown : {"values", "presence"}
        Numbers, or a full circle for a count above zero, an empty one for zero.
    shared : bool
        One unit and one range of colours for all columns; by default each column has its own.
    yes, no : str, Label or Text
        What a full and an empty circle mean.

    Raises
    ------
    ValueError
        If a column has not as many cells as there are rows, ``shown`` is unknown, nothing is known, or units differ
        where they must not.
    """
    if shown not in _SHOWN:
        raise ValueError(f"figure {id}: shown {shown!r}; allowed are {', '.join(_SHOWN)}")
    for name, cells in columns.items():
        if len(cells) != len(rows):
            raise ValueError(f"figure {id}: the column {name} has {len(cells)} cells for {len(rows)} rows")
    everything = [cell for cells in columns.values() for cell in cells]
    if not any(cell is not None for cell in everything):
        scale_of([])
    words = {True: sentence(yes) or pick("有", "Yes"), False: sentence(no) or pick("无", "No")}
    common = scale_of(everything) if shared else None
    numbers = shown == "values"
    scales = [
        common or (scale_of(cells, typical=True) if numbers and any(cells) else None) for cells in columns.values()
    ]
    row_names = [sentence(name) for name in rows]
    units = [scale.label if scale and not shared and shown == "values" else "" for scale in scales]
    heads = [with_unit(sentence(name), unit) for name, unit in zip(columns, units, strict=True)]
    marks = [
        Mark(head, row, cell, words[cell.value > 0] if cell is not None and shown == "presence" else "")
        for head, cells in zip(heads, columns.values(), strict=True)
        for row, cell in zip(row_names, cells, strict=True)
    ]
    broken, names_width = name_column(row_names)
    heights = row_heights(broken, _ROW)
    left = theme.MARGIN + names_width + 0.12
    width = min(1.6, (theme.WIDTH - theme.MARGIN - left) / len(heads))
    across = all(theme.text_width(word, theme.SMALL) <= width - 0.06 for head in heads for word in head.split())
    across = across and width >= _NARROW
    head_lines = [wrap(head, width - 0.06 if across else 1.5, theme.SMALL) for head in heads]
    head_height = (
        LINE * max(len(lines) for lines in head_lines)
        if across
        else max(theme.text_width(line, theme.SMALL) for lines in head_lines for line in lines)
    ) + 0.1
    key = _matrix_key(words, everything) if shown == "presence" else []

    def paint(board: Board) -> None:
        sheet = board.sheet
        _circle_key(sheet, key)
        top = (LINE + 0.12 if key else 0.0) + head_height
        for number, lines in enumerate(head_lines):
            x = left + width * (number + 0.5)
            sheet.text(
                x,
                top - 0.06,
                "\n".join(lines),
                ha="center",
                va="bottom",
                fontsize=theme.SMALL,
                color=theme.MUTED,
                rotation=0 if across else 90,
                linespacing=1.25,
            )
        shade = shade_of(everything) if shared else None
        for number, (cells, scale) in enumerate(zip(columns.values(), scales, strict=True)):
            colour = shade or shade_of(cells)
            y = top
            for cell, height in zip(cells, heights, strict=True):
                box = (left + width * number, y, width, height)
                if shown == "presence":
                    _circle_cell(sheet, box, cell)
                else:
                    _number_cell(sheet, box, cell, scale, colour)
                y += height
        y = top
        for name, height in zip(broken, heights, strict=True):
            sheet.text(left - 0.1, y + height / 2, name, ha="right", va="center", fontsize=theme.TEXT, linespacing=1.25)
            y += height

    depth = (
        pick("颜色越深数值越大", "the darker the larger")
        if shared
        else pick("每列颜色越深数值越大", "darker is larger within a column")
    )
    return Figure(
        id,
        str(title),
        subtitle(
            measure,
            common.label if common and shown == "values" else "",
            common_period(marks),
            depth if shown == "values" else "",
        ),
        tuple(marks),
        paint,
        notes=mixed_sources_note(marks),
        height=(LINE + 0.12 if key else 0.0) + head_height + sum(heights) + theme.MARGIN,
    )


def _number_cell(
    sheet: Axes,
    box: tuple[float, float, float, float],
    cell: Quantity | None,
    scale: Scale | None,
    colour: Callable[[Quantity], str],
) -> None:
    from matplotlib.patches import Rectangle

    x, y, width, height = box
    if cell is None or scale is None:
        sheet.add_patch(Rectangle((x, y), width, height, facecolor=theme.GAP, edgecolor=theme.PAPER, hatch="///"))
        return
    shade = colour(cell)
    number = scale.number(cell)
    sheet.add_patch(Rectangle((x, y), width, height, facecolor=shade, edgecolor=theme.PAPER))
    sheet.text(
        x + width / 2,
        y + height / 2,
        number,
        ha="center",
        va="center",
        fontsize=fit([number], width - 0.06, theme.TEXT),
        color=theme.ink_on(shade),
    )


def _circle_cell(sheet: Axes, box: tuple[float, float, float, float], cell: Quantity | None) -> None:
    from matplotlib.patches import Rectangle

    x, y, width, height = box
    look: dict[str, Any] = {"facecolor": theme.GAP, "hatch": "///"} if cell is None else {"facecolor": theme.PAPER}
    sheet.add_patch(Rectangle((x, y), width, height, edgecolor=theme.GRID, linewidth=0.7, **look))
    if cell is not None:
        _circle(sheet, x + width / 2, y + height / 2, full=cell.value > 0)


def _circle(sheet: Axes, x: float, y: float, *, full: bool) -> None:
    colour = theme.EMPHASIS if full else theme.QUIET
    sheet.plot(x, y, "o", markersize=8 if full else 6.5, color=colour, markerfacecolor=colour if full else theme.PAPER)


def _matrix_key(words: Mapping[bool, str], cells: Sequence[Quantity | None]) -> list[tuple[str, bool | None]]:
    """What occurs of full circles, empty ones and gaps."""
    entries: list[tuple[str, bool | None]] = []
    if any(cell is not None and cell.value > 0 for cell in cells):
        entries.append((words[True], True))
    if any(cell is not None and cell.value <= 0 for cell in cells):
        entries.append((words[False], False))
    if any(cell is None for cell in cells):
        entries.append((sentence(unknown()), None))
    return entries


def _circle_key(sheet: Axes, entries: Sequence[tuple[str, bool | None]]) -> None:
    x, y = theme.MARGIN, LINE / 2 + 0.02
    for name, full in entries:
        if full is None:
            swatch(sheet, x, y, "")
        else:
            _circle(sheet, x + 0.07, y, full=full)
        sheet.text(x + 0.22, y, name, va="center", fontsize=theme.TEXT)
        x += 0.22 + theme.text_width(name, theme.TEXT) + 0.25
