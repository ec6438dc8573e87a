"""Measures of official statistics computed from quantities, with their intervals and evidence.

Every function takes and returns :class:`~ecanalysis.quantity.Quantity`; none knows where the numbers came from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from fractions import Fraction
from functools import reduce

from ecanalysis.quantity import INDEX, PLACE, RATIO, Quantity, join_evidence


def growth(current: Quantity, previous: Quantity) -> Quantity:
    """Relative change of a level against an earlier one.

    Parameters
    ----------
    current, previous : Quantity
        Two levels in the same base unit; the earlier one above zero.

    Returns
    -------
    Quantity
        A ratio: 0.1 is growth of 10 %.

    Raises
    ------
    ValueError
        If the units differ.
    ZeroDivisionError
        If the earlier level can be zero.

    Examples
    --------
    >>> from ecanalysis import catalog
    >>> data = catalog.load()
    >>> now = data.obs("cross_border_ecommerce_trade", source="mofcom-2018")
    >>> before = data.obs("cross_border_ecommerce_trade", period=2017)
    >>> growth(now, before).text("en")
    '49.3%'
    """
    ratio = current / previous
    _require_ratio(ratio, "growth", current, previous)
    one = Fraction(1)
    return Quantity(ratio.value - one, ratio.low - one, ratio.high - one, RATIO, ratio.evidence, method="growth")


def share(part: Quantity, whole: Quantity) -> Quantity:
    """Part of a whole as a ratio.

    Examples
    --------
    >>> from ecanalysis import catalog
    >>> data = catalog.load()
    >>> share(data.obs("online_retail_sales", "goods"), data.obs("online_retail_sales")).text("en")
    '77.9%'
    """
    ratio = part / whole
    _require_ratio(ratio, "share", part, whole)
    return _hedged(ratio, part, whole, "share")


def multiple(current: Quantity, reference: Quantity) -> Quantity:
    """How many times the reference the current level is, as a ratio."""
    ratio = current / reference
    _require_ratio(ratio, "multiple", current, reference)
    return _hedged(ratio, current, reference, "multiple")


def average(whole: Quantity, count: Quantity) -> Quantity:
    """A whole divided among the things counted, in the unit of the whole: sales a county, value a payment.

    A plain division would name both units; here the sentence or the column says what was counted.

    Parameters
    ----------
    whole : Quantity
        An amount or another count.
    count : Quantity
        How many share it, above zero.

    Raises
    ------
    ValueError
        If the second number counts nothing.
    ZeroDivisionError
        If the count can be zero.

    Examples
    --------
    >>> from ecanalysis import catalog
    >>> data = catalog.load()
    >>> average(data.obs("express_delivery_revenue"), data.obs("express_delivery_volume")).text("en")
    '11.91 yuan'
    """
    if count.unit.dimension != "count":
        raise ValueError(f"average over {count.text()}: that is no count")
    return _hedged(whole / replace(count, unit=RATIO), whole, count, "average")


def change(current: Quantity, previous: Quantity) -> Quantity:
    """Absolute change: an amount for levels, percentage points for ratios such as shares and growth rates.

    Examples
    --------
    >>> from ecanalysis import catalog
    >>> data = catalog.load()
    >>> rate = {"item": "food", "measure": "growth"}
    >>> change(data.obs("online_retail_sales", **rate), data.obs("online_retail_sales", period=2017, **rate)).text("en")
    '5.2 percentage points'
    """
    difference = (current - previous).with_method("change")
    return difference.as_percentage_points() if difference.unit.dimension == RATIO.dimension else difference


def contribution_to_growth(part: Quantity, part_before: Quantity, whole: Quantity, whole_before: Quantity) -> Quantity:
    """How much of the growth of a whole came from one part.

    The change of the part over the change of the whole, the definition of 贡献率 in Chinese official statistics
    (National Bureau of Statistics, explanatory notes on main statistical indicators).

    Parameters
    ----------
    part, part_before, whole, whole_before : Quantity
        Levels of the part and the whole, now and before, in one base unit.

    Returns
    -------
    Quantity
        A ratio; above 1 or below 0 where other parts moved the other way.
    """
    return ((part - part_before) / (whole - whole_before)).with_method("contribution to growth")


def previous_level(current: Quantity, rate: Quantity) -> Quantity:
    """The level a year before that a printed level and its printed growth imply."""
    one = Quantity(Fraction(1), Fraction(1), Fraction(1), RATIO)
    return (current / (one + rate)).with_method("level before growth")


def before_change(current: Quantity, difference: Quantity) -> Quantity:
    """The value that a printed difference was taken from: a share a year before, the growth of the other series.

    Parameters
    ----------
    current : Quantity
        A ratio or a level.
    difference : Quantity
        Its printed change or gap: percentage points for a ratio, else the same base unit.
    """
    points = difference.unit.dimension == "percentage_points"
    return (current - (difference.as_ratio() if points else difference)).with_method("value before change")


def complement(*shares: Quantity) -> Quantity:
    """What shares of one whole leave of it, as a ratio.

    Examples
    --------
    >>> from ecanalysis import catalog
    >>> b2c = catalog.load().obs("online_retail_sales", "b2c", measure="share")
    >>> complement(b2c).text("en")
    '37.2%'
    """
    one = Quantity(Fraction(1), Fraction(1), Fraction(1), RATIO)
    return (one - total(shares)).with_method("complement")


def average_growth(last: Quantity, first: Quantity, years: int) -> Quantity:
    """Average yearly growth over several years (compound annual growth rate).

    Parameters
    ----------
    last, first : Quantity
        Levels at the end and at the beginning, above zero, in one base unit.
    years : int
        Years between them, at least 1.

    Returns
    -------
    Quantity
        A ratio. The root is irrational: its bounds are rounded outwards at 30 digits.

    Raises
    ------
    ValueError
        If there is no year between them or a level is not above zero.
    """
    if years < 1:
        raise ValueError(f"average growth over {years} years: there must be at least 1 year")
    if first.low <= 0 or last.low <= 0:
        raise ValueError("average growth needs levels above zero")
    ratio = last / first
    _require_ratio(ratio, "average growth", last, first)
    value, low, high = (_root(x, years) for x in (ratio.value, ratio.low, ratio.high))
    middle = (value[0] + value[1]) / 2
    return Quantity(middle - 1, low[0] - 1, high[1] - 1, RATIO, ratio.evidence, method="average growth")


def total(parts: Sequence[Quantity]) -> Quantity:
    """Sum of parts in one base unit."""
    if not parts:
        raise ValueError("a total of no parts")
    return reduce(lambda a, b: a + b, parts).with_method("sum")


def concentration_ratio(shares: Sequence[Quantity], count: int) -> Quantity:
    """Joint share of the largest (CRn, the concentration ratio of industrial economics).

    Parameters
    ----------
    shares : sequence of Quantity
        Shares of one whole, as ratios.
    count : int
        How many of the largest are taken together.

    Returns
    -------
    Quantity
        A ratio.

    Raises
    ------
    ValueError
        If there are fewer shares than that.

    Examples
    --------
    >>> from fractions import Fraction
    >>> half, rest = (Quantity(x, x, x, RATIO) for x in (Fraction(1, 2), Fraction(1, 4)))
    >>> concentration_ratio([rest, half, rest], 2).text("en")
    '75%'
    """
    if not 1 <= count <= len(shares):
        raise ValueError(f"CR{count} of {len(shares)} shares: count must lie between 1 and {len(shares)}")
    largest = sorted(shares, key=lambda s: s.value, reverse=True)[:count]
    return total(largest).with_method(f"CR{count}")


def rank(quantity: Quantity, others: Sequence[Quantity]) -> Quantity:
    """Place of a number among others, the largest first.

    Parameters
    ----------
    quantity : Quantity
        The number whose place is wanted.
    others : sequence of Quantity
        All others in the same base unit; empty if it stands alone.

    Returns
    -------
    Quantity
        1 for the largest. Its interval holds every place that the printed digits allow.

    Examples
    --------
    >>> from ecanalysis import catalog
    >>> data = catalog.load()
    >>> food, clothing, use = (
    ...     data.obs("online_retail_sales", item, measure="growth") for item in ("food", "clothing", "use")
    ... )
    >>> rank(food, [clothing, use]).text("en")
    '1'
    """
    for other in others:
        if other.unit.base != quantity.unit.base:
            raise ValueError(f"cannot rank {quantity.unit.id} among {other.unit.id}: their base units differ")
    place, best, worst = (
        Fraction(1 + sum(condition))
        for condition in (
            [other.value > quantity.value for other in others],
            [other.low > quantity.high for other in others],
            [other.high > quantity.low for other in others],
        )
    )
    return Quantity(place, best, worst, PLACE, join_evidence(quantity, *others), method="rank")


def herfindahl(shares: Sequence[Quantity]) -> Quantity:
    """Sum of squared shares (Herfindahl-Hirschman index) on the scale from 0 to 1.

    Parameters
    ----------
    shares : sequence of Quantity
        All shares of one whole, as ratios of at least 0.

    Returns
    -------
    Quantity
        An index: 1 if one has all, 1/n if n are equal.
    """
    if not shares:
        raise ValueError("a Herfindahl index of no shares")
    return Quantity(
        sum((s.value**2 for s in shares), Fraction()),
        sum((max(s.low, Fraction()) ** 2 for s in shares), Fraction()),
        sum((s.high**2 for s in shares), Fraction()),
        INDEX,
        join_evidence(*shares),
        method="Herfindahl index",
    )


def _hedged(quotient: Quantity, numerator: Quantity, denominator: Quantity, method: str) -> Quantity:
    """A quotient that says of itself what was printed of its numerator: over 193 of 238 is over 81 %."""
    qualifier = numerator.qualifier if denominator.qualifier == "exact" else "exact"
    return replace(quotient.with_method(method), qualifier=qualifier)


def _require_ratio(result: Quantity, name: str, left: Quantity, right: Quantity) -> None:
    if result.unit.dimension != RATIO.dimension:
        raise ValueError(f"{name} of {left.unit.id} against {right.unit.id}: their base units differ")


def _root(value: Fraction, degree: int) -> tuple[Fraction, Fraction]:
    """Lower and upper bound of a root, 30 digits apart from exact."""
    bounds = []
    for rounding in (ROUND_FLOOR, ROUND_CEILING):
        context = Context(prec=30, rounding=rounding)
        quotient = context.divide(Decimal(value.numerator), Decimal(value.denominator))
        # Decimal's power is correct to one unit in the last place whatever the rounding: step out by that unit.
        root = Context(prec=28).power(quotient, Decimal(1) / Decimal(degree))
        step = Decimal(1).scaleb(root.adjusted() - 26)
        bounds.append(Fraction(root - step if rounding == ROUND_FLOOR else root + step))
    return bounds[0], bounds[1]
