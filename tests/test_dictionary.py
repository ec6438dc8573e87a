"""The data dictionary: committed pages say what the tables say."""

from __future__ import annotations

import pytest

from ecanalysis import dictionary
from ecanalysis.schema import records
from tests.conftest import ROOT


@pytest.mark.parametrize("language", dictionary.PAGES)
def test_the_committed_page_is_fresh(language):
    """The page in docs/ is what the tables give now; ``python -m ecanalysis.dictionary`` writes it anew."""
    page = (ROOT / "docs" / dictionary.PAGES[language]).read_text(encoding="utf-8")
    assert page == dictionary.data_dictionary(language)


@pytest.mark.parametrize(("language", "name"), [("en", "dummy indicator"), ("zh", "示例指标")])
def test_a_new_word_enters_the_page(edit, language, name):
    """An indicator added to the table stands in the dictionary of either language."""
    folder = edit("indicators.csv", "gdp,", "dummy_indicator,示例指标,dummy indicator,元,,\ngdp,")
    page = dictionary.data_dictionary(language, folder)
    assert f"| `dummy_indicator` | {name} | 元 |" in page
    assert f"| `dummy_indicator` | {name} | 元 |" not in dictionary.data_dictionary(language)


@pytest.mark.parametrize("language", dictionary.PAGES)
@pytest.mark.parametrize("table", ["indicators", "items", "areas", "units", "sources"])
def test_every_word_of_the_vocabulary_has_its_line(data, language, table):
    """No indicator, item, area, unit or source is left out."""
    page = dictionary.data_dictionary(language)
    lines = {line.split(" | ")[0].strip("| `") for line in page.splitlines() if line.startswith("| ")}
    assert [row["id"] for row in records(data.tables[table]) if row["id"] not in lines] == []


def test_a_line_says_how_an_indicator_is_used():
    """Base units, measures, count of rows, years and areas stand beside the name."""
    page = dictionary.data_dictionary("en").splitlines()
    line = next(line for line in page if line.startswith("| `smart_parcel_lockers` "))
    assert line == "| `smart_parcel_lockers` | smart parcel lockers | 组 | level, growth | 2 | 2018 | China |  |"
    line = next(line for line in page if line.startswith("| `population` "))
    assert line == "| `population` | population | 人 |  | 0 | in references only |  |  |"


def test_tables_of_a_page_are_square():
    """Every line of a table has as many cells as its head, whatever marks a pattern contains."""
    for language in dictionary.PAGES:
        block = 0
        for line in dictionary.data_dictionary(language).splitlines():
            cells = line.replace("\\|", "").count("|") if line.startswith("|") else 0
            assert block in (0, cells) or cells == 0, line
            block = cells


def test_writing_gives_the_pages(tmp_path):
    """Both pages are written, each under its name."""
    assert dictionary.write(tmp_path) == [tmp_path / "data-dictionary.md", tmp_path / "data-dictionary.zh.md"]
    assert (tmp_path / "data-dictionary.zh.md").read_text(encoding="utf-8").startswith("# 数据字典\n")
