"""Sentences from numbers in both languages, and what they refuse."""

from __future__ import annotations

from fractions import Fraction

import pytest

from ecanalysis import language, narrative
from ecanalysis.language import Label
from ecanalysis.narrative import NarrativeError
from ecanalysis.quantity import Quantity, Unit

YI = Unit("亿元", "元", Fraction(10**8), "currency", "元", "yuan")
POINTS = Unit("pp", "pp", Fraction(1), "percentage_points", "个百分点", "percentage points")
SALES = Quantity.from_print("561.2", YI, evidence=("report.1.01",))
FALL = Quantity.from_print("-0.7", POINTS, evidence=("report.1.02",))


def test_numbers_carry_their_rows():
    """The element names the row, the exact value and the interval in base units."""
    paragraph = narrative.say("出口 {sales}。", "Exports were {sales}.", sales=SALES)
    assert paragraph._repr_mimebundle_()["text/html"] == (
        '<p>出口 <data class="number" value="56120000000" data-interval="56115000000 56125000000 元" '
        'data-observations="report.1.01">561.2 亿元</data>。</p>'
    )
    assert paragraph.evidence == ("report.1.01",)


def test_derived_numbers_name_their_method_and_all_rows():
    """A sum rests on both rows and says that it was computed."""
    total = (SALES + Quantity.from_print("785.8", YI, evidence=("report.1.03",))).with_method("sum")
    shown = narrative.number(total)
    assert 'data-observations="report.1.01 report.1.03"' in shown
    assert 'data-method="sum"' in shown


def test_both_languages_say_the_same_number():
    """The page in English shows the shifted digits of the same row."""
    language.use("en")
    assert (
        str(narrative.say("出口 {sales}。", "Exports were {sales}.", sales=SALES)) == "Exports were 56.12 billion yuan."
    )


@pytest.mark.parametrize(
    ("form", "zh"), [("", "-0.7 个百分点"), ("magnitude", "0.7 个百分点"), ("signed", "-0.7 个百分点")]
)
def test_forms_of_a_fall(form, zh):
    """Only the magnitude drops the minus sign."""
    assert narrative.words(FALL, form) == zh


def test_clause_without_its_number_is_left_out():
    """Text adapts where nobody printed a value."""
    templates = ("出口 {sales}[，增长 {growth}]。", "Exports {sales}[, up {growth}].")
    assert str(narrative.say(*templates, sales=SALES, growth=None)) == "出口 561.2 亿元。"


@pytest.mark.parametrize(
    ("zh", "en", "values", "message"),
    [
        ("达 9.01 万亿元。", "It was.", {}, "a number is typed into a sentence: '9.01' in '达 9.01 万亿元。'"),
        ("它达到了。", "In 2018 it rose.", {}, "a number is typed into a sentence: '2018' in 'In 2018 it rose.'"),
        (
            "出口 {sales}。",
            "Exports.",
            {"sales": SALES},
            "the two languages name different numbers (sales): '出口 {sales}。' and 'Exports.'",
        ),
        ("出口 {sales}。", "Exports {sales}.", {}, "no value for sales in '出口 {sales}。'"),
        (
            "出口 {sales}。",
            "Exports {sales}.",
            {"sales": None},
            "{sales} has no value and stands outside a clause: 出口 {sales}。",
        ),
        (
            "出口 {sales:bold}。",
            "Exports {sales:bold}.",
            {"sales": SALES},
            "{sales:bold}: forms are magnitude, signed, times",
        ),
    ],
)
def test_sentences_that_are_refused(zh, en, values, message):
    """Typed numbers, different numbers, missing values and unknown forms are errors with their place."""
    with pytest.raises(NarrativeError) as error:
        narrative.say(zh, en, **values)
    assert str(error.value) == message


def test_names_with_digits_are_no_numbers():
    """B2C, 5G, 双11 and 16+1 are names of the field."""
    assert str(narrative.say("B2C、5G、双11 和 16+1。", "B2C, 5G and 16+1.")) == "B2C、5G、双11 和 16+1。"


def test_text_from_data_never_becomes_markup():
    """A name with markup is shown, not obeyed."""
    paragraph = narrative.say("{name}。", "{name}.", name="<script>alert(1)</script>")
    assert paragraph.html == "&lt;script&gt;alert(1)&lt;/script&gt;。"


def test_listing_joins_as_either_language_does():
    """顿号 and 和 in Chinese, commas and and in English."""
    items = [(Label("东部", "East"), SALES), (Label("西部", "West"), FALL)]
    assert str(narrative.listing(items)) == "东部（561.2 亿元）和西部（-0.7 个百分点）"
    language.use("en")
    assert str(narrative.listing(items)) == "East (56.12 billion yuan) and West (-0.7 percentage points)"


def test_verb_turns_with_the_data():
    """Rise, fall and neither have their own words."""
    words = {"rose": ("上升", "rose"), "fell": ("下降", "fell")}
    assert narrative.verb(SALES, **words).en == "rose"
    assert narrative.verb(FALL, **words).en == "fell"
    assert narrative.verb(SALES - SALES, **words).zh == "持平于"
