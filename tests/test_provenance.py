"""Tables held against a text: what is wrong is named, what nothing accounts for is listed, and nothing else is."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest

from ecanalysis.catalog import Catalog
from ecanalysis.errors import NotFound
from ecanalysis.numerals import numerals
from ecanalysis.provenance import CLASSES, Coverage, contradictions, coverage, report, verify
from ecanalysis.schema import records
from tests.conftest import TEXTS

Row = dict[str, str]

# A text of our own making; the rows below are what a careful reader enters from it.
TEXT = """\
1.1 浙江省

2018年，浙江网店达6 626家，同比增长12.50%，订单下降3.2%；八成以上网店有仓库，七部门发文，上万家企业参加。

按销售额，杭州、宁波和温州排名前三；浙江增速在全国排名第5。

年内用户达38.96

亿人，其中三分之一为老用户，占比为20.5%、14.0%和9.5%。

表A-1 浙江省网店销售额

（单位：亿元）

年份\t甲类\t乙类
2018\t5.40\t16.10

国务院\t2018年3月27日\t国务院令第697号\t网店登记条例
2018年7月24日，杭州获批。
全年培训2万余人，培训场所共十余处。
"""
HEADER = "section line indicator item area period measure value unit qualifier reference note"
ROWS = """\
1.1,3,online_stores,total,CN-33,2018,level,6626,家,exact,,
1.1,3,online_stores,total,CN-33,2018,growth,12.50,%,exact,,
1.1,3,express_delivery_volume,total,CN-33,2018,growth,-3.2,%,exact,,
1.1,3,online_stores,total,CN-33,2018,share,8,成,over,:total,
1.1,3,departments_involved,total,CN-33,2018,level,7,部门,exact,,
1.1,3,ecommerce_enterprises,total,CN-33,2018,level,1,万家,over,,
1.1,5,online_retail_sales,total,CN-33-hangzhou,2018,rank,1,位,exact,@CN-33,
1.1,5,online_retail_sales,total,CN-33-ningbo,2018,rank,2,位,exact,@CN-33,
1.1,5,online_retail_sales,total,CN-33-wenzhou,2018,rank,3,位,exact,@CN-33,
1.1,5,online_retail_sales,total,CN-33,2018,growth_rank,5,位,exact,@CN,
1.1,7,internet_users,total,CN-33,2018,level,38.96,亿人,exact,,
1.1,9,internet_users,rural,CN-33,2018,share,1,三分之一,exact,:total,
1.1,9,internet_users,urban,CN-33,2018,share,20.5,%,exact,:total,
1.1,9,internet_users,mobile,CN-33,2018,share,14.0,%,exact,:total,
1.1,9,internet_users,b2c,CN-33,2018,share,9.5,%,exact,:total,
table-A-1,16,online_retail_sales,b2c,CN-33,2018,level,5.40,亿元,exact,,
table-A-1,16,online_retail_sales,c2c,CN-33,2018,level,16.10,亿元,exact,,
1.1,20,ecommerce_training_participants,total,CN-33,2018,level,2,万人,over,,
1.1,20,ecommerce_training_participants,places,CN-33,2018,level,10,处,over,,
"""


def observations(rows: str = ROWS) -> list[Row]:
    """Rows of ``observations`` from the short form above."""
    found = []
    for number, line in enumerate(rows.splitlines(), 1):
        row = dict(zip(HEADER.split(), line.split(","), strict=True))
        found.append({**row, "id": f"small.{number:02}", "source": "small", "status": "actual", "basis": ""})
    return found


OTHERS = {
    "figures": [
        {
            "id": "small.tab-A-1",
            "source": "small",
            "label": "表A-1",
            "kind": "table",
            "section": "1.1",
            "line": "11",
            "zh": "浙江省网店销售额",
            "en": "Sales",
            "publisher_zh": "甲",
            "publisher_en": "A",
            "notebook": "01_overall",
        }
    ],
    "policies": [
        {
            "id": "small.A.001",
            "source": "small",
            "line": "18",
            "issuers": "国务院",
            "date": "2018-03-27",
            "document_number": "国务院令第697号",
            "title": "网店登记条例",
            "kind": "regulation",
            "subject": "general",
            "title_en": "Registration",
        }
    ],
    "pilot_zones": [
        {
            "id": "pilot-zone.2018.hangzhou",
            "batch": "3",
            "city_zh": "杭州",
            "city_en": "Hangzhou",
            "province": "CN-33",
            "approved": "2018-07-24",
            "source": "small",
            "line": "19",
        }
    ],
}


def with_tables(data: Catalog, **tables: list[Row]) -> Catalog:
    """The project's catalog with some tables replaced, unchecked: a test may put wrong rows into them."""
    frames = {
        name: pd.DataFrame(rows, columns=data.tables[name].columns, dtype="str").fillna("")
        for name, rows in tables.items()
    }
    return replace(data, tables=type(data.tables)({**data.tables, **frames}))


@pytest.fixture
def small(data: Catalog) -> Callable[..., Catalog]:
    """A catalog of one small source, in the project's vocabulary with a city and an item more."""
    source = {"id": "small", "zh": "小报告", "en": "Small", "kind": "report", "confidence": "low", "text": "small.txt"}
    city = {"id": "CN-33-wenzhou", "zh": "温州市", "short_zh": "温州", "en": "Wenzhou", "kind": "city"}
    place = {"id": "places", "zh": "场所", "en": "places", "parent": "total"}
    more = {"sources": source, "areas": city, "items": place}
    vocabulary = {name: [*records(data.tables[name]), row] for name, row in more.items()}

    def build(rows: list[Row] | None = None, **others: list[Row]) -> Catalog:
        entered = observations() if rows is None else rows
        return with_tables(data, **{**vocabulary, **OTHERS, "ledger": [], **others, "observations": entered})

    return build


def account(result: Coverage) -> list[tuple[str, str]]:
    """Each numeral and what accounts for it."""
    return [(account.numeral.printed, account.by) for account in result.accounts]


def rest(result: Coverage) -> list[tuple[int, str]]:
    """Line and print of what nothing accounts for."""
    return [(numeral.line, numeral.printed) for numeral in result.rest]


# What a numeral is.


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("共6 626亿元，1,000家，1，234人", ["6 626", "1,000", "1，234"]),
        ("９.５％和**12**%", ["9.5", "12"]),
        ("15%~20%，2011—2018年", ["15", "20", "2011", "2018"]),
        ("三分之二，百分之五十，一半以上，过半", ["三分之二", "百分之五十", "一半", "过半"]),
        ("近八成，三成熟练，成立", ["八"]),
        ("七部门、十余个、两亿元、三十五家", ["七", "十", "两亿", "三十五"]),
        ("上万家，超百亿元，近万户", ["万", "百亿", "万"]),
        ("位列全国第二，居首位，前五名，第三名", ["二", "首位", "五", "三"]),
        ("增长两倍，翻两番，增长一倍", ["两", "两", "一"]),
        ("^①", ["①"]),
        ("一个、一批、一方面、一体化，唯一一家", []),
        ("第二章，第三方，二是，第一，前两批", []),
        ("数百家、几十个，一二线城市", []),
        ("三年行动，县乡村三级，四川，三农，汽车零部件", []),
        ("四个方面，两个阶段，两位数", []),
    ],
)
def test_numerals_of_a_text(text, printed):
    """Arabic numbers always, Chinese numerals where they state a quantity, in the order of the text."""
    assert [numeral.printed for numeral in numerals(text)] == printed


# Rows that stand, and rows that do not.


def test_right_rows_have_no_problems(small):
    """Digits with separators, decimals, falls, tenths, fractions, ranks, lists, page breaks, cells: all stand."""
    assert verify(small(), "small", TEXT) == []


@pytest.mark.parametrize(
    ("number", "column", "wrong", "problem"),
    [
        (1, "value", "6636", "observations small.01: line 3 does not print 6636"),
        (1, "line", "5", "observations small.01: line 5 does not print 6626"),
        (1, "unit", "万家", "observations small.01: line 3 prints 6626 with 家, not 万家"),
        (2, "value", "12.5", "observations small.02: line 3 does not print 12.5"),
        (2, "unit", "pp", "observations small.02: line 3 prints 12.50 with %, not pp"),
        (2, "value", "-12.50", "observations small.02: line 3 tells of no fall, not of -12.50"),
        (3, "value", "3.2", "observations small.03: line 3 tells of a fall, not of 3.2"),
        (4, "value", "7", "observations small.04: line 3 prints 7 with 部门, not 成"),
        (5, "unit", "家", "observations small.05: line 3 prints 7 with 部门, not 家"),
        (6, "unit", "万人", "observations small.06: line 3 prints 1 with 万家, not 万人"),
        (10, "value", "4", "observations small.10 to small.10: line 5 prints no list of the first 4 for the ranks 4"),
        (11, "unit", "万人", "observations small.11: line 7 prints 38.96 with 亿人, not 万人"),
        (12, "unit", "一半", "observations small.12: line 9 prints 1 with 三分之一, not 一半"),
        (16, "unit", "万元", "observations small.16: line 16 prints 5.40 with 亿元, not 万元"),
        (17, "value", "16.1", "observations small.17: line 16 does not print 16.1"),
        (19, "value", "11", "observations small.19: line 20 does not print 11"),
        (1, "area", "CN-44", "observations small.01: neither line 3 nor its heading names 广东省 (CN-44)"),
        (1, "area", "CN", "observations small.01: neither line 3 nor its heading names 中国 (CN)"),
        (1, "area", "europe", "observations small.01: neither line 3 nor its heading names 欧洲 (europe)"),
        (1, "area", "world", "observations small.01: neither line 3 nor its heading names 全球 (world)"),
    ],
)
def test_one_wrong_cell_is_named(small, number, column, wrong, problem):
    """A digit, a line, a unit, a sign, a rank, an area: the row is named with what stands there."""
    rows = observations()
    rows[number - 1][column] = wrong
    assert verify(small(rows), "small", TEXT) == [problem]


def test_ranks_must_follow_the_printed_list(small):
    """Two ranks exchanged, or one left out, do not stand in the list."""
    rows = observations()
    rows[6]["value"], rows[7]["value"] = "2", "1"
    where = "observations small.08 to small.09: line 5"
    assert verify(small(rows), "small", TEXT) == [f"{where} does not list them in the order of their ranks"]
    rows[6]["value"] = "4"
    assert verify(small(rows), "small", TEXT) == [
        "observations small.08 to small.07: line 5 prints no list of the first 4 for the ranks 1, 3, 4"
    ]


def test_a_value_that_stands_elsewhere_in_the_line_leaves_its_own_without_a_row(small):
    """A share entered as its neighbour's: both numbers stand, but one has two rows and the other none."""
    rows = observations()
    rows[12]["value"] = "9.5"
    assert verify(small(rows), "small", TEXT) == [
        "observations: line 9 prints 20.5, which no row holds; another has too many"
    ]


def test_a_unit_after_a_page_break_on_a_line_that_the_note_names(small):
    """A footnote between digits and unit is passed over where the note names the line, and only there."""
    text = TEXT.replace("38.96\n\n亿人", "38.96\n注释\n亿人")
    rows = observations()
    problem = "observations small.11: line 7 prints 38.96 with no unit, not 亿人"
    assert verify(small(rows), "small", text) == [problem]
    rows[10]["note"] = "the unit stands on line 9"
    assert verify(small(rows), "small", text) == []


@pytest.mark.parametrize(
    ("table", "column", "wrong", "problem"),
    [
        ("figures", "label", "表A-2", "figures small.tab-A-1: line 11 does not print 表A-2"),
        ("figures", "zh", "浙江网店销售", "figures small.tab-A-1: line 11 does not print 浙江网店销售"),
        ("policies", "title", "登记规定", "policies small.A.001: line 18 does not print 登记规定"),
        ("policies", "document_number", "第698号", "policies small.A.001: line 18 does not print 第698号"),
        ("policies", "date", "2018-03-28", "policies small.A.001: line 18 does not print 2018年3月28日"),
        ("policies", "issuers", "国务院;商务部", "policies small.A.001: line 18 does not print 商务部"),
        ("pilot_zones", "city_zh", "宁波", "pilot_zones pilot-zone.2018.hangzhou: line 19 does not print 宁波"),
    ],
)
def test_other_tables_stand_at_their_lines(small, table, column, wrong, problem):
    """Labels, captions, titles, numbers, dates, issuers and cities are held against their lines too."""
    wrong_row = {**OTHERS[table][0], column: wrong}
    assert verify(small(**{table: [wrong_row]}), "small", TEXT)[-1] == problem


def test_a_source_without_a_text_is_refused(small):
    """Only sources with a text edition can be held against one."""
    with pytest.raises(NotFound) as error:
        verify(small(), "itu-facts-and-figures-2015", TEXT)
    assert str(error.value).startswith("no source with a text edition 'itu-facts-and-figures-2015'; ")


# Numerals accounted for.


def test_every_numeral_has_its_account(small):
    """Rows, other tables and classes share the numerals of the small text out among them."""
    result = coverage(small(), "small", TEXT)
    assert (rest(result), result.share, result.idle) == ([], 1.0, ())
    assert account(result)[:10] == [
        ("1.1", "heading number"),
        ("2018", "year"),
        ("6 626", "observation"),
        ("12.50", "observation"),
        ("3.2", "observation"),
        ("八", "observation"),
        ("七", "observation"),
        ("万", "observation"),
        ("三", "observation"),
        ("5", "observation"),
    ]
    assert account(result)[-9:] == [
        ("2018", "policies"),
        ("3", "policies"),
        ("27", "policies"),
        ("697", "policies"),
        ("2018", "pilot_zones"),
        ("7", "pilot_zones"),
        ("24", "pilot_zones"),
        ("2", "observation"),
        ("十", "observation"),
    ]
    assert result.counts["figures"] == 1


# For each class what it takes, and a statistic in the same dress that it must leave.
CASES = {
    "web address": (["见 https://a.org/t20180101_12.html", "邮箱 shop1980@163.com"], ["见网站12家"]),
    "date": (["(2018-04-08)发布", "[2019-01]", "February 1, 2019"], ["2018-40个"]),
    "year": (["1999年", "2011—2018年"], ["2118个", "2018家"]),
    "bare year": (["《报告2018》", "2018中国大会", "\t2018\t2019e"], ["达2018", "2018家", "2018.5", "甲\t2018"]),
    "month": (["3月", "1—11月"], ["3个月", "13月"]),
    "day": (["3月27日", "8月21日至25日"], ["27日元"]),
    "quarter": (["第1季度"], ["第5季度"]),
    "time looked back on": (["近5年来", "改革开放40周年"], ["近5年", "近5家"]),
    "heading number": (["第3章", "3.1 现状", "B. 2 美国", "- 4 农村"], ["3.1 亿元", "- 4 家", "8.6%的增速"]),
    "heading number of the third level": (["4.2.2 市场需求", "B. 1. 2 平台"], ["4.22 市"]),
    "number or page of a table of contents": (
        ["3.1 发展现状\t25", "附录 A 法规汇编\t\t144", "2 电商新模式\t7\t9 区块链展望\t38"],
        ["网店\t25", "1 季度\t35\t40"],
    ),
    "list number": (["2. 现状", "3.“新”模式"], ["2.5亿元", "12家"]),
    "figure or table label": (["图1-1", "表 B-2、B-3"], ["图书1-2册", "表1-2家"]),
    "unit of a table": (["（单位：百亿美元）"], ["超百亿美元"]),
    "footnote mark": (["^①"], ["1"]),
    "document number": (["〔2018〕57号", "第697号", "ISO/TC 321", "SB/T 11216-2018"], ["57款", "ISO 57家"]),
    "article": (["第12条", "第五、八和六十三条"], ["12条", "六十三条"]),
    "edition": (["第43次《报告》", "指南2.0版"], ["43次", "2.0倍"]),
    "imprint": (["电话：010-64245686", "印 张：11.5", "字 数：260 千字"], ["印刷11.5万册", "260 千字"]),
    "stock code": (["有限公司(300168)"], ["公司(300168)家"]),
    "age group": (["18~24 岁", "30岁以下"], ["平均35岁", "18~24 家"]),
    "name": (["“16+1”合作"[1:6], "双11", "5G", "B2C", "1号店", "世界500强"], ["16家", "500强", "5GB", "11个"]),
}


def test_every_class_has_cases():
    """No class goes without an example and a counter-example, and each says why no statistic can hide in it."""
    assert [kind.name for kind in CLASSES] == list(CASES)
    assert all(kind.why for kind in CLASSES)


@pytest.mark.parametrize(("name", "line"), [(name, line) for name, (taken, _) in CASES.items() for line in taken])
def test_a_class_takes_its_numerals(small, name, line):
    """All numerals of the line are accounted for, at least one of them by this class."""
    result = coverage(small([], figures=[], policies=[], pilot_zones=[]), "small", line)
    assert rest(result) == []
    assert name in result.counts


@pytest.mark.parametrize(("name", "line"), [(name, line) for name, (_, left) in CASES.items() for line in left])
def test_a_class_leaves_a_statistic(small, name, line):
    """A number with a unit or counter, or out of place, stays unaccounted for."""
    result = coverage(small([], figures=[], policies=[], pilot_zones=[]), "small", line)
    assert rest(result)
    assert name not in result.counts


def test_a_second_printing_in_a_line_needs_the_ledger(small):
    """One row accounts for one printing; the ledger takes the second, by its occurrence, with a reason."""
    text, row = "1.1 浙江省\n浙江有5家，那5家很大。", "1.1,2,online_stores,total,CN-33,2018,level,5,家,exact,,"
    empty = {"figures": [], "policies": [], "pilot_zones": []}
    entry = {"source": "small", "line": "2", "numeral": "5", "occurrence": "2", "reason": "printed a second time"}
    assert rest(coverage(small(observations(row), **empty), "small", text)) == [(2, "5")]
    result = coverage(small(observations(row), **empty, ledger=[entry]), "small", text)
    assert result.accounts[-1][1:] == ("ledger", "printed a second time")
    assert result.share == 1.0


def test_an_entry_of_the_ledger_that_accounts_for_nothing_is_told(small):
    """A ledger that has outlived its numeral does not stay unnoticed."""
    entry = {"source": "small", "line": "3", "numeral": "99", "occurrence": "1", "reason": "gone"}
    result = coverage(small(ledger=[entry]), "small", TEXT)
    assert result.idle == ("line 3: 99 (gone)",)
    assert report(result).endswith("\nthe ledger accounts for nothing at line 3: 99 (gone)")


NEW = [
    ("2018年，新增冷库37座，增长19.4%。", ["37", "19.4"]),
    ("新建网点2018处。", ["2018"]),
    ("七成商户满意，四分之三来自农村。", ["七", "四分之三"]),
    ("服务上千家门店，培训十五家企业。", ["千", "十五"]),
    ("3月27日，有3 412人参加。", ["3 412"]),
    ("指数排名第六，位列全国前八。", ["六", "八"]),
    ("双11成交2 135亿元。", ["2 135"]),
]


@pytest.mark.parametrize(("sentence", "new"), NEW)
@pytest.mark.parametrize("place", ["a line of its own", "in a line", "at the end"])
def test_a_new_statistic_is_reported_and_nothing_else(small, sentence, new, place):
    """Wherever a sentence is added, its statistics are listed, and the rows below are found in their new lines."""
    added = {
        "a line of its own": TEXT.replace("按销售额", f"{sentence}\n按销售额"),
        "in a line": TEXT.replace("共十余处。", f"共十余处。{sentence}"),
        "at the end": TEXT + sentence,
    }[place]
    result = coverage(small(), "small", added)
    assert [numeral.printed for numeral in result.rest] == new
    shift = ["from line 5 on the text has +1 lines against the tables"] if place == "a line of its own" else []
    assert verify(small(), "small", added) == shift


def test_the_report_gives_share_accounts_and_context(small):
    """The share, what accounts for how many, and what is left with 20 characters to each side."""
    text = "1.1 浙江省\n" + "甲" * 25 + "37座" + "乙" * 25
    assert report(coverage(small([], figures=[], policies=[], pilot_zones=[]), "small", text)) == "\n".join(
        [
            "small: 1 of 2 numerals accounted for (50.00%)",
            "     1 heading number",
            f"line 2: {'甲' * 20}[37]座{'乙' * 19}",
        ]
    )


# Contradictions.


STORES = """\
1.1,3,online_stores,total,CN-33,2018,level,66.26,万家,exact,,
1.2,5,online_stores,total,CN-33,2018,level,66,万家,over,,
1.2,7,online_stores,total,CN-33,2018,level,64,万家,exact,,
1.2,7,online_stores,total,CN-33,2017,level,64,万家,exact,,
"""


def test_one_statistic_with_two_values_is_a_contradiction(small):
    """Rounded printings of one number meet; different numbers do not; sections and lines do not tell them apart."""
    assert contradictions(small(observations(STORES), errata=[])) == [
        "observations small.01 and small.03: 66.26 万家 against 64 万家",
        "observations small.02 and small.03: 超过 66 万家 against 64 万家",
    ]


def test_a_contradiction_among_the_errata_is_known(small):
    """An erratum holds one printing against another of the same statistic; one against other rows settles nothing."""
    known = {"id": "erratum.001", "target": "small.03", "operands": "small.01"}
    assert contradictions(small(observations(STORES), errata=[known])) == []
    other = {"id": "erratum.001", "target": "small.03", "operands": "small.04"}
    assert len(contradictions(small(observations(STORES), errata=[other]))) == 2


# The reports themselves.


def edition(source: str) -> str:
    """The text of a report, which is not part of the project."""
    path = TEXTS / f"{source}.txt"
    if not path.exists():
        pytest.skip(f"the text edition {path.name} is not at hand in {TEXTS}")
    return path.read_text(encoding="utf-8")


SOURCES = ["mofcom-2018", "ceca-2017-2018"]


@pytest.mark.parametrize("source", SOURCES)
def test_all_rows_stand_in_their_report(data, source):
    """Every row of every table stands at its line."""
    assert verify(data, source, edition(source)) == []


@pytest.mark.parametrize("source", SOURCES)
def test_all_numerals_of_a_report_are_accounted_for(data, source):
    """The tables, the classes and the ledger leave no numeral over, and no entry of the ledger is idle."""
    result = coverage(data, source, edition(source))
    assert (rest(result), result.idle) == ([], ())
    assert result.counts["ledger"] < 0.02 * len(result.accounts)


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize(("sentence", "new"), NEW)
def test_a_statistic_added_to_a_report_is_reported(data, source, sentence, new):
    """A sentence put into a copy of the text, at a place drawn by lot, is all that is reported."""
    lines = edition(source).split("\n")
    place = random.Random(f"{source}{sentence}").randrange(250, len(lines) - 20)
    result = coverage(data, source, "\n".join([*lines[:place], sentence, *lines[place:]]))
    assert [printed for line, printed in rest(result) if line == place + 1] == new
    assert len(result.rest) == len(new) + len(coverage(data, source, edition(source)).rest)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (("value", "31.63"), "31.68", "line 157 does not print 31.68"),
        (("line", "157"), "159", "line 159 does not print 31.63"),
        (("unit", "万亿元"), "亿元", "line 157 prints 31.63 with 万亿元, not 亿元"),
    ],
)
def test_a_corrupted_row_of_a_report_is_named(data, old, new, problem):
    """One wrong digit, line or unit in the table of observations is found, and nothing else."""
    first, *others = records(data.tables["observations"])
    assert first[old[0]] == old[1]
    broken = with_tables(data, observations=[{**first, old[0]: new}, *others])
    assert verify(broken, "mofcom-2018", edition("mofcom-2018")) == [f"observations {first['id']}: {problem}"]


def test_the_reports_contradict_themselves_only_where_the_errata_say_so(data):
    """Every pair of printings that cannot be one number is a reviewed erratum."""
    assert contradictions(data) == []
