"""A drawing without what no reader sees, so that a page and a notebook weigh half of it."""

from __future__ import annotations

import re
from functools import cache

_REFERENCE = re.compile(r'(href="|url\()#([^")]+)')
# Outlines of characters are drawn in units of 1/64 of what a point is at their size: eight of them are never seen.
_GLYPH = re.compile(r'd="([-MLQCz\s\d.e]*)" transform="scale\(0\.015625\)"')
_LINE = re.compile(r'(?<= )d="([-MLQCz\s\d.e]*)"')
_GRAIN = 8
_COMMAND = re.compile(r"([MLQCz])([^MLQCz]*)")


def lean(svg: str) -> str:
    r"""A drawing of matplotlib without what no reader sees: comments, metadata, indentation, long names.

    Parameters
    ----------
    svg : str

    Returns
    -------
    str
        One line that draws the same.

    Examples
    --------
    >>> lean('<?xml version="1.0"?>\n<svg id="a">\n <path d="M 1 2 \nL -3 4 \nz\n"/>\n</svg>')
    "<svg><path d='m1 2l-4 2z'/></svg>"
    """
    svg = re.sub(r"<\?xml.*?\?>|<!DOCTYPE.*?>|<!--.*?-->|<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    used = {name: f"g{number}" for number, name in enumerate(dict.fromkeys(id_ for _, id_ in _REFERENCE.findall(svg)))}
    svg = re.sub(r' id="([^"]*)"', lambda m: f' id="{used[m.group(1)]}"' if m.group(1) in used else "", svg)
    svg = _REFERENCE.sub(lambda m: f"{m.group(1)}#{used[m.group(2)]}", svg)
    svg = _GLYPH.sub(lambda m: f'd="{_path(m.group(1), _GRAIN)}" transform="scale({_GRAIN / 64:g})"', svg)
    svg = _LINE.sub(lambda m: f'd="{_path(m.group(1), 0.01)}"', svg)
    svg = re.sub(r"\s+", " ", re.sub(r">\s+<", "><", svg)).strip()
    empty = re.compile(r"<(defs|g)(?: [^<>]*)?(?:/>|></\1>)")
    while empty.search(svg):
        svg = empty.sub("", svg)
    return svg if "'" in svg else svg.replace('"', "'")


@cache  # the glyphs of one figure are those of the next
def _path(commands: str, grain: float) -> str:
    """A path with each point relative to the last; matplotlib writes M, L, Q, C and z.

    Coordinates are rounded to the grain. One of a hundredth stays in points, one of many units becomes the unit.
    """
    drawn, here, start = [], (0, 0), (0, 0)
    decimals = 2 if grain < 1 else 0

    def written(step: int) -> str:
        text = f"{step / 10**decimals:.{decimals}f}"
        text = text.rstrip("0").rstrip(".") if decimals else text
        return text if text.startswith("-") else f" {text}"

    for command, numbers in _COMMAND.findall(commands):
        if command == "z":
            drawn.append("z")
            here = start
            continue
        grains = [round(float(number) / grain) for number in numbers.split()]
        points = list(zip(grains[::2], grains[1::2], strict=True))
        steps = [(x - here[0], y - here[1]) for x, y in points]
        if command == "L" and 0 in steps[0]:
            along, step = ("v", steps[0][1]) if steps[0][0] == 0 else ("h", steps[0][0])
            drawn.append(along + written(step).lstrip())
        else:
            drawn.append(command.lower() + "".join(written(x) + written(y) for x, y in steps).lstrip())
        here = points[-1]
        start = here if command == "M" else start
    return "".join(drawn)
