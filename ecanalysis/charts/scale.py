"""The unit a figure is drawn in: one for all its values, in the language's own steps (万, 亿; million, billion)."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from ecanalysis.language import current, pick
from ecanalysis.quantity import Quantity, Unit

_STEPS = {
    "zh": ((Fraction(10**12), "万亿"), (Fraction(10**8), "亿"), (Fraction(10**4), "万"), (Fraction(1), "")),
    "en": (
        (Fraction(10**12), "trillion"),
        (Fraction(10**9), "billion"),
        (Fraction(10**6), "million"),
        (Fraction(1), ""),
    ),
}


@dataclass(frozen=True)
class Scale:
    """How a figure writes its values.

    Parameters
    ----------
    size : Fraction
        Base units in one unit of the figure.
    label : str
        The unit as the subtitle names it, such as ``万亿元`` or ``trillion yuan``; ``%`` for ratios.
    decimals : int or None
        The most decimals a label shows; None for all that are printed.
    """

    size: Fraction
    label: str
    decimals: int | None = None

    def value(self, quantity: Quantity) -> float:
        """Where to draw it."""
        return float(quantity.value / self.size)

    def number(self, quantity: Quantity, *, signed: bool = False) -> str:
        """What to write beside it.

        Printed digits are kept where the figure has the printed unit; where it has another they are cut after two
        decimals, or after two digits that say something. A computed number shows the decimals its interval supports.
        """
        value = quantity.value / self.size
        exponent = Decimal(quantity.printed or "0").as_tuple().exponent
        if not quantity.printed:
            decimals = quantity.decimals(self.size)
        elif quantity.unit.scale == self.size and isinstance(exponent, int):
            decimals = -exponent
        else:
            most = max(2, 1 - math.floor(math.log10(abs(value)))) if value else 0
            decimals = next((d for d in range(most) if (value * 10**d).denominator == 1), most)
        if self.decimals is not None:
            decimals = min(self.decimals, decimals)
        digits = quantity.rounded(decimals, self.size)
        mark = {"about": "≈", "over": ">", "under": "<", "at_most": "≤"}.get(quantity.qualifier, "")
        grouped = f"{digits:,f}" if current() == "en" else f"{digits:f}"
        return f"{mark}{'+' if signed and digits > 0 else ''}{grouped}"


def scale_of(quantities: Iterable[Quantity | None], *, decimals: int | None = None, typical: bool = False) -> Scale:
    """The scale that suits a figure's values: the step below the largest of them.

    Parameters
    ----------
    quantities : iterable of Quantity or None
        All values of the figure; gaps do not count.
    decimals : int, optional
        The most decimals a label shows.
    typical : bool
        The step below the median instead, for values of very different size such as those of provinces.

    Raises
    ------
    ValueError
        If nothing is known or the values have different base units.
    """
    known = [quantity for quantity in quantities if quantity is not None]
    if not known:
        raise ValueError("a figure without a single known value")
    bases = {quantity.unit.base for quantity in known}
    if len(bases) > 1:
        raise ValueError(f"one figure, several units: {', '.join(sorted(bases))}")
    unit: Unit = known[0].unit
    if unit.dimension in ("ratio", "fraction"):
        return Scale(Fraction(1, 100), "%", decimals)
    sizes = sorted(abs(quantity.value) for quantity in known)
    size = sizes[len(sizes) // 2] if typical else sizes[-1]
    scalable = unit.dimension in ("currency", "count", "weight", "area")
    steps = _STEPS[current()] if scalable else _STEPS[current()][-1:]
    step, word = next((step for step in steps if size >= step[0]), steps[-1])
    counter = pick(unit.zh, unit.en)
    gap = " " if word and counter and current() == "en" else ""
    return Scale(step, f"{word}{gap}{counter}", decimals)
