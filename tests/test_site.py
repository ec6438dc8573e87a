"""The pages around the documents, and the tables published with them: complete, escaped, the same bytes every time."""

from __future__ import annotations

import html
import io
import json
import re
import shutil
import zipfile
from pathlib import Path

import nbformat
import openpyxl
import pandas as pd
import pytest

from ecanalysis import catalog
from ecanalysis.build.downloads import downloads
from ecanalysis.build.plan import plan
from ecanalysis.build.render import render
from ecanalysis.build.site import Site
from tests.conftest import ROOT

TURNOVER = "mofcom-2018.1.1.1.01"
GUANGDONG = "region_profile.CN-44"


def write_document(out: Path, target: str, markup: str, languages: tuple[str, ...] = ("zh", "en")) -> None:
    """A document as the batch would leave it, from one cell's HTML."""
    for run in plan([target]):
        if run.language not in languages:
            continue
        cell = nbformat.v4.new_code_cell("x", id="cell-01")
        cell.outputs = [nbformat.v4.new_output("display_data", data={"text/html": markup})]
        made = render(run, nbformat.v4.new_notebook(cells=[cell]))
        files = {f"{run.stem}.html": made.html.encode(), **made.files}
        for name, content in files.items():
            path = out / run.language / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


def shows(id_: str) -> str:
    return f'<data class="number" value="1" data-observations="{id_}">x</data>'


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A chapter in both languages and a region's profile in Chinese."""
    out = tmp_path_factory.mktemp("site")
    chapter = f'<h1>T</h1><p>First. {shows(TURNOVER)}</p><h2 id="section-1-1">Market</h2><p>Second.</p>'
    write_document(out, "01_overall", chapter)
    write_document(out, GUANGDONG, f"<h1>T</h1><p>{shows('mofcom-2018.8.19.1.01')}</p>", ("zh",))
    return out


@pytest.fixture(scope="module")
def pages(folder, data) -> dict[str, str]:
    """The pages around them."""
    return {name: content.decode() for name, content in Site(folder, data).pages().items()}


def loaded(script: str) -> object:
    """What a generated script assigns."""
    return json.loads(script.partition(" = ")[2].rstrip().removesuffix(";"))


# The index.


def test_there_is_an_index_and_a_glossary_in_each_language(pages):
    """Each in its own language, leading to the other."""
    assert set(pages) == {"index.html", "index.en.html", "glossary.html", "glossary.en.html", "pages.js", "search.js"}
    assert '<html lang="zh-CN" ' in pages["index.html"]
    assert 'href="index.en.html" id="language"' in pages["index.html"]
    assert '<html lang="en" ' in pages["glossary.en.html"]
    assert 'href="glossary.html" id="language"' in pages["glossary.en.html"]


def test_index_lists_what_stands_and_nothing_else(pages):
    """A document that was not built is not linked; one that stands in one language is linked in that one."""
    for index in (pages["index.html"], pages["index.en.html"]):
        assert 'href="zh/01_overall.html"' in index
        assert 'href="en/01_overall.html"' in index
        assert "02_services" not in index
        assert f'href="zh/{GUANGDONG}.html"' in index
        assert f"en/{GUANGDONG}.html" not in index


def test_index_shows_what_a_chapter_finds(pages):
    """The first sentence of its text, its number in the report and how much it holds."""
    assert '<span class="section">1</span> <a href="zh/01_overall.html">中国电子商务总体发展</a>' in pages["index.html"]
    assert '<p class="opening">First. x</p>' in pages["index.html"]
    assert '<p class="opening">First.</p>' in pages["index.en.html"]
    assert "0 幅图，0 张表，1 条数据" in pages["index.html"]


def test_tile_map_leads_to_the_profiles_that_stand(pages, data):
    """Every province is a tile; Guangdong's leads to its profile, others wait for theirs."""
    tiles = re.findall(r'<li class="(c\d r\d [a-z]*)">(.*?)</li>', pages["index.html"])
    provinces = [row for row in data.tables["areas"].to_dict("records") if row["kind"] == "province"]
    assert len(tiles) == len(provinces) == 34
    assert len({place for place, _ in tiles}) == 34
    linked = [tile for _, tile in tiles if "<a " in tile]
    assert linked == [
        f'<a href="zh/{GUANGDONG}.html"><span class="long">广东</span>'
        '<span class="short" aria-hidden="true">广东</span></a>'
    ]


def test_key_figures_come_from_the_tables_and_lead_to_their_notes(pages, data):
    """The number is the catalog's, the link goes to the place on the page that notes it."""
    growth = data.obs("ecommerce_turnover", measure="growth").text()
    assert (
        f'<a href="zh/01_overall.html#note-{TURNOVER}"><span class="name">电子商务交易额</span> '
        f'<span class="value">31.63 万亿元</span> <span class="growth">+{growth}</span></a>'
    ) in pages["index.html"]


def test_index_leads_to_the_countries(tmp_path, data):
    """Each by name, to its section of the appendix."""
    write_document(tmp_path, "appendix_b_global", '<h1>T</h1><h2 id="section-B-2-1">B.2.1 美国</h2>', ("zh",))
    index = Site(tmp_path, data).pages()["index.html"].decode()
    assert '各国：<a href="zh/appendix_b_global.html#section-B-2-1">美国</a></p>' in index


def test_index_of_an_empty_folder_stands(tmp_path, data):
    """Nothing built yet: the tables and the glossary are there all the same."""
    made = Site(tmp_path, data).pages()
    assert b'href="data/ecanalysis.xlsx"' in made["index.html"]


# The glossary.


def test_glossary_defines_every_indicator(pages, data):
    """With an anchor of its id, its name in both languages, and the number most looked for."""
    for row in data.tables["indicators"].to_dict("records"):
        assert f'<dt id="{row["id"]}">' in pages["glossary.html"]
        assert html.escape(row["definition_en"], quote=True).replace("&#x27;", "&#39;") in pages["glossary.en.html"]
    term = pages["glossary.en.html"].partition('<dt id="ecommerce_turnover">')[2].partition("</div>")[0]
    assert f'<a href="en/01_overall.html#note-{TURNOVER}">31.63 trillion yuan</a>' in term
    assert '<a href="en/01_overall.html">E-commerce in China as a whole</a> (1)' in term


# The search.


def test_search_finds_numbers_sections_regions_and_terms(pages, data):
    """Each entry with its words in both languages and where it stands."""
    index = loaded(pages["search.js"])
    assert index["pages"] == [
        ["01_overall", "中国电子商务总体发展", "E-commerce in China as a whole", "ze"],
        [GUANGDONG, "广东省电子商务概况", "Guangdong: e-commerce profile", "z"],
    ]
    assert index["numbers"][0] == [
        "电子商务交易额，中国，2018 年", "E-commerce turnover, China, 2018", "31.63 万亿元", "31.63 trillion yuan",
        "商务部《中国电子商务报告 2018》，1.1.1 节，第 255 行",
        "Ministry of Commerce, E-commerce in China 2018, section 1.1.1, line 255", 0, TURNOVER,
    ]  # fmt: skip
    assert index["sections"] == [["Market", "Market", 0, "section-1-1"]]
    assert index["regions"] == [["广东", "Guangdong", 1]]
    assert len(index["terms"]) == len(data.tables["indicators"])


def test_listing_names_documents_in_their_order(pages):
    """The links to the document before and after come from it."""
    assert [(page["stem"], page["languages"]) for page in loaded(pages["pages.js"])] == [
        ("01_overall", ["zh", "en"]), (GUANGDONG, ["zh"]),
    ]  # fmt: skip


def test_a_number_is_found_where_its_section_is_told(folder, data):
    """A region's number stands on the region's page even where a chapter shows it too."""
    home = Site(folder, data).home
    assert home["mofcom-2018.8.19.1.01"].stem == GUANGDONG
    assert home[TURNOVER].stem == "01_overall"


def test_text_from_data_never_becomes_markup(folder, tmp_path):
    """A hostile name stands as text in pages, in the search and in the description for machines."""
    hostile = "</script><script>alert(1)</script><b>x</b>"
    broken = Path(shutil.copytree(ROOT / "data", tmp_path / "data"))
    table = broken / "indicators.csv"
    named = table.read_text(encoding="utf-8").replace("turnover,电子商务交易额,", f"turnover,{hostile},", 1)
    table.write_text(named, encoding="utf-8")
    package = broken / "datapackage.json"
    described = json.loads(package.read_text(encoding="utf-8")) | {"title_zh": hostile}
    package.write_text(json.dumps(described, ensure_ascii=False), encoding="utf-8")
    made = Site(folder, catalog.load(broken)).pages()
    for name, content in made.items():
        assert "<script>alert(1)" not in content.decode(), name
        assert "<b>x</b>" not in content.decode(), name
    assert "\\u003c/script>\\u003cscript>alert(1)" in made["search.js"].decode()
    assert "\\u003c/script>\\u003cscript>alert(1)" in made["index.html"].decode()


def test_pages_are_the_same_every_time(folder, data, pages):
    """No clock, no order of a set, no random id."""
    assert {name: content.decode() for name, content in Site(folder, data).pages().items()} == pages


# Data.


def test_index_describes_the_dataset_to_machines(pages, data):
    """schema.org Dataset with a download a file, each of which is published."""
    script = re.search(r'<script type="application/ld\+json">(.*?)</script>', pages["index.en.html"], re.DOTALL)
    assert script
    described = json.loads(script.group(1))
    assert (described["@context"], described["@type"]) == ("https://schema.org", "Dataset")
    assert described["name"] == "China's e-commerce reports as cleaned tables"
    assert 50 <= len(described["description"]) <= 5000
    assert described["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert re.fullmatch(r"20\d\d/20\d\d", described["temporalCoverage"])
    addresses = {download["contentUrl"] for download in described["distribution"]}
    assert addresses == set(downloads(data)) - {"data/LICENSE.md"}
    assert all(download["@type"] == "DataDownload" for download in described["distribution"])


@pytest.fixture(scope="module")
def published(data) -> dict[str, bytes]:
    """The tables to take along."""
    return downloads(data)


def test_published_tables_are_the_project_s_own(published):
    """Byte for byte."""
    for path in (ROOT / "data").glob("*.csv"):
        assert published[f"data/{path.name}"] == path.read_bytes()


def test_parquet_holds_the_same_rows_with_types(published, data):
    """Lines as whole numbers, values as numbers beside the digits as printed, what is empty as missing."""
    table = pd.read_parquet(io.BytesIO(published["data/observations.parquet"]), dtype_backend="pyarrow")
    assert list(table["id"]) == list(data.observations["id"])
    assert str(table["line"].dtype) == "int64[pyarrow]"
    assert str(table["value"].dtype) == "double[pyarrow]"
    assert list(table["value_printed"]) == list(data.observations["value"])
    assert table["reference"].isna().sum() == (data.observations["reference"] == "").sum()


def test_workbook_holds_every_table(published, data):
    """A sheet a table behind one that explains them; numbers as numbers with the decimals printed."""
    book = openpyxl.load_workbook(io.BytesIO(published["data/ecanalysis.xlsx"]))
    assert book.sheetnames[0] == "README"
    assert set(book.sheetnames[1:]) == {Path(name).stem for name in published if name.endswith(".csv")}
    sheet = book["observations"]
    columns = [cell.value for cell in sheet[1]]
    assert columns == list(data.observations.columns)
    assert sheet.max_row == len(data.observations) + 1
    position = list(data.observations["id"]).index("mofcom-2018.1.1.2.02") + 2
    value = sheet.cell(position, columns.index("value") + 1)
    assert (value.value, value.number_format) == (9.01, "0.00")


def test_text_in_the_workbook_is_no_formula(tmp_path):
    """A cell that begins with an equals sign would run in whoever's spreadsheet opens it."""
    broken = Path(shutil.copytree(ROOT / "data", tmp_path / "data"))
    table = broken / "observations.csv"
    lines = table.read_text(encoding="utf-8").split("\n")
    assert lines[1].endswith(",actual,,,,")
    lines[1] = lines[1].removesuffix(",,") + ",=1+1,=1+1"
    table.write_text("\n".join(lines), encoding="utf-8")
    book = openpyxl.load_workbook(io.BytesIO(downloads(catalog.load(broken))["data/ecanalysis.xlsx"]))
    cell = book["observations"].cell(2, 16)
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_published_files_carry_no_clock(published, data):
    """The same tables, the same bytes; no file of the workbook's archive has a date of today."""
    assert downloads(data) == published
    archive = zipfile.ZipFile(io.BytesIO(published["data/ecanalysis.xlsx"]))
    assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert {info.compress_type for info in archive.infolist()} == {zipfile.ZIP_STORED}
    assert set(re.findall(rb"\d{4}-\d\d-\d\dT", archive.read("docProps/core.xml"))) == {b"1980-01-01T"}


def test_published_package_describes_every_file(published):
    """Each table once as CSV with its schema and once as Parquet; Frictionless reads the description."""
    from frictionless import Package

    described = json.loads(published["data/datapackage.json"])
    paths = {f"data/{resource['path']}" for resource in described["resources"]}
    assert paths == {name for name in published if name.endswith((".csv", ".parquet"))}
    assert Package.validate_descriptor(described).valid
