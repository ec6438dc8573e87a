"""Where a number comes from, in words: what its row measures, where it was printed, how it was computed."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ecanalysis.catalog import Catalog
from ecanalysis.document import described, how_measured, measure_name, name, period_name
from ecanalysis.language import Label, pick

METHODS = {
    "growth": Label("增速：本期 ÷ 基期 − 1", "growth: current ÷ base − 1"),
    "share": Label("比重：部分 ÷ 整体", "share: part ÷ whole"),
    "multiple": Label("倍数：前一数 ÷ 后一数", "multiple: the first ÷ the second"),
    "average": Label("平均：总量 ÷ 个数", "average: total ÷ count"),
    "change": Label("变动：前一数 − 后一数", "change: the first − the second"),
    "contribution to growth": Label(
        "增长贡献率：部分的增量 ÷ 整体的增量", "contribution to growth: increase of the part ÷ increase of the whole"
    ),
    "level before growth": Label("由增速倒推基期：本期 ÷ (1 + 增速)", "level before growth: current ÷ (1 + growth)"),
    "value before change": Label("由变动倒推基期：本期 − 变动", "value before the change: current − change"),
    "complement": Label("其余：1 − 各比重之和", "the rest: 1 − the sum of the shares"),
    "average growth": Label("年均增速：(末期 ÷ 初期) 开年数次方 − 1", "average growth: (last ÷ first)^(1/years) − 1"),
    "sum": Label("合计：各数之和", "sum of the numbers"),
    "rank": Label("位次：由大到小排列", "rank: from the largest down"),
    "Herfindahl index": Label("赫芬达尔指数：各比重平方之和", "Herfindahl index: sum of the squared shares"),
}
# Parts of a report that bear no section number.
UNNUMBERED = {
    "preface": Label("前言", "preface"),
    "contents": Label("目录", "contents page"),
    "editors": Label("编者页", "editors' page"),
}


def formula(method: str) -> str:
    """How a number was computed, in words; the method's own name if it has none of ours.

    Examples
    --------
    >>> from ecanalysis import language
    >>> language.use("en")
    >>> formula("share"), formula("CR5")
    ('share: part ÷ whole', 'the sum of the 5 largest')
    """
    if method in METHODS:
        return str(METHODS[method])
    if re.fullmatch(r"CR\d+", method):
        return pick(f"最大 {method[2:]} 项之和", f"the sum of the {method[2:]} largest")
    return method or pick("由下列各数算得", "computed from these numbers")


def measured(data: Catalog, row: Mapping[str, str]) -> str:
    """What a row measures, where, when, how and against what, in the language in use.

    Examples
    --------
    >>> from ecanalysis import catalog, language
    >>> language.use("en")
    >>> data = catalog.load()
    >>> measured(data, data.row("mofcom-2018.1.1.2.03"))
    'online retail sales, China, 2018, growth on the year'
    """
    measure = [part for part in how_measured(row) if part != str(measure_name("level"))]
    parts = [described(dict(row)), name("areas", row["area"]), period_name(row["period"]), *measure]
    return pick("，", ", ").join(str(part) for part in parts if str(part))


def printed_at(row: Mapping[str, str]) -> str:
    """Section or slide, and line, as a reader of the source looks for them.

    Examples
    --------
    >>> from ecanalysis import language
    >>> language.use("en")
    >>> printed_at({"section": "4-1", "line": "332"}), printed_at({"section": "", "line": ""})
    ('slide 4-1, line 332', '')
    """
    section = row["section"]
    if section in UNNUMBERED:
        where = str(UNNUMBERED[section])
    elif section.startswith("table-"):
        where = pick(f"表 {section[6:]}", f"table {section[6:]}")
    elif "-" in section:
        where = pick(f"幻灯片 {section}", f"slide {section}")
    else:
        where = pick(f"{section} 节", f"section {section}") if section else ""
    line = pick(f"第 {row['line']} 行", f"line {row['line']}") if row["line"] else ""
    return pick("，", ", ").join(part for part in (where, line) if part)


def printed_in(row: Mapping[str, str]) -> str:
    """The publication that printed a row, with section and line where there is a text edition of it.

    Examples
    --------
    >>> from ecanalysis import catalog, language
    >>> language.use("zh")
    >>> printed_in(catalog.load().row("mofcom-2018.1.1.2.03"))
    '商务部《中国电子商务报告 2018》，1.1.2 节，第 268 行'
    """
    return pick("，", ", ").join(part for part in (str(name("sources", row["source"])), printed_at(row)) if part)
