"""Finding, comparing, citing and exporting, as an analyst does it at a prompt."""

from __future__ import annotations

import json
import re

import openpyxl
import pandas as pd
import pytest
from jupyter_client.manager import start_new_kernel

import ecanalysis as ec
from ecanalysis import language
from ecanalysis.errors import EcanalysisError
from tests.conftest import ROOT


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("网上零售", ("online_retail_sales", "total")),
        ("online retail", ("online_retail_sales", "total")),
        ("onlin retial sales", ("online_retail_sales", "total")),
        ("农村网络零售", ("rural_online_retail_sales", "total")),
        ("rural online", ("rural_online_retail_sales", "total")),
        ("快递业务量", ("express_delivery_volume", "total")),
        ("smart parcel lockers", ("smart_parcel_lockers", "total")),
        ("服装鞋帽", ("online_retail_sales", "apparel")),
    ],
)
def test_words_find_what_they_mean(words, found):
    """Chinese or English, partial or a little misspelt, the statistic meant is among the first three."""
    assert found in list(ec.find(words).index[:3])


def test_nothing_found_is_said():
    """Words that name nothing are an error, not an empty table."""
    with pytest.raises(EcanalysisError) as error:
        ec.find("zzqqxx")
    assert str(error.value) == "nothing is called 'zzqqxx'; try one word of its name, in Chinese or English"


def test_comparison_is_ordered_and_leaves_out_who_prints_nothing():
    """Fujian reports the largest rural sales; Beijing, without rural areas, is not in it."""
    compared = ec.compare("rural_online_retail_sales")
    assert compared[0][0].en == "Fujian"
    assert "Beijing" not in [name.en for name, _ in compared]
    values = [quantity.value for _, quantity in compared]
    assert values == sorted(values, reverse=True)
    assert compared.to_frame()["rank"].tolist() == list(range(1, len(compared) + 1))


def test_comparison_of_what_nobody_prints_is_an_error():
    """The message says what was asked."""
    with pytest.raises(EcanalysisError) as error:
        ec.compare("ecommerce_turnover", period=1999, areas=["CN-11", "CN-12"])
    assert str(error.value) == "none of 2 areas prints ecommerce_turnover total level for 1999"


def test_a_citation_names_number_source_section_line_and_id():
    """In the language in use, with BibTeX."""
    language.use("en")
    cited = ec.cite("mofcom-2018.1.1.2.02")
    assert cited.text == (
        "online retail sales, China, 2018: 9.01 trillion yuan. Ministry of Commerce, E-commerce in China 2018, "
        "section 1.1.2, line 268. In: ecanalysis, the reproducible edition of China's e-commerce reports, "
        "mofcom-2018.1.1.2.02."
    )
    assert cited.bibtex.startswith("@techreport{mofcom-2018-1-1-2-02,\n  title = {online retail sales, China, 2018:")
    assert "  year = {2019}" in cited.bibtex


def test_a_computed_number_is_cited_as_computed():
    """The reader learns the formula and what each row measures, and finds the rows."""
    part = ec.share(ec.obs("online_retail_sales", "goods"), ec.obs("online_retail_sales"))
    assert ec.cite(part).text == (
        "比重：部分 ÷ 整体，77.9%（由 2 行计算：网上零售额：实物商品，中国，2018 年；网上零售额，中国，2018 年）。"
        "商务部《中国电子商务报告 2018》。"
        "见 ecanalysis：中国电子商务报告可复现版，mofcom-2018.1.1.2.04，mofcom-2018.1.1.2.01。"
    )


def test_of_many_operands_a_citation_names_the_first():
    """A total of all provinces is cited in a line."""
    everywhere = ec.total([quantity for _, quantity in ec.compare("online_retail_sales")])
    cited = ec.cite(everywhere).text
    assert len(everywhere.evidence) > 3
    assert f"由 {len(everywhere.evidence)} 行计算" in cited
    assert cited.count("mofcom-2018.") == 3
    assert " 等）" in cited


def test_figures_and_tables_of_ones_own_are_cited_by_title_or_caption():
    """With the source of their first row; what rests on no row has none."""
    provinces = ec.compare("online_retail_sales")
    assert ec.cite(ec.chart(provinces)).text.startswith("广东居首：20345 亿元。商务部《中国电子商务报告 2018》。")
    assert ec.cite(provinces.table()).text.startswith("网上零售额。商务部《中国电子商务报告 2018》。")
    empty = ec.report_table("own.table", "空表", ("名称", "数值"), [("一", "二")])
    assert ec.cite(empty).text == "空表。见 ecanalysis：中国电子商务报告可复现版，own.table。"
    assert ec.cite(empty).bibtex == (
        "@techreport{own-table,\n  title = {空表},\n  author = {{ecanalysis}},\n  note = {ecanalysis，own.table}\n}"
    )


def test_a_number_that_rests_on_nothing_cannot_be_cited(data):
    """There is no place to name."""
    with pytest.raises(EcanalysisError) as error:
        ec.cite(ec.Quantity.from_print("1", data.units["亿元"]))
    assert str(error.value) == "this number rests on no row: there is nothing to cite"


def test_a_figure_is_cited_by_its_id():
    """The caption as printed, the report, the id."""
    assert ec.cite("mofcom-2018.fig-1-1").text == (
        "2011—2018年中国电子商务交易总额。商务部《中国电子商务报告 2018》。"
        "见 ecanalysis：中国电子商务报告可复现版，mofcom-2018.fig-1-1。"
    )


def test_exported_files_open_and_say_the_same(tmp_path):
    """CSV, XLSX, Parquet and JSON hold the same series."""
    series = ec.series("ecommerce_employment")
    wanted = series.to_frame()["value"].tolist()
    assert pd.read_csv(ec.export(series, tmp_path / "a.csv"))["value"].tolist() == wanted
    assert pd.read_parquet(ec.export(series, tmp_path / "a.parquet"))["value"].tolist() == wanted
    sheet = openpyxl.load_workbook(ec.export(series, tmp_path / "a.xlsx")).active
    assert [row[1] for row in sheet.iter_rows(min_row=2, values_only=True)] == wanted
    assert [row["value"] for row in json.loads(ec.export(series, tmp_path / "a.json").read_text("utf-8"))] == wanted


def test_sdmx_csv_holds_every_observation(tmp_path, data):
    """Standard columns first, coded status, one row a printing."""
    frame = pd.read_csv(ec.export("observations", tmp_path / "o.sdmx.csv"), dtype=str, keep_default_na=False)
    assert list(frame.columns[:3]) == ["STRUCTURE", "STRUCTURE_ID", "ACTION"]
    assert len(frame) == len(data.tables["observations"])
    row = frame[frame["OBS_ID"] == "mofcom-2018.1.1.2.02"].iloc[0]
    assert (row["OBS_VALUE"], row["UNIT_MEASURE"], row["TIME_PERIOD"], row["OBS_STATUS"]) == (
        "9.01",
        "万亿元",
        "2018",
        "A",
    )
    assert set(frame["OBS_STATUS"]) == {"A", "E", "F"}


def test_sdmx_csv_follows_its_standards(tmp_path):
    """Lines end as RFC 4180 has them, no dimension is empty, and each period is one of SDMX's time formats."""
    path = ec.export("observations", tmp_path / "o.sdmx.csv")
    content = path.read_bytes()
    assert content.count(b"\r\n") == content.count(b"\n") == content.count(b"\r")
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    dimensions = frame.loc[:, "SOURCE":"TIME_PERIOD"]
    assert not (dimensions == "").any(axis=None)
    assert not dimensions.duplicated().any()
    period = r"\d{4}(-(0[1-9]|1[0-2])(-\d\d)?|-S[12]|-Q[1-4])?|\d{4}-\d\d-\d\d/P\d+[YMD]"
    assert list(frame["TIME_PERIOD"][~frame["TIME_PERIOD"].str.fullmatch(period)]) == []


@pytest.mark.parametrize(
    ("thing", "name", "message"),
    [
        ("observations", "a.txt", "cannot write 'a.txt': endings are .csv, .xlsx, .parquet, .json, .sdmx.csv"),
        ("areas", "a.sdmx.csv", "SDMX-CSV holds observations: write ec.export('observations', 'name.sdmx.csv')"),
        ("observation", "a.csv", "no table 'observation'; nearest: observations"),
    ],
)
def test_what_cannot_be_exported_is_refused(tmp_path, thing, name, message):
    """Unknown endings and tables, with what is allowed."""
    with pytest.raises(EcanalysisError) as error:
        ec.export(thing, tmp_path / name)
    assert str(error.value).startswith(message)
    assert not (tmp_path / name).exists()


def test_a_chart_takes_what_series_and_compare_give():
    """Levels are bars, rates a line, several series lines, a comparison a ranking; each says what it shows."""
    parcels = ec.chart(ec.series("express_delivery_volume"))
    assert (parcels.id, parcels.title) == ("chart.express_delivery_volume", "快递业务量，中国，2018 年：507.1 亿件")
    assert [mark.label for mark in parcels.marks] == [str(year) for year in range(2011, 2019)]
    growth = ec.series("online_retail_sales", measure="growth", periods=range(2016, 2019))
    assert ec.chart(growth).title == "网上零售额，中国，2018 年，同比增速：23.9%"
    several = ec.chart({"全部": growth, "实物": growth}, title="两条线", id="own")
    assert (several.id, several.title, {mark.series for mark in several.marks}) == ("own", "两条线", {"全部", "实物"})
    ranking = ec.chart(ec.compare("online_retail_sales")[:3])
    assert [mark.label for mark in ranking.marks] == ["广东", "浙江", "上海"]


@pytest.mark.parametrize(
    ("thing", "message"),
    [
        (5, "cannot draw int: give ec.series(...), ec.compare(...) or several series by name"),
        ({}, "cannot draw dict: give ec.series(...), ec.compare(...) or several series by name"),
    ],
)
def test_what_cannot_be_drawn_is_refused(thing, message):
    """With what can."""
    with pytest.raises(EcanalysisError) as error:
        ec.chart(thing)
    assert str(error.value) == message


def test_a_series_without_a_value_is_not_drawn():
    """An empty picture would say nothing."""
    with pytest.raises(EcanalysisError) as error:
        ec.chart(ec.series("express_delivery_volume", periods=[1990]))
    assert str(error.value) == "the series express_delivery_volume has no value to draw"


def test_indicators_complete_and_answer_with_near_names():
    """``dir`` offers every id; a wrong one is answered with the right one."""
    assert "online_retail_sales" in dir(ec.indicators)
    assert ec.indicators.online_retail_sales == "online_retail_sales"
    with pytest.raises(AttributeError) as error:
        getattr(ec.indicators, "online_retail_sale")  # noqa: B009 (the error is what is tested)
    assert str(error.value).startswith("no indicator 'online_retail_sale'; nearest: online_retail_sales")


def test_a_kernel_completes_indicators_on_tab():
    """What JupyterLab asks the kernel for after ``ec.indicators.online_retail`` holds their ids."""
    manager, client = start_new_kernel(kernel_name="python3", extra_arguments=["--log-level=CRITICAL"])
    try:
        client.execute_interactive("import ecanalysis as ec", timeout=60)
        code = "ec.obs(ec.indicators.online_retail"
        matches = client.complete(code, reply=True, timeout=60)["content"]["matches"]
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    assert "online_retail_sales" in {match.rpartition(".")[2] for match in matches}


@pytest.mark.parametrize("page", ["README.md", "README.zh.md", "docs/exploring.md", "docs/exploring.zh.md"])
def test_what_the_pages_for_readers_call_runs(page, tmp_path, monkeypatch):
    """Each block of code of the pages that show how to explore, one after another."""
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / page).read_text(encoding="utf-8"), re.DOTALL)
    assert blocks
    names: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, page, "exec"), names)


def test_sources_count_their_rows(data):
    """Every publication with how much of the table rests on it."""
    table = ec.sources()
    assert table["rows"].sum() == len(data.tables["observations"])
    assert table.loc["mofcom-2018", "rows"] > 1500
