"""Executed notebooks as pages: what is kept, what is taken out, where numbers lead."""

from __future__ import annotations

import nbformat
import pytest

from ecanalysis.build.plan import plan
from ecanalysis.build.render import render, sanitise


def page(*outputs: dict, language: str = "zh", source: str = "ec.show()") -> str:
    cell = nbformat.v4.new_code_cell(source, id="cell-01")
    cell.outputs = [nbformat.v4.new_output("display_data", data=data) for data in outputs]
    return render(plan(["01_overall"], language)[0], nbformat.v4.new_notebook(cells=[cell]))


def test_numbers_lead_to_source_section_and_line():
    """A number links to a note that says where it was printed."""
    shown = page({"text/html": '<p><data class="number" value="1" data-observations="mofcom-2018.1.1.1.01">x</data></p>'})
    assert 'data-observations="mofcom-2018.1.1.1.01"><a href="#note-mofcom-2018.1.1.1.01">x</a></data>' in shown
    assert '<li id="note-mofcom-2018.1.1.1.01"><b>31.63 万亿元</b> 电子商务交易额，中国，2018，绝对数。' in shown
    assert "商务部《中国电子商务报告 2018》，1.1.1 节，第 255 行" in shown
    assert "[31.625, 31.635] 万亿元" in shown


def test_page_says_its_language():
    """The reader's software hyphenates, speaks and translates by it."""
    assert '<html lang="zh-CN">' in page()
    assert '<html lang="en">' in page(language="en")


def test_page_asks_the_network_for_nothing():
    """No address is loaded: no script, style, picture or font from elsewhere."""
    shown = page({"text/html": "<p>x</p>"})
    assert "src=" not in shown.split("<main")[0]
    assert "<link" not in shown
    assert "@import" not in shown
    assert "url(" not in shown


def test_code_is_folded_away():
    """The code stands at the end, closed."""
    shown = page(source="secret = 'marker'")
    assert "secret = &#39;marker&#39;" in shown
    assert shown.index("<details><summary>展开 1 个代码单元") < shown.index("secret = &#39;marker&#39;")


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


def test_figures_and_tables_survive_the_sanitiser():
    """What the library writes passes unchanged."""
    figure = (
        '<figure id="mofcom-2018.fig-1-1" data-observations="a b"><img src="data:image/svg+xml,%3Csvg/%3E" alt="x" '
        'width="518" height="266"><figcaption><span class="label">图1-1</span></figcaption></figure>'
    )
    assert sanitise(figure) == figure
    table = '<table id="t"><tbody><tr><th scope="row">x</th><td class="quantity">y</td></tr></tbody></table>'
    assert sanitise(table) == table


def test_plain_output_is_escaped():
    """Text that a cell prints is shown as text."""
    assert "<pre>&lt;b&gt;</pre>" in page({"text/plain": "<b>"})
