"""Measures computed from quantities, against values worked out by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from ecanalysis import metrics
from ecanalysis.quantity import RATIO, Quantity, Unit

YI = Unit("亿元", "元", Fraction(10**8), "currency", "元", "yuan")
PERCENT = Unit("%", "ratio", Fraction(1, 100), "ratio", "%", "%")
PEOPLE = Unit("人", "人", Fraction(1), "count", "人", "people")


def yi(digits: str) -> Quantity:
    return Quantity.from_print(digits, YI, evidence=(digits,))


def percent(digits: str) -> Quantity:
    return Quantity.from_print(digits, PERCENT, evidence=(digits,))


def exact(value: Fraction) -> Quantity:
    return Quantity(value, value, value, RATIO)


def test_growth_carries_bounds_and_both_rows():
    """110 over 100, each printed to the unit, lies between 109.5/100.5 and 110.5/99.5."""
    rate = metrics.growth(yi("110"), yi("100"))
    assert rate.value == Fraction(1, 10)
    assert (rate.low, rate.high) == (Fraction(1095, 1005) - 1, Fraction(1105, 995) - 1)
    assert rate.evidence == ("110", "100")
    assert rate.method == "growth"


def test_growth_of_different_things_is_refused():
    """People against yuan is no growth."""
    with pytest.raises(ValueError) as error:
        metrics.growth(yi("5"), Quantity.from_print("5", PEOPLE))
    assert str(error.value) == "growth of 亿元 against 人: their base units differ"


def test_share_and_multiple_are_ratios():
    """A quarter is a quarter of the whole and the whole four times the quarter."""
    assert metrics.share(yi("25"), yi("100")).value == Fraction(1, 4)
    assert metrics.multiple(yi("100"), yi("25")).value == 4


def test_change_of_ratios_is_in_points_and_of_levels_an_amount():
    """18.4 % against 15.0 % is 3.4 points; 30 against 20 is 10 亿元."""
    assert metrics.change(percent("18.4"), percent("15.0")).text("en") == "3.4 percentage points"
    assert metrics.change(yi("30"), yi("20")).text("zh") == "10 亿元"


def test_contributions_add_up_to_one():
    """Two parts that grow by 6 and 4 bring 60 and 40 per cent of the growth by 10."""
    first = metrics.contribution_to_growth(yi("56"), yi("50"), yi("110"), yi("100"))
    second = metrics.contribution_to_growth(yi("54"), yi("50"), yi("110"), yi("100"))
    assert (first.value, second.value) == (Fraction(6, 10), Fraction(4, 10))


def test_level_before_growth():
    """110 after 10 % was 100."""
    assert metrics.previous_level(yi("110"), percent("10")).value == 100 * 10**8


def test_value_before_a_change_in_points_and_of_a_level():
    """62.8 % up 4.4 points was 58.4 %; 101 up 21 was 80."""
    points = Quantity.from_print("4.4", Unit("pp", "pp", Fraction(1), "percentage_points", "个百分点", ""))
    assert metrics.before_change(percent("62.8"), points).text() == "58.4%"
    assert metrics.before_change(yi("101"), yi("21")).value == 80 * 10**8


def test_complement_is_what_shares_leave():
    """62.8 % leave 37.2 %."""
    assert metrics.complement(percent("62.8")).text() == "37.2%"


def test_average_growth_encloses_the_root():
    """Doubling in two years is growth by the root of two less one, and the exact root lies inside the bounds."""
    rate = metrics.average_growth(yi("200.0"), yi("100.0"), 2)
    assert float(rate) == pytest.approx(2**0.5 - 1, abs=1e-12)
    assert (rate.low + 1) ** 2 <= Fraction(19995, 10005) <= Fraction(20005, 9995) <= (rate.high + 1) ** 2


@pytest.mark.parametrize(
    ("years", "first", "message"),
    [
        (0, "100", "average growth over 0 years: there must be at least 1 year"),
        (2, "0", "average growth needs levels above zero"),
    ],
)
def test_average_growth_refuses_what_has_no_root(years, first, message):
    """No years and no positive level, no average."""
    with pytest.raises(ValueError) as error:
        metrics.average_growth(yi("200"), yi(first), years)
    assert str(error.value) == message


def test_concentration_ratio_takes_the_largest():
    """CR2 of 50, 30 and 20 per cent is 80 per cent whatever their order."""
    shares = [exact(Fraction(x, 100)) for x in (20, 50, 30)]
    assert metrics.concentration_ratio(shares, 2).value == Fraction(8, 10)
    with pytest.raises(ValueError) as error:
        metrics.concentration_ratio(shares, 4)
    assert str(error.value) == "CR4 of 3 shares: count must lie between 1 and 3"


def test_herfindahl_index():
    """Four equal shares give a quarter; one whole gives one; none is refused."""
    assert metrics.herfindahl([exact(Fraction(1, 4))] * 4).value == Fraction(1, 4)
    assert metrics.herfindahl([exact(Fraction(1))]).text() == "1"
    with pytest.raises(ValueError, match="a Herfindahl index of no shares"):
        metrics.herfindahl([])


def test_total_needs_parts():
    """A sum keeps the evidence of every part; a sum of nothing is refused."""
    assert metrics.total([yi("1"), yi("2")]).evidence == ("1", "2")
    with pytest.raises(ValueError, match="a total of no parts"):
        metrics.total([])
