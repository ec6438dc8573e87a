"""Charts over time: levels with their growth, stacked parts, lines, months, events."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ecanalysis.catalog import Series
from ecanalysis.charts import theme
from ecanalysis.charts.figure import Board, Figure, Mark
from ecanalysis.charts.layout import Box, fit, place, spread, wrap
from ecanalysis.charts.parts import (
    LINE,
    Words,
    bare,
    break_lines,
    break_notes,
    draw_key,
    draw_line,
    gap,
    halo,
    headroom,
    inches,
    is_forecast,
    key_height,
    mixed_sources_note,
    month_name,
    not_negative,
    palette,
    same_periods,
    span,
    subtitle,
    tick,
    unknown,
    with_unit,
)
from ecanalysis.charts.scale import Scale, scale_of
from ecanalysis.language import current, pick, sentence
from ecanalysis.quantity import Quantity

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_BAR = 0.62
# Inches beside the first point of a line; above bars for a number, a row of growth rates, the name of a break.
_EDGE = 0.3
_NUMBER, _GROWTH, _BREAK = 0.21, 0.27, 0.18


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
        Periods whose values are forecasts, besides those that a source calls so.

    Returns
    -------
    Figure

    Raises
    ------
    ValueError
        If no value is known.
    """
    scale = scale_of(point.quantity for point in series)
    periods = [point.period for point in series]
    name = sentence(measure)
    marks = [Mark(name, point.period, point.quantity) for point in series]
    not_negative(id, marks)
    above = ""
    if growth is not None:
        rate_name = pick("同比增速", "growth on the year")
        above = pick("上方：", "above: ") + rate_name
        marks += [Mark(rate_name, period, growth.get(period)) for period in periods]
    expected = {point.period for point in series if is_forecast(point.quantity)} | set(forecasts)

    def paint(board: Board) -> None:
        ticks = _ticks(periods, expected)
        axes = board.axes(left=theme.MARGIN, right=theme.MARGIN, bottom=_tick_room(ticks))
        numbers = [scale.number(point.quantity) if point.quantity else "" for point in series]
        room = {
            "number": _label_room(axes, numbers),
            "growth": _GROWTH if growth is not None else 0.0,
            "break": _BREAK if series.breaks else 0.0,
        }
        highest = max(scale.value(point.quantity) for point in series if point.quantity)
        inch = headroom(axes, highest, sum(room.values()))
        _time_axis(axes, ticks)
        _bars(axes, series, scale, expected, highest)
        _numbers(axes, numbers, [scale.value(point.quantity) if point.quantity else 0.0 for point in series], inch)
        top = axes.get_ylim()[1]
        if growth is not None:
            _growth_row(axes, [growth.get(period) for period in periods], top - inch * (room["break"] + _GROWTH / 2))
        break_lines(axes, periods, series.breaks, room["break"])

    return Figure(
        id,
        str(title),
        subtitle(measure, scale.label, span(periods), above),
        tuple(marks),
        paint,
        notes=_forecast_note(expected) + break_notes({name: series}) + mixed_sources_note(marks),
        height=2.6 + (_GROWTH if growth is not None else 0.0) + (_BREAK if series.breaks else 0.0),
    )


def stacked_levels(
    id: str,
    parts: Mapping[Words, Series],
    *,
    title: Words,
    measure: Words,
    total: Series | None = None,
    colours: Sequence[str] | None = None,
) -> Figure:
    """Levels of the parts of a whole over time as stacked bars, one colour a part.

    Parameters
    ----------
    parts : mapping of name to Series
        Same periods for all; a missing part is a hatched place on top of the known ones.
    total : Series, optional
        The whole as printed, written above the bars.
    colours : sequence of str, optional
        One a part.

    Raises
    ------
    ValueError
        If the parts differ in their periods, one is below zero, or there are more than colours.
    """
    periods = same_periods(id, parts)
    shades = palette(id, len(parts), colours)
    names = [sentence(name) for name in parts]
    scale = scale_of(point.quantity for series in parts.values() for point in series)
    marks = [
        Mark(name, p.period, p.quantity) for name, series in zip(names, parts.values(), strict=True) for p in series
    ]
    not_negative(id, marks)
    above = ""
    if total is not None:
        whole = pick("合计", "total")
        above = pick("上方：", "above: ") + whole
        marks += [Mark(whole, period, total.get(period)) for period in periods]
    breaks = list(dict.fromkeys(period for series in parts.values() for period in series.breaks))

    def paint(board: Board) -> None:
        draw_key(board, list(zip(names, shades, strict=True)))
        ticks = _ticks(periods)
        axes = board.axes(left=theme.MARGIN, right=theme.MARGIN, bottom=_tick_room(ticks), top=key_height(names))
        columns = [[series.points[i].quantity for series in parts.values()] for i in range(len(periods))]
        highest = max(sum(scale.value(q) for q in column if q) for column in columns)
        inch = headroom(axes, highest, _NUMBER + (_BREAK if breaks else 0.0))
        _time_axis(axes, ticks)
        for x, column in enumerate(columns):
            base = 0.0
            for quantity, shade in zip(column, shades, strict=True):
                if quantity is None:
                    continue
                height = scale.value(quantity)
                axes.bar(x, height, _BAR, bottom=base, color=shade, edgecolor=theme.PAPER, linewidth=0.8)
                if height > LINE * inch:
                    _inside(axes, x, base + height / 2, scale.number(quantity), shade)
                base += height
            if None in column:
                gap(axes, x, highest, base=base)
            elif total is not None:
                known = total.get(periods[x])
                _numbers(axes, [scale.number(known) if known else unknown(short=True)], [base], inch, first=x)
        break_lines(axes, periods, breaks, _BREAK)

    return Figure(
        id,
        str(title),
        subtitle(measure, scale.label, span(periods), above),
        tuple(marks),
        paint,
        notes=break_notes(dict(zip(names, parts.values(), strict=True))) + mixed_sources_note(marks),
        height=2.75 + key_height(names) + (_BREAK if breaks else 0.0),
    )


def lines(
    id: str,
    groups: Mapping[Words, Series],
    *,
    title: Words,
    measure: Words,
    colours: Sequence[str] | None = None,
) -> Figure:
    """Several series over time as lines, named at their ends.

    Parameters
    ----------
    groups : mapping of name to Series
        Same periods for all. A gap interrupts its line and is named at the foot; forecasts are dashed and hollow.
    colours : sequence of str, optional
        One a series.

    Raises
    ------
    ValueError
        If the series differ in their periods, or there are more than colours.
    """
    periods = same_periods(id, groups)
    shades = palette(id, len(groups), colours)
    names = [sentence(name) for name in groups]
    scale = scale_of(point.quantity for series in groups.values() for point in series)
    rows = [[point.quantity for point in series] for series in groups.values()]
    marks = [
        Mark(name, period, quantity)
        for name, row in zip(names, rows, strict=True)
        for period, quantity in zip(periods, row, strict=True)
    ]
    breaks = list(dict.fromkeys(period for series in groups.values() for period in series.breaks))
    foretold = {p for row in rows for p, quantity in zip(periods, row, strict=True) if is_forecast(quantity)}
    gaps = max(len(_absent(rows, shades, i)) for i in range(len(periods)))

    def paint(board: Board) -> None:
        ends = ["\n".join(wrap(_end(name, row, scale), 2.0, theme.TEXT)) for name, row in zip(names, rows, strict=True)]
        right = max(theme.text_width(line, theme.TEXT) for end in ends for line in end.split("\n")) + 0.22
        ticks = _ticks(periods, foretold)
        foot = _tick_room(ticks)
        axes = board.axes(left=_EDGE, right=right, bottom=foot)
        known = [scale.value(q) for row in rows for q in row if q]
        _line_range(axes, known, above=0.3 + (_BREAK if breaks else 0.0), below=0.25 + LINE * gaps)
        bare(axes)
        axes.set_xticks(range(len(periods)), ticks)
        axes.set_xlim(0, max(len(periods) - 1, 0.5))
        for series, row, shade in zip(groups.values(), rows, shades, strict=True):
            draw_line(axes, row, scale, shade, [periods.index(period) for period in series.breaks])
        _line_numbers(axes, rows, scale, shades)
        _line_ends(axes, rows, ends, scale, shades)
        for i in range(len(periods)):
            for number, shade in enumerate(_absent(rows, shades, i)):
                axes.annotate(
                    unknown(short=True),
                    (i, axes.get_ylim()[0]),
                    (0, 3 + 72 * LINE * number),
                    textcoords="offset points",
                    ha="center",
                    fontsize=theme.SMALL,
                    color=shade,
                )
        break_lines(axes, periods, breaks, _BREAK)

    return Figure(
        id,
        str(title),
        subtitle(measure, scale.label, span(periods)),
        tuple(marks),
        paint,
        notes=_forecast_note(foretold)
        + break_notes(dict(zip(names, groups.values(), strict=True)))
        + mixed_sources_note(marks),
        height=max(2.8, 0.9 + 0.3 * len(groups)) + LINE * gaps,
    )


def monthly(id: str, months: Series | Mapping[str, Quantity | None], *, title: Words, measure: Words) -> Figure:
    """Counts or levels by month as bars, from the first month to the last.

    Parameters
    ----------
    months : Series or mapping of month to Quantity or None
        Months such as ``2018-06``; a month in between that is not there is a gap, a count of nothing a zero.

    Raises
    ------
    ValueError
        If a period is no month, or no value is known.
    """
    given = {p.period: p.quantity for p in months} if isinstance(months, Series) else dict(months)
    for period in given:
        if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", period):
            raise ValueError(f"figure {id}: {period!r} is no month; months are written such as 2018-06")
    periods = _months(min(given), max(given))
    values = [given.get(period) for period in periods]
    scale = scale_of(values)
    marks = [Mark(sentence(measure), period, quantity) for period, quantity in zip(periods, values, strict=True)]
    not_negative(id, marks)

    def paint(board: Board) -> None:
        axes = board.axes(left=theme.MARGIN, right=theme.MARGIN, bottom=_tick_room(["\n"]) + 0.04)
        numbers = [scale.number(quantity) if quantity else "" for quantity in values]
        heights = [scale.value(quantity) if quantity else 0.0 for quantity in values]
        inch = headroom(axes, max(heights) or 1.0, _label_room(axes, numbers))
        _time_axis(axes, [month_name(period) for period in periods])
        for x, quantity in enumerate(values):
            if quantity is None:
                gap(axes, x, max(heights))
            else:
                axes.bar(x, heights[x], 0.78, color=theme.EMPHASIS)
        _numbers(axes, numbers, heights, inch)
        starts = [x for x, period in enumerate(periods) if x == 0 or period.endswith("-01")]
        for x in starts:
            axes.annotate(
                pick(f"{periods[x][:4]} 年", periods[x][:4]),
                (x - 0.4, 0),
                (0, -72 * 0.27),
                textcoords="offset points",
                va="top",
                fontsize=theme.TEXT,
                color=theme.MUTED,
            )
            if x:
                axes.axvline(x - 0.5, color=theme.GRID, linewidth=0.8, zorder=0)

    return Figure(
        id,
        str(title),
        subtitle(measure, scale.label, span(periods)),
        tuple(marks),
        paint,
        notes=mixed_sources_note(marks),
        height=2.6,
    )


@dataclass(frozen=True)
class Event:
    """Something that happened on a day, as a time line shows it.

    Parameters
    ----------
    date : str
        A day, month or year such as ``2018-08-31``, ``2018-08`` or ``2018``; empty if nobody printed it.
    label : str, Label or Text
        What happened.
    rows : tuple of str
        Ids of the rows it rests on.
    group : str, Label or Text
        What kind of event, which decides its colour.
    quantity : Quantity, optional
        A number that belongs to it, written behind its name.
    """

    date: str
    label: Words
    rows: tuple[str, ...] = ()
    group: Words = ""
    quantity: Quantity | None = None


def timeline(id: str, events: Sequence[Event], *, title: Words, measure: Words) -> Figure:
    """Events beside a line of time that runs downwards, each at its date, their names never on top of each other.

    Parameters
    ----------
    events : sequence of Event
        In any order; events without a date stand at the foot.

    Raises
    ------
    ValueError
        If there is no event, or a date is none.
    """
    dated = sorted((event for event in events if event.date), key=lambda event: event.date)
    days = [_day(id, event) for event in dated]
    if not dated:
        raise ValueError(f"figure {id}: a time line without a single dated event")
    undated = [event for event in events if not event.date]
    groups = list(dict.fromkeys(sentence(event.group) for event in events if str(event.group)))
    colours = dict(zip(groups, palette(id, len(groups)), strict=True))
    left, text = 1.02, 1.88
    names = [wrap(_event_name(event), theme.WIDTH - theme.MARGIN - text, theme.TEXT) for event in (*dated, *undated)]
    heights = [LINE * len(lines) + 0.07 for lines in names]
    body = max(1.15 * sum(heights[: len(dated)]), min(3.2, 0.42 * len(dated)))
    foot = sum(heights[len(dated) :]) + (0.1 if undated else 0.0)
    marks = [
        Mark(sentence(event.group), _event_name(event), event.quantity, event.date, event.rows)
        for event in (*dated, *undated)
    ]

    def paint(board: Board) -> None:
        draw_key(board, list(colours.items()))
        sheet = board.sheet
        top = key_height(groups) + 0.08
        first, last = days[0].toordinal(), days[-1].toordinal()
        lead = heights[0] / 2

        def depth(day: date) -> float:
            run = body - lead - heights[len(dated) - 1] / 2
            return top + lead + run * (day.toordinal() - first) / max(last - first, 1)

        axis = 0.66
        sheet.plot([axis, axis], [depth(days[0]) - 0.1, depth(days[-1]) + 0.1], color=theme.MUTED, linewidth=1)
        for name, day in _calendar(days[0], days[-1]):
            sheet.plot([axis - 0.06, axis], [depth(day), depth(day)], color=theme.MUTED, linewidth=1)
            sheet.text(axis - 0.1, depth(day), name, ha="right", va="center", fontsize=theme.SMALL, color=theme.MUTED)
        places = spread([depth(day) for day in days], heights[: len(dated)], top, top + body)
        for event, day, y, lines in zip(dated, days, places, names, strict=False):
            colour = colours.get(sentence(event.group), theme.EMPHASIS)
            first_line = y - LINE * (len(lines) - 1) / 2
            sheet.plot(
                [axis, axis + 0.12, left - 0.12, left - 0.05],
                [depth(day), depth(day), first_line, first_line],
                color=theme.QUIET,
                linewidth=0.8,
                zorder=1,
            )
            sheet.plot(axis, depth(day), "o", color=colour, markersize=6, zorder=2)
            _event_lines(sheet, (left, text), y, event.date, lines, colour)
        y = top + body + 0.1
        for event, lines, height in zip(undated, names[len(dated) :], heights[len(dated) :], strict=True):
            colour = colours.get(sentence(event.group), theme.EMPHASIS)
            _event_lines(sheet, (left, text), y + height / 2, pick("日期不详", "no date"), lines, colour)
            y += height

    return Figure(
        id,
        str(title),
        subtitle(measure, "", span([dated[0].date, dated[-1].date])),
        tuple(marks),
        paint,
        notes=mixed_sources_note(marks),
        height=key_height(groups) + body + foot + 0.18,
    )


# Bars.


def _ticks(periods: Sequence[str], foretold: set[str] | None = None) -> list[str]:
    mark = "\n" + pick("预测", "forecast")
    return [tick(period) + (mark if period in (foretold or ()) else "") for period in periods]


def _tick_room(ticks: Sequence[str]) -> float:
    return 0.27 + LINE * max(name.count("\n") for name in ticks)


def _time_axis(axes: Axes, ticks: Sequence[str]) -> None:
    bare(axes)
    axes.set_xlim(-0.5, len(ticks) - 0.5)
    slot = inches(axes)[0] / len(ticks)
    size = fit([line for name in ticks for line in name.split("\n")], slot * 0.96, theme.TEXT)
    axes.set_xticks(range(len(ticks)), ticks, fontsize=size)


def _bars(axes: Axes, series: Series, scale: Scale, foretold: set[str], highest: float) -> None:
    """The last known level is emphasised, the earlier ones stay quiet; forecasts are hatched outlines."""
    known = [i for i, point in enumerate(series) if point.quantity and point.period not in foretold]
    for i, point in enumerate(series):
        if point.quantity is None:
            gap(axes, i, highest)
        elif point.period in foretold:
            axes.bar(i, scale.value(point.quantity), _BAR, color=theme.PAPER, hatch="///", edgecolor=theme.EMPHASIS)
        else:
            colour = theme.EMPHASIS if i == known[-1] else theme.QUIET
            axes.bar(i, scale.value(point.quantity), _BAR, color=colour)


def _label_room(axes: Axes, numbers: Sequence[str]) -> float:
    """Inches above the bars for their numbers, which stand upright where they are too wide for their bars."""
    slot = inches(axes)[0] / len(numbers)
    widest = max(theme.text_width(number, theme.TINY) for number in numbers)
    return _NUMBER if widest <= slot else widest + 0.1


def _numbers(axes: Axes, numbers: Sequence[str], heights: Sequence[float], inch: float, first: int = 0) -> None:
    low, high = axes.get_xlim()
    slot = inches(axes)[0] / (high - low)
    size = fit(numbers, slot * 0.97, theme.TEXT)
    upright = max(theme.text_width(number, size) for number in numbers) > slot
    for x, (number, height) in enumerate(zip(numbers, heights, strict=True), first):
        if not number:
            continue
        axes.text(
            x, height + 0.03 * inch, number, ha="center", va="bottom", fontsize=size, rotation=90 if upright else 0
        )


def _inside(axes: Axes, x: float, y: float, number: str, shade: str) -> None:
    axes.text(x, y, number, ha="center", va="center", fontsize=theme.TEXT, color=theme.ink_on(shade))


def _growth_row(axes: Axes, rates: Sequence[Quantity | None], y: float) -> None:
    """Growth as a row of numbers above the bars: the reader compares digits, not two scales."""
    texts = [f"{scale_of([rate]).number(rate, signed=True)}%" if rate else "—" for rate in rates]
    size = fit(texts, inches(axes)[0] / len(rates) * 0.9, theme.TEXT)
    for x, (text, rate) in enumerate(zip(texts, rates, strict=True)):
        axes.text(x, y, text, ha="center", va="center", fontsize=size, color=theme.SECOND if rate else theme.MUTED)


def _forecast_note(periods: set[str]) -> tuple[str, ...]:
    if not periods:
        return ()
    names = pick("、", ", ").join(sorted(periods))
    return (pick(f"{names} 年数值为预测值", f"values of {names} are forecasts"),)


def _months(first: str, last: str) -> list[str]:
    start, end = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (first, last))
    return [f"{month // 12}-{month % 12 + 1:02d}" for month in range(start, end + 1)]


# Lines.


def _absent(rows: Sequence[Sequence[Quantity | None]], shades: Sequence[str], i: int) -> list[str]:
    """The colours of the series that have a gap at a place; one muted colour where all have."""
    absent = [shade for row, shade in zip(rows, shades, strict=True) if row[i] is None]
    return absent if len(absent) < len(rows) else [theme.MUTED]


def _line_range(axes: Axes, known: Sequence[float], *, above: float, below: float) -> None:
    """Set the range so that labels have room; zero is shown, as the base, where it is not far below the values."""
    low, high = min(known), max(known)
    if 0 < low <= high / 2:
        low = 0.0
    if low == high:
        low, high = low - 1, high + 1
    inch = (high - low) / (inches(axes)[1] - above - (0.0 if low == 0 else below))
    axes.set_ylim(low - (0.0 if low == 0 else below * inch), high + above * inch)
    if low < 0 < high:
        axes.axhline(0, color=theme.MUTED, linewidth=0.8, zorder=0)
    axes.spines["bottom"].set_visible(low == 0)


def _line_numbers(axes: Axes, rows: Sequence[Sequence[Quantity | None]], scale: Scale, shades: Sequence[str]) -> None:
    """The value of each point but the last, above its mark or, where the line dips, below; crowded ones beside it.

    Where the periods stand too close for numbers, only the ends keep theirs.
    """
    (low, high), (left, right) = axes.get_ylim(), axes.get_xlim()
    width, height = inches(axes)
    slot, inch = width / (right - left), (high - low) / height
    points, numbers, sides, colours, taken = [], [], [], [], []
    for i in range(len(rows[0]) - 1):
        here = [(scale.value(q), q, row, shade) for row, shade in zip(rows, shades, strict=True) if (q := row[i])]
        taken += [Box(_EDGE + (i - left) * slot, LINE * (n + 0.5), 0.3, LINE) for n in range(len(rows) - len(here))]
        for value, quantity, row, shade in sorted(here, key=lambda point: -point[0]):
            beside = [scale.value(q) for q in (row[i - 1] if i else None, row[i + 1]) if q is not None]
            points.append((_EDGE + (i - left) * slot, (value - low) / inch))
            numbers.append(scale.number(quantity))
            sides.append("SNEW" if beside and value + 0.12 * inch < sum(beside) / len(beside) else "NSEW")
            colours.append(shade)
    ends = [scale.value(row[-1]) for row in rows if row[-1] is not None]
    taken += [Box(_EDGE + width, (value - low) / inch, 0.12, 0.12) for value in ends]
    sizes = [(theme.text_width(number, theme.SMALL), LINE - 0.03) for number in numbers]
    if max((size[0] for size in sizes), default=0.0) > slot:
        return
    boxes = place(points, sizes, (width + 2 * _EDGE, height), taken=taken, sides=sides)
    for box, number, shade in zip(boxes, numbers, colours, strict=True):
        axes.text(
            left + (box.x - _EDGE) / slot,
            low + box.y * inch,
            number,
            ha="center",
            va="center",
            fontsize=theme.SMALL,
            color=shade,
            path_effects=halo(),
        )


def _end(name: str, row: Sequence[Quantity | None], scale: Scale) -> str:
    return f"{scale.number(row[-1])}  {name}" if row[-1] is not None else name


def _line_ends(
    axes: Axes, rows: Sequence[Sequence[Quantity | None]], ends: Sequence[str], scale: Scale, shades: Sequence[str]
) -> None:
    low, high = axes.get_ylim()
    inch = (high - low) / inches(axes)[1]
    last = [next((q for q in reversed(row) if q is not None), None) for row in rows]
    wanted = [scale.value(q) / inch if q else high / inch for q in last]
    sizes = [LINE * (end.count("\n") + 1) + 0.02 for end in ends]
    for y, end, shade in zip(spread(wanted, sizes, low / inch, high / inch), ends, shades, strict=True):
        axes.annotate(
            end,
            (len(rows[0]) - 1, y * inch),
            (9, 0),
            textcoords="offset points",
            va="center",
            fontsize=theme.TEXT,
            color=shade,
            linespacing=1.25,
            annotation_clip=False,
        )


# Events.


def _day(id: str, event: Event) -> date:
    """The day an event is drawn at: of a month or year without day, the first."""
    try:
        if not re.fullmatch(r"\d{4}(-\d\d){0,2}", event.date):
            raise ValueError
        return date.fromisoformat(event.date + "-01-01"[len(event.date) - 4 :])
    except ValueError:
        raise ValueError(
            f"figure {id}: {event.date!r} of the event {event.label} is no date; "
            "days, months and years are written such as 2018-08-31, 2018-08 and 2018"
        ) from None


def _event_name(event: Event) -> str:
    number = event.quantity.text(current()) if event.quantity else ""
    return with_unit(sentence(event.label), number)


def _event_lines(
    sheet: Axes, columns: tuple[float, float], y: float, day: str, lines: Sequence[str], colour: str
) -> None:
    first = y - LINE * (len(lines) - 1) / 2
    sheet.text(columns[0], first, day, va="center", fontsize=theme.TEXT, color=colour)
    for number, line in enumerate(lines):
        sheet.text(columns[1], first + LINE * number, line, va="center", fontsize=theme.TEXT)


def _calendar(first: date, last: date) -> list[tuple[str, date]]:
    """Beginnings of years, or of months where there are few, between two days."""
    years = [date(year, 1, 1) for year in range(first.year, last.year + 1)]
    inner = [day for day in years if first <= day <= last]
    if len(inner) > 1:
        step = (len(inner) + 9) // 10
        return [(str(day.year), day) for day in inner[::step]]
    months = [date(int(m[:4]), int(m[5:]), 1) for m in _months(f"{first:%Y-%m}", f"{last:%Y-%m}")]
    inner = [day for day in months if first <= day <= last]
    step = (len(inner) + 9) // 10
    return [(f"{day:%Y-%m}", day) for day in inner[:: max(step, 1)]]
