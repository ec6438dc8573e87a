"""Printed values as intervals, arithmetic on them, and how they are written."""

from __future__ import annotations

from fractions import Fraction

import pytest

from ecanalysis import metrics
from ecanalysis.quantity import PERCENTAGE_POINTS, RATIO, Quantity, Unit, printed_interval

YUAN = {
    name: Unit(f"{name}元", "元", Fraction(scale), "currency", "元", "yuan")
    for name, scale in (("", 1), ("万", 10**4), ("亿", 10**8), ("万亿", 10**12))
}
PERCENT = Unit("%", "ratio", Fraction(1, 100), "ratio", "%", "%")
TIMES = Unit("倍", "ratio", Fraction(1), "ratio", "倍", "times")
PEOPLE = Unit("万人", "人", Fraction(10**4), "count", "人", "people")
FIRMS = Unit("家", "家", Fraction(1), "count", "家", "")
PARCELS = Unit("亿件", "件", Fraction(10**8), "count", "件", "")
THIRD = Unit("三分之一", "ratio", Fraction(1, 3), "fraction", "三分之一", "one third")
POINTS = Unit("pp", "pp", Fraction(1), "percentage_points", "个百分点", "percentage points")


def printed(digits: str, unit: Unit, qualifier: str = "exact", id_: str = "a") -> Quantity:
    return Quantity.from_print(digits, unit, qualifier=qualifier, evidence=(id_,))


@pytest.mark.parametrize(
    ("digits", "qualifier", "low", "high"),
    [
        ("9.01", "exact", "9.005", "9.015"),
        ("9", "exact", "8.5", "9.5"),
        ("30.10", "exact", "30.095", "30.105"),
        ("-28.7", "exact", "-28.75", "-28.65"),
        ("0", "exact", "-0.5", "0.5"),
        ("158", "about", "157", "159"),
        ("600", "about", "500", "700"),
        ("4.50", "about", "4.4", "4.6"),
        ("600", "over", "599.5", "700"),
        ("1", "over", "0.5", "2"),
        ("1000", "under", "500", "1000.5"),
        ("93", "under", "83", "93.5"),
        ("-20", "over", "-30", "-19.5"),
        ("40", "at_most", "0", "40"),
    ],
)
def test_printed_digits_stand_for_an_interval(digits, qualifier, low, high):
    """Half a unit of the last digit to each side, widened by words such as about, over and under."""
    assert printed_interval(digits, qualifier) == (Fraction(low), Fraction(high))


def test_unknown_qualifier_is_refused_with_the_allowed_ones():
    """The message names the qualifier and all that exist."""
    with pytest.raises(ValueError) as error:
        printed("5", FIRMS, qualifier="roughly")
    assert str(error.value) == "qualifier 'roughly': allowed are exact, about, over, under, at_most"


def test_arithmetic_keeps_bounds_and_evidence():
    """A difference is widest when one operand is high and the other low; evidence is joined in order of use."""
    total, part = printed("31.63", YUAN["万亿"], id_="t"), printed("30.61", YUAN["万亿"], id_="p")
    rest = total - part
    assert (rest.low, rest.value, rest.high) == tuple(Fraction(x) * 10**10 for x in (101, 102, 103))
    assert rest.evidence == ("t", "p")


def test_units_of_one_base_mix_and_others_do_not():
    """亿元 and 万亿元 add up; yuan and people are refused by name."""
    assert (printed("9.01", YUAN["万亿"]) + printed("100", YUAN["亿"])).value == 9_020_000_000_000
    with pytest.raises(ValueError) as error:
        printed("1", YUAN["亿"]) + printed("1", PEOPLE)
    assert str(error.value) == "cannot add 亿元 and 万人: their base units differ"


def test_division_by_what_may_be_zero_is_refused():
    """An interval around zero has no quotient."""
    with pytest.raises(ZeroDivisionError) as error:
        printed("5", FIRMS) / printed("0", FIRMS)
    assert str(error.value) == "cannot divide by 0 家: its interval contains zero"


def test_quotient_of_two_units_names_both():
    """Yuan over parcels are yuan each."""
    price = printed("6038.4", YUAN["亿"]) / printed("507.1", PARCELS)
    assert price.text("zh") == "11.91 元/件"
    assert price.text("en") == "11.91 yuan each"


@pytest.mark.parametrize(
    ("digits", "unit", "zh", "en"),
    [
        ("9.01", YUAN["万亿"], "9.01 万亿元", "9.01 trillion yuan"),
        ("1.30", YUAN["万亿"], "1.30 万亿元", "1.30 trillion yuan"),
        ("561.2", YUAN["亿"], "561.2 亿元", "56.12 billion yuan"),
        ("6626", YUAN["亿"], "6626 亿元", "662.6 billion yuan"),
        ("8963", YUAN["万"], "8963 万元", "89.63 million yuan"),
        ("4700", PEOPLE, "4700 万人", "47 million people"),
        ("507.1", PARCELS, "507.1 亿件", "50.71 billion"),
        ("1015", FIRMS, "1015 家", "1,015"),
        ("23.9", PERCENT, "23.9%", "23.9%"),
        ("1.2", TIMES, "1.2 倍", "120%"),
        ("1", THIRD, "三分之一", "one third"),
        ("4.4", POINTS, "4.4 个百分点", "4.4 percentage points"),
    ],
)
def test_printed_digits_survive_in_both_languages(digits, unit, zh, en):
    """English needs a decimal shift, never a rounding."""
    quantity = printed(digits, unit)
    assert quantity.text("zh") == zh
    assert quantity.text("en") == en


@pytest.mark.parametrize(
    ("qualifier", "zh", "en"),
    [
        ("about", "约 600 亿元", "about 60 billion yuan"),
        ("over", "超过 600 亿元", "over 60 billion yuan"),
        ("under", "近 600 亿元", "nearly 60 billion yuan"),
        ("at_most", "不超过 600 亿元", "at most 60 billion yuan"),
    ],
)
def test_qualifiers_become_words(qualifier, zh, en):
    """A reader must see that a number was printed as approximate."""
    quantity = printed("600", YUAN["亿"], qualifier)
    assert (quantity.text("zh"), quantity.text("en")) == (zh, en)


def test_derived_numbers_show_no_more_digits_than_they_have():
    """The share of 7.02 in 9.01 is known to a tenth of a per cent, that of 1.55 in 3.5 not."""
    assert (printed("7.02", YUAN["万亿"]) / printed("9.01", YUAN["万亿"])).text() == "77.9%"
    assert (printed("1.55", YUAN["万亿"]) / printed("3.5", YUAN["万亿"])).text() == "44%"


def test_magnitude_leaves_out_the_sign():
    """After a verb that says fell, the minus would say it twice."""
    fall = printed("-0.7", POINTS)
    assert fall.magnitude("en") == "0.7 percentage points"
    assert fall.text("en") == "-0.7 percentage points"


def test_ratio_differences_become_percentage_points_and_nothing_else_does():
    """The difference of two shares is in points; a sum of money is refused."""
    change = (printed("18.4", PERCENT) - printed("15.0", PERCENT)).as_percentage_points()
    assert change.text("zh") == "3.4 个百分点"
    assert change.as_ratio().unit == RATIO
    assert PERCENTAGE_POINTS.base == change.unit.base
    with pytest.raises(ValueError) as error:
        printed("5", YUAN["亿"]).as_percentage_points()
    assert str(error.value) == "5 亿元 is no ratio: only differences of ratios are percentage points"


def test_meeting_intervals_may_stand_for_one_number():
    """7 over and 7.02 meet; 7.16 and 7.18 do not; other units never do."""
    assert printed("7", YUAN["万亿"], "over").meets(printed("7.02", YUAN["万亿"]))
    assert not printed("7.16", YUAN["万亿"]).meets(printed("7.18", YUAN["万亿"]))
    assert not printed("7", FIRMS).meets(printed("7", PERCENT))


@pytest.mark.parametrize(
    ("unit", "qualifier", "zh", "en"),
    [
        ("强", "at_most", "前 20 强", "top 20"),
        ("位", "at_most", "前 20 位", "top 20"),
        ("位", "exact", "20", "20"),
    ],
)
def test_a_place_within_a_limit_reads_as_top(unit, qualifier, zh, en):
    """A place of which only the limit is printed is among the top, not nearly at it; a printed place is a number."""
    place = printed("20", Unit(unit, "位", Fraction(1), "rank", "", ""), qualifier)
    assert (place.text("zh"), place.text("en")) == (zh, en)


def test_a_place_within_a_limit_can_be_the_first():
    """Whoever is among the top 20 may be anywhere from the first to the twentieth."""
    place = printed("20", Unit("位", "位", Fraction(1), "rank", "", ""), "at_most")
    assert (place.low, place.high) == (1, 20)


@pytest.mark.parametrize(
    ("part", "qualifier", "whole", "en"),
    [
        ("193", "over", "238", "over 81%"),
        ("7", "over", "120", "over 5%"),
        ("193", "under", "238", "nearly 82%"),
        ("41", "at_most", "238", "at most 17.3%"),
        ("9", "exact", "17", "53%"),
    ],
)
def test_what_is_over_a_number_is_never_said_to_be_over_a_larger(part, qualifier, whole, en):
    """A share carries the word of its part and is rounded towards the side that word allows."""
    assert metrics.share(printed(part, FIRMS, qualifier), printed(whole, FIRMS)).text("en") == en


@pytest.mark.parametrize(("high", "digits"), [(590, "587"), (600, "590"), (700, "600")])
def test_derived_amounts_show_no_digit_their_interval_does_not_support(high, digits):
    """Good to some units, to tens or to hundreds, zeros stand for what is not known."""
    amount = Quantity(Fraction(587), Fraction(587 * 2 - high), Fraction(high), FIRMS)
    assert amount.text("zh") == f"{digits} {FIRMS.zh}".strip()


@pytest.mark.parametrize(
    ("digits", "unit", "zh", "en"),
    [
        ("9.01", "万亿元", "9.005 至 9.015 万亿元", "9.005 to 9.015 trillion yuan"),
        ("2305", "亿元", "2304.5 至 2305.5 亿元", "230.45 to 230.55 billion yuan"),
        ("23.9", "%", "23.85% 至 23.95%", "23.85% to 23.95%"),
        ("-0.7", "pp", "-0.75 至 -0.65 个百分点", "-0.75 to -0.65 percentage points"),
        ("8", "成", "7.5 至 8.5 成", "75% to 85%"),
        ("1.2", "倍", "1.15 至 1.25 倍", "1.15 to 1.25 times"),
        ("4894", "人", "4893.5 至 4894.5 人", "4,893.5 to 4,894.5 people"),
    ],
)
def test_an_interval_is_written_as_either_language_writes_numbers(data, digits, unit, zh, en):
    """In the printed unit in Chinese, in English units in English."""
    quantity = Quantity.from_print(digits, data.units[unit])
    assert (quantity.interval("zh"), quantity.interval("en")) == (zh, en)


def test_bounds_of_a_derived_number_show_what_their_distance_needs(data):
    """One digit more than tells them apart; a bound that is the number itself stands alone."""
    parcels, revenue = data.obs("express_delivery_volume"), data.obs("express_delivery_revenue")
    assert (revenue / parcels).interval("en") == "11.9064 to 11.9090 yuan each"
    exact = Quantity.from_print("5", data.units["个"])
    assert Quantity(exact.value, exact.value, exact.value, exact.unit).interval("zh") == "5 个"


@pytest.mark.parametrize(("digits", "zh"), [("1", "超过 100 亿元"), ("12", "超过 12 百亿元")])
def test_a_round_number_is_no_unit(digits, zh):
    """上百亿 is read as 100 亿; nobody writes 1 百亿."""
    hundred = Unit("百亿元", "元", Fraction(10**10), "currency", "元", "yuan")
    assert printed(digits, hundred, "over").text("zh") == zh


@pytest.mark.parametrize(
    ("digits", "en"), [("1", "1 percentage point"), ("-1", "-1 percentage point"), ("1.0", "1.0 percentage points")]
)
def test_one_point_is_singular(digits, en):
    """English counts: one point, but 1.0 points."""
    assert printed(digits, PERCENTAGE_POINTS).text("en") == en
    assert (printed("3", PERCENTAGE_POINTS) - printed("2", PERCENTAGE_POINTS)).text("en") == "1 percentage point"
