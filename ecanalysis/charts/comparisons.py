"""Charts of two values a name: dumbbells, slopes, scatters."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ecanalysis import metrics
from ecanalysis.charts import theme
from ecanalysis.charts.figure import Board, Figure, Mark
from ecanalysis.charts.layout import Box, place, spread, wrap
from ecanalysis.charts.parts import (
    LINE,
    Row,
    Words,
    bare,
    common_period,
    draw_key,
    inches,
    key_height,
    mixed_sources_note,
    name_column,
    phrase,
    row_heights,
    subtitle,
    unknown,
    with_unit,
)
from ecanalysis.charts.scale import Scale, scale_of
from ecanalysis.language import pick, sentence
from ecanalysis.quantity import Quantity

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Pair = tuple[Words, Quantity | None, Quantity | None]
_ROW = 0.29
_DOT = 7.0
# Scatter: room for the axes' numbers and names, and heights tried until all labels find a place.
_LEFT, _RIGHT, _TOP, _BOTTOM = 0.55, 0.15, 0.24, 0.5
_HEIGHTS = (3.6, 4.4, 5.2, 6.2, 7.4)
_RADIUS = 0.055


def dumbbell(
    id: str,
    rows: Sequence[Pair],
    *,
    ends: tuple[Words, Words],
    gap: Words,
    title: Words,
    measure: Words,
    colours: tuple[str, str] = (theme.SECOND, theme.EMPHASIS),
    sort: bool = True,
) -> Figure:
    """Two values a name as two dots, the distance between them drawn and written in a column of its own.

    Parameters
    ----------
    rows : sequence of (name, Quantity or None, Quantity or None)
        Where one of the two is missing the other stands alone and the missing one is named.
    ends : (first, second)
        What the two values are: rural and national, 2017 and 2018.
    gap : str, Label or Text
        What the second less the first is called; percentage points for ratios.
    colours : (first, second)
        Of the dots.
    sort : bool
        Largest second value first; the given order if False.

    Raises
    ------
    ValueError
        If no value is known or the units differ.
    """
    first_name, second_name = (sentence(end) for end in ends)
    table = [(sentence(name), first, second) for name, first, second in rows]
    if sort:
        table.sort(key=lambda row: (row[2] is None, -row[2].value if row[2] is not None else 0))
    scale = scale_of((quantity for _, *pair in table for quantity in pair), typical=True)
    gaps = [metrics.change(second, first) if first and second else None for _, first, second in table]
    gap_scale = scale_of(gaps, typical=True) if any(gaps) else None
    column = with_unit(sentence(gap), gap_scale.label if gap_scale else "")
    marks = [Mark(first_name, name, first) for name, first, _ in table]
    marks += [Mark(second_name, name, second) for name, _, second in table]
    marks += [
        Mark(sentence(gap), name, value, computed=True) for (name, *_), value in zip(table, gaps, strict=True) if value
    ]
    broken, width = name_column([name for name, *_ in table])
    heights = row_heights(broken, _ROW)
    head = "\n".join(wrap(column, 1.3, theme.SMALL))
    above = max(key_height([first_name, second_name]), LINE * (head.count("\n") + 1)) + 0.06

    def paint(board: Board) -> None:
        draw_key(board, list(zip((first_name, second_name), colours, strict=True)))
        sheet = board.sheet
        edge = board.width - theme.MARGIN
        sheet.text(edge, above - 0.06, head, ha="right", va="bottom", fontsize=theme.SMALL, color=theme.MUTED)
        right = max(theme.text_width(line, theme.SMALL) for line in head.split("\n")) + theme.MARGIN + 0.15
        axes = board.axes(left=theme.MARGIN + width + 0.1, right=right, top=above, bottom=theme.MARGIN)
        bare(axes, bottom=False)
        axes.set_xticks([])
        places = [sum(heights[:i]) + height / 2 for i, height in enumerate(heights)]
        axes.set_yticks(places, broken, va="center", linespacing=1.25)
        axes.set_ylim(sum(heights), 0)
        _dumbbells(axes, places, [pair for _, *pair in table], scale, (first_name, second_name), colours)
        for y, value in zip(places, gaps, strict=True):
            text = gap_scale.number(value, signed=True) if gap_scale and value else "—"
            sheet.text(
                edge,
                above + y,
                text,
                ha="right",
                va="center",
                fontsize=theme.TEXT,
                color=theme.INK if value else theme.MUTED,
            )

    return Figure(
        id,
        str(title),
        subtitle(measure, scale.label, common_period(marks)),
        tuple(marks),
        paint,
        notes=mixed_sources_note(marks),
        height=above + sum(heights) + theme.MARGIN,
    )


@dataclass(frozen=True)
class _Beside:
    """Text beside a dot, outside the distance between the two."""

    value: float
    text: str
    colour: str
    left: bool

    @property
    def width(self) -> float:
        return theme.text_width(self.text, theme.TEXT) + 0.14


def _dumbbells(
    axes: Axes,
    places: Sequence[float],
    pairs: Sequence[Sequence[Quantity | None]],
    scale: Scale,
    ends: tuple[str, str],
    colours: tuple[str, str],
) -> None:
    rows = [_beside(pair, scale, ends, colours) for pair in pairs]
    low, high = _limits([label for row in rows for label in row], inches(axes)[0])
    unit = (high - low) / inches(axes)[0]
    axes.set_xlim(low, high)
    for y, pair, row in zip(places, pairs, rows, strict=True):
        axes.axhline(y, color=theme.GRID, linewidth=0.8, zorder=0)
        known = [(scale.value(q), colour) for q, colour in zip(pair, colours, strict=True) if q is not None]
        axes.plot([value for value, _ in known], [y] * len(known), color=theme.QUIET, linewidth=2.5, zorder=1)
        for value, colour in known:
            axes.plot(value, y, "o", color=colour, markersize=_DOT, zorder=2)
        for label in row or [_Beside(low, unknown(), theme.MUTED, left=False)]:
            axes.text(
                label.value + (-0.09 if label.left else 0.09) * unit,
                y,
                label.text,
                va="center",
                ha="right" if label.left else "left",
                fontsize=theme.TEXT,
                color=label.colour,
                bbox={"facecolor": theme.PAPER, "edgecolor": "none", "pad": 0.5},
                zorder=1.5,
            )


def _beside(
    pair: Sequence[Quantity | None], scale: Scale, ends: tuple[str, str], colours: tuple[str, str]
) -> list[_Beside]:
    """The smaller value on the left, the larger on the right; a missing one is named on the left of the other."""
    known = [
        (scale.value(q), scale.number(q), colour) for q, colour in zip(pair, colours, strict=True) if q is not None
    ]
    if len(known) == 2:
        known.sort(key=lambda end: end[0])
        return [_Beside(*end, left=number == 0) for number, end in enumerate(known)]
    if not known:
        return []
    absent = ends[0] if pair[0] is None else ends[1]
    missing = _Beside(known[0][0], f"{absent} {unknown(short=True)}", theme.MUTED, left=True)
    return [missing, _Beside(*known[0], left=False)]


def _limits(labels: Sequence[_Beside], width: float) -> tuple[float, float]:
    """The narrowest range in which every label fits within so many inches.

    How much an inch stands for depends on the range, and the range on what the labels take of it: a fixed point,
    approached as long as labels are narrower than the whole.
    """
    low, high = min(label.value for label in labels), max(label.value for label in labels)
    if low == high:
        return low - width / 2, high + width / 2
    for _ in range(60):
        unit = (high - low) / width
        low = min(label.value - (label.width if label.left else 0.1) * unit for label in labels)
        high = max(label.value + (0.1 if label.left else label.width) * unit for label in labels)
    return low, high


def slope(
    id: str,
    rows: Sequence[Pair],
    *,
    ends: tuple[Words, Words],
    title: Words,
    measure: Words,
    colours: Sequence[str] | None = None,
) -> Figure:
    """Each name's way from one period to another as a line between two scales, named at both ends.

    Parameters
    ----------
    rows : sequence of (name, Quantity or None, Quantity or None)
        A name with one value stands at its side without a line; names with none are listed at the foot.
    ends : (before, after)
        The two periods.
    colours : sequence of str, optional
        One a row; by default what rises and what falls are told apart.

    Raises
    ------
    ValueError
        If no value is known or the units differ.
    """
    before, after = (sentence(end) for end in ends)
    table = [(sentence(name), first, second) for name, first, second in rows]
    scale = scale_of((quantity for _, *pair in table for quantity in pair), typical=True)
    marks = [Mark(before, name, first) for name, first, _ in table]
    marks += [Mark(after, name, second) for name, _, second in table]
    shades = list(colours) if colours is not None else [_direction(first, second) for _, first, second in table]
    drawn = [(row, shade) for row, shade in zip(table, shades, strict=True) if row[1] or row[2]]
    foot = _absent_lines([name for name, first, second in table if not (first or second)])
    key = (
        []
        if colours is not None
        else [(pick("上升", "Rising"), theme.EMPHASIS), (pick("下降", "Falling"), theme.SECOND)]
    )
    above = key_height([name for name, _ in key]) + 0.28
    labels = [[_slope_label(name, pair, side, (before, after), scale) for (name, *pair), _ in drawn] for side in (0, 1)]
    body = max(2.4, 0.1 + max(sum(map(_label_height, side)) for side in labels))

    def paint(board: Board) -> None:
        draw_key(board, key)
        rooms = [
            max(theme.text_width(line, theme.TEXT) for text in side for line in text.split("\n")) + 0.3
            for side in labels
        ]
        axes = board.axes(
            left=theme.MARGIN + rooms[0],
            right=theme.MARGIN + rooms[1],
            top=above,
            bottom=theme.MARGIN + LINE * len(foot),
        )
        bare(axes, bottom=False)
        axes.set_xticks([])
        known = [scale.value(q) for (_, *pair), _ in drawn for q in pair if q is not None]
        inch = (max(known) - min(known) or 1.0) / (body - 0.3)
        axes.set_xlim(0, 1)
        axes.set_ylim(min(known) - 0.15 * inch, max(known) + 0.15 * inch)
        sheet = board.sheet
        for side, name in enumerate((before, after)):
            axes.axvline(side, color=theme.QUIET, linewidth=1, zorder=0, clip_on=False)
            x = theme.MARGIN + rooms[0] if side == 0 else board.width - theme.MARGIN - rooms[1]
            sheet.text(x, above - 0.08, name, ha="center", va="bottom", fontsize=theme.TEXT, color=theme.MUTED)
            _slope_labels(
                axes,
                side,
                [pair[side] for (_, *pair), _ in drawn],
                labels[side],
                [shade for _, shade in drawn],
                scale,
                inch,
            )
        for (_, first, second), shade in drawn:
            ends = [(side, scale.value(q)) for side, q in ((0, first), (1, second)) if q is not None]
            axes.plot(
                [x for x, _ in ends], [y for _, y in ends], "o-", color=shade, linewidth=2, markersize=6, clip_on=False
            )
        _write_foot(board, foot)

    return Figure(
        id,
        str(title),
        subtitle(measure, scale.label),
        tuple(marks),
        paint,
        notes=mixed_sources_note(marks),
        height=above + body + theme.MARGIN + LINE * len(foot),
    )


def _direction(first: Quantity | None, second: Quantity | None) -> str:
    if first is None or second is None or first.value == second.value:
        return theme.MUTED
    return theme.EMPHASIS if second.value > first.value else theme.SECOND


def _slope_label(name: str, pair: Sequence[Quantity | None], side: int, ends: tuple[str, str], scale: Scale) -> str:
    """Name and value at one end; what the other end lacks is said at the end that is known."""
    quantity = pair[side]
    if quantity is None:
        return ""
    if pair[1 - side] is None:
        name += f"{pick('（', ' (')}{ends[1 - side]} {unknown()}{pick('）', ')')}"
    number = scale.number(quantity)
    return "\n".join(wrap(f"{name}  {number}" if side == 0 else f"{number}  {name}", 2.2, theme.TEXT))


def _label_height(text: str) -> float:
    return LINE * (text.count("\n") + 1.05) if text else 0.0


def _slope_labels(
    axes: Axes,
    side: int,
    quantities: Sequence[Quantity | None],
    labels: Sequence[str],
    colours: Sequence[str],
    scale: Scale,
    inch: float,
) -> None:
    rows = zip(quantities, labels, colours, strict=True)
    present = [(scale.value(q), text, shade) for q, text, shade in rows if q is not None]
    low, high = axes.get_ylim()
    places = spread(
        [value / inch for value, *_ in present],
        [_label_height(text) for _, text, _ in present],
        low / inch,
        high / inch,
    )
    outwards = -1 if side == 0 else 1
    for y, (value, text, shade) in zip(places, present, strict=True):
        axes.annotate(
            text,
            (side, value),
            (outwards * 0.24 * 72, (y - value / inch) * 72),
            textcoords="offset points",
            ha="right" if side == 0 else "left",
            va="center",
            fontsize=theme.TEXT,
            color=shade,
            linespacing=1.25,
            annotation_clip=False,
        )
        axes.annotate(
            "",
            (side, value),
            (outwards * 0.22 * 72, (y - value / inch) * 72),
            textcoords="offset points",
            arrowprops={"arrowstyle": "-", "color": theme.QUIET, "linewidth": 0.7, "shrinkA": 0, "shrinkB": 5},
            annotation_clip=False,
        )


def scatter(
    id: str,
    points: Sequence[Pair],
    *,
    title: Words,
    x_measure: Words,
    y_measure: Words,
    colours: Sequence[str] | None = None,
    key: Mapping[Words, str] | None = None,
    reference: Row | None = None,
    logarithmic: bool = False,
) -> Figure:
    """One measure against another, such as growth against size: a labelled point a name, names without both listed.

    Parameters
    ----------
    points : sequence of (name, Quantity or None, Quantity or None)
        Name, value across, value upwards.
    x_measure, y_measure : str, Label or Text
        What either axis shows; units are added.
    colours : sequence of str, optional
        One a point.
    key : mapping of name to colour, optional
        What the colours mean.
    reference : (name, Quantity or None), optional
        A level of the upward measure to compare with, such as the nation's, drawn as a line.
    logarithmic : bool
        Equal distances across are equal ratios; said beside the axis.

    Raises
    ------
    ValueError
        If no name has both values, the units of a measure differ, or an axis of ratios has a value that is not above
        zero.
    """
    shades = list(colours) if colours is not None else [theme.EMPHASIS] * len(points)
    table = [(sentence(name), x, y, shade) for (name, x, y), shade in zip(points, shades, strict=True)]
    full = [(name, x, y, shade) for name, x, y, shade in table if x is not None and y is not None]
    level = reference[1] if reference is not None else None
    x_scale = scale_of((x for _, x, _, _ in full), typical=True)
    y_scale = scale_of([*(y for _, _, y, _ in full), level], typical=True)
    for name, x, *_ in full:
        if logarithmic and x.value <= 0:
            raise ValueError(f"figure {id}: {name} is {x}; an axis of ratios needs values above zero")
    marks = [Mark(sentence(x_measure), name, x) for name, x, _, _ in table]
    marks += [Mark(sentence(y_measure), name, y) for name, _, y, _ in table]
    if reference is not None:
        marks.append(Mark(sentence(y_measure), sentence(reference[0]), level))
    x_name = with_unit(sentence(x_measure), x_scale.label) + (
        pick("，对数刻度", ", logarithmic") if logarithmic else ""
    )
    y_name = with_unit(sentence(y_measure), y_scale.label)
    key_names = [sentence(name) for name in key or ()]
    foot = _absent_lines([_lack(name, x, y, x_measure, y_measure) for name, x, y, _ in table if not (x and y)])
    below, above = _BOTTOM + LINE * len(foot), _TOP + key_height(key_names)
    values = [(x_scale.value(x), y_scale.value(y)) for _, x, y, _ in full]
    across = _Axis([x for x, _ in values], theme.WIDTH - _LEFT - _RIGHT, logarithmic)
    line = (
        (f"{sentence(reference[0])} {y_scale.number(level)}", y_scale.value(level))
        if reference is not None and level is not None
        else None
    )
    upwards, boxes, beside = _arrange(across, values, [name for name, *_ in full], line)

    def paint(board: Board) -> None:
        draw_key(board, list(zip(key_names, (key or {}).values(), strict=True)))
        axes = board.axes(left=_LEFT, right=_RIGHT, top=above, bottom=below)
        axes.tick_params(length=0, colors=theme.MUTED, labelcolor=theme.MUTED, labelsize=theme.SMALL)
        axes.set_xlim(0, across.inches)
        axes.set_ylim(0, upwards.inches)
        axes.set_xticks([across.place(value) for value in across.ticks], [f"{value:,.10g}" for value in across.ticks])
        axes.set_yticks(
            [upwards.place(value) for value in upwards.ticks], [f"{value:,.10g}" for value in upwards.ticks]
        )
        axes.grid(True, color=theme.GRID, linewidth=0.7)
        axes.set_axisbelow(True)
        axes.spines["left"].set_visible(False)
        sheet = board.sheet
        sheet.text(theme.MARGIN, above - 0.1, y_name, va="bottom", fontsize=theme.SMALL, color=theme.MUTED)
        sheet.text(
            board.width - _RIGHT,
            board.height - below + 0.28,
            x_name,
            ha="right",
            va="top",
            fontsize=theme.SMALL,
            color=theme.MUTED,
        )
        if line is not None and beside is not None:
            axes.axhline(upwards.place(line[1]), color=theme.INK, linewidth=1, linestyle=(0, (4, 3)))
            axes.text(beside.x, beside.y, line[0], ha="center", va="center", fontsize=theme.SMALL)
        for (name, *_, shade), value, box in zip(full, values, boxes, strict=True):
            x, y = across.place(value[0]), upwards.place(value[1])
            if max(abs(box.x - x) - box.width / 2, abs(box.y - y) - box.height / 2) > 0.12:
                axes.plot([x, box.x], [y, box.y], color=theme.QUIET, linewidth=0.7, zorder=1)
            axes.plot(x, y, "o", color=shade, markersize=_DOT, markeredgecolor=theme.PAPER, markeredgewidth=0.6)
            axes.text(
                box.x,
                box.y,
                name,
                ha="center",
                va="center_baseline",
                fontsize=theme.SMALL,
                color=shade,
                bbox={"facecolor": theme.PAPER, "edgecolor": "none", "pad": 0.3, "alpha": 0.85},
                zorder=1.5,
            )
        _write_foot(board, foot)

    return Figure(
        id,
        str(title),
        subtitle(f"{y_name}{pick('，横轴为', ' against ')}{phrase(x_name)}", "", common_period(marks)),
        tuple(marks),
        paint,
        notes=mixed_sources_note(marks),
        height=above + upwards.inches + below,
    )


class _Axis:
    """Values along an axis of so many inches, with round numbers as ticks."""

    def __init__(self, values: Sequence[float], inches: float, logarithmic: bool = False) -> None:
        self.inches = inches
        self._bend = math.log10 if logarithmic else float
        bent = [self._bend(value) for value in values]
        margin = 0.08 * (max(bent) - min(bent) or 1.0)
        self._low, self._high = min(bent) - margin, max(bent) + margin
        self.ticks = self._powers() if logarithmic else self._round_steps()

    def place(self, value: float) -> float:
        """Inches from the beginning."""
        return (self._bend(value) - self._low) / (self._high - self._low) * self.inches

    def _round_steps(self) -> list[float]:
        rough = (self._high - self._low) / 5
        power = 10.0 ** math.floor(math.log10(rough))
        step = next(m * power for m in (1, 2, 5, 10) if m * power >= rough)
        first, last = math.ceil(self._low / step), math.floor(self._high / step)
        return [round(i * step, 10) for i in range(first, last + 1)]

    def _powers(self) -> list[float]:
        exponents = range(math.floor(self._low), math.ceil(self._high) + 1)
        wide = self._high - self._low > 3
        candidates = [float(f"{m}e{e}") for e in exponents for m in ((1,) if wide else (1, 2, 5))]
        return [value for value in candidates if self._low <= math.log10(value) <= self._high]


def _arrange(
    across: _Axis,
    points: Sequence[tuple[float, float]],
    names: Sequence[str],
    reference: tuple[str, float] | None,
) -> tuple[_Axis, list[Box], Box | None]:
    """The upward axis, as high as it takes to find a free place for each name, and these places."""
    sizes = [(theme.text_width(name, theme.SMALL) + 0.05, LINE - 0.01) for name in names]
    levels = [y for _, y in points] + ([reference[1]] if reference else [])
    for height in _HEIGHTS:
        upwards = _Axis(levels, height)
        places = [(across.place(x), upwards.place(y)) for x, y in points]
        line = _beside_line(across, upwards, places, *reference) if reference else None
        taken = (
            [line, Box(across.inches / 2, upwards.place(reference[1]), across.inches, 0.02)]
            if line and reference
            else []
        )
        try:
            boxes = place(places, sizes, (across.inches, height), radius=_RADIUS, taken=taken)
        except ValueError:
            if height == _HEIGHTS[-1]:
                raise
        else:
            break
    return upwards, boxes, line


def _beside_line(across: _Axis, upwards: _Axis, places: Sequence[tuple[float, float]], text: str, level: float) -> Box:
    """Where the name of the reference line meets the fewest points: at either end, above or below."""
    width = theme.text_width(text, theme.SMALL) + 0.05
    y = upwards.place(level)
    marks = [Box(*point, 2 * _RADIUS, 2 * _RADIUS) for point in places]
    corners = [Box(x, y + dy, width, LINE) for dy in (0.1, -0.1) for x in (across.inches - width / 2, width / 2)]
    return min(corners, key=lambda box: sum(box.meets(mark) for mark in marks))


def _lack(name: str, x: Quantity | None, y: Quantity | None, x_measure: Words, y_measure: Words) -> str:
    """A name with the measure it lacks, or alone where it has neither."""
    if x is None and y is None:
        return name
    return f"{name}{pick('（', ' (')}{phrase(x_measure if x is None else y_measure)}{pick('）', ')')}"


def _absent_lines(names: Sequence[str]) -> list[str]:
    if not names:
        return []
    listed = f"{sentence(unknown())}{pick('：', ': ')}{pick('、', ', ').join(names)}"
    return wrap(listed, theme.WIDTH - 2 * theme.MARGIN, theme.SMALL)


def _write_foot(board: Board, lines: Sequence[str]) -> None:
    sheet = board.sheet
    for number, line in enumerate(reversed(lines)):
        y = board.height - theme.MARGIN / 2 - LINE * (number + 0.5)
        sheet.text(theme.MARGIN, y, line, va="center", fontsize=theme.SMALL, color=theme.MUTED)
