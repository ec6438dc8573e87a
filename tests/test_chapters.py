"""Every document as its reader meets it, in both languages: complete, alike in both, in its own words.

The notebooks are executed here cell by cell in this process, without a kernel, once for all tests of this module.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pytest

from ecanalysis import catalog, documents
from tests.conftest import ROOT, TEXTS

# A province, the Corps that is no province, and a city with a document of its own: three kinds of regional sections.
REGIONS = ("CN-44", "CN-xpcc", "CN-33-ningbo")
RUNS = [
    (document.name, region)
    for document in documents.documents().values()
    for region in (REGIONS if document.expand else ("",))
]
every_document = pytest.mark.parametrize(("name", "region"), RUNS, ids=[".".join(filter(None, run)) for run in RUNS])
REPORTS = ("mofcom-2018", "ceca-2017-2018")
# Of a document's rows, this share must stand behind something on its page.
ENOUGH = 0.95
# As many Chinese characters in common with a report are a copy.
COPIED = 16
# Elements inside a sentence; every other one ends it.
INLINE = {"a", "abbr", "b", "code", "data", "em", "i", "small", "strong", "sub", "sup", "time"}
# Names that may stand on a page as printed: of charts, laws, publications, programmes, and of those behind them.
NAMES = {
    "figures": ("zh", "publisher_zh"),
    "items": ("zh",),
    "policies": ("title", "issuers"),
    "sources": ("zh", "publisher_zh"),
}


@dataclass
class Page(HTMLParser):
    """What the output of a document's cells holds.

    Parameters
    ----------
    numbers : set of (interval, evidence)
        The numbers in sentences and tables, each with its interval in base units and the ids of its rows; a word shown
        in place of a number has no interval.
    rows : set of str
        Ids of all observations that something shown rests on.
    anchors : set of str
    headings : list of int
        The level of each heading, in order.
    blocks : list of str
        The text of paragraphs, cells, captions and alternative texts, each for itself.
    """

    numbers: set[tuple[str, str]] = field(default_factory=set)
    rows: set[str] = field(default_factory=set)
    anchors: set[str] = field(default_factory=set)
    headings: list[int] = field(default_factory=list)
    blocks: list[str] = field(default_factory=lambda: [""])

    def __post_init__(self) -> None:
        HTMLParser.__init__(self)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.rows.update(given.get("data-observations", "").split())
        if "id" in given:
            self.anchors.add(given["id"])
        if tag == "data" and given.get("class") == "number":
            self.numbers.add((given.get("data-interval", ""), given["data-observations"]))
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in INLINE:
            self.blocks += [given["alt"], ""] if "alt" in given else [""]

    def handle_endtag(self, tag: str) -> None:
        if tag not in INLINE:
            self.blocks.append("")

    def handle_data(self, data: str) -> None:
        self.blocks[-1] += data


def read(markup: str) -> Page:
    """The page that some HTML makes."""
    page = Page()
    page.feed(markup)
    page.close()
    return page


def outputs(notebook: dict[str, Any], **values: Any) -> Iterator[str]:
    """Execute the cells of a notebook and give the HTML of what each shows, as a kernel would.

    Parameters
    ----------
    notebook : dict
        As its file holds it.
    **values
        Parameters; they replace those that its parameters cell sets.
    """
    names: dict[str, Any] = {}
    for number, cell in enumerate(notebook["cells"], start=1):
        if cell["cell_type"] != "code":
            continue
        tree = ast.parse("".join(cell["source"]))
        last = ast.Expression(tree.body.pop().value) if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, f"cell {number}", "exec"), names)
        if "parameters" in cell["metadata"].get("tags", []):
            names |= values
        shown = eval(compile(last, f"cell {number}", "eval"), names) if last else None
        if hasattr(shown, "_repr_mimebundle_"):
            yield shown._repr_mimebundle_()["text/html"]
        elif hasattr(shown, "_repr_html_"):
            yield shown._repr_html_()


@cache
def page(name: str, region: str, language: str) -> Page:
    """The page of one run, executed when a test first asks for it."""
    notebook = json.loads(documents.document(name).notebook.read_text(encoding="utf-8"))
    return read("".join(outputs(notebook, language=language, **({"region": region} if region else {}))))


def regional(row: dict[str, str]) -> bool:
    """Whether a row stands in the section of a region, which has a document of its own."""
    sections = tuple(f"{area['section']}." for area in documents.regions())
    return row["source"] == "mofcom-2018" and f"{row['section']}.".startswith(sections)


def belonging(data: catalog.Catalog, name: str, region: str) -> set[str]:
    """Ids of the rows in the sections of a document; those of regions belong to the documents about them."""
    document = documents.document(name).resolved({"region": region} if region else {})
    rows = data.select(source=document.source or REPORTS)
    return {row["id"] for row in rows if document.covers(row["section"]) and (region or not regional(row))}


def plain(text: str) -> str:
    """Chinese text without the blanks, line ends and marks that may differ between two printings of a sentence.

    The mark between the names of a list stays: a list in its natural order is no sentence.
    """
    return re.sub(r"[\s“”‘’\"'，。；：！？,.;:!?（）()—·]", "", text)


def copied(block: str, source: str, names: tuple[str, ...]) -> list[str]:
    """The runs of Chinese characters that a block has in common with a source, titles and names apart.

    Parameters
    ----------
    block : str
        Text of one block of a page.
    source : str
        A report as :func:`plain` text.
    names : tuple of str
        Names that may stand in both, the longest first.
    """
    own = re.sub(r"《[^》]*》", "|", block)
    for name in names:
        own = own.replace(name, "|")
    return [
        run[i : i + COPIED]
        for run in re.findall(rf"[\u4e00-\u9fff]{{{COPIED},}}", plain(own))
        for i in range(len(run) - COPIED + 1)
        if run[i : i + COPIED] in source
    ]


def jumps(levels: list[int]) -> list[tuple[int, int]]:
    """Where a heading lies more than one level below the one before."""
    return [(before, level) for before, level in pairwise(levels) if level > before + 1]


@cache
def printed() -> str:
    """The text editions of both reports as plain text, or a skipped test where they are not at hand."""
    texts = [TEXTS / f"{report}.txt" for report in REPORTS]
    for text in texts:
        if not text.exists():
            pytest.skip(f"the text edition {text.name} is not at hand in {TEXTS}")
    return "|".join(plain(text.read_text(encoding="utf-8")) for text in texts)


@cache
def known_names() -> tuple[str, ...]:
    """Every title and name that a page may print as the reports do, the longest first."""
    tables = catalog.load(ROOT / "data").tables
    names = {name for table, columns in NAMES.items() for column in columns for name in tables[table][column]}
    return tuple(sorted(filter(None, names), key=len, reverse=True))


@every_document
def test_both_languages_show_the_same_numbers(name, region):
    """The values and the rows behind every number in sentences and tables, and all rows behind figures, are equal."""
    zh, en = (page(name, region, language) for language in ("zh", "en"))
    assert (zh.numbers - en.numbers, en.numbers - zh.numbers) == (set(), set())
    assert zh.rows == en.rows


@every_document
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_statistics_of_its_sections_appear(data, name, region, language):
    """Who reads only the document misses next to none of the numbers its sections print."""
    wanted = belonging(data, name, region)
    missing = wanted - page(name, region, language).rows
    assert len(missing) <= (1 - ENOUGH) * len(wanted), sorted(missing)


def test_every_statistic_of_both_reports_is_shown_somewhere(data):
    """No section falls between the documents, whichever of them takes it up."""
    shown = {id_ for name, region in RUNS for id_ in page(name, region, "zh").rows}
    assert [row["id"] for row in data.select(source=REPORTS) if row["id"] not in shown and not regional(row)] == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_figure_and_table_stands_under_its_id(data, language):
    """Each chart and table of the reports is where ``figures.csv`` says."""
    figures = data.tables["figures"]
    runs = dict(RUNS)
    missing = [
        row.id
        for row in figures.itertuples()
        if row.notebook in runs and row.id not in page(row.notebook, runs[row.notebook], language).anchors
    ]
    assert missing == []


@every_document
@pytest.mark.parametrize("language", ["zh", "en"])
def test_headings_descend_one_level_at_a_time(name, region, language):
    """A document begins with its title, and no heading skips a level: readers by ear find their way by them."""
    levels = page(name, region, language).headings
    assert (levels[0], levels.count(1)) == (1, 1)
    assert jumps(levels) == []


@every_document
def test_no_sentence_of_the_reports_is_copied(name, region):
    """Facts are free, the reports' words are not: only titles and names are the same."""
    source = printed()
    found = {run for block in page(name, region, "zh").blocks for run in copied(block, source, known_names())}
    assert sorted(found) == []


def test_a_copied_sentence_would_be_found():
    """Blanks, line ends and marks do not hide a copy; titles, listed names and shorter runs are none."""
    source = plain("发展持续向好，市场规模稳步\n扩大，结构 持续优化。")
    assert copied("市场规模稳步扩大，结构持续优化，发展向好。", source, ()) == []
    assert copied("可见发展持续向好，市场规模稳步扩大，结构更优。", source, ()) == ["发展持续向好市场规模稳步扩大结构"]
    assert copied("见《发展持续向好市场规模稳步扩大结构》一文。", source, ()) == []
    assert copied("见发展持续向好市场规模稳步扩大结构一文。", source, ("发展持续向好市场规模稳步扩大结构",)) == []


def test_a_heading_that_skips_a_level_would_be_found():
    """Deeper by one and back by any number is right, deeper by two is not."""
    assert jumps([1, 2, 3, 4, 2, 3]) == []
    assert jumps([1, 3, 2, 4]) == [(1, 3), (2, 4)]


def test_a_page_is_read_as_its_reader_meets_it():
    """Numbers with their rows, headings, anchors, and text block by block."""
    read_page = read(
        '<h1>题</h1><p id="a">达到 <data class="number" data-interval="8 9 元" data-observations="x y">9</data>。</p>'
        '<figure id="f" data-observations="z"><img alt="图：甲 1"></figure><h2>节</h2>'
    )
    assert read_page.numbers == {("8 9 元", "x y")}
    assert read_page.rows == {"x", "y", "z"}
    assert read_page.anchors == {"a", "f"}
    assert read_page.headings == [1, 2]
    assert list(filter(None, read_page.blocks)) == ["题", "达到 9。", "图：甲 1", "节"]


def test_parameters_replace_those_the_cell_sets():
    """A notebook's own values hold unless others are given; cells share names; what shows nothing gives nothing."""
    cells = [
        {"cell_type": "code", "metadata": {"tags": ["parameters"]}, "source": ['word = "甲"']},
        {"cell_type": "markdown", "metadata": {}, "source": ["text"]},
        {"cell_type": "code", "metadata": {}, "source": ["from ecanalysis.narrative import Paragraph\n", "1"]},
        {"cell_type": "code", "metadata": {}, "source": ["Paragraph(word, word)"]},
    ]
    assert list(outputs({"cells": cells})) == ["<p>甲</p>"]
    assert list(outputs({"cells": cells}, word="乙")) == ["<p>乙</p>"]
