"""The audit's findings on a page: all of them, each with its anchor, its numbers and their places."""

from __future__ import annotations

import re

import pytest

from ecanalysis import auditing, catalog, language
from ecanalysis.build.render import sanitise
from ecanalysis.evidence import measured
from ecanalysis.findings import ALTERNATIVES, chapter, explained, place


@pytest.fixture(scope="module")
def relations(data: catalog.Catalog) -> list[auditing.Relation]:
    """Every relation of the project's own tables."""
    return auditing.audit(data)


def anchors(relations: list[auditing.Relation]) -> list[str]:
    """The anchors of all findings, as they are on a finished page."""
    pages = [explained(relations, verdict) for verdict in ("inconsistent", "not_comparable")]
    return [id_ for page in pages for id_ in re.findall(r'id="(erratum-[0-9]+)"', sanitise(f"<div>{page.html}</div>"))]


@pytest.mark.parametrize("tongue", ["zh", "en"])
def test_each_erratum_has_one_anchor(data: catalog.Catalog, relations: list[auditing.Relation], tongue: str):
    """A mark beside a number leads to one place, and the sanitiser leaves it."""
    language.use(tongue)
    assert sorted(anchors(relations)) == sorted(data.tables["errata"]["id"])


def test_a_finding_says_all_a_reader_needs(relations: list[auditing.Relation]):
    """Where, what, printed, following, miss, formula, operands with their places, reading, alternative, reason."""
    language.use("en")
    text = re.sub(r"<[^>]+>", "", explained([r for r in relations if r.erratum == "erratum-041"], "inconsistent").html)
    assert text == (
        "8.27.1 Online retail sales, Shaanxi, 2018, share (of e-commerce turnover)"
        "Ministry report, section 8.27.1, line 2955: "
        "Online retail sales, Shaanxi, 2018, share (of e-commerce turnover). "
        "Printed 63.5%, the operands give 13.93% to 13.94%, a miss of 49.51 percentage points."
        "share from part and whole: a ÷ b"
        "a 89.36 billion yuan, online retail sales, Shaanxi, 2018 (Ministry report, section 8.27.1, line 2955)"
        "b 641.27 billion yuan, e-commerce turnover, Shaanxi, 2018 (Ministry report, section 8.27.1, line 2955)"
        "Likeliest reading (a hypothesis): 63.5% is the share of goods (567.6) in online retail sales (893.6): "
        "possibly another share put in this place. Online retail sales are some 13.9% of e-commerce turnover."
        "What else it could be: The share may be of another whole that the text does not name. "
        "Why this verdict: With the rounding of the printed digits allowed for, both cannot be true."
    )


def test_every_cause_has_an_alternative(data: catalog.Catalog):
    """No reviewed finding leaves a reader with one explanation only."""
    assert set(data.tables["errata"]["cause"]) <= set(ALTERNATIVES)


def test_what_a_preface_repeats_is_told_once(relations: list[auditing.Relation]):
    """Both places stand before one explanation of 23.9 %."""
    language.use("en")
    page = explained([r for r in relations if r.erratum in ("erratum-001", "erratum-005")], "not_comparable")
    assert page.html.count("Printed") == 1
    assert page.html.index('id="erratum-001"') < page.html.index('id="erratum-005"') < page.html.index("Printed")


@pytest.mark.parametrize(
    ("id_", "zh", "en"),
    [
        ("mofcom-2018.8.27.1.04", "商务部报告 8.27.1 节，第 2955 行", "Ministry report, section 8.27.1, line 2955"),
        ("mofcom-2018.preface.03", "商务部报告 前言，第 157 行", "Ministry report, preface, line 157"),
        ("mofcom-2018.table-B-5.01", "商务部报告 表 B-5，第 3538 行", "Ministry report, table B-5, line 3538"),
        ("ceca-2017-2018.5-1.06", "协会报告 幻灯片 5-1，第 291 行", "Association report, slide 5-1, line 291"),
        (
            "koreaherald-online-shopping-2018-02.01",
            "Korea Herald 2018年2月报道：2017年网络购物（引韩国统计厅）",
            "Korea Herald, online shopping 2017, February 2018 (quoting Statistics Korea)",
        ),
    ],
)
def test_a_place_is_where_a_reader_looks(data: catalog.Catalog, id_: str, zh: str, en: str):
    """Section or slide, and line; the publication where there is no text edition."""
    said = {}
    for code in ("zh", "en"):
        language.use(code)
        said[code] = place(data.row(id_))
    assert said == {"zh": zh, "en": en}


@pytest.mark.parametrize(
    ("id_", "en"),
    [
        ("mofcom-2018.B.2.1.13", "online retail sales: Amazon, United States, 2018, share (of total)"),
        ("ceca-2017-2018.1-1.02", "e-commerce turnover, China, 2017, multiple (against 2013)"),
        ("mofcom-2018.1.1.2.03", "online retail sales, China, 2018, growth on the year"),
    ],
)
def test_a_row_is_stated_with_what_it_refers_to(data: catalog.Catalog, id_: str, en: str):
    """A share of what, a multiple of when, growth without more."""
    language.use("en")
    assert measured(data, data.row(id_)) == en


def test_chapters_of_both_reports(relations: list[auditing.Relation]):
    """Chapters, appendices, parts without a number, and all other publications as one."""
    names = {chapter(relation).en for relation in relations}
    assert {"Ministry report, chapter 8", "Ministry report, appendix B", "Association report, chapter 5"} <= names
    assert {"Ministry report, preface", "Association report, contents page", "Other publications"} <= names
