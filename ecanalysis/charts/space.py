"""China's provinces as a grid of tiles: every province the same size, where a reader would look for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ecanalysis import catalog
from ecanalysis.charts import theme
from ecanalysis.charts.figure import Board, Figure, Mark
from ecanalysis.charts.layout import classes, fit, shades, wrap
from ecanalysis.charts.parts import (
    Words,
    common_period,
    mixed_sources_note,
    subtitle,
    swatch,
    unknown,
)
from ecanalysis.charts.scale import Scale, scale_of
from ecanalysis.charts.tiles import TILES
from ecanalysis.errors import not_found
from ecanalysis.language import Label, current, pick, sentence
from ecanalysis.quantity import Quantity

if TYPE_CHECKING:
    from matplotlib.axes import Axes

REGIONS = ("CN-east", "CN-central", "CN-west", "CN-northeast")
# Provinces of which the reports print nothing; they are drawn, and said to be without data.
OUTSIDE = ("TW", "HK", "MO")
_COLUMNS = range(1, 9)
_ROWS = range(9)
_TILE_HEIGHT = 0.52
_GAP = 0.05


def region_key() -> dict[Label, str]:
    """The names of the economic regions with their colours, for the key of any figure that uses these."""
    data = catalog.load()
    names = {area: Label(data.record("areas", area)["short_zh"], data.name("areas", area, "en")) for area in REGIONS}
    return {name: theme.COLOURS[area] for area, name in names.items()}


def tile_map(id: str, values: Mapping[str, Quantity | None], *, title: Words, measure: Words) -> Figure:
    """One value a province on a grid of tiles, coloured by classes of values, framed in the colour of its region.

    Parameters
    ----------
    values : mapping of area id to Quantity or None
        Provinces such as ``CN-44``; one that is not there is a gap. Taiwan, Hong Kong and Macao, which the reports
        leave out, are drawn without data unless a value is given.

    Raises
    ------
    NotFound
        If an area has no tile.
    ValueError
        If no value is known or the units differ.
    """
    for area in values:
        if area not in TILES:
            raise not_found("tile", area, TILES)
    scale = scale_of(values.values(), decimals=1, typical=True)
    data = catalog.load()
    records = {area: data.record("areas", area) for area in TILES}
    names = {
        area: record["short_zh"] if current() == "zh" else record["en"].removesuffix(", China")
        for area, record in records.items()
    }
    shown = [area for area in TILES if area not in OUTSIDE or values.get(area) is not None]
    marks = [Mark(sentence(measure), names[area], values.get(area)) for area in shown]
    groups = classes([q for q in values.values() if q is not None])
    colours = shades(groups)
    left_out = [names[area] for area in OUTSIDE if area not in shown]

    def paint(board: Board) -> None:
        sheet = board.sheet
        shade = {q.value: colour for group, colour in zip(groups, colours, strict=True) for q in group}
        width = (board.width - 2 * theme.MARGIN) / len(_COLUMNS)
        for area, (column, row) in TILES.items():
            corner = (theme.MARGIN + width * (column - _COLUMNS[0]), _TILE_HEIGHT * row)
            quantity = values.get(area)
            frame = theme.QUIET if area in OUTSIDE else theme.COLOURS[records[area]["parent"]]
            text = scale.number(quantity) if quantity else _without(area in OUTSIDE)
            _tile(sheet, corner, width, names[area], text, shade[quantity.value] if quantity else "", frame)
        _class_key(sheet, groups, colours, scale, gaps=any(values.get(area) is None for area in TILES))
        _region_frames(sheet)

    note = pick(
        "方格示意图：每个省级行政区一格，大小和位置不代表面积与边界",
        "a schematic grid: one tile a province-level area; sizes and places stand for no areas or borders",
    )
    if left_out:
        listed = pick("、", ", ").join(left_out)
        note += pick(f"；{listed}不在报告范围内，无数据", f"; the reports do not cover {listed}, shown without data")
    return Figure(
        id,
        str(title),
        subtitle(measure, scale.label, common_period(marks), pick("方格示意", "schematic")),
        tuple(marks),
        paint,
        notes=(note, *mixed_sources_note(marks)),
        height=_TILE_HEIGHT * len(_ROWS) + theme.MARGIN,
    )


def _without(outside: bool) -> str:
    return pick("无数据", "no data") if outside else unknown(short=True)


def _tile(sheet: Axes, corner: tuple[float, float], width: float, name: str, text: str, shade: str, frame: str) -> None:
    from matplotlib.patches import Rectangle

    x, y = corner
    inner = (width - 2 * _GAP, _TILE_HEIGHT - 2 * _GAP)
    hatch: dict[str, Any] = {} if shade else {"hatch": "///"}
    sheet.add_patch(
        Rectangle(
            (x + _GAP, y + _GAP), *inner, facecolor=shade or theme.GAP, edgecolor=theme.HATCH, linewidth=0, **hatch
        )
    )
    sheet.add_patch(Rectangle((x + _GAP, y + _GAP), *inner, fill=False, edgecolor=frame, linewidth=1.6))
    ink = theme.ink_on(shade) if shade else theme.MUTED
    look: dict[str, Any] = {"ha": "center", "va": "center", "color": ink}
    if not shade:
        look["bbox"] = {"facecolor": theme.GAP, "edgecolor": "none", "pad": 0.6}
    lines = wrap(name, inner[0] - 0.1, theme.SMALL)
    size = fit(lines, inner[0] - 0.1, theme.SMALL)
    middle = x + width / 2
    if len(lines) == 1:
        sheet.text(middle, y + _TILE_HEIGHT * 0.34, name, fontsize=size, **look)
        sheet.text(middle, y + _TILE_HEIGHT * 0.66, text, fontsize=fit([text], inner[0] - 0.1, theme.TEXT), **look)
        return
    for number, line in enumerate(lines):
        sheet.text(middle, y + _TILE_HEIGHT * (0.25 + 0.23 * number), line, fontsize=theme.TINY, **look)
    sheet.text(middle, y + _TILE_HEIGHT * 0.74, text, fontsize=fit([text], inner[0] - 0.1, theme.SMALL), **look)


def _class_key(sheet: Axes, groups: list[list[Quantity]], colours: list[str], scale: Scale, *, gaps: bool) -> None:
    """The classes, largest first, each with the lowest and highest value that lies in it."""
    entries = [
        (
            scale.number(group[0])
            if group[0].value == group[-1].value
            else f"{scale.number(group[0])}{pick('～', ' – ')}{scale.number(group[-1])}",
            colour,
        )
        for group, colour in zip(groups, colours, strict=True)
    ][::-1]
    if gaps:
        entries.append((sentence(unknown()), ""))
    for number, (name, colour) in enumerate(entries):
        y = 0.12 + 0.2 * number
        swatch(sheet, theme.MARGIN + _GAP, y, colour)
        sheet.text(theme.MARGIN + _GAP + 0.24, y, name, va="center", fontsize=theme.TEXT)


def _region_frames(sheet: Axes) -> None:
    foot = _TILE_HEIGHT * len(_ROWS)
    for number, (name, colour) in enumerate(region_key().items()):
        y = foot - 0.2 * (len(REGIONS) - number) + 0.08
        swatch(sheet, theme.MARGIN + _GAP, y, colour, framed=True)
        sheet.text(theme.MARGIN + _GAP + 0.24, y, sentence(name), va="center", fontsize=theme.TEXT, color=colour)
