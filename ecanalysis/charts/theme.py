"""The look of every figure: fonts, colours, sizes. The only module that sets matplotlib's defaults.

Chinese must show on machines without any Chinese font, so the font comes with the package ``zhplot`` (Noto Sans SC,
Open Font License), of which only the file is used. A glyph that the font lacks is an error, not a box.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import matplotlib

matplotlib.use("svg", force=False)
import matplotlib.pyplot as plt
import seaborn as sns
from matplotlib import font_manager

INK = "#1f2430"
MUTED = "#6b7280"
GRID = "#e3e6ea"
PAPER = "#ffffff"
EMPHASIS = "#0b5c8a"
SECOND = "#c8762b"
QUIET = "#b9c4cf"
GAP = "#eef1f4"

# One colour for China and for each economic region, everywhere; told apart with any colour vision (Okabe and Ito 2008,
# darkened for contrast on white).
COLOURS = {
    "CN": EMPHASIS,
    "CN-east": "#1b6ca8",
    "CN-central": "#c8762b",
    "CN-west": "#2a8a68",
    "CN-northeast": "#8a5a9e",
    "world": "#4b5563",
}
SEQUENCE = ("#1b6ca8", "#c8762b", "#2a8a68", "#8a5a9e", "#a8434a", "#6f7f2a", "#4b5563", "#3c9db5")
WIDTH = 7.2


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
    return font_manager.FontProperties(fname=str(font_file())).get_name()


@contextmanager
def theme() -> Iterator[None]:
    """Draw inside this block in the project's look; everything it changes is restored afterwards."""
    family = _family()
    settings = sns.axes_style("white", rc={"font.family": [family, "DejaVu Sans"]}) | {
        "font.family": [family, "DejaVu Sans"],
        "font.size": 11,
        "axes.titlesize": 11,
        "axes.labelsize": 10,
        "axes.edgecolor": MUTED,
        "axes.labelcolor": MUTED,
        "axes.linewidth": 0.8,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.unicode_minus": False,
        "figure.facecolor": PAPER,
        "grid.color": GRID,
        "hatch.color": "#a9b3bd",
        "hatch.linewidth": 0.7,
        "text.color": INK,
        "xtick.color": MUTED,
        "xtick.labelcolor": INK,
        "xtick.labelsize": 10,
        "ytick.color": MUTED,
        "ytick.labelcolor": INK,
        "ytick.labelsize": 10,
        "svg.fonttype": "path",
        "svg.hashsalt": "ecanalysis",
    }
    with plt.rc_context(settings), warnings.catch_warnings():
        warnings.filterwarnings("error", message="Glyph .* missing from", category=UserWarning)
        yield


def colour_of_area(area: str, parent: str = "") -> str:
    """The fixed colour of an area: its own, or that of the economic region it lies in."""
    return COLOURS.get(area) or COLOURS.get(parent, QUIET)
