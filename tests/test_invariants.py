"""What must hold of the tables: each rule holds of ours and finds its breach in a copy."""

from __future__ import annotations

import csv
import re
import tomllib
from collections import Counter

import pandas as pd
import pytest

from ecanalysis import invariants
from ecanalysis.schema import read_tables, records
from tests.conftest import ROOT

SERIES = ROOT.parent / "shared" / "external" / "series.csv"


@pytest.fixture(scope="module")
def tables() -> dict[str, pd.DataFrame]:
    """The project's tables as text."""
    return read_tables(ROOT / "data")


@pytest.fixture
def broken(tables):
    """Copies of the tables with cells replaced, and the lines of the rows they stand in."""

    def change(*cells: tuple[str, str, str, str]) -> tuple[dict[str, pd.DataFrame], list[int]]:
        copies, lines = dict(tables), []
        for table, id_, column, value in cells:
            copies[table] = copies[table].copy()
            lines.append(int(copies[table].index[copies[table]["id"] == id_][0]))
            copies[table].loc[lines[-1], column] = value
        return copies, lines

    return change


def without(tables: dict[str, pd.DataFrame], table: str, **where: str) -> dict[str, pd.DataFrame]:
    """The tables without the rows that match."""
    frame = tables[table]
    matches = (frame[list(where)] == list(where.values())).all(axis=1)
    assert matches.any()
    return tables | {table: frame[~matches]}


@pytest.mark.parametrize("rule", invariants.RULES, ids=lambda rule: rule.__name__)
def test_the_tables_keep_every_rule(tables, rule):
    """The project's own tables have no breach."""
    assert rule(invariants.rows(tables)) == []


# Rule, the cell that is broken (table, id, column, value), and what is said of its line.
BREACHES = [
    (
        invariants.units_fit,
        ("observations", "mofcom-2018.preface.01", "unit", "亿件"),
        "column 'unit' has '亿件': indicator 'ecommerce_turnover' is counted in 元, 日元, 美元",
    ),
    (
        invariants.units_fit,
        ("observations", "mofcom-2018.preface.03", "unit", "亿元"),
        "column 'unit' has '亿元': a growth is printed as ratio or fraction",
    ),
    (
        invariants.units_fit,
        ("indicators", "gdp", "unit", "元 斗"),
        "column 'unit' has '元 斗': '斗' is no base unit of units.csv",
    ),
    (
        invariants.shares_within_whole,
        ("observations", "mofcom-2018.1.1.2.11", "value", "628"),
        "column 'value' has '628': a share lies between 0 and 100 %; this one is 628 %",
    ),
    (
        invariants.growth_has_levels,
        ("observations", "mofcom-2018.B.2.1.25", "measure", "growth"),
        "column 'measure' has 'growth': "
        "indicator 'internet_development_index' has no unit in indicators.csv, so it cannot grow",
    ),
    (
        invariants.parents_acyclic,
        ("items", "smart_watches", "parent", "smart_watches"),
        "column 'parent' has 'smart_watches': it leads back to 'smart_watches'",
    ),
    (invariants.parents_acyclic, ("areas", "KH", "parent", ""), "column 'parent' has '': it must lead to 'world'"),
    (
        invariants.periods_real,
        ("observations", "mofcom-2018.preface.01", "period", "2018-02-30"),
        "column 'period' has '2018-02-30': it must be a period that exists and ends after it begins",
    ),
    (
        invariants.periods_real,
        ("observations", "mofcom-2018.preface.01", "period", "2018/2014"),
        "column 'period' has '2018/2014': it must be a period that exists and ends after it begins",
    ),
    (
        invariants.periods_real,
        ("observations", "mofcom-2018.preface.01", "period", "2081"),
        "column 'period' has '2081': mofcom-2018 was published 2019-05 and cannot print an actual value for it",
    ),
    (
        invariants.periods_real,
        ("policies", "mofcom-2018.A.001", "date", "2018-04-31"),
        "column 'date' has '2018-04-31': it must be a date that exists",
    ),
    (
        invariants.issuers_known,
        ("policies", "mofcom-2018.A.001", "issuers", "国务院;商务厅"),
        "column 'issuers' has '国务院;商务厅': '商务厅' is no id of issuers.csv",
    ),
    (
        invariants.references_resolve,
        ("observations", "mofcom-2018.1.1.2.11", "reference", "retail_sale"),
        "column 'reference' has 'retail_sale': 'retail_sale' is no indicator of indicators.csv",
    ),
    (
        invariants.references_resolve,
        ("observations", "mofcom-2018.1.1.2.11", "reference", ":totl"),
        "column 'reference' has ':totl': 'totl' is no item of items.csv",
    ),
    (
        invariants.references_resolve,
        ("observations", "mofcom-2018.1.1.2.11", "reference", "@CM"),
        "column 'reference' has '@CM': 'CM' is no area of areas.csv",
    ),
    (
        invariants.references_resolve,
        ("observations", "mofcom-2018.1.1.2.11", "reference", "~2018-13"),
        "column 'reference' has '~2018-13': '2018-13' is no period that exists",
    ),
    (
        invariants.references_resolve,
        ("observations", "mofcom-2018.1.1.2.11", "reference", ":b2c@CN"),
        "column 'reference' has ':b2c@CN': it names the row itself; it says what differs from the row",
    ),
    (
        invariants.comparisons_have_reference,
        ("observations", "mofcom-2018.1.1.2.11", "reference", ""),
        "column 'reference' has '': a share needs what it is a share of or against",
    ),
    (
        invariants.ids_follow_place,
        ("observations", "mofcom-2018.preface.01", "section", "1.1.1"),
        "column 'id' has 'mofcom-2018.preface.01': it must be mofcom-2018.1.1.1 and a number after a point",
    ),
    (
        invariants.notes_translated,
        ("observations", "mofcom-2018.1.2.3.11", "note_zh", ""),
        "column 'note_zh' has '': it must be filled where 'note' is: 'printed 上万家'",
    ),
    (
        invariants.notes_translated,
        ("observations", "mofcom-2018.1.2.3.11", "note", ""),
        "column 'note' has '': it must be filled where 'note_zh' is: '原文作“上万家”'",
    ),
    (
        invariants.regions_complete,
        ("areas", "CN-44", "section", "8.18"),
        "column 'section' has '8.18': CN-44 must have '8.19'",
    ),
    (
        invariants.regions_complete,
        ("areas", "CN-33-ningbo", "kind", "city"),
        "column 'kind' has 'city': CN-33-ningbo must have 'planned_city'",
    ),
    (
        invariants.regions_complete,
        ("areas", "HK", "section", "8.33"),
        "column 'section' has '8.33': only 37 regions have a section",
    ),
    (
        invariants.areas_keep_section,
        ("observations", "mofcom-2018.8.19.1.01", "area", "CN-43"),
        "column 'area' has 'CN-43': section 8.19.1 is about 'CN-44'",
    ),
    (
        invariants.areas_keep_section,
        ("observations", "mofcom-2018.8.19.5.03", "area", "CN-44"),
        "column 'area' has 'CN-44': section 8.19.5 is about 'CN-44-shenzhen'",
    ),
    (
        invariants.areas_keep_section,
        ("observations", "mofcom-2018.B.2.1.25", "area", "RU"),
        "column 'area' has 'RU': section B.2.1 is about 'US'",
    ),
    (
        invariants.figures_complete,
        ("figures", "mofcom-2018.fig-1-1", "label", "图1-2"),
        "column 'id' has 'mofcom-2018.fig-1-1': label '图1-2' of a figure of mofcom-2018 makes another id",
    ),
]


@pytest.mark.parametrize(("rule", "cell", "said"), BREACHES)
def test_each_rule_finds_a_corrupted_cell(broken, rule, cell, said):
    """One wrong cell gives the line of the file, the column, the value and what is allowed."""
    tables, [line] = broken(cell)
    assert rule(invariants.rows(tables)) == [f"{cell[0]}.csv:{line}: {said}"]


def test_every_rule_is_tried_on_a_corrupted_table():
    """No rule goes without a breach that it must find."""
    tried = {rule for rule, _, _ in BREACHES} | {invariants.matrices_complete}
    assert tried == set(invariants.RULES)


def test_a_missing_region_is_found(tables):
    """A province that areas.csv lost, or of which no row was read in its section, is named."""
    lost = invariants.rows(without(tables, "areas", id="CN-65"))
    assert invariants.regions_complete(lost) == [
        "areas.csv: 'CN-65' is missing: section 8.31 of mofcom-2018 describes it"
    ]
    assert invariants.regions_complete(invariants.rows(without(tables, "observations", area="CN-54"))) == [
        "observations.csv: no row of mofcom-2018 section 8.26 is about 'CN-54'"
    ]


def test_all_regions_are_there(tables):
    """31 provinces, the corps and five cities, in the order of their sections."""
    assert (len(invariants.PROVINCES), len(invariants.PLANNED_CITIES), len(invariants.REGIONS)) == (31, 5, 37)
    assert invariants.REGIONS["CN-11"] == "8.1"
    assert invariants.REGIONS["CN-65"] == "8.31"
    assert invariants.REGIONS["CN-xpcc"] == "8.32"


@pytest.mark.parametrize(
    ("section", "cells"),
    [("table-B-1", 20), ("table-B-2", 24), ("table-B-3", 49), ("table-B-4", 27), ("table-B-5", 17)],
)
def test_the_printed_tables_are_complete(tables, section, cells):
    """Every cell of the five tables of the appendix is a row."""
    assert int((tables["observations"]["section"] == section).sum()) == cells


def test_a_missing_cell_of_a_printed_table_is_found(tables):
    """Without a row the table lacks that cell."""
    where = {"section": "table-B-3", "area": "asia_pacific", "item": "mobile", "measure": "share"}
    assert invariants.matrices_complete(invariants.rows(without(tables, "observations", **where))) == [
        "observations.csv: table-B-3 lacks the share of :total online_retail_sales:mobile@asia_pacific~2018"
    ]


def test_a_misplaced_cell_of_a_printed_table_is_found_twice(broken):
    """A row moved to another area stands where nothing was printed and leaves its own cell empty."""
    tables, [line] = broken(("observations", "mofcom-2018.table-B-4.10", "area", "southeast_asia"))
    assert invariants.matrices_complete(invariants.rows(tables)) == [
        f"observations.csv:{line}: column 'section' has 'table-B-4': "
        "the level internet_penetration:total@southeast_asia~2018 is no cell of it or stands twice",
        "observations.csv: table-B-4 lacks the level internet_penetration:total@africa~2018",
    ]


def test_a_missing_figure_is_found(tables):
    """Both reports have all their charts and tables."""
    assert invariants.figures_complete(invariants.rows(without(tables, "figures", id="ceca-2017-2018.fig-9-1"))) == [
        "figures.csv: ceca-2017-2018 has 13 figures and tables; it must have 14"
    ]
    assert Counter(tables["figures"]["source"]) == {"mofcom-2018": 44, "ceca-2017-2018": 14}


def test_a_share_of_the_whole_may_name_itself(tables):
    """The line for the world in table B-3 is 100 % of the world."""
    rows = tables["observations"].query("area == 'world' and reference == '@world' and measure == 'share'")
    assert rows["value"].tolist() == ["100.00"]


def test_a_package_without_a_report_need_not_be_complete(tables):
    """A folder that holds nothing of the two reports lacks none of their tables, regions or figures."""
    kept = ~tables["observations"]["source"].isin(["mofcom-2018", "ceca-2017-2018"])
    others = tables | {"observations": tables["observations"][kept], "figures": tables["figures"][:0]}
    assert invariants.check(others) == []


def test_check_gives_all_breaches_at_once(broken):
    """Breaches of several rules come in one list, in the order of the rules."""
    tables, [share, area] = broken(
        ("observations", "mofcom-2018.1.1.2.11", "value", "628"), ("areas", "CN-44", "section", "8.18")
    )
    assert invariants.check(tables) == [
        f"observations.csv:{share}: column 'value' has '628': a share lies between 0 and 100 %; this one is 628 %",
        f"areas.csv:{area}: column 'section' has '8.18': CN-44 must have '8.19'",
    ]


def test_the_pilot_zones_are_one_twelve_and_twenty_two(tables):
    """Hangzhou in 2015, twelve cities in 2016, twenty-two in 2018."""
    zones = tables["pilot_zones"]
    assert Counter(zip(zones["batch"], zones["approved"].str[:4], strict=True)) == {
        ("1", "2015"): 1,
        ("2", "2016"): 12,
        ("3", "2018"): 22,
    }


def test_every_figure_names_the_notebook_that_regenerates_it(tables):
    """The notebooks of figures.csv are documents of this edition."""
    documents = tomllib.loads((ROOT / "notebooks" / "documents.toml").read_text(encoding="utf-8"))
    assert sorted(set(tables["figures"]["notebook"]) - set(documents)) == []


def not_entered(series: list[dict[str, str]], tables: dict[str, pd.DataFrame]) -> list[str]:
    """Values of other publications that are no row under the page they were read on."""
    sources = {row["id"]: row["url"] for row in records(tables["sources"]) if row["kind"] == "publication"}
    names = {row["id"]: {row["zh"], row["short_zh"]} for row in records(tables["areas"])}
    rows = Counter(
        (sources[row["source"]], row["value"], row["unit"], row["period"], row["measure"] == "growth", area)
        for row in records(tables["observations"])
        if row["source"] in sources
        for area in names[row["area"]]
    )
    missing = []
    for value in series:
        unit = re.sub(r"\(.*\)", "", value["unit"])
        # A sum of provinces is a part of the country's figure.
        area = "中国" if "+" in value["area"] else value["area"]
        key = (value["url"], value["value"], unit, value["period"], "增速" in value["series"], area)
        if not rows[key]:
            missing.append(f"{value['series']} {value['area']} {value['period']}: {value['value']} {unit}")
        rows[key] -= 1
    return missing


def read_series() -> list[dict[str, str]]:
    """The values behind the lost charts, or a skipped test where the folder is absent."""
    if not SERIES.exists():
        pytest.skip(f"{SERIES} is not here: the values of other publications cannot be compared")
    with SERIES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_value_of_other_publications_is_a_row(tables):
    """All values read for the lost charts stand in the tables, each under its own source."""
    series = read_series()
    assert len(series) == 145
    assert not_entered(series, tables) == []


def test_a_value_of_another_publication_that_is_no_row_is_found(tables):
    """A lost row and a changed digit are named."""
    lost = without(tables, "observations", indicator="fixed_telephone_penetration")
    assert not_entered(read_series(), lost) == ["固定电话订阅每百人 全球 2018: 12.4 每百人"]
    changed = [value | {"value": "3.15"} if value["value"] == "3.14" else value for value in read_series()]
    assert not_entered(changed, tables) == ["电子商务交易额 中国 2008: 3.15 万亿元"]
