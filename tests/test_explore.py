"""Finding, comparing, citing and exporting, as an analyst does it at a prompt."""

from __future__ import annotations

import json

import openpyxl
import pandas as pd
import pytest

import ecanalysis as ec
from ecanalysis import language
from ecanalysis.errors import EcanalysisError


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
    """The reader learns from how many rows."""
    part = ec.share(ec.obs("online_retail_sales", "goods"), ec.obs("online_retail_sales"))
    assert "77.9%（由 2 行计算" in ec.cite(part).text


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


def test_a_number_at_a_prompt_shows_interval_and_place():
    """What JupyterLab displays under a cell."""
    shown = ec.obs("online_retail_sales", section="1.1.2")._repr_html_()
    assert ">9.01 万亿元</b>" in shown
    assert "9.005 至 9.015 万亿元" in shown
    assert "1.1.2 节，第 266 行" in shown


def test_indicators_complete_and_answer_with_near_names():
    """``dir`` offers every id; a wrong one is answered with the right one."""
    assert "online_retail_sales" in dir(ec.indicators)
    assert ec.indicators.online_retail_sales == "online_retail_sales"
    with pytest.raises(AttributeError) as error:
        getattr(ec.indicators, "online_retail_sale")  # noqa: B009 (the error is what is tested)
    assert str(error.value).startswith("no indicator 'online_retail_sale'; nearest: online_retail_sales")


def test_sources_count_their_rows(data):
    """Every publication with how much of the table rests on it."""
    table = ec.sources()
    assert table["rows"].sum() == len(data.tables["observations"])
    assert table.loc["mofcom-2018", "rows"] > 1500


def test_show_puts_units_into_headers_and_needs_no_network():
    """The widget's script comes with the page."""
    frame = ec.table("national").head(2)
    shown = ec.show(frame)
    text = shown if isinstance(shown, str) else getattr(shown, "data", "") or ""
    assert "https://cdn" not in text
