"""Executed notebooks as pages: what is kept, what is taken out, where numbers lead, what can be taken along."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from pathlib import Path

import nbformat
import pytest

import ecanalysis as ec
from ecanalysis import language
from ecanalysis.build.exhibits import Cell, rows
from ecanalysis.build.plan import plan
from ecanalysis.build.render import Page, for_script, render, sanitise
from ecanalysis.errors import NotFound
from ecanalysis.evidence import METHODS, formula
from ecanalysis.narrative import number

TURNOVER = "mofcom-2018.1.1.1.01"


def rendered(*outputs: dict, language: str = "zh", source: str = "ec.show()") -> Page:
    cell = nbformat.v4.new_code_cell(source, id="cell-01")
    cell.outputs = [nbformat.v4.new_output("display_data", data=data) for data in outputs]
    return render(plan(["01_overall"], language)[0], nbformat.v4.new_notebook(cells=[cell]))


def page(*outputs: dict, language: str = "zh", source: str = "ec.show()") -> str:
    return rendered(*outputs, language=language, source=source).html


def shown(markup: str, spoken: str = "zh") -> str:
    return page({"text/html": markup}, language=spoken)


def note(page: str, anchor: str) -> str:
    """The words of a note."""
    found = re.search(rf'<li id="{re.escape(anchor)}">(.*?)</li>', page)
    assert found, anchor
    return html.unescape(re.sub(r"<[^>]+>", "", found.group(1)))


def figure(spoken: str = "zh") -> ec.Figure:
    language.use(spoken)
    series = ec.series("express_delivery_volume", periods=range(2014, 2019))
    return ec.levels("own.figure", series, title="T", measure=ec.name("indicators", "express_delivery_volume"))


# Numbers and their notes.


def test_numbers_lead_to_source_section_and_line():
    """A number links to a note that says what it is, how it was printed, where, and what its digits allow."""
    text = shown(f'<p><data class="number" value="1" data-observations="{TURNOVER}">x</data></p>')
    assert (
        f'<data class="number" value="1" data-observations="{TURNOVER}">'
        f'<a id="use-1" href="#note-{TURNOVER}" data-note="1">x</a></data>'
    ) in text
    assert note(text, f"note-{TURNOVER}") == (
        "31.63 万亿元 电子商务交易额，中国，2018 年。商务部《中国电子商务报告 2018》，1.1.1 节，第 255 行；"
        f"区间 31.625 至 31.635 万亿元 定义 {TURNOVER} ↩"
    )


def test_english_notes_show_the_printed_form_beside_the_english():
    """31.63 trillion yuan was printed as 31.63 万亿元, which is marked as Chinese."""
    text = shown(f'<data class="number" value="1" data-observations="{TURNOVER}">x</data>', "en")
    assert '<span class="original" lang="zh-CN">31.63 万亿元</span>' in text
    assert note(text, f"note-{TURNOVER}") == (
        "31.63 trillion yuan 31.63 万亿元 E-commerce turnover, China, 2018. Ministry of Commerce, E-commerce in China "
        f"2018, section 1.1.1, line 255; interval 31.625 to 31.635 trillion yuan definition {TURNOVER} ↩"
    )


@pytest.mark.parametrize(("spoken", "said"), [("zh", "原文作“上万家”"), ("en", "printed 上万家")])
def test_what_a_reader_must_know_is_said_in_the_language_of_the_page(spoken, said):
    """The remark of a row; its data file has it in both languages."""
    id_ = "mofcom-2018.1.2.3.11"
    made = rendered(
        {"text/html": f'<data class="number" value="1" data-observations="{id_}">x</data>'}, language=spoken
    )
    assert f'<span class="remark">{said}</span>' in made.html
    [line] = csv.DictReader(io.StringIO(made.files["01_overall/data.csv"].decode("utf-8-sig")))
    assert (line["note"], line["note_zh"]) == ("printed 上万家", "原文作“上万家”")


def test_computed_numbers_have_a_note_with_formula_interval_and_operands(data):
    """How a number was computed, from which printed numbers, each with a note of its own."""
    parcels, revenue = data.obs("express_delivery_volume"), data.obs("express_delivery_revenue")
    share = ec.average(revenue, parcels)
    text = shown(f"<p>{number(share)}</p>")
    assert f'href="#calc-1" data-note="1">{share.text()}</a>' in text
    assert note(text, "calc-1") == (
        f"{share.text()} 平均：总量 ÷ 个数。区间 11.9064 至 11.9090 元；取自：6038.4 亿元 快递业务收入，中国，2018 年；"
        "507.1 亿件 快递业务量，中国，2018 年 ↩"
    )
    for operand in share.evidence:
        assert f'<a href="#note-{operand}">' in text
        assert f'<li id="note-{operand}">' in text


def test_one_fact_printed_twice_is_one_number_with_two_places(data):
    """The first place is the note, the other printings are named in it."""
    rows = data.select(indicator="ecommerce_turnover", item="total", area="CN", period="2018", measure="level")
    ids = [row["id"] for row in rows if row["value"] == "31.63"][:2]
    text = shown(f'<data class="number" value="1" data-observations="{" ".join(ids)}">31.63 万亿元</data>')
    assert f'href="#note-{ids[0]}"' in text
    assert "calc-" not in text
    assert "另印于：31.63 万亿元" in note(text, f"note-{ids[0]}")


def test_counted_entries_have_notes_of_their_own():
    """A count of policies rests on the entries of the list, each with its title, date and line."""
    counted = number(ec.counted(ec.load().tables["policies"].head(2), "份"))
    text = shown(f"<p>{counted}</p>")
    assert note(text, "calc-1").startswith("2 份 计数：下列各条。取自：《")
    assert "第 3178 行" in note(text, "note-mofcom-2018.A.001")


def test_issuers_are_named_in_the_language_of_the_page():
    """An English page names the bodies that issued a document in English, its number as printed."""
    text = shown(f"<p>{number(ec.counted(ec.load().tables['policies'].head(1), '份'))}</p>", "en")
    said = note(text, "note-mofcom-2018.A.001")
    assert "Standing Committee of the National People's Congress, 中华人民共和国主席令第6号, 2018-04-27" in said


def test_every_method_of_calculation_is_explained():
    """No name of a calculation reaches a reader without words in both languages."""
    from ecanalysis import metrics

    source = Path(str(metrics.__file__)).read_text(encoding="utf-8")
    used = set(re.findall(r'(?:with_method\(|method=)"([^"]+)"', source))
    assert used - set(METHODS) == set()
    language.use("en")
    assert formula("CR5") == "the sum of the 5 largest"
    assert formula("") == "computed from these numbers"


def test_a_number_of_no_row_is_an_error():
    """A page never shows a number whose row does not exist."""
    with pytest.raises(NotFound) as error:
        shown('<data class="number" value="1" data-observations="mofcom-2018.9.9.9.99">x</data>')
    assert str(error.value).startswith("no observation 'mofcom-2018.9.9.9.99'; nearest: ")


def test_what_the_audit_found_stands_at_the_number(data):
    """The subject of a finding is marked, and both it and what the finding used say so in their notes."""
    erratum = next(row for row in data.tables["errata"].to_dict("records") if row["verdict"] == "inconsistent")
    ids = [erratum["target"], *erratum["operands"].split()]
    text = shown("".join(f'<data class="number" value="1" data-observations="{id_}">x</data>' for id_ in ids))
    assert text.count('<a class="erratum inconsistent"') >= 1
    for id_ in ids:
        assert erratum["zh"] in note(text, f"note-{id_}")


def test_a_number_without_findings_has_no_mark():
    """The mark means something only if others lack it."""
    assert 'class="erratum' not in shown(f'<data class="number" value="1" data-observations="{TURNOVER}">x</data>')


# Headings and languages.


@pytest.mark.parametrize(
    ("given", "levels"),
    [
        (["h1", "h3", "h4", "h3"], ["1", "2", "3", "2"]),
        (["h1", "h2", "h4", "h2", "h3"], ["1", "2", "3", "2", "3"]),
        (["h1", "h2", "h1"], ["1", "2", "2"]),
        (["h3", "h4", "h3"], ["2", "3", "2"]),
    ],
)
def test_headings_go_down_one_level_at_a_time(given, levels):
    """Whatever levels a notebook's sections have, a page has one first heading and no gaps below it."""
    text = shown("".join(f'<{name} id="a{i}">x</{name}>' for i, name in enumerate(given)))
    assert re.findall(r'<h(\d) id="a\d"', text) == levels
    assert text.count("<h1") == 1


def test_page_says_its_language():
    """The reader's software hyphenates, speaks and translates by it."""
    assert '<html lang="zh-CN" ' in page()
    assert '<html lang="en" ' in page(language="en")


def test_chinese_inside_english_is_marked():
    """A voice that reads English must know where Chinese begins and ends."""
    text = shown("<p>The law 《电子商务法》 of 2018</p>", "en")
    assert '<p>The law <span lang="zh-CN">《电子商务法》</span> of 2018</p>' in text


# Nothing from outside, nothing but text from data.


def test_page_asks_the_network_for_nothing():
    """No address is loaded: no script, style, picture or font from elsewhere."""
    text = shown("<p>x</p>")
    assert re.findall(r'src="([^"]*)"', text) == ["../pages.js"]
    assert "<link" not in text
    assert "@import" not in text
    assert "url(" not in text


def test_code_is_folded_away():
    """The code stands at the end, closed."""
    text = page(source="secret = 'marker'")
    assert "secret = &#39;marker&#39;" in text
    assert text.index("<details><summary>展开 1 个代码单元") < text.index("secret = &#39;marker&#39;")


@pytest.mark.parametrize(
    ("hostile", "left"),
    [
        ("<script>alert(1)</script><p>x</p>", "<p>x</p>"),
        ('<p onclick="alert(1)">x</p>', "<p>x</p>"),
        ('<img src="https://example.org/x.png" alt="x">', '<img alt="x">'),
        ('<img src="data:text/html,x" alt="x">', '<img alt="x">'),
        ('<a href="javascript:alert(1)">x</a>', "<a>x</a>"),
        ('<a href="data:text/html,x">x</a>', "<a>x</a>"),
        ("<iframe src='x'></iframe>y", "y"),
        ("<style>p{}</style>y", "y"),
        ('<p style="position:fixed">x</p>', "<p>x</p>"),
    ],
)
def test_hostile_html_is_disarmed(hostile, left):
    """Scripts, handlers, frames, styles and outside pictures never reach a page."""
    assert sanitise(hostile) == left


@pytest.mark.parametrize("id_", ["../../outside", "a/b", ".hidden", "x y", '"><b>'])
def test_ids_from_a_notebook_choose_no_place_to_write(id_):
    """What cannot be a file's name brings no file."""
    table = f'<table id="{html.escape(id_)}"><tbody><tr><td>1</td></tr></tbody></table>'
    assert set(rendered({"text/html": table}).files) == {"01_overall/data.csv", "01_overall/contents.json"}


def test_what_stands_in_a_script_cannot_end_it():
    """Neither a closing tag nor a line separator of JavaScript survives as such."""
    hostile = {"a": "</script><script>alert(1)</script>", "b": "\u2028<!--"}
    text = for_script(hostile)
    assert "<" not in text
    assert "\u2028" not in text
    assert json.loads(text) == hostile


def test_plain_output_is_escaped():
    """Text that a cell prints is shown as text."""
    assert "<pre>&lt;b&gt;</pre>" in page({"text/plain": "<b>"})


def test_figures_and_tables_survive_the_sanitiser():
    """What the library writes passes unchanged."""
    drawn = (
        '<figure id="mofcom-2018.fig-1-1" data-observations="a b"><img src="data:image/svg+xml,%3Csvg/%3E" alt="x" '
        'width="518" height="266"><figcaption><span class="label">图1-1</span></figcaption></figure>'
    )
    assert sanitise(drawn) == drawn
    table = '<table id="t"><tbody><tr><th scope="row">x</th><td class="quantity">y</td></tr></tbody></table>'
    assert sanitise(table) == table


# What can be taken along.


def test_a_figure_brings_its_drawing_and_its_data(data):
    """SVG with the alternative text as its title, and CSV with one row a mark."""
    files = rendered({"text/html": figure().to_html()}).files
    drawing = files["01_overall/own.figure.svg"].decode()
    assert drawing.startswith("<svg ")
    assert f"<title>{html.escape(figure().alt)}</title>" in drawing
    lines = list(csv.DictReader(io.StringIO(files["01_overall/own.figure.csv"].decode("utf-8-sig"))))
    assert [line["label"] for line in lines] == ["2014", "2015", "2016", "2017", "2018"]
    volume = data.obs("express_delivery_volume")
    assert lines[-1] == {
        "series": "快递业务量",
        "label": "2018",
        "value": volume.text(),
        "number": "50710000000",
        "low": "50705000000",
        "high": "50715000000",
        "base_unit": "件",
        "observations": " ".join(volume.evidence),
    }


def test_a_figure_offers_data_pictures_citation_and_its_own_link():
    """Links that work without scripts, buttons for what needs them, the alternative text for everybody."""
    text = page({"text/html": figure().to_html()})
    assert '<a href="01_overall/own.figure.csv" download' in text
    assert '<a href="01_overall/own.figure.svg" download' in text
    assert '<li class="scripted"><button type="button" data-do="png"' in text
    assert '<a href="#own.figure"' in text
    assert f'<p class="alt">{html.escape(figure().alt)}</p>' in text
    citation = re.search(r'<p class="citation">([^<]*)</p>', text)
    assert citation
    assert citation.group(1).startswith("本项目自绘图：T。数据来源：")
    assert citation.group(1).endswith("own.figure。")


def test_figures_take_their_place_before_they_are_drawn():
    """Width and height stand in the page: nothing jumps."""
    assert re.search(r'<img decoding="async" src="data:image/svg\+xml,[^"]+" alt="[^"]+" width="\d+" height="\d+">',
                     page({"text/html": figure().to_html()}))  # fmt: skip


def test_a_table_brings_its_data_and_scrolls_inside_its_box(data):
    """As it reads, then its numbers in base units; the box can be reached by keyboard."""
    turnover = data.obs("ecommerce_turnover")
    table = ec.report_table("own.table", "表", ("指标", "数值"), [("交易额", turnover), ("缺", None)])
    made = rendered({"text/html": table.to_html()})
    lines = list(csv.reader(io.StringIO(made.files["01_overall/own.table.csv"].decode("utf-8-sig"))))
    assert lines == [["指标", "数值", "数值 (元)"], ["交易额", "31.63 万亿元", "31630000000000"], ["缺", "未公布", ""]]
    assert '<div class="table" tabindex="0" role="group" aria-label="表"><table id="own.table">' in made.html


def test_a_document_brings_the_rows_behind_it(data):
    """All of them, with names beside ids and bounds beside values."""
    files = rendered({"text/html": f'<data class="number" value="1" data-observations="{TURNOVER}">x</data>'}).files
    lines = list(csv.DictReader(io.StringIO(files["01_overall/data.csv"].decode("utf-8-sig"))))
    assert [line["id"] for line in lines] == [TURNOVER]
    assert lines[0]["indicator_name"] == "电子商务交易额"
    assert (lines[0]["value"], lines[0]["unit"], lines[0]["low"], lines[0]["high"]) == (
        "31.63", "万亿元", "31625000000000", "31635000000000",
    )  # fmt: skip


def test_contents_say_what_stands_where():
    """Sections, figures and tables by anchor, the rows, and the opening in plain words."""
    opening = f'<p>Opening <data class="number" value="1" data-observations="{TURNOVER}">x</data></p>'
    section = f'<h2 id="section-1-1">Size</h2>{figure().to_html()}'
    made = rendered({"text/html": f"<h1>T</h1>{opening}"}, {"text/html": section})
    contents = json.loads(made.files["01_overall/contents.json"])
    assert contents["opening"] == "Opening x"
    assert contents["sections"] == [["section-1-1", 2, "Size"]]
    assert contents["figures"] == [["own.figure", "本项目自绘图", "T"]]
    assert contents["observations"][0] == TURNOVER


def test_page_has_its_citation_in_bibtex():
    """Ready to paste, in the page's language."""
    assert "@misc{ecanalysis-01-overall,\n  title = {{中国电子商务总体发展}},\n" in page()
    assert "title = {{E-commerce in China as a whole}}" in page(language="en")


def test_cells_of_a_table_are_read_with_their_numbers():
    """Text, value, bounds, base unit and rows of a cell; entities decoded."""
    cell = '<td><data class="number" value="1" data-interval="0.5 1.5 元" data-observations="a b">1 元</data></td>'
    (line,) = rows(f"<table><tr><th>a &amp; b</th>{cell}</tr></table>")
    assert [c.text for c in line] == ["a & b", "1 元"]
    assert line[1] == Cell("1 元", "1", "0.5", "1.5", "元", "a b")
