"""Charts of categories: ranked bars, shares of a whole, funnels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ecanalysis import metrics
from ecanalysis.charts import theme
from ecanalysis.charts.figure import Board, Figure, Mark
from ecanalysis.charts.layout import spread
from ecanalysis.charts.parts import (
    KEY_ROW,
    Row,
    Words,
    bare,
    common_period,
    draw_key,
    gap_row,
    inches,
    key_height,
    mixed_sources_note,
    name_column,
    palette,
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

# Inches from row to row, and the share of it that a bar takes.
_ROW = 0.29
_DENSE_ROW = 0.24
_BAR = 0.62
# Of a whole, this much may be lost to rounding before a remainder is drawn.
_ROUNDING = 0.3


def ranked(
    id: str,
    rows: Sequence[Row],
    *,
    title: Words,
    measure: Words,
    second: Sequence[Row] | None = None,
    second_measure: Words = "",
    colours: Sequence[str] | None = None,
    key: Mapping[Words, str] | None = None,
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
    key : mapping of name to colour, optional
        What the colours mean.
    expected : int, optional
        How many values the printed chart shows, where that is more.
    sort : bool
        Keep the given order if False.

    Returns
    -------
    Figure

    Raises
    ------
    ValueError
        If no value is known, the units differ, or ``second`` names a category that ``rows`` does not.
    """
    shades = list(colours) if colours is not None else [theme.EMPHASIS] * len(rows)
    table = [(sentence(name), quantity, shade) for (name, quantity), shade in zip(rows, shades, strict=True)]
    dots = {sentence(name): quantity for name, quantity in second or ()}
    for name in dots:
        if name not in {known for known, *_ in table}:
            raise ValueError(f"figure {id}: {name} has a second value but no row")
    if sort:
        table.sort(key=lambda row: (row[1] is None, -row[1].value if row[1] is not None else 0))
    names = [name for name, *_ in table]
    first_scale = _scale_if_any([quantity for _, quantity, _ in table])
    second_scale = _scale_if_any(list(dots.values()))
    if first_scale is None and second_scale is None:
        scale_of([])
    marks = [Mark(sentence(measure), name, quantity) for name, quantity, _ in table]
    if second is not None:
        marks += [Mark(sentence(second_measure), name, dots.get(name)) for name in names]
    right_measure = with_unit(phrase(second_measure), second_scale.label) if second_scale else ""
    key_names = [sentence(name) for name in key or ()]
    broken, width = name_column(names)
    heights = row_heights(broken, _ROW if len(rows) < 20 else _DENSE_ROW)

    def paint(board: Board) -> None:
        draw_key(board, list(zip(key_names, (key or {}).values(), strict=True)))
        left, top = theme.MARGIN + width + 0.1, key_height(key_names)
        share = 0.66 if second_scale is not None else 1.0
        room = board.width - left - theme.MARGIN
        axes = board.axes(left=left, right=theme.MARGIN + room * (1 - share), top=top, bottom=theme.MARGIN)
        places = _row_axis(axes, broken, heights)
        _ranked_bars(axes, places, [row[1:] for row in table], first_scale)
        if second_scale is not None:
            beside = board.axes(left=left + room * share + 0.15, right=theme.MARGIN, top=top, bottom=theme.MARGIN)
            _row_axis(beside, [""] * len(names), heights)
            _dots(beside, places, [(dots.get(name), shade) for name, _, shade in table], second_scale)

    return Figure(
        id,
        str(title),
        subtitle(
            measure,
            first_scale.label if first_scale else "",
            common_period(marks),
            pick("右：", "right: ") + right_measure if right_measure else "",
        ),
        tuple(marks),
        paint,
        notes=mixed_sources_note(marks),
        height=sum(heights) + key_height(key_names) + theme.MARGIN,
        expected=expected,
    )


def shares(
    id: str,
    bars: Mapping[Words, Sequence[Row]],
    *,
    title: Words,
    measure: Words,
    colours: Mapping[str, str] | None = None,
    expected: int | None = None,
) -> Figure:
    """Parts of a whole as one full bar a group, each part in the same colour everywhere.

    Parameters
    ----------
    bars : mapping of name to sequence of (part, Quantity or None)
        A part nobody printed is left blank; what the parts leave of the whole stays hatched and is named.
    colours : mapping of part to colour, optional
        Colours of parts that have one of their own, such as regions.

    Raises
    ------
    ValueError
        If the parts of a group are more than the whole, or there are more parts than colours.
    """
    parts = list(dict.fromkeys(sentence(name) for rows in bars.values() for name, _ in rows))
    chosen = {sentence(name): colour for name, colour in (colours or {}).items()}
    shades = dict(zip(parts, [chosen[p] for p in parts] if chosen else palette(id, len(parts)), strict=True))
    scale = scale_of((q for rows in bars.values() for _, q in rows), decimals=1)
    for group, rows in bars.items():
        least = sum(float(q.low) for _, q in rows if q is not None)
        if least > 1:
            raise ValueError(f"figure {id}: the parts of {group} add up to at least {least:.1%}, more than the whole")
    marks = [Mark(sentence(group), sentence(name), q) for group, rows in bars.items() for name, q in rows]
    broken, width = name_column([sentence(group) for group in bars])
    heights = row_heights(broken, 0.5)
    rest = any(_remainder(rows, scale) > _ROUNDING for rows in bars.values())
    entries = [*shades.items(), *([(sentence(unknown()), "")] if rest else [])]
    period = common_period(marks)

    def paint(board: Board) -> None:
        top = key_height([name for name, _ in entries])
        draw_key(board, entries)
        axes = board.axes(left=theme.MARGIN + width + 0.1, right=theme.MARGIN, top=top, bottom=theme.MARGIN)
        places = _row_axis(axes, broken, heights)
        axes.spines["left"].set_visible(False)
        axes.set_xlim(0, 100)
        for y, rows in zip(places, bars.values(), strict=True):
            _share_bar(axes, y, rows, shades, scale)

    return Figure(
        id,
        str(title),
        subtitle(measure, scale.label, period),
        tuple(marks),
        paint,
        notes=mixed_sources_note(marks),
        height=sum(heights) + key_height([name for name, _ in entries]) + theme.MARGIN,
        expected=expected,
    )


def funnel(id: str, steps: Sequence[Row], *, title: Words, measure: Words, parts: Sequence[Row] = ()) -> Figure:
    """Steps of which each is a part of the one before, with the share that remains, and what the last consists of.

    Parameters
    ----------
    steps : sequence of (name, Quantity or None)
        From all to few, in one unit: inspected, failed.
    parts : sequence of (name, Quantity or None)
        Parts of the last step, such as the reasons; they may overlap.

    Raises
    ------
    ValueError
        If the units differ, or something is larger than what it is a part of.
    """
    rows = [*steps, *parts]
    scale = scale_of((quantity for _, quantity in rows), typical=True)
    names = [sentence(name) for name, _ in rows]
    marks = [Mark(sentence(measure), name, quantity) for name, (_, quantity) in zip(names, rows, strict=True)]
    whole: Quantity | None = None
    kept: list[Quantity | None] = []
    for number, (name, quantity) in enumerate(rows):
        if whole is not None and quantity is not None and quantity.low > whole.high:
            raise ValueError(f"figure {id}: {name} is {quantity}, more than the {whole} it is a part of")
        kept.append(metrics.share(quantity, whole) if whole is not None and quantity is not None else None)
        if number < len(steps) and quantity is not None:
            whole = quantity
    column = pick("占上一级", "share of the step above")
    marks += [Mark(column, n, share, computed=True) for n, share in zip(names, kept, strict=True) if share is not None]
    broken, width = name_column(names)
    heights = row_heights(broken, 0.36)

    def paint(board: Board) -> None:
        left = theme.MARGIN + width + 0.1
        right = theme.text_width(column, theme.SMALL) + theme.MARGIN + 0.15
        axes = board.axes(left=left, right=right, top=KEY_ROW, bottom=theme.MARGIN)
        places = _row_axis(axes, broken, heights)
        shades = [theme.EMPHASIS] * len(steps) + [theme.SECOND] * len(parts)
        _ranked_bars(axes, places, [(q, shade) for (_, q), shade in zip(rows, shades, strict=True)], scale)
        sheet = board.sheet
        edge = board.width - theme.MARGIN
        sheet.text(edge, KEY_ROW / 2, column, ha="right", va="center", fontsize=theme.SMALL, color=theme.MUTED)
        for y, share in zip(places, kept, strict=True):
            if share is not None:
                text = f"{scale_of([share], decimals=1).number(share)}%"
                sheet.text(edge, KEY_ROW + y, text, ha="right", va="center", fontsize=theme.TEXT)

    return Figure(
        id,
        str(title),
        subtitle(measure, scale.label, common_period(marks)),
        tuple(marks),
        paint,
        notes=mixed_sources_note(marks),
        height=sum(heights) + KEY_ROW + theme.MARGIN,
    )


def _scale_if_any(quantities: Sequence[Quantity | None]) -> Scale | None:
    return scale_of(quantities, typical=True) if any(quantity is not None for quantity in quantities) else None


def _row_axis(axes: Axes, names: Sequence[str], heights: Sequence[float]) -> list[float]:
    """Name the rows of horizontal bars; gives back the middle of each in inches from the top."""
    places = [sum(heights[:i]) + height / 2 for i, height in enumerate(heights)]
    bare(axes, bottom=False)
    axes.spines["left"].set_visible(any(names))
    axes.set_xticks([])
    axes.set_yticks(places, names, va="center", linespacing=1.25)
    axes.set_ylim(sum(heights), 0)
    return places


def _ranked_bars(
    axes: Axes, places: Sequence[float], rows: Sequence[tuple[Quantity | None, str]], scale: Scale | None
) -> None:
    """Bars from zero with their numbers behind them; gaps hatched and named."""
    known = {y: scale.value(q) for y, (q, _) in zip(places, rows, strict=True) if q is not None and scale is not None}
    low, high = min([0.0, *known.values()]), max([0.0, *known.values()])
    if low == high:
        high = 1.0
    numbers = [scale.number(q) for q, _ in rows if q is not None and scale is not None]
    label = max((theme.text_width(number, theme.TEXT) for number in [*numbers, unknown()]), default=0.0) + 0.12
    width = inches(axes)[0]
    unit = (high - low) / (width - label - (label if low < 0 else 0.0))
    axes.set_xlim(low - (label * unit if low < 0 else 0.0), high + label * unit)
    if low < 0:
        axes.axvline(0, color=theme.MUTED, linewidth=0.8)
        axes.spines["left"].set_visible(False)
    thickness = _BAR * _ROW
    for y, (quantity, colour) in zip(places, rows, strict=True):
        if quantity is None or scale is None:
            gap_row(axes, y, 0.9 * unit, height=thickness)
            axes.text(0.97 * unit, y, unknown(), va="center", fontsize=theme.SMALL, color=theme.MUTED)
            continue
        value = known[y]
        axes.barh(y, value, thickness, color=colour)
        axes.text(
            value + (0.05 if value >= 0 else -0.05) * unit,
            y,
            scale.number(quantity),
            va="center",
            ha="left" if value >= 0 else "right",
            fontsize=theme.TEXT,
        )


def _dots(axes: Axes, places: Sequence[float], rows: Sequence[tuple[Quantity | None, str]], scale: Scale) -> None:
    """A second measure as dots on faint lines, with its numbers beside them."""
    known = [scale.value(q) for q, _ in rows if q is not None]
    low, high = min([0.0, *known]), max([0.0, *known])
    label = max(theme.text_width(scale.number(q), theme.TEXT) for q, _ in rows if q is not None) + 0.16
    before = label if low < 0 else 0.1
    unit = (high - low or 1.0) / (inches(axes)[0] - label - before)
    axes.set_xlim(low - before * unit, high + label * unit)
    if low < 0:
        axes.axvline(0, color=theme.MUTED, linewidth=0.8, zorder=0)
    for y, (quantity, colour) in zip(places, rows, strict=True):
        if quantity is None:
            axes.text(0, y, unknown(), va="center", fontsize=theme.SMALL, color=theme.MUTED)
            continue
        value = scale.value(quantity)
        axes.plot([0, value], [y, y], color=theme.GRID, linewidth=1.2, zorder=0)
        axes.plot(value, y, "o", color=colour, markersize=6.5)
        side, align = (0.09, "left") if value >= 0 else (-0.09, "right")
        axes.text(value + side * unit, y, scale.number(quantity), va="center", ha=align, fontsize=theme.TEXT)


def _remainder(rows: Sequence[Row], scale: Scale) -> float:
    """What the known parts leave of the whole, in per cent."""
    return 100 - sum(scale.value(quantity) for _, quantity in rows if quantity is not None)


def _share_bar(axes: Axes, y: float, rows: Sequence[Row], shades: Mapping[str, str], scale: Scale) -> None:
    """One full bar; the number of a part too narrow for it stands above its part."""
    start = 0.0
    height = 0.3
    unit = 100 / inches(axes)[0]
    above: list[tuple[float, str]] = []
    for name, quantity in rows:
        if quantity is None:
            continue
        width, shade = scale.value(quantity), shades[sentence(name)]
        axes.barh(y, width, height, left=start, color=shade, edgecolor=theme.PAPER, linewidth=0.8)
        number = scale.number(quantity)
        if theme.text_width(number, theme.TEXT) + 0.06 < width / unit:
            axes.text(
                start + width / 2, y, number, ha="center", va="center", fontsize=theme.TEXT, color=theme.ink_on(shade)
            )
        else:
            above.append((start + width / 2, number))
        start += width
    _small_numbers(axes, y - height / 2, above, unit)
    rest = _remainder(rows, scale)
    if rest > _ROUNDING:
        gap_row(axes, y, rest, left=start, height=height)
        if theme.text_width(unknown(), theme.SMALL) + 0.1 < rest / unit:
            axes.text(
                start + rest / 2,
                y,
                unknown(),
                ha="center",
                va="center",
                fontsize=theme.SMALL,
                color=theme.MUTED,
                bbox={"facecolor": theme.GAP, "edgecolor": "none", "pad": 1.5},
            )


def _small_numbers(axes: Axes, y: float, numbers: Sequence[tuple[float, str]], unit: float) -> None:
    sizes = [theme.text_width(number, theme.SMALL) + 0.08 for _, number in numbers]
    for x, (_, number) in zip(spread([x / unit for x, _ in numbers], sizes, 0, 100 / unit), numbers, strict=True):
        axes.text(x * unit, y - 0.02, number, ha="center", va="bottom", fontsize=theme.SMALL, color=theme.MUTED)
