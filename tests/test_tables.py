"""The wide tables: right values in one base unit, right types, missing as missing, every cell with its row."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pytest

import ecanalysis as ec
from ecanalysis import catalog, language
from ecanalysis.errors import NotFound, ParameterError
from ecanalysis.themes import TABLES, Facts, Wide

WIDE = [name for name, theme in TABLES.items() if isinstance(theme, Wide)]
FACTS = [name for name, theme in TABLES.items() if isinstance(theme, Facts)]
EXACT = 1e-12

# Read off the reports by eye, in base units.
PRINTED = [
    ("national", 2018, "turnover", 31.63e12),
    ("national", 2018, "turnover_growth", 0.085),
    ("national", 2018, "online_retail_sales_of_goods", 7.02e12),
    ("national", 2018, "goods_share_of_retail_sales", 0.184),
    ("national", 2018, "employment", 47_000_000),
    ("national", 2017, "turnover", 29.16e12),
    ("regions", "CN-31", "turnover", 2.8e12),
    ("regions", "CN-44", "online_retail_sales_rank", 1),
    ("planned_cities", "CN-44-shenzhen", "online_retail_sales", 384.89e9),
    ("economic_regions", ("CN-east", 2018), "share_of_online_retail_sales", 0.831),
    ("economic_regions", ("CN-west", 2017), "rural_online_retail_sales_growth", 0.554),
    ("services", 2018, "trading_platforms", 662.6e9),
    ("services", 2014, "platform_outsourcing_executed", 556e6),
    ("rural", 2018, "demonstration_counties", 1016),
    ("rural", 2018, "internet_users", 222_000_000),
    ("rural", 2017, "online_travel", 183.19e9),
    ("cross_border", 2018, "exports", 56.12e9),
    ("cross_border", 2018, "import_clearance_time_growth", -0.564),
    ("cross_border", 2017, "verification_documents", 86),
    ("cross_border_places", "CN-41-zhengzhou-customs", "orders", 95_073_000),
    ("payments", 2018, "nonbank_count", 530_610_000_000),
    ("payments", 2017, "bank_telephone_value_growth", -0.4856),
    ("express", 2018, "deliveries_abroad", 1_110_000_000),
    ("express", 2017, "revenue", 495.71e9),
    ("global", ("asia_pacific", 2018), "mobile_share_of_online_retail_sales", 0.795),
    ("global", ("world", 2021), "retail_sales", 27.92e12),
    ("connectivity", "developed_countries", "mobile_broadband_penetration", 1.112),
    ("countries", ("JP", 2017), "b2c_turnover_in_dollars", 151.85e9),
    ("countries", ("KR", 2017), "online_retail_sales_in_won", 913e9),
]


@pytest.mark.parametrize(("name", "row", "column", "value"), PRINTED)
def test_cells_are_what_the_reports_print(name, row, column, value):
    """Numbers read off the pages stand in base units where a reader looks for them."""
    assert ec.table(name).loc[row, column] == pytest.approx(value, rel=EXACT)


@pytest.mark.parametrize("name", WIDE)
def test_every_cell_is_its_row_in_the_stated_unit(name, data):
    """The row behind a cell says what the column says, and its digits in that unit are the cell."""
    frame, theme = ec.table(name), TABLES[name]
    scales = dict(zip(data.tables["units"]["id"], data.tables["units"]["scale"], strict=True))
    for key, column in theme.columns.items():
        evidence = frame.attrs["evidence"][key]
        assert len(evidence) == len(frame)
        for cell, id_ in zip(frame[key], evidence, strict=True):
            if not id_:
                assert pd.isna(cell)
                continue
            row = data.row(id_)
            said = (row["indicator"], row["item"], row["measure"], row["reference"])
            assert said == (column.indicator, column.item, column.measure, column.reference)
            numerator, _, denominator = scales[row["unit"]].partition("/")
            amount = Decimal(row["value"]) * Decimal(numerator) / Decimal(denominator or 1)
            assert cell == pytest.approx(float(amount), rel=EXACT)


@pytest.mark.parametrize("name", WIDE)
def test_rows_are_the_years_and_areas_of_the_evidence(name, data):
    """A cell's row is about the year and the area that it stands at."""
    frame, theme = ec.table(name), TABLES[name]
    for key in theme.columns:
        for labels, id_ in zip(frame.index, frame.attrs["evidence"][key], strict=True):
            if id_:
                row, labels = data.row(id_), labels if isinstance(labels, tuple) else (labels,)
                place = {"area": "CN", "period": theme.year} | dict(zip(theme.by, map(str, labels), strict=True))
                assert {part: row[part] for part in place} == place


@pytest.mark.parametrize("name", WIDE)
def test_types_fit_the_units(name, data):
    """Counts and ranks are whole numbers that can be missing, everything else is floating, names are text."""
    frame = ec.table(name)
    dimensions = dict(zip(data.tables["units"]["base"], data.tables["units"]["dimension"], strict=True))
    for key, unit in frame.attrs["units"].items():
        assert frame[key].dtype == ("Int64" if dimensions[unit] in ("count", "rank") else "float64"), key
    for key in set(frame.columns) - set(frame.attrs["units"]):
        assert frame[key].dtype == "string"


@pytest.mark.parametrize("name", WIDE)
def test_attributes_speak_of_every_column(name):
    """Units, titles and evidence are there for each statistic, and no column is empty from top to bottom."""
    frame, columns = ec.table(name), list(TABLES[name].columns)
    assert [list(frame.attrs[key]) for key in ("units", "titles", "evidence")] == [columns] * 3
    assert [key for key in columns if frame[key].isna().all()] == []
    assert len(set(frame.attrs["titles"].values())) == len(columns)


@pytest.mark.parametrize("name", WIDE)
def test_a_column_has_one_unit(name, data):
    """Only a count may have two words for it (个 and 家); no column mixes currencies."""
    for column in TABLES[name].columns.values():
        words = column.unit or data.record("indicators", column.indicator)["unit"]
        if column.measure == "level":
            assert len(words.split()) == 1 or set(words.split()) == {"个", "家"}, column


def test_years_without_any_value_keep_their_row():
    """2010 was printed by nobody: it stands there, missing, and whole numbers stay whole."""
    national = ec.table("national")
    assert national.index.tolist() == list(range(2008, 2019))
    assert national.loc[2010].isna().all()
    assert national["express_deliveries"].dtype == "Int64"
    assert national.loc[2010, "express_deliveries"] is pd.NA


def test_all_regions_stand_in_their_order():
    """31 provinces and the corps, in the order of the report; Tianjin, which prints no total, has no value."""
    regions = ec.table("regions")
    assert len(regions) == 32
    assert regions.index[[0, 1, -1]].tolist() == ["CN-11", "CN-12", "CN-xpcc"]
    assert regions.loc["CN-12"].drop("name").isna().all()
    assert ec.table("planned_cities")["name"].tolist() == ["大连", "宁波", "厦门", "青岛", "深圳"]


def test_of_several_printings_the_best_source_is_taken():
    """Growth of 2017 is the statistical office's; the association's stands there on request."""
    assert ec.table("national").loc[2017, "online_retail_sales_growth"] == pytest.approx(0.322, rel=EXACT)
    asked = ec.table("national", source="ceca-2017-2018")
    assert asked.loc[2017, "online_retail_sales_growth"] == pytest.approx(0.391, rel=EXACT)


def test_one_source_gives_only_its_own_rows():
    """Cells that the source does not print are missing, and so are years and columns."""
    express = ec.table("express", source="mofcom-2018")
    assert express.index.tolist() == [2018]
    assert {id_.partition(".")[0] for ids in express.attrs["evidence"].values() for id_ in ids} == {"mofcom-2018"}
    policies = ec.table("policies", source="ceca-2017-2018")
    assert policies.shape == (0, 7)


def test_breaks_in_method_are_told():
    """Rural retail and farm produce were monitored differently from 2018 on; express deliveries were not."""
    breaks = ec.table("national").attrs["breaks"]
    assert [key for key, years in breaks.items() if years] == [
        "rural_online_retail_sales",
        "farm_produce_online_retail_sales",
    ]
    assert breaks["rural_online_retail_sales"] == [2018]


def test_forecasts_are_told_from_what_was_counted():
    """Years to come are marked; tables that say nothing of forecasts have none."""
    world = ec.table("global").loc["world"]
    assert world["status"].to_dict() == {
        2017: "actual",
        2018: "actual",
        2019: "forecast",
        2020: "forecast",
        2021: "forecast",
    }
    rows = [catalog.load().row(id_) for ids in ec.table("national").attrs["evidence"].values() for id_ in ids if id_]
    assert {row["status"] for row in rows} == {"actual", "estimate"}


def test_names_and_titles_follow_the_language():
    """Columns have English names always; names of areas and titles come in the language asked for or in use."""
    english, chinese = ec.table("regions", language="en"), ec.table("regions")
    assert list(english) == list(chinese)
    assert (english.loc["CN-54", "name"], chinese.loc["CN-54", "name"]) == ("Tibet", "西藏")
    assert english.attrs["titles"]["online_retail_sales_rank"] == "online retail sales, rank (China)"
    assert english.attrs["titles"]["cross_border_trade_in_dollars"] == "cross-border e-commerce trade (US dollars)"
    assert chinese.attrs["titles"]["online_retail_sales_rank"] == "网上零售额，位次（中国）"
    share = ec.table("national").attrs["titles"]["goods_share_of_retail_sales"]
    assert share == "网上零售额：实物商品，比重（社会消费品零售总额 总计）"
    language.use("en")
    assert ec.table("regions").loc["CN-54", "name"] == "Tibet"


@pytest.mark.parametrize("name", FACTS)
def test_a_list_of_facts_has_each_once(name):
    """A row is one statistic; whatever it counts has a unit; every cell has its row."""
    facts = ec.table(name)
    assert not facts.duplicated(["indicator", "item", "area", "period", "reference"]).any()
    assert facts.loc[facts["level"].notna(), "unit"].notna().all()
    for measure, ids in facts.attrs["evidence"].items():
        assert [bool(id_) for id_ in ids] == facts[measure].notna().tolist()


def test_facts_are_those_of_their_chapter():
    """Chapter 5 prints the positive review rate and the survey; chapter 6 prints the standards."""
    integrity, legal = ec.table("integrity", language="en"), ec.table("legal")
    rate = integrity.set_index("indicator").loc["online_retail_positive_review_rate"]
    assert rate["level"] == pytest.approx(0.9263, rel=EXACT)
    assert rate["unit"] == "ratio"
    standards = legal[(legal["indicator"] == "standards") & (legal["item"] == "total")]
    assert standards["level"].tolist() == [172]
    assert set(ec.table("poverty_alleviation")["indicator"]) <= set(TABLES["poverty_alleviation"].indicators)
    assert ec.table("legal", source="ceca-2017-2018").empty


def test_listings_have_types_and_names():
    """Policies and pilot zones come with days, numbers and names instead of ids."""
    policies, zones = ec.table("policies", language="en"), ec.table("pilot_zones", language="en")
    assert policies.shape == (89, 7)
    assert policies["date"].dtype == "datetime64[s]"
    law = policies[policies["title"] == "E-commerce Law of the People's Republic of China"].iloc[0]
    assert (law["date"], law["kind"], law["subject"]) == (pd.Timestamp("2018-08-31"), "law", "General")
    assert zones["batch"].value_counts().to_dict() == {3: 22, 2: 12, 1: 1}
    assert zones.iloc[0].tolist() == [1, pd.Timestamp("2015-03-07"), "Hangzhou", "CN-33", "Zhejiang", 338]


def test_tables_lists_them_all():
    """Each is there with what it is for in both languages, what a row stands for and its shape."""
    listed = ec.tables()
    assert listed.index.tolist() == list(TABLES)
    assert listed.loc["global", ["row", "rows", "columns"]].tolist() == ["area and year", 29, 11]
    assert not listed.isna().any(axis=None)


@pytest.mark.parametrize(
    ("arguments", "kind", "message"),
    [
        ({"name": "nationl"}, NotFound, "no table 'nationl'; nearest: national, integration, regions"),
        (
            {"name": "rural", "source": "ibef-india"},
            NotFound,
            "no source 'ibef-india'; nearest: ibef-india-ecommerce-2018-04",
        ),
        ({"name": "national", "language": "fr"}, ParameterError, "language 'fr': allowed are zh, en"),
    ],
)
def test_wrong_names_are_answered_with_what_there_is(arguments, kind, message):
    """The error says which name is wrong and what comes near."""
    with pytest.raises(kind) as error:
        ec.table(**arguments)
    assert str(error.value) == message
