"""The look of every figure: fonts, colours, sizes. The only module that sets matplotlib's defaults.

Chinese must show on machines without any Chinese font, so the font comes with the package ``zhplot`` (Noto Sans SC,
Open Font License), of which only the file is used. A glyph that the font lacks is an error, not a box.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import matplotlib
import seaborn as sns
from matplotlib import font_manager
from matplotlib.ft2font import FT2Font, LoadFlags

INK = "#1f2430"
MUTED = "#5f6672"
GRID = "#dfe3e8"
PAPER = "#ffffff"
EMPHASIS = "#15396b"
SECOND = "#b85c12"
QUIET = "#b9c4cf"
GAP = "#eef1f4"
HATCH = "#bcc5ce"

# One colour for China and for each economic region, everywhere. Searched so that any two stay apart in lightness or hue
# for normal and for each kind of colour-deficient vision (simulated after Machado et al. 2009), and so that each can be
# read as text on white and carry white text.
COLOURS = {
    "CN": EMPHASIS,
    "CN-east": "#2b74d0",
    "CN-central": "#b85c12",
    "CN-west": "#1f6b4d",
    "CN-northeast": "#a0569c",
    "world": "#5f6672",
}
SEQUENCE = ("#2b74d0", "#b85c12", "#1f6b4d", "#a0569c", "#15396b", "#66757f", "#4c2629", "#424c0f")
# Classes of values from low to high, and the one class of values below zero.
RAMP = ("#e9f1f9", "#cbdff1", "#9dc3e6", "#5f9bd1", "#1d5591")
FALL = "#f3d3b3"

# Inches and points.
WIDTH = 7.2
MARGIN = 0.1
TITLE = 13.0
SUBTITLE = 9.5
TEXT = 9.5
SMALL = 8.5
TINY = 7.0


@cache
def font_file() -> Path:
    """The file of the Chinese font, found without importing the package that brings it."""
    spec = find_spec("zhplot")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("the package zhplot, which brings the Chinese font, is not installed")
    return Path(spec.origin).parent / "fonts" / "NotoSansSC-Regular.ttf"


@cache
def _family() -> str:
    font_manager.fontManager.addfont(str(font_file()))
    return str(font_manager.FontProperties(fname=str(font_file())).get_name())


@contextmanager
def theme() -> Iterator[None]:
    """Draw inside this block in the project's look; everything it changes is restored afterwards."""
    family = [_family(), "DejaVu Sans"]
    settings = sns.axes_style("white", rc={"font.family": family}) | {
        "font.family": family,
        "font.size": TEXT,
        "axes.edgecolor": MUTED,
        "axes.labelcolor": MUTED,
        "axes.linewidth": 0.8,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.unicode_minus": False,
        "figure.dpi": 72,
        "figure.facecolor": PAPER,
        "grid.color": GRID,
        "hatch.color": HATCH,
        "hatch.linewidth": 0.7,
        "text.color": INK,
        "text.parse_math": False,
        "xtick.color": MUTED,
        "xtick.labelcolor": INK,
        "xtick.labelsize": TEXT,
        "ytick.color": MUTED,
        "ytick.labelcolor": INK,
        "ytick.labelsize": TEXT,
        "svg.fonttype": "path",
        "svg.hashsalt": "ecanalysis",
    }
    with matplotlib.rc_context(settings), warnings.catch_warnings():
        warnings.filterwarnings("error", message="Glyph .* missing from", category=UserWarning)
        yield


def text_width(text: str, size: float) -> float:
    """How wide a line of text is.

    Parameters
    ----------
    text : str
        One line.
    size : float
        Points.

    Returns
    -------
    float
        Inches; kerning is left out, which errs by less than a hundredth.

    Examples
    --------
    >>> text_width("电商", 36)
    1.0
    """
    return sum(map(_advance, text)) * size / 72


@cache
def _advance(character: str) -> float:
    """Width of a character in ems."""
    glyph = _measured_font().load_char(ord(character), flags=LoadFlags.NO_HINTING)
    return float(glyph.horiAdvance) / 64 / 100


@cache
def _measured_font() -> FT2Font:
    font = FT2Font(str(font_file()))
    font.set_size(100, 72)
    return font


# The font reads from an open file, whose position a forked process would share with its parent and siblings.
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_measured_font.cache_clear)


def colour_of_area(area: str, parent: str = "") -> str:
    """The fixed colour of an area: its own, or that of the economic region it lies in."""
    return COLOURS.get(area) or COLOURS.get(parent, QUIET)


def ink_on(colour: str) -> str:
    """The colour of text that reads best on a filled area: ink or paper, whichever contrasts more (WCAG 2)."""

    def luminance(hexadecimal: str) -> float:
        channels = (int(hexadecimal[i : i + 2], 16) / 255 for i in (1, 3, 5))
        red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    def contrast(a: float, b: float) -> float:
        return (max(a, b) + 0.05) / (min(a, b) + 0.05)

    under = luminance(colour)
    return max((INK, PAPER), key=lambda candidate: contrast(under, luminance(candidate)))
