"""Which documents exist, which parameters they take, and how a notebook opens."""

from __future__ import annotations

import pytest

import ecanalysis as ec
from ecanalysis import documents, language
from ecanalysis.build.plan import plan
from ecanalysis.errors import EcanalysisError, NotFound, ParameterError


def test_every_document_has_its_notebook():
    """``documents.toml`` and the notebooks folder list the same."""
    listed = set(documents.documents())
    found = {path.stem for path in documents.notebooks_folder().glob("*.ipynb")}
    assert listed == found


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"language": "fr"}, "01_overall: language = 'fr': allowed are 'zh', 'en'"),
        ({"first_year": 2018}, "01_overall: first_year = 2018: allowed are 2011, 2012, 2013, 2014, 2015, 2016"),
        ({"first_year": "2011"}, "01_overall: first_year = '2011': allowed are 2011, 2012, 2013, 2014, 2015, 2016"),
        ({"first_yaer": 2011}, "01_overall: no parameter 'first_yaer'; it has language, first_year, contribution"),
    ],
)
def test_wrong_parameters_fail_by_name_with_what_is_allowed(values, message):
    """Unknown names, wrong types and values outside the list, which papermill accepts in silence."""
    with pytest.raises(ParameterError) as error:
        ec.open_document("01_overall", **values)
    assert str(error.value) == message


def test_opening_sets_the_language_and_writes_the_title():
    """The first cell of a notebook shows title and source in its language."""
    shown = ec.open_document("01_overall", language="en")
    assert language.current() == "en"
    assert shown.plain == "E-commerce in China as a whole (Ministry of Commerce, E-commerce in China 2018)"
    assert shown.html.startswith('E-commerce in China as a whole<span class="source" ')
    assert shown.element == "h1"


def test_unknown_document_is_answered_with_near_names():
    """A misspelt name gets the right one."""
    with pytest.raises(NotFound) as error:
        documents.document("01_overal")
    assert str(error.value).startswith("no document '01_overal'; nearest: 01_overall")


def test_key_figures_need_an_open_document(monkeypatch):
    """A forgotten first cell is said in words."""
    monkeypatch.setattr("ecanalysis.document._open", None)
    with pytest.raises(EcanalysisError) as error:
        ec.key_figures([])
    assert str(error.value) == "no document is open: call ec.open_document(...) in the notebook's first cell"


def test_headings_take_level_and_anchor_from_the_section():
    """1.1.2 is a third-level heading that links can reach; a section of ours has an anchor and no number."""
    assert ec.heading("1.1.2", "网上零售额", "Online retail")._repr_mimebundle_() == {
        "text/html": '<h3 id="section-1-1-2"><span class="section">1.1.2</span> 网上零售额</h3>',
        "text/plain": "1.1.2 网上零售额",
    }
    assert ec.heading("+growth", "增长", "Growth")._repr_mimebundle_()["text/html"] == '<h2 id="growth">增长</h2>'


def test_report_table_names_rows_and_shows_what_is_missing(data):
    """Numbers carry their rows, headers their scope, a value nobody printed is said to be missing."""
    turnover = data.obs("ecommerce_turnover")
    table = ec.report_table("t", "表", ("指标", "数值"), [("交易额", turnover), ("缺", None)])
    page = table.to_html()
    assert '<th scope="row" style="text-align: left">交易额</th>' in page
    assert f'data-observations="{turnover.evidence[0]}"' in page
    assert '<span class="missing">未公布</span>' in page
    assert table.to_frame().values.tolist() == [["交易额", "31.63 万亿元"], ["缺", ""]]


def test_report_table_refuses_a_row_of_another_length():
    """A forgotten cell would shift a number under a wrong header."""
    with pytest.raises(ValueError) as error:
        ec.report_table("t", "表", ("指标", "数值"), [("交易额",)])
    assert str(error.value) == "table t: a row has 1 cells for 2 columns: 交易额"


def test_statistics_list_every_row_of_a_section(data):
    """Whoever reads only the document misses no number of its sections."""
    ec.open_document("01_overall", language="zh")
    shown = set(ec.statistics("1.1.8").evidence)
    printed = {row["id"] for row in data.select(source="mofcom-2018", section="1.1.8")}
    assert shown == printed
    assert len(printed) == 9


def test_plan_makes_one_run_a_language():
    """A target in both languages is two runs, named by folder and file."""
    assert [run.name for run in plan(["01_overall"])] == ["zh/01_overall", "en/01_overall"]
    assert [run.name for run in plan(["01_overall"], "en")] == ["en/01_overall"]


def test_plan_leaves_the_tour_to_jupyterlab():
    """It is no page of the reports and of their index; whoever names it gets it."""
    every = {run.document.name for run in plan()}
    assert every == {name for name in documents.documents() if name != "start"}
    assert [run.name for run in plan(["start"])] == ["zh/start", "en/start"]


def test_plan_reads_parameters_as_typed_on_a_command_line():
    """Text becomes the parameter's type."""
    run = plan(["01_overall"], "zh", {"first_year": "2014"})[0]
    assert dict(run.parameters) == {"language": "zh", "first_year": 2014}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((["nosuch"],), "no document 'nosuch'; "),
        (((), "fr"), "language 'fr': allowed are zh, en, all"),
        ((["01_overall.CN-44"],), "01_overall is one document: no run 'CN-44'"),
        ((["01_overall"], "zh", {"first_year": "1999"}), "01_overall: first_year = '1999': allowed are 2011, "),
        ((["01_overall"], "zh", {"language": "en"}), "01_overall: language is set by the target or by --language"),
    ],
)
def test_plan_refuses_before_anything_starts(arguments, message):
    """Targets, languages and parameters that do not exist."""
    with pytest.raises(EcanalysisError) as error:
        plan(*arguments)
    assert str(error.value).startswith(message)
