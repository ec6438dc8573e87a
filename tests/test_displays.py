"""What JupyterLab shows of a number, a series and a table; a browser looks at the same in ``test_browser_lab``."""

from __future__ import annotations

import json

import pandas as pd
import pytest

import ecanalysis as ec
from ecanalysis import language
from ecanalysis.displays import SortableTable, readable
from ecanalysis.themes import TABLES


def test_a_number_shows_interval_place_and_row():
    """What stands under a cell, in the language in use."""
    number = ec.obs("online_retail_sales", section="1.1.2")
    assert number._repr_html_() == (
        '<div style="line-height: 1.6">'
        '<div><b style="font-size: 1.3em">9.01 万亿元</b> &ensp;9.005 至 9.015 万亿元</div>'
        "<div>网上零售额，中国，2018 年；商务部《中国电子商务报告 2018》，1.1.2 节，第 266 行 "
        "<code>mofcom-2018.1.1.2.01</code></div></div>"
    )
    language.use("en")
    assert "online retail sales, China, 2018; Ministry of Commerce, E-commerce in China 2018" in number._repr_html_()


def test_a_computed_number_shows_its_formula_and_operands():
    """Each operand with its own value and place."""
    shown = ec.share(ec.obs("online_retail_sales", "goods"), ec.obs("online_retail_sales"))._repr_html_()
    assert "<div>比重：部分 ÷ 整体</div>" in shown
    assert "网上零售额：实物商品，中国，2018 年：7.02 万亿元；商务部" in shown
    assert "网上零售额，中国，2018 年：9.01 万亿元；商务部" in shown


def test_of_many_rows_the_first_are_shown():
    """A sum of all provinces does not fill the screen."""
    everywhere = ec.total([quantity for _, quantity in ec.compare("online_retail_sales")])
    shown = everywhere._repr_html_()
    assert shown.count("<code>") == 6
    assert f"<div>另有 {len(everywhere.evidence) - 6} 行</div>" in shown


def test_a_count_of_entries_shows_their_ids(data):
    """Entries of the lists of policies and pilot zones are no rows of the observations."""
    shown = ec.counted(data.tables["pilot_zones"].head(1))._repr_html_()
    assert "<code>pilot-zone.2015.hangzhou</code>" in shown


def test_in_a_terminal_a_number_is_one_line():
    """Value, interval and row, in the language in use."""
    number = ec.obs("online_retail_sales", section="1.1.2")
    assert repr(number) == "<9.01 万亿元 (9.005 至 9.015 万亿元); mofcom-2018.1.1.2.01>"
    language.use("en")
    assert repr(number) == "<9.01 trillion yuan (9.005 to 9.015 trillion yuan); mofcom-2018.1.1.2.01>"


def test_a_series_shows_a_line_a_period_and_its_gaps():
    """Value, interval, place and row; what nobody printed is said to be missing."""
    shown = ec.series("express_delivery_volume", periods=[1990, 2018])._repr_mimebundle_()
    assert "<caption>快递业务量，中国</caption>" in shown["text/html"]
    assert '<span class="missing">未公布</span>' in shown["text/html"]
    assert "507.05 至 507.15 亿件" in shown["text/plain"]
    assert "商务部《中国电子商务报告 2018》，1.1.8 节，第 379 行" in shown["text/plain"]


def test_a_comparison_shows_ranks():
    """The statistic as caption, the largest first."""
    shown = ec.compare("online_retail_sales")._repr_mimebundle_()["text/plain"].splitlines()
    assert shown[0] == "网上零售额"
    assert shown[2].split() == ["1", "广东", "20345", "亿元", "mofcom-2018.8.19.1.01"]


def test_readable_headers_carry_titles_and_units_that_suit():
    """Amounts in 亿 and billions, ratios in per cent, ranks and names as they are, missing stays missing."""
    shown = readable(ec.table("regions"))
    guangdong = shown.loc["CN-44"]
    assert guangdong["网上零售额（亿元）"] == 20345
    assert guangdong["网上零售额，同比增速（%）"] == 23.7
    assert guangdong["name"] == "广东"
    assert pd.isna(shown.loc["CN-11", "农村网络零售额（亿元）"])
    language.use("en")
    assert readable(ec.table("regions")).loc["CN-44", "online retail sales (billion yuan)"] == 2034.5


@pytest.mark.parametrize("name", list(TABLES))
def test_every_wide_table_can_be_shown(name):
    """With as many different headers as columns, and numbers that stay numbers so that they sort."""
    table = ec.table(name)
    shown = readable(table)
    assert shown.shape == table.shape
    assert shown.columns.is_unique
    kinds = [[pd.api.types.is_numeric_dtype(kind) for kind in frame.dtypes] for frame in (table, shown)]
    assert kinds[0] == kinds[1]


def test_a_frame_of_ones_own_is_shown_as_it_is():
    """Without units there is nothing to scale."""
    frame = pd.DataFrame({"a": [1.5, None], "b": ["x", "y"]})
    pd.testing.assert_frame_equal(readable(frame), frame)


def test_the_widget_brings_its_script_along():
    """No script or style is fetched from elsewhere; a terminal gets plain text."""
    table = SortableTable(readable(ec.table("national").tail(2)))
    page = table._repr_html_()
    assert "网上零售额（万亿元）" in page
    assert json.dumps("搜索：") in page
    assert "unpkg" not in page
    assert 'src="http' not in page
    assert "9.01" in repr(table)


def test_gaps_of_a_shown_table_are_empty():
    """They have no value to sort by either, and the names of rows stand in the one line of headers."""
    frame = pd.DataFrame({"a": [1234.5, None], "b": [2, 3]}, index=pd.Index(["x", "y"], name="row"))
    page = SortableTable(frame)._repr_html_()
    assert r"[[\"x\", [\"1,234.5\", 1234.5], [\"2\", 2.0]], [\"y\", [\"\", null], [\"3\", 3.0]]]" in page
    assert page.count("<th>row</th>") == 1
    assert page.count("<th></th>") == 0
