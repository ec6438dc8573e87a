"""One number of official statistics: value, unit, rounding interval and evidence.

A printed ``9.01 万亿元`` does not say 9.01 exactly: it stands for every amount that a printer would round to it,
the interval [9.005, 9.015] 万亿元. A quantity keeps that interval and the ids of the rows it was read from through
every calculation, in exact rational arithmetic, so a derived number knows how far it can be trusted and where each of
its operands was printed.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal
from fractions import Fraction
from functools import lru_cache

from ecanalysis.language import current

QUALIFIERS = ("exact", "about", "over", "under", "at_most")
# Of these one bound is a convention and says nothing of how precisely the number was known.
LIMITS = ("over", "under", "at_most")
_WORDS = {
    "zh": {"exact": "", "about": "约 ", "over": "超过 ", "under": "近 ", "at_most": "不超过 "},
    "en": {"exact": "", "about": "about ", "over": "over ", "under": "nearly ", "at_most": "at most "},
}
_STEPS_ZH = ((Fraction(10**12), "万亿"), (Fraction(10**8), "亿"), (Fraction(10**4), "万"), (Fraction(1), ""))
_STEPS_EN = (
    (Fraction(10**12), " trillion"),
    (Fraction(10**9), " billion"),
    (Fraction(10**6), " million"),
    (Fraction(1), ""),
)
# Dimensions whose large numbers are written in 万 and 亿, or in millions and billions.
_SCALABLE = ("currency", "count", "weight", "area")


@dataclass(frozen=True)
class Unit:
    """A unit of measurement as a row of ``units.csv``.

    Parameters
    ----------
    id : str
        The unit as printed, such as ``亿元``.
    base : str
        The unit it is counted in, such as ``元``; ``ratio`` for per cent, tenths and multiples.
    scale : Fraction
        How many base units one of it is.
    dimension : str
        ``currency``, ``count``, ``ratio``, ``percentage_points``, ``rank`` or a physical dimension.
    zh, en : str
        What follows a number in either language; empty where the sentence names the thing counted.
    """

    id: str
    base: str
    scale: Fraction
    dimension: str
    zh: str
    en: str


RATIO = Unit("ratio", "ratio", Fraction(1), "ratio", "", "")
INDEX = Unit("index", "index", Fraction(1), "index", "", "")
PLACE = Unit("位", "位", Fraction(1), "rank", "", "")
PERCENTAGE_POINTS = Unit("pp", "pp", Fraction(1), "percentage_points", "个百分点", "percentage points")


@dataclass(frozen=True)
class Quantity:
    """A number with its unit, the interval it stands for and the rows it comes from.

    Parameters
    ----------
    value : Fraction
        The point value in base units of ``unit``.
    low, high : Fraction
        The closed interval of values the printed digits stand for, in base units.
    unit : Unit
        The unit as printed, or the base unit of a derived number.
    evidence : tuple of str
        Ids of the rows of ``observations.csv`` the number rests on, in order of use.
    printed : str
        The digits as printed; empty for a derived number.
    qualifier : str
        ``exact``, ``about``, ``over``, ``under`` or ``at_most``.
    method : str
        The name of the calculation for a derived number; empty for a printed one.

    Examples
    --------
    >>> yi = Unit("亿元", "元", Fraction(10**8), "currency", "元", "yuan")
    >>> exports = Quantity.from_print("561.2", yi, evidence=("a",))
    >>> imports = Quantity.from_print("785.8", yi, evidence=("b",))
    >>> total = exports + imports
    >>> total.text("en"), total.text("zh"), total.evidence
    ('134.70 billion yuan', '1347.0 亿元', ('a', 'b'))
    """

    value: Fraction
    low: Fraction
    high: Fraction
    unit: Unit
    evidence: tuple[str, ...] = ()
    printed: str = ""
    qualifier: str = "exact"
    method: str = ""
    names: tuple[str, str] = field(default=("", ""), compare=False)

    @classmethod
    def from_print(
        cls, digits: str, unit: Unit, *, qualifier: str = "exact", evidence: tuple[str, ...] = ()
    ) -> Quantity:
        """Read a printed number.

        Parameters
        ----------
        digits : str
            The digits as printed, without separators: ``"9.01"``, ``"-28.7"``.
        unit : Unit
            The printed unit.
        qualifier : str
            ``exact``: half a unit of the last digit to each side. ``about``: one unit of the last digit that is not
            zero, to each side. ``over``: from half a unit below up to one unit of the leading digit above.
            ``under`` (nearly): the mirror image, and never below half the value. ``at_most`` (a limit, such as the
            top 20): from nothing, or the first place, up to the value itself.
        evidence : tuple of str
            Ids of the rows the number was read from.

        Raises
        ------
        ValueError
            If the digits are no decimal number or the qualifier is unknown.
        """
        if qualifier not in QUALIFIERS:
            raise ValueError(f"qualifier {qualifier!r}: allowed are {', '.join(QUALIFIERS)}")
        low, high = printed_interval(digits, qualifier)
        if unit.dimension == PLACE.dimension:
            low = max(low, Fraction(1))
        return cls(
            Fraction(Decimal(digits)) * unit.scale,
            low * unit.scale,
            high * unit.scale,
            unit,
            evidence,
            digits,
            qualifier,
        )

    # Arithmetic: exact on the three numbers, evidence joined in order.

    def __add__(self, other: Quantity) -> Quantity:
        self._require_same_base(other, "add")
        return self._derive(other, self.value + other.value, (self.low + other.low, self.high + other.high), self.base)

    def __sub__(self, other: Quantity) -> Quantity:
        self._require_same_base(other, "subtract")
        return self._derive(other, self.value - other.value, (self.low - other.high, self.high - other.low), self.base)

    def __mul__(self, other: Quantity) -> Quantity:
        if RATIO.dimension not in (self.unit.dimension, other.unit.dimension):
            raise ValueError(f"cannot multiply {self.unit.id} by {other.unit.id}: one of the two must be a ratio")
        corners = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        base = other.base if self.unit.dimension == RATIO.dimension else self.base
        return self._derive(other, self.value * other.value, (min(corners), max(corners)), base)

    def __truediv__(self, other: Quantity) -> Quantity:
        if other.low <= 0 <= other.high:
            raise ZeroDivisionError(f"cannot divide by {other.text()}: its interval contains zero")
        corners = [a / b for a in (self.low, self.high) for b in (other.low, other.high)]
        if self.unit.base == other.unit.base:
            base = RATIO
        elif other.unit.dimension == RATIO.dimension:
            base = self.base
        else:
            name = f"{self.unit.base}/{other.unit.base}"
            base = Unit(name, name, Fraction(1), "quotient", name, _english_quotient(self.unit, other.unit))
        return self._derive(other, self.value / other.value, (min(corners), max(corners)), base)

    def _derive(self, other: Quantity, value: Fraction, bounds: tuple[Fraction, Fraction], base: Unit) -> Quantity:
        return Quantity(value, bounds[0], bounds[1], base, join_evidence(self, other))

    def _require_same_base(self, other: Quantity, verb: str) -> None:
        if self.unit.base != other.unit.base:
            raise ValueError(f"cannot {verb} {self.unit.id} and {other.unit.id}: their base units differ")

    @property
    def base(self) -> Unit:
        """The base unit as a unit of its own."""
        unit = self.unit
        return Unit(unit.base, unit.base, Fraction(1), unit.dimension, unit.zh, unit.en)

    def meets(self, other: Quantity) -> bool:
        """Say whether both can stand for one and the same number: their closed intervals have a point in common."""
        return self.unit.base == other.unit.base and self.low <= other.high and other.low <= self.high

    def with_method(self, method: str) -> Quantity:
        """The same quantity, derived by the calculation of that name."""
        return Quantity(self.value, self.low, self.high, self.unit, self.evidence, "", "exact", method)

    def as_percentage_points(self) -> Quantity:
        """A difference of two ratios in percentage points."""
        if self.unit.dimension != RATIO.dimension:
            raise ValueError(f"{self.text()} is no ratio: only differences of ratios are percentage points")
        return Quantity(
            self.value * 100,
            self.low * 100,
            self.high * 100,
            PERCENTAGE_POINTS,
            self.evidence,
            "",
            "exact",
            self.method,
        )

    def as_ratio(self) -> Quantity:
        """Percentage points as the ratio they are added to."""
        if self.unit.dimension != PERCENTAGE_POINTS.dimension:
            raise ValueError(f"{self.text()} is not in percentage points")
        return Quantity(
            self.value / 100, self.low / 100, self.high / 100, RATIO, self.evidence, "", "exact", self.method
        )

    def __float__(self) -> float:
        return float(self.value)

    # Words.

    def decimals(self, scale: Fraction = Fraction(1)) -> int:
        """How many decimals to show in units of ``scale``: the last digit shown may be off by one, no more.

        At most 2; below 0 an amount is good to tens (-1) or hundreds (-2) only.
        """
        if self.unit.dimension == "rank":
            return 0
        half_width = (self.high - self.low) / 2
        if self.qualifier in LIMITS:
            half_width = self.value - self.low if self.qualifier == "over" else self.high - self.value
        half_width /= scale
        if not half_width:
            return next((d for d in (0, 1) if (self.value / scale * 10**d).denominator == 1), 2)
        if half_width < 5 or self.unit.dimension in (RATIO.dimension, PERCENTAGE_POINTS.dimension):
            return next((d for d in (2, 1) if half_width <= Fraction(1, 10**d)), 0)
        return -1 if half_width < 50 else -2

    def rounded(self, decimals: int, scale: Fraction = Fraction(1)) -> Decimal:
        """The value in units of ``scale``, rounded: what is over a number must not be said to be over a larger one.

        Parameters
        ----------
        decimals : int
            Below 0 to tens or hundreds.
        scale : Fraction

        Examples
        --------
        >>> people = Unit("人", "人", Fraction(1), "count", "人", "people")
        >>> Quantity.from_print("26781", people, qualifier="over").rounded(1, Fraction(10**4))
        Decimal('2.6')
        """
        value = self.value / scale
        rounding = {"over": ROUND_DOWN, "under": ROUND_UP, "at_most": ROUND_UP}.get(self.qualifier, ROUND_HALF_UP)
        digits = (Decimal(value.numerator) / Decimal(value.denominator)).quantize(
            Decimal(1).scaleb(-decimals), rounding
        )
        return digits if digits else abs(digits)  # no minus sign before a zero

    def text(self, language: str = "zh") -> str:
        """Write the number with its unit as either language writes it.

        Printed digits are kept: a decimal shift is all that English needs (亿 is 100 million). A derived number is
        rounded to the decimals its interval supports.

        Parameters
        ----------
        language : {"zh", "en"}

        Returns
        -------
        str
            Such as ``9.01 万亿元`` or ``9.01 trillion yuan``; a fall keeps its minus sign.
        """
        if self.unit.dimension == "rank" and self.qualifier == "at_most":  # only the limit of the places is printed
            return f"前 {self.printed} {self.unit.id}" if language == "zh" else f"top {self.printed}"
        word = _WORDS[language][self.qualifier]
        if language == "zh" and self.unit.dimension == "fraction":
            word = word.rstrip()  # 超过三分之一, but 超过 30%: a space stands before digits only
        return word + self._bare(language)

    def magnitude(self, language: str = "zh") -> str:
        """Write the number without its sign, for sentences whose verb says that it fell."""
        if self.value >= 0:
            return self.text(language)
        printed = self.printed.removeprefix("-")
        return Quantity(
            -self.value, -self.high, -self.low, self.unit, self.evidence, printed, self.qualifier, self.method
        ).text(language)

    def times(self, language: str = "zh") -> str:
        """Write a ratio as a multiple, with one decimal at most, for sentences that say ``times``.

        Examples
        --------
        >>> Quantity.from_print("2.67", RATIO, qualifier="over").times("en")
        'over 2.6'
        """
        return f"{_WORDS[language][self.qualifier]}{self.rounded(min(1, self.decimals())):f}"

    def _bare(self, language: str) -> str:
        unit = self.unit
        if unit.dimension == "fraction":
            return unit.zh if language == "zh" else unit.en
        if unit.dimension == RATIO.dimension:
            return self._ratio(language)
        if self.printed and unit.dimension == PERCENTAGE_POINTS.dimension:
            return f"{self.printed} {unit.zh if language == 'zh' else _counted(self.printed, unit.en)}"
        if language == "zh" and self.printed == "1" and unit.id.startswith(("百", "千")):
            return self._scaled(_STEPS_ZH, unit.zh, " ", grouped=False)  # 上百亿元 is a round number, not a unit
        if language == "zh" and self.printed:
            return f"{self.printed} {unit.id}" if unit.zh or unit.scale != 1 else self.printed
        if language == "zh":
            return self._scaled(_STEPS_ZH, unit.zh, " ", grouped=False)
        return self._scaled(_STEPS_EN, f" {unit.en}" if unit.en else "", "", grouped=True)

    def _ratio(self, language: str) -> str:
        if self.printed and (language == "zh" or self.unit.id == "%"):
            return f"{self.printed}%" if self.unit.id == "%" else f"{self.printed} {self.unit.id}"
        percent = Fraction(1, 100)
        decimals = _shifted_decimals(self, percent) if self.printed else self.decimals(percent)
        return f"{self.rounded(decimals, percent):f}%"

    def _scaled(self, steps: tuple[tuple[Fraction, str], ...], unit: str, gap: str, *, grouped: bool) -> str:
        size = abs(self.value)
        scalable = self.unit.dimension in _SCALABLE
        scale, word = next((s for s in steps if size >= s[0]), steps[-1]) if scalable else steps[-1]
        decimals = _shifted_decimals(self, scale) if self.printed else self.decimals(scale)
        digits = f"{self.rounded(decimals, scale):{',' if grouped else ''}f}"
        if grouped:
            unit = unit if word else _counted(digits, unit)
        tail = f"{word}{unit}"
        return f"{digits}{gap}{tail}" if tail else digits

    def interval(self, language: str = "zh") -> str:
        """Write the interval: in Chinese in the unit as printed, else in the unit :meth:`text` chooses.

        Parameters
        ----------
        language : {"zh", "en"}

        Returns
        -------
        str
            Such as ``9.005 至 9.015 万亿元``; bounds of a derived number show one digit more than their distance needs.

        Examples
        --------
        >>> Quantity.from_print("9.01", Unit("万亿元", "元", Fraction(10**12), "currency", "元", "yuan")).interval("en")
        '9.005 to 9.015 trillion yuan'
        """
        zh = language == "zh"
        scale, word = self.unit.scale, f" {self.unit.id}" if zh else f" {self.unit.en}" if self.unit.en else ""
        fraction = self.unit.dimension == "fraction"
        ratio = self.unit.dimension == RATIO.dimension and self.unit.en != "times"
        if fraction or (ratio and (self.unit.id in ("%", RATIO.id) or not zh)):
            scale, word = Fraction(1, 100), "%"
        elif self.unit.dimension == PERCENTAGE_POINTS.dimension:
            word = f" {self.unit.zh if zh else self.unit.en}"
        elif self.unit.dimension in _SCALABLE and not (zh and self.printed):
            steps = _STEPS_ZH if zh else _STEPS_EN
            scale, step = next((s for s in steps if abs(self.value) >= s[0]), steps[-1])
            word = f" {step}{self.unit.zh}".rstrip() if zh else f"{step}{word}"
        bounds = [bound / scale for bound in (self.low, self.high)]
        width = float(bounds[1] - bounds[0])
        if (self.printed and not fraction) or not width:
            low, high = (f"{float(bound):,.12g}" for bound in bounds)
        else:
            decimals = min(max(1 - math.floor(math.log10(width)), 0), 6)
            low, high = (f"{float(bound):,.{decimals}f}" for bound in bounds)
        if zh:
            low, high = low.replace(",", ""), high.replace(",", "")
        if low == high:
            return f"{low}{word}"
        if word == "%":
            low = f"{low}%"
        return f"{low}{' 至 ' if zh else ' to '}{high}{word}"

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        language = current()
        return f"<{self.text(language)} ({self.interval(language)}); {' '.join(self.evidence) or 'no rows'}>"

    def _repr_html_(self) -> str:
        # A number at a prompt shows where it was printed, which only the catalog knows; nothing else here asks it.
        from ecanalysis.displays import card

        return card(self)


@lru_cache(maxsize=4096)
def printed_interval(digits: str, qualifier: str = "exact") -> tuple[Fraction, Fraction]:
    """The closed interval that printed digits stand for, in the printed unit.

    Parameters
    ----------
    digits : str
        A decimal number as printed.
    qualifier : str
        See :meth:`Quantity.from_print`.

    Returns
    -------
    tuple of Fraction
        Lower and upper bound.

    Examples
    --------
    >>> printed_interval("9.01")
    (Fraction(1801, 200), Fraction(1803, 200))
    >>> printed_interval("600", "over")
    (Fraction(1199, 2), Fraction(700, 1))
    """
    number = Decimal(digits)
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int):
        raise ValueError(f"{digits!r} is no number")
    value = Fraction(number)
    half = Fraction(10) ** exponent / 2
    size = abs(value)
    leading = Fraction(10) ** number.adjusted() if number else Fraction(1)
    if qualifier == "about":
        last = number.normalize().as_tuple().exponent if number else 0
        width = Fraction(10) ** last if isinstance(last, int) else half
        return value - max(width, half), value + max(width, half)
    if qualifier == "at_most":
        return min(value, Fraction()), max(value, Fraction())
    below, above = half, half
    if qualifier == "over":
        above = leading
    elif qualifier == "under":
        below = max(half, min(leading, size / 2))
    return (value - below, value + above) if value >= 0 else (value - above, value + below)


def join_evidence(*quantities: Quantity) -> tuple[str, ...]:
    """The evidence of several quantities, each id once, in order of use."""
    return tuple(dict.fromkeys(id_ for quantity in quantities for id_ in quantity.evidence))


def _english_quotient(numerator: Unit, denominator: Unit) -> str:
    if denominator.dimension == "count":
        return f"{numerator.en} each".strip()
    return f"{numerator.en} per {_counted('1', denominator.en)}"


def _shifted_decimals(quantity: Quantity, scale: Fraction) -> int:
    """Decimals of printed digits after a decimal shift: none invented, printed trailing zeros after the point kept."""
    exponent = Decimal(quantity.printed).as_tuple().exponent
    printed_decimals = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    wanted = 0
    while (quantity.value / scale * 10**wanted).denominator != 1 and wanted < 15:
        wanted += 1
    return max(wanted, printed_decimals) if quantity.unit.scale == scale else wanted


def _counted(digits: str, unit: str) -> str:
    """An English unit as the digits before it ask for: 1 percentage point, 2 percentage points; Mbps is no plural."""
    return unit.removesuffix("s") if digits in ("1", "-1") and not unit.endswith("ps") else unit
