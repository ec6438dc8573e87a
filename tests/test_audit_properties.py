"""Whatever is printed: an honest printer is never accused, a wrong digit that matters always is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ecanalysis.auditing.expressions import letter
from ecanalysis.auditing.relation import Check, judge
from ecanalysis.quantity import PERCENTAGE_POINTS, Quantity, Unit

YI = Unit("亿元", "元", Fraction(10**8), "currency", "元", "yuan")
PERCENT = Unit("%", "ratio", Fraction(1, 100), "ratio", "%", "%")
UNITS = {"amount": YI, "rate": PERCENT, "points": PERCENTAGE_POINTS}

Values = Sequence[Fraction]


@dataclass(frozen=True)
class Case:
    """A kind of relation: its expression, what its operands and its result are, and the true result."""

    expression: str
    operands: str  # a letter an operand: a for an amount, r for a rate
    result: str
    truth: Callable[[Values], Fraction]


CASES = {
    "growth": Case("a / b - 1", "aa", "rate", lambda v: v[0] / v[1] - 1),
    "share": Case("a / b", "aa", "rate", lambda v: v[0] / v[1]),
    "sum": Case("a + b + c", "aaa", "amount", lambda v: v[0] + v[1] + v[2]),
    "complement": Case("1 - a - b", "rr", "rate", lambda v: 1 - v[0] - v[1]),
    "growth_gap": Case("100 * (a - b)", "rr", "points", lambda v: 100 * (v[0] - v[1])),
    "level": Case("a * (1 + b)", "ar", "amount", lambda v: v[0] * (1 + v[1])),
    "weighted_growth": Case(
        "(a + b) / (a / (1 + c) + b / (1 + d)) - 1",
        "aarr",
        "rate",
        lambda v: (v[0] + v[1]) / (v[0] / (1 + v[2]) + v[1] / (1 + v[3])) - 1,
    ),
    "contribution": Case(
        "(a - a / (1 + c)) / (b - b / (1 + d))",
        "aarr",
        "rate",
        lambda v: (v[0] - v[0] / (1 + v[2])) / (v[1] - v[1] / (1 + v[3])),
    ),
}

amounts = st.fractions(min_value=20, max_value=10**6, max_denominator=10**6)
rates = st.fractions(min_value=Fraction(1, 20), max_value=3, max_denominator=10**6)
unhurried = settings(deadline=None)  # a loaded machine is no counterexample
decimals = st.integers(min_value=0, max_value=3)


def print_number(value: Fraction, unit: Unit, places: int, name: str) -> Quantity:
    """What a printer makes of a true value in base units: rounded half up to so many decimals of the unit."""
    shown = value / unit.scale
    step = Decimal(1).scaleb(-places)
    digits = (Decimal(shown.numerator) / Decimal(shown.denominator)).quantize(step, ROUND_HALF_UP)
    return Quantity.from_print(f"{digits:f}", unit, evidence=(name,))


def draw_case(case: Case, data: st.DataObject) -> tuple[Check, dict[str, Quantity]]:
    """True operands, and everything as printed."""
    values, printed = [], {}
    for position, kind in enumerate(case.operands):
        unit = YI if kind == "a" else PERCENT
        value = data.draw(amounts) * YI.scale if kind == "a" else data.draw(rates)
        values.append(value)
        printed[letter(position)] = print_number(value, unit, data.draw(decimals), letter(position))
    unit = UNITS[case.result]
    printed["target"] = print_number(case.truth(values), unit, data.draw(decimals), "target")
    return Check("sum", "target", tuple(letter(i) for i in range(len(values))), case.expression), printed


@pytest.mark.parametrize("kind", CASES)
@unhurried
@given(data=st.data())
def test_an_honest_printer_is_never_accused(kind: str, data: st.DataObject):
    """A relation of true values, each rounded as a printer would, is not inconsistent."""
    check, printed = draw_case(CASES[kind], data)
    assert judge(check, printed.__getitem__).verdict in ("consistent", "undetermined")


@pytest.mark.parametrize("kind", CASES)
@unhurried
@given(data=st.data())
def test_a_digit_that_matters_is_always_caught(kind: str, data: st.DataObject):
    """Changing a digit worth more than the rounding of result and operands together is inconsistent."""
    check, printed = draw_case(CASES[kind], data)
    target, computed = printed["target"], judge(check, printed.__getitem__).computed
    assume(isinstance(computed, Quantity))  # nothing follows from operands that can be zero
    room = (computed.high - computed.low + target.high - target.low) / target.unit.scale
    places = [p for p, character in enumerate(target.printed) if character.isdigit()]
    matters = [p for p in places if digit_worth(target.printed, p) > room]
    assume(matters)
    place = data.draw(st.sampled_from(matters))
    digit = data.draw(st.sampled_from([d for d in "0123456789" if d != target.printed[place]]))
    wrong = Quantity.from_print(target.printed[:place] + digit + target.printed[place + 1 :], target.unit)
    judgement = judge(check, {**printed, "target": wrong}.__getitem__)
    assert judgement.verdict == "inconsistent"
    assert judgement.miss is not None
    assert judgement.miss.value > 0


def digit_worth(digits: str, place: int) -> Fraction:
    """How much one step of the digit at a place is worth, in the printed unit."""
    point = digits.find(".") if "." in digits else len(digits)
    exponent = point - place - 1 if place < point else point - place
    return Fraction(10) ** exponent


@unhurried
@given(value=amounts, places=decimals, other=decimals)
def test_two_printings_of_one_fact_agree(value: Fraction, places: int, other: int):
    """Whatever the number of decimals, one amount printed twice is one fact."""
    one, two = print_number(value * YI.scale, YI, places, "a"), print_number(value * YI.scale, YI, other, "t")
    assert judge(Check("repeat", "t", ("a",), "a"), {"a": one, "t": two}.__getitem__).verdict != "inconsistent"


@unhurried
@given(value=amounts, places=decimals, part=st.fractions(min_value=0, max_value=1, max_denominator=1000))
def test_a_part_never_exceeds_its_whole_by_rounding(value: Fraction, places: int, part: Fraction):
    """A part of a whole, both rounded, is no more than the whole."""
    whole = print_number(value * YI.scale, YI, places, "a")
    piece = print_number(value * part * YI.scale, YI, 1, "t")
    assert judge(Check("part", "t", ("a",), "a", "<="), {"a": whole, "t": piece}.__getitem__).verdict == "consistent"


@unhurried
@given(data=st.data())
def test_a_caveat_is_never_an_accusation(data: st.DataObject):
    """Numbers that may not be comparable are never called inconsistent, whatever they are."""
    printed = {
        name: print_number(data.draw(amounts) * YI.scale, YI, data.draw(decimals), name) for name in ("t", "a", "b")
    }
    check = Check("sum", "t", ("a", "b"), "a + b", caveat="publications")
    assert judge(check, printed.__getitem__).verdict != "inconsistent"
