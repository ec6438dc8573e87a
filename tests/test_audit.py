"""The audit: what it checks, what it says, and the findings somebody reviewed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from ecanalysis import auditing, catalog, language
from ecanalysis.auditing.expressions import ExpressionError, compiled, exact, letter, operand_count
from ecanalysis.auditing.facts import Facts, Key, relative, year_before
from ecanalysis.auditing.relation import Check, judge
from ecanalysis.errors import DataError, EcanalysisError
from ecanalysis.quantity import Quantity, Unit
from tests.conftest import TEXTS

YI = Unit("亿元", "元", Fraction(10**8), "currency", "元", "yuan")
PERCENT = Unit("%", "ratio", Fraction(1, 100), "ratio", "%", "%")
Edit = Callable[[str, str, str], Path]


@pytest.fixture(scope="module")
def relations(data: catalog.Catalog) -> list[auditing.Relation]:
    """Every relation of the project's own tables."""
    return auditing.audit(data)


def printed(**digits: str) -> dict[str, Quantity]:
    """Quantities by name: amounts in 亿元, rates where the digits end in %, one-sided where they begin with > or <."""
    quantities = {}
    for name, text in digits.items():
        qualifier = {">": "over", "<": "under"}.get(text[0], "exact")
        unit = PERCENT if text.endswith("%") else YI
        quantities[name] = Quantity.from_print(text.strip("<>%"), unit, qualifier=qualifier, evidence=(name,))
    return quantities


def verdict(check: Check, **digits: str) -> str:
    """The verdict on a check of the rows t, a, b, c."""
    return judge(check, printed(**digits).__getitem__).verdict


GROWTH = Check("growth", "t", ("a", "b"), "a / b - 1")
SUM = Check("sum", "t", ("a", "b"), "a + b")
PART = Check("part", "t", ("a",), "a", "<=")


# The judge


def test_what_can_be_true_within_rounding_is_consistent():
    """1.09 and 0.27331 trillion may make 1.37; shares of 83.1, 9.0 and 6.4 may leave 1.6 although all add to 100.1."""
    assert verdict(SUM, t="13700", a="10900", b="2733.1") == "inconsistent"  # printed to the unit they do not
    assert judge(
        SUM, {"t": _trillion("1.37"), "a": _trillion("1.09"), "b": _trillion("0.27331")}.__getitem__
    ).verdict == ("consistent")
    rest = Check("complement", "t", ("a", "b", "c"), "1 - a - b - c")
    assert verdict(rest, t="1.6%", a="83.1%", b="9.0%", c="6.4%") == "consistent"


def _trillion(digits: str) -> Quantity:
    return Quantity.from_print(digits, Unit("万亿元", "元", Fraction(10**12), "currency", "元", "yuan"))


def test_what_cannot_be_true_is_inconsistent_and_says_by_how_much():
    """893.6 of 6412.7 is no 63.5 %: the nearest ends of both intervals lie 49.51 points apart."""
    share = Check("share", "t", ("a", "b"), "a / b")
    judgement = judge(share, printed(t="63.5%", a="893.6", b="6412.7").__getitem__)
    assert judgement.verdict == "inconsistent"
    assert judgement.reason == "impossible"
    assert judgement.miss is not None
    assert judgement.miss.text("en") == "49.51 percentage points"


def test_a_caveat_keeps_a_miss_from_being_an_error():
    """Growth on a comparable basis does not follow from published levels: not comparable, with that reason."""
    caveat = Check("growth", "t", ("a", "b"), "a / b - 1", caveat="comparable_basis")
    judgement = judge(caveat, printed(t="30.4%", a="13700", b="12448.8").__getitem__)
    assert (judgement.verdict, judgement.reason) == ("not_comparable", "comparable_basis")


def test_a_caveat_says_nothing_where_nothing_misses():
    """Numbers of two publications that agree are consistent."""
    caveat = Check("growth", "t", ("a", "b"), "a / b - 1", caveat="publications")
    assert verdict(caveat, t="26.6%", a="507.1", b="400.6") == "consistent"


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [("600", "697.9", "consistent"), ("900", "697.9", "inconsistent"), ("900", ">697.9", "undetermined")],
)
def test_the_open_side_of_a_one_sided_number_convicts_nobody(part: str, whole: str, expected: str):
    """A part of 900 exceeds a whole of 697.9, but not necessarily one of over 697.9."""
    assert verdict(PART, t=part, a=whole) == expected


def test_coarse_operands_prove_nothing():
    """24 over 22 allows growth of 4 to 14 %: 12.5 % is possible, which is no confirmation of it."""
    assert verdict(GROWTH, t="12.5%", a="24", b="22") == "undetermined"


def test_coarse_operands_may_still_contradict():
    """24 over 22 allows growth of 14 % at most: 30 % is impossible."""
    assert verdict(GROWTH, t="30%", a="24", b="22") == "inconsistent"


def test_an_operand_that_can_be_zero_allows_anything():
    """Nothing follows from a division by what may be nothing."""
    assert verdict(GROWTH, t="12.5%", a="24", b="0") == "undetermined"


@pytest.mark.parametrize(("digits", "expected"), [("1900", "not_comparable"), ("19000", "inconsistent")])
def test_no_revision_explains_a_factor_of_ten(digits: str, expected: str):
    """Two publications may differ by a revision, not by an order of magnitude."""
    repeat = Check("repeat", "t", ("a",), "a", caveat="publications")
    assert verdict(repeat, t=digits, a="902.4") == expected


def test_a_level_from_another_publication_cannot_miss_by_a_factor_of_ten():
    """What follows from another publication's number may differ, but not by an order of magnitude."""
    level = Check("level", "t", ("a", "b"), "a / b", caveat="publications")
    assert verdict(level, t="80", a="50", b="50%") == "not_comparable"
    assert verdict(level, t="8", a="50", b="50%") == "inconsistent"


def test_amounts_in_different_currencies_are_not_compared():
    """58 billion dollars against 76 billion yuan: not comparable without a printed rate, with that reason."""
    dollars = Quantity.from_print("580", Unit("亿美元", "美元", Fraction(10**8), "currency", "美元", "US dollars"))
    quantities = {"t": dollars, **printed(a="759.8")}
    judgement = judge(PART, quantities.__getitem__)
    assert (judgement.verdict, judgement.reason, judgement.miss) == ("not_comparable", "currency", None)


@pytest.mark.parametrize(
    ("comparison", "target", "expected"),
    [("<=", "8", "consistent"), ("<=", "12", "inconsistent"), (">=", "8", "inconsistent"), (">=", "12", "consistent")],
)
def test_limits_are_held_from_either_side(comparison: str, target: str, expected: str):
    """At most and at least ten."""
    assert verdict(Check("part", "t", ("a",), "a", comparison), t=target, a="10") == expected


# Expressions


def test_expressions_do_interval_arithmetic():
    """Each operation widens the interval as it must."""
    values = [Quantity.from_print(digits, PERCENT) for digits in ("50", "20")]
    values = [Quantity(v.value, v.low, v.high, exact(0).unit) for v in values]
    assert compiled("1 - a - b")(values).low == Fraction(29, 100)
    assert compiled("a / b")(values).high == Fraction(505, 195)
    assert compiled("-a")(values).value == Fraction(-1, 2)
    assert compiled("between(a, b)")(values).low == Fraction(195, 1000)


def test_place_counts_what_is_certainly_and_possibly_greater():
    """Two of three others are greater for certain, one perhaps: place 3 or 4."""
    values = [Quantity.from_print(digits, PERCENT) for digits in ("10", "12", "13", "10.2")]
    place = compiled("place(a, b, c, d)")([Quantity(v.value, v.low, v.high, exact(0).unit) for v in values])
    assert (place.low, place.high) == (3, 4)


def test_average_growth_is_a_root():
    """Doubling in one year and again in the next is 100 % a year."""
    rate = compiled("average_growth(a, b, 2)")([exact(4), exact(1)])
    assert rate.low <= 1 <= rate.high


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("a ** 2", "expression 'a ** 2': 'a ** 2' is not of the language"),
        ("open(a)", "expression 'open(a)': 'open(a)' is not of the language"),
        ("a +", "expression 'a +': invalid syntax"),
        ("ab + 1", "'ab' is no operand: allowed are a to z, a1 to z1 and so on"),
    ],
)
def test_anything_else_is_refused(expression: str, message: str):
    """The language is arithmetic, nothing more."""
    with pytest.raises(ExpressionError) as error:
        operand_count(expression)
    assert str(error.value) == message


def test_operands_go_on_after_z():
    """The twenty-seventh operand is a1."""
    assert [letter(position) for position in (0, 25, 26, 52)] == ["a", "z", "a1", "a2"]
    assert operand_count("a + b1") == 28


# Facts


@pytest.mark.parametrize(
    ("period", "before"),
    [
        ("2018", "2017"),
        ("2018-H1", "2017-H1"),
        ("2018-12", "2017-12"),
        ("2018-10-31", "2017-10-31"),
        ("2014/2018", None),
    ],
)
def test_the_period_a_year_before(period: str, before: str | None):
    """Every kind of period has one, a span of years has none."""
    assert year_before(period) == before


def test_a_reference_says_what_differs():
    """Parts left out are those of the row."""
    key = Key("online_retail_sales", "goods", "CN", "2018")
    assert relative(key, "retail_sales_consumer_goods:total").item == "total"
    assert relative(key, "@world~2017") == Key("online_retail_sales", "goods", "world", "2017")
    with pytest.raises(ValueError, match=re.escape("reference '%': it must look like indicator:item@area~period")):
        relative(key, "%")


def test_zeros_that_fill_a_column_are_no_digits(data: catalog.Catalog):
    """Table B-1 prints every rate with a final 0: 5.50 % there stands for 5.45 to 5.55."""
    rate = Facts(data).quantity("mofcom-2018.table-B-1.07")
    assert (rate.low, rate.high) == (Fraction(545, 10000), Fraction(555, 10000))


def test_a_count_stands_for_itself(data: catalog.Catalog):
    """101 enterprises are exactly 101; an average a head and an amount keep their intervals."""
    facts = Facts(data)
    count, average = facts.quantity("mofcom-2018.8.1.1.09"), facts.quantity("mofcom-2018.B.2.8.38")
    assert count.low == count.high == 101
    assert (average.low, average.high) == (Fraction(43, 2), Fraction(45, 2))


# The relations of the project's own tables


def find(relations: list[auditing.Relation], kind: str, target: str) -> auditing.Relation:
    """The one relation of a kind about a row."""
    (relation,) = [r for r in relations if (r.kind, r.target) == (kind, target)]
    return relation


def test_there_are_relations_of_every_kind(relations: list[auditing.Relation]):
    """Over a thousand relations, and no kind of them without a name."""
    assert len(relations) > 1000
    assert {relation.kind for relation in relations} <= set(auditing.KINDS)
    assert {relation.verdict for relation in relations} == set(auditing.VERDICTS)


def test_each_relation_is_checked_once(relations: list[auditing.Relation]):
    """No relation is counted twice."""
    keys = [(r.kind, r.target, r.operands, r.expression) for r in relations]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("line", "kind", "target"),
    [
        (2955, "share", "mofcom-2018.8.27.1.04"),
        (3447, "sum", "mofcom-2018.B.2.1.23"),
        (3528, "level", "mofcom-2018.B.2.4.02"),
        (3538, "level", "mofcom-2018.table-B-5.01"),
        (3539, "unit", "mofcom-2018.table-B-5.07"),
        (3684, "growth", "mofcom-2018.B.2.8.40"),
    ],
)
def test_known_errors_are_found(relations: list[auditing.Relation], line: int, kind: str, target: str):
    """What a reader found by hand and nothing else explains is inconsistent, at its line, with a hypothesis."""
    relation = find(relations, kind, target)
    assert (relation.verdict, relation.line) == ("inconsistent", line)
    assert relation.hypothesis.zh
    assert relation.hypothesis.en


@pytest.mark.parametrize(
    ("line", "kind", "target", "reason"),
    [
        (1887, "share", "mofcom-2018.8.4.1.04", "rounding"),
        (988, "count", "mofcom-2018.4.3.1.04", "scope"),
        (1160, "sum", "mofcom-2018.5.1.4.03", "incomplete_list"),
        (2643, "part", "mofcom-2018.8.19.5.05", "currency"),
        (2775, "part", "mofcom-2018.8.22.3.02", "scope"),
        (3656, "level", "mofcom-2018.B.2.8.01", "scope"),
        (3728, "level", "mofcom-2018.B.2.10.02", "period"),
        (59, "repeat", "ceca-2017-2018.contents.02", "legibility"),
        (60, "unit", "ceca-2017-2018.contents.03", "legibility"),
        (91, "weighted_growth", "ceca-2017-2018.1-1.03", "base_year"),
        (291, "weighted_growth", "ceca-2017-2018.5-1.02", "rounding"),
        (388, "change", "ceca-2017-2018.6-3.04", "incomplete_list"),
    ],
)
def test_what_something_else_could_explain_accuses_nobody(
    relations: list[auditing.Relation], line: int, kind: str, target: str, reason: str
):
    """A miss that coverage, rounding, currency or a bad page could explain is not comparable, with that reason."""
    relation = find(relations, kind, target)
    assert (relation.verdict, relation.line) == ("not_comparable", line)
    assert relation.reason == auditing.REASONS[reason]
    assert relation.hypothesis.zh


@pytest.mark.parametrize(
    ("target", "operand"),
    [
        ("mofcom-2018.1.1.5.07", "ceca-2017-2018.5-1.11"),
        ("mofcom-2018.4.1.1.06", "ceca-2017-2018.5-1.11"),
        ("mofcom-2018.1.1.2.03", "ceca-2017-2018.1-2.04"),
        ("mofcom-2018.1.1.4.03", "ceca-2017-2018.4-1.05"),
    ],
)
def test_a_base_year_of_another_publication_accuses_nobody(
    relations: list[auditing.Relation], target: str, operand: str
):
    """Growth that misses the other report's level is not comparable, and says why."""
    (relation,) = [r for r in relations if r.target == target and r.kind == "growth" and operand in r.operands]
    assert relation.verdict == "not_comparable"
    assert relation.reason.zh


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("complement", "mofcom-2018.1.1.2.36"),
        ("sum", "mofcom-2018.8.1.1.09"),
        ("sum", "mofcom-2018.3.1.2.01"),
        ("sum", "ceca-2017-2018.6-3.01"),
        ("sum", "mofcom-2018.3.2.3.05"),
        ("share", "ceca-2017-2018.9-3.10"),
        ("average_growth", "mofcom-2018.2.1.3.38"),
        ("weighted_growth", "mofcom-2018.8.25.1.06"),
        ("count", "mofcom-2018.5.1.2.01"),
        ("sum", "mofcom-2018.B.1.4.03"),
        ("citation_number", "mofcom-2018.citation.07"),
    ],
)
def test_what_holds_is_left_alone(relations: list[auditing.Relation], kind: str, target: str):
    """Sums, shares and rates that rounding allows are consistent and need no reason."""
    relation = find(relations, kind, target)
    assert relation.verdict == "consistent"
    assert relation.reason.zh == relation.reason.en == relation.erratum == ""


def test_a_cited_document_with_two_dates(relations: list[auditing.Relation]):
    """Signature and publication lie 14 days apart: not comparable, no error."""
    relation = find(relations, "citation_date", "mofcom-2018.citation.12")
    assert (relation.verdict, relation.operands) == ("not_comparable", ("mofcom-2018.A.016",))
    assert relation.finding.en == "Printed 2018-07-24, the operands give 2018-08-07, a miss of 14 days."


def test_the_finding_is_a_sentence_in_both_languages(relations: list[auditing.Relation]):
    """What is printed, what follows, and by how much it misses."""
    finding = find(relations, "sum", "mofcom-2018.B.2.1.23").finding
    assert finding.zh == "印为 54.2%，算得 55.1%至 55.3%，相差 0.85 个百分点。"
    assert finding.en == "Printed 54.2%, the operands give 55.1% to 55.3%, a miss of 0.85 percentage points."


# Reviewed findings


def test_every_reviewed_finding_still_holds(data: catalog.Catalog, relations: list[auditing.Relation]):
    """The guard of errata.csv: printed and following numbers are those that were reviewed."""
    assert auditing.stale_errata(data, relations) == []


def test_nothing_is_called_inconsistent_without_review(relations: list[auditing.Relation]):
    """A new inconsistency must be looked into before it is published."""
    assert [r for r in relations if r.verdict == "inconsistent" and not r.erratum] == []


def test_every_reviewed_cause_has_a_reason(data: catalog.Catalog):
    """What a reviewer calls not comparable is explained."""
    errata = data.tables["errata"]
    causes = set(errata[errata["verdict"] == "not_comparable"]["cause"])
    assert causes <= set(auditing.REASONS)


def test_a_mended_error_makes_its_finding_stale(edit: Edit):
    """With 13.9 % printed nothing misses any more: the finding is reported."""
    folder = edit("observations.csv", "share,63.5,%", "share,13.9,%")
    data = catalog.load(folder)
    assert auditing.stale_errata(data, auditing.audit(data)) == [
        "erratum-041: no relation of mofcom-2018.8.27.1.04 misses in this way any more"
    ]


def test_another_error_in_its_place_makes_a_finding_stale(edit: Edit):
    """With 64.5 % printed the finding no longer says what is printed."""
    data = catalog.load(edit("observations.csv", "share,63.5,%", "share,64.5,%"))
    assert auditing.stale_errata(data, auditing.audit(data)) == [
        "erratum-041: reviewed as printed 63.5%, follows 13.93%至 13.94%; now printed 64.5%, follows 13.93%至 13.94%"
    ]


def test_a_new_error_is_inconsistent_and_unreviewed(edit: Edit):
    """A digit changed in a sum is found at once."""
    data = catalog.load(
        edit(
            "observations.csv",
            "express_delivery_volume,intra_city,CN,2018,level,114.1",
            "express_delivery_volume,intra_city,CN,2018,level,141.1",
        )
    )
    found = {r.kind for r in auditing.audit(data) if r.verdict == "inconsistent" and not r.erratum}
    assert {"sum", "repeat"} <= found


def test_claims_that_name_nothing_are_refused_all_at_once(edit: Edit):
    """Every wrong claim is named with its line and what is allowed."""
    edit("claims.csv", "count,mofcom-2018.4.01,=,N,", "tally,mofcom-2018.4.01,=,N + a,")
    edit("claims.csv", "pilot_zones 1 2 3", "pilot_plans 1")
    folder = edit("claims.csv", "mofcom-2018.4.3.1.03 mofcom-2018.4.3.1.02", "mofcom-2018.4.3.1.03 nowhere.01")
    with pytest.raises(DataError) as error:
        auditing.audit(catalog.load(folder))
    kinds = ", ".join(auditing.KINDS)
    assert error.value.problems == [
        f"claims.csv:4: kind 'tally': allowed are {kinds}",
        "claims.csv:4: expression 'N + a' needs 1 operands, not 0",
        "claims.csv:10: no list 'pilot_plans 1': allowed are 'pilot_zones' with batches and 'issuers' with the id of a "
        "policy",
        "claims.csv:21: no observation 'nowhere.01'",
    ]


def test_an_expression_out_of_the_language_is_refused(edit: Edit):
    """A claim cannot call anything."""
    folder = edit("claims.csv", "a * (1 + b)", "exec(a)")
    with pytest.raises(EcanalysisError, match=re.escape("'exec(a)' is not of the language")):
        auditing.audit(catalog.load(folder))


@pytest.mark.parametrize("table", ["claims", "errata"])
def test_prose_of_the_tables_is_our_own(data: catalog.Catalog, table: str):
    """No run of sixteen characters of a report stands in what we say of it."""
    texts = [TEXTS / f"{name}.txt" for name in ("mofcom-2018", "ceca-2017-2018")]
    if not all(text.exists() for text in texts):
        pytest.skip("the text editions of the reports are not here")
    source = re.sub(r"\s", "", "".join(text.read_text(encoding="utf-8") for text in texts))
    for sentence in data.tables[table]["zh"]:
        ours = re.sub(r"\s", "", sentence)
        assert not [ours[i : i + 16] for i in range(len(ours) - 15) if ours[i : i + 16] in source]


# Output


def test_the_frame_has_a_row_a_relation(relations: list[auditing.Relation]):
    """Words in the language in use, lines as integers that may be missing."""
    language.use("en")
    frame = auditing.to_frame(relations)
    row = frame[(frame["target"] == "mofcom-2018.B.2.1.23") & (frame["kind"] == "sum")].iloc[0]
    assert len(frame) == len(relations)
    assert (row["printed"], row["computed"], row["miss"]) == ("54.2%", "55.1% to 55.3%", "0.85 percentage points")
    assert row["operands"] == "mofcom-2018.B.2.1.13 mofcom-2018.B.2.1.14"
    assert frame["line"].dtype == "Int64"
    assert frame["line"].isna().any()


def test_no_relations_make_an_empty_frame():
    """The columns are there even so."""
    frame = auditing.to_frame([])
    assert frame.empty
    assert {"kind", "verdict", "target", "operands"} <= set(frame.columns)


def test_json_is_a_list_of_objects(relations: list[auditing.Relation]):
    """Each with kind, verdict, target and operands; ids exist in the tables."""
    objects = json.loads(auditing.to_json(relations))
    share = next(o for o in objects if o["target"] == "mofcom-2018.8.27.1.04" and o["kind"] == "share")
    assert share["verdict"] == "inconsistent"
    assert share["operands"] == ["mofcom-2018.8.27.1.03", "mofcom-2018.8.27.1.01"]
    assert share["printed"] == {"low": 0.6345, "high": 0.6355, "unit": "ratio"}
    assert share["finding"]["zh"].startswith("印为 63.5%")
    assert len(objects) == len(relations)


# Mutation


def test_most_changed_digits_are_caught(data: catalog.Catalog):
    """Of a hundred rows with one digit changed the audit catches more than half, always the same ones."""
    mutations = auditing.mutation_rate(data, 100, seed=1)
    assert len(mutations.caught) + len(mutations.escaped) == 100
    assert mutations.rate > 0.5
    assert mutations == auditing.mutation_rate(data, 100, seed=1)


def test_a_mutation_changes_one_digit(data: catalog.Catalog):
    """The changed value is as long as the printed one and differs in one place."""
    mutations = auditing.mutation_rate(data, 60, seed=2)
    for _, before, after in mutations.caught + mutations.escaped:
        assert len(before) == len(after)
        assert sum(one != other for one, other in zip(before, after, strict=True)) == 1


def test_more_mutations_than_rows_are_refused(data: catalog.Catalog):
    """The message says how many rows there are."""
    with pytest.raises(ValueError, match=r"^99999 mutations: \d+ rows take part in a relation, so 1 to \d+$"):
        auditing.mutation_rate(data, 99999, seed=1)
