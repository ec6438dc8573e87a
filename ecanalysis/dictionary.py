"""The data dictionary: every table, column and word of the vocabulary, written from the tables themselves.

A dictionary typed by hand is wrong after the first edit of a table. This one is text made from ``datapackage.json``,
the vocabulary tables and the rows that use them; a test compares the committed pages with what the tables say now, and
``python -m ecanalysis.dictionary`` writes them anew.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from ecanalysis import catalog, wide_tables
from ecanalysis.catalog import Catalog
from ecanalysis.document import MEASURES
from ecanalysis.language import Label
from ecanalysis.schema import description, records
from ecanalysis.themes import TABLES

PAGES = {"en": "data-dictionary.md", "zh": "data-dictionary.zh.md"}

Say = Callable[[str, str], str]
Row = Mapping[str, Any]
Entry = TypeVar("Entry")

_MEASURE_NOTES = {
    "level": Label("数额、数量或比率本身", "an amount, a count or a rate as such"),
    "growth": Label(
        "相对增长；参照为空时与上一年同期相比；下降为负",
        "relative growth, against the same period of the year before if it has no reference; falls are negative",
    ),
    "average_growth": Label("时期跨度内的年均增长", "growth a year, averaged over the span of the period"),
    "share": Label("占参照的比例", "part of the reference"),
    "change": Label("水平与上一期之差，单位同水平", "a level less that of the period before, in the unit of the level"),
    "share_change": Label("比重与上一期之差", "a share less that of the period before"),
    "growth_change": Label("增速与上一期之差", "a growth rate less that of the period before"),
    "gap": Label("水平与参照之差", "a level less that of the reference"),
    "share_gap": Label("比重与参照之差", "a share less that of the reference"),
    "growth_gap": Label("增速与参照之差", "a growth rate less that of the reference"),
    "multiple": Label("是参照的几倍", "how many times the reference a level is"),
    "contribution": Label("对参照增长的贡献", "contribution to the growth of the reference"),
    "rank": Label("在参照范围内按水平排第几", "place by level among the reference"),
    "growth_rank": Label("在参照范围内按增速排第几", "place by growth among the reference"),
}
_REFERENCES = {
    (":total", "share"): Label("占本指标整体的比重", "share of the whole of the indicator"),
    ("@CN", "share"): Label("占全国的比重", "share of the country"),
    ("~2013", "multiple"): Label("2013年同一数的几倍", "times the same thing in 2013"),
    ("online_retail_sales", "growth_gap"): Label("与网上零售额增速之差", "gap to the growth of online retail sales"),
    ("retail_sales_consumer_goods:total", "share"): Label(
        "占另一指标整体的比重", "share of the whole of another indicator"
    ),
    (":plan_target~2020", "share"): Label("占2020年规划目标的比重", "share of the plan target for 2020"),
}
_VALUES = {
    "qualifier": {
        "exact": Label("末位的半个单位以内", "half a unit of the last digit to each side"),
        "about": Label(
            "约、左右：末位非零数字的一个单位以内", "one unit of the last digit that is not zero, to each side"
        ),
        "over": Label("超、余、以上：至多高出首位数字的一个单位", "up to one unit of the leading digit above"),
        "under": Label("近：与之相反，不低于一半", "nearly: the mirror image of over, never below half the value"),
        "at_most": Label(
            "不足、不超过、前若干位：从零（位次从一）到该数", "a limit: from zero, or the first place, up to the value"
        ),
    },
    "status": {
        "actual": Label("已发生并统计", "happened and counted"),
        "forecast": Label("预测、计划和目标", "projections, plans and targets"),
        "estimate": Label("估计和调查结果", "estimates and answers to surveys"),
    },
    "basis": {"comparable": Label("来源按可比口径计算", "computed by the source on a comparable basis")},
}


def data_dictionary(language: str, folder: Path | None = None) -> str:
    """Write the dictionary of one language.

    Parameters
    ----------
    language : {"en", "zh"}
    folder : Path, optional
        Folder of the tables; by default the project's own.

    Returns
    -------
    str
        A page of Markdown, the same for the same tables.

    Examples
    --------
    >>> data_dictionary("en").splitlines()[0]
    '# Data dictionary'
    """
    data = catalog.load(folder)
    package = description(data.folder)

    def say(zh: str, en: str) -> str:
        return zh if language == "zh" else en

    sections = (_resources, _measures, _references, _values, _indicators, _items, _areas, _units, _sources, _wide)
    lines = [line for section in sections for line in section(package, data, say)]
    heads = [line.removeprefix("## ") for line in lines if line.startswith("## ")]
    contents = " · ".join(f"[{head}](#{head.lower().replace(' ', '-')})" for head in heads)
    return "\n".join([*_introduction(package, data, say), contents, "", *lines])


def write(folder: Path) -> list[Path]:
    """Write the page of every language into a folder.

    Parameters
    ----------
    folder : Path
        Such as ``docs``.

    Returns
    -------
    list of Path
        The files written.
    """
    for language, page in PAGES.items():
        (folder / page).write_text(data_dictionary(language), encoding="utf-8")
    return [folder / page for page in PAGES.values()]


def _introduction(package: dict[str, Any], data: Catalog, say: Say) -> Iterator[str]:
    count = len(data.tables["observations"])
    yield f"# {say('数据字典', 'Data dictionary')}"
    yield ""
    yield _described(package, "description", say)
    yield ""
    yield say(
        f"`data/` 中的每个表都是 UTF-8 编码的 CSV 文件，由 `datapackage.json` 说明；共 {count} 行观测值。"
        "空格表示没有印出。本页由这些表生成，请勿手改：`python -m ecanalysis.dictionary` 重写它。",
        f"Every table of `data/` is a UTF-8 CSV file, described by `datapackage.json`; there are {count} observations. "
        "An empty cell is something nobody printed. This page is made from the tables, do not edit it: "
        "`python -m ecanalysis.dictionary` writes it anew.",
    )
    yield ""


def _resources(package: dict[str, Any], data: Catalog, say: Say) -> Iterator[str]:
    yield f"## {say('表', 'Tables')}"
    yield ""
    for resource in package["resources"]:
        yield from _resource(resource, len(data.tables[resource["name"]]), say)


def _resource(resource: dict[str, Any], count: int, say: Say) -> Iterator[str]:
    schema = resource["schema"]
    keys = [_listed(key) for key in (schema["primaryKey"], *schema.get("uniqueKeys", []))]
    unique = say("，也由 ", ", and by ").join(", ".join(f"`{name}`" for name in key) for key in keys)
    targets = {
        _listed(key["fields"])[0]: key["reference"]["resource"] or resource["name"]
        for key in schema.get("foreignKeys", [])
    }
    yield f"### {resource['path']}: {_described(resource, 'title', say)}"
    yield ""
    yield _described(resource, "description", say)
    yield say(f"共 {count} 行，由 {unique} 区分。", f"{count} rows, told apart by {unique}.")
    yield ""
    columns: dict[str, Callable[[Row], str]] = {
        say("列", "Column"): lambda field: f"`{field['name']}`",
        say("名称", "Name"): lambda field: _described(field, "title", say),
        say("类型", "Type"): lambda field: field["type"],
        say("规则", "Rules"): lambda field: _rules(field, targets, say),
        say("说明", "Description"): lambda field: _described(field, "description", say),
    }
    yield from _table(columns, schema["fields"])


def _rules(field: Row, targets: dict[str, str], say: Say) -> str:
    constraints = field.get("constraints", {})
    rules = []
    if constraints.get("required"):
        rules.append(say("必填", "required"))
    if constraints.get("unique"):
        rules.append(say("唯一", "unique"))
    if field["name"] in targets:
        target = targets[field["name"]]
        rules.append(say(f"{target}.csv 的编号", f"an id of {target}.csv"))
    if "minimum" in constraints:
        rules.append(say(f"不小于 {constraints['minimum']}", f"at least {constraints['minimum']}"))
    if "enum" in constraints:
        rules.append(say("取值 ", "one of ") + ", ".join(f"`{value}`" for value in constraints["enum"]))
    if "pattern" in constraints:
        rules.append(say("形如 ", "like ") + f"`{constraints['pattern']}`")
    return say("；", "; ").join(rules)


def _measures(package: dict[str, Any], data: Catalog, say: Say) -> Iterator[str]:
    bases: dict[str, set[str]] = {measure: set() for measure in MEASURES}
    for row in records(data.tables["observations"]):
        bases[row["measure"]].add(data.units[row["unit"]].base)
    counts = _counts(data, "measure")
    own = say("同指标", "of the indicator")
    columns: dict[str, Callable[[str], str]] = {
        say("度量", "Measure"): lambda measure: f"`{measure}`",
        say("名称", "Name"): lambda measure: say(*MEASURES[measure]),
        say("含义", "Meaning"): lambda measure: say(*_MEASURE_NOTES[measure]),
        say("基本单位", "Base units"): lambda measure: (
            own if measure in ("level", "change") else ", ".join(sorted(bases[measure]))
        ),
        say("行数", "Rows"): lambda measure: str(counts[measure]),
    }
    yield from _section(say("度量", "Measures"), columns, MEASURES)


def _references(package: dict[str, Any], data: Catalog, say: Say) -> Iterator[str]:
    counts = Counter((row["reference"], row["measure"]) for row in records(data.tables["observations"]))
    columns: dict[str, Callable[[tuple[str, str]], str]] = {
        say("参照", "Reference"): lambda key: f"`{key[0]}`",
        say("度量", "Measure"): lambda key: f"`{key[1]}`",
        say("读作", "Read as"): lambda key: say(*_REFERENCES[key]),
        say("行数", "Rows"): lambda key: str(counts[key]),
    }
    text = say(
        "`reference` 写作 `indicator:item@area~period`，每一部分都可省略，只写与本行不同的部分。"
        "比重、差距、倍数和位次必有参照；增速和变动没有参照时，是与上一年同期相比。例如：",
        "`reference` is written `indicator:item@area~period`; every part is optional, only what differs from the row "
        "is written. A share, a gap, a multiple or a rank always has one; growth and change without one are against "
        "the same period of the year before. For example:",
    )
    yield from _section(say("参照", "References"), columns, _REFERENCES, text)


def _values(package: dict[str, Any], data: Catalog, say: Say) -> Iterator[str]:
    yield f"## {say('限定、状态和口径', 'Qualifier, status and basis')}"
    yield ""
    for column in _VALUES:
        yield from _value_table(column, _counts(data, column), say)


def _value_table(column: str, counts: Counter[str], say: Say) -> Iterator[str]:
    columns: dict[str, Callable[[str], str]] = {
        f"`{column}`": lambda value: f"`{value}`",
        say("含义", "Meaning"): lambda value: say(*_VALUES[column][value]),
        say("行数", "Rows"): lambda value: str(counts[value]),
    }
    yield from _table(columns, _VALUES[column])


def _indicators(package: dict[str, Any], data: Catalog, say: Say) -> Iterator[str]:
    used: dict[str, list[dict[str, str]]] = {row["id"]: [] for row in records(data.tables["indicators"])}
    for row in records(data.tables["observations"]):
        used[row["indicator"]].append(row)
    places = {row["id"]: say(row["short_zh"], row["en"]) for row in records(data.tables["areas"])}

    def measures(row: Row) -> str:
        printed = {use["measure"] for use in used[row["id"]]}
        return ", ".join(measure for measure in MEASURES if measure in printed)

    def periods(row: Row) -> str:
        years = sorted(year[:4] for use in used[row["id"]] for year in use["period"].split("/"))
        return "–".join(dict.fromkeys((years[0], years[-1]))) if years else say("仅作参照", "in references only")

    def areas(row: Row) -> str:
        found = list(dict.fromkeys(use["area"] for use in used[row["id"]]))
        return str(len(found)) if len(found) > 3 else say("、", ", ").join(places[area] for area in found)

    columns: dict[str, Callable[[Row], str]] = {
        **_named(say),
        say("基本单位", "Base units"): lambda row: ", ".join(row["unit"].split()),
        say("度量", "Measures"): measures,
        say("行数", "Rows"): lambda row: str(len(used[row["id"]])),
        say("时期", "Periods"): periods,
        say("地区", "Areas"): areas,
        say("定义", "Definition"): lambda row: say(row["definition_zh"], row["definition_en"]),
    }
    yield from _section(say("指标", "Indicators"), columns, records(data.tables["indicators"]))


def _items(package: dict[str, Any], data: Catalog, say: Say) -> Iterator[str]:
    columns: dict[str, Callable[[Row], str]] = {
        **_named(say),
        say("上级", "Parent"): lambda row: row["parent"] and f"`{row['parent']}`",
        **_used(data, "item", say),
        say("定义", "Definition"): lambda row: say(row["definition_zh"], row["definition_en"]),
    }
    yield from _section(say("分项", "Items"), columns, records(data.tables["items"]))


def _areas(package: dict[str, Any], data: Catalog, say: Say) -> Iterator[str]:
    columns: dict[str, Callable[[Row], str]] = {
        **_named(say),
        say("类别", "Kind"): lambda row: row["kind"],
        say("上级", "Parent"): lambda row: row["parent"] and f"`{row['parent']}`",
        "ISO 3166": lambda row: row["code_iso"],
        "GB/T 2260": lambda row: row["code_gb"],
        say("章节", "Section"): lambda row: row["section"],
        **_used(data, "area", say),
    }
    yield from _section(say("地区", "Areas"), columns, records(data.tables["areas"]))


def _units(package: dict[str, Any], data: Catalog, say: Say) -> Iterator[str]:
    columns: dict[str, Callable[[Row], str]] = {
        say("单位", "Unit"): lambda row: row["id"],
        say("基本单位", "Base unit"): lambda row: row["base"],
        say("倍数", "Scale"): lambda row: row["scale"],
        say("量纲", "Dimension"): lambda row: row["dimension"],
        say("英文", "English"): lambda row: row["en"],
        **_used(data, "unit", say),
    }
    yield from _section(say("单位", "Units"), columns, records(data.tables["units"]))


def _sources(package: dict[str, Any], data: Catalog, say: Say) -> Iterator[str]:
    columns: dict[str, Callable[[Row], str]] = {
        **_named(say),
        say("出版者", "Publisher"): lambda row: say(row["publisher_zh"], row["publisher_en"]),
        say("日期", "Date"): lambda row: row["date"],
        say("可信度", "Confidence"): lambda row: row["confidence"],
        **_used(data, "source", say),
        say("网址", "Address"): lambda row: row["url"] and f"<{row['url']}>",
    }
    yield from _section(say("来源", "Sources"), columns, records(data.tables["sources"]))


def _wide(package: dict[str, Any], data: Catalog, say: Say) -> Iterator[str]:
    rows = {"year": "年", "area": "地区", "area and year": "地区和年", "statistic": "统计量", "entry": "条目"}
    yield f"## {say('宽表', 'Wide tables')}"
    yield ""
    yield say(
        '`ec.table("national")` 这样取用：每列一个统计量、一种基本单位，没有印出的为缺失；`ec.tables()` 列出全部。',
        'For use at once, as `ec.table("national")`: one statistic and one base unit a column, what nobody printed is '
        "missing; `ec.tables()` lists them.",
    )
    yield ""
    for name, theme in TABLES.items():
        yield f"### {name}"
        yield ""
        yield say(f"{theme.zh}。行：{rows[theme.row]}。", f"{theme.en}. Rows: {theme.row}.")
        yield ""
        yield from _wide_table(wide_tables.columns(name), say)


def _wide_table(described: dict[str, tuple[Label, str]], say: Say) -> Iterator[str]:
    columns: dict[str, Callable[[str], str]] = {
        say("列", "Column"): lambda key: f"`{key}`",
        say("含义", "What it holds"): lambda key: say(*described[key][0]),
        say("基本单位", "Base unit"): lambda key: described[key][1],
    }
    if described:
        yield from _table(columns, described)


def _named(say: Say) -> dict[str, Callable[[Row], str]]:
    return {
        say("编号", "Id"): lambda row: f"`{row['id']}`",
        say("名称", "Name"): lambda row: say(row["zh"], row["en"]),
    }


def _used(data: Catalog, column: str, say: Say) -> dict[str, Callable[[Row], str]]:
    """How many observations use a word."""
    counts = _counts(data, column)
    return {say("行数", "Rows"): lambda row: str(counts[row["id"]])}


def _counts(data: Catalog, column: str) -> Counter[str]:
    return Counter(data.tables["observations"][column])


def _described(entry: Row, key: str, say: Say) -> str:
    """A title or description of ``datapackage.json``: Table Schema knows one language, ``_zh`` is ours."""
    return say(entry.get(f"{key}_zh", entry[key]), entry[key])


def _listed(names: str | list[str]) -> list[str]:
    return [names] if isinstance(names, str) else names


def _section(
    title: str, columns: Mapping[str, Callable[[Entry], str]], rows: Iterable[Entry], text: str = ""
) -> Iterator[str]:
    yield f"## {title}"
    yield ""
    if text:
        yield text
        yield ""
    yield from _table(columns, rows)


def _table(columns: Mapping[str, Callable[[Entry], str]], rows: Iterable[Entry]) -> Iterator[str]:
    cells = ([cell(row) for cell in columns.values()] for row in rows)
    for line in (list(columns), ["---"] * len(columns), *cells):
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |"
    yield ""


if __name__ == "__main__":
    for written in write(Path(sys.argv[1] if len(sys.argv) > 1 else "docs")):
        print(written)
