"""Rows by what they mean: selection, preference among printings, series with gaps and breaks."""

from __future__ import annotations

import pytest

from ecanalysis import catalog
from ecanalysis.errors import NotFound

# Read off the reports by eye; nothing here is computed by the code under test.
PRINTED = [
    (("ecommerce_turnover",), {}, "31.63 万亿元"),
    (("ecommerce_turnover",), {"measure": "growth"}, "8.5%"),
    (("online_retail_sales", "goods"), {}, "7.02 万亿元"),
    (("online_retail_sales", "total", "CN-east"), {"measure": "share"}, "83.1%"),
    (("express_delivery_volume", "international"), {}, "11.1 亿件"),
    (("nonbank_online_payments_value",), {}, "208.07 万亿元"),
    (("online_retail_sales", "total", "CN-61"), {}, "893.6 亿元"),
    (("online_retail_sales", "total", "asia_pacific"), {"section": "table-B-2"}, "174.44 百亿美元"),
    (("ecommerce_turnover", "contracts"), {"period": 2017, "measure": "growth"}, "-28.7%"),
]


@pytest.mark.parametrize(("names", "where", "text"), PRINTED)
def test_statistics_are_found_by_what_they_mean(data, names, where, text):
    """Numbers read off the pages come back with digits and unit as printed."""
    assert data.obs(*names, **where).text("zh") == text


def test_body_text_beats_preface_and_precise_beats_rounded(data):
    """The preface says over 9 万亿元; the body, more precise, is taken."""
    quantity = data.obs("online_retail_sales")
    assert quantity.evidence[0].startswith("mofcom-2018.1.")
    assert quantity.qualifier == "exact"


def test_official_release_beats_secondary_report(data):
    """Growth of 2017 is the statistical office's 32.2, not the association's 39.1, which stays available by source."""
    assert data.obs("online_retail_sales", period=2017, measure="growth").text() == "32.2%"
    assert data.obs("online_retail_sales", period=2017, measure="growth", source="ceca-2017-2018").text() == "39.1%"


def test_series_keeps_gaps(data):
    """Only 2016 and 2018 of the revenue of services are printed; the other years stay empty."""
    series = data.series("ecommerce_services_revenue", periods=range(2011, 2019))
    assert [point.period for point in series.known] == ["2016", "2018"]
    assert series.missing == ("2011", "2012", "2013", "2014", "2015", "2017")
    with pytest.raises(NotFound) as error:
        series[2017]
    assert str(error.value) == "the series ecommerce_services_revenue has no value for 2017; known are 2016, 2018"


def test_series_marks_a_break_in_method(data):
    """Rural retail of 2018 is on another basis than 2017; express deliveries are not."""
    assert data.series("rural_online_retail_sales", periods=range(2014, 2019)).breaks == ("2018",)
    assert data.series("express_delivery_volume", periods=range(2011, 2019)).breaks == ()


def test_series_frame_has_a_row_a_period(data):
    """Gaps are NaN, units base units."""
    frame = data.series("ecommerce_services_revenue", periods=range(2016, 2019)).to_frame()
    assert list(frame.index) == ["2016", "2017", "2018"]
    assert frame["value"].isna().tolist() == [False, True, False]
    assert frame.loc["2018", "value"] == pytest.approx(3.52e12)
    assert frame.loc["2018", "unit"] == "元"


@pytest.mark.parametrize(
    ("where", "message"),
    [
        ({"indicator": "online_retail_sale"}, "no indicator 'online_retail_sale'; nearest: online_retail_sales"),
        ({"area": "CN-99"}, "no area 'CN-99'; nearest: CN-"),
        ({"colour": "red"}, "no column 'colour'; nearest: source, indicator"),
    ],
)
def test_wrong_names_are_answered_with_near_ones(data, where, message):
    """A misspelt id never silently selects nothing."""
    with pytest.raises(NotFound) as error:
        data.select(**where)
    assert str(error.value).startswith(message)


def test_nothing_printed_is_an_error_unless_a_default_is_given(data):
    """The message says what was asked for and what exists."""
    assert data.obs("ecommerce_turnover", period=1999, default=None) is None
    with pytest.raises(NotFound) as error:
        data.obs("ecommerce_turnover", period=1999)
    assert str(error.value).startswith(
        "no source prints indicator 'ecommerce_turnover', item 'total', area 'CN', period '1999', measure 'level'; "
        "it has, among "
    )


def test_journal_notes_hits_and_misses(data):
    """A document depends on what it asked for, also where the answer was nothing."""
    with catalog.journal() as asked:
        data.obs("ecommerce_turnover", period=1999, default=None)
        data.record("areas", "CN-44")
        data.tables["policies"]
    assert asked == {
        ("select", "area=CN", "indicator=ecommerce_turnover", "item=total", "measure=level", "period=1999"),
        ("record", "areas", "CN-44"),
        ("table", "policies"),
    }


def test_answers_change_with_what_was_asked_about_and_with_nothing_else(data, edit):
    """A changed row of Shaanxi changes the answer to a question about Shaanxi, not to one about Beijing."""
    about = {area: ("select", f"area={area}") for area in ("CN-61", "CN-11")}
    before = {area: data.answer(question) for area, question in about.items()}
    changed = catalog.load(edit("observations.csv", "CN-61,2018,level,893.6,", "CN-61,2018,level,894.6,"))
    assert changed.answer(about["CN-61"]) != before["CN-61"]
    assert changed.answer(about["CN-11"]) == before["CN-11"]
    assert data.answer(("record", "areas", "CN-98")) != data.answer(("record", "areas", "CN-44"))


def test_answers_about_sections_and_findings_change_with_their_rows(data, edit):
    """A row of 8.27 answers for that section and those above it; the words of a finding for the rows it is about."""
    sections = {number: ("sections", "mofcom-2018", number) for number in ("8.27", "8.2", "8.26")}
    without = ("sections", "mofcom-2018", "8.27", "-8.27.1")
    about, aside = ("findings", "mofcom-2018.8.27.1.04"), ("findings", "mofcom-2018.1.1.1.01")
    edit("observations.csv", "CN-61,2018,level,893.6,", "CN-61,2018,level,894.6,")
    changed = catalog.load(edit("errata.csv", "63.5% is the share of goods", "63.5% may be the share of goods"))
    differs = {number: data.answer(asked) != changed.answer(asked) for number, asked in sections.items()}
    assert differs == {"8.27": True, "8.2": False, "8.26": False}
    assert [data.answer(asked) != changed.answer(asked) for asked in (about, aside, without)] == [True, False, False]


def test_journal_notes_sections_findings_and_what_is_not_there(data):
    """Each question a document asked, so that a row added later is noticed."""
    with catalog.journal() as asked:
        rows = data.sections("mofcom-2018", ["8.19"], but=["8.19.5"])
        data.findings("mofcom-2018.8.27.1.04")
        absent = data.get("figures", "no-such-figure")
        zone = data.source_of("pilot-zone.2015.hangzhou")
    assert asked == {
        ("sections", "mofcom-2018", "8.19", "-8.19.5"),
        ("findings", "mofcom-2018.8.27.1.04"),
        ("record", "figures", "no-such-figure"),
        ("record", "pilot_zones", "pilot-zone.2015.hangzhou"),
    }
    assert {row["section"] for row in rows} == {"8.19.1", "8.19.2", "8.19.3"}
    assert (absent, zone) == (None, "ceca-2017-2018")


def test_a_changed_row_changes_what_is_read(edit):
    """The value comes from the table and from nowhere else."""
    folder = edit("observations.csv", "level,31.63,万亿元", "level,31.64,万亿元")
    changed = catalog.load(folder)
    row = next(r for r in changed.select(indicator="ecommerce_turnover") if r["value"] == "31.64")
    assert changed.quantity(row).text() == "31.64 万亿元"
