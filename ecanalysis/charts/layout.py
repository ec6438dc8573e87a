"""Where text goes: lines broken, labels moved apart, classes formed. Pure geometry and order; nothing is drawn here.

Every function is given widths and heights in inches and gives back places in inches, so that what fits is decided from
the font and not from a look at the result.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ecanalysis.charts import theme
from ecanalysis.quantity import Quantity

# A number and its unit, or a run of Latin letters: never broken inside.
_WHOLE = re.compile(r"[\d.,%+-]*\d%? ?(?:个百分点|[万亿]{0,2}(?:美元|元|件|人|家|倍|年|月|日|个))?|[^\s\u2e80-\uffff]+")
_NO_START = "，。；：、！？）》」』”’％…"
_NO_END = "（《「『“‘"
_PAUSES = "，；：、。;:,"


def wrap(text: str, width: float, size: float) -> list[str]:
    """Break text into as few lines as fit, as even as can be, in Chinese rather after a pause.

    Parameters
    ----------
    text : str
    width : float
        Inches a line may take; a word that is longer stands alone in its line.
    size : float
        Points.

    Returns
    -------
    list of str
        At least one line.

    Examples
    --------
    >>> wrap("农村网络零售额 1.37 万亿元，可比口径增长 30.4%", 2.6, 13)
    ['农村网络零售额 1.37 万亿元，', '可比口径增长 30.4%']
    """
    if theme.text_width(text, size) <= width:
        return [text]
    cuts = [0, *_breaks(text), len(text)]
    # For each cut the fewest lines up to it, how uneven they are, and where the last one begins.
    best: list[tuple[int, float, int]] = [(0, 0.0, 0)]
    for j in range(1, len(cuts)):
        choices = []
        for i in range(j - 1, -1, -1):
            line = text[cuts[i] : cuts[j]].strip()
            slack = width - theme.text_width(line, size)
            if slack < 0 and i < j - 1:
                break
            natural = j == len(cuts) - 1 or line[-1:] in _PAUSES or text[cuts[j]] in "(（"
            pause = 0.0 if natural else 0.15 * width**2
            choices.append((best[i][0] + 1, best[i][1] + max(slack, 0) ** 2 + pause, i))
        best.append(min(choices))
    lines = []
    j = len(cuts) - 1
    while j > 0:
        i = best[j][2]
        lines.append(text[cuts[i] : cuts[j]].strip())
        j = i
    return lines[::-1]


def _breaks(text: str) -> list[int]:
    """Where a line may end: after spaces, and between Chinese characters unless punctuation or a number forbids it."""
    inside = {i for match in _WHOLE.finditer(text) for i in range(match.start() + 1, match.end())}
    places = []
    for i in range(1, len(text)):
        before, after = text[i - 1], text[i]
        if i in inside or after.isspace() or after in _NO_START or before in _NO_END:
            continue
        if before.isspace() or ord(before) > 0x2E80 or ord(after) > 0x2E80:
            places.append(i)
    return places


def fit(texts: Sequence[str], width: float, size: float, smallest: float = theme.TINY) -> float:
    """The largest size up to ``size`` points at which each text fits the width, but never below the smallest."""
    widest = max((theme.text_width(text, 1.0) for text in texts), default=0.0)
    return max(smallest, min(size, width / widest)) if widest else size


def spread(
    wanted: Sequence[float], sizes: Sequence[float], low: float = -math.inf, high: float = math.inf
) -> list[float]:
    """Move labels apart along a line: order kept, none overlapping, each as near to its place as the others allow.

    Parameters
    ----------
    wanted : sequence of float
        Where the centre of each label would stand alone.
    sizes : sequence of float
        How much room each takes.
    low, high : float
        Limits for all of them together.

    Returns
    -------
    list of float
        The centres, in the order given.

    Examples
    --------
    >>> spread([1.0, 1.1, 5.0], [1.0, 1.0, 1.0])
    [0.55, 1.55, 5.0]
    """
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    blocks: list[list[int]] = []
    for i in order:
        blocks.append([i])
        while len(blocks) > 1 and _start(blocks[-2], wanted, sizes, low, high) + _length(blocks[-2], sizes) > _start(
            blocks[-1], wanted, sizes, low, high
        ):
            last = blocks.pop()
            blocks[-1] += last
    centres = [0.0] * len(wanted)
    for block in blocks:
        place = _start(block, wanted, sizes, low, high)
        for i in block:
            centres[i] = place + sizes[i] / 2
            place += sizes[i]
    return centres


def _length(block: Sequence[int], sizes: Sequence[float]) -> float:
    return sum(sizes[i] for i in block)


def _start(block: Sequence[int], wanted: Sequence[float], sizes: Sequence[float], low: float, high: float) -> float:
    """Where a block of touching labels begins so that they are nearest to their places together."""
    offset, total = 0.0, 0.0
    for i in block:
        total += wanted[i] - sizes[i] / 2 - offset
        offset += sizes[i]
    return max(low, min(total / len(block), high - offset))


@dataclass(frozen=True)
class Box:
    """A rectangle in inches, by its centre."""

    x: float
    y: float
    width: float
    height: float

    def meets(self, other: Box) -> bool:
        """Say whether the two overlap."""
        return (
            abs(self.x - other.x) * 2 < self.width + other.width
            and abs(self.y - other.y) * 2 < self.height + other.height
        )

    def inside(self, width: float, height: float) -> bool:
        """Say whether it lies within an area that begins at the origin."""
        return (
            self.width / 2 <= self.x <= width - self.width / 2 and self.height / 2 <= self.y <= height - self.height / 2
        )


def place(
    points: Sequence[tuple[float, float]],
    sizes: Sequence[tuple[float, float]],
    area: tuple[float, float],
    *,
    radius: float = 0.05,
    taken: Sequence[Box] = (),
    sides: Sequence[str] | None = None,
) -> list[Box]:
    """Find a free place beside each point for its label.

    Parameters
    ----------
    points : sequence of (x, y)
    sizes : sequence of (width, height)
        Of each point's label.
    area : (width, height)
        No label leaves it.
    radius : float
        Of the mark at each point, which no label covers.
    taken : sequence of Box
        Places of other things.
    sides : sequence of str, optional
        For each point the four sides in the order in which they are tried: E, W, N, S.

    Returns
    -------
    list of Box
        In the order of the points.

    Raises
    ------
    ValueError
        If the area is too small for all labels.

    Examples
    --------
    >>> [(box.x, box.y) for box in place([(1, 1), (1.2, 1)], [(0.5, 0.2), (0.5, 0.2)], (3, 3), radius=0.02)]
    [(0.7, 1.0), (1.5, 1.0)]
    """
    marks = [Box(x, y, 2 * radius, 2 * radius) for x, y in points]
    placed: list[Box] = []
    for i, ((x, y), (width, height)) in enumerate(zip(points, sizes, strict=True)):
        free = (
            box
            for box in _around(x, y, width, height, radius, sides[i] if sides else "EWNS")
            if box.inside(*area) and not any(box.meets(other) for other in (*marks, *placed, *taken))
        )
        found = next(free, None)
        if found is None:
            raise ValueError(f"no room for {len(points)} labels in {area[0]:.1f} by {area[1]:.1f} inches")
        placed.append(found)
    return placed


def _around(x: float, y: float, width: float, height: float, radius: float, sides: str) -> list[Box]:
    """Places for a label from the nearest outwards, at each distance first the sides, then the corners."""
    boxes = []
    for step in range(24):
        gap = radius + 0.03 + 0.07 * step
        across, up = gap + width / 2, gap + height / 2
        steps = {"E": (across, 0.0), "W": (-across, 0.0), "N": (0.0, up), "S": (0.0, -up)}
        corners = ((across, up), (across, -up), (-across, up), (-across, -up))
        boxes += [Box(x + dx, y + dy, width, height) for dx, dy in (*(steps[side] for side in sides), *corners)]
    return boxes


def flow(names: Sequence[str], width: float, size: float, extra: float) -> list[list[int]]:
    """Set the entries of a key in lines: positions in ``names``, line by line; ``extra`` inches beside each name."""
    lines: list[list[int]] = [[]]
    used = 0.0
    for i, name in enumerate(names):
        needed = theme.text_width(name, size) + extra
        if lines[-1] and used + needed > width:
            lines.append([])
            used = 0.0
        lines[-1].append(i)
        used += needed
    return lines


def classes(quantities: Sequence[Quantity], count: int = len(theme.RAMP)) -> list[list[Quantity]]:
    """Sort values into classes with about as many different values each, equal values always together.

    Parameters
    ----------
    quantities : sequence of Quantity
        In one base unit.
    count : int
        The most classes.

    Returns
    -------
    list of list of Quantity
        From low to high, none empty. Values below zero form a class of their own, the first.
    """
    falls = sorted((q for q in quantities if q.value < 0), key=lambda q: q.value)
    rest = sorted((q for q in quantities if q.value >= 0), key=lambda q: q.value)
    ranks = {value: rank for rank, value in enumerate(dict.fromkeys(q.value for q in rest))}
    groups: dict[int, list[Quantity]] = {}
    for quantity in rest:
        groups.setdefault(ranks[quantity.value] * count // max(len(ranks), count), []).append(quantity)
    return ([falls] if falls else []) + list(groups.values())


def shades(groups: Sequence[Sequence[Quantity]]) -> list[str]:
    """A colour for each class of :func:`classes`: falls their own, the others evenly from light to dark."""
    falls = bool(groups) and groups[0][0].value < 0
    count = len(groups) - falls
    last = len(theme.RAMP) - 1
    ramp = [theme.RAMP[round(i * last / (count - 1)) if count > 1 else last - 1] for i in range(count)]
    return [theme.FALL, *ramp] if falls else ramp


def shade_of(quantities: Sequence[Quantity | None]) -> Callable[[Quantity], str]:
    """The colour of a value among others, by its class."""
    groups = classes([q for q in quantities if q is not None])
    colours = {q.value: colour for group, colour in zip(groups, shades(groups), strict=True) for q in group}
    return lambda quantity: colours[quantity.value]
