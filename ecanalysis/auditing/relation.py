"""One printed relation: what is printed, what follows from its operands, and the verdict.

The verdict must be one a statistician would sign. A relation whose printed and computed intervals meet can be true;
one whose intervals miss each other cannot, unless something makes its operands incomparable, and then it is never
called an error. A one-sided number (超过, 近) convicts nobody: where the miss lies on its open side, or where the
operands are printed too coarsely to tell, the verdict is left open.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction

from ecanalysis.auditing.expressions import compiled
from ecanalysis.language import Label
from ecanalysis.quantity import PERCENTAGE_POINTS, RATIO, Quantity

VERDICTS = {
    "consistent": Label("相符", "consistent"),
    "inconsistent": Label("矛盾", "inconsistent"),
    "not_comparable": Label("不可比", "not comparable"),
    "undetermined": Label("无法判定", "undetermined"),
}
KINDS = {
    "repeat": Label("同一事实的另一处", "the same fact elsewhere"),
    "unit": Label("同一事实换算单位", "the same fact in another unit"),
    "growth": Label("由两期水平得增速", "growth from two levels"),
    "growth_from_change": Label("由水平和增量得增速", "growth from a level and its change"),
    "average_growth": Label("由首末两期得年均增速", "average growth from the first and the last level"),
    "growth_change": Label("由两期增速得增速变动", "change between two growth rates"),
    "growth_gap": Label("由两个增速得增速差", "gap between two growth rates"),
    "change": Label("由两期水平得增量", "change from two levels"),
    "gap": Label("由两个水平得差额", "gap between two levels"),
    "multiple": Label("由两个水平得倍数", "multiple of two levels"),
    "contribution": Label("由增量得贡献率", "contribution to growth"),
    "level": Label("由其他数推算水平", "level from other numbers"),
    "share": Label("由部分与整体得占比", "share from part and whole"),
    "level_from_share": Label("由占比推算水平", "level from shares of one whole"),
    "share_change": Label("由两期占比得占比变动", "change between two shares"),
    "share_change_from_growth": Label("由增速得占比变动", "change of a share from growth rates"),
    "sum": Label("整体等于各部分之和", "a whole is the sum of its parts"),
    "part": Label("部分不大于整体", "a part does not exceed its whole"),
    "part_sum": Label("各部分之和不大于整体", "parts together do not exceed their whole"),
    "complement": Label("各占比合计为百分之百", "shares add up to all of it"),
    "share_sum": Label("各占比合计不超过百分之百", "shares add up to no more than all of it"),
    "weighted_growth": Label("由各部分增速得整体增速", "growth of a whole from its parts"),
    "between": Label("整体介于各部分之间", "a whole lies between its parts"),
    "part_of_year": Label("年内数不大于全年", "part of a year does not exceed the year"),
    "order": Label("所述大小与数值相符", "what is said to be greater is greater"),
    "rank": Label("位次与数值相符", "ranks agree with values"),
    "count": Label("计数与所列名单相符", "a count agrees with the list"),
    "citation_date": Label("所引文件的日期", "date of a cited document"),
    "citation_number": Label("所引文件的文号", "number of a cited document"),
    "figure_label": Label("图表编号与所在章", "the number of a figure and its chapter"),
}
REASONS = {
    "": Label("", ""),
    "comparable_basis": Label(
        "增速由发布方按可比口径计算，两期公布的水平口径不同，不能直接相除。",
        "The publisher computed the rate on a comparable basis; the two published levels differ in coverage and do "
        "not divide.",
    ),
    "publications": Label(
        "各数出自不同出版物：基期数可能修订，口径也可能不同，此差不能算作差错。",
        "The numbers stand in different publications: the base may have been revised or delimited otherwise, so the "
        "miss is no error.",
    ),
    "order_of_magnitude": Label(
        "两处相差十倍以上，修订和口径都解释不了。",
        "The two differ by a factor of ten or more, which no revision or coverage explains.",
    ),
    "open_side": Label(
        "有的数只给出一侧界限（超过、近），差距正在未给界限的一侧。",
        "A number is bounded on one side only (over, nearly), and the miss lies on its open side.",
    ),
    "coarse": Label(
        "各数的位数太少，能推出的范围太宽，说明不了什么。",
        "The operands are printed too coarsely: they allow so wide a range that it proves nothing.",
    ),
    "two_dates": Label(
        "文件有成文与公布两个日期，两处可能各取其一。",
        "A document has a date of signature and one of publication; the two places may give one each.",
    ),
    "currency": Label(
        "两数货币不同，报告没有印出汇率，不能直接比较。",
        "The amounts are in different currencies and the report prints no rate between them.",
    ),
    "excerpt": Label(
        "演示文稿摘自全书，图号沿用原书，不一定与所在章对应。",
        "The slides are an excerpt and keep the figure numbers of the full report, which need not be those of the "
        "chapter shown.",
    ),
    "impossible": Label(
        "按印出的位数取区间计算，两者不可能同时成立。",
        "With the rounding of the printed digits allowed for, both cannot be true.",
    ),
    # What a reviewer found to keep the operands from being comparable: the causes of errata.csv.
    "scope": Label("两数的口径可能不同。", "The numbers may differ in coverage."),
    "publisher": Label("两数出自不同机构的统计。", "The numbers come from the statistics of different publishers."),
    "incomplete_list": Label("所列未必完全。", "What is listed need not be all."),
    "basis": Label("增速与数额的口径不同。", "Rate and amounts are on different bases."),
    "base_year": Label("基期数可能已修订。", "The base may have been revised."),
    "rounding": Label("差距不超过分步取整所能造成的。", "The miss is no more than rounding in steps can cause."),
    "period": Label("所述增速的起止年份没有写明。", "The years that the rate spans are not stated."),
    "legibility": Label(
        "此页在文字版中识别不清，数字不一定是原书所印。",
        "The page is badly recognised in the text edition; the digits need not be those of the report.",
    ),
}
# Beyond this factor two printings of one fact, or a printed and a computed level, differ by more than a revision.
_REVISION_LIMIT = 10
_SAME_FACT = ("repeat", "unit", "level")
_FRACTIONAL = (RATIO.dimension, PERCENTAGE_POINTS.dimension, "currency")
# How far the open side of a one-sided number is let go, as a multiple of the number.
_OPEN_FACTOR = 10


@dataclass(frozen=True)
class Relation:
    """A printed relation with its verdict.

    Parameters
    ----------
    kind : str
        One of ``KINDS``.
    verdict : str
        One of ``VERDICTS``.
    target : str
        Id of the row that prints the result (of the citation or figure where no statistic is printed).
    operands : tuple of str
        Ids of the rows it follows from, in the order of the letters in ``expression``.
    printed, computed : Quantity or str
        What is printed, and what follows; text where both are a date, a number of a document or a label.
    miss : Quantity, optional
        How far the printed and the computed interval lie apart; None where they meet.
    expression, comparison : str
        How ``computed`` follows from the operands (see ``expressions``), and whether the printed value must equal it
        (``=``), not exceed it (``<=``) or not fall below it (``>=``).
    reason : Label
        Why the verdict is what it is; empty for a consistent relation.
    hypothesis : Label
        The likeliest reading of a miss that somebody reviewed, as a hypothesis; else empty.
    source, section : str
        Where the target is printed.
    line : int, optional
        Its line in the text edition.
    erratum : str
        Id of the reviewed finding in ``errata.csv``; empty if there is none.
    """

    kind: str
    verdict: str
    target: str
    operands: tuple[str, ...]
    printed: Quantity | str
    computed: Quantity | str
    miss: Quantity | None
    expression: str
    comparison: str
    reason: Label
    hypothesis: Label
    source: str
    section: str
    line: int | None
    erratum: str = ""

    @property
    def missed(self) -> bool:
        """Whether printed and computed miss each other and something stands against it, whatever the verdict."""
        return self.verdict in ("inconsistent", "not_comparable")

    @property
    def finding(self) -> Label:
        """What is printed, what follows and by how much it misses, as a sentence."""
        follows_zh, follows_en = {
            "=": ("算得", "the operands give"),
            "<=": ("应不大于", "it should not exceed"),
            ">=": ("应不小于", "it should not fall below"),
        }[self.comparison]
        miss = (
            (f"，相差 {text_of(self.miss, 'zh')}", f", a miss of {text_of(self.miss, 'en')}") if self.miss else ("", "")
        )
        return Label(
            f"印为 {text_of(self.printed, 'zh')}，{follows_zh} {self.follows('zh')}{miss[0]}。",
            f"Printed {text_of(self.printed, 'en')}, {follows_en} {self.follows('en')}{miss[1]}.",
        )

    def follows(self, language: str = "zh") -> str:
        """What follows from the operands, as the range their rounding leaves.

        Parameters
        ----------
        language : {"zh", "en"}

        Returns
        -------
        str
            Such as ``13.93% to 13.94%``, one number where both ends read the same; for a limit that end alone; for
            another printing of the same fact its digits; for operands that allow anything a dash.
        """
        if isinstance(self.computed, str) or self.computed.printed:
            return text_of(self.computed, language) or "—"
        low, high = (
            _end(replace(self.computed, value=end, low=end, high=end), language)
            for end in (self.computed.low, self.computed.high)
        )
        if self.comparison != "=" or low == high:
            return low if self.comparison == ">=" else high
        return f"{low}至 {high}" if language == "zh" else f"{low} to {high}"


@dataclass(frozen=True)
class Check:
    """A relation before it is judged: which row must follow from which others, and how.

    Parameters
    ----------
    kind, target, operands, expression, comparison
        As in :class:`Relation`.
    caveat : str
        A key of ``REASONS``: what keeps the operands from being comparable, should they miss.
    """

    kind: str
    target: str
    operands: tuple[str, ...]
    expression: str
    comparison: str = "="
    caveat: str = ""

    @property
    def rows(self) -> tuple[str, ...]:
        """Every row the check touches."""
        return (self.target, *self.operands)


@dataclass(frozen=True)
class Judgement:
    """What follows from the operands of a check, and what that means."""

    verdict: str
    computed: Quantity | str
    miss: Quantity | None
    reason: str


def judge(check: Check, quantity: Callable[[str], Quantity]) -> Judgement:
    """Compute a check from its operands and say what it means.

    Parameters
    ----------
    check : Check
    quantity : callable
        Gives the printed quantity of a row id.

    Returns
    -------
    Judgement
        Consistent if the intervals meet; undetermined if they meet only because the operands are coarse (or can be
        zero where one divides by them), or miss on the open side of a one-sided number; not comparable if they miss
        and the check has a caveat, or if one amount is held against another in a different currency; else inconsistent.
    """
    printed, operands = quantity(check.target), [quantity(operand) for operand in check.operands]
    if check.expression == "a" and _other_currency(printed, operands[0]):
        return Judgement("not_comparable", operands[0], None, "currency")
    try:
        computed = evaluate(check, printed, operands)
    except (ZeroDivisionError, ValueError):
        return Judgement("undetermined", "", None, "coarse")
    distance = _distance(printed, computed, check.comparison)
    if distance == 0:
        if check.comparison == "=" and check.kind != "between" and _too_coarse(printed, computed):
            return Judgement("undetermined", computed, None, "coarse")
        return Judgement("consistent", computed, None, "")
    miss = _miss(printed, distance)
    one_sided = [q for q in (printed, *operands) if q.qualifier in ("over", "under")]
    if one_sided:
        opened = evaluate(check, printed, [_opened(operand) for operand in operands])
        if _distance(_opened(printed), opened, check.comparison) == 0:
            return Judgement("undetermined", computed, miss, "open_side")
    if check.kind in _SAME_FACT and _factor(printed, computed) >= _REVISION_LIMIT:
        return Judgement("inconsistent", computed, miss, "order_of_magnitude")
    verdict = "not_comparable" if check.caveat else "inconsistent"
    return Judgement(verdict, computed, miss, check.caveat or "impossible")


def evaluate(check: Check, printed: Quantity, operands: list[Quantity]) -> Quantity:
    """What follows from the operands, in the base unit of the printed result; another printing stays as printed."""
    if check.expression == "a":
        return operands[0]
    bare = [Quantity(q.value, q.low, q.high, RATIO, q.evidence) for q in operands]
    result = compiled(check.expression)(bare)
    return replace(result, unit=printed.base, evidence=check.operands, method=check.kind)


def _other_currency(one: Quantity, other: Quantity) -> bool:
    return {one.unit.dimension, other.unit.dimension} == {"currency"} and one.unit.base != other.unit.base


def _distance(printed: Quantity, computed: Quantity, comparison: str) -> Fraction:
    below = printed.low - computed.high if comparison in ("=", "<=") else Fraction()
    above = computed.low - printed.high if comparison in ("=", ">=") else Fraction()
    return max(below, above, Fraction())


def _miss(printed: Quantity, distance: Fraction) -> Quantity:
    miss = Quantity(distance, distance, distance, printed.base)
    return miss.as_percentage_points() if printed.unit.dimension == RATIO.dimension else miss


def _too_coarse(printed: Quantity, computed: Quantity) -> bool:
    width = computed.high - computed.low
    return width > 3 * (printed.high - printed.low) and 5 * width > abs(printed.value)


def _opened(quantity: Quantity) -> Quantity:
    """A one-sided number without the bound that only convention gives it."""
    value = quantity.value
    far = {"over": value * _OPEN_FACTOR, "under": Fraction()}.get(quantity.qualifier, value)
    return replace(quantity, low=min(quantity.low, far), high=max(quantity.high, far))


def _factor(printed: Quantity, computed: Quantity) -> Fraction:
    sizes = sorted((abs(printed.value), abs(computed.value)))
    return sizes[1] / sizes[0] if sizes[0] else Fraction(1)


def _end(quantity: Quantity, language: str) -> str:
    """One exact number; a whole one without decimals."""
    value = quantity.value
    whole = value.denominator == 1 and quantity.unit.dimension not in _FRACTIONAL
    return replace(quantity, printed=str(value.numerator)).text(language) if whole else quantity.text(language)


def text_of(value: Quantity | str | None, language: str) -> str:
    """What is printed, or by how much it misses, in words; nothing for nothing."""
    if not isinstance(value, Quantity):
        return value or ""
    return value.text(language) if value.printed else _end(value, language)
